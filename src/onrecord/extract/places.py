"""Places: which entry of the gazetteer a name stands for in one article, or that nobody could tell.

Where names are and what they stand for comes from `toponyms` and `metonyms`, which of their readings is meant from
`ranking`. One name has one reading in an article, unless what stands beside it says otherwise.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

import msgspec

from onrecord.extract.gazetteer import Candidate, lookup
from onrecord.extract.lexicon import territories
from onrecord.extract.metonyms import governs
from onrecord.extract.outlets import home
from onrecord.extract.ranking import NEAR, TOWNS, Beside, context, distance, evidence, features, kilometres, ranked
from onrecord.extract.toponyms import MOST, WIDE, Toponym, candidates, toponyms, words
from onrecord.model import Document, Finding, Mention, Place

__all__ = ["VERSION", "extract_places", "kilometres"]

VERSION = "places/2"

_PRECISION: dict[str, Literal["point", "town", "region", "country"]] = {
    "country": "country",
    "area": "region",
    "division": "region",
    "county": "region",
    "town": "town",
    "capital": "town",
    "point": "point",
}
_SURE = 0.3
"""Probability of the readings thereabouts below which a name stays unresolved."""
_OBSCURE = 2_000
"""Inhabitants below which something of the article must speak for a town: its country, its state, a neighbour."""
_VOUCHING = ("spoken", "named", "qualified", "holds", "typed", "home", "home_country")
_TYPE = re.compile(
    r"(?:\s|-)(?:[Rr]egion|[Oo]blast|[Pp]rovince|[Ss]tate|[Cc]ounty|[Dd]istrict|[Gg]overnorate|[Pp]refecture|[Rr]aion)\b"
)

_Reading = tuple[Candidate, float]
"""What a name stands for, and how probable that is."""


def extract_places(document: Document, mentions: Sequence[Mention]) -> list[Finding]:
    """One finding for each place name, in reading order; a facility only if the gazetteer has it.

    A name that has no entry, or none that is probable, comes with precision `unknown` and without coordinates.
    Precision is that of the entry: a country is a country, not its capital. A capital that stands for a government is
    given as its country; see `Place.sense`. The score is the probability of the reading and of those near it.
    """
    text = document.text
    chosen: dict[tuple[str, Beside], _Reading | None] = {}
    findings = []
    for toponym, beside, options, rows, around in asked_of(document, mentions):
        asked = toponym.name, beside
        if asked not in chosen:
            chosen[asked] = _best(options, features(rows, toponym.name, options, beside, around))
        if chosen[asked] or not toponym.doubtful:
            findings.append(_finding(text, toponym, chosen[asked], beside != Beside()))
    return findings


def asked_of(
    document: Document, mentions: Sequence[Mention]
) -> Iterator[tuple[Toponym, Beside, tuple[Candidate, ...], list[dict[str, float]], list[Candidate]]]:
    """Each place name, what stands beside it, what it may stand for with the evidence for each, and the article's other
    places as read at first sight."""
    found = toponyms(document, mentions)
    beside = _beside(document.text, found)
    seen = context(found, home(document))
    readings = {t.name: candidates(t.name) for t in found}
    rows = {name: evidence(name, options, seen) for name, options in readings.items()}
    first = {name: _best(options, rows[name]) for name, options in readings.items()}
    around = [r[0] for r in first.values() if r and r[0].kind not in ("area", "country")][:MOST]
    said: defaultdict[str, set[Beside]] = defaultdict(set)
    for toponym in found:
        if toponym.span.start in beside:
            said[toponym.name].add(beside[toponym.span.start])
    for toponym in found:
        # What was said beside the name once holds for it throughout, if the article says nothing else beside it.
        only = next(iter(said[toponym.name])) if len(said[toponym.name]) == 1 else Beside()
        here = beside.get(toponym.span.start, only._replace(typed=False))
        yield toponym, here, readings[toponym.name], rows[toponym.name], around


def _finding(text: str, toponym: Toponym, reading: _Reading | None, told: bool) -> Finding:
    written = " ".join(toponym.span.of(text).split())
    if reading is None:
        return Finding(value=Place(span=toponym.span, name=written, sense=toponym.sense), rule="place.unresolved")
    candidate, score = reading
    rule = f"place.{candidate.kind}" if toponym.rule == "place" else toponym.rule
    place = _place(candidate, toponym)
    capital = candidate.kind == "capital"
    ruled = toponym.sense == "location" and (capital or candidate.kind == "country")
    if ruled and governs(text, toponym, capital=capital):
        return Finding(value=_government(place, written, capital), rule="place.government", score=score)
    if toponym.rule == "place" and {candidate.id, candidate.division} & contested().keys():
        rule = "place.contested"
    elif told and toponym.rule == "place":
        rule = "place.qualified"
    return Finding(value=place, rule=rule, score=score)


@cache
def contested() -> dict[str, str]:
    """Id of an area whose sovereignty states dispute -> who does."""
    lines = (files("onrecord.extract") / "data" / "contested.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {number: note for number, _, note in rows}


def _place(candidate: Candidate, toponym: Toponym) -> Place:
    return Place(
        span=toponym.span,
        name=candidate.name,
        gazetteer_id=candidate.id,
        country=candidate.country,
        lat=candidate.lat,
        lon=candidate.lon,
        precision=_PRECISION[candidate.kind],
        sense=toponym.sense,
    )


def _government(place: Place, written: str, capital: bool) -> Place:
    """The country that a capital's or its own name speaks for; nobody's where a seat is shared (`Brussels`)."""
    if written.lower() in words().shared_seats:
        return Place(span=place.span, name=written, sense="government")
    if not capital:
        return msgspec.structs.replace(place, sense="government")
    for c in _countries(place.country or ""):
        return msgspec.structs.replace(
            place, name=c.name, gazetteer_id=c.id, lat=c.lat, lon=c.lon, precision="country", sense="government"
        )
    return place


def _countries(code: str) -> list[Candidate]:
    names = [territory.name for territory in territories() if territory.code == code]
    return [c for name in names for c in lookup(name) if c.kind == "country" and c.country == code]


def _beside(text: str, found: Sequence[Toponym]) -> dict[int, Beside]:
    """Start of a name -> what stands beside it, where anything does."""
    told: defaultdict[int, Beside] = defaultdict(Beside)
    for one, other in pairwise(found):
        between = text[one.span.end : other.span.start]
        lies_in = len(between) < 4 and between.strip(" ") in (",", "(")
        if lies_in and any(c.kind in WIDE for c in candidates(other.name)):
            told[one.span.start] = told[one.span.start]._replace(within=(other.name,))
            told[other.span.start] = told[other.span.start]._replace(holding=(one.name,))
    for toponym in found:
        if _TYPE.match(text, toponym.span.end):
            told[toponym.span.start] = told[toponym.span.start]._replace(typed=True)
    return dict(told)


def _best(options: Sequence[Candidate], rows: Sequence[dict[str, float]]) -> _Reading | None:
    """The most probable reading with those that are thereabouts; None if that is not enough, or if it is a hamlet that
    nothing speaks for."""
    order = sorted(zip(ranked(rows), options, rows, strict=True), key=lambda row: (-row[0], row[1].id))
    if not order:
        return None
    _, best, values = order[0]
    sure = sum(share for share, other, _ in order[:8] if other is best or distance(best, other) <= NEAR)
    if sure < _SURE:
        return None
    known = best.kind not in ("county", *TOWNS) or best.population >= _OBSCURE
    vouched = any(k in values for k in _VOUCHING) or max(values.get("beside", 0), values.get("mesh", 0)) > 0.1
    return (best, round(min(sure, 1.0), 3)) if known or vouched else None
