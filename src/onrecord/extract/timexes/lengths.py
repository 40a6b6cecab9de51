"""Lengths of time and distances: `three weeks`, `two years ago`, `the past decade`, `a year earlier`."""

import re
from datetime import date

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


def full_year(short: int, published: date | None) -> int:
    """The year of two figures: the latest that is not more than ten years after the article."""
    latest = (published.year if published else 2029) + 10
    return latest - (latest - short) % 100


def feast(code: str, year: int) -> date | None:
    """The day of a code of table [holiday] in a year."""
    if code.startswith("easter"):
        return (
            periods.move(periods.easter(year), int(code.removeprefix("easter")), "D") if 1583 <= year < 9999 else None
        )
    if "," in code:
        weekday, nth, month = (int(part) for part in code.split(","))
        return periods.weekday_of_month(year, month, nth, weekday)
    return periods.make_day(year, int(code[:2]), int(code[3:]))


def duration(match: Match, here: Here) -> Reading | None:
    """`three years`, `19-hour`, `two and a half years`, `5 hours and 20 minutes`."""
    groups = match.groups
    unit = unit_of(groups["unit"])
    text = groups["n"]
    number = count(text)
    if "old" in groups and unit in ("Y", "E"):
        return None
    if text in ("a", "an", "half a", "half an") and groups["unit"].endswith("s"):
        return None
    if unit == "Q" and "-" in match.groups.get("unit", "") + here.text[match.core : match.end]:
        return None  # `three-quarters` of something
    if (text in ("a", "an") or (text, unit) == ("one", "D")) and not _is_length(match, here):
        return None
    if unit == "S" and groups["unit"] == "second" and not re.fullmatch(r"[\d.,]+|one", text):
        return None  # `a second`, `another second`: mostly the ordinal
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


_LENGTH_BEFORE = re.compile(
    r"\b(?:for|in|within|after|than|about|almost|nearly|over|under|last(?:s|ed)?|takes?|took|of|spent|spends?|least|"
    r"most|half|only|just|barely|hardly|once|twice|more|around|roughly|every|be|is|was|years?|to|and|or|nor|by|until|"
    r"through|during|follows|followed|on|at|with|from|exactly|some|wait(?:ed|ing)?|another|quite|such)\s+$|[(—–,;:.\"“-]\s*$"
)


def _is_length(match: Match, here: Here) -> bool:
    """`a week` is a length after a word that measures, or before one; `a day of rage` and `a month` as things are
    not."""
    if match.hedge or re.search(r"-", match.groups.get("unit", "")):
        return True
    text = here.text[match.core : match.end]
    if "-" in text:
        return True
    before = here.text[max(0, match.core - 24) : match.core].lower()
    after = re.match(r"\s+(?:after|before|from|behind|later|since|and|long|apart|or|to)\b", here.text[match.end :][:12])
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


def times(match: Match, here: Here) -> Reading | None:
    """`twice a week`."""
    return Reading("SET", length(1, unit_of(match.groups["setunit"])))


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
    return Reading("DATE", moved, days[0].isoformat())


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
    if not here.period:
        if "quarter" not in words or not here.published:
            return Reading("DATE", None)
        current = periods.containing(here.published, "Q")
        step = 0 if "current" in words else -1
        latest = periods.shift(current, step, "Q")
        return Reading("DATE", periods.shift(latest, -back, "Y") if latest else None, here.anchor)
    return Reading("DATE", periods.shift(here.period, -back, "Y"), here.period, leans=True)


