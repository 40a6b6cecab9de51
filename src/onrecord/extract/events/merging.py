"""An event that an article tells of more than once is one event with further mentions.

Two deeds are one only where nothing that is said of them disagrees and something ties them: the grammar of a sentence
that tells them as one (`shot and killed`), the same word and two slots that they share, a noun that is spoken of as
known (`the attack`, `his arrest`) with one event that it can mean, or a sentence that is printed twice. Of two that
could be one and need not be, each stays.
"""

import tomllib
from collections.abc import Iterator, Sequence, Set
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

import msgspec

from onrecord.extract.events.scenes import scene
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.tree import Tree
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
_AROUND = 6
"""Words on each side of a deed that are the same where a sentence is printed twice."""

_ALIKE = 4
"""Letters at the start of two words by which one is made from the other: `meet` and `meeting`."""


class Told(NamedTuple):
    """An event as one deed tells of it. `word`: the lemma that says what was done; `known`: whether it is a noun that
    is spoken of as known; `passage`: its number; `voice`: who vouches for it, None for the article itself; `nameless`:
    the nouns of actors and of recipients without a name; `sentence`: its first token, -1 if not known; `token`:
    its own, and `scene` that of the deed that it is a part of by grammar, -1 if not known; `owned`: whether it is one
    noun that belongs to somebody (`her arrest`); `around`: the words around, empty if they are few."""

    finding: Finding
    event: Event
    word: str
    known: bool
    passage: int
    voice: str | None
    nameless: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    sentence: int = -1
    token: int = -1
    scene: int = -1
    owned: bool = False
    around: tuple[str, ...] = ()


@cache
def again() -> dict[EventType, frozenset[str]]:
    """Nouns of `data/sameness.toml` by type."""
    return {cast(EventType, type_): frozenset(listed.split()) for type_, listed in _data()["again"].items()}


@cache
def _once() -> frozenset[str]:
    """Nouns of what is done to or by somebody but once in an article."""
    return frozenset(_data()["once"]["nouns"].split())


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("onrecord.extract") / "data" / "sameness.toml").read_text(encoding="utf-8"))


def echoes(tree: Tree, taken: Set[int]) -> Iterator[Deed]:
    """Nouns that speak of an event as known and name nobody (`the attack`): no events, but mentions of one that is
    told. `taken`: tokens that are a deed's already. A noun that may stand for events of two types is tried as each."""
    offset = tree.passage.block.span.start
    for index, lemma in enumerate(tree.lemmas):
        if lemma not in _types() or index in taken or tree.parts[index] != "NOUN" or not _is_known(tree, index):
            continue
        span = Span(start=offset + tree.starts[index], end=offset + tree.ends[index])
        for type_ in _types()[lemma]:
            yield Deed(tree.passage, index, span, type_, construction="noun", rule="echo")


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
    owned = tree.tags[index] == "NN" and any(tree.links[c] == "poss" for c in tree.children[index])
    first, last = tree.sentences[index], tree.last(index)
    around = tuple(tree.words[max(first, index - _AROUND) : min(last, index + _AROUND) + 1])
    return Told(
        finding,
        event,
        tree.lemmas[index],
        known,
        passage,
        voice,
        (_nameless(tree, event.actors), _nameless(tree, event.recipients)),
        first,
        deed.token,
        scene(deed, tree),
        owned,
        around if len(around) > _AROUND else (),
    )


def _nameless(tree: Tree, who: Sequence[Participant]) -> frozenset[str]:
    block = tree.passage.block.span
    return frozenset(
        tree.words[_head(tree, one.span.start - block.start, one.span.end - block.start)]
        for one in who
        if one.name is None and one.entity is None and one.span in block
    )


def _head(tree: Tree, start: int, end: int) -> int:
    """The noun that a phrase is about: `port` of `the port of Tarn`."""
    inside = tree.within(start, end)
    return next((i for i in inside if tree.heads[i] not in inside), tree.covering(end - 1))


def merged(found: Sequence[Told]) -> list[Finding]:
    """The events, each once, in the order of the first that tells of it; `found` in the order of the article.

    A deed of which nobody is told is left out, unless it is one with another, or violence or protest at a place. The
    article's own words come before a
    speaker's as the trigger, and a slot that the trigger's sentence leaves empty
    is filled from another mention that the same voice, or the article, vouches for.
    """
    groups: list[list[Told]] = []
    by_type: dict[str, list[list[Told]]] = {}
    for one in found:
        earlier = by_type.setdefault(one.event.type, [])
        group = _same(one, earlier[-_BACK:])
        if group is None:
            if not (one.event.actors or one.event.recipients or _happened_somewhere(one)):
                continue  # it tells of nobody, and says only more of an event that is known
            group = []
            groups.append(group)
            earlier.append(group)
        group.append(one)
    return [_one(group) for group in groups]


def _happened_somewhere(one: Told) -> bool:
    """`A bomb exploded in Tarn`: of violence and protest it is enough to know where."""
    return one.event.type in ("ASSAULT", "PROTEST") and bool(one.event.places) and one.finding.rule != "event.echo"


