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

# Dies at each statement that one `add` sends to SQLite.
DYING = """
import sys
sys.path.insert(0, sys.argv[1])
from killing import killed_at
from ledgers import STARTED, invented
from onrecord.ledger import Ledger

def begin():
    ledger = Ledger.open(sys.argv[2], create=True)
    return ledger, ledger.begin_run("1", (), started=STARTED)

def work(begun):
    ledger, run = begun
    raw, made, entries = invented(last)
    ledger.add(raw, made, entries, run=run)

last = 1
while killed_at(last, begin, work):
    last += 1
print(last)
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
    last = int(ran.stdout)
    assert last > 12
    there = check(path, [last])
    assert there == {invented(last)[1].id}  # all that were killed before their commit left nothing


MAKING = """
import sys
sys.path.insert(0, sys.argv[1])
from killing import killed_at
from onrecord.ledger import Ledger

last = 1
while killed_at(last, lambda: None, lambda _: Ledger.open(f"{sys.argv[2]}/{last}.db", create=True)):
    last += 4
print(last)
"""


def test_killed_while_it_is_made(tmp_path):
    """The next `open` makes it, wherever the first one died."""
    ran = subprocess.run([sys.executable, "-c", MAKING, HERE, tmp_path], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 30
    left = sorted(tmp_path.glob("*.db"))
    assert len(left) >= 10
    for path in left:
        with Ledger.open(path, create=True) as ledger:
            assert list(ledger.verify()) == []
