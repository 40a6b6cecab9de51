"""A sentence as the classifier of events reads it: word pieces, and of each whose it is."""

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.extract.encoder.windows import CLASS, END
from onrecord.extract.encoder.wordpiece import pieces

MARKS = 5
"""What a piece belongs to: nothing, who acts, whom it is done to, both, the word that tells of it."""
ACTOR, RECIPIENT, BOTH, TRIGGER = 1, 2, 3, 4
LONGEST = 160
"""Pieces of a sentence that are read; of a longer one those around the trigger, or its first."""


class Marked(NamedTuple):
    """Ids of pieces; the mark of each; 1 for those that stand between who acts, whom it is done to and the trigger."""

    ids: list[int]
    marks: list[int]
    between: list[int]


def marked(
    sentence: str,
    trigger: tuple[int, int] | None,
    actors: Sequence[tuple[int, int]],
    recipients: Sequence[tuple[int, int]],
) -> Marked:
    """Never empty of words between: where none stand there, all that nobody owns are taken."""
    found = pieces(sentence)
    if len(found) > LONGEST:
        around = trigger[0] if trigger else 0
        middle = next((n for n, piece in enumerate(found) if piece.end > around), len(found))
        begin = max(0, min(middle - LONGEST // 2, len(found) - LONGEST))
        found = found[begin : begin + LONGEST]
    ends = [*actors[:1], *recipients[:1], *((trigger,) if trigger else ())]
    first, last = min((a for a, _ in ends), default=0), max((b for _, b in ends), default=len(sentence))
    result = Marked([CLASS], [0], [0])
    for piece in found:
        owner = ACTOR * _within(piece.start, actors) + RECIPIENT * _within(piece.start, recipients)
        told = trigger is not None and trigger[0] <= piece.start < trigger[1]
        result.ids.append(piece.id)
        result.marks.append(owner or TRIGGER * told)
        result.between.append(int(owner == 0 and first <= piece.start < last))
    for row, value in zip(result, (END, 0, 0), strict=True):
        row.append(value)
    if not any(result.between):
        result.between[:] = [int(mark in (0, TRIGGER)) for mark in result.marks]
    return result


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
