"""Tidy tables: one a kind, one row an entry, one header row; UTF-8, comma, CRLF as RFC 4180 has it.

A spreadsheet runs a cell that starts with `=`, `+`, `-`, `@`, a tab or a return as a formula, and an article can say
anything. Such a text gets one apostrophe in front (`'=SUM(A1)`), also where apostrophes already stand before it, so
that taking one off gives the article's words again. Numbers are never touched.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

import msgspec

from onrecord.export.schema import (
    LINES,
    CorrectionOf,
    EvidenceOf,
    FoundText,
    Line,
    Link,
    LocationOf,
    MemberOf,
    MentionOf,
    MissingOf,
    MomentOf,
    ParticipantOf,
    Period,
    RoleOf,
    SizeOf,
    SpeakerOf,
)
from onrecord.model import Derivation

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BETWEEN = " | "
_NUMBERS = frozenset({"low", "high", "lat", "lon"})
_LEFT_OUT = {"document": ("blocks",)}
"""What a table cannot hold; `export jsonl` has it."""


def guard(cell: str) -> str:
    """The text, safe for a spreadsheet."""
    return "'" + cell if _FORMULA.match(cell) else cell


def columns(kind: str) -> list[str]:
    """The header of a kind's table."""
    names: list[str] = []
    for field in msgspec.structs.fields(LINES[kind]):
        if field.name not in _LEFT_OUT.get(kind, ()):
            names.extend(f"{field.name}{suffix}" for suffix in _SUFFIXES.get(_shape(field.type), ("",)))
    return names


def row(line: Line) -> list[str]:
    """The cells of one line, in the order of `columns`."""
    kind = str(line.__struct_config__.tag)
    cells: list[str] = []
    for field in msgspec.structs.fields(line):
        if field.name not in _LEFT_OUT.get(kind, ()):
            for cell in _cells(getattr(line, field.name), _shape(field.type)):
                cells.append(cell if field.name in _NUMBERS else guard(cell))
    return cells


def write(kinds: Sequence[str], lines: Iterable[Line], files: Mapping[str, TextIO]) -> dict[str, int]:
    """The table of each kind into its file; lines of other kinds are passed over. Gives the number of rows of each."""
    counts = dict.fromkeys(kinds, 0)
    writers = {kind: csv.writer(files[kind]) for kind in kinds}
    for kind, writer in writers.items():
        writer.writerow(columns(kind))
    for line in lines:
        kind = str(line.__struct_config__.tag)
        if kind in writers:
            writers[kind].writerow(row(line))
            counts[kind] += 1
    return counts


# A found text takes three columns, so that its place is not lost; several stand one after the other in each.
_SUFFIXES: dict[type, tuple[str, ...]] = {
    FoundText: ("", "_start", "_end"),
    Period: ("_begin", "_end"),
    SpeakerOf: ("", "_entity", "_how"),
    MentionOf: ("", "_document", "_start", "_end"),
    RoleOf: ("", "_document", "_start", "_end", "_organization", "_country", "_holding"),
    ParticipantOf: ("", "_start", "_end", "_name", "_entity"),
    LocationOf: ("", "_start", "_end", "_gazetteer_id"),
    MomentOf: ("", "_offset", "_value", "_begin", "_end"),
    SizeOf: ("", "_of", "_start", "_end", "_low", "_high"),
    MemberOf: ("_document", "_key"),
    CorrectionOf: ("_actors", "_documents", "_name"),
}


def _shape(annotation: Any) -> type:
    """The struct that a field holds, alone, optional or many; `str` where it holds none."""
    pending = [annotation]
    while pending:
        one = pending.pop()
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            return one
        pending.extend(getattr(one, "__args__", ()))
    return str


def _cells(value: Any, shape: type) -> Iterator[str]:
    many = value if isinstance(value, tuple) else () if value is None else (value,)
    for pick in _PICKS.get(shape, (_plain,)):
        yield _BETWEEN.join(pick(each) for each in many)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _attribute(name: str) -> Any:
    return lambda value: "" if getattr(value, name) is None else str(getattr(value, name))


_PICKS: dict[type, tuple[Any, ...]] = {
    FoundText: (_attribute("text"), _attribute("start"), _attribute("end")),
    Period: (_attribute("begin"), _attribute("end")),
    SpeakerOf: (_attribute("name"), _attribute("entity"), _attribute("how")),
    MentionOf: (_attribute("text"), _attribute("document"), _attribute("start"), _attribute("end")),
    RoleOf: tuple(map(_attribute, ("title", "document", "start", "end", "organization", "country", "holding"))),
    ParticipantOf: tuple(map(_attribute, ("text", "start", "end", "name", "entity"))),
    LocationOf: tuple(map(_attribute, ("text", "start", "end", "gazetteer_id"))),
    MomentOf: tuple(map(_attribute, ("text", "offset", "value", "begin", "end"))),
    SizeOf: tuple(map(_attribute, ("text", "of", "start", "end", "low", "high"))),
    MissingOf: (lambda missing: f"{missing.slot}: {missing.reason}",),
    MemberOf: tuple(map(_attribute, ("document", "key"))),
    CorrectionOf: (
        lambda correction: _BETWEEN.join(each.actor for each in correction.actors),
        lambda correction: _BETWEEN.join(correction.documents),
        _attribute("name"),
    ),
    EvidenceOf: (lambda evidence: f"{evidence.kind}: {', '.join(evidence.words)}",),
    Link: (lambda voice: voice.name or "?",),
    Derivation: (lambda derivation: f"{derivation.extractor}/{derivation.version}:{derivation.rule}",),
}
