"""The six layers of the article page, in the order of their keys, and how a value of each is put in few signs."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple, get_args

from onrecord.model import Commitment, EntryKind, Event, Figure, Moment, Place, Statement, Timex, Value

_KNOWN = frozenset(get_args(EntryKind))


class Layer(NamedTuple):
    """`kind`: the entries' kind and the CSS class. `path`: their list. `extracted` is False for kinds that this
    version does not know yet: they keep their key, so that no key changes its meaning later."""

    kind: str
    one: str
    many: str
    path: str

    @property
    def extracted(self) -> bool:
        return self.kind in _KNOWN


LAYERS = (
    Layer("statement", "statement", "statements", "/statements"),
    Layer("figure", "figure", "figures", "/figures"),
    Layer("timex", "date", "dates", "/dates"),
    Layer("place", "place", "places", "/places"),
    Layer("event", "event", "events", "/events"),
    Layer("commitment", "commitment", "commitments", "/commitments"),
)
MODS = {
    "BEFORE": "before ",
    "AFTER": "after ",
    "ON_OR_BEFORE": "by ",
    "ON_OR_AFTER": "from ",
    "LESS_THAN": "< ",
    "MORE_THAN": "> ",
    "EQUAL_OR_LESS": "≤ ",
    "EQUAL_OR_MORE": "≥ ",
    "START": "start of ",
    "MID": "middle of ",
    "END": "end of ",
    "APPROX": "≈ ",
}
CHANGES = {"up": "↑ ", "down": "↓ ", None: ""}
_LONGEST_NUMBER = 24
_CALENDAR = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def number(value: Decimal) -> str:
    """Digits with thin thousands, or the power of ten where they would be too many to read."""
    if not value.is_finite() or value.adjusted() > _LONGEST_NUMBER or value.adjusted() < -_LONGEST_NUMBER:
        return str(value)
    return f"{value.normalize():,f}".replace(",", "\u202f")


def _figure(figure: Figure) -> str:
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        size = number(low) if low == high else f"{number(low)}–{number(high)}"
    elif low is not None:
        size = f"≥ {number(low)}"
    elif high is not None:
        size = f"≤ {number(high)}"
    else:
        size = "not resolved"
    of = "" if figure.unit == "1" else figure.unit  # the code of a part of a whole, which needs no sign
    unit = " ".join(filter(None, [of, f"per {figure.per}" if figure.per else ""]))
    return f"{CHANGES[figure.change]}{'≈ ' if figure.approximate else ''}{size} {unit}".rstrip()


def _timex(timex: Timex) -> str:
    if timex.value is None:
        return "not resolved"
    value = timex.value
    if timex.begin and timex.end and not _CALENDAR.fullmatch(value):
        days = timex.begin if timex.begin == timex.end else f"{timex.begin} to {timex.end}"
        value = f"{days} ({value})" if "/" not in value else days
    return MODS.get(timex.mod or "", "") + value


_SENSES = {"government": "its government", "people": "its people", "name": "in a name"}


def _place(place: Place) -> str:
    if place.gazetteer_id is None:
        return "not resolved"
    sense = "" if place.sense == "location" else f"; {_SENSES[place.sense]}"
    return ", ".join(filter(None, [place.name, place.country])) + f" ({place.precision}{sense})"


def _statement(statement: Statement) -> str:
    return " · ".join(filter(None, [statement.style, statement.polarity, statement.certainty, statement.attitude]))


def _event(event: Event) -> str:
    return " · ".join(filter(None, [event.type, event.mode, *event.contexts, event.factuality]))


def days(time: Moment) -> str | None:
    """First and last day of an event or a due date; the value itself where it says no days."""
    if time.begin and time.end:
        return time.begin if time.begin == time.end else f"{time.begin} to {time.end}"
    if time.begin or time.end:
        return f"from {time.begin}" if time.begin else f"until {time.end}"
    return time.value


def _commitment(commitment: Commitment) -> str:
    due = days(commitment.due) if commitment.due else None
    return " · ".join(filter(None, [commitment.class_, due and f"due {due}", commitment.state]))


_DESCRIPTIONS: dict[type[Any], Callable[[Any], str]] = {
    Figure: _figure,
    Timex: _timex,
    Place: _place,
    Statement: _statement,
    Event: _event,
    Commitment: _commitment,
}


def describe(value: Value) -> str:
    """The value in signs and published codes, never in a sentence; `not resolved` where the text did not give it."""
    return _DESCRIPTIONS.get(type(value), lambda value: "")(value)
