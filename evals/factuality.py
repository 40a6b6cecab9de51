"""Whether an event happened, on three sets of sentences with a number for each event: UW (Lee et al. 2015), UDS-IH2
(Rudinger et al. 2018) and the factuality part of MEANTIME (Minard et al. 2016), in the scale of Stanovsky et al. 2017,
-3 (did not happen, for certain) to +3 (did).

Our classes are words and the gold is a number, so each class is given the median of what the set's train part gives
the events that we put in it (`NUMBERS`). UDS-IH2 asks whether it has happened by now, and puts what is planned at the
lower end; UW and MEANTIME ask how certain it is, future or past, and put it at the upper one. Three scores a set: the
mean absolute error and Pearson's r, as that field reports, and the macro-F1 of certain (from 1.5), not (to -1) and what
lies between, where our classes are mapped by what they mean (`THIRDS`; all others lie between). Errors are shown as
1 - MAE / 3, so that more is better and 1 is perfect. The gold has no articles, so intervals are over sentences.

The trigger is given. Sentences stand alone, so there is no statement around them and no voice.
"""

import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.measure import Score
from evals.measure import score as measured
from evals.tokens import glued
from onrecord.extract.events.factuality.judging import factuality
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.tree import tree
from onrecord.extract.parse import Passage, model
from onrecord.model import Block, Span

NUMBERS = {
    "UW": {
        "happened": 3.0,
        "ongoing": 3.0,
        "planned": 2.2,
        "demanded": 1.6,
        "possible": 1.6,
        "hypothetical": 1.2,
        "not_happened": -1.6,
    },
    "UDS_IH2": {
        "happened": 2.625,
        "ongoing": 2.25,
        "not_happened": 0.0,
        "possible": -1.5,
        "hypothetical": -1.875,
        "planned": -2.25,
        "demanded": -2.25,
    },
    "MEANTIME": {
        "happened": 3.0,
        "ongoing": 3.0,
        "planned": 3.0,
        "possible": 3.0,
        "hypothetical": 3.0,
        "demanded": 3.0,
        "not_happened": -3.0,
    },
}
"""Medians on the train parts of what the gold gives to the events of each class."""

_CERTAIN = {"happened": "+", "ongoing": "+", "planned": "+", "not_happened": "-"}
_BY_NOW = {"happened": "+", "ongoing": "+"} | dict.fromkeys(
    ("not_happened", "planned", "demanded", "hypothetical"), "-"
)
THIRDS = {"UW": _CERTAIN, "UDS_IH2": _BY_NOW, "MEANTIME": _CERTAIN}
_SURE, _NOT = 1.5, -1.0


class Pair(NamedTuple):
    """An event: the gold's number and the one of our class, the gold's third and ours."""

    gold: float
    ours: float
    third: str
    our_third: str


Pairs = list[Pair]
"""The events of one sentence."""


def score(data: Path) -> Iterator[Score]:
    for name in NUMBERS:
        sentences = list(told(data / "gold" / "factuality" / f"{name}_dev.jsonl", name))
        n = sum(map(len, sentences))
        shown = name.replace("_", "-")
        yield measured("factuality", f"{shown}: 1 - MAE / 3", sentences, nearness, n=n)
        yield measured("factuality", f"{shown}: Pearson's r", sentences, correlation, n=n)
        yield measured("factuality", f"{shown}: macro-F1 of three", sentences, of_three, n=n)


def told(path: Path, name: str) -> Iterator[Pairs]:
    """Gold and ours of each sentence that has events."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = [glued(row["text"].split()) for row in rows]
    for row, (text, places), doc in zip(rows, texts, model().pipe(text for text, _ in texts), strict=True):
        passage = Passage(Block(kind="paragraph", span=Span(start=0, end=len(text))), doc)
        pairs = list(_pairs(row["targets"], places, passage, name))
        if pairs:
            yield pairs


def _pairs(targets: list[dict[str, Any]], places: Sequence[Span], passage: Passage, name: str) -> Iterator[Pair]:
    grown = tree(passage)
    for target in targets:
        first, last = target["span1"][0], target["span1"][1] - 1
        span = Span(start=places[first].start, end=places[last].end)
        deed = Deed(passage, grown.covering(places[last].start), span, "ASSAULT")
        found, gold = factuality(deed, grown), target["label"]
        third = "+" if gold >= _SURE else "-" if gold <= _NOT else "?"
        yield Pair(gold, NUMBERS[name][found], third, THIRDS[name].get(found, "?"))


def nearness(sentences: Sequence[Pairs]) -> float:
    """1 less a third of the mean absolute error: an error of 3, from certain to nothing known, is 0."""
    return 1 - statistics.fmean(abs(pair.gold - pair.ours) for pairs in sentences for pair in pairs) / 3


def correlation(sentences: Sequence[Pairs]) -> float:
    """Pearson's r; 0 where one side never varies."""
    gold = [pair.gold for pairs in sentences for pair in pairs]
    ours = [pair.ours for pairs in sentences for pair in pairs]
    return 0.0 if len(set(gold)) < 2 or len(set(ours)) < 2 else statistics.correlation(gold, ours)


def of_three(sentences: Sequence[Pairs]) -> float:
    """The mean of the F1 of `+`, `-` and what lies between."""
    pairs = [(pair.third, pair.our_third) for pairs in sentences for pair in pairs]
    scores = []
    for third in "+-?":
        right = sum(gold == ours == third for gold, ours in pairs)
        wrong = sum((gold == third) != (ours == third) for gold, ours in pairs)
        scores.append(2 * right / (2 * right + wrong) if right else 0.0)
    return statistics.fmean(scores)
