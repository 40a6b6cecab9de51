"""What reaches the terminal: data on standard output, all else on standard error, never a control character."""

import csv
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.errors import OnrecordError
from onrecord.export.csv import guard

# Escape sequences can move the cursor, set a title, type for the user; marks of direction can swap what is read.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


STOPPED = 130
"""Exit status after Ctrl-C."""


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class OutputError(OnrecordError):
    """The file that was to be written could not be."""


def printable(text: str) -> str:
    """The text with control characters made visible (`␛`) or, where Unicode has no picture of them, replaced by `�`."""

    def picture(found: re.Match[str]) -> str:
        code = ord(found[0])
        return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"

    return _CONTROL.sub(picture, text)


def percent(share: float) -> str:
    """Never the whole and never nothing: a probability that was estimated is neither."""
    return f"{min(99, max(1, round(100 * share)))}%"


def one_line(text: str) -> str:
    """The text, printable and with all white space folded, for a cell or a message."""
    return printable(" ".join(text.split()))


def say(message: str) -> None:
    """A line for the person, on standard error."""
    print(one_line(message), file=sys.stderr)


def choose(form: Form | None) -> Form:
    """A table for a person at a terminal; in a pipe what another program can read."""
    return form or (Form.TABLE if sys.stdout.isatty() else Form.CSV)


def emit(text: str) -> None:
    """Data for standard output: as it is into a pipe or a file, printable on a terminal."""
    sys.stdout.write(printable(text.replace("\r\n", "\n")) if sys.stdout.isatty() else text)


_NEVER_CUT = ("id", "published")
_NARROW = 22
"""Columns of a name in a table; the last column has what is left, and as many lines as it needs."""


class _Terminal:
    """Standard output as a file that `emit` guards."""

    def write(self, text: str) -> int:
        emit(text)
        return len(text)


def terminal() -> TextIO:
    return cast(TextIO, _Terminal())


def print_table(header: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
    """Rows for a person, as wide as the terminal."""
    # On a narrow terminal the columns before give way: the words come last, and are what the row is about.
    widest = _NARROW if console().width >= 110 else _NARROW // 2
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in header[:-1]:
        narrow = name not in _NEVER_CUT
        table.add_column(name, no_wrap=True, max_width=widest if narrow else None, min_width=None if narrow else 8)
    table.add_column(header[-1], overflow="fold", min_width=16)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(one_line(cell)) for cell in row))
    console().print(table)


def print_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows for a spreadsheet; cells are guarded as in `export csv`."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in ([*header], *rows):
        writer.writerow([guard(cell) for cell in row])
        emit(buffer.getvalue())
        buffer.seek(0)
        buffer.truncate()


def console() -> Console:
    """Standard output for a person. Article text is given to it as `Text` alone: `[brackets]` are no markup there."""
    return Console(markup=False, highlight=False, soft_wrap=not sys.stdout.isatty())


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A file that is there whole or not at all: written beside its place and moved there at the end.

    Raises OutputError with the cause that the system gives.
    """
    temporary: str | None = None
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        # A temporary file is the owner's alone; the finished one is as public as any file of this person.
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        cause = (error.strerror or str(error)).lower()
        raise OutputError(f"{path}: cannot be written, {cause}; name another place with --output") from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def highlighted(text: str, spans: Iterable[tuple[int, int]], style: Any = "bold yellow") -> Text:
    """The text on one line with the spans of it marked; where there is no colour, in «guillemets»."""
    result = Text()
    plain = not sys.stdout.isatty()
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        result.append(_folded(text[at:start]))
        hit = _folded(text[start:end])
        result.append(f"«{hit}»" if plain else hit, style=style)
        at = end
    result.append(_folded(text[at:]))
    return result


def _folded(text: str) -> str:
    return printable(re.sub(r"\s+", " ", text))
