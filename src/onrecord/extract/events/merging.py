"""An event that an article tells of more than once is one event with further mentions.

Two deeds are one only where nothing that is said of them disagrees and something ties them: the same word and two slots
that they share, or a noun that is spoken of as known (`the attack`) with one event that it can mean. Of two that could
be one and need not be, each stays.
"""

import tomllib
from collections.abc import Iterator, Sequence, Set
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.tree import Tree
from onrecord.model import Event, EventType, Finding, Participant, Span, Statement

_BACK = 24
"""Events of the same type that are looked back at, and no more, so that a long article takes no longer by the word."""

_HELD = 8
"""Mentions of an event that a further one is held against."""

_NEAR = 2
"""Passages within which `the attack` means the one event that it can mean, though they share no slot."""

_MUTUAL = ("AGREE", "CONSULT", "COOPERATE")
_KNOWN = frozenset(("the", "this", "these", "that", "those"))
_SAME_ONE = frozenset("same latest deadly brutal recent on in at of".split())
_ALIKE = 4
"""Letters at the start of two words by which one is made from the other: `meet` and `meeting`."""


class Told(NamedTuple):
    """An event as one deed tells of it. `word`: the lemma that says what was done; `known`: whether it is a noun that
    is spoken of as known; `passage`: its number; `voice`: who vouches for it, None for the article itself; `nameless`:
    the last words of actors and of recipients without a name; `sentence`: its first token, -1 if not known."""

    finding: Finding
    event: Event
    word: str
    known: bool
    passage: int
    voice: str | None
    nameless: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    sentence: int = -1


@cache
def again() -> dict[EventType, frozenset[str]]:
    """Nouns of `data/sameness.toml` by type."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "sameness.toml").read_text(encoding="utf-8"))
    return {type_: frozenset(listed.split()) for type_, listed in data["again"].items()}


def echoes(tree: Tree, taken: Set[int]) -> Iterator[Deed]:
    """Nouns that speak of an event as known and name nobody (`the attack`): no events, but mentions of one that is
    told. `taken`: tokens that are a deed's already. A noun that may stand for events of two types is none."""
    offset = tree.passage.block.span.start
    for index, lemma in enumerate(tree.lemmas):
        types = _types().get(lemma, ())
        if len(types) == 1 and index not in taken and tree.parts[index] == "NOUN" and _is_known(tree, index):
            span = Span(start=offset + tree.starts[index], end=offset + tree.ends[index])
            yield Deed(tree.passage, index, span, types[0], construction="noun", rule="echo")


@cache
def _types() -> dict[str, tuple[EventType, ...]]:
    found: dict[str, tuple[EventType, ...]] = {}
    for type_, nouns in again().items():
        for noun in nouns:
            found[noun] = (*found.get(noun, ()), type_)
    return found


def _is_known(tree: Tree, index: int) -> bool:
    """With `the` or `this`, and with nothing that says which other one is meant (`the 2014 attack`)."""
    children = tree.children[index]
    known = any(tree.words[c] in _KNOWN for c in children)
    return known and all(tree.links[c] in ("det", "punct", "advmod") or tree.words[c] in _SAME_ONE for c in children)


def told(finding: Finding, event: Event, deed: Deed, tree: Tree, passage: int, statement: Statement | None) -> Told:
    """What merging needs to know of a deed; `statement`: the innermost that covers it."""
    index = deed.token if deed.noun is None else deed.noun
    known = tree.parts[index] == "NOUN" and any(tree.words[c] in _KNOWN for c in tree.children[index])
    voice = None
    if statement is not None:
        speaker = statement.speaker
        voice = "nobody" if speaker is None else speaker.entity or speaker.name.casefold()
    nameless = (_nameless(tree, event.actors), _nameless(tree, event.recipients))
    return Told(finding, event, tree.lemmas[index], known, passage, voice, nameless, tree.sentences[index])


def _nameless(tree: Tree, who: Sequence[Participant]) -> frozenset[str]:
    block = tree.passage.block.span
    return frozenset(
        tree.words[tree.covering(one.span.end - 1 - block.start)]
        for one in who
        if one.name is None and one.entity is None and one.span in block
    )


def merged(found: Sequence[Told]) -> list[Finding]:
    """The events, each once, in the order of the first that tells of it; `found` in the order of the article.

    A deed of which nobody is told is left out, unless it is one with another. The article's own words come before a
    speaker's as the trigger, and a slot that the trigger's sentence leaves empty
    is filled from another mention that the same voice, or the article, vouches for.
    """
    groups: list[list[Told]] = []
    by_type: dict[str, list[list[Told]]] = {}
    for one in found:
        earlier = by_type.setdefault(one.event.type, [])
        group = _same(one, earlier[-_BACK:])
        if group is None:
            if not one.event.actors and not one.event.recipients:
                continue  # it tells of nobody, and says only more of an event that is known
            group = []
            groups.append(group)
            earlier.append(group)
        group.append(one)
    return [_one(group) for group in groups]


