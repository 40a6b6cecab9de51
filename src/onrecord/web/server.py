"""The reading room on a port of this machine."""

import socket
import sys
import webbrowser
from threading import Timer

import uvicorn

from onrecord.errors import SettingsError
from onrecord.settings import Settings
from onrecord.web.application import application
from onrecord.web.guard import loopback

_TILL_IT_ANSWERS = 0.5  # seconds before the browser is sent there


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one. Raises SettingsError where the port is taken."""
    host = loopback(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"port={port}: {(error.strerror or 'not free').lower()} on {host}; "
            "take another with --port, or 0 for a free one"
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(ledger_path: str, settings: Settings, open_browser: bool = False) -> None:
    """Answer until interrupted; the address goes to standard error. Raises SettingsError for an address that others
    could reach or a port that is taken, LedgerError for a ledger that cannot be read."""
    listener = bind(settings.host, settings.port)
    try:
        where = address(listener)
        config = uvicorn.Config(
            application(ledger_path, settings),
            log_level="warning",
            access_log=False,
            # A proxy's headers must not tell us where a request came from.
            proxy_headers=False,
            server_header=False,
            lifespan="off",
            ws="none",
        )
        print(f"The reading room is at {where} (Ctrl-C closes it)", file=sys.stderr)
        if open_browser:
            timer = Timer(_TILL_IT_ANSWERS, webbrowser.open, [where])
            timer.daemon = True
            timer.start()
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        listener.close()
