"""`list`, `show`, `search`, `export`, `schema`: data to standard output, all else to standard error."""

import csv
import io
import json
import subprocess
import sys

import pytest
from tests.export.test_lines import CONTRACT, validated

from onrecord.cli.output import highlighted, one_line, printable
from onrecord.export.schema import LINES, json_schema

pytestmark = pytest.mark.model
KINDS = [kind for kind in LINES if kind != "judgement"]  # what the articles hold


@pytest.fixture
def ask(cli, harbour):
    def call(*arguments):
        return cli("--ledger", harbour, *arguments)

    return call


def objects(out):
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_list_gives_every_entry_of_its_kind_in_each_form(ask, kind):
    code, as_json, err = ask("list", kind, "--json")
    assert (code, err) == (0, "")
    found = objects(as_json)
    assert found and all(list(line) == ["kind", *CONTRACT[kind].split()] for line in found)
    _, as_csv, _ = ask("list", kind, "--csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(as_csv, newline=""))] == [line["id"] for line in found]
    _, table, _ = ask("list", kind, "--table", "--limit", "0")
    assert all(line["id"][:8] in table for line in found)


def test_a_pipe_gets_csv_and_a_limit_is_kept(ask):
    code, out, _ = ask("list", "statement", "--limit", "2")
    assert code == 0 and len(list(csv.DictReader(io.StringIO(out, newline="")))) == 2
    _, out, err = ask("list", "statement", "--table", "--limit", "2")
    assert "the first 2" in err and len(out.splitlines()) >= 3


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--speaker", "Brandt"), True),
        (("--speaker", "Nobody"), False),
        (("--outlet", "Harbour Post"), True),
        (("--outlet", "Another Post"), False),
        (("--from", "2031-04-02", "--to", "2031-04"), True),
        (("--from", "2031-05"), False),
        (("--style", "direct"), True),
        (("--happened", "1999"), False),
    ],
)
def test_statements_are_filtered(ask, options, expected):
    code, out, err = ask("list", "statement", "--json", *options)
    assert code == 0, err
    assert bool(objects(out)) is expected
    if "direct" in options:
        assert {line["style"] for line in objects(out)} == {"direct"}


def test_filters_that_do_not_fit_the_kind_are_refused(ask):
    assert ask("list", "place", "--speaker", "x")[0] == 2
    assert ask("list", "place", "--order", "unsure")[0] == 2
    assert ask("list", "place", "--happened", "2031")[0] == 2
    code, _, err = ask("list", "statement", "--happened", "2031-13")
    assert code and "no interval of days" in err
    assert ask("list", "statement", "--order", "loudest")[0] == 2
    code, _, err = ask("list", "figure", "--party", "Brandt")
    assert code == 2 and "--party is for a list of event or commitment" in err
    code, _, err = ask("list", "event", "--order", "due")
    assert code == 2 and "newest, event" in err
    code, _, err = ask("list", "event", "--document", "abcd", "--type", "REJECT")
    assert code == 2 and "leave out --type, or --document" in err


@pytest.mark.parametrize(
    ("kind", "options", "share"),
    [
        ("event", ("--party", "Brandt"), 1),
        ("event", ("--party", "Okoro"), 0),
        ("event", ("--speaker", "brandt", "--type", "REJECT"), 0),
        ("event", ("--outlet", "Harbour Post", "--to", "2031-04-02"), 0.34),
        ("commitment", ("--type", "forecast", "--outlet", "Harbour Post"), 1),
        ("commitment", ("--happened", "2031-04"), 1),
        ("commitment", ("--happened", "2031-05.."), 0),
        ("commitment", ("--overdue",), 0),
    ],
)
def test_events_and_commitments_are_filtered(ask, kind, options, share):
    """Each article has one of each: Brandt denies, and the strike will last until the month's end."""
    every = {line["id"] for line in objects(ask("list", kind, "--json")[1])}
    code, out, err = ask("list", kind, "--json", *options)
    assert code == 0, err
    found = [line["id"] for line in objects(out)]
    assert set(found) <= every and round(len(found) / len(every), 2) == pytest.approx(share, abs=0.02)
    assert len(found) == len(set(found))


