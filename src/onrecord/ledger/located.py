"""Places of events and of articles, as a map and its lists need them: gathered by place, filtered, counted."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, and_, case, distinct, func, literal_column, or_, select

from onrecord.ledger import happened, schema, sqlite
from onrecord.ledger.reading import chunks, entry_query, entry_rows, resolve, since, until
from onrecord.ledger.rows import EntryRow, FacetValue, Page
from onrecord.model import EntryKind

TOLD = ("happened", "ongoing")
"""What the text says of an event that it tells as a fact, or lets a voice tell as one."""


class LocatedFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which places of what. `place`: a gazetteer id. `kind`: `event` or `place`. `type` and `factuality`: of events.
    `published_from`, `published_to`, `happened`: as in `StatementFilter`; the last asks for events with a time.
    `box`: west, south, east, north, in degrees; what has no point of its own (`PINNED`) is in no box."""

    place: str | None = None
    kind: EntryKind | None = None
    type: str | None = None
    factuality: str | None = None
    publisher: str | None = None
    precision: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    happened: str | None = None
    box: tuple[float, float, float, float] | None = None


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the gazetteer with what is there: `events`, those of them that are told as facts (`told`), and the
    `articles` that tell of these or name the place. WGS 84 degrees; those of a country or region are a point of
    reference and no place for a pin."""

    place: str
    name: str
    country: str | None
    precision: str
    lat: float | None
    lon: float | None
    events: int
    told: int
    articles: int

    @property
    def pinned(self) -> bool:
        return self.precision in PINNED and self.lat is not None and self.lon is not None


class LocatedRow(msgspec.Struct, frozen=True, kw_only=True):
    """An event or a mention of a place, and the place that it is at."""

    row: EntryRow
    place: str
    name: str
    precision: str


class LocatedFacets(NamedTuple):
    """Counts of what is asked, by value, most first."""

    type: tuple[FacetValue, ...] = ()
    factuality: tuple[FacetValue, ...] = ()
    publisher: tuple[FacetValue, ...] = ()
    precision: tuple[FacetValue, ...] = ()


PINNED = ("point", "town")
"""The precisions at which coordinates are where a thing is. Those of a country or region are a point of reference."""

_VALUES = 30  # values shown of each facet
_l, _e, _d = schema.located.c, schema.entries.c, schema.documents.c


def spots(connection: Connection, asked: LocatedFilter) -> tuple[Spot, ...]:
    """See `Ledger.spots`."""
    event = _l.kind == "event"
    # An event of two mentions in one place is one row: `located` is keyed by place and entry.
    events, told = func.sum(case((event, 1), else_=0)), func.sum(case((_l.factuality.in_(TOLD), 1), else_=0))
    articles = func.count(distinct(_l.document))
    # Names and coordinates are those of the gazetteer, the same in every row of a place but across its editions.
    columns = (func.max(column).label(column.name) for column in (_l.name, _l.country, _l.precision, _l.lat, _l.lon))
    query = select(_l.place, *columns, events.label("events"), told.label("told"), articles.label("articles"))
    if asked.kind:
        # With a sign before it no index is used: in the order of the table the places need not be sorted.
        query = query.where(literal_column("+located.kind") == asked.kind)
    query = query.where(*_conditions(msgspec.structs.replace(asked, kind=None))).group_by(_l.place)
    rows = connection.execute(query.order_by(events.desc(), articles.desc(), _l.place))
    return tuple(Spot(**row._mapping) for row in rows)


def located(connection: Connection, asked: LocatedFilter, after: str | None, limit: int) -> Page[LocatedRow]:
    """See `Ledger.located`."""
    query = select(_l.entry, _l.place, _l.name, _l.precision).where(*_conditions(asked))
    if after:
        place, _, id_ = after.rpartition("@")
        seq, _ = resolve(connection, schema.entries, id_, "entry")
        # Events before places, newest first: the order of the list, from the row that was the last.
        kind, published = connection.execute(
            select(_e.kind, func.coalesce(_d.published, ""))
            .join(schema.documents, _d.seq == _e.document)
            .where(_e.seq == seq)
        ).one()
        same = and_(_l.published == published, or_(_l.entry > seq, and_(_l.entry == seq, _l.place > place)))
        # The first says no more than the second does, and lets the index begin there.
        query = query.where(
            _l.kind >= kind, or_(_l.kind > kind, and_(_l.kind == kind, or_(_l.published < published, same)))
        )
    found = connection.execute(query.order_by(_l.kind, _l.published.desc(), _l.entry, _l.place).limit(limit + 1)).all()
    entries: dict[int, Any] = {}
    for chunk in chunks({row.entry for row in found[:limit]}):
        wanted = entry_query().where(_e.seq.in_(chunk)).order_by(_e.seq)
        entries.update(zip(sorted(chunk), entry_rows(connection, wanted), strict=True))
    rows = tuple(
        LocatedRow(row=entries[row.entry], place=row.place, name=row.name, precision=row.precision)
        for row in found[:limit]
    )
    last = f"{rows[-1].place}@{rows[-1].row.entry.id}" if len(found) > limit else None
    return Page(rows=rows, after=last)


def count(connection: Connection, asked: LocatedFilter) -> int:
    """See `Ledger.count_located`."""
    return int(connection.execute(select(func.count()).select_from(_filtered(asked).subquery())).scalar_one())


def facets(connection: Connection, asked: LocatedFilter, seconds: float) -> LocatedFacets | None:
    """See `Ledger.located_facets`. One pass over the rows for all of them."""
    columns = (_l.type, _l.factuality, _l.publisher, _l.precision)
    try:
        with sqlite.deadline(connection, seconds):
            query = select(*columns, func.count()).where(*_conditions(asked)).group_by(*columns)
            rows = connection.execute(query).all()
    except sqlite.TimedOut:
        return None
    counted: tuple[dict[str, int], ...] = ({}, {}, {}, {})
    for *values, n in rows:
        for value, counts in zip(values, counted, strict=True):
            if value:
                counts[value] = counts.get(value, 0) + n
    return LocatedFacets(*map(_values, counted))


def _values(counts: dict[str, int]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value=value, label=value, n=n) for value, n in ordered[:_VALUES])


def unplaced(connection: Connection) -> int:
    """See `Ledger.unplaced`."""
    placed = select(_l.entry).where(_l.entry == _e.seq).exists()
    query = select(func.count()).select_from(schema.entries).join(schema.documents, _d.seq == _e.document)
    standing = _e.status.not_in(("rejected", "superseded"))
    return int(connection.execute(query.where(_e.kind == "event", standing, _d.current, ~placed)).scalar_one())


def _filtered(asked: LocatedFilter) -> Select[Any]:
    return select(_l.place, _l.entry).where(*_conditions(asked))


def _conditions(asked: LocatedFilter) -> Iterator[Any]:
    # What people rejected is little: a list of it beside the index is cheaper than a look at each entry.
    yield _l.entry.not_in(select(_e.seq).where(_e.kind.in_(("event", "place")), _e.status == "rejected"))
    for column, given in (
        (_l.place, asked.place),
        (_l.kind, asked.kind),
        (_l.type, asked.type),
        (_l.factuality, asked.factuality),
        (_l.publisher, asked.publisher),
        (_l.precision, asked.precision),
    ):
        if given:
            yield column == sqlite.bindable(given)
    if asked.published_from:
        yield since(_l.published, asked.published_from)
    if asked.published_to:
        yield until(_l.published, asked.published_to)
    if asked.happened:
        yield happened.within(asked.happened, schema.located)
    if asked.box:
        west, south, east, north = asked.box
        yield _l.precision.in_(PINNED)
        yield and_(_l.lat >= south, _l.lat <= north, _l.lon >= west, _l.lon <= east)
