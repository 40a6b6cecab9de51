"""From the paths that a person named to the bytes of single articles, one at a time."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from onrecord.errors import EmptyInput, EncodingError, InputError, TooLarge, UnreadableInput, UnsupportedMediaType
from onrecord.read.media import EXTENSIONS, HEAD, JSONL, looks_wide, sniff
from onrecord.settings import Settings

_CHUNK = 1 << 20
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Input(NamedTuple):
    """A file that a reader takes, or the standard input. `stream` is set for the latter, and `head` then holds what
    was read of it already; `size` in bytes, None where it is not known before the end."""

    name: str
    path: Path | None
    media_type: str
    size: int | None = None
    head: bytes = b""
    stream: BinaryIO | None = None


class Skipped(NamedTuple):
    """A file in a folder that was passed over, and why. No failure: nobody named it."""

    name: str
    reason: str


class Unit(NamedTuple):
    """The bytes of one article: a whole file, or one line of a JSONL file without its line end."""

    name: str
    raw: bytes
    media_type: str


Found = Input | Skipped | InputError


def discover(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Found]:
    """Every input under `paths`, folders in sorted order. `-` stands for `stdin`. Raises nothing.

    In a folder, hidden files, links to folders and files that no reader takes are passed over and reported; named
    by themselves they are read, or fail.
    """
    for path in paths:
        if str(path) == "-":
            yield _standard_input(stdin)
        else:
            yield from _walk(Path(path))


def units(found: Input, *, settings: Settings) -> Iterator[Unit | InputError]:
    """The articles of one input, one at a time. Raises nothing: what fails is yielded, and the rest follows."""
    try:
        if found.stream is not None:
            yield from _units(found, found.stream, settings)
        elif found.path is not None:
            with found.path.open("rb") as stream:
                yield from _units(found, stream, settings)
    except OSError as error:
        yield _unreadable(found.name, error)


def _walk(path: Path) -> Iterator[Found]:
    try:
        if path.is_dir():
            yield from _walk_folder(path)
        else:
            yield _file(path, named=True)
    except OSError as error:
        yield _unreadable(_printable(path), error)


def _walk_folder(folder: Path) -> Iterator[Found]:
    """A stack in place of recursion: a folder may be nested deeper than Python's calls."""
    stack = [folder]
    while stack:
        path = stack.pop()
        name = _printable(path)
        try:
            if path is not folder and path.name.startswith("."):
                yield Skipped(name, "hidden; name it itself to add it")
            elif not path.is_dir():
                yield _file(path, named=False)
            elif path is not folder and path.is_symlink():
                yield Skipped(name, "a link to a folder; name it itself to add it")
            else:
                stack.extend(sorted(path.iterdir(), reverse=True))
        except OSError as error:
            yield _unreadable(name, error)


def _file(path: Path, *, named: bool) -> Found:
    """One file, named by the user or met in a folder."""
    name = _printable(path)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        cause, step = "not a regular file", "give it as `-` through a pipe"
        return UnreadableInput(name, cause, step) if named else Skipped(name, cause)
    extension = path.suffix.lower()
    if not named and extension and extension not in EXTENSIONS:
        return Skipped(name, f"{extension} files are not taken from folders; name it itself to add it as text")
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    try:
        return Input(name, path, sniff(name, head).media_type, status.st_size)
    except UnsupportedMediaType as error:
        # Without an extension nothing claimed that this was an article.
        return error if named or extension else Skipped(name, error.cause)


def _standard_input(stdin: BinaryIO | None) -> Found:
    name = "standard input"
    if stdin is None:
        return UnreadableInput(name, "is not open", "pipe an article into the command")
    try:
        head = stdin.read(HEAD)
        return Input(name, None, sniff(name, head).media_type, None, head, stdin)
    except UnsupportedMediaType as error:
        return error
    except OSError as error:
        return _unreadable(name, error)


def _units(found: Input, stream: BinaryIO, settings: Settings) -> Iterator[Unit | InputError]:
    if found.media_type == JSONL:
        yield from _lines(found, stream, settings.max_line_bytes)
        return
    raw = found.head + stream.read(settings.max_bytes + 1 - len(found.head))
    if len(raw) > settings.max_bytes:
        yield TooLarge(found.name, f"more than {settings.max_bytes:,} bytes", "split it, or raise --max-bytes")
    elif not raw.strip():
        yield EmptyInput(found.name, "the file is empty", "check that it was saved whole")
    else:
        yield Unit(found.name, raw, found.media_type)


def _lines(found: Input, stream: BinaryIO, limit: int) -> Iterator[Unit | InputError]:
    """The records of a JSONL file. A line past `limit` is skipped without being held; blank lines are none."""
    number, seen, buffer, overlong = 0, False, b"", False
    chunk = found.head or stream.read(_CHUNK)
    if chunk.startswith(_WIDE_MARKS) or looks_wide(chunk):
        yield EncodingError(found.name, "JSONL in UTF-16 or UTF-32", "convert it to UTF-8")
        return
    while chunk:
        *ended, rest = chunk.split(b"\n")
        for end in ended:
            line, buffer = buffer + end, b""
            number += 1
            if overlong or len(line) > limit:
                yield _overlong(found, number, limit)
                seen = True
            elif line.strip():
                yield Unit(f"{found.name}, line {number}", line.removesuffix(b"\r"), JSONL)
                seen = True
            overlong = False
        buffer += rest
        if len(buffer) > limit:
            overlong, buffer = True, b""
        chunk = stream.read(_CHUNK)
    if overlong:
        yield _overlong(found, number + 1, limit)
    elif buffer.strip():
        yield Unit(f"{found.name}, line {number + 1}", buffer.removesuffix(b"\r"), JSONL)
    elif not seen:
        yield EmptyInput(found.name, "the file is empty", "check that it was saved whole")


def _overlong(found: Input, number: int, limit: int) -> TooLarge:
    return TooLarge(
        f"{found.name}, line {number}",
        f"the line is longer than {limit:,} bytes",
        "split it, or raise --max-line-bytes",
    )


_STEPS = {
    errno.EACCES: ("no permission to read it", "change its permissions, or run as its owner"),
    errno.EPERM: ("no permission to read it", "change its permissions, or run as its owner"),
    errno.ENOENT: ("there is no such file", "check the name"),
    errno.ELOOP: ("the links go round in a circle", "name the file that is meant"),
    errno.ENAMETOOLONG: ("the name is too long", "check the name"),
}


def _unreadable(name: str, error: OSError) -> UnreadableInput:
    cause = os.strerror(error.errno).lower() if error.errno else str(error)
    return UnreadableInput(name, *_STEPS.get(error.errno or 0, (cause, "check the disk, then add it again")))


def _printable(path: Path) -> str:
    """A name need not be UTF-8 on a disk; in a ledger it must be."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
