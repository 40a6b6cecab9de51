"""Plain text and Markdown: `tests/cases/reading.jsonl` holds texts with what must be made of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import Document
from onrecord.read import origin_of, read
from onrecord.read.bylines import bare_names, byline
from onrecord.read.dates import date_line, published
from onrecord.settings import Settings

CASES = [json.loads(line) for line in Path("tests/cases/reading.jsonl").read_text("utf-8").splitlines()]


def _read(text: str, name: str = "a.txt") -> Document:
    (document,) = read(text.encode(), name=name, settings=Settings())
    return document


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_cases(case: dict[str, Any], name: str) -> None:
    document = _read(case["text"], name)
    kinds = [block.kind for block in document.blocks]
    if name == "a.md" and case["name"] == "lines.one_a_paragraph":
        pytest.skip("in Markdown a line end is white space")
    assert kinds == case.get("kinds", kinds)
    for field in ("title", "publisher", "published"):
        assert getattr(document, field) == case.get(field, getattr(document, field))
    assert document.source.url == case.get("url")
    assert list(document.authors) == case.get("authors", list(document.authors))
    assert len(document.notes) == case.get("notes", 0)
    joined = sum(edit.kind == "page_break_joined" for edit in document.edits)
    assert joined == case.get("joined", 0)
    assert len(document.edits) == case.get("edits", len(document.edits))
    assert case.get("contains", "") in document.text


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("11 June 2023", "2023-06-11"),
        ("June 11, 2023", "2023-06-11"),
        ("Sunday, June 11th, 2023", "2023-06-11"),
        ("Sun 11 Jun 2023 06.00 BST", "2023-06-11T06:00:00+01:00"),
        ("Published: 11 June 2023 at 8:05 pm EDT", "2023-06-11T20:05:00-04:00"),
        ("Published June 11, 2023 | Updated June 12, 2023", "2023-06-11"),
        ("12:30 a.m. UTC, 11 June 2023", "2023-06-11T00:30:00+00:00"),
        ("June 11, 2023 8:05 AM ET", "2023-06-11T08:05:00"),
        ("2023-06-11", "2023-06-11"),
        ("2023-06-11T08:00+0200", "2023-06-11T08:00:00+02:00"),
        ("2023/06/11", "2023-06-11"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("05.05.2023", "2023-05-05"),
        ("June 2023", "2023-06"),
        ("Last updated: 3 Sept. 2023", "2023-09-03"),
    ],
)
def test_date_lines(line: str, value: str) -> None:
    found = date_line(line)
    assert found is not None and found.value == value


@pytest.mark.parametrize(
    "line",
    [
        *(
            "On 11 June 2023 the wall fell.",
            "31 June 2023",
            "June 11",
            "2023",
            "11 June 23",
            "13/13/2023",
            "May I, 2023?",
        ),
        *("Monday", "June 11, 2023 was a Sunday", "0000-01-01", "", "1 " * 200),
    ],
)
def test_what_is_no_date_line(line: str) -> None:
    assert date_line(line) is None


def test_a_doubtful_date_is_said_to_be_one() -> None:
    found = date_line("Published 03/04/2026")
    assert found is not None and found.value is None and found.doubt and "03/04/2026" in found.doubt


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-06-11T08:00:00.000Z", "2023-06-11T08:00:00+00:00"),
        ("2023-06-11 08:00:00", "2023-06-11T08:00:00"),
        ("Sun, 11 Jun 2023 08:00:00 +0200", "2023-06-11T08:00:00+02:00"),
        ("2023", "2023"),
        ("20230611", None),
        ("0001-01-01T00:00:00", None),
        ("2023-02-30", None),
        ("yesterday", None),
    ],
)
def test_dates_in_fields(value: str, expected: str | None) -> None:
    found = published(value)
    if value == "20230611":
        assert found is None or found.value is None
    else:
        assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Lindqvist", ("Ada Lindqvist",)),
        ("BY ADA LINDQVIST", ("ADA LINDQVIST",)),
        ("By Ada Lindqvist, Omar Brand and J.R. van der Berg", ("Ada Lindqvist", "Omar Brand", "J.R. van der Berg")),
        ("By Ada Lindqvist in Skarholm", ("Ada Lindqvist",)),
        ("By Ada Lindqvist, Harbour Correspondent", ("Ada Lindqvist",)),
        ("By Ada Lindqvist (KPA)", ("Ada Lindqvist",)),
        ("By Associated Press", ("Associated Press",)),
        ("By Ada Lindqvist, Associated Press", ("Ada Lindqvist",)),
        ("By Robert Downs Jr.", ("Robert Downs Jr.",)),
        ("By our foreign staff", ()),
        ("Written by Ada Lindqvist-Holm & Seán O’Brien", ("Ada Lindqvist-Holm", "Seán O’Brien")),
        ("Author: Ada Lindqvist", ("Ada Lindqvist",)),
        ("By midnight the quay had fallen.", None),
        ("By midnight the quay had fallen", None),
        ("By Friday", None),
        ("By late March", None),
        ("Bytown Harbour", None),
        ("By the end of the day nobody had come, and the office closed", None),
    ],
)
def test_bylines(line: str, names: tuple[str, ...] | None) -> None:
    assert byline(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Lindqvist", ("Ada Lindqvist",)),
        ("Ada Lindqvist and Omar Brand", ("Ada Lindqvist", "Omar Brand")),
        ("Breaking News", None),
        ("United States", None),
        ("Skarholm", None),
        ("The ferry sailed", None),
        ("Ada Lindqvist said", None),
        ("", None),
    ],
)
def test_lines_of_names(line: str, names: tuple[str, ...] | None) -> None:
    assert bare_names(line) == names


def test_what_was_removed_can_be_read_again_in_the_edit() -> None:
    source = "# The *old* quay\n\nIt was [closed](https://gazette.example/closed) in 1998, and nobody minded at all.\n"
    document = _read(source, "a.md")
    assert document.text.startswith("The old quay\n\nIt was closed in 1998")
    assert [edit.removed for edit in document.edits] == ["# ", "*", "*", "[", "](https://gazette.example/closed)"]
    for edit in document.edits:
        assert source[edit.source_start : edit.source_end] == edit.removed


def test_a_place_in_the_text_leads_back_to_the_source() -> None:
    source = "Ferry to sail\n\nThe council voted to become a\n\nmember of the *old* league of ports on Monday night.\n"
    document = _read(source)
    start = document.text.index("a member of the old league")
    span = type(document.blocks[0].span)(start=start, end=start + len("a member of the old league"))
    assert "".join(source[a:b] for a, b in origin_of(document, span)) == "amember of the old league"
    assert origin_of(document, type(span)(start=13, end=15)) == []


def test_quotation_marks_stay_as_they_are() -> None:
    sentence = "“Never,” she said, ‘not once’, and \"not ever\" 'either'."
    assert _read(sentence + "\n\nThen she left.").text.startswith(sentence)
