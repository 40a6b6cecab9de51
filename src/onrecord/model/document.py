"""One article as read: a text that never changes, its blocks, its metadata, and the way back to the bytes."""

from typing import Literal

import msgspec

BlockKind = Literal[
    "title", "byline", "dateline", "paragraph", "quote", "heading", "list", "caption", "boilerplate", "date"
]


class Span(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Half-open range of Unicode code points in `Document.text`."""

    start: int
    end: int

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Run(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A stretch of `Document.text` and where it stood in the decoded source; both half-open, in code points.

    A run of equal lengths was copied character for character; otherwise (an entity reference) the whole of one side
    stands for the whole of the other. A space that stands for other white space is in no run.
    """

    start: int
    end: int
    source_start: int
    source_end: int


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of the article's layout. Blocks are in order and do not overlap; `origin` covers all of `span` that
    came from the source, and is empty where the reader could not map it."""

    kind: BlockKind
    span: Span
    origin: tuple[Run, ...] = ()


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """A repair that the reader made, never a silent one.

    `kind` is what was done (`page_break_joined`, `emphasis_removed`, `link_removed`, `byte_order_mark_removed` ...),
    `at` the code point of `Document.text` where it took place, `removed` what stood in the decoded source between
    `source_start` and `source_end`, and `inserted` what stands in its place (mostly nothing, or one space).
    """

    kind: str
    at: int
    source_start: int
    source_end: int
    removed: str
    inserted: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes that came in. `name` is the file or record as the user gave it; `retrieved` is UTC, ISO 8601, and
    is given by the caller: a reader has no clock."""

    sha256: str
    media_type: str
    name: str = ""
    encoding: str = "utf-8"
    url: str | None = None
    retrieved: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One article as read. Bytes that are read twice give the same document; a changed reader gives a new one.

    `reader` is name and version (`html/1`). `published` is an ISO 8601 prefix (`2023-06`, `2023-06-11`,
    `2023-06-11T08:00:00+02:00`), or None where the article does not say. `external_id` is the id that the record
    had where it came from. `notes` are remarks that a person should see (an encoding that was detected rather than
    declared, a quotation mark that never closes).
    """

    id: str
    source: Source
    reader: str
    text: str
    blocks: tuple[Block, ...] = ()
    edits: tuple[Edit, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    published: str | None = None
    external_id: str | None = None
    notes: tuple[str, ...] = ()
