"""A reading room over a small ledger that is made once: a good article, one with events and commitments, a hostile
one, one without anything, and a failed input."""

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from onrecord.errors import MalformedInput
from onrecord.ledger import Ledger, Rejection
from onrecord.settings import Settings
from onrecord.web import application

sys.path.insert(0, str(Path(__file__).parent))  # harbour.py, for every test of this folder
from dockers import dockers
from driver import CHROMIUM, FLAGS, answering
from harbour import HERE, TODAY, WHEN, TestClient, article, harbour, hostile, raw_of


@pytest.fixture(scope="session")
def ledger_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("room") / "harbour.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", ("by-hand/1",), started=WHEN)
        dropped = [Rejection(extractor="by-hand/1", span=harbour()[0].blocks[1].span, reason="a byline says nothing")]
        for document, entries in (harbour(), dockers(), hostile(), (article([("paragraph", "Nothing was said.")]), [])):
            rejections = dropped if document.source.name == "harbour.txt" else ()
            ledger.add(raw_of(document.text), document, entries, run=run, rejections=rejections)
        ledger.fail(run, "broken.html", MalformedInput("broken.html", "no article in it", "save it whole"), when=WHEN)
        ledger.finish_run(run, finished=WHEN)
    return path


@pytest.fixture(scope="session")
def empty_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Ledger.open(path, create=True).close()
    return path


@pytest.fixture(scope="session")
def room():
    """Makes reading rooms over ledgers, and closes the ledgers at the end."""
    with ExitStack() as ledgers:

        def make(path):
            made = application(str(path), Settings(), today=lambda: TODAY)
            ledgers.callback(made.state.room.ledger.close)
            return made

        yield make


@pytest.fixture(scope="session")
def browser(ledger_path, room):
    return TestClient(room(ledger_path), base_url=HERE, raise_server_exceptions=True)


@pytest.fixture(scope="session")
def empty_room(empty_path, room):
    return TestClient(room(empty_path), base_url=HERE)


@pytest.fixture(scope="module")
def here(ledger_path):
    with answering(ledger_path) as base:
        yield base


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, here):
    """A page that fails the test on an error of a script and on anything that the policy had to refuse."""
    context = chromium.new_context(base_url=here, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(10_000)
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not [line for line in said if "404" not in line]
