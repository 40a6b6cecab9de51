"""Records: one line, one article, its text kept character for character."""

import json
from typing import Any

import pytest

from onrecord.errors import EmptyInput, EncodingError, InputError, MalformedInput
from onrecord.model import Document
from onrecord.read import origin_of, read
from onrecord.settings import Settings

SETTINGS = Settings()


def _read(line: str | bytes, name: str = "a.jsonl, line 4") -> Document:
    raw = line if isinstance(line, bytes) else line.encode()
    (document,) = read(raw, name=name, media_type="application/jsonl", settings=SETTINGS)
    return document


def _record(**fields: Any) -> Document:
    return _read(json.dumps({"text": "The ferry sailed on Monday.", **fields}))


def test_fields_are_taken_over() -> None:
    document = _record(
        id=17,
        title="Ferry resumes",
        publisher="The Skarholm Gazette",
        published="2026-05-04T08:00:00Z",
        authors=["Ada Lindqvist", "Omar Brand"],
        url="https://gazette.example/ferry",
        language="en-GB",
        section="Home",
    )
    assert document.external_id == "17"
    assert document.title == "Ferry resumes"
    assert document.publisher == "The Skarholm Gazette"
    assert document.published == "2026-05-04T08:00:00+00:00"
    assert document.authors == ("Ada Lindqvist", "Omar Brand")
    assert document.source.url == "https://gazette.example/ferry"
    assert document.language == "en-GB"
    # A title that the text does not hold is no block of it.
    assert [block.kind for block in document.blocks] == ["paragraph"]
    assert _record(authors="Ada Lindqvist").authors == ("Ada Lindqvist",)
    assert _record(id=None, title=None, authors=None, published=None).external_id is None


def test_a_date_that_says_nothing_is_noted_not_guessed() -> None:
    assert _record(published="4 May 2026").published == "2026-05-04"
    assert _record(published="2026-05").published == "2026-05"
    for doubtful in ("03/04/2026", "soon", "2026-13-01"):
        document = _record(published=doubtful)
        assert document.published is None and len(document.notes) == 1


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('{"id": 1}', "no field `text`"),
        ('{"text": 5}', "`text` holds a number"),
        ('{"text": null}', "`text` holds null"),
        ('{"text": "a", "title": ["a"]}', "`title` holds a list"),
        ('{"text": "a", "id": true}', "`id` holds true or false"),
        ('{"text": "a", "authors": {"name": "a"}}', "`authors` holds an object"),
        ('{"text": "a", "authors": ["a", 1]}', "`authors`"),
        ('{"text": "a", "published": 20260504}', "`published` holds a number"),
        ('{"text": "a"', "broken JSON at character 13"),
        ('{"text": "a",}', "broken JSON"),
        ('{"text": "a"} {"text": "b"}', "Extra data"),
        ("{'text': 'a'}", "broken JSON at character 2"),
        ('{"text": "a', "broken JSON"),
        ('["a"]', "not a JSON object"),
        ("text", "not a JSON object"),
        ('{"a": ' + "[" * 100_000, "cannot be read"),
        ('{"a": ' + "9" * 10_000 + "}", "cannot be read"),
    ],
)
def test_what_is_broken_names_line_and_field(line: str, cause: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        _read(line)
    assert caught.value.name == "a.jsonl, line 4"
    assert cause in caught.value.cause


def test_other_refusals() -> None:
    with pytest.raises(EmptyInput):
        _read('{"text": " … "}')
    with pytest.raises(EncodingError):
        _read('{"text": "Málaga"}'.encode("latin-1"))
    with pytest.raises(InputError, match=r"a\.jsonl, line 3"):
        read(b'{"text": "One."}\n\n{"text": 2}\n', name="a.jsonl", media_type="application/jsonl", settings=SETTINGS)


@pytest.mark.parametrize(
    "text",
    [
        "A\r\nB\r\n\r\nC",
        "A\x00B",
        "*A* [b](https://c.example)",
        "\ufeffThe ferry",
        "😮 ferry \u2028 x",
        " lead and tail ",
        'She said "no" \\ and left.\tTwice.',
    ],
)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_text_is_kept_and_every_character_is_found_again_in_the_line(text: str, ascii_only: bool) -> None:
    line = json.dumps({"title": "x", "text": text, "id": "7"}, ensure_ascii=ascii_only)
    document = _read(line)
    assert document.text == text and document.edits == ()
    for block in document.blocks:
        ranges = origin_of(document, block.span)
        assert json.loads('"' + "".join(line[a:b] for a, b in ranges) + '"') == block.span.of(text)


def test_half_a_character_is_replaced_one_for_one_and_said() -> None:
    document = _read(r'{"text": "The \ud800ferry \ud83d\ude2e sailed\udc00."}')
    assert document.text == "The \ufffdferry 😮 sailed\ufffd."
    assert [(edit.kind, edit.removed, edit.at) for edit in document.edits] == [
        ("surrogate_replaced", r"\ud800", 4),
        ("surrogate_replaced", r"\udc00", 19),
    ]
    assert len(document.notes) == 1
    document.text.encode()


def test_a_page_break_is_left_in_the_text_but_not_between_two_blocks() -> None:
    document = _record(
        text="The council said that it would become a\n\nmember of the league of ports.\n\nNobody voted."
    )
    assert [block.span.of(document.text).count("\n\n") for block in document.blocks] == [1, 0]


def test_a_name_with_several_records_gives_all_of_them() -> None:
    documents = read(b'{"text": "One."}\r\n{"text": "Two."}\n', name="a.jsonl", settings=SETTINGS)
    assert [d.text for d in documents] == ["One.", "Two."]
    assert documents[0].source.name == "a.jsonl, line 1"
