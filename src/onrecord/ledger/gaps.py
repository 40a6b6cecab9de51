"""Counts of documents, and the documents that lack something."""

from typing import Any, Literal

from sqlalchemy import Select, func, select

from onrecord.ledger import schema
from onrecord.ledger.reading import document_query, document_row, resolve, since, until
from onrecord.ledger.rows import Count, DocumentRow, Page
from onrecord.ledger.store import Ledger

Lack = Literal["published", "publisher", "authors", "statements"]
"""What a document may lack: its date, its outlet, its authors, any statement."""

_d = schema.documents.c


def count_documents(
    ledger: Ledger,
    *,
    publisher: str | None = None,
    published_from: str | None = None,
    published_to: str | None = None,
    lacking: Lack | None = None,
) -> Count:
    """How many current documents `Ledger.documents` or `documents_lacking` has under these filters."""
    query = select(func.count()).select_from(schema.documents).where(_d.current)
    if publisher:
        query = query.where(_d.publisher == publisher)
    if published_from:
        query = query.where(since(_d.published, published_from))
    if published_to:
        query = query.where(until(_d.published, published_to))
    if lacking:
        query = query.where(_lacks(lacking))
    with ledger._reading() as connection:
        return Count(n=connection.execute(query).scalar_one())


def documents_lacking(
    ledger: Ledger, lacking: Lack, *, after: str | None = None, limit: int = 100
) -> Page[DocumentRow]:
    """Current documents that lack something, in the order in which they came in."""
    with ledger._reading() as connection:
        query: Select[Any] = document_query().where(_d.current, _lacks(lacking))
        if after:
            query = query.where(_d.seq > resolve(connection, schema.documents, after, "document")[0])
        found = connection.execute(query.order_by(_d.seq).limit(limit + 1)).all()
    rows = tuple(map(document_row, found[:limit]))
    return Page(rows=rows, after=rows[-1].id if len(found) > limit else None)


def _lacks(lacking: Lack) -> Any:
    if lacking == "authors":
        return _d.authors == "[]"
    if lacking == "statements":
        return ~select(schema.statements.c.entry).where(schema.statements.c.document == _d.seq).exists()
    return _d[lacking].is_(None)
