"""PLOVER JSON, one event a line: the data fields of the codebook's chapter 6, under its names, and a few of ours.

Every field is always there, null or an empty list where the text does not say. `date` too may be null: the day of
publication never stands in for it. A time runs from `date` to `enddate`, its first and last day: the same for a day,
all days of May for `in May`, null on a side that is open. What did not happen, or not yet, bears the codebook's
auxiliary mode among its `context`: `negation`, `future`, `hypothetical`. `code` is the country (or `UNO`, `EUR`,
`IGO`) and `identifier_text` the name of who it is; there are no Wikidata ids, and `entity` is the id of an `entity`
line. `text` is null, for articles belong to their publishers: `text_info` and `document` say where the words stand.

Ours are `factuality` (as in `event` lines), `voice` and `chain` (with a `voice`, the event is that voice's claim, and
the last of the `chain` is who makes it), `document`, `status`, `when` (the words of the time, its TIMEX3 value) and
`places` (all of them; `event_loc` is filled where one is meant). SANCTION has quad code 4: the codebook calls it
material conflict in its chapter, and verbal in a later table.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import msgspec

from onrecord.export.actors import profile
from onrecord.export.schema import Link
from onrecord.export.sites import site
from onrecord.export.tellings import Telling, Told, clock, first_day, last_day, place_of, where
from onrecord.extract.events.coding.codebook import quad, score
from onrecord.model import Document, Factuality, Location, Participant, Place, Size

AUXILIARY: Mapping[Factuality, str] = {
    "not_happened": "negation",
    "planned": "future",
    "possible": "hypothetical",
    "hypothetical": "hypothetical",
    "demanded": "hypothetical",
}
"""What of an event is not simply so, in the auxiliary modes of the codebook (2.3)."""


class EntityObject(msgspec.Struct, frozen=True, kw_only=True):
    """Table 6.2. `entity_text`: the words of the slot; `office`: what the article calls them."""

    code: str | None
    sector: str | None
    sectors: tuple[str, ...]
    entity_text: str
    identifier_id: None = None
    identifier_text: str | None
    religion: None = None
    ethnicity: None = None
    office: str | None
    gender: None = None
    age: None = None
    entity: str | None
    start: int
    end: int


class TextObject(msgspec.Struct, frozen=True, kw_only=True):
    """Table 6.3. Code points of the document's text, half-open: the word that tells of the event."""

    sequence: None = None
    start: int
    end: int


Number = int | str | None
"""A number where the text gives one, else a code of its bounds: `>=6`, `<=10`, `6-10`."""


class SizeObject(msgspec.Struct, frozen=True, kw_only=True):
    """Table 6.4, and what else is counted."""

    dead: Number = None
    injured: Number = None
    arrested: Number = None
    missing: Number = None
    displaced: Number = None
    participants: Number = None


class CitationObject(msgspec.Struct, frozen=True, kw_only=True):
    """Table 6.5. `citation`: the id that the article had where it came from."""

    corpus: None = None
    citation: str | None
    url: str | None
    title: str | None
    language: str | None
    publication: str | None
    published: str | None
    license: None = None
    copyright: None = None
    coder: str
    codebook: str = "PLOVER 2021"
    version: str


class LocationObject(msgspec.Struct, frozen=True, kw_only=True):
    """Table 6.6. `lat` and `lon` of a point or town alone. `precision`: as in `place` lines."""

    extracted_place: str
    resolved_place: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    city: str | None = None
    district: str | None = None
    province: str | None = None
    country: str | None = None
    country_code: str | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    resolution_code: int | None = None
    precision: str = "unknown"


