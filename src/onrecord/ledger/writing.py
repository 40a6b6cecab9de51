"""What goes into the ledger. Each function works inside a write transaction that its caller began."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from onrecord.ledger import cells, schema, search_rows, sqlite
from onrecord.ledger.rows import Added, Rejection
from onrecord.model import Derivation, Document, Entry, Source, entry_id, kind_of, spans_of
from onrecord.model import select as selector_of


def next_seq(connection: Connection, table: Table) -> int:
    """The number for the next row: nobody else writes while we do."""
    return (connection.execute(select(func.max(table.c.seq))).scalar() or 0) + 1


def add(
    connection: Connection,
    raw: bytes,
    document: Document,
    entries: Iterable[Entry],
    run: int,
    rejections: Sequence[Rejection],
) -> Added:
    """See `Ledger.add`."""
    document = cells.tidy_document(document)
    merged = _merged(document, entries)
    seq, new, touched = _keep_document(connection, raw, document, run)
    kept = _keep_entries(connection, seq, merged.values(), run)
    rejected = _keep_rejections(connection, seq, rejections, run)
    if touched or kept.changed:
        search_rows.index(connection, seq, fresh=new)
    return Added(
        document=document.id,
        new=new,
        changed=touched or kept.changed or rejected,
        added=kept.added,
        kept=kept.found,
        superseded=kept.superseded,
    )


def _merged(document: Document, entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by id, in the order of the article; two that agree are one, with the derivations of both.

    Raises ValueError where an entry does not belong to the document or does not open on its words: that is a fault in
    an extractor, and must not get in.
    """
    merged: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: cells.position_of(entry.value)):
        if entry.document != document.id or entry.id != entry_id(document, entry.value):
            raise ValueError(f"entry {entry.id} is not of document {document.id}, or its id is not that of its value")
        if entry.selectors != tuple(selector_of(document, span) for span in spans_of(entry.value)):
            raise ValueError(f"entry {entry.id} of document {document.id} has selectors that do not open on its words")
        before = merged.get(entry.id)
        derivations = dict.fromkeys((*(before.derivations if before else ()), *entry.derivations))
        merged[entry.id] = msgspec.structs.replace(entry, derivations=tuple(derivations))
    return merged


def _keep_source(connection: Connection, raw: bytes, source: Source) -> int:
    row = connection.execute(select(schema.sources.c.seq).where(schema.sources.c.sha256 == source.sha256)).first()
    if row:
        return int(row.seq)
    if hashlib.sha256(raw).hexdigest() != source.sha256:
        raise ValueError(f"{source.name}: the bytes do not have the SHA-256 that the document states")
    seq = next_seq(connection, schema.sources)
    cell = {
        "sha256": source.sha256,
        "media_type": source.media_type,
        "name": source.name,
        "encoding": source.encoding,
        "url": source.url,
        "retrieved": source.retrieved,
        "size": len(raw),
    }
    connection.execute(
        insert(schema.sources).values(seq=seq, seal=cells.seal(*cell.values()), bytes=cells.compress(raw), **cell)
    )
    return seq


def _keep_document(connection: Connection, raw: bytes, document: Document, run: int) -> tuple[int, bool, bool]:
    """(number of the row, whether it is new, whether anything was written)."""
    documents, runs = schema.documents, schema.runs
    row = connection.execute(
        select(documents.c.seq, documents.c.current, documents.c.source, runs.c.version)
        .join(runs, runs.c.seq == documents.c.run)
        .where(documents.c.id == document.id)
    ).first()
    if row:
        version = connection.execute(select(runs.c.version).where(runs.c.seq == run)).scalar()
        if row.current and row.version == version:
            return row.seq, False, False
        connection.execute(update(documents).where(documents.c.seq == row.seq).values(run=run, current=True))
        _supersede_documents(connection, row.source, row.seq, document)
        return row.seq, False, True
    source = _keep_source(connection, raw, document.source)
    seq = next_seq(connection, documents)
    cell = document_cells(document)
    connection.execute(
        insert(documents).values(
            seq=seq,
            source=source,
            added=run,
            run=run,
            current=True,
            characters=len(document.text),
            seal=cells.seal(*cell.values()),
            **cell,
        )
    )
    _supersede_documents(connection, source, seq, document)
    return seq, True, True


def document_cells(document: Document) -> dict[str, Any]:
    """The sealed cells of a document's row, in the order of the seal."""
    return {
        "id": document.id,
        "reader": document.reader,
        "external_id": document.external_id,
        "published": document.published,
        "publisher": document.publisher,
        "language": document.language,
        "title": document.title,
        "authors": cells.to_json(document.authors),
        "notes": cells.to_json(document.notes),
        "text": document.text,
        "blocks": cells.to_json(document.blocks),
        "edits": cells.to_json(document.edits),
    }


def _supersede_documents(connection: Connection, source: int, seq: int, document: Document) -> None:
    """What another reader made of the same record is history from now on."""
    documents, entries = schema.documents, schema.entries
    for (old,) in connection.execute(
        select(documents.c.seq).where(
            documents.c.source == source,
            documents.c.seq != seq,
            documents.c.current,
            documents.c.reader != document.reader,
            documents.c.external_id.is_not_distinct_from(document.external_id),
        )
    ).all():
        connection.execute(update(documents).where(documents.c.seq == old).values(current=False))
        connection.execute(
            update(entries).where(entries.c.document == old, entries.c.status == "proposed").values(status="superseded")
        )
        search_rows.remove(connection, old)


