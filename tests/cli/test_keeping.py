"""`verify`, `migrate`, `serve` and what every command says of a ledger that it cannot use."""

import os
import shutil
import signal
import sqlite3
import time
import urllib.request
from contextlib import closing

import pytest
from tests.cli.conftest import start

import onrecord

pytestmark = pytest.mark.model


@pytest.fixture
def ledger(harbour, tmp_path):
    """A copy that may be damaged."""
    with closing(sqlite3.connect(harbour)) as source, closing(sqlite3.connect(tmp_path / "l.db")) as copy:
        source.backup(copy)
    return tmp_path / "l.db"


def change(ledger, statement):
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute(statement).rowcount == 1
        connection.commit()


def test_a_ledger_that_nobody_touched_agrees(cli, harbour):
    code, out, err = cli("--ledger", harbour, "verify")
    assert (code, out) == (0, "") and "agrees" in err


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET text = replace(text, 'lorries', 'lorrias') WHERE seq = 2",
        "UPDATE documents SET title = 'Ferry sails' WHERE seq = 1",
        "UPDATE entries SET selectors = replace(selectors, 'Ilse', 'Else') WHERE seq ="
        " (SELECT min(seq) FROM entries WHERE selectors LIKE '%Ilse%')",
        "UPDATE entries SET value = replace(value, 'said', 'sald') WHERE seq ="
        " (SELECT min(seq) FROM entries WHERE value LIKE '%said%')",
    ],
)
def test_one_changed_character_is_found_and_named(cli, ledger, statement):
    change(ledger, statement)
    code, out, err = cli("--ledger", ledger, "verify")
    assert code == 1 and out.strip() and "do not agree" in err


def test_a_document_that_its_reader_reads_otherwise_is_found(cli, ledger, monkeypatch):
    from onrecord import pipeline

    honest = pipeline.read

    def other(raw, **named):
        (document,) = honest(raw, **named)
        import msgspec

        return [msgspec.structs.replace(document, id="0" * 20)]

    monkeypatch.setattr(pipeline, "read", other)
    code, out, _ = cli("--ledger", ledger, "verify")
    assert code == 1 and out.count("its bytes are read as another text") == 6


def test_migrate_leaves_a_ledger_that_is_up_to_date(cli, ledger):
    before = ledger.read_bytes()
    code, _, err = cli("--ledger", ledger, "migrate")
    assert code == 0 and "up to date" in err
    assert ledger.read_bytes() == before


def newer(path, harbour):
    shutil.copy(harbour, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def somebody_elses(path, harbour):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()


UNUSABLE = {
    "newer": (newer, "a newer onrecord wrote it"),
    "another program's": (somebody_elses, "the database of another program"),
    "no database": (lambda path, _: path.write_text("Dear diary, " * 100), "not a ledger of onrecord"),
    "a folder": (lambda path, _: path.mkdir(), "a folder"),
}
COMMANDS = [("list", "document"), ("show", "3fa2"), ("search", "x"), ("verify",), ("migrate",), ("export", "jsonl")]


@pytest.mark.parametrize("case", UNUSABLE)
@pytest.mark.parametrize("command", [("add", "-"), *COMMANDS], ids=lambda command: command[0])
def test_a_ledger_that_cannot_be_used_is_named_with_the_cause_and_left_alone(cli, harbour, tmp_path, case, command):
    make, said = UNUSABLE[case]
    path = tmp_path / "x.db"
    make(path, harbour)
    before = path.read_bytes() if path.is_file() else None
    code, out, err = cli("--ledger", path, *command)
    assert (code, out) == (1, "")
    assert err.startswith(f"onrecord: {path}: ") and said in err and len(err.splitlines()) == 1
    assert before is None or path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_command_but_add_makes_a_ledger(cli, tmp_path, command):
    code, _, err = cli("--ledger", tmp_path / "n.db", *command)
    assert code == 1 and "there is no ledger" in err
    assert list(tmp_path.iterdir()) == []


def test_a_locked_ledger_is_said_after_the_timeout_and_can_still_be_read(cli, ledger, tmp_path):
    (tmp_path / "a.txt").write_text("Harbour master Ilse Brandt said that the ferry would sail.")
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, _, err = cli("--ledger", ledger, "--busy-timeout", "0.1", "add", "--jobs", "1", tmp_path / "a.txt")
        assert code == 1 and "another program is writing to it" in err
        assert cli("--ledger", ledger, "list", "document", "--json")[0] == 0
        other.execute("ROLLBACK")
    assert cli("--ledger", ledger, "add", "--jobs", "1", tmp_path / "a.txt")[0] == 0


def test_serve_answers_on_this_machine_until_ctrl_c(harbour):
    process = start("--ledger", harbour, "serve", "--port", "0")
    try:
        line = process.stderr.readline()
        address = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        ends = time.monotonic() + 20
        while True:
            try:
                page = urllib.request.urlopen(address, timeout=5).read().decode()
                break
            except OSError:
                assert time.monotonic() < ends and process.poll() is None
                time.sleep(0.1)
        assert "<html" in page and "Harbour Post" in page
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert "Traceback" not in err
    assert process.returncode in (0, 130)


def test_serve_refuses_to_be_reached_from_elsewhere(cli, harbour):
    code, _, err = cli("--ledger", harbour, "serve", "--host", "0.0.0.0")
    assert code == 1 and "this machine alone" in err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--version",), 0, ""),
        (("--help",), 0, ""),
        ((), 2, "Usage: onrecord"),
        (("lsit",), 2, "lsit"),
        (("list", "sandwich"), 2, "sandwich"),
        (("add",), 2, "INPUT"),
        (("add", "--jobs", "many", "x"), 2, "--jobs"),
        (("add", "--jobs", "999", "x"), 1, "jobs=999"),
        (("list", "statement", "--csv", "--json"), 2, "exclude one another"),
    ],
)
def test_usage(cli, arguments, code, said):
    got, out, err = cli(*arguments)
    assert got == code and said in err
    assert "--version" not in arguments or out == f"onrecord {onrecord.__version__}\n"


def test_a_setting_of_the_environment_that_cannot_be_used_is_named(cli, monkeypatch):
    monkeypatch.setenv("ONRECORD_PORT", "seaside")
    code, _, err = cli("list", "document")
    assert code == 1 and "ONRECORD_PORT" in err and "seaside" in err


def test_a_fault_of_our_own_is_one_line(cli, monkeypatch, harbour):
    from onrecord.cli import keeping

    def broken(*_):
        raise RuntimeError("the floor gave way\nand the roof")

    monkeypatch.setattr(keeping, "verify", broken)
    code, _, err = cli("--ledger", harbour, "verify")
    assert code == 1 and len(err.splitlines()) == 1
    assert "a fault of its own" in err and "RuntimeError: the floor gave way" in err and os.sep not in err.split(":")[1]
