"""Lengths of time and distances: `three weeks`, `two years ago`, `the past decade`, `a year earlier`."""

import re
from datetime import date, timedelta

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.grammar import Match
from onrecord.extract.timexes.words import count, meaning

UNIT = {"day": "D", "night": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y",
        "decade": "E", "century": "C", "hour": "H"}  # fmt: skip


_MULTIPLES = {"F": (2, "W"), "E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "N": (1, "D"), "WE": (1, "WE")}


_CLOCK = {"S": "S", "MIN": "M", "H": "H"}


def unit_of(text: str) -> str:
    """The code of a unit, of table [unit]."""
    return str(meaning("unit", text))


def length(number: float | None, unit: str) -> str | None:
    """An ISO 8601 duration: `P2W`, `PT19H`, `P20Y` for two decades, `PXY` for an unknown number of years."""
    factor, unit = _MULTIPLES.get(unit, (1, unit))
    if number is not None and unit in ("H", "MIN") and number % 1 == 0.5 and number > 1:
        return f"PT{int(number)}{'H30M' if unit == 'H' else 'M30S'}"
    digits = "X" if number is None else f"{number * factor:.4f}".rstrip("0").rstrip(".")
    if number is not None and not 0 < number * factor < 1_000_000:
        return None
    return f"PT{digits}{_CLOCK[unit]}" if unit in _CLOCK else f"P{digits}{unit}"


def duration(match: Match, here: Here) -> Reading | None:
    """`three years`, `19-hour`, `two and a half years`, `5 hours and 20 minutes`."""
    groups = match.groups
    unit = unit_of(groups["unit"])
    text = groups["n"]
    number = count(text)
    if "old" in groups and unit in ("Y", "E"):
        return None
    if (
        unit == "H"
        and re.fullmatch(r"[012]\d[0-5]\d", text)
        and _AT.search(here.text, max(0, match.core - 8), match.core)
    ):
        return None  # `at 0930 hours` is a time of day
    if text in ("a", "an", "half a", "half an") and groups["unit"].endswith("s"):
        return None
    if unit == "Q" and not _QUARTER_BEFORE.search(here.text[max(0, match.core - 24) : match.core].lower()):
        return None  # `three-quarters`, `a quarter` of something
    if (text, unit) == ("a", "WE") and here.published and _HELD.match(here.text, match.end):
        saturday = here.published - timedelta(days=(here.published.isoweekday() - 6) % 7)
        return Reading("DATE", periods.containing(saturday, "WE"), here.anchor)
    if (text in ("a", "an") or (text, unit) == ("one", "D")) and not _is_length(match, here):
        return None
    words = here.text[match.core : match.end]
    if unit == "S" and groups["unit"] == "second" and "-" not in words and text not in ("1", "one"):
        return None  # `a second`, `12 Second Street`: the ordinal
    if "half2" in groups and number is not None:
        number += 0.5 if groups["half2"] == "half" else 0.25
    value = length(number, unit)
    if "n2" in groups:
        unit2 = unit_of(groups["unit2"])
        second = length(count(groups["n2"]), unit2)
        if not value or not second or list(periods.UNITS).index(unit2) <= list(periods.UNITS).index(unit):
            return None
        tail = second.removeprefix("P")
        value += tail.removeprefix("T") if "T" in value else tail
    return Reading("DURATION", value) if value else None


_HELD = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:attack|strike|airstrike|raid|shelling|bombing|shooting|blast|assault|meeting|summit|rally|"
    r"protest|vote|election|speech|interview)s?\b"
)
"""What takes place on `a weekend`, which is then the last one; `a weekend trip` is any."""

_AT = re.compile(r"\b(?:at|by|from|until|around|about|since)\s\Z")
_LENGTH_BEFORE = re.compile(
    r"\b(?:for|in|within|after|than|about|almost|nearly|over|under|last(?:s|ed)?|takes?|took|of|spent|spends?|least|"
    r"most|half|only|just|barely|hardly|once|twice|more|around|roughly|every|be|is|was|years?|to|and|or|nor|by|until|"
    r"through|during|follows|followed|on|at|with|from|exactly|some|wait(?:ed|ing)?|another|quite|such)\s+$|[(—–,;:.\"“-]\s*$"
)


_QUARTER_BEFORE = re.compile(r"\b(?:for|in|within|during|last|past|next|first|over|lasted)\s+(?:the\s+)?$")


def _is_length(match: Match, here: Here) -> bool:
    """`a week` is a length after a word that measures, or before one; `a day of rage` and `a month` as things are
    not."""
    if match.hedge or re.search(r"-", match.groups.get("unit", "")):
        return True
    text = here.text[match.core : match.end]
    if "-" in text:
        return True
    before = here.text[max(0, match.core - 24) : match.core].lower()
    after = re.match(
        r"\s+(?:after|before|from|behind|later|since|and|long|apart|or|to)\b", here.text[match.end : match.end + 12]
    )
    return bool(after or _LENGTH_BEFORE.search(before))


def range_of_units(match: Match, here: Here) -> Reading | None:
    """`two to three weeks`: an unknown number of them, for a duration of TIMEX3 has but one."""
    low = count(match.groups.get("low") or match.groups.get("low2", ""))
    high = count(match.groups.get("high") or match.groups.get("high2", ""))
    if low is None or high is None or low >= high:
        return None
    return Reading("DURATION", length(None, unit_of(match.groups["unit"])))


def vague(match: Match, here: Here) -> Reading | None:
    """`years`, `for weeks`, `decades-long`."""
    return Reading("DURATION", length(None, unit_of(match.groups["units"])))


