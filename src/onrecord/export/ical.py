"""iCalendar (RFC 5545): what falls due, one all-day event for each commitment with a due date.

`DTSTART` is the first day of the due date and `DTEND` the day after its last, so that `in May` takes the whole of
May; where the text gives only the last day, it is that day alone. A commitment without a due date, or with one that
has no end (`in the coming days`), is not in the calendar: there is no day that it falls due on. `SUMMARY` holds the
article's words alone, an ellipsis where some are left out, and the name of the voice in front where it is somebody's
claim; `DESCRIPTION` names the chain of voices, outlet first, and quotes the words of the due date and of the
condition. `CATEGORIES` is the class: pledge, threat, plan or forecast. Nothing blocks time.

`UID` is the entry's id, so that a calendar that is fed again knows its entries again. `DTSTAMP` is the day of
publication, else the time at which the article was fetched: the same ledger, the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from onrecord.export.tellings import Due, first_day, last_day
from onrecord.export.wording import one_line
from onrecord.model import Document, Span

_WIDEST = 75
"""Octets of a line, without its end."""
_LONGEST = 300
"""Code points of a summary."""
_LINK = re.compile(r"https?://[!-~]+")
_STAMP = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:Z|\+00:00)")
_UNKNOWN = "19700101T000000Z"


def components(commitments: Iterable[Due]) -> Iterator[str]:
    """The lines of one event after the other, of those that have a due date."""
    return (text for due in commitments if (text := _event(due)))


def head(version: str) -> str:
    """What stands before the events."""
    return _lines(
        ("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", f"-//onrecord//onrecord {version}//EN"),
        ("CALSCALE", "GREGORIAN"),
    )  # fmt: skip


TAIL = "END:VCALENDAR\r\n"


def _event(due: Due) -> str | None:
    telling, commitment = due
    document, text = telling.document, telling.document.text
    days = _days(commitment.due.begin, commitment.due.end) if commitment.due else None
    if commitment.due is None or days is None:
        return None
    begin, end = days
    voices = [one_line(voice.name or "?") for voice in telling.chain]
    by = (commitment.by.span,) if commitment.by else ()
    words = _quoted(text, (*by, commitment.trigger, *commitment.contents))
    told = [
        " > ".join(voices),
        f"“{one_line(commitment.due.span.of(text))}”",
        f"“{one_line(commitment.condition.of(text))}”" if commitment.condition else "",
        one_line(document.title or ""),
    ]
    link = document.source.url or ""
    return _lines(
        ("BEGIN", "VEVENT"),
        ("UID", f"{telling.entry.id}@onrecord"),
        ("DTSTAMP", _stamp(document)),
        ("DTSTART;VALUE=DATE", begin.isoformat().replace("-", "")),
        ("DTEND;VALUE=DATE", end.isoformat().replace("-", "")),
        ("SUMMARY", _escaped(f"{voices[-1]}: {words}" if commitment.voice else words)),
        ("DESCRIPTION", _escaped("\n".join(filter(None, told)))),
        ("CATEGORIES", commitment.class_.upper()),
        *((("URL", link),) if _LINK.fullmatch(link) else ()),
        ("TRANSP", "TRANSPARENT"),
        ("X-ONRECORD-STATE", commitment.state.upper()),
        *((("X-ONRECORD-VOICE", commitment.voice),) if commitment.voice else ()),
        ("X-ONRECORD-DOCUMENT", document.id),
        ("END", "VEVENT"),
    )


def _days(begin: str | None, end: str | None) -> tuple[date, date] | None:
    """The first day, and the day after the last."""
    last = last_day(end)
    if last is None:
        return None
    start, stop = date.fromisoformat(first_day(begin) or last), date.fromisoformat(last)
    return (start, max(start, stop) + timedelta(days=1)) if max(start, stop) < date.max else None


def _quoted(text: str, spans: Iterable[Span]) -> str:
    """The words of the spans in their order in the text, joined by an ellipsis where others stand between."""
    pieces: list[str] = []
    at = -1
    for span in sorted(set(spans)):
        if span.end <= at:
            continue
        start = max(span.start, at)
        between = text[at:start] if at >= 0 else ""
        if pieces and between.strip():
            pieces.append(" … ")
        elif pieces:
            pieces.append(between)
        pieces.append(text[start : span.end])
        at = span.end
    words = one_line("".join(pieces))
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + " …"


def _stamp(document: Document) -> str:
    published = first_day(document.published)
    if published:
        return published.replace("-", "") + "T000000Z"
    fetched = _STAMP.fullmatch(document.source.retrieved or "")
    return "{}{}{}T{}{}{}Z".format(*fetched.groups()) if fetched else _UNKNOWN


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11."""
    lines = (one_line(line) for line in text.split("\n"))
    return "\\n".join(re.sub(r"([\\;,])", r"\\\1", line) for line in lines)


def _lines(*properties: tuple[str, str]) -> str:
    return "".join(_folded(f"{name}:{value}") for name, value in properties)


def _folded(line: str) -> str:
    """Lines of 75 octets at most, none of which ends inside a character; 3.1."""
    pieces, room = [""], _WIDEST
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(" ")
            room = _WIDEST - 1
        pieces[-1] += character
        room -= size
    return "\r\n".join(pieces) + "\r\n"
