"""Statements inside statements, on cases of our own: the rules of what is annotated are in `nested.md`.

A nested statement is found if the cues overlap, the contents share at least half of the longer one, the sources
overlap or both are empty, and the parent that was found is the right one. All that is found inside a content beyond
that counts against it. `dev` is for looking at failures; `kept` is scored and never looked at.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.measure import Counts, Score
from evals.measure import score as scored
from evals.statements import plain
from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.statements import extract_statements
from onrecord.model import Entity, Span, Statement, entry_id

FAMILY = "nested"
CASES = Path(__file__).with_name("nested.jsonl")
PARTS = ("dev", "kept")


class Voiced(NamedTuple):
    """A statement with its parent, the index of another of the same case."""

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    parent: int | None


class Case(NamedTuple):
    id: str
    part: str
    trap: str | None
    text: str
    gold: list[Voiced]


def cases(part: str | None = None) -> Iterator[Case]:
    """The cases in the order of the file. Raises ValueError for a text that is not there, or not clear."""
    for row in map(json.loads, CASES.read_text("utf-8").splitlines()):
        if part in (None, row["part"]):
            gold = [
                Voiced(
                    source=_place(row["text"], one["source"]) if one["source"] else None,
                    cue=_place(row["text"], one["cue"]),
                    contents=tuple(_place(row["text"], content) for content in one["contents"]),
                    parent=one["parent"],
                )
                for one in row["statements"]
            ]
            yield Case(row["id"], row["part"], row.get("trap"), row["text"], gold)


def _place(text: str, wanted: str | list[Any]) -> Span:
    """Where a text stands as whole words; of several, the one whose number is given."""
    exact, number = (wanted, None) if isinstance(wanted, str) else wanted
    left, right = (r"\b" if re.match(r"\w", exact) else ""), (r"\b" if re.search(r"\w$", exact) else "")
    places = [match.start() for match in re.finditer(left + re.escape(exact) + right, text)]
    if not places or (number is None and len(places) > 1):
        raise ValueError(f"{exact!r} stands {len(places)} times in {text!r}; give it as [text, number]")
    start = places[(number or 1) - 1]
    return Span(start=start, end=start + len(exact))


def found(text: str) -> list[Voiced]:
    """What the product finds, each statement with the index of its parent."""
    document = plain(text)
    passages = parse(document)
    mentions = extract_mentions(document, passages)
    entities = [f.value for f in extract_entities(document, mentions) if isinstance(f.value, Entity)]
    findings = extract_statements(document, passages, mentions, entities, ())
    values = [finding.value for finding in findings if isinstance(finding.value, Statement)]
    index = {entry_id(document, value): number for number, value in enumerate(values)}
    return [
        Voiced(
            source=Span(start=min(s.start for s in v.sources), end=max(s.end for s in v.sources))
            if v.sources
            else None,
            cue=v.cue,
            contents=v.contents,
            parent=index[v.parent] if v.parent is not None else None,
        )
        for v in values
    ]


def match(gold: Sequence[Voiced], ours: Sequence[Voiced], *, exact: bool = False) -> dict[int, int]:
    """Which of ours is which of the gold, by index: one each, with the right parent or at the outermost level both."""
    pairs: dict[int, int] = {}
    for index, one in enumerate(gold):
        for number, other in enumerate(ours):
            if number not in pairs.values() and _agree(one, other, exact) and _same_parent(gold, ours, index, number):
                pairs[index] = number
                break
    return pairs


def _agree(a: Voiced, b: Voiced, exact: bool) -> bool:
    if exact:
        return a[:3] == b[:3]
    if a.cue is None or b.cue is None or not a.cue.overlaps(b.cue):
        return False
    if (a.source is None) != (b.source is None) or (a.source and b.source and not a.source.overlaps(b.source)):
        return False
    return 2 * _shared(a.contents, b.contents) >= max(sum(map(len, a.contents)), sum(map(len, b.contents)))


def _shared(a: Sequence[Span], b: Sequence[Span]) -> int:
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def _same_parent(gold: Sequence[Voiced], ours: Sequence[Voiced], index: int, number: int) -> bool:
    above, found_above = gold[index].parent, ours[number].parent
    if above is None or found_above is None:
        return above is found_above
    a, b = gold[above], ours[found_above]
    if a.cue is not None and b.cue is not None:
        return a.cue.overlaps(b.cue)
    return bool(_shared(a.contents, b.contents))


def counts(case: Case, ours: Sequence[Voiced], *, nested: bool = True, exact: bool = False) -> Counts:
    """Of one case: right, found beyond the gold, and missed, of the nested statements or of the outermost."""
    pairs = match(case.gold, ours, exact=exact)
    wanted = {i for i, one in enumerate(case.gold) if (one.parent is not None) == nested}
    have = {i for i, one in enumerate(ours) if (one.parent is not None) == nested}
    right = len(wanted & pairs.keys())
    return Counts(right, len(have) - right, len(wanted) - right)


def _precision(some: list[Counts]) -> float:
    given = sum(c.tp + c.fp for c in some)
    return sum(c.tp for c in some) / given if given else 0.0


def _recall(some: list[Counts]) -> float:
    wanted = sum(c.tp + c.fn for c in some)
    return sum(c.tp for c in some) / wanted if wanted else 0.0


def score(data: Path) -> Iterator[Score]:
    """Each part apart: nested F1 with its precision and recall, exact, the traps, the outermost level."""
    for part in PARTS:
        pairs = [(case, found(case.text)) for case in cases(part)]
        inner = [counts(case, ours) for case, ours in pairs]
        yield scored(FAMILY, f"{part}, nested cases F1", inner)
        yield scored(FAMILY, f"{part}, nested, precision", inner, _precision)
        yield scored(FAMILY, f"{part}, nested, recall", inner, _recall)
        yield scored(FAMILY, f"{part}, nested, exact F1", [counts(case, ours, exact=True) for case, ours in pairs])
        traps = [counts(case, ours) for case, ours in pairs if case.trap]
        yield scored(FAMILY, f"{part}, nested in traps, F1", traps)
        untouched = [Counts(float(not c.fp), 0.0, float(bool(c.fp))) for c in traps]
        yield scored(FAMILY, f"{part}, traps without a false one", untouched, _recall)
        yield scored(FAMILY, f"{part}, outermost, F1", [counts(case, ours, nested=False) for case, ours in pairs])
