"""A ledger's file: opened, closed, and the transactions on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from onrecord.errors import LedgerUnwritable, NotALedger
from onrecord.ledger import migration, sqlite


class LedgerFile:
    """One file with a pool of connections to it. `Ledger` has the verbs."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, busy_timeout: float = 10.0) -> Self:
        """Open the ledger at `path`; with `create`, make it if nothing is there (its folder must be).

        A ledger on a medium that cannot be written to can still be read. `busy_timeout`: seconds that a writer waits
        for another. Raises LedgerError (nothing there), NotALedger, LedgerTooNew, LedgerNeedsMigration, LedgerBusy,
        LedgerUnwritable.
        """
        path = Path(path)
        if create:
            _make_room(path)
        if not (create and not path.exists()):
            migration.check_file(path)
        engine = _reachable(path, busy_timeout, create)
        try:
            with sqlite.errors(path):
                with engine.connect() as connection:
                    version = migration.version_of(connection, path)
                if version is None and create:
                    sqlite.keep_log_apart(path, busy_timeout)
                    migration.upgrade(engine, at_once=True)
                    version = migration.HEAD
                if version is None:
                    raise NotALedger(f"{path}: the file is empty; `onrecord add` makes a ledger of it")
                migration.check_version(version, path)
        except BaseException:
            engine.dispose()
            raise
        return cls(path, engine)

    def close(self) -> None:
        """Close all connections; the last program to do so leaves one file, without a log beside it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with sqlite.errors(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with sqlite.errors(self.path), sqlite.writing(self._engine).begin() as connection:
            yield connection


def _make_room(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise LedgerUnwritable(f"{path}: the folder {path.absolute().parent} is not there; make it first")


def _reachable(path: Path, busy_timeout: float, create: bool) -> Engine:
    """An engine that can read the file. SQLite notes beside a file who reads it; where it cannot, and no log waits to
    be read, the file is taken for one that nobody changes."""
    engine = sqlite.engine(path, busy_timeout=busy_timeout, create=create)
    try:
        with sqlite.errors(path), engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM sqlite_master")
    except LedgerUnwritable:
        engine.dispose()
        log = path.with_name(path.name + "-wal")
        if create or not path.exists() or (log.exists() and log.stat().st_size):
            raise
        return sqlite.engine(path, busy_timeout=busy_timeout, immutable=True)
    except BaseException:
        engine.dispose()
        raise
    return engine
