"""What a change to any extractor gains and loses, on whole articles that nobody annotated.

    python -m evals.corpora dump build/before --data ../shared/data
    ...change something...
    python -m evals.corpora dump build/after --data ../shared/data
    python -m evals.corpora compare build/before build/after --data ../shared/data

A dump is a file of JSON a corpus: for each article its entries of every kind with their offsets, fields and rule. The
comparison is for the eye: it prints words of the articles, so that nothing of it may be kept.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from evals.dumps import command
from onrecord.model import Document, Entry, kind_of, spans_of
from onrecord.pipeline import extract
from onrecord.read import read
from onrecord.settings import Settings

CORPORA = ("ukraine2022", "wikinews")
SORTS = ("gained", "lost", "other value")
AROUND = 70
"""Code points of the article shown on each side."""


class Row(NamedTuple):
    """An entry: its kind, where its first words stand, what it says, in few signs, and the rule that found it."""

    kind: str
    start: int
    end: int
    value: str
    rule: str


class Change(NamedTuple):
    """What two runs do not share. `sort`: one of `SORTS`, the last where both have an entry of the kind at the same
    words, and `value` is that of both; a rule that got another name is no change."""

    sort: str
    kind: str
    start: int
    end: int
    value: str


def documents(data: Path, corpus: str) -> Iterator[Document]:
    """The articles of a corpus, in order."""
    with (data / "corpora" / f"{corpus}.jsonl").open("rb") as file:
        for number, line in enumerate(file, start=1):
            yield from read(line, name=f"{corpus}.jsonl, line {number}", settings=Settings())


def rows(document: Document) -> list[Row]:
    """The entries of an article, as they are found now."""
    return [_row(document, entry) for entry in extract(document)]


def _row(document: Document, entry: Entry) -> Row:
    first = spans_of(entry.value)[0]
    told = _told(msgspec.to_builtins(entry.value, str_keys=True), document.text)
    return Row(kind_of(entry.value), first.start, first.end, str(told), entry.derivations[-1].rule)


_IDS = ("kind", "entity", "key", "parent")
"""Fields that say nothing to the eye, or change with another entry."""


def _told(value: Any, text: str) -> Any:
    """A value in few signs: words for spans, and of its fields those that hold something. Of the voice, that there is
    one: its id changes with any word of the statement."""
    if isinstance(value, Mapping):
        if value.keys() == {"start", "end"}:
            return repr(text[value["start"] : value["end"]])
        said = {name: part for name, part in value.items() if name not in _IDS and part not in (None, [], "", False)}
        return ", ".join(f"{name} {'yes' if name == 'voice' else _told(part, text)}" for name, part in said.items())
    return "; ".join(str(_told(part, text)) for part in value) if isinstance(value, list) else value


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
    old, new = _by_place(before), _by_place(after)
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place, []), new.get(place, [])
        if was != now:
            sort = "gained" if not was else "lost" if not now else "other value"
            yield Change(sort, *place, " => ".join(" and ".join(values) for values in (was, now) if values))


def _by_place(run: Sequence[Row]) -> dict[tuple[str, int, int], list[str]]:
    """What stands at the same words, in one order."""
    values: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for row in sorted(run):
        values[row[:3]].append(row.value)
    return values


def compare(data: Path, before: Path, after: Path, examples: int) -> None:
    """Print how many there are of each sort, and some of them."""
    found: list[tuple[Change, str]] = []
    for corpus in CORPORA:
        runs = (load(folder / f"{corpus}.json") for folder in (before, after))
        for document, old, new in zip(documents(data, corpus), *runs, strict=True):
            found.extend((change, shown(document.text, change)) for change in changes(old, new))
    counts = Counter((change.kind, change.sort) for change, _ in found)
    for kind in sorted({kind for kind, _ in counts}):
        print(kind, *(f"{sort}: {counts[kind, sort]}" for sort in SORTS), sep="  ")
    for kind, sort in sorted(counts):
        own = [line for change, line in found if (change.kind, change.sort) == (kind, sort)]
        for line in random.Random(0).sample(own, min(examples, len(own))):
            print(f"\n{kind}, {sort}: {line}")


def shown(text: str, change: Change) -> str:
    """The change and the words around it on one line, its own in brackets."""
    before, after = text[max(0, change.start - AROUND) : change.start], text[change.end : change.end + AROUND]
    return f"{change.value} | " + " ".join(f"{before}[{text[change.start : change.end]}]{after}".split())


def main() -> None:
    command(__doc__, "evals.corpora", dump, compare, examples=10)


if __name__ == "__main__":
    main()
