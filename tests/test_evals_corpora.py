"""What a change gains and loses in entries of every kind: the comparison of two runs."""

import json

import pytest
from evals.corpora import Row, changes, documents, dump, load, rows, shown

TEXT = "The quay cost 40 million kroner. It opened on 3 May 2021."


def row(start, end, value="1", rule="number", kind="figure"):
    return Row(kind, start, end, value, rule)


def test_what_two_runs_do_not_share():
    before = [row(0, 4), row(5, 9), row(10, 14, "x"), row(5, 9, "2021", "date", "timex")]
    after = [row(0, 4, rule="measure"), row(10, 14, "y"), row(20, 24), row(5, 9, "2021", "date", "timex")]
    assert [(one.sort, one.start, one.value) for one in changes(before, after)] == [
        ("lost", 5, "1"),
        ("other value", 10, "x => y"),
        ("gained", 20, "1"),
    ]
    assert list(changes(after, after)) == []


def test_entries_at_the_same_words_are_told_together():
    """Two statements may share their source, and two events a trigger."""
    before, after = [row(0, 4, "a"), row(0, 4, "b")], [row(0, 4, "b"), row(0, 4, "c"), row(0, 4, "a")]
    assert list(changes(before, before[::-1])) == []
    assert [(one.sort, one.value) for one in changes(before, after)] == [("other value", "a and b => a and b and c")]


def test_a_change_is_shown_in_its_words():
    (one,) = changes([], [row(4, 8)])
    assert shown(TEXT, one) == f"1 | The [quay]{TEXT[8:]}"


@pytest.mark.model
def test_a_dump_holds_what_is_found(tmp_path):
    folder = tmp_path / "data" / "corpora"
    folder.mkdir(parents=True)
    for name in ("ukraine2022", "wikinews"):
        article = {"text": TEXT, "title": "Quay", "published": "2021-05-04"}
        (folder / f"{name}.jsonl").write_text(json.dumps(article) + "\n", "utf-8")
    assert dump(tmp_path / "data", tmp_path / "out") == 2
    (found,) = load(tmp_path / "out" / "wikinews.json")
    (document,) = documents(tmp_path / "data", "wikinews")
    assert found == rows(document)
    assert {(one.kind, document.text[one.start : one.end]) for one in found} >= {
        ("figure", "40 million kroner"),
        ("timex", "3 May 2021"),
    }
    (cost,) = [one for one in found if one.kind == "figure"]
    assert cost.value == "span '40 million kroner', low 40000000, high 40000000, unit kroner, measured 'quay'"
