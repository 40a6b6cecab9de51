"""Dates that are named: by month and day, by weekday, by a feast."""

import re
from datetime import date, timedelta

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.grammar import Match
from onrecord.extract.timexes.words import alternatives, meaning
from onrecord.extract.timexes.years import full_year, worded_year

BESIDE = ("previous", "prior", "preceding", "following")  # they look at what was last spoken of, not at today


_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|last|next|this|of|by|since|until|till|early|late|mid|through|throughout|from|to|during|for|between|before|"
    r"after|around|about|each|every|past|coming|previous|following|late|on|the|a|both|\d|(?:january|february|april|"
    r"june|july|august|september|october|november|december),?(?:\s+(?:and|or))?)[\s-]+|[-(–—/])$"
)


_DAY_BEFORE = re.compile(r"(?<![\w.,$£€])\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+\Z")


_YEAR_AFTER = re.compile(
    rf"\s?(?:to|through|until|till|[-–—])\s?(?:(?:{alternatives('month')})\s)?\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:\s(?:{alternatives('month')}))?,?\s(?P<year>(?:1[5-9]|20)\d\d)\b",
    re.IGNORECASE,
)


_MONTH_OR_WORD = ("may", "march", "mar.", "august")


def calendar(match: Match, here: Here) -> Reading | None:
    """A month, with or without day and year."""
    groups = match.groups
    month = meaning("month", groups["month"])
    day = number_of_day(groups.get("day"))
    if "spelled" in groups:
        return make_date(worded_year(groups["spelled"]), month, day, None)
    if day is None and _DAY_BEFORE.search(here.text, max(0, match.core - 12), match.core):
        return None  # of a day that the calendar does not have: `31 April`
    if day is None and "year" not in groups and "which" not in groups and not _is_month(match, here):
        return None
    if "year" in groups:
        return make_date(int(groups["year"]), month, day, None)
    if "which" in groups and "weekday" not in groups:
        step = meaning("which", groups["which"])
        base = periods.bounds(here.focus) if groups["which"] in BESIDE else None
        day_ = base[0] if base else here.published
        year = day_.year + step if day_ and step is not None else None
    else:
        later = _YEAR_AFTER.match(here.text, match.end) if day else None
        if later:  # `March 3 to March 7, 2021`
            return make_date(int(later["year"]), month, day, None)
        year = here.year_of(match, month, day)
    return make_date(year, month, day, here.anchor)


def day_of_month(match: Match, here: Here) -> Reading | None:
    """`the 17th`: of the month last spoken of, else of the nearest that the words allow."""
    day = int(re.sub(r"\D", "", match.groups["nth"]))
    base = periods.day_of(here.day) or here.published
    if not base or not 1 <= day <= 31:
        return None
    if here.day:
        return make_date(base.year, base.month, day, here.day)
    first = base.replace(day=1)
    months_ = [m for step in (-1, 0, 1) if (m := periods.move(first, step, "M"))]
    near = [d for m in months_ if (d := periods.make_day(m.year, m.month, day))]
    way = here.way(match)
    nearest = min(near, key=lambda d: here.effort((d - base).days, way), default=None)
    return Reading("DATE", nearest.isoformat(), here.anchor) if nearest else None


def _is_month(match: Match, here: Here) -> bool:
    """`May`, `March`, `April` are names and words too: alone they need a word that goes before a time."""
    if match.phase or _MONTH_BEFORE.search(here.text[max(0, match.core - 20) : match.core].lower()):
        following = re.match(r"(?:['’]s)?\s+([A-Z][a-z]+)", here.text[match.end : match.end + 30])
        named = re.search(
            r"\b(?:and|for|of|to|by|from|after|before)\s+$", here.text[max(0, match.core - 12) : match.core]
        )
        return not (following and named and match.groups["month"] in ("april", "june", "may", "august"))
    if match.groups["month"] in _MONTH_OR_WORD:
        return False
    before = re.search(r"([A-Z][a-z]+)\s+$", here.text[max(0, match.core - 30) : match.core])
    after = re.match(r"\s+[A-Z][a-z]+", here.text[match.end : match.end + 30])
    return not (before or after)


def month_year_ago(match: Match, here: Here) -> Reading | None:
    """`May a year ago`, beside the same month of the article's year or of the one last spoken of."""
    month = meaning("month", match.groups["month"])
    days_ = periods.bounds(here.focus) if "ago" not in match.groups["distance"] else None
    base = days_[0] if days_ else here.published
    return make_date(base.year - 1 if base else None, month, None, here.anchor)


