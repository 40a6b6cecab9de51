"""What every page needs: the ledger, the templates, and how an answer is made of them."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import msgspec
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.ledger import Ledger
from onrecord.settings import Settings


class Room(NamedTuple):
    """`today` is asked each time: a room may stay open over midnight."""

    ledger: Ledger
    templates: Environment
    settings: Settings
    today: Callable[[], date]


def room_of(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def base_of(request: Request) -> str:
    """The address of this reading room, as the reader reached it; `Host` was checked before."""
    return f"{request.url.scheme}://{request.url.netloc}"


def html(request: Request, template: str, values: dict[str, Any], status: int = 200) -> Response:
    page = room_of(request).templates.get_template(template).render(values)
    return HTMLResponse(page, status_code=status, headers={"cache-control": "no-cache"})


def json(values: Any) -> Response:
    """The twin of a page. Decimals come as strings, as everywhere."""
    body = msgspec.json.encode(values, order="sorted")
    return Response(body, media_type="application/json", headers={"cache-control": "no-cache"})
