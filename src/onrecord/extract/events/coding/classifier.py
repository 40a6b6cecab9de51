"""How likely each type is for a deed whose actor and recipient are known: a trained encoder times a linear model.

The encoder is all-MiniLM-L6-v2 fine-tuned on PLOVER's sentences (see `weights/events.md`), in eight bits, run by
onnxruntime on one core, one sentence at a time. The linear model knows the lexicon's answer, words and grammar. They
err on different sentences. Both learned `none` too: two who are named and do nothing to each other.

It says how sure a type is, and is no reason to give a deed of running news another one: the card tells why.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

import numpy
from numpy.typing import NDArray

from onrecord.extract.encoder.network import session
from onrecord.extract.events.coding.marking import marked
from onrecord.extract.events.coding.traits import traits
from onrecord.extract.events.spotted import Deed
from onrecord.model import EventType, Span

NONE: Final = "none"
Place = tuple[int, int]
Row = NDArray[numpy.float64]


class Linear(NamedTuple):
    """`types`: the order of every row. `weights` and `bias`: of a multinomial logistic regression over named features.
    `share`: of the linear model in the sum of logarithms, 0..1; the encoder has the rest."""

    types: tuple[EventType | Literal["none"], ...]
    bias: Row
    weights: Mapping[str, Row]
    share: float


def probabilities(
    deed: Deed, actors: Sequence[Span] = (), recipients: Sequence[Span] = ()
) -> dict[EventType | Literal["none"], float]:
    """They add up to 1. `actors` and `recipients`: spans in `Document.text`; those outside of the deed's sentence are
    not looked at."""
    sentence = deed.word.sent
    shift = deed.passage.block.span.start
    trigger = (deed.span.start - shift, deed.span.end - shift)
    return judged(sentence, trigger, _inside(sentence, shift, actors), _inside(sentence, shift, recipients), deed.type)


def judged(
    sentence: Any, trigger: Place | None, actors: Sequence[Place], recipients: Sequence[Place], rule: EventType | None
) -> dict[EventType | Literal["none"], float]:
    """The same of a `spacy.tokens.Span`. Places are code points of its `doc`; `rule`: the lexicon's type, or None."""
    start = sentence.start_char
    told = (trigger[0] - start, trigger[1] - start) if trigger else None
    slots = [[(a - start, b - start) for a, b in slot] for slot in (actors, recipients)]
    model = linear()
    rows = (_encoded(sentence.text, told, *slots), scores(model, traits(sentence, trigger, actors, recipients, rule)))
    total = (1 - model.share) * _log_softmax(rows[0]) + model.share * _log_softmax(rows[1])
    likely = numpy.exp(_log_softmax(total))
    return {type_: float(value) for type_, value in zip(model.types, likely, strict=True)}


def scores(model: Linear, found: Mapping[str, float]) -> Row:
    """Of each type, before they are made probabilities."""
    total = model.bias.copy()
    for name, value in found.items():
        row = model.weights.get(name)
        if row is not None:
            total += value * row
    return total


@cache
def linear() -> Linear:
    """Read once a process."""
    raw = json.loads((files("onrecord.extract") / "weights" / "events.json").read_text(encoding="utf-8"))
    weights = {name: numpy.array(row) / raw["scale"] for name, row in raw["weights"].items()}
    return Linear(tuple(raw["types"]), numpy.array(raw["bias"]) / raw["scale"], weights, raw["share"])


def _encoded(sentence: str, trigger: Place | None, actors: Sequence[Place], recipients: Sequence[Place]) -> Row:
    read = marked(sentence, trigger, actors, recipients)
    given = {name: numpy.array([row], dtype=numpy.int64) for name, row in read._asdict().items()}
    (rows,) = session("events.onnx").run(None, given)
    row: Row = rows[0].astype(numpy.float64)
    return row


def _inside(sentence: Any, shift: int, spans: Sequence[Span]) -> list[Place]:
    return [
        (span.start - shift, span.end - shift)
        for span in spans
        if sentence.start_char <= span.start - shift and span.end - shift <= sentence.end_char
    ]


def _log_softmax(row: Row) -> Row:
    row = row - row.max()
    logs: Row = row - numpy.log(numpy.exp(row).sum())
    return logs
