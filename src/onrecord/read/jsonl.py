"""One line of JSONL, one article: its `text` is kept character for character."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable
from json.decoder import scanstring  # type: ignore[attr-defined]  # public by use, missing from the stubs
from typing import Any, NamedTuple

import msgspec

from onrecord.errors import EmptyInput, EncodingError, MalformedInput
from onrecord.model import Block, Document, Edit, Run, Source, document_id
from onrecord.read.dates import published
from onrecord.read.layout import lay_out
from onrecord.read.markup import paragraphs
from onrecord.read.paragraphs import in_place

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_SURROGATE = re.compile("[\ud800-\udfff]")
_VALUES = json.JSONDecoder(strict=False)
_STEP = "mend the line and add the file again; the other lines are not affected"
_MARK = "\ufeff"


class _Field(NamedTuple):
    """A value and where it stands in the line: for a string, the characters between its quotation marks."""

    value: Any
    start: int
    end: int


def record_document(line: bytes, source: Source, *, reader: str, bound: Callable[[str], None]) -> Document:
    """The article of one record. Raises MalformedInput naming the field, EncodingError, EmptyInput, and what `bound`
    raises on a text that is too long.

    Taken over: `text`, `id` (as `external_id`), `title`, `publisher`, `published`, `authors`, `url`, `language`.
    """
    name = source.name
    try:
        decoded = line.decode("utf-8")
    except UnicodeDecodeError as error:
        cause = f"not UTF-8 at byte {error.start:,} of the line"
        raise EncodingError(name, cause, "save the file as UTF-8") from None
    fields = _fields(decoded, name)
    if "text" not in fields:
        raise MalformedInput(name, "the record has no field `text`", _STEP)
    text_field = fields["text"]
    if not isinstance(text_field.value, str):
        raise MalformedInput(name, f"field `text` holds {_kind(text_field.value)}, not a string", _STEP)
    text, runs, edits = _text(decoded, text_field)
    if not any(character.isalnum() for character in text):
        raise EmptyInput(name, "field `text` has no words in it", "leave the record out, or fill it in")
    bound(text)
    title = _string(fields, "title", name)
    # Whatever the paragraphs would have to be mended of is left in: they only tell where the blocks are.
    parts, header = lay_out(text, paragraphs(text), title=title)
    notes = list(header.notes)
    if edits:
        notes.append(f"{len(edits)} halves of characters (lone surrogates) were replaced by U+FFFD")
    given = _string(fields, "published", name)
    day = published(given) if given else None
    if given and (day is None or day.value is None):
        notes.append((day and day.doubt) or f"the date {given!r} was not understood")
    external_id = _identifier(fields, name)
    return Document(
        id=document_id(source.sha256, reader, text, external_id),
        source=msgspec.structs.replace(source, url=_string(fields, "url", name) or source.url),
        reader=reader,
        text=text,
        blocks=tuple(_placed(block, runs) for block in in_place(parts)),
        edits=tuple(edits),
        title=title or header.title,
        authors=_authors(fields, name) or header.authors,
        publisher=_string(fields, "publisher", name),
        language=_string(fields, "language", name),
        published=(day and day.value) or (None if given else header.published),
        external_id=external_id,
        notes=tuple(notes),
    )


def _fields(line: str, name: str) -> dict[str, _Field]:
    """The fields of the object, each with its place; JSON's own parser reads the values."""
    fields: dict[str, _Field] = {}
    at = _after(line, 1 if line.startswith(_MARK) else 0)
    if line[at : at + 1] != "{":
        raise MalformedInput(name, "the line is not a JSON object", _STEP)
    try:
        at = _after(line, at + 1)
        while line[at : at + 1] != "}":
            if line[at : at + 1] != '"':
                raise json.JSONDecodeError("Expecting a field name in quotation marks", line, at)
            key, at = scanstring(line, at + 1, False)
            at = _after(line, at)
            if line[at : at + 1] != ":":
                raise json.JSONDecodeError("Expecting ':'", line, at)
            start = _after(line, at + 1)
            value, at = _VALUES.raw_decode(line, start)
            inside = isinstance(value, str)
            fields[key] = _Field(value, start + inside, at - inside)
            at = _after(line, at)
            if line[at : at + 1] == ",":
                at = _after(line, at + 1)
                if line[at : at + 1] == "}":
                    raise json.JSONDecodeError("Expecting a field after ','", line, at)
            elif line[at : at + 1] != "}":
                raise json.JSONDecodeError("Expecting ',' or '}'", line, at)
        if _after(line, at + 1) != len(line):
            raise json.JSONDecodeError("Extra data", line, at + 1)
    except json.JSONDecodeError as error:
        cause = f"broken JSON at character {error.pos + 1:,} of the line: {error.msg}"
        raise MalformedInput(name, cause, _STEP) from None
    except (RecursionError, ValueError) as error:  # nested too deep; an integer of too many digits
        raise MalformedInput(name, f"JSON that cannot be read: {error}", _STEP) from None
    return fields


