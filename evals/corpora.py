"""What a change to the rules for dates and figures gains and loses, on whole articles that nobody annotated.

    python -m evals.corpora dump build/before --data ../shared/data
    ...change something...
    python -m evals.corpora dump build/after --data ../shared/data
    python -m evals.corpora compare build/before build/after --data ../shared/data

A dump is a file of JSON a corpus: for each article its dates and figures with their offsets, fields and rule. The
comparison is for the eye: it prints words of the articles, so that nothing of it may be kept.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.extract.figures import extract_figures
from onrecord.extract.parse import parse
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Document, Figure, Finding, Span, Timex
from onrecord.read import read
from onrecord.settings import Settings

CORPORA = ("ukraine2022", "wikinews")
KINDS = ("gained", "lost", "other value")
AROUND = 70
"""Code points of the article shown on each side."""


class Row(NamedTuple):
    """A date or figure: its family, where it stands, what it says, in few signs, and the rule that found it."""

    family: str
    start: int
    end: int
    value: str
    rule: str


class Change(NamedTuple):
    """What two runs do not share. `kind`: one of `KINDS`, the last where both have an entry of the same words, and
    `value` is that of both; a rule that got another name is no change."""

    kind: str
    family: str
    start: int
    end: int
    value: str


def documents(data: Path, corpus: str) -> Iterator[Document]:
    """The articles of a corpus, in order."""
    with (data / "corpora" / f"{corpus}.jsonl").open("rb") as file:
        for number, line in enumerate(file, start=1):
            yield from read(line, name=f"{corpus}.jsonl, line {number}", settings=Settings())


def rows(document: Document) -> list[Row]:
    """The dates and figures of an article, as they are found now."""
    dates = extract_timexes(document)
    values = [found.value for found in dates if isinstance(found.value, Timex)]
    return [_row(document, found) for found in (*dates, *extract_figures(document, parse(document), values))]


def _row(document: Document, found: Finding) -> Row:
    value = found.value
    said: tuple[object, ...]
    match value:
        case Timex():
            said = (value.type, value.value, value.mod, value.begin, value.end, value.anchor)
        case Figure(measured=Span() as words):
            said = (*_size(value), f"of {words.of(document.text)!r}")
        case Figure():
            said = _size(value)
        case _:
            raise TypeError(f"{type(value).__name__}: neither a date nor a figure")
    shown = " ".join("-" if part is None else str(part) for part in said)
    return Row(type(value).__name__.lower(), value.span.start, value.span.end, shown, found.rule)


def _size(figure: Figure) -> tuple[object, ...]:
    about = "~" if figure.approximate else ""
    return (f"{about}{figure.low}..{figure.high}", figure.unit, figure.per and f"per {figure.per}", figure.change)


def dump(data: Path, folder: Path) -> int:
    """Write what is found now; the number of articles."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for corpus in CORPORA:
        found = [rows(document) for document in documents(data, corpus)]
        (folder / f"{corpus}.json").write_bytes(msgspec.json.encode(found) + b"\n")
        total += len(found)
    return total


def load(path: Path) -> list[list[Row]]:
    """The entries of each article of a dump."""
    return msgspec.json.decode(path.read_bytes(), type=list[list[Row]])


def changes(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    """What one article gained and lost."""
    old, new = ({row[:3]: row.value for row in run} for run in (before, after))
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        if was != now:
            kind = "gained" if was is None else "lost" if now is None else "other value"
            yield Change(kind, *place, " => ".join(value for value in (was, now) if value is not None))


def compare(data: Path, before: Path, after: Path, examples: int) -> None:
    """Print how many there are of each sort, and some of them."""
    found: list[tuple[Change, str]] = []
    for corpus in CORPORA:
        runs = (load(folder / f"{corpus}.json") for folder in (before, after))
        for document, old, new in zip(documents(data, corpus), *runs, strict=True):
            found.extend((change, shown(document.text, change)) for change in changes(old, new))
    counts = Counter((change.family, change.kind) for change, _ in found)
    for family in ("timex", "figure"):
        print(family, *(f"{kind}: {counts[family, kind]}" for kind in KINDS), sep="  ")
    for family, kind in sorted(counts):
        own = [line for change, line in found if (change.family, change.kind) == (family, kind)]
        for line in random.Random(0).sample(own, min(examples, len(own))):
            print(f"\n{family}, {kind}: {line}")


def shown(text: str, change: Change) -> str:
    """The change and the words around it on one line, its own in brackets."""
    before, after = text[max(0, change.start - AROUND) : change.start], text[change.end : change.end + AROUND]
    return f"{change.value} | " + " ".join(f"{before}[{text[change.start : change.end]}]{after}".split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    dumping = commands.add_parser("dump", help="write what is found now")
    dumping.add_argument("folder", type=Path)
    comparing = commands.add_parser("compare", help="count and show what two dumps have not in common")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--examples", type=int, default=10, help="of each sort; 10 unless told otherwise")
    for each in (dumping, comparing):
        each.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    if given.command == "dump":
        print(f"{given.folder}: {dump(given.data, given.folder)} articles")
        return
    for folder in (given.before, given.after):
        if not folder.is_dir():
            parser.error(f"{folder}: no dump is there; make one with `python -m evals.corpora dump {folder}`")
    compare(given.data, given.before, given.after, given.examples)


if __name__ == "__main__":
    main()
