"""Places: which entry of the gazetteer a name stands for in one article, or that nobody could tell.

The method is the usual one of toponym resolution (Leidner 2007; Lieberman and Samet 2010 for local news): a prior by kind
and population, what the article says beside the name (`Paris, Texas`), and the other places of the same article. One
name has one reading in an article, unless a qualifier says otherwise. A name that stands for a government
(`Washington said`) is still the name of that place, and resolves to it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.extract.gazetteer import Candidate, key, lookup
from onrecord.extract.lexicon import countries, demonyms
from onrecord.model import Document, Finding, Mention, Place

VERSION = "places/1"

_MOST = 40
"""Readings of one name, and places beside it, that are weighed; more are cut off, the least populous first."""
_MARGIN = 0.4
"""Lead over the next reading elsewhere below which a name stays unresolved."""
_NEAR = 161.0
"""Kilometres within which two readings count as the same spot."""
_PRECISION: dict[str, str] = {
    "country": "country",
    "area": "region",
    "division": "region",
    "county": "region",
    "town": "town",
    "point": "point",
}

WEIGHTS = {
    "country": 1.7,
    "area": 6.0,
    "point": 5.0,
    "division": 1.5,
    "county": -2.6,
    "population": 1.4,
    "unusual": -2.5,
    "bare_county": -0.5,
    "spoken": 1.5,
    "named": 2.5,
    "qualified": 10.0,
    "beside": 10.0,
}
"""What speaks for a reading. Fitted as a conditional logit on half of the development articles of LGL and GeoVirus, and
rounded: kind of entry (a town is 0), powers of ten of its population, whether the name is not its usual one, whether
`Anderson` would mean `Anderson County`, how much its country is spoken of (0..1), whether its state or county is named,
whether a qualifier says so, and how near the other places of the article are (0..1)."""


class _Context(NamedTuple):
    """What the article speaks of: how often each country, by the name used (none for demonyms), and the divisions and
    counties that it may name, each with the names."""

    spoken: dict[str, Counter[str]]
    divisions: dict[str, set[str]]


def extract_places(document: Document, mentions: Sequence[Mention]) -> list[Finding]:
    """One finding for each name of a country or place, in reading order, and for each facility that the gazetteer has.

    A name that has no entry, or more than one that fits as well, comes with precision `unknown` and without
    coordinates. Precision is that of the entry: a country is a country, not its capital.
    """
    text = document.text
    names = [m for m in mentions if m.kind in ("country", "place", "facility")]
    written = {m.head: m.head.of(text) for m in names}
    beside = _qualifiers(text, names)
    context = _context(text, mentions, names)
    readings = {name: lookup(name)[:_MOST] for name in dict.fromkeys(written.values())}
    first = {name: _best(name, found, context, (), ()) for name, found in readings.items()}
    pairs = {(written[m.head], beside.get(m.head.start)) for m in names}
    asked: dict[str, list[str]] = defaultdict(list)
    for name, qualifier in sorted(pairs, key=str):
        if qualifier:
            asked[name].append(qualifier)
    around = [c for name, c in first.items() if c and c.kind not in ("area",)][:_MOST]
    findings = []
    chosen: dict[tuple[str, tuple[str, ...]], Candidate | None] = {}
    for mention in names:
        name = written[mention.head]
        own = beside.get(mention.head.start)
        # A qualifier given once holds for the name throughout, if the article gives no other.
        qualifiers = (own,) if own else tuple(asked[name]) if len(asked[name]) == 1 else ()
        if (name, qualifiers) not in chosen:
            chosen[name, qualifiers] = _best(name, readings[name], context, qualifiers, around)
        candidate = chosen[name, qualifiers]
        if candidate or mention.kind != "facility":
            findings.append(_finding(mention, name, candidate, bool(qualifiers)))
    return findings


def _finding(mention: Mention, name: str, candidate: Candidate | None, qualified: bool) -> Finding:
    if candidate is None:
        return Finding(value=Place(span=mention.head, name=" ".join(name.split())), rule="place.unresolved")
    place = Place(
        span=mention.head,
        name=candidate.name,
        gazetteer_id=candidate.id,
        country=candidate.country,
        lat=candidate.lat,
        lon=candidate.lon,
        precision=_PRECISION[candidate.kind],  # type: ignore[arg-type]
    )
    return Finding(value=place, rule="place.qualified" if qualified else f"place.{candidate.kind}")


def _qualifiers(text: str, names: Sequence[Mention]) -> dict[int, str]:
    """Start of a name -> the name that qualifies it: `Vilnius, Lithuania`, `Paris (Texas)`."""
    found = {}
    for one, next_ in zip(names, names[1:], strict=False):
        between = text[one.head.end : next_.head.start]
        if (
            between.strip(" ") in (",", "(")
            and len(between) < 4
            and any(c.kind in ("country", "division", "county", "area") for c in lookup(next_.head.of(text)))
        ):
            found[one.head.start] = next_.head.of(text)
    return found


def _context(text: str, mentions: Iterable[Mention], names: Iterable[Mention]) -> _Context:
    spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    divisions: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        code = demonyms().get(mention.head.of(text)) if mention.kind == "group" else None
        if code:
            spoken[code][""] += 1
    for mention in names:
        name = mention.head.of(text)
        if name in countries():
            spoken[countries()[name]][key(name)] += 1
        for candidate in lookup(name)[:_MOST]:
            if candidate.kind in ("division", "county") and (candidate.usual or name.endswith(".")):
                divisions[candidate.id].add(key(name))
                if candidate.country and candidate.kind == "division" and candidate.population > 500_000:
                    spoken[candidate.country][key(name)] += 1
    return _Context(spoken, divisions)


def _best(
    name: str,
    found: Sequence[Candidate],
    context: _Context,
    qualifiers: Sequence[str],
    around: Sequence[Candidate],
) -> Candidate | None:
    """The reading with the most for it, unless another elsewhere has nearly as much."""
    if not found:
        return None
    others = [c for c in around if key(c.name) != key(name)]
    wanted = [c for q in qualifiers for c in lookup(q) if c.kind in ("country", "division", "county", "area")]
    ranked = sorted(((score(name, c, context, wanted, others), c) for c in found), key=lambda p: (-p[0], p[1].id))
    best = ranked[0][1]
    for value, other in ranked[1:]:
        if ranked[0][0] - value >= _MARGIN:
            break
        if distance(best, other) > _NEAR:
            return None
    return best


def score(
    name: str, c: Candidate, context: _Context, wanted: Sequence[Candidate], others: Sequence[Candidate]
) -> float:
    """How much speaks for a reading; only differences between the readings of one name mean something."""
    found = features(name, c, context, wanted, others)
    return sum(WEIGHTS[feature] * value for feature, value in found.items())


def features(
    name: str, c: Candidate, context: _Context, wanted: Sequence[Candidate], others: Sequence[Candidate]
) -> dict[str, float]:
    """See `WEIGHTS`. A name is no evidence for its own reading."""
    own = key(name)
    found = {"population": math.log10(c.population + 10), "beside": _nearness(c, others)}
    if c.kind != "town":
        found[c.kind] = 1.0
    if not c.usual:
        found["bare_county" if c.kind == "county" else "unusual"] = 1.0
    total = sum(n for names in context.spoken.values() for other, n in names.items() if other != own)
    if c.country in context.spoken and total:
        found["spoken"] = sum(n for other, n in context.spoken[c.country].items() if other != own) / total
    if any(context.divisions.get(around or "", set()) - {own} for around in (c.division, c.county)):
        found["named"] = 1.0
    if any(_lies_in(c, around) for around in wanted):
        found["qualified"] = 1.0
    return found


def _lies_in(c: Candidate, around: Candidate) -> bool:
    if around.kind == "country":
        return c.country == around.country and c.kind != "country"
    return around.id in (c.division, c.county) or (around.kind == "area" and distance(c, around) < 1000)


def _nearness(c: Candidate, others: Sequence[Candidate]) -> float:
    """0 to 1: how close the nearest places of the article are."""
    if not others or c.kind in ("country", "area"):
        return 0.0
    near = sorted(distance(c, other) for other in others if other.kind != "country" and other.id != c.id)[:3]
    return sum(math.exp(-d / 200.0) for d in near) / 3


def distance(a: Candidate, b: Candidate) -> float:
    """Kilometres between two readings."""
    return kilometres(a.lat, a.lon, b.lat, b.lon)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres along the great circle between two points in degrees."""
    x, y, turn = math.radians(lat), math.radians(other_lat), math.radians(lon - other_lon)
    cosine = math.sin(x) * math.sin(y) + math.cos(x) * math.cos(y) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))
