"""Sentences of our own invention, each with who acts, whom it is done to, the word that tells of it, and its type.

A row of `phrases.tsv` is a pattern; names of countries (all alike, by chance) and of people fill it, and half the time
another phrase stands before or behind, so that what is learned hangs on the two who are marked.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

_SLOT = re.compile(r"<(\w+)>|\[(\w+)\]")
_CHOICE = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[A-Za-z-]+")
_NO_TRIGGER = frozenset(
    "a an and the has have had is are was were will would may might could be been it they that of s".split()
)

Place = tuple[int, int]


class Phrase(NamedTuple):
    """A sentence, the (start, end) of the actor, of the recipient and of the word that tells of it, and the type."""

    text: str
    actor: Place
    recipient: Place
    trigger: Place
    type: str


def phrases(number: int, seed: int) -> Iterator[Phrase]:
    """As many sentences as asked for, of all types and `none` alike."""
    rng = random.Random(seed)
    by_type: dict[str, list[str]] = {}
    for type_, pattern in _patterns():
        by_type.setdefault(type_, []).append(pattern)
    types = sorted(by_type)
    around = _fillers()
    for count in range(number):
        type_ = types[count % len(types)]
        text, *places = _filled(rng.choice(by_type[type_]), rng)
        lead, tail = "", ""
        if rng.random() < 0.5:
            other = _filled(rng.choice(by_type[rng.choice(types)]), rng)[0]
            if rng.random() < 0.5:
                tail = rng.choice(around["joints"]) + other
            else:
                lead = other + rng.choice(around["leads"])
        if rng.random() < 0.4:
            lead = rng.choice(around["before"]) + lead
        if rng.random() < 0.4:
            tail += rng.choice(around["behind"])
        whole = lead + text + tail + "."
        shift = len(lead)
        actor, recipient, trigger = ((start + shift, end + shift) for start, end in places)
        yield Phrase(whole[0].upper() + whole[1:], actor, recipient, trigger, type_)


def _filled(pattern: str, rng: random.Random) -> tuple[str, Place, Place, Place]:
    """The text of a pattern, and where the actor, the recipient and the word that tells of it stand.

    Of two joined by `and` that word is taken from the second, where its mark counts for nothing."""
    chosen = _CHOICE.sub(lambda match: rng.choice(match.group(1).split("|")), pattern)
    text, at = "", 0
    places: dict[bool, Place] = {}
    used: set[str] = set()
    for match in _SLOT.finditer(chosen):
        text += chosen[at : match.start()]
        name = _name(match.group(1) or match.group(2), rng)
        while name in used:
            name = _name(match.group(1) or match.group(2), rng)
        used.add(name)
        places[match.group(1) is not None] = (len(text), len(text) + len(name))
        text += name
        at = match.end()
    text += chosen[at:]
    begun = min((end for start, end in places.values() if start == 0), default=0)
    trigger = next((m.span() for m in _WORD.finditer(text, begun) if m.group() not in _NO_TRIGGER), (begun, begun))
    return text, places.get(True, (0, 0)), places.get(False, (0, 0)), trigger


def _name(kind: str, rng: random.Random) -> str:
    country, adjective = rng.choice(_countries())
    fillers = _fillers()
    return str(rng.choice(fillers["slots"][kind])).format(
        c=country,
        a=adjective,
        k=rng.choice(fillers["cities"]),
        t=rng.choice(fillers["titles"]),
        p=f"{rng.choice(fillers['first_names'])} {rng.choice(fillers['surnames'])}",
    )


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    lines = (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((type_, pattern) for type_, pattern in rows)


@cache
def _fillers() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "fillers.toml").read_text(encoding="utf-8"))


@cache
def _countries() -> tuple[tuple[str, str], ...]:
    """Name and adjective of each."""
    lines = (files("onrecord.extract") / "data" / "territories.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple((row[1], row[3].split("|")[0]) for row in rows if len(row) > 3 and row[3])
