"""How likely annotators are to mark a candidate of the grammar: a logistic regression over what it looks like.

The share of its cue word and construction alone (`cues`) takes `to support` after any verb for a statement, and a
crack in a wall for a witness; who stands as its source, and in what form the verb, tell them apart. The weights are
learned on the training part of PolNeAR by `training/statements/likely.py`; features are names, so that a person can
read them.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from onrecord.extract.statements.cues import SAYING, Cues, cues
from onrecord.extract.statements.page import Candidate
from onrecord.extract.statements.words import SPEECH_NOUNS, SPEECH_VERBS

_NEVER = (0, 0)


@cache
def weights() -> dict[str, float]:
    """Feature name to weight, in log odds."""
    table: dict[str, float] = json.loads((files("onrecord.extract") / "weights" / "inner.json").read_text("utf-8"))
    return table


def likely(candidate: Candidate) -> float:
    """The estimated share, 0..1, of such candidates that annotators would mark."""
    table = weights()
    return logistic(sum(table.get(name, 0.0) * value for name, value in features(candidate, cues())))


def logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def features(candidate: Candidate, table: Cues, own: tuple[int, int] = _NEVER) -> Iterator[tuple[str, float]]:
    """Names of what holds of a candidate, with how much of it. `own`: how often the candidate itself was seen and
    marked in the counts of `table`, to be left out of them while learning."""
    construction, lemma = candidate.key
    yield "always", 1.0
    yield construction, 1.0
    listed = lemma in SPEECH_VERBS or lemma in SPEECH_NOUNS
    prior = table.share(construction, listed)
    yield "rate", _odds(table.pairs.get(candidate.key, _NEVER), own, prior)
    yield "word", _odds(table.words.get(lemma, _NEVER), own, prior)
    saying = _odds(table.saying(lemma), own if construction in SAYING else _NEVER, _SAID if listed else _NOT_SAID)
    yield "saying", saying
    yield f"{construction} saying", saying
    first = candidate.contents[0]
    size = sum(len(content) for content in candidate.contents)
    yield f"long {min(6, size // 20)}", 1.0
    yield f"{construction} side {'before' if first.start < candidate.at else 'after'}", 1.0
    for trait in candidate.traits:
        yield trait, 1.0


_SAID, _NOT_SAID = 0.8, 0.2
"""The share of the marked among clauses beside a word of saying that was never seen with one, and beside any other."""

_WEIGHT = 3.0
"""How many sightings it counts for that other words are marked in the construction."""


def _odds(counts: tuple[int, int], own: tuple[int, int], prior: float) -> float:
    marked = max(0, counts[1] - own[1])
    seen = max(marked, counts[0] - own[0])
    return math.log((marked + _WEIGHT * prior) / (seen - marked + _WEIGHT * (1 - prior)))
