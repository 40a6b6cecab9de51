"""The one list of steps, and the one loop that takes articles through them into a ledger."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from onrecord.errors import InputError, UnreadableInput
from onrecord.extract import entities, names, places, statements, voices
from onrecord.extract import parse as parsing
from onrecord.extract.entities import extract_entities
from onrecord.extract.figures import extract_figures
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import Passage, parse
from onrecord.extract.places import extract_places
from onrecord.extract.statements import extract_statements
from onrecord.extract.timexes import extract_timexes
from onrecord.extract.voices import assign_voices
from onrecord.model import (
    Derivation,
    Document,
    Entity,
    Entry,
    Figure,
    Finding,
    Mention,
    Place,
    Statement,
    Timex,
    canonical_json,
    entry_id,
    select,
    spans_of,
)
from onrecord.model.entries import Value


class Step(NamedTuple):
    """A function of a document and of what earlier steps gave: `needs` are its arguments after the document, in
    their order. `version` is `name/number` and is raised with every change that can change what is found."""

    function: Callable[..., Sequence[Any]]
    version: str
    gives: type
    needs: tuple[type, ...] = ()


STEPS: tuple[Step, ...] = (
    Step(parse, version=parsing.VERSION, gives=Passage),
    Step(extract_timexes, version="timexes/1", gives=Timex),
    Step(extract_mentions, version=names.VERSION, gives=Mention, needs=(Passage,)),
    Step(extract_entities, version=entities.VERSION, gives=Entity, needs=(Mention,)),
    Step(extract_places, version=places.VERSION, gives=Place, needs=(Mention,)),
    Step(extract_figures, version="figures/1", gives=Figure, needs=(Passage, Timex)),
    Step(
        extract_statements,
        version=statements.VERSION,
        gives=Statement,
        needs=(Passage, Mention, Entity, Timex),
    ),
)


def checked(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, if each comes after all that it needs and none gives what another does. Raises TypeError."""
    given: list[type] = []
    for step in steps:
        for need in step.needs:
            if need not in given:
                raise TypeError(f"{step.function.__name__} needs {need.__name__}, which no step before it gives")
        if step.gives in given:
            raise TypeError(f"{step.function.__name__} gives {step.gives.__name__}, as a step before it does")
        given.append(step.gives)
    return steps


checked(STEPS)
EXTRACTION = hashlib.sha256(
    canonical_json([[step.function.__name__, step.version] for step in STEPS])
).hexdigest()[:12]
"""What stands for all steps in their versions; another one means that a document is to be extracted anew."""


def extract(document: Document) -> tuple[Entry, ...]:
    """All entries of one document, in the order of the steps and of the text. Same document, same entries."""
    given: dict[type, Sequence[Any]] = {}
    findings: list[Finding] = []
    # Else the parser keeps every new word that it meets, and memory grows with the number of articles.
    with parsing.model().memory_zone():
        for step in STEPS:
            result = step.function(document, *(given[need] for need in step.needs))
            if step.gives in _VALUES:
                findings.extend(result)
                result = [finding.value for finding in result]
            given[step.gives] = result
    return entries_of(document, assign_voices(document, findings))


_VALUES = (Statement, Figure, Timex, Place, Entity)


def entries_of(document: Document, findings: Sequence[Finding]) -> tuple[Entry, ...]:
    """Findings as entries with their selectors. Findings of the same value are one entry with all derivations."""
    versions = {step.gives: step.version for step in STEPS}
    values: dict[str, Value] = {}
    derivations: dict[str, dict[Derivation, None]] = {}
    for finding in findings:
        identity = entry_id(document, finding.value)
        values[identity] = finding.value
        extractor, _, version = versions[type(finding.value)].partition("/")
        derivation = Derivation(extractor=extractor, version=version, rule=finding.rule, score=finding.score)
        derivations.setdefault(identity, {})[derivation] = None
    return tuple(
        Entry(
            id=identity,
            document=document.id,
            selectors=tuple(select(document, span) for span in spans_of(value)),
            value=value,
            derivations=tuple(derivations[identity]),
        )
        for identity, value in values.items()
    )


