"""What every family of scores shares: counts by article, F1, and its interval by bootstrap over articles."""

import random
from collections.abc import Hashable, Iterable
from typing import NamedTuple

import msgspec

RESAMPLES = 1000


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the report. `value`, `low` and `high` in 0..1, the interval at 95%; `n`: gold items."""

    family: str
    name: str
    value: float
    low: float
    high: float
    n: int


class Counts(NamedTuple):
    """Of one article: right, found but not gold, gold but not found."""

    tp: float
    fp: float
    fn: float


def compare(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Counts:
    """Counts of two sets of items that are right only when equal."""
    gold, found = set(gold), set(found)
    return Counts(len(gold & found), len(found - gold), len(gold - found))


def f1(counts: Iterable[Counts]) -> float:
    counts = list(counts)
    tp = sum(c.tp for c in counts)
    missed = sum(c.fp + c.fn for c in counts)
    return 2 * tp / (2 * tp + missed) if tp else 0.0


def score(  # type: ignore[no-untyped-def]
    family: str, name: str, by_article, measure=f1, *, n: int | None = None
) -> Score:
    """F1 of the counts of each article, with a seeded bootstrap interval; or another measure of a list with one item an
    article, which are then no counts if `n`, the number of gold items, is given."""
    rng = random.Random(0)
    draws = sorted(measure(rng.choices(by_article, k=len(by_article))) for _ in range(RESAMPLES))
    return Score(
        family=family,
        name=name,
        value=round(measure(by_article), 4),
        low=round(draws[int(RESAMPLES * 0.025)], 4),
        high=round(draws[int(RESAMPLES * 0.975)], 4),
        n=int(sum(c.tp + c.fn for c in by_article)) if n is None else n,
    )
