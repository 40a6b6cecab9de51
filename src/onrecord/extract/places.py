"""Places: which entry of the gazetteer a name stands for in one article, or that nobody could tell.

The method is the usual one of toponym resolution (Leidner 2007; Lieberman and Samet 2010 for local news): a prior by
kind and population, what the article says beside the name (`Paris, Texas`, `Kherson region`), and the other places of
the same article. One name has one reading in an article, unless what stands beside it says otherwise. A name that
stands for a government (`Washington said`) is still the name of that place, and resolves to it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from onrecord.extract.gazetteer import Candidate, key, lookup
from onrecord.extract.lexicon import countries, demonyms, organizations
from onrecord.model import Document, Finding, Mention, Place

VERSION = "places/1"

WEIGHTS = {
    "country": 1.5,
    "area": 6.0,
    "point": 5.0,
    "division": 2.0,
    "county": -1.5,
    "capital": 3.5,
    "population": 1.5,
    "unusual": -3.5,
    "bare_county": -0.5,
    "namesake": -4.0,
    "spoken": 2.5,
    "named": 3.0,
    "beside": 7.0,
    "holds": 3.0,
    "qualified": 10.0,
    "typed": 4.0,
}
"""What speaks for a reading. Fitted as a conditional logit on half of the development articles of LGL and GeoVirus, and
rounded (the last three, capitals and rare kinds are set by hand). The kind of the entry, a town being 0; powers of ten
of its population; whether the name is not its usual one; whether `Anderson` would
mean `Anderson County`; whether a division has a large town of its own name in it; which share of the article's mentions
of countries are of its country; whether its state or county is named; how near the other
places of the article are (0..1); whether `Tbilisi, Georgia` has a Tbilisi in it; whether a qualifier says that it lies
there; and whether the next word says what it is (`region`)."""

_PRECISION: dict[str, Literal["point", "town", "region", "country"]] = {
    "country": "country",
    "area": "region",
    "division": "region",
    "county": "region",
    "town": "town",
    "capital": "town",
    "point": "point",
}
_WIDE = ("country", "area", "division", "county")
_TOWNS = ("town", "capital")
_MOST = 40
"""Readings of one name, and places beside it, that are weighed; more are cut off, the least populous first."""
_MARGIN = 0.4
"""Lead over the next reading elsewhere below which a name stays unresolved."""
_NEAR = 161.0
"""Kilometres within which two readings count as the same spot."""
_SIZEABLE = 20_000
"""Inhabitants from which a town, not the division around it, is what its name is taken for."""
_OBSCURE = 2_000
"""Inhabitants below which something of the article must speak for a town: its country, its state, a neighbour."""
_TYPE = re.compile(
    r"(?:\s|-)(?:[Rr]egion|[Oo]blast|[Pp]rovince|[Ss]tate|[Cc]ounty|[Dd]istrict|[Gg]overnorate|[Pp]refecture|[Rr]aion)\b"
)


class _Context(NamedTuple):
    """What the article speaks of: how often each country, by the name used (none for demonyms) and in all, and the
    divisions and counties that it may name, each with the names."""

    spoken: dict[str, Counter[str]]
    totals: dict[str, int]
    divisions: dict[str, set[str]]


class _Beside(NamedTuple):
    """What stands beside a name: the names that it lies in, the names that lie in it, whether a word like `region`
    follows."""

    within: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()
    typed: bool = False


def extract_places(document: Document, mentions: Sequence[Mention]) -> list[Finding]:
    """One finding for each name of a country or place, in reading order, and for each facility that the gazetteer has.

    A name that has no entry, or more than one that fits as well, comes with precision `unknown` and without
    coordinates. Precision is that of the entry: a country is a country, not its capital.
    """
    text = document.text
    names = [m for m in mentions if m.kind in ("country", "place", "facility")]
    written = {m.head: m.head.of(text) for m in names}
    beside = _beside(text, names)
    context = _context(text, mentions, names)
    readings = {name: candidates(name) for name in dict.fromkeys(written.values())}
    first = {name: _best(name, found, context, _Beside(), ()) for name, found in readings.items()}
    around = [c for c in first.values() if c and c.kind not in ("area", "country")][:_MOST]
    said: defaultdict[str, set[_Beside]] = defaultdict(set)
    for mention in names:
        if mention.head.start in beside:
            said[written[mention.head]].add(beside[mention.head.start])
    chosen: dict[tuple[str, _Beside], Candidate | None] = {}
    findings = []
    for mention in names:
        name = written[mention.head]
        # What was said beside the name once holds for it throughout, if the article says nothing else beside it.
        only = next(iter(said[name])) if len(said[name]) == 1 else _Beside()
        asked = name, beside.get(mention.head.start, only._replace(typed=False))
        if asked not in chosen:
            chosen[asked] = _best(name, readings[name], context, asked[1], around)
        if chosen[asked] or mention.kind != "facility":
            findings.append(_finding(mention, name, chosen[asked], asked[1] != _Beside()))
    return findings


def candidates(name: str) -> tuple[Candidate, ...]:
    """What a name may stand for; `Idlib Province` is looked up as a division Idlib too."""
    found = lookup(name)
    first, _, last = name.rpartition(" ")
    if not found and last.lower() in organizations().places:
        found = tuple(c for c in lookup(first) if c.kind in ("division", "county"))
    return found[:_MOST]


def _finding(mention: Mention, name: str, candidate: Candidate | None, told: bool) -> Finding:
    if candidate is None:
        return Finding(value=Place(span=mention.head, name=" ".join(name.split())), rule="place.unresolved")
    place = Place(
        span=mention.head,
        name=candidate.name,
        gazetteer_id=candidate.id,
        country=candidate.country,
        lat=candidate.lat,
        lon=candidate.lon,
        precision=_PRECISION[candidate.kind],
    )
    return Finding(value=place, rule="place.qualified" if told else f"place.{candidate.kind}")


def _beside(text: str, names: Sequence[Mention]) -> dict[int, _Beside]:
    """Start of a name -> what stands beside it, where anything does."""
    found: defaultdict[int, _Beside] = defaultdict(_Beside)
    for one, other in pairwise(names):
        between = text[one.head.end : other.head.start]
        if len(between) < 4 and between.strip(" ") in (",", "("):
            inner, outer = one.head.of(text), other.head.of(text)
            if any(c.kind in _WIDE for c in candidates(outer)):
                found[one.head.start] = found[one.head.start]._replace(within=(outer,))
                found[other.head.start] = found[other.head.start]._replace(holding=(inner,))
    for name in names:
        if _TYPE.match(text, name.head.end):
            found[name.head.start] = found[name.head.start]._replace(typed=True)
    return dict(found)


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
        for candidate in candidates(name):
            if candidate.kind in ("division", "county") and candidate.usual:
                divisions[candidate.id].add(key(name))
                if candidate.country and candidate.kind == "division" and candidate.population > 500_000:
                    spoken[candidate.country][key(name)] += 1
    return _Context(spoken, {code: names.total() for code, names in spoken.items()}, divisions)


def _best(
    name: str, found: Sequence[Candidate], context: _Context, beside: _Beside, around: Sequence[Candidate]
) -> Candidate | None:
    """The reading with the most for it; None if another elsewhere has nearly as much, or if nothing is for it."""
    ranked = sorted(
        (
            (sum(WEIGHTS[k] * v for k, v in values.items()), c, values)
            for c, values in weigh(name, found, context, beside, around)
        ),
        key=lambda row: (-row[0], row[1].id),
    )
    if not ranked:
        return None
    top, best, values = ranked[0]
    for value, other, _ in ranked[1:]:
        if top - value >= _MARGIN:
            break
        if distance(best, other) > _NEAR:
            return None
    known = best.kind not in ("town", "county") or best.population >= _OBSCURE
    vouched = {"spoken", "named", "qualified", "holds", "typed"} & values.keys() or values["beside"] > 0.1
    return best if known or vouched else None


def weigh(
    name: str, found: Sequence[Candidate], context: _Context, beside: _Beside, around: Sequence[Candidate]
) -> list[tuple[Candidate, dict[str, float]]]:
    """Each reading with its features; see `WEIGHTS`. A name is no evidence for its own reading."""
    own = key(name)
    others = [c for c in around if key(c.name) != own]
    within = [c for outer in beside.within for c in candidates(outer) if c.kind in _WIDE]
    holding = [c for inner in beside.holding for c in candidates(inner) if c.usual]
    said = {code: count - context.spoken[code][own] for code, count in context.totals.items()}
    total = sum(said.values())
    weighed = []
    for c in found:
        holders = {
            "qualified": any(_lies_in(c, outer) for outer in within),
            "holds": any(_lies_in(i, c) for i in holding),
        }
        values = {
            c.kind: 1.0,
            "population": math.log10(c.population + 10),
            "bare_county" if c.kind == "county" else "unusual": not c.usual,
            "namesake": c.kind in ("division", "county")
            and any(t.kind in _TOWNS and t.country == c.country and t.population >= _SIZEABLE for t in found),
            "spoken": said.get(c.country or "", 0) / total if total else 0.0,
            "named": any(context.divisions.get(a or "", set()) - {own} for a in (c.division, c.county)),
            "beside": _nearness(c, others),
            # `Kyiv region` is Kyiv Oblast and not the division that is Kyiv itself.
            "typed": (c.kind in ("division", "county", "area")) * (1 + (key(c.name) != own)) * beside.typed,
            **holders,
        }
        kept = {k: float(v) for k, v in values.items() if k in WEIGHTS and (v or k == "beside")}
        weighed.append((c, kept))
    return weighed


def _lies_in(c: Candidate, around: Candidate) -> bool:
    if around.kind == "country":
        return c.country == around.country and c.kind != "country"
    return around.id in (c.division, c.county) or (around.kind == "area" and distance(c, around) < 1000)


def _nearness(c: Candidate, others: Sequence[Candidate]) -> float:
    """0 to 1: how close the three nearest other places of the article are."""
    if c.kind in ("country", "area"):
        return 0.0
    near = sorted(distance(c, other) for other in others if other.id != c.id)[:3]
    return sum(math.exp(-d / 200.0) for d in near) / 3


def distance(a: Candidate, b: Candidate) -> float:
    """Kilometres between two readings."""
    return kilometres(a.lat, a.lon, b.lat, b.lon)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres along the great circle between two points in degrees."""
    x, y, turn = math.radians(lat), math.radians(other_lat), math.radians(lon - other_lon)
    cosine = math.sin(x) * math.sin(y) + math.cos(x) * math.cos(y) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))
