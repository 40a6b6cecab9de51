"""Labelled runs of word pieces, cut into windows and put together into batches."""

import random
from typing import NamedTuple

import torch
from torch import Tensor

from onrecord.extract.encoder.windows import CLASS, END, PARAGRAPH, SIZE, Marks
from onrecord.extract.encoder.wordpiece import pieces
from onrecord.extract.quotations import Quotation


class Row(NamedTuple):
    """A run of pieces with their kinds and labels; a label of -1 is not learned (later pieces, paragraph marks)."""

    ids: list[int]
    kinds: list[int]
    labels: list[int]

    def cut(self, start: int, end: int) -> "Row":
        return Row(
            [CLASS, *self.ids[start:end], END], [0, *self.kinds[start:end], 0], [-1, *self.labels[start:end], -1]
        )


def labelled(text: str, spans: list[tuple[int, int, int]], quotations: list[Quotation]) -> Row:
    """A whole article. `spans`: start, end and the label of the first word; that of going on is the next one. Of spans
    that hold each other the shortest labels its words."""
    begins = sorted(spans)
    marks = Marks(quotations)
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
            row.labels.append(span[2] + (span in started))
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
