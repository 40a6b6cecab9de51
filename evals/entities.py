"""Who is who over several articles: B³ on ECB+'s human participants and on MEANTIME's people, bodies and places.

The gold mentions are given. Each is answered with the cluster of ours that is seen at its head: a name of an entity, or
a pronoun or description that the product leads back to one; clusters are what `link` makes of all the entities of a
collection. A mention that leads to nobody is a cluster of its own, so that what we miss costs recall; what we find
beside the gold costs nothing. `names` are the gold mentions that are names, scored without the others, `all` is every
mention, pronouns and nominals (`the driver`) among them. `same string` puts together what is written alike, whatever
the article: what there is to gain by linking. `key` puts together entities of one key (the full name), as before it.

`python -m evals.entities --data DIR` prints MUC, CEAFe and their mean with B³ (CoNLL) too, and with `--failures` the
clusters that hold several gold chains and the chains that lie in several clusters.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.coreference import Article, Collection, Form, Gold, b_cubed, ceaf_e, ecb, harmonic, mean, meantime, muc
from evals.measure import Score
from evals.measure import score as scored
from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.pronouns import Reader
from onrecord.extract.statements.scene import Scene
from onrecord.link.actors import buckets, link, sketch
from onrecord.model import Entity, Sketch

FAMILY = "entities"
SETS: dict[str, Callable[[Path], Iterator[Collection]]] = {"ECB+ dev": ecb, "MEANTIME": meantime}
WAYS = ("linked", "key", "same string")
MEASURES = ("B3", "MUC", "CEAFe")


class Answer(NamedTuple):
    """One gold mention with the cluster that each way puts it in."""

    article: str
    gold: Gold
    text: str
    clusters: dict[str, str]


class Seen(NamedTuple):
    """A place of an article where an entity is seen."""

    start: int
    end: int
    key: str


def score(data: Path) -> Iterator[Score]:
    """B³ of each set: names and all mentions, linked and by string."""
    for name, collections in SETS.items():
        answers = [answered(collection) for collection in collections(data)]
        for label, forms in (("names", ("name",)), ("all", ("name", "nominal", "pronoun"))):
            chosen = [[a for a in each if a.gold.form in forms] for each in answers]
            for way in WAYS:
                yield _scored(f"{name} {label}, {way}, B3", chosen, way)


def _scored(name: str, collections: Sequence[Sequence[Answer]], way: str) -> Score:
    by_article: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for answers in collections:
        each = b_cubed([a.gold.chain for a in answers], [a.clusters[way] for a in answers])
        for answer, pair in zip(answers, each, strict=True):
            by_article[answer.article].append(pair)
    items = list(by_article.values())
    return scored(FAMILY, name, items, lambda some: mean(p for pairs in some for p in pairs), n=sum(map(len, items)))


def answered(collection: Collection) -> list[Answer]:
    """Every gold mention of a collection with its clusters."""
    seen: list[list[Seen]] = []
    sketches: list[Sketch] = []
    for article in collection.articles:
        entities, places = read(article)
        seen.append(places)
        sketches += [sketch(article.document, entity, entities) for entity in entities]
    cluster_of = clusters(sketches)
    answers = []
    for article, places in zip(collection.articles, seen, strict=True):
        document = article.document
        for gold in article.gold:
            key = at(gold, places)
            alone = f"{document.id} {gold.start} {gold.end}"
            text = document.text[slice(*gold.head)]
            written = alone if gold.form == "pronoun" else " ".join(text.lower().split())
            linked = cluster_of[document.id, key] if key else alone
            found = {"alone": alone, "linked": linked, "key": key or alone, "same string": written}
            answers.append(Answer(document.source.name, gold, text, found))
    return answers


def clusters(sketches: Sequence[Sketch]) -> dict[tuple[str, str], str]:
    """(document, key) -> the name of the cluster; buckets that share an entity are linked in one."""
    parent: dict[str, str] = {}

    def root(bucket: str) -> str:
        while parent.setdefault(bucket, bucket) != bucket:
            bucket = parent[bucket]
        return bucket

    for one in sketches:
        first, *others = buckets(one)
        for other in others:
            parent[root(other)] = root(first)
    groups: defaultdict[str, list[Sketch]] = defaultdict(list)
    for one in sketches:
        groups[root(buckets(one)[0])].append(one)
    return {
        member: f"{group} {n}"
        for group, members in groups.items()
        for n, cluster in enumerate(link(members))
        for member in cluster.members
    }


def read(article: Article) -> tuple[list[Entity], list[Seen]]:
    """The entities of an article, and wherever one is seen."""
    document = article.document
    passages = parse(document)
    mentions = extract_mentions(document, passages)
    entities = [f.value for f in extract_entities(document, mentions) if isinstance(f.value, Entity)]
    scene = Scene(document, passages, entities, find_quotations(document))
    Reader(scene).read_to(len(document.text))
    seen = [Seen(m.start, m.end, entity.key) for entity in entities for m in entity.mentions]
    again = ((s, scene.known[s.who].key) for s in scene.sights if s.again)
    return entities, [*seen, *(Seen(s.start, s.end, key) for s, key in again if key)]


def at(gold: Gold, seen: Sequence[Seen]) -> str | None:
    """The key of the entity seen at the last character of a mention's head: of several, the one whose words are most
    nearly those of the mention or its head."""
    last = gold.head[1] - 1
    near = [s for s in seen if s.start <= last < s.end]
    if not near:
        return None

    def alike(place: Seen) -> float:
        return max(_overlap(place, start, end) for start, end in ((gold.start, gold.end), gold.head))

    return max(near, key=lambda place: (alike(place), -place.start)).key


def _overlap(place: Seen, start: int, end: int) -> float:
    both = min(place.end, end) - max(place.start, start)
    return both / (max(place.end, end) - min(place.start, start))


def _measures(collections: Sequence[Sequence[Answer]], way: str) -> str:
    """All measures over the collections, clusters of one never those of another."""
    gold = [f"{n} {a.gold.chain}" for n, answers in enumerate(collections) for a in answers]
    found = [f"{n} {a.clusters[way]}" for n, answers in enumerate(collections) for a in answers]
    pairs = b_cubed(gold, found)
    three = (
        (sum(p for p, _ in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs)),
        muc(gold, found),
        ceaf_e(gold, found),
    )
    shown = [f"{name} {p:.3f} {r:.3f} {harmonic(p, r):.3f}" for name, (p, r) in zip(MEASURES, three, strict=True)]
    return "   ".join([*shown, f"CoNLL {sum(harmonic(*pair) for pair in three) / 3:.3f}"])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.entities", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public gold sets")
    parser.add_argument("--failures", action="store_true", help="clusters and chains of names that disagree")
    options = parser.parse_args()
    for name, load in SETS.items():
        answers = [answered(collection) for collection in load(options.data)]
        lines: tuple[tuple[str, tuple[Form, ...]], ...] = (
            ("names", ("name",)),
            ("nominals", ("nominal",)),
            ("pronouns", ("pronoun",)),
            ("all", ("name", "nominal", "pronoun")),
        )
        for label, forms in lines:
            chosen = [[a for a in each if a.gold.form in forms] for each in answers]
            missed = sum(a.clusters["key"] == a.clusters["alone"] for each in chosen for a in each)
            print(f"{name} {label}: {sum(map(len, chosen))} mentions, {missed} lead to nobody")
            for way in WAYS:
                print(f"  {way:<12} {_measures(chosen, way)}")
        if options.failures:
            for each in answers:
                _failures([a for a in each if a.gold.form == "name"])


def _failures(answers: Sequence[Answer]) -> None:
    for word, one, other in (
        ("MIXED", lambda a: a.clusters["linked"], lambda a: a.gold.chain),
        ("SPLIT", lambda a: a.gold.chain, lambda a: a.clusters["linked"]),
    ):
        groups: defaultdict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            groups[one(answer)].append(answer)
        for key, members in groups.items():
            parts: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for member in members:
                parts[other(member)][member.text] += 1
            if len(parts) > 1:
                print(f"{word} {key}: " + " | ".join(f"{dict(c)}" for c in parts.values()))


if __name__ == "__main__":
    main()
