"""What kind of statement: style from the marks, attitude, polarity and certainty from the cue, and when it was said."""

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from onrecord.extract.parse import Passages
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span, Timex

Style = Literal["direct", "indirect", "mixed", "block"]
_AROUND = 12
"""Quotations that are looked back over for one that a content lies in."""

_OPENERS = "“\"«„‘'`"


class Manner(NamedTuple):
    """Labels after the attribution scheme of the Penn Discourse Treebank 2.0 (Prasad et al. 2007)."""

    attitude: str | None
    polarity: Literal["affirmed", "denied", "questioned"] | None
    certainty: Literal["asserted", "hedged", "conditional"] | None


@cache
def _lists() -> dict[str, dict[str, frozenset[str]]]:
    table = tomllib.loads((files("onrecord.extract") / "data" / "manner.toml").read_text(encoding="utf-8"))
    return {kind: {label: frozenset(words.split()) for label, words in lists.items()} for kind, lists in table.items()}


def _label(kind: str, words: Sequence[str]) -> str | None:
    """The first label of a kind whose list holds one of the words; later words first, since the verb comes last."""
    return next((label for word in reversed(words) for label, listed in _lists()[kind].items() if word in listed), None)


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
    """What the cue tells of the statement; nothing of what is not in the cue's own words."""
    cue = statement.cue
    passage = passages.at(cue.start) if cue else None
    if cue is None or passage is None:
        return Manner(None, "affirmed" if statement.contents else None, "asserted")
    start = passage.block.span.start
    piece: Any = passage.doc.char_span(cue.start - start, cue.end - start, alignment_mode="expand")
    words = [token.lemma_.lower() for token in piece] if piece is not None else []
    negated = any(token.dep_ == "neg" for token in piece or ())
    above = [t for t in (piece.root.children if piece else ()) if t.dep_ in ("mark", "aux")]
    around = words + [t.lower_ for t in above]
    polarity = "denied" if negated else _label("polarity", words) or "affirmed"
    certainty = _label("certainty", around) or "asserted"
    return Manner(_label("attitude", words), polarity, certainty)  # type: ignore[arg-type]


def said(statement: Spotted, passages: Passages, timexes: Sequence[Timex]) -> tuple[str, str] | None:
    """When it was said: the one dated expression beside the cue, in its sentence and outside content and source.
    `timexes` in order."""
    cue = statement.cue
    passage = passages.at(cue.start) if cue else None
    if cue is None or passage is None:
        return None
    start = passage.block.span.start
    piece = passage.doc.char_span(cue.start - start, cue.end - start, alignment_mode="expand")
    if piece is None:
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
