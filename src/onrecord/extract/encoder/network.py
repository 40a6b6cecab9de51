"""The network itself: paragraphs to the log probabilities of their words' labels.

Windows are run one at a time: eight-bit scales are taken over a batch, so that a larger one could change answers.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from onrecord.extract.encoder.windows import Window, Word, windows
from onrecord.extract.quotations import Quotation
from onrecord.model import Span

Task = Literal["statements", "names"]


class Reading(NamedTuple):
    """What the network makes of a paragraph: its words in order, and of each task an array (words, labels) of log
    probabilities, float32."""

    words: list[Word]
    statements: Any
    names: Any


NOTHING = Reading([], None, None)
"""The reading of no words."""


@cache
def session(weights: str = "encoder.onnx") -> Any:
    """A network of `extract/weights`, loaded once a process (23 MB, a tenth of a second), run on one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    raw = (files("onrecord.extract") / "weights" / weights).read_bytes()
    return onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])


@cache
def transitions(task: Task) -> list[list[float]]:
    """What the network adds from the label of each word to that of the next; it stands in the file's metadata."""
    table: dict[Task, list[list[float]]] = json.loads(session().get_modelmeta().custom_metadata_map["transitions"])
    return table[task]


def read(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> list[Reading]:
    """One reading a paragraph, in their order."""
    import numpy

    words: list[list[Word]] = [[] for _ in paragraphs]
    rows: list[tuple[list[Any], list[Any]]] = [([], []) for _ in paragraphs]
    for window in windows(text, [(p.start, p.end) for p in paragraphs], quotations):
        statements, names = _run(window)
        first = 0
        for number, own in groupby(window.words, key=attrgetter("paragraph")):
            words[number].extend(own)
            last = first + len(words[number]) - sum(map(len, rows[number][0]))
            rows[number][0].append(statements[first:last])
            rows[number][1].append(names[first:last])
            first = last
    return [
        Reading(own, *map(numpy.concatenate, both)) if own else NOTHING for own, both in zip(words, rows, strict=True)
    ]


def _run(window: Window) -> tuple[Any, Any]:
    """Log probabilities of the labels of both tasks, one row a word of the window."""
    import numpy

    ids, kinds = numpy.array([window.ids], dtype=numpy.int64), numpy.array([window.kinds], dtype=numpy.int64)
    at = [word.row for word in window.words]
    found = session().run(["statements", "names"], {"ids": ids, "kinds": kinds, "mask": numpy.ones_like(ids)})
    statements, names = (_log_softmax(scores[0][at]) for scores in found)
    return statements, names


def _log_softmax(rows: Any) -> Any:
    import numpy

    rows = rows - rows.max(axis=1, keepdims=True)
    return rows - numpy.log(numpy.exp(rows).sum(axis=1, keepdims=True))
