"""Toponyms: where an article names a place, beside and inside the names that it mentions.

The names of countries, places and facilities are taken as they were found; what only the gazetteer can tell comes from
here: towns before a state (`Athens, Ga.`), datelines in capitals, counties, a country's people, and place names inside
the names of public bodies (`Paris Police Department`).
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from onrecord.extract.gazetteer import Candidate, key, lookup
from onrecord.extract.lexicon import bare, countries, demonyms, first_names, organizations, territories
from onrecord.model import Document, Mention, Span

Sense = Literal["location", "government", "people", "name"]
WIDE = ("country", "area", "division", "county")
LARGE = 100_000
"""Inhabitants from which a town's name before a word of a body (`Chicago Museum`) is taken for the town's."""
MOST = 40
"""Readings of one name that are weighed; more are cut off, the least populous first."""


class Words(NamedTuple):
    """The tables of `data/places.toml`."""

    civic: frozenset[str]
    municipal: frozenset[str]
    namesakes: frozenset[str]
    civic_of: frozenset[str]
    private: frozenset[str]
    parts: frozenset[str]
    heads: frozenset[str]
    tails: frozenset[str]
    deeds: frozenset[str]
    towards: tuple[str, ...]
    belongings: frozenset[str]
    shared_seats: frozenset[str]
    given_names: frozenset[str]
    abbreviations: frozenset[str]


class Toponym(NamedTuple):
    """A place name in the text. `name`: as it is looked up. `rule`: what found it. `doubtful`: it is no entry unless
    the gazetteer resolves it."""

    span: Span
    name: str
    sense: Sense
    rule: str
    doubtful: bool = False


@cache
def words() -> Words:
    table = tomllib.loads((files("onrecord.extract") / "data" / "places.toml").read_text("utf-8"))
    short = frozenset(form for forms in table.pop("abbreviations").values() for form in forms)
    towards = tuple(table.pop("towards"))
    return Words(**{name: frozenset(row) for name, row in table.items()}, towards=towards, abbreviations=short)


@cache
def peoples() -> dict[str, str]:
    """Adjective or people as written -> the name of their country or area."""
    usual = {territory.code: territory.name for territory in territories()}
    table = {people: usual[code] for people, code in demonyms().items()}
    for line in (files("onrecord.extract") / "data" / "peoples.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, adjectives = line.split("\t")
            table.update(dict.fromkeys(adjectives.split("|"), name))
    return table


def toponyms(document: Document, mentions: Sequence[Mention]) -> list[Toponym]:
    """Every place name of the article, in reading order; none overlaps another."""
    text = document.text
    found = [*_mentioned(text, mentions)]
    taken = _Taken(text, found)
    for toponym in (*_before_states(text), *_datelines(text), *_constituencies(text)):
        if taken.add(toponym):
            found.append(toponym)
    vouched = {key(toponym.name) for toponym in found}
    for mention in mentions:
        if mention.kind in _BODIES:
            found += [t for t in _inside(text, mention, vouched) if taken.add(t)]
        again = key(mention.head.of(text)) in vouched and _again(text, mention)
        if again and taken.add(again):
            found.append(again)
    found += [t for t in _counties(text) if taken.add(t)]
    return sorted(found, key=lambda toponym: toponym.span)


_BODIES = ("organization", "facility", "place", "event", "work", "product")
_INTO = re.compile(r"\b(?:in|near|from|at|to) $", re.IGNORECASE)


def _again(text: str, mention: Mention) -> Toponym | None:
    """A name that the article uses of a place and that was taken for something else; of a person only after `in`."""
    if mention.kind == "person" and not _INTO.search(text[max(0, mention.head.start - 6) : mention.head.start]):
        return None
    return Toponym(mention.head, mention.head.of(text), "location", "place.again", doubtful=True)


class _Taken:
    """Which characters belong to a toponym already; a later one must not touch them."""

    def __init__(self, text: str, found: Sequence[Toponym]) -> None:
        self._marks = bytearray(len(text))
        for toponym in found:
            self.add(toponym)

    def add(self, toponym: Toponym) -> bool:
        span = toponym.span
        if any(self._marks[span.start : span.end]):
            return False
        self._marks[span.start : span.end] = b"\1" * len(span)
        return True


def _mentioned(text: str, mentions: Sequence[Mention]) -> Iterator[Toponym]:
    """The mentions that are of places or peoples."""
    for mention in mentions:
        name = mention.head.of(text)
        if mention.kind in ("group", "country", "place") and name in peoples():
            yield Toponym(mention.head, peoples()[name], "people", "place.people")
        elif mention.kind in ("country", "place"):
            if candidates(name) or not _civic(name):
                span = _core(text, mention.head)
                yield Toponym(span, span.of(text), "location", "place")
        elif mention.kind == "facility" and candidates(name):
            yield Toponym(mention.head, name, "location", "place", doubtful=True)


def _civic(name: str) -> bool:
    """Whether a name that the gazetteer lacks is that of a body: `Mount Pleasant High School`."""
    parts = name.split()
    low = bare(parts[-1]) if parts else ""
    return len(parts) > 2 and low in organizations().tails and low not in organizations().places


def _core(text: str, head: Span) -> Span:
    """A name without what the gazetteer does not have: `northern`, `province`; with the full stop of `W.Va.`"""
    name = head.of(text)
    if "." in name and name + "." in words().abbreviations and text[head.end : head.end + 1] == ".":
        return Span(start=head.start, end=head.end + 1)
    first, _, last = name.rpartition(" ")
    if last in words().tails and first[:1].isupper() and lookup(first):
        return Span(start=head.start, end=head.start + len(first))
    if lookup(name):
        return head
    left, _, rest = name.partition(" ")
    skipped = len(left) + 1
    if left.lower() in words().heads and rest.startswith("of "):
        rest, skipped = rest[3:], skipped + 3
    elif left.lower() not in words().parts:
        return head
    return Span(start=head.start + skipped, end=head.end) if rest and lookup(rest) else head


def candidates(name: str) -> tuple[Candidate, ...]:
    """What a name may stand for; `Idlib Province` is looked up as a division Idlib too, and `Pott Co.` as a county."""
    found = lookup(name)
    if name in words().abbreviations:
        return tuple(c for c in found if c.kind == "division")
    first, _, last = name.rpartition(" ")
    if first.lower() in words().parts and last in ("District", "district"):
        return ()  # a court's, mostly, and somewhere in the world there is a division called so
    if not found and first:
        low = bare(last)
        if low == "co":
            found = tuple(c for c in lookup(f"{first} County") if c.kind == "county")
        elif low in ("twp", "township"):
            found = tuple(c for c in lookup(first) if c.kind == "town" and c.usual)
        elif low in organizations().places:
            found = tuple(c for c in lookup(first) if c.kind in ("division", "county"))
    return found[:MOST]


# --- beside the mentions ----------------------------------------------------------------------------------------------

_WORD = r"[A-Z][\w’'.-]{0,30}"
_BEFORE_STATE = re.compile(rf"\b({_WORD}(?: (?:{_WORD}|of|de|la|on)){{0,3}}), (?=([A-Z][\w. ]{{1,24}}))")
_COUNTY = re.compile(rf"\b((?:{_WORD} ){{1,2}})(?:County|Parish|Co\.)(?!\w)")
_DATELINE = re.compile(
    r"(?:^|(?<=[.!?”\"’] )|(?<=\n))([A-Z][A-Z’'. -]{2,30}?)(?:, [A-Z][\w. ]{1,20})?(?: \([\w ./]{2,20}\))?"
    r" ?(?:--|[—–]| - )"
)


def _before_states(text: str) -> Iterator[Toponym]:
    """`Athens, Ga.`: a town that lies in the state named after it, and the state if it is a short form."""
    for match in _BEFORE_STATE.finditer(text):
        state = _state(match[2])
        if not state:
            continue
        around = {c.id for c in lookup(state)}
        start, parts = match.start(1), match[1].split(" ")
        for i in range(len(parts)):
            name = " ".join(parts[i:])
            if any(c.division in around or c.county in around for c in lookup(name)):
                at = start + sum(len(part) + 1 for part in parts[:i])
                yield Toponym(Span(start=at, end=at + len(name)), name, "location", "place.before_state")
                if state in words().abbreviations:
                    after = match.end()
                    yield Toponym(Span(start=after, end=after + len(state)), state, "location", "place.abbreviation")
                break


def _state(after: str) -> str | None:
    """The state or province that a text begins with."""
    parts = after.split(" ")
    for count in (2, 1):
        name = " ".join(parts[:count])
        for form in (name, name.rstrip(".")):
            known = form in words().abbreviations
            if known or (len(form) > 3 and any(c.kind == "division" and c.usual for c in lookup(form))):
                return form
    return None


def _datelines(text: str) -> Iterator[Toponym]:
    """`ANDERSON -- `, `LAGOS, Nigeria (AP) — `: a place in capitals that opens a report."""
    for match in _DATELINE.finditer(text):
        name = match[1].strip()
        if any(c.usual for c in lookup(name)):
            at = match.start(1)
            yield Toponym(Span(start=at, end=at + len(name)), name, "location", "place.dateline", doubtful=True)


_PARTY = re.compile(r"\b(?:D|R|I|DFL|Rep|Dem|Republican|Democrat)[-–]([A-Z][\w.]{1,5}(?: [A-Z][\w.]{1,3})?)")


def _constituencies(text: str) -> Iterator[Toponym]:
    """`D-N.Y.`: the state that somebody sits for."""
    for match in _PARTY.finditer(text):
        state = _state(match[1])
        if state in words().abbreviations:
            at = match.start(1)
            yield Toponym(Span(start=at, end=at + len(state)), state, "location", "place.constituency")


def _counties(text: str) -> Iterator[Toponym]:
    for match in _COUNTY.finditer(text):
        name = match[0]
        for skipped in (0, name.index(" ") + 1)[name.startswith("The ") :]:
            part = name[skipped:]
            if " " in part and any(c.kind == "county" for c in candidates(part)):
                at = match.start() + skipped
                yield Toponym(Span(start=at, end=match.end()), part, "location", "place.county_named", doubtful=True)
                break


# --- inside other names -----------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\s]+")


def _inside(text: str, mention: Mention, vouched: set[str]) -> Iterator[Toponym]:
    """Place names at the head of a body's name, and after `of`. `vouched`: names that the article uses of places."""
    base = mention.head.start
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(mention.head.of(text)[:200])]
    plain = [bare(text[base + a : base + b].strip(".,()'’")) for a, b in tokens]
    if len(tokens) < 2 or plain[-1] in words().private:
        return
    for i in range(len(tokens) - 1):
        opens = i == 0 or (plain[i - 1] == "of" and i > 1 and plain[i - 2] in words().civic_of)
        for j in range(min(len(tokens), i + 4), i, -1) if opens else ():
            name = text[base + tokens[i][0] : base + tokens[j - 1][1]].removesuffix("'s").removesuffix("’s").rstrip(",")
            follows = plain[j] if j < len(tokens) else ""
            country = name in countries() and bare(name) not in words().given_names
            told = i or follows in words().civic or country or key(name) in vouched
            if told and not _of_the_city(name, vouched) and _named(name, follows, vouched):
                at = base + tokens[i][0]
                yield Toponym(Span(start=at, end=at + len(name)), name, "name", "place.inside_name", doubtful=True)
                break
    if len(tokens) > 2 and plain[-2] == "of" and plain[-3] in words().civic_of:
        name = text[base + tokens[-1][0] : base + tokens[-1][1]]
        if _named(name, "", vouched):
            at = base + tokens[-1][0]
            yield Toponym(Span(start=at, end=at + len(name)), name, "name", "place.inside_name", doubtful=True)


