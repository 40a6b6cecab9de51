"""Whatever cell is changed by one character, `verify` finds it and says where."""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from ledgers import FINISHED, FIRST, OKORO, document, filled, found, quay

from onrecord.ledger import Ledger
from onrecord.link.upkeep import LINKER, bring_up_to_date

# Nothing here is looked into: its shadow tables are checked by SQLite, as an index and not cell by cell.
INDEXES = ("passages_words", "statements_words")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A closed ledger with something in every table, and the names of its columns that hold text."""
    path = tmp_path_factory.mktemp("made") / "onrecord.db"
    with Ledger.open(path, create=True) as ledger:
        filled(ledger)
        quay(ledger)
        ledger.rename(OKORO, "Big Tom", linker=LINKER, who="ada", when=FINISHED, reason="his own name")
        bring_up_to_date(ledger)
    return path


@pytest.fixture
def copy(made, tmp_path):
    return shutil.copy(made, tmp_path / "onrecord.db")


def cells(path):
    """(table, column, rowid or None, cell) of every cell of text or bytes that our own tables hold."""
    with closing(sqlite3.connect(path)) as connection, connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        for table, sql in tables:
            if table.startswith(INDEXES) or table.startswith("sqlite_"):
                continue
            key = "rowid" if "WITHOUT ROWID" not in sql else "entry" if table in ("located", "parties") else "key"
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for column in columns:
                for number, cell in connection.execute(f'SELECT {key}, "{column}" FROM {table}'):
                    if isinstance(cell, str | bytes) and cell:
                        yield table, column, key, number, cell
    connection.close()


def changed(cell, at):
    """The cell with one character that is another of the same length in bytes, so that nothing else moves."""
    if isinstance(cell, bytes):
        return cell[:at] + bytes([cell[at] ^ 1]) + cell[at + 1 :]
    old = cell[at]
    new = "x" if old != "x" else "y"
    if old in "0123456789":
        new = str((int(old) + 1) % 10)
    return cell[:at] + new + cell[at + 1 :]


def problems(path):
    with Ledger.open(path) as ledger:
        return list(ledger.verify())


def put(path, table, column, key, number, cell):
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE {key} = ?', (cell, number))
    connection.close()


def test_a_whole_ledger_has_no_problem(made):
    assert problems(made) == []


def test_every_text_column_is_under_watch(made):
    """The tables that the flips below go through are all of them."""
    seen = {table for table, *_ in cells(made)}
    assert seen == {
        "onrecord", "alembic_version", "sources", "documents", "runs", "entries", "derivations", "failures",
        "rejections", "passages", "statements", "entities", "about", "times", "located", "acts", "parties",
        "judgements", "sketches", "buckets", "actors",
    }  # fmt: skip


def test_one_changed_character_in_any_cell_is_found_and_named(made, copy):
    """Every column of every table, in two of its rows; the first, the last or the middle character in turn."""
    with closing(sqlite3.connect(made)) as connection, connection:
        ids = dict(connection.execute("SELECT seq, id FROM documents"))
        entries = dict(connection.execute("SELECT seq, id FROM entries"))
    connection.close()
    rows = Counter()
    with Ledger.open(copy) as ledger:
        for turn, (table, column, key, number, cell) in enumerate(sorted(cells(made), key=lambda each: str(each[:4]))):
            rows[table, column] += 1
            if rows[table, column] > 2:
                continue
            at = (0, len(cell) // 2, len(cell) - 1)[turn % 3]
            put(copy, table, column, key, number, changed(cell, at))
            said = "\n".join(map(str, ledger.verify()))
            # The key of `about` is how its row is found again.
            put(copy, table, column, key, changed(cell, at) if column == key else number, cell)
            where = f"{table}.{column} of row {number}, character {at}"
            assert said, where
            if column == "id":
                assert f"{changed(cell, at)}" in said, where
            elif named := NAMED.get(f"{table}.{column}", NAMED.get(table)):
                assert named.format(number=number, document=ids.get(number), entry=entries.get(number)) in said, where
        assert list(ledger.verify()) == []
    assert len(rows) > 55


NAMED = {
    "onrecord": "its marker",
    "alembic_version": "its version",
    "documents": "document {document}",
    "entries": "entry {entry}",
    "derivations": "derivation {number} of entry ",
    "sources": "source ",
    "runs": "runs {number}",
    "failures": "failures {number}",
    "rejections": "rejections {number}",
    "judgements": "judgement ",
    "sketches": "sketches of document {document}",
    "buckets": "bucket ",
    "actors": "actor ",
    "entities.actor": "there is no such actor",
    **{
        table: f"search table {table}, row of"
        for table in ("passages", "statements", "entities", "about", "times", "located", "acts", "parties")
    },
}


@pytest.mark.parametrize("words", ["14 ferries", "“no talks", "Brandt denied"])
def test_a_changed_text_is_told_by_the_character(copy, words):
    """The bytes tell which character it was, not only that one was."""
    _, made = document(FIRST, external_id="A-1")
    at = made.text.index(words)
    put(copy, "documents", "text", "seq", 1, changed(made.text, at))
    said = [str(problem) for problem in problems(copy)]
    assert any(f"document {made.id}, text, block" in line and f"character {at}:" in line for line in said), said


def test_a_changed_text_is_told_by_the_entries_on_it(copy):
    _, made = document(FIRST, external_id="A-1")
    at = made.text.index("14 ferries")
    put(copy, "documents", "text", "seq", 1, changed(made.text, at))
    figure = next(each for each in found(made) if each.value.__struct_config__.tag == "figure")
    said = [str(problem) for problem in problems(copy)]
    assert any(f"entry {figure.id}" in line and f"characters {at} to {at + 2}, exact" in line for line in said), said


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM passages WHERE seq = 2", "search table passages, row of block 1: it is there 0 times"),
        ("DELETE FROM statements WHERE entry = (SELECT min(entry) FROM statements)", "it is there 0 times"),
        ("DELETE FROM about", "search table about"),
        ("INSERT INTO about VALUES ('nobody', 999, 'nobody')", "its statement is not there"),
        ("UPDATE statements SET status = 'accepted'", "'accepted' should be 'proposed'"),
        ("UPDATE documents SET current = 1", "search table passages"),
        ("UPDATE documents SET characters = 3", "3 is not"),
        ("UPDATE entries SET position = position + 1", "kind or position"),
        ("DELETE FROM derivations", None),
        ("UPDATE sources SET size = size + 1", "unpacks to another size"),
        ("UPDATE entries SET status = 'approved'", "'approved' is none of"),
        ("UPDATE entries SET value = '{}'", "value or selectors"),
        ("UPDATE documents SET blocks = '[1]'", "a cell of the ledger is damaged"),
        ("UPDATE documents SET text = NULL", None),
        ("UPDATE derivations SET score = 0.75", "a cell is not what was written"),
        ("UPDATE judgements SET seq = 2", "its number: it is 2, and 0 are before it"),
        ("DELETE FROM buckets", "is missing"),
        ("INSERT INTO buckets VALUES ('person:nobody', 'a', 'b')", "bucket person:nobody, its members: 1, and should"),
        ("DELETE FROM sketches", "its members"),
        ("UPDATE sketches SET version = 'actors/0'", "sketches of document"),
        ("INSERT INTO actors SELECT 'nobody', type, name, named, seal, '[]', '[]', '[]' FROM actors", "no entity is"),
        ("UPDATE entries SET document = 99", "points at a row of documents that is not there"),
    ],
)
def test_rows_that_do_not_agree(copy, statement, expected):
    connection = sqlite3.connect(copy)
    try:
        with connection:
            connection.execute(statement)
    except sqlite3.IntegrityError:
        return  # the file itself refuses
    finally:
        connection.close()
    said = "\n".join(map(str, problems(copy)))
    if expected:
        assert expected in said
    else:
        assert said


@pytest.mark.parametrize("cell", [b"\xff\xfe", 12345, "", "[[[["])
def test_cells_of_the_wrong_type_are_found(made, copy, cell):
    """SQLite keeps whatever it is given, in a column of any type; somebody else's file may hold it."""
    columns = {}
    with closing(sqlite3.connect(made)) as connection, connection:
        for table in ("sources", "documents", "entries", "derivations", "passages", "statements", "entities", "runs"):
            columns[table] = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if not row[5]]
    connection.close()
    with Ledger.open(copy) as ledger:
        for table, names in columns.items():
            for name in names:
                connection = sqlite3.connect(copy, isolation_level=None)
                connection.execute("BEGIN")
                rowid, old = connection.execute(f"SELECT rowid, {name} FROM {table}").fetchone()
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (cell, rowid))
                connection.execute("COMMIT")
                assert old == cell or list(ledger.verify()), f"{table}.{name}"
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (old, rowid))
                connection.close()
        assert list(ledger.verify()) == []


