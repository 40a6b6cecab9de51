"""The reading room as an ASGI application: every address, and what is said when one leads nowhere."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from onrecord.errors import LedgerBusy, LedgerError, NotFound
from onrecord.ledger import Ledger
from onrecord.settings import Settings
from onrecord.web import lists, map_page, pages, timeline_page
from onrecord.web.guard import HEADERS, Guard
from onrecord.web.page import environment
from onrecord.web.query import Refused
from onrecord.web.room import Room, html

_STATIC = Path(__file__).parent / "static"
_FAILED = {
    NotFound: (
        404,
        "Not in this ledger",
        "An address holds in the ledger that it was copied from. Search for its words.",
    ),
    LedgerBusy: (503, "The ledger is being written", "Load the page again in a moment."),
    LedgerError: (500, "The ledger cannot be read", "Load the page again once that is done."),
}


class _Files(StaticFiles):
    """Our own files: asked for again each time, and sent again only when they changed."""

    def file_response(self, *args: object, **named: object) -> Response:
        response = super().file_response(*args, **named)  # type: ignore[arg-type]
        response.headers["cache-control"] = "no-cache"
        return response


def application(ledger_path: str, settings: Settings, today: Callable[[], date] = date.today) -> Starlette:
    """The pages of one ledger, for reading only. `today` tells what is overdue. Raises LedgerError if the ledger cannot
    be read."""
    app = Starlette(
        routes=[
            *pages.ROUTES,
            *lists.ROUTES,
            *map_page.ROUTES,
            *timeline_page.ROUTES,
            Mount("/static", _Files(directory=_STATIC)),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={
            Refused: _refused,
            HTTPException: _http,
            Exception: _crashed,
            **dict.fromkeys(_FAILED, _failed),
        },
    )
    templates = environment(ledger_name=Path(ledger_path).name)
    app.state.room = Room(
        ledger=Ledger.open(ledger_path, busy_timeout=settings.busy_timeout),
        templates=templates,
        settings=settings,
        today=today,
    )
    return app


def _say(request: Request, status: int, heading: str, cause: str, step: str) -> Response:
    return html(request, "error.html", {"heading": heading, "cause": cause, "step": step}, status)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101  for the type checker: it is registered for no other
    return _say(request, error.status, error.heading, error.cause, error.step)


async def _failed(request: Request, error: Exception) -> Response:
    status, heading, step = next(answer for kind, answer in _FAILED.items() if isinstance(error, kind))
    return _say(request, status, heading, f"{error}.", step)


async def _crashed(request: Request, error: Exception) -> Response:
    """A defect of ours; the trace is on the terminal. It is answered outside the guard, so its headers go on here."""
    answer = _say(
        request,
        500,
        "A defect of onrecord",
        f"{type(error).__name__} at {request.url.path[:200]}.",
        "The terminal says more.",
    )
    answer.headers.update(HEADERS)
    return answer


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return _say(
            request,
            404,
            "No such page",
            f"{request.url.path[:200]} is no address of the reading room.",
            "Go on from here:",
        )
    return _say(request, status, "It cannot be answered", str(error), "Go on from here:")
