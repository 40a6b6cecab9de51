"""Where a deed took place, by the text: the places that its clause names behind a preposition (`in`, `near`), and the
places that an assault hits. Not where its people come from (`the mayor of Tarn`, `a monk in Tarn said`), and not where
it is headed."""

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.events.circumstances.further import around, doers, listed, relative
from onrecord.extract.events.circumstances.holders import Holder
from onrecord.extract.events.circumstances.moments import scene_nouns
from onrecord.extract.events.circumstances.scenery import scenery
from onrecord.extract.events.circumstances.stands import INNER, Sites, Stand, words
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.grammar import behind, coordinated
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Location, Missing, Participant, Span

_PLACED = frozenset(("at", "outside", "inside", "near"))
"""What says of words where they were spoken; `stood by them in the war in Brovia` does not."""

_POINTING = frozenset(("the", "this", "that"))
_OTHER = frozenset("other same next second first nearest nearby neighboring neighbouring last entire".split())
_TOO = frozenset(("as", "well", "too", "also", ","))
_SIDES = frozenset("northern southern eastern western central wider whole surrounding".split())
_ONTO = ("on", "at", "against", "of", "into", "through")
_THERE = ("in", "on", "near", "outside", "inside", "at")
_HIT = ("dobj", "nsubjpass")
_MOST = 120
"""Code points between two places of which one says where the other lies."""

_WITHIN_IT = re.compile(
    r"(, )?(in|near|outside)( \S{1,30}){0,4}|(region|province|oblast|district|area|county) of( the)?( \w{1,30}ern)?"
)
"""`Tarn, in the Brovian region of Orl`, `the Tarn region of Brovia`."""

_WITHIN = frozenset(("of", "in", "at", "inside"))
_OF = frozenset(("of", "from"))
_DEEP = 3
_FAR = (400, 1200)
"""Code points before a passage: those of a paragraph, and of some."""
_STEPS = 4
_WIDE = ("country", "region")
_SENTENCES = 2
"""Sentences before its own in which what `there` stands for is looked for."""


def sites(deed: Deed, tree: Tree, found: Sites, struck: Sequence[Participant] = ()) -> tuple[Location, ...] | Missing:
    """The deed's places, or why there are none. A place that only says where another lies is left out. `struck`: to
    whom or what it is done, which is where it took place if that is a town or a region."""
    if found.stands:
        hit = _hit(tree, deed, found, struck) if deed.type in words().seizes else []
        first, spoken = around(tree, deed), deed.type in words().spoken
        for holder in (*first, *scenery(tree, deed, first, spoken)):
            near = dict.fromkeys((holder.token, *_near(tree, holder.token, deed)))
            hit += [s for token in near for s in found.by_governor.get(token, ()) if _holds(tree, deed, holder, s)]
            hit = hit or _led_back(tree, holder, near, found, spoken)
            if hit:
                return tuple(dict.fromkeys(stand.location for stand in _apart(tree, hit, found)))
    return Missing(slot="places", reason="not said")


def _near(tree: Tree, index: int, deed: Deed) -> Iterator[int]:
    """What stands around a word that the places may hang on."""
    yield from _done_to(tree, index, deed)
    yield from _inside(tree, index, deed)
    for noun in doers(tree, index):
        seat = tree.lemmas[noun] in listed()["seats"]
        seat = seat or (deed.type in words().strikes and tree.lemmas[index] in listed()["digs"])
        if seat or (deed.type in words().strikes and tree.lemmas[noun] in scene_nouns()):
            yield noun
            if not seat:
                yield from _done_to(tree, noun, deed)


