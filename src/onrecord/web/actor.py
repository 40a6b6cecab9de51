"""An actor: what it said, what others say about it and who cites it, kept apart, with the words that each name and
role was taken from, why its mentions are held for one, and what people decided."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from onrecord.ledger import ActFilter, Actor, ActorMention, Ledger, StatementFilter, Term
from onrecord.ledger.acts import ActKind
from onrecord.model import Evidence
from onrecord.web.page import actor_path, href, place_path, thousands
from onrecord.web.statement_shelf import show_statement

SHOWN = 10
"""Statements in each part of the page, articles of each name and piece of evidence."""

KINDS: tuple[ActKind, ...] = get_args(ActKind)
_KINDS: dict[str, str] = {
    "name": "the same name",
    "form": "longer and shorter forms of a name",
    "nickname": "a short form of a first name",
    "spelling": "spellings of a name",
    "acronym": "initials",
    "surname": "the only one known by it",
    "country": "names of one country",
    "role": "a role in common",
    "company": "named beside both",
    "roles": "roles that disagree",
    "countries": "countries that disagree",
    "names": "names that disagree",
}
"""What a kind of evidence is called; one that is not here is called as it is."""

COLUMNS = ("part", "words", "organization", "first", "last", "publishers", "articles")
"""Of the table for other programs: a row for each name and each role."""


class _Titles(dict[str, str]):
    """The titles of articles, each looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def __missing__(self, document: str) -> str:
        row = self.ledger.document_row(document)
        self[document] = row.title or row.name or document
        return self[document]

    def links(self, documents: Iterable[str]) -> list[dict[str, str]]:
        return [{"href": f"/articles/{each}", "title": self[each]} for each in list(documents)[:SHOWN]]


def actor_page(ledger: Ledger, actor: Actor) -> dict[str, Any]:
    """Values for `actor.html`."""
    said = ledger.statements(StatementFilter(speaker=actor.key), limit=SHOWN)
    about = ledger.statements(StatementFilter(about=actor.key), limit=SHOWN)
    titles = _Titles(ledger)

    def places(mentions: Iterable[ActorMention]) -> list[dict[str, str]]:
        return [
            {"text": m.text, "href": place_path(m.document, m.start, m.end), "title": titles[m.document]}
            for m in mentions
        ]

    def evidence(each: Evidence) -> dict[str, Any]:
        return {
            "kind": _KINDS.get(each.kind, each.kind),
            "words": each.words,
            "articles": titles.links(each.documents),
            "n": len(each.documents),
        }

    path = actor_path(actor.key, actor.name)
    return {
        "here": "/actors",
        "actor": actor,
        "path": path,
        "twin": f"/actors/{actor.key}",
        "parts": list(_parts(ledger, actor.key)),
        "said": [show_statement(row) for row in said.rows],
        "more_said": href("/statements", speaker=actor.key),
        "said_csv": href("/statements.csv", speaker=actor.key),
        "said_jsonl": href("/statements.jsonl", speaker=actor.key),
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
            {"name": alias.name, "n": len(alias.documents), "articles": titles.links(alias.documents)}
            for alias in actor.aliases
        ],
        "terms": [
            {
                "title": term.title,
                "organization": term.organization,
                "first": term.first,
                "last": term.last,
                "publishers": term.publishers,
                "n": len(term.documents),
                "articles": titles.links(term.documents),
            }
            for term in ledger.offices(actor.key)
        ],
        "roles": places(actor.roles[:SHOWN]),
        "evidence": [evidence(each) for each in actor.evidence],
        "apart": [
            {
                "name": each.name,
                "href": actor_path(each.actor, each.name),
                "evidence": list(map(evidence, each.evidence)),
            }
            for each in actor.apart
        ],
        "mentions": places(actor.mentions[:SHOWN]),
    }


def _parts(ledger: Ledger, key: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The events and commitments that an actor has a part in, and those that it tells of: how many, and where."""
    for does, name in (("takes part in", "party"), ("tells of", "voice")):
        links = []
        for kind in KINDS:
            asked = ActFilter(kind=kind, party=key) if name == "party" else ActFilter(kind=kind, voice=key)
            count = ledger.count_acts(asked)
            words = f"{'more than ' if count.capped else ''}{thousands(count.n)} {kind}{'s' if count.n != 1 else ''}"
            if count.n:
                links.append((words, href(f"/{kind}s", **{name: key})))
        if links:
            yield does, links


def actor_rows(actor: Actor, terms: Iterable[Term]) -> Iterator[dict[str, Any]]:
    """A flat row for each name and each role, for spreadsheets."""
    for alias in actor.aliases:
        yield dict.fromkeys(COLUMNS) | {"part": "name", "words": alias.name, "articles": len(alias.documents)}
    for term in terms:
        yield {
            "part": "role",
            "words": term.title,
            "organization": term.organization,
            "first": term.first,
            "last": term.last,
            "publishers": "; ".join(term.publishers),
            "articles": len(term.documents),
        }
