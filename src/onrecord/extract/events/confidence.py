"""How likely an event is right: type, factuality and every slot, filled or rightly left empty.

A logistic regression (Platt 1999) over signs that have names, so that a person can read the table of weights. It was
fitted by `training/events/confidence.py` on events drawn at random that readers judged (`evals/events_read.tsv`).
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from onrecord.extract.chances import bounded, chance_of, odds
from onrecord.extract.parse import Passage
from onrecord.model import Document, Event, Finding, Mention, Participant, Span

_OPEN = frozenset(("pronoun", "implicit"))
"""Reasons of empty slots by which somebody is meant who was not found."""
_PRONOUNS = frozenset("he she it they we its their his her our i my us them him me who which that".split())
_MOST = 4
"""More names than these count for no more."""
_LONG = 200.0
"""Code points of a sentence that is long: `length` is 1 there."""


class Weighed(NamedTuple):
    """An event as it was found, and what speaks for and against it: signs by name, most of them 0 to 1."""

    finding: Finding
    signs: dict[str, float]


def scored(
    document: Document, passages: Sequence[Passage], mentions: Sequence[Mention], findings: Sequence[Finding]
) -> list[Finding]:
    """The events with their confidence as the score, the probability that nothing of them is wrong, 0.01 to 0.99.
    Their score before is how likely their type is, None where that was not asked."""
    return [
        msgspec.structs.replace(one.finding, score=bounded(chance_of(one.signs.items(), weights())))
        for one in weighed(document, passages, mentions, findings)
    ]


@cache
def weights() -> dict[str, float]:
    """By sign. Read once a process."""
    path = files("onrecord.extract") / "weights" / "event_confidence.json"
    found: dict[str, float] = json.loads(path.read_text("utf-8"))
    return found


def weighed(
    document: Document, passages: Sequence[Passage], mentions: Sequence[Mention], findings: Sequence[Finding]
) -> Iterator[Weighed]:
    """Each event with its signs."""
    starts = [place for passage in passages for place in _starts(passage)]
    names = sorted((one.span for one in mentions), key=lambda span: span.start)
    at = [span.start for span in names]
    for finding in findings:
        event = finding.value
        assert isinstance(event, Event)  # noqa: S101  for the type checker: events alone are weighed
        number = bisect_right(starts, event.trigger.start)
        begin = starts[number - 1] if number else 0
        end = starts[number] if number < len(starts) else len(document.text)
        around = names[bisect_left(at, begin) : bisect_left(at, end)]
        yield Weighed(finding, dict(signs(document.text, event, finding.score, end - begin, around)))


def _starts(passage: Passage) -> Iterator[int]:
    """Where its sentences begin in the article."""
    for sentence in passage.doc.sents:
        yield passage.block.span.start + sentence.start_char


def signs(
    text: str, event: Event, likely: float | None, length: int, names: Sequence[Span]
) -> Iterator[tuple[str, float]]:
    """`likely`: how likely its type is; `length`: code points of its sentence; `names`: those in it."""
    yield "any", 1.0
    yield "type", 0.0 if likely is None else odds(likely) / 4
    for slot, filled in (("actor", event.actors), ("recipient", event.recipients)):
        yield f"no {slot}", float(not filled)
        yield f"several {slot}s", float(len(filled) > 1)
        yield f"{slot} without a name", float(any(one.name is None for one in filled))
        yield f"{slot} by pronoun", float(any(_pronoun(text, one) for one in filled))
    reasons = {missing.reason for missing in event.missing}
    yield "somebody meant and not found", float(bool(reasons & _OPEN))
    yield "passive without an agent", float("passive" in reasons)
    yield "place", float(bool(event.places))
    yield "time", float(event.time is not None)
    yield "sizes", float(bool(event.sizes))
    yield event.factuality, 1.0
    yield event.type, 1.0
    yield "length", min(2.0, length / _LONG)
    taken = [one.span for one in (*event.actors, *event.recipients)] + [one.span for one in event.places]
    left = sum(not any(span.overlaps(one) for one in taken) for span in names[: 4 * _MOST])
    yield "names in no slot", min(left, _MOST) / _MOST


def _pronoun(text: str, one: Participant) -> bool:
    return one.span.of(text).lower() in _PRONOUNS
