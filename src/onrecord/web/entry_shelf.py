"""The lists of figures, dates and places: each opens on its words, and says who gave it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from onrecord.ledger import Count, EntryRow, Ledger, Page, StatementRow
from onrecord.model import Document, Entity, EntryKind, Figure, Span, Statement, Timex, Voice, outlet
from onrecord.web.excerpt import excerpt
from onrecord.web.layers import describe
from onrecord.web.query import Query
from onrecord.web.shelf import Shelf


class Placed(NamedTuple):
    """An entry with the article that it stands in, the statement that it stands in, if any, and who gave it, from the
    outlet inward."""

    row: EntryRow
    document: Document
    voice: StatementRow | None
    chain: tuple[Voice, ...]


def placed(ledger: Ledger, rows: Iterable[EntryRow]) -> Iterator[Placed]:
    """The entries of a page of a list, in their order; each article and chain is asked for once."""
    rows = list(rows)
    documents = {key: ledger.document(key) for key in {row.entry.document for row in rows}}
    said = ledger.statements_by_id(id_ for row in rows if (id_ := voice_of(row)))
    for row in rows:
        document, voice = documents[row.entry.document], said.get(voice_of(row) or "")
        yield Placed(row, document, voice, voice.chain if voice else (outlet(document),))


def _fetch(ledger: Ledger, kind: EntryKind, query: Query, limit: int) -> Page[Placed]:
    found = ledger.entries(kinds=[kind], after=query.after or None, limit=limit)
    return Page(rows=tuple(placed(ledger, found.rows)), after=found.after)


def voice_of(row: EntryRow) -> str | None:
    value = row.entry.value
    return None if isinstance(value, Statement | Entity) else value.voice


def _measured(placed: Placed) -> str | None:
    value = placed.row.entry.value
    return value.measured.of(placed.document.text) if isinstance(value, Figure) and value.measured else None


def show_entry(placed: Placed, besides: Sequence[Span] = ()) -> dict[str, Any]:
    """What a row of any such list shows. `besides`: what the passage should reach to, if it stands near by."""
    entry, document = placed.row.entry, placed.document
    span = entry.selectors[0].span
    block = next((b.span for b in document.blocks if span in b.span), Span(start=0, end=len(document.text)))
    return {
        "href": f"/articles/{document.id}#e-{entry.id}",
        "value": describe(entry.value),
        "passage": excerpt(block.of(document.text), block.start, [span], placed.row.kind, besides=besides),
        "chain": placed.chain,
        "published": document.published,
        "title": document.title or document.source.name or document.id,
    }


def _show(placed: Placed, query: Query) -> Mapping[str, Any]:
    value = placed.row.entry.value
    return show_entry(placed) | {
        "measured": _measured(placed),
        "anchor": value.anchor if isinstance(value, Timex) else None,
    }


_FIGURE = ("low", "high", "approximate", "change", "unit", "per")
_OWN = {
    "figure": (*_FIGURE, "measured"),
    "timex": ("type", "mod", "begin", "end", "anchor"),
}
ENTRY = ("id", "document", "status", "publisher", "published", "words", "value", "start", "end", "voice", "chain")


def record_entry(placed: Placed) -> dict[str, Any]:
    """The cells that a row of any such list has: those of `ENTRY`."""
    row, document, _, chain = placed
    found, value = row.entry.selectors[0], row.entry.value
    return {
        "id": row.entry.id,
        "document": row.entry.document,
        "status": row.status,
        "publisher": document.publisher,
        "published": document.published,
        "words": found.exact,
        "value": describe(value),
        "start": found.span.start,
        "end": found.span.end,
        "voice": voice_of(row),
        "chain": " ▸ ".join(voice.name or "" for voice in chain),
    }


def _record(placed: Placed) -> Mapping[str, Any]:
    """A figure with its bounds and unit and what it measures, a date with its days."""
    value = placed.row.entry.value
    cells = {name: getattr(value, name, None) for name in _OWN.get(placed.row.kind, ())}
    if isinstance(value, Figure):
        cells["measured"] = _measured(placed)
    return record_entry(placed) | {
        name: str(cell) if isinstance(cell, Decimal) else cell for name, cell in cells.items()
    }


def _entries(kind: EntryKind, path: str, one: str, many: str) -> Shelf:
    return Shelf(
        path=path,
        heading=many.capitalize(),
        one=one,
        many=many,
        nothing=f"No {one} was found in the articles of this ledger.",
        template="found.html",
        filters=frozenset({"after"}),
        columns=(*ENTRY, *_OWN.get(kind, ())),
        fetch=lambda ledger, query, limit: _fetch(ledger, kind, query, limit),
        total=lambda ledger, query: Count(n=ledger.overview().entries.get(kind, 0)),
        show=_show,
        record=_record,
        line=lambda placed: placed.row,
    )


FOUND = (
    _entries("figure", "/figures", "figure", "figures"),
    _entries("timex", "/dates", "date", "dates"),
    _entries("place", "/places", "place", "places"),
)
