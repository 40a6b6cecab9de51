"""Whether a confidence means what it says, and tells right from wrong: measures over answers that were checked."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

BINS = 10


class Answer(NamedTuple):
    """The confidence of one thing found, 0..1, whether it is right, and the number of the article that it stands in."""

    article: int
    chance: float
    right: bool


class Bin(NamedTuple):
    """Statements of like confidence: how many, what was said of them on average, and the share that is right."""

    n: int
    said: float
    right: float


def bins(answers: Sequence[Answer], count: int = BINS) -> list[Bin]:
    """As many statements in each, the least sure first (equal-mass bins, Nguyen and O'Connor 2015)."""
    ordered = sorted(answers, key=lambda a: a.chance)
    edges = [len(ordered) * i // count for i in range(count + 1)]
    parts = [ordered[start:end] for start, end in pairwise(edges) if start < end]
    return [
        Bin(n=len(part), said=sum(a.chance for a in part) / len(part), right=sum(a.right for a in part) / len(part))
        for part in parts
    ]


def calibration_error(answers: Sequence[Answer]) -> float:
    """Expected calibration error: how far what is said lies from what is right, on average over the bins, 0..1."""
    return sum(b.n * abs(b.said - b.right) for b in bins(answers)) / len(answers) if answers else 0.0


def area(answers: Sequence[Answer]) -> float:
    """The chance that a right one is surer than a wrong one (area under the ROC curve), ties counting half."""
    below = rank = 0.0
    for _, group in groupby(sorted(answers, key=lambda a: a.chance), key=lambda a: a.chance):
        tied = [a.right for a in group]
        rank += sum(tied) * (below + (len(tied) - sum(tied)) / 2)
        below += len(tied) - sum(tied)
    right = sum(a.right for a in answers)
    return rank / (right * below) if right and below else 0.5
