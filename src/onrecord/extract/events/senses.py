"""The lexicon of events, read once a process: what a word may tell of, and what has to stand beside it."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from onrecord.model import EventType

_DATA = files("onrecord.extract") / "data"


class Place(NamedTuple):
    """One thing that has to stand beside a trigger. `at`: `obj`, `dat`, `none`, `inf`, `that`, `poss`, `mod`, or a
    word that stands there; `words`: the prepositions that it is, if it is one. `filler`: see `events.toml`. `optional`:
    it need not be there; `barred`: it must not."""

    at: str
    words: frozenset[str] = frozenset()
    filler: str = ""
    optional: bool = False
    barred: bool = False


Frame = tuple[Place, ...]


class Sense(NamedTuple):
    """A row of the lexicon; see the head of `events.toml`."""

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    frames: tuple[Frame, ...]
    noun: Frame
    needs: frozenset[str]
    light: frozenset[str]
    over: bool
    below: frozenset[str]
    subject: str
    """The class that the subject has to be of, if any."""
    traits: frozenset[str]
    """What else is asked of the subject: `weapon` may do it too, `arms` alone can, `soldiers`, `crowd`, `official`,
    `person`, `rulers`, `ranked`, `many`; `stated`: not what something else
    is done for; `swap`: the subject is the recipient."""


class Lexicon(NamedTuple):
    """`verbs`, `nouns`, `adjectives`: senses by lemma, those that ask for most first; `particles`: by verb and
    particle. `papers`: what is written and may stand for its author."""

    verbs: dict[str, tuple[Sense, ...]]
    particles: dict[tuple[str, str], tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    adjectives: dict[str, tuple[Sense, ...]]
    classes: dict[str, dict[str, frozenset[str]]]
    targets: frozenset[str]
    weapons: frozenset[str]
    papers: frozenset[str]
    traps: dict[str, frozenset[str]]
    fold: dict[str, str]
    light: frozenset[str]


_TRAITS = (
    "weapon", "arms", "soldiers", "crowd", "official", "person", "troops", "state", "rulers", "ranked", "many",
    "stated", "swap", "own", "keeps", "placed",
)  # fmt: skip
_PARTS = frozenset("obj dat none inf that poss mod".split())


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    table = tomllib.loads((_DATA / "events.toml").read_text(encoding="utf-8"))
    lights = {name: frozenset(words.split()) for name, words in table["light"].items()}
    verbs: defaultdict[str, list[tuple[int, Sense]]] = defaultdict(list)
    particles: defaultdict[tuple[str, str], list[tuple[int, Sense]]] = defaultdict(list)
    nouns: defaultdict[str, list[tuple[int, Sense]]] = defaultdict(list)
    adjectives: defaultdict[str, list[tuple[int, Sense]]] = defaultdict(list)
    for row in table["sense"]:
        sense = _sense(row, lights)
        weight = -_weight(sense)
        for word in row.get("verbs", "").split():
            verb, _, particle = word.partition("-")
            if particle in _ADVERBS:
                particles[verb, particle].append((weight, sense))
            else:
                verbs[word].append((weight, sense))
        for word in row.get("nouns", "").split():
            nouns[word].append((weight, sense))
        for word in row.get("words", "").split():
            adjectives[word].append((weight, sense))
    return Lexicon(
        verbs={word: _ordered(rows) for word, rows in verbs.items()},
        particles={words: _ordered(rows) for words, rows in particles.items()},
        nouns={word: _ordered(rows) for word, rows in nouns.items()},
        adjectives={word: _ordered(rows) for word, rows in adjectives.items()},
        classes={name: _class(words) for name, words in table["classes"].items()},
        targets=frozenset(table["targets"]["nouns"].split()),
        weapons=frozenset(table["targets"]["weapons"].split()),
        papers=frozenset(table["targets"]["papers"].split()),
        traps={name: frozenset(words.split()) for name, words in table.get("traps", {}).items()},
        fold=table["fold"],
        light=frozenset().union(*lights.values()),
    )


_ADVERBS = frozenset("up down out off on in back away over through apart free go aim".split())
"""Particles that are part of a verb."""


def _ordered(rows: list[tuple[int, Sense]]) -> tuple[Sense, ...]:
    """Those that ask for most first, else in the order of the file."""
    return tuple(sense for _, sense in sorted(rows, key=lambda row: row[0]))


def _weight(sense: Sense) -> int:
    """How much a sense asks for: words of a class, then traits of the subject; last, those that stand only with a deed
    that they take up."""
    asked = max((sum(_classed(place) for place in frame) for frame in sense.frames), default=0)
    return 2 * asked + bool(sense.subject) + len(sense.traits - _MILD) - bool(sense.below)


_MILD = frozenset(("weapon", "swap", "own", "stated", "keeps", "placed"))
"""Traits that ask for nothing more."""


def _classed(place: Place) -> bool:
    return place.filler[:1] in ("{", "[", "<") and not place.barred


def _sense(row: dict[str, Any], lights: dict[str, frozenset[str]]) -> Sense:
    return Sense(
        id=row["id"],
        type=cast(EventType, row["type"]),
        mode=row.get("mode"),
        contexts=tuple(row.get("contexts", ())),
        frames=tuple(tuple(_places(frame)) for frame in row.get("frames", ())),
        noun=tuple(_places(row.get("noun", ""))),
        needs=frozenset("+".join(group.split()) for group in row["needs"].split(" or "))
        if "needs" in row
        else frozenset(),
        light=lights.get(row.get("light", ""), frozenset()),
        over=row.get("over", False),
        below=frozenset(row.get("below", "").split()),
        subject=row.get("subject", ""),
        traits=frozenset(trait for trait in _TRAITS if row.get(trait)),
    )


def _places(frame: str) -> Iterator[Place]:
    for piece in frame.split():
        at, _, filler = piece.rstrip("?").partition(":")
        optional = piece.endswith("?")
        barred = at.startswith("!")
        at = at.removeprefix("!")
        yield Place(at, frozenset() if at in _PARTS else frozenset(at.split("|")), filler, optional, barred)


def _class(words: str) -> dict[str, frozenset[str]]:
    """Head word -> the words one of which has to stand with it; none for a head that says enough alone."""
    table: dict[str, frozenset[str]] = {}
    for word in words.split():
        head, _, beside = word.partition("+")
        table[head] = table.get(head, frozenset()) | frozenset(filter(None, (beside,)))
    return table
