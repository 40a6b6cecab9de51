"""Dates beside today or beside what was last spoken of: `last week`, `this morning`, `the following year`."""

import re
from datetime import date, timedelta

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.dates import BESIDE, make_date, number_of_day, part_of
from onrecord.extract.timexes.grammar import Match, lowered
from onrecord.extract.timexes.lengths import UNIT
from onrecord.extract.timexes.words import alternatives, meaning

DEICTIC = {
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
    day = periods.move(here.published, DEICTIC[word], "D") if here.published else None
    return part_of(day, match.groups.get("part"), here)


def part_of_day(match: Match, here: Here) -> Reading | None:
    """`last night`, `this morning`, `tonight`."""
    groups = match.groups
    word = groups["deictic"]
    if word in ("tonight", "overnight"):
        back = -1 if word == "overnight" else 0
        day = periods.move(here.published, back, "D") if here.published else None
        # What goes on overnight is told beside a day; it is not the day that is spoken of.
        return Reading("TIME", f"{day.isoformat()}TNI" if day else None, here.anchor, leans=bool(back))
    day = periods.move(here.published, -1 if word == "last" else DEICTIC[word], "D") if here.published else None
    return part_of(day, groups["part"], here)


def bare_part(match: Match, here: Here) -> Reading | None:
    """`in the evening`: of the day that was last spoken of. `the Evening Standard` is a newspaper."""
    if here.text[match.core + len(match.phase) :].lstrip().startswith(("Morning", "Evening", "Night", "Afternoon")):
        return None
    return part_of(periods.day_of(here.day), match.groups["part"], here)._replace(anchor=here.day)


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
    if groups["which"] in BESIDE and here.focus:
        return _neighbour(here.focus, step, unit)
    if groups["which"] == "next" and _is_told(match, here):
        return _neighbour(here.focus, step, unit)
    if not here.published:
        return Reading("DATE", None)
    if unit == "D":
        return part_of(periods.move(here.published, step, "D"), None, here)
    return Reading("DATE", periods.shift(periods.containing(here.published, unit), step, unit), here.anchor)


def _is_told(match: Match, here: Here) -> bool:
    """Whether `the next week` goes on in a tale of the past: it has its article, a verb of the past, and a date before
    it that is over."""
    days = periods.bounds(here.focus)
    if not days or not here.published or here.way(match) != "past":
        return False
    article = _THE.search(here.text, max(0, match.start - 6), match.core)
    return bool(article and periods.containing(days[1], "M") < periods.containing(here.published, "M"))


def _neighbour(source: str | None, step: int, unit: str) -> Reading:
    """The period of a unit before, at or after the one in which `source` began; unknown where that is a longer one
    (the month before 2016 is seldom December 2015)."""
    days = periods.bounds(source)
    same = periods.bounds(periods.containing(days[0], unit)) if days else None
    if not days or not same or days[1] - days[0] > same[1] - same[0]:
        return Reading("DATE", None)
    value = periods.shift(periods.containing(days[0], unit), step, unit)
    return Reading("DATE", value, days[0].isoformat())


def relative_month(match: Match, here: Here) -> Reading | None:
    """`last May`: the latest one that is over; `next May`: the first that has not begun; `this May`: of this year."""
    groups = match.groups
    step, month = meaning("which", groups["which"]), meaning("month", groups["month"])
    if not here.published:
        return make_date(None, month, number_of_day(groups.get("day")), None)
    year = here.published.year
    if step == -1 and month >= here.published.month:
        year -= 1
    elif step == 1 and month <= here.published.month:
        year += 1
    return make_date(year, month, number_of_day(groups.get("day")), here.anchor)


_COLLAPSE = re.compile(r"\b(?:after|before|of|during|since)\s+the\s+\Z")  # `after the fall`: of something
_THE = re.compile(r"\bthe\s+\Z", re.I)
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}  # of the year it begins in, in the north


_AHEAD = re.compile(r"\b(?:for|before|by|until|ahead of)\s+(?:the\s+)?$")  # stocks are laid in for a winter to come


def season(match: Match, here: Here) -> Reading | None:
    """`last fall`, `summer 2019`, `the winter`. A winter is of the year in which it begins, in the north."""
    groups = match.groups
    code = meaning("season", groups["season"])
    if groups["season"] == "fall" and _COLLAPSE.search(here.text[max(0, match.core - 12) : match.core]):
        return None
    if "year" in groups:
        return Reading("DATE", f"{groups['year']}-{code}")
    if not here.published:
        return Reading("DATE", f"XXXX-{code}")
    step = meaning("which", groups["which"]) if "which" in groups else None
    year = here.published.year
    way = "future" if _AHEAD.search(here.text[max(0, match.core - 20) : match.core]) else here.way(match)
    if re.search(r"year$", here.text[match.core : match.end], re.I):
        return Reading("DATE", f"{year + (step or 0):04}-{code}", here.anchor)
    first, last = _SEASON_MONTHS[code]
    # How many months this year's is ahead; 0 while it is on, below 0 once it is over.
    gaps = {}
    for candidate in (year - 1, year, year + 1):
        begin, end = (12 * (candidate - year) + month - here.published.month for month in (first, last))
        gaps[candidate] = begin if begin > 0 else min(end, 0)
    if step == -1:
        chosen = max(y for y, gap in gaps.items() if gap < 0)
    elif step == 1:
        chosen = min(y for y, gap in gaps.items() if gap > 0)
    elif step == 0 and code != "WI":
        chosen = year
    else:
        chosen = min(gaps, key=lambda y: (here.effort(2 * gaps[y], way), -y))
    return Reading("DATE", f"{chosen:04}-{code}", here.anchor)


