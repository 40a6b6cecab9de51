"""What people decided: kept for good, in their order, and looked up again when links are made anew."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

import msgspec
from sqlalchemy import Connection, func, insert, select

from onrecord.errors import JudgementRefused, NotFound
from onrecord.ledger import cells, reading, schema
from onrecord.model import Correction, Judged, Judgement, Member, MentionKind, Verdict, judgement_id, standing

ANCHORS = 32
"""Members of an actor that a judgement names, so that the actor is found again."""
LONGEST = 200
"""Code points of a name that a person gives."""

_j, _n, _d = schema.judgements.c, schema.entities.c, schema.documents.c


def every(connection: Connection, subject: str | None = None) -> list[Judgement]:
    """All of them, or those on one subject, the first one first."""
    table = schema.judgements
    query = select(table) if subject is None else select(table).where(_j.subject == subject)
    return [of_row(row) for row in connection.execute(query.order_by(_j.seq))]


def one(connection: Connection, given: str) -> Judgement:
    """See `Ledger.judgement`."""
    table = schema.judgements
    seq, _ = reading.resolve(connection, table, given, "judgement")
    return of_row(connection.execute(select(table).where(_j.seq == seq)).one())


def of_row(row: Any) -> Judgement:
    """The judgement of a row. Raises LedgerError where a cell was tampered with."""
    where = f"judgement {row.id}"
    correction = cells.from_json(row.correction, Correction, where) if row.correction is not None else None
    if row.verdict not in get_args(Verdict):
        raise cells.damaged(where, f"{row.verdict!r} is no verdict")
    return Judgement(
        id=row.id,
        subject=row.subject,
        verdict=row.verdict,
        correction=correction,
        reason=row.reason,
        who=row.who,
        when=row.decided,
    )


def in_force(connection: Connection) -> list[Judgement]:
    """Those that nobody took back, with their documents as they are read today: a newer reader makes a new document of
    the same record, and what a person decided holds for that too."""
    judged = [j for j in standing(every(connection)) if j.correction is not None]
    named = {m[0] for j in judged for actor in _actors(j) for m in actor.members}
    named.update(document for j in judged for document in _correction(j).documents)
    newer = _newer(connection, named)
    return [msgspec.structs.replace(j, correction=_moved(_correction(j), newer)) for j in judged] if newer else judged


def _correction(judgement: Judgement) -> Correction:
    return judgement.correction or Correction()


def _actors(judgement: Judgement) -> tuple[Judged, ...]:
    return _correction(judgement).actors


def _newer(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Id of a document that was read again -> id of the one that stands for the same record now."""
    now = schema.documents.alias()
    newer: dict[str, str] = {}
    for chunk in reading.chunks(sorted(ids)):
        same = now.c.external_id.is_not_distinct_from(_d.external_id)
        query = select(_d.id, now.c.id.label("now")).join(now, (now.c.source == _d.source) & same & now.c.current)
        newer.update((row.id, row.now) for row in connection.execute(query.where(_d.id.in_(chunk), ~_d.current)))
    return newer


def _moved(correction: Correction, newer: dict[str, str]) -> Correction:
    return msgspec.structs.replace(
        correction,
        documents=tuple(newer.get(document, document) for document in correction.documents),
        actors=tuple(
            msgspec.structs.replace(actor, members=tuple((newer.get(d, d), key) for d, key in actor.members))
            for actor in correction.actors
        ),
    )


def buckets(
    connection: Connection, judgement: Judgement, buckets_of: Callable[[MentionKind, str], Iterable[str]]
) -> set[str]:
    """The buckets that a judgement ties together: those of the actors that it names, whatever they are called today."""
    keys = sorted({member[1] for actor in _actors(judgement) for member in actor.members})
    found: set[str] = set()
    for chunk in reading.chunks(keys):
        rows = connection.execute(select(_n.type, _n.name).where(_n.key.in_(chunk)).distinct())
        for type_, name in rows:
            found.update(buckets_of(type_, name))
    return found


# --- deciding --------------------------------------------------------------------------------------------------------


def keep(
    connection: Connection,
    subject: str,
    verdict: Verdict,
    correction: Correction | None,
    reason: str | None,
    who: str,
    when: str,
) -> Judgement:
    """Write a judgement down."""
    table = schema.judgements
    number = connection.execute(select(func.max(_j.seq))).scalar() or 0
    id_ = judgement_id(number, subject, verdict, correction, reason, who, when)
    cell = {
        "id": id_,
        "subject": subject,
        "verdict": verdict,
        "reason": reason,
        "who": who,
        "decided": when,
        "correction": cells.to_json(correction) if correction else None,
    }
    connection.execute(insert(table).values(seq=number + 1, seal=cells.seal(*cell.values()), **cell))
    return Judgement(id=id_, subject=subject, verdict=verdict, correction=correction, reason=reason, who=who, when=when)


