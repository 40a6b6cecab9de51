"""Time expressions against TimeBank, AQUAINT and MEANTIME: spans, and TIMEX3 values.

`exact` counts equal spans, `overlap` spans that share a character (each gold and each found one used once), `value`
those of the latter whose TIMEX3 value is the same string. Creation times are metadata and not scored.

Half of TimeBank, by a hash of the name, was never looked into while the rules were made; it is scored on its own.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.measure import Counts, Score, compare
from evals.measure import score as bootstrap
from evals.tempeval import GoldTimex, TimedDocument, meantime, timeml
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Timex

FAMILY = "timexes"


def score(data: Path) -> Iterator[Score]:
    """Scores of each set under `data/gold`, and of the half of TimeBank that nobody reads."""
    for name, documents in sets(data):
        items = list(documents)
        yield from score_set(name, items)
        if name == "TimeBank":
            yield from score_set("TimeBank kept", [item for item in items if kept(item.name)])


def sets(data: Path) -> Iterator[tuple[str, Iterator[TimedDocument]]]:
    """The articles of each set, under its name."""
    yield "TimeBank", timeml(data / "gold" / "tempeval3" / "TimeBank")
    yield "AQUAINT", timeml(data / "gold" / "tempeval3" / "AQUAINT")
    yield "MEANTIME", meantime(data / "gold" / "meantime")


def kept(name: str) -> bool:
    """Whether an article is of the half that nobody reads: by the last bit of its name's SHA-256."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def score_set(name: str, documents: Sequence[TimedDocument]) -> Iterator[Score]:
    """The three scores of one set."""
    found = [[f.value for f in extract_timexes(d.document) if isinstance(f.value, Timex)] for d in documents]
    yield from score_found(name, documents, found)


def score_found(name: str, documents: Sequence[TimedDocument], each: Sequence[Sequence[Timex]]) -> Iterator[Score]:
    """The three scores of what any tool found in the articles of a set."""
    exact, overlap, value = [], [], []
    for item, found in zip(documents, each, strict=True):
        exact.append(compare(((g.start, g.end) for g in item.gold), ((t.span.start, t.span.end) for t in found)))
        pairs = align(item.gold, found)
        overlap.append(_counts(len(pairs), item.gold, found))
        value.append(_counts(sum(gold.value == timex.value for gold, timex in pairs), item.gold, found))
    yield bootstrap(FAMILY, f"{name} span exact", exact)
    yield bootstrap(FAMILY, f"{name} span overlap", overlap)
    yield bootstrap(FAMILY, f"{name} value", value)


def align(gold: Sequence[GoldTimex], found: Sequence[Timex]) -> list[tuple[GoldTimex, Timex]]:
    """Gold and found expressions that overlap, in the order of the text, each used once; an equal span first."""
    free = sorted(found, key=lambda timex: timex.span.start)
    pairs = []
    for item in sorted(gold):
        rivals = [t for t in free if t.span.start < item.end and item.start < t.span.end]
        if rivals:
            best = min(rivals, key=lambda t: (t.span.start, t.span.end) != (item.start, item.end))
            free.remove(best)
            pairs.append((item, best))
    return pairs


def _counts(right: int, gold: Sequence[GoldTimex], found: Sequence[Timex]) -> Counts:
    return Counts(right, len(found) - right, len(gold) - right)
