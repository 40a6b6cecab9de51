"""The places that a passage names, and what each hangs on in its sentence: the preposition before it, the word that
this belongs to, and the place that it only qualifies (`Tarn, Brovia`). Which of them a deed took place in: `sites`."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.extract.events.circumstances.further import listed
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Location, Mention, Place, Span

_STEPS = 8
_MOST = 16
"""Places that are read of one word."""

INNER = ("compound", "nmod", "amod", "poss")
_PASSED = frozenset("back home over down up deep particularly especially mainly mostly chiefly only just even".split())
"""Words before a preposition that say no more of where: `a trip back to Tarn`."""

_OTHER = frozenset("other previous earlier past former".split())
_LANDS = frozenset("territory soil airspace waters".split())
_TOWNS = frozenset("city town village port capital suburb hamlet settlement".split())
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


class Words(NamedTuple):
    """The lists of `data/sites.toml`."""

    prepositions: frozenset[str]
    about: frozenset[str]
    nouns: frozenset[str]
    strikes: frozenset[str]
    struck: frozenset[str]
    leaves: frozenset[str]
    left: frozenset[str]
    visits: frozenset[str]
    visited: frozenset[str]
    spoken: frozenset[str]
    buildings: frozenset[str]
    seizes: frozenset[str]
    waters: frozenset[str]
    shores: frozenset[str]
    compass: frozenset[str]
    partners: frozenset[str]
    receives: frozenset[str]
    drives: frozenset[str]
    driven: frozenset[str]
    meant: frozenset[str]


@cache
def words() -> Words:
    """The packaged lists."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "sites.toml").read_text(encoding="utf-8"))
    read = {name: {key: frozenset(value.split()) for key, value in part.items()} for name, part in data.items()}
    return Words(
        read["prepositions"]["words"],
        read["about"]["words"],
        read["nouns"]["words"],
        read["strikes"]["types"],
        read["strikes"]["links"],
        read["leaves"]["types"],
        read["leaves"]["words"],
        read["visits"]["words"],
        read["visits"]["links"],
        read["spoken"]["types"],
        read["buildings"]["words"],
        read["seizes"]["types"],
        read["waters"]["words"],
        read["waters"]["shores"],
        read["compass"]["words"],
        read["partners"]["types"],
        read["receives"]["words"],
        read["drives"]["words"],
        read["drives"]["links"],
        read["meant"]["types"],
    )


class Stand(NamedTuple):
    """A place in a sentence: `head` of the phrase that stands for it, the preposition or link that it hangs by, and
    what it hangs on. `size`: the precision of the place, empty if it is in no gazetteer. `after`: the stand that it
    qualifies or follows (`Tarn, Brovia`; `Tarn and Brovia`), by `how`. `part`: it is a side or kind of place (`the
    border of Brovia`), not what goes by the bare name."""

    location: Location
    size: str
    head: int
    by: str
    governor: int
    after: int | None
    how: str
    part: bool

    @property
    def country(self) -> bool:
        return self.size == "country"


class Sites(NamedTuple):
    """The places of a passage, in order, by what they hang on, and by their tokens (`at`). `ahead`: those shortly
    before it. Made once a passage."""

    stands: tuple[Stand, ...]
    by_governor: dict[int, list[Stand]]
    at: dict[int, int]
    ahead: tuple[Stand, ...] = ()


