"""Quotation marks: which opens, which closes, what lies inside what, and what goes on in the next paragraph.

Marks are read before any grammar, since they prove more than a parser does: what stands between them is
somebody's words, even over several sentences or paragraphs. By the convention of English newspapers a quotation
over several paragraphs opens anew with each and closes only in the last.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.model import Block, Document, Span

_DOUBLE = re.compile(r"[“”„«»\"]|``|''")
_SINGLE = re.compile(r"[‘’'`]")
_LONGEST = 20_000
"""Code points; a mark that closes farther off than this is taken for a stray one."""


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words between marks. `parts`: one span a paragraph, marks included, as they stand. `depth` 0 is outermost.
    `closed` is False where no closing mark was found; the part then ends with its paragraph."""

    parts: tuple[Span, ...]
    depth: int = 0
    closed: bool = True

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    def holds(self, span: Span) -> bool:
        return any(span in part for part in self.parts)


def find_quotations(document: Document) -> list[Quotation]:
    """Quotations of the article by position, outer before inner. Boilerplate has none."""
    blocks = [b for b in document.blocks if b.kind not in ("boilerplate", "byline", "date")]
    outer = _doubles(document.text, blocks)
    inner = _singles(document.text, blocks, outer)
    return list(_nested(sorted((*outer, *inner), key=lambda q: (q.start, -q.end))))


def _nested(quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations, in order of position and outer before inner, each with its depth."""
    around: list[Quotation] = []
    for quotation in quotations:
        while around and around[-1].end <= quotation.start:
            around.pop()
        yield msgspec.structs.replace(quotation, depth=len(around))
        around.append(quotation)


def _doubles(text: str, blocks: Sequence[Block]) -> list[Quotation]:
    found: list[Quotation] = []
    pending: list[Span] = []  # a quotation that the paragraph before left open
    for block in blocks:
        parts = list(_marked(text, block.span.start, block.span.end))
        goes_on = bool(
            pending
            and parts
            and not text[block.span.start : parts[0][0].start].strip()
            and text[parts[0][0].start] == text[pending[0].start]  # a mark of another form opens something else
        )
        if pending and not goes_on:
            found.extend(Quotation(parts=(part,), closed=False) for part in pending)
            pending = []
        for span, closed in parts:
            if not closed:
                pending.append(span)
            else:
                found.append(Quotation(parts=(*pending, span)))
                pending = []
    found.extend(Quotation(parts=(part,), closed=False) for part in pending)
    return found


def _marked(text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Each stretch between double marks in one paragraph, and whether it is closed; only the last can be open."""
    opened: int | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        at, after = mark.start(), mark.end()
        if opened is None:
            if _opens(text, mark.group(), at, after, start, end):
                opened = at
        elif _closes(text, mark.group(), at, after, opened, end):
            yield Span(start=opened, end=after), True
            opened = None
    if opened is not None:
        yield Span(start=opened, end=end), False


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    if mark in "“„«``":
        return True
    if mark in "”»":
        return False
    before = text[at - 1] if at > start else " "
    following = text[after] if after < end else " "
    return (before.isspace() or before in "([{—–-‘'/") and not following.isspace()


def _closes(text: str, mark: str, at: int, after: int, opened: int, end: int) -> bool:
    if at - opened > _LONGEST:
        return False
    if mark in ("”", "»", "''"):
        return True
    if mark == "“":
        return text[opened] == "„"
    if mark != '"':
        return False
    following = text[after] if after < end else " "
    return not following.isalnum() or not text[at - 1].isspace()


def _singles(text: str, blocks: Sequence[Block], outer: Sequence[Quotation]) -> list[Quotation]:
    """Single marks, where they cannot be apostrophes."""
    found: list[Quotation] = []
    for block in blocks:
        start, end = block.span.start, block.span.end
        opened: int | None = None
        for mark in _SINGLE.finditer(text, start, end):
            at = mark.start()
            before = text[at - 1] if at > start else " "
            following = text[at + 1] if at + 1 < end else " "
            if before == mark.group() or following == mark.group():
                continue  # two single marks are one double
            if opened is None:
                if mark.group() != "’" and (before.isspace() or before in '([—–“"') and following.isalnum():
                    opened = at
            elif mark.group() in "’'" and not following.isalnum() and not before.isspace():
                if before == "s" and following == " " and _closer_follows(text, at + 1, end):
                    continue  # a plural possessive: another closing mark follows before the next opening one
                span = Span(start=opened, end=at + 1)
                crossing = any(
                    part.overlaps(span) and span not in part and part not in span for q in outer for part in q.parts
                )
                if not crossing and len(span) < _LONGEST:
                    found.append(Quotation(parts=(span,)))
                opened = None
    return found


def _closer_follows(text: str, at: int, end: int) -> bool:
    for mark in _SINGLE.finditer(text, at, min(end, at + 400)):
        before, following = text[mark.start() - 1], text[mark.end()] if mark.end() < end else " "
        if before.isspace() and following.isalnum():
            return False
        if not following.isalnum() and not before.isspace():
            return True
    return False
