"""The one door: bytes of any kind that a reader takes, to documents."""

import hashlib
from functools import partial

from onrecord.errors import EmptyInput, TooLarge
from onrecord.model import Document, Source
from onrecord.read.encoding import decode
from onrecord.read.html import page_document
from onrecord.read.jsonl import record_document
from onrecord.read.media import HEAD, HTML, JSONL, MARKDOWN, sniff
from onrecord.read.text import text_document
from onrecord.settings import Settings

READERS = {"text/plain": "text/1", MARKDOWN: "markdown/1", HTML: "html/1", JSONL: "jsonl/1"}
"""Name and version of what reads each media type. A reader that makes another text of the same bytes gets the next
version, and its documents are new ones."""


def read(
    raw: bytes,
    *,
    name: str,
    media_type: str | None = None,
    url: str | None = None,
    retrieved: str | None = None,
    settings: Settings,
) -> list[Document]:
    """The documents in `raw`: one, or for JSONL one for each line that is not blank.

    `media_type` is sniffed if not given; `retrieved` is UTC, ISO 8601. Raises InputError, each kind of it naming
    `name`, the cause and the next step.
    """
    sniffed = sniff(name, raw[:HEAD])
    media_type = media_type or sniffed.media_type
    if media_type not in READERS:
        media_type = sniffed.media_type
    if not raw.strip():
        raise EmptyInput(name, "the file is empty", "check that it was saved whole")
    if media_type == JSONL:
        lines = [(number, line.removesuffix(b"\r")) for number, line in enumerate(raw.split(b"\n"), 1) if line.strip()]
        named = [(name if len(lines) == 1 else f"{name}, line {number}", line) for number, line in lines]
        return [_record(line, name, url, retrieved, settings) for name, line in named]
    if len(raw) > settings.max_bytes:
        raise TooLarge(name, f"more than {settings.max_bytes:,} bytes", "split it, or raise --max-bytes")
    decoded = decode(raw, name=name, page=media_type == HTML)
    note = sniffed.note if sniffed.media_type == media_type else None
    if note:
        decoded = decoded._replace(note="; ".join(filter(None, (decoded.note, note))))
    source = _source(raw, media_type, name, decoded.encoding, url, retrieved)
    if media_type == HTML:
        document = page_document(decoded, source, reader=READERS[HTML])
        _bound(document.text, name, settings)
    else:
        _bound(decoded.text, name, settings)
        document = text_document(decoded, source, reader=READERS[media_type], markdown=media_type == MARKDOWN)
    return [document]


def _record(line: bytes, name: str, url: str | None, retrieved: str | None, settings: Settings) -> Document:
    if len(line) > settings.max_line_bytes:
        cause = f"the line is longer than {settings.max_line_bytes:,} bytes"
        raise TooLarge(name, cause, "split it, or raise --max-line-bytes")
    source = _source(line, JSONL, name, "utf-8", url, retrieved)
    return record_document(line, source, reader=READERS[JSONL], bound=partial(_bound, name=name, settings=settings))


def _source(raw: bytes, media_type: str, name: str, encoding: str, url: str | None, retrieved: str | None) -> Source:
    return Source(
        sha256=hashlib.sha256(raw).hexdigest(),
        media_type=media_type,
        name=name,
        encoding=encoding,
        url=url,
        retrieved=retrieved,
    )


def _bound(text: str, name: str, settings: Settings) -> None:
    words = len(text.split())
    if words > settings.max_words:
        cause = f"{words:,} words, more than {settings.max_words:,}"
        raise TooLarge(name, cause, "split it into articles, or raise --max-words")
