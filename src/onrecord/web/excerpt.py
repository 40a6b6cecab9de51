"""A passage for a row of a list: the words with as much around them as a reader needs, cut between words."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from onrecord.model import Span
from onrecord.web.marks import Mark, render

BEFORE, AFTER, LONGEST = 110, 70, 460
"""Code points of context on each side, and of the whole excerpt."""
NEAR = 240
"""Code points from what is marked to what should be seen too."""
_WORD = 40


def excerpt(
    block: str,
    offset: int,
    spans: Sequence[Span],
    layer: str,
    hits: Iterable[Span] = (),
    besides: Iterable[Span] = (),
) -> Markup:
    """The HTML of what `block` holds of the spans. `offset` is where the block begins in the article, whose code
    points all of them count. `besides`: words that are not marked and should be seen too, if they stand near by."""
    here = Span(start=offset, end=offset + len(block))
    inside = [span for span in spans if span.overlaps(here)]
    first = min((span.start for span in inside), default=here.start)
    last = max((span.end for span in inside), default=here.start)
    near = [span for span in besides if span in here and first - span.start <= NEAR and span.end - last <= NEAR]
    reach = min((span.start for span in near), default=first)
    start = left(block, min(first - BEFORE, reach) - offset)
    # A long quotation is cut: the row opens on all of it.
    last = max([last + AFTER, *(span.end + 2 for span in near)])  # with the stop behind it and the space
    end = right(block, min(last - offset, start + LONGEST))
    marks = [Mark(_shifted(span, offset), layer) for span in inside]
    marks += [Mark(_shifted(span, offset), "hit") for span in hits]
    html = render(block, Span(start=start, end=end), marks)
    return Markup("{}{}{}").format("… " if start else "", html, " …" if end < len(block) else "")


def _shifted(span: Span, offset: int) -> Span:
    return Span(start=span.start - offset, end=span.end - offset)


def left(text: str, at: int) -> int:
    """The start of a word at or after `at`."""
    if at <= 0:
        return 0
    space = text.find(" ", at, at + _WORD)
    return space + 1 if space >= 0 else at


def right(text: str, at: int) -> int:
    """The end of a word at or before `at`."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - _WORD), at + 1)
    return space if space >= 0 else at
