"""From the shape that a ledger has to the one that this onrecord writes. Alembic runs the files in `migrations/`."""

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from onrecord.errors import LedgerError, LedgerNeedsMigration, LedgerTooNew, NotALedger
from onrecord.ledger import sqlite
from onrecord.ledger.rows import Migrated

VERSIONS = Path(__file__).parent / "migrations"
HEAD = "0006"
"""The last migration: the shape that the rest of this package reads and writes."""


def migrate(path: str | Path, *, busy_timeout: float = 10.0) -> Migrated:
    """Bring an older ledger up to date, after a copy of it was made beside it (`onrecord.db` to
    `onrecord.db.before-0006`). A ledger that is up to date is left as it is.

    Each migration is one transaction with its own record: killed at any moment, the ledger has one of the shapes,
    and `migrate` goes on from there. Raises LedgerError, NotALedger, LedgerTooNew, LedgerBusy, LedgerUnwritable.
    """
    path = Path(path)
    check_file(path)
    engine = sqlite.engine(path, busy_timeout=busy_timeout)
    try:
        with sqlite.errors(path):
            with engine.connect() as connection:
                before = version_of(connection, path)
            if before is None:
                raise NotALedger(f"{path}: the file is empty; `onrecord add` makes a ledger")
            if before > HEAD:
                raise too_new(path, before)
            if before == HEAD:
                return Migrated(before=before, after=HEAD)
            backup = _free_name(path)
            sqlite.copy(path, backup)
            upgrade(engine)
            return Migrated(before=before, after=HEAD, backup=str(backup))
    finally:
        engine.dispose()


def upgrade(engine: Engine, *, at_once: bool = False) -> None:
    """Apply what is missing, each migration in a transaction that also records it; all in one with `at_once`, so that a
    new ledger is there whole or not at all."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(VERSIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    context = EnvironmentContext(config, script, fn=lambda revision, _: script._upgrade_revs(HEAD, revision))
    with sqlite.writing(engine).connect() as connection:
        context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=not at_once)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


def check_file(path: Path) -> None:
    """Raises LedgerError where nothing is there, NotALedger where it cannot be a database."""
    if not path.exists():
        raise LedgerError(f"{path}: there is no ledger; `onrecord add` makes one, or name another with --ledger")
    if not path.is_file():
        raise NotALedger(f"{path}: it is a folder or a device; name a file with --ledger")
    try:
        with path.open("rb") as stream:
            head = stream.read(len(sqlite.MAGIC))
    except OSError as error:
        raise LedgerError(
            f"{path}: it cannot be read ({(error.strerror or str(error)).lower()}); make the file readable"
        ) from None
    if head and head != sqlite.MAGIC:
        raise NotALedger(f"{path}: it is not a ledger of onrecord; name another file with --ledger")


def version_of(connection: Connection, path: Path) -> str | None:
    """The migration that a ledger is at; None for a database with nothing in it. Raises NotALedger for another
    program's, or where a trigger or view waits, which no ledger has."""
    owner, tables, active = sqlite.identity(connection)
    if owner == 0 and not tables and not active:
        return None
    if owner != sqlite.APPLICATION_ID or not {"onrecord", "alembic_version"} <= tables:
        raise NotALedger(f"{path}: it is the database of another program; name another file with --ledger")
    if active:
        raise NotALedger(f"{path}: it holds a trigger or view ({active[0][:60]!r}), as no ledger does; do not use it")
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(version)


def check_version(version: str, path: Path) -> None:
    """Raises LedgerTooNew, LedgerNeedsMigration."""
    if version > HEAD:
        raise too_new(path, version)
    if version < HEAD:
        raise LedgerNeedsMigration(f"{path}: an older onrecord wrote it; run `onrecord migrate`, which copies it first")


def too_new(path: Path, version: str) -> LedgerTooNew:
    return LedgerTooNew(
        f"{path}: a newer onrecord wrote it (shape {version[:20]}, this one knows up to {HEAD}); update onrecord"
    )


def _free_name(path: Path) -> Path:
    for number in range(1, 1000):
        name = path.with_name(f"{path.name}.before-{HEAD}" + (f".{number}" if number > 1 else ""))
        if not name.exists():
            return name
    raise LedgerError(f"{path}: there are a thousand copies beside it; move some away")
