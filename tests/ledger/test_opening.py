"""What a path may hold that is no ledger, or one that cannot be used: each with its cause and the next step."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from ledgers import FIRST, STARTED, document, filled, found, invented

from onrecord.errors import (
    LedgerBusy,
    LedgerError,
    LedgerNeedsMigration,
    LedgerTooNew,
    LedgerUnwritable,
    NotALedger,
    TooLarge,
)
from onrecord.ledger import Ledger, sqlite

HERE = Path(__file__).parent


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_nothing_there(path):
    with pytest.raises(LedgerError, match=r"onrecord\.db: there is no ledger; `onrecord add` makes one"):
        Ledger.open(path)
    assert not path.exists()


def test_the_folder_is_not_made(tmp_path):
    with pytest.raises(LedgerUnwritable, match=r"the folder .* is not there; make it first"):
        Ledger.open(tmp_path / "no" / "such" / "onrecord.db", create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    "content",
    [
        b"This is a text, and not a ledger.",
        b"SQLite format 3\x00" + b"\x00" * 200,
        os.urandom(5000),
        b"\x00",
        b"SQLite",
    ],
    ids=["text", "only the header", "noise", "one byte", "cut"],
)
def test_a_file_that_is_no_database(path, content, create):
    path.write_bytes(content)
    with pytest.raises(NotALedger, match=r"onrecord\.db: it is not a ledger of onrecord; name another file"):
        Ledger.open(path, create=create)
    assert path.read_bytes() == content


def test_an_empty_file(path):
    path.touch()
    with pytest.raises(NotALedger, match="the file is empty"):
        Ledger.open(path)
    assert path.read_bytes() == b""
    Ledger.open(path, create=True).close()  # nothing is lost by making one of it
    Ledger.open(path).close()


def test_a_folder(path):
    path.mkdir()
    for create in (True, False):
        with pytest.raises(NotALedger, match="it is a folder"):
            Ledger.open(path, create=create)


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE bookmarks (url TEXT)"],
        ["CREATE TABLE documents (seq INTEGER)", "CREATE TABLE onrecord (name TEXT)"],
        ["PRAGMA application_id = 252006673", "CREATE TABLE gpkg (a)"],
        ["PRAGMA application_id = 252006673"],
        [f"PRAGMA application_id = {sqlite.APPLICATION_ID}", "CREATE TABLE other (a)"],
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_the_database_of_another_program(path, statements, create):
    change(path, *statements)
    before = path.read_bytes()
    with pytest.raises(NotALedger, match="the database of another program; name another file with --ledger"):
        Ledger.open(path, create=create)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "trap",
    [
        "CREATE TRIGGER harmless AFTER INSERT ON documents BEGIN DELETE FROM entries; END",
        "CREATE VIEW harmless AS SELECT * FROM documents",
    ],
)
def test_a_ledger_with_a_trap_in_it(full, path, trap):
    full.close()
    change(path, trap)
    with pytest.raises(NotALedger, match="holds a trigger or view \\('harmless'\\)"):
        Ledger.open(path)


def test_of_a_newer_onrecord(full, path):
    full.close()
    change(path, "UPDATE alembic_version SET version_num = '0999'")
    for create in (True, False):
        with pytest.raises(LedgerTooNew, match=r"a newer onrecord wrote it \(shape 0999, this one knows up to"):
            Ledger.open(path, create=create)


def test_of_an_older_onrecord(full, path):
    full.close()
    change(path, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(LedgerNeedsMigration, match="run `onrecord migrate`, which copies it first"):
        Ledger.open(path)


def test_cut_off_in_the_middle(full, path):
    full.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(LedgerError, match=r"onrecord\.db: "), Ledger.open(path) as torn:
        problems = list(torn.verify())
        assert problems
        torn.overview()
        [torn.document(row.id) for row in torn.documents(superseded=True).rows]


def test_a_path_with_odd_characters(tmp_path):
    path = tmp_path / "a b?mode=ro#c%20d’é.db"
    with Ledger.open(path, create=True) as ledger:
        filled(ledger)
    with Ledger.open(path) as ledger:
        assert ledger.overview().documents == 2
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_second_writer_waits_then_says_so(full, path):
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(path, busy_timeout=0.2) as second:
        began = time.monotonic()
        with pytest.raises(LedgerBusy, match="another program is writing to it; wait until it is done, or raise"):
            second.begin_run("2", (), started=STARTED)
        assert 0.15 < time.monotonic() - began < 5
        assert second.overview().documents == 2  # a reader does not wait
        assert [problem.place for problem in second.verify()] == ["full-text indexes"]
        holder.execute("ROLLBACK")
        assert second.begin_run("2", (), started=STARTED) == "2"
    holder.close()


def test_a_second_writer_gets_its_turn(full, path):
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: holder.execute("COMMIT"))
    timer.start()
    assert full.begin_run("2", (), started=STARTED) == "2"
    timer.join()
    holder.close()


def as_nobody(path, code):
    """Run `code` with the ledger's path as a user who owns nothing; gives what it prints."""
    pid = os.fork()
    if pid == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            code(path)
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0


@pytest.fixture
def locked_away(full, path):
    """A closed ledger that nobody may write to, in a folder that nobody may write to."""
    full.close()
    folders = [folder for folder in path.parents if folder.stat().st_uid == os.getuid() and folder != Path("/")]
    modes = {folder: folder.stat().st_mode for folder in folders}
    for folder in folders:
        folder.chmod(modes[folder] | 0o055)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    yield path
    for folder, mode in modes.items():
        folder.chmod(mode)


