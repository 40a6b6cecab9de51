"""Reads everything again and says what does not agree: bytes with their hash, texts with their id and the bytes,
values with theirs, selectors with the words, search rows with all of it. A changed character anywhere is found, since
each cell of text stands under a seal, an id, or a row that it can be made from; nothing here trusts a cell before."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import NoResultFound

from onrecord.errors import OnrecordError
from onrecord.ledger import cells, judgements, linking, migration, reading, schema, search_rows, sketches, sqlite
from onrecord.ledger.rows import STATUSES, Problem
from onrecord.ledger.writing import document_cells
from onrecord.model import Document, Entry, document_id, entry_id, judgement_id, kind_of, spans_of
from onrecord.model import select as selector_of

_documents, _sources, _entries = schema.documents, schema.sources, schema.entries

SEALED: dict[Table, tuple[str, ...]] = {
    schema.runs: ("version", "steps", "started", "finished"),
    schema.failures: ("name", "error", "cause", "step", "happened"),
    schema.rejections: ("extractor", "start", "stop", "reason"),
    schema.sources: ("sha256", "media_type", "name", "encoding", "url", "retrieved", "size"),
    schema.documents: (
        "id", "reader", "external_id", "published", "publisher", "language", "title", "authors", "notes", "text",
        "blocks", "edits",
    ),
    schema.entries: ("id", "kind", "position", "value", "selectors"),
    schema.derivations: ("entry", "extractor", "version", "rule", "model_sha256", "score"),
    schema.judgements: ("id", "subject", "verdict", "reason", "who", "decided", "correction"),
    schema.actors: linking.ACTOR_CELLS,
}  # fmt: skip
"""The cells that stand under a row's seal, in its order."""


def verify(connection: Connection) -> Iterator[Problem]:
    """See `Ledger.verify`. One document is held at a time."""
    for cause in sqlite.file_problems(connection):
        yield Problem(subject="the file", place="its pages", cause=cause)
    yield from _marker(connection)
    for table in (schema.runs, schema.failures, schema.rejections):
        for row in connection.execute(select(table).order_by(table.c.seq)):
            yield from _seal(table, row, f"{table.name} {row.seq}")
    yield from _judgements(connection)
    for (seq,) in connection.execute(select(_sources.c.seq).order_by(_sources.c.seq)).all():
        yield from _source(connection, seq)
    for seq, id_, current in connection.execute(
        select(_documents.c.seq, _documents.c.id, _documents.c.current).order_by(_documents.c.seq)
    ).all():
        try:
            yield from _document(connection, seq)
            yield from _search_rows(connection, seq, id_, current)
        except (OnrecordError, NoResultFound, TypeError, ValueError, AttributeError) as error:
            # A cell that is no JSON any more, a row that is gone, bytes and numbers where words should be: SQLite keeps
            # what it is given.
            yield Problem(subject=f"document {id_}", place="its cells", cause=f"they cannot be read ({error})")
    yield from _strays(connection)
    yield from _links(connection)


def indexes(connection: Connection) -> Iterator[Problem]:
    """The full-text indexes against their tables. Needs a write transaction, and changes nothing."""
    for index, cause in sqlite.index_problems(connection):
        yield Problem(subject=f"index {index}", place="its words", cause=f"it does not agree with its table ({cause})")


def _marker(connection: Connection) -> Iterator[Problem]:
    found = {row.name: row.value for row in connection.execute(select(schema.marker))}
    if found != {"format": "onrecord ledger"}:
        yield Problem(
            subject="the file", place="its marker", cause=f"it should say what this is, and says {found}"[:200]
        )
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if version != [migration.HEAD]:
        yield Problem(subject="the file", place="its version", cause=f"{version} is not [{migration.HEAD!r}]"[:200])


def _seal(table: Table, row: Any, subject: str) -> Iterator[Problem]:
    """One problem, which names the cell where it can be told."""
    given = row._mapping
    try:
        made = cells.seal(*(given[name] for name in SEALED[table]))
    except TypeError:  # bytes where text should be
        made = None
    if made != row.seal:
        names = ", ".join(name for name in SEALED[table] if name != "seal")
        yield Problem(subject=subject, place=f"one of {names}", cause="a cell is not what was written")


