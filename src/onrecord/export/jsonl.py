"""JSONL: one object a line. For each document its line, then the lines of its entries; entities come last, for they
are merged over all documents."""

from collections.abc import Collection, Iterator
from typing import get_args

import msgspec

from onrecord.export.lines import Held, Part, document_line, entity_line, entity_part, entry_line
from onrecord.export.schema import LINES, Line
from onrecord.ledger import STATUSES, Ledger
from onrecord.model import Entity, EntryKind, Statement, chain, kind_of

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
    for id_ in (document,) if document else documents(ledger, everything=everything):
        article = ledger.document(id_)
        if "document" in kinds:
            yield document_line(article)
        if not fetched:
            continue
        found = ledger.entries(document=article.id, kinds=fetched, statuses=STATUSES if everything else None).rows
        statements = {each.entry.id: each.entry for each in found if isinstance(each.entry.value, Statement)}
        of_kind: dict[str, list[Line]] = {kind: [] for kind in of_entries}
        for each in found:
            held, value = Held(each.entry, each.status), each.entry.value
            if isinstance(value, Entity):
                entities.setdefault(value.key, []).append(_PART.encode(entity_part(held, value)))
            elif kind_of(value) in of_kind:
                innermost = held.entry.id if isinstance(value, Statement) else value.voice
                of_kind[kind_of(value)].append(entry_line(held, article, chain(article, innermost, statements)))
        for kind in of_entries:
            yield from of_kind[kind]
    for key, parts in entities.items():
        yield entity_line(key, [_DECODE_PART.decode(part) for part in parts])


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
