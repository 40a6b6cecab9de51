"""Only this machine may ask, only to read, and a page may load nothing from elsewhere."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from onrecord.errors import SettingsError
from onrecord.web.guard import Guard, loopback

HERE = "http://127.0.0.1:8377"


async def page(request):
    return PlainTextResponse("read")


@pytest.fixture(scope="module")
def browser():
    return TestClient(Guard(Starlette(routes=[Route("/", page)])), base_url=HERE)


@pytest.mark.parametrize("host", ["127.0.0.1:8377", "localhost:8377", "LOCALHOST:8377", "[::1]:8377"])
def test_names_of_this_machine_are_answered(browser, host):
    assert browser.get("/", headers={"host": host}).text == "read"


@pytest.mark.parametrize(
    "host",
    [
        "attacker.example",
        "attacker.example:8377",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:8378",
        "127.0.0.1.attacker.example:8377",
        "localhost.attacker.example:8377",
        "127.0.0.1:8377@attacker.example",
        "attacker.example@127.0.0.1:8377",
        "192.168.1.10:8377",
        "127.0.0.1:port",
        "127.0.0.1:8377/elsewhere",
        "0.0.0.0:8377",
        "",
    ],
)
def test_other_names_are_refused(browser, host):
    answer = browser.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "read" not in answer.text.split()
    assert "http://127.0.0.1:8377/" in answer.text


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (HERE, 200),
        ("http://localhost:8377", 200),
        ("https://attacker.example", 403),
        ("http://127.0.0.1:9999", 403),
        ("https://127.0.0.1:8377", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_an_origin_must_be_ours(browser, origin, status):
    assert browser.get("/", headers={"origin": origin}).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(browser, method):
    answer = browser.request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_every_answer_says_what_a_page_may_load(browser):
    for answer in (browser.get("/"), browser.get("/nowhere"), browser.get("/", headers={"host": "attacker.example"})):
        policy = answer.headers["content-security-policy"]
        for rule in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_websocket_is_not_taken(browser):
    with pytest.raises(WebSocketDisconnect) as refused, browser.websocket_connect("/"):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "example.org", "", "127.0.0.1.example.org"])
def test_an_address_that_others_reach_is_refused(host):
    with pytest.raises(SettingsError, match="use 127"):
        loopback(host)


@pytest.mark.parametrize(("host", "bound"), [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("localhost", "localhost")])
def test_an_address_of_this_machine_is_taken(host, bound):
    assert loopback(host) == bound
