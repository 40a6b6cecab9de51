"""What kind of statement: attitude, polarity and certainty on sentences of our own, `manner.jsonl`.

The rules by which they were labelled stand in `manner.md`. In `text` the cue stands in braces and each content in
brackets. Rules were made by looking at the `dev` half alone; the `kept` half tells what they are worth.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evals.measure import Counts, Score
from evals.measure import score as scored
from onrecord.extract.parse import Passages, parse
from onrecord.extract.statements.manner import manner
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Block, Document, Source, Span

FAMILY = "manner"
CASES = Path(__file__).with_name("manner.jsonl")
LABELS = ("attitude", "polarity", "certainty")


class Marked(NamedTuple):
    """A sentence without its marks, and the statement that they marked."""

    document: Document
    statement: Spotted


def marked(sentence: str) -> Marked:
    """`Holm {said} [that it rained].` as a document and a statement. Braces: the cue; brackets: a content."""
    plain: list[str] = []
    spans: dict[str, list[Span]] = {"{": [], "[": []}
    opened: dict[str, int] = {}
    for mark in sentence:
        if mark in "{[":
            opened[mark] = len(plain)
        elif mark in "}]":
            kind = "{" if mark == "}" else "["
            spans[kind].append(Span(start=opened.pop(kind), end=len(plain)))
        else:
            plain.append(mark)
    text = "".join(plain)
    document = Document(
        id="case",
        source=Source(sha256="0" * 64, media_type="text/plain"),
        reader="case/1",
        text=text,
        blocks=(Block(kind="paragraph", span=Span(start=0, end=len(text))),),
    )
    (cue,) = spans["{"]
    return Marked(document, Spotted(cue=cue, contents=tuple(spans["["]), rule="case"))


def cases(part: str) -> list[dict[str, Any]]:
    """The cases of `dev` or `kept`."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [case for line in lines if (case := json.loads(line))["part"] == part]


def found(case: dict[str, Any]) -> dict[str, str | None]:
    """Our labels of a case."""
    document, statement = marked(case["text"])
    labels = manner(statement, Passages(parse(document)))
    return {label: getattr(labels, label) for label in LABELS}


def _accuracy(counts: list[Counts]) -> float:
    return sum(c.tp for c in counts) / len(counts)


def score(data: Path) -> Iterator[Score]:
    """Accuracy of each label, and the share of cases with all three right, of both halves."""
    for part in ("dev", "kept"):
        pairs = [(case, found(case)) for case in cases(part)]
        right = {label: [ours[label] == case[label] for case, ours in pairs] for label in LABELS}
        right["all three"] = [all(row) for row in zip(*right.values(), strict=True)]
        right["all three, traps"] = [
            one for one, (case, _) in zip(right["all three"], pairs, strict=True) if case["trap"]
        ]
        for name, marks in right.items():
            yield scored(FAMILY, f"{part}, {name}", [Counts(m, 0, not m) for m in marks], _accuracy)