def test_events_are_narrowed_down_to_the_sure(ask):
    every = objects(ask("list", "event", "--json")[1])
    scores = [line["derivations"][-1]["score"] for line in every]
    least = round(100 * max(scores))
    found = objects(ask("list", "event", "--sure", str(least), "--json")[1])
    wanted = [line["id"] for line, score in zip(every, scores, strict=True) if score >= least / 100]
    assert [line["id"] for line in found] == wanted
    code, _, err = ask("list", "commitment", "--sure", "50")
    assert code == 2 and "--sure is for a list of event" in err
    scores = [
        line["derivations"][-1]["score"] for line in objects(ask("list", "event", "--order", "unsure", "--json")[1])
    ]
    assert scores == sorted(scores) and len(scores) == len(every)


def test_a_line_is_the_same_by_whichever_way_it_was_found(ask):
    """The list by date, all of the ledger, and of one document: the same chain, the same actors."""
    by_due = {line["id"]: line for line in objects(ask("list", "commitment", "--json")[1])}
    by_article = {line["id"]: line for line in objects(ask("list", "commitment", "--all", "--json")[1])}
    assert by_due == by_article


def test_the_least_sure_statements_come_first_for_review(ask):
    code, out, err = ask("list", "statement", "--order", "unsure", "--json")
    assert code == 0, err
    scores = [line["derivations"][-1]["score"] for line in objects(out)]
    assert scores == sorted(scores) and len(set(scores)) > 1 and all(0 < score < 1 for score in scores)
    newest = objects(ask("list", "statement", "--order", "newest", "--json")[1])
    assert {line["id"] for line in newest} == {line["id"] for line in objects(out)}
    _, table, _ = ask("list", "statement", "--order", "unsure", "--table", "--limit", "1")
    assert "sure" in table and f"{round(100 * scores[0])}%" in table
    _, page, _ = ask("show", objects(out)[0]["id"], "--table")
    assert f"confidence    {round(100 * scores[0])}%" in page


@pytest.mark.parametrize("kind", KINDS)
def test_show_opens_on_an_id(ask, kind):
    line = objects(ask("list", kind, "--json", "--limit", "1")[1])[0]
    assert objects(ask("show", line["id"], "--json")[1]) == [line]
    code, page, _ = ask("show", line["id"], "--table")
    assert code == 0 and line["id"] in page
    if kind == "statement":
        assert "Harbour Post > " in page and "«" in page


def test_show_takes_the_first_digits_and_says_when_they_are_several_or_none(ask):
    ids = [line["id"] for line in objects(ask("list", "timex", "--json")[1])]
    assert objects(ask("show", ids[0][:10], "--json")[1])[0]["id"] == ids[0]
    code, out, err = ask("show", "0123456789abcdef")
    assert (code, out) == (1, "") and "no document, entry, entity, link or judgement" in err
    assert ask("show", "../etc")[0] == 1


def test_search_shows_each_hit_in_its_sentence(ask):
    code, out, _ = ask("search", "lorries", "--json")
    hits = objects(out)
    assert code == 0 and len(hits) == 6
    assert all(hit["hits"] == ["lorries"] and "Ilse Brandt said" in hit["sentence"] for hit in hits)
    texts = {line["id"]: line["text"] for line in objects(ask("list", "document", "--json")[1])}
    assert all(texts[hit["document"]][hit["start"] : hit["end"]] == hit["sentence"] for hit in hits)
    cells = list(csv.DictReader(io.StringIO(ask("search", "ferry monday", "--csv")[1])))
    assert {row["start"] for row in cells} >= {"0"} and {row["hits"] for row in cells} == {"Ferry | Monday"}
    _, page, _ = ask("search", "lorries", "--table", "--limit", "1")
    assert "«lorries»" in page and "Harbour Post" in page and "2031-04-" in page


def test_a_search_is_narrowed_to_the_days_that_a_paragraph_speaks_of(ask):
    days = {line["begin"] for line in objects(ask("list", "timex", "--json")[1]) if line["type"] == "DATE"}
    found = {day: objects(ask("search", "monday", "--happened", day, "--json")[1]) for day in days - {None}}
    assert any(found.values())
    for hits in found.values():
        assert all("monday" in map(str.lower, hit["hits"]) for hit in hits)
    code, out, err = ask("search", "ferry", "--happened", "1999", "--table")
    assert (code, out) == (0, "") and "no paragraph holds ferry and a date of 1999" in err
    code, _, err = ask("search", "ferry", "--happened", "2031-13")
    assert code and "no interval of days" in err


