"""From the log probabilities of words to labelled spans: roles of statements, and names with their types."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.encoder.network import Reading, transitions
from onrecord.extract.encoder.sureness import Sureness, sureness
from onrecord.extract.encoder.tagging import NAMES, ROLES, best_path, spans
from onrecord.model import Span

OUTSIDE = 0.3
"""Added to the log probability of lying outside a statement: fewer spans, and whole ones. Chosen on PolNeAR's dev
articles."""

_NO_NAME = math.log(0.999)
"""A word that is no part of a name with this probability parts the names before it from those after."""


class Labelled(NamedTuple):
    """Spans of one role in order, with the mean log probability of their labels, and all that tells how sure it was."""

    spans: list[Span]
    scores: list[float]
    sureness: Sequence[Sureness] = ()


def label(readings: Iterable[Reading]) -> dict[str, Labelled]:
    """The spans of each role in order; those of one role never overlap."""
    found = {role: Labelled([], []) for role in ROLES}
    sure: dict[str, list[Sureness]] = {role: [] for role in ROLES}
    for reading in readings:
        rows = reading.statements.tolist() if reading.words else []
        for row in rows:
            row[0] += OUTSIDE
        path = best_path(rows, transitions("statements"))
        for role, first, last in spans(path):
            mean = sum(rows[i][path[i]] for i in range(first, last)) / (last - first)
            found[role].spans.append(Span(start=reading.words[first].start, end=reading.words[last - 1].end))
            found[role].scores.append(mean)
            sure[role].append(sureness(rows, path, first, last))
    return {role: one._replace(sureness=sure[role]) for role, one in found.items()}


def names(reading: Reading, steps: Sequence[Sequence[float]] | None = None) -> Iterator[tuple[Span, str]]:
    """The names of a paragraph in order, each with its type (see `tagging.TYPES`); they never overlap. `steps`: what is
    added from label to label, if not what the network has learned."""
    if not reading.words:
        return
    open_ = [*(reading.names[:, 0] < _NO_NAME).nonzero()[0].tolist(), -1]
    first = 0
    for at in range(1, len(open_)):
        if open_[at] != open_[at - 1] + 1:
            start, end = open_[first], open_[at - 1] + 1
            path = best_path(reading.names[start:end].tolist(), steps or transitions("names"), NAMES)
            for type_, begin, stop in spans(path, NAMES):
                words = reading.words[start + begin : start + stop]
                yield Span(start=words[0].start, end=words[-1].end), type_
            first = at