def _judgements(connection: Connection) -> Iterator[Problem]:
    table = schema.judgements
    for number, row in enumerate(connection.execute(select(table).order_by(table.c.seq))):
        subject = f"judgement {row.id}"
        yield from _seal(table, row, subject)
        try:
            j = judgements.of_row(row)
        except OnrecordError as error:
            yield Problem(subject=subject, place="verdict or correction", cause=str(error))
            continue
        if row.seq != number + 1:
            yield Problem(subject=subject, place="its number", cause=f"it is {row.seq}, and {number} are before it")
        if j.id != judgement_id(row.seq - 1, j.subject, j.verdict, j.correction, j.reason, j.who, j.when):
            yield Problem(subject=subject, place="id", cause="it is not that of the judgement")


def _source(connection: Connection, seq: int) -> Iterator[Problem]:
    row = connection.execute(select(_sources).where(_sources.c.seq == seq)).one()
    subject = f"source {row.sha256} ({row.name})"
    yield from _seal(_sources, row, subject)
    try:
        raw = cells.decompress(row.bytes, row.size, subject)
    except OnrecordError as error:
        yield Problem(subject=subject, place="bytes", cause=str(error))
        return
    if (digest := hashlib.sha256(raw).hexdigest()) != row.sha256:
        yield Problem(subject=subject, place="bytes", cause=f"their SHA-256 is {digest}")


def _document(connection: Connection, seq: int) -> Iterator[Problem]:
    id_ = connection.execute(select(_documents.c.id).where(_documents.c.seq == seq)).scalar_one()
    subject = f"document {id_}"
    row = connection.execute(select(_documents).where(_documents.c.seq == seq)).one()
    yield from _seal(_documents, row, subject)
    document = reading.document_of(connection, row)
    if document_id(document.source.sha256, document.reader, document.text, document.external_id) != id_:
        yield Problem(
            subject=subject, place="id", cause="it is not that of the bytes, the reader, the text and the external id"
        )
    if row.characters != len(document.text):
        yield Problem(subject=subject, place="characters", cause=f"{row.characters} is not {len(document.text)}")
    if document_cells(document) != {name: row._mapping[name] for name in SEALED[_documents]}:
        yield Problem(subject=subject, place="blocks, edits, authors or notes", cause="they are not written as we do")
    yield from _blocks(document, subject)
    try:
        raw = reading.source_bytes(connection, document.source.sha256)
        yield from _origins(document, _decoded(raw, document), subject)
    except OnrecordError as error:
        yield Problem(subject=subject, place="bytes", cause=str(error))
    except (UnicodeDecodeError, LookupError) as error:
        yield Problem(subject=subject, place="bytes", cause=f"they are no text in their encoding ({error})")
    yield from _found(connection, seq, document)


def _blocks(document: Document, subject: str) -> Iterator[Problem]:
    last = 0
    for number, block in enumerate(document.blocks):
        if not last <= block.span.start <= block.span.end <= len(document.text):
            yield Problem(
                subject=subject,
                place=f"block {number}",
                cause=f"{block.span.start} to {block.span.end} overlaps the one before or ends past the text",
            )
        last = block.span.end


def _decoded(raw: bytes, document: Document) -> str:
    """The text that origins count in: without the byte order mark, but for a JSONL record, which is read with it.
    Raises UnicodeDecodeError, LookupError."""
    text = raw.decode(document.source.encoding)
    return text if document.source.media_type == "application/jsonl" else text.removeprefix("\ufeff")


def _origins(document: Document, source: str, subject: str) -> Iterator[Problem]:
    """Each run that was copied, and each edit, against the source."""
    for number, block in enumerate(document.blocks):
        for run in block.origin:
            if run.end - run.start != run.source_end - run.source_start:
                continue
            here, there = document.text[run.start : run.end], source[run.source_start : run.source_end]
            if here != there:
                at = run.start + _first_difference(here, there)
                yield Problem(
                    subject=subject,
                    place=f"text, block {number}, character {at}",
                    cause=f"{document.text[at : at + 20]!r} is not what the bytes say there",
                )
    for number, edit in enumerate(document.edits):
        if edit.kind == "byte_order_mark_removed":
            continue  # origins count without it; see `_decoded`
        if source[edit.source_start : edit.source_end] != edit.removed:
            yield Problem(
                subject=subject,
                place=f"edit {number}, {edit.kind}",
                cause=f"{edit.removed[:40]!r} is not in the bytes there",
            )
        if document.text[edit.at : edit.at + len(edit.inserted)] != edit.inserted:
            yield Problem(
                subject=subject,
                place=f"edit {number}, {edit.kind}",
                cause=f"{edit.inserted[:40]!r} is not in the text there",
            )


