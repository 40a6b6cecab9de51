"""Values of TIMEX3 as calendar periods: made from a date, shifted, and read back as first and last day.

A value is an ISO 8601 prefix or one of TIMEX3's extensions of it: `2023`, `2023-06`, `2023-06-11`, `2023-W23`,
`2023-W23-WE`, `2023-Q2`, `2023-H1`, `2023-SU`, `199` (decade), `19` (century, counted from 1900), `2` (millennium).
"""

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

_SHAPES = (
    ("D", re.compile(r"(\d{4})-(\d\d)-(\d\d)")),
    ("M", re.compile(r"(\d{4})-(\d\d)")),
    ("W", re.compile(r"(\d{4})-W(\d\d)")),
    ("WE", re.compile(r"(\d{4})-W(\d\d)-WE")),
    ("Q", re.compile(r"(\d{4})-Q([1-4])")),
    ("HY", re.compile(r"(\d{4})-H([12])")),
    ("S", re.compile(r"(\d{4})-(SP|SU|FA|WI)")),
    ("Y", re.compile(r"(\d{4})")),
    ("E", re.compile(r"(\d{3})")),
    ("C", re.compile(r"(\d\d)")),
    ("L", re.compile(r"(\d)")),
)

_SECONDS_OF_DAY = {"S", "MIN", "H"}

UNITS = ("L", "C", "E", "Y", "Q", "M", "F", "W", "WE", "N", "D", "H", "MIN", "S")
"""Codes of units, the longest first."""


def shape(value: str | None) -> str | None:
    """The unit that a value is precise to (`D M W WE Q HY S Y E C L`), None for any other value."""
    for name, pattern in _SHAPES:
        if value and pattern.fullmatch(value):
            return name
    return None


def day_of(text: str | None) -> date | None:
    """The day of an ISO 8601 prefix such as `Document.published`; None unless it names one that exists."""
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", text or "")
    return make_day(int(match[1]), int(match[2]), int(match[3])) if match else None


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none (30 February, year 0)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def bounds(value: str | None) -> tuple[date, date] | None:
    """First and last day of a value. None where it is no calendar period or its days are not fixed: a season, which
    lies elsewhere in the year on each half of the globe."""
    for name, pattern in _SHAPES:
        match = pattern.fullmatch(value or "")
        if match:
            try:
                return _days(name, match)
            except (ValueError, OverflowError):
                return None
    return None


def _days(name: str, match: re.Match[str]) -> tuple[date, date] | None:
    first = int(match[1])
    match name:
        case "D":
            day = date(first, int(match[2]), int(match[3]))
            return day, day
        case "M":
            return date(first, int(match[2]), 1), last_day(first, int(match[2]))
        case "W":
            monday = date.fromisocalendar(first, int(match[2]), 1)
            return monday, monday + timedelta(days=6)
        case "WE":
            saturday = date.fromisocalendar(first, int(match[2]), 6)
            return saturday, saturday + timedelta(days=1)
        case "Q":
            last = 3 * int(match[2])
            return date(first, last - 2, 1), last_day(first, last)
        case "HY":
            last = 6 * int(match[2])
            return date(first, last - 5, 1), last_day(first, last)
        case "Y":
            return date(first, 1, 1), date(first, 12, 31)
        case "E":
            return date(first * 10, 1, 1), date(first * 10 + 9, 12, 31)
        case "C":
            # The 19th century ran from 1801 to 1900.
            return date(first * 100 + 1, 1, 1), date(first * 100 + 100, 12, 31)
        case "L":
            return date(first * 1000 + 1, 1, 1), date(min(first * 1000 + 1000, MAXYEAR), 12, 31)
    return None


def last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (MAXYEAR, 12) else None
    return following - timedelta(days=1) if following else date(year, month, 31)


def containing(day: date, unit: str) -> str:
    """The value of the period of that unit that holds a day."""
    week = day.isocalendar()
    return {
        "D": day.isoformat(),
        "W": f"{week.year:04}-W{week.week:02}",
        "WE": f"{week.year:04}-W{week.week:02}-WE",
        "M": f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "HY": f"{day.year:04}-H{1 if day.month < 7 else 2}",
        "Y": f"{day.year:04}",
        "E": f"{day.year // 10:03}",
        "C": f"{(day.year - 1) // 100:02}",
        "L": f"{day.year // 1000}",
    }[unit]


_MONTHS = {"M": 1, "Q": 3, "HY": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}
_DAYS = {"D": 1, "N": 1, "W": 7, "WE": 7, "F": 14}


def move(day: date, count: float, unit: str) -> date | None:
    """The day that many units away; the last day of a month that is too short. None past the calendar's ends."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=round(count * _DAYS[unit]))
        if unit in _SECONDS_OF_DAY:
            return day
        months = day.year * 12 + day.month - 1 + round(count * _MONTHS[unit])
        year, month = divmod(months, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return None
        return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), last_day(year, month + 1))
    except OverflowError:
        return None


def shift(value: str, count: int, unit: str) -> str | None:
    """The same period that many units away: `2023-Q3` and a year back is `2022-Q3`. None if that is no period."""
    kind = shape(value)
    if kind == "S":
        year = int(value[:4]) + (count if unit == "Y" else 0)
        return f"{year:04}-{value[5:]}" if unit == "Y" and year > 0 else None
    days = bounds(value)
    moved = move(days[0], count, unit) if days else None
    return containing(moved, kind) if moved and kind else None


def weekday_of_month(year: int, month: int, count: int, weekday: int) -> date:
    """The `count`th weekday (1 Monday) of a month, from the end where negative."""
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    last = last_day(year, month)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-count - 1))
