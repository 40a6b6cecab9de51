"""Statements on PolNeAR's dev articles: exact spans of sources, cues and contents, and statements whole.

Gold: the first annotator that `metadata.tsv` names. PolNeAR annotates one layer, the outermost, so that our nested
statements are left out of the comparison.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score, compare
from evals.measure import score as scored
from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.statements import extract_statements
from onrecord.model import Block, Document, Entity, Source, Span, Statement

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
    root = data / "gold" / "polnear"
    with (root / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for path in sorted((root / part / "text").glob("*.txt")):
        if path.stem not in rows:
            continue
        annotator = rows[path.stem]["annotators"].split("|")[0]
        gold = root / part / "attributions" / f"{path.stem}_{annotator}.ann"
        if gold.exists():
            yield path.read_bytes().decode("utf-8"), list(attributions(gold.read_text(encoding="utf-8")))


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


def outermost(document: Document) -> list[Attribution]:
    """What we find at the article's own level."""
    passages = parse(document)
    mentions = extract_mentions(document, passages)
    entities = [f.value for f in extract_entities(document, mentions) if isinstance(f.value, Entity)]
    found = extract_statements(document, passages, mentions, entities, ())
    return [
        Attribution(_pairs(s.sources), _pairs((s.cue,) if s.cue else ()), _pairs(s.contents))
        for s in (finding.value for finding in found)
        if isinstance(s, Statement) and s.parent is None
    ]


def _pairs(spans: tuple[Span, ...]) -> Spans:
    return tuple(sorted((span.start, span.end) for span in spans))


def _overlapping(gold: list[Attribution], found: list[Attribution]) -> Counts:
    """Whole statements that agree in part: cues overlap, and so do the contents, and the sources if there are any."""
    left = list(gold)
    right = 0
    for one in found:
        match = next((g for g in left if all(_touch(a, b) for a, b in zip(g, one, strict=True))), None)
        if match is not None:
            left.remove(match)
            right += 1
    return Counts(right, len(found) - right, len(left))


def _touch(a: Spans, b: Spans) -> bool:
    return (not a and not b) or any(x < d and c < y for x, y in a for c, d in b)


def score(data: Path) -> Iterator[Score]:
    """Exact F1 of each kind of span; F1 of whole statements, exact and overlapping."""
    pairs = [(gold, outermost(plain(text))) for text, gold in articles(data, "dev")]
    for index, name in enumerate(("source", "cue", "content")):
        yield scored(
            FAMILY,
            f"PolNeAR dev, {name}, exact F1",
            [
                compare((s for a in gold for s in a[index]), (s for a in found for s in a[index]))
                for gold, found in pairs
            ],
        )
    yield scored(FAMILY, "PolNeAR dev, whole, exact F1", [compare(gold, found) for gold, found in pairs])
    yield scored(FAMILY, "PolNeAR dev, whole, overlapping F1", [_overlapping(gold, found) for gold, found in pairs])
