"""Statements on PolNeAR's dev articles: exact spans of sources, cues and contents, and statements whole.

Gold: the first annotator that `metadata.tsv` names. PolNeAR annotates one layer, the outermost, so that our nested
statements are left out of the comparison.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score, compare
from evals.measure import score as scored
from onrecord.extract.parse import parse
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.nesting import parents
from onrecord.extract.statements.spotted import Spotted
from onrecord.extract.statements.spotting import LEAST, spot
from onrecord.model import Block, Document, Source, Span

FAMILY = "statements"

Spans = tuple[tuple[int, int], ...]


class Attribution(NamedTuple):
    """A statement of the gold, as sorted spans."""

    source: Spans
    cue: Spans
    content: Spans


def corpus(data: Path) -> Path:
    return data / "gold" / "polnear" / "dev"


def articles(data: Path, part: str) -> Iterator[tuple[str, list[Attribution]]]:
    """Text and gold of each article of `train` or `dev`, in the order of file names."""
    for _, text, gold in named_articles(data, part):
        yield text, gold


def named_articles(data: Path, part: str) -> Iterator[tuple[str, str, list[Attribution]]]:
    """The same with the name of each, which begins with the outlet's."""
    root = data / "gold" / "polnear"
    with (root / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for path in sorted((root / part / "text").glob("*.txt")):
        if path.stem not in rows:
            continue
        annotator = rows[path.stem]["annotators"].split("|")[0]
        gold = root / part / "attributions" / f"{path.stem}_{annotator}.ann"
        if gold.exists():
            text = path.read_bytes().decode("utf-8")
            yield path.stem, text, list(attributions(gold.read_text(encoding="utf-8")))


def attributions(standoff: str) -> Iterator[Attribution]:
    """The relations of a brat file that have a cue and a content."""
    spans: dict[str, Spans] = {}
    relations: list[list[str]] = []
    for line in standoff.splitlines():
        fields = line.split("\t")
        if fields[0].startswith("T") and len(fields) > 2:
            pieces = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = tuple((int(a), int(b)) for a, b in (piece.split() for piece in pieces))
        elif fields[0].startswith("E") and len(fields) > 1:
            relations.append(fields[1].split())
    for relation in relations:
        parts: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
        for argument in relation:
            role, _, target = argument.partition(":")
            if (role := role.rstrip("0123456789")) in parts:
                parts[role].extend(spans.get(target, ()))
        if parts["Cue"] and parts["Content"]:
            yield Attribution(*(tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content")))


def plain(text: str) -> Document:
    """A document whose text is the gold's, character for character, a block a line."""
    blocks = tuple(
        Block(kind="paragraph", span=Span(start=m.start(), end=m.end())) for m in re.finditer(r"[^\n]+", text)
    )
    source = Source(sha256="0" * 64, media_type="text/plain")
    return Document(id="gold", source=source, reader="gold/1", text=text, blocks=blocks)


class Reading(NamedTuple):
    """An article with its gold and all that we find; `above` holds the index of each one's parent."""

    name: str
    text: str
    gold: list[Attribution]
    found: list[Spotted]
    above: list[int | None]

    def outermost(self) -> list[int]:
        """Indices of what we find at the article's own level, the only one that is annotated."""
        return [index for index, parent in enumerate(self.above) if parent is None]


@cache
def readings(data: Path, least: float = LEAST) -> list[Reading]:
    """The dev articles, read. Speakers and labels, which no score needs, are not worked out. `least`: see `spot`."""
    result = []
    for name, text, gold in named_articles(data, "dev"):
        document = plain(text)
        found = spot(document, parse(document), find_quotations(document), least)
        result.append(Reading(name, text, gold, found, parents(found)))
    return result


def attribution(found: Spotted) -> Attribution:
    return Attribution(_pairs(found.sources), _pairs((found.cue,) if found.cue else ()), _pairs(found.contents))


def _pairs(spans: tuple[Span, ...]) -> Spans:
    return tuple(sorted((span.start, span.end) for span in spans))


def overlapping(gold: Iterable[Attribution], found: Iterable[Attribution]) -> list[Attribution | None]:
    """Of each that was found the gold statement that it agrees with in part, each for one alone: cues overlap, and so
    do the contents, and the sources unless neither has any."""
    left = list(gold)
    matches: list[Attribution | None] = []
    for one in found:
        match = next((g for g in left if all(_touch(a, b) for a, b in zip(g, one, strict=True))), None)
        if match is not None:
            left.remove(match)
        matches.append(match)
    return matches


def _in_part(gold: list[Attribution], found: list[Attribution]) -> Counts:
    right = sum(match is not None for match in overlapping(gold, found))
    return Counts(right, len(found) - right, len(gold) - right)


def _touch(a: Spans, b: Spans) -> bool:
    return (not a and not b) or any(x < d and c < y for x, y in a for c, d in b)


def score(data: Path) -> Iterator[Score]:
    """Exact F1 of each kind of span; F1 of whole statements, exact and overlapping."""
    pairs = [(one.gold, [attribution(one.found[i]) for i in one.outermost()]) for one in readings(data)]
    yield from scores(pairs)


def scores(pairs: list[tuple[list[Attribution], list[Attribution]]], part: str = "PolNeAR dev") -> Iterator[Score]:
    """The five scores over articles, each as its gold and what was found."""
    for index, name in enumerate(("source", "cue", "content")):
        yield scored(
            FAMILY,
            f"{part}, {name}, exact F1",
            [
                compare((s for a in gold for s in a[index]), (s for a in found for s in a[index]))
                for gold, found in pairs
            ],
        )
    yield scored(FAMILY, f"{part}, whole, exact F1", [compare(gold, found) for gold, found in pairs])
    yield scored(FAMILY, f"{part}, whole, overlapping F1", [_in_part(gold, found) for gold, found in pairs])