def number_of_day(text: str | None) -> int | None:
    """`12`, `12th`, `twelfth`."""
    if not text:
        return None
    figures = re.match(r"\d+", text)
    return int(figures[0]) if figures else meaning("dayword", text)


def make_date(year: int | None, month: int, day: int | None, anchor: str | None) -> Reading | None:
    if day and not periods.make_day(year or 2000, month, day):
        return None
    head = f"{year:04}" if year else "XXXX"
    return Reading("DATE", f"{head}-{month:02}" + (f"-{day:02}" if day else ""), anchor if year else None)


def days(match: Match, here: Here) -> Reading | None:
    """`July 11-12`: from a first to a last day."""
    groups = match.groups
    month = meaning("month", groups["month"])
    last_month = meaning("month", groups.get("month2", groups["month"]))
    first, last = number_of_day(groups["day"]), number_of_day(groups["day2"])
    if not first or not last or (month, first) >= (last_month, last):
        return None
    year = int(groups["year"]) if "year" in groups else here.year_of(match, month, first)
    anchor = None if "year" in groups or not year else here.anchor
    ends = [periods.make_day(year or 2000, m, d) for m, d in ((month, first), (last_month, last))]
    if None in ends:
        return None
    if not year:
        return Reading("DATE", f"XXXX-{month:02}-{first:02}/XXXX-{last_month:02}-{last:02}")
    here.day = f"{year:04}-{last_month:02}-{last:02}"
    value = f"{year:04}-{month:02}-{first:02}/{here.day}"
    return Reading("DATE", value, anchor, ends[0], ends[1])


def second_day(match: Match, here: Here) -> Reading | None:
    """The 11 of `June 10 and 11`."""
    day = number_of_day(match.groups["day"])
    found = re.fullmatch(r"(\d{4}|XXXX)-(\d\d)-(\d\d)", here.day or "")
    if not found or not day or day <= int(found[3]):
        return None
    year = None if found[1] == "XXXX" else int(found[1])
    return make_date(year, int(found[2]), day, here.anchor)


def months(match: Match, here: Here) -> Reading | None:
    """`April-June 2020`."""
    first, last = (meaning("month", match.groups[name]) for name in ("month", "month2"))
    year = int(match.groups["year"]) if "year" in match.groups else here.year_of(match, first, None)
    if not year or first >= last:
        return None
    anchor = None if "year" in match.groups else here.anchor
    end = periods.last_day(year, last)
    return Reading("DATE", f"{year:04}-{first:02}/{year:04}-{last:02}", anchor, date(year, first, 1), end)


def numeric(match: Match, here: Here) -> Reading | None:
    """`2023-06-11`; `25/12/2023`, unless the figures leave open which is the month."""
    groups = match.groups
    year = int(groups["year"])
    if len(groups["year"]) == 2:
        year = full_year(year, here.published)
    if "monthnumber" in groups:
        return make_date(year, int(groups["monthnumber"]), int(groups["daynumber"]), None)
    left, right = int(groups["left"]), int(groups["right"])
    readings = {(month, day) for month, day in ((left, right), (right, left)) if month <= 12}
    if here.published and len(readings) == 2:
        near = {r for r in readings if (d := periods.make_day(year, *r)) and abs((d - here.published).days) < 10}
        readings = near or readings
    dates = [reading for month, day in readings if (reading := make_date(year, month, day, None))]
    if not dates:
        return None
    return dates[0] if len(dates) == 1 else Reading("DATE", None)


def week_of(match: Match, here: Here) -> Reading | None:
    """`the week of March 6`."""
    named = calendar(match, here)
    day = periods.day_of(named.value) if named else None
    unit = "WE" if "weekend" in here.text[match.core : match.end] else "W"
    return Reading("DATE", periods.containing(day, unit) if day else None, here.anchor)


def week_of_month(match: Match, here: Here) -> Reading | None:
    """`the last week of March`: the last that has most of its days in it, as ISO 8601 counts the weeks of a year; of
    weekends, the last whose Saturday it has."""
    groups = match.groups
    named = calendar(match, here)
    month_days = periods.bounds(named.value) if named else None
    if not named or not month_days:
        return Reading("DATE", None)
    number = 1 if "first" in groups else meaning("dayword", groups.get("dayword", "")) or 0
    unit, weekday = ("WE", 6) if "weekend" in here.text[match.core : match.end].lower() else ("W", 4)
    first = month_days[0]
    day = periods.weekday_of_month(first.year, first.month, number or -1, weekday)
    return Reading("DATE", periods.containing(day, unit), named.anchor) if day.month == first.month else None


