"""One passage with its quotations: the ways between tokens and spans, and how far a source or content reaches."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.extract.parse import Passage
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.clauses import Extent, trimmed
from onrecord.model import Span

_AROUND = 12
"""Quotations that are looked back over for the one around a place: inner ones stand between it and its opening mark."""

CLOSERS = "”\"»’'"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A possible statement. `construction` and `lemma` are its key in the table of cues; `at` the cue's own word;
    `traits` what it looks like (see `traits`)."""

    construction: str
    lemma: str
    at: int
    cue: Span
    sources: tuple[Span, ...] = ()
    contents: tuple[Span, ...]
    traits: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.construction, self.lemma


class Page:
    """One passage with its quotations, and the ways between token extents and spans of the article."""

    def __init__(self, passage: Passage, text: str, quotations: Sequence[Quotation]) -> None:
        self.passage, self.doc, self.text = passage, passage.doc, text
        self.offset = passage.block.span.start
        self.parts = sorted(
            ((part, q) for q in quotations for part in q.parts if part in passage.block.span),
            key=lambda pair: (pair[0].start, -pair[0].end),
        )
        self.starts = [part.start for part, _ in self.parts]
        self._opening = {part.start: q for part, q in reversed(self.parts)}
        self._closing = {q.end: q for _, q in reversed(self.parts)}

    def at(self, index: int) -> int:
        return self.offset + int(self.doc[index].idx)

    def span(self, extent: Extent) -> Span:
        last = self.doc[extent.end - 1]
        return Span(start=self.at(extent.start), end=self.offset + last.idx + len(last.text))

    def inside(self, position: int) -> Quotation | None:
        """The innermost quotation around a position, marks not counted."""
        last = bisect_left(self.starts, position)
        for part, q in reversed(self.parts[max(0, last - _AROUND) : last]):
            if position < part.end - 1:
                return q
        return None

    def opening(self, position: int) -> Quotation | None:
        return self._opening.get(position)

    def closing(self, position: int) -> Quotation | None:
        """The outermost quotation with its closing mark just before `position`."""
        return self._closing.get(position)

    def bounds(self, index: int) -> Span:
        """How far a statement with its cue here can reach: its quotation, else its paragraph."""
        around = self.inside(self.at(index))
        if around is None:
            return self.passage.block.span
        part = next(p for p in around.parts if p.start <= self.at(index) < p.end)
        return Span(start=part.start + 1, end=part.end - (1 if around.closed and part == around.parts[-1] else 0))

    def content(self, extent: Extent, cue_index: int) -> tuple[Span, ...]:
        """Spans of a content that reaches over `extent`, made whole: a quotation that it opens is taken to its end."""
        start_token, end_token = trimmed(self.doc, *extent)
        while start_token < end_token and self.doc[start_token].lower_ in ("and", "but"):
            start_token += 1
        while (
            end_token > start_token
            and self.doc[end_token - 1].dep_ in ("cc", "punct")
            and self.doc[end_token - 1].text not in CLOSERS + "?!)"
        ):
            end_token -= 1
        if start_token >= end_token:
            return ()
        found = self.span(Extent(start_token, end_token))
        start, end = found.start, found.end
        bounds, around = self.bounds(cue_index), self.inside(self.at(cue_index))
        if start > 0 and (before := self.opening(start - 1)) and before is not around:
            start -= 1
        start, end = max(start, bounds.start), min(end, bounds.end)
        following: tuple[Span, ...] = ()
        for part, q in self.parts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
            if part.start < end <= part.end and part in bounds:
                end = part.end
                following = q.parts[q.parts.index(part) + 1 :] if part.start == start else ()
        return (Span(start=start, end=end), *following) if start < end else ()

    def source(self, head: Any | None, cue_index: int, *, whole: bool = True) -> tuple[Span, ...]:
        if head is None:
            return ()
        extent = Extent(head.left_edge.i, head.right_edge.i + 1) if whole else Extent(head.i, head.i + 1)
        if extent.holds(cue_index):
            extent = Extent(extent.start, cue_index) if head.i < cue_index else Extent(cue_index + 1, extent.end)
        start, end = extent
        while start < end and (self.doc[start].is_space or self.doc[start].is_punct or self.doc[start].dep_ == "cc"):
            start += 1
        while end > start and (self.doc[end - 1].is_space or self.doc[end - 1].text in '.;:—–"”“'):
            end -= 1
        # A comma ends the phrase only as the second of a pair: around an apposition, before the verb.
        if (
            end > start
            and self.doc[end - 1].text == ","
            and (end > cue_index or "," not in self.doc[start : end - 1].text)
        ):
            end -= 1
        if start >= end:
            return ()
        found, bounds = self.span(Extent(start, end)), self.bounds(cue_index)
        inner = Span(start=max(found.start, bounds.start), end=min(found.end, bounds.end))
        return (inner,) if inner.start < inner.end else ()
