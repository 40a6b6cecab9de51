"""What is said inside what is said: each statement's parent, and the order from the outermost inward."""

from collections.abc import Sequence

from onrecord.extract.covers import covering
from onrecord.extract.statements.spotted import Spotted


def parents(spotted: Sequence[Spotted]) -> list[int | None]:
    """For each statement the index of the smallest other one whose content holds its cue (or, without a cue, its
    content), or None at the article's own level. Never a cycle: a parent's content is larger, or stands first."""
    sizes = [sum(len(c) for c in s.contents) for s in spotted]
    contents = [(content, index) for index, one in enumerate(spotted) for content in one.contents]
    found: list[int | None] = []
    for index, around in enumerate(covering(contents, [one.at for one in spotted])):
        one = spotted[index]
        holding = [
            (sizes[other], other)
            for _, other in around
            if other != index and not any(c.start <= spotted[other].at < c.end for c in one.contents)
        ]
        found.append(min(holding)[1] if holding else None)
    return [parent if _rises(found, index) else None for index, parent in enumerate(found)]


def _rises(found: Sequence[int | None], index: int) -> bool:
    """Whether the way outward ends; three contents that each hold the next one's cue could run in a ring."""
    seen, above = {index}, found[index]
    while above is not None:
        if above in seen:
            return False
        seen.add(above)
        above = found[above]
    return True


def outward(parents: Sequence[int | None]) -> list[int]:
    """Indices so that each parent comes before its children, otherwise in order."""
    done: list[int] = []
    placed: set[int] = set()
    for index in range(len(parents)):
        way, above = [index], parents[index]
        while above is not None and above not in placed:
            way.append(above)
            above = parents[above]
        for step in reversed(way):
            if step not in placed:
                placed.add(step)
                done.append(step)
    return done
