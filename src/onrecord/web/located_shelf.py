"""The list of what is at a place or in a part of the map: events and mentions, each opening on its words."""

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from onrecord.ledger import Count, Ledger, LocatedFilter, LocatedRow, Page
from onrecord.model import EntryKind, Event, EventType, Factuality, Place, Span
from onrecord.web.basemap import Box
from onrecord.web.entry_shelf import Placed, placed
from onrecord.web.excerpt import excerpt
from onrecord.web.layers import days, describe
from onrecord.web.page import href
from onrecord.web.query import Query, wrong
from onrecord.web.shelf import Shelf

FILTERS = frozenset({"kind", "type", "factuality", "publisher", "precision", "from", "to", "happened"})
"""What the map and the list may both be narrowed down by."""
PRECISIONS = get_args(Place.__annotations__["precision"])
_KINDS: dict[str, EntryKind] = {"event": "event", "place": "place"}
_CHOICES = {
    "kind": tuple(_KINDS),
    "type": get_args(EventType),
    "factuality": get_args(Factuality),
    "precision": PRECISIONS,
}


def located_filter(query: Query, box: Box | None = None) -> LocatedFilter:
    """What a query asks of the ledger. Raises Refused (400) naming a parameter that holds what it may not."""
    given = query.given()
    for name, choices in _CHOICES.items():
        if name in given and given[name] not in choices:
            raise wrong(name, f"is {given[name][:40]!r}", f"give one of {', '.join(choices)}")
    return LocatedFilter(
        place=query.place or None,
        kind=_KINDS.get(query.kind),
        type=query.type or None,
        factuality=query.factuality or None,
        publisher=query.publisher or None,
        precision=query.precision or None,
        published_from=query.from_ or None,
        published_to=query.to or None,
        happened=query.happened or None,
        box=box,
    )


def box_of(query: Query) -> Box | None:
    """West, south, east, north. Raises Refused (400)."""
    if not query.box:
        return None
    try:
        west, south, east, north = (float(side) for side in query.box.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise wrong("box", f"is {query.box[:60]!r}", "give degrees: west,south,east,north, as in 22,44,40,52.5")
    return west, south, east, north


class Found(NamedTuple):
    """A row with its article and who tells of it."""

    located: LocatedRow
    placed: Placed


def _fetch(ledger: Ledger, query: Query, limit: int) -> Page[Found]:
    page = ledger.located(located_filter(query, box_of(query)), after=query.after or None, limit=limit)
    found = map(Found, page.rows, placed(ledger, [row.row for row in page.rows]))
    return Page(rows=tuple(found), after=page.after)


def _value(located: LocatedRow) -> Event | Place:
    value = located.row.entry.value
    assert isinstance(value, Event | Place)  # noqa: S101  the table holds no other
    return value


def _spans(value: Event | Place) -> list[Span]:
    """The words that say it: of an event its trigger and where."""
    return [value.trigger, *(place.span for place in value.places)] if isinstance(value, Event) else [value.span]


def _contested(located: LocatedRow) -> bool:
    return any(found.rule == "place.contested" for found in located.row.entry.derivations)


def _show(found: Found, query: Query) -> Mapping[str, Any]:
    located, (_, document, _, chain) = found
    value, entry = _value(located), located.row.entry
    spans = _spans(value)
    block = next((b.span for b in document.blocks if spans[0] in b.span), Span(start=0, end=len(document.text)))
    return {
        "href": f"/articles/{document.id}#e-{entry.id}",
        "path": f"/e/{entry.id}",
        "kind": located.row.kind,
        "value": describe(value),
        "place": located.name,
        "precision": located.precision,
        "on_map": href("/located", place=located.place) if located.place != query.place else "",
        "contested": _contested(located),
        "time": days(value.time) if isinstance(value, Event) and value.time else None,
        "passage": excerpt(block.of(document.text), block.start, spans, located.row.kind),
        "chain": chain,
        "published": document.published,
        "title": document.title or document.source.name,
    }


def _record(found: Found) -> Mapping[str, Any]:
    located, (_, document, _, chain) = found
    value, entry = _value(located), located.row.entry
    event = value if isinstance(value, Event) else None
    return {
        "id": entry.id,
        "document": entry.document,
        "status": located.row.status,
        "kind": located.row.kind,
        "place": located.place,
        "name": located.name,
        "precision": located.precision,
        "type": event.type if event else None,
        "factuality": event.factuality if event else None,
        "begin": event.time.begin if event and event.time else None,
        "end": event.time.end if event and event.time else None,
        "words": entry.selectors[0].exact,
        "start": entry.selectors[0].span.start,
        "stop": entry.selectors[0].span.end,
        "voice": value.voice,
        "chain": " ▸ ".join(voice.name or "" for voice in chain),
        "publisher": document.publisher,
        "published": document.published,
        "title": document.title,
        "url": document.source.url,
    }


def _chip(ledger: Ledger, name: str, value: str) -> str:
    if name == "place":
        found = ledger.spots(LocatedFilter(place=value))
        value = found[0].name if found else value
    return f"{name}: {value}"


LOCATED = Shelf(
    path="/located",
    heading="Events and names of places",
    one="event or name",
    many="events and names",
    nothing="No place was found in the articles of this ledger.",
    template="located.html",
    filters=FILTERS | {"place", "box", "after"},
    columns=(
        "id", "document", "status", "kind", "place", "name", "precision", "type", "factuality", "begin", "end",
        "words", "start", "stop", "voice", "chain", "publisher", "published", "title", "url",
    ),
    fetch=_fetch,
    total=lambda ledger, query: Count(n=ledger.count_located(located_filter(query, box_of(query)))),
    show=_show,
    record=_record,
    line=lambda found: {"place": found.located.place, "name": found.located.name, **_built(found.located)},
    chip=_chip,
)  # fmt: skip


def _built(located: LocatedRow) -> dict[str, Any]:
    return {"entry": located.row.entry, "status": located.row.status}
