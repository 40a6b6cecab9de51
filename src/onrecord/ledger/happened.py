"""Statements, articles and passages by the day that something is said to have happened, or to be going to."""

import calendar
import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, Table, and_, select

from onrecord.errors import LedgerError
from onrecord.ledger import schema

COARSEST = 31
"""Days. A date that is longer than this, and than the interval that is asked for, says too little of its days: `2022`
is no answer to what happened on 24 February, and is one to what happened in 2022."""

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_t = schema.times.c


def interval(given: str) -> tuple[date, date]:
    """First and last day of a year, a month, a day, or of two of them with `..` between, both inclusive: `2022`,
    `2022-02..2022-03`. With nothing on one side it is open there: `2022-02..`. Raises LedgerError where it is none, or
    ends before it begins."""
    first, two, last = (part.strip() for part in given.partition(".."))
    try:
        if two and (first or last):
            begin = _days(first)[0] if first else date.min
            end = _days(last)[1] if last else date.max
        else:
            begin, end = _days(first)
    except ValueError:
        begin, end = date.max, date.min
    if begin > end:
        raise LedgerError(
            f"{given[:60]!r} is no interval of days; give a year, a month, a day, or two with .. between: "
            "2022-02-24, 2022-02..2022-03, 2022.."
        )
    return begin, end


def _days(text: str) -> tuple[date, date]:
    """Raises ValueError."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    year, *rest = (int(part) for part in text.split("-"))
    month, day = (*rest, None, None)[:2]
    last = 12 if month is None else month
    begin = date(year, month or 1, day or 1)
    return begin, begin if day else date(year, last, calendar.monthrange(year, last)[1])


def statements(given: str) -> Select[Any]:
    """The numbers of the statements in whose content a date of these days stands."""
    return select(_t.statement).where(within(given), _t.statement.is_not(None))


def documents(given: str) -> Select[Any]:
    """The numbers of the documents in which one stands."""
    return select(_t.document).where(within(given), _t.statement.is_(None))


def passages(given: str) -> Select[Any]:
    """The numbers of the passages in which one stands."""
    date_, passage = schema.entries.c, schema.passages.c
    return (
        select(passage.seq)
        .join_from(schema.times, schema.entries, date_.seq == _t.entry)
        .join(
            schema.passages,
            and_(
                passage.document == _t.document,
                passage.start <= date_.position,
                passage.stop > date_.position,
            ),
        )
        .where(within(given), _t.statement.is_(None))
    )


def within(given: str, table: Table = schema.times) -> Any:
    """Of rows with the columns `begin`, `stop` and `days`, those that speak of these days."""
    return overlapping(given, table.c.begin, table.c.stop, table.c.days)


def overlapping(given: str, begin: Any, stop: Any, days: Any) -> Any:
    """What has a day in common with an interval, and says enough of its days (`COARSEST`); the columns are those of the
    first and last day and of how many they are."""
    first, last = interval(given)
    longest = max(COARSEST, (last - first).days + 1)
    # Nothing so short can have begun earlier: the index need not be read from its start.
    earliest = first - timedelta(days=min(longest, first.toordinal() - 1))
    return and_(
        begin >= earliest.isoformat(),
        begin <= last.isoformat(),
        stop >= first.isoformat(),
        days <= longest,
    )
