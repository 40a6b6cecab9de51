"""JSONL: one object a line. For each document its line, then the lines of its entries; entities come after them, for
they are merged over all documents; then links and judgements."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import get_args

import msgspec

from onrecord.export.lines import (
    Held,
    Part,
    document_line,
    entity_line,
    entity_part,
    entry_line,
    judgement_line,
    link_lines,
)
from onrecord.export.schema import LINES, Line
from onrecord.ledger import STATUSES, EntryRow, Ledger
from onrecord.model import Entity, EntryKind, Statement, chain, kind_of, with_actors

_PAGE = 500


def lines(
    ledger: Ledger,
    kinds: Collection[str] = LINES.keys(),
    *,
    everything: bool = False,
    document: str | None = None,
) -> Iterator[Line]:
    """All lines of the kinds, streamed: one document is held at a time, and of entities what their lines need.

    `everything`: rejected and superseded entries, and superseded documents, too. `document`: of this one alone.
    """
    of_entries = [kind for kind in get_args(EntryKind) if kind in kinds]
    # A chain is made of statements, whatever kind is asked for.
    fetched: list[EntryKind] = [*dict.fromkeys((*of_entries, "statement"))] if of_entries else []
    entities: dict[str, list[bytes]] = {}
    actors_of = lru_cache(maxsize=64)(ledger.actors_of)
    read = fetched or "document" in kinds
    for id_ in (document,) if document else documents(ledger, everything=everything) if read else ():
        article = ledger.document(id_)
        if "document" in kinds:
            yield document_line(article)
        if not fetched:
            continue
        found = ledger.entries(document=article.id, kinds=fetched, statuses=STATUSES if everything else None).rows
        actors = actors_of(article.id)
        found = tuple(as_actors(each, actors) for each in found)
        statements = {each.entry.id: each.entry for each in found if isinstance(each.entry.value, Statement)}
        of_kind: dict[str, list[Line]] = {kind: [] for kind in of_entries}
        for each in found:
            held, value = Held(each.entry, each.status), each.entry.value
            if isinstance(value, Entity):
                entities.setdefault(actors.get(value.key, value.key), []).append(_PART.encode(entity_part(held, value)))
            elif kind_of(value) in of_kind:
                innermost = held.entry.id if isinstance(value, Statement) else value.voice
                of_kind[kind_of(value)].append(entry_line(held, article, chain(article, innermost, statements)))
        for kind in of_entries:
            yield from of_kind[kind]
    names = ledger.actor_names(entities)
    for key, parts in entities.items():
        yield entity_line(key, [_DECODE_PART.decode(part) for part in parts], names.get(key))
    if document is None:
        yield from _links(ledger, kinds, actors_of)


def as_actors(row: EntryRow, actors: Mapping[str, str]) -> EntryRow:
    """The row with the actor in place of each entity; see `model.with_actors`."""
    entry = msgspec.structs.replace(row.entry, value=with_actors(row.entry.value, actors))
    return msgspec.structs.replace(row, entry=entry)


def _links(ledger: Ledger, kinds: Collection[str], actors_of: Callable[[str], Mapping[str, str]]) -> Iterator[Line]:
    """Those of all documents: what is held for one, and what people decided."""
    judgements = ledger.judgements() if {"link", "judgement"} & set(kinds) else []
    if "link" in kinds:
        verdicts = {judgement.id: judgement.verdict for judgement in judgements}
        seen: set[str] = set()
        after: str | None = None
        while True:
            page = ledger.links(after=after, limit=_PAGE)
            for actor in page.rows:
                for line in link_lines(actor, lambda member: actors_of(member[0]).get(member[1]), verdicts):
                    if line.id not in seen:  # two that are not one say so of each other
                        yield line
                    seen.add(line.id)
            after = page.after
            if after is None:
                break
    if "judgement" in kinds:
        yield from map(judgement_line, judgements)


_JSON = msgspec.json.Encoder()
_PART = msgspec.msgpack.Encoder()
_DECODE_PART = msgspec.msgpack.Decoder(Part)


def documents(ledger: Ledger, *, everything: bool = False) -> Iterator[str]:
    """The id of every document, newest first."""
    after: str | None = None
    while True:
        page = ledger.documents(superseded=everything, after=after, limit=_PAGE)
        yield from (row.id for row in page.rows)
        after = page.after
        if after is None:
            return


def encode(line: Line) -> str:
    """The line as JSON, with its end."""
    return _JSON.encode(line).decode() + "\n"