def _same(one: Told, groups: Sequence[list[Told]]) -> list[Told] | None:
    """The group that a deed belongs to, if there is one alone."""
    able = [group for group in groups if all(agree(one, other) for other in group[:_HELD])]
    tied = [group for group in able if any(_tied(one, other) for other in group[:_HELD])]
    if len(tied) == 1:
        return tied[0]
    if not tied and one.known and one.word in again().get(one.event.type, ()):
        near = [group for group in able if one.passage - group[-1].passage <= _NEAR and _meant(one, group[0])]
        if len(near) == 1 and near[0] is groups[-1]:
            return near[0]
    return None


def agree(one: Told, other: Told) -> bool:
    """Whether nothing that is said of two deeds of one type disagrees."""
    a, b = one.event, other.event
    here = one.passage == other.passage and one.sentence == other.sentence >= 0
    if here and one.known and one.word != other.word:
        return False  # `the siege of Tarn and the attacks on its mills`
    if one.voice != other.voice and one.voice is not None and other.voice is not None:
        return False
    if a.mode != b.mode and a.mode is not None and b.mode is not None:
        return False
    if a.factuality != b.factuality and {a.factuality, b.factuality} != {"happened", "ongoing"}:
        return False
    if any(s.of == t.of and (s.low, s.high) != (t.low, t.high) for s in a.sizes for t in b.sizes):
        return False
    sides = all(_may_be(_keys(x), _keys(y)) for x, y in zip(_sides(a), _sides(b), strict=True))
    named = (*map(_keys, _sides(a)), *map(_keys, _sides(b)))
    nameless = any(named) or all(_may_be(x, y) for x, y in zip(one.nameless, other.nameless, strict=True))
    return sides and nameless and not _apart_in_time(a, b) and _may_be(_places(a), _places(b))


def _tied(one: Told, other: Told) -> bool:
    """Whether two deeds that agree are told by the same word, and share two slots; one is enough for a known noun."""
    alike = one.word == other.word or _prefix(one.word, other.word) >= _ALIKE
    known = one.known and one.word in again().get(one.event.type, ())
    return (alike or known) and _shared(one.event, other.event) >= (1 if known else 2)


def _meant(one: Told, other: Told) -> bool:
    """Whether a noun can mean what another word tells of: one that such nouns are made from."""
    return any(_prefix(other.word, noun) >= _ALIKE for noun in (one.word, *again().get(one.event.type, ())))


def _prefix(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _sides(event: Event) -> tuple[tuple[Participant, ...], ...]:
    if event.type in _MUTUAL:
        return ((*event.actors, *event.recipients),)
    return (event.actors, event.recipients)


def _keys(who: Sequence[Participant]) -> set[str]:
    return {key.casefold() for one in who if (key := one.entity or one.name)}


def _places(event: Event) -> set[str]:
    return {place.gazetteer_id for place in event.places if place.gazetteer_id}


def _may_be(one: Set[str], other: Set[str]) -> bool:
    """Whether two sets may be of the same: one says nothing, or they share something."""
    return not one or not other or bool(one & other)


def _apart_in_time(one: Event, other: Event) -> bool:
    a, b = one.time, other.time
    if a is None or b is None:
        return False
    return _before(a.end, b.begin) or _before(b.end, a.begin)


def _before(end: str | None, begin: str | None) -> bool:
    """Whether one ends before the other begins, as far as both say: `2024-06` is not before `2024-06-11`."""
    if end is None or begin is None:
        return False
    length = min(len(end), len(begin))
    return end[:length] < begin[:length]


def _shared(one: Event, other: Event) -> int:
    """How many slots of two events say the same."""
    sides = sum(bool(_keys(x) & _keys(y)) for x, y in zip(_sides(one), _sides(other), strict=True))
    if one.type in _MUTUAL:
        sides = min(2, len(_keys(_sides(one)[0]) & _keys(_sides(other)[0])))
    time = one.time is not None and other.time is not None and one.time.value == other.time.value is not None
    sizes = any(s.of == t.of for s in one.sizes for t in other.sizes)
    return sides + bool(_places(one) & _places(other)) + time + sizes


def _one(group: Sequence[Told]) -> Finding:
    """The finding of a group: its trigger is the first that the article itself vouches for, else the first."""
    main = next((one for one in group if one.voice is None), group[0])
    event = main.event
    others = [one for one in group if one is not main]
    if not others:
        return msgspec.structs.replace(main.finding, value=event)
    for one in others:
        if one.voice is None or one.voice == main.voice:
            event = _filled(event, one.event)
    mentions = tuple(sorted(one.event.trigger for one in others))
    return msgspec.structs.replace(main.finding, value=msgspec.structs.replace(event, mentions=mentions))


def _filled(event: Event, other: Event) -> Event:
    """The event with what only the other says."""
    slots = {
        slot: getattr(other, slot)
        for slot in ("actors", "recipients", "places", "time", "sizes")
        if not getattr(event, slot) and getattr(other, slot)
    }
    missing = tuple(one for one in event.missing if one.slot not in slots)
    return msgspec.structs.replace(event, **slots, missing=missing)
