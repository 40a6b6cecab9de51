"""What a reader knows when he comes upon a time expression: the article's date, and what was spoken of before."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.direction import Direction, direction, done
from onrecord.extract.timexes.grammar import Match

Type = Literal["DATE", "TIME", "DURATION", "SET"]

_NEARBY = 200  # code points between a clock time and the day that it belongs to
_JOINED = re.compile(r"(?:,?\s+(?:to|through|thru|until|till|and|or)|\s?[-–—]|,)\s?(?:the\s)?(?:on\s|of\s)?", re.I)
"""Between two weekdays, months or days that are named in one breath, the first first: `Monday to Friday`."""
_KEPT = 5  # blocks after which `a year earlier` no longer means the quarter last spoken of
_DATELINE = re.compile(r"[A-Z][A-Z.'’-]+(?:[ ,/()]+[A-Z][\w.'’-]*){0,6},?\s{1,2}")
_DASH = re.compile(r"\s?(?:\([^)\n]{1,40}\)\s?)?(?:[-–—]|\()|\s?\(")
_AGAINST = 3.0
"""How much further off a month, day or quarter counts on the side that the words point away from."""


class Reading(NamedTuple):
    """What a match means. `value` None: found, but not to be told. `anchor`: the day it was reckoned from."""

    type: Type
    value: str | None
    anchor: str | None = None
    begin: date | None = None
    end: date | None = None
    mod: str | None = None
    leans: bool = False  # on a period named before, which it is compared with


@dataclass
class Here:
    """The place in the article: it moves on with each expression that is read.

    `published` is None where the article has no date. `day` and `focus` are the values that were last spoken of, to
    the day and at any grain; `period` the last quarter or half year that was over, as far as one of the last blocks
    spoke of it; `month` the last month that was over, in the same block; `day_at` where in the block the day was.
    `last` is the value that stands before in the same block, and ends at `last_at`.
    """

    published: date | None
    text: str = ""
    day: str | None = None
    day_at: int = -_NEARBY
    focus: str | None = None
    period: str | None = None
    period_age: int = 0
    month: str | None = None
    last: str | None = None
    last_at: int = -1

    @property
    def anchor(self) -> str | None:
        return self.published.isoformat() if self.published else None

    def enter(self, text: str) -> None:
        """A new block begins."""
        self.text = text
        self.day_at = -_NEARBY
        self.last, self.last_at, self.month = None, -1, None
        self.period_age += 1
        if self.period_age > _KEPT:
            self.period = None

    def day_nearby(self, at: int) -> str | None:
        """The day last spoken of, as far as that was in the same block and not long before."""
        return self.day if at - self.day_at < _NEARBY else None

    def note(self, reading: Reading, at: int) -> None:
        """Remember a date that later ones may lean on."""
        value = reading.value or ""
        self.last, self.last_at = value[:10] if reading.type == "TIME" else value, at
        if reading.type == "TIME":
            value = value[:10]
        elif reading.type == "DURATION" and re.fullmatch(r"P\d+M", value):
            self.period = None  # `for the nine months`: what is compared from here on is no quarter
            return
        elif reading.type != "DATE":
            return
        kind = periods.shape(value)
        if kind is None:
            return
        if not reading.leans:
            self.focus = value
        if reading.leans:
            return
        if kind == "D":
            self.day, self.day_at = value, at
        if kind in ("Q", "HY", "M"):
            self.month = value if kind == "M" and self._is_over(value) else None
        if kind in ("Q", "HY") and self._is_over(value):
            self.period, self.period_age = value, 0

    def _is_over(self, value: str) -> bool:
        days = periods.bounds(value)
        return days is not None and (self.published is None or days[1] <= self.published)

    def joined(self, match: Match) -> date | None:
        """The first day of what stands before, joined to the match by `to`, `and` or a dash."""
        if self.last_at < 0 or not _JOINED.fullmatch(self.text, self.last_at, match.start):
            return None
        days = periods.bounds(self.last)
        return days[0] if days else None

    def way(self, match: Match) -> Direction | None:
        return direction(self.text, match.start, match.end)

    def weekday(self, match: Match, number: int) -> date | None:
        """The weekday (1 Monday) that is meant: the last one up to the day of publication, or the next one from it
        on where the words around point forward."""
        if not self.published:
            return None
        joined = self.joined(match)
        if joined and joined.isoweekday() != number and periods.shape(self.last) == "D":
            return joined + timedelta(days=(number - joined.isoweekday()) % 7)
        if self.way(match) == "future":
            return self.published + timedelta(days=(number - self.published.isoweekday()) % 7)
        return self.published - timedelta(days=(self.published.isoweekday() - number) % 7)

    def year_of(self, match: Match, month: int, day: int | None) -> int | None:
        """The year of a month or a day that has none: the nearest, where years that words point away from count as
        further off."""
        if not self.published:
            return None
        joined = self.joined(match)
        if joined and periods.shape(self.last) == ("M" if day is None else "D"):
            return joined.year + ((month, day or 0) < (joined.month, joined.day if day else 0))
        way = self.way(match)
        past_only = way == "past" and done(self.text, match.start) if day is None else self._is_dateline(match)
        candidates = []
        for year in (self.published.year - 1, self.published.year, self.published.year + 1):
            if day is None:
                distance = 30.0 * (12 * (year - self.published.year) + month - self.published.month)
            else:
                named = periods.make_day(year, month, day)
                if not named:
                    continue
                distance = float((named - self.published).days)
            if not (past_only and distance > 0):
                # Of two that are equally far, the one that the words point to; it lies further off in days.
                candidates.append((self.effort(distance, way), -abs(distance), year))
        return min(candidates)[2] if candidates else None

    def _is_dateline(self, match: Match) -> bool:
        """`BERGEN, JAN. 27 (Agency) --`: what is told happened before it was printed."""
        return bool(_DATELINE.fullmatch(self.text, 0, match.start) and _DASH.match(self.text, match.end))

    @staticmethod
    def effort(distance: float, way: Direction | None) -> float:
        """How far a date lies from the article, given which way the words point. A day ahead is no future: an article
        is dated by the day it was written, or by the zone of its desk."""
        against = (way == "past" and distance > 1) or (way == "future" and distance < 0)
        return abs(distance) * (_AGAINST if against else 1)
