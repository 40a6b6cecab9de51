"""Sentences that the end of a page cut in two, made whole again."""

import re
from collections.abc import Iterable

from onrecord.read.paragraphs import Paragraph, Piece, joined

EDIT = "page_break_joined"

_CLOSERS = "\"'”’)]»*_"
_ENDS = tuple(".!?…:;")

# A paragraph that ends in one of these goes on somewhere.
_OPEN = frozenset(
    """
    a an the this that these those its their his her our your my of to in on at by for from with without into onto
    over under about against between among during since until than as and or but nor if because while although
    is are was were be been being has have had will would can could may might must shall should do does did not
    which who whom whose where when whether per via more most very so such both either neither no every each
    """.split()
)

# A full stop after one of these ends no sentence; what follows is a name.
_TITLES = re.compile(
    r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Cmdr|Gov|Sen|Rep|Rev|Hon|St|Sir|Pres)\.$"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:(?:[A-Za-z]\.){2,4}|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|vs|approx|Inc|Ltd|Co|Corp)\.)$"
)
_SMALL = re.compile(r"[a-z]+(?:[-'’][a-z]+)*(?=[\s,.;:!?)\"'”’—–-]|$)")
_LAST_WORD = re.compile(r"(\w+)\W{0,3}$")
_DAY = re.compile(r"\s\d{1,2}$")
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?=[\s,.;:!?)\"'”’]|$)"
)
_DIVIDED = re.compile(r"([A-Za-z]{2,})-$")
_FEWEST_WORDS = 4


def mend(source: str, parts: Iterable[Paragraph | Piece]) -> list[Paragraph | Piece]:
    """`parts` with each paragraph joined to the one before it where that breaks off in mid-sentence.

    A list, a heading, a quotation after a colon and a paragraph that merely lacks its full stop stay as they are.
    """
    mended: list[Paragraph | Piece] = []
    last: int | None = None  # where in `mended` the paragraph stands that may go on
    listing = False
    for part in parts:
        if isinstance(part, Piece):
            # Between the halves of a sentence nothing stands but blank lines; a rule is no end of a page.
            mended.append(part)
            last = None
            continue
        p = part
        previous = mended[last] if last is not None else None
        if isinstance(previous, Paragraph) and not listing and goes_on(previous, p):
            mended[last or 0] = _joined(source, previous, p)
            continue
        # Items without bullets under a line that ends in a colon begin small, as a continuation does.
        listing = ((isinstance(previous, Paragraph) and previous.text.endswith(":")) or listing) and p.text[
            :1
        ].islower()
        mended.append(p)
        last = len(mended) - 1 if p.kind == "paragraph" and p.mark in ("", "quote", "list") else None
    return mended


def goes_on(p: Paragraph, q: Paragraph) -> bool:
    """Does `p` break off in mid-sentence, and `q` go on with it?"""
    if q.mark not in ("", p.mark) or (q.mark == "list") or q.kind != "paragraph" or q.glued:
        return False
    text = p.text.rstrip(_CLOSERS) or p.text
    small = bool(_SMALL.match(q.text))
    if len(p.text.split(None, _FEWEST_WORDS)) < _FEWEST_WORDS:
        return False
    tail = text[-40:]
    if _TITLES.search(tail):
        return q.text[:1].isalpha()
    if text.endswith(_ENDS):
        return small and bool(_ABBREVIATED.search(tail))
    if small:
        return True
    # A capital or a figure may begin the next line of a list or a heading, so the first half must show the break.
    word = _LAST_WORD.search(tail)
    open_ended = text.endswith((",", "—", "–")) or bool(word and word[1] in _OPEN and text.endswith(word[1]))
    open_ended = open_ended or bool(_DAY.search(tail) and _MONTH.match(q.text))
    return open_ended and (q.text[:1].isalnum() or q.text[:1] in "$€£¥\"“‘'(")


def _joined(source: str, p: Paragraph, q: Paragraph) -> Paragraph:
    divided = _DIVIDED.search(p.text[-40:])
    if divided:
        # A hyphen at the end of a page divides a word, or stood in it all along: the rest of the article tells.
        second = re.match(r"[A-Za-z]+", q.text)
        whole = divided[1] + (second[0] if second else "")
        apart = re.search(rf"\b{re.escape(whole)}\b", source) is not None
        return joined(source, p, q, put="", edit=EDIT, cut=1 if apart else 0)
    put = "" if p.text.endswith("—") and not p.text.endswith(" —") else " "
    return joined(source, p, q, put=put, edit=EDIT)
