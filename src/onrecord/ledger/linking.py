"""Which entities of which documents are one actor: what a linker said of them, kept up to date.

The linker stands above the ledger and is handed in. Each document is sketched once and put into buckets; a bucket that
was touched is linked anew as a whole, with those that share entities or a judgement with it, and nothing else is. All
of it is derived: what a killed process left undone is marked, and the next one goes on from there.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, or_, select, text

from onrecord.ledger import cells, judgements, reading, schema
from onrecord.ledger.sketches import Linker, load, mark_stale
from onrecord.model import Apart, Correction, Evidence, Judgement, Settled, Sketch, Verdict

OF_KEY, AT_ONCE = 128, 1024
"""Documents of one key, and members in all, that are linked with one another. What is past them follows its key: so an
article costs no more in a large ledger than in a small one."""

_WORDS, _PLACES = 12, 20  # pieces of evidence kept of each list, and documents of each piece

_n, _d, _b = schema.entities.c, schema.documents.c, schema.buckets.c


def judge(
    connection: Connection,
    linker: Linker,
    subject: str,
    verdict: Verdict,
    correction: Correction | None,
    reason: str | None,
    who: str,
    when: str,
    of: Judgement | None = None,
) -> Judgement:
    """Keep a judgement, and mark what it concerns, or what the one concerns that it takes back (`of`)."""
    kept = judgements.keep(connection, subject, verdict, correction, reason, who, when)
    mark_stale(connection, sorted(judgements.buckets(connection, of or kept, linker.buckets)))
    return kept


class _Gathered(NamedTuple):
    """What is linked together. `sketches` by member (document, key); `crowded`: keys with more documents than that."""

    buckets: set[str]
    sketches: dict[tuple[str, str], Sketch]
    crowded: set[str]


def relink(connection: Connection, linker: Linker, seconds: float) -> int:
    """Link stale buckets anew for so many seconds, one at least. Gives how many were; 0 where none is left."""
    ends = time.monotonic() + seconds
    judged = judgements.in_force(connection)
    ties = [judgements.buckets(connection, judgement, linker.buckets) for judgement in judged]
    done = 0
    while done == 0 or time.monotonic() < ends:
        stale = connection.execute(select(schema.stale.c.bucket).limit(1)).scalar()
        if stale is None:
            break
        gathered = _gather(connection, stale, ties)
        # In the order of the members: nothing hangs on what was added first.
        sketches = [gathered.sketches[member] for member in sorted(gathered.sketches)]
        clusters = linker.link(sketches) if sketches else []
        tied = [j for j, tie in zip(judged, ties, strict=True) if tie & gathered.buckets]
        _write(connection, linker.settle(clusters, sketches, tied), gathered)
        connection.execute(delete(schema.stale).where(schema.stale.c.bucket.in_(sorted(gathered.buckets))))
        done += len(gathered.buckets)
    return done


def _gather(connection: Connection, first: str, ties: Sequence[set[str]]) -> _Gathered:
    """A bucket with all that share an entity or a judgement with it, up to `AT_ONCE` members."""
    gathered = _Gathered(set(), {}, set())
    waiting = [first]
    while waiting:
        name = waiting.pop(0)
        if name in gathered.buckets:
            continue
        gathered.buckets.add(name)
        for tie in ties:
            if name in tie:
                waiting += sorted(tie)
        members = [m for m in _members(connection, name, gathered) if m not in gathered.sketches]
        for member, (sketch_, names) in load(connection, members):
            gathered.sketches[member] = sketch_
            if len(gathered.sketches) < AT_ONCE:
                waiting += names
    return gathered


def _members(connection: Connection, name: str, gathered: _Gathered) -> Iterator[tuple[str, str]]:
    """(document, key) in a bucket: of each key the first `OF_KEY` by the document's id, which is as good as a lot."""
    key, room = "", AT_ONCE
    while room > 0:
        found = connection.execute(select(func.min(_b.key)).where(_b.name == name, _b.key > key)).scalar()
        if found is None:
            return
        key = found
        of_key = select(_b.document).where(_b.name == name, _b.key == key).order_by(_b.document).limit(OF_KEY + 1)
        documents = connection.execute(of_key).scalars().all()
        if len(documents) > OF_KEY:
            gathered.crowded.add(key)
        for document in documents[:OF_KEY]:
            room -= 1
            yield document, key