def sites_of(tree: Tree, places: Sequence[Place], mentions: Sequence[Mention], ahead: Sequence[Place] = ()) -> Sites:
    """`places` and `mentions`: those of the passage. A facility that is named is a place too, without an entry.
    `ahead`: the places that are named shortly before it."""
    block = tree.passage.block.span
    spans: dict[Span, tuple[str | None, str]] = {
        place.span: (place.gazetteer_id, place.precision)
        for place in places
        if place.sense == "location" and place.span in block
    }
    for place in places:
        if place.sense == "people" and place.span in block and (land := _land(tree, place.span)) is not None:
            spans[land] = (place.gazetteer_id, place.precision)
    meant = {place.span for place in places if place.sense != "location"}  # `Moscow said`: its government
    for mention in mentions:
        facility = mention.kind in ("facility", "place") and mention.head in block and mention.head not in meant
        if facility and not any(mention.head.overlaps(span) for span in spans):
            spans[mention.head] = (None, "")
    people = {
        i
        for mention in mentions
        if mention.kind == "person" and mention.head in block
        for i in tree.within(mention.head.start - block.start, mention.head.end - block.start)
    }
    stands: list[Stand] = []
    at: dict[int, int] = {}
    for span, (known, size) in sorted(spans.items()):
        inside = tree.within(span.start - block.start, span.end - block.start)
        if not inside:
            continue
        stand = _stand(tree, inside, Location(span=span, gazetteer_id=known), size, at)
        if stand.by in words().prepositions and stand.governor in people:
            stand = stand._replace(governor=_above(tree, stand.governor, people))
        doer = stands[at[stand.governor]] if stand.governor in at else None
        if doer is not None and doer.by == "by":
            stand = stand._replace(governor=doer.governor)  # `raids by Tarn on Orl`
        if _compared(tree, stand.head):
            stand = stand._replace(by="")
        at.update(dict.fromkeys(inside, len(stands)))
        at[stand.head] = len(stands)
        stands.append(stand)
    by_governor: dict[int, list[Stand]] = {}
    for stand in stands:
        hung = by_governor.setdefault(stand.governor, [])
        if len(hung) < _MOST:
            hung.append(stand)
    before = (
        Stand(Location(span=place.span, gazetteer_id=place.gazetteer_id), place.precision, -1, "", -1, None, "", False)
        for place in ahead
        if place.sense == "location"
    )
    return Sites(tuple(stands), by_governor, at, tuple(before))


def _compared(tree: Tree, head: int) -> bool:
    """`as in Brovia`, `a plan from other wars, in Brovia`: where something else took place."""
    before = tree.heads[head] - 1
    if tree.links[head] != "pobj" or before <= tree.sentences[head]:
        return False
    if tree.words[before] == "as":
        return tree.words[before - 1] not in ("well", "far", "long", "soon", "such")
    before -= tree.words[before] == ","
    return tree.lemmas[before] in ("war", "conflict") and not _OTHER.isdisjoint(tree.words[max(0, before - 3) : before])


def _land(tree: Tree, people: Span) -> Span | None:
    """The whole of `Brovian territory`, which is the country."""
    start = tree.passage.block.span.start
    inside = tree.within(people.start - start, people.end - start)
    if not inside or inside.stop >= tree.size or tree.words[inside.stop] not in _LANDS:
        return None
    return Span(start=people.start, end=start + tree.ends[inside.stop])


def _above(tree: Tree, index: int, people: set[int]) -> int:
    """Nobody is in a place by name: what is read beside a name is beside what that hangs on (`met Orla in Tarn`)."""
    for _ in range(_STEPS):
        above, link = tree.heads[index], tree.links[index]
        if above == index or link in ("nsubj", "nsubjpass"):
            return index
        index = tree.heads[above] if link == "pobj" else above
        if index not in people:
            break
    return index


