"""Where the statements are: the encoder's at the article's own level, what is said inside them, the layout's beside.

The encoder has learned from annotators what counts as a statement, and is right more often than rules are. It knows
one level only. What is said inside a content is found by reading that as a text of its own (`inner`), and what
paragraphs prove (a block after a colon, a transcript, a quotation over several paragraphs) by their layout.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.extract.parse import Passage
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.confidence import confidence, table
from onrecord.extract.statements.constructions import candidates
from onrecord.extract.statements.inner import inside
from onrecord.extract.statements.learned import learned
from onrecord.extract.statements.page import Page
from onrecord.extract.statements.paragraphs import alone, introduced, labelled, signed
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Document

STRETCH = 12_000
"""Code points of paragraphs that are dealt with together: some two thousand words, more than most articles have."""

LEAST = 0.25
"""The encoder's statements that are less sure are left out: three of four would be wrong."""

_BLOCKS = 50
"""Paragraphs that one colon can introduce."""


def spot(
    document: Document, passages: Sequence[Passage], quotations: Sequence[Quotation], least: float = LEAST
) -> list[Spotted]:
    """Statements of one article in order of place, nested ones among them; of the encoder's those of a confidence of
    `least` or more.

    A long article is taken a stretch of paragraphs at a time, so that the work grows with its length alone.
    """
    text = document.text
    marked = _by_passage(passages, quotations)
    pages = [Page(passage, text, own) for passage, own in zip(passages, marked, strict=True)]
    labels = list(labelled(document, passages))
    found: list[Spotted] = []
    for start, end in _stretches(passages):
        first, last = passages[start].block.span.start, passages[end - 1].block.span.end
        own = list({q.start: q for some in marked[start:end] for q in some}.values())
        outer = [one for one in labels if first <= one.start < last]
        proposed = [candidate for page in pages[start:end] for candidate in candidates(page)]
        for number in range(start, end):
            block = introduced(document, pages[number], pages[number + 1 : number + 1 + _BLOCKS], own)
            outer.extend([block] if block is not None else [])
        names = list(signed(text, passages[start:end], own))
        readings = [passage.reading for passage in passages[start:end]]
        told = learned(text, readings, proposed, own, [c for one in names for c in one.contents])
        sure = [one for one in told if (confidence(one, None, table()) or 0.0) >= least]
        outer = _apart([*outer, *names, *sure])
        inner = inside(text, outer, proposed, own)
        found.extend(alone(text, passages[start:end], own, _apart([*outer, *inner])))
    return sorted(found, key=lambda s: (s.start, s.at))


def _by_passage(passages: Sequence[Passage], quotations: Sequence[Quotation]) -> list[list[Quotation]]:
    starts = [passage.block.span.start for passage in passages]
    found: list[list[Quotation]] = [[] for _ in passages]
    for quotation in quotations:
        for index in sorted({bisect_right(starts, part.start) - 1 for part in quotation.parts}):
            if index >= 0:
                found[index].append(quotation)
    return found


def _stretches(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Ranges of passages of some `STRETCH` code points each."""
    start, size = 0, 0
    for index, passage in enumerate(passages):
        if size and size + len(passage.block.span) > STRETCH:
            yield start, index
            start, size = index, 0
        size += len(passage.block.span)
    if start < len(passages):
        yield start, len(passages)


def _apart(found: list[Spotted]) -> list[Spotted]:
    """One statement a cue: of two whose cues overlap, the first given, else that with the longer cue."""
    kept: list[Spotted] = []
    taken: set[int] = set()
    order = sorted(
        found, key=lambda s: (s.rule not in _LAYOUT, not s.rule.startswith("encoder"), -len(s.cue or ()), s.at)
    )
    for statement in order:
        place = range(statement.cue.start, statement.cue.end) if statement.cue else range(0)
        if taken.isdisjoint(place):
            kept.append(statement)
            taken.update(place)
    return sorted(kept, key=lambda s: (s.start, s.at))


_LAYOUT = ("block", "colon", "label", "signed")
"""Rules of `paragraphs`, which come before the encoder's statements, and these before the grammar's."""
