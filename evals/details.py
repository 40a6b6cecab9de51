"""Where statements are found well and where not: PolNeAR's dev articles by outlet and by style.

    python -m evals.details --data ../shared/data

prints the tables of the model card. Style is told by quotation marks in the content: `direct` if it is all in marks,
`mixed` if a part is, else `indirect`. What is found and right counts for the style of the gold, else for its own.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score
from evals.measure import score as scored
from evals.statements import Attribution, Reading, attribution, overlapping, readings, scores

_OPENING, _CLOSING = '“"‘', '”"’'
_DOUBLE = '“”"'
STYLES = ("direct", "mixed", "indirect")


class Row(NamedTuple):
    """A line of a table: what it is of, and its scores."""

    name: str
    scores: list[Score]


def by_outlet(read: Sequence[Reading]) -> Iterator[Row]:
    """The five scores of each outlet, the first part of an article's name."""
    for outlet in sorted({one.name.split("_")[0] for one in read}):
        own = [one for one in read if one.name.split("_")[0] == outlet]
        yield Row(f"{outlet}, {len(own)} articles", list(scores([(one.gold, found(one)) for one in own])))


def by_style(read: Sequence[Reading]) -> Iterator[Row]:
    """Contents exact, statements whole exact and overlapping."""
    measures: tuple[tuple[str, Callable[[Sequence[Attribution], Sequence[Attribution]], Sequence[object]]], ...] = (
        ("content", lambda gold, ours: [one if one.content in {g.content for g in gold} else None for one in ours]),
        ("whole", lambda gold, ours: [one if one in gold else None for one in ours]),
        ("overlapping", overlapping),
    )
    for kind in STYLES:
        rows = []
        for name, match in measures:
            counts = [_counts(one.text, one.gold, found(one), match, kind) for one in read]
            rows.append(scored("statements", name, counts))
        yield Row(kind, rows)


def _counts(
    text: str,
    gold: Sequence[Attribution],
    ours: Sequence[Attribution],
    match: Callable[[Sequence[Attribution], Sequence[Attribution]], Sequence[object]],
    kind: str,
) -> Counts:
    right = 0
    wrong = 0
    for one, matched in zip(ours, match(gold, ours), strict=True):
        of = matched if isinstance(matched, Attribution) else one
        if style(text, of) == kind:
            right, wrong = right + (matched is not None), wrong + (matched is None)
    wanted = sum(style(text, one) == kind for one in gold)
    return Counts(right, wrong, max(0, wanted - right))


def found(read: Reading) -> list[Attribution]:
    return [attribution(read.found[index]) for index in read.outermost()]


def style(text: str, one: Attribution) -> str:
    contents = [text[start:end].strip(" ,.") for start, end in one.content]
    if all(c[:1] in _OPENING and c[-1:] in _CLOSING and _closed(c) for c in contents if c):
        return "direct"
    return "mixed" if any(mark in c for c in contents for mark in _DOUBLE) else "indirect"


def _closed(content: str) -> bool:
    """Whether the marks at both ends are of one quotation: none closes on the way."""
    return not any(mark in content[1:-1] for mark in _DOUBLE)


def table(heads: Sequence[str], rows: Iterator[Row]) -> Iterator[str]:
    """Markdown."""
    yield f"| | {' | '.join(heads)} | n |"
    yield f"|---|{'---|' * (len(heads) + 1)}"
    for row in rows:
        cells = (f"{s.value:.3f} ({s.low:.3f} to {s.high:.3f})" for s in row.scores)
        yield f"| {row.name} | {' | '.join(cells)} | {row.scores[-1].n} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    read = readings(parser.parse_args().data)
    print("\n".join(table(("source", "cue", "content", "whole", "overlapping"), by_outlet(read))))
    print()
    print("\n".join(table(("content", "whole", "overlapping"), by_style(read))))


if __name__ == "__main__":
    main()
