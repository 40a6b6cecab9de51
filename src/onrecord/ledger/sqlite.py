"""All that is true of SQLite alone: opening, locks, errors, full-text search, time limits. PostgreSQL will get a file
of its own beside this one, and nothing else should need to change."""

import re
import secrets
import sqlite3
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Select,
    TableClause,
    column,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.pool import QueuePool

from onrecord.errors import LedgerBusy, LedgerError, LedgerUnwritable, NotALedger
from onrecord.ledger.cells import CELL_LIMIT
from onrecord.model import Span

APPLICATION_ID = 0x6F6E7263
"""`onrc`, in the header of the file; the first migration writes it."""

MAGIC = b"SQLite format 3\x00"

OLDEST = (3, 31, 0)
"""The first SQLite that can be told not to trust a file (`trusted_schema`)."""

# synchronous=FULL: a commit is on the disk before `add` goes on. NORMAL would do against a killed process, but a power
# cut could take the last documents with it; one fsync a document costs little beside reading it.
# trusted_schema=OFF, cell_size_check=ON: the file may come from somebody else.
_PRAGMAS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
)


def engine(path: Path, *, busy_timeout: float, create: bool = False, immutable: bool = False) -> Engine:
    """An engine over one file. Connections are pooled and may pass from thread to thread, one at a time; they do not
    outlive a fork.

    `immutable`: for a file on a medium that cannot be written to, where SQLite could not even note that it reads.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise LedgerError(f"{path}: this Python has SQLite {sqlite3.sqlite_version}; use one with {needed} or newer")
    mode = "immutable=1&mode=ro" if immutable else "mode=rwc" if create else "mode=rw"
    uri = f"{path.absolute().as_uri()}?{mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=busy_timeout, isolation_level=None, check_same_thread=False
        )  # isolation_level None: we begin transactions ourselves, so that schema changes stand in them too
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, CELL_LIMIT)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()  # a file that is no database: the pool never gets to know this one
            raise
        return connection

    made = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=60)
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def writing(made: Engine) -> Engine:
    """The same engine and pool, with transactions that take the write lock when they begin: one that began to read
    and wants to write later could fail halfway."""
    return made.execution_options(begin="BEGIN IMMEDIATE")


def identity(connection: Connection) -> tuple[int, set[str], list[str]]:
    """Whose file it is: the application id in its header, its tables, and its triggers and views."""
    shapes = connection.exec_driver_sql("SELECT type, name FROM sqlite_master").all()
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    tables = {name for kind, name in shapes if kind == "table"}
    return int(application or 0), tables, sorted(name for kind, name in shapes if kind in ("trigger", "view"))


def keep_log_apart(path: Path, busy_timeout: float) -> None:
    """Turn on the write-ahead log, so that one program may write while others read. The file remembers it."""
    with errors(path):
        connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY: ("it is read-only", "make the file and its folder writable"),
    sqlite3.SQLITE_PERM: ("no permission to write it", "make the file and its folder writable"),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room, then run the same command again; what was done is kept"),
    sqlite3.SQLITE_IOERR: (
        "the disk refused a read or a write",
        "make room or check the disk, then run the same command again; what was done is kept",
    ),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "make the file and its folder readable and writable"),
}


@contextmanager
def errors(path: Path | str) -> Iterator[None]:
    """Turn what SQLite reports into errors of ours, which name the ledger, the cause and the next step."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _translated(path, error) from error
    except UnicodeDecodeError as error:  # SQLite's own message quoted what is damaged
        raise LedgerError(f"{path}: the file is damaged; go back to a copy of it") from error
    except NoResultFound as error:
        raise LedgerError(f"{path}: a row that another points at is not there; run `onrecord verify`") from error


