"""Fine-tune all-MiniLM-L6-v2 to tell the type of an event, on sentences with who acts and whom it is done to.

Half of an epoch are sentences of our own invention (`phrases.py`), new in each epoch: they weigh half, keep rare types
and words in sight, and are all that is known of `none`. Seeded. Needs PyTorch and safetensors
(`training/requirements.txt`), which the product does not.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.events.coding.marking import Marked, marked
from training.encoder.train import published
from training.events.encoder import TYPES, Typer
from training.events.gold import Told
from training.events.phrases import phrases

SEED, EPOCHS, RATE, BATCH = 20261, 4, 1e-4, 16
INVENTED, WEIGHT = 1000, 0.5
"""Sentences of our own in an epoch, and what each weighs beside one of the gold."""
UNTOLD = 0.3
"""How often the trigger of a sentence is not marked, and how often one of the two, since rules miss some."""

JOINED = 0.4
"""How often a sentence of the gold is joined to another."""
JOINTS = (
    " after ",
    " days after ",
    ", as ",
    ", while ",
    ", and ",
    " before ",
    " because ",
    ", weeks after ",
    "; ",
    ", who said ",
)


class Example(NamedTuple):
    read: Marked
    type: int
    weight: float


def example(one: Told, rng: random.Random | None = None) -> Example:
    """As the product would read it; with `rng`, at times without the trigger or one of the two."""
    hidden = rng.random() if rng else 1.0
    trigger = None if hidden < UNTOLD else one.trigger
    actors = [] if UNTOLD <= hidden < UNTOLD + 0.05 else one.pair.actors
    recipients = [] if UNTOLD + 0.05 <= hidden < UNTOLD + 0.15 else one.pair.recipients
    return Example(marked(one.pair.text, trigger, actors, recipients), TYPES.index(one.type), 1.0)


def joined(one: Told, other: Told, rng: random.Random) -> Told:
    """One sentence of both, in which only the first's event counts: in news several deeds stand beside each other."""
    joint = rng.choice(JOINTS)
    if rng.random() < 0.5:
        return one._replace(pair=one.pair._replace(text=one.pair.text.rstrip(". ") + joint + other.pair.text))
    lead = other.pair.text.rstrip(". ") + joint
    shift = len(lead)
    pair = one.pair._replace(
        text=lead + one.pair.text,
        actors=tuple((start + shift, end + shift) for start, end in one.pair.actors),
        recipients=tuple((start + shift, end + shift) for start, end in one.pair.recipients),
    )
    trigger = (one.trigger[0] + shift, one.trigger[1] + shift) if one.trigger else None
    return one._replace(pair=pair, trigger=trigger)


def invented(number: int, seed: int) -> list[Example]:
    rng = random.Random(seed)
    found = []
    for phrase in phrases(number, seed):
        hidden = rng.random()
        trigger = None if hidden < UNTOLD else phrase.trigger
        actors = [] if UNTOLD <= hidden < UNTOLD + 0.05 else [phrase.actor]
        recipients = [] if UNTOLD + 0.05 <= hidden < UNTOLD + 0.15 else [phrase.recipient]
        found.append(Example(marked(phrase.text, trigger, actors, recipients), TYPES.index(phrase.type), WEIGHT))
    return found


def batches(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Shuffled, those of like length together."""
    order = list(examples)
    rng.shuffle(order)
    order.sort(key=lambda one: len(one.read.ids) // 8)
    grouped = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(grouped)
    return grouped


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(one.read.ids) for one in batch)
    ids, marks, between = (
        torch.tensor([row + [0] * (width - len(row)) for row in rows])
        for rows in zip(*(one.read for one in batch), strict=True)
    )
    return ids, marks, between


def fine_tune(train: Sequence[Told], base: Path, *, seed: int = SEED, epochs: int = EPOCHS) -> Typer:
    """Trained to the end, in evaluation mode."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Typer()
    model.load(load_file(base))
    fresh = [model.marks.weight, *model.scores.parameters()]
    tuned = [p for p in model.parameters() if p.requires_grad and not any(p is one for one in fresh)]
    optimiser = torch.optim.AdamW(
        [{"params": tuned, "lr": RATE}, {"params": fresh, "lr": 10 * RATE}], weight_decay=0.01, fused=True
    )
    steps = epochs * ((len(train) + INVENTED) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        shown = [joined(one, rng.choice(train), rng) if rng.random() < JOINED else one for one in train]
        examples = [example(one, rng) for one in shown] + invented(INVENTED, seed + epoch)
        for batch in batches(examples, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(*tensors(batch))
            wanted, weights = (torch.tensor(row) for row in ([b.type for b in batch], [b.weight for b in batch]))
            each = functional.cross_entropy(scores.float(), wanted, reduction="none", label_smoothing=0.05)
            loss = (each * weights).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*tuned, *fresh], 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1} loss {total / count:.4f}", flush=True)
    return model.eval()


@torch.no_grad()
def predicted(model: Typer, given: Sequence[Told]) -> list[list[float]]:
    """Of each its probabilities, in the order of `TYPES`."""
    rows: list[list[float]] = []
    for one in given:
        rows.extend(torch.softmax(model(*tensors([example(one)])), 1).tolist())
    return rows


def learn(gold: Sequence[Told], out: Path) -> Path:
    """Trains, and returns the checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    model = fine_tune(gold, published())
    checkpoint = out / "checkpoint.pt"
    torch.save(model.state_dict(), checkpoint)
    return checkpoint
