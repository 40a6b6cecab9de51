"""A reading room over a small ledger that is made once: a good article, a hostile one, one without anything, one of
a reader that has been replaced, and a failed input."""

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from onrecord.errors import MalformedInput
from onrecord.ledger import Ledger, Rejection
from onrecord.settings import Settings
from onrecord.web import application

sys.path.insert(0, str(Path(__file__).parent))  # harbour.py, for every test of this folder
from harbour import HERE, WHEN, TestClient, article, harbour, hostile, raw_of


@pytest.fixture(scope="session")
def ledger_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("room") / "harbour.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", ("by-hand/1",), started=WHEN)
        dropped = [Rejection(extractor="by-hand/1", span=harbour()[0].blocks[1].span, reason="a byline says nothing")]
        for document, entries in (harbour(), hostile(), (article([("paragraph", "Nothing was said.")]), [])):
            rejections = dropped if document.publisher == "Vesterhavn Courier" else ()
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
            made = application(str(path), Settings())
            ledgers.callback(made.state.room.ledger.close)
            return made

        yield make


@pytest.fixture(scope="session")
def browser(ledger_path, room):
    return TestClient(room(ledger_path), base_url=HERE, raise_server_exceptions=True)


@pytest.fixture(scope="session")
def empty_room(empty_path, room):
    return TestClient(room(empty_path), base_url=HERE)