def _translated(path: Path | str, error: Exception) -> LedgerError:
    origin = error.orig if isinstance(error, DBAPIError) else error
    code = (getattr(origin, "sqlite_errorcode", None) or 0) & 0xFF  # the low byte is the kind, the rest its shade
    if code in _BUSY:
        return LedgerBusy(f"{path}: another program is writing to it; wait until it is done, or raise --busy-timeout")
    if code in _UNWRITABLE:
        cause, step = _UNWRITABLE[code]
        return LedgerUnwritable(f"{path}: {cause}; {step}")
    if code == sqlite3.SQLITE_NOTADB:
        return NotALedger(f"{path}: it is not a ledger of onrecord; name another file with --ledger")
    if code == sqlite3.SQLITE_CORRUPT:
        return LedgerError(f"{path}: the file is damaged; run `onrecord verify`, or go back to a copy of it")
    return LedgerError(f"{path}: {origin}; run `onrecord verify`")


def is_too_big(error: LedgerError) -> bool:
    """Whether an error of `errors` was a cell past the limit of its connection."""
    cause = error.__cause__
    origin = cause.orig if isinstance(cause, DBAPIError) else cause
    return isinstance(origin, sqlite3.DataError)


class TimedOut(Exception):
    """A query took longer than it was allowed."""


@contextmanager
def deadline(connection: Connection, seconds: float) -> Iterator[None]:
    """Stop queries that still run after `seconds`. Raises TimedOut out of the block."""
    raw = cast(sqlite3.Connection, connection.connection.driver_connection)
    ends = time.monotonic() + seconds
    raw.set_progress_handler(lambda: time.monotonic() > ends, 2000)
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise TimedOut from None
        raise
    finally:
        raw.set_progress_handler(None, 0)


# --- full text -----------------------------------------------------------------------------------------------------