def _hit(tree: Tree, deed: Deed, found: Sites, struck: Sequence[Participant]) -> list[Stand]:
    """The towns and regions among those whom it is done to, and among what a pronoun stands for there."""
    block = tree.passage.block.span
    sizes = ("point", "town", "region", "") if deed.type in words().strikes else ("point", "town", "region")
    hit: list[Stand] = []
    for one in struck:
        if one.span not in block:
            continue
        inside = tree.within(one.span.start - block.start, one.span.end - block.start)
        head = next((i for i in inside if tree.heads[i] not in inside), None)
        meant = [s for s in found.stands if s.head == head]
        if not meant and head is not None:
            meant = _renamed(tree, head, found)
        if not meant and one.name is not None:  # a pronoun; of a place that is named twice, what was named first
            meant = [s for s in found.stands if _said(tree, s.location.span) == one.name][:1]
        hit += [s for s in meant if s.size in sizes and not _given(tree, deed, s)]
    return hit


def _given(tree: Tree, deed: Deed, stand: Stand) -> bool:
    """`ceded it to Brovia`, `cut supplies to Brovia`: who gets it, or does not."""
    own = stand.governor in (deed.token, deed.noun, tree.child(deed.token, "dobj"))
    return own and stand.by == "to" and (stand.size != "town" or deed.type in words().leaves)


def _renamed(tree: Tree, head: int, found: Sites) -> list[Stand]:
    """What `the city` that something is done to stands for, and `Tarn, a port, was shelled`."""
    if tree.lemmas[head] in words().nouns:
        named = tree.heads[head] if tree.links[head] == "appos" else _named_before(tree, head, found)
        if named is not None and (told := [s for s in found.stands if s.head == named]):
            return told
    sizes = _meant(tree, head, found)
    return _last_named(tree, head, sizes, found) if sizes else []


def _named_before(tree: Tree, noun: int, found: Sites) -> int | None:
    """The head of the place that stands before `, a key area seized by the militia`."""
    one = tree.heads[tree.heads[noun]]
    if tree.links[noun] == "pobj" and tree.words[one] == "one":
        noun = one  # `Tarn, one of the cities that they seized`
    first = tree.children[noun][0] if tree.children[noun] and tree.children[noun][0] < noun else noun
    beside = first > 1 and tree.words[first - 1] == "," and tree.words[first] in ("a", "an", "the", "one")
    index = found.at.get(first - 2) if beside else None
    return None if index is None else found.stands[index].head


def _said(tree: Tree, span: Span) -> str:
    start = tree.passage.block.span.start
    inside = tree.within(span.start - start, span.end - start)  # the text of all tokens is made anew each time
    return str(tree.passage.doc[inside.start : inside.stop].text) if inside else ""


def _led_back(tree: Tree, holder: Holder, near: Iterable[int], found: Sites, spoken: bool) -> list[Stand]:
    """What `where` follows, and what `there` and `in the city` stand for: the one place that was named last."""
    if holder.plans:
        return []
    before = _followed(tree, holder.token)
    if before is not None and before not in found.at and tree.links[before] == "appos":
        before = tree.heads[before]  # `Tarn, the port where`
    if before is not None and before in found.at:
        stand = found.stands[found.at[before]]
        return [] if stand.country and spoken else [stand]
    for token in near:
        for c in tree.children[token]:
            if tree.words[c] == "there" and tree.links[c] == "advmod":
                return _last_named(tree, c, ("town", "region", ""), found)
            if tree.links[c] == "prep" and tree.words[c] in _THERE:
                noun = tree.child(c, "pobj")
                if noun is not None and (sizes := _meant(tree, noun, found)):
                    return _last_named(tree, noun, sizes, found)
    return []


def _names(found: Sites, index: int) -> bool:
    """Whether a token is of a place that the noun beside it is not only named after (`the Black Sea port`)."""
    return index in found.at and found.stands[found.at[index]].by != ""


def _followed(tree: Tree, verb: int) -> int | None:
    """What `where` follows, also where others say it: `in Tarn, where monks said that two were killed and six hurt`."""
    for _ in range(_STEPS):
        if (before := relative(tree, verb, "where")) is not None:
            while tree.words[before] in _TOO and before > tree.sentences[verb]:
                before -= 1
            return before
        if tree.links[verb] not in ("ccomp", "conj"):
            break
        verb = tree.heads[verb]
    return None


