"""Every list: rows with filters and counts beside them, page by page, and its twins for other programs."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.ledger import Ledger
from onrecord.web.query import Query, parse, wrong
from onrecord.web.room import html, room_of
from onrecord.web.shelf import Field, Shelf
from onrecord.web.shelves import SHELVES
from onrecord.web.twins import csv_lines, download, json_lines

PAGE = 50
TWIN_PAGE = 500
"""Rows fetched at a time."""


class Option(NamedTuple):
    """A value of a facet: where it leads (without it, if it is `current`), and how many rows it would leave."""

    label: str
    n: int
    href: str
    current: bool


def query_of(request: Request, shelf: Shelf) -> Query:
    """What an address asks of a list. Raises Refused (400)."""
    query = parse(request.query_params, shelf.filters, room_of(request).today())
    if query.order and query.order not in shelf.orders:
        raise wrong("order", f"is {query.order[:40]!r}", f"give one of {', '.join(shelf.orders)}")
    return query


def page(request: Request, shelf: Shelf) -> Response:
    return html(request, shelf.template, values(request, shelf))


def values(request: Request, shelf: Shelf) -> dict[str, Any]:
    """What the frame of every list shows of one."""
    ledger = room_of(request).ledger
    query = query_of(request, shelf)
    found = shelf.fetch(ledger, query, PAGE)
    count = shelf.total(ledger, query)
    facets, timed_out = shelf.facets(ledger, query)
    return {
        "here": shelf.path,
        "path": shelf.path,
        "heading": shelf.heading,
        "one": shelf.one,
        "many": shelf.many,
        "searchable": "q" in shelf.filters,
        "dated": "from" in shelf.filters,
        "days": "happened" in shelf.filters and all(field.name != "happened" for field in shelf.fields),
        "fields": fields(shelf, query, ledger),
        "typed": {"q", "from", "to", "happened", "after", *(field.name for field in shelf.fields)},
        "q": query.q,
        "query": query.given(),
        "rows": [shelf.show(row, query) for row in found.rows],
        "count": count.n,
        "capped": count.capped,
        "facets": [(facet.title, options(shelf, query, facet)) for facet in facets],
        "timed_out": timed_out,
        "chips": chips(shelf, query, ledger),
        "orders": orders(shelf, query),
        "hint": shelf.hint,
        "nothing": "Nothing is left under these filters; take one away." if query.filters() else shelf.nothing,
        "next": query.path(shelf.path, after=found.after) if found.after else "",
        "after": query.after,
        "first": query.path(shelf.path),
        "page_size": PAGE,
        "csv": query.path(shelf.path + ".csv"),
        "jsonl": query.path(shelf.path + ".jsonl"),
    }


def options(shelf: Shelf, query: Query, facet: Any) -> list[Option]:
    given = query.given()
    made = []
    for value in facet.values:
        current = all(given.get(name) == words for name, words in value.change.items())
        change = dict.fromkeys(value.change, "") if current else value.change
        made.append(Option(value.label, value.n, query.path(shelf.path, **change), current))
    return made


def chips(shelf: Shelf, query: Query, ledger: Ledger) -> list[tuple[str, str]]:
    """The filters in force, each with the address that takes it away; but for the words, which stand in their field."""
    return [
        (shelf.chip(ledger, name, value), query.path(shelf.path, **{name: ""}))
        for name, value in query.given().items()
        if name not in ("after", "q", "order", "date")
    ]


def fields(shelf: Shelf, query: Query, ledger: Ledger) -> list[tuple[Field, str, bool]]:
    """The filters that are typed in, each with what it holds, and whether that is only passed on: an actor's id means
    more than the name that the reader sees of it, and is taken away where it is named."""
    given = query.given()
    made = []
    for field in shelf.fields:
        value = given.get(field.name, "")
        made.append((field, value, bool(value) and value not in shelf.chip(ledger, field.name, value)))
    return made


def orders(shelf: Shelf, query: Query) -> list[tuple[str, str]]:
    """The orders that the list can stand in, each with the address that puts it so; none for the one it stands in."""
    first = next(iter(shelf.orders), "")
    now = query.order or first
    return [
        (label, "" if name == now else query.path(shelf.path, order="" if name == first else name))
        for name, label in shelf.orders.items()
    ]


def _all_rows(ledger: Ledger, shelf: Shelf, query: Query) -> Iterator[Any]:
    """Every row from this page on, in the order of the list. The first page is asked for at once: what cannot be
    answered is to be refused before the answer begins."""
    first = shelf.fetch(ledger, query, TWIN_PAGE)

    def rows() -> Iterator[Any]:
        found = first
        yield from found.rows
        while found.after:
            found = shelf.fetch(ledger, query.at(found.after), TWIN_PAGE)
            yield from found.rows

    return rows()


def as_csv(request: Request, shelf: Shelf) -> Response:
    query = query_of(request, shelf)
    rows = (shelf.record(row) for row in _all_rows(room_of(request).ledger, shelf, query))
    return download(csv_lines(shelf.columns, rows), f"{shelf.path[1:]}.csv", "text/csv; charset=utf-8")


def as_jsonl(request: Request, shelf: Shelf) -> Response:
    query = query_of(request, shelf)
    rows = (shelf.line(row) for row in _all_rows(room_of(request).ledger, shelf, query))
    return download(json_lines(rows), f"{shelf.path[1:]}.jsonl", "application/jsonl")


Form = Callable[[Request, Shelf], Response]
_FORMS: dict[str, Form] = {"": page, ".csv": as_csv, ".jsonl": as_jsonl}


def _bound(form: Form, shelf: Shelf) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        if not all(value.strip() for _, value in request.query_params.multi_items()):
            # A form sends its empty fields along; the address that is shared does without.
            query = query_of(request, shelf)
            return RedirectResponse(query.path(request.url.path, after=query.after), status_code=307)
        return form(request, shelf)

    return answer


def routes(shelf: Shelf, **other: Form) -> list[Route]:
    """A list and its twins; `other` forms are told by the ending of their address, `page` is that of none."""
    forms = _FORMS | {"" if name == "page" else f".{name}": form for name, form in other.items()}
    return [Route(shelf.path + suffix, _bound(form, shelf), methods=["GET"]) for suffix, form in forms.items()]


ROUTES = [route for shelf in SHELVES for route in routes(shelf)]
