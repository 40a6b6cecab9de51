"""Documents, entries, runs and failures, out of the ledger. Each function works inside a transaction of its caller."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Literal, TypedDict

from sqlalchemy import Connection, Select, Table, and_, exists, func, or_, select

from onrecord.errors import NotFound
from onrecord.ledger import cells, happened, schema, sqlite
from onrecord.ledger.rows import STANDING, STATUSES, DocumentRow, EntryRow, FailureRow, Page, Rejection, RunRow, Status
from onrecord.model import Block, Derivation, Document, Edit, Entry, EntryKind, Source, Span

ID = re.compile(r"[0-9a-f]{4,20}")
_CHUNK = 500  # values in one IN (...)

_documents, _sources, _entries, _runs = schema.documents, schema.sources, schema.entries, schema.runs


def resolve(connection: Connection, table: Table, given: str, noun: str, *only: Any) -> tuple[int, str]:
    """(seq, id) of a row from its id or the beginning of it, four characters at least. Raises NotFound."""
    ids = table.c.id
    # "g" sorts after every hexadecimal digit, so that the range is all ids that begin so.
    query = select(table.c.seq, ids).where(ids >= given, ids < given + "g", *only).limit(4)
    rows = connection.execute(query).all() if ID.fullmatch(given) else []
    if not rows:
        raise NotFound(f"{noun} {given[:40]}: there is none in this ledger; `onrecord list {noun}` shows what there is")
    if len(rows) > 1:
        several = ", ".join(row.id for row in rows[:3])
        raise NotFound(f"{noun} {given}: several begin so ({several}); give more of the id")
    return rows[0].seq, rows[0].id


def known(connection: Connection, sha256s: Iterable[str], readers: Collection[str], version: str) -> set[str]:
    """See `Ledger.known`."""
    found: set[str] = set()
    d = _documents.c
    # EXISTS, so that each hash is looked up: a join would begin with all current documents.
    extracted = (
        select(d.seq)
        .join(_runs, _runs.c.seq == d.run)
        .where(d.source == _sources.c.seq, d.current, d.reader.in_(list(readers)), _runs.c.version == version)
        .exists()
    )
    for chunk in chunks(sha256s):
        found.update(
            connection.execute(select(_sources.c.sha256).where(_sources.c.sha256.in_(chunk), extracted)).scalars()
        )
    return found


def document(connection: Connection, given: str) -> Document:
    """See `Ledger.document`."""
    seq, _ = resolve(connection, _documents, given, "document")
    return document_of(connection, connection.execute(select(_documents).where(_documents.c.seq == seq)).one())


def document_of(connection: Connection, row: Any) -> Document:
    """The document of a row of `documents`. Raises LedgerError where a cell was tampered with."""
    source = connection.execute(_source_query().where(_sources.c.seq == row.source)).one()
    where = f"document {row.id}"
    return Document(
        id=row.id,
        source=Source(**source._mapping),
        reader=row.reader,
        text=row.text,
        blocks=cells.from_json(row.blocks, tuple[Block, ...], where),
        edits=cells.from_json(row.edits, tuple[Edit, ...], where),
        title=row.title,
        authors=cells.from_json(row.authors, tuple[str, ...], where),
        publisher=row.publisher,
        language=row.language,
        published=row.published,
        external_id=row.external_id,
        notes=cells.from_json(row.notes, tuple[str, ...], where),
    )


def _source_query() -> Select[Any]:
    c = _sources.c
    return select(c.sha256, c.media_type, c.name, c.encoding, c.url, c.retrieved)


def source_bytes(connection: Connection, sha256: str) -> bytes:
    """See `Ledger.source_bytes`."""
    row = connection.execute(select(_sources.c.bytes, _sources.c.size).where(_sources.c.sha256 == sha256)).first()
    if row is None:
        raise NotFound(
            f"source {sha256[:64]}: there is none in this ledger; `onrecord list document` shows what there is"
        )
    return cells.decompress(row.bytes, row.size, f"source {sha256}")


def document_query() -> Select[Any]:
    """All that a `DocumentRow` needs, and `seq`."""
    d, s, statements = _documents.c, _sources.c, schema.statements
    count = select(func.count()).where(statements.c.document == d.seq).correlate(_documents).scalar_subquery()
    return select(
        d.seq, d.id, d.title, d.publisher, d.published, d.authors, s.name, s.url, s.retrieved, d.external_id,
        d.language, s.media_type, d.reader, s.sha256.label("source_sha256"), d.characters,
        count.label("statements"), d.current, d.run,
    ).join(_sources, s.seq == d.source)  # fmt: skip


def document_row(row: Any) -> DocumentRow:
    cell = dict(row._mapping)
    cell.pop("seq")
    authors = cells.from_json(cell.pop("authors"), tuple[str, ...], f"document {cell['id']}")
    return DocumentRow(authors=authors, run=str(cell.pop("run")), **cell)


def one_document_row(connection: Connection, given: str) -> DocumentRow:
    """See `Ledger.document_row`."""
    seq, _ = resolve(connection, _documents, given, "document")
    return document_row(connection.execute(document_query().where(_documents.c.seq == seq)).one())


Lack = Literal["published", "publisher", "authors", "statements"]
"""What a document may lack: its date, its outlet, its authors, any statement."""


class DocumentFilter(TypedDict, total=False):
    """Which documents; see `Ledger.documents`."""

    publisher: str | None
    published_from: str | None
    published_to: str | None
    happened: str | None
    external_id: str | None
    source_sha256: str | None
    superseded: bool
    lacking: Lack | None


def documents(connection: Connection, wanted: DocumentFilter, after: str | None, limit: int) -> Page[DocumentRow]:
    """See `Ledger.documents`."""
    d = _documents.c
    query = document_query().where(*_document_conditions(wanted))
    if after:
        seq, _ = resolve(connection, _documents, after, "document")
        published = connection.execute(select(d.published).where(d.seq == seq)).scalar()
        # Newest first, those without a date last; SQLite and this comparison both take NULL for the oldest.
        later = and_(d.published.is_not_distinct_from(published), d.seq > seq)
        query = query.where(later if published is None else or_(d.published < published, d.published.is_(None), later))
    rows = connection.execute(query.order_by(d.published.desc().nulls_last(), d.seq).limit(limit + 1)).all()
    shown = tuple(document_row(row) for row in rows[:limit])
    return Page(rows=shown, after=shown[-1].id if len(rows) > limit else None)


def count_documents(connection: Connection, wanted: DocumentFilter) -> int:
    """See `Ledger.count_documents`."""
    query = select(func.count()).select_from(_documents).join(_sources, _sources.c.seq == _documents.c.source)
    return int(connection.execute(query.where(*_document_conditions(wanted))).scalar_one())


def _document_conditions(wanted: DocumentFilter) -> Iterator[Any]:
    d = _documents.c
    if not wanted.get("superseded"):
        yield d.current
    if publisher := wanted.get("publisher"):
        yield d.publisher == sqlite.bindable(publisher)
    if external_id := wanted.get("external_id"):
        yield d.external_id == sqlite.bindable(external_id)
    if source_sha256 := wanted.get("source_sha256"):
        yield _sources.c.sha256 == source_sha256
    if begin := wanted.get("published_from"):
        yield since(d.published, begin)
    if end := wanted.get("published_to"):
        yield until(d.published, end)
    if days := wanted.get("happened"):
        yield d.seq.in_(happened.documents(days))
    if lack := wanted.get("lacking"):
        if lack == "authors":
            yield d.authors == "[]"
        elif lack == "statements":
            statements = schema.statements.c
            yield ~select(statements.entry).where(statements.document == d.seq).exists()
        else:
            yield d[lack].is_(None)


def since(column: Any, begin: str) -> Any:
    """Published at `begin` or later, both ISO prefixes. One that is less precise than `begin` (`2023-05` when asked
    from `2023-05-10`) may be later, and is in."""
    shorter = [begin[:length] for length in (4, 7, 10) if length < len(begin)]
    return or_(column >= begin, column.in_(shorter)) if shorter else column >= begin


def until(column: Any, end: str) -> Any:
    """Published within `end` or earlier: "~" sorts after all that can follow in a date."""
    return and_(column < end + "~", column != "")


def entry_rows(connection: Connection, query: Select[Any]) -> list[EntryRow]:
    """`query` selects from `entry_query()`; derivations are fetched for all of them together."""
    rows = connection.execute(query).all()
    derivations: dict[int, list[Derivation]] = {row.seq: [] for row in rows}
    table = schema.derivations
    for chunk in chunks(derivations):
        for d in connection.execute(select(table).where(table.c.entry.in_(chunk)).order_by(table.c.seq)):
            derivations[d.entry].append(
                Derivation(
                    extractor=d.extractor, version=d.version, rule=d.rule, model_sha256=d.model_sha256, score=d.score
                )
            )
    return [_entry_row(row, tuple(derivations[row.seq])) for row in rows]


def _entry_row(row: Any, derivations: tuple[Derivation, ...]) -> EntryRow:
    where = f"entry {row.id}"
    entry = Entry(
        id=row.id,
        document=row.document,
        selectors=cells.to_selectors(row.selectors, row.document, where),
        value=cells.to_value(row.value, where),
        derivations=derivations,
        run=str(row.run),
    )
    return EntryRow(entry=entry, status=row.status)


def entry_query() -> Select[Any]:
    e = _entries.c
    return select(e.seq, e.id, _documents.c.id.label("document"), e.status, e.run, e.value, e.selectors).join_from(
        _entries, _documents, _documents.c.seq == e.document
    )


def entry(connection: Connection, given: str) -> EntryRow:
    """See `Ledger.entry`."""
    seq, _ = resolve(connection, _entries, given, "entry")
    return entry_rows(connection, entry_query().where(_entries.c.seq == seq))[0]


def entries(
    connection: Connection,
    *,
    document: str | None,
    kinds: Sequence[EntryKind] | None,
    statuses: Sequence[Status] | None,
    after: str | None,
    limit: int | None,
) -> Page[EntryRow]:
    """See `Ledger.entries`."""
    e = _entries.c
    query = entry_query()
    if document:
        query = query.where(e.document == resolve(connection, _documents, document, "document")[0])
    elif statuses is None:
        query = query.where(_documents.c.current)
    if kinds is not None:
        query = query.where(e.kind.in_(list(kinds)))
    wanted = STANDING if statuses is None else statuses
    # What is not wanted, rather than what is: so an index by kind serves, and hands the entries over in order.
    query = query.where(e.status.not_in([status for status in STATUSES if status not in wanted]))
    if after:
        seq, _ = resolve(connection, _entries, after, "entry")
        if document:
            position = connection.execute(select(e.position).where(e.seq == seq)).scalar_one()
            query = query.where(or_(e.position > position, and_(e.position == position, e.seq > seq)))
        else:
            query = query.where(e.seq > seq)
    query = query.order_by(e.position, e.seq) if document else query.order_by(e.seq)
    if limit is not None:
        query = query.limit(limit + 1)
    rows = entry_rows(connection, query)
    shown = tuple(rows[:limit])
    return Page(rows=shown, after=shown[-1].entry.id if limit is not None and len(rows) > limit else None)


def runs(connection: Connection) -> list[RunRow]:
    """See `Ledger.runs`."""
    return [run_row(row) for row in connection.execute(select(_runs).order_by(_runs.c.seq.desc()))]


def run_row(row: Any) -> RunRow:
    steps = cells.from_json(row.steps, tuple[str, ...], f"run {row.seq}")
    return RunRow(id=str(row.seq), version=row.version, steps=steps, started=row.started, finished=row.finished)


def failure_query() -> Select[Any]:
    """The last failure of each input that no later run has read."""
    table = schema.failures
    later = table.alias()
    read = select(_documents.c.seq).join(_sources, _sources.c.seq == _documents.c.source)
    return select(table).where(
        ~exists().where(later.c.name == table.c.name, later.c.seq > table.c.seq),
        ~read.where(_sources.c.name == table.c.name, _documents.c.run > table.c.run).exists(),
    )


def failures(connection: Connection, *, every: bool, limit: int) -> list[FailureRow]:
    """See `Ledger.failures`."""
    table = schema.failures
    query = select(table) if every else failure_query()
    return [
        FailureRow(
            name=row.name, error=row.error, cause=row.cause, step=row.step, happened=row.happened, run=str(row.run)
        )
        for row in connection.execute(query.order_by(table.c.seq.desc()).limit(limit))
    ]


def rejections(connection: Connection, *, document: str | None, limit: int) -> list[Rejection]:
    """See `Ledger.rejections`."""
    table = schema.rejections
    query = select(table, _documents.c.id).join(_documents, _documents.c.seq == table.c.document)
    if document:
        query = query.where(table.c.document == resolve(connection, _documents, document, "document")[0])
    return [
        Rejection(
            extractor=row.extractor,
            span=Span(start=row.start, end=row.stop),
            reason=row.reason,
            document=row.id,
            run=str(row.run),
        )
        for row in connection.execute(query.order_by(table.c.seq).limit(limit))
    ]


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    whole = list(values)
    for start in range(0, len(whole), _CHUNK):
        yield whole[start : start + _CHUNK]