def _first_difference(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _found(connection: Connection, seq: int, document: Document) -> Iterator[Problem]:
    """The entries of a document, and what vouches for them."""
    vouched: set[int] = set()
    table = schema.derivations
    for row in connection.execute(
        select(table, _entries.c.id).join(_entries, _entries.c.seq == table.c.entry).where(_entries.c.document == seq)
    ):
        vouched.add(row.entry)
        yield from _seal(table, row, f"derivation {row.seq} of entry {row.id}")
    for row in connection.execute(select(_entries).where(_entries.c.document == seq).order_by(_entries.c.seq)):
        subject = f"entry {row.id} of document {document.id}"
        yield from _seal(_entries, row, subject)
        if row.seq not in vouched:
            yield Problem(subject=subject, place="derivations", cause="there is none, and each entry has one")
        if row.status not in STATUSES:
            yield Problem(subject=subject, place="status", cause=f"{row.status!r} is none of {', '.join(STATUSES)}")
        try:
            value = cells.to_value(row.value, subject)
            selectors = cells.to_selectors(row.selectors, document.id, subject)
        except OnrecordError as error:
            yield Problem(subject=subject, place="value or selectors", cause=str(error))
            continue
        if entry_id(document, value) != row.id:
            yield Problem(subject=subject, place="id", cause="it is not that of the value")
        if kind_of(value) != row.kind or cells.position_of(value) != row.position:
            yield Problem(subject=subject, place="kind or position", cause="it is not that of the value")
        entry = Entry(id=row.id, document=document.id, selectors=selectors, value=value, derivations=())
        yield from _selectors(document, entry, subject)


def _selectors(document: Document, entry: Entry, subject: str) -> Iterator[Problem]:
    spans = spans_of(entry.value)
    if len(spans) != len(entry.selectors):
        yield Problem(subject=subject, place="selectors", cause=f"{len(entry.selectors)} for {len(spans)} spans")
        return
    for number, (span, selector) in enumerate(zip(spans, entry.selectors, strict=True)):
        where = f"selector {number}, characters {span.start} to {span.end}"
        right = selector_of(document, span)
        if not 0 <= span.start <= span.end <= len(document.text):
            yield Problem(subject=subject, place=where, cause="they are past the text")
        for part in ("span", "exact", "prefix", "suffix"):
            if getattr(selector, part) != getattr(right, part):
                cause = f"{getattr(selector, part)!r} is not {getattr(right, part)!r}"
                yield Problem(subject=subject, place=f"{where}, {part}", cause=cause[:300])


def _search_rows(connection: Connection, seq: int, id_: str, current: bool) -> Iterator[Problem]:
    """The search rows of a document against those that it should have."""
    # Who an entity is has no row in the document; `_links` asks whether there is such an actor.
    known = linking.actors_of(connection, seq)
    rows = (
        search_rows.expected(connection, seq, known)
        if current
        else search_rows.SearchRows(*([] for _ in search_rows.SearchRows._fields))
    )
    statements = {row["entry"] for row in rows.statements}
    about = schema.about
    own = select(schema.statements.c.entry).where(schema.statements.c.document == seq)
    for table, expected, query in (
        (schema.passages, rows.passages, None),
        (schema.statements, rows.statements, None),
        (schema.entities, rows.entities, None),
        (about, rows.about, select(about).where(about.c.statement.in_(own) | about.c.statement.in_(statements))),
        (schema.times, rows.times, None),
        (schema.located, rows.located, None),
        (schema.acts, rows.acts, None),
        (schema.parties, rows.parties, None),
    ):
        given = connection.execute(query if query is not None else select(table).where(table.c.document == seq))
        found = [{name: cell for name, cell in row._mapping.items() if name != "seq"} for row in given]
        yield from _compare(table.name, expected, found, f"document {id_}")


def _compare(
    table: str, expected: Iterable[dict[str, Any]], found: Iterable[dict[str, Any]], subject: str
) -> Iterator[Problem]:
    """Rows are put side by side by what they are of, so that a cell that differs can be named."""
    keys = {
        "passages": ("block",),
        "statements": ("entry",),
        "entities": ("entry",),
        "about": ("actor", "statement", "key"),
        "times": ("entry", "statement"),
        "located": ("place", "entry"),
        "acts": ("entry",),
        "parties": ("actor", "entry", "slot", "key"),
    }[table]
    by_key: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        by_key[tuple(row[key] for key in keys)].append(row)
    for row in expected:
        key = tuple(row[name] for name in keys)
        there = by_key.pop(key, [])
        where = f"search table {table}, row of {', '.join(f'{n} {v}' for n, v in zip(keys, key, strict=True))}"
        if len(there) != 1:
            yield Problem(subject=subject, place=where, cause=f"it is there {len(there)} times; see `Ledger.reindex`")
            continue
        for name, cell in row.items():
            if there[0][name] != cell:
                cause = f"{str(there[0][name])[:80]!r} should be {str(cell)[:80]!r}"
                yield Problem(subject=subject, place=f"{where}, {name}", cause=cause)
    for key in by_key:
        yield Problem(subject=subject, place=f"search table {table}", cause=f"a row of {key} should not be there")


def _strays(connection: Connection) -> Iterator[Problem]:
    """What belongs to no document, which `_search_rows` cannot meet, and marks that are neither yes nor no."""
    for (id_,) in connection.execute(text("SELECT id FROM documents WHERE current IS NOT 0 AND current IS NOT 1")):
        yield Problem(subject=f"document {id_}", place="current", cause="it is neither yes nor no")
    for table in (
        schema.passages,
        schema.statements,
        schema.entities,
        schema.times,
        schema.located,
        schema.acts,
        schema.parties,
    ):
        known = select(_documents.c.seq)
        for row in connection.execute(select(table).where(table.c.document.not_in(known))):
            yield Problem(subject=f"search table {table.name}", place=f"{row[0]}", cause="its document is not there")
    known = select(schema.statements.c.entry)
    for row in connection.execute(select(schema.about).where(schema.about.c.statement.not_in(known))):
        yield Problem(subject="search table about", place=f"{row.key}", cause="its statement is not there")


def _links(connection: Connection) -> Iterator[Problem]:
    """Sketches, buckets and actors: each under a seal, or made from what is."""
    documents, table, buckets = schema.documents.c, schema.sketches, schema.buckets
    expected: Counter[str] = Counter()
    query = select(table, documents.id, documents.current).outerjoin(
        schema.documents, documents.seq == table.c.document
    )
    for row in connection.execute(query):
        subject = f"sketches of document {row.id}"
        try:
            given = sketches.seal(row.id, row.version, row.size, row.sketches) == row.seal
            held = sketches.unpacked(row) if given else {}
        except (OnrecordError, TypeError) as error:
            yield Problem(subject=subject, place="its cells", cause=f"they cannot be read ({error})")
            continue
        if not given or not row.current:
            yield Problem(subject=subject, place="its cells", cause="they are not what was written")
        for key, (_, names) in held.items():
            for name in names:
                there = (buckets.c.name == name, buckets.c.key == key, buckets.c.document == row.id)
                expected[name] += 1
                if connection.execute(select(buckets.c.key).where(*there)).first() is None:
                    yield Problem(subject=f"bucket {name}", place="its members", cause=f"{key} of {row.id} is missing")
    for name, n in connection.execute(select(buckets.c.name, func.count()).group_by(buckets.c.name)):
        if n != expected[name]:
            yield Problem(subject=f"bucket {name}", place="its members", cause=f"{n}, and should be {expected[name]}")
    yield from _actors(connection)


def _actors(connection: Connection) -> Iterator[Problem]:
    table, entities = schema.actors, schema.entities
    for row in connection.execute(select(table)):
        yield from _seal(table, row, f"actor {row.id}")
    waiting = [select(schema.stale.c.bucket), select(schema.unlinked.c.document)]
    if any(connection.execute(query.limit(1)).first() for query in waiting):
        return  # between two transactions of linking an actor may be held that is told of again in the next
    told = select(table.c.id).where(table.c.id == entities.c.actor).exists()
    unknown = select(entities.c.actor).where(entities.c.actor != entities.c.key, ~told)
    for (id_,) in connection.execute(unknown.distinct()):
        yield Problem(subject=f"actor {id_}", place="search table entities", cause="there is no such actor")
    held = select(entities.c.entry).where(entities.c.actor == table.c.id).exists()
    for (id_,) in connection.execute(select(table.c.id).where(~held)):
        yield Problem(subject=f"actor {id_}", place="actors", cause="no entity is this actor")
