"""How values stand in the cells of the ledger: JSON, compressed bytes, seals. No pickle anywhere: a ledger may come
from somebody else."""

import hashlib
import zlib
from typing import Any, TypeVar

import msgspec

from onrecord.errors import LedgerError
from onrecord.model import Document, Entity, Selector, Span, Statement, Value, canonical_json, spans_of

CELL_LIMIT = 256_000_000
"""Largest cell, in bytes, compressed or not: far above `Settings.max_bytes`, and a bound on hostile ledgers."""

_T = TypeVar("_T")
_ENCODER = msgspec.json.Encoder()
_VALUE: msgspec.json.Decoder[Value] = msgspec.json.Decoder(Value)
_SELECTORS: msgspec.json.Decoder[tuple[tuple[int, int, str, str, str], ...]] = msgspec.json.Decoder(
    tuple[tuple[int, int, str, str, str], ...]
)


def to_json(value: Any) -> str:
    """The cell of a value."""
    return _ENCODER.encode(value).decode()


def from_json(cell: str | bytes, type_: type[_T], where: str) -> _T:
    """The value of a cell. Raises LedgerError naming `where` it stands if the cell was tampered with."""
    try:
        return msgspec.json.decode(cell, type=type_)
    except (msgspec.DecodeError, TypeError) as error:
        raise damaged(where, error) from None


def to_value(cell: str, where: str) -> Value:
    """The value of an entry. Raises LedgerError as `from_json` does."""
    try:
        return _VALUE.decode(cell)
    except (msgspec.DecodeError, TypeError) as error:
        raise damaged(where, error) from None


def from_selectors(selectors: tuple[Selector, ...]) -> str:
    """Arrays without names or document: selectors are the largest part of a ledger."""
    return to_json([(s.span.start, s.span.end, s.exact, s.prefix, s.suffix) for s in selectors])


def to_selectors(cell: str, document: str, where: str) -> tuple[Selector, ...]:
    """Raises LedgerError as `from_json` does."""
    try:
        rows = _SELECTORS.decode(cell)
    except (msgspec.DecodeError, TypeError) as error:
        raise damaged(where, error) from None
    return tuple(
        Selector(document=document, span=Span(start=start, end=end), exact=exact, prefix=prefix, suffix=suffix)
        for start, end, exact, prefix, suffix in rows
    )


def damaged(where: str, error: object) -> LedgerError:
    return LedgerError(f"{where}: a cell of the ledger is damaged ({error}); run `onrecord verify`")


def compress(raw: bytes) -> bytes:
    return zlib.compress(raw, 6)


def decompress(cell: bytes, size: int, where: str) -> bytes:
    """The bytes of a source. Never more than its stated `size` is unpacked, so that a hostile cell cannot fill the
    memory. Raises LedgerError if it is no zlib stream or of another size."""
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(cell, min(size, CELL_LIMIT) + 1)
    except (zlib.error, TypeError, ValueError) as error:
        raise damaged(where, error) from None
    if len(raw) != size or not unpacker.eof:
        raise damaged(where, f"it unpacks to another size than the {size:,} bytes stated")
    return raw


def seal(*cells: Any) -> int:
    """64 bits over a row's cells, as a signed integer. Source: BLAKE2b over canonical JSON. It finds accidents, and
    changes by programs that do not know of it; it is no signature."""
    digest = hashlib.blake2b(canonical_json(cells), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def tidy(name: str | None) -> str | None:
    """A publisher or author with its white space folded: the only thing that is ever done to a name."""
    return " ".join(name.split()) or None if name is not None else None


def tidy_document(document: Document) -> Document:
    authors = tuple(author for author in map(tidy, document.authors) if author)
    return msgspec.structs.replace(document, publisher=tidy(document.publisher), authors=authors)


def position_of(value: Value) -> int:
    """Where an entry begins, so that entries can be listed in the order of reading."""
    if isinstance(value, Entity) and value.mentions:
        return min(span.start for span in value.mentions)
    return min((span.start for span in spans_of(value)), default=0)


def joined(text: str, spans: tuple[Span, ...]) -> str:
    """The words of several spans, one a line: a phrase that is searched for does not run over from one to the next
    unnoticed, and each word can be traced back to its place."""
    return "\n".join(span.of(text) for span in spans)


def statement_cells(text: str, value: Statement) -> tuple[str, str]:
    """The two searched cells of a statement: source, content."""
    return joined(text, value.sources), joined(text, value.contents)
