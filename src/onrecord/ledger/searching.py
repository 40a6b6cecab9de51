"""Full-text search over the passages of all current documents."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.ledger import happened, schema, sqlite
from onrecord.ledger.reading import resolve
from onrecord.ledger.rows import Count, Found, Hit, Page
from onrecord.ledger.statements import CAP
from onrecord.model import Span

_p, _d = schema.passages.c, schema.documents.c

# Where a sentence ends, told roughly: this is only for where to cut a hit, nothing is stored. The name of a rank or
# month before the full stop, or a single capital, is no end.
_ENDS = re.compile(r"[.!?…][\"”’')\]]{0,3}\s+(?=[\"“‘'(\[]?[^\W_a-z])")
_SHORT = re.compile(
    r"(?:^|[^\w])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Sen|Rep|Gov|Rev|Hon|St|No|vs|Jan|Feb|Mar|Apr|Aug"
    r"|Sept|Sep|Oct|Nov|Dec|Inc|Corp|Ltd|Co)$"
)


def search(
    connection: Connection, query: str, document: str | None, days: str | None, after: str | None, limit: int
) -> Page[Hit]:
    """See `Ledger.search`."""
    words = sqlite.match(query)
    if words is None:
        return Page(rows=())
    within = _within(connection, document, days)
    skip = int(after) if after and after.isdecimal() and len(after) < 7 else 0
    found = sqlite.ranked(connection, words, within, limit + 1, skip)
    passages = {
        row.seq: row
        for row in connection.execute(
            select(schema.passages, _d.id, _d.title, _d.publisher, _d.published)
            .join(schema.documents, _d.seq == _p.document)
            .where(_p.seq.in_([seq for seq, _ in found[:limit]]))
        )
    }
    hits: list[Hit] = []
    for seq, spans in found[:limit]:
        row = passages[seq]
        first, last = sentence(row.text, spans)
        hits.append(
            Hit(
                document=row.id,
                title=row.title,
                publisher=row.publisher,
                published=row.published,
                block=row.block,
                kind=row.kind,
                passage=Found(text=row.text, start=row.start, end=row.stop),
                sentence=Found(text=row.text[first:last], start=row.start + first, end=row.start + last),
                hits=tuple(Span(start=row.start + span.start, end=row.start + span.end) for span in spans),
            )
        )
    return Page(rows=tuple(hits), after=str(skip + limit) if len(found) > limit else None)


def _within(connection: Connection, document: str | None, days: str | None) -> list[Select[Any]]:
    """Queries for the numbers of the passages of a document, and of those with a date of these days in them."""
    queries = [happened.passages(days)] if days else []
    if document:
        seq, _ = resolve(connection, schema.documents, document, "document")
        queries.append(select(_p.seq).where(_p.document == seq))
    return queries


def count(connection: Connection, query: str, document: str | None, days: str | None) -> Count:
    """See `Ledger.count_hits`."""
    words = sqlite.match(query)
    if words is None:
        return Count(n=0)
    found = select(_p.seq).where(_p.seq.in_(sqlite.matching("passages", words)))
    found = found.where(*(_p.seq.in_(within) for within in _within(connection, document, days)))
    n = connection.execute(select(func.count()).select_from(found.limit(CAP + 1).subquery())).scalar_one()
    return Count(n=min(n, CAP), capped=n > CAP)


def sentence(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """(start, end) of the sentence of `text` in which the first of `spans` begins."""
    at = spans[0].start if spans else 0
    start = 0
    for end in _ENDS.finditer(text):
        if _SHORT.search(text, max(0, end.start() - 12), end.start()):
            continue
        if end.end() > at:
            return start, len(text[: end.end()].rstrip())
        start = end.end()
    return start, len(text.rstrip())
