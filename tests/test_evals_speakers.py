"""The scorer of speakers: what counts as the same name, which statement a row means, and rows that hold together."""

import pytest
from evals import gate
from evals.speakers import PARTS, Answer, Gold, gold, key, match

from onrecord.model import Span, Statement

TYPES = {"named", "surname", "pronoun", "role", "collective", "unnamed", "document", "outlet", "first person", "none"}
KINDS = {"officials", "experts", "people", "sources", "reports", "document", "several", "author"}


def row(**fields):
    base = {"article": 0, "sha256": "0", "start": 10, "end": 12, "cue": (13, 17), "content": (18, 60)}
    return Gold(**{**base, "type": "pronoun", "name": "Ada Marsh", "part": "dev", **fields})


def statement(source, cue, content):
    spans = [(Span(start=a, end=b) if b else None) for a, b in (source, cue, content)]
    return Statement(sources=tuple(s for s in spans[:1] if s), cue=spans[1], contents=(spans[2],))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr. Marsh", "Marsh"),
        ("the U.S. embassy", "US Embassy"),
        ("Renée D. Ålund", "Renee Alund"),
        ("Norway’s fisheries ministry", "Norway fisheries ministry"),
        ("General Secretary", "the General Secretary"),
    ],
)
def test_the_same_name(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("Marsh", "Ada Marsh"), ("Ben Marsh", "Ada Marsh"), ("Xi", "X")])
def test_another_name(one, other):
    assert key(one) != key(other)


def test_a_surname_is_wrong_where_the_article_has_the_full_name():
    assert Answer(row(), True, "surname", "Marsh").false
    assert Answer(row(), True, "surname", "Ada Marsh").right
    assert Answer(row(aliases=("Marsh",)), True, "surname", "Marsh").right


def test_nobody_is_no_answer_and_anybody_is_false_where_nobody_is_named():
    nobody = row(name=None, kinds=("officials", "people"), aliases=("Port Office",))
    assert not Answer(nobody, True, "as written", None).false
    assert Answer(nobody, True, "name", "Ada Marsh").false
    assert not Answer(nobody, True, "name", "Port Office").false
    assert Answer(nobody, True, "officials", None).typed and not Answer(nobody, True, "as written", None).typed


def test_of_two_statements_of_one_source_the_one_with_the_cue():
    outer = statement((10, 12), (13, 17), (18, 60))
    inner = statement((10, 12), (30, 38), (39, 60))
    assert match(row(), [inner, outer]) is outer
    assert match(row(cue=(30, 38), content=(39, 60)), [outer, inner]) is inner


def test_a_statement_of_another_source_is_not_the_one():
    assert match(row(), [statement((0, 5), (13, 17), (18, 60))]) is None


def test_a_row_without_a_source_is_found_by_its_content():
    found = statement((0, 0), (13, 17), (18, 50))
    assert match(row(start=None, end=None), [statement((0, 5), (6, 9), (70, 80)), found]) is found


def test_the_rows_hold_together():
    rows = gold()
    parts = {}
    for one in rows:
        assert one.type in TYPES and one.part in PARTS and set(one.kinds) <= KINDS
        assert one.name is None or not one.kinds
        assert (one.start is None) == (one.end is None) == (one.type == "none")
        assert all(
            a < b for a, b in filter(None, (one.cue, one.content, one.start is not None and (one.start, one.end)))
        )
        assert all(len(name.split()) < 9 for name in (one.name or "", *one.aliases)), "a name, not a text"
        assert parts.setdefault(one.article, one.part) == one.part
    assert len(rows) >= 200
    assert sum(one.type not in ("named", "outlet") for one in rows) >= len(rows) / 2


def test_a_file_may_stand_for_a_folder(tmp_path):
    (tmp_path / "one.jsonl").write_text("a")
    before = gate.digest(tmp_path, ("one.jsonl",))
    (tmp_path / "one.jsonl").write_text("b")
    assert gate.digest(tmp_path, ("one.jsonl",)) != before
