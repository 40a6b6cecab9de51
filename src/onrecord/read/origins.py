"""The way back from the text to the source."""

from bisect import bisect_right

from onrecord.model import Document, Run, Span


def origin_of(document: Document, span: Span) -> list[tuple[int, int]]:
    """Where in the decoded source the characters of `span` stood: half-open ranges in code points, in order.

    Neighbouring ranges are merged. What a reader put in (a blank line between blocks, a space for a line end) or
    could not find in the source has no place, so that the list may be empty.
    """
    places: list[tuple[int, int]] = []
    for block in document.blocks:
        if not block.span.overlaps(span):
            continue
        first = max(0, bisect_right(block.origin, span.start, key=lambda run: run.start) - 1)
        for run in block.origin[first:]:
            if run.start >= span.end:
                break
            place = _within(run, span)
            if place and places and places[-1][1] == place[0]:
                places[-1] = (places[-1][0], place[1])
            elif place:
                places.append(place)
    return places


def _within(run: Run, span: Span) -> tuple[int, int] | None:
    start, end = max(run.start, span.start), min(run.end, span.end)
    if start >= end:
        return None
    if run.end - run.start != run.source_end - run.source_start:
        return run.source_start, run.source_end
    return run.source_start + start - run.start, run.source_start + end - run.start
