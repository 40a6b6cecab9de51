"""Ranking: which reading of a place name the article speaks of, by a conditional logit over what it tells.

The evidence is the usual one of toponym resolution (Leidner 2007; Lieberman and Samet 2010 and 2012 for local news): a
prior by kind and population, what stands beside the name (`Paris, Texas`), the other places of the article, and where
the outlet is at home. `training/places` fits the weights; see `weights/places.md`.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from onrecord.extract.gazetteer import Candidate, key
from onrecord.extract.lexicon import countries
from onrecord.extract.outlets import Home
from onrecord.extract.toponyms import WIDE, Toponym, candidates

TOWNS = ("town", "capital")
NEAR = 161.0
"""Kilometres within which two readings count as the same spot."""
_SIZEABLE = 20_000
"""Inhabitants from which a town, not the division around it, is what its name is taken for."""
_RADIUS = 6371.0
_CELL = 1.0
"""Degrees: the mesh in which the places of an article are counted."""


Point = tuple[float, float, float]


class Beside(NamedTuple):
    """What stands beside a name: the names that it lies in, the names that lie in it, whether a word like `region`
    follows."""

    within: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()
    typed: bool = False


class Tally:
    """How much each name speaks for each place, and all but one of them together."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[Hashable, str], float] = {}
        self._total: defaultdict[Hashable, float] = defaultdict(float)

    def add(self, place: Hashable, name: str, weight: float) -> None:
        """The most that a name says of a place counts."""
        more = weight - self._by_name.get((place, name), 0.0)
        if more > 0:
            self._by_name[place, name] = weight
            self._total[place] += more

    def but(self, place: Hashable, name: str) -> float:
        """0 to 1: what all names but `name` say of a place."""
        rest = self._total.get(place, 0.0) - self._by_name.get((place, name), 0.0)
        return round(1.0 - math.exp(-2.0 * rest), 6) if rest > 1e-9 else 0.0


class Context(NamedTuple):
    """What the article speaks of, name by name (`key`), so that no name is evidence for its own reading.

    `spoken`, `totals`: how often each country, by the name used (none for peoples), and in all; `divisions`: which
    divisions and counties it may name; `shared`: how much each name speaks for a division, by how few it may lie in;
    `cells`: the same for a mesh of one degree; `home`: where the outlet is."""

    spoken: dict[str, Counter[str]]
    totals: dict[str, int]
    divisions: dict[str, set[str]]
    shared: Tally
    cells: Tally
    home: Home


def context(found: Iterable[Toponym], home: Home) -> Context:
    """What all place names of an article tell together."""
    spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    divisions: defaultdict[str, set[str]] = defaultdict(set)
    shared, cells, weighed = Tally(), Tally(), set()
    for toponym in found:
        name, own = toponym.name, key(toponym.name)
        readings = candidates(name)
        if name in countries():
            spoken[countries()[name]]["" if toponym.sense == "people" else own] += 1
        for c in readings:
            if c.kind in ("division", "county") and c.usual:
                divisions[c.id].add(own)
                if c.country and c.kind == "division" and c.population > 500_000:
                    spoken[c.country][own] += 1
        if own in weighed or toponym.sense == "people":
            continue
        weighed.add(own)
        towns = [c for c in readings if c.usual and c.kind in ("town", "capital", "county", "point")]
        inside = {c.division for c in towns if c.division}
        for division in inside:
            shared.add(division, own, 1.0 / len(inside))
        mesh = {_cell(c) for c in towns}
        for row, column in mesh:
            for cell in product((row - 1, row, row + 1), (column - 1, column, column + 1)):
                cells.add(cell, own, 1.0 / len(mesh))
    totals = {code: names.total() for code, names in spoken.items()}
    return Context(spoken, totals, divisions, shared, cells, home)


def _cell(c: Candidate) -> tuple[int, int]:
    return math.floor(c.lat / _CELL), math.floor(c.lon / _CELL)


@cache
def weights() -> dict[str, float]:
    """Feature -> weight, as `training/places` fitted them."""
    table = json.loads((files("onrecord.extract") / "weights" / "places.json").read_text("utf-8"))
    return {name: float(weight) for name, weight in table.items()}


