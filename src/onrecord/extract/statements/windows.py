"""Whole paragraphs packed into windows of word pieces, as the encoder reads them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.statements.wordpiece import Piece, pieces

SIZE = 224
"""Pieces in a window, its two marks included: what the encoder was trained at."""

CLASS, END, PARAGRAPH = 101, 102, 1
"""[CLS], [SEP], and [unused0], which marks where one paragraph ends and the next begins."""


class Word(NamedTuple):
    """A word of a window: the row of its first piece, and its place in the text."""

    row: int
    start: int
    end: int


class Window(NamedTuple):
    """Ids of pieces, and the words among them that carry a label."""

    ids: list[int]
    words: list[Word]


def windows(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Window]:
    """Each word of the paragraphs once, in order. A paragraph is cut only where it is longer than a window."""
    ids: list[int] = [CLASS]
    words: list[Word] = []
    for start, end in paragraphs:
        found = pieces(text, start, end)
        if len(ids) > 1 and len(ids) + 1 + len(found) >= SIZE:
            yield Window([*ids, END], words)
            ids, words = [CLASS], []
        if len(ids) > 1:
            ids.append(PARAGRAPH)
        for chunk in _chunks(found, SIZE - 1 - len(ids)):
            if len(ids) + len(chunk) >= SIZE:
                yield Window([*ids, END], words)
                ids, words = [CLASS], []
            for piece in chunk:
                if piece.first:
                    words.append(Word(len(ids), piece.start, piece.end))
                ids.append(piece.id)
    if words:
        yield Window([*ids, END], words)


def _chunks(found: list[Piece], room: int) -> Iterator[list[Piece]]:
    """The pieces of one paragraph: at once if there is room, else in window-long cuts at the ends of sentences."""
    while len(found) > room:
        cut = next(
            (
                i
                for i in range(room, room // 2, -1)
                if found[i].first and found[i].start > found[i - 1].end and _ends(found, i)
            ),
            room,
        )
        while cut > 1 and not found[cut].first:
            cut -= 1
        yield found[:cut]
        found, room = found[cut:], SIZE - 2
    if found:
        yield found


_STOPS = frozenset((1012, 1029, 999, 1524, 1000))  # . ? ! ” "


def _ends(found: list[Piece], index: int) -> bool:
    return found[index - 1].id in _STOPS
