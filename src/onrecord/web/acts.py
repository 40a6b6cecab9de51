"""Events and commitments for the pages: what fills each slot and where, or why it is empty; whose word it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from onrecord.errors import LedgerError
from onrecord.ledger.happened import interval
from onrecord.model import (
    Commitment,
    Document,
    Entry,
    Event,
    Moment,
    Participant,
    Span,
    Statement,
    Voice,
    chain,
    kind_of,
)
from onrecord.web.layers import days, describe
from onrecord.web.marks import Mark

_LIVE_WORDS = 120
_WHY = {
    "not said": "not said",
    "passive": "not said, the sentence is passive",
    "pronoun": "a pronoun that leads to nobody",
    "several candidates": "several could fill it",
    "implicit": "all who take part are actors",
}
"""Why a slot is empty, for the reader; a reason that is not here is shown as it is."""


class Slot(NamedTuple):
    """What fills a slot. `label`: what the page calls it. `words` are those of `span`; `who`: the name behind them
    where they are another (`she`); `days`: first and last day; `place`: the gazetteer's id. An empty slot has no span
    and says `why`."""

    label: str
    words: str = ""
    span: Span | None = None
    who: Voice | None = None
    days: str = ""
    place: str = ""
    why: str = ""


class Told(NamedTuple):
    """What is told of the slots: those of one name together, in their order, and those that are empty."""

    rows: Sequence[tuple[str, Sequence[Slot]]]
    empty: Sequence[Slot]


def told(slots: Iterable[Slot]) -> Told:
    rows: dict[str, list[Slot]] = {}
    empty = []
    for slot in slots:
        if slot.span:
            rows.setdefault(slot.label, []).append(slot)
        else:
            empty.append(slot)
    return Told(list(rows.items()), empty)


class Act(NamedTuple):
    """An event or a commitment beside the text. `number` counts those of its kind from 1 in reading order; `chain`
    runs from the outlet inward; `voice` is the number of the statement that it stands in, None in the outlet's own
    words; `again`: where the article tells of the same event again."""

    ref: str
    kind: str
    number: int
    value: Event | Commitment
    words: str
    status: str
    chain: tuple[Voice, ...]
    voice: int | None
    slots: tuple[Slot, ...]

    @property
    def label(self) -> str:
        return describe(self.value)

    @property
    def filled(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.span]

    @property
    def told(self) -> Told:
        return told(self.slots)

    @property
    def due(self) -> str:
        """First and last day of what a commitment is due by; "" where it has none."""
        value = self.value
        return (days(value.due) if isinstance(value, Commitment) and value.due else None) or ""

    @property
    def named(self) -> bool:
        """Whether whose word it is has a name."""
        return self.voice is None or self.chain[-1].entity is not None

    @property
    def line(self) -> str:
        """One line for a screen reader: what it is, in which words, and what fills its slots."""
        filled = "; ".join(f"{slot.label}: {slot.words}" for slot in self.filled)
        words = " ".join(f"{self.label}: {self.words}; {filled}".split())
        return words if len(words) <= _LIVE_WORDS else words[:_LIVE_WORDS].rsplit(" ", 1)[0] + " …"


def slots(value: Event | Commitment, text: str) -> Iterator[Slot]:
    """Each slot in order, one row for each of those who fill it."""
    if isinstance(value, Event):
        yield from _event(value, text)
        return
    for label, one in (("who", value.by), ("to whom", value.to)):
        yield _participant(label, one, text) if one else Slot(label, why="not said")
    for content in value.contents:
        yield Slot("what", content.of(text), content)
    if value.condition:
        yield Slot("condition", value.condition.of(text), value.condition)
    yield _moment("due", value.due, text) if value.due else Slot("due", why="no time is named")


def _event(event: Event, text: str) -> Iterator[Slot]:
    why = {each.slot: _WHY.get(each.reason, each.reason) for each in event.missing}
    for actor in event.actors:
        yield _participant("actor", actor, text)
    if "actors" in why:
        yield Slot("actor", why=why["actors"])
    for recipient in event.recipients:
        yield _participant("recipient", recipient, text)
    if "recipients" in why:
        yield Slot("recipient", why=why["recipients"])
    if event.time or "time" in why:
        yield _moment("time", event.time, text) if event.time else Slot("time", why=why["time"])
    for place in event.places:
        yield Slot("place", place.span.of(text), place.span, place=place.gazetteer_id or "")
    if "places" in why:
        yield Slot("place", why=why["places"])
    for size in event.sizes:
        yield Slot(size.of, size.span.of(text), size.span)
    for mention in event.mentions:
        yield Slot("told again", mention.of(text), mention)


def _participant(label: str, one: Participant, text: str) -> Slot:
    words = one.span.of(text)
    known = one.name and one.name.casefold() not in words.casefold()
    return Slot(label, words, one.span, who=Voice(name=one.name, entity=one.entity) if known else None)


def _moment(label: str, one: Moment, text: str) -> Slot:
    return Slot(label, one.span.of(text), one.span, days=days(one) or "")


def acts(
    document: Document,
    entries: Sequence[Entry],
    numbers: Mapping[str, int],
    statuses: Mapping[str, str] | None = None,
    gone: Sequence[Entry] = (),
) -> list[Act]:
    """The events and commitments in reading order. `numbers`: of the statements, by their ids; `gone`: as in
    `article.cards`."""
    by_id = {e.id: e for e in (*entries, *gone) if isinstance(e.value, Statement)}
    counts: dict[str, int] = {}
    made = []
    for entry in sorted(entries, key=lambda e: e.selectors[0].span if e.selectors else Span(start=0, end=0)):
        value = entry.value
        if not isinstance(value, Event | Commitment):
            continue
        kind = kind_of(value)
        counts[kind] = counts.get(kind, 0) + 1
        made.append(
            Act(
                ref=entry.id,
                kind=kind,
                number=counts[kind],
                value=value,
                words=value.trigger.of(document.text),
                status=(statuses or {}).get(entry.id, "proposed"),
                chain=chain(document, value.voice, by_id),
                voice=numbers.get(value.voice or ""),
                slots=tuple(slots(value, document.text)),
            )
        )
    return made


def overdue(value: Event | Commitment, today: date) -> str:
    """The day since which a commitment that is open is overdue, ISO; "" where it is not, or is due on no day. That is
    what the calendar says, and no judgement: its state stays `open`."""
    if not isinstance(value, Commitment) or value.state != "open" or not value.due or not value.due.end:
        return ""
    try:
        last = interval(value.due.end)[1]
        return (last + timedelta(days=1)).isoformat() if last < today else ""
    except (LedgerError, OverflowError):
        return ""


def place_id(span: Span) -> str:
    """What the words of a slot are called in the page: those of two slots may be the same words."""
    return f"{span.start}-{span.end}"


def act_marks(acts: Iterable[Act], *, anchors: bool = True) -> Iterator[Mark]:
    """The words that tell of each, and once each stretch of words that fills a slot, whatever it fills."""
    drawn: set[Span] = set()
    for act in acts:
        yield Mark(
            span=act.value.trigger,
            layer=act.kind,
            ref=act.ref,
            anchor=f"e-{act.ref}" if anchors else "",
            title=act.label,
        )
        for slot in act.filled:
            if slot.label == "told again" and slot.span:
                yield Mark(span=slot.span, layer=act.kind, ref=act.ref, title=act.label)
            if slot.span and slot.span not in drawn:
                drawn.add(slot.span)
                ref = place_id(slot.span)
                yield Mark(span=slot.span, layer="slot", ref=ref, anchor=f"w-{ref}" if anchors else "")
