"""Where a deed took place, by the text: the places that its clause names behind a preposition (`in`, `near`), and the
places that an assault hits. Not where its people come from (`the mayor of Tarn`, `a monk in Tarn said`), and not where
it is headed."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.extract.events.holders import Holder, holders
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.tree import Tree
from onrecord.model import Location, Mention, Missing, Place, Span

_STEPS = 8
_MOST = 16
"""Places that are read of one word."""

_PLACED = frozenset(("at", "outside", "inside", "near"))
"""What says of words where they were spoken; `stood by them in the war in Brovia` does not."""

_INNER = ("compound", "nmod", "amod", "poss")


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


@cache
def words() -> Words:
    """The packaged lists."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "sites.toml").read_text(encoding="utf-8"))
    listed = {name: {key: frozenset(value.split()) for key, value in part.items()} for name, part in data.items()}
    return Words(
        listed["prepositions"]["words"],
        listed["about"]["words"],
        listed["nouns"]["words"],
        listed["strikes"]["types"],
        listed["strikes"]["links"],
        listed["leaves"]["types"],
        listed["leaves"]["words"],
        listed["visits"]["words"],
        listed["visits"]["links"],
        listed["spoken"]["types"],
        listed["buildings"]["words"],
    )


class Stand(NamedTuple):
    """A place in a sentence: `head` of the phrase that stands for it, the preposition or link that it hangs by, and
    what it hangs on. `after`: the stand that it qualifies or follows (`Tarn, Brovia`; `Tarn and Brovia`), by `how`."""

    location: Location
    country: bool
    head: int
    by: str
    governor: int
    after: int | None
    how: str


class Sites(NamedTuple):
    """The places of a passage, in order and by what they hang on. Made once a passage by `sites_of`."""

    stands: tuple[Stand, ...]
    by_governor: dict[int, list[Stand]]


def sites_of(tree: Tree, places: Sequence[Place], mentions: Sequence[Mention]) -> Sites:
    """`places` and `mentions`: those of the passage. A facility that is named is a place too, without an entry."""
    block = tree.passage.block.span
    spans: dict[Span, tuple[str | None, bool]] = {
        place.span: (place.gazetteer_id, place.precision == "country")
        for place in places
        if place.sense == "location" and place.span in block
    }
    for mention in mentions:
        facility = mention.kind in ("facility", "place") and mention.head in block
        if facility and not any(mention.head.overlaps(span) for span in spans):
            spans[mention.head] = (None, False)
    stands: list[Stand] = []
    at: dict[int, int] = {}
    for span, (known, country) in sorted(spans.items()):
        inside = tree.within(span.start - block.start, span.end - block.start)
        if not inside:
            continue
        stand = _stand(tree, inside, Location(span=span, gazetteer_id=known), country, at)
        at.update(dict.fromkeys(inside, len(stands)))
        at[stand.head] = len(stands)
        stands.append(stand)
    by_governor: dict[int, list[Stand]] = {}
    for stand in stands:
        hung = by_governor.setdefault(stand.governor, [])
        if len(hung) < _MOST:
            hung.append(stand)
    return Sites(tuple(stands), by_governor)


def _stand(tree: Tree, inside: range, location: Location, country: bool, at: dict[int, int]) -> Stand:
    head = next((i for i in inside if tree.heads[i] not in inside), inside[-1])
    after, how = None, ""
    for _ in range(_STEPS):
        above, link = tree.heads[head], tree.links[head]
        if above == head:
            break
        generic = tree.lemmas[above] in words().nouns or tree.words[above] in words().nouns
        if link in ("appos", "conj", "npadvmod") or (link in _INNER and above in at):
            if above in at:
                after, how = at[above], link
            elif not generic and link != "conj":
                break
            head = above
        elif link in _INNER and generic:
            head = above  # `the Tarn region`
        elif link == "pobj" and tree.words[above] == "of" and tree.lemmas[tree.heads[above]] in words().nouns:
            head = tree.heads[above]  # `the town of Tarn`
        else:
            break
    link, governor = tree.links[head], tree.heads[head]
    if link == "pobj":
        preposition = governor
        while tree.links[preposition] == "prep" and tree.parts[tree.heads[preposition]] in ("ADP", "ADV"):
            preposition = tree.heads[preposition]
        return Stand(location, country, head, tree.words[preposition], tree.heads[preposition], after, how)
    return Stand(location, country, head, link, governor, after, how)


