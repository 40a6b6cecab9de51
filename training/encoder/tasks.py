"""The two things that the network learns, each with its articles, its loss and its measure on dev."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import evals.names
import evals.statements
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.extract.encoder.network import Task
from onrecord.extract.encoder.tagging import NAMES, ROLES, STATEMENTS, TYPES, best_path, spans
from onrecord.extract.encoder.windows import windows
from onrecord.extract.quotations import find_quotations
from onrecord.model import Document
from training.encoder.network import Tagger, chain_loss
from training.encoder.rows import Batch, Row, labelled

LABELS: dict[Task, tuple[str, ...]] = {"statements": STATEMENTS, "names": NAMES}
Gold = set[tuple[str, int, int]]


class Corpus(NamedTuple):
    """Rows to learn from, and dev articles with the spans that should be found, as (kind, start, end)."""

    train: list[Row]
    dev: list[tuple[Document, Gold]]


def statements(data: Path) -> Corpus:
    """PolNeAR's articles."""
    train = []
    for text, gold in evals.statements.articles(data, "train"):
        found = [
            (start, end, STATEMENTS.index(f"B-{role}"))
            for attribution in gold
            for role, parts in zip(ROLES, attribution, strict=True)
            for start, end in parts
        ]
        train.append(labelled(text, found, find_quotations(evals.statements.plain(text))))
    dev = [
        (
            evals.statements.plain(text),
            {(role, *part) for one in gold for role, parts in zip(ROLES, one, strict=True) for part in parts},
        )
        for text, gold in evals.statements.articles(data, "dev")
    ]
    return Corpus(train, dev)


def names(data: Path) -> Corpus:
    """English Worldwide Newswire; the articles of `evals.names` are dev."""
    folder = data / "gold" / "newswire_ner"
    dev = list(evals.names.articles(folder))
    kept = {article.document.source.name for article in dev}
    train = []
    for path in sorted(folder.glob("*.tsv")):
        if path.name not in kept:
            document, _, typed = evals.names.read(path)
            found = [(start, end, NAMES.index(f"B-{type_}")) for type_, start, end in typed if type_ in TYPES]
            train.append(labelled(document.text, found, find_quotations(document)))
    return Corpus(train, [(article.document, {one for one in article.typed if one[0] in TYPES}) for article in dev])


def disguised(rows: Sequence[Row], rng: random.Random) -> list[Row]:
    """A few windows written like headlines, in small letters or in capitals, which tell nothing then."""
    found = []
    for row in rows:
        draw = rng.random()
        kind = 1 if draw < 0.05 else 0 if draw < 0.07 else 2 if draw < 0.09 else None
        found.append(row if kind is None else row._replace(kinds=[k // 3 * 3 + kind for k in row.kinds]))
    return found


def loss(model: Tagger, batch: Batch, task: Task) -> Tensor:
    """Of each word its label by itself, and of each window its labels as a chain."""
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        scores = model(batch.ids, batch.kinds, batch.mask)[task == "names"]
    labels = LABELS[task]
    words = scores.float().gather(1, batch.places[:, :, None].expand(-1, -1, len(labels)))
    alone = functional.cross_entropy(words.reshape(-1, len(labels)), batch.labels.reshape(-1), ignore_index=-1)
    return alone + chain_loss(functional.log_softmax(words, dim=-1), batch.labels, model.transitions[task], labels)


@torch.no_grad()
def measure(model: Tagger, dev: Sequence[tuple[Document, Gold]], task: Task) -> dict[str, float]:
    """Exact span F1 of each kind on dev, from whole paragraphs in windows as the product reads them."""
    model.eval()
    kinds = ROLES if task == "statements" else TYPES
    counts = {kind: [0, 0, 0] for kind in kinds}
    steps = model.transitions[task].tolist()
    device = model.transitions[task].device
    for document, gold in dev:
        text = document.text
        found: Gold = set()
        for window in windows(text, _lines(text), find_quotations(document)):
            ids, kinds_ = (torch.tensor([row], device=device) for row in (window.ids, window.kinds))
            scores = model(ids, kinds_, torch.ones_like(ids))[task == "names"][0].float()
            rows = functional.log_softmax(scores, dim=-1)[[word.row for word in window.words]].tolist()
            for kind, first, last in spans(best_path(rows, steps, LABELS[task]), LABELS[task]):
                found.add((kind, window.words[first].start, window.words[last - 1].end))
        for kind, count in counts.items():
            wanted, ours = ({one for one in some if one[0] == kind} for some in (gold, found))
            for place, n in enumerate((len(wanted & ours), len(ours), len(wanted))):
                count[place] += n
    return {kind: round(200 * right / max(1, ours + wanted), 2) for kind, (right, ours, wanted) in counts.items()}


def _lines(text: str) -> list[tuple[int, int]]:
    at, found = 0, []
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found
