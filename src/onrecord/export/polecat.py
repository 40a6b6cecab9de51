"""The table of POLECAT: one row an event, its 40 columns in its order, tabs between them, UTF-8.

So that code written for POLECAT reads it: several values of a cell are joined with `; `, and a missing one is the word
`None`. Its rows are events that happened, so only those that the text tells as `happened` or `ongoing` are there,
unless others are asked for; what is not simply so then bears `negation`, `future` or `hypothetical` in `Contexts`.

The table has no column for who says so. `Source` is the chain of voices, outlet first: `Harbour Post` for what the
outlet says in its own words, `Harbour Post; Ilse Brandt` for what it reports on her word. `Event ID` is the id of the
entry, which `onrecord show` opens.

Never filled, for no article says it: COW codes and Wikipedia ids. `Event Date` is the one day of the event and never
that of publication; a vague time is `None`. Countries are codes of three letters. Coordinates are those of a town or a
point, never of the middle of a region or country. `Intensity` is the codebook's score of type and mode.
"""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from onrecord.export.actors import Profile, profile
from onrecord.export.csv import guard
from onrecord.export.plover import AUXILIARY
from onrecord.export.sites import Site, site
from onrecord.export.tellings import Told, first_day, last_day, where
from onrecord.export.wording import one_line
from onrecord.extract.events.coding.codebook import quad, score
from onrecord.model import Factuality, MentionKind, Moment

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
HAPPENED: tuple[Factuality, ...] = ("happened", "ongoing")
_NONE = "None"
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
_LANGUAGES = {"en": "English"}
_NUMBERS = frozenset({"Intensity", "Latitude", "Longitude"})
_MOST = 100
"""Names of a story's people, organizations or locations in one cell."""


def write(events: Iterable[Told], out: TextIO, version: str) -> int:
    """The header and the rows; gives the number of rows. `version`: of the program."""
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for told in events:
        writer.writerow(row(told, version))
        count += 1
    return count


def row(told: Told, version: str) -> list[str]:
    """The cells of one event, in the order of `COLUMNS`."""
    telling, event = told
    document, text = telling.document, telling.document.text
    actors = [profile(document, one, telling.entities) for one in event.actors]
    recipients = [profile(document, one, telling.entities) for one in event.recipients]
    single = where(told)
    place = _placed(site(single[1])) if single else (None,) * 9
    auxiliary = AUXILIARY.get(event.factuality)
    intensity = score(event.type, event.mode)
    cells = [
        telling.entry.id,
        _single_day(event.time),
        event.type,
        event.mode,
        None if intensity is None else str(intensity),
        _QUADS[quad(event.type)],
        _several((*event.contexts, auxiliary) if auxiliary else event.contexts),
        *_who(actors),
        *_who(recipients),
        *place[:-1],
        _several(one.span.of(text) for one in event.places),
        place[-1],
        "; ".join(voice.name or _NONE for voice in telling.chain),
        first_day(document.published) if document.published and len(document.published) >= len("2031-04-07") else None,
        _story(told, "person"),
        _story(told, "organization"),
        _several(place.name for place in telling.places if place.sense == "location"),
        _LANGUAGES.get((document.language or "")[:2].lower()),
        f"onrecord {version}",
    ]
    return [_cell(name, cell) for name, cell in zip(COLUMNS, cells, strict=True)]


def _cell(column: str, value: str | None) -> str:
    plain = one_line(value or "") or _NONE
    return plain if column in _NUMBERS else guard(plain)


def _several(values: Iterable[str | None]) -> str | None:
    """Each once, in order; a semicolon inside a value would cut it in two."""
    kept = dict.fromkeys(one_line(value).replace(";", ",") for value in values if value)
    return "; ".join(list(kept)[:_MOST]) or None


def _who(profiles: Sequence[Profile]) -> tuple[str | None, ...]:
    sectors = [code for one in profiles for code in one.sectors]
    return (
        _several(one.name for one in profiles),
        _several(one.country for one in profiles),
        None,
        _several(one.sectors[0] for one in profiles if one.sectors),
        _several(sectors),
        _several(one.title for one in profiles),
        _several(one.raw for one in profiles),
        None,
    )


def _placed(known: Site) -> tuple[str | None, ...]:
    """From `Placename` to `GeoNames ID`, and `Feature Type`."""
    return (
        known.name,
        known.city,
        known.district,
        known.province,
        known.country,
        None if known.lat is None else str(known.lat),
        None if known.lon is None else str(known.lon),
        None if known.geonames is None else str(known.geonames),
        known.feature_code or known.feature_class,
    )


def _single_day(time: Moment | None) -> str | None:
    if time is None:
        return None
    begin, end = first_day(time.begin), last_day(time.end)
    return begin if begin == end else None


def _story(told: Told, kind: MentionKind) -> str | None:
    return _several(entity.name for entity in told.telling.entities.values() if entity.type == kind)
