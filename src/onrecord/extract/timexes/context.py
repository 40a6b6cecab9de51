"""What a reader knows when he comes upon a time expression: the article's date, and what was spoken of before."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.direction import Direction, direction
from onrecord.extract.timexes.grammar import Match

Type = Literal["DATE", "TIME", "DURATION", "SET"]


class Reading(NamedTuple):
    """What a match means. `value` None: found, but not to be told. `anchor`: the day it was reckoned from."""

    type: Type
    value: str | None
    anchor: str | None = None
    begin: date | None = None
    end: date | None = None
    mod: str | None = None


@dataclass
class Here:
    """The place in the article: it moves on with each expression that is read.

    `published` is None where the article has no date. `day` and `focus` are the values that were last spoken of, to
    the day and at any grain; `period` the last quarter, half year, month or season, as far as the same block or the
    one before spoke of it.
    """

    published: date | None
    text: str = ""
    day: str | None = None
    focus: str | None = None
    period: str | None = None
    period_age: int = 0

    @property
    def anchor(self) -> str | None:
        return self.published.isoformat() if self.published else None

    def enter(self, text: str) -> None:
        """A new block begins."""
        self.text = text
        self.period_age += 1
        if self.period_age > 2:
            self.period = None

    def note(self, reading: Reading) -> None:
        """Remember a date that later ones may lean on."""
        value = reading.value or ""
        if reading.type == "TIME":
            value = value[:10]
        elif reading.type != "DATE":
            return
        kind = periods.shape(value)
        if kind is None:
            return
        self.focus = value
        if kind == "D":
            self.day = value
        if kind in ("Q", "HY"):
            self.period, self.period_age = value, 0

    def way(self, match: Match) -> Direction | None:
        return direction(self.text, match.start, match.end)

    def weekday(self, match: Match, number: int) -> date | None:
        """The weekday (1 Monday) that is meant: the last one up to the day of publication, or the next one from it
        on where the words around point forward."""
        if not self.published:
            return None
        back = (self.published.isoweekday() - number) % 7
        try:
            if self.way(match) == "future":
                return self.published + timedelta(days=(number - self.published.isoweekday()) % 7)
            return self.published - timedelta(days=back)
        except OverflowError:
            return None

    def year_of(self, match: Match, month: int, day: int | None) -> int | None:
        """The year of a month or a day that has none. Where no word points forward or back, the nearest."""
        if not self.published:
            return None
        this = self.published.year
        way = self.way(match)
        # A month far on is hardly meant by a past tense, nor one long gone by a future.
        distances = {year: 12 * (year - this) + month - self.published.month for year in (this - 1, this, this + 1)}
        if way == "past":
            fitting = [y for y, d in distances.items() if d < 0 or (d == 0 and self._not_after(y, month, day))]
            return max(fitting)
        if way == "future":
            fitting = [y for y, d in distances.items() if d > 0 or (d == 0 and not self._gone(y, month, day))]
            nearest = min(fitting)
            # `would` and `expected` are said of what is just over, too.
            return this if distances[nearest] > 10 and distances[this] <= 0 else nearest
        return min(distances, key=lambda year: (abs(distances[year] + (0.5 if day is None else 0)), -year))

    def _not_after(self, year: int, month: int, day: int | None) -> bool:
        # A day or two ahead: news is dated by the day it was written, or by the zone of its desk.
        named = periods.make_day(year, month, day) if day else None
        return named is None or self.published is None or named <= self.published + timedelta(days=1)

    def _gone(self, year: int, month: int, day: int | None) -> bool:
        named = periods.make_day(year, month, day) if day else None
        return named is not None and self.published is not None and named < self.published
