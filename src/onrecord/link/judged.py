"""Clusters as people judged them, with the id of each: pure, and the same whatever the order of the clusters."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.model import (
    Cluster,
    Correction,
    Evidence,
    Judged,
    Judgement,
    Member,
    MentionKind,
    Settled,
    Sketch,
    actor_id,
)


class _Group:
    """A cluster while judgements are laid over it."""

    def __init__(self, cluster: Cluster) -> None:
        self.members = set(cluster.members)
        self.name, self.type = cluster.name, cluster.type
        self.evidence, self.apart = list(cluster.evidence), list(cluster.apart)
        self.judgements: list[str] = []
        self.named: str | None = None


def settle(clusters: Sequence[Cluster], sketches: Sequence[Sketch], judgements: Sequence[Judgement]) -> list[Settled]:
    """The actors of some buckets. `judgements`: those in force that concern them, the first one first; each finds the
    actor that it means by the members that it names, and has no effect where none of them is there any more.

    An actor's id is the key that most of its documents use. Of two actors with that key the one with more documents has
    it, and the other gets a hash of the key and its first document, so that ids hang on what is kept alone.
    """
    seen = {(sketch.document, sketch.key): sketch for sketch in sketches}
    groups = [_Group(cluster) for cluster in sorted(clusters, key=lambda cluster: cluster.members)]
    for judgement in judgements:
        correction = judgement.correction
        if correction is None:
            continue
        meant = [group for actor in correction.actors if (group := _meant(groups, actor)) is not None]
        if judgement.verdict == "merge":
            _merge(groups, list(dict.fromkeys(meant)), judgement.id)
        elif judgement.verdict == "split" and meant:
            _split(groups, meant[0], correction, judgement.id, seen)
        elif judgement.verdict == "rename" and meant and correction.name:
            meant[0].name, meant[0].named = correction.name, judgement.id
            meant[0].judgements.append(judgement.id)
    ids = _ids(groups, seen)
    return sorted(
        (
            Settled(
                id=ids[group],
                name=group.name,
                type=group.type,
                members=tuple(sorted(group.members)),
                evidence=tuple(group.evidence),
                apart=tuple(each for each in group.apart if each.member not in group.members),
                judgements=tuple(dict.fromkeys(group.judgements)),
                named=group.named,
            )
            for group in groups
        ),
        key=lambda settled: settled.members,
    )


def _meant(groups: Iterable[_Group], actor: Judged) -> _Group | None:
    """The group with most of the members that a judgement named; with most of their keys, where all of these are gone,
    as when a newer extractor gave an entity of the same article another key."""
    members = set(actor.members)
    keys = {key for _, key in members}

    def rank(group: _Group) -> tuple[int, int, list[Member]]:
        own = group.members & members
        return len(own), sum(key in keys for _, key in group.members), sorted(own)

    best = max(groups, key=rank, default=None)
    return best if best is not None and rank(best)[:2] != (0, 0) else None


def _merge(groups: list[_Group], meant: Sequence[_Group], judgement: str) -> None:
    """The first takes in the others, and keeps its name; a name that a person gave goes before one that was found."""
    if not meant:
        return
    first = meant[0]
    first.judgements.append(judgement)
    for other in meant[1:]:
        groups.remove(other)
        first.members |= other.members
        first.evidence += [each for each in other.evidence if each not in first.evidence]
        first.apart += [each for each in other.apart if each not in first.apart]
        first.judgements += other.judgements
        if other.named and not first.named:
            first.name, first.named = other.name, other.named


def _split(
    groups: list[_Group], group: _Group, correction: Correction, judgement: str, seen: Mapping[Member, Sketch]
) -> None:
    """What the documents say of the actor is of another one, which bears the name that they use."""
    documents = set(correction.documents)
    moved = {member for member in group.members if member[0] in documents}
    if not moved or moved == group.members:
        return
    group.members -= moved
    group.judgements.append(judgement)
    other = _Group(Cluster(members=tuple(sorted(moved)), name=_name(moved, seen), type=_type(moved, seen, group.type)))
    other.judgements.append(judgement)
    groups.append(other)
    if not group.named:
        group.name = _name(group.members, seen, group.name)
    evidence = group.evidence
    for each in (group, other):
        each.evidence = _left(evidence, {document for document, _ in each.members})


def _left(evidence: Sequence[Evidence], documents: set[str]) -> list[Evidence]:
    """What still speaks for those that are left: evidence of two documents or more of theirs."""
    left: list[Evidence] = []
    for each in evidence:
        own = tuple(document for document in each.documents if document in documents)
        if len(own) > 1:
            left.append(Evidence(kind=each.kind, words=each.words, documents=own))
    return left


def _name(members: Iterable[Member], seen: Mapping[Member, Sketch], usual: str | None = None) -> str:
    """`usual` where it is still used, else the spelling that most use, the fullest of those used alike."""
    names = Counter(seen[member].name for member in members if member in seen)
    if usual in names or not names:
        return usual or ""
    return max(names, key=lambda name: (names[name], len(name.split()), len(name), name))


def _type(members: Iterable[Member], seen: Mapping[Member, Sketch], usual: MentionKind) -> MentionKind:
    types = Counter(seen[member].type for member in members if member in seen)
    return max(types, key=lambda type_: (types[type_], type_), default=usual)


def _ids(groups: Sequence[_Group], seen: Mapping[Member, Sketch]) -> dict[_Group, str]:
    """An id for each group, no two the same."""
    claims: defaultdict[str, list[tuple[int, tuple[str, str], _Group]]] = defaultdict(list)
    for group in groups:
        uses = Counter(key for _, key in group.members)
        key = min(uses, key=lambda each: (-uses[each], each))
        first = min(
            (seen[member].published or "~" if member in seen else "~", member[0])
            for member in group.members
            if member[1] == key
        )
        claims[key].append((-uses[key], first, group))
    ids: dict[_Group, str] = {}
    for key, claimed in claims.items():
        for place, (_, (_, document), group) in enumerate(sorted(claimed, key=lambda claim: claim[:2])):
            ids[group] = actor_id(key, document) if place else key
    return ids
