"""The list of statements: the row is the passage, with the words that were searched for marked in it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from onrecord.errors import NotFound
from onrecord.ledger import FacetValue, Ledger, StatementFilter, StatementRow
from onrecord.web.excerpt import excerpt
from onrecord.web.page import href
from onrecord.web.query import Query
from onrecord.web.shelf import Choice, Facet, Shelf

FACETS_SECONDS = 0.2
"""What the counts beside a search may take; what takes longer is said to be missing."""


def statement_filter(query: Query) -> StatementFilter:
    return StatementFilter(
        q=query.q or None,
        speaker=query.speaker or None,
        about=query.about or None,
        publisher=query.publisher or None,
        style=query.style or None,
        published_from=query.from_ or None,
        published_to=query.to or None,
        happened=query.happened or None,
        status=query.status or None,
    )


def show_statement(row: StatementRow, query: Query | None = None) -> dict[str, Any]:
    """A row as `statements.html` and the actor's page show it: the passage with the words marked."""
    spans = [found.span for found in row.contents or row.sources]
    q = query.q if query else ""
    return {
        "ref": row.id,
        "status": row.status,
        "style": row.value.style,
        "score": row.score,
        "published": row.published,
        "title": row.title or row.document,
        "chain": row.chain,
        "passage": excerpt(row.passage.text, row.passage.start, spans, "statement", row.hits) if row.passage else "",
        "href": href(f"/articles/{row.document}", q=q) + f"#s-{row.id}",
    }


def _record_statement(row: StatementRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "document": row.document,
        "status": row.status,
        "publisher": row.publisher,
        "published": row.published,
        "title": row.title,
        "url": row.url,
        "speaker": row.speaker,
        "entity": row.entity,
        "chain": " ▸ ".join(voice.name or "" for voice in row.chain),
        "style": row.value.style,
        "score": row.score,
        "source": " … ".join(found.text for found in row.sources),
        "cue": row.cue.text if row.cue else None,
        "content": " … ".join(found.text for found in row.contents),
        "start": min((found.start for found in row.contents), default=None),
        "end": max((found.end for found in row.contents), default=None),
    }


def _facets(ledger: Ledger, query: Query) -> tuple[list[Facet], Sequence[str]]:
    found = ledger.facets(statement_filter(query), seconds=FACETS_SECONDS)

    def choices(values: Sequence[FacetValue], *names: str) -> list[Choice]:
        return [Choice(value.label, value.n, dict.fromkeys(names, value.value)) for value in values]

    facets = [
        Facet("Speaker", choices(found.speaker, "speaker")),
        Facet("Outlet", choices(found.publisher, "publisher")),
        Facet("Style", choices(found.style, "style")),
        Facet("Year of publication", choices(found.year, "from", "to")),
    ]
    return facets, found.timed_out


def _chip(ledger: Ledger, name: str, value: str) -> str:
    if name in ("speaker", "about"):
        with suppress(NotFound):
            value = ledger.actor(value).name
    return f"{name}: {value}"


STATEMENTS = Shelf(
    path="/statements",
    heading="Statements",
    one="statement",
    many="statements",
    nothing="No statement was found in the articles of this ledger.",
    template="statements.html",
    filters=frozenset(
        {"q", "speaker", "about", "publisher", "style", "from", "to", "happened", "status", "order", "after"}
    ),
    columns=(
        "id",
        "document",
        "status",
        "publisher",
        "published",
        "title",
        "url",
        "speaker",
        "entity",
        "chain",
        "style",
        "score",
        "source",
        "cue",
        "content",
        "start",
        "end",
    ),
    fetch=lambda ledger, query, limit: ledger.statements(
        statement_filter(query),
        after=query.after or None,
        limit=limit,
        order="unsure" if query.order == "unsure" else "newest",
    ),
    total=lambda ledger, query: ledger.count_statements(statement_filter(query)),
    show=show_statement,
    record=_record_statement,
    facets=_facets,
    chip=_chip,
    orders={"newest": "newest first", "unsure": "least sure first"},
)
