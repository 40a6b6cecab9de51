"""A child that dies at one statement sent to SQLite. For scripts that run in a process of their own: a fork of the test
run itself would take its threads along."""

import os
import signal

from sqlalchemy import event
from sqlalchemy.engine import Engine


def killed_at(last, begin, work):
    """`work(begin())` in a child that is killed when its statement number `last` is sent, not counting those of
    `begin`. Gives whether it was: else it came to its end before."""
    pid = os.fork()
    if pid:
        status = os.waitpid(pid, 0)[1]
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 7, status
        return os.WIFSIGNALED(status)
    begun, seen = begin(), 0

    def count(*_):
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count)
    work(begun)
    os._exit(7)
