"""What a list of the reading room is: what it asks the ledger, and how a row of it is shown and recorded."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from onrecord.ledger import Count, Ledger, Page
from onrecord.web.query import Query


class Choice(NamedTuple):
    """A value of a facet: what it changes in the query, and how many rows it would leave."""

    label: str
    n: int
    change: Mapping[str, str]


class Facet(NamedTuple):
    title: str
    values: Sequence[Choice]


class Field(NamedTuple):
    """A filter that is typed in: its name in an address, what it asks for, and an example."""

    name: str
    label: str
    example: str


def _no_facets(ledger: Ledger, query: Query) -> tuple[list[Facet], Sequence[str]]:
    return [], ()


def _plain_chip(ledger: Ledger, name: str, value: str) -> str:
    return f"{name}: {value}"


class Shelf(NamedTuple):
    """A list. `show` gives a row for the template, `record` a flat row for CSV, whose keys are `columns`, and `line`
    one for JSON Lines, by default the ledger's own row. `orders`: of each order its name in an address and the
    one for the reader; the first goes without saying. `fields`: filters that are typed in, beside those that every list
    has in one way (words, from, to, days)."""

    path: str
    heading: str
    one: str
    many: str
    nothing: str
    template: str
    filters: frozenset[str]
    columns: tuple[str, ...]
    fetch: Callable[[Ledger, Query, int], Page[Any]]
    total: Callable[[Ledger, Query], Count]
    show: Callable[[Any, Query], Mapping[str, Any]]
    record: Callable[[Any], Mapping[str, Any]]
    hint: str = ""
    line: Callable[[Any], Any] = lambda row: row
    facets: Callable[[Ledger, Query], tuple[list[Facet], Sequence[str]]] = _no_facets
    chip: Callable[[Ledger, str, str], str] = _plain_chip
    orders: Mapping[str, str] = {}
    fields: Sequence[Field] = ()