def _stand(tree: Tree, inside: range, location: Location, size: str, at: dict[int, int]) -> Stand:
    head = next((i for i in inside if tree.heads[i] not in inside), inside[-1])
    after, how = None, ""
    for _ in range(_STEPS):
        above, link = tree.heads[head], tree.links[head]
        if above == head:
            break
        generic = tree.lemmas[above] in words().nouns or tree.words[above] in words().nouns
        if link in ("appos", "conj", "npadvmod") or (link in INNER and above in at):
            if above in at:
                if size == "country" and link == "conj" and tree.words[above + 1 : inside[0]] == [","]:
                    link = "appos"  # `in Tarn, Brovia’s capital`
                after, how = at[above], how if how == "conj" and size != "country" else link
            elif not generic and link != "conj":
                break
            head = above
        elif link == "compound" and _misread(tree, head, above):
            return Stand(location, size, head, *_hangs(tree, above), None, "", False)
        elif link in INNER and (generic or tree.words[above] in _WEEKDAYS):
            if _only_tells_which(tree, inside[-1], above, link):
                return Stand(location, size, head, "", above, None, "", False)
            head = above  # `the Tarn region`, `in Tarn Tuesday`
        elif link == "pobj" and tree.words[above] == "of" and _is_part(tree, tree.heads[above]):
            if _is_compass(tree, tree.heads[above]):
                return Stand(location, size, head, "", above, None, "", False)  # `north of Tarn`
            head = tree.heads[above]  # `the town of Tarn`, `most of Tarn`
        elif link == "pobj" and _is_example(tree, above) and _is_part(tree, tree.heads[above]):
            head, how = tree.heads[above], "conj"  # `towns such as Tarn`
        else:
            break
    link, governor, part = tree.links[head], tree.heads[head], tree.lemmas[head] in words().nouns
    if link in ("pobj", "pcomp"):
        preposition = said = governor
        while tree.links[preposition] == "prep" and tree.parts[tree.heads[preposition]] in ("ADP", "ADV"):
            preposition = tree.heads[preposition]
            said = said if tree.words[preposition] in _PASSED else preposition
        above, before = tree.heads[preposition], preposition - 1
        if (
            above < before
            and tree.parts[above] == "VERB"
            and tree.lemmas[before] in listed()["scenes"] | listed()["leaving"]
        ):
            above = before  # `called its retreat from Tarn`
        if tree.words[said] in ("in", "at") and tree.lemmas[head] in words().buildings:
            above = _charged(tree, above)
        return Stand(location, size, head, tree.words[said], above, after, how, part)
    return Stand(location, size, head, link, governor, after, how, part)


def _misread(tree: Tree, head: int, above: int) -> bool:
    """`If the raid in Tarn fails, they`: the verb, taken for the noun that the place is a part of."""
    preposition = tree.heads[above]
    clause = tree.heads[preposition]
    plural = above == head + 1 and tree.tags[above] == "NNS" and tree.links[above] == "pobj"
    return plural and tree.parts[clause] == "NOUN" and tree.links[clause] in ("advcl", "ccomp", "ROOT", "relcl")


def _hangs(tree: Tree, noun: int) -> tuple[str, int]:
    preposition = tree.heads[noun]
    return tree.words[preposition], tree.heads[preposition]


def _charged(tree: Tree, noun: int) -> int:
    """`arrested for theft in a Tarn station`: the verb, not what it was for."""
    reason = tree.heads[noun]
    verb = tree.heads[reason]
    charged = tree.links[noun] == "pobj" and tree.words[reason] in ("for", "on") and tree.parts[verb] == "VERB"
    return verb if charged else noun


def _is_part(tree: Tree, index: int) -> bool:
    return tree.lemmas[index] in words().nouns or tree.lemmas[index] in listed()["portions"]


def _only_tells_which(tree: Tree, last: int, above: int, link: str) -> bool:
    """`the Black Sea port`, `Tarn’s twin city of Orl`, `the Tarn suburb of Orl`: what a noun is named after, and is
    not."""
    named = link == "poss" or tree.lemmas[above] in _TOWNS
    if named and any(tree.words[c] == "of" for c in tree.children[above]):
        return True
    return tree.lemmas[last] in words().waters and tree.lemmas[above] not in words().shores


def _is_compass(tree: Tree, index: int) -> bool:
    """`north of`, and not `the north of`."""
    return tree.lemmas[index] in words().compass and all(tree.links[c] != "det" for c in tree.children[index])


def _is_example(tree: Tree, index: int) -> bool:
    return tree.words[index] in ("including", "like") or (tree.words[index] == "as" and tree.words[index - 1] == "such")
