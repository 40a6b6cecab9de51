"""The migrations make the tables that the code reads and writes, and bring older ledgers up to date."""

import ast
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ledgers import filled
from sqlalchemy import create_engine, inspect

from onrecord.errors import LedgerError, LedgerTooNew, NotALedger
from onrecord.ledger import Ledger, migrate, migration
from onrecord.ledger.schema import METADATA

VERSIONS = migration.VERSIONS / "versions"


def shape(engine):
    """Columns, keys and indexes of all tables but those of the full-text index and of Alembic."""
    seen = inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in seen.get_columns(table)],
            sorted((i["name"], tuple(i["column_names"]), i["unique"]) for i in seen.get_indexes(table)),
            sorted((tuple(k["constrained_columns"]), k["referred_table"]) for k in seen.get_foreign_keys(table)),
            sorted(tuple(u["column_names"]) for u in seen.get_unique_constraints(table)),
        )
        for table in seen.get_table_names()
        if "_words" not in table and table != "alembic_version"
    }


def test_migrations_make_the_tables_of_the_schema(ledger):
    made = create_engine("sqlite://")
    METADATA.create_all(made)
    by_migration, by_schema = shape(ledger._engine), shape(made)
    assert by_migration.keys() == by_schema.keys()
    for table, expected in by_schema.items():
        assert by_migration[table] == expected, table
    made.dispose()


def test_the_versions_are_one_line_up_to_head():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migration.VERSIONS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [migration.HEAD]
    assert [each.revision for each in script.walk_revisions()][-1] == "0001"


def test_migrations_are_frozen_text():
    """They import nothing of ours: what they do must not change with the code around them."""
    for file in sorted(VERSIONS.glob("v*.py")):
        imported = [
            name
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        ]
        assert imported == ["alembic"], file.name


SECOND = """
from alembic import op
revision, down_revision = "0007", "0006"
def upgrade():
    op.execute("ALTER TABLE documents ADD COLUMN mood TEXT")
    op.execute("CREATE TABLE moods (name TEXT)")
"""
THIRD = """
from alembic import op
revision, down_revision = "0008", "0007"
def upgrade():
    op.execute("CREATE TABLE extra (name TEXT)")
    op.execute("INSERT INTO extra SELECT broken FROM nowhere")
"""


@pytest.fixture
def newer(tmp_path, monkeypatch):
    """An onrecord of tomorrow, with one migration more."""
    folder = tmp_path / "migrations"
    shutil.copytree(migration.VERSIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "v0007_moods.py").write_text(SECOND)
    monkeypatch.setattr(migration, "VERSIONS", folder)
    monkeypatch.setattr(migration, "HEAD", "0007")
    return folder


def tables(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return found


@pytest.fixture
def old(path):
    with Ledger.open(path, create=True) as ledger:
        filled(ledger)
    return path


def test_an_older_ledger_is_copied_and_brought_up_to_date(old, newer):
    done = migrate(old)
    assert (done.before, done.after, done.backup) == ("0006", "0007", f"{old}.before-0007")
    assert "moods" in tables(old) and "moods" not in tables(done.backup)
    with Ledger.open(old) as ledger:
        assert ledger.overview().documents == 2 and ledger.search("ferries").rows
        assert list(ledger.verify()) == []
    again = migrate(old)
    assert (again.before, again.after, again.backup) == ("0007", "0007", None)


def test_the_copy_is_a_whole_ledger(old, newer, monkeypatch):
    backup = migrate(old).backup
    monkeypatch.undo()
    with Ledger.open(backup) as ledger:
        assert ledger.overview().documents == 2
        assert list(ledger.verify()) == []
    with pytest.raises(LedgerTooNew):
        Ledger.open(old)


def test_a_copy_never_overwrites_another(old, newer):
    taken = Path(f"{old}.before-0007")
    taken.write_text("mine")
    assert migrate(old).backup == f"{old}.before-0007.2"
    assert taken.read_text() == "mine"


def test_a_migration_that_fails_leaves_the_shape_before(old, newer, monkeypatch):
    """Each is one transaction with its own record: the one that worked stays, the one that did not leaves nothing."""
    (newer / "versions" / "v0008_broken.py").write_text(THIRD)
    monkeypatch.setattr(migration, "HEAD", "0008")
    with pytest.raises(LedgerError, match="nowhere"):
        migrate(old)
    assert "moods" in tables(old) and "extra" not in tables(old)
    monkeypatch.setattr(migration, "HEAD", "0007")
    with Ledger.open(old) as ledger:
        assert list(ledger.verify()) == []


def test_what_is_no_older_ledger_is_not_migrated(path, old):
    assert migrate(old).backup is None
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    with pytest.raises(LedgerTooNew):
        migrate(old)
    with pytest.raises(LedgerError, match="there is no ledger"):
        migrate(path.with_name("none.db"))
    path.with_name("empty.db").touch()
    with pytest.raises(NotALedger, match="empty"):
        migrate(path.with_name("empty.db"))
    assert sorted(file.name for file in path.parent.glob("*before*")) == []
