"""The trained encoder: sources, cues and contents of the article's own level, as labelled spans.

all-MiniLM-L6-v2 fine-tuned on PolNeAR (see `weights/statements.md`), in eight bits, run by onnxruntime on one core.
Windows are run one at a time: eight-bit scales are taken over a batch, so that a larger one could change answers.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from onrecord.extract.statements.evidence import Sureness, sureness
from onrecord.extract.statements.quotations import Quotation
from onrecord.extract.statements.tagging import ROLES, best_path, spans
from onrecord.extract.statements.windows import Window, windows
from onrecord.model import Span

OUTSIDE = 0.3
"""Added to the log probability of lying outside: fewer spans, and whole ones. Chosen on PolNeAR's dev articles."""


class Labelled(NamedTuple):
    """Spans of one role in order, with the mean log probability of their labels, and all that tells how sure it was."""

    spans: list[Span]
    scores: list[float]
    sureness: Sequence[Sureness] = ()


@cache
def session() -> Any:
    """The network, loaded once a process (23 MB, a tenth of a second)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    weights = (files("onrecord.extract") / "weights" / "statements.onnx").read_bytes()
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


@cache
def transitions() -> list[list[float]]:
    """What the network adds from the label of each word to that of the next; it stands in the file's metadata."""
    table: list[list[float]] = json.loads(session().get_modelmeta().custom_metadata_map["transitions"])
    return table


def label(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> dict[str, Labelled]:
    """The spans of each role in the given paragraphs, in order; those of one role never overlap."""
    found = {role: Labelled([], []) for role in ROLES}
    sure: dict[str, list[Sureness]] = {role: [] for role in ROLES}
    for window in windows(text, [(p.start, p.end) for p in paragraphs], quotations):
        rows = _scores(window)
        path = best_path(rows, transitions())
        for role, first, last in spans(path):
            mean = sum(rows[i][path[i]] for i in range(first, last)) / (last - first)
            found[role].spans.append(Span(start=window.words[first].start, end=window.words[last - 1].end))
            found[role].scores.append(mean)
            sure[role].append(sureness(rows, path, first, last))
    return {role: one._replace(sureness=sure[role]) for role, one in found.items()}


def _scores(window: Window) -> list[list[float]]:
    """Log probabilities of the labels, one row a word."""
    import numpy

    ids, kinds = numpy.array([window.ids], dtype=numpy.int64), numpy.array([window.kinds], dtype=numpy.int64)
    (scores,) = session().run(None, {"ids": ids, "kinds": kinds, "mask": numpy.ones_like(ids)})
    rows = scores[0][[word.row for word in window.words]].astype(numpy.float64)
    rows -= rows.max(axis=1, keepdims=True)
    rows -= numpy.log(numpy.exp(rows).sum(axis=1, keepdims=True))
    rows[:, 0] += OUTSIDE
    return [[float(value) for value in row] for row in rows]
