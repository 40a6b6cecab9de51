"""Whether a weekday or a month without a year lies before or after the article: told by the words around it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from onrecord.extract.timexes.words import table

Direction = Literal["past", "future"]

_BEFORE, _AFTER, _THING = 110, 90, 45  # code points of the sentence that can tell
_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_FOR = re.compile(
    r"\b(?:truce|ceasefire|vote|election|meeting|hearing|session|talks|strike|protest|rally|summit|scheduled|planned|"
    r"slated|proposed|arranged|postponed)\s+for\s+$"
)
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_TO = re.compile(r"\bto\s+[a-z]{2,}\s+(?!by\b)")
_ALSO_NOUN = re.compile(r"vote|visit")
_NOUN = re.compile(
    r"\b(?:an?|the|this|that|these|those|his|her|its|their|our|no|every|each|any)\s+(?:[a-z-]*[a-rt-z]\s+)?\Z"
)
_FIRST = re.compile(r"\b(?:first|last|only|latest)\s(?:[\w'’-]+\s){1,7}\Z")
_POSSESSIVE = re.compile(r"['’]s\b")
_STOP = re.compile(r"[.!?][\"”’')]*(?:\s|$)")
_CAPTION = re.compile(r"[^.!?\n]{0,120}[.!?]?\s{0,3}(?:Photograph|Photo|Picture|Credit|Image)s?(?: by)?:")
_SHOWS = re.compile(r"(?:meet|visit|arrive|leave|vote|travel|return|head|open|depart)s?|flies|(?:is|are) [a-z]+ing")
_SENTENCE_END = re.compile(r"(?:[a-z]{3}|\d|[\"”’')\]])[.!?][\"”’')]*\s|;\s|[.!?][\"”]\s")


def direction(text: str, start: int, end: int) -> Direction | None:
    """The way that the nearest cue points: first one just before `text[start:end]`, then before it, then after it.

    The tense of the verb that stands nearest decides, so that `said on Monday that it will` is past, and `said that it
    will on Monday` future. None where the sentence has no cue near by.
    """
    cues, until, since = _cues()
    floor = max(0, start - _BEFORE)
    for boundary in _SENTENCE_END.finditer(text, floor, start):
        floor = boundary.end()
    before = text[floor:start]
    if until.search(before):
        return "future"
    if since.search(before):
        return "past"
    if _FOR.search(before) and _WEEKDAY.match(text, start) and not _POSSESSIVE.match(text, end):
        return "future"  # `called a truce for Wednesday`
    if _STOP.match(text, end):
        after = ""
    else:
        boundary_after = _SENTENCE_END.search(text, end, end + _AFTER)
        after = text[end : boundary_after.end() if boundary_after else end + _AFTER]
    # `Wednesday's ruling` is the thing spoken of, and not when the verb before it took place.
    possessive = _POSSESSIVE.match(after)
    last = max(_pointing(cues, before), key=lambda match: match.start(), default=None)
    if _BY.search(before) and (not last or _TO.search(before, last.end())):
        return "future"  # `a plan to repay the loan by May`
    found = last if last and not possessive else next(_pointing(cues, after[:_THING] if possessive else after), None)
    if found:
        shown = found["future"] and _SHOWS.fullmatch(found["future"]) and _CAPTION.match(text, end)
        return "future" if found["future"] and not shown else "past"  # what a picture shows is over
    return None


def _pointing(cues: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The cues of a text: not the noun of `survived a confidence vote`, nor what `the first leader to visit` did."""
    for match in cues.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        verb = match["future"]
        if verb and (
            _NOUN.search(before) if _ALSO_NOUN.fullmatch(verb) else verb[:3] == "to " and _FIRST.search(before)
        ):
            continue
        yield match


def done(text: str, start: int) -> bool:
    """Whether a verb of the past stands right before, with no more than `in` or `on` between: `was arrested in`."""
    return bool(_done().search(text, max(0, start - 40), start))


@cache
def _done() -> re.Pattern[str]:
    past = str(table("direction")["past"]).replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?<!be\s)(?:{past})(?:\s+(?:in|on|back in))?\s+\Z")


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = {name: str(pattern).replace(" ", r"\s+") for name, pattern in table("direction").items()}
    return (
        re.compile(rf"(?<![\w-])(?:(?P<future>{words['future']})|(?<!to\s)(?P<past>{words['past']}))(?![\w-])"),
        re.compile(rf"\b(?:{words['until']})\s+(?:on\s+|the\s+)?$"),
        re.compile(rf"\b(?:{words['since']})\s+(?:on\s+|the\s+)?$"),
    )