MAX_WORDS = 32
_PIECES = re.compile(r'"([^"]*)"|([^\s"]+)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\x00": " "})


def match(query: str, columns: Sequence[str] = ()) -> str | None:
    """What a person typed as an FTS5 expression that is always well formed; None where no word is left.

    Words must all be found, in any order; a quoted part as it stands; a word with `*` at its end stands for all that
    begin with it. Case and accents do not count. Nothing else has a meaning: every piece becomes an FTS5 string, so
    that `NEAR`, `-` or `title:` are words like others.
    """
    pieces: list[str] = []
    for found in _PIECES.finditer(query[:2000].translate(_QUOTES)):
        piece = found[1] if found[1] is not None else found[2]
        piece = bindable(piece)
        if not any(map(_is_word, piece)):
            continue
        prefix = found[2] is not None and piece.endswith("*") and _is_word(piece.rstrip("*")[-1:])
        pieces.append(f'"{piece.rstrip("*")}"{"*" if prefix else ""}')
    if not pieces:
        return None
    expression = " AND ".join(pieces[:MAX_WORDS])
    return f"{{{' '.join(columns)}}} : ({expression})" if columns else expression


def bindable(given: str) -> str:
    """Half a surrogate pair, as an argument of a command can hold, cannot be bound and is in no ledger."""
    return given.encode("utf-8", "replace").decode()


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" if character else False


# Each table with a full-text index: its columns in the order of the index, after the row's number.
_INDEXED = {
    "passages": ("passages_words", "seq", ("text",)),
    "statements": ("statements_words", "entry", ("content", "source", "speaker_name")),
}


def index_rows(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows that were just inserted into the full-text index."""
    words, key, columns = _INDEXED[table]
    if rows:
        names = ", ".join(columns)
        values = ", ".join(f":{column}" for column in columns)
        connection.execute(text(f"INSERT INTO {words} (rowid, {names}) VALUES (:{key}, {values})"), rows)  # noqa: S608


def unindex_rows(connection: Connection, table: str, document: int) -> None:
    """Take a document's rows out of the full-text index, before they are deleted: the index wants the very words."""
    words, key, columns = _INDEXED[table]
    names = ", ".join(columns)
    connection.execute(
        text(
            f"INSERT INTO {words} ({words}, rowid, {names}) "  # noqa: S608
            f"SELECT 'delete', {key}, {names} FROM {table} WHERE document = :document"
        ),
        {"document": document},
    )


def rebuild_index(connection: Connection) -> None:
    for words, _, _ in _INDEXED.values():
        connection.execute(text(f"INSERT INTO {words} ({words}) VALUES ('rebuild')"))  # noqa: S608


def index_problems(connection: Connection) -> Iterator[tuple[str, str]]:
    """(index, cause) for each full-text index that does not agree with its table. Needs a write transaction, which
    it leaves unchanged."""
    for words, _, _ in _INDEXED.values():
        try:
            connection.execute(text(f"INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)"))  # noqa: S608
        except DBAPIError as error:
            if (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) != sqlite3.SQLITE_CORRUPT:
                raise
            yield words, f"{error.orig}"


def file_problems(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file."""
    for (line,) in connection.execute(text("PRAGMA integrity_check(100)")):
        if line != "ok":
            yield line
    for table, rowid, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {rowid} of {table} points at a row of {parent} that is not there"


def matching(table: str, words: str) -> Any:
    """The numbers of the rows of `table` that an expression of `match` finds, as a part of another query."""
    index = _INDEXED[table][0]
    return text(f"SELECT rowid FROM {index} WHERE {index} MATCH :words").bindparams(words=words).columns(rowid=Integer)  # noqa: S608


RANKED_MOST = 5_000
"""Passages that are ranked. A rank takes 2 microseconds a passage, and tells little where so many hold the words."""

_WORDS = TableClause("passages_words", *map(column, ("rowid", "rank", "passages_words")))


def ranked(
    connection: Connection, words: str, within: Sequence[Select[Any]], limit: int, skip: int
) -> list[tuple[int, list[Span]]]:
    """(number, places of the words found) of the passages whose number each query of `within` has: best first, or where
    there are more than `RANKED_MOST` the last added first. Source of the rank: BM25, as FTS5 reckons it."""
    opening, closing = _new_marks()
    rowid, rank, whole = _WORDS.c.rowid, _WORDS.c.rank, _WORDS.c.passages_words
    wanted = (whole.op("MATCH")(words), *(rowid.in_(query) for query in within))
    some = select(rowid).where(*wanted).limit(RANKED_MOST + 1).subquery()
    n = connection.execute(select(func.count()).select_from(some)).scalar_one()
    query = select(rowid, func.highlight(whole, 0, opening, closing)).where(*wanted)
    rows = connection.execute(query.order_by(rank if n <= RANKED_MOST else rowid.desc()).limit(limit).offset(skip))
    return [(seq, _marked_spans(marked, opening, closing)) for seq, marked in rows]


def marks(connection: Connection, table: str, words: str, seqs: Sequence[int]) -> dict[int, dict[str, list[Span]]]:
    """For rows that `words` finds: the places of the words in each column."""
    opening, closing = _new_marks()
    index, _, columns = _INDEXED[table]
    shown = ", ".join(f"highlight({index}, {n}, :opening, :closing)" for n in range(len(columns)))
    found: dict[int, dict[str, list[Span]]] = {}
    query = text(f"SELECT rowid, {shown} FROM {index} WHERE {index} MATCH :words AND rowid = :seq")  # noqa: S608
    for seq in seqs:
        given = {"words": words, "seq": seq, "opening": opening, "closing": closing}
        for number, *cells in connection.execute(query, given):
            found[number] = {
                column: _marked_spans(cell or "", opening, closing) for column, cell in zip(columns, cells, strict=True)
            }
    return found


def _new_marks() -> tuple[str, str]:
    """Marks that no article can hold, because nobody knows them before."""
    mark = secrets.token_hex(8)
    return f"<{mark}>", f"</{mark}>"


def _marked_spans(marked: str, opening: str, closing: str) -> list[Span]:
    """The places between marks in what `highlight()` gave, reckoned without the marks."""
    spans: list[Span] = []
    at = 0
    for number, piece in enumerate(re.split(f"{re.escape(opening)}|{re.escape(closing)}", marked)):
        if number % 2 and piece:
            spans.append(Span(start=at, end=at + len(piece)))
        at += len(piece)
    return spans


def copy(path: Path, to: Path) -> None:
    """A whole copy of a ledger while it may be in use, without the log beside it."""
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        target = sqlite3.connect(to)
        try:
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()
