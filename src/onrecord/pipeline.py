"""The one list of steps, and the one loop that takes articles through them into a ledger."""

import hashlib
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from onrecord.errors import InputError, OnrecordError, UnreadableInput
from onrecord.extract import commitments, entities, events, figures, names, places, statements, timexes, voices
from onrecord.extract import parse as parsing
from onrecord.extract.commitments import extract_commitments
from onrecord.extract.entities import extract_entities
from onrecord.extract.events import extract_events
from onrecord.extract.figures import extract_figures
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import Passage, parse
from onrecord.extract.places import extract_places
from onrecord.extract.statements import extract_statements
from onrecord.extract.timexes import extract_timexes
from onrecord.extract.voices import assign_voices
from onrecord.ledger import DocumentRow, Ledger, Problem
from onrecord.link.upkeep import bring_up_to_date
from onrecord.model import (
    Commitment,
    Derivation,
    Document,
    Entity,
    Entry,
    Event,
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
from onrecord.pool import WorkerDied, in_order
from onrecord.read import Input, Skipped, Unit, discover, read, units
from onrecord.read.documents import READERS
from onrecord.settings import Settings


class Step(NamedTuple):
    """A function of a document and of what earlier steps gave: `needs` are its arguments after the document, in
    their order. `version` is `name/number` and is raised with every change that can change what is found."""

    function: Callable[..., Sequence[Any]]
    version: str
    gives: type
    needs: tuple[type, ...] = ()


STEPS: tuple[Step, ...] = (
    Step(parse, version=parsing.VERSION, gives=Passage),
    Step(extract_timexes, version=timexes.VERSION, gives=Timex),
    Step(extract_mentions, version=names.VERSION, gives=Mention, needs=(Passage,)),
    Step(extract_entities, version=entities.VERSION, gives=Entity, needs=(Mention,)),
    Step(extract_places, version=places.VERSION, gives=Place, needs=(Mention,)),
    Step(extract_figures, version=figures.VERSION, gives=Figure, needs=(Passage, Timex)),
    Step(
        extract_statements,
        version=statements.VERSION,
        gives=Statement,
        needs=(Passage, Mention, Entity, Timex),
    ),
    Step(
        extract_events,
        version=events.VERSION,
        gives=Event,
        needs=(Passage, Mention, Entity, Place, Timex, Figure, Statement),
    ),
    Step(
        extract_commitments,
        version=commitments.VERSION,
        gives=Commitment,
        needs=(Passage, Mention, Entity, Timex, Statement),
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


def version_of(steps: tuple[Step, ...]) -> str:
    """What stands for all steps in their versions, and for how voices are assigned."""
    versions = [*(step.version for step in steps), voices.VERSION]
    return hashlib.sha256(canonical_json(versions)).hexdigest()[:12]


EXTRACTION = version_of(STEPS)
"""The version that this program extracts with: what an older one extracted is extracted anew."""


def extract(document: Document) -> tuple[Entry, ...]:
    """All entries of one document, in the order of the steps and of the text. Same document, same entries."""
    # Else the parser keeps every new word that it meets, and memory grows with the number of articles.
    with parsing.model().memory_zone():
        given = findings(document, STEPS)
        found = [finding for type_ in given if type_ in _VALUES for finding in given[type_]]
    return entries_of(document, assign_voices(document, found))


def findings(document: Document, steps: tuple[Step, ...]) -> dict[type, Sequence[Any]]:
    """What each step finds, in their order, by what it gives."""
    given: dict[type, Sequence[Any]] = {}
    for step in steps:
        needed = ([one.value for one in given[need]] if need in _VALUES else given[need] for need in step.needs)
        given[step.gives] = step.function(document, *needed)
    return given


_VALUES = (Statement, Figure, Timex, Place, Entity, Event, Commitment)


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


class Added(NamedTuple):
    """An article that went in, or was read by a newer reader or extractor than before."""

    name: str
    document: str
    entries: int
    words: int


class Unchanged(NamedTuple):
    """Bytes that this very version has read before."""

    name: str


Outcome = Added | Unchanged | Skipped | InputError


class Report(msgspec.Struct, kw_only=True):
    """What a run did, so far. `failures` went wrong and stand in the ledger; `skipped` were passed over in folders;
    `entries` and `words` are those of the added articles."""

    added: int = 0
    unchanged: int = 0
    entries: int = 0
    words: int = 0
    failures: list[InputError] = []
    skipped: list[Skipped] = []

    def count(self, outcome: Outcome) -> None:
        match outcome:
            case Added():
                self.added += 1
                self.entries += outcome.entries
                self.words += outcome.words
            case Unchanged():
                self.unchanged += 1
            case Skipped():
                self.skipped.append(outcome)
            case _:
                self.failures.append(outcome)


class _Task(NamedTuple):
    unit: Unit
    settings: Settings
    now: str


_Read = list[tuple[Document, tuple[Entry, ...]]] | InputError


def add(
    paths: Iterable[str | Path],
    ledger: Ledger,
    settings: Settings,
    *,
    clock: Callable[[], str],
    stdin: BinaryIO | None = None,
    report: Report | None = None,
    progress: Callable[[Outcome, int], None] = lambda outcome, size: None,
) -> Report:
    """Read, extract and keep every article under `paths`: files, folders, `-` for `stdin`.

    One transaction a document, in the order of the inputs whatever `settings.jobs`, so that a run that is stopped
    keeps what is done, and the same inputs give the same ledger. What fails is kept as a failure and passed over.
    `clock` gives UTC, ISO 8601. `progress` is told each outcome and the bytes that it took; `report` is filled as
    they come, and handed back. Raises LedgerError when the ledger itself fails; what was committed before stays.
    """
    report = Report() if report is None else report
    jobs = settings.jobs or os.cpu_count() or 1
    run = _Run(ledger, clock)

    def tell(outcome: Outcome, size: int = 0) -> None:
        if isinstance(outcome, InputError):
            run.fail(outcome)
        report.count(outcome)
        progress(outcome, size)

    def tasks() -> Iterator[_Task]:
        for found in discover(paths, stdin=stdin):
            for unit in units(found, settings=settings) if isinstance(found, Input) else (found,):
                if not isinstance(unit, Unit):
                    tell(unit)
                elif run.known(unit):
                    tell(Unchanged(unit.name), len(unit.raw))
                else:
                    yield _Task(unit, settings, clock())

    for task, result in in_order(_read, tasks(), jobs=jobs):
        unit = task.unit
        if isinstance(result, WorkerDied):
            result = UnreadableInput(unit.name, "the reader died on it", "leave it out, and report the article")
        if isinstance(result, InputError):
            tell(result, len(unit.raw))
            continue
        for document, entries in result:
            with _uninterrupted():  # or the count would be one short of what was kept
                tell(run.keep(unit, document, entries), len(unit.raw))
                run.link(_LINKED_AT_ONCE)
    run.link(1)
    run.finish()
    return report


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the end of the block. Left as it is in a thread, or where Ctrl-C does something else."""
    pressed: list[int] = []
    answers = threading.current_thread() is threading.main_thread()
    if not answers or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if pressed:
        raise KeyboardInterrupt


def _read(task: _Task) -> _Read:
    """The documents of one unit with their entries, in a process of its own. Never raises: what goes wrong is the
    result, and the other articles go on."""
    unit = task.unit
    try:
        documents = read(
            unit.raw, name=unit.name, media_type=unit.media_type, retrieved=task.now, settings=task.settings
        )
        return [(document, extract(document)) for document in documents]
    except InputError as error:
        return error
    except Exception as error:
        return UnreadableInput(unit.name, f"a fault in onrecord, {where(error)}", "leave it out, and report this line")


def where(error: BaseException) -> str:
    """An unexpected error on one line: file, line, type, message."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name} line {last.lineno}: {type(error).__name__}: {error}"


_LINKED_AT_ONCE = 200
"""Documents that wait until they are linked with the others: a bucket that many of them touch is then linked once."""


class _Run:
    """One run of the ledger. It begins with the first thing to write, so that adding the same again writes nothing."""

    def __init__(self, ledger: Ledger, clock: Callable[[], str]) -> None:
        self.ledger, self.clock, self.id, self.waiting = ledger, clock, "", 1  # one, for what a killed run left

    def known(self, unit: Unit) -> bool:
        sha256 = hashlib.sha256(unit.raw).hexdigest()
        return bool(self.ledger.known([sha256], readers=READERS.values(), version=EXTRACTION))

    def begun(self) -> str:
        steps = [step.version for step in STEPS]
        self.id = self.id or self.ledger.begin_run(EXTRACTION, steps, started=self.clock())
        return self.id

    def keep(self, unit: Unit, document: Document, entries: tuple[Entry, ...]) -> Outcome:
        try:
            added = self.ledger.add(unit.raw, document, entries, run=self.begun())
        except InputError as error:
            return error
        if not added.changed:
            return Unchanged(unit.name)
        self.waiting += 1
        return Added(unit.name, document.id, len(entries), len(document.text.split()))

    def fail(self, error: InputError) -> None:
        self.ledger.fail(self.begun(), error.name, error, when=self.clock())

    def link(self, least: int) -> None:
        """Find out who is who, once so many documents wait for it."""
        if self.waiting >= least:
            bring_up_to_date(self.ledger)
            self.waiting = 0

    def finish(self) -> None:
        if self.id:
            self.ledger.finish_run(self.id, finished=self.clock())


def verify(ledger: Ledger, settings: Settings) -> Iterator[Problem]:
    """Everything in the ledger that does not agree: what the ledger itself finds, then each document whose bytes
    the same reader reads otherwise. Documents of readers that are no more are held to their seals alone."""
    yield from ledger.verify()
    after: str | None = None
    while True:
        page = ledger.documents(superseded=True, after=after, limit=500)
        for row in page.rows:
            if row.reader in READERS.values():
                yield from _read_again(ledger, row, settings)
        after = page.after
        if after is None:
            return


def _read_again(ledger: Ledger, row: DocumentRow, settings: Settings) -> Iterator[Problem]:
    limits = msgspec.structs.replace(settings, max_bytes=sys.maxsize, max_line_bytes=sys.maxsize, max_words=sys.maxsize)
    try:
        raw = ledger.source_bytes(row.source_sha256)
        again = read(raw, name=row.name, media_type=row.media_type, settings=limits)
    except OnrecordError as error:
        yield Problem(subject=f"document {row.id}", place="bytes", cause=f"they cannot be read again: {error}")
        return
    if all(document.id != row.id for document in again):
        yield Problem(subject=f"document {row.id}", place="text", cause="its bytes are read as another text")
