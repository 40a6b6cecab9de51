"""Whom `he` and `she` stand for, anywhere in a text: GAP's development part and the news of GUM.

GAP (Webster et al. 2018) has pronouns of Wikipedia that could be either of two people of one sex; of its 2,000 rows a
quarter, chosen by a hash, is scored, and the weights were learned from the rest. We choose among all names of the text,
not between the two. Rows that are neither A nor B count only where we answer A or B, which is wrong.
GUM (Zeldes 2017): pronouns, and descriptions with `the`, whose chain holds a name that we find.

`precision`: of those that we lead back to somebody, the share that is right; `answered`: the share that we do.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score
from evals.measure import score as scored
from evals.names import NO_SPACE_AFTER, NO_SPACE_BEFORE, document
from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.pronouns import Reader
from onrecord.extract.statements.scene import Scene
from onrecord.model import Document, Entity

FAMILY = "pronouns"
_PRONOUNS = frozenset("he she him her his hers himself herself".split())

Range = tuple[int, int]


class Row(NamedTuple):
    """One pronoun of GAP: its place, the right names' places (none where it is neither), and the wrong ones'."""

    text: str
    pronoun: Range
    right: tuple[Range, ...]
    wrong: tuple[Range, ...]
    held: bool
    """Whether it is scored, and not learned from."""


def gap(data: Path) -> Iterator[Row]:
    with (data / "gold" / "gap" / "gap-development.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            at = int(row["Pronoun-offset"])
            names = [
                (row[f"{x}-coref"] == "TRUE", (int(row[f"{x}-offset"]), int(row[f"{x}-offset"]) + len(row[x])))
                for x in "AB"
            ]
            yield Row(
                text=row["Text"],
                pronoun=(at, at + len(row["Pronoun"])),
                right=tuple(place for true, place in names if true),
                wrong=tuple(place for true, place in names if not true),
                held=hashlib.sha256(row["ID"].encode()).digest()[0] < 64,
            )


def scene(document: Document) -> Scene:
    """The article with everybody on it, and no statements."""
    passages = parse(document)
    mentions = extract_mentions(document, passages)
    entities = [f.value for f in extract_entities(document, mentions) if isinstance(f.value, Entity)]
    return Scene(document, passages, entities, find_quotations(document))


def _named(where: Scene, who: int, places: Sequence[Range]) -> bool:
    return any(m.start < end and start < m.end for m in where.known[who].mentions for start, end in places)


def _gap_counts(data: Path) -> Iterator[tuple[Counts, Counts]]:
    for row in gap(data):
        if not row.held:
            continue
        where = scene(document("gap", row.text))
        reader = Reader(where)
        reader.read_to(row.pronoun[1])
        choice = reader.choices.get(row.pronoun[0])
        who = choice.who if choice else None
        right = who is not None and _named(where, who, row.right)
        wrong = who is not None and not right and (bool(row.right) or _named(where, who, row.wrong))
        answered = Counts(right + wrong, 0, not (right or wrong)) if row.right else Counts(0, 0, 0)
        yield Counts(right, 0, wrong), answered


def gum(path: Path) -> tuple[Document, list[tuple[Range, list[Range]]]]:
    """One article of GUM: pronouns and descriptions, each with the places of the other mentions of its chain."""
    text, places, open_, chains = "", [], {}, {}  # type: ignore[var-annotated]
    glue = True
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 3:
            continue
        word = cells[1]
        if not glue and word not in NO_SPACE_BEFORE:
            text += " "
        glue = word in NO_SPACE_AFTER
        start, text = len(text), text + word
        places.append((start, len(text)))
        for opening, label, closing in re.findall(r"(\()?([^()|_][^()|]*)(\))?", cells[2]):
            if opening:
                open_.setdefault(label, []).append(start)
            if closing and open_.get(label):
                chains.setdefault(label, []).append((open_[label].pop(), len(text)))
    asked = []
    for mentions in chains.values():
        for start, end in mentions:
            words = text[start:end].split()
            pronoun = len(words) == 1 and words[0].lower() in _PRONOUNS
            role = 1 < len(words) <= 4 and words[0].lower() == "the" and words[-1].islower()
            others = [
                m
                for m in mentions
                if text[m[0]].isupper() and text[slice(*m)].lower() not in _PRONOUNS and m[1] - m[0] < 60
            ]
            if (pronoun or role) and others:
                asked.append(((start, end), others))
    return document(path.name, text), asked


def _gum_counts(data: Path) -> Iterator[tuple[Counts, Counts]]:
    for path in sorted((data / "gold" / "gum_coref").glob("*.conll")):
        article, asked = gum(path)
        where = scene(article)
        reader = Reader(where)
        reader.read_to(len(article.text))
        yes = no = silent = 0
        for (start, end), others in asked:
            if not any(_named(where, n, others) for n, k in enumerate(where.known) if k.person):
                continue
            seen = {s.who for s in where.between(start, end) if s.again and s.end == end}
            right = any(_named(where, who, others) for who in seen)
            yes, no, silent = yes + right, no + (bool(seen) and not right), silent + (not seen)
        yield Counts(yes, 0, no), Counts(yes + no, 0, silent)


def share(counts: Sequence[Counts]) -> float:
    """What is right of all that there is."""
    return sum(c.tp for c in counts) / max(1, sum(c.tp + c.fn for c in counts))


def score(data: Path) -> Iterator[Score]:
    """Precision and share answered on both."""
    for name, pairs in (("GAP dev", list(_gap_counts(data))), ("GUM news", list(_gum_counts(data)))):
        yield scored(FAMILY, f"{name}, precision", [right for right, _ in pairs], share)
        yield scored(FAMILY, f"{name}, answered", [answered for _, answered in pairs], share)
