"""Statements: searched, filtered, counted. Each function works inside a transaction of its caller."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, func, or_, select

from onrecord.ledger import cells, happened, linking, schema, sqlite
from onrecord.ledger.reading import chunks, resolve, since, until
from onrecord.ledger.rows import Count, Facets, FacetValue, Found, Page, StatementFilter, StatementOrder, StatementRow
from onrecord.ledger.search_rows import UNSCORED, score_of
from onrecord.model import Span, Statement, Voice, voices, with_actors

CAP = 10_000
"""Where counts stop."""

_DEPTH = 64  # statements in statements that a chain is followed through; a tampered parent could go round
_VALUES = 30  # values shown of each facet

_s, _d, _e = schema.statements.c, schema.documents.c, schema.entries.c


def seqs(connection: Connection, asked: StatementFilter, *columns: Any) -> Select[Any] | None:
    """The query for what is asked, over `columns` of `statements`; None where the search words hold no word, or the
    document is not there."""
    query = select(*columns).select_from(schema.statements)
    given = {name: sqlite.bindable(each) for name, each in msgspec.structs.asdict(asked).items() if each}
    asked = StatementFilter(**given)
    words: list[str] = []
    if asked.q:
        found = sqlite.match(asked.q)
        if found is None:
            return None
        words.append(f"({found})")
    if asked.speaker:
        actor = linking.actor_of(connection, asked.speaker)
        exact = select(_s.entry).where(_s.speaker == actor).limit(1)
        if connection.execute(exact).first():
            query = query.where(_s.speaker == actor)
        else:
            found = sqlite.match(asked.speaker, ("speaker_name",))
            if found is None:
                return None
            query = query.where(_s.speaker.in_(_called(asked.speaker, found)))
    if words:
        query = query.where(_s.entry.in_(sqlite.matching("statements", " AND ".join(words))))
    if asked.publisher:
        query = query.where(_s.publisher == asked.publisher)
    if asked.style:
        query = query.where(_s.style == asked.style)
    if asked.published_from:
        query = query.where(since(_s.published, asked.published_from))
    if asked.published_to:
        query = query.where(until(_s.published, asked.published_to))
    if asked.document:
        query = query.where(_s.document == resolve(connection, schema.documents, asked.document, "document")[0])
    if asked.about:
        actor = linking.actor_of(connection, asked.about)
        mentioned = select(schema.about.c.statement).where(schema.about.c.actor == actor)
        query = query.where(_s.entry.in_(mentioned))
    if asked.happened:
        query = query.where(_s.entry.in_(happened.statements(asked.happened)))
    return query.where(_s.status == asked.status if asked.status else _s.status != "rejected")


def _called(name: str, words: str) -> Any:
    """The speakers of whom a statement bears the words of a name, and the actors that bear it elsewhere: in an article
    in which they say nothing, or because a person calls them so."""
    speaking = select(_s.speaker).where(_s.entry.in_(sqlite.matching("statements", words)))
    actor, entity = schema.actors.c, schema.entities.c
    return speaking.union(select(entity.actor).where(entity.name == name), select(actor.id).where(actor.name == name))


def search(
    connection: Connection, asked: StatementFilter, after: str | None, limit: int, order: StatementOrder = "newest"
) -> Page[StatementRow]:
    """See `Ledger.statements`."""
    query = seqs(connection, asked, _s.entry)
    if query is None:
        return Page(rows=())
    if after:
        seq, _ = resolve(connection, schema.entries, after, "entry")
        if order == "unsure":
            last = select(func.coalesce(score_of(seq), UNSCORED))
            score = connection.execute(last).scalar_one()
            query = query.where(_s.score >= score, or_(_s.score > score, _s.entry > seq))
        else:
            published = connection.execute(
                select(func.coalesce(_d.published, "")).join(schema.entries, _e.document == _d.seq).where(_e.seq == seq)
            ).scalar_one()
            query = query.where(or_(_s.published < published, and_(_s.published == published, _s.entry > seq)))
    by = _s.score if order == "unsure" else _s.published.desc()
    found = connection.execute(query.order_by(by, _s.entry).limit(limit + 1)).scalars().all()
    shown = rows(connection, found[:limit], sqlite.match(asked.q) if asked.q else None)
    return Page(rows=tuple(shown), after=shown[-1].id if len(found) > limit else None)


def count(connection: Connection, asked: StatementFilter) -> Count:
    """See `Ledger.count_statements`."""
    query = seqs(connection, asked, _s.entry)
    if query is None:
        return Count(n=0)
    n = connection.execute(select(func.count()).select_from(query.limit(CAP + 1).subquery())).scalar_one()
    return Count(n=min(n, CAP), capped=n > CAP)


def facets(connection: Connection, asked: StatementFilter, seconds: float) -> Facets:
    """See `Ledger.facets`."""
    each: dict[str, tuple[dict[str, None], Any, Any]] = {
        "publisher": ({"publisher": None}, _s.publisher, _s.publisher),
        "style": ({"style": None}, _s.style, _s.style),
        "year": ({"published_from": None, "published_to": None}, _s.published, _s.published.label("day")),
        "speaker": ({"speaker": None}, _s.speaker, func.max(_s.speaker_name)),
    }
    ends = time.monotonic() + seconds
    counted: dict[str, tuple[FacetValue, ...]] = {}
    late: list[str] = []
    for left, (name, (own, column, label)) in zip(range(len(each), 0, -1), each.items(), strict=True):
        n = func.count()
        query = seqs(connection, msgspec.structs.replace(asked, **own), column, label, n)
        if query is None:
            continue
        query = query.where(column.is_not(None), column != "").group_by(column)
        if name == "year":  # by day first, for which an index is in order
            days = query.subquery()
            year = func.substr(days.c[0], 1, 4)
            query = select(year, year, func.sum(days.c[2])).group_by(year).order_by(year.desc())
        else:
            query = query.order_by(n.desc(), column)
        try:
            # A share of what is left, so that one that takes too long does not take the others with it.
            with sqlite.deadline(connection, max(0.0, ends - time.monotonic()) / left):
                found = connection.execute(query.limit(_VALUES)).all()
        except sqlite.TimedOut:
            late.append(name)
        else:
            called = names(connection, [value for value, _, _ in found]) if name == "speaker" else {}
            counted[name] = tuple(
                FacetValue(value=value, label=called.get(value, shown), n=n) for value, shown, n in found
            )
    return Facets(timed_out=tuple(late), **counted)


def names(connection: Connection, actors: Iterable[str]) -> dict[str, str]:
    """See `Ledger.actor_names`."""
    table = schema.actors.c
    found: dict[str, str] = {}
    for chunk in chunks(actors):
        found.update(connection.execute(select(table.id, table.name).where(table.id.in_(chunk))).all())
    return found


def statement(connection: Connection, given: str) -> StatementRow:
    """See `Ledger.statement`."""
    seq, _ = resolve(connection, schema.entries, given, "statement", schema.entries.c.kind == "statement")
    return rows(connection, [seq])[0]


def by_id(connection: Connection, ids: Iterable[str]) -> dict[str, StatementRow]:
    """See `Ledger.statements_by_id`."""
    found: dict[str, StatementRow] = {}
    for chunk in chunks(sorted(set(ids))):
        seqs_ = connection.execute(select(_e.seq).where(_e.id.in_(chunk), _e.kind == "statement")).scalars().all()
        found.update((row.id, row) for row in rows(connection, seqs_))
    return found


def children(connection: Connection, given: str) -> list[StatementRow]:
    """See `Ledger.children`."""
    seq, _ = resolve(connection, schema.entries, given, "statement", schema.entries.c.kind == "statement")
    found = connection.execute(select(_s.entry).where(_s.parent == seq).order_by(_s.position, _s.entry)).scalars()
    return rows(connection, found.all())


def rows(connection: Connection, wanted: Sequence[int], words: str | None = None) -> list[StatementRow]:
    """The statements of these numbers, in this order; superseded ones too."""
    p = schema.passages.c
    passage = (
        select(p.seq)
        .where(p.document == _e.document, p.start <= _e.position)
        .order_by(p.start.desc())
        .limit(1)
        .correlate(schema.entries)
        .scalar_subquery()
    )
    found = connection.execute(
        select(
            _e.seq, _e.id, _e.status, _e.value, _e.selectors, _d.id.label("document"), _d.seq.label("of"), _d.title,
            _d.publisher, _d.published, _d.authors, schema.sources.c.url, p.start, p.stop, p.text, _e.position,
            score_of(_e.seq).label("score"),
        )
        .select_from(schema.entries)
        .join(schema.documents, _d.seq == _e.document)
        .join(schema.sources, schema.sources.c.seq == _d.source)
        .outerjoin(schema.passages, p.seq == passage)
        .where(_e.seq.in_(list(wanted)))
    ).all()  # fmt: skip
    values = {row.id: _statement(row.value, row.id) for row in found}
    actors = {seq: linking.actors_of(connection, seq) for seq in {row.of for row in found}}
    known = {row.id: with_actors(values[row.id], actors[row.of]) for row in found}
    ancestors = _ancestors(connection, known, actors)
    marks = sqlite.marks(connection, "statements", words, wanted) if words else {}
    by_seq = {row.seq: _row(row, values[row.id], known[row.id], ancestors, marks.get(row.seq, {})) for row in found}
    return [by_seq[seq] for seq in wanted]


def _row(
    row: Any, value: Statement, known: Statement, ancestors: dict[str, Statement], marks: dict[str, list[Span]]
) -> StatementRow:
    """`known` is `value` with the actor in place of the entity."""
    selectors = cells.to_selectors(row.selectors, row.document, f"entry {row.id}")
    words = [Found(text=s.exact, start=s.span.start, end=s.span.end) for s in selectors]
    n = len(value.sources)
    sources, cue, contents = words[:n], words[n] if value.cue else None, words[n + bool(value.cue) :]
    authors = cells.from_json(row.authors, tuple[str, ...], f"document {row.document}")
    # A block may have ended before the statement, where it stands in one that is not searched.
    passage = (
        None if row.start is None or row.stop <= row.position else Found(text=row.text, start=row.start, end=row.stop)
    )
    speaker = known.speaker

    def as_written(unresolved: Statement) -> str | None:
        # Of the statements around this one only the values are at hand, not the article's words.
        return sources[0].text if unresolved is known and sources else None

    return StatementRow(
        id=row.id,
        document=row.document,
        status=row.status,
        value=value,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        sources=tuple(sources),
        cue=cue,
        contents=tuple(contents),
        speaker=speaker.name if speaker else None,
        entity=speaker.entity if speaker else None,
        chain=(Voice(name=row.publisher or ", ".join(authors) or None), *voices(known, ancestors.get, as_written)),
        passage=passage,
        score=row.score,
        hits=tuple(sorted({*_placed(marks.get("content", []), contents), *_placed(marks.get("source", []), sources)})),
    )


def _placed(marks: Iterable[Span], pieces: Sequence[Found]) -> Iterable[Span]:
    """Marks in the joined words (see `cells.joined`) as places in the article."""
    for mark in marks:
        offset = 0
        for piece in pieces:
            start, end = max(mark.start, offset), min(mark.end, offset + len(piece.text))
            if start < end:
                yield Span(start=piece.start + start - offset, end=piece.start + end - offset)
            offset += len(piece.text) + 1


def _ancestors(
    connection: Connection, values: dict[str, Statement], actors: dict[int, dict[str, str]]
) -> dict[str, Statement]:
    """`values` and all statements that they stand in, by id, with `actors` by document in place of entities."""
    found = dict(values)
    for _ in range(_DEPTH):
        missing = {value.parent for value in found.values() if value.parent} - found.keys()
        fetched = (
            connection.execute(select(_e.id, _e.value, _e.document).where(_e.id.in_(missing))).all() if missing else ()
        )
        if not fetched:
            break
        found.update(
            (row.id, with_actors(_statement(row.value, row.id), actors.get(row.document, {}))) for row in fetched
        )
    return found


def _statement(cell: str, id_: str) -> Statement:
    value = cells.to_value(cell, f"entry {id_}")
    if not isinstance(value, Statement):
        raise cells.damaged(f"entry {id_}", "it should be a statement")
    return value