def within_period(match: Match, here: Here) -> Reading | None:
    """`earlier this year`, `later that day`, `earlier in the week`."""
    groups = match.groups
    if "bare" in groups and re.search(r"\bthat\b|\bsame\b", here.text[match.core : match.end]):
        return anaphor(match, here)
    if "bare" in groups:
        unit = UNIT[groups["bare"]]
        if unit == "D":
            days_ = periods.bounds(here.day)
            ahead = bool(days_ and here.published and days_[0] > here.published)
            day = here.anchor if ahead else here.day  # beside a day to come, the article's own is meant
            return Reading("DATE", day, day)
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
    unit = "D" if code else meaning("season", bare) or UNIT[bare]
    source = here.day if unit == "D" else here.focus
    days_ = periods.bounds(source)
    if not days_ or not source:
        return Reading("TIME" if code else "DATE", None)
    if unit in ("SP", "SU", "FA", "WI"):
        return Reading("DATE", f"{days_[0].year:04}-{unit}", source)
    if code:
        day = periods.move(days_[0], step, "D")
        return Reading("TIME", f"{day.isoformat()}T{code}" if day else None, source)
    return _neighbour(source, step, unit)


_AFTER_IT = re.compile(r"\b(?:since|from|than(?: at)?)\s+(?:the\s+)?\Z")


def year_end(match: Match, here: Here) -> Reading | None:
    """`by year-end`: of the article's year; `since year-end`: of the one before."""
    back = bool(_AFTER_IT.search(here.text, max(0, match.start - 16), match.core))
    value = f"{here.published.year - back:04}" if here.published else None
    return Reading("DATE", value, here.anchor, mod="END")


def midweek(match: Match, here: Here) -> Reading | None:
    """`by midweek`: of the week of the article, or of the next where the words point past its Wednesday."""
    if not here.published:
        return Reading("DATE", None)
    ahead = here.way(match) == "future" and here.published.isoweekday() > 3
    value = periods.containing(here.published + timedelta(days=7 * ahead), "W")
    return Reading("DATE", value, here.anchor, mod="MID")


def definite(match: Match, here: Here) -> Reading | None:
    """`the quarter`: the one last spoken of, where it was one; else the one that the article lies in. `the year` that
    is bounded by what follows is one of the calendar if that is its last day (`the quarter ended June 30`), else a
    length of time (`the year ended June 30`). `the week` in a tale of the past is that of the day last spoken of, `the
    full year` that of the quarter."""
    unit = UNIT[match.groups["bare"]]
    ended = _ENDED.match(lowered(here.text[match.end : match.end + 40]))
    if ended and (value := _ending(ended, unit, here)):
        return Reading("DATE", value, None if ended["year"] else here.anchor)
    bounded = re.match(r"\s+(?:end(?:ed|ing|s)|to)\b", here.text[match.end : match.end + 10])
    if bounded and not (unit == "Q" and here.period):
        return Reading("DURATION", f"P1{unit}")
    if unit == "Q":
        return Reading("DATE", here.period, here.anchor) if here.period else Reading("DATE", None)
    if not here.published:
        return Reading("DATE", None)
    said = periods.day_of(here.day) if unit == "W" else None
    if said and 0 < (here.published - said).days < 7 and here.way(match) == "past":
        return Reading("DATE", periods.containing(said, unit), here.day)
    whole = unit == "Y" and _WHOLE.match(here.text[match.core : match.end])
    if whole and here.period and here.way(match) != "future":
        return Reading("DATE", here.period[:4], here.period, leans=True)
    return Reading("DATE", periods.containing(here.published, unit), here.anchor)


_WHOLE = re.compile(r"(?:entire|whole|full)\b", re.I)
_ENDED = re.compile(
    rf"\s+(?:that )?end(?:ed|ing|s)(?: on)? (?:(?P<month>{alternatives('month')}) (?P<day>\d\d)|"
    rf"(?P<day2>\d\d) (?P<month2>{alternatives('month')}))\b(?:,? (?P<year>(?:19|20)\d\d))?"
)


def _ending(match: re.Match[str], unit: str, here: Here) -> str | None:
    """The quarter or year of the calendar whose last day is named: the last such, where no year is."""
    month, day = meaning("month", match["month"] or match["month2"]), int(match["day"] or match["day2"])
    if unit not in ("Q", "Y") or month % (3 if unit == "Q" else 12):
        return None
    year = int(match["year"]) if match["year"] else here.published.year if here.published else None
    if not year or periods.last_day(year, month).day != day:
        return None
    if not match["year"] and here.published and periods.last_day(year, month) > here.published:
        year -= 1
    return periods.containing(date(year, month, day), unit)


def fixed(match: Match, here: Here) -> Reading | None:
    """A value that the rule states."""
    constants = match.rule.constants
    return Reading("DATE", constants["value"], here.anchor if constants["value"].endswith("_REF") else None)
