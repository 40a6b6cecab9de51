"""The lists of events and commitments: whose word each is, what fills its slots, when it was or falls due."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from onrecord.errors import NotFound
from onrecord.ledger import ActFilter, ActOrder, EntryRow, FacetValue, Ledger, Page
from onrecord.ledger.acts import ActKind
from onrecord.model import Commitment, Entry, Event, Moment
from onrecord.web.act_filter import SURE, act_filter
from onrecord.web.acts import Slot, overdue, slots, told
from onrecord.web.entry_shelf import ENTRY, Placed, placed, record_entry, show_entry
from onrecord.web.layers import days
from onrecord.web.page import place_path
from onrecord.web.query import Query
from onrecord.web.shelf import Choice, Facet, Field, Shelf

FACETS_SECONDS = 0.2
"""What the counts beside a list may take; what takes longer is said to be missing."""
_FILTERS = frozenset(
    {"type", "party", "voice", "own", "publisher", "from", "to", "happened", "said", "missing", "order", "after"}
)
_KINDS = {"event": "events", "commitment": "commitments"}
_OVERDUE = {"yes": "overdue"}
_MISSING = {"day": "no day"}
_SURE = {percent: f"{percent}% or more" for percent in SURE}
_CHIPS = {"party": "takes part", "happened": "days", "publisher": "outlet"}
"""What a filter is called where its name in an address says too little."""
_OWN = {"yes": "the outlet’s own", "no": "of those it cites"}


class Listed(NamedTuple):
    """An event or commitment of a list, and the day since which it is overdue, or ""."""

    placed: Placed
    overdue: str

    @property
    def value(self) -> Event | Commitment:
        value = self.placed.row.entry.value
        assert isinstance(value, Event | Commitment)  # noqa: S101  the table holds no other
        return value


def _asked(query: Query, kind: ActKind) -> ActFilter:
    return act_filter(query, query.today, kind=kind)


def _fetch(kind: ActKind, ledger: Ledger, query: Query, limit: int) -> Page[Listed]:
    first: ActOrder = "newest" if kind == "event" else "due"
    order: ActOrder = next((known for known in ("newest", "event", "due", "unsure") if known == query.order), first)
    found = ledger.acts(_asked(query, kind), after=query.after or None, limit=limit, order=order)
    return Page(rows=tuple(listed(ledger, found.rows, query.today)), after=found.after)


def listed(ledger: Ledger, rows: Iterable[EntryRow], today: date) -> Iterator[Listed]:
    """The events and commitments of a page of a list, in their order."""
    for each in placed(ledger, rows):
        value = each.row.entry.value
        yield Listed(each, overdue(value, today) if isinstance(value, Commitment) else "")


def show(listed: Listed, query: Query) -> dict[str, Any]:
    """A row for `act_list.html`."""
    value, document = listed.value, listed.placed.document

    def words_of(slot: Slot) -> str:
        span = slot.span or value.trigger
        return place_path(document.id, span.start, span.end)

    time = value.time if isinstance(value, Event) else value.due
    every = list(slots(value, document.text))
    return show_entry(listed.placed, [slot.span for slot in every if slot.span]) | {
        "kind": listed.placed.row.kind,
        "status": listed.placed.row.status,
        "path": f"/e/{listed.placed.row.entry.id}",
        "labels": [value.type, value.mode, *value.contexts] if isinstance(value, Event) else [value.class_],
        "standing": value.factuality if isinstance(value, Event) else value.state,
        "days": (days(time) or "") if time else "",
        "overdue": listed.overdue,
        "score": score(listed.placed.row.entry) if isinstance(value, Event) else None,
        "said": "",
        "told": told(every),
        "words_of": words_of,
    }


def score(entry: Entry) -> float | None:
    """The confidence of its last derivation."""
    return entry.derivations[-1].score if entry.derivations else None


_EVENT = ("type", "mode", "factuality", "score", "actors", "recipients", "places", "time", "begin", "end")
_COMMITMENT = ("class", "state", "by", "to", "contents", "condition", "due", "begin", "end", "overdue_since")


def _record_event(listed: Listed) -> Mapping[str, Any]:
    event, text = listed.value, listed.placed.document.text
    assert isinstance(event, Event)  # noqa: S101  for the type checker: this list holds no other
    filled = {name: getattr(event, name) for name in ("actors", "recipients", "places")}
    return {
        **record_entry(listed.placed),
        **{name: getattr(event, name) for name in ("type", "mode", "factuality")},
        "score": score(listed.placed.row.entry),
        **{name: " | ".join(one.span.of(text) for one in each) for name, each in filled.items()},
        **_when("time", event.time, text),
    }


def _record_commitment(listed: Listed) -> Mapping[str, Any]:
    value, text = listed.value, listed.placed.document.text
    assert isinstance(value, Commitment)  # noqa: S101  for the type checker: this list holds no other
    return {
        **record_entry(listed.placed),
        "class": value.class_,
        "state": value.state,
        "by": value.by.span.of(text) if value.by else None,
        "to": value.to.span.of(text) if value.to else None,
        "contents": " | ".join(span.of(text) for span in value.contents),
        "condition": value.condition.of(text) if value.condition else None,
        **_when("due", value.due, text),
        "overdue_since": listed.overdue or None,
    }


def _when(name: str, moment: Moment | None, text: str) -> Mapping[str, Any]:
    if moment is None:
        return {name: None, "begin": None, "end": None}
    return {name: moment.span.of(text), "begin": moment.begin, "end": moment.end}


def facets(ledger: Ledger, query: Query, ask: Callable[[Query], ActFilter]) -> tuple[list[Facet], Sequence[str]]:
    """The counts beside a list of what `ask` asks of a query; what the list holds none of is left out by the page."""
    asked = ask(query)
    found = ledger.act_facets(asked, seconds=FACETS_SECONDS)
    mixed = asked.kind is None or bool(query.kind)

    def choices(values: Sequence[FacetValue], name: str) -> list[Choice]:
        return [Choice(value.label, value.n, {name: value.value}) for value in values]

    def counted(**values: Mapping[str, str]) -> list[Choice]:
        """A choice for each value of each filter, with its label; those that would leave nothing are left out."""
        changes = [(label, {name: value}) for name, labels in values.items() for value, label in labels.items()]
        counts = [(label, ledger.count_acts(ask(query.but(**change))).n, change) for label, change in changes]
        return [Choice(label, n, change) for label, n, change in counts if n]

    due: list[Choice] = []
    if asked.kind == "commitment":
        to_come = {f"{query.today.isoformat()}..": "today or later"}
        due = counted(overdue=_OVERDUE, happened=to_come, missing=_MISSING)
    elif asked.kind is None:
        due = counted(overdue=_OVERDUE)
    return [
        Facet("What", counted(kind=_KINDS) if mixed else []),
        Facet("Due", due),
        Facet("Class" if asked.kind == "commitment" else "Type", choices(found.type, "type")),
        Facet("Factuality", choices(found.factuality, "factuality")),
        Facet("Confidence", [] if asked.kind == "commitment" else counted(sure=_SURE)),
        Facet("State", choices(found.state, "state")),
        Facet("Whose word", counted(own=_OWN)),
        Facet("Voice", choices(found.voice, "voice")),
        Facet("Who, to whom" if asked.kind == "commitment" else "Who takes part", choices(found.party, "party")),
        Facet("Outlet", choices(found.publisher, "publisher")),
    ], [_CHIPS.get(name, name) for name in found.timed_out]


def chip(ledger: Ledger, name: str, value: str) -> str:
    """What a filter in force is called."""
    if name in ("voice", "party"):
        with suppress(NotFound):
            value = ledger.actor(value).name
    if name == "own":
        return f"whose word: {_OWN[value]}"
    if name == "sure":
        return f"confidence: {_SURE[value]}"
    if name in ("overdue", "missing"):
        return {**_OVERDUE, **_MISSING}[value]
    return f"{_CHIPS.get(name, name)}: {value}"


EVENTS = Shelf(
    path="/events",
    heading="Events",
    one="event",
    many="events",
    nothing="No event was found in the articles of this ledger.",
    template="act_list.html",
    filters=_FILTERS | {"factuality", "sure"},
    columns=(*ENTRY, *_EVENT),
    fetch=lambda ledger, query, limit: _fetch("event", ledger, query, limit),
    total=lambda ledger, query: ledger.count_acts(_asked(query, "event")),
    show=show,
    record=_record_event,
    line=lambda listed: listed.placed.row,
    facets=lambda ledger, query: facets(ledger, query, lambda asked: _asked(asked, "event")),
    chip=chip,
    orders={"newest": "newest article first", "event": "by the day of the event", "unsure": "least sure first"},
    fields=(
        Field("happened", "Days of the event", "2026-03-01..2026-03-14"),
        Field("party", "Who takes part", "a name"),
        Field("voice", "Who says so", "a name"),
    ),
)

COMMITMENTS = Shelf(
    path="/commitments",
    heading="Commitments",
    one="commitment",
    many="commitments",
    nothing="No commitment was found in the articles of this ledger.",
    template="act_list.html",
    filters=_FILTERS | {"state", "overdue"},
    columns=(*ENTRY, *_COMMITMENT),
    fetch=lambda ledger, query, limit: _fetch("commitment", ledger, query, limit),
    total=lambda ledger, query: ledger.count_acts(_asked(query, "commitment")),
    show=show,
    record=_record_commitment,
    line=lambda listed: listed.placed.row,
    facets=lambda ledger, query: facets(ledger, query, lambda asked: _asked(asked, "commitment")),
    chip=chip,
    orders={"due": "by the day it falls due", "newest": "newest article first"},
    fields=(
        Field("happened", "Due", "2026-03-01..2026-03-14"),
        Field("party", "Who, or to whom", "a name"),
        Field("voice", "Who says so", "a name"),
    ),
)