def _same(one: Told, groups: Sequence[list[Told]]) -> list[Told] | None:
    """The group that a deed belongs to, if there is one alone."""
    of_scene = [group for group in groups if any(_of_one_scene(one, other) for other in group[:_HELD])]
    if len(of_scene) == 1:
        return of_scene[0]
    able = [group for group in groups if all(agree(one, other) for other in group[:_HELD])]
    tied = [group for group in able if any(_tied(one, other) for other in group[:_HELD])]
    if len(tied) == 1:
        return tied[0]
    if not tied and one.known and one.word in again().get(one.event.type, ()):
        near = [group for group in able if one.passage - group[-1].passage <= _NEAR and _meant(one, group[0])]
        near = [group for group in near if all(_vouched(one, other) for other in group[:_HELD])]
        if len(near) == 1 and near[0] is groups[-1]:
            return near[0]
    return None


def _of_one_scene(one: Told, other: Told) -> bool:
    """Whether the grammar tells two deeds as one; whom each is done to may differ (`killed three in an attack on a
    mill`)."""
    if one.passage != other.passage or one.token < 0 or other.token < 0:
        return False
    if one.scene != other.token and other.scene != one.token:
        return False
    a, b = one.event, other.event
    return _may_happen_both(a, b) and _may_be(_keys(a.actors), _keys(b.actors)) and one.voice == other.voice


def _vouched(one: Told, other: Told) -> bool:
    """Whether the same voice vouches for both, or the article for one."""
    return one.voice == other.voice or one.voice is None or other.voice is None


def _granted(one: Told) -> bool:
    """Whether it is spoken of as known, so that whoever speaks vouches for nothing (`Brovia’s invasion of Tarn`)."""
    return (one.known or one.owned) and one.event.factuality == "happened"


def _may_happen_both(a: Event, b: Event) -> bool:
    if a.mode != b.mode and a.mode is not None and b.mode is not None:
        return False
    if a.factuality != b.factuality and {a.factuality, b.factuality} != {"happened", "ongoing"}:
        return False
    sizes = any(s.of == t.of and (s.low, s.high) != (t.low, t.high) for s in a.sizes for t in b.sizes)
    return not sizes and not _apart_in_time(a, b)


def agree(one: Told, other: Told) -> bool:
    """Whether nothing that is said of two deeds of one type disagrees."""
    a, b = one.event, other.event
    here = one.passage == other.passage and one.sentence == other.sentence >= 0
    if here and one.known and one.word != other.word:
        return False  # `the siege of Tarn and the attacks on its mills`
    if not _vouched(one, other) and not (_granted(one) or _granted(other)):
        return False
    sides = all(_may_be(_keys(x), _keys(y)) for x, y in zip(_sides(a), _sides(b), strict=True))
    named = (*map(_keys, _sides(a)), *map(_keys, _sides(b)))
    nameless = any(named) or all(_may_be(x, y) for x, y in zip(one.nameless, other.nameless, strict=True))
    return sides and nameless and _may_happen_both(a, b) and _may_be(_places(a), _places(b))


def _tied(one: Told, other: Told) -> bool:
    """Whether two deeds that agree are told by the same word, and share two slots; one is enough for a known noun, and
    for what is done but once to or by somebody. Or the same sentence is printed twice."""
    if one.around and one.around == other.around:
        return True
    alike = one.word == other.word or _prefix(one.word, other.word) >= _ALIKE
    known = one.known and one.word in again().get(one.event.type, ())
    once = (one.owned or one.known) and one.word in _once() and alike
    shared = _shared(one.event, other.event)
    if one.known and alike:
        shared += sum(bool(x & y) for x, y in zip(one.nameless, other.nameless, strict=True))
    return (alike or known) and shared >= (1 if known or once else 2)


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
    own = (one for one in group if one.voice is None and one.finding.rule != "event.echo")
    main = next(own, group[0])
    event = main.event
    others = [one for one in group if one is not main]
    if not others:
        return msgspec.structs.replace(main.finding, value=event)
    for one in others:
        if one.voice is None or one.voice == main.voice:
            event = _filled(event, one.event)
        here = (one.passage, one.sentence) == (main.passage, main.sentence)
        held = event.mode == "abduct" != one.event.mode  # `was captured during the siege of Tarn`: not Tarn
        if here and not held and any(_of_one_scene(one, other) for other in group[:_HELD] if other is not one):
            event = _joined(event, one.event)
    mentions = tuple(sorted(one.event.trigger for one in others))
    return msgspec.structs.replace(main.finding, value=msgspec.structs.replace(event, mentions=mentions))


def _joined(event: Event, other: Event) -> Event:
    """The event with whom it was done to in another word of its sentence: `killed three in an attack on Tarn`."""
    have = {participant.entity or participant.name for participant in event.recipients} - {None}
    more = [
        one
        for one in other.recipients
        if (one.entity or one.name) not in have and all(not one.span.overlaps(its.span) for its in event.recipients)
    ]
    recipients = tuple(sorted((*event.recipients, *more), key=lambda one: one.span))
    return msgspec.structs.replace(event, recipients=recipients)


def _filled(event: Event, other: Event) -> Event:
    """The event with what only the other says."""
    slots = {
        slot: getattr(other, slot)
        for slot in ("actors", "recipients", "places", "time", "sizes")
        if not getattr(event, slot) and getattr(other, slot)
    }
    missing = tuple(one for one in event.missing if one.slot not in slots)
    return msgspec.structs.replace(event, **slots, missing=missing)