def _write(connection: Connection, actors: Sequence[Settled], gathered: _Gathered) -> None:
    """Give each member its actor, where it has another, and tell of each actor that there is something to tell of."""
    before = _actors_of(connection, gathered.sketches)
    moved: list[dict[str, Any]] = []
    former: set[str] = set()
    for settled in actors:
        for member in settled.members:
            if member not in before:
                continue  # a row that is gone, in a file that was damaged: `verify` names it
            seq, actor = before[member]
            former.add(actor)
            if actor != settled.id:
                moved.append({"row": seq, "of": member[1], "to": settled.id})
    moved += _followers(connection, actors, gathered, former)
    if moved:
        for statement in _MOVES:
            connection.execute(text(statement), moved)
    table = schema.actors
    told = {settled.id: settled for settled in actors if _worth_telling(settled)}
    gone = sorted(former - {settled.id for settled in actors})
    for chunk in reading.chunks(gone):
        # An actor that was undone may be held by members that are linked anew a moment later.
        held = select(_n.entry).where(_n.actor == table.c.id).exists()
        connection.execute(delete(table).where(table.c.id.in_(chunk), ~held))
    for chunk in reading.chunks(settled.id for settled in actors):
        connection.execute(delete(table).where(table.c.id.in_(chunk)))
    if told:
        connection.execute(insert(table), [_actor_row(settled) for settled in told.values()])


_MOVES = (
    "UPDATE entities SET actor = :to WHERE document = :row AND key = :of",
    "UPDATE statements SET speaker = :to WHERE document = :row AND entity = :of",
    "UPDATE about SET actor = :to WHERE key = :of"
    " AND statement IN (SELECT entry FROM statements WHERE document = :row)",
    "UPDATE parties SET actor = :to WHERE document = :row AND key = :of",
)


def _actors_of(connection: Connection, members: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """(document, key) -> (number of the document, actor)."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for document, key in members:
        wanted[document].add(key)
    found: dict[tuple[str, str], tuple[int, str]] = {}
    keys = sorted({key for keys in wanted.values() for key in keys})
    for chunk in reading.chunks(wanted):
        query = select(_d.id, _d.seq, _n.key, _n.actor).join(schema.entities, _n.document == _d.seq)
        query = query.where(_d.id.in_(chunk))
        for row in connection.execute(query.where(_n.key.in_(keys)) if len(keys) <= 100 else query):
            found[row.id, row.key] = row.seq, row.actor
    return found


def _followers(
    connection: Connection, actors: Sequence[Settled], gathered: _Gathered, former: set[str]
) -> Iterator[dict[str, Any]]:
    """Documents of a crowded key that were not among those linked: they are the actor that most of its others are."""
    for key in sorted(gathered.crowded):
        counts = {settled.id: sum(member[1] == key for member in settled.members) for settled in actors}
        main = max(counts, key=lambda actor: (counts[actor], actor))
        query = select(_n.document, _n.actor, _d.id).join(schema.documents, _d.seq == _n.document).where(_n.key == key)
        for row in connection.execute(query.where(or_(_n.actor < main, _n.actor > main))).all():
            if (row.id, key) not in gathered.sketches:
                former.add(row.actor)
                yield {"row": row.document, "of": key, "to": main}


def _worth_telling(settled: Settled) -> bool:
    return bool(
        len(settled.members) > 1
        or settled.evidence
        or settled.apart
        or settled.judgements
        or settled.id != settled.members[0][1]
    )


ACTOR_CELLS = ("id", "type", "name", "named", "judgements", "evidence", "apart")
"""The cells of an actor's row that stand under its seal."""


def _actor_row(settled: Settled) -> dict[str, Any]:
    cell = {
        "id": settled.id,
        "type": settled.type,
        "name": settled.name,
        "named": settled.named,
        "judgements": cells.to_json(settled.judgements),
        "evidence": cells.to_json([_bounded(each) for each in settled.evidence[:_WORDS]]),
        "apart": cells.to_json(
            [
                Apart(member=a.member, name=a.name, evidence=tuple(_bounded(each) for each in a.evidence[:_WORDS]))
                for a in settled.apart[:_WORDS]
            ]
        ),
    }
    return {**cell, "seal": cells.seal(*(cell[name] for name in ACTOR_CELLS))}


def _bounded(evidence: Evidence) -> Evidence:
    return msgspec.structs.replace(evidence, words=evidence.words[:_WORDS], documents=evidence.documents[:_PLACES])


def actor_of(connection: Connection, given: str) -> str:
    """The actor of an id: of an actor, or of a key that one has; `given` itself where there is none."""
    if connection.execute(select(_n.entry).where(_n.actor == given).limit(1)).first():
        return given
    n = func.count()
    query = select(_n.actor).where(_n.key == given).group_by(_n.actor).order_by(n.desc(), _n.actor).limit(1)
    return str(connection.execute(query).scalar() or given)


def actors_of(connection: Connection, document: int) -> dict[str, str]:
    """Key -> actor of the entities of one document."""
    return {row.key: row.actor for row in connection.execute(select(_n.key, _n.actor).where(_n.document == document))}
