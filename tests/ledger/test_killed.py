"""Killed at any moment, a ledger has every document that `add` came back from, and none by halves."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from ledgers import invented

from onrecord.ledger import Ledger

HERE = Path(__file__).parent

ADDING = """
import sys
sys.path.insert(0, sys.argv[1])
from ledgers import STARTED, invented
from onrecord.ledger import Ledger
with Ledger.open(sys.argv[2], create=True) as ledger:
    run = ledger.begin_run("1", (), started=STARTED)
    for number in range(int(sys.argv[3]), 100_000):
        raw, made, entries = invented(number)
        ledger.add(raw, made, entries, run=run)
        print(number, flush=True)
"""

# Forks once for each statement that one `add` sends to SQLite, and dies by SIGKILL when it is sent.
DYING = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from sqlalchemy import event
from ledgers import STARTED, invented
from onrecord.ledger import Ledger

def die_at(number, last):
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    ledger = Ledger.open(sys.argv[2], create=True)
    run = ledger.begin_run("1", (), started=STARTED)
    seen = 0

    def count(*_):
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(ledger._engine, "after_cursor_execute", count)
    raw, made, entries = invented(number)
    ledger.add(raw, made, entries, run=run)
    os._exit(7)

for last in range(1, 100):
    status = die_at(last, last)
    print(last, os.WTERMSIG(status), os.WEXITSTATUS(status) if not os.WTERMSIG(status) else "", flush=True)
    if not os.WTERMSIG(status):
        break
"""


def check(path, printed):
    """All that was finished is in, and nothing by halves. One more may be: committed, but killed before it said so."""
    with Ledger.open(path) as ledger:
        assert list(ledger.verify()) == []
        there = {row.id for row in ledger.documents(limit=100_000).rows}
        expected = {number: invented(number) for number in printed}
        assert {made.id for _, made, _ in expected.values()} <= there
        for raw, made, entries in expected.values():
            assert ledger.source_bytes(made.source.sha256) == raw
            assert {row.entry.id for row in ledger.entries(document=made.id).rows} == {each.id for each in entries}
        return there


def test_killed_at_random_moments(path):
    dice, done = random.Random(2031), []
    for _ in range(6):
        first = done[-1] + 1 if done else 0
        process = subprocess.Popen(
            [sys.executable, "-c", ADDING, HERE, path, str(first)], stdout=subprocess.PIPE, text=True
        )
        lines = [process.stdout.readline()]  # from here on it is in its stride
        time.sleep(dice.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().splitlines()
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        done += [int(line) for line in lines if line.strip()]
        there = check(path, done)
        assert len(done) <= len(there) <= len(done) + 6  # at most one a round that it could not tell of any more
    assert len(done) >= 6


def test_killed_at_every_statement_of_an_add(path):
    ran = subprocess.run([sys.executable, "-c", DYING, HERE, path], capture_output=True, text=True, check=True)
    lines = ran.stdout.splitlines()
    assert len(lines) > 12 and lines[-1].endswith(" 0 7")  # the last one was not killed, for there was nothing left
    last = int(lines[-1].split()[0])
    there = check(path, [last])
    assert there == {invented(last)[1].id}  # all that were killed before their commit left nothing


MAKING = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from onrecord.ledger import Ledger

def die_at(last):
    path = f"{sys.argv[1]}/{last}.db"
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    seen = 0

    def count(*_):
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count)
    Ledger.open(path, create=True)
    os._exit(7)

for last in range(1, 200, 4):
    if not os.WTERMSIG(die_at(last)):
        break
print(last)
"""


def test_killed_while_it_is_made(tmp_path):
    """The next `open` makes it, wherever the first one died."""
    ran = subprocess.run([sys.executable, "-c", MAKING, tmp_path], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 30
    left = sorted(tmp_path.glob("*.db"))
    assert len(left) >= 10
    for path in left:
        with Ledger.open(path, create=True) as ledger:
            assert list(ledger.verify()) == []
