"""The reading room on a port."""

import socket

import pytest

from onrecord.errors import LedgerError, SettingsError
from onrecord.settings import Settings
from onrecord.web import application, serve
from onrecord.web.server import address, bind


def test_a_free_port_is_taken_when_none_is_named():
    listener = bind("127.0.0.1", 0)
    try:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert listener.getsockname()[1] > 0
    finally:
        listener.close()


def test_a_port_that_is_taken_is_named_with_the_next_step():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port={port}: address already in use on 127.0.0.1; take another"):
            bind("127.0.0.1", port)


def test_no_address_is_bound_that_others_reach(ledger_path):
    with pytest.raises(SettingsError, match="answers on this machine alone"):
        serve(str(ledger_path), Settings(host="0.0.0.0", port=0))


def test_a_ledger_that_is_not_there_is_an_error_before_any_page(tmp_path):
    with pytest.raises(LedgerError):
        application(str(tmp_path / "none.db"), Settings())
    with pytest.raises(LedgerError):
        serve(str(tmp_path / "none.db"), Settings(port=0))
