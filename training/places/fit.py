"""`python -m training.places.fit --data DIR`: fit the weights by which a place name's reading is chosen.

A conditional logit (McFadden 1974) over the features of `onrecord.extract.ranking`, on the half of LGL and GeoVirus
that `evals.places.kept` does not keep: of each name that is found with its exact span and has gold coordinates, the
probability of the readings in the right spot is made as high as it goes, with an L2 penalty. Each set weighs the same,
and each reading of a name in an article counts once, so that an article that repeats a name does not outweigh others.
LGL's articles are read twice, with the address of the page and without, so that the weights hold for both. What the
other places of an article are depends on the weights; so they are fitted in three rounds.

Writes `src/onrecord/extract/weights/places.json`. Takes three minutes, most of them for reading the articles.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from evals.places import SETS, Toponym, articles_of, kept, kilometres

from onrecord.extract import ranking
from onrecord.extract.gazetteer import Candidate
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.places import asked_of
from onrecord.extract.toponyms import WIDE
from onrecord.model import Document, Mention

TARGET = Path(__file__).parents[2] / "src/onrecord/extract/weights/places.json"
TOGETHER = 1000.0
"""What all names of a set weigh together."""
FIXED = {"capital_namesake": -6.0, "capital": 0.5}
"""Weights that are set by hand: these articles hold too few names of the kind (`Washington`) to tell, and LGL
is of papers from towns that bear the name of a better known one, often a capital."""
ROUNDS, STEPS, RATE, PENALTY = 3, 600, 0.1, 0.05

Article = tuple[Document, list[Toponym], Sequence[Mention], float]
"""With the weight of each of its names."""
Instance = tuple[list[dict[str, float]], list[bool], float]
"""The features of each reading, whether it is in the right spot, and the instance's weight."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.places.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public gold sets")
    articles = list(read(parser.parse_args().data))
    for number in range(ROUNDS):
        found = list(instances(articles))
        weights, likelihood = fitted(found)
        print(f"round {number + 1}: {len(found)} names, mean log-likelihood {likelihood:.4f}", flush=True)
        TARGET.write_text(json.dumps(weights, indent=2) + "\n", "utf-8")
        ranking.weights.cache_clear()
    for name, weight in sorted(weights.items(), key=lambda item: -item[1]):
        print(f"{name:14} {weight:7.2f}")


def read(data: Path) -> Iterator[Article]:
    """The articles to learn from, with the mentions of ours."""
    for name in SETS:
        articles = [article for article in articles_of(name, data) if not kept(article.number)]
        names = sum(len(article.gold) for article in articles)
        for article in articles:
            mentions = extract_mentions(article.document, parse(article.document))
            source = article.document.source
            forms = [article.document]
            if source.url:
                bare = msgspec.structs.replace(source, url=None)
                forms.append(msgspec.structs.replace(article.document, source=bare))
            for document in forms:
                yield document, article.gold, mentions, TOGETHER / names / len(forms)


def instances(articles: Sequence[Article]) -> Iterator[Instance]:
    """One for each name of an article that can be had right, and that has more readings than one."""
    for document, gold, mentions, weight in articles:
        where = {(g.start, g.end): g for g in gold if g.lat is not None}
        done = set()
        for toponym, beside, options, evidence, around in asked_of(document, mentions):
            g = where.get((toponym.span.start, toponym.span.end))
            if g is None or (toponym.name, beside) in done:
                continue
            done.add((toponym.name, beside))
            rows = ranking.features(evidence, toponym.name, options, beside, around)
            right = [_right(c, g) for c in options]
            if any(right) and not all(right):
                yield rows, right, weight


def _right(c: Candidate, g: Toponym) -> bool:
    if g.lat is None or g.lon is None:
        return False
    return kilometres(c.lat, c.lon, g.lat, g.lon) <= (900 if g.wide and c.kind in WIDE else 161)


def fitted(found: Sequence[Instance]) -> tuple[dict[str, float], float]:
    """Weights, and the mean log-likelihood that they reach. Adam (Kingma and Ba 2015) on all instances at once."""
    names = sorted({name for rows, _, _ in found for row in rows for name in row})
    most = max(len(rows) for rows, _, _ in found)
    x = np.zeros((len(found), most, len(names)))
    there, right = np.zeros((len(found), most)), np.zeros((len(found), most))
    for i, (rows, correct, _) in enumerate(found):
        there[i, : len(rows)], right[i, : len(rows)] = 1, correct
        for j, row in enumerate(rows):
            for name, value in row.items():
                x[i, j, names.index(name)] = value
    weight = np.array([w for _, _, w in found])
    w, first, second = (np.zeros(len(names)) for _ in range(3))
    likelihood = 0.0
    for name in FIXED.keys() & set(names):
        w[names.index(name)] = FIXED[name]
    free = np.array([name not in FIXED for name in names])
    for step in range(1, STEPS + 1):
        scores = np.where(there > 0, x @ w, -1e9)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True)) * there
        shares /= shares.sum(axis=1, keepdims=True)
        hit = (shares * right).sum(axis=1, keepdims=True).clip(1e-12)
        likelihood = float((weight * np.log(hit[:, 0])).sum() / weight.sum())
        pull = (shares * right / hit - shares) * weight[:, None]
        gradient = np.einsum("ij,ijk->k", pull, x) - PENALTY * w
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        w += free * RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}, likelihood


if __name__ == "__main__":
    main()
