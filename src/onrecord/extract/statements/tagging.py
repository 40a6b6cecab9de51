"""Labels of words for sources, cues and contents, and the one way from scores to spans that cannot be broken."""

from collections.abc import Sequence

LABELS = ("O", "B-Source", "I-Source", "B-Cue", "I-Cue", "B-Content", "I-Content")
ROLES = ("Source", "Cue", "Content")


def allowed(before: int, after: int) -> bool:
    """Whether a label can follow another: an inside only its own begin or inside."""
    return not LABELS[after].startswith("I-") or LABELS[before][2:] == LABELS[after][2:]


def best_path(scores: Sequence[Sequence[float]], transitions: Sequence[Sequence[float]]) -> list[int]:
    """The labels of highest summed score among those that `allowed` lets follow each other (Viterbi 1967).

    `scores`: one row a word, one number a label; `transitions[before][after]` is added from each word to the next.
    """
    if not scores:
        return []
    size = len(LABELS)
    steps = [
        [(before, transitions[before][after]) for before in range(size) if allowed(before, after)]
        for after in range(size)
    ]
    best = [score if not LABELS[label].startswith("I-") else float("-inf") for label, score in enumerate(scores[0])]
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


def spans(path: Sequence[int]) -> list[tuple[str, int, int]]:
    """(role, first word, word after the last) of each span in a path of labels."""
    found: list[tuple[str, int, int]] = []
    start = -1
    for index, label in enumerate([*path, 0]):
        if start >= 0 and not LABELS[label].startswith("I-"):
            found.append((LABELS[path[start]][2:], start, index))
            start = -1
        if LABELS[label].startswith("B-"):
            start = index
    return found
