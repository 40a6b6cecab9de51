"""Labels of words, and the one way from scores to spans that cannot be broken."""

from collections.abc import Sequence

ROLES = ("Source", "Cue", "Content")
TYPES = ("Person", "Organization", "Location", "Facility", "NORP", "Product", "Misc")
"""Of names, after Stanford's English Worldwide Newswire; `NORP`: nationalities, religious and political groups."""


def edges(kinds: Sequence[str]) -> tuple[str, ...]:
    """Outside, and of each kind the label of a first word and of those after it."""
    return ("O", *(f"{edge}-{kind}" for kind in kinds for edge in "BI"))


STATEMENTS, NAMES = edges(ROLES), edges(TYPES)


def allowed(before: str, after: str) -> bool:
    """Whether a label can follow another: an inside only its own begin or inside."""
    return not after.startswith("I-") or before[2:] == after[2:]


def best_path(
    scores: Sequence[Sequence[float]], transitions: Sequence[Sequence[float]], labels: Sequence[str] = STATEMENTS
) -> list[int]:
    """The labels of highest summed score among those that `allowed` lets follow each other (Viterbi 1967).

    `scores`: one row a word, one number a label; `transitions[before][after]` is added from each word to the next.
    """
    if not scores:
        return []
    size = len(labels)
    steps = [
        [(before, transitions[before][after]) for before in range(size) if allowed(labels[before], labels[after])]
        for after in range(size)
    ]
    best = [score if not labels[label].startswith("I-") else float("-inf") for label, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for row in scores[1:]:
        pointers, totals = [], []
        for after in range(size):
            total, before = max((best[b] + weight, -b) for b, weight in steps[after])
            pointers.append(-before)
            totals.append(total + row[after])
        back.append(pointers)
        best = totals
    path = [max(range(size), key=lambda label: best[label])]
    for pointers in reversed(back):
        path.append(pointers[path[-1]])
    return path[::-1]


def spans(path: Sequence[int], labels: Sequence[str] = STATEMENTS) -> list[tuple[str, int, int]]:
    """(kind, first word, word after the last) of each span in a path of labels."""
    found: list[tuple[str, int, int]] = []
    start = -1
    for index, label in enumerate([*path, 0]):
        if start >= 0 and not labels[label].startswith("I-"):
            found.append((labels[path[start]][2:], start, index))
            start = -1
        if labels[label].startswith("B-"):
            start = index
    return found