def test_a_read_only_ledger_is_read_and_not_written(locked_away):
    def check(path):
        with Ledger.open(path) as ledger:
            assert ledger.overview().documents == 2
            assert ledger.search("ferries").rows
            assert [problem.place for problem in ledger.verify()] == ["full-text indexes"]
            with pytest.raises(LedgerUnwritable, match="it is read-only; make the file and its folder writable"):
                ledger.begin_run("2", (), started=STARTED)
        with pytest.raises(LedgerUnwritable), Ledger.open(path, create=True) as ledger:
            ledger.begin_run("2", (), started=STARTED)
        with pytest.raises(LedgerUnwritable):
            Ledger.open(path.with_name("new.db"), create=True)

    as_nobody(locked_away, check)


def test_no_permission_to_read(locked_away):
    locked_away.chmod(0o000)

    def check(path):
        with pytest.raises(LedgerError, match="it cannot be read \\(permission denied\\); make the file readable"):
            Ledger.open(path)

    as_nobody(locked_away, check)


def fill_up(ledger, limit=200):
    """Add until something gives out; the ids that were added."""
    run, done = ledger.begin_run("1", (), started=STARTED), []
    with pytest.raises(LedgerUnwritable) as caught:
        for number in range(limit):
            raw, made, entries = invented(number, statements=20)
            ledger.add(raw, made, entries, run=run)
            done.append(made.id)
    return done, str(caught.value)


def test_a_full_disk_loses_nothing(ledger, path):
    limit = ledger._engine.raw_connection()
    limit.execute("PRAGMA max_page_count = 200")
    limit.close()  # back into the pool, from which `add` takes it
    done, message = fill_up(ledger)
    assert message == f"{path}: the disk is full; make room, then run the same command again; what was done is kept"
    ledger.close()
    with Ledger.open(path) as again:
        assert {row.id for row in again.documents(limit=1000).rows} == set(done) and len(done) > 1
        assert list(again.verify()) == []
        run = again.begin_run("1", (), started=STARTED)
        raw, made, entries = invented(len(done), statements=20)
        assert again.add(raw, made, entries, run=run).new


LIMITED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_opening import fill_up
import resource, signal
from onrecord.ledger import Ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Ledger.open(sys.argv[2], create=True) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
    done, message = fill_up(ledger)
print(message, *done, sep="\\n")
"""


def test_a_file_that_may_not_grow_loses_nothing(path):
    ran = subprocess.run([sys.executable, "-c", LIMITED, HERE, path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    message, *done = ran.stdout.splitlines()
    assert "the disk" in message and "run the same command again; what was done is kept" in message
    with Ledger.open(path) as again:
        assert {row.id for row in again.documents(limit=1000).rows} == set(done) and done
        assert list(again.verify()) == []


def test_a_cell_past_the_limit_is_an_error_of_the_input(full, monkeypatch):
    connection = full._engine.raw_connection()
    connection.driver_connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 5000)
    connection.close()
    raw, made = document((FIRST[0], "long " * 2000))
    with pytest.raises(TooLarge, match=r"strike\.txt: it takes a cell of more than .* bytes; split it"):
        full.add(raw, made, [], run="1")
    assert full.overview().documents == 2


def test_a_compressed_bomb_is_not_unpacked(full, path):
    import zlib

    first = full.documents(external_id="A-1").rows[0]
    change(path, f"UPDATE sources SET bytes = x'{zlib.compress(bytes(50_000_000)).hex()}' WHERE seq = 1")
    with pytest.raises(LedgerError, match="it unpacks to another size than the"):
        full.source_bytes(first.source_sha256)
    assert any("unpacks to another size" in problem.cause for problem in full.verify())


def test_every_connection_is_guarded(full):
    with full._reading() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("trusted_schema", "foreign_keys", "synchronous", "cell_size_check", "journal_mode")
        }
    assert values == {
        "trusted_schema": 0, "foreign_keys": 1, "synchronous": 2, "cell_size_check": 1, "journal_mode": "wal",
    }  # fmt: skip


def test_many_threads_read_while_one_writes(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST)
    ledger.add(raw, made, found(made), run=run)
    errors, stop = [], threading.Event()

    def read():
        try:
            while not stop.is_set():
                page = ledger.documents(limit=500)
                for row in page.rows[-2:]:
                    # A document is in whole or not at all, for whoever looks at whatever moment.
                    assert len(ledger.statements(_only(row.id)).rows) == row.statements
                assert ledger.search("ferries").rows
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(40):
        raw, made, entries = invented(number)
        ledger.add(raw, made, entries, run=run)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == [] and ledger.overview().documents == 41


def _only(id_):
    from onrecord.ledger import StatementFilter

    return StatementFilter(document=id_)


def test_two_processes_make_one_ledger(path):
    """Both find nothing there and make it: neither fails, neither undoes the other's."""
    code = (
        "import sys; from onrecord.ledger import Ledger\n"
        "with Ledger.open(sys.argv[1], create=True) as l: l.begin_run('1', (), started='x')"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, path], stderr=subprocess.PIPE) for _ in range(2)]
    for process in started:
        assert (process.communicate()[1], process.returncode) == (b"", 0)
    with Ledger.open(path) as ledger:
        assert [run.id for run in ledger.runs()] == ["2", "1"]
