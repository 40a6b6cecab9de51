"""Learn what each feature of a sight counts for when a pronoun is led back: writes `extract/data/pronouns.toml`.

    python -m training.pronouns --data ../shared/data

A log-linear model over the people that a pronoun may mean, by gradient ascent with a quadratic penalty. Learned from
GAP's development part without the rows that `evals/pronouns.py` scores, and from ECB+ (Cybulska and Vossen 2014),
whose news counts four times. No randomness: the same data give the same file.
"""

import argparse
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from evals.names import NO_SPACE_AFTER, NO_SPACE_BEFORE
from evals.pronouns import Range, gap, scene
from evals.statements import plain

from onrecord.extract.statements.pronouns import Reader, weighed
from onrecord.model import Document, Span

TABLE = Path("src/onrecord/extract/data/pronouns.toml")
HEADER = """\
# What each feature of a sight counts for when a pronoun is led back to somebody, in log odds: higher is likelier. The
# features are told in `statements/pronouns.py`. Made by training/pronouns.py from GAP (Webster et al. 2018, Apache-2.0)
# and ECB+ (Cybulska and Vossen 2014, CC BY 3.0). Weights, no text.
"""
PRIORS = {"paragraphs": -0.5, "spoke": 3.0}
"""Set by hand: GAP has one paragraph a text, ECB+ none, and neither says who speaks."""
NEWS = 4.0
PENALTY = 2.0
STEPS = 400
FORMS = frozenset("he she him her his hers himself herself".split())

Example = tuple[list[dict[str, float]], list[int], float]


def examples(document: Document, asked: dict[int, tuple[Range, ...]], weight: float) -> Iterator[Example]:
    """Of each pronoun asked for: features of all candidates, which of them are right, and the weight."""
    where = scene(document)
    reader = Reader(where)
    for start, places in sorted(asked.items()):
        reader.read_to(start)
        word = where.token(start)
        if word is None:
            continue
        candidates = list(weighed(where, Span(start=start, end=start + len(word))))
        right = [
            n
            for n, (who, _, _) in enumerate(candidates)
            if any(m.start < b and a < m.end for m in where.known[who].mentions for a, b in places)
        ]
        # One more stands for everybody whom we did not see: it is right where no other is.
        yield [*(features for _, _, features in candidates), {"nobody": 1.0}], right or [len(candidates)], weight


def news(path: Path) -> tuple[Document, dict[int, tuple[Range, ...]]]:
    """One file of ECB+: each pronoun of a person with the places of the other mentions of its chain."""
    root = ET.parse(path).getroot()  # noqa: S314 - a file of a corpus
    tokens = [(t.get("t_id", ""), t.get("sentence", ""), t.text or "") for t in root.iter("token")]
    addresses = {sentence for _, sentence, word in tokens if word.startswith("http")}
    text, place, last, glue, sentences = "", {}, None, True, 0
    for name, sentence, word in tokens:
        if sentence in addresses:
            continue
        if sentence != last:
            sentences += last is not None
            text += "" if last is None else "\n" if sentences % 2 == 0 else " "  # paragraphs of two sentences
            last, glue = sentence, True
        text += "" if glue or word in NO_SPACE_BEFORE else " "
        glue = word in NO_SPACE_AFTER
        place[name] = (len(text), len(text) + len(word))
        text += word
    marked: dict[str, Range] = {}
    for mention in root.find("Markables") or ():
        spans = [place[a.get("t_id", "")] for a in mention.iter("token_anchor") if a.get("t_id") in place]
        if spans:
            marked[mention.get("m_id", "")] = (min(a for a, _ in spans), max(b for _, b in spans))
    asked: dict[int, tuple[Range, ...]] = {}
    for relation in root.find("Relations") or ():
        chain = [marked[s.get("m_id", "")] for s in relation.iter("source") if s.get("m_id") in marked]
        others = tuple(m for m in chain if text[slice(*m)].lower() not in FORMS and m[1] - m[0] < 60)
        asked.update({m[0]: others for m in chain if text[slice(*m)].lower() in FORMS and others})
    return plain(text), asked


def learn(found: list[Example]) -> dict[str, float]:
    """The weights under which the right candidates are likeliest."""
    names = sorted({name for candidates, _, _ in found for features in candidates for name in features} - PRIORS.keys())
    tables = [(np.array([[f.get(n, 0.0) for n in names] for f in cs]), np.array(y), w) for cs, y, w in found]
    total = sum(weight for _, _, weight in found)
    weights, first, second = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        gradient = -PENALTY * weights / total
        for table, right, weight in tables:
            scores = np.exp(table @ weights - (table @ weights).max())
            odds = scores / scores.sum()
            gradient += weight / total * (odds[right] / odds[right].sum() @ table[right] - odds @ table)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weights += 0.05 * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, (round(float(w), 2) for w in weights), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.pronouns", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    found: list[Example] = []
    for row in gap(data):
        if not row.held and row.right:
            found.extend(examples(plain(row.text), {row.pronoun[0]: row.right}, 1.0))
    print(f"{len(found)} pronouns of GAP", flush=True)
    for path in sorted((data / "gold" / "ecbplus").glob("*/*.xml")):
        document, asked = news(path)
        if asked:
            found.extend(examples(document, asked, NEWS))
    weights = learn(found)
    rows = "".join(f'"{name}" = {weight}\n' for name, weight in weights.items())
    priors = "".join(f'"{name}" = {weight}\n' for name, weight in PRIORS.items())
    TABLE.write_text(f"{HEADER}\n[weights]\n{rows}\n[priors]\n{priors}", "utf-8")
    print(f"{len(found)} pronouns, {len(weights)} weights in {TABLE}")


if __name__ == "__main__":
    main()