def _meant(tree: Tree, noun: int, found: Sites) -> tuple[str, ...]:
    """How large a place `the city` or `the eastern side of the region` stands for; empty if it stands for none."""
    of = tree.child(noun, "prep")
    if of is not None and tree.words[of] == "of" and tree.lemmas[noun] in words().nouns:
        inner = tree.child(of, "pobj")
        return _meant(tree, inner, found) if inner is not None and inner > noun else ()
    pointed = [c for c in tree.children[noun] if tree.words[c] in _POINTING]
    before = [c for c in tree.children[noun] if c < noun and c not in pointed]
    kind = {c for c in before if tree.links[c] == "compound" and tree.parts[c] == "NOUN"}  # `the frontline city`
    plain = all(tree.links[c] in ("amod", "punct") or c in found.at or c in kind for c in before)
    behind_it = all(tree.links[c] in ("prep", "relcl", "punct") for c in tree.children[noun] if c > noun)
    if not (pointed and plain and behind_it):
        return ()
    if any(tree.words[c] in _OTHER or _names(found, c) for c in tree.below(noun) if c < noun):
        return ()
    sizes = next((sizes for nouns, sizes in _SIZES if tree.lemmas[noun] in nouns), ())
    named = any(tree.passage.doc[c].text.istitle() or tree.words[c] in _SIDES for c in before)
    return () if named and sizes != ("town",) else sizes  # `the Crimean peninsula`, `the southern region`


_SIZES = (
    (frozenset("city town village capital settlement hamlet port".split()), ("town",)),
    (frozenset(("country",)), ("country",)),
    (frozenset("region province oblast district peninsula county island".split()), ("region",)),
)


def _last_named(tree: Tree, index: int, sizes: tuple[str, ...], found: Sites) -> list[Stand]:
    """The place of one of the sizes in the sentence before a token, if there is one alone; else of the sentence before
    that."""
    first, end = tree.sentences[index], index
    for _ in range(_SENTENCES + 1):
        named = [s for s in found.stands if first <= s.head < end and s.size in sizes]
        if sizes == ("country",) or len({one.location.gazetteer_id for one in named}) > 1:
            named = [one for one in named if one.by not in ("nsubj", *INNER)]  # `Tarn launched a raid on the city`
        if named:
            return named[-1:] if len({one.location.gazetteer_id for one in named}) == 1 else []
        if first == 0:
            return _ahead(tree, sizes, found)
        first, end = tree.sentences[first - 1], first
    return []


def _ahead(tree: Tree, sizes: tuple[str, ...], found: Sites) -> list[Stand]:
    """The one that the paragraph before names, or, where it names none, those before it."""
    start = tree.passage.block.span.start
    for far in _FAR:
        named = [s for s in found.ahead if s.size in sizes and s.location.span.start >= start - far]
        if named:
            return named[:1] if len({one.location.gazetteer_id for one in named}) == 1 else []
    return []


