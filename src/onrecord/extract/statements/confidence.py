"""How likely a statement is right: what the finders know of it, made a probability that means what it says.

Right means that trained annotators marked a statement with the same cue, content and source, each at least in part
(or both without a source). Logistic regressions (Platt 1999), fitted by `training/statements/calibrate.py` on articles
that the encoder did not learn from. Signs are named, so that a person can read the table of weights.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from onrecord.extract.chances import bounded, chance_of, odds
from onrecord.extract.statements.evidence import Evidence
from onrecord.extract.statements.spotted import Spotted

Table = dict[str, dict[str, float]]
"""`own level` and `inside`: weights of signs. `rules`: the share that is right of what the layout finds, by rule."""


@cache
def table() -> Table:
    found: Table = json.loads((files("onrecord.extract") / "weights" / "confidence.json").read_text("utf-8"))
    return found


def confidence(one: Spotted, outer: float | None, table: Table) -> float | None:
    """The probability, `LEAST` to `MOST`, that a statement is right; None where nothing is known of its kind.

    `outer`: the confidence of the statement that it stands in, if it stands in one. What the grammar finds in there can
    be no surer than that one.
    """
    if one.evidence is not None:
        chance = chance_of(own_level(one, one.evidence), table["own level"])
    elif outer is not None and one.score is not None:
        chance = outer * chance_of(inside(one.score), table["inside"])
    elif (known := table["rules"].get(one.rule, one.score)) is not None:
        chance = known
    else:
        return None
    return bounded(chance)


def own_level(one: Spotted, evidence: Evidence) -> Iterator[tuple[str, float]]:
    """What speaks for and against a statement that the encoder found."""
    yield "any", 1.0
    for role, sure in (("cue", evidence.cue), ("content", evidence.content), ("source", evidence.source)):
        # Where a span begins is where the encoder chooses it; its further words mostly follow from that.
        yield f"{role} begins", 0.0 if sure is None else odds(math.exp(min(0.0, sure.first)))
    yield "cue of the grammar's", float(evidence.cue is None)
    yield "source of the grammar's", float(bool(one.sources) and evidence.source is None)
    yield "no source", float(not one.sources)
    yield "several contents", float(len(one.contents) > 1)


def inside(rate: float) -> Iterator[tuple[str, float]]:
    """What speaks for a statement that the grammar found inside another: how often its cue is one."""
    yield "any", 1.0
    yield "rate", odds(rate)
