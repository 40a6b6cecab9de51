"""The tokens of a parsed passage by their place in its text."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Any


class Tokens:
    """The tokens of a parsed passage, found by their place in its text."""

    def __init__(self, doc: Any) -> None:
        self.doc = doc

    @cached_property
    def _starts(self) -> list[int]:
        # Most passages hold no number, and are never asked.
        return [token.idx for token in self.doc]

    def __len__(self) -> int:
        return len(self.doc)

    def __getitem__(self, index: int) -> Any:
        return self.doc[index]

    def at(self, place: int) -> int:
        """The index of the token that covers code point `place`, or the last before it."""
        return max(0, bisect_right(self._starts, place) - 1)

    def after(self, place: int) -> int:
        """The index of the first token that starts at or after `place`; the number of tokens if none does."""
        return bisect_left(self._starts, place)

    def before(self, place: int) -> int:
        """The index of the last token that starts before `place`, or -1."""
        return bisect_left(self._starts, place) - 1