def _holds(tree: Tree, deed: Deed, holder: Holder, stand: Stand) -> bool:
    """Whether a place is where the scene of a holder took place, if it hangs on the holder, on whom it is done to, or
    on what the holder is told to be in."""
    if stand.head >= holder.until or holder.plans:
        return False
    lists, lemma = words(), tree.lemmas[holder.token]
    own = holder.token in (deed.token, deed.noun)
    if own and deed.type in lists.meant and _said_of(tree, deed.token, stand):
        return False
    received = lemma in lists.receives and stand.by == "to"
    driven = lemma in lists.drives and stand.by in lists.driven
    sent = deed.type == "MOBILIZE" and lemma in listed()["sends"] and stand.by in ("to", "into")
    if own and (received or driven or sent) and stand.governor in (holder.token, tree.child(holder.token, "dobj")):
        return True
    if stand.governor == holder.token:
        if own and deed.type in lists.leaves and stand.by in lists.left:
            return True
        hits = own or lemma in listed()["blows"] or lemma in listed()["scenes"]
        if stand.country and lemma in listed()["fights"] and stand.by in ("dobj", "against"):
            return False  # `fighting Brovia`: whom, not where
        if hits and deed.type in lists.strikes and (stand.by in ("dobj", "nsubjpass") or stand.by in lists.struck):
            return True
        if own and deed.noun not in (None, deed.token) and stand.by == "nsubj" and lemma in listed()["undergoes"]:
            return deed.type in lists.strikes  # `Tarn came under attack`
        if own and lemma in listed()["deploys"] and stand.by in ("to", "into"):
            return True
        if own and deed.type == "RETREAT" and lemma in listed()["quits"] and stand.by == "dobj":
            return True
        trip = lemma in lists.visits or (
            own and any(tree.lemmas[i] in lists.visits for i in (deed.token, deed.noun or 0))
        )
        if trip and stand.by in lists.visited:
            return True
        if stand.by in ("compound", "nmod") and deed.type in lists.strikes and stand.size in ("town", "region"):
            name = _said(tree, stand.location.span)
            return lemma in listed()["scenes"] and not name.isupper()  # `the Tarn massacre`
        if not own and lemma in listed()["journeys"] and (stand.by == "to" or (stand.by == "dobj" and lemma != "send")):
            return True  # `flew to Tarn to meet`
        return _where(deed, stand)
    if tree.lemmas[stand.governor] in lists.visits and stand.by in lists.visited:
        return True  # `met during a visit to Tarn`
    if stand.by in INNER:  # `in Tarn’s prison`, `a Tarn court sentenced`
        noun = tree.lemmas[stand.governor]
        water = not lists.waters.isdisjoint(
            _said(tree, stand.location.span).lower().split()[-1:]
        )  # `the Black Sea headquarters`
        hit = deed.type in lists.strikes and stand.size in ("town", "region") and tree.links[stand.governor] in _HIT
        placed = noun in lists.buildings and (hit or tree.links[stand.governor] == "pobj")
        return noun in listed()["seats"] or (placed and not water)
    # `shelled a mill near Tarn`, `arrested monks in Tarn`: where those are to whom it is done.
    return _where(deed, stand) and (stand.by not in lists.about or stand.part)


def _said_of(tree: Tree, verb: int, stand: Stand) -> bool:
    """`accused the militia of raids at a mill in Tarn`, `denounced acts of terror in Tarn`, `urged monks in Tarn`: what
    stands right behind whom or what it is said to or of is where those are."""
    if tree.lemmas[stand.governor] in listed()["gatherings"]:
        return False
    preposition = next((i for i in range(stand.head, verb, -1) if tree.words[i] == stand.by), verb)
    before, thing = preposition - 1, tree.child(verb, "dobj")
    before -= tree.parts[before] == "PUNCT"
    if stand.by == "in" and stand.governor == verb:
        told = thing is not None and thing < preposition and before in tree.below(thing)
        return told and tree.parts[before] == "NOUN"
    return not {"of", "for", "over"}.isdisjoint(tree.words[verb : stand.head])


def _where(deed: Deed, stand: Stand) -> bool:
    """Whether the preposition of a place says where, and not whom or what a deed is about."""
    lists = words()
    if stand.by not in lists.about or (stand.by in ("on", "by") and stand.part):
        return stand.by in lists.prepositions
    if stand.by == "by":
        return False  # `raids by Tarn on Orl`
    two = deed.type in lists.partners or deed.type in lists.spoken
    return stand.by in lists.prepositions and not (stand.country or two)


