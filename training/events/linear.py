"""The linear part of the classifier: a multinomial logistic regression over words, grammar and the lexicon's answer.

Writes `extract/weights/events.json`, weights in hundredths. Learned from the gold's train part, and, at a lower weight,
from sentences of our own invention.
"""

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch.nn import functional

from onrecord.extract.events.coding.traits import traits
from onrecord.extract.parse import model as language
from training.events.encoder import TYPES
from training.events.gold import Told
from training.events.phrases import phrases
from training.events.train import JOINED, joined

TARGET = Path("src/onrecord/extract/weights/events.json")
INVENTED, WEIGHT, SEED = 3400, 0.15, 7
PENALTY, RAREST, STEPS = 1 / 3, 2, 60
SCALE = 100
SHARE = 0.5
"""Of the linear model in the sum of logarithms; chosen by cross-validation on the train part."""


class Row(NamedTuple):
    found: dict[str, float]
    type: int
    weight: float


def gold_rows(given: Sequence[Told], weight: float = 1.0) -> list[Row]:
    docs = language().pipe(one.pair.text for one in given)
    return [
        Row(traits(doc[:], one.trigger, one.pair.actors, one.pair.recipients, one.rule), TYPES.index(one.type), weight)
        for one, doc in zip(given, docs, strict=True)
    ]


def joined_rows(given: Sequence[Told]) -> list[Row]:
    """Each beside another, so that what hangs on the trigger and on the two weighs more than what stands about."""
    rng = random.Random(SEED)
    return gold_rows([joined(one, rng.choice(given), rng) for one in given], JOINED)


def invented_rows() -> list[Row]:
    made = list(phrases(INVENTED, SEED))
    docs = language().pipe(one.text for one in made)
    return [
        Row(traits(doc[:], one.trigger, [one.actor], [one.recipient], None), TYPES.index(one.type), WEIGHT)
        for one, doc in zip(made, docs, strict=True)
    ]


def fit(rows: Sequence[Row]) -> tuple[list[str], torch.Tensor, torch.Tensor]:
    """Names of features, their weights (features, types), and the bias of each type."""
    counts = Counter(name for row in rows for name in row.found)
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    index = {name: n for n, name in enumerate(names)}
    table = torch.zeros(len(rows), len(names))
    for n, row in enumerate(rows):
        for name, value in row.found.items():
            if name in index:
                table[n, index[name]] = value
    wanted, weight = torch.tensor([row.type for row in rows]), torch.tensor([row.weight for row in rows])
    weights = torch.zeros(len(names), len(TYPES), requires_grad=True)
    bias = torch.zeros(len(TYPES), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        each = functional.cross_entropy(table @ weights + bias, wanted, reduction="none")
        loss = (each * weight).sum() + PENALTY / 2 * (weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return names, weights.detach(), bias.detach()


def shipped(names: Sequence[str], weights: torch.Tensor, bias: torch.Tensor) -> dict[str, Any]:
    """What `classifier.linear` reads."""
    rows = (weights * SCALE).round().int().tolist()
    table = {name: row for name, row in zip(names, rows, strict=True) if any(row)}
    return {
        "types": list(TYPES),
        "scale": SCALE,
        "share": SHARE,
        "bias": (bias * SCALE).round().int().tolist(),
        "weights": table,
    }


def write(given: Sequence[Told]) -> None:
    """Learns, and replaces the shipped table."""
    found = shipped(*fit(gold_rows(given) + joined_rows(given) + invented_rows()))
    lines = [f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in found["weights"].items()]
    head = json.dumps({key: value for key, value in found.items() if key != "weights"})
    TARGET.write_text(f'{head[:-1]}, "weights": {{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    print(f"{TARGET}: {len(lines)} features")
