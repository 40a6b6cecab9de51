"""What the linear part of the classifier looks at: the words of a sentence, and how they hang on who is named."""

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.model import EventType

_EMPTY = frozenset(("PUNCT", "PROPN", "NUM", "DET", "SPACE"))
_UPWARD = 3
"""Governors of a phrase that are looked at."""


def traits(
    sentence: Any,
    trigger: tuple[int, int] | None,
    actors: Sequence[tuple[int, int]],
    recipients: Sequence[tuple[int, int]],
    rule: EventType | None,
) -> dict[str, float]:
    """Named features of a `spacy.tokens.Span`. Places are code points of its `doc`; `rule`: the lexicon's type.

    `w` words, `b` those between the two, `2` pairs of them; the trigger (`t`) and what hangs on it (`tc`); of the actor
    (`a`) and the recipient (`r`) its common nouns, its dependency (`d`) and what it hangs on (`g`). No proper name, so
    that nothing is learned of a party.
    """
    tokens = list(sentence)
    owned = [{i for i, token in enumerate(tokens) if _in(token, whose[:1])} for whose in (actors, recipients)]
    named = {i for i, token in enumerate(tokens) if _in(token, (*actors, *recipients))}
    told = [i not in named and token.pos_ not in _EMPTY for i, token in enumerate(tokens)]
    words = [token.lemma_.lower() for token in tokens]
    edge = owned[0] | owned[1]
    first, last = min(edge, default=0), max(edge, default=len(tokens) - 1)
    found = {f"rule:{rule}": 1.0} if rule else {}
    for i, word in enumerate(words):
        if told[i]:
            found[f"w:{word}"] = 1.0
            if first <= i <= last:
                found[f"b:{word}"] = 1.0
                if i and told[i - 1]:
                    found[f"2:{words[i - 1]} {word}"] = 1.0
    for i, token in enumerate(tokens):
        if trigger and _in(token, [trigger]) and told[i]:
            found[f"t:{words[i]}"] = 1.0
            found.update(
                {
                    f"tc:{child.dep_} {words[child.i - sentence.start]}": 1.0
                    for child in token.children
                    if 0 <= child.i - sentence.start < len(tokens)
                    and (told[child.i - sentence.start] or child.dep_ in ("aux", "neg", "prt"))
                }
            )
    for whose, inside in zip("ar", owned, strict=True):
        head = next(
            (i for i in sorted(inside) if _up(sentence, tokens[i]) not in inside or tokens[i].head is tokens[i]), None
        )
        if head is None:
            continue
        found[f"{whose}d:{tokens[head].dep_}"] = 1.0
        for step, i in enumerate(_governors(sentence, tokens[head])):
            if i not in named:
                found[f"{whose}g:{words[i]}"] = found[f"{whose}g{step}:{words[i]}"] = 1.0
        found.update({f"{whose}:{words[i]}": 0.5 for i in inside if tokens[i].pos_ == "NOUN"})
    return found


def _in(token: Any, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.idx < end for start, end in places)


def _up(sentence: Any, token: Any) -> int:
    return int(token.head.i - sentence.start)


def _governors(sentence: Any, token: Any) -> Iterator[int]:
    for _ in range(_UPWARD):
        if token.head.i == token.i:
            return
        token = token.head
        yield int(token.i - sentence.start)
