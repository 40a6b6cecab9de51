"""`onrecord entity`: who is one, as a person judges it, and what comes of it in lists and exports."""

import csv
import io
import json
import shutil

import pytest

from onrecord.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture
def ask(cli, harbour, tmp_path):
    """The command over a copy of the harbour that may be written to."""
    copy = shutil.copy(harbour, tmp_path / "h.db")
    return lambda *arguments: cli("--ledger", copy, *arguments)


def objects(out):
    return [json.loads(line) for line in out.splitlines()]


def named(ask, name):
    (line,) = (line for line in objects(ask("list", "entity", "--json")[1]) if line["name"] == name)
    return line


def test_merge_show_and_undo(ask):
    brandt, ghent = named(ask, "Ilse Brandt"), named(ask, "Ghent")
    before = objects(ask("export", "jsonl")[1])
    code, out, err = ask("entity", "merge", brandt["id"][:8], ghent["id"][:8], "--reason", "one ship", "--by", "Ada L.")
    assert (code, out) == (0, "") and "by Ada L." in err and "onrecord entity undo" in err
    (judged,) = objects(ask("list", "judgement", "--json")[1])
    assert list(judged) == ["kind", "id", "subject", "verdict", "correction", "reason", "who", "when"]
    assert (judged["verdict"], judged["who"], judged["reason"]) == ("merge", "Ada L.", "one ship")
    assert [actor["actor"] for actor in judged["correction"]["actors"]] == [brandt["id"], ghent["id"]]
    after = {line["id"]: line for line in objects(ask("export", "jsonl")[1])}
    merged = after[brandt["id"]]
    assert {"Ilse Brandt", "Ghent"} <= {merged["name"], *merged["aliases"]} and ghent["id"] not in after
    assert len(merged["mentions"]) == len(brandt["mentions"]) + len(ghent["mentions"])
    (link,) = (line for line in after.values() if line["kind"] == "link" and line["entities"] == [brandt["id"]])
    assert (link["relation"], link["status"], link["score"]) == ("same", "accepted", None)
    assert {member["key"] for member in link["members"]} == {brandt["id"], ghent["id"]}
    code, page, _ = ask("entity", "show", ghent["id"][:6])
    assert code == 0 and brandt["id"] in page and "Ghent (" in page and "merge by Ada L.: one ship" in page
    assert objects(ask("show", judged["id"][:8], "--json")[1]) == [judged]
    code, _, err = ask("entity", "undo", judged["id"][:8])
    assert code == 0 and "reject" in err
    again = [line for line in objects(ask("export", "jsonl")[1]) if line["kind"] != "judgement"]
    assert again == before
    assert len(objects(ask("list", "judgement", "--json")[1])) == 2
    assert ask("verify")[0] == 0


def test_split_and_rename(ask):
    brandt = named(ask, "Ilse Brandt")
    one = brandt["mentions"][0]["document"]
    assert ask("entity", "split", brandt["id"], "--document", one[:8])[0] == 0
    both = [line for line in objects(ask("list", "entity", "--json")[1]) if line["name"] == "Ilse Brandt"]
    assert len(both) == 2 and sum(len(line["mentions"]) for line in both) == len(brandt["mentions"])
    (other,) = (line["id"] for line in both if line["id"] != brandt["id"])
    assert ask("entity", "rename", other, "Brandt the elder")[0] == 0
    found = objects(ask("list", "statement", "--speaker", "Brandt the elder", "--json")[1])
    assert found and {line["document"] for line in found} == {one}
    assert {line["speaker"]["entity"] for line in found} == {other}
    assert "given by a person" in ask("entity", "show", other)[1]
    assert ask("verify")[0] == 0


def test_who_judges_is_said_by_the_option_the_environment_or_the_login(ask, monkeypatch):
    brandt = named(ask, "Ilse Brandt")["id"]
    monkeypatch.setenv("LOGNAME", "skipper")
    ask("entity", "rename", brandt, "A")
    monkeypatch.setenv("ONRECORD_BY", "Bo  Reed")
    ask("entity", "rename", brandt, "B")
    ask("entity", "rename", brandt, "C", "--by", "Ada")
    lines = objects(ask("list", "judgement", "--json")[1])
    assert [line["who"] for line in lines] == ["skipper", "Bo Reed", "Ada"]
    assert Settings().by == "" and named(ask, "C")["id"] == brandt
    table = list(csv.DictReader(io.StringIO(ask("list", "judgement", "--csv")[1], newline="")))
    assert [row["correction_name"] for row in table] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("merge", "0000", "1111"), "there is none in this ledger; `onrecord list entity`"),
        (("merge", "{}"), "one actor already"),
        (("split", "{}", "--document", "0000"), "document 0000: there is none"),
        (("split", "{}"), "Missing option"),
        (("rename", "{}", " "), "no name of 1 to 200"),
        (("undo", "0000"), "judgement 0000: there is none in this ledger; `onrecord list judgement`"),
        (("show", "0000"), "there is none"),
    ],
)
def test_what_cannot_be_is_said(ask, arguments, words):
    brandt = named(ask, "Ilse Brandt")["id"]
    code, out, err = ask("entity", *(each.format(brandt) for each in arguments))
    assert code and out == "" and words in err
    assert objects(ask("list", "judgement", "--json")[1]) == []
