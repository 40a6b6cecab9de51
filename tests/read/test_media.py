"""What the bytes are, whatever they are called; and in which encoding."""

import pytest

from onrecord.errors import EmptyInput, EncodingError, UnsupportedMediaType
from onrecord.read import HTML, JSONL, MARKDOWN, PLAIN, read, sniff
from onrecord.settings import Settings

SETTINGS = Settings()
SENTENCE = "The mayor of Ærøskøbing said: “We won’t wait.” The café stays open — for now."

BINARY = {
    "picture.txt": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "scan.txt": (b"%PDF-1.4", "application/pdf"),
    "letter.txt": (b"PK\x03\x04......word/document.xml", "wordprocessingml"),
    "letter.md": (b"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.text", "opendocument.text"),
    "pack.html": (b"PK\x03\x04\x14\x00a.html", "application/zip"),
    "pack.jsonl": (b"\x1f\x8b\x08\x00", "application/gzip"),
    "old.txt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    "rich.txt": (b"{\\rtf1\\ansi", "application/rtf"),
    "data.txt": (b"abc\x00\x01\x02\x03def", "octet-stream"),
    "feed.txt": (b"<?xml version='1.0'?><rss version='2.0'>", "feed"),
    "saved.mht": (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "web archive"),
    "ledger.txt": (b"SQLite format 3\x00", "sqlite"),
    "many.json": (b'[\n  {"id": "1", "text": "The ferry sailed."}]', "list of records"),
    "many.csv": (b"id,text\n1,The ferry sailed.\n", "table"),
}


@pytest.mark.parametrize("name", BINARY)
def test_what_no_reader_takes_is_named_with_a_next_step(name: str) -> None:
    head, called = BINARY[name]
    with pytest.raises(UnsupportedMediaType, match=called) as caught:
        sniff(name, head)
    assert caught.value.name == name and caught.value.step
    with pytest.raises(UnsupportedMediaType):
        read(head, name=name, settings=SETTINGS)


@pytest.mark.parametrize(
    ("name", "head", "media_type", "noted"),
    [
        ("a.txt", b"The ferry sailed.", PLAIN, False),
        ("a.md", b"# The ferry\n\n<p>It <b>sailed</b>.</p><p>Again.</p>", MARKDOWN, False),
        ("a.html", b"\n<!DOCTYPE html><html><body>", HTML, False),
        ("a.txt", b"<!doctype html><html><body>", HTML, True),
        ("a.txt", b"<div class='a'><p>The ferry sailed.</p></div>", HTML, True),
        ("a.html", b"The ferry sailed, and nobody waved.", PLAIN, True),
        ("a.htm", b"  <p>The ferry sailed.</p>", None, False),
        ("a.jsonl", b'{"text": "x"}', JSONL, False),
        ("a.jsonl", b"no json", JSONL, False),
        ("a.txt", b'{"id": 1, "text": "x"}', JSONL, True),
        ("-", b'{"id": 1, "text": "x"}', JSONL, False),
        ("-", b"<html>", HTML, False),
        ("-", b"[The ferry sailed, he said.]", PLAIN, False),
        ("-", b"<3 is a heart, 4 > 3", PLAIN, False),
        ("-", b"", PLAIN, False),
        ("a.txt", "The ferry sailed.".encode("utf-16"), PLAIN, False),
        ("a.txt", "<html><body>".encode("utf-16"), HTML, True),
    ],
)
def test_content_first_extension_second(name: str, head: bytes, media_type: str | None, noted: bool) -> None:
    found = sniff(name, head)
    assert found.media_type == (media_type or HTML)
    assert bool(found.note) == noted


@pytest.mark.parametrize(
    ("encoding", "said", "detected"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16-le", False),
        ("utf-32", "utf-32-le", False),
        ("utf-16-le", "utf-16-le", True),
        ("utf-16-be", "utf-16-be", True),
        ("cp1252", "cp1252", True),
        ("mac_roman", "mac_roman", True),
    ],
)
def test_encodings(encoding: str, said: str, detected: bool) -> None:
    (document,) = read((SENTENCE + "\n").encode(encoding), name="a.txt", settings=SETTINGS)
    assert document.text == SENTENCE
    assert document.source.encoding == said
    assert any("detected" in note for note in document.notes) == detected
    marked = encoding in ("utf-8-sig", "utf-16", "utf-32")
    assert [edit.kind for edit in document.edits] == ["byte_order_mark_removed"] * marked


def test_the_declared_encoding_of_a_page_counts() -> None:
    body = "<p>" + " ".join(["Die Fähre fuhr wieder, sagte der Hafenmeister."] * 6) + "</p>"
    page = f'<html><head><meta charset="iso-8859-1"></head><body><article>{body * 3}</article></body></html>'
    (document,) = read(page.encode("latin-1"), name="a.html", settings=SETTINGS)
    assert "Fähre" in document.text and document.source.encoding == "cp1252" and not document.notes
    lying = page.replace("iso-8859-1", "utf-8").encode("latin-1")
    (document,) = read(lying, name="a.html", settings=SETTINGS)
    assert "Fähre" in document.text and "detected" in document.notes[0]
    unknown = page.replace("iso-8859-1", "x-klingon").encode()
    (document,) = read(unknown, name="a.html", settings=SETTINGS)
    assert "Fähre" in document.text and document.source.encoding == "utf-8"


@pytest.mark.parametrize(
    "raw",
    [
        SENTENCE.encode()[: SENTENCE.encode().index("“".encode()) + 2],  # cut within a character
        SENTENCE.encode().replace("’".encode(), b"\xe2\x80"),  # one of several characters lost a byte
        b"\xff\xfe" + SENTENCE.encode("utf-16-le") + b"\x00",
        SENTENCE.encode() + b" \x00 " + b"x" * 20,
        b"x" * 5000 + b"\x00",
    ],
)
def test_broken_bytes_are_refused_not_guessed(raw: bytes) -> None:
    with pytest.raises((EncodingError, UnsupportedMediaType)) as caught:
        read(raw, name="a.txt", settings=SETTINGS)
    assert caught.value.name == "a.txt" and caught.value.step


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"---\n***\n", "—\n\n…\n".encode()])
def test_nothing_to_read(raw: bytes) -> None:
    with pytest.raises(EmptyInput):
        read(raw, name="a.txt", settings=SETTINGS)
