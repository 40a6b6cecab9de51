"""People of different documents: one by name, unless what they do or a part of the name says that they are two."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from onrecord.extract.lexicon import first_names
from onrecord.link.forms import PersonName, first_keys, skeleton, taken_apart
from onrecord.link.traits import (
    Traits,
    clash,
    evidence,
    in_common,
    kept_company,
    member,
    same_office,
    spelled,
    traits,
)
from onrecord.model import Apart, Cluster, Evidence, Sketch
from onrecord.model.links import EvidenceKind

_FAMOUS = 3
"""Documents from which one whom no other of that surname rivals is meant by the surname alone."""
_MOST_APART = 5
_FEW = 20
"""Bearers of a surname who are each weighed for a lone one; of more, those alone who have a trait in common with it."""
_SPELLED, _SPELLED_FIRST = 0.8, 0.7
"""How alike two spellings of a surname, and of a first name, are at least (Ratcliff and Obershelp's measure, 0..1)."""


class _Person:
    """A cluster as it grows."""

    def __init__(self, name: PersonName, members: Iterable[Traits]) -> None:
        self.name, self.members = name, list(members)
        self.evidence: list[Evidence] = []
        self.apart: list[tuple[_Person, Evidence]] = []
        self.marks: Counter[str] = Counter(mark for one in self.members for mark in one.marks)
        self.calls = {call for one in self.members for call in one.calls}
        self.beside: Counter[str] = Counter(key for one in self.members for key in one.beside)

    def take(self, other: "_Person", why: Evidence | None) -> None:
        self.members += other.members
        self.marks.update(other.marks)
        self.calls |= other.calls
        self.beside.update(other.beside)
        self.evidence += [*other.evidence, *((why,) if why else ())]

    @property
    def documents(self) -> list[str]:
        return [one.sketch.document for one in self.members]

    @property
    def spelled(self) -> str:
        return spelled(one.sketch for one in self.members)

    def role(self, other: "_Person") -> list[str]:
        """Roles of `other` that this one has too, as written."""
        mine = defaultdict(list)
        for call in self.calls:
            mine[call.head].append(call)
        return [
            office.title
            for one in other.members
            for office, call in zip(one.sketch.roles, one.calls, strict=False)
            if any(same_office(call, own) for own in mine[call.head])
        ]

    def company(self, other: "_Person") -> list[str]:
        """Names of companions of `other` that this one has too, if they are enough to tell."""
        both = kept_company(self.beside, other.beside)
        return [name for one in other.members for key, (_, name) in one.beside.items() if key in both]


def link_people(sketches: Sequence[Sketch]) -> list[Cluster]:
    """Clusters of the people of some buckets."""
    named: defaultdict[PersonName, list[Traits]] = defaultdict(list)
    short: list[Traits] = []
    for one in map(traits, sketches):
        name = taken_apart(one.sketch.name)
        named[name].append(one) if name.full else short.append(one)
    alike = [person for name in sorted(named) for person in _bearers(name, named[name])]
    people = _by_form(alike)
    people += _by_surname(people, short)
    return [_cluster(person) for person in people]


def _bearers(name: PersonName, members: Sequence[Traits]) -> list[_Person]:
    """Those who bear one name: mostly one. What callings say decides, the most told first; whoever may be two of them
    belongs to him whose companions he shares, or to nobody."""
    told: defaultdict[frozenset[str], list[Traits]] = defaultdict(list)
    for one in members:
        told[one.marks].append(one)
    silent = told.pop(frozenset(), [])
    order = sorted(told, key=lambda marks: (-len(told[marks]), sorted(marks)))
    camps: list[_Person] = []
    doubtful = list(silent)
    for marks in order:
        fits = [camp for camp in camps if not _clashing(camp, marks)]
        same = [camp for camp in fits if marks & camp.marks.keys()]
        if len(fits) == 1 or len(same) == 1:
            (same if len(same) == 1 else fits)[0].take(_Person(name, told[marks]), None)
        elif fits:
            doubtful += told[marks]
        else:
            camps.append(_Person(name, told[marks]))
    _rejoin(camps)
    if len(camps) < 2:
        return [_Person(name, members)]
    for camp in camps:
        camp.apart += [(other, _at_odds(camp, other)) for other in camps if other is not camp]
    # Weighed against the camps as they were, so that the order of the doubtful does not count.
    chosen = [[camp for camp in camps if camp.company(_Person(name, [one]))] for one in doubtful]
    alone = []
    for one, fits in zip(doubtful, chosen, strict=True):
        if len(fits) == 1:
            fits[0].take(_Person(name, [one]), None)
        else:
            alone.append(_Person(name, [one]))
    return [*camps, *alone]


def _clashing(camp: _Person, marks: Iterable[str]) -> bool:
    return clash(camp.marks, marks) is not None


def _rejoin(camps: list[_Person]) -> None:
    """A striker who becomes a minister keeps his company."""
    for one in list(camps):
        for other in camps[: camps.index(one)]:
            if len(kept_company(one.beside, other.beside)) > 1:
                other.take(one, evidence("company", other.company(one), one.documents))
                camps.remove(one)
                break


def _at_odds(one: _Person, other: _Person) -> Evidence:
    pair = clash(one.marks, other.marks) or ("", "")
    titles = [
        office.title
        for mark, person in zip(pair, (one, other), strict=True)
        for office in next((m.sketch.roles for m in person.members if mark in m.marks), ())[:1]
    ]
    return evidence("roles", titles, (*one.documents[:3], *other.documents[:3]))


def _by_form(people: Sequence[_Person]) -> list[_Person]:
    """Joins names that may be forms of one: a middle name left out, a short first name, an initial, another spelling.
    The fullest are the first to be looked at."""
    order = sorted(people, key=lambda p: (-len(p.name.middle), len(p.name.first) == 1, -len(p.members), p.name))
    index: defaultdict[tuple[str, str], list[_Person]] = defaultdict(list)
    kept: list[_Person] = []
    for person in order:
        keys = [(skeleton(person.name.last), key) for key in first_keys(person.name.first)]
        keys.append((skeleton(person.name.last), f"{person.name.first[0]}."))
        asked = keys[-1:] if len(person.name.first) == 1 else keys[:-1]
        near = {id(other): other for key in asked for other in index[key] if other not in _rivals(person)}
        kin = [(other, kind) for other in near.values() if (kind := _kin(other.name, person.name))]
        kin = [pair for pair in kin if clash(pair[0].marks, person.marks) is None or pair[0].company(person)]
        proven = [pair for pair in kin if pair[0].company(person) or pair[0].role(person)]
        fits = kin if len(kin) == 1 and (len(person.name.first) > 1 or proven) else proven
        if len(fits) == 1:
            other, kind = fits[0]
            other.take(person, evidence(kind, (other.spelled, person.spelled), person.documents))
            continue
        person.apart += [(o, evidence("names", (o.spelled, person.spelled), person.documents)) for o in _near(near)]
        kept.append(person)
        for key in keys:
            index[key].append(person)
    return kept


def _rivals(person: _Person) -> list[_Person]:
    return [other for other, _ in person.apart]


def _near(near: dict[int, _Person]) -> list[_Person]:
    return list(near.values())[:_MOST_APART]


def _kin(one: PersonName, other: PersonName) -> EvidenceKind | None:
    """By what two names may be of one person: None where a part of them disagrees."""
    if one.generation != other.generation and one.generation and other.generation:
        return None
    if one.middle and other.middle and not _middles(one.middle, other.middle):
        return None
    if one.last != other.last:
        return "spelling" if one.first == other.first and _alike(one.last, other.last) >= _SPELLED else None
    if one.first == other.first or 1 in (len(one.first), len(other.first)):
        return "form" if one.first[0] == other.first[0] else None
    if skeleton(one.first) == skeleton(other.first):
        return "spelling" if _alike(one.first, other.first) >= _SPELLED_FIRST else None
    short = first_keys(one.first) & {skeleton(other.first)} or first_keys(other.first) & {skeleton(one.first)}
    return "nickname" if short else None


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _middles(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    def agree(a: str, b: str) -> bool:
        return a[0] == b[0] if 1 in (len(a), len(b)) else skeleton(a) == skeleton(b)

    few, many = sorted((one, other), key=len)
    return all(any(agree(a, b) for b in many) for a in few)


def _by_surname(people: Sequence[_Person], short: Sequence[Traits]) -> list[_Person]:
    """Gives each lone surname to the one whom a role, companions or fame tells; returns those that stay by
    themselves."""
    index: defaultdict[str, list[_Person]] = defaultdict(list)
    telling: defaultdict[tuple[str, str], list[_Person]] = defaultdict(list)
    for person in people:
        alone = {taken_apart(a) for one in person.members for a in one.sketch.aliases if " " not in a}
        for word in {person.name.last, *(name.last for name in alone if not name.full)}:
            index[word].append(person)
            for trait in {*(call.head for call in person.calls), *person.beside}:
                telling[word, trait].append(person)
    given: list[tuple[_Person, _Person, Evidence]] = []
    left: defaultdict[str, list[Traits]] = defaultdict(list)
    homeless: list[_Person] = []
    # All are weighed before any is given away, so that the order does not count.
    for one in short:
        name = taken_apart(one.sketch.name)
        lone = _Person(name, [one])
        bearers = index[name.last]
        if len(bearers) > _FEW:
            traits_of = sorted({*(call.head for call in lone.calls), *lone.beside})
            bearers = list({id(p): p for trait in traits_of for p in telling[name.last, trait][:_FEW]}.values())
        fits = [person for person in bearers if clash(person.marks, lone.marks) is None]
        found = _meant(fits, lone, famous=bearers is index[name.last])
        if found:
            given.append((found[0], lone, found[1]))
        elif index[name.last]:
            homeless.append(lone)
        else:
            left[name.last].append(one)
    for person, lone, why in given:
        person.take(lone, why)
    for word in sorted(left):
        name = PersonName("", (), word, "")
        if word in first_names():
            homeless += [_Person(name, [one]) for one in left[word]]
        else:
            homeless += _bearers(name, left[word])
    return homeless


def _meant(fits: Sequence[_Person], lone: _Person, *, famous: bool) -> tuple[_Person, Evidence] | None:
    """Whom a surname means, and what tells; `famous`: fame alone may."""
    by: tuple[tuple[EvidenceKind, list[tuple[_Person, list[str]]]], ...] = (
        ("role", [(person, said) for person in fits if (said := person.role(lone))]),
        ("company", [(person, said) for person in fits if (said := person.company(lone))]),
    )
    for kind, told in by:
        if len(told) == 1:
            person, said = told[0]
            return person, evidence(kind, (lone.spelled, *said), lone.documents)
    if famous and len(fits) == 1 and len(set(fits[0].documents)) >= _FAMOUS and lone.name.last not in first_names():
        return fits[0], evidence("surname", (lone.spelled, fits[0].spelled), lone.documents)
    return None


def _cluster(person: _Person) -> Cluster:
    members = sorted({member(one.sketch) for one in person.members})
    found: list[Evidence] = []
    if len(members) > 1:
        names: defaultdict[PersonName, list[Sketch]] = defaultdict(list)
        for one in person.members:
            names[taken_apart(one.sketch.name)].append(one.sketch)
        same = min(names.values(), key=lambda sketches: (-len(sketches), spelled(sketches)))
        if len(same) > 1:
            said = (spelled(same), *sorted(one.name for one in same))
            found = [evidence("name", said, (one.document for one in same))]
        found += [*person.evidence, *in_common(person.members)]
    return Cluster(
        members=tuple(members),
        name=person.spelled,
        type="person",
        evidence=tuple(found),
        apart=tuple(_aparts(person)),
    )


def _aparts(person: _Person) -> Iterator[Apart]:
    for other, why in person.apart[:_MOST_APART]:
        first = min(member(one.sketch) for one in other.members)
        yield Apart(member=first, name=other.spelled, evidence=(why,))
