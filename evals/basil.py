"""Whose quotation it is, in BASIL: 152 articles of three US outlets in which slanted spans have a speaker if quoted.

Spans that the annotators call quoted are looked up among our statements. BASIL names a speaker only if it is one of
the main figures of the story, spelled by hand (`Felipe_Calder`); everybody else is `other_pro`, `other_anti` or
`other_neutral`. So of the named ones the speaker must bear the last word of the name, and of the others it must not
be a main figure. A group (`House_Democrats`) stands for any of its members there; which, nobody says, so that
spans of groups count as covered and no further.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score
from evals.measure import score as scored
from evals.speakers import full_name, heard, key, share
from evals.statements import plain
from onrecord.model import Statement

FAMILY = "basil"


_GROUPS = frozenset("democrats republicans lawmakers party members catholics companies naacp".split())


class Quoted(NamedTuple):
    """A slanted span that is quoted: code points of the article's text, and who says it, `other` and all."""

    start: int
    end: int
    speaker: str

    @property
    def other(self) -> bool:
        return self.speaker.startswith("other_")

    @property
    def named(self) -> bool:
        return not self.other and self.speaker.casefold().split("_")[-1] not in _GROUPS


class Answer(NamedTuple):
    """What we say: `covered` by a statement, and whether the speaker is the one of the gold, a main figure, anybody."""

    quoted: Quoted
    covered: bool
    named: bool
    right: bool
    figure: bool


def articles(data: Path) -> Iterator[tuple[str, list[Quoted], list[str]]]:
    """Text, quoted spans and main figures of each article that has its annotation, in the order of names."""
    root = data / "gold" / "basil"
    for path in sorted((root / "annotations").glob("*/*_ann.json")):
        article = root / "articles" / path.parent.name / f"{path.stem.removesuffix('_ann')}.json"
        if article.exists():
            body = json.loads(article.read_text(encoding="utf-8"))
            spans = json.loads(path.read_text(encoding="utf-8"))["phrase-level-annotations"]
            text, starts = _text(body["body-paragraphs"])
            yield text, list(_quoted(text, starts, spans)), body["main-entities"]


def _text(paragraphs: list[list[str]]) -> tuple[str, list[int]]:
    """The article, a paragraph a line, and where each sentence begins."""
    text, starts = "", []
    for paragraph in paragraphs:
        for sentence in paragraph:
            text += " " if text and not text.endswith("\n") else ""
            starts.append(len(text))
            text += sentence
        text += "\n\n"
    return text.rstrip(), starts


def _quoted(text: str, starts: list[int], spans: list[dict[str, str]]) -> Iterator[Quoted]:
    for span in spans:
        if span["quote"] != "yes":
            continue
        # Offsets count from a sentence that is not named: it is the one that has the words there.
        at = [s + int(span["start"]) for s in starts if text.startswith(span["txt"], s + int(span["start"]))]
        if at:
            yield Quoted(at[0], at[0] + len(span["txt"]), span["speaker"])


def covering(quoted: Quoted, statements: list[Statement]) -> Statement | None:
    """The outermost statement whose content holds most of the span: who is quoted, not whom he quotes in turn."""
    best: tuple[int, Statement] | None = None
    for statement in statements:
        shared = sum(max(0, min(quoted.end, c.end) - max(quoted.start, c.start)) for c in statement.contents)
        length = sum(map(len, statement.contents))
        if 2 * shared > quoted.end - quoted.start and (best is None or length > best[0]):
            best = length, statement
    return best[1] if best else None


def bears(name: str, label: str) -> bool:
    """Whether the last word of the label is a word of the name, or begins one: BASIL cuts `Calderón` short."""
    words = [word for word in re.findall(r"[^\W_]+", label.casefold()) if word not in ("jr", "sr")]
    return any(word == words[-1] or (len(words[-1]) > 4 and word.startswith(words[-1])) for word in key(name))


def _answer(quoted: Quoted, figures: list[str], statements: list[Statement], names: dict[str, str]) -> Answer:
    statement = covering(quoted, statements)
    name = full_name(statement.speaker if statement else None, names) or ""
    return Answer(
        quoted=quoted,
        covered=statement is not None,
        named=bool(name),
        right=bears(name, quoted.speaker),
        figure=any(bears(name, figure) for figure in figures),
    )


_MEASURES: dict[str, tuple[Callable[[Answer], bool], Callable[[Answer], bool]]] = {
    # Of the spans that the second lets in, the share that the first is true of.
    "quoted spans covered": (lambda a: a.covered, lambda a: True),
    "speaker right": (lambda a: a.right, lambda a: a.quoted.named),
    "speaker right, where an entity": (lambda a: a.right, lambda a: a.quoted.named and a.named),
    "others: no main figure": (lambda a: not a.figure, lambda a: a.quoted.other),
}


def score(data: Path) -> Iterator[Score]:
    answers: list[list[Answer]] = []
    for text, quoted, figures in articles(data):
        if quoted:
            statements, names = heard(plain(text))
            answers.append([_answer(one, figures, statements, names) for one in quoted])
    for name, (test, among) in _MEASURES.items():
        counted = [[test(a) for a in article if among(a)] for article in answers]
        yield scored(FAMILY, name, [Counts(sum(c), 0, len(c) - sum(c)) for c in counted if c], share)