@pytest.mark.parametrize("query", ["", "zeppelin", 'NEAR( OR "', "-", "title:x", "\x00", "'; drop table documents"])
def test_no_query_is_an_error(ask, query):
    code, out, err = ask("search", query, "--table")
    assert (code, out) == (0, "") and "no paragraph holds" in err


def test_export_jsonl_holds_to_the_schema_and_to_its_texts(ask):
    code, out, _ = ask("export", "jsonl")
    lines = objects(out)
    assert code == 0 and {line["kind"] for line in lines} == set(KINDS)
    texts = {line["id"]: line["text"] for line in lines if line["kind"] == "document"}
    for line in lines:
        assert list(line) == ["kind", *CONTRACT[line["kind"]].split()]
        validated(line)
        for found in (*line.get("sources", ()), *line.get("contents", ()), *filter(None, (line.get("span"),))):
            assert texts[line["document"]][found["start"] : found["end"]] == found["text"]
        for mention in line.get("mentions", ()):
            assert texts[mention["document"]][mention["start"] : mention["end"]] == mention["text"]
    statements = {line["id"]: line for line in lines if line["kind"] == "statement"}
    entities = {line["id"] for line in lines if line["kind"] == "entity"}
    for line in statements.values():
        assert line["chain"][0]["name"] == "Harbour Post"
        parent = statements.get(line["parent"])
        assert line["chain"][:-1] == (parent["chain"] if parent else line["chain"][:1])
        assert line["speaker"] is None or line["speaker"]["entity"] in {None, *entities}
    voiced = [line for line in lines if line.get("voice")]
    assert voiced and all(line["voice"] in statements for line in voiced)
    assert all(line["chain"] == statements[line["voice"]]["chain"] for line in voiced if line["kind"] == "figure")


def test_export_to_a_file_is_the_same_and_whole(ask, tmp_path):
    _, out, _ = ask("export", "jsonl")
    code, nothing, err = ask("export", "jsonl", "--output", tmp_path / "e.jsonl")
    assert (code, nothing) == (0, "") and f"{len(out.splitlines())} lines" in err
    assert (tmp_path / "e.jsonl").read_text("utf-8") == out
    assert [path.name for path in tmp_path.iterdir()] == ["e.jsonl"]


def test_export_to_where_nothing_can_be_written_leaves_nothing(ask, tmp_path):
    code, _, err = ask("export", "jsonl", "--output", tmp_path / "no" / "e.jsonl")
    assert code == 1 and "cannot be written" in err


def test_a_file_that_fails_halfway_is_not_there(monkeypatch, ask, tmp_path):
    from onrecord.cli import sharing
    from onrecord.errors import LedgerError

    (tmp_path / "e.jsonl").write_text("what was there")

    def broken(*_, **__):
        yield from ()
        raise LedgerError("h.db: it gave out; try again")

    monkeypatch.setattr(sharing, "lines", broken)
    assert ask("export", "jsonl", "--output", tmp_path / "e.jsonl")[0] == 1
    assert (tmp_path / "e.jsonl").read_text() == "what was there"
    assert [path.name for path in tmp_path.iterdir()] == ["e.jsonl"]


def test_export_csv_writes_a_file_a_kind(ask, tmp_path):
    code, out, _ = ask("export", "csv", tmp_path / "tables")
    assert (code, out) == (0, "")
    assert sorted(path.stem for path in (tmp_path / "tables").iterdir()) == sorted(LINES)
    for kind in LINES:
        whole = (tmp_path / "tables" / f"{kind}.csv").read_text("utf-8").replace("\r\n", "\n")
        assert ask("export", "csv", "--kind", kind)[1].replace("\r\n", "\n") == whole
    assert ask("export", "csv")[0] == 2


def test_schema_is_that_of_the_code(cli):
    code, out, _ = cli("schema")
    assert code == 0 and json.loads(out) == json_schema()


def test_a_closed_pipe_is_quiet(harbour):
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "--ledger", str(harbour), "export", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONUNBUFFERED": "1"},
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


@pytest.mark.parametrize("text", ["\x1b]0;title\x07", "\x1b[31mred", "\x9b2J", "a\u202eb", "\x08\x7f\r"])
def test_no_control_character_reaches_the_terminal(text):
    for made in (printable(text), one_line(text), highlighted(text, [(0, 1)]).plain):
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c == "\u202e" for c in made)
    assert printable("Straße – “x”\n") == "Straße – “x”\n"
