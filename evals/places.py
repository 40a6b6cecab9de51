"""Places against LGL (local news) and GeoVirus (epidemics): names found, names resolved, and both at once.

- `names`: exact spans of every annotated toponym, F1. LGL counts demonyms (`Canadian`) as toponyms, we do not.
- `resolved`: of the toponyms with gold coordinates, found or not, the share that is put in the right spot when their
  spans are given; a name without an answer is wrong.
- `end to end`: F1 of places with coordinates, a place being right if it overlaps a toponym and is in the right spot.

In the right spot: within 161 km of the gold coordinates, or the same GeoNames entry, or a country, state or other area
within 900 km (there the gold point is one convention among several; GeoVirus has Wikipedia's).
GeoVirus counts characters from 1. Every third article of each set, chosen by a hash of its number.
"""

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score, compare
from evals.measure import score as bootstrap
from evals.names import document
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.places import extract_places, kilometres
from onrecord.model import Document, Mention, Place, Span

FAMILY = "places"
NAMES = ("country", "place", "facility")


class Toponym(NamedTuple):
    """A gold name. `lat`, `lon` are None where the annotators gave none."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    gazetteer_id: str | None


class Placed(NamedTuple):
    document: Document
    gold: list[Toponym]


def score(data: Path) -> Iterator[Score]:
    """The three scores of each set."""
    for name, articles in (
        ("LGL", lgl(data / "gold/places/lgl.xml")),
        ("GeoVirus", geovirus(data / "gold/places/GeoVirus.xml")),
    ):
        spans, resolved, both = [], [], []
        for article in articles:
            mentions = extract_mentions(article.document, parse(article.document))
            found = _places(article.document, mentions)
            spans.append(compare(((g.start, g.end) for g in article.gold), ((p.span.start, p.span.end) for p in found)))
            resolved.append(_resolved(article, mentions))
            both.append(_both(article.gold, found))
        yield bootstrap(FAMILY, f"{name} names exact", spans)
        yield bootstrap(FAMILY, f"{name} resolved, spans given", resolved, accuracy)
        yield bootstrap(FAMILY, f"{name} end to end", both)


def accuracy(counts: list[Counts]) -> float:
    """Share of gold items that are right."""
    total = sum(c.tp + c.fn for c in counts)
    return sum(c.tp for c in counts) / total if total else 0.0


def _places(document: Document, mentions: tuple[Mention, ...]) -> list[Place]:
    return [f.value for f in extract_places(document, mentions) if isinstance(f.value, Place)]


def _resolved(article: Placed, mentions: tuple[Mention, ...]) -> Counts:
    """The gold names stand in for ours; of ours, the other kinds stay as context."""
    spans = [Span(start=g.start, end=g.end) for g in article.gold]
    given = [Mention(span=span, head=span, kind="place") for span in spans]
    others = [m for m in mentions if m.kind not in NAMES and not any(m.head.overlaps(span) for span in spans)]
    found = {p.span.start: p for p in _places(article.document, tuple(sorted([*given, *others], key=lambda m: m.head)))}
    asked = [g for g in article.gold if g.lat is not None]
    hits = sum(g.start in found and right(found[g.start], g) for g in asked)
    return Counts(hits, 0, len(asked) - hits)


def _both(gold: list[Toponym], found: list[Place]) -> Counts:
    used: set[int] = set()
    wrong = 0
    for place in (p for p in found if p.lat is not None):
        under = [i for i, g in enumerate(gold) if g.start < place.span.end and place.span.start < g.end]
        if under and gold[under[0]].lat is None:
            continue  # annotated as a name, but nobody said where: neither right nor wrong
        if under and under[0] not in used and right(place, gold[under[0]]):
            used.add(under[0])
        else:
            wrong += 1
    return Counts(len(used), wrong, sum(g.lat is not None for g in gold) - len(used))


def right(place: Place, gold: Toponym) -> bool:
    """See the head of this file."""
    if place.lat is None or place.lon is None or gold.lat is None or gold.lon is None:
        return False
    away = kilometres(place.lat, place.lon, gold.lat, gold.lon)
    area = place.precision in ("country", "region")
    return (
        away <= 161
        or (area and away <= 900)
        or (place.gazetteer_id is not None and place.gazetteer_id == gold.gazetteer_id)
    )


def sampled(number: str) -> bool:
    return int(hashlib.sha256(number.encode()).hexdigest(), 16) % 3 == 0


def lgl(path: Path) -> Iterator[Placed]:
    for article in ET.parse(path).getroot():
        if sampled(article.get("docid", "")):
            gold = []
            for toponym in article.iter("toponym"):
                tag = toponym.find("gaztag")
                lat, lon = (tag.findtext("lat"), tag.findtext("lon")) if tag is not None else (None, None)
                gold.append(
                    Toponym(
                        int(toponym.findtext("start", "")),
                        int(toponym.findtext("end", "")),
                        float(lat) if lat else None,
                        float(lon) if lon else None,
                        f"geonames:{tag.get('geonameid')}" if tag is not None else None,
                    )
                )
            yield Placed(document(article.get("docid", ""), article.findtext("text", "")), gold)


def geovirus(path: Path) -> Iterator[Placed]:
    for number, article in enumerate(ET.parse(path).getroot()):
        if sampled(str(number)):
            gold = [
                Toponym(
                    int(location.findtext("start", "")) - 1,
                    int(location.findtext("end", "")) - 1,
                    float(location.findtext("lat", "")),
                    float(location.findtext("lon", "")),
                    None,
                )
                for location in article.iter("location")
            ]
            yield Placed(document(str(number), article.findtext("text", "")), gold)
