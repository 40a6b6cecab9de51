"""Places against LGL (local news) and GeoVirus (epidemics): names found, names resolved, and both at once.

- `names`: spans of every annotated toponym, F1. LGL counts adjectives and peoples of countries (`Canadian`) and place
  names inside other names (`Paris Police Department`) as toponyms; GeoVirus counts neither peoples nor, mostly, the
  latter. Ours are marked (`Place.sense`), and are left out where the set does not count them.
- `resolved, spans given`: of the toponyms with gold coordinates, found or not, the share that is put in the right spot
  when their spans are given; a name without an answer is wrong.
- `resolved of found`: the same share, of those that overlap a name that was found.
- `end to end`: F1 of places with coordinates, a place being right if it has the span of a toponym (`exact`) or overlaps
  one (`overlapping`), and is in the right spot.

In the right spot (`SPOTS`): `161 km` is the strict measure of the literature. By itself it measures conventions too:
GeoVirus has Wikipedia's point for the United States, GeoNames another one. So the other one takes 900 km where the gold
name is that of a country, state or larger area, for every system in the same way.

GeoVirus counts characters from 1. The articles are those that nothing was fitted on (`kept`): half of each set, chosen
by a hash of their numbers.
"""

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from evals.measure import Counts, Score, compare
from evals.measure import score as bootstrap
from evals.names import document
from onrecord.extract.gazetteer import lookup
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.places import extract_places, kilometres
from onrecord.model import Document, Mention, Place, Span

FAMILY = "places"
NAMES = ("country", "place", "facility")
SETS = {"LGL": "lgl.xml", "GeoVirus": "GeoVirus.xml"}
WIDE_CODES = {"PCLI", "PCLS", "PCLD", "PCL", "TERR", "ADM1", "CONT", "RGN", "ZN", "OCN", "SEA", "GULF"}
"""Feature codes of GeoNames for countries, states, continents, regions and seas."""
LEFT_OUT = {"LGL": (), "GeoVirus": ("people", "name")}
"""The senses of ours that a set does not count as toponyms."""

Spot = Literal["161 km", "161 km, areas 900"]