def _after(line: str, at: int) -> int:
    """Past the white space at `at`."""
    return _SPACE.match(line, at).end()  # type: ignore[union-attr]  # it matches nothing, too


def _text(line: str, field: _Field) -> tuple[str, list[Run], list[Edit]]:
    """The text, where each stretch of it stood in the line, and the edits that made it storable."""
    runs: list[Run] = []
    at, last = 0, field.start
    position = field.start
    while position < field.end:
        found = _ESCAPE.search(line, position, field.end)
        if found is None:
            break
        start, position = found.span()
        if found[0][1] == "u" and int(found[0][2:], 16) in _HIGH:
            low = _ESCAPE.match(line, position, field.end)
            if low and low[0][1] == "u" and int(low[0][2:], 16) in _LOW:
                position = low.end()
        if last < start:
            runs.append(Run(start=at, end=at + start - last, source_start=last, source_end=start))
            at += start - last
        runs.append(Run(start=at, end=at + 1, source_start=start, source_end=position))
        at, last = at + 1, position
    if last < field.end:
        runs.append(Run(start=at, end=at + field.end - last, source_start=last, source_end=field.end))
    edits = [_mended(line, runs, found.start()) for found in _SURROGATE.finditer(field.value)]
    return _SURROGATE.sub("\ufffd", field.value), runs, edits


def _mended(line: str, runs: list[Run], at: int) -> Edit:
    """Half of a character cannot be stored as text; one stands in for one, so that offsets stay."""
    run = runs[bisect_right(runs, at, key=lambda run: run.start) - 1]
    start, end = run.source_start, run.source_end
    return Edit(
        kind="surrogate_replaced", at=at, source_start=start, source_end=end, removed=line[start:end], inserted="\ufffd"
    )


def _placed(block: Block, runs: list[Run]) -> Block:
    """The block with the part of `runs` that it covers."""
    span = block.span
    origin: list[Run] = []
    for run in runs[max(0, bisect_right(runs, span.start, key=lambda run: run.start) - 1) :]:
        if run.start >= span.end:
            break
        start, end = max(run.start, span.start), min(run.end, span.end)
        if start < end and run.end - run.start == run.source_end - run.source_start:
            shift = run.source_start - run.start
            origin.append(Run(start=start, end=end, source_start=start + shift, source_end=end + shift))
        elif start < end:
            origin.append(run)
    return msgspec.structs.replace(block, origin=tuple(origin))


def _string(fields: dict[str, _Field], key: str, name: str) -> str | None:
    value = fields[key].value if key in fields else None
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise MalformedInput(name, f"field `{key}` holds {_kind(value)}, not a string", _STEP)
    return _SURROGATE.sub("\ufffd", value)


def _identifier(fields: dict[str, _Field], name: str) -> str | None:
    value = fields["id"].value if "id" in fields else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(fields, "id", name)


def _authors(fields: dict[str, _Field], name: str) -> tuple[str, ...]:
    value = fields["authors"].value if "authors" in fields else None
    if value is None or isinstance(value, str):
        one = _string(fields, "authors", name)
        return (one,) if one else ()
    if not isinstance(value, list) or not all(isinstance(author, str) for author in value):
        raise MalformedInput(name, f"field `authors` holds {_kind(value)}, not a string or a list of strings", _STEP)
    return tuple(_SURROGATE.sub("\ufffd", author) for author in value if author)


_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "null")
