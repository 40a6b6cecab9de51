"""Which source and which contents belong to which cue, from where they stand.

A softmax over the cues that a span could belong to (a conditional logit, McFadden 1974), with weights learned on the
training part of PolNeAR by `training/statements/link.py`. Features are names, so that the table of weights can be
read by a person.
"""

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from onrecord.model import Span

Role = Literal["source", "content"]
NEAR = 6
"""Cues on each side of a span that it can belong to."""

_SENTENCE_END = re.compile(r"[.?!]['\"”’)]*\s+(?=[\"“‘'(]*[A-Z])")
_STEPS = (0, 1, 2, 4, 8, 16, 32, 64)


class Choice(NamedTuple):
    """The cue that a span belongs to, by its index, and the probability of it."""

    cue: int
    probability: float


@cache
def weights() -> dict[str, float]:
    table: dict[str, float] = json.loads((files("onrecord.extract") / "weights" / "links.json").read_text("utf-8"))
    return table


def choose(text: str, role: Role, span: Span, cues: Sequence[Span], others: Sequence[Span]) -> Choice | None:
    """The most likely of the cues for one span; None if there is no cue near. `cues` and `others`,
    all spans of the role, are in order."""
    candidates = near(span, cues)
    if not candidates:
        return None
    table = weights()
    scores = [sum(table.get(name, 0.0) for name in features(text, role, span, cues, i, others)) for i in candidates]
    top = max(scores)
    total = sum(math.exp(score - top) for score in scores)
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return Choice(candidates[best], 1.0 / total)


def _start(span: Span) -> int:
    return span.start


def near(span: Span, cues: Sequence[Span]) -> list[int]:
    """Indices of the cues that stand nearest to a span, some before and some after."""
    after = bisect_left(cues, span.start, key=_start)
    return list(range(max(0, after - NEAR), min(len(cues), after + NEAR)))


def features(
    text: str, role: Role, span: Span, cues: Sequence[Span], index: int, others: Sequence[Span]
) -> Iterator[str]:
    """The names of what holds of a span and one cue."""
    cue = cues[index]
    side = "before" if span.start < cue.start else "after"
    start, end = (span.end, cue.start) if side == "before" else (cue.end, span.start)
    between = text[start:end] if end > start else ""
    words = len(between.split())
    far = next((step for step in reversed(_STEPS) if words >= step), 0)
    passed = max(0, bisect_left(cues, end, key=_start) - bisect_left(cues, start, key=_start))
    same = max(0, bisect_left(others, end, key=_start) - bisect_left(others, start, key=_start))
    paragraphs = min(2, between.count("\n\n") + (between.count("\n") if "\n\n" not in between else 0))
    sentences = min(2, len(_SENTENCE_END.findall(between + " A")) if between else 0)
    quoted = "quoted" if text[span.start : span.start + 1] in ("“", '"', "'", "‘") else "plain"
    word = text[cue.start : cue.end].lower().split()[-1].rstrip(":,") if cue.end > cue.start else ""
    base = f"{role} {side}"
    yield f"{base}"
    yield f"{base} words {far}"
    yield f"{base} cues {min(passed, 3)}"
    yield f"{base} same {min(same, 3)}"
    yield f"{base} cues {min(passed, 2)} same {min(same, 2)}"
    yield f"{base} sentences {sentences}"
    yield f"{base} sentences {sentences} {quoted}"
    yield f"{base} paragraphs {paragraphs}"
    yield f"{base} paragraphs {paragraphs} {quoted}"
    yield f"{base} cue {word}"
    yield f"{base} mark {between.strip()[:1]} {between.strip()[-1:]}" if len(between) < 200 else f"{base} long"
    if words == 0:
        yield f"{base} beside {between.strip()[:2]}"