class _Kept(NamedTuple):
    added: int
    found: int
    superseded: int
    changed: bool


def _keep_entries(connection: Connection, document: int, found: Iterable[Entry], run: int) -> _Kept:
    entries = schema.entries
    before = {
        row.id: row
        for row in connection.execute(
            select(entries.c.seq, entries.c.id, entries.c.status).where(entries.c.document == document)
        )
    }
    seq = next_seq(connection, entries)
    new: list[dict[str, Any]] = []
    vouched: list[tuple[int, Derivation]] = []
    revived: list[int] = []
    count = 0
    for entry in found:
        count += 1
        row = before.pop(entry.id, None)
        if row is None:
            new.append(_entry_row(seq, document, entry, run))
        elif row.status == "superseded":
            revived.append(row.seq)
        vouched.extend((row.seq if row else seq, derivation) for derivation in entry.derivations)
        seq += row is None
    # What a person has decided stays decided, whether or not it is found again.
    lost = [row.seq for row in before.values() if row.status == "proposed"]
    if new:
        connection.execute(insert(entries), new)
    _set_status(connection, revived, "proposed")
    _set_status(connection, lost, "superseded")
    derived = _keep_derivations(connection, document, vouched, run)
    return _Kept(len(new), count - len(new), len(lost), bool(new or revived or lost or derived))


def _entry_row(seq: int, document: int, entry: Entry, run: int) -> dict[str, Any]:
    cell = {
        "id": entry.id,
        "kind": kind_of(entry.value),
        "position": cells.position_of(entry.value),
        "value": cells.to_json(entry.value),
        "selectors": cells.from_selectors(entry.selectors),
    }
    return {
        "seq": seq,
        "document": document,
        "run": run,
        "status": "proposed",
        "seal": cells.seal(*cell.values()),
        **cell,
    }


def _set_status(connection: Connection, seqs: list[int], status: str) -> None:
    if seqs:
        connection.execute(update(schema.entries).where(schema.entries.c.seq.in_(seqs)).values(status=status))


def _keep_derivations(connection: Connection, document: int, vouched: list[tuple[int, Derivation]], run: int) -> bool:
    table, entries = schema.derivations, schema.entries
    before = {
        (row.entry, row.extractor, row.version, row.rule, row.model_sha256, row.score)
        for row in connection.execute(
            select(table).join(entries, entries.c.seq == table.c.entry).where(entries.c.document == document)
        )
    }
    seq = next_seq(connection, table)
    rows: list[dict[str, Any]] = []
    for entry, d in vouched:
        if (entry, d.extractor, d.version, d.rule, d.model_sha256, d.score) not in before:
            cell = {"entry": entry, **msgspec.structs.asdict(d)}
            rows.append({"seq": seq + len(rows), "run": run, "seal": cells.seal(*cell.values()), **cell})
    if rows:
        connection.execute(insert(table), rows)
    return bool(rows)


def _keep_rejections(connection: Connection, document: int, rejections: Sequence[Rejection], run: int) -> bool:
    table = schema.rejections
    before = {
        (row.extractor, row.start, row.stop, row.reason)
        for row in connection.execute(select(table).where(table.c.document == document))
    }
    seq = next_seq(connection, table)
    rows: list[dict[str, Any]] = []
    for rejection in dict.fromkeys(rejections):
        cell = {
            "extractor": rejection.extractor,
            "start": rejection.span.start,
            "stop": rejection.span.end,
            "reason": rejection.reason,
        }
        if tuple(cell.values()) not in before:
            seal = cells.seal(*cell.values())
            rows.append({"seq": seq + len(rows), "run": run, "document": document, "seal": seal, **cell})
    if rows:
        connection.execute(insert(table), rows)
    return bool(rows)


def begin_run(connection: Connection, version: str, steps: Sequence[str], started: str) -> int:
    """See `Ledger.begin_run`."""
    seq = next_seq(connection, schema.runs)
    cell = {"version": version, "steps": cells.to_json(tuple(steps)), "started": started, "finished": None}
    connection.execute(insert(schema.runs).values(seq=seq, seal=cells.seal(*cell.values()), **cell))
    return seq


def finish_run(connection: Connection, run: int, finished: str) -> None:
    """See `Ledger.finish_run`. The seal is made anew, for this cell is written later than the others."""
    runs = schema.runs
    row = connection.execute(select(runs).where(runs.c.seq == run)).one()
    seal = cells.seal(row.version, row.steps, row.started, finished)
    connection.execute(update(runs).where(runs.c.seq == run).values(finished=finished, seal=seal))


def fail(connection: Connection, run: int, cell: dict[str, str]) -> None:
    """See `Ledger.fail`."""
    seq = next_seq(connection, schema.failures)
    connection.execute(insert(schema.failures).values(seq=seq, run=run, seal=cells.seal(*cell.values()), **cell))


def reindex(connection: Connection) -> None:
    """Make all search rows anew from what is kept. All documents wait to be linked then."""
    for table in (*schema.LINKED, *schema.DERIVED):
        connection.execute(delete(table))
    sqlite.rebuild_index(connection)  # of the empty tables: whatever was in the index goes
    documents = schema.documents
    for (seq,) in connection.execute(select(documents.c.seq).where(documents.c.current)).all():
        search_rows.index(connection, seq, fresh=True)
