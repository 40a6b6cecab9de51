"""A reading room over a small ledger that is made once: a good article, a hostile one, one without anything, one of
a reader that has been replaced, and a failed input."""

import sys
import warnings
from pathlib import Path

import pytest

from onrecord.errors import MalformedInput
from onrecord.ledger import Ledger
from onrecord.settings import Settings
from onrecord.web import application

sys.path.insert(0, str(Path(__file__).parent))  # articles.py, for every test of this folder
from articles import article, harbour, hostile, raw_of

with warnings.catch_warnings():
    # Starlette would have its own fork of httpx; the one that is pinned here does all that these tests ask of it.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8377"
WHEN = "2026-11-21T20:00:00Z"


@pytest.fixture(scope="session")
def ledger_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("room") / "harbour.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", ("by-hand/1",), started=WHEN)
        for document, entries in (harbour(), hostile(), (article([("paragraph", "Nothing was said.")]), [])):
            ledger.add(raw_of(document.text), document, entries, run=run)
        ledger.fail(run, "broken.html", MalformedInput("broken.html", "no article in it", "save it whole"), when=WHEN)
        ledger.finish_run(run, finished=WHEN)
    return path


@pytest.fixture(scope="session")
def empty_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Ledger.open(path, create=True).close()
    return path


@pytest.fixture(scope="session")
def browser(ledger_path):
    return TestClient(application(str(ledger_path), Settings()), base_url=HERE, raise_server_exceptions=True)


@pytest.fixture(scope="session")
def empty_room(empty_path):
    return TestClient(application(str(empty_path), Settings()), base_url=HERE)
