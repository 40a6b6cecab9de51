"""Processes that work on one task at a time and may die: the task goes to another, and nothing else is lost.

The standard pool gives up on every task when one of its processes is killed (by the kernel for its memory, by a crash
in a C library). Here each process has a pipe of its own, so that a death names the one task that it was at.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

TRIES = 2
"""A task that killed this many processes is given up."""
AHEAD = 4
"""Tasks in flight or done but not yet taken, for each process: what bounds the memory."""

_READY = "ready"


class WorkerDied(Exception):
    """Each process that was given the task died on it."""


class WorkersCannotStart(Exception):
    """Processes die before they take a first task."""


@dataclass
class _Task(Generic[T]):
    number: int
    value: T
    deaths: int = 0


@dataclass
class _Worker(Generic[T]):
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: _Task[T] | None = None


def in_order(work: Callable[[T], R], tasks: Iterable[T], *, jobs: int) -> Iterator[tuple[T, R | WorkerDied]]:
    """`(task, work(task))` for each task, in the order of `tasks`, whatever the number of processes.

    With one job all is done in this process. `tasks` is drawn from only as far ahead as `AHEAD` allows. `work` must be
    a function of a module, must not raise, and takes and returns what pickle can carry. A task that kills its process
    `TRIES` times gives WorkerDied in place of a result. Raises WorkersCannotStart.
    """
    if jobs == 1:
        for task in tasks:
            yield task, work(task)
    else:
        yield from _in_order(work, tasks, jobs)


def _in_order(work: Callable[[T], R], tasks: Iterable[T], jobs: int) -> Iterator[tuple[T, R | WorkerDied]]:
    source = enumerate(tasks)
    again: deque[_Task[T]] = deque()
    done: dict[int, tuple[T, R | WorkerDied]] = {}
    crew: list[_Worker[T]] = []
    drawn, given, stillborn = 0, 0, 0
    waiting: deque[_Task[T]] = deque()
    exhausted = False
    try:
        while True:
            # Hand out before giving back, so that the crew works while the caller writes.
            while not exhausted and len(waiting) < 1 and drawn - given < AHEAD * jobs:
                item = next(source, None)
                if item is None:
                    exhausted = True
                else:
                    waiting.append(_Task(*item))
                    drawn += 1
            queued = len(again) + len(waiting)
            starting = sum(not worker.ready for worker in crew)
            idle = [worker for worker in crew if worker.ready and worker.task is None]
            if queued > starting + len(idle) and len(crew) < jobs:
                crew.append(_start(work))
                continue
            if queued and idle:
                task = (again or waiting).popleft()
                if _give(idle[0], task):
                    continue
                again.appendleft(task)
                _dismiss(crew, idle[0])
                continue
            if given in done:
                yield done.pop(given)
                given += 1
                continue
            if exhausted and given == drawn:
                return
            for pipe in wait([worker.pipe for worker in crew]):
                worker = next(w for w in crew if w.pipe is pipe)
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    stillborn += not worker.ready
                    if stillborn > TRIES * jobs:
                        raise WorkersCannotStart from None
                    dead = worker.task
                    _dismiss(crew, worker)
                    if dead is None:
                        continue
                    dead.deaths += 1
                    if dead.deaths < TRIES:
                        again.append(dead)
                    else:
                        done[dead.number] = dead.value, WorkerDied()
                    continue
                if not worker.ready:
                    worker.ready, stillborn = True, 0
                elif worker.task is not None:
                    done[worker.task.number] = worker.task.value, answer
                    worker.task = None
    finally:
        for worker in crew:
            worker.pipe.close()
            worker.process.terminate()
        for worker in crew:
            worker.process.join()


def _start(work: Callable[[T], R]) -> _Worker[T]:
    # Spawned, not forked: a fork of a process with threads (progress bar, BLAS) is unsafe, and on macOS it crashes.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    # Ctrl-C goes to every process of the terminal; the mask is inherited, so that only this one answers to it. The
    # tracker that `start` would start before the first process takes SIGINT off the mask: so it is started before.
    resource_tracker.ensure_running()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    theirs.close()  # the pipe now ends when the process does
    return _Worker(process, ours)


def _serve(pipe: Connection, work: Callable[[T], R]) -> None:
    with suppress(EOFError, OSError):  # the other end is gone: the run is over
        pipe.send(_READY)
        while True:
            pipe.send(work(pipe.recv()))


def _give(worker: _Worker[T], task: _Task[T]) -> bool:
    try:
        worker.pipe.send(task.value)
    except OSError:
        return False
    worker.task = task
    return True


def _dismiss(crew: list[_Worker[T]], worker: _Worker[T]) -> None:
    crew.remove(worker)
    worker.pipe.close()
    worker.process.join()