def merge(connection: Connection, given: Sequence[str]) -> tuple[str, Correction]:
    """(subject, correction) by which these actors are one. Raises NotFound, JudgementRefused."""
    ids = list(dict.fromkeys(resolve(connection, each) for each in given))
    if len(ids) < 2:
        raise JudgementRefused(f"{', '.join(given)}: they are one actor already, {ids[0]}; name another one as well")
    return ids[0], Correction(actors=tuple(judged(connection, id_) for id_ in ids))


def split(connection: Connection, given: str, documents: Sequence[str]) -> tuple[str, Correction]:
    """(subject, correction) by which an actor is another in these documents. Raises NotFound, JudgementRefused."""
    id_ = resolve(connection, given)
    own = select(_d.id).join(schema.entities, _n.document == _d.seq).where(_n.actor == id_)
    moved: dict[str, None] = {}
    for each in documents:
        _, document = reading.resolve(connection, schema.documents, each, "document")
        if connection.execute(own.where(_d.id == document).limit(1)).first() is None:
            raise JudgementRefused(
                f"document {document}: it does not name actor {id_}; `onrecord entity show {id_[:8]}` lists the others"
            )
        moved[document] = None
    if connection.execute(own.where(_d.id.not_in(list(moved))).limit(1)).first() is None:
        raise JudgementRefused(
            f"actor {id_}: these are all the documents that name it, and nothing would be left; name fewer"
        )
    return id_, Correction(actors=(judged(connection, id_, without=moved),), documents=tuple(moved))


def rename(connection: Connection, given: str, name: str) -> tuple[str, Correction]:
    """(subject, correction) by which an actor bears a name. Raises NotFound, JudgementRefused."""
    id_ = resolve(connection, given)
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > LONGEST:
        raise JudgementRefused(f"name {name[:40]!r}: it is no name of 1 to {LONGEST} letters; give another")
    return id_, Correction(actors=(judged(connection, id_),), name=name)


def undo(connection: Connection, given: str) -> Judgement:
    """The judgement of an id or of the beginning of one. Raises NotFound, JudgementRefused where it was taken back."""
    kept, judgement = every(connection), one(connection, given)
    if judgement.verdict == "reject":
        raise JudgementRefused(f"judgement {judgement.id}: it only takes {judgement.subject} back; judge anew instead")
    if judgement not in standing(kept):
        raise JudgementRefused(f"judgement {judgement.id}: it was taken back already; judge anew instead")
    return judgement


def resolve(connection: Connection, given: str) -> str:
    """The actor of an id, or of the beginning of one, four characters at least: an actor's own, or a key that one has.
    Raises NotFound."""
    found: dict[str, None] = {}
    if reading.ID.fullmatch(given):
        for column in (_n.actor, _n.key):
            query = select(_n.actor).where(column >= given, column < given + "g").distinct().limit(4)
            found.update(dict.fromkeys(connection.execute(query).scalars()))
            if found:
                break
        else:
            found = dict.fromkeys(_former(connection, given))
    if not found:
        raise NotFound(f"entity {given[:40]}: there is none in this ledger; `onrecord list entity` shows what there is")
    if len(found) > 1:
        raise NotFound(f"entity {given}: several begin so ({', '.join(list(found)[:3])}); give more of the id")
    return next(iter(found))


def _former(connection: Connection, given: str) -> list[str]:
    """Actors that members of one are today that was judged under this id and is no more."""
    members: list[Member] = [
        member
        for judgement in in_force(connection)
        for actor in _actors(judgement)
        if actor.actor.startswith(given)
        for member in actor.members
    ]
    for document, key in members:
        query = select(_n.actor).join(schema.documents, _d.seq == _n.document).where(_d.id == document, _n.key == key)
        if actor := connection.execute(query).scalar():
            return [actor]
    return []


def judged(connection: Connection, id_: str, without: Iterable[str] = ()) -> Judged:
    """An actor as it is now. Members of each of its keys, by the id of the document, none of them in `without`."""
    query = select(_d.id, _n.key).join(schema.documents, _d.seq == _n.document)
    query = query.where(_n.actor == id_, _d.id.not_in(list(without)))
    turn = func.row_number().over(partition_by=_n.key, order_by=_d.id)
    rows = connection.execute(query.add_columns(turn).order_by(turn, _n.key).limit(ANCHORS)).all()
    return Judged(actor=id_, name=name_of(connection, id_), members=tuple(sorted((row[0], row[1]) for row in rows)))


def name_of(connection: Connection, id_: str) -> str:
    """The name of an actor: what a person or the linker calls it, else the spelling that most documents use."""
    told = connection.execute(select(schema.actors.c.name).where(schema.actors.c.id == id_)).scalar()
    if told is not None:
        return str(told)
    n = func.count()
    query = select(_n.name).where(_n.actor == id_).group_by(_n.name).order_by(n.desc(), _n.name).limit(1)
    return str(connection.execute(query).scalar_one())
