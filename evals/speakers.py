"""Who is speaking, on a set of our own: mentions of sources by offset, and whom the article names (`speakers.md`).

The gate gets one number for each measure of the two parts. `python -m evals.speakers --data DIR` prints more: the
answers by the type of mention and by the product's `how`, and with `--failures` each wrong answer of the dev part.
"""

import argparse
import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import dropwhile
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from evals.measure import Counts, Score
from evals.measure import score as scored
from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.statements import extract_statements
from onrecord.model import Document, Entity, Span, Speaker, Statement
from onrecord.read import read
from onrecord.settings import Settings

FAMILY = "speakers"
GOLD = Path(__file__).with_name("speakers.jsonl")
PARTS = ("dev", "kept")

_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady gen general col colonel maj major capt captain lt sgt adm "
    "admiral president senator representative rep chancellor minister secretary governor ambassador the a an".split()
)
"""What may stand before a name without its being another name."""


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """A source as annotated. `article` counts the lines of the corpus from 0; offsets are code points of the document
    whose text has the hash `sha256`. Without `start` and `end` the source is not written. `name` is None where the
    article names nobody: then `kinds` are the kinds of unnamed source that fit, and `aliases` names that do no harm.
    """

    article: int
    sha256: str
    start: int | None
    end: int | None
    cue: tuple[int, int] | None
    content: tuple[int, int]
    type: str
    name: str | None
    aliases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    part: Literal["dev", "kept"]


class Answer(NamedTuple):
    """What the product says about one row: `name` is the entity's full name, None where no entity is given."""

    gold: Gold
    found: bool
    how: str
    name: str | None

    @property
    def right(self) -> bool:
        return self.name is not None and key(self.name) in {key(n) for n in (self.gold.name, *self.gold.aliases) if n}

    @property
    def false(self) -> bool:
        """A name where there is another, or none."""
        return self.name is not None and not self.right

    @property
    def typed(self) -> bool:
        return self.how in self.gold.kinds


def key(name: str) -> tuple[str, ...]:
    """The words of a name without accents, case, titles, initials and possessives."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = re.findall(r"[^\W_]+", re.sub(r"[’']s?\b", "", plain.replace(".", "")))
    named = [word for word in dropwhile(_TITLES.__contains__, words) if len(word) > 1]
    return tuple(named or (word for word in words if word != "the"))


def gold() -> list[Gold]:
    return [msgspec.json.decode(line, type=Gold) for line in GOLD.read_bytes().splitlines()]


def answers(data: Path) -> Iterator[Answer]:
    """The answer to each row, article by article. Raises ValueError where the texts are no longer those annotated."""
    rows: dict[int, list[Gold]] = defaultdict(list)
    for row in gold():
        rows[row.article].append(row)
    with (data / "corpora" / "ukraine2022.jsonl").open("rb") as file:
        for index, line in enumerate(file):
            if index in rows:
                yield from _article(index, line, rows[index])


def _article(index: int, line: bytes, rows: Sequence[Gold]) -> Iterator[Answer]:
    (document,) = read(line, name=f"ukraine2022.jsonl, line {index + 1}", settings=Settings())
    if any(row.sha256 != hashlib.sha256(document.text.encode()).hexdigest() for row in rows):
        raise ValueError(
            f"article {index}: its text is not the one that was annotated, so that the offsets of evals/speakers.jsonl "
            "point elsewhere; move them to the new text, or undo the change of the reader"
        )
    statements, names = heard(document)
    for row in rows:
        statement = match(row, statements)
        speaker = statement.speaker if statement else None
        yield Answer(row, statement is not None, speaker.how if speaker else "no speaker", full_name(speaker, names))


def heard(document: Document) -> tuple[list[Statement], dict[str, str]]:
    """The statements of an article, and the full names of its entities by their keys."""
    passages = parse(document)
    mentions = extract_mentions(document, passages)
    entities = [f.value for f in extract_entities(document, mentions) if isinstance(f.value, Entity)]
    findings = extract_statements(document, passages, mentions, entities, ())
    statements = [f.value for f in findings if isinstance(f.value, Statement)]
    return statements, {entity.key: entity.name for entity in entities}


def full_name(speaker: Speaker | None, names: dict[str, str]) -> str | None:
    """The name of the speaker's entity, None where there is none: a surname is an answer only with its entity."""
    return names.get(speaker.entity, speaker.name) if speaker and speaker.entity else None


