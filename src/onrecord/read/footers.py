"""What outlets put under an article, and between its paragraphs, that is no part of it."""

import re
from collections.abc import Sequence

from onrecord.read.paragraphs import Paragraph, Piece

# At the end of an article. Each must match at the beginning of a paragraph.
_FOOTERS = (
    # how to reach the outlet, how to pay it
    r"to (?:contact|reach|subscribe|sign up|donate|support|comment|read more|learn more|report an? error|receive)\b",
    r"(?:please )?(?:contact|email|e-mail|write to) (?:us|the (?:author|editor|reporter|writer|newsroom|\w+ at))\b",
    r"contact:? \S+@|(?:send )?(?:tips|corrections|letters|feedback)\b[^.]{0,60}@",
    r"(?:please )?(?:subscribe|sign up|follow (?:us|@)|join (?:us|our)|like us|donate|support our)\b",
    r"(?:please )?become an? (?:member|subscriber)\b|newsletters?$|click here\b",
    r"do you have (?:an? (?:opinion|tip)|information)\b|have (?:you got )?a (?:tip|news tip|story)\b",
    r"for more (?:information|on this|news|stories)\b",
    # rights
    r"©|\(c\) |copyright\b|all rights reserved|℗|our standards|terms of|privacy policy|(?:the )?views expressed\b",
    # who else worked on it
    r"(?:additional )?(?:reporting|writing|editing|production|compiled|photography|translat(?:ed|ion)|edited) by:? ",
    r"(?:[A-Z][\w'’-]+ ){1,4}(?:contributed|reported from|contributed reporting)\b[^\n]{0,200}$",
    # where else it stood
    r"(?:this|the) (?:article|story|piece|report|content|text|post|column|newsletter)"
    r" (?:was|is|has been|also|first|originally|appeared)"
    r" (?:(?:also|first|originally|amended|updated|corrected|published|produced|republished|translated|reprinted|edited"
    r"|appeared|adapted) ?){1,3}\b",
    r"a version of this (?:article|story)\b|(?:correction|clarification|editor['’]s note) ?[:(–—]",
    r"(?:publisher|published by|source url|url): |the authors? (?:also recommends?|is|are|can be)\b",
    # where to go on
    r"(?:read|see|watch|listen) (?:more|next|also|on)\b|share (?:this|on|via)\b|view comments|\d+ comments?$",
    r"(?:related|more from|more on|also read|recommended|further reading|most read)\b[^.]{0,80}$",
    r"(?:tags?|topics?|filed under|keywords?)\b[^.]{0,80}$",
    r"(?:print|advertisement|advertising|reuters?|ends?|-30-|\(more\))\W{0,3}$",
)
_FOOTER = re.compile("(?i)(?:" + "|".join(_FOOTERS).replace(" ", r"\s") + ")")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)?[\w.-]{1,100}\.[a-z]{2,12}(?:/\S{0,300})?|\S{1,64}@[\w.-]{1,100}\.[a-z]{2,12}|@\w{1,30}"
)

# Between paragraphs: only what cannot be anything else.
_INSERTS = (
    r"advertisement|advertising|(?:story |article )?continues (?:below|after)[^.]{0,40}",
    r"sign up (?:here )?(?:for|to) [^.]{0,120}(?:newsletter|e-?mails?|briefing|updates|inbox)[^.]{0,60}",
    r"(?:read more|related(?: articles?| stories)?|see also|also read|recommended|watch): [^.]{1,160}",
    r"skip (?:past )?(?:newsletter promotion|advertisement|to main content)|after newsletter promotion",
    r"privacy notice:.{0,400}",
    r"(?:last )?updated (?:at|on)?[ \d:.apm]{1,12} ?[A-Z]{0,4}",
)
_INSERT = re.compile("(?i)(?:" + "|".join(_INSERTS).replace(" ", r"\s") + r")\.?")
_SHORT = 60  # characters of a line between two of the footer
_MOST = 25  # paragraphs of a footer
_LONGEST = 900


def is_insert(text: str) -> bool:
    """An advertisement or a pointer to other articles, in the midst of this one."""
    return len(text) <= _LONGEST and bool(_INSERT.fullmatch(text))


def footer_start(parts: Sequence[Paragraph | Piece], begin: int) -> int:
    """Where in `parts` the footer starts; `len(parts)` if there is none. It never reaches up to `begin`, nor past a
    paragraph that is not known as one of a footer."""
    start = len(parts)
    count = 0
    for i in range(len(parts) - 1, begin, -1):
        part = parts[i]
        if isinstance(part, Piece):
            continue
        text = part.text.strip()
        if count >= _MOST or not (_is_footer(text) or _is_between(parts, i, begin, text)):
            break
        start, count = i, count + 1
    return start


def _is_footer(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_FOOTER.match(text) or _ADDRESS.fullmatch(text) or is_insert(text))


def _is_between(parts: Sequence[Paragraph | Piece], i: int, begin: int, text: str) -> bool:
    """A short line right under one of the footer belongs to it: the name of an office, a street, a telephone."""
    above = next((p for p in reversed(parts[begin + 1 : i]) if isinstance(p, Paragraph)), None)
    return (
        len(text) <= _SHORT
        and not text.endswith((".", "!", "?", "”", '"'))
        and above is not None
        and _is_footer(above.text.strip())
    )
