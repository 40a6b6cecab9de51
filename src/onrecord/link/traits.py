"""What tells two bearers of one name apart, or shows them to be one: what they are called, and who is beside them."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from onrecord.extract.lexicon import callings, organizations
from onrecord.extract.offices import words
from onrecord.link.forms import body, fold, skeleton, taken_apart
from onrecord.model import Evidence, Office, Sketch
from onrecord.model.links import Companion, EvidenceKind, Member

_CACHE = 65_536
_MOST_WORDS = 5
_MOST_DOCUMENTS = 20
"""Of an evidence: what is listed of it."""
_ENOUGH = 1.0
"""Weight of shared companions from which they tell: a person is 1, a body or product a half."""


class Call(NamedTuple):
    """A role as it is compared: the noun with what makes another office of it (`vice`), countries, and other words."""

    head: str
    countries: frozenset[str]
    rest: frozenset[str]


class Traits(NamedTuple):
    """What one document tells of a person. `marks`: callings, those of a state with the country: `state:CA`."""

    sketch: Sketch
    calls: tuple[Call, ...]
    marks: frozenset[str]
    beside: dict[str, Companion]


_LOWER = ("vice", "deputy", "assistant", "under", "aide", "advisor", "spokesman")


def traits(sketch: Sketch) -> Traits:
    """`beside` leaves out who has the same surname, since a family shares its companions, and outlets."""
    calls = tuple(call for office in sketch.roles if (call := _call(office)).head)
    own = beside_key((sketch.type, sketch.name))
    beside = {key: c for c in sketch.companions if (key := beside_key(c)) != own and fold(c[1]) not in _outlets()}
    return Traits(sketch, calls, frozenset(mark for call in calls for mark in _marks(call)), beside)


@lru_cache(_CACHE)
def _told(title: str) -> Call:
    said = words(title)
    lower = " ".join(word for word in _LOWER if word in said.core and word != said.head)
    return Call(f"{lower} {said.head}".strip(), said.countries, (said.core - {said.head, *_LOWER}) | said.rest)


def _call(office: Office) -> Call:
    call = _told(office.title)
    return call._replace(countries=call.countries | {office.country}) if office.country else call


def _marks(call: Call) -> Iterable[str]:
    calling = callings().of.get(call.head)
    if calling == "state":
        return [f"state:{country}" for country in sorted(call.countries)] or ["state"]
    return [calling] if calling else []


@lru_cache(1)
def _outlets() -> frozenset[str]:
    return organizations().known


@lru_cache(_CACHE)
def beside_key(companion: Companion) -> str:
    """What a companion is known by in another document: the surname of a person, with which few others come."""
    type_, name = companion
    return f"person:{skeleton(taken_apart(name).last)}" if type_ == "person" else f"body:{body(name)}"


def clash(one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
    """Two marks that one person seldom has both of, or None."""
    one, other = sorted(one), sorted(other)
    if set(one) & set(other) - {"state"}:
        return None
    for a in one:
        for b in other:
            kinds = frozenset((a.partition(":")[0], b.partition(":")[0]))
            foreign = kinds == {"state"} and a != b and "state" not in (a, b)
            if foreign or kinds in callings().apart:
                return a, b
    return None


def same_office(one: Call, other: Call) -> bool:
    """Whether two roles may be one and are told closely enough to say so."""
    if one.head != other.head or (one.countries and other.countries and not one.countries & other.countries):
        return False
    bare = not (one.countries | one.rest) or not (other.countries | other.rest)
    return bare or bool(one.countries & other.countries or one.rest & other.rest)


def weight(beside: Iterable[str]) -> float:
    return sum(1.0 if key.startswith("person:") else 0.5 for key in beside)


def kept_company(one: Collection[str], other: Iterable[str]) -> set[str]:
    """The companions of both, if they are enough to tell."""
    both = {key for key in other if key in one}
    return both if weight(both) >= _ENOUGH else set()


def evidence(kind: EvidenceKind, said: Iterable[str], documents: Iterable[str]) -> Evidence:
    return Evidence(
        kind=kind,
        words=tuple(dict.fromkeys(said))[:_MOST_WORDS],
        documents=tuple(sorted(set(documents)))[:_MOST_DOCUMENTS],
    )


def in_common(members: Iterable[Traits]) -> list[Evidence]:
    """Roles and companions that two documents or more have in common."""
    members = list(members)
    roles: dict[tuple[str, str], dict[str, str]] = {}
    beside: dict[str, dict[str, str]] = {}
    for one in members:
        for office, call in ((office, _call(office)) for office in one.sketch.roles):
            for told in call.countries | call.rest:
                roles.setdefault((call.head, told), {}).setdefault(one.sketch.document, office.title)
        for key, (_, name) in one.beside.items():
            beside.setdefault(key, {}).setdefault(one.sketch.document, name)
    return [
        *_most_kept("role", [of for (head, _), of in roles.items() if head]),
        *_most_kept("company", beside.values()),
    ]


def _most_kept(kind: EvidenceKind, found: Iterable[dict[str, str]]) -> list[Evidence]:
    kept = sorted((of for of in found if len(of) > 1), key=lambda of: (-len(of), sorted(of.items())))
    if not kept:
        return []
    said = [min(Counter(of.values()).items(), key=lambda item: (-item[1], item[0]))[0] for of in kept]
    return [evidence(kind, said, (document for of in kept[:_MOST_WORDS] for document in of))]


def member(sketch: Sketch) -> Member:
    return sketch.document, sketch.key


def spelled(sketches: Iterable[Sketch]) -> str:
    """The name that most documents have; of equals the longest."""
    names = Counter(sketch.name for sketch in sketches)
    return min(names, key=lambda name: (-names[name], -len(name), name))
