"""What tells how sure the encoder was of one statement: what `confidence.py` judges it by."""

from collections.abc import Iterable
from typing import NamedTuple

from onrecord.extract.encoder.sureness import Sureness


class Evidence(NamedTuple):
    """Of one statement: the least sure of its spans, by role (None where the encoder labelled none), and the least
    probability, 0..1, with which one of them was given to its cue."""

    cue: Sureness | None = None
    content: Sureness | None = None
    source: Sureness | None = None
    linked: float | None = None


def least(found: Iterable[Sureness | None]) -> Sureness | None:
    """The smallest of each part."""
    known = [one for one in found if one is not None]
    return Sureness(*map(min, zip(*known, strict=True))) if known else None
