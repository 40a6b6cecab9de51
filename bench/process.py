"""A command of ours as the operating system sees it: seconds, processor seconds, memory over time."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.1  # seconds between two looks at the memory


class Measured(NamedTuple):
    """`wall` and `cpu` in seconds, with all child processes; `peak` and `growth` in MB, of the first process alone.

    `growth` is the memory of the last tenth of the run less that of the fourth tenth, when all models are loaded;
    both as medians. None where the system has no /proc.
    """

    wall: float
    cpu: float
    peak: float
    growth: float | None


def onrecord(*arguments: str) -> list[str]:
    """The command line of this very code."""
    return [sys.executable, "-m", "onrecord", *arguments]


def measure(command: list[str]) -> Measured:
    """Run a command to its end. Raises CalledProcessError with what it wrote if it fails."""
    # One core means one thread: the parser's matrix products would take all of them.
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=os.environ | single, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        memory: list[float] = []
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, memory, over))
        drained: list[bytes] = []
        drain = threading.Thread(target=lambda: drained.append(process.stdout.read()))  # type: ignore[union-attr]
        watch.start()
        drain.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        over.set()
        watch.join()
        drain.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, b"".join(drained))
    kilobytes = 1 if sys.platform == "linux" else 1024
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / kilobytes / 1024, _growth(memory))


def _watch(pid: int, memory: list[float], over: threading.Event) -> None:
    status = Path(f"/proc/{pid}/statm")
    page = os.sysconf("SC_PAGE_SIZE")
    while not over.wait(_EVERY):
        try:
            memory.append(int(status.read_text().split()[1]) * page / 1e6)
        except (OSError, IndexError):
            return


def _growth(memory: list[float]) -> float | None:
    if len(memory) < 20:
        return None
    tenth = len(memory) // 10
    return _median(memory[-tenth:]) - _median(memory[3 * tenth : 4 * tenth])


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
