"""Whole paragraphs packed into windows of word pieces, as the encoder reads them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.encoder.wordpiece import Piece, pieces
from onrecord.extract.quotations import Quotation

SIZE = 224
"""Pieces in a window, its two marks included: what the encoder was trained at."""

CLASS, END, PARAGRAPH = 101, 102, 1
"""[CLS], [SEP], and [unused0], which marks where one paragraph ends and the next begins."""


class Word(NamedTuple):
    """A word of a window: the row of its first piece, its place in the text, and the number of its paragraph."""

    row: int
    start: int
    end: int
    paragraph: int = 0


class Window(NamedTuple):
    """Ids and kinds of pieces, and the words among them that carry a label."""

    ids: list[int]
    kinds: list[int]
    words: list[Word]


KINDS = 9
"""What the uncased vocabulary does not tell of a piece: 3 times how deep it stands in quotation marks (none, one, two
and more), and whether its word is in small letters, capitalised, or has a second capital."""


class Marks:
    """How deep in quotation marks each place of a text is."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        changes: dict[int, int] = {}
        for quotation in quotations:
            for part in quotation.parts:
                changes[part.start] = changes.get(part.start, 0) + 1
                changes[part.end] = changes.get(part.end, 0) - 1
        self._places = sorted(changes)
        self._depths: list[int] = []
        depth = 0
        for place in self._places:
            depth += changes[place]
            self._depths.append(min(2, depth))

    def kind(self, text: str, piece: Piece) -> int:
        """The kind of a piece, 0 to `KINDS` - 1."""
        at = bisect_right(self._places, piece.start)
        word = text[piece.start : piece.end]
        letters = 2 if word[1:] != word[1:].lower() else 1 if word[:1].isupper() else 0
        return 3 * (self._depths[at - 1] if at else 0) + letters


def windows(text: str, paragraphs: Sequence[tuple[int, int]], quotations: Sequence[Quotation]) -> Iterator[Window]:
    """Each word of the paragraphs once, in order. A paragraph is cut only where it is longer than a window."""
    marks = Marks(quotations)
    ids, kinds = [CLASS], [0]
    words: list[Word] = []

    def closed() -> Window:
        return Window([*ids, END], [*kinds, 0], words)

    for number, (start, end) in enumerate(paragraphs):
        found = pieces(text, start, end)
        if len(ids) > 1 and len(ids) + 1 + len(found) >= SIZE:
            yield closed()
            ids, kinds, words = [CLASS], [0], []
        if len(ids) > 1:
            ids.append(PARAGRAPH)
            kinds.append(0)
        for chunk in _chunks(found, SIZE - 1 - len(ids)):
            if len(ids) + len(chunk) >= SIZE:
                yield closed()
                ids, kinds, words = [CLASS], [0], []
            for piece in chunk:
                if piece.first:
                    words.append(Word(len(ids), piece.start, piece.end, number))
                ids.append(piece.id)
                kinds.append(marks.kind(text, piece))
    if words:
        yield closed()


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