def match(row: Gold, statements: Iterable[Statement]) -> Statement | None:
    """The statement that shares the row's source, and most of its cue and content; None where none does."""
    best: tuple[int, int] = (0, 0)
    found = None
    for statement in statements:
        if row.start is not None and row.end is not None and not _shared((row.start, row.end), statement.sources):
            continue
        cue = (statement.cue,) if statement.cue else ()
        shared = (_shared(row.cue, cue) if row.cue else 0, _shared(row.content, statement.contents))
        if shared > best:
            best, found = shared, statement
    return found


def _shared(pair: tuple[int, int], spans: Iterable[Span]) -> int:
    return sum(max(0, min(pair[1], span.end) - max(pair[0], span.start)) for span in spans)


Test = Callable[[Answer], bool]

_MEASURES: dict[str, tuple[Test, Test]] = {
    # Of the answers that the second test lets in, the share that the first is true of.
    "precision": (lambda a: a.right, lambda a: a.name is not None and (a.gold.name is not None or a.false)),
    "answered": (lambda a: a.name is not None, lambda a: a.gold.name is not None),
    "found": (lambda a: a.found, lambda a: True),
    "unnamed left unnamed": (lambda a: not a.false, lambda a: a.gold.name is None),
    "unnamed typed": (lambda a: a.typed, lambda a: bool(a.gold.kinds)),
}


def score(data: Path) -> Iterator[Score]:
    """Each measure on each part, then the share right of the rows that are named, by type of mention."""
    every = list(answers(data))
    for part in PARTS:
        for name, (test, among) in _MEASURES.items():
            yield _scored(f"{part}, {name}", [a for a in every if a.gold.part == part], test, among)
    for type_, among in _TYPES.items():
        yield _scored(f"both, {type_} right", every, lambda a: a.right, among)


_TYPES: dict[str, Test] = {
    "full name": lambda a: a.gold.name is not None and a.gold.type in ("named", "outlet"),
    "surname": lambda a: a.gold.name is not None and a.gold.type == "surname",
    "pronoun": lambda a: a.gold.name is not None and a.gold.type in ("pronoun", "first person"),
    "role or document": lambda a: a.gold.name is not None and a.gold.type in ("role", "document"),
}


def _scored(name: str, every: Iterable[Answer], test: Test, among: Test) -> Score:
    articles: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for answer in every:
        if among(answer):
            articles[answer.gold.article][not test(answer)] += 1
    return scored(FAMILY, name, [Counts(yes, 0, no) for yes, no in articles.values()], share)


def share(counts: Sequence[Counts]) -> float:
    """What is right of all that there is."""
    return sum(c.tp for c in counts) / max(1, sum(c.tp + c.fn for c in counts))


def tables(every: Sequence[Answer]) -> str:
    """Right, wrong, unanswered of the named; left and falsely named of the unnamed; by type and by `how`."""
    lines = []
    labels: dict[str, Callable[[Answer], str]] = {"type of mention": lambda a: a.gold.type, "how": lambda a: a.how}
    for title, label in labels.items():
        lines.append(f"{title:<16} {'named':>6} {'right':>6} {'wrong':>6} {'open':>6} {'unnamed':>8} {'false':>6}")
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for a in every:
            counts[label(a)].update(_outcome(a))
        for row, count in sorted(counts.items(), key=lambda item: -item[1].total()):
            figures = [count[c] for c in ("named", "right", "wrong", "open", "unnamed", "false")]
            lines.append("{:<16} {:6d} {:6d} {:6d} {:6d} {:8d} {:6d}".format(row, *figures))
    return "\n".join(lines)


def _outcome(answer: Answer) -> tuple[str, str]:
    if answer.gold.name is None:
        return "unnamed", "false" if answer.false else "left"
    return "named", "right" if answer.right else "open" if answer.name is None else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.speakers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public gold sets")
    parser.add_argument("--failures", action="store_true", help="list what is wrong or open in the dev part")
    options = parser.parse_args()
    every = list(answers(options.data))
    for part in PARTS:
        print(f"{part}\n{tables([a for a in every if a.gold.part == part])}\n")
    for a in every if options.failures else ():
        if a.gold.part == "dev" and (a.false or (a.gold.name and not a.right)):
            at = a.gold.start if a.gold.start is not None else a.gold.content[0]
            print(f"article {a.gold.article} at {at}: {a.gold.type}, {a.gold.name}; {a.how}, {a.name}")


if __name__ == "__main__":
    main()
