"""A real Chromium over a reading room that answers on a port of its own."""

import os
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from harbour import TODAY

from onrecord.settings import Settings
from onrecord.web import application
from onrecord.web.server import address, bind

__all__ = ["CHROMIUM", "FLAGS", "MISSING", "NEEDS_CHROMIUM", "answering", "opened", "settled"]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MISSING = not Path(CHROMIUM).exists() and os.environ.get("CI") != "1"
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(MISSING, reason=f"no Chromium at {CHROMIUM}: install Debian's `chromium`, or set CHROMIUM"),
]


@contextmanager
def answering(path):
    listener = bind("127.0.0.1", 0)
    room = application(str(path), Settings(), today=lambda: TODAY)
    config = uvicorn.Config(room, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield address(listener).rstrip("/")
    finally:
        server.should_exit = True
        thread.join(5)
        room.state.room.ledger.close()


def opened(page, path):
    """Go there, and wait until the keys work."""
    page.goto(path)
    settled(page)


def settled(page):
    part = "reader" if "/articles/" in page.url else "room"
    page.wait_for_selector(f"html[data-{part}=ready]", state="attached")
