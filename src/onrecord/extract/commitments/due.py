"""By when: the day of a time expression that is still to come when the article appears."""

import re
from datetime import date, timedelta

from onrecord.model import Moment, Timex

_LENGTH = re.compile(r"^P(T?)(\d+)([DWMYH])$")
_LONGEST = 4000  # years or months or days further than this are no due date
_POINTED = re.compile(r"\b(?:last|past|previous|ago|yesterday|earlier|that|\d{4})\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_WITHIN = ("within", "in")


def moment(timex: Timex, words: str, published: str, before: str) -> Moment | None:
    """What a time expression says of when something is due, or None if it is over, a length or a habit.

    `words`: the expression as written; `published`: the day of publication, or empty; `before`: the word before the
    expression. A day of the week or year that was taken for the last is the next, for what is promised is to come.
    `within two weeks` runs from the day of publication, `in two weeks` is a day as exact as its unit. `the coming
    weeks` begin on the day of publication and have no end.
    """
    if timex.type == "SET" or timex.value in ("PAST_REF", "PRESENT_REF"):
        return None
    if words.lower() in ("future", "the future") and before != "in":
        return None  # `the future of the bridge`
    begin, end = timex.begin, timex.end
    if timex.type == "DURATION" and begin is None:
        ahead = _ahead(timex.value or "", published, before)
        if ahead is None:
            return None
        begin, end = ahead
    elif timex.value == "FUTURE_REF":
        begin = published or None
    value = timex.value
    if published and end and end < published:
        following = _next(timex, words, published)
        if following is None:
            return None
        value = begin = end = following
    if published and end is None and timex.value and timex.value[:4].isdigit() and timex.value[:4] < published[:4]:
        return None
    return Moment(span=timex.span, value=value, begin=begin, end=end)


def is_weekday(words: str) -> bool:
    """Whether an expression is a day of the week and nothing more: `Monday`."""
    return bool(_WEEKDAY.fullmatch(words))


def _next(timex: Timex, words: str, published: str) -> str | None:
    """The next day of its name, of a day that names neither year nor direction and was reckoned from publication."""
    if timex.type != "DATE" or timex.anchor is None or timex.begin is None or timex.begin != timex.end:
        return None
    if timex.value != timex.begin or _POINTED.search(words):
        return None
    try:
        day, today = date.fromisoformat(timex.begin), date.fromisoformat(published)
        if _WEEKDAY.search(words):
            return (day + timedelta(days=7)).isoformat() if today - day < timedelta(days=7) else None
        return day.replace(year=day.year + 1).isoformat() if today - day < timedelta(days=365) else None
    except (ValueError, OverflowError):
        return None


def _ahead(value: str, published: str, before: str) -> tuple[str, str] | None:
    found = _LENGTH.match(value)
    if not found or before not in _WITHIN or not published:
        return None
    number, unit = int(found[2]), found[3]
    try:
        today = date.fromisoformat(published)
        if number > _LONGEST:
            return None
        last = _later(today, number, unit if not found[1] else "H")
        if before == "within":
            return published, last.isoformat()
        return _whole(last, unit if not found[1] else "H")
    except (ValueError, OverflowError):
        return None


def _later(day: date, number: int, unit: str) -> date:
    if unit in "DWH":
        return day + timedelta(days={"D": number, "W": 7 * number, "H": (number + 23) // 24}[unit])
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError(f"no such month: {year}-{month + 1}")


def _whole(day: date, unit: str) -> tuple[str, str]:
    """The day, week, month or year that a day lies in."""
    if unit == "Y":
        return f"{day.year:04}-01-01", f"{day.year:04}-12-31"
    if unit == "M":
        first = day.replace(day=1)
        return first.isoformat(), ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()
    if unit == "W":
        monday = day - timedelta(days=day.weekday())
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    return day.isoformat(), day.isoformat()