class TimeObject(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the time, and its TIMEX3 value."""

    text: str
    value: str | None
    begin: str | None
    end: str | None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Table 6.1."""

    id: str
    has_event: bool = True
    date: str | None
    time: str | None
    enddate: str | None
    endtime: str | None
    actor: tuple[EntityObject, ...]
    recipient: tuple[EntityObject, ...]
    event: tuple[str, ...]
    event_loc: LocationObject | None
    event_text: tuple[str, ...]
    quad_code: int
    event_scale: float | None
    mode: tuple[str, ...]
    context: tuple[str, ...]
    size: SizeObject | None
    link: None = None
    text: None = None
    text_info: TextObject
    cite_info: CitationObject
    coder: str
    coded_date: None = None
    coded_time: None = None
    comment: None = None
    factuality: Factuality
    voice: str | None
    chain: tuple[Link, ...]
    document: str
    status: str
    when: TimeObject | None
    places: tuple[LocationObject, ...]


def records(events: Iterable[Told], version: str) -> Iterator[Record]:
    """One for each event. `version`: of the program."""
    return (_record(told, version) for told in events)


def encode(record: Record) -> str:
    """The record as JSON, with its end."""
    return _JSON.encode(record).decode() + "\n"


_JSON = msgspec.json.Encoder()


def _record(told: Told, version: str) -> Record:
    telling, event = told
    document, entry = telling.document, telling.entry
    time, text = event.time, document.text
    begin, end = (first_day(time.begin), last_day(time.end)) if time else (None, None)
    single = where(told)
    auxiliary = AUXILIARY.get(event.factuality)
    return Record(
        id=entry.id,
        date=begin,
        time=clock(time.begin) if time else None,
        enddate=end,
        endtime=clock(time.end) if time else None,
        actor=tuple(_entity(telling, one) for one in event.actors),
        recipient=tuple(_entity(telling, one) for one in event.recipients),
        event=(event.type,),
        event_loc=_location(document, *single) if single else None,
        event_text=tuple(span.of(text) for span in (event.trigger, *event.mentions)),
        quad_code=quad(event.type),
        event_scale=score(event.type, event.mode),
        mode=(event.mode,) if event.mode else (),
        context=(*event.contexts, auxiliary) if auxiliary else event.contexts,
        size=_sizes(event.sizes),
        text_info=TextObject(start=event.trigger.start, end=event.trigger.end),
        cite_info=CitationObject(
            citation=document.external_id,
            url=document.source.url,
            title=document.title,
            language=(document.language or "")[:2].lower() or None,
            publication=document.publisher,
            published=document.published,
            coder="onrecord",
            version=version,
        ),
        coder=" ".join(dict.fromkeys(f"{each.extractor}/{each.version}" for each in entry.derivations)),
        factuality=event.factuality,
        voice=event.voice,
        chain=tuple(Link(name=voice.name, entity=voice.entity) for voice in telling.chain),
        document=document.id,
        status=telling.status,
        when=TimeObject(text=time.span.of(text), value=time.value, begin=time.begin, end=time.end) if time else None,
        places=tuple(_location(document, one, place_of(telling.places, one)) for one in event.places),
    )


def _entity(telling: Telling, one: Participant) -> EntityObject:
    who = profile(telling.document, one, telling.entities)
    return EntityObject(
        code=who.country,
        sector=who.sectors[0] if who.sectors else None,
        sectors=who.sectors,
        entity_text=who.raw,
        identifier_text=who.name,
        office=who.title,
        entity=telling.actors.get(one.entity, one.entity) if one.entity else None,
        start=one.span.start,
        end=one.span.end,
    )


def _location(document: Document, location: Location, place: Place | None) -> LocationObject:
    words = location.span.of(document.text)
    if place is None:
        return LocationObject(extracted_place=words)
    known = site(place)
    return LocationObject(
        extracted_place=words,
        resolved_place=known.name,
        geonameid=known.geonames,
        lat=known.lat,
        lon=known.lon,
        city=known.city,
        district=known.district,
        province=known.province,
        country=known.country_name,
        country_code=known.country,
        feature_class=known.feature_class,
        feature_code=known.feature_code,
        resolution_code=known.level,
        precision=place.precision,
    )


_SIZES = {"killed": "dead", "wounded": "injured"}


def _sizes(sizes: Iterable[Size]) -> SizeObject | None:
    """The first of each kind."""
    found: dict[str, Number] = {}
    for size in sizes:
        number = _number(size.low, size.high)
        if number is not None:
            found.setdefault(_SIZES.get(size.of, size.of), number)
    return SizeObject(**found) if found else None


def _number(low: Decimal | None, high: Decimal | None) -> Number:
    if low is None or high is None:
        return f">={low:f}" if low is not None else f"<={high:f}" if high is not None else None
    if low != high:
        return f"{low:f}-{high:f}"
    return int(low) if low == low.to_integral_value() else f"{low:f}"
