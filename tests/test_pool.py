"""The pool gives results in order, and a killed process loses no task."""

import os
import time
from functools import partial
from operator import call
from pathlib import Path

import pytest

from onrecord.pool import AHEAD, TRIES, WorkerDied, WorkersCannotStart, in_order

# The tasks are calls of the standard library, so that a fresh process can import what it is sent.
DIE = partial(os._exit, 9)


def results(tasks, jobs=2):
    return [result for _, result in in_order(call, tasks, jobs=jobs)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs):
    tasks = [partial(eval, f"__import__('time').sleep({0.2 if n == 0 else 0}) or {n}") for n in range(40)]
    assert results(tasks, jobs) == list(range(40))


def test_a_task_that_kills_its_process_is_given_up_and_the_others_are_not():
    tasks = [partial(abs, -1), DIE, partial(abs, -2), partial(abs, -3), DIE, partial(abs, -4)]
    found = results(tasks)
    assert [found[n] for n in (0, 2, 3, 5)] == [1, 2, 3, 4]
    assert isinstance(found[1], WorkerDied) and isinstance(found[4], WorkerDied)


def test_a_task_whose_process_is_killed_once_is_done_by_another(tmp_path):
    mark = tmp_path / "tries"
    once = (
        f"(lambda p: p.write_bytes(p.read_bytes() + b'x') and len(p.read_bytes()) < {TRIES}"
        f" and __import__('os')._exit(9) or p.stat().st_size)(__import__('pathlib').Path({str(mark)!r}))"
    )
    mark.write_bytes(b"")
    assert results([partial(eval, once), partial(abs, -5)]) == [TRIES, 5]


def test_no_more_is_drawn_than_the_bound_allows():
    drawn = []

    def tasks():
        for number in range(200):
            drawn.append(number)
            yield partial(abs, number)

    for taken, _ in enumerate(in_order(call, tasks(), jobs=2)):
        assert len(drawn) <= taken + 1 + AHEAD * 2
    assert len(drawn) == 200


def test_nothing_is_started_for_no_tasks():
    started = time.monotonic()
    assert results([]) == []
    assert time.monotonic() - started < 0.2


def test_processes_end_when_the_caller_stops_taking():
    run = in_order(call, (partial(os.getpid) for _ in range(100)), jobs=2)
    _, pid = next(run)
    assert pid != os.getpid()
    run.close()
    assert not Path(f"/proc/{pid}").exists()


def test_processes_that_cannot_start_are_said(monkeypatch, tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    import multiprocessing.spawn

    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", os.fsencode(broken))
    with pytest.raises(WorkersCannotStart):
        results([partial(abs, 1)])
