"""The start page: what is in the ledger, and what is missing."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from onrecord.ledger import Ledger, Overview
from onrecord.web.diagram import bars_svg
from onrecord.web.page import href
from onrecord.web.shelves import LACKS

FAILURES = 5
"""Failed inputs on the start page; the rest are a link away."""


NEWEST = 6


_YEARS = 150  # more than that is a mistaken date, and its empty years would push the others together


class Total(NamedTuple):
    label: str
    n: int
    href: str


class Bar(NamedTuple):
    """Articles of a month, or of a year where there are many months."""

    period: str
    n: int


_KINDS = (
    ("statement", "statements", "/statements"),
    ("event", "events", "/events"),
    ("figure", "figures", "/figures"),
    ("timex", "dates", "/dates"),
    ("place", "places", "/places"),
    ("commitment", "commitments", "/commitments"),
)
"""Kinds of entry, in the order of the layers, and their lists."""


def start_page(ledger: Ledger) -> dict[str, Any]:
    found = ledger.overview()
    failures = ledger.failures(limit=FAILURES) if found.failures else ()
    bars = _bars(found.months)
    return {
        "articles": found.documents,
        "totals": [
            Total("articles", found.documents, "/articles"),
            *(Total(label, found.entries.get(kind, 0), path) for kind, label, path in _KINDS),
            # Entities of many documents are one name in the list.
            Total("people and bodies", ledger.count_actors().n, "/actors"),
        ],
        "outlets": found.publishers,
        "bars": bars,
        "bars_svg": bars_svg(
            [(bar.period, bar.n, href("/articles", **{"from": bar.period, "to": bar.period})) for bar in bars],
            "Articles by date of publication",
        ),
        "unit": "year" if bars and len(bars[0].period) == 4 else "month",
        "gaps": _gaps(ledger, found),
        "failures": failures,
        "failure_count": found.failures,
        "last_run": found.last_run,
        "newest": ledger.documents(limit=NEWEST).rows,
    }


def _bars(months: Sequence[tuple[str, int]], most: int = 36) -> list[Bar]:
    """One bar a month from the first to the last, those with no article among them; a bar a year where that is more
    than `most`."""
    dated = [(period, n) for period, n in months if len(period) == 7 and period[:4].isdigit() and period[5:].isdigit()]
    counts: dict[str, int] = {}
    if dated:
        first, last = (_months(dated[i][0]) for i in (0, -1))
        if last - first < most:
            counts = {f"{m // 12:04}-{m % 12 + 1:02}": 0 for m in range(first, last + 1)}
            counts |= dict(dated)
    if not counts:
        years = sorted({int(period[:4]) for period, _ in months if period[:4].isdigit()})
        if years and years[-1] - years[0] < _YEARS:
            counts = {f"{year:04}": 0 for year in range(years[0], years[-1] + 1)}
        for period, n in months:
            counts[period[:4]] = counts.get(period[:4], 0) + n
    return [Bar(period, n) for period, n in sorted(counts.items())]


def _months(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:7]) - 1


def _gaps(ledger: Ledger, found: Overview) -> list[Total]:
    empty = sum(n == 0 for n in (bar.n for bar in _bars(found.months)))
    return [
        *(
            Total(label, ledger.count_documents(lacking=lack).n, href("/articles", missing=lack))
            for lack, label in LACKS.items()
        ),
        Total("months or years with no article, between the first and the last", empty, ""),
        Total("statements rejected by a person", found.statuses.get("rejected", 0), "/statements?status=rejected"),
        Total("statements that nobody has looked at", found.statuses.get("proposed", 0), "/statements?status=proposed"),
    ]
