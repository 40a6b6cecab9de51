"""The rows that lists and searches read: made from a document and its entries, and from nothing else, so that they
can be made anew and checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, delete, func, insert, select

from onrecord.ledger import cells, linking, schema, sketches, sqlite
from onrecord.model import NOBODY, Block, Commitment, Entity, Event, Place, Span, Statement, Timex, kind_of

_K = TypeVar("_K", int, str)

UNSCORED = -1.0
"""Sorts what nobody said anything of before what is unsure."""


Indexed = Statement | Entity | Timex | Place | Event | Commitment
"""The values that search rows are made from."""


class Standing(NamedTuple):
    """An entry that is not superseded, as the search rows need it."""

    seq: int
    id: str
    status: str
    value: Indexed
    score: float | None = None


def score_of(entry: Any) -> Any:
    """The subquery for the score of an entry's last derivation, None where it has none."""
    derivations = schema.derivations.c
    return (
        select(derivations.score)
        .where(derivations.entry == entry)
        .order_by(derivations.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


class SearchRows(NamedTuple):
    """All search rows of one document, by table, as they should be. Those of `passages` have no `seq` yet."""

    passages: list[dict[str, Any]]
    statements: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    about: list[dict[str, Any]]
    times: list[dict[str, Any]]
    located: list[dict[str, Any]]
    acts: list[dict[str, Any]]
    parties: list[dict[str, Any]]


def build(
    seq: int,
    text: str,
    blocks: tuple[Block, ...],
    publisher: str | None,
    published: str | None,
    found: list[Standing],
    actors: Mapping[str, str],
) -> SearchRows:
    """Pure: the rows of document `seq`. `actors`: key -> actor, of the entities that were linked."""
    text = text.replace("\x00", " ")  # FTS5's highlight() ends a text at a NUL
    entities = {entry.seq: entry.value for entry in found if isinstance(entry.value, Entity)}
    statements = [entry for entry in found if isinstance(entry.value, Statement)]
    seqs = {entry.id: entry.seq for entry in statements}
    # A speaker may be named by an entity's key or by the id of its entry.
    keys = {entry.id: entry.value.key for entry in found if isinstance(entry.value, Entity)}
    return SearchRows(
        [
            {
                "document": seq,
                "block": number,
                "kind": block.kind,
                "start": block.span.start,
                "stop": block.span.end,
                "text": block.span.of(text),
            }
            for number, block in enumerate(blocks)
            if block.kind != "boilerplate" and len(block.span)
        ],
        [_statement(seq, text, publisher, published, entry, keys, seqs, actors) for entry in statements],
        [
            {
                "entry": number,
                "document": seq,
                "key": value.key,
                "type": value.type,
                "name": value.name,
                "mentions": len(value.mentions),
                "actor": actors.get(value.key, value.key),
            }
            for number, value in entities.items()
        ],
        _about(statements, list(entities.values()), actors),
        _times(seq, statements, [entry for entry in found if isinstance(entry.value, Timex)]),
        _located(seq, publisher, published, found),
        _acts(seq, publisher, published, found, seqs),
        _parties(seq, found, keys, actors),
    )


def _statement(
    document: int,
    text: str,
    publisher: str | None,
    published: str | None,
    entry: Standing,
    keys: dict[str, str],
    seqs: dict[str, int],
    actors: Mapping[str, str],
) -> dict[str, Any]:
    value = entry.value
    assert isinstance(value, Statement)  # noqa: S101
    # A pronoun that leads to nobody, or to one of two, is nobody to search or count by: `It` is no speaker of many.
    speaker = value.speaker if value.speaker and value.speaker.how not in NOBODY else None
    source, content = cells.statement_cells(text, value)
    key = keys.get(speaker.entity, speaker.entity) if speaker and speaker.entity else None
    return {
        "entry": entry.seq,
        "document": document,
        "position": cells.position_of(value),
        "parent": seqs.get(value.parent) if value.parent else None,
        "status": entry.status,
        "style": value.style,
        "published": published or "",
        "publisher": publisher,
        "said": value.said[0] if value.said else None,
        "speaker": actors.get(key, key) if key else speaker.name if speaker else None,
        "speaker_name": speaker.name if speaker else None,
        "source": source,
        "content": content,
        "score": UNSCORED if entry.score is None else entry.score,
        "entity": key,
    }


def _about(statements: list[Standing], entities: list[Entity], actors: Mapping[str, str]) -> list[dict[str, Any]]:
    """Which statement's content holds a mention of which entity."""
    mentions = [(span.start, span.end, entity.key) for entity in entities for span in entity.mentions]
    return [
        {"actor": actors.get(key, key), "statement": seq, "key": key}
        for key, seq in sorted(_held(statements, mentions))
    ]


def _times(document: int, statements: list[Standing], timexes: list[Standing]) -> list[dict[str, Any]]:
    """The days of each date, and the statements whose content holds it. A date whose days are none is left out."""
    days: dict[int, dict[str, Any]] = {}
    places: list[tuple[int, int, int]] = []
    for entry in timexes:
        value = entry.value
        if not isinstance(value, Timex) or value.type not in ("DATE", "TIME"):
            continue
        if length := _length(value.begin, value.end):
            days[entry.seq] = {"begin": value.begin, "stop": value.end, "days": length}
            places.append((value.span.start, value.span.end, entry.seq))
    within = [(seq, None) for seq in sorted(days)] + sorted(_held(statements, places))
    return [{"entry": seq, "document": document, "statement": statement, **days[seq]} for seq, statement in within]


def _length(begin: str | None, end: str | None) -> int:
    """Days from the one to the other, both counted; 0 where they are not two days in their order."""
    try:
        return max(0, (date.fromisoformat(end or "") - date.fromisoformat(begin or "")).days + 1)
    except ValueError:
        return 0


def _located(
    document: int, publisher: str | None, published: str | None, found: list[Standing]
) -> list[dict[str, Any]]:
    """The places that an article names as such, and with them those of its events: by the place over the same words,
    for an event knows no coordinates. A name that stands for a government or a people is no place of anything."""
    named: dict[Span, dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    common = {"document": document, "published": published or "", "publisher": publisher}
    nothing = dict.fromkeys(("type", "factuality", "begin", "stop", "days"))
    for entry in found:
        value = entry.value
        if isinstance(value, Place) and value.gazetteer_id and value.sense == "location":
            named[value.span] = {
                "place": value.gazetteer_id,
                "name": value.name,
                "country": value.country,
                "precision": value.precision,
                "lat": value.lat,
                "lon": value.lon,
            }
            rows.append({"entry": entry.seq, "kind": "place", **named[value.span], **nothing, **common})
    for entry in found:
        value = entry.value
        if not isinstance(value, Event):
            continue
        time = value.time
        length = _length(time.begin, time.end) if time else 0
        days = {"begin": time.begin, "stop": time.end, "days": length} if time and length else nothing
        told = {"type": value.type, "factuality": value.factuality}
        for id_, row in {w.gazetteer_id: named.get(w.span) for w in value.places}.items():
            if row and row["place"] == id_:
                rows.append({"entry": entry.seq, "kind": "event", **row, **nothing, **days, **told, **common})
    return rows


def _acts(
    document: int, publisher: str | None, published: str | None, found: list[Standing], seqs: dict[str, int]
) -> list[dict[str, Any]]:
    """Events and commitments with their three times. What no statement covers is the outlet's own word, said on the day
    on which it published that; a day that the text does not give is none, and no other stands in for it."""
    said = {entry.seq: entry.value.said for entry in found if isinstance(entry.value, Statement)}
    rows: list[dict[str, Any]] = []
    for entry in found:
        value = entry.value
        if not isinstance(value, Event | Commitment):
            continue
        moment = value.time if isinstance(value, Event) else value.due
        statement = seqs.get(value.voice) if value.voice else None
        published_on = None if value.voice or not published else (published[:10], published[:10])
        begin, stop, days = _days((moment.begin, moment.end) if moment else None)
        said_begin, said_stop, _ = _days(said.get(statement) if statement else published_on)
        rows.append(
            {
                "entry": entry.seq,
                "document": document,
                "kind": kind_of(value),
                "type": value.type if isinstance(value, Event) else value.class_,
                "factuality": value.factuality if isinstance(value, Event) else None,
                "state": None if isinstance(value, Event) else value.state,
                "status": entry.status,
                "begin": begin,
                "stop": stop,
                "days": days,
                "said_begin": said_begin,
                "said_stop": said_stop,
                "published": published or "",
                "publisher": publisher,
                "statement": statement,
                "score": UNSCORED if entry.score is None else entry.score,
            }
        )
    return rows


def _days(given: tuple[str | None, str | None] | None) -> tuple[str, str, int]:
    """First day, last day and how many they are; nothing where they are not two days in their order."""
    begin, stop = given or (None, None)
    days = _length(begin, stop)
    return (begin or "", stop or "", days) if days else ("", "", 0)


def _parties(
    document: int, found: list[Standing], keys: dict[str, str], actors: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Who of those who are named fills which slot of an event or commitment."""
    filled: set[tuple[int, str, str]] = set()
    for entry in found:
        value = entry.value
        if isinstance(value, Event):
            slots = [("actor", who) for who in value.actors] + [("recipient", who) for who in value.recipients]
        elif isinstance(value, Commitment):
            slots = [(slot, who) for slot, who in (("by", value.by), ("to", value.to)) if who]
        else:
            continue
        filled |= {(entry.seq, slot, keys.get(who.entity, who.entity)) for slot, who in slots if who.entity}
    return [
        {"actor": actors.get(key, key), "entry": seq, "slot": slot, "key": key, "document": document}
        for seq, slot, key in sorted(filled)
    ]


def _held(statements: list[Standing], places: list[tuple[int, int, _K]]) -> set[tuple[_K, int]]:
    """What stands whole in the content of which statement: one sweep over both, in the order of the text."""
    places = sorted(places, key=lambda place: place[:2])
    contents: list[tuple[Span, int]] = [
        (span, entry.seq) for entry in statements if isinstance(entry.value, Statement) for span in entry.value.contents
    ]
    contents.sort(key=lambda content: content[0].start)
    pairs: set[tuple[_K, int]] = set()
    first = 0
    for span, seq in contents:
        while first < len(places) and places[first][0] < span.start:
            first += 1
        for at in range(first, len(places)):
            start, end, key = places[at]
            if start >= span.end:
                break
            if end <= span.end:
                pairs.add((key, seq))
    return pairs


def expected(connection: Connection, seq: int, actors: Mapping[str, str]) -> SearchRows:
    """The search rows that document `seq` should have, from what is kept. `actors`: see `build`."""
    documents, entries = schema.documents, schema.entries
    row = connection.execute(
        select(
            documents.c.id, documents.c.text, documents.c.blocks, documents.c.publisher, documents.c.published
        ).where(documents.c.seq == seq)
    ).one()
    found: list[Standing] = []
    for entry in connection.execute(
        select(entries.c.seq, entries.c.id, entries.c.status, entries.c.value, score_of(entries.c.seq).label("score"))
        .where(
            entries.c.document == seq,
            entries.c.kind.in_(("statement", "entity", "timex", "place", "event", "commitment")),
            entries.c.status != "superseded",
        )
        .order_by(entries.c.seq)
    ):
        value = cells.to_value(entry.value, f"entry {entry.id}")
        if isinstance(value, Indexed):
            found.append(Standing(entry.seq, entry.id, entry.status, value, entry.score))
    blocks = cells.from_json(row.blocks, tuple[Block, ...], f"document {row.id}")
    return build(seq, row.text, blocks, row.publisher, row.published, found, actors)


def index(connection: Connection, seq: int, *, fresh: bool) -> None:
    """Write the search rows of a document; `fresh` where it has none yet. Who its entities are is asked anew, later:
    until then they are who they were, or each an actor by itself."""
    actors = {} if fresh else linking.actors_of(connection, seq)
    if not fresh:
        remove(connection, seq)
    rows = expected(connection, seq, actors)
    first = (connection.execute(select(func.max(schema.passages.c.seq))).scalar() or 0) + 1
    passages = [{"seq": first + number, **row} for number, row in enumerate(rows.passages)]
    for table, new in (
        (schema.passages, passages),
        (schema.statements, rows.statements),
        (schema.entities, rows.entities),
        (schema.about, rows.about),
        (schema.times, rows.times),
        (schema.located, rows.located),
        (schema.acts, rows.acts),
        (schema.parties, rows.parties),
    ):
        if new:
            connection.execute(insert(table), new)
    sqlite.index_rows(connection, "passages", passages)
    sqlite.index_rows(connection, "statements", rows.statements)
    if rows.entities:
        sketches.wait(connection, seq)


def remove(connection: Connection, seq: int) -> None:
    """Take away the search rows of a document."""
    sketches.forget(connection, seq)
    for table in ("passages", "statements"):
        sqlite.unindex_rows(connection, table, seq)
    statements, about = schema.statements, schema.about
    own = select(statements.c.entry).where(statements.c.document == seq)
    connection.execute(delete(about).where(about.c.statement.in_(own)))
    for rows in (
        schema.parties,
        schema.acts,
        schema.located,
        schema.times,
        statements,
        schema.entities,
        schema.passages,
    ):
        connection.execute(delete(rows).where(rows.c.document == seq))
