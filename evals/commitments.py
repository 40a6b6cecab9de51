"""Commitments on sentences of our own, `commitments.jsonl`; the rules of annotation stand in `commitments.md`.

Rules were made by looking at the `dev` half alone; the `kept` half tells what they are worth. A commitment is found
if one of ours has its trigger in the words of the gold's, or the other way round, or half the words of its contents.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evals.measure import Counts, Score, f1
from evals.measure import score as scored
from onrecord.model import Block, Commitment, Document, Source, Span
from onrecord.pipeline import extract

FAMILY = "commitments"
CASES = Path(__file__).with_name("commitments.jsonl")
ARTICLES = ("the ", "a ", "an ")


def cases(part: str) -> list[dict[str, Any]]:
    """The cases of `dev` or `kept`."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [case for line in lines if (case := json.loads(line))["part"] == part]


def document(case: dict[str, Any]) -> Document:
    """A case as an article, a block a line."""
    text, at, blocks = case["text"], 0, []
    for line in text.split("\n"):
        blocks.append(Block(kind="paragraph", span=Span(start=at, end=at + len(line))))
        at += len(line) + 1
    source = Source(sha256="0" * 64, media_type="text/plain")
    return Document(
        id="case", source=source, reader="case/1", text=text, blocks=tuple(blocks), published=case["published"]
    )


@cache
def _found(text: str, published: str) -> tuple[Commitment, ...]:
    entries = extract(document({"text": text, "published": published}))
    return tuple(entry.value for entry in entries if isinstance(entry.value, Commitment))


def found(case: dict[str, Any]) -> tuple[Commitment, ...]:
    """Our commitments of a case."""
    return _found(case["text"], case["published"])


def _words(text: str) -> list[str]:
    return [word for word in (w.strip(".,;:“”’'\"") for w in text.lower().split()) if word]


def overlap(gold: list[str], text: str, ours: tuple[Span, ...]) -> Counts:
    """Words of the contents: shared, ours alone, the gold's alone."""
    want = _words(" ".join(gold))
    have = _words(" ".join(span.of(text) for span in ours))
    shared = 0
    left = list(want)
    for word in have:
        if word in left:
            left.remove(word)
            shared += 1
    return Counts(shared, len(have) - shared, len(want) - shared)


def pairs(case: dict[str, Any]) -> tuple[list[tuple[dict[str, Any], Commitment]], Counts]:
    """Gold commitments with ours, each once, and the counts of both."""
    ours, text = list(found(case)), case["text"]
    matched = []
    for gold in case["commitments"]:
        for one in ours:
            trigger = one.trigger.of(text)
            share = overlap(gold["contents"], text, one.contents)
            same = trigger in gold["trigger"] or gold["trigger"] in trigger
            if (same and share.tp) or share.tp * 2 > share.fp + share.fn + share.tp:
                matched.append((gold, one))
                ours.remove(one)
                break
    return matched, Counts(len(matched), len(ours), len(case["commitments"]) - len(matched))


def _bare(words: str) -> str:
    lower = words.lower().replace("’s", "")
    return next((lower[len(a) :] for a in ARTICLES if lower.startswith(a)), lower)


def who(gold: str | None, one: Commitment, text: str) -> bool:
    """Whether `by` is the gold's: by its name where it has one, else by its words."""
    if gold is None or one.by is None:
        return gold is None and one.by is None
    if one.by.name is not None and _bare(one.by.name) in (_bare(gold), _bare(gold).split()[-1]):
        return True
    words = _bare(one.by.span.of(text))
    return _bare(gold) in words or words in _bare(gold)


def when(gold: dict[str, Any] | None, one: Commitment, text: str) -> bool:
    """Whether the due date is the gold's, day by day; or, where it has no days, its words."""
    if gold is None or one.due is None:
        return gold is None and one.due is None
    days = (gold["begin"], gold["end"])
    same = (one.due.begin, one.due.end) == days
    words = one.due.span.of(text)
    return same and (days != (None, None) or words in gold["text"] or gold["text"] in words)


def _precision(counts: list[Counts]) -> float:
    found_ = sum(c.tp + c.fp for c in counts)
    return sum(c.tp for c in counts) / found_ if found_ else 0.0


def _recall(counts: list[Counts]) -> float:
    gold = sum(c.tp + c.fn for c in counts)
    return sum(c.tp for c in counts) / gold if gold else 0.0


def _share(counts: list[Counts]) -> float:
    return _precision([Counts(c.tp, c.fp, 0) for c in counts])


def condition(gold: str | None, one: Commitment, text: str) -> bool:
    """Whether the condition is the gold's, but for a word at its ends."""
    if gold is None or one.condition is None:
        return gold is None and one.condition is None
    share = overlap([gold], text, (one.condition,))
    return share.fp + share.fn <= 1


def score(data: Path) -> Iterator[Score]:
    """Detection, then class, `by`, due, condition and contents of what was found, of both halves."""
    for part in ("dev", "kept"):
        detection: list[Counts] = []
        slots: dict[str, list[Counts]] = {name: [] for name in ("class", "by", "due", "condition")}
        shares: list[Counts] = []
        for case in cases(part):
            matched, counts = pairs(case)
            detection.append(counts)
            text = case["text"]
            right = {
                "class": [gold["class"] == one.class_ for gold, one in matched],
                "by": [who(gold["by"], one, text) for gold, one in matched],
                "due": [when(gold["due"], one, text) for gold, one in matched],
                "condition": [condition(gold["condition"], one, text) for gold, one in matched],
            }
            for name, marks in right.items():
                slots[name].append(Counts(sum(marks), len(marks) - sum(marks), 0))
            shares.extend(overlap(gold["contents"], text, one.contents) for gold, one in matched)
        yield scored(FAMILY, f"{part}, precision", detection, _precision)
        yield scored(FAMILY, f"{part}, recall", detection, _recall)
        for name, counts_ in slots.items():
            yield scored(FAMILY, f"{part}, {name}", counts_, _share)
        yield scored(FAMILY, f"{part}, words of contents", shares, f1)
