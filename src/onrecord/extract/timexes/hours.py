"""Clock times and what comes again: `at 5 p.m. on Tuesday`, `every two months`, `daily`."""

import re
from datetime import date

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.dates import calendar, number_of_day
from onrecord.extract.timexes.deixis import DEICTIC
from onrecord.extract.timexes.grammar import Match
from onrecord.extract.timexes.lengths import length, unit_of
from onrecord.extract.timexes.words import alternatives, count, meaning


def clock(match: Match, here: Here) -> Reading | None:
    """A time of day, on the day that is named with it or not long before; else the day is unknown."""
    groups = match.groups
    if "named" in groups:
        hour, minute = (0 if groups["named"] == "midnight" else 12), None
    else:
        hour, minute = int(groups.get("hour") or count(groups["hourword"]) or 0), groups.get("minute")
        if "noon" in groups:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if groups["noon"] == "p" else 0)
        elif groups.get("part") in ("afternoon", "evening", "night") and hour < 12:
            hour += 12
        elif "oclock" in groups and hour > 12:
            return None
    if re.search(r"\b(?:every|each|daily|weekdays)\b[^.]{0,24}$", here.text[max(0, match.core - 34) : match.core]):
        return Reading("SET", f"XXXX-XX-XXT{hour:02}:{minute or '00'}")
    day, anchor = _day_of_clock(match, here)
    # As TimeBank does: the time of the clock there, and only the zone of the world's time told apart.
    zone = "Z" if groups.get("zone") in ("gmt", "utc") else ""
    value = f"{day.isoformat() if day else 'XXXX-XX-XX'}T{hour:02}:{minute or '00'}{zone}"
    return Reading("TIME", value, anchor)


def _day_of_clock(match: Match, here: Here) -> tuple[date | None, str | None]:
    groups = match.groups
    if "deictic" in groups:
        word = groups["deictic"]
        day = periods.move(here.published, DEICTIC[word], "D") if here.published else None
        return day, here.anchor
    if "month" in groups:
        named = calendar(match, here)
        return periods.day_of(named.value) if named else None, here.anchor
    if "weekday" in groups:
        return here.weekday(match, meaning("weekday", groups["weekday"])), here.anchor
    # `at 9 a.m. (0600 GMT) Friday`: the weekday may come after.
    near = re.match(rf"[^.;]{{0,24}}?\b({alternatives('weekday')})\b", here.text[match.end : match.end + 40], re.I)
    if near:
        return here.weekday(match, meaning("weekday", near[1].lower())), here.anchor
    said = here.day_nearby(match.core)
    return periods.day_of(said), said


def spoken(match: Match, here: Here) -> Reading | None:
    """`half past three`, `quarter to six`; of the morning, as far as nothing else is said."""
    groups = match.groups
    minutes = {"half": 30, "quarter": 15}.get(groups["spoken"]) or int(count(groups["spoken"]) or 0)
    hour = int(count(groups["hourword"]) or 0)
    if groups["side"] == "to":
        if groups["spoken"] == "half":
            return None
        hour, minutes = (hour - 1) or 12, 60 - minutes
    if groups.get("part") in ("afternoon", "evening", "night") and hour < 12:
        hour += 12
    day, anchor = _day_of_clock(match, here)
    return Reading("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{hour:02}:{minutes:02}", anchor)


def iso_time(match: Match, here: Here) -> Reading | None:
    """`2024-02-29T06:05:00Z`, to the minute."""
    groups = match.groups
    day = periods.make_day(int(groups["year"]), int(groups["monthnumber"]), int(groups["daynumber"]))
    if not day:
        return None
    zone = groups.get("isozone", "").upper()
    return Reading("TIME", f"{day.isoformat()}T{groups['isohour']}:{groups['isominute']}{zone}")


def frequency(match: Match, here: Here) -> Reading | None:
    word = here.text[match.core : match.end]
    proper = word[0].isupper() and re.match(r"\s+[A-Z]", here.text[match.end : match.end + 4])
    return None if proper else Reading("SET", meaning("frequency", match.groups["frequency"]))


def every(match: Match, here: Here) -> Reading | None:
    """`every two months`, `each day`, `a year` after a rate."""
    groups = match.groups
    number = 2 if "other" in groups else count(groups["n"]) if "n" in groups else 1
    value = length(number, unit_of(groups["setunit"]))
    return Reading("SET", value) if value else None


def every_named(match: Match, here: Here) -> Reading | None:
    groups = match.groups
    if "month" in groups:
        day = number_of_day(groups.get("day"))
        return Reading("SET", f"XXXX-{meaning('month', groups['month']):02}" + (f"-{day:02}" if day else ""))
    if "holiday" in groups:
        code = meaning("holiday", groups["holiday"])
        return Reading("SET", f"XXXX-{code}" if re.fullmatch(r"\d\d-\d\d", code) else "P1Y")
    if "season" in groups:
        return Reading("SET", f"XXXX-{meaning('season', groups['season'])}")
    return Reading("SET", f"XXXX-XX-XXT{meaning('part', groups['part'])}")


def times(match: Match, here: Here) -> Reading | None:
    """`twice a week`."""
    return Reading("SET", length(1, unit_of(match.groups["setunit"])))
