"""The lists of the reading room, one table."""

from collections.abc import Mapping
from typing import Any, get_args

from onrecord.ledger import ActorRow, Count, DocumentRow, FailureRow, Hit, Lack, Ledger, Page
from onrecord.model import MentionKind
from onrecord.web.act_shelf import COMMITMENTS, EVENTS
from onrecord.web.entry_shelf import FOUND
from onrecord.web.excerpt import excerpt
from onrecord.web.located_shelf import LOCATED
from onrecord.web.page import actor_path, href
from onrecord.web.query import Query, wrong
from onrecord.web.shelf import Choice, Facet, Shelf
from onrecord.web.statement_shelf import STATEMENTS

# Articles


LACKS: dict[Lack, str] = {
    "published": "articles without a date",
    "publisher": "articles without an outlet",
    "authors": "articles without an author",
    "statements": "articles without a statement",
}
"""What `missing` may ask for."""


def _documents(ledger: Ledger, query: Query, limit: int) -> Page[DocumentRow]:
    return ledger.documents(
        lacking=_lack(query),
        publisher=query.publisher or None,
        published_from=query.from_ or None,
        published_to=query.to or None,
        happened=query.happened or None,
        after=query.after or None,
        limit=limit,
    )


def _count_documents(ledger: Ledger, query: Query) -> Count:
    return ledger.count_documents(
        lacking=_lack(query),
        publisher=query.publisher or None,
        published_from=query.from_ or None,
        published_to=query.to or None,
        happened=query.happened or None,
    )


def _lack(query: Query) -> Lack | None:
    if not query.missing:
        return None
    for lack in LACKS:
        if query.missing == lack:
            return lack
    raise wrong("missing", f"is {query.missing!r}", f"give one of {', '.join(LACKS)}")


def _document_facets(ledger: Ledger, query: Query) -> tuple[list[Facet], tuple[str, ...]]:
    found = ledger.overview()
    outlets = [Choice(p.publisher, p.documents, {"publisher": p.publisher}) for p in found.publishers if p.publisher]
    years: dict[str, int] = {}
    for month, n in found.months:
        years[month[:4]] = years.get(month[:4], 0) + n
    dates = [Choice(year, n, {"from": year, "to": year}) for year, n in sorted(years.items(), reverse=True)]
    return [Facet("Outlet", outlets), Facet("Year of publication", dates)], ()


def _show_document(row: DocumentRow, query: Query) -> Mapping[str, Any]:
    return {
        "href": f"/articles/{row.id}",
        "title": row.title or row.name or row.id,
        "publisher": row.publisher,
        "published": row.published,
        "authors": row.authors,
        "statements": row.statements,
    }


def _record_document(row: DocumentRow) -> Mapping[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published,
        "authors": "; ".join(row.authors),
        "url": row.url,
        "name": row.name,
        "external_id": row.external_id,
        "language": row.language,
        "characters": row.characters,
        "statements": row.statements,
        "source_sha256": row.source_sha256,
    }


ARTICLES = Shelf(
    path="/articles",
    heading="Articles",
    one="article",
    many="articles",
    nothing="The ledger holds no article yet: onrecord add FOLDER brings them in.",
    template="articles.html",
    filters=frozenset({"publisher", "from", "to", "happened", "missing", "after"}),
    columns=(
        "id", "title", "publisher", "published", "authors", "url", "name", "external_id", "language", "characters",
        "statements", "source_sha256",
    ),
    fetch=_documents,
    total=_count_documents,
    show=_show_document,
    record=_record_document,
    facets=_document_facets,
)  # fmt: skip


# Words anywhere in the articles


def _show_hit(row: Hit, query: Query) -> Mapping[str, Any]:
    passage = excerpt(row.passage.text, row.passage.start, row.hits[:1], "", row.hits)
    # The reader opens on the block, where the words are marked too.
    return {
        "href": href(f"/articles/{row.document}", q=query.q) + f"#b{row.block}",
        "title": passage if row.kind == "title" else row.title or row.document,
        "publisher": row.publisher,
        "published": row.published,
        "passage": "" if row.kind == "title" else passage,
    }


def _record_hit(row: Hit) -> Mapping[str, Any]:
    return {
        "document": row.document,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published,
        "block": row.kind,
        "sentence": row.sentence.text,
        "start": row.sentence.start,
        "end": row.sentence.end,
    }


SYNTAX = "All words, in any order, in one passage. “Quoted words” as they stand. A word with * is all that begin so."

SEARCH = Shelf(
    path="/search",
    heading="Search",
    one="passage",
    many="passages",
    nothing="Nothing is searched for yet.",
    template="search.html",
    hint=SYNTAX,
    filters=frozenset({"q", "happened", "after"}),
    columns=("document", "title", "publisher", "published", "block", "sentence", "start", "end"),
    fetch=lambda ledger, query, limit: ledger.search(
        query.q, happened=query.happened or None, after=query.after or None, limit=limit
    ),
    total=lambda ledger, query: ledger.count_hits(query.q, happened=query.happened or None),
    show=_show_hit,
    record=_record_hit,
)


# People and bodies


def _show_actor(row: ActorRow, query: Query) -> Mapping[str, Any]:
    return {
        "href": actor_path(row.key, row.name),
        "name": row.name,
        "type": row.type,
        "documents": row.documents,
        "mentions": row.mentions,
        "statements": row.said,
    }


def _actor_facets(ledger: Ledger, query: Query) -> tuple[list[Facet], tuple[str, ...]]:
    counted = {type_: ledger.count_actors(q=query.q or None, type=type_).n for type_ in get_args(MentionKind)}
    types = sorted(counted.items(), key=lambda item: -item[1])
    return [Facet("Type", [Choice(type_, n, {"type": type_}) for type_, n in types if n])], ()


ACTORS = Shelf(
    path="/actors",
    heading="People and bodies",
    one="name",
    many="names",
    nothing="No person or body was found in the articles of this ledger.",
    template="actors.html",
    filters=frozenset({"q", "type", "after"}),
    columns=("key", "name", "type", "documents", "mentions", "said"),
    fetch=lambda ledger, query, limit: ledger.actors(
        q=query.q or None, type=query.type or None, after=query.after or None, limit=limit
    ),
    total=lambda ledger, query: ledger.count_actors(q=query.q or None, type=query.type or None),
    facets=_actor_facets,
    show=_show_actor,
    record=lambda row: {name: getattr(row, name) for name in ("key", "name", "type", "documents", "mentions", "said")},
)


# What failed


def _failures(ledger: Ledger, query: Query, limit: int) -> Page[FailureRow]:
    return Page(rows=tuple(ledger.failures(limit=10_000)))


_FAILURE = ("name", "error", "cause", "step", "happened")

FAILURES = Shelf(
    path="/failures",
    heading="Could not be read",
    one="input",
    many="inputs",
    nothing="No input failed.",
    template="failures.html",
    filters=frozenset(),
    columns=_FAILURE,
    fetch=_failures,
    total=lambda ledger, query: Count(n=ledger.overview().failures),
    show=lambda row, query: {name: getattr(row, name) for name in _FAILURE},
    record=lambda row: {name: getattr(row, name) for name in _FAILURE},
)

SHELVES = (
    STATEMENTS,
    ARTICLES,
    SEARCH,
    ACTORS,
    EVENTS,
    COMMITMENTS,
    *FOUND,
    LOCATED,
    FAILURES,
)
