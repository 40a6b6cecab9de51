"""Dates of publication, as articles and records write them, to ISO 8601 prefixes. A doubtful one is not guessed."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_MONTHS = tuple("january february march april may june july august september october november december".split())
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
_MONTH += r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?\s?(?P<half>[ap]\.?m\.?)?"
_ZONE = r"\s?\(?(?P<zone>z|[a-z]{2,4}|(?:gmt|utc)?\s?[+\-−]\d{1,2}:?(?:\d{2})?)?\)?"
_TIME = rf"(?:{_CLOCK}{_ZONE})"
_JOINT = r"(?:\s?[,|@·•–—-]\s?|\sat\s|t|\s)"
_LABEL = r"(?:(?:first\s|originally\s|last\s)?(?P<label>published|posted|updated|modified|issued|date|dated)"
_LABEL += r"(?:\son|\sat)?\s?[:\-–—]?\s?)?"
_REST = (
    r"(?:\s?[|•·,;(–—-]?\s?(?:last\s)?(?:updated|modified)\b[^\n]{0,80}|\s?[|•·–—-]\s?\d{1,2}\smin(?:ute)?s?\sread)?"
)

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for day in (
        rf"{_WEEKDAY}{_DAY}[\s-]{_MONTH}[\s,-]\s?{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s{_DAY},?\s{_YEAR}",
        r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"{_WEEKDAY}(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.]{_YEAR}",
        rf"{_MONTH},?\s{_YEAR}",
    )
    for form in (rf"{_LABEL}{day}(?:{_JOINT}{_TIME})?{_REST}\.?", rf"{_LABEL}{_TIME}{_JOINT}(?:on\s)?{day}{_REST}\.?")
)

# Abbreviations that mean one offset in news of the last decades. `ET` and `CST` do not, and are left out.
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3}
_ZONES |= {"edt": -4, "est": -5, "cdt": -5, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "jst": 9, "kst": 9}

_LONGEST = 140  # characters of a line that may be a date
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_YEARS = range(1600, 2200)


class Dated(NamedTuple):
    """`value` is an ISO 8601 prefix, or None where `doubt` says why it was not read. `updated`: the line gives the
    date of a later version."""

    value: str | None
    updated: bool = False
    doubt: str | None = None


def date_line(line: str) -> Dated | None:
    """The date that is all of `line`, but for a weekday, a time, a label; None if the line says more or less."""
    line = " ".join(line.split()) if len(line) <= _LONGEST else ""
    if not line or not any(character.isdigit() for character in line):
        return None
    for form in _FORMS:
        found = form.fullmatch(line)
        if found:
            return _dated(found.groupdict(), line)
    return None


def published(value: str) -> Dated | None:
    """The date in a field of a record or of a page's metadata: ISO 8601, RFC 2822, or as in a date line."""
    value = value.strip()
    if _ISO.fullmatch(value):
        return Dated(value) if _is_day(value) else None
    if len(value) > 10 and value[:4].isdigit():
        try:
            moment = datetime.fromisoformat(value.replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            pass
        else:
            return _moment(moment)
    line = date_line(value)
    if line:
        return line
    try:
        return _moment(parsedate_to_datetime(value[:_LONGEST]))
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _moment(moment: datetime) -> Dated | None:
    return Dated(moment.isoformat(timespec="seconds")) if moment.year in _YEARS else None


def _dated(found: dict[str, str | None], line: str) -> Dated | None:
    updated = (found["label"] or "").lower() in ("updated", "modified")
    if found.get("one"):
        one, two = int(found["one"] or 0), int(found["two"] or 0)
        if one <= 12 and two <= 12 and one != two:
            return Dated(None, updated, f"the date {line!r} may have its day or its month first, and was not read")
        day, month = (one, two) if one > 12 else (two, one)
    else:
        day = int(found.get("day") or 0)
        month = int(found.get("number") or 0) or _month(found["month"] or "")
    year = int(found["year"] or 0)
    value = f"{year:04}-{month:02}" + (f"-{day:02}" if found.get("day") or found.get("one") else "")
    if not _is_day(value):
        return None
    return Dated(value + _time(found, value), updated)


def _month(name: str) -> int:
    return 1 + next(i for i, month in enumerate(_MONTHS) if month.startswith(name.lower()[:3]))


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat((value + "-01-01")[:10]).year in _YEARS
    except ValueError:
        return False


def _time(found: dict[str, str | None], value: str) -> str:
    """`T08:00:00+02:00`, without the zone if none is known; nothing if there is no time or no day to it."""
    if not found.get("hour") or len(value) < 10:
        return ""
    hour, minute, second = int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0)
    half = (found["half"] or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = _offset((found["zone"] or "").lower().replace("−", "-").replace(" ", ""))
    try:
        moment = datetime(2000, 1, 1, hour, minute, second, tzinfo=zone)
    except ValueError:
        return ""
    return moment.isoformat(timespec="seconds")[10:]


def _offset(zone: str) -> timezone | None:
    if zone in _ZONES:
        return timezone(timedelta(hours=_ZONES[zone])) if _ZONES[zone] else UTC
    found = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?", zone)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-span if found[1] == "-" else span)
