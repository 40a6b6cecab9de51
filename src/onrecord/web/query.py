"""What an address asks for, checked before the ledger is asked: the state of a page is in its path and query alone."""

import re
from datetime import date as Date  # `date` is a parameter
from typing import Any, get_args, get_type_hints

import msgspec
from starlette.datastructures import QueryParams

from onrecord.errors import LedgerError
from onrecord.ledger.happened import interval
from onrecord.model import Span, Statement
from onrecord.web.page import href

STYLES: tuple[str, ...] = get_args(get_type_hints(Statement)["style"])
LONGEST = 500
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


class Refused(Exception):
    """An address that cannot be answered. `status` is HTTP's; `heading`, `cause` and `step` are for the page."""

    def __init__(self, status: int, heading: str, cause: str, step: str) -> None:
        super().__init__(f"{heading}: {cause}; {step}")
        self.status, self.heading, self.cause, self.step = status, heading, cause, step


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters of a list. Those left out do not filter. `today` is no parameter: it tells what is overdue."""

    q: str = ""
    speaker: str = ""
    about: str = ""
    publisher: str = ""
    style: str = ""
    type: str = ""
    kind: str = ""
    factuality: str = ""
    state: str = ""
    party: str = ""
    voice: str = ""
    own: str = ""
    overdue: str = ""
    place: str = ""
    precision: str = ""
    box: str = ""
    from_: str = msgspec.field(default="", name="from")
    to: str = ""
    happened: str = ""
    said: str = ""
    date: str = ""
    stretch: str = ""
    missing: str = ""
    sure: str = ""
    status: str = ""
    order: str = ""
    after: str = ""
    today: Date = Date.min

    def given(self) -> dict[str, str]:
        """The parameters that hold something, by their names in an address."""
        return {name: value for name, value in msgspec.to_builtins(self).items() if value and name != "today"}

    def filters(self) -> dict[str, str]:
        """Those of them that leave rows out."""
        return {name: value for name, value in self.given().items() if name not in ("order", "after")}

    def path(self, path: str, **change: str) -> str:
        """The address of `path` with this query, changed; a change of a filter goes back to the first page."""
        return href(path, **({**self.given(), "after": ""} | change))

    def at(self, after: str) -> "Query":
        """The same list, from a later page on."""
        return self.but(after=after)

    def but(self, **change: str) -> "Query":
        """The same query but for these parameters."""
        return msgspec.structs.replace(self, **change)


_NAMES = frozenset(field.encode_name for field in msgspec.structs.fields(Query)) - {"today"}


def parse(given: QueryParams, allowed: frozenset[str] | None = None, today: Date = Date.min) -> Query:
    """The query of a list; empty parameters are none. Raises Refused (400) naming one that cannot be."""
    values: dict[str, Any] = {}
    for name, raw in given.multi_items():
        value = raw.strip()
        if not value:
            continue
        if name not in _NAMES or (allowed is not None and name not in allowed):
            raise wrong(name, "is no filter of this list", "leave it out")
        if len(value) > LONGEST:
            raise wrong(name, f"has {len(value)} characters", f"give at most {LONGEST}")
        if "\0" in value:
            raise wrong(name, "holds a character that no text has", "leave it out")
        values[name] = value
    for name in ("from", "to"):
        if name in values and not _is_date(values[name]):
            raise wrong(name, f"is {values[name]!r}", "give a year, a month or a day: 2026, 2026-03 or 2026-03-04")
    for name in ("happened", "said", "stretch"):
        try:
            interval(values.get(name, "2026"))
        except LedgerError:
            step = "give a day, a month, a year, or two: 2026-03..2026-04"
            raise wrong(name, f"is {values[name][:40]!r}", step) from None
    if "style" in values and values["style"] not in STYLES:
        raise wrong("style", f"is {values['style']!r}", f"give one of {', '.join(STYLES)}")
    return msgspec.convert(values | {"today": today}, Query)


def span(name: str, value: str) -> Span:
    """A range as `120-180`. Raises Refused (400)."""
    found = _SPAN.fullmatch(value)
    if not found or int(found[1]) > int(found[2]):
        raise wrong(name, f"is {value[:40]!r}", "give two character numbers, as in 120-180")
    return Span(start=int(found[1]), end=int(found[2]))


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        Date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True


def wrong(name: str, cause: str, step: str) -> Refused:
    """The error for a parameter that holds what it may not."""
    return Refused(
        400, "The address asks for what cannot be", f"The parameter “{name}” {cause}.", f"{step[0].upper()}{step[1:]}."
    )
