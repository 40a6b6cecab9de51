"""Who speaks a turn of an interview that is set down with its speakers' names: `((Ola Berg)) I was there.`, or the name
on a line of its own above what he says."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from onrecord.model import Entity

_MARKED = re.compile(r"^\(\(([^()\n]{1,60})\)\)", re.MULTILINE)
_ALONE = re.compile(r"^[^\W\d_][^\W\d_'’.-]{1,20}(?: [^\W\d_][^\W\d_'’.-]{0,20}){1,3}$", re.MULTILINE)
_OFTEN = 3
"""Times that a name stands on a line of its own before it is taken for a speaker's."""


class Turns:
    """The turns of an article, to be asked by place."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        marked = [(found.start(), found[1]) for found in _MARKED.finditer(text)]
        lines = [(found.start(), found[0]) for found in _ALONE.finditer(text)]
        often = Counter(line for _, line in lines)
        people = {one.name.casefold(): one for one in entities if one.type == "person"}
        told = [(start, line) for start, line in lines if often[line] >= _OFTEN and line.casefold() in people]
        others = [(start, line) for start, line in lines if told and often[line] >= _OFTEN]
        found = sorted({*marked, *others})
        self.starts = [start for start, _ in found]
        self.speakers = [people.get(name.strip().casefold()) for _, name in found]

    def speaker(self, position: int) -> tuple[str, str] | None:
        """Name and key of who speaks at a code point; None where no turn has begun, or nobody known speaks."""
        turn = bisect_right(self.starts, position) - 1
        one = self.speakers[turn] if turn >= 0 else None
        return None if one is None else (one.name, one.key)
