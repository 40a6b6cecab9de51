"""Actors: entities over all documents, as the linker and people hold them together. Who they are, what they say, who
reports it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Integer, String, cast, func, literal, select

from onrecord.ledger import cells, judgements, linking, schema, sketches, sqlite
from onrecord.ledger.judgements import name_of, resolve
from onrecord.ledger.rows import Actor, ActorMention, ActorRow, Alias, Citing, Count, Other, Page, Term
from onrecord.ledger.statements import CAP
from onrecord.model import Apart, Entity, Evidence, MentionKind, Settled

_n, _s, _e, _d = schema.entities.c, schema.statements.c, schema.entries.c, schema.documents.c
_NESTED = 64  # see `statements`


def actors(connection: Connection, q: str | None, type_: str | None, after: str | None, limit: int) -> Page[ActorRow]:
    """See `Ledger.actors`."""
    documents, mentions = func.count(_n.document.distinct()), func.sum(_n.mentions)
    query = select(_n.actor, documents, mentions).where(*_conditions(q, type_)).group_by(_n.actor)
    skip = int(after) if after and after.isdecimal() and len(after) < 10 else 0
    found = connection.execute(
        query.order_by(documents.desc(), mentions.desc(), _n.actor).offset(skip).limit(limit + 1)
    ).all()
    rows = tuple(
        ActorRow(
            key=key,
            name=name_of(connection, key),
            type=_type(connection, key),
            documents=n_documents,
            mentions=n_mentions,
            said=_count_said(connection, key),
        )
        for key, n_documents, n_mentions in found[:limit]
    )
    return Page(rows=rows, after=str(skip + limit) if len(found) > limit else None)


def actor(connection: Connection, given: str, limit: int) -> Actor:
    """See `Ledger.actor`."""
    key = resolve(connection, given)
    found = connection.execute(
        select(_e.id, _e.value, _e.selectors, _d.id.label("document"), _d.seq, _d.published, _d.publisher)
        .select_from(schema.entities)
        .join(schema.entries, _e.seq == _n.entry)
        .join(schema.documents, _d.seq == _n.document)
        .where(_n.actor == key)
        .order_by(_d.published.desc(), _d.seq)
    ).all()
    aliases: dict[str, dict[str, None]] = {}
    roles: list[ActorMention] = []
    mentions: list[ActorMention] = []
    keys: Counter[str] = Counter()
    n_mentions = 0
    for row in found:
        value = cells.to_value(row.value, f"entry {row.id}")
        if not isinstance(value, Entity):
            raise cells.damaged(f"entry {row.id}", "it should be an entity")
        keys[value.key] += 1
        for name in dict.fromkeys((value.name, *value.aliases)):
            aliases.setdefault(name, {})[row.document] = None
        selectors = cells.to_selectors(row.selectors, row.document, f"entry {row.id}")
        n_mentions += len(value.mentions)
        places = [
            ActorMention(document=row.document, entry=row.id, text=s.exact, start=s.span.start, end=s.span.end)
            for s in selectors
        ]
        mentions.extend(places[: len(value.mentions)][: max(0, limit - len(mentions))])
        roles.extend(places[len(value.mentions) :])
    about = schema.about.c
    return Actor(
        key=key,
        name=name_of(connection, key),
        type=_type(connection, key),
        keys=tuple(each for each, _ in sorted(keys.items(), key=lambda item: (-item[1], item[0]))),
        aliases=tuple(
            Alias(name=name, documents=tuple(documents))
            for name, documents in sorted(aliases.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
        roles=tuple(roles),
        mentions=tuple(mentions),
        entries=tuple(row.id for row in found),
        documents=len({row.document for row in found}),
        n_mentions=n_mentions,
        said=_count_said(connection, key),
        about=connection.execute(
            select(func.count(about.statement.distinct()))
            .join(schema.statements, _s.entry == about.statement)
            .where(about.actor == key, _s.status != "rejected")
        ).scalar_one(),
        **_told(connection, key),
    )


def _told(connection: Connection, key: str) -> dict[str, Any]:
    """What the linker and people say of an actor."""
    table = schema.actors
    row = connection.execute(select(table).where(table.c.id == key)).first()
    if row is None:
        return {}
    where = f"actor {key}"
    shaped = cells.from_json(row.judgements, tuple[str, ...], where)
    apart = cells.from_json(row.apart, tuple[Apart, ...], where)
    others = [
        (one, connection.execute(member.where(_d.id == one.member[0], _n.key == one.member[1])).scalar())
        for one in apart
        for member in (select(_n.actor).join(schema.documents, _d.seq == _n.document),)
    ]
    return {
        "evidence": cells.from_json(row.evidence, tuple[Evidence, ...], where),
        "apart": tuple(
            Other(actor=other, name=one.name, evidence=one.evidence) for one, other in others if other and other != key
        ),
        "judgements": tuple(j for j in judgements.every(connection) if j.id in shaped) if shaped else (),
        "named": row.named,
    }


def links(connection: Connection, after: str | None, limit: int) -> Page[Settled]:
    """See `Ledger.links`."""
    table = schema.actors
    query = select(table).where(table.c.id > (after or "")).order_by(table.c.id).limit(limit + 1)
    rows = connection.execute(query).all()
    found = []
    for row in rows[:limit]:
        where = f"actor {row.id}"
        members = select(_d.id, _n.key).join(schema.documents, _d.seq == _n.document).where(_n.actor == row.id)
        found.append(
            Settled(
                id=row.id,
                name=row.name,
                type=row.type,
                members=tuple(sorted({(each[0], each[1]) for each in connection.execute(members)})),
                evidence=cells.from_json(row.evidence, tuple[Evidence, ...], where),
                apart=cells.from_json(row.apart, tuple[Apart, ...], where),
                judgements=cells.from_json(row.judgements, tuple[str, ...], where),
                named=row.named,
            )
        )
    return Page(rows=tuple(found), after=found[-1].id if len(rows) > limit else None)


def offices(connection: Connection, key: str) -> list[Term]:
    """See `Ledger.offices`."""
    terms: dict[tuple[str, str | None], list[tuple[str, str | None, str]]] = {}
    titles: dict[str, str] = {}
    for row in connection.execute(
        select(_d.id, _d.seq, _d.published, _d.publisher, _n.key)
        .join(schema.entities, _n.document == _d.seq)
        .where(_n.actor == key)
        .order_by(_d.published, _d.id)
    ).all():
        sketch, _ = sketches.sketches_of(connection, row.seq).get(row.key, (None, ()))
        for office in dict.fromkeys(sketch.roles if sketch else ()):
            title = " ".join(office.title.split())
            titles.setdefault(title.casefold(), title)  # as it was written first
            said = terms.setdefault((title.casefold(), office.organization), [])
            said.append(((row.published or "")[:10], row.publisher, row.id))
    return sorted(
        (
            Term(
                title=titles[title],
                organization=organization,
                first=min((day for day, _, _ in said if day), default=None),
                last=max((day for day, _, _ in said if day), default=None),
                publishers=tuple(dict.fromkeys(publisher for _, publisher, _ in said if publisher)),
                documents=tuple(dict.fromkeys(document for _, _, document in said)),
            )
            for (title, organization), said in terms.items()
        ),
        key=lambda term: (term.first or "~", term.last or "~", term.title),
    )


def _type(connection: Connection, key: str) -> MentionKind:
    """The type that most documents give it."""
    n = func.count()
    query = select(_n.type).where(_n.actor == key).group_by(_n.type).order_by(n.desc(), _n.type).limit(1)
    found: MentionKind = connection.execute(query).scalar_one()
    return found


def _count_said(connection: Connection, key: str) -> int:
    query = select(func.count()).where(_s.speaker == key, _s.status != "rejected")
    return int(connection.execute(query).scalar_one())


def cited_by(connection: Connection, given: str) -> list[Citing]:
    """See `Ledger.cited_by`."""
    key = linking.actor_of(connection, given)
    first, last, n = func.min(func.nullif(_s.published, "")), func.max(func.nullif(_s.published, "")), func.count()
    own = (_s.speaker == key, _s.status != "rejected")
    citing = [
        Citing(kind="publisher", name=row[0], entity=None, n=row[1], first=row[2], last=row[3])
        for row in connection.execute(select(_s.publisher, n, first, last).where(*own).group_by(_s.publisher))
    ]
    up = (
        select(_s.entry.label("inner"), _s.parent.label("outer"), literal(1).label("depth"))
        .where(*own, _s.parent.is_not(None))
        .cte("up", recursive=True)
    )
    up = up.union_all(
        select(up.c.inner, _s.parent, cast(up.c.depth + 1, Integer))
        .join(up, _s.entry == up.c.outer)
        .where(_s.parent.is_not(None), up.c.depth < _NESTED)
    )
    distinct: Any = func.count(up.c.inner.distinct())
    for speaker, name, count, begin, end, of in connection.execute(
        select(_s.speaker, cast(func.max(_s.speaker_name), String), distinct, first, last, func.max(_s.entity))
        .join(up, _s.entry == up.c.outer)
        .where(_s.speaker.is_not(None), _s.speaker != key)
        .group_by(_s.speaker)
    ):
        entity = speaker if of else None
        citing.append(Citing(kind="speaker", name=name, entity=entity, n=count, first=begin, last=end))
    return sorted(citing, key=lambda row: (row.kind, -row.n, row.name or ""))


def _conditions(q: str | None, type_: str | None) -> Iterator[Any]:
    if q:
        yield _n.actor.in_(called(q))
    if type_:
        yield _n.type == type_


def called(q: str) -> Any:
    """The actors of whose names in articles, or by the linker or a person, these words are a part."""
    words = " ".join(sqlite.bindable(q).split())
    named = select(schema.actors.c.id).where(schema.actors.c.name.icontains(words, autoescape=True))
    return select(_n.actor).where(_n.name.icontains(words, autoescape=True)).union(named)


def count_actors(connection: Connection, q: str | None, type_: str | None) -> Count:
    """See `Ledger.count_actors`."""
    found = select(_n.actor).where(*_conditions(q, type_)).distinct().limit(CAP + 1).subquery()
    n = connection.execute(select(func.count()).select_from(found)).scalar_one()
    return Count(n=min(n, CAP), capped=n > CAP)
