"""Takes the picture of the reading room that README shows: `python -m docs.picture` with Chromium installed.

The samples are read into a ledger of their own; the picture is of the article in which one paper reports what
officials said that somebody had been told, opened on the officials.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from onrecord.ledger import Ledger, StatementFilter
from onrecord.settings import Settings
from onrecord.web import application
from onrecord.web.server import address, bind

DOCS = Path(__file__).parent
SAMPLE = DOCS.parent / "samples" / "07-blinkk-publish-it-all.html"
SPEAKER = "two officials"
SIZE = {"width": 1280, "height": 820}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def place(ledger_path: Path) -> str:
    """The address of the statement that the picture is of."""
    with Ledger.open(ledger_path) as ledger:
        (found,) = ledger.statements(StatementFilter(speaker=SPEAKER)).rows
    return f"articles/{found.document}#s-{found.id}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "onrecord.db"
        subprocess.run([sys.executable, "-m", "onrecord", "--ledger", path, "add", SAMPLE], check=True)  # noqa: S603
        listener = bind("127.0.0.1", 0)
        room = application(str(path), Settings())
        server = uvicorn.Server(uvicorn.Config(room, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            page.goto(address(listener) + place(path))
            page.wait_for_selector(".card.on")
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=DOCS / "reader.png")
            browser.close()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