_PLACED = re.compile(r"\b(?:black|bloody|super|cyber|sheffield|fat|mail on|man|girl|easter|good|ash|palm)\s+$", re.I)


_NEWSPAPER = re.compile(
    r"\s+(?:Times|Telegraph|Mirror|Express|Mail|Herald|Night|Post|World|Star|Independent|Tribune)\b"
)


def weekday(match: Match, here: Here) -> Reading | None:
    """`Monday`, `last Friday night`."""
    groups = match.groups
    if _PLACED.search(here.text[max(0, match.core - 20) : match.core]) or _NEWSPAPER.match(here.text, match.end):
        return None
    if groups.get("which") == "following" and not re.search(
        r"\bthe\s+$", here.text[max(0, match.core - 8) : match.core]
    ):
        return None  # `following Thursday's vote`: after it
    number = meaning("weekday", groups["weekday"])
    step = meaning("which", groups["which"]) if "which" in groups else None
    day: date | None
    if here.published is None:
        day = None
    elif step == -1 and groups["which"] not in ("last", "past") and here.day:
        focus = periods.day_of(here.day)
        day = focus - timedelta(days=(focus.isoweekday() - number - 1) % 7 + 1) if focus else None
    elif step == -1:
        day = here.published - timedelta(days=(here.published.isoweekday() - number - 1) % 7 + 1)
    elif step == 1:
        day = here.published + timedelta(days=(number - here.published.isoweekday() - 1) % 7 + 1)
        if "following" in groups["which"] and here.day:
            focus = periods.day_of(here.day)
            day = focus + timedelta(days=(number - focus.isoweekday() - 1) % 7 + 1) if focus else None
    elif step == 0 and "past" not in groups["which"]:
        day = here.published + timedelta(days=(number - here.published.isoweekday()) % 7)
        if here.way(match) == "past":
            day = here.weekday(match, number)
    else:
        day = here.weekday(match, number)
    return part_of(day, groups.get("part"), here)


def weekday_of_week(match: Match, here: Here) -> Reading | None:
    number, step = meaning("weekday", match.groups["weekday"]), meaning("which", match.groups["which"])
    if not here.published:
        return Reading("DATE", None)
    monday = here.published - timedelta(days=here.published.isoweekday() - 1)
    return part_of(monday + timedelta(days=7 * step + number - 1), match.groups.get("part"), here)


def weekdays(match: Match, here: Here) -> Reading | None:
    """`every Tuesday`, `Sundays`."""
    groups = match.groups
    name = groups.get("weekday") or groups["weekdays"].removesuffix("s")
    code = meaning("part", groups["part"]) if "part" in groups else None
    return Reading("SET", f"XXXX-WXX-{meaning('weekday', name)}" + (f"T{code}" if code else ""))


def weekday_off(match: Match, here: Here) -> Reading | None:
    """`a week ago Monday`, `Tuesday week`, `the Friday before last`."""
    if not here.published:
        return Reading("DATE", None)
    number, off = meaning("weekday", match.groups["weekday"]), match.groups["off"]
    weeks = 2 if off.startswith("two") else 1
    if "ago" in off or "before" in off:
        last = here.published - timedelta(days=(here.published.isoweekday() - number - 1) % 7 + 1)
        return part_of(last - timedelta(days=7 * weeks), None, here)
    upcoming = here.published + timedelta(days=(number - here.published.isoweekday() - 1) % 7 + 1)
    return part_of(upcoming + timedelta(days=7 * weeks), None, here)


def part_of_date(match: Match, here: Here) -> Reading | None:
    """`the morning of June 6, 1944`, `mid-afternoon yesterday`."""
    groups = match.groups
    if "month" in groups:
        named = calendar(match, here)
        if named is None or not (day := periods.day_of(named.value)):
            return named and named._replace(type="TIME", value=f"{named.value}T{meaning('part', groups['part'])}")
        return part_of(day, groups["part"], here)._replace(anchor=named.anchor)
    if "deictic" in groups:
        step = {"yesterday": -1, "today": 0, "tomorrow": 1}[groups["deictic"]]
        return part_of(periods.move(here.published, step, "D") if here.published else None, groups["part"], here)
    return part_of(here.weekday(match, meaning("weekday", groups["weekday"])), groups["part"], here)


def part_of(day: date | None, part: str | None, here: Here) -> Reading:
    code = meaning("part", part) if part else None
    value = day.isoformat() + (f"T{code}" if code else "") if day else None
    return Reading("TIME" if code else "DATE", value, here.anchor)
