import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ledgers import filled

from onrecord.ledger import Ledger


@pytest.fixture
def path(tmp_path):
    return tmp_path / "onrecord.db"


@pytest.fixture
def ledger(path):
    with Ledger.open(path, create=True) as ledger:
        yield ledger


@pytest.fixture
def full(ledger):
    """A ledger with something in every table."""
    filled(ledger)
    return ledger
