"""An actor: what it said, what others say about it and who cites it, kept apart, with the words that each name and
role was taken from."""

from collections.abc import Iterable
from typing import Any

from onrecord.ledger import ActorMention, Ledger, StatementFilter
from onrecord.web.page import actor_path, href
from onrecord.web.statement_shelf import show_statement

SHOWN = 10
"""Statements in each part of the page."""


def place_path(document: str, start: int, end: int) -> str:
    """The address at which an article opens on these words."""
    return f"/articles/{document}?at={start}-{end}#at"


def actor_page(ledger: Ledger, key: str) -> dict[str, Any]:
    """Values for `actor.html`. Raises NotFound."""
    actor = ledger.actor(key)
    said = ledger.statements(StatementFilter(speaker=actor.key), limit=SHOWN)
    about = ledger.statements(StatementFilter(about=actor.key), limit=SHOWN)
    titles: dict[str, str] = {}

    def evidence(mentions: Iterable[ActorMention]) -> list[dict[str, str]]:
        rows = []
        for mention in mentions:
            if mention.document not in titles:
                document = ledger.document(mention.document)
                titles[mention.document] = document.title or document.source.name
            rows.append(
                {
                    "text": mention.text,
                    "href": place_path(mention.document, mention.start, mention.end),
                    "title": titles[mention.document],
                }
            )
        return rows

    return {
        "here": "/actors",
        "actor": actor,
        "path": actor_path(actor.key, actor.name),
        "said": [show_statement(row) for row in said.rows],
        "more_said": href("/statements", speaker=actor.key),
        "about": [show_statement(row) for row in about.rows],
        "more_about": href("/statements", about=actor.key),
        "cited": [
            {
                "kind": row.kind,
                "name": row.name,
                "n": row.n,
                "href": actor_path(row.entity, row.name)
                if row.entity
                else href("/statements", speaker=actor.key, publisher=row.name if row.kind == "publisher" else ""),
            }
            for row in ledger.cited_by(actor.key)
        ],
        "aliases": [
            {"name": alias.name, "documents": len(alias.documents), "href": f"/articles/{alias.documents[0]}"}
            for alias in actor.aliases
        ],
        "roles": evidence(actor.roles),
        "mentions": evidence(actor.mentions[:SHOWN]),
    }
