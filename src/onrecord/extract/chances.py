"""Named signs and their weights, made a probability: logistic regression, small enough for a person to read."""

import math
from collections.abc import Iterable

LEAST, MOST = 0.01, 0.99
"""Nothing is given up and nothing is beyond doubt: too few were checked by hand to tell one in a hundred."""

_FLOOR, _CEILING = 1e-4, 0.999
"""Probabilities beyond these are taken for them: an encoder's last thousandth says nothing."""


def chance_of(signs: Iterable[tuple[str, float]], weights: dict[str, float]) -> float:
    """The logistic function of the weighted sum, 0..1. A sign without a weight counts for nothing."""
    total = sum(weights.get(name, 0.0) * value for name, value in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def bounded(chance: float) -> float:
    """A chance as it is told: `LEAST` to `MOST`, to three digits."""
    return round(min(MOST, max(LEAST, chance)), 3)


def odds(probability: float) -> float:
    """The logarithm of the odds."""
    within = min(_CEILING, max(_FLOOR, probability))
    return math.log(within / (1 - within))
