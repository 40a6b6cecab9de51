"""Feasts by their rules, and periods that have a name: `Christmas`, `Ramadan`, `World War II`."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.calendars import easter, hebrew_new_year, islamic, orthodox_easter
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.dates import part_of
from onrecord.extract.timexes.grammar import Match
from onrecord.extract.timexes.words import meaning

_MOVABLE: dict[str, Callable[[int], date]] = {"easter": easter, "orthodox": orthodox_easter}


def feast(code: str, year: int) -> date | None:
    """The day of a code of table [holiday] in a year; None in years before its rule."""
    if year < 1583 or year > 9990:
        return None
    movable = re.fullmatch(r"([a-z]+)([+-]\d+)", code)
    if movable:
        return _MOVABLE[movable[1]](year) + timedelta(days=int(movable[2]))
    if "," in code:
        weekday, nth, month, beyond = (int(part) for part in f"{code}+0".replace("+", ",").split(",")[:4])
        return periods.weekday_of_month(year, month, nth, weekday) + timedelta(days=beyond)
    return periods.make_day(year, int(code[:2]), int(code[3:]))


def holiday(match: Match, here: Here) -> Reading | None:
    """A feast day of this year, or of the year before or after where that is nearer or pointed to."""
    code = meaning("holiday", match.groups["holiday"])
    if not here.published and "year" not in match.groups:
        return Reading("DATE", f"XXXX-{code}" if re.fullmatch(r"\d\d-\d\d", code) else None)
    day = _nearest(match, here, lambda year: [f] if (f := feast(code, year)) else [])
    return Reading("DATE", day.isoformat() if day else None, None if "year" in match.groups else here.anchor)


def holiday_span(match: Match, here: Here) -> Reading | None:
    """`Easter week`, `Labor Day weekend`, `Christmas morning`."""
    span = match.groups["span"]
    named = holiday(match, here)
    day = periods.day_of(named.value) if named else None
    if not named or not day:
        return Reading("DATE", None)
    if span in ("week", "weekend"):
        if span == "weekend" and day.isoweekday() < 3:
            day -= timedelta(days=2)  # a Monday closes the weekend that it lengthens
        return Reading("DATE", periods.containing(day, "W" if span == "week" else "WE"), named.anchor)
    return part_of(day, span, here)._replace(anchor=named.anchor)


def lunar(match: Match, here: Here) -> Reading | None:
    """`Passover`, `Ramadan`: as the Hebrew and the Islamic calendar reckon them, the latter to a day or so."""
    calendar, *numbers = meaning("lunar", match.groups["lunar"]).split(",")
    length = int(numbers[-1])

    def first_days(year: int) -> list[date]:
        if not 1583 <= year < 9990:
            return []
        if calendar == "islamic":
            return islamic(year, int(numbers[0]), int(numbers[1]))
        return [hebrew_new_year(year, int(numbers[0]))]

    day = _nearest(match, here, first_days)
    mod = "APPROX" if calendar == "islamic" else None
    if not day:
        return Reading("DATE", None)
    last = day + timedelta(days=length - 1)
    value = day.isoformat() if length == 1 else f"{day.isoformat()}/{last.isoformat()}"
    return Reading("DATE", value, None if "year" in match.groups else here.anchor, day, last, mod)


def _nearest(match: Match, here: Here, days: Callable[[int], list[date]]) -> date | None:
    """Of the days that a year has: the one of the year that is named, else the nearest that the words allow."""
    groups = match.groups
    if "year" in groups:
        return next(iter(days(int(groups["year"]))), None)
    published = here.published
    if not published:
        return None
    step = meaning("which", groups["which"]) if "which" in groups else 0
    near = [day for year in range(published.year - 1, published.year + 2) for day in days(year)]
    near = [day for day in near if not step or (day < published if step < 0 else day > published)]
    way = here.way(match)
    return min(near, key=lambda day: here.effort((day - published).days, way), default=None)


def _days_of(match: Match) -> tuple[str, str]:
    groups = match.groups
    name = "event" if "event" in groups else "bareevent"
    first, last = meaning(name, groups[name]).split("/")
    return first, last


def event(match: Match, here: Here) -> Reading | None:
    """`World War II`: from its first to its last day; the value is of years where it went over more than one."""
    first, last = _days_of(match)
    days = periods.bounds(first), periods.bounds(last)
    if not days[0] or not days[1]:
        return None
    if first == last:
        value = first
    elif first[:4] == last[:4]:
        value = f"{first}/{last}"
    else:
        value = f"{first[:4]}/{last[:4]}"
    return Reading("DATE", value, None, days[0][0], days[1][1])


def event_phase(match: Match, here: Here) -> Reading | None:
    """`the outbreak of World War II`, `the end of the Cold War`: its first or its last day, or year."""
    first, last = _days_of(match)
    return Reading("DATE", last if match.groups["edge"] == "end" else first)
