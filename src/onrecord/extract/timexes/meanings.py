"""What each kind of rule means: from the words that matched, and the place in the article, to type and value.

A function returns None where the words turn out to be no time expression after all.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from onrecord.extract.timexes import lengths, periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.grammar import Match
from onrecord.extract.timexes.words import count, meaning, table

Meaning = Callable[[Match, Here], Reading | None]

_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|last|next|this|of|by|since|until|till|early|late|mid|through|from|to|during|for|between|before|"
    r"after|around|about|each|every|past|coming|previous|following|late|on|the|a|both|\d|(?:january|february|march|april|may|"
    r"june|july|august|september|october|november|december),?(?:\s+(?:and|or))?)[\s-]+|[-(–—/])$"
)
_MONTH_OR_WORD = ("may", "march", "mar.", "august")
_PLACED = re.compile(r"\b(?:black|bloody|super|cyber|sheffield|fat|mail on|man|girl|easter|good|ash|palm)\s+$", re.I)
_NEWSPAPER = re.compile(
    r"\s+(?:Times|Telegraph|Mirror|Express|Mail|Herald|Night|Post|World|Star|Independent|Tribune)\b"
)


_BESIDE = ("previous", "prior", "preceding", "following")  # they look at what was last spoken of, not at today


def calendar(match: Match, here: Here) -> Reading | None:
    """A month, with or without day and year."""
    groups = match.groups
    month = meaning("month", groups["month"])
    day = number_of_day(groups.get("day"))
    if day is None and "year" not in groups and "which" not in groups and not _is_month(match, here):
        return None
    if "year" in groups:
        return _date(int(groups["year"]), month, day, None)
    if "which" in groups:
        step = meaning("which", groups["which"])
        base = periods.bounds(here.focus) if groups["which"] in _BESIDE else None
        day_ = base[0] if base else here.published
        year = day_.year + step if day_ and step is not None else None
    else:
        year = here.year_of(match, month, day)
    return _date(year, month, day, here.anchor)


def _is_month(match: Match, here: Here) -> bool:
    """`May`, `March`, `April` are names and words too: alone they need a word that goes before a time."""
    if match.phase or _MONTH_BEFORE.search(here.text[max(0, match.core - 20) : match.core].lower()):
        following = re.match(r"(?:['’]s)?\s+([A-Z][a-z]+)", here.text[match.end : match.end + 30])
        named = re.search(r"\b(?:and|for|of|to|by|from|after|before)\s+$", here.text[: match.core][-12:])
        return not (following and named and match.groups["month"] in ("april", "june", "may", "august"))
    if match.groups["month"] in _MONTH_OR_WORD:
        return False
    before = re.search(r"([A-Z][a-z]+)\s+$", here.text[max(0, match.core - 30) : match.core])
    after = re.match(r"\s+[A-Z][a-z]+", here.text[match.end : match.end + 30])
    return not (before or after)


def number_of_day(text: str | None) -> int | None:
    """`12`, `12th`, `twelfth`."""
    if not text:
        return None
    figures = re.match(r"\d+", text)
    return int(figures[0]) if figures else meaning("dayword", text)


def _date(year: int | None, month: int, day: int | None, anchor: str | None) -> Reading | None:
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
    return _date(year, int(found[2]), day, here.anchor)


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
        year = lengths.full_year(year, here.published)
    if "monthnumber" in groups:
        return _date(year, int(groups["monthnumber"]), int(groups["daynumber"]), None)
    left, right = int(groups["left"]), int(groups["right"])
    readings = {(month, day) for month, day in ((left, right), (right, left)) if month <= 12}
    if here.published and len(readings) == 2:
        near = {r for r in readings if (d := periods.make_day(year, *r)) and abs((d - here.published).days) < 10}
        readings = near or readings
    dates = [reading for month, day in readings if (reading := _date(year, month, day, None))]
    if not dates:
        return None
    return dates[0] if len(dates) == 1 else Reading("DATE", None)


def weekday(match: Match, here: Here) -> Reading | None:
    """`Monday`, `last Friday night`."""
    groups = match.groups
    if _PLACED.search(here.text[max(0, match.core - 20) : match.core]) or _NEWSPAPER.match(here.text, match.end):
        return None
    if groups.get("which") == "following" and not re.search(r"\bthe\s+$", here.text[: match.core][-8:]):
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
    return _part_of(day, groups.get("part"), here)


def _part_of(day: date | None, part: str | None, here: Here) -> Reading:
    code = meaning("part", part) if part else None
    value = day.isoformat() + (f"T{code}" if code else "") if day else None
    return Reading("TIME" if code else "DATE", value, here.anchor)


def weekday_of_week(match: Match, here: Here) -> Reading | None:
    number, step = meaning("weekday", match.groups["weekday"]), meaning("which", match.groups["which"])
    if not here.published:
        return Reading("DATE", None)
    monday = here.published - timedelta(days=here.published.isoweekday() - 1)
    return _part_of(monday + timedelta(days=7 * step + number - 1), match.groups.get("part"), here)


def weekdays(match: Match, here: Here) -> Reading | None:
    """`every Tuesday`, `Sundays`."""
    groups = match.groups
    name = groups.get("weekday") or groups["weekdays"].removesuffix("s")
    code = meaning("part", groups["part"]) if "part" in groups else None
    return Reading("SET", f"XXXX-WXX-{meaning('weekday', name)}" + (f"T{code}" if code else ""))


_DEICTIC = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "this": 0,
    "tonight": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def deictic(match: Match, here: Here) -> Reading | None:
    """`today`, `yesterday evening`."""
    word = " ".join(match.groups["deictic"].split())
    if word == "today" and re.match(r"\s+(?:Show|Online|FM|program)", here.text[match.end : match.end + 12]):
        return None
    day = periods.move(here.published, _DEICTIC[word], "D") if here.published else None
    return _part_of(day, match.groups.get("part"), here)


def part_of_day(match: Match, here: Here) -> Reading | None:
    """`last night`, `this morning`, `tonight`."""
    groups = match.groups
    word = groups["deictic"]
    if word in ("tonight", "overnight"):
        back = -1 if word == "overnight" else 0
        day = periods.move(here.published, back, "D") if here.published else None
        return Reading("TIME", f"{day.isoformat()}TNI" if day else None, here.anchor)
    day = periods.move(here.published, -1 if word == "last" else _DEICTIC[word], "D") if here.published else None
    return _part_of(day, groups["part"], here)


def bare_part(match: Match, here: Here) -> Reading | None:
    """`in the evening`: of the day that was last spoken of. `the Evening Standard` is a newspaper."""
    if here.text[match.core + len(match.phase) :].lstrip().startswith(("Morning", "Evening", "Night", "Afternoon")):
        return None
    return _part_of(periods.day_of(here.day), match.groups["part"], here)._replace(anchor=here.day)


def weekend(match: Match, here: Here) -> Reading | None:
    """The weekend before the article, or the one ahead where the words point there; `this weekend` by the way too."""
    if not here.published:
        return Reading("DATE", None)
    word = match.groups.get("which")
    step = meaning("which", word) if word else None
    way = here.way(match)
    saturday = here.published - timedelta(days=(here.published.isoweekday() - 6) % 7)
    ended = here.published.isoweekday() < 6  # on a weekend day itself, it is this one
    if step == 1:
        saturday += timedelta(days=7 if not ended else 14 if here.published.isoweekday() < 3 else 7)
    elif step == -1:
        saturday -= timedelta(days=0 if ended else 7)
    elif ended and (way == "future" or (step == 0 and way is None)):
        saturday += timedelta(days=7)
    return Reading("DATE", periods.containing(saturday, "WE"), here.anchor)


def relative_period(match: Match, here: Here) -> Reading | None:
    """`last week`, `this year`, `next quarter`, `the previous month`."""
    groups = match.groups
    step = meaning("which", groups["which"])
    unit = meaning("period", groups["period"]).removeprefix("F") if groups["period"] else "Y"
    if groups["which"] in _BESIDE and here.focus:
        return _neighbour(here, step, unit)
    if not here.published:
        return Reading("DATE", None)
    if unit == "D":
        return _part_of(periods.move(here.published, step, "D"), None, here)
    return Reading("DATE", periods.shift(periods.containing(here.published, unit), step, unit), here.anchor)


def _neighbour(here: Here, step: int, unit: str) -> Reading:
    """The period of a unit before or after the one that holds what was last spoken of."""
    days_ = periods.bounds(here.focus)
    if not days_:
        return Reading("DATE", None)
    edge = days_[0] if step < 0 else days_[1]
    value = periods.shift(periods.containing(edge if unit != "Y" else days_[0], unit), step, unit)
    return Reading("DATE", value, days_[0].isoformat())


def relative_month(match: Match, here: Here) -> Reading | None:
    """`last May`: the latest one that is over; `next May`: the first that has not begun; `this May`: of this year."""
    groups = match.groups
    step, month = meaning("which", groups["which"]), meaning("month", groups["month"])
    if not here.published:
        return _date(None, month, number_of_day(groups.get("day")), None)
    year = here.published.year
    if step == -1 and month >= here.published.month:
        year -= 1
    elif step == 1 and month <= here.published.month:
        year += 1
    return _date(year, month, number_of_day(groups.get("day")), here.anchor)


_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}  # of the year it begins in, in the north


def season(match: Match, here: Here) -> Reading | None:
    """`last fall`, `summer 2019`, `the winter`."""
    groups = match.groups
    code = meaning("season", groups["season"])
    if "year" in groups:
        return Reading("DATE", f"{groups['year']}-{code}")
    step = meaning("which", groups["which"]) if "which" in groups else None
    if not here.published:
        return Reading("DATE", f"XXXX-{code}")
    year, month = here.published.year, here.published.month
    if code == "WI" and month < 3:
        year -= 1  # the winter that is on began last year
    first, last = _SEASON_MONTHS[code]
    now = month + (12 if code == "WI" and month < 3 else 0)
    of_year = re.search(r"year$", here.text[match.core : match.end], re.I)
    if step is None and first - now > 5 and here.way(match) != "future":
        year -= 1
    elif of_year:
        year += step or 0
    elif step == -1 or (step is None and here.way(match) == "past"):
        year -= (now <= last) if step == -1 else (now < first)
    elif step == 1 or (step is None and here.way(match) == "future"):
        year += (now >= first) if step == 1 else (now > last)
    return Reading("DATE", f"{year:04}-{code}", here.anchor)


def within_period(match: Match, here: Here) -> Reading | None:
    """`earlier this year`, `later that day`, `earlier in the week`."""
    groups = match.groups
    if "bare" in groups and re.search(r"\bthat\b|\bsame\b", here.text[match.core : match.end]):
        return anaphor(match, here)
    if "bare" in groups:
        unit = lengths.UNIT[groups["bare"]]
        if unit == "D":
            return Reading("DATE", here.day, here.anchor) if here.day else Reading("DATE", None)
        value = periods.containing(here.published, unit) if here.published else None
        return Reading("DATE", value, here.anchor)
    return relative_period(match, here)


def anaphor(match: Match, here: Here) -> Reading | None:
    """`that day`, `the same year`, `the following month`, `the day before`: beside what was last spoken of."""
    bare = match.groups["bare"]
    step = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(
        match.groups.get("step", ""), 0
    )
    code = meaning("part", bare) or {"night": "NI"}.get(bare)
    unit = "D" if code else meaning("season", bare) or lengths.UNIT[bare]
    source = here.day if unit == "D" else here.focus
    days_ = periods.bounds(source)
    if not days_ or not source:
        return Reading("TIME" if code else "DATE", None)
    if unit in ("SP", "SU", "FA", "WI"):
        return Reading("DATE", f"{days_[0].year:04}-{unit}", source)
    if code:
        day = periods.move(days_[0], step, "D")
        return Reading("TIME", f"{day.isoformat()}T{code}" if day else None, source)
    edge = days_[1] if step > 0 and unit != "Y" else days_[0]
    return Reading("DATE", periods.shift(periods.containing(edge, unit), step, unit), days_[0].isoformat())


def week_of(match: Match, here: Here) -> Reading | None:
    """`the week of March 6`."""
    named = calendar(match, here)
    day = periods.day_of(named.value) if named else None
    unit = "WE" if "weekend" in here.text[match.core : match.end] else "W"
    return Reading("DATE", periods.containing(day, unit) if day else None, here.anchor)


def week_of_month(match: Match, here: Here) -> Reading | None:
    """`the last week of March`: the week that its last day lies in; the first one holds its first day."""
    groups = match.groups
    named = calendar(match, here)
    month_days = periods.bounds(named.value) if named else None
    if not named or not month_days:
        return Reading("DATE", None)
    number = 1 if "first" in groups else meaning("dayword", groups.get("dayword", "")) or 0
    day = month_days[0] + timedelta(days=7 * (number - 1)) if number else month_days[1]
    unit = "WE" if "weekend" in here.text[match.core : match.end].lower() else "W"
    return Reading("DATE", periods.containing(day, unit), named.anchor) if number <= 5 else None


def year_end(match: Match, here: Here) -> Reading | None:
    value = f"{here.published.year:04}" if here.published else None
    return Reading("DATE", value, here.anchor, mod="END")


def definite(match: Match, here: Here) -> Reading | None:
    """`the quarter`: the one last spoken of, where it was one; else the one that the article lies in; `the year` that
    is bounded by what follows (`the year ended June 30`) is a length of time."""
    unit = lengths.UNIT[match.groups["bare"]]
    bounded = re.match(r"\s+(?:end(?:ed|ing|s)|to)\b", here.text[match.end : match.end + 10])
    if bounded and not (unit == "Q" and here.period):
        return Reading("DURATION", f"P1{unit}")
    if unit == "Q":
        return Reading("DATE", here.period, here.anchor) if here.period else Reading("DATE", None)
    if not here.published:
        return Reading("DATE", None)
    return Reading("DATE", periods.containing(here.published, unit), here.anchor)


def holiday(match: Match, here: Here) -> Reading | None:
    """A feast day of this year, or of the year before or after where that is nearer or pointed to."""
    groups = match.groups
    code = meaning("holiday", groups["holiday"])
    if "year" in groups:
        day = lengths.feast(code, int(groups["year"]))
        return Reading("DATE", day.isoformat() if day else None)
    if not here.published:
        return Reading("DATE", f"XXXX-{code}" if re.fullmatch(r"\d\d-\d\d", code) else None)
    feasts = [f for step in (-1, 0, 1) if (f := lengths.feast(code, here.published.year + step))]
    way: str | None = {-1: "past", 1: "future"}.get(meaning("which", groups["which"])) if "which" in groups else None
    way = way or here.way(match)
    if way == "past":
        feasts = [f for f in feasts if f <= here.published]
    elif way == "future":
        feasts = [f for f in feasts if f >= here.published]
    published = here.published
    return Reading("DATE", min(feasts, key=lambda f: abs(f - published)).isoformat(), here.anchor) if feasts else None


def fixed(match: Match, here: Here) -> Reading | None:
    """A value that the rule states."""
    constants = match.rule.constants
    return Reading("DATE", constants["value"], here.anchor)


def frequency(match: Match, here: Here) -> Reading | None:
    word = here.text[match.core : match.end]
    proper = word[0].isupper() and re.match(r"\s+[A-Z]", here.text[match.end : match.end + 4])
    return None if proper else Reading("SET", meaning("frequency", match.groups["frequency"]))


def every(match: Match, here: Here) -> Reading | None:
    """`every two months`, `each day`, `a year` after a rate."""
    groups = match.groups
    number = 2 if "other" in groups else count(groups["n"]) if "n" in groups else 1
    value = lengths.length(number, lengths.unit_of(groups["setunit"]))
    return Reading("SET", value) if value else None


def every_named(match: Match, here: Here) -> Reading | None:
    groups = match.groups
    if "month" in groups:
        day = number_of_day(groups.get("day"))
        return Reading("SET", f"XXXX-{meaning('month', groups['month']):02}" + (f"-{day:02}" if day else ""))
    if "season" in groups:
        return Reading("SET", f"XXXX-{meaning('season', groups['season'])}")
    return Reading("SET", f"XXXX-XX-XXT{meaning('part', groups['part'])}")


def clock(match: Match, here: Here) -> Reading | None:
    """A time of day, on the day that is named with it, else the day of the same sentence, else of the article."""
    groups = match.groups
    if "named" in groups:
        hour, minute = (0 if groups["named"] == "midnight" else 12), None
    else:
        hour, minute = int(groups["hour"]), groups.get("minute")
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
    zone = "Z" if groups.get("zone") in ("gmt", "utc") else ""
    value = f"{day.isoformat()}T{hour:02}:{minute or '00'}{zone}" if day else None
    return Reading("TIME", value, anchor)


def _day_of_clock(match: Match, here: Here) -> tuple[date | None, str | None]:
    groups = match.groups
    if "deictic" in groups:
        word = groups["deictic"]
        day = periods.move(here.published, _DEICTIC[word], "D") if here.published else None
        return day, here.anchor
    if "month" in groups:
        named = calendar(match, here)
        return periods.day_of(named.value) if named else None, here.anchor
    if "weekday" in groups:
        return here.weekday(match, meaning("weekday", groups["weekday"])), here.anchor
    # `at 9 a.m. (0600 GMT) Friday`: the weekday may come after.
    near = re.match(rf"[^.;]{{0,24}}?\b({'|'.join(table('weekday'))})\b", here.text[match.end :][:40], re.I)
    if near:
        return here.weekday(match, meaning("weekday", near[1].lower())), here.anchor
    said = here.day_nearby(match.core)
    return periods.day_of(said) or here.published, said or here.anchor


BASIC: dict[str, Meaning] = {
    function.__name__: function
    for function in (
        calendar, days, second_day, months, numeric, weekday, weekday_of_week, weekdays, deictic, part_of_day,
        bare_part, weekend, relative_period, relative_month, season, within_period, anaphor, week_of, week_of_month, year_end,
        definite, holiday, fixed, frequency, every, every_named, clock,
    )
}  # fmt: skip
MEANINGS: dict[str, Meaning] = {**BASIC, **lengths.LENGTHS}
"""Every name that a rule's `means` may have."""
