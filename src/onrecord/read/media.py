"""What the bytes are: by their content first, by the name's extension second."""

import re
from pathlib import PurePath
from typing import NamedTuple

from onrecord.errors import UnsupportedMediaType

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
JSONL = "application/jsonl"

HEAD = 4096
"""Bytes that `sniff` needs to see."""

EXTENSIONS = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
}

_SAVE = "save the article as HTML or text"
_UNPACK = "unpack it and add what is inside"

# What stands at which byte, what that is called, and what to do about it. The more particular ones first.
_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "application/pdf", _SAVE),
    (0, b"{\\rtf", "application/rtf", _SAVE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", _SAVE),
    (0, b"\x89PNG\r\n", "image/png", _SAVE),
    (0, b"\xff\xd8\xff", "image/jpeg", _SAVE),
    (0, b"GIF8", "image/gif", _SAVE),
    (8, b"WEBP", "image/webp", _SAVE),
    (0, b"II*\x00", "image/tiff", _SAVE),
    (0, b"MM\x00*", "image/tiff", _SAVE),
    (4, b"ftyp", "video/mp4", _SAVE),
    (0, b"OggS", "audio/ogg", _SAVE),
    (0, b"ID3", "audio/mpeg", _SAVE),
    (0, b"RIFF", "audio/wav", _SAVE),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3", "name it with --ledger if it is a ledger"),
    (0, b"\x1f\x8b", "application/gzip", _UNPACK),
    (0, b"BZh", "application/x-bzip2", _UNPACK),
    (0, b"\xfd7zXZ", "application/x-xz", _UNPACK),
    (0, b"7z\xbc\xaf", "application/x-7z-compressed", _UNPACK),
    (0, b"Rar!", "application/vnd.rar", _UNPACK),
    (0, b"(\xb5/\xfd", "application/zstd", _UNPACK),
    (257, b"ustar", "application/x-tar", _UNPACK),
    (0, b"\x7fELF", "application/x-executable", _SAVE),
    (0, b"MZ\x90", "application/x-executable", _SAVE),
    (0, b"PAR1", "application/vnd.apache.parquet", "export it as JSONL, one article a line"),
    (0, b"WARC/", "application/warc", "save the pages inside as HTML"),
)

# A ZIP archive is often a document of an office program; its first entries tell which.
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"epub+zip", "application/epub+zip"),
)

# Text that is no article, and looks like one until it is read: told by its name alone.
_TABLES = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
_AS_LINES = "write it as JSONL, one article a line"

_PAGE = re.compile(rb"(?i)<(?:!doctype\s{1,9}html|html|head|body)\b")
_PIECE_OF_PAGE = re.compile(rb"(?i)<(?:article|main|section|div|p|h[1-6]|meta|title|table|ul)\b[^<>]{0,999}>")
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|sitemapindex|urlset)\b")
_RECORD = re.compile(rb'\{\s{0,99}(?:"[^"\\\n]{0,99}"\s{0,9}:|\})')
_LIST_OF_RECORDS = re.compile(rb'\[\s{0,99}\{\s{0,99}"[^"\\\n]{0,99}"\s{0,9}:')
_MAIL_ARCHIVE = re.compile(rb"(?i)^content-type:\s{0,9}multipart/related", re.MULTILINE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")


class Sniffed(NamedTuple):
    """`media_type` is one that a reader takes; `note` is a remark for `Document.notes`, such as a wrong extension."""

    media_type: str
    note: str | None = None


def sniff(name: str, head: bytes) -> Sniffed:
    """What `head`, the first `HEAD` bytes of the input called `name`, is the beginning of.

    Raises UnsupportedMediaType that says what the bytes are and what to do about it.
    """
    extension = PurePath(name).suffix.lower()
    if extension in _TABLES:
        raise UnsupportedMediaType(name, f"{_TABLES[extension]} (a table) is not read", _AS_LINES)
    named = EXTENSIONS.get(extension)
    seen = _media_type(name, head, named)
    media_type = seen or named or PLAIN
    if named and seen and named != seen:
        return Sniffed(media_type, f"the name ends in {extension}, but the content is {seen} and was read as that")
    return Sniffed(media_type)


def _media_type(name: str, head: bytes, named: str | None) -> str | None:
    """What the content shows; None if it is text of any kind."""
    for at, magic, media_type, step in _MAGIC:
        if head.startswith(magic, at):
            raise UnsupportedMediaType(name, f"{media_type} is not read", step)
    if head.startswith(b"PK\x03\x04"):
        kind = next((media_type for mark, media_type in _ZIPPED if mark in head), None)
        raise UnsupportedMediaType(name, f"{kind or 'application/zip'} is not read", _SAVE if kind else _UNPACK)
    bom = next((bom for bom in _BOMS if head.startswith(bom)), b"")
    plain = head[len(bom) :]
    wide = bom not in (b"", _BOMS[0]) or looks_wide(head) is not None
    if wide:
        plain = plain.replace(b"\x00", b"")
    elif b"\x00" in head:
        raise UnsupportedMediaType(name, "application/octet-stream (binary data) is not read", _SAVE)
    plain = plain.lstrip()
    if _MAIL_ARCHIVE.search(plain) and b"MIME-Version" in plain:
        raise UnsupportedMediaType(name, "multipart/related (a web archive) is not read", _SAVE)
    if plain.startswith(b"<") and _FEED.search(plain) and not _PAGE.search(plain):
        raise UnsupportedMediaType(name, "application/xml (a feed or a map of a site) is not read", _SAVE)
    if plain.startswith(b"<") and _PAGE.search(plain):
        return HTML
    if plain.startswith(b"<") and named != MARKDOWN and len(_PIECE_OF_PAGE.findall(plain)) >= 2:
        return HTML
    if _LIST_OF_RECORDS.match(plain):
        raise UnsupportedMediaType(name, "application/json (a list of records) is not read", _AS_LINES)
    if _RECORD.match(plain) and named in (None, JSONL, PLAIN):
        return JSONL
    if named == HTML and plain and b"<" not in plain:
        return PLAIN
    return None


def looks_wide(raw: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` for text of two bytes a character without a byte order mark, else None.

    In text of Latin letters every second byte is zero, and hardly any of the others is.
    """
    head = raw[: HEAD - HEAD % 2]
    even, odd, half = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if half >= 4 and odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 4 and even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