def test_an_index_that_lost_a_row_is_found_and_mended(copy):
    connection = sqlite3.connect(copy)
    with connection:
        seq, text = connection.execute("SELECT seq, text FROM passages WHERE text LIKE '%14 ferries%'").fetchone()
        connection.execute(
            "INSERT INTO passages_words (passages_words, rowid, text) VALUES ('delete', ?, ?)", (seq, text)
        )
        connection.execute("DELETE FROM statements WHERE entry = (SELECT min(entry) FROM statements)")
        connection.execute("UPDATE passages SET text = 'other words' WHERE block = 0")
    connection.close()
    with Ledger.open(copy) as ledger:
        assert ledger.search("ferries").rows == ()
        said = [str(problem) for problem in ledger.verify()]
        assert any(line.startswith("index passages_words, its words") for line in said)
        ledger.reindex()
        assert list(ledger.verify()) == []
        assert len(ledger.search("ferries").rows) == 1


def test_a_flipped_byte_anywhere_in_the_file_does_no_harm(made, copy):
    """Not every byte of the file carries meaning, but none that is changed may crash the check."""
    whole = made.read_bytes()
    for at in range(100, len(whole), len(whole) // 60):
        copy.write_bytes(whole[:at] + bytes([whole[at] ^ 0x21]) + whole[at + 1 :])
        try:
            ledger = Ledger.open(copy)
        except Exception as error:
            assert type(error).__module__ == "onrecord.errors"
            continue
        with ledger:
            list(ledger.verify())
