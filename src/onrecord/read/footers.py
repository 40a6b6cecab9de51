"""What outlets put under an article, and between its paragraphs, that is no part of it."""

import re
from collections.abc import Sequence

from onrecord.read.paragraphs import Paragraph, Piece

# At the end of an article. Each must match at the beginning of a paragraph.
_FOOTER = re.compile(
    r"""(?ix)(?:
    to\s(?:contact|reach|subscribe|sign\sup|donate|support|comment|read\smore|learn\smore|report\san?\s(?:error|issue)|receive)\b
    | (?:please\s)?(?:contact|email|e-mail|write\sto)\s(?:us|the\s(?:author|editor|reporter|writer|newsroom|\w+\sat))\b
    | contact:?\s\S+@ | (?:send\s)?(?:tips|corrections|letters|feedback)\b[^.]{0,60}@
    | (?:please\s)?(?:subscribe|sign\sup|follow\sus|follow\s@|join\s(?:us|our)|like\sus|donate|support\sour|become\sa\s(?:member|subscriber))\b
    | (?:©|\(c\)\s|copyright\b|all\srights\sreserved|℗)
    | (?:additional\s)?(?:reporting|writing|editing|production|compiled|photography|translat(?:ed|ion)|edited)\sby:?\s
    | (?:[A-Z][\w'’-]+\s){1,4}(?:contributed|reported\sfrom|contributed\sreporting)\b[^\n]{0,200}$
    | (?:this|the)\s(?:article|story|piece|report|content|text|post|column|newsletter)\s(?:was|is|has\sbeen|also|first|originally|appeared)
        \s(?:(?:also|first|originally|amended|updated|corrected|published|produced|republished|translated|reprinted|edited|appeared|adapted)\s?){1,3}\b
    | a\sversion\sof\sthis\s(?:article|story)\b | (?:correction|clarification|editor['’]s\snote)\s?[:(–—]
    | (?:read|see|watch|listen)\s(?:more|next|also|on)\b | (?:related|more\sfrom|more\son|also\sread|recommended|further\sreading|most\sread|tags?|topics?|filed\sunder|keywords?)\b[^.]{0,80}$
    | the\sauthors?\s(?:also\srecommends?|is|are|can\sbe)\b | share\s(?:this|on|via)\b | (?:print|advertisement|advertising)$
    | click\shere\b | for\smore\s(?:information|on\sthis|news|stories)\b | (?:our\sstandards|terms\sof|privacy\spolicy|cookie)\b
    | (?:publisher|published\sby|source\surl|url):\s | (?:the\s)?views\sexpressed\b | do\syou\shave\s(?:an?\sopinion|a\stip|information)\b
    | have\s(?:you\sgot\s)?a\s(?:tip|news\stip|story)\b | view\scomments | \d+\scomments?$ | newsletters?$
    )"""
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)?[\w.-]{1,100}\.[a-z]{2,12}(?:/\S{0,300})?|\S{1,64}@[\w.-]{1,100}\.[a-z]{2,12}|@\w{1,30}"
)

# Between paragraphs: only what cannot be anything else.
_INSERT = re.compile(
    r"""(?ix)(?: advertisement | advertising | (?:story\s|article\s)?continues\s(?:below|after)[^.]{0,40}
    | sign\sup\s(?:here\s)?(?:for|to)\s[^.]{0,120}(?:newsletter|e-?mails?|briefing|updates|inbox)[^.]{0,60}
    | (?:read\smore|related(?:\sarticles?|\sstories)?|see\salso|also\sread|recommended|watch):\s[^.]{1,160}
    | skip\s(?:past\s)?(?:newsletter\spromotion|advertisement|to\smain\scontent)|after\snewsletter\spromotion|privacy\snotice:[^\n]{0,400}
    | (?:last\s)?updated\s(?:at|on)?[\s\d:.apm]{1,12}\s?[A-Z]{0,4}
    )\.?"""
)
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
