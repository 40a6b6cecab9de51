"""What kind of statement: style from the marks, attitude, polarity and certainty from the cue, and when it was said."""

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from onrecord.extract.parse import Passages
from onrecord.extract.statements.signs import Signs, Words, read
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span, Timex

Style = Literal["direct", "indirect", "mixed", "block"]
_AROUND = 12
"""Quotations that are looked back over for one that a content lies in."""

_OPENERS = "“\"«„‘'`"


class Manner(NamedTuple):
    """Labels after the attribution scheme of the Penn Discourse Treebank 2.0 (Prasad et al. 2007)."""

    attitude: str | None
    polarity: Literal["affirmed", "denied", "questioned", "withheld"] | None
    certainty: Literal["asserted", "hedged", "conditional"] | None


class Rule(NamedTuple):
    """One rule of `data/manner.toml`: what it gives, the signs that must be seen, and those that must not be."""

    id: str
    label: str
    gives: str | None
    when: dict[str, frozenset[str]]
    unless: dict[str, frozenset[str]]
    examples: tuple[dict[str, Any], ...]
    traps: tuple[dict[str, Any], ...]

    def holds(self, signs: Signs) -> bool:
        """Whether every sign of `when` shows one of its words, and none of `unless` does."""
        return all(_shown(signs, sign, words) for sign, words in self.when.items()) and not any(
            _shown(signs, sign, words) for sign, words in self.unless.items()
        )


def _shown(signs: Signs, sign: str, words: frozenset[str]) -> bool:
    seen = signs.get(sign)
    return bool(seen) and ("*" in words or not words.isdisjoint(seen or ()))


class Table(NamedTuple):
    """The data file: the words that the parse is read with, and the rules in order."""

    words: Words
    rules: tuple[Rule, ...]


@cache
def table() -> Table:
    """The packaged rules."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "manner.toml").read_text(encoding="utf-8"))
    rules = tuple(_rule(entry) for entry in data["rule"])
    known = frozenset(w for rule in rules if rule.label == "attitude" for w in rule.when.get("word", ()))
    return Table(Words(known, _words(data["words"]["light"]), _words(data["words"]["negative"])), rules)


def _rule(entry: dict[str, Any]) -> Rule:
    ((label, gives),) = entry["gives"].items()
    when, unless = ({sign: _words(words) for sign, words in entry.get(part, {}).items()} for part in ("when", "unless"))
    traps = tuple(entry["traps"])
    return Rule(entry["id"], label, None if gives == "none" else gives, when, unless, tuple(entry["examples"]), traps)


def _words(listed: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in listed.split())


def style(text: str, statement: Spotted, parts: Sequence[Span]) -> Style:
    """Direct where all of the content stands in marks, mixed where some does. `parts` of all quotations, in order."""
    if statement.block:
        return "block"
    contents = statement.contents
    near = {c: parts[max(0, _after(parts, c.start) - _AROUND) : _after(parts, c.end)] for c in contents}
    if all(any(_is_marked(text, c, part) for part in near[c]) for c in contents):
        return "direct"
    return "mixed" if any(part in c for c in contents for part in near[c]) else "indirect"


def _after(parts: Sequence[Span], position: int) -> int:
    return bisect_left(parts, position, key=lambda part: part.start)


def _is_marked(text: str, content: Span, part: Span) -> bool:
    """Whether the content is what stands between one pair of marks, but for a full stop outside them."""
    return (part in content and len(content) - len(part) <= 1) or (content in part and text[content.start] in _OPENERS)


def manner(statement: Spotted, passages: Passages) -> Manner:
    """What the cue and the words around it tell of the statement. Words of the content count for nothing but the way
    that they are joined to the cue: what a speaker hedges is still said for a fact that he said it."""
    cue = statement.cue
    passage = passages.at(statement.at)
    if passage is None:
        return Manner(None, "affirmed", "asserted")
    start, end = passage.block.span.start, passage.block.span.end
    piece: Any = passage.doc.char_span(cue.start - start, cue.end - start, alignment_mode="expand") if cue else None
    if not piece:
        first = passage.doc.text[statement.at - start : statement.at - start + 1]
        spoken = cue is None and (statement.block or first in _OPENERS)
        return Manner("says" if spoken else None, "affirmed", "asserted")
    inside = [
        Span(start=c.start - start, end=min(c.end, end) - start) for c in statement.contents if start <= c.start < end
    ]
    return decide(read(piece, inside, table().words))[0]


def decide(signs: Signs) -> tuple[Manner, dict[str, str]]:
    """The labels that follow from the signs, and for each label the id of the rule that gave it."""
    given: dict[str, str | None] = {}
    by: dict[str, str] = {}
    for rule in table().rules:
        if rule.label not in given and rule.holds(signs):
            given[rule.label], by[rule.label] = rule.gives, rule.id
            if rule.gives:
                signs = {**signs, rule.label: {rule.gives}}
    return Manner(given.get("attitude"), given.get("polarity"), given.get("certainty")), by  # type: ignore[arg-type]


def said(statement: Spotted, passages: Passages, timexes: Sequence[Timex]) -> tuple[str, str] | None:
    """When it was said: the one dated expression beside the cue, in its sentence and outside content and source.
    `timexes` in order."""
    cue = statement.cue
    passage = passages.at(cue.start) if cue else None
    if cue is None or passage is None:
        return None
    start = passage.block.span.start
    piece = passage.doc.char_span(cue.start - start, cue.end - start, alignment_mode="expand")
    if not piece:
        return None
    sentence = passage.span(piece[0].sent)
    first = bisect_left(timexes, sentence.start, key=lambda t: t.span.start)
    beside = [
        t
        for t in takewhile(lambda t: t.span.start < sentence.end, timexes[first : first + _AROUND])
        if t.span in sentence
        and t.type in ("DATE", "TIME")
        and t.begin
        and t.end
        and not any(t.span.overlaps(c) for c in (*statement.contents, *statement.sources))
    ]
    if len(beside) != 1 or beside[0].begin is None or beside[0].end is None:
        return None
    return beside[0].begin, beside[0].end
