"""Time expressions of English news, with their values after TIMEX3 (ISO-TimeML).

A regular grammar (`data/timex_rules.toml`) finds them, calendar arithmetic values them against the day of publication
and what was spoken of before. Nothing is guessed: without a date of publication `last week` is found and has no value.
"""

from typing import Any

from onrecord.extract.timexes import periods
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.grammar import Match, find
from onrecord.extract.timexes.meanings import MEANINGS
from onrecord.extract.timexes.words import meaning
from onrecord.model import Document, Finding, Span, Timex

VERSION = "timexes/5"

__all__ = ["extract_timexes"]

_SKIPPED = ("boilerplate", "byline", "date")


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
        for match, reading in find(text, lambda match: _read(match, here)):
            here.note(reading, match.end)
            found.append(Finding(value=_timex(match, reading, block.span.start), rule=match.rule.id))
    return found


def _read(match: Match, here: Here) -> Reading | None:
    try:
        return MEANINGS[match.rule.means](match, here)
    except (OverflowError, ValueError):
        return None  # a day before the year 1 or after 9999, of which the calendar knows nothing


def _timex(match: Match, reading: Reading, offset: int) -> Timex:
    days = periods.bounds(reading.value[:10] if reading.value and reading.type == "TIME" else reading.value)
    begin, end = days if days and reading.type in ("DATE", "TIME") else (reading.begin, reading.end)
    if match.rule.means == "fiscal":
        begin = end = None
    mod: Any = reading.mod or meaning("hedge", match.hedge) or meaning("phase", match.phase)
    return Timex(
        span=Span(start=offset + match.start, end=offset + match.end),
        type=reading.type,
        value=reading.value,
        mod=mod,
        begin=begin.isoformat() if begin else None,
        end=end.isoformat() if end else None,
        anchor=reading.anchor,
    )
