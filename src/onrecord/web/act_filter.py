"""What an address asks of the events and commitments of a ledger."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args, get_type_hints

from onrecord.ledger import ActFilter, Axis
from onrecord.model import Commitment, EventType, Factuality
from onrecord.web.query import Query, wrong

AXES: tuple[Axis, ...] = get_args(Axis)
CLASSES: tuple[str, ...] = get_args(get_type_hints(Commitment)["class_"])
STATES: tuple[str, ...] = get_args(get_type_hints(Commitment)["state"])
SURE = ("50", "70", "80", "90")
"""Percent of confidence that a list can be narrowed down to."""
FILTERS = frozenset(
    {"kind", "type", "factuality", "state", "party", "voice", "own", "publisher", "from", "to", "happened", "said"}
    | {"overdue", "date", "stretch", "missing", "sure"}
)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("event", "commitment"),
    "type": (*get_args(EventType), *CLASSES),
    "factuality": get_args(Factuality),
    "state": STATES,
    "own": ("yes", "no"),
    "overdue": ("yes",),
    "date": AXES,
    "missing": ("day",),
    "sure": SURE,
}


def act_filter(query: Query, today: date, **fixed: Any) -> ActFilter:
    """The filter of a query; `fixed` is what the list itself narrows down, and `today` what tells what is overdue.
    Raises Refused (400) naming a parameter that holds what it may not."""
    given = query.given()
    for name, choices in _CHOICES.items():
        if name in given and given[name] not in choices:
            raise wrong(name, f"is {given[name][:40]!r}", f"give one of {', '.join(choices)}")
    asked: dict[str, Any] = {
        "kind": query.kind or None,
        "type": query.type or None,
        "factuality": query.factuality or None,
        "state": query.state or None,
        "party": query.party or None,
        "voice": query.voice or None,
        "own": {"yes": True, "no": False}.get(query.own),
        "publisher": query.publisher or None,
        "published_from": query.from_ or None,
        "published_to": query.to or None,
        "happened": query.happened or None,
        "said": query.said or None,
        "overdue": today.isoformat() if query.overdue else None,
        "axis": query.date or "event",
        "stretch": query.stretch or None,
        "dated": False if query.missing else None,
        "sure": int(query.sure) / 100 if query.sure else None,
    }
    return ActFilter(**asked | fixed)