def evidence(name: str, found: Sequence[Candidate], seen: Context) -> list[dict[str, float]]:
    """What speaks for each reading wherever in the article the name stands; values are mostly 0 to 1.

    - the kind of the entry (a town: none of them), and powers of ten of its population over a million,
      of divisions by themselves (`inhabitants`)
    - `unusual`: the name is not its usual one; `bare_county`: `Anderson` would mean `Anderson County`; `namesake`: a
      division that has a large town of its own name in it, `capital_namesake` the country's capital
    - `spoken`: share of the article's mentions of countries that are of its country; `named`: its state or county is
      named; `division`, `mesh`: how much the other names speak for its state, and for a degree around it
    - `home`: how near the outlet's town is; `home_country`: it lies in the outlet's country; `home_name`: a town that
      the outlet is named after
    """
    own = key(name)
    said = {code: count - seen.spoken[code][own] for code, count in seen.totals.items()}
    total = sum(said.values())
    large = {t.country for t in found if t.kind in TOWNS and t.population >= _SIZEABLE}
    seats = {t.country for t in found if t.kind == "capital" and t.usual}
    rows = []
    for c in found:
        town = c.kind in TOWNS
        values = {
            c.kind: 1.0,
            "population" if town or c.kind == "country" else "inhabitants": _size(c),
            "bare_county" if c.kind == "county" else "unusual": not c.usual,
            "namesake": c.kind in ("division", "county") and c.country in large - seats,
            "capital_namesake": c.kind in ("division", "county") and c.country in seats,
            "spoken": said.get(c.country or "", 0) / total if total else 0.0,
            "named": any(seen.divisions[a] - {own} for a in (c.division, c.county) if a in seen.divisions),
            "division": seen.shared.but(c.division or c.id, own),
            "mesh": 0.0 if c.kind in ("country", "area", "division") else seen.cells.but(_cell(c), own),
            "home": seen.home.nearness(c),
            "home_country": bool(seen.home.country) and c.country == seen.home.country,
            "home_name": town
            and own.replace(" ", "") in seen.home.names
            and c.country in (seen.home.country or "US", None),
        }
        rows.append({k: float(v) for k, v in values.items() if v and k != "town"})
    return rows


def features(
    rows: Sequence[dict[str, float]], name: str, found: Sequence[Candidate], beside: Beside, around: Sequence[Candidate]
) -> list[dict[str, float]]:
    """The `evidence`, with what stands beside one mention and with `around`, the article's other places as read first.

    - `beside`, `close`: how near the other places are
    - `qualified`: a qualifier says that it lies there; `holds`: `Tbilisi, Georgia` has a Tbilisi in it; `typed`: the
      next word says what it is (`region`)
    """
    own = key(name)
    others = [(c.id, _unit(c.lat, c.lon)) for c in around if key(c.name) != own]
    within = [c for outer in beside.within for c in candidates(outer) if c.kind in WIDE]
    holding = [c for inner in beside.holding for c in candidates(inner) if c.usual]
    told = []
    for c, row in zip(found, rows, strict=True):
        more = dict(row)
        near = _nearest(c, others)
        if near:
            more |= {"beside": sum(math.exp(-d / 200.0) for d in near) / 3, "close": math.exp(-near[0] / 50.0)}
        if within and any(_lies_in(c, outer) for outer in within):
            more["qualified"] = 1.0
        if holding and any(_lies_in(i, c) for i in holding):
            more["holds"] = 1.0
        if beside.typed and c.kind in ("area", "division", "county"):
            # `Kyiv region` is Kyiv Oblast and not the division that is Kyiv itself.
            more["typed"] = (1 + (key(c.name) != own)) / 2
        told.append(more)
    return told


def ranked(rows: Sequence[dict[str, float]]) -> list[float]:
    """The probability of each reading."""
    table = weights()
    scores = [sum(table.get(k, 0.0) * v for k, v in row.items()) for row in rows]
    most = max(scores, default=0.0)
    shares = [math.exp(score - most) for score in scores]
    return [share / sum(shares) for share in shares]


def _size(c: Candidate) -> float:
    """Powers of ten of the population over a million; 0 where it is not known, but for towns, which are then small."""
    return math.log10(c.population + 10) - 6 if c.population or c.kind in TOWNS else 0.0


def _lies_in(c: Candidate, around: Candidate) -> bool:
    if around.kind == "country":
        return c.country == around.country and c.kind != "country"
    return around.id in (c.division, c.county) or (around.kind == "area" and distance(c, around) < 1000)


def _nearest(c: Candidate, others: Sequence[tuple[str, Point]]) -> list[float]:
    """Kilometres to the three nearest other places of the article; a country or area is near to none."""
    if c.kind in ("country", "area"):
        return []
    x, y, z = _unit(c.lat, c.lon)
    cosines = [x * p + y * q + z * r for other, (p, q, r) in others if other != c.id]
    return [_RADIUS * math.acos(max(-1.0, min(1.0, cosine))) for cosine in nlargest(3, cosines)]


@lru_cache(maxsize=20_000)
def _unit(lat: float, lon: float) -> Point:
    """A point of the unit sphere."""
    x, y = math.radians(lat), math.radians(lon)
    return math.cos(x) * math.cos(y), math.cos(x) * math.sin(y), math.sin(x)


def distance(a: Candidate, b: Candidate) -> float:
    """Kilometres between two readings."""
    return kilometres(a.lat, a.lon, b.lat, b.lon)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres along the great circle between two points in degrees."""
    x, y, turn = math.radians(lat), math.radians(other_lat), math.radians(lon - other_lon)
    cosine = math.sin(x) * math.sin(y) + math.cos(x) * math.cos(y) * math.cos(turn)
    return _RADIUS * math.acos(max(-1.0, min(1.0, cosine)))
