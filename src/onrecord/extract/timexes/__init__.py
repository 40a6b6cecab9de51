"""Time expressions of English news, with their values after TIMEX3 (ISO-TimeML).

A regular grammar (`data/timex_rules.toml`) finds them, calendar arithmetic values them against the day of publication
and what was spoken of before. Nothing is guessed: without a date of publication `last week` is found and has no value.
"""

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.grammar import Match, find
from onrecord.extract.timexes.meanings import MEANINGS
from onrecord.model import Document, Finding, Span, Timex

__all__ = ["extract_timexes"]

_SKIPPED = ("boilerplate", "byline", "date")
_PHASES = {
    "beginning": "START",
    "start": "START",
    "outset": "START",
    "turn": "START",
    "early": "START",
    "middle": "MID",
    "mid": "MID",
    "height": "MID",
    "end": "END",
    "close": "END",
    "late": "END",
}
_HEDGES = {
    "more than": "MORE_THAN",
    "over": "MORE_THAN",
    "well over": "MORE_THAN",
    "just over": "MORE_THAN",
    "less than": "LESS_THAN",
    "fewer than": "LESS_THAN",
    "under": "LESS_THAN",
    "just under": "LESS_THAN",
    "almost": "LESS_THAN",
    "nearly": "LESS_THAN",
    "at least": "EQUAL_OR_MORE",
    "no less than": "EQUAL_OR_MORE",
    "not less than": "EQUAL_OR_MORE",
    "at most": "EQUAL_OR_LESS",
    "no more than": "EQUAL_OR_LESS",
    "up to": "EQUAL_OR_LESS",
    "as many as": "EQUAL_OR_LESS",
    "about": "APPROX",
    "around": "APPROX",
    "approximately": "APPROX",
    "roughly": "APPROX",
    "circa": "APPROX",
    "close to": "APPROX",
}


def extract_timexes(document: Document) -> list[Finding]:
    """All time expressions of the article, in order, none over another; boilerplate, bylines and the date line aside.

    Relative values are reckoned from `document.published`, in whole days of its own zone.
    """
    here = Here(published=periods.day_of(document.published))
    found: list[Finding] = []
    for block in document.blocks:
        if block.kind in _SKIPPED:
            continue
        text = block.span.of(document.text)
        here.enter(text)
        for match, reading in find(text, lambda match: MEANINGS[match.rule.means](match, here)):
            here.note(reading, match.end)
            found.append(Finding(value=_timex(match, reading, block.span.start), rule=match.rule.id))
    return found


def _timex(match: Match, reading: Reading, offset: int) -> Timex:
    days = periods.bounds(reading.value[:10] if reading.value and reading.type == "TIME" else reading.value)
    begin, end = days if days and reading.type in ("DATE", "TIME") else (reading.begin, reading.end)
    if match.rule.means == "fiscal":
        begin = end = None
    mod = reading.mod or _HEDGES.get(match.hedge) or _PHASES.get(match.phase)
    return Timex(
        span=Span(start=offset + match.start, end=offset + match.end),
        type=reading.type,
        value=reading.value,
        mod=mod,
        begin=begin.isoformat() if begin else None,
        end=end.isoformat() if end else None,
        anchor=reading.anchor,
    )