def sites(deed: Deed, tree: Tree, found: Sites) -> tuple[Location, ...] | Missing:
    """The deed's places, or why there are none. A place that only says where another lies is left out."""
    if found.stands:
        around = holders(tree, deed)
        for holder in around:
            near = (holder.token, *_done_to(tree, holder.token, deed), *_inside(tree, holder.token, deed))
            hit = [s for token in near for s in found.by_governor.get(token, ()) if _holds(tree, deed, holder, s)]
            if hit:
                return tuple(dict.fromkeys(stand.location for stand in _apart(tree, hit, found)))
    return Missing(slot="places", reason="not said")


def _holds(tree: Tree, deed: Deed, holder: Holder, stand: Stand) -> bool:
    """Whether a place is where the scene of a holder took place, if it hangs on the holder, on whom it is done to, or
    on what the holder is told to be in."""
    if stand.head >= holder.until or holder.plans:
        return False
    lists = words()
    own = holder.token in (deed.token, deed.noun)
    if stand.governor == holder.token:
        if own and deed.type in lists.leaves and stand.by in lists.left:
            return True
        if own and deed.type in lists.strikes and (stand.by in ("dobj", "nsubjpass") or stand.by in lists.struck):
            return True
        if own and tree.lemmas[holder.token] in lists.visits and stand.by in lists.visited:
            return True
        about = stand.by in lists.about and (stand.country or deed.type in lists.spoken)
        return stand.by in lists.prepositions and not about
    if stand.by in _INNER:  # `in Tarn’s prison`
        return tree.lemmas[stand.governor] in lists.buildings and tree.links[stand.governor] == "pobj"
    # `shelled a mill near Tarn`, `arrested monks in Tarn`: where those are to whom it is done.
    return stand.by in lists.prepositions and stand.by not in lists.about


def _done_to(tree: Tree, index: int, deed: Deed) -> Iterator[int]:
    """Whom or what a deed is done to; what is only spoken of is elsewhere (`denounced the war in Brovia`)."""
    if deed.type in words().spoken:
        return
    for c in tree.children[index]:
        if tree.links[c] in ("dobj", "nsubjpass"):
            yield c
        elif tree.links[c] == "prep" and tree.words[c] in ("on", "at", "against", "of"):
            yield from (g for g in tree.children[c] if tree.links[g] == "pobj")


def _inside(tree: Tree, index: int, deed: Deed) -> Iterator[int]:
    """What the clause says that it took place in: `met at a summit in Tarn`, `was held in Tarn’s prison`."""
    lists = words()
    where = _PLACED if deed.type in lists.spoken else lists.prepositions - lists.about
    for c in tree.children[index]:
        if tree.links[c] == "prep" and tree.words[c] in where:
            yield from (g for g in tree.children[c] if tree.links[g] == "pobj")


def _apart(tree: Tree, hit: list[Stand], found: Sites) -> Iterator[Stand]:
    """Without those that only say where another lies: `in Tarn, Brovia`, `in Tarn, in the east of Brovia`."""
    nearer = any(not stand.country for stand in hit)
    struck = any(stand.by in ("in", "on", "against", "at") for stand in hit)
    for stand in hit:
        if stand.country and stand.by == "of" and struck:
            continue  # `the aggression of Brovia in Tarn`
        if stand.country and nearer and stand.how != "conj":
            continue
        before = found.stands[stand.after] if stand.after is not None else None
        if before is None or before not in hit or stand.how == "conj":
            yield stand
