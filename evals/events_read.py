"""Events that readers judged with every slot: whether those that were right are still found so, and whether the
confidence of an event tells the right ones from the wrong.

`events_read.tsv` has a row an event drawn at random from `ukraine2022.jsonl`: its place, its type, the verdict, and no
words of the article. `draw` is the seed it was drawn with. `slots` is a digest of what was judged, empty where the
event was found otherwise by the time the sheet was made: a verdict holds only while the event is found just so.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evals.calibration import Answer, area, calibration_error
from evals.corpora import documents
from evals.measure import Counts, Score
from evals.measure import score as scored
from onrecord.extract.events import typed_events
from onrecord.extract.events.confidence import Weighed, weighed
from onrecord.extract.parse import Passage
from onrecord.model import Document, Event, Mention, Span, canonical_json
from onrecord.pipeline import STEPS, findings

FAMILY = "events_read"
SHEET = Path(__file__).with_name("events_read.tsv")
CORPUS = "ukraine2022"
LAST = "2028"
"""The draw by which the confidence is scored; see `Judged`."""
_STEPS = tuple(step._replace(function=typed_events) if step.gives is Event else step for step in STEPS)


class Read(NamedTuple):
    """A row of the sheet. `verdict`: `right`, or letters of what is wrong, see the head of the sheet."""

    draw: str
    document: str
    trigger: Span
    type: str
    mode: str
    verdict: str
    slots: str


class Judged(NamedTuple):
    """An event that is found as it was judged, the number of its article, and whether it is right. `fresh`: it is of
    the last draw, whose faults no rule was written for; of the others most that were wrong are found otherwise now."""

    article: int
    fresh: bool
    signs: dict[str, float]
    right: bool


@cache
def sheet() -> tuple[Read, ...]:
    rows = [line.split("\t") for line in SHEET.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return tuple(Read(r[0], r[1], Span(start=int(r[2]), end=int(r[3])), *r[4:]) for r in rows[1:])


def digest(event: Event) -> str:
    """What a reader judged of an event, as 12 hexadecimal digits: all but whose word it is and why slots are empty."""
    told = [event.type, event.mode, event.factuality]
    slots = [[one.span for one in slot] for slot in (event.actors, event.recipients, event.places)]
    names = [[one.name for one in slot] for slot in (event.actors, event.recipients)]
    time = event.time and [event.time.span, event.time.begin, event.time.end]
    sizes = [[size.of, str(size.low), str(size.high)] for size in event.sizes]
    return hashlib.sha256(canonical_json([told, slots, names, time, sizes])).hexdigest()[:12]


def events(document: Document) -> Iterator[Weighed]:
    """Our events of an article, with what speaks for and against each."""
    found = findings(document, _STEPS)
    yield from weighed(document, found[Passage], found[Mention], found[Event])


def standing(data: Path) -> tuple[list[Judged], list[Counts]]:
    """The events that are found as they were judged; and of each article those judged right that are, and are not."""
    rows: defaultdict[str, list[Read]] = defaultdict(list)
    for row in sheet():
        if row.slots:
            rows[row.document].append(row)
    judged: list[Judged] = []
    kept: list[Counts] = []
    for number, document in enumerate(documents(data, CORPUS)):
        asked = rows.pop(document.id, None)  # some articles stand in the corpus twice
        if not asked:
            continue
        now = {(one.finding.value.trigger, digest(one.finding.value)): one for one in events(document)}
        found = [(row, now.get((row.trigger, row.slots))) for row in asked]
        judged += [Judged(number, row.draw == LAST, one.signs, row.verdict == "right") for row, one in found if one]
        held = [one is not None for row, one in found if row.verdict == "right"]
        kept.append(Counts(sum(held), 0, len(held) - sum(held)))
    return judged, kept


def score(data: Path) -> Iterator[Score]:
    from training.events.confidence import crossed

    judged, kept = standing(data)
    yield scored(FAMILY, "right ones, still found so", kept, _share)
    answers = [answer for one, answer in zip(judged, crossed(judged), strict=True) if one.fresh]
    by_article = [[a for a in answers if a.article == number] for number in sorted({a.article for a in answers})]

    def over(measure: Callable[[Sequence[Answer]], float]) -> Callable[[Sequence[Sequence[Answer]]], float]:
        return lambda articles: measure([a for article in articles for a in article])

    for name, measure in (
        ("right ranked above wrong", area),
        ("1 - calibration error", lambda a: 1 - calibration_error(a)),
        ("right, of the surer half", surer_half),
    ):
        yield scored(FAMILY, name, by_article, over(measure), n=len(answers))


def surer_half(answers: Sequence[Answer]) -> float:
    """The share that is right of the half with the higher confidence."""
    ordered = sorted(answers, key=lambda answer: -answer.chance)
    half = ordered[: (len(ordered) + 1) // 2]
    return sum(answer.right for answer in half) / len(half) if half else 0.0


def _share(counts: Sequence[Counts]) -> float:
    right, asked = sum(c.tp for c in counts), sum(c.tp + c.fn for c in counts)
    return right / asked if asked else 0.0
