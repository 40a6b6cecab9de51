"""Which entities of different documents are one person, body or country, and what speaks for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from onrecord.extract.lexicon import first_names
from onrecord.extract.offices import words
from onrecord.link.bodies import link_bodies, link_countries
from onrecord.link.forms import body, common, country_code, fold, skeleton, taken_apart
from onrecord.link.people import link_people
from onrecord.model import Cluster, Document, Entity, MentionKind, Office, Role, Sketch

VERSION = "actors/3"

_MOST = 32
"""Companions that a sketch keeps."""
_BESIDE = frozenset(("person", "organization", "product", "facility"))
_SHARE = 0.6
"""Of the mentions of countries in a document, those of the one that its bodies are taken to be of."""


def sketch(document: Document, entity: Entity, others: Sequence[Entity]) -> Sketch:
    """What `document` tells of `entity`; `others` are the entities of the document, `entity` among them or not."""
    offices = tuple(_office(role, others) for role in entity.roles)
    return Sketch(
        document=document.id,
        key=entity.key,
        type=entity.type,
        name=entity.name,
        published=document.published,
        aliases=entity.aliases,
        roles=offices,
        companions=tuple((o.type, o.name) for o in others if o.key != entity.key and o.type in _BESIDE)[:_MOST],
        country=_country(entity, offices, others),
    )


def _office(role: Role, others: Sequence[Entity]) -> Office:
    inside = [o for o in others if o.type == "organization" and any(m in role.span for m in o.mentions)]
    told = words(role.title).countries
    return Office(
        title=role.title,
        organization=max((o.name for o in inside), key=len, default=None),
        country=next(iter(told)) if len(told) == 1 else None,
    )


def _country(entity: Entity, offices: Sequence[Office], others: Sequence[Entity]) -> str | None:
    """Of a country its own code; of a person that of the roles, if they agree; of a body that bears a name as many have
    it (`the Senate`) that of the one country which the document is about."""
    if entity.type in ("country", "group"):
        return next(filter(None, map(country_code, (entity.name, *entity.aliases))), None)
    if entity.type == "person":
        told = {office.country for office in offices if office.country}
        return next(iter(told)) if len(told) == 1 else None
    if entity.type != "organization" or not common(body(entity.name)):
        return None
    named: Counter[str] = Counter()
    for other in others:
        code = country_code(other.name) if other.type in ("country", "group") else None
        if code:
            named[code] += len(other.mentions)
    top = min(named, key=lambda code: (-named[code], code), default=None)
    return top if top and named[top] > 1 and named[top] >= _SHARE * named.total() else None


def block(type_: MentionKind, name: str) -> str | tuple[str, ...]:
    """The bucket or buckets in which an entity of that type and name can meet itself. Two entities without a bucket in
    common are never one, so that a new document has only its own buckets linked anew. Stable, and cheap."""
    if type_ == "person":
        return f"person:{skeleton(taken_apart(name).last)}"
    if type_ in ("country", "group"):
        return f"{type_}:{country_code(name) or fold(name)}"
    return f"body:{body(name)}"


def buckets(sketch: Sketch) -> tuple[str, ...]:
    """The buckets of one entity: those of its name, and of each other name that its document has for it and that few
    others bear. Link together whatever shares one, step by step."""
    found: dict[str, None] = {}
    for name in (sketch.name, *sketch.aliases):
        if name != sketch.name and (fold(name) in first_names() or common(body(name))):
            continue
        own = block(sketch.type, name)
        found.update(dict.fromkeys((own,) if isinstance(own, str) else own))
    if sketch.country and sketch.type == "organization":
        found[f"body:{body(sketch.name, sketch.country)}"] = None
    return tuple(found)


def link(sketches: Iterable[Sketch]) -> list[Cluster]:
    """The clusters of one bucket, or of several that share entities; the same whatever the order of the sketches."""
    kinds: defaultdict[str, list[Sketch]] = defaultdict(list)
    for one in sorted(sketches, key=lambda s: (s.document, s.key)):
        kinds[one.type if one.type in ("person", "country", "group") else "body"].append(one)
    clusters = [
        *link_people(kinds["person"]),
        *link_countries(kinds["country"]),
        *link_countries(kinds["group"]),
        *link_bodies(kinds["body"]),
    ]
    return sorted(clusters, key=lambda cluster: cluster.members)
