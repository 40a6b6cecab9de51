"""Which entities of different documents are one person, body or country, and what speaks for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.model import Cluster, Document, Entity, Evidence, MentionKind, Sketch

VERSION = "actors/1"

_MOST = 32
"""Companions that a sketch keeps."""

_BESIDE = frozenset(("person", "organization", "product", "facility"))


def sketch(document: Document, entity: Entity, others: Sequence[Entity]) -> Sketch:
    """What `document` tells of `entity`; `others` are the entities of the document, `entity` among them or not."""
    return Sketch(
        document=document.id,
        key=entity.key,
        type=entity.type,
        name=entity.name,
        published=document.published,
        aliases=entity.aliases,
        companions=tuple((o.type, o.name) for o in others if o.key != entity.key and o.type in _BESIDE)[:_MOST],
    )


def block(type_: MentionKind, name: str) -> str | tuple[str, ...]:
    """The bucket or buckets in which an entity of that type and name can meet itself. Two entities without a bucket in
    common are never one, so that a new document has only its own buckets linked anew. Stable, and cheap."""
    return f"{type_}:{name.casefold().split()[-1] if name.split() else ''}"


def buckets(sketch: Sketch) -> tuple[str, ...]:
    """The buckets of one entity: those of its name, and of each other name that its document has for it. Link together
    whatever shares one, step by step."""
    found: dict[str, None] = {}
    for name in (sketch.name, *sketch.aliases):
        own = block(sketch.type, name)
        found.update(dict.fromkeys((own,) if isinstance(own, str) else own))
    return tuple(found)


def link(sketches: Iterable[Sketch]) -> list[Cluster]:
    """The clusters of one bucket, or of several that share entities; the same whatever the order of the sketches."""
    by_key: defaultdict[str, list[Sketch]] = defaultdict(list)
    for one in sorted(sketches, key=lambda s: (s.document, s.key)):
        by_key[one.key].append(one)
    clusters = []
    for same in by_key.values():
        name = max((s.name for s in same), key=lambda n: (len(n.split()), len(n), n))
        documents = tuple(s.document for s in same)
        evidence = (Evidence(kind="name", words=(name,), documents=documents),) if len(same) > 1 else ()
        members = tuple((s.document, s.key) for s in same)
        clusters.append(Cluster(members=members, name=name, type=same[0].type, evidence=evidence))
    return sorted(clusters, key=lambda cluster: cluster.members)
