"""PLOVER, the codebook of 2021: its types, their quad codes, modes and scores, and the contexts; `data/plover.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.model import EventType


class Codebook(NamedTuple):
    """`quads`: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. `modes`: by type,
    empty where the codebook has none. `contexts`: codes that go with any type. `scores`: by type and mode."""

    quads: dict[EventType, int]
    modes: dict[EventType, frozenset[str]]
    contexts: frozenset[str]
    scores: dict[EventType, dict[str, float]]


@cache
def codebook() -> Codebook:
    """The packaged tables."""
    table = tomllib.loads((files("onrecord.extract") / "data" / "plover.toml").read_text(encoding="utf-8"))
    return Codebook(
        quads=table["quads"],
        modes={type_: frozenset(words.split()) for type_, words in table["modes"].items()},
        contexts=frozenset(table["contexts"]["codes"].split()),
        scores=table["scores"],
    )


def quad(type_: EventType) -> int:
    """The quad code of a type. SANCTION is material conflict, as its chapter has it; see docs/EVENTS.md."""
    return codebook().quads[type_]


def score(type_: EventType, mode: str | None) -> float | None:
    """From -10, conflict, to 10, cooperation; None where the codebook gives no number that can be trusted."""
    number = codebook().scores[type_].get(mode or "none")
    return None if number is None else float(number)
