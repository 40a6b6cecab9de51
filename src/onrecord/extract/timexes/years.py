"""Years and parts and runs of them: `1992-96`, `the third quarter`, `the 1990s`, `the 19th century`."""

import re
from datetime import date

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.grammar import Match
from onrecord.extract.timexes.words import alternatives, count, meaning


def full_year(short: int, published: date | None) -> int:
    """The year of two figures: the latest that is not more than ten years after the article."""
    latest = (published.year if published else 2029) + 10
    return latest - (latest - short) % 100


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


def quarter_year_ago(match: Match, here: Here) -> Reading | None:
    """`the year-ago third quarter`."""
    this_year = quarter(match, here)
    value = periods.shift(this_year.value or "", -1, "Y") if this_year else None
    return Reading("DATE", value, here.anchor, leans=True)


def quarter_of_that_year(match: Match, here: Here) -> Reading | None:
    """`the 1988 quarter`, `the same period last year`: the quarter or month that is spoken of, in that year."""
    groups = match.groups
    named = int(groups["year"]) if "year" in groups else None
    if named is None and here.published:
        named = here.published.year + meaning("which", groups["which"])
    if named is None:
        return Reading("DATE", None)
    monthly = "quarter" not in here.text[match.core : match.end].lower() and here.month
    if monthly:
        anchor = monthly if "year" in groups else here.anchor
        return Reading("DATE", f"{named:04}{monthly[4:]}", anchor, leans=True)
    if here.period:
        anchor = here.period if "year" in groups else here.anchor
        return Reading("DATE", f"{named:04}{here.period[4:]}", anchor, leans=True)
    return Reading("DATE", f"{named:04}", None if "year" in groups else here.anchor, leans=True)


def quarter_of_months(match: Match, here: Here) -> Reading | None:
    """`the July-September quarter`."""
    groups = match.groups
    first, last = meaning("month", groups["month"]), meaning("month", groups["month2"])
    if last - first != 2 or last % 3:
        return None
    year = int(groups["year"]) if "year" in groups else here.year_of(match, last, None)
    value = f"{year:04}-Q{last // 3}" if year else f"XXXX-Q{last // 3}"
    return Reading("DATE", value, None if "year" in groups else here.anchor)


def half(match: Match, here: Here) -> Reading | None:
    """`the first half of 2021`."""
    groups = match.groups
    number = int(groups.get("h") or meaning("half", groups["half"]))
    if "year" in groups:
        return Reading("DATE", f"{groups['year']}-H{number}")
    step = meaning("which", groups["which"]) if "which" in groups else 0
    value = f"{here.published.year + step:04}-H{number}" if here.published else None
    return Reading("DATE", value, here.anchor)


def fiscal(match: Match, here: Here) -> Reading | None:
    """`fiscal 2019`. When it begins the text does not say, so it has a value and no days."""
    groups = match.groups
    if "endyear" in groups:
        return years(match, here)
    short = groups.get("short", groups.get("fy", ""))[-2:]
    return Reading("DATE", groups.get("year") or f"{full_year(int(short), here.published):04}")


_COUNTED = re.compile(r"\s+(?:[a-z]{3,}s\b|\d)")
# Had the day before it been one of the calendar, the year would be a part of it: `31 April 2021`.
_OF_NO_DAY = re.compile(
    rf"(?:\d\s(?:of\s)?(?:{alternatives('month')})|(?:{alternatives('month')})\s\d{{1,2}}(?:st|nd|rd|th)?),?\s\Z"
)
_OF_YEAR = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|our|my|this|that|in|since|by|of|early|mid|late|until|from|through|for|during|"
    r"between|and|to|under|fiscal|year|after|before|with)|['’]s)[\s-]+$|\($"
)


def year(match: Match, here: Here) -> Reading | None:
    """A year in figures; `2000 horses` are a number of horses, unless a word before makes it `the 2000 elections`."""
    groups = match.groups
    if _OF_NO_DAY.search(here.text[max(0, match.core - 24) : match.core].lower()):
        return None
    counted = _COUNTED.match(here.text, match.end)
    if counted and not _OF_YEAR.search(here.text[max(0, match.core - 12) : match.core].lower()):
        return None
    value = groups.get("year") or f"{full_year(int(groups['short']), here.published):04}"
    text = here.text[match.core : match.end].lower()
    mod = "ON_OR_AFTER" if "later" in text else "ON_OR_BEFORE" if "earlier" in text else None
    return Reading("DATE", value, mod=mod)


def era(match: Match, here: Here) -> Reading | None:
    """`146 BC`, `AD 79`: four figures, after BC in TIMEX3."""
    number = int(match.groups["number"])
    if not number:
        return None
    if match.groups["era"].startswith("b"):
        return Reading("DATE", f"BC{number:04}")
    return Reading("DATE", f"{number:04}")


def years(match: Match, here: Here) -> Reading | None:
    """`1992-96`."""
    first, last = match.groups["year"], match.groups["endyear"]
    last = first[:2] + last if len(last) == 2 else last
    if not int(first) < int(last) <= int(first) + 150:
        return None
    return Reading("DATE", f"{first}/{last}", begin=date(int(first), 1, 1), end=date(int(last), 12, 31))


def spelled_year(match: Match, here: Here) -> Reading | None:
    """`nineteen sixty-two`, `two thousand and five`."""
    counted = _COUNTED.match(here.text, match.end)
    thousands = match.groups["spelled"].startswith("two") and "year" not in here.text[match.core : match.end].lower()
    if counted or (thousands and not _OF_YEAR.search(here.text[max(0, match.core - 12) : match.core].lower())):
        return None
    return Reading("DATE", f"{worded_year(match.groups['spelled']):04}")


def worded_year(text: str) -> int:
    """The year that a match of SPELLED_YEAR stands for."""
    words = text.replace("-", " ").split()
    if words[0] == "two":
        return 2000 + int(count(" ".join(w for w in words[2:] if w != "and")) or 0)
    rest = 0 if words[1] == "hundred" else int(count(" ".join(words[1:])) or 0)
    return 100 * int(meaning("cardinal", words[0])) + rest


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
