"""GeoJSON (RFC 7946): a FeatureCollection with one Feature for each place of each event, a line each.

`geometry` is a Point, longitude first, WGS 84, where the text names a point or a town. It is null where the place is a
region or a country, or none that the gazetteer knows: no pin stands on the middle of a country. `precision` says which.
An event without a place is not in the file. A Feature says whose word the event is: with a `voice` it is that voice's
claim, and `chain` names all from the outlet inward; and it says by `factuality` whether the event is told as a fact.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from onrecord.export.schema import Link
from onrecord.export.sites import point
from onrecord.export.tellings import Told, place_of
from onrecord.model import Factuality, Location


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Longitude, then latitude."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class Properties(msgspec.Struct, frozen=True, kw_only=True):
    """`text`, `text_start`, `text_end`: the words of the place, and where they stand; `name`: as the gazetteer has it.
    `actors`, `recipients`: names, or the words where nobody is named. `time`: the words of the time; `begin`, `end`:
    its first and last day, null where the text does not say. The last five are of the article."""

    event: str
    type: str
    mode: str | None
    trigger: str
    factuality: Factuality
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    time: str | None
    begin: str | None
    end: str | None
    text: str
    text_start: int
    text_end: int
    name: str | None
    gazetteer_id: str | None
    country: str | None
    precision: str
    voice: str | None
    chain: tuple[Link, ...]
    status: str
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """The place of an event. `id`: of the event, and where the place's words begin."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Point | None
    properties: Properties


def features(events: Iterable[Told]) -> Iterator[Feature]:
    """One for each place of each event."""
    return (_feature(told, location) for told in events for location in told.event.places)


def pieces(found: Iterable[Feature]) -> Iterator[str]:
    """The whole file in pieces, one a Feature, so that none need wait for the last."""
    yield '{"type":"FeatureCollection","features":['
    between = "\n"
    for feature in found:
        yield between + _JSON.encode(feature).decode()
        between = ",\n"
    yield "\n]}\n"


_JSON = msgspec.json.Encoder()


def _feature(told: Told, location: Location) -> Feature:
    telling, event = told
    document, entry = telling.document, telling.entry
    place = place_of(telling.places, location)
    pin = point(place) if place else None
    time = event.time
    return Feature(
        id=f"{entry.id}:{location.span.start}",
        geometry=Point(coordinates=pin) if pin else None,
        properties=Properties(
            event=entry.id,
            type=event.type,
            mode=event.mode,
            trigger=event.trigger.of(document.text),
            factuality=event.factuality,
            actors=tuple(one.name or one.span.of(document.text) for one in event.actors),
            recipients=tuple(one.name or one.span.of(document.text) for one in event.recipients),
            time=time.span.of(document.text) if time else None,
            begin=time.begin if time else None,
            end=time.end if time else None,
            text=location.span.of(document.text),
            text_start=location.span.start,
            text_end=location.span.end,
            name=place.name if place else None,
            gazetteer_id=place.gazetteer_id if place else None,
            country=place.country if place else None,
            precision=place.precision if place else "unknown",
            voice=event.voice,
            chain=tuple(Link(name=voice.name, entity=voice.entity) for voice in telling.chain),
            status=telling.status,
            document=document.id,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            url=document.source.url,
        ),
    )
