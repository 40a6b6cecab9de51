"""What stands between the browser and the pages: only this machine may ask, only to read, and a page may load
nothing that did not come from here.

A site elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding) and read an answer as its own; the name
in `Host` gives it away.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import SettingsError

NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
"""What the reading room answers to. Loopback only: articles may be such as may be sent to no one."""

_POLICY = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "script-src": "'self'",
    "style-src": "'self'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def loopback(host: str) -> str:
    """`host`, if it is an address of this machine that no other can reach; else raises SettingsError."""
    try:
        local = host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        local = False
    if not local:
        raise SettingsError(
            f"host={host!r}: the reading room has no accounts, so it answers on this machine alone; use 127.0.0.1"
        )
    return host.strip("[]")


class Guard:
    """ASGI middleware: refuses foreign hosts (421), foreign origins (403) and all but GET and HEAD (405)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            else:
                # No page uses a websocket, and one would get round the checks below.
                await send({"type": "websocket.close", "code": 1008, "reason": "not offered"})
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer: ASGIApp = refusal(scope) or self.app
        await answer(scope, receive, send_guarded)


def refusal(scope: Scope) -> Response | None:
    """Why the request gets no answer, or None."""
    headers = Headers(scope=scope)
    port = scope["server"][1] if scope.get("server") else None
    host = headers.get("host", "")
    if not _is_ours(f"//{host}", port):
        return _say(421, f"This reading room answers to http://127.0.0.1:{port}/ and not to the name in the address.")
    origin = headers.get("origin")
    if origin is not None and not (origin.startswith("http://") and _is_ours(origin, port)):
        return _say(403, "The request came from a page of another site; open the page from the reading room.")
    if scope["method"] not in ("GET", "HEAD"):
        return _say(405, "The reading room is for reading: GET and HEAD only.", allow="GET, HEAD")
    return None


def _is_ours(address: str, port: int | None) -> bool:
    try:
        parts = urlsplit(address)
        given = parts.port or 80
    except ValueError:
        return False
    # Nothing but name and port: `127.0.0.1@elsewhere` and the like are no hosts.
    return parts.hostname in NAMES and given == (port or 80) and "@" not in address and parts.path in ("", "/")


def _say(status: int, text: str, **headers: str) -> Response:
    return PlainTextResponse(text + "\n", status_code=status, headers=headers)
