"""Fine-tune all-MiniLM-L6-v2 to label the words of sources, cues and contents, on PolNeAR's training articles.

    python -m training.statements.train --data ../shared/data --base model.safetensors --out build/statements

Seeded, logged, resumable: a checkpoint after each epoch, taken up again where there is one. On two cores an epoch
takes some ten minutes. Needs PyTorch and safetensors (`training/requirements.txt`), which the product does not.
"""

import argparse
import hashlib
import json
import random
import time
from pathlib import Path

import torch
from evals.statements import Attribution, articles
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.statements.tagging import LABELS, ROLES, best_path, spans
from onrecord.extract.statements.windows import CLASS, END, PARAGRAPH, SIZE, Window, windows
from onrecord.extract.statements.wordpiece import pieces
from training.statements.encoder import Tagger

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SEED = 20260


def labelled(text: str, gold: list[Attribution]) -> tuple[list[int], list[int]]:
    """Piece ids and labels of a whole article; a label of -1 is not learned (later pieces, paragraph marks)."""
    begins: dict[int, int] = {}
    inside: list[tuple[int, int, int]] = []
    for attribution in gold:
        for role, found in zip(ROLES, attribution, strict=True):
            for start, end in found:
                begins[start] = LABELS.index(f"B-{role}")
                inside.append((start, end, LABELS.index(f"I-{role}")))
    inside.sort()
    ids: list[int] = []
    labels: list[int] = []
    at, previous = 0, 0
    open_spans: list[tuple[int, int, int]] = []
    started: set[tuple[int, int, int]] = set()
    for piece in pieces(text):
        if "\n" in text[previous : piece.start] and ids:
            ids.append(PARAGRAPH)
            labels.append(-1)
        previous = piece.end
        while at < len(inside) and inside[at][0] < piece.end:
            open_spans.append(inside[at])
            at += 1
        open_spans = [span for span in open_spans if span[1] > piece.start]
        ids.append(piece.id)
        if not piece.first:
            labels.append(-1)
        elif open_spans:
            span = min(open_spans, key=lambda s: s[1] - s[0])
            labels.append(span[2] if span in started else span[2] - 1)
            started.add(span)
        else:
            labels.append(0)
    return ids, labels


def batches(
    articles_: list[tuple[list[int], list[int]]], size: int, rng: random.Random
) -> list[list[tuple[list[int], list[int]]]]:
    """One epoch: every article cut into windows from a random offset, shuffled."""
    cut: list[tuple[list[int], list[int]]] = []
    body = SIZE - 2
    for ids, labels in articles_:
        start = -rng.randrange(body) if len(ids) > body else 0
        while start < len(ids):
            piece, label = ids[max(0, start) : start + body], labels[max(0, start) : start + body]
            if piece:
                cut.append(([CLASS, *piece, END], [-1, *label, -1]))
            start += body
    rng.shuffle(cut)
    cut.sort(key=lambda pair: len(pair[0]) // 32)
    grouped = [cut[i : i + size] for i in range(0, len(cut), size)]
    rng.shuffle(grouped)
    return grouped


def tensors(batch: list[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(ids) for ids, _ in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    labels = torch.full((len(batch), width), -1, dtype=torch.long)
    for row, (one, label) in enumerate(batch):
        ids[row, : len(one)] = torch.tensor(one)
        labels[row, : len(label)] = torch.tensor(label)
    return ids, (ids != 0).long(), labels


@torch.no_grad()
def evaluate(model: Tagger, dev: list[tuple[str, list[Attribution]]], change: float = 0.0) -> dict[str, float]:
    """Exact span F1 of each role on dev, from whole paragraphs in windows as the product reads them."""
    model.eval()
    right = dict.fromkeys(ROLES, 0)
    found_all, gold_all = dict.fromkeys(ROLES, 0), dict.fromkeys(ROLES, 0)
    for text, gold in dev:
        paragraphs = [(m, m + len(line)) for m, line in _lines(text)]
        found = {role: set() for role in ROLES}
        for window in windows(text, paragraphs):
            found_in(model, window, found, change)
        for role, wanted in zip(ROLES, zip(*gold, strict=True) if gold else ((), (), ()), strict=True):
            gold_spans = {span for one in wanted for span in one}
            right[role] += len(gold_spans & found[role])
            found_all[role] += len(found[role])
            gold_all[role] += len(gold_spans)
    return {role: round(200 * right[role] / max(1, found_all[role] + gold_all[role]), 2) for role in ROLES}


def found_in(model: Tagger, window: Window, found: dict[str, set[tuple[int, int]]], change: float) -> None:
    ids = torch.tensor([window.ids])
    scores = functional.log_softmax(model(ids, torch.ones_like(ids))[0].float(), dim=-1)
    rows = scores[[word.row for word in window.words]].tolist() if window.words else []
    for role, first, last in spans(best_path(rows, change)):
        found[role].add((window.words[first].start, window.words[last - 1].end))


def _lines(text: str) -> list[tuple[int, str]]:
    at, found = 0, []
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--batch", type=int, default=8)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(given.base.read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise SystemExit(f"{given.base}: sha256 {digest} is not the published {BASE_SHA256}")
    random.seed(SEED)
    torch.manual_seed(SEED)
    train = [labelled(text, gold) for text, gold in articles(given.data, "train")]
    dev = list(articles(given.data, "dev"))
    model = Tagger()
    model.load(load_file(given.base))
    model.embedding_freeze()
    learned = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=given.rate, weight_decay=0.01)
    steps = given.epochs * len(batches(train, given.batch, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.0, 1 - step / steps)
    )
    checkpoint = given.out / "checkpoint.pt"
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    log = (given.out / "log.jsonl").open("a", encoding="utf-8")
    for epoch in range(first, given.epochs):
        model.train()
        began, total, count = time.monotonic(), 0.0, 0
        for batch in batches(train, given.batch, random.Random(SEED + epoch)):
            ids, mask, labels = tensors(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(ids, mask)
            loss = functional.cross_entropy(scores.float().view(-1, len(LABELS)), labels.view(-1), ignore_index=-1)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 50 == 0:
                print(
                    f"epoch {epoch + 1} batch {count} loss {total / count:.4f} {time.monotonic() - began:.0f} s",
                    flush=True,
                )
        scores_ = evaluate(model, dev)
        row = {
            "epoch": epoch + 1,
            "loss": round(total / count, 4),
            "seconds": round(time.monotonic() - began),
            **scores_,
        }
        print(json.dumps(row), flush=True)
        log.write(json.dumps(row) + "\n")
        log.flush()
        state = {
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch + 1,
        }
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)


if __name__ == "__main__":
    main()
