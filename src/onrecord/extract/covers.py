"""Which spans cover a place, in one pass over both: `any(... for span in spans)` for each place does not end on a long
text of many short sentences."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from onrecord.model import Span

T = TypeVar("T")


def covering(spans: Iterable[tuple[Span, T]], places: Sequence[int]) -> list[list[tuple[Span, T]]]:
    """For each place (a code point, in any order) the spans that hold it, those that start first before others."""
    waiting = sorted(spans, key=lambda pair: (pair[0].start, -pair[0].end))
    answers: list[list[tuple[Span, T]]] = [[] for _ in places]
    open_: list[tuple[Span, T]] = []
    at = 0
    for index in sorted(range(len(places)), key=lambda i: places[i]):
        place = places[index]
        while at < len(waiting) and waiting[at][0].start <= place:
            open_.append(waiting[at])
            at += 1
        open_ = [pair for pair in open_ if pair[0].end > place]
        answers[index] = list(open_)
    return answers