def unit_long(match: Match, here: Here) -> Reading | None:
    """`daylong`, `decades-long`."""
    if "units" in match.groups:
        return vague(match, here)
    return Reading("DURATION", length(1, UNIT[match.groups["bare"]]))


def window(match: Match, here: Here) -> Reading | None:
    """`the past two months`, `the next four years`: a length that ends or begins with the article."""
    groups = match.groups
    unit = unit_of(groups["unit"])
    number = count(groups["n"]) if "n" in groups else 1.5 if "half2" in groups else 1
    value = length(number, unit)
    if value is None:
        return None
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(groups["direction"], 0)
    if number is None:
        return Reading("DURATION", value, here.anchor)
    if unit == "H" and here.published and groups["direction"] in ("last", "past", "previous", "preceding"):
        first = here.published - timedelta(days=-(-int(number) // 24))
        return Reading("DURATION", value, here.anchor, first, here.published)  # `the past 24 hours`
    far = periods.move(here.published, step * number, unit) if here.published and step else None
    if not far or not here.published or unit in ("S", "MIN", "H"):
        return Reading("DURATION", value, here.anchor if step else None)
    begin, end = sorted((far, here.published))
    return Reading("DURATION", value, here.anchor, begin, end)


_GRAIN = {"S": "D", "MIN": "D", "H": "D", "D": "D", "N": "D", "WE": "WE", "W": "D", "F": "D", "M": "M", "Q": "Q",
          "Y": "Y", "E": "Y", "C": "E", "L": "C"}  # fmt: skip


def _moved(day: date | None, number: float | None, unit: str, step: int) -> str | None:
    """The value of the day, month or year that lies so far away; to the grain of the unit, and of a week to the day."""
    if not day or number is None:
        return None
    moved = periods.move(day, step * number, unit)
    return periods.containing(moved, _GRAIN[unit]) if moved else None


def ago(match: Match, here: Here) -> Reading | None:
    """`two weeks ago`: from the article's date. `a year ago` beside a quarter is the same quarter of that year."""
    groups = match.groups
    number, unit = _distance(match)
    if number is None:
        value = f"{'PAST_REF'}" if here.published or "n" in groups else None
        return Reading("DATE", value, here.anchor)
    if unit in ("S", "MIN", "H"):
        return _hours_ago(number, unit, here)
    if unit == "Y" and number == 1 and here.period:
        return Reading("DATE", periods.shift(here.period, -1, "Y"), here.period, leans=True)
    mod = {"more than": "BEFORE", "over": "BEFORE", "less than": "AFTER", "under": "AFTER"}.get(match.hedge)
    return Reading("DATE", _moved(here.published, number, unit, -1), here.anchor, mod=mod)


def _hours_ago(number: float, unit: str, here: Here) -> Reading:
    """An hour ago is today, as far as an article dated by the day can tell."""
    return Reading("DATE", here.anchor if unit != "H" or number < 12 else None, here.anchor)


def _distance(match: Match) -> tuple[float | None, str]:
    groups = match.groups
    if "bare" in groups:
        return 1, UNIT[groups["bare"]]
    return count(groups["n"]), unit_of(groups["unit"])


def anaphoric(match: Match, here: Here) -> Reading | None:
    """`a year earlier`, `two days later`: from what was last spoken of."""
    number, unit = _distance(match)
    sense = match.groups.get("sense", "earlier")
    step = 1 if sense in ("later", "after that", "afterward", "afterwards") else -1
    if unit in ("S", "MIN", "H"):
        value = length(number, unit)
        return Reading("DURATION", value) if value else None
    if number is None:
        value = length(None, unit)
        return Reading("DURATION", value) if value else None
    if unit == "Y" and here.period:
        return Reading("DATE", periods.shift(here.period, int(step * number), "Y"), here.period, leans=True)
    fine = unit in ("D", "N", "W", "F", "WE")
    source = here.day if fine else here.focus or here.anchor
    days = periods.bounds(source)
    if not days or not source:
        return Reading("DATE", None)
    moved = _moved(days[0], number, unit, step)
    reached = periods.bounds(moved)
    if step > 0 and reached and here.published and reached[0] > here.published and here.way(match) != "future":
        moved = None  # `fifty years later` in a tale of the past: it does not go on from the last date
    # What a year is compared with stays the one that is spoken of; a tale goes on from what came later.
    return Reading("DATE", moved, days[0].isoformat(), leans=step < 0 and unit == "Y")


def from_now(match: Match, here: Here) -> Reading | None:
    """`three months from now`, `in two weeks' time`."""
    number, unit = _distance(match)
    if unit in ("S", "MIN", "H"):
        return Reading("DATE", here.anchor, here.anchor)
    return Reading(
        "DATE", _moved(here.published, number, unit, 1) or ("FUTURE_REF" if number is None else None), here.anchor
    )


def comparison(match: Match, here: Here) -> Reading | None:
    """`the year-ago quarter`, `the latest quarter`."""
    words = here.text[match.core : match.end].lower()
    back = 1 if "ago" in words or "earlier" in words or "before" in words else 0
    if here.month and back and "quarter" not in words:
        return Reading("DATE", periods.shift(here.month, -1, "Y"), here.month, leans=True)
    if not here.period:
        if "quarter" not in words or not here.published:
            return Reading("DATE", None)
        current = periods.containing(here.published, "Q")
        step = 0 if "current" in words else -1
        latest = periods.shift(current, step, "Q")
        return Reading("DATE", periods.shift(latest, -back, "Y") if latest else None, here.anchor)
    return Reading("DATE", periods.shift(here.period, -back, "Y"), here.period, leans=True)
