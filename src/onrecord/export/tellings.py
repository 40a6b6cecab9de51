"""What an export of events or commitments needs of each: its article, whose word it is, who and where."""

import calendar
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple, get_args

import msgspec

from onrecord.export.jsonl import documents
from onrecord.ledger import STATUSES, Ledger, Status
from onrecord.model import (
    Commitment,
    Document,
    Entity,
    Entry,
    EntryKind,
    Event,
    Factuality,
    Location,
    Place,
    Statement,
    Voice,
    chain,
    kind_of,
)

FACTUALITIES: tuple[Factuality, ...] = get_args(Factuality)


class Telling(NamedTuple):
    """An event or commitment as one article tells it. `chain`: from the outlet inward; `entities`: of the article, by
    key; `actors`: key -> id of the `entity` line; `places`: of the article."""

    document: Document
    entry: Entry
    status: Status
    chain: tuple[Voice, ...]
    entities: Mapping[str, Entity]
    actors: Mapping[str, str]
    places: tuple[Place, ...]


class Told(NamedTuple):
    """An event and all that an export needs of it."""

    telling: Telling
    event: Event


class Due(NamedTuple):
    """A commitment and all that an export needs of it."""

    telling: Telling
    commitment: Commitment


def events(
    ledger: Ledger, factualities: Collection[Factuality] = FACTUALITIES, *, everything: bool = False
) -> Iterator[Told]:
    """Every event, streamed. `everything`: rejected and superseded ones too."""
    for telling in _tellings(ledger, "event", everything):
        value = telling.entry.value
        if isinstance(value, Event) and value.factuality in factualities:
            yield Told(telling, value)


def commitments(ledger: Ledger, *, everything: bool = False) -> Iterator[Due]:
    """Every commitment, streamed, whether it has a due date or not."""
    for telling in _tellings(ledger, "commitment", everything):
        if isinstance(telling.entry.value, Commitment):
            yield Due(telling, telling.entry.value)


def _tellings(ledger: Ledger, kind: EntryKind, everything: bool) -> Iterator[Telling]:
    """One document is held at a time."""
    statuses = STATUSES if everything else None
    for id_ in documents(ledger, everything=everything):
        wanted = ledger.entries(document=id_, kinds=[kind], statuses=statuses).rows
        if not wanted:
            continue
        article = ledger.document(id_)
        rows = ledger.entries(document=id_, kinds=["entity", "place"], statuses=statuses).rows
        # Of any status: what stands in a statement is not the outlet's own word because somebody rejected that.
        rows += ledger.entries(document=id_, kinds=["statement"], statuses=STATUSES).rows
        statements = {row.entry.id: row.entry for row in rows if isinstance(row.entry.value, Statement)}
        entities = {row.entry.value.key: row.entry.value for row in rows if isinstance(row.entry.value, Entity)}
        places = tuple(row.entry.value for row in rows if isinstance(row.entry.value, Place))
        actors = ledger.actors_of(id_)
        for row in wanted:
            value = row.entry.value
            if kind_of(value) == kind and isinstance(value, Event | Commitment):
                yield Telling(
                    article, row.entry, row.status,
                    tuple(_named(voice, actors) for voice in chain(article, value.voice, statements)),
                    entities, actors, places,
                )  # fmt: skip


def _named(voice: Voice, actors: Mapping[str, str]) -> Voice:
    return msgspec.structs.replace(voice, entity=actors.get(voice.entity, voice.entity)) if voice.entity else voice


def place_of(places: Collection[Place], location: Location) -> Place | None:
    """The place entry that a location stands on, if its name stands for the place there: a government, a people or a
    part of another name is nowhere that anything happened."""
    over = [
        place for place in places
        if place.span.overlaps(location.span) and place.gazetteer_id == location.gazetteer_id is not None
    ]  # fmt: skip
    over.sort(key=lambda place: (place.span != location.span, -len(place.span), place.span))
    return over[0] if over and over[0].sense == "location" else None


_FINE = ("point", "town", "region", "country", "unknown")


def where(told: Told) -> tuple[Location, Place] | None:
    """The one place of an event for a format that has room for one: the finest of those that lie in each other, by
    their country; None where there are two of a kind, or none that the gazetteer knows."""
    found = [
        (location, place) for location in told.event.places if (place := place_of(told.telling.places, location))
    ]  # fmt: skip
    ranks = sorted({_FINE.index(place.precision) for _, place in found})
    finest = [pair for pair in found if _FINE.index(pair[1].precision) == ranks[0]]
    alone = len({place.gazetteer_id for _, place in finest}) == 1
    one_country = len({place.country for _, place in found}) == 1
    return finest[0] if alone and one_country and len(found) == len(told.event.places) else None


@lru_cache(4096)
def first_day(prefix: str | None) -> str | None:
    """The first day of an ISO prefix: `2031-05` begins on `2031-05-01`. None where it is no day of the calendar."""
    return _day(prefix, last=False)


@lru_cache(4096)
def last_day(prefix: str | None) -> str | None:
    """The last day of an ISO prefix."""
    return _day(prefix, last=True)


_PREFIX = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T.*)?)?)?")


def _day(prefix: str | None, *, last: bool) -> str | None:
    match = _PREFIX.fullmatch(prefix or "")
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    try:
        day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        return None


_CLOCK = re.compile(r"[0-9-]{10}T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")


def clock(prefix: str | None) -> str | None:
    """The time of day in an ISO prefix, if it has one."""
    match = _CLOCK.match(prefix or "")
    return match[1] if match else None
