"""How sure the encoder was of what it labelled: what `statements/confidence.py` judges a statement by."""

import math
from collections.abc import Sequence
from typing import NamedTuple

_LEAST = 1e-6


class Sureness(NamedTuple):
    """Of one labelled span, log probabilities, 0 at most: of its labels on average, of the least likely of them, and
    of its first and last word being its first and last."""

    mean: float
    least: float
    first: float
    last: float


def sureness(rows: Sequence[Sequence[float]], path: Sequence[int], first: int, last: int) -> Sureness:
    """Of the words `first` to before `last`, which `path` labels as one span. `rows`: log probabilities, one row a
    word. The label of going on inside a span is the one after that of its beginning (`tagging.LABELS`)."""
    own = [min(0.0, rows[word][path[word]]) for word in range(first, last)]
    goes_on = math.exp(min(0.0, rows[last][path[first] + 1])) if last < len(rows) else 0.0
    return Sureness(sum(own) / len(own), min(own), own[0], math.log(max(_LEAST, 1.0 - goes_on)))
