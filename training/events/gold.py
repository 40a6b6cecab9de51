"""The sentences of known type, with the trigger that our rules find between the two who are named."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from evals.event_types import found, nearest
from evals.plover import Pair, typed

Place = tuple[int, int]


class Told(NamedTuple):
    """A pair, its type in the codebook of 2021, and of the event that the rules find between the two its trigger and
    type, or None."""

    pair: Pair
    type: str
    trigger: Place | None
    rule: str | None


def told(data: Path, part: Literal["train", "dev"]) -> Iterator[Told]:
    """The sentences of one part, in the order of the file."""
    for pair in typed(data, part):
        event = nearest(found(pair.text), pair)
        trigger = (event.trigger.start, event.trigger.end) if event else None
        yield Told(pair, kind(pair), trigger, event.type if event else None)


def kind(pair: Pair) -> str:
    """PLV's YIELD is CONCEDE or RETREAT; `yields.tsv` says which."""
    return _yields()[pair.id.split()[1]] if pair.type == "YIELD" else pair.type


@cache
def _yields() -> dict[str, str]:
    lines = (Path(__file__).parent / "yields.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