def _done_to(tree: Tree, index: int, deed: Deed) -> Iterator[int]:
    """Whom or what a deed is done to; what is only spoken of is elsewhere (`denounced the war in Brovia`)."""
    if deed.type in words().spoken:
        return
    onto = (*_ONTO, "from") if deed.type in words().leaves else _ONTO
    things: list[int] = []
    for c in tree.children[index]:
        died = tree.links[c] == "nsubj" and tree.lemmas[index] in ("die", "perish")
        if died or tree.links[c] in ("dobj", "nsubjpass"):
            things += coordinated(tree, c)
        elif tree.links[c] == "prep" and tree.words[c] in onto:
            things += (one for g in tree.children[c] if tree.links[g] == "pobj" for one in coordinated(tree, g))
    things = things[:1] + [one for one in things[1:] if tree.lemmas[one] not in listed()["scenes"]]
    yield from things
    for _ in range(_DEEP if deed.type in words().strikes else 0):  # `hit a barrack of the camp in Tarn`
        things = [g for one in things for g in behind(tree, one, _WITHIN)]
        yield from things


def _inside(tree: Tree, index: int, deed: Deed) -> Iterator[int]:
    """What the clause says that it took place in: `met at a summit in Tarn`, `was held in Tarn’s prison`."""
    lists = words()
    where = _PLACED if deed.type in lists.spoken else lists.prepositions - lists.about
    if tree.lemmas[index] in lists.drives:
        where = where | lists.driven
    for c in tree.children[index]:
        if tree.links[c] != "prep":
            continue
        for g in tree.children[c]:
            lemma = tree.lemmas[g]
            met = lemma in listed()["gatherings"] and tree.words[c] in ("in", "at", "during", "on")
            met = met or (tree.words[c] == "in" and lemma in lists.buildings)
            met = met or (tree.words[c] == "with" and deed.type == "CONSULT")
            met = met or (tree.words[c] == "to" and tree.lemmas[index] in listed()["appears"])
            met = met or (tree.words[c] in ("after", "following") and lemma in ("trial", "hearing"))
            if tree.links[g] == "pobj" and (met or tree.words[c] in where):
                yield g
                if tree.words[c] == "with" and tree.tags[g] == "NNS":  # `met with heads of guilds in Tarn`
                    yield from behind(tree, g, _OF)


def _apart(tree: Tree, hit: list[Stand], found: Sites) -> list[Stand]:
    """Without those that only say where another lies: `in Tarn, Brovia`, `in Tarn, in the east of Brovia`."""
    nearer = any(not stand.country for stand in hit)
    struck = any(stand.by in ("in", "on", "against", "at") for stand in hit)
    kept: list[Stand] = []
    for stand in sorted(hit, key=lambda one: one.location.span):
        if stand.country and stand.by == "of" and struck:
            continue  # `the aggression of Brovia in Tarn`
        if stand.country and nearer and stand.how != "conj":
            continue
        if any(_qualifies(tree, stand, other, found) for other in hit):
            continue
        before = found.stands[stand.after] if stand.after is not None else None
        if before is None or before not in kept or stand.how == "conj":
            kept.append(stand)
    return kept


def _qualifies(tree: Tree, stand: Stand, other: Stand, found: Sites) -> bool:
    """`the villages of Tarn in Brovia`, `Tarn and Orl, towns in Brovia`: a place that only says where others lie."""
    if stand.how == "conj" or stand.by not in words().prepositions or other.country:
        return False
    if other.location.gazetteer_id is None:
        return False  # beside a camp that no gazetteer has, the region that it is in is told too
    between = Span(start=other.location.span.end, end=max(other.location.span.end, stand.location.span.start))
    if between.end - between.start <= _MOST and _WITHIN_IT.fullmatch(_said(tree, between)):
        return True
    if not (stand.part or stand.size in _WIDE or stand.by in ("near", "outside")):
        return False
    at = stand.governor
    for _ in range(_STEPS):
        if at == other.head or (at in found.at and found.stands[found.at[at]] is other):
            return other.location.span < stand.location.span
        if tree.links[at] not in ("appos", "conj"):
            break
        at = tree.heads[at]
    return False
