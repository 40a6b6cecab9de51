"""The windows of the published system: CofeNet's cut of PolNeAR's dev articles, as tokens with one label each.

Wang et al., "CofeNet: Context and Former-Label Enhanced Net for Complicated Quotation Extraction" (COLING 2022),
report exact F1 of sources, cues and contents over such windows, each read by itself. Here the encoder reads them in the
same way, without the linker and the rules around it, which work on articles. Intervals are by bootstrap over articles.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score, compare
from evals.measure import score as scored
from evals.statements import plain
from onrecord.extract.encoder import label, read
from onrecord.extract.encoder.tagging import ROLES
from onrecord.extract.quotations import find_quotations
from onrecord.model import Span

FAMILY = "windows"

_AS_PRINTED = {
    "``": "“", "''": "”", "`": "‘", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
}  # fmt: skip
"""What the Penn Treebank's tokens stand for."""

_TO_THE_LEFT = (*".,;:?!%)]}”", "n't", "'s", "'S", "'re", "'ve", "'ll", "'m", "'d", "...", "'")
_TO_THE_RIGHT = tuple("“‘([{$#")
"""Tokens that are printed without a space before them, and after them."""

Piece = tuple[str, int, int]
"""Role, first token, token after the last."""


class Joined(NamedTuple):
    """A text made of tokens, and where each token begins in it."""

    text: str
    starts: list[int]


def join(tokens: Sequence[str]) -> Joined:
    """The tokens as a newspaper would print them."""
    parts: list[str] = []
    starts: list[int] = []
    at, before = 0, ""
    for token in tokens:
        printed = _AS_PRINTED.get(token, token)
        if parts and printed not in _TO_THE_LEFT and before not in _TO_THE_RIGHT:
            parts.append(" ")
            at += 1
        starts.append(at)
        parts.append(printed)
        at, before = at + len(printed), printed
    return Joined("".join(parts), starts)


def pieces(labels: Sequence[str]) -> Iterator[Piece]:
    """The spans of BIO labels (`B-source`, `I-source`, `O`)."""
    first, role = 0, ""
    for index, mark in enumerate([*labels, "O"]):
        if role and mark != f"I-{role}":
            yield role, first, index
            role = ""
        if mark.startswith("B-"):
            first, role = index, mark[2:]


def found(tokens: Sequence[str]) -> Iterator[Piece]:
    """What the encoder finds in a window that it reads by itself, in tokens."""
    text, starts = join(tokens)
    labels = label(read(text, [Span(start=0, end=len(text))], find_quotations(plain(text))))
    for role in ROLES:
        for span in labels[role].spans:
            yield role.lower(), bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1)


def by_article(data: Path, *, holding: bool = False) -> list[dict[str, Counts]]:
    """Counts of each role, one row an article; with `holding` over those windows alone that hold a statement."""
    rows: dict[str, dict[str, Counts]] = {}
    for article, gold, ours in _answers(data):
        counts = rows.setdefault(article, dict.fromkeys((role.lower() for role in ROLES), Counts(0, 0, 0)))
        for role, before in counts.items() if gold or not holding else ():
            now = compare((p for p in gold if p[0] == role), (p for p in ours if p[0] == role))
            counts[role] = Counts(*(a + b for a, b in zip(before, now, strict=True)))
    return list(rows.values())


@cache
def _answers(data: Path) -> list[tuple[str, list[Piece], list[Piece]]]:
    """Article, gold and found pieces of each window."""
    path = data / "gold" / "polnear" / "cofenet_windows_dev.jsonl"
    windows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(one["id"], list(pieces(one["labels"])), list(found(one["tokens"]))) for one in windows]


def score(data: Path) -> Iterator[Score]:
    """Exact F1 of each kind of span, a span being right if all its tokens are: over all windows, and over the four in
    five that hold a statement, which is how the published figures are described."""
    for name, holding in (("dev windows", False), ("dev windows with a statement", True)):
        rows = by_article(data, holding=holding)
        for role in ("source", "cue", "content"):
            yield scored(FAMILY, f"CofeNet {name}, {role}, exact F1", [row[role] for row in rows])
