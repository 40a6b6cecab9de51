"""Events and commitments counted by day, month or year: the bars of a timeline, and what is too vague for a bar."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, case, func, not_, select

from onrecord.ledger import happened, schema
from onrecord.ledger.acts import AXES, ActFilter, Axis, conditions
from onrecord.ledger.located import TOLD

UNITS = {10: "day", 7: "month", 4: "year", 3: "decade", 2: "century"}
"""How many characters of an ISO date name which period."""
_BARS = 100  # at most
_STRETCHES = 12
_FENCE = 3
"""How many times the spread of the middle half lies between it and what is left for the links to what is before and
after: the outer fences of Tukey 1977, *Exploratory Data Analysis*. News names a day of 1980 now and then, and one such
must not shrink the rest to a line."""
_NEAR = timedelta(days=7)  # what the spread is taken for at least


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """Acts whose days all lie within a period: `2022-02-24`, `2022-02`, `2022`, `202` for a decade. `within`: it as an
    interval (see `happened.interval`). `told`: events that are told as facts, by somebody; `untold`: other events."""

    period: str
    within: str
    told: int = 0
    untold: int = 0
    commitments: int = 0

    @property
    def n(self) -> int:
        return self.told + self.untold + self.commitments


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """`n` acts of which the text says no more than that they lie between two days, both inclusive, as no bar does."""

    begin: str
    end: str
    n: int


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked along one of its times. `bars` are every period from the first to the last that is shown, also
    those with nothing in them, of one `unit`; `stretches` the most frequent of those that are longer than a bar, and
    `stretched` how many acts these are in all; `before` and `after`: how many begin outside of the bars; `undated`: how
    many have no day on this axis; `first` and `last` day of the bars, None where there are none."""

    axis: Axis
    unit: str
    bars: tuple[Bar, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    stretched: int = 0
    before: int = 0
    after: int = 0
    undated: int = 0
    first: str | None = None
    last: str | None = None


def timeline(connection: Connection, asked: ActFilter) -> Timeline:
    """See `Ledger.timeline`."""
    begin, stop = AXES[asked.axis]
    holds = list(conditions(connection, msgspec.structs.replace(asked, stretch=None, dated=None)))

    def count(*further: Any) -> int:
        query = select(func.count()).select_from(schema.acts)
        return int(connection.execute(query.where(*holds, *further)).scalar_one())

    undated = count(begin == "")
    window = _window(connection, asked.axis, holds, _given(asked))
    if window is None:
        return Timeline(axis=asked.axis, unit=UNITS[10], undated=undated)
    length = next(k for k in UNITS if k == 2 or len(_periods(*window, k)) <= _BARS)
    periods = _periods(*window, length)
    period = func.substr(begin, 1, length)
    shown = and_(period >= periods[0], period <= periods[-1])
    fits = and_(period == func.substr(stop, 1, length), func.length(begin) >= length)
    query = select(period, _SORT, func.count()).where(*holds, shown, fits).group_by(period, _SORT)
    counted: dict[str, dict[str, int]] = {}
    for name, sort, n in connection.execute(query):
        counted.setdefault(name, {})[sort] = n
    ends = (func.substr(begin, 1, 10), func.substr(stop, 1, 10))
    longer = select(*ends, func.count()).where(*holds, shown, not_(fits)).group_by(*ends)
    most = longer.order_by(func.count().desc(), *ends).limit(_STRETCHES)
    return Timeline(
        axis=asked.axis,
        unit=UNITS[length],
        bars=tuple(Bar(period=each, within=_interval(each), **counted.get(each, {})) for each in periods),
        stretches=tuple(_stretch(*row) for row in connection.execute(most)),
        stretched=count(shown, not_(fits)),
        before=count(begin > "", period < periods[0]),
        after=count(period > periods[-1]),
        undated=undated,
        first=_ends(periods[0])[0].isoformat(),
        last=_ends(periods[-1])[1].isoformat(),
    )


_SORT = case(
    (schema.acts.c.kind == "commitment", "commitments"),
    (schema.acts.c.factuality.in_(TOLD), "told"),
    else_="untold",
)


def _window(
    connection: Connection, axis: Axis, holds: Sequence[Any], given: tuple[str, str] | None
) -> tuple[str, str] | None:
    """First and last day to show: those that were chosen, and of a choice that is open on a side, or none, the part in
    which most lies. None where nothing does."""
    begin, stop = AXES[axis]
    if given and date.min.isoformat() < given[0] and given[1] < date.max.isoformat():
        return given
    dated = connection.execute(select(func.count()).select_from(schema.acts).where(*holds, begin > "")).scalar_one()
    if not dated:
        return None

    def day(column: Any, offset: int) -> str:
        query = select(column).where(*holds, begin > "").order_by(column).offset(offset).limit(1)
        return str(connection.execute(query).scalar_one())

    low, high = _fences(day(begin, (dated - 1) // 4), day(stop, -(-3 * (dated - 1) // 4)))
    near = select(func.min(begin).filter(begin >= low), func.max(stop).filter(stop <= high))
    first, last = connection.execute(near.where(*holds, begin > "")).one()
    return (max(given[0], first), min(given[1], last)) if given else (first, last)


def _fences(one: str, other: str) -> tuple[str, str]:
    """Of two days, between which the middle half of all lies."""
    low, high = _ends(one[:10])[0], _ends(other[:10])[1]
    spread = _FENCE * max(high - low, _NEAR)
    below, above = min(spread, low - date.min), min(spread, date.max - high)
    return (low - below).isoformat(), (high + above).isoformat()


def _given(asked: ActFilter) -> tuple[str, str] | None:
    """The interval that the axis is narrowed down to."""
    within = {"event": asked.happened, "said": asked.said, "published": None}[asked.axis]
    if asked.axis == "published" and (asked.published_from or asked.published_to):
        within = f"{asked.published_from or ''}..{asked.published_to or ''}"
    if not within:
        return None
    first, last = happened.interval(within)
    return first.isoformat(), last.isoformat()


def _periods(first: str, last: str, length: int) -> list[str]:
    """Every period of so many characters from the one that holds the first day to the one that holds the last; two
    more than there are bars for say that it is too fine."""
    if length == 10:
        one, other = _ends(first)[0], _ends(last)[1]
        days = min((other - one).days, _BARS + 1)
        return [(one + timedelta(days=each)).isoformat() for each in range(days + 1)]
    if length == 7:
        one, other = _ends(first)[0], _ends(last)[1]
        months = range(one.year * 12 + one.month - 1, other.year * 12 + other.month)
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months[: _BARS + 2]]
    return [f"{each:0{length}}" for each in range(int(first[:length]), int(last[:length]) + 1)]


def _ends(period: str) -> tuple[date, date]:
    """First and last day of `20`, `202`, `2022`, `2022-02`, `2022-02-24`."""
    if len(period) < 4:
        low, high = period.ljust(4, "0"), period.ljust(4, "9")
        return date(max(1, int(low)), 1, 1), date(int(high), 12, 31)
    return happened.interval(period[:10])


def _interval(period: str) -> str:
    if len(period) >= 4:
        return period
    first, last = _ends(period)
    return f"{first.year:04}..{last.year:04}"


def _stretch(begin: str, end: str, n: int) -> Stretch:
    """Publication may be known to the year or month alone."""
    return Stretch(begin=_ends(begin)[0].isoformat(), end=_ends(end)[1].isoformat(), n=n)