def quarter(match: Match, here: Here) -> Reading | None:
    """`the third quarter of 2019`, `third-quarter`, `Q3`. Without a year: the last quarter of that number that has
    begun, or the one to come where the words point forward."""
    groups = match.groups
    number = int(groups.get("q") or groups.get("q2") or meaning("ordinal", groups["ordinal"]))
    if "year" in groups:
        return Reading("DATE", f"{groups['year']}-Q{number}")
    if not here.published:
        return Reading("DATE", f"XXXX-Q{number}")
    year = here.published.year
    if "which" in groups:
        return Reading("DATE", f"{year + meaning('which', groups['which']):04}-Q{number}", here.anchor)
    ahead = 3.0 * (number - (here.published.month + 2) // 3)
    if ahead > 0 and here.effort(ahead - 12, here.way(match)) <= here.effort(ahead, here.way(match)):
        year -= 1
    return Reading("DATE", f"{year:04}-Q{number}", here.anchor)


def half(match: Match, here: Here) -> Reading | None:
    """`the first half of 2021`."""
    groups = match.groups
    number = meaning("half", groups["half"])
    if "year" in groups:
        return Reading("DATE", f"{groups['year']}-H{number}")
    step = meaning("which", groups["which"]) if "which" in groups else 0
    value = f"{here.published.year + step:04}-H{number}" if here.published else None
    return Reading("DATE", value, here.anchor)


def fiscal(match: Match, here: Here) -> Reading | None:
    """`fiscal 2019`. When it begins the text does not say, so it has a value and no days."""
    groups = match.groups
    short = groups.get("short", groups.get("fy", ""))[-2:]
    return Reading("DATE", groups.get("year") or f"{full_year(int(short), here.published):04}")


def year(match: Match, here: Here) -> Reading | None:
    """A year in figures."""
    groups = match.groups
    value = groups.get("year") or f"{full_year(int(groups['short']), here.published):04}"
    text = here.text[match.core : match.end].lower()
    mod = "ON_OR_AFTER" if "later" in text else "ON_OR_BEFORE" if "earlier" in text else None
    return Reading("DATE", value, mod=mod)


def years(match: Match, here: Here) -> Reading | None:
    """`1992-96`."""
    first, last = match.groups["year"], match.groups["endyear"]
    last = first[:2] + last if len(last) == 2 else last
    if not int(first) < int(last) <= int(first) + 150:
        return None
    return Reading("DATE", f"{first}/{last}", begin=date(int(first), 1, 1), end=date(int(last), 12, 31))


def spelled_year(match: Match, here: Here) -> Reading | None:
    """`nineteen sixty-two`, `two thousand and five`."""
    words = match.groups["spelled"].replace("-", " ").split()
    if words[0] == "two":
        return Reading("DATE", f"{2000 + int(count(' '.join(w for w in words[2:] if w != 'and')) or 0):04}")
    rest = 0 if words[1] == "hundred" else int(count(" ".join(words[1:])) or 0)
    return Reading("DATE", f"{100 * meaning('cardinal', words[0]) + rest:04}")


def decade(match: Match, here: Here) -> Reading | None:
    """`the 1990s`, `the '90s`, `the nineties`: of the twentieth century, where nothing else is said."""
    groups = match.groups
    if "tens" in groups:
        return Reading("DATE", f"19{meaning('tens', groups['tens']) // 10}")
    if "century2" in groups:
        return Reading("DATE", f"{groups['century2']}{groups['decade']}")
    digit = groups.get("decade") or groups["shortdecade"]
    return Reading("DATE", f"19{digit}") if digit > "1" else None


def century(match: Match, here: Here) -> Reading | None:
    """`the 19th century` is 18 in TIMEX3, after the first figures of its years."""
    number = int(match.groups["nth"]) if "nth" in match.groups else meaning("dayword", match.groups["dayword"])
    if not 0 < number <= 30:
        return None
    if "bc" in match.groups:
        return Reading("DATE", f"BC{number - 1:02}")
    return Reading("DATE", f"{number - 1:02}")


LENGTHS = {
    function.__name__: function
    for function in (
        duration, range_of_units, vague, unit_long, times, window, ago, anaphoric, from_now, comparison, quarter,
        half, fiscal, year, years, spelled_year, decade, century,
    )
}  # fmt: skip