def _of_the_city(name: str, vouched: set[str]) -> bool:
    """Whether `City` goes with what follows, as in `Boulder City Council`, and not with the name, as in `Salt Lake City
    Council`: by what the article speaks of, else by which town is the larger."""
    short = name.removesuffix(" City")
    if short == name or key(name) in vouched:
        return False
    whole, part = (
        max((c.population for c in lookup(n) if c.kind in ("town", "capital")), default=0) for n in (name, short)
    )
    return key(short) in vouched or part > whole


def _named(name: str, follows: str, vouched: set[str]) -> bool:
    """Whether a body called so is called after a place: a country, state or county, a town that the article speaks of,
    a large town, or one before a word that only towns' own bodies bear."""
    if not name[:1].isupper() or name in peoples() or bare(name) in organizations().tails | words().parts:
        return False
    if name in countries():
        return True
    usual = [c for c in lookup(name) if c.usual]
    if any(c.kind in ("division", "area") and len(name) > 2 for c in usual) or any(
        c.kind == "county" and name.endswith(("County", "Parish")) for c in usual
    ):
        return True
    towns = [c for c in usual if c.kind in ("town", "capital")]
    if not towns or bare(name) in words().civic:
        return False
    if key(name) in vouched:
        return True
    person = bare(name.split(maxsplit=1)[0]) in first_names()
    large = towns[0].population >= LARGE and follows not in words().namesakes
    return not person and (follows in words().municipal or large)
