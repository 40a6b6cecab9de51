"""A file that begins with a byte order mark: read, kept, and whole when it is verified."""

from onrecord.ledger import Ledger
from onrecord.read import read
from onrecord.settings import Settings


def test_a_byte_order_mark_is_no_damage(tmp_path):
    raw = "\ufeffThe bridge opens\n\nBy Ann Lee\n3 May 2026\n\nThe mayor said nothing more.\n".encode()
    (document,) = read(raw, name="bridge.txt", settings=Settings())
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        run = ledger.begin_run(version="1", steps=["a/1"], started="2026-05-03T00:00:00Z")
        ledger.add(raw, document, (), run=run)
        assert list(ledger.verify()) == []
