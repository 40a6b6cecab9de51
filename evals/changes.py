"""What a change to the finders gains and loses, statement by statement, on PolNeAR's dev articles.

    python -m evals.changes dump build/before --data ../shared/data
    ...change something...
    python -m evals.changes dump build/after --data ../shared/data
    python -m evals.changes compare build/before build/after --data ../shared/data

A dump is a file of JSON an article, offsets alone. The comparison is for the eye: it prints words of the articles, so
that nothing of it may be kept.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.dumps import command
from evals.statements import Attribution, attribution, named_articles, overlapping, readings

AROUND = 60
"""Code points of the article shown on each side."""


class Change(NamedTuple):
    """A statement that only one of two runs has. `kind`: gained, lost; `worth`: one of `WORTHS`."""

    kind: str
    worth: str
    article: str
    statement: Attribution


def dump(data: Path, folder: Path) -> int:
    """Write what is found now; the number of articles."""
    folder.mkdir(parents=True, exist_ok=True)
    read = readings(data)
    for one in read:
        rows = [
            {**attribution(found)._asdict(), "rule": found.rule, "score": found.score, "inside": outer is not None}
            for found, outer in zip(one.found, one.above, strict=True)
        ]
        (folder / f"{one.name}.json").write_text(json.dumps(rows, indent=0) + "\n", encoding="utf-8")
    return len(read)


def load(path: Path) -> dict[Attribution, bool]:
    """The statements of one article, and whether each stands inside another."""
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return {
        Attribution(*(tuple((a, b) for a, b in row[role]) for role in Attribution._fields)): row["inside"]
        for row in rows
    }


def changes(
    article: str, gold: Sequence[Attribution], before: dict[Attribution, bool], after: dict[Attribution, bool]
) -> Iterator[Change]:
    """What is gained and what is lost in one article, in the order of the text."""
    for kind, ours, others in (("gained", after, before), ("lost", before, after)):
        outer = [one for one, inside in ours.items() if not inside]
        partly = {one for one, match in zip(outer, overlapping(gold, outer), strict=True) if match is not None}
        for one, inside in ours.items():
            if one not in others or others[one] != inside:
                worth = (
                    "inside another" if inside else "exact" if one in gold else "in part" if one in partly else "wrong"
                )
                yield Change(kind, worth, article, one)


WORTHS = ("exact", "in part", "wrong", "inside another")


def shown(text: str, one: Attribution) -> str:
    """The words around a statement on one line, its parts in brackets."""
    spans = [(a, b, mark) for mark, part in zip(("source", "cue", "content"), one, strict=True) for a, b in part]
    start = max(0, min(a for a, _, _ in spans) - AROUND)
    end = min(len(text), max(b for _, b, _ in spans) + AROUND)
    opening, closing = Counter[int](), Counter[int]()
    for a, b, _ in spans:
        opening[a] += 1
        closing[b] += 1
    names = {a: mark for a, _, mark in spans}
    line = "".join(
        "]" * closing[i] + (f"[{names[i]}: " if opening[i] else "") + text[i : i + 1] for i in range(start, end + 1)
    )
    return " ".join(line.split())


def compare(data: Path, before: Path, after: Path, examples: int) -> None:
    texts: dict[str, str] = {}
    found: list[Change] = []
    for name, text, gold in named_articles(data, "dev"):
        texts[name] = text
        found.extend(changes(name, gold, load(before / f"{name}.json"), load(after / f"{name}.json")))
    counts = Counter((one.kind, one.worth) for one in found)
    print(f"{'':<8}" + "".join(f"{worth:>16}" for worth in WORTHS))
    for kind in ("gained", "lost"):
        print(f"{kind:<8}" + "".join(f"{counts[kind, worth]:16}" for worth in WORTHS))
    for kind in ("gained", "lost"):
        for worth in WORTHS:
            own = [one for one in found if (one.kind, one.worth) == (kind, worth)]
            for one in random.Random(0).sample(own, min(examples, len(own))):
                print(f"\n{kind}, {worth}: {one.article}\n  {shown(texts[one.article], one.statement)}")


def main() -> None:
    command(__doc__, "evals.changes", dump, compare, examples=5)


if __name__ == "__main__":
    main()