class Toponym(NamedTuple):
    """A gold name. `lat`, `lon` are None where the annotators gave none. `wide`: it is a country, state or larger."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    wide: bool


class Answer(NamedTuple):
    """What a system says: a name and, if it could tell, where that is."""

    start: int
    end: int
    lat: float | None
    lon: float | None


class Placed(NamedTuple):
    document: Document
    gold: list[Toponym]
    number: str


def score(data: Path) -> Iterator[Score]:
    """The scores of each set, on the articles that nothing was fitted on."""
    for name in SETS:
        articles = [article for article in articles_of(name, data) if kept(article.number)]
        mentions = [extract_mentions(a.document, parse(a.document)) for a in articles]
        found = [answers(name, a.document, m) for a, m in zip(articles, mentions, strict=True)]
        given = [_given(a, m) for a, m in zip(articles, mentions, strict=True)]
        gold = [a.gold for a in articles]
        for title, measure, pairs in (
            ("names exact", names, zip(gold, found, strict=True)),
            ("resolved, spans given", located("161 km, areas 900"), zip(gold, given, strict=True)),
            ("resolved of found", found_and_located("161 km, areas 900"), zip(gold, found, strict=True)),
            ("resolved of found, strict", found_and_located("161 km"), zip(gold, found, strict=True)),
            ("end to end", both("161 km, areas 900", exact=False), zip(gold, found, strict=True)),
            ("end to end, exact", both("161 km, areas 900", exact=True), zip(gold, found, strict=True)),
        ):
            by_article = [measure(g, f) for g, f in pairs]
            if title.startswith("resolved"):
                yield bootstrap(FAMILY, f"{name} {title}", by_article, accuracy)
            else:
                yield bootstrap(FAMILY, f"{name} {title}", by_article)


def accuracy(counts: list[Counts]) -> float:
    """Share of gold items that are right."""
    total = sum(c.tp + c.fn for c in counts)
    return sum(c.tp for c in counts) / total if total else 0.0


def answers(name: str, document: Document, mentions: Sequence[Mention]) -> list[Answer]:
    """Our places, without the senses that the set does not count."""
    return [
        Answer(place.span.start, place.span.end, place.lat, place.lon)
        for place in _places(document, mentions)
        if place.sense not in LEFT_OUT[name]
    ]


def _places(document: Document, mentions: Sequence[Mention]) -> list[Place]:
    return [f.value for f in extract_places(document, mentions) if isinstance(f.value, Place)]


def _given(article: Placed, mentions: tuple[Mention, ...]) -> list[Answer]:
    """The gold names stand in for ours; of ours, the other kinds stay as context."""
    spans = [Span(start=g.start, end=g.end) for g in article.gold]
    given = [Mention(span=span, head=span, kind="place") for span in spans]
    others = [m for m in mentions if m.kind not in NAMES and not any(m.head.overlaps(span) for span in spans)]
    places = _places(article.document, tuple(sorted([*given, *others], key=lambda m: m.head)))
    asked = {(g.start, g.end) for g in article.gold}
    return [Answer(p.span.start, p.span.end, p.lat, p.lon) for p in places if (p.span.start, p.span.end) in asked]


def names(gold: Sequence[Toponym], found: Sequence[Answer]) -> Counts:
    return compare(((g.start, g.end) for g in gold), ((a.start, a.end) for a in found))


def names_overlapping(gold: Sequence[Toponym], found: Sequence[Answer]) -> Counts:
    hits = len(matched(gold, found, exact=False))
    return Counts(hits, len(found) - hits, len(gold) - hits)


def located(spot: Spot) -> Callable[[Sequence[Toponym], Sequence[Answer]], Counts]:
    """Of all gold names with coordinates, those in the right spot."""

    def measure(gold: Sequence[Toponym], found: Sequence[Answer]) -> Counts:
        hits = sum(right(g, a, spot) for g, a in matched(gold, found, exact=True).items() if g.lat is not None)
        return Counts(hits, 0, sum(g.lat is not None for g in gold) - hits)

    return measure


def found_and_located(spot: Spot) -> Callable[[Sequence[Toponym], Sequence[Answer]], Counts]:
    """Of the gold names with coordinates that overlap a name found, those in the right spot."""

    def measure(gold: Sequence[Toponym], found: Sequence[Answer]) -> Counts:
        asked = [(g, a) for g, a in matched(gold, found, exact=False).items() if g.lat is not None]
        hits = sum(right(g, a, spot) for g, a in asked)
        return Counts(hits, 0, len(asked) - hits)

    return measure


def both(spot: Spot, *, exact: bool) -> Callable[[Sequence[Toponym], Sequence[Answer]], Counts]:
    """Answers with coordinates against gold with coordinates. An answer on a gold name that nobody gave coordinates is
    neither right nor wrong."""

    def measure(gold: Sequence[Toponym], found: Sequence[Answer]) -> Counts:
        told = [a for a in found if a.lat is not None]
        pairs = matched(gold, told, exact=exact)
        hits = sum(right(g, a, spot) for g, a in pairs.items() if g.lat is not None)
        unasked = sum(g.lat is None for g in pairs)
        return Counts(hits, len(told) - unasked - hits, sum(g.lat is not None for g in gold) - hits)

    return measure


def matched(gold: Iterable[Toponym], found: Sequence[Answer], *, exact: bool) -> dict[Toponym, Answer]:
    """Each gold name with the answer on it: the one of its span, else, unless `exact`, the first that overlaps it and
    has no gold name of its own."""
    of_span = {(a.start, a.end): a for a in found}
    pairs = {g: of_span.pop((g.start, g.end)) for g in gold if (g.start, g.end) in of_span}
    if not exact:
        for g in gold:
            free = [a for a in of_span.values() if a.start < g.end and g.start < a.end]
            if g not in pairs and free:
                pairs[g] = of_span.pop((free[0].start, free[0].end))
    return pairs


def right(gold: Toponym, answer: Answer, spot: Spot) -> bool:
    """See the head of this file."""
    if answer.lat is None or answer.lon is None or gold.lat is None or gold.lon is None:
        return False
    within = 900 if gold.wide and spot == "161 km, areas 900" else 161
    return kilometres(answer.lat, answer.lon, gold.lat, gold.lon) <= within


def kept(number: str) -> bool:
    """Whether an article is of the half that nothing is fitted on."""
    return int(hashlib.sha256(number.encode()).hexdigest(), 16) % 2 == 0


def articles_of(name: str, data: Path) -> Iterator[Placed]:
    """All articles of one of `SETS`, in the order of the file."""
    path = data / "gold/places" / SETS[name]
    return _lgl(path) if name == "LGL" else _geovirus(path)


def _lgl(path: Path) -> Iterator[Placed]:
    for article in ET.parse(path).getroot():
        gold = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            lat, lon, code = [tag.findtext(t) for t in ("lat", "lon", "fcode")] if tag is not None else [None] * 3
            gold.append(
                Toponym(
                    int(toponym.findtext("start", "")),
                    int(toponym.findtext("end", "")),
                    float(lat) if lat else None,
                    float(lon) if lon else None,
                    code in WIDE_CODES,
                )
            )
        read = document(article.get("docid", ""), article.findtext("text", ""))
        source = msgspec.structs.replace(read.source, url=article.findtext("url"))
        yield Placed(msgspec.structs.replace(read, source=source), gold, article.get("docid", ""))


def _geovirus(path: Path) -> Iterator[Placed]:
    for number, article in enumerate(ET.parse(path).getroot()):
        text, gold = article.findtext("text", ""), []
        for location in article.iter("location"):
            start, end = int(location.findtext("start", "")) - 1, int(location.findtext("end", "")) - 1
            lat, lon = float(location.findtext("lat", "")), float(location.findtext("lon", ""))
            gold.append(Toponym(start, end, lat, lon, _wide(text[start:end], lat, lon)))
        yield Placed(document(str(number), text), gold, str(number))


def _wide(name: str, lat: float, lon: float) -> bool:
    """Whether a name is one of a country, state or larger area thereabouts: this set does not say."""
    return any(
        c.kind in ("country", "area", "division") and kilometres(c.lat, c.lon, lat, lon) <= 900 for c in lookup(name)
    )
