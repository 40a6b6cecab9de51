"""What holds for any text at all."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyInput, InputError
from onrecord.model import Document
from onrecord.read import read
from onrecord.settings import Settings

SETTINGS = Settings()

# Pieces that readers act on, so that random text hits the rules and not only the letters.
PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "  \n", "\f", " ", "\t", "\u2028", "\xa0"),
        *("# ", "## ", "> ", "- ", "* ", "1. ", "---\n", "===\n", "***\n", "```\n", "\\*", "&amp;", "&nbsp;", "<br>"),
        *("*", "**", "_", "`", "~~", "[", "](https://gazette.example/a)", "![", "<https://gazette.example>", "[1]: x"),
        *("By Ada Lindqvist", "11 June 2023", "03/04/2026", "OSLO, May 3 (KPA) - ", "Publisher: The Gazette\n"),
        *("Copyright 2026", "To contact us", "The mayor wrote:", "become a", "member.", "long-", "“", "”", '"', "’"),
        *(
            "The harbour was closed on Monday. ",
            "nobody had asked the dockers",
            "A",
            "é",
            "漢字",
            "😮",
            "\u200b",
            "\ufeff",
        ),
    ]
)
# Text with a NUL is no text, and with many of them it is another encoding; see test_media.py.
LETTERS = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
TEXTS = st.lists(st.one_of(PIECES, st.text(LETTERS, max_size=8)), max_size=40).map("".join)


def _read(text: str, media_type: str) -> Document | None:
    try:
        (document,) = read(text.encode(), name="a.txt", media_type=media_type, settings=SETTINGS)
    except InputError:
        return None
    return document


def _check_shape(document: Document, source: str) -> None:
    at = 0
    for block in document.blocks:
        assert at <= block.span.start < block.span.end <= len(document.text)
        at = block.span.end
        place = block.span.start
        for run in block.origin:
            assert place <= run.start < run.end <= block.span.end
            place = run.end
            if run.end - run.start == run.source_end - run.source_start:
                assert document.text[run.start : run.end] == source[run.source_start : run.source_end]
    for edit in document.edits:
        assert 0 <= edit.at <= len(document.text)
        assert source[edit.source_start : edit.source_end] == edit.removed or edit.kind == "byte_order_mark_removed"


def _check_nothing_lost(document: Document, source: str) -> None:
    kept = [False] * len(source)
    for block in document.blocks:
        for run in block.origin:
            kept[run.source_start : run.source_end] = [True] * (run.source_end - run.source_start)
    for edit in document.edits:
        kept[edit.source_start : edit.source_end] = [True] * (edit.source_end - edit.source_start)
    lost = "".join(c for c, k in zip(source, kept, strict=True) if not k and not c.isspace())
    assert lost == ""


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
@given(text=TEXTS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_every_character_is_in_the_text_or_in_an_edit(media_type: str, text: str) -> None:
    document = _read(text, media_type)
    if document is not None:
        source = text.removeprefix("\ufeff")
        _check_shape(document, source)
        _check_nothing_lost(document, source)
        assert "\n\n".join(b.span.of(document.text) for b in document.blocks) == document.text


@given(text=st.one_of(TEXTS, st.text()))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_jsonl_keeps_text_character_for_character(text: str) -> None:
    for ascii_only in (True, False):
        line = json.dumps({"id": 7, "text": text}, ensure_ascii=ascii_only)
        try:
            (document,) = read(line.encode(), name="a.jsonl", media_type="application/jsonl", settings=SETTINGS)
        except EmptyInput:
            assert not any(c.isalnum() for c in text)
            continue
        assert document.text == text
        _check_shape(document, line)
        for block in document.blocks:
            covered = sum(run.end - run.start for run in block.origin)
            assert covered == len(block.span)


@given(text=st.lists(st.one_of(PIECES, st.sampled_from(["<p>", "</p>", "<div>", "<!--", "<script>", "<h1>", "<li>"]))))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_page_is_read_or_refused(text: list[str]) -> None:
    page = "<html><body><article>" + "".join(text)
    document = _read(page, "text/html")
    if document is not None:
        _check_shape(document, page)


@given(raw=st.binary(max_size=300))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for name in ("a.txt", "a.html", "a.jsonl", "a.md"):
        try:
            read(raw, name=name, settings=SETTINGS)
        except InputError as error:
            assert str(error).startswith(name)


@given(text=TEXTS)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert _read(text, "text/plain") == _read(text, "text/plain")
