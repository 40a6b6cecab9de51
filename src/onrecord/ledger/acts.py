"""Events and commitments, as their lists and the timeline need them: filtered, put in order, counted."""

import time
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, and_, false, func, or_, select

from onrecord.ledger import happened, linking, schema, sqlite, statements
from onrecord.ledger.actors import called
from onrecord.ledger.reading import chunks, entry_query, entry_rows, resolve, since, until
from onrecord.ledger.rows import Count, EntryRow, FacetValue, Page, StatementFilter

ActKind = Literal["event", "commitment"]
Axis = Literal["event", "said", "published"]
"""Which of its times an act is put by: when it took or is to take place, when that was said, when published."""
ActOrder = Literal["newest", "event", "due", "said", "published", "unsure"]
"""`newest`: published last first; `unsure`: the least sure first, what has no confidence before it. The others go
forward in time, by the first day of a time or, `due`, by the last day of what falls due; what has no such day comes
last."""
Slot = Literal["actor", "recipient", "by", "to"]


class ActFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which events and commitments. `type`: of an event, or the class of a commitment. `party`: an actor's id or part
    of a name, in any slot or in `slot`. `voice`: who speaks in the statement that tells of it, by id or name; `own`:
    whether it is the outlet's own word. `published_from`, `published_to`: as in `StatementFilter`. `happened`, `said`:
    intervals, see `happened.interval`. `overdue`: a day, ISO; what is open, and was due before it. `stretch`: first and
    last day, as `2022-01-01..2022-12-31`, of what says neither more nor less, on `axis`; `dated`: whether it has a day
    there. `sure`: the least confidence, 0..1; what has none is left out."""

    kind: ActKind | None = None
    type: str | None = None
    factuality: str | None = None
    state: str | None = None
    party: str | None = None
    slot: Slot | None = None
    voice: str | None = None
    own: bool | None = None
    publisher: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    happened: str | None = None
    said: str | None = None
    overdue: str | None = None
    axis: Axis = "event"
    stretch: str | None = None
    dated: bool | None = None
    sure: float | None = None


class ActFacets(NamedTuple):
    """Counts of what is asked, by value, most first. Each leaves its own filter out. `timed_out`: those that took too
    long."""

    type: tuple[FacetValue, ...] = ()
    factuality: tuple[FacetValue, ...] = ()
    state: tuple[FacetValue, ...] = ()
    publisher: tuple[FacetValue, ...] = ()
    voice: tuple[FacetValue, ...] = ()
    party: tuple[FacetValue, ...] = ()
    timed_out: tuple[str, ...] = ()


_VALUES = 30  # values shown of each facet
_a, _p, _s = schema.acts.c, schema.parties.c, schema.statements.c
_ORDERS = {
    "newest": _a.published,
    "event": _a.begin,
    "due": _a.stop,
    "said": _a.said_begin,
    "published": _a.published,
    "unsure": _a.score,
}
_DAYS = _ORDERS.keys() - {"unsure"}
AXES: dict[Axis, tuple[Any, Any]] = {
    "event": (_a.begin, _a.stop),
    "said": (_a.said_begin, _a.said_stop),
    "published": (_a.published, _a.published),
}
"""The columns of the first and the last day."""


def acts(connection: Connection, asked: ActFilter, order: ActOrder, after: str | None, limit: int) -> Page[EntryRow]:
    """See `Ledger.acts`."""
    query = select(_a.entry).where(*conditions(connection, asked))
    column, newest = _ORDERS[order], order == "newest"
    found: list[int] = []
    last: Any = None
    if after:
        seq, _ = resolve(connection, schema.entries, after, "entry")
        last = connection.execute(select(_a.entry, column.label("value")).where(_a.entry == seq)).first()
        if last is None:
            return Page(rows=())
    # Two queries, so that an index hands over each in order: what has a day, and what has none.
    for dated in (True, False) if order in _DAYS else (True,):
        part = query.where(column > "" if dated else column == "") if order in _DAYS else query
        if last is not None and order in _DAYS and dated != bool(last.value):
            if dated:
                continue  # the list is past them
        elif last is not None:
            further = column < last.value if newest else column > last.value
            part = part.where(or_(further, and_(column == last.value, _a.entry > last.entry)))
        ordered = part.order_by(column.desc() if newest else column, _a.entry)
        found += connection.execute(ordered.limit(limit + 1 - len(found))).scalars()
    rows: dict[int, EntryRow] = {}
    for chunk in chunks(sorted(found[:limit])):
        query = entry_query().where(schema.entries.c.seq.in_(chunk)).order_by(schema.entries.c.seq)
        rows.update(zip(chunk, entry_rows(connection, query), strict=True))
    shown = tuple(rows[seq] for seq in found[:limit])
    return Page(rows=shown, after=shown[-1].entry.id if len(found) > limit else None)


def count(connection: Connection, asked: ActFilter) -> Count:
    """See `Ledger.count_acts`."""
    query = select(_a.entry).where(*conditions(connection, asked)).limit(statements.CAP + 1)
    n = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    return Count(n=min(n, statements.CAP), capped=n > statements.CAP)


def facets(connection: Connection, asked: ActFilter, seconds: float) -> ActFacets:
    """See `Ledger.act_facets`."""
    plain = schema.acts
    voiced = schema.acts.join(schema.statements, _s.entry == _a.statement)
    filled = schema.acts.join(schema.parties, _p.entry == _a.entry)
    each: dict[str, tuple[Any, Any, Any]] = {
        **{name: (plain, _a[name], _a[name]) for name in ("type", "factuality", "state", "publisher")},
        "voice": (voiced, _s.speaker, func.max(_s.speaker_name)),
        "party": (filled, _p.actor, _p.actor),
    }
    ends = time.monotonic() + seconds
    counted: dict[str, tuple[FacetValue, ...]] = {}
    late: list[str] = []
    for left, (name, (table, column, label)) in zip(range(len(each), 0, -1), each.items(), strict=True):
        n = func.count(_a.entry.distinct())
        others = msgspec.structs.replace(asked, **{name: None})
        query = select(column, label, n).select_from(table).where(*conditions(connection, others), column.is_not(None))
        try:
            # A share of what is left, so that one that takes too long does not take the others with it.
            with sqlite.deadline(connection, max(0.0, ends - time.monotonic()) / left):
                found = connection.execute(query.group_by(column).order_by(n.desc(), column).limit(_VALUES)).all()
        except sqlite.TimedOut:
            late.append(name)
        else:
            named = _names(connection, [value for value, *_ in found]) if name in ("voice", "party") else {}
            counted[name] = tuple(FacetValue(value=v, label=named.get(v, shown), n=n) for v, shown, n in found)
    return ActFacets(timed_out=tuple(late), **counted)


def _names(connection: Connection, ids: list[str]) -> dict[str, str]:
    """What articles call an actor, or where the linker or a person gave it a name, that."""
    entities = schema.entities.c
    query = select(entities.actor, func.min(entities.name)).where(entities.actor.in_(ids)).group_by(entities.actor)
    return dict(connection.execute(query).all()) | statements.names(connection, ids)


def conditions(connection: Connection, asked: ActFilter) -> Iterator[Any]:
    """What holds of a row of `acts` that is asked for."""
    yield _a.status != "rejected"
    for name in ("kind", "type", "factuality", "state", "publisher"):
        if given := getattr(asked, name):
            yield _a[name] == sqlite.bindable(given)
    if asked.published_from:
        yield since(_a.published, asked.published_from)
    if asked.published_to:
        yield until(_a.published, asked.published_to)
    if asked.party:
        yield _a.entry.in_(_with_party(connection, sqlite.bindable(asked.party), asked.slot))
    if asked.voice:
        speaking = statements.seqs(connection, StatementFilter(speaker=asked.voice), _s.entry)
        yield false() if speaking is None else _a.statement.in_(speaking)
    if asked.own is not None:
        yield _a.statement.is_(None) if asked.own else _a.statement.is_not(None)
    if asked.happened:
        yield happened.within(asked.happened, schema.acts)
    if asked.said:
        length = func.julianday(_a.said_stop) - func.julianday(_a.said_begin) + 1
        yield happened.overlapping(asked.said, _a.said_begin, _a.said_stop, length)
    if asked.overdue:
        yield and_(_a.state == "open", _a.stop > "", _a.stop < asked.overdue)
    begin, stop = AXES[asked.axis]
    if asked.stretch:
        first, last = happened.interval(asked.stretch)
        yield and_(begin == first.isoformat(), stop == last.isoformat())
    if asked.sure is not None:
        yield _a.score >= asked.sure
    if asked.dated is not None:
        yield begin > "" if asked.dated else begin == ""


def _with_party(connection: Connection, given: str, slot: Slot | None) -> Select[Any]:
    """The acts in which somebody fills a slot: an actor by id or by the key that it has in an article, or all who are
    called so."""
    actor = linking.actor_of(connection, given)
    known = connection.execute(select(_p.entry).where(_p.actor == actor).limit(1)).first()
    query = select(_p.entry).where(_p.actor == actor if known else _p.actor.in_(called(given)))
    return query.where(_p.slot == slot) if slot else query
