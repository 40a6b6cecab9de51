"""Entities over all documents: who they are, what they say, who reports it. Documents are put together by the key of
an entity (see `model.entity_id`): the same full name and type. Whether two such are one person is for `link` to say."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Integer, String, cast, func, literal, select

from onrecord.errors import NotFound
from onrecord.ledger import cells, schema, sqlite
from onrecord.ledger.rows import Actor, ActorMention, ActorRow, Alias, Citing, Count, Page
from onrecord.ledger.statements import CAP
from onrecord.model import Entity

_n, _s, _e, _d = schema.entities.c, schema.statements.c, schema.entries.c, schema.documents.c
_NESTED = 64  # see `statements`


def actors(connection: Connection, q: str | None, type_: str | None, after: str | None, limit: int) -> Page[ActorRow]:
    """See `Ledger.actors`."""
    documents, mentions = func.count(_n.document.distinct()), func.sum(_n.mentions)
    query = select(_n.key, _n.type, documents, mentions).where(*_conditions(q, type_)).group_by(_n.key, _n.type)
    skip = int(after) if after and after.isdecimal() and len(after) < 10 else 0
    found = connection.execute(
        query.order_by(documents.desc(), mentions.desc(), _n.key).offset(skip).limit(limit + 1)
    ).all()
    rows = tuple(
        ActorRow(
            key=key,
            name=_name(connection, key),
            type=kind,
            documents=n_documents,
            mentions=n_mentions,
            said=_count_said(connection, key),
        )
        for key, kind, n_documents, n_mentions in found[:limit]
    )
    return Page(rows=rows, after=str(skip + limit) if len(found) > limit else None)


def actor(connection: Connection, key: str, limit: int) -> Actor:
    """See `Ledger.actor`."""
    found = connection.execute(
        select(_e.id, _e.value, _e.selectors, _d.id.label("document"))
        .select_from(schema.entities)
        .join(schema.entries, _e.seq == _n.entry)
        .join(schema.documents, _d.seq == _n.document)
        .where(_n.key == key)
        .order_by(_d.published.desc(), _d.seq)
    ).all()
    if not found:
        raise NotFound(f"entity {key[:40]}: there is none in this ledger; `onrecord list entity` shows what there is")
    aliases: dict[str, dict[str, None]] = {}
    roles: list[ActorMention] = []
    mentions: list[ActorMention] = []
    types: Counter[str] = Counter()
    n_mentions = 0
    for row in found:
        value = cells.to_value(row.value, f"entry {row.id}")
        if not isinstance(value, Entity):
            raise cells.damaged(f"entry {row.id}", "it should be an entity")
        types[value.type] += 1
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
    return Actor(
        key=key,
        name=_name(connection, key),
        type=types.most_common(1)[0][0],  # type: ignore[arg-type]
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
            select(func.count())
            .select_from(schema.about)
            .join(schema.statements, _s.entry == schema.about.c.statement)
            .where(schema.about.c.key == key, _s.status != "rejected")
        ).scalar_one(),
    )


def _name(connection: Connection, key: str) -> str:
    """The spelling that most documents use."""
    n = func.count()
    query = select(_n.name).where(_n.key == key).group_by(_n.name).order_by(n.desc(), _n.name).limit(1)
    return str(connection.execute(query).scalar_one())


def _count_said(connection: Connection, key: str) -> int:
    query = select(func.count()).where(_s.speaker == key, _s.status != "rejected")
    return int(connection.execute(query).scalar_one())


def cited_by(connection: Connection, key: str) -> list[Citing]:
    """See `Ledger.cited_by`."""
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
    for speaker, name, count, begin, end in connection.execute(
        select(_s.speaker, cast(func.max(_s.speaker_name), String), distinct, first, last)
        .join(up, _s.entry == up.c.outer)
        .where(_s.speaker.is_not(None), _s.speaker != key)
        .group_by(_s.speaker)
    ):
        entity = speaker if speaker != name else None
        citing.append(Citing(kind="speaker", name=name, entity=entity, n=count, first=begin, last=end))
    return sorted(citing, key=lambda row: (row.kind, -row.n, row.name or ""))


def _conditions(q: str | None, type_: str | None) -> Iterator[Any]:
    if q:
        yield _n.name.icontains(" ".join(sqlite.bindable(q).split()), autoescape=True)
    if type_:
        yield _n.type == type_


def count_actors(connection: Connection, q: str | None, type_: str | None) -> Count:
    """See `Ledger.count_actors`."""
    found = select(_n.key, _n.type).where(*_conditions(q, type_)).distinct().limit(CAP + 1).subquery()
    n = connection.execute(select(func.count()).select_from(found)).scalar_one()
    return Count(n=min(n, CAP), capped=n > CAP)
