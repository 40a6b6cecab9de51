"""`add`: goes on past what fails, keeps what is done however it is stopped, and changes nothing the second time."""

import json
import os
import resource
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import record, start, write_records

from onrecord.ledger import Ledger

pytestmark = pytest.mark.model


def documents(ledger):
    try:
        with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=5)) as connection:
            return connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.OperationalError:
        return 0  # not there yet


def wait_for(ledger, count, process):
    ends = time.monotonic() + 120
    while documents(ledger) < count:
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < ends, "nothing goes in"
        time.sleep(0.02)


def exported(ledger):
    import onrecord

    with Ledger.open(ledger) as opened:
        return [onrecord.export.jsonl.encode(line) for line in onrecord.lines(opened)]


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


COUNT = 60


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What a run that nobody disturbs gives, on one process."""
    folder = tmp_path_factory.mktemp("whole")
    articles = write_records(folder / "articles.jsonl", COUNT)
    process = start("--ledger", folder / "w.db", "add", "--jobs", "1", articles)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert f"{COUNT} added" in err
    return articles, exported(folder / "w.db")


def test_killed_it_keeps_each_finished_document_whole_and_the_next_run_adds_the_rest(whole, tmp_path):
    articles, expected = whole
    ledger = tmp_path / "k.db"
    process = start("--ledger", ledger, "add", "--jobs", "1", articles)
    wait_for(ledger, 3, process)
    process.kill()
    process.communicate()
    kept = documents(ledger)
    assert 3 <= kept < COUNT
    with Ledger.open(ledger) as opened:
        assert list(opened.verify()) == []
    # In the order of the inputs, each with all its entries.
    assert [line for line in exported(ledger) if '"kind":"entity"' not in line[:20]] == [
        line for line in expected if belongs(line, kept) and '"kind":"entity"' not in line[:20]
    ]
    again = start("--ledger", ledger, "add", "--jobs", "1", articles)
    _, err = again.communicate(timeout=120)
    assert again.returncode == 0
    assert f"{COUNT - kept} added" in err and f"{kept} unchanged" in err
    assert exported(ledger) == expected


def belongs(line, kept):
    """Whether an exported line is of one of the first `kept` articles."""
    value = json.loads(line)
    if value["kind"] == "document":
        belongs.first = getattr(belongs, "first", {}) | {value["id"]: int(value["external_id"][3:])}
    return belongs.first.get(value["id"], belongs.first.get(value.get("document"), COUNT)) < kept


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_is_done_and_says_so(whole, tmp_path, jobs):
    ledger = tmp_path / "c.db"
    process = start("--ledger", ledger, "add", "--jobs", jobs, whole[0], start_new_session=True)
    wait_for(ledger, 2, process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == "" and "Traceback" not in err
    assert f"{documents(ledger)} added" in err
    assert "onrecord: stopped; what was done is kept" in err


def test_two_processes_give_the_same_ledger_in_the_same_order_though_one_is_killed(whole, tmp_path):
    articles, expected = whole
    ledger = tmp_path / "w.db"
    process = start("--ledger", ledger, "add", "--jobs", "2", articles)
    wait_for(ledger, 2, process)
    workers = [pid for pid in children(process.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert f"{COUNT} added" in err and "0 failed" in err
    assert exported(ledger) == expected


def dump(ledger):
    with closing(sqlite3.connect(ledger)) as connection:
        return [*connection.execute("SELECT * FROM runs"), *connection.iterdump()]


def test_the_same_again_changes_nothing_and_says_so(harbour, cli, tmp_path):
    ledger = tmp_path / "again.db"
    with closing(sqlite3.connect(harbour)) as connection, closing(sqlite3.connect(ledger)) as copy:
        connection.backup(copy)
    before = dump(ledger)
    code, _, err = cli("--ledger", ledger, "add", "--jobs", "1", harbour.with_name("articles.jsonl"))
    assert code == 0
    assert "0 added" in err and "6 unchanged" in err
    assert dump(ledger) == before


GOOD = "Harbour master Ilse Brandt said on Monday that the ferry would sail."
PAGE = "<!doctype html><html><head><title>Nothing</title></head><body><nav><a href='/'>Home</a></nav></body></html>"
BAD = {
    "empty": ("a.txt", b"", "a.txt: the file is empty"),
    "binary": ("a.txt", bytes(range(256)) * 20, "a.txt: application/octet-stream"),
    "a picture by another name": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "a.txt: image/png"),
    "truncated UTF-8": ("a.txt", (GOOD + " Señor").encode()[:-3], "a.txt:"),
    "a page with no article": ("a.html", PAGE.encode(), "a.html:"),
    "a record that is no JSON": ("a.jsonl", b'{"text": "Ferry', "a.jsonl, line 1:"),
    "a record with no text": ("a.jsonl", b'{"id": "1"}', "a.jsonl, line 1:"),
    "a file that is not there": (None, b"", "there is no such file"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_named_with_cause_and_step_and_the_others_go_in(case, cli, tmp_path):
    name, raw, said = BAD[case]
    ledger, bad, good = tmp_path / "b.db", tmp_path / (name or "gone.txt"), tmp_path / "good.txt"
    if name:
        bad.write_bytes(raw)
    good.write_text(GOOD)
    code, out, err = cli("--ledger", ledger, "add", "--jobs", "1", bad, good)
    assert code == 1 and out == ""
    (failed,) = [line for line in err.splitlines() if line.startswith("failed: ")]
    assert said in failed and failed.count("; ") >= 1
    assert "1 added" in err and "1 failed" in err
    code, out, _ = cli("--ledger", ledger, "list", "failure", "--json")
    failure = json.loads(out)
    assert failure["name"].startswith(str(bad)) and failure["cause"] and failure["step"]


def test_a_failure_is_gone_once_the_input_is_mended(cli, tmp_path):
    article = tmp_path / "a.txt"
    article.write_bytes(b"")
    assert cli("--ledger", tmp_path / "m.db", "add", "--jobs", "1", article)[0] == 1
    article.write_text(GOOD)
    assert cli("--ledger", tmp_path / "m.db", "add", "--jobs", "1", article)[0] == 0
    assert cli("--ledger", tmp_path / "m.db", "list", "failure", "--json")[1] == ""


def test_a_broken_line_and_one_of_50_megabytes_fail_alone(tmp_path):
    articles = tmp_path / "a.jsonl"
    with articles.open("w") as lines:
        lines.write(json.dumps(record(1)) + "\n{broken\n")
        lines.write(json.dumps({"text": "ferry " * 8_500_000}) + "\n" + json.dumps(record(2)))
    process = start("--ledger", tmp_path / "l.db", "add", "--jobs", "1", articles)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "a.jsonl, line 2: " in err and "a.jsonl, line 3: the line is longer than" in err
    assert "2 added" in err and "2 failed" in err


def test_utf_16_is_read_and_an_open_quotation_mark_is_no_error(cli, tmp_path):
    (tmp_path / "wide.txt").write_bytes(GOOD.encode("utf-16"))
    (tmp_path / "open.txt").write_text("The mayor said: “We will sail.\n\nNobody answered him.")
    code, _, err = cli(
        "--ledger", tmp_path / "u.db", "add", "--jobs", "1", tmp_path / "wide.txt", tmp_path / "open.txt"
    )
    assert (code, "2 added" in err) == (0, True), err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(cli, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(GOOD)
    article.chmod(0)
    code, _, err = cli("--ledger", tmp_path / "p.db", "add", "--jobs", "1", article)
    assert code == 1 and "no permission to read it" in err


def test_standard_input(tmp_path):
    import subprocess
    import sys

    process = subprocess.run(
        [sys.executable, "-m", "onrecord", "--ledger", str(tmp_path / "s.db"), "add", "--jobs", "1", "-"],
        input=GOOD.encode(),
        capture_output=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert documents(tmp_path / "s.db") == 1


def test_a_full_disk_is_said_and_what_was_done_is_kept(whole, tmp_path):
    ledger = tmp_path / "f.db"
    limit = 800_000
    process = start(
        "--ledger",
        ledger,
        "add",
        "--jobs",
        "1",
        whole[0],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    assert "f.db: the disk" in err and "what was done is kept" in err and "Traceback" not in err
    assert documents(ledger) > 0
    with Ledger.open(ledger) as opened:
        assert list(opened.verify()) == []


def test_a_folder_without_articles_is_named_with_what_is_read(tmp_path):
    empty = tmp_path / "emptydir"
    empty.mkdir()
    done = start("--ledger", tmp_path / "a.db", "add", empty)
    _, said = done.communicate(timeout=120)
    assert done.returncode == 0
    assert "emptydir: no article was found there" in said
    assert ".html, .jsonl" in said


def test_nothing_is_said_of_missing_articles_where_there_are_some(tmp_path):
    (tmp_path / "one.txt").write_text("The lock is open.")
    done = start("--ledger", tmp_path / "a.db", "add", tmp_path / "one.txt")
    assert "no article was found" not in done.communicate(timeout=120)[1]
