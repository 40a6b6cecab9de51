"""What each document tells of its entities, for a linker, and the buckets in which they can meet others."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select

from onrecord.ledger import cells, reading, schema
from onrecord.model import Cluster, Document, Entity, Judgement, MentionKind, Settled, Sketch

_n, _d, _b = schema.entities.c, schema.documents.c, schema.buckets.c


class Linker(NamedTuple):
    """What the ledger is told of linking. `sketch`: what a document tells of one of its entities, beside the others.
    `block`: the buckets of a type and name; `meets`: those of an entity, by all its names. `link`: the clusters of some
    buckets. `settle`: these as people judged them."""

    version: str
    sketch: Callable[[Document, Entity, Sequence[Entity]], Sketch]
    block: Callable[[MentionKind, str], str | tuple[str, ...]]
    meets: Callable[[Sketch], tuple[str, ...]]
    link: Callable[[Iterable[Sketch]], list[Cluster]]
    settle: Callable[[Sequence[Cluster], Sequence[Sketch], Sequence[Judgement]], list[Settled]]

    def buckets(self, type_: MentionKind, name: str) -> tuple[str, ...]:
        found = self.block(type_, name)
        return tuple(dict.fromkeys((found,) if isinstance(found, str) else found))


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """An entity of a document, as its `sketches` cell holds it."""

    sketch: Sketch
    buckets: tuple[str, ...]


_DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])


def forget(connection: Connection, seq: int) -> None:
    """Take away what links a document. Its buckets are to be linked anew without it."""
    sketches, actors = schema.sketches, schema.actors
    row = connection.execute(select(sketches, _d.id).join(schema.documents).where(sketches.c.document == seq)).first()
    if row:
        for key, (_, names) in unpacked(row).items():
            mark_stale(connection, names)
            for name in names:
                connection.execute(delete(schema.buckets).where(_b.name == name, _b.key == key, _b.document == row.id))
        connection.execute(delete(sketches).where(sketches.c.document == seq))
    own = select(_n.actor).where(_n.document == seq)
    others = schema.entities.alias()
    elsewhere = select(others.c.entry).where(others.c.actor == actors.c.id, others.c.document != seq).exists()
    connection.execute(delete(actors).where(actors.c.id.in_(own), ~elsewhere))
    connection.execute(delete(schema.unlinked).where(schema.unlinked.c.document == seq))


def wait(connection: Connection, seq: int) -> None:
    """Note that a document is to be linked."""
    connection.execute(insert(schema.unlinked).prefix_with("OR IGNORE").values(document=seq))


def waits(connection: Connection, linker: Linker) -> bool:
    """Whether anything is to be linked."""
    table = schema.sketches.c
    return any(
        connection.execute(query.limit(1)).first()
        for query in (
            select(schema.unlinked.c.document),
            select(schema.stale.c.bucket),
            select(table.document).where(or_(table.version < linker.version, table.version > linker.version)),
        )
    )


def sketch(connection: Connection, linker: Linker, limit: int) -> int:
    """Sketch some documents that wait, and those of another version of the linker. Gives how many."""
    sketches, waiting = schema.sketches, schema.unlinked
    other = or_(sketches.c.version < linker.version, sketches.c.version > linker.version)
    seqs = list(connection.execute(select(waiting.c.document).order_by(waiting.c.document).limit(limit)).scalars())
    seqs += connection.execute(select(sketches.c.document).where(other).limit(limit - len(seqs))).scalars()
    for seq in dict.fromkeys(seqs):
        _sketch_one(connection, linker, seq)
    connection.execute(delete(waiting).where(waiting.c.document.in_(seqs)))
    return len(seqs)


def _sketch_one(connection: Connection, linker: Linker, seq: int) -> None:
    forgotten = connection.execute(select(schema.sketches.c.document).where(schema.sketches.c.document == seq)).first()
    if forgotten:
        forget(connection, seq)
    document = reading.document_of(connection, connection.execute(select(schema.documents).where(_d.seq == seq)).one())
    entries = schema.entries.c
    rows = connection.execute(
        select(entries.id, entries.value)
        .where(entries.document == seq, entries.kind == "entity", entries.status != "superseded")
        .order_by(entries.position, entries.seq)
    )
    entities = [value for row in rows if isinstance(value := cells.to_value(row.value, f"entry {row.id}"), Entity)]
    kept: dict[str, _Kept] = {}
    for entity in entities:
        # Two entries of one key in a document are one: what a person accepted and what a later run found.
        if entity.key not in kept:
            sketched = linker.sketch(document, entity, entities)
            kept[entity.key] = _Kept(sketched, linker.meets(sketched))
    if not kept:
        return
    raw = msgspec.json.encode(kept)
    packed = cells.compress(raw)
    cell = {"version": linker.version, "size": len(raw)}
    made = seal(document.id, linker.version, len(raw), packed)
    connection.execute(insert(schema.sketches).values(document=seq, seal=made, sketches=packed, **cell))
    rows_of = [
        {"name": name, "key": key, "document": document.id} for key, each in kept.items() for name in each.buckets
    ]
    connection.execute(insert(schema.buckets), rows_of)
    mark_stale(connection, [row["name"] for row in rows_of])


def seal(document: str, version: str, size: int, packed: bytes) -> int:
    return cells.seal(document, version, size, hashlib.sha256(packed).hexdigest())


def unpacked(row: Any) -> dict[str, tuple[Sketch, tuple[str, ...]]]:
    """Key -> (sketch, buckets), of a row of `sketches` with the document's id. Raises LedgerError."""
    raw = cells.decompress(row.sketches, row.size, f"sketches of document {row.id}")
    found = cells.from_json(raw, dict[str, _Kept], f"sketches of document {row.id}")
    return {key: (each.sketch, each.buckets) for key, each in found.items()}


def sketches_of(connection: Connection, seq: int) -> dict[str, tuple[Sketch, tuple[str, ...]]]:
    """Key -> (sketch, buckets) of the entities of a document that was linked."""
    table = schema.sketches
    row = connection.execute(select(table, _d.id).join(schema.documents).where(table.c.document == seq)).first()
    return unpacked(row) if row else {}


def mark_stale(connection: Connection, names: Iterable[str]) -> None:
    rows = [{"bucket": name} for name in dict.fromkeys(names)]
    if rows:
        connection.execute(insert(schema.stale).prefix_with("OR IGNORE"), rows)


_Loaded = tuple[tuple[str, str], tuple[Sketch, tuple[str, ...]]]


def load(connection: Connection, members: Sequence[tuple[str, str]]) -> Iterator[_Loaded]:
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for document, key in members:
        wanted[document].append(key)
    table = schema.sketches.c
    for chunk in reading.chunks(wanted):
        for row in connection.execute(
            select(_d.id, table.size, table.sketches)
            .join(schema.sketches, table.document == _d.seq)
            .where(_d.id.in_(chunk))
        ):
            where = f"sketches of document {row.id}"
            raw = cells.decompress(row.sketches, row.size, where)
            found = _DECODER.decode(raw)  # a document tells of many entities, and one is wanted
            for key in wanted[row.id]:
                each = cells.from_json(bytes(found[key]), _Kept, where)
                yield (row.id, key), (each.sketch, each.buckets)
