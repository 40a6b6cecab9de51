"""Word pieces of BERT's uncased vocabulary, with the place of each in the text.

Source of the method: greedy longest match after Wu et al. 2016, as BERT (Devlin et al. 2019) uses it: lower case,
accents off, every punctuation mark a word of its own.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_", re.UNICODE)
_LONGEST = 60
"""Characters; a longer word is one unknown piece."""


class Piece(NamedTuple):
    """A piece of a word. `first` is False for those that go on with the word before them."""

    id: int
    start: int
    end: int
    first: bool


@cache
def vocabulary() -> dict[str, int]:
    lines = (files("onrecord.extract") / "weights" / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def pieces(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The pieces of `text[start:end]`; every piece of a word has the place of the whole word."""
    found: list[Piece] = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        for number, piece in enumerate(_split(match.group())):
            found.append(Piece(piece, match.start(), match.end(), number == 0))
    return found


@lru_cache(maxsize=50_000)
def _split(word: str) -> tuple[int, ...]:
    table = vocabulary()
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    if len(plain) > _LONGEST or not plain:
        return (table["[UNK]"],)
    found: list[int] = []
    at = 0
    while at < len(plain):
        for stop in range(len(plain), at, -1):
            piece = table.get(plain[at:stop] if at == 0 else "##" + plain[at:stop])
            if piece is not None:
                found.append(piece)
                at = stop
                break
        else:
            return (table["[UNK]"],)
    return tuple(found)
