"""Days of a deed that stand in a clause beside its own, where its own gives none.

Of two clauses of one scene the later one's (`Two were killed and five injured in Tarn on Monday`); of the clause that
says when (`were killed when rockets hit the mill on Monday`), since when (`have been killed since the war began in
May`) or after what (`injured following a raid on Monday`); of what somebody did while it happened to him (`was killed
fighting in May`) and of what sent him there (`was sent in June to try to reinforce the garrison`).
"""

from collections.abc import Iterator

from onrecord.extract.events.circumstances.further import listed
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.ellipses import HURTS
from onrecord.extract.events.syntax.grammar import SUBJECTS, negated
from onrecord.extract.events.syntax.tree import Tree

_STEPS = 4
_SEIZES = frozenset(("arrest", "detain", "capture"))
_ALIKE = HURTS - _SEIZES
_PERFECT = frozenset("has have had 've ’ve 'd ’d".split())
_AFTER = frozenset("following after from of during in".split())
_EFFECT = frozenset(("result", "consequence"))
_TRIES = frozenset("try attempt help seek aim".split())
_SENDS = frozenset("send deploy dispatch travel fly go come arrive return head journey call summon".split())
_BANS = frozenset("ban bar block prohibit prevent stop suspend".split())
_SPOKEN = frozenset(
    "say tell speak condemn denounce describe recall mourn discuss report mention criticise criticize investigate "
    "visit mark watch see show".split()
)
_ORDINALS = frozenset("first second third fourth fifth only latest".split())
_NEAR = 8
"""Tokens behind a verb among which an ordinal is its object's."""

_BACKED = frozenset("back support lead arm ally align".split())


def beside(tree: Tree, deed: Deed, seized: bool = False) -> Iterator[int]:
    """The verbs beside it that tell of the same people or houses: `killed and five injured`. `seized`: also those that
    tell who was seized, which may be another scene of the same days."""
    kinds = HURTS if seized else _ALIKE
    index = deed.token
    for _ in range(_STEPS):
        other = next((c for c in tree.children[index] if c > index and tree.links[c] == "conj"), None)
        if other is None or not {tree.lemmas[index], tree.lemmas[other]} <= kinds:
            break
        yield other
        index = other
    first = tree.heads[deed.token]
    if tree.links[deed.token] == "conj" and {tree.lemmas[first], tree.lemmas[deed.token]} <= kinds:
        yield first  # `were killed on Monday, and five injured`


def clauses(tree: Tree, verb: int) -> Iterator[int]:
    """The verbs of the clauses that say when: `was hurt when it fell`, `was killed fighting`, `sent to reinforce`."""
    if tree.parts[verb] != "VERB":
        return
    for c in tree.children[verb]:
        if c < verb or tree.links[c] not in ("advcl", "xcomp", "prep"):
            continue
        first = tree.words[tree.children[c][0]] if tree.children[c] and tree.children[c][0] < c else tree.words[c]
        past = tree.tags[verb] in ("VBD", "VBN") and not negated(tree, verb)
        if past and tree.links[c] == "advcl" and (first == "when" or tree.words[c - 3 : c - 1] == ["as", "soon"]):
            yield c
        working = tree.tags[c] == "VBG" and tree.links[c] in ("advcl", "xcomp") and tree.lemmas[verb] in HURTS
        if working and (c == verb + 1 or (c == verb + 2 and tree.words[verb + 1] == "while")):
            yield c
        if tree.words[c] == "from" and tree.lemmas[verb] in _BANS:
            yield from (g for g in tree.children[c] if tree.links[g] == "pcomp")  # `banned them from entering in May`
    if (way := _sent(tree, verb)) is not None:
        yield way
    by = tree.heads[verb]
    if tree.links[verb] == "pcomp" and tree.words[by] == "by" and tree.parts[tree.heads[by]] == "VERB":
        yield tree.heads[by]  # `answered on Monday by threatening them`
    if tree.links[verb] == "xcomp" and tree.lemmas[tree.heads[verb]] in _TRIES:
        yield tree.heads[verb]  # `tried to hit it in May`
    if (told := told_of(tree, verb)) is not None:
        yield told
        if tree.links[told] == "advcl" and tree.tags[told] == "VBG":
            yield tree.heads[told]


def _sent(tree: Tree, verb: int) -> int | None:
    """The verb of `was sent in June to try to reinforce them`."""
    for _ in range(2):
        above, link = tree.heads[verb], tree.links[verb]
        plain = any(tree.words[c] == "to" and tree.links[c] == "aux" for c in tree.children[verb])
        if not plain or link not in ("xcomp", "advcl") or above >= verb:
            return None
        if tree.lemmas[above] in _SENDS:
            return above
        if tree.lemmas[above] not in _TRIES:
            return None
        verb = above
    return None


def told_of(tree: Tree, verb: int) -> int | None:
    """The verb or noun of what a clause says the harm of: `fired shells on Monday that killed two`, `a barrage on
    Monday of Tarn, a port, that killed two`. The clause hangs on the noun before it, whatever did the harm."""
    first = tree.heads[verb] if tree.links[verb] == "conj" and tree.child(verb, *SUBJECTS) is None else verb
    harms = tree.lemmas[first] in listed()["hurts"] | {"damage", "destroy", "leave"}
    if not harms or tree.links[first] not in ("relcl", "ccomp"):
        return None
    if not any(tree.words[c] in ("that", "which") and tree.links[c] == "nsubj" for c in tree.children[first]):
        return None
    index = tree.heads[first]
    if tree.links[first] == "ccomp":  # `fired shells on Monday that killed two`, torn from what it says more of
        return index if tree.parts[index] == "VERB" and tree.lemmas[index] not in _SPOKEN else None
    for _ in range(2 * _STEPS):
        above = tree.heads[index]
        if tree.parts[index] == "NOUN" and tree.lemmas[index] in listed()["scenes"]:
            return index
        if above == index or above > first:
            return None
        if tree.parts[above] == "VERB":
            return above if tree.links[index] in ("dobj", "prep") and tree.lemmas[above] not in _SPOKEN else None
        if tree.links[index] not in ("pobj", "prep", "appos", "conj", "dobj"):
            return None
        index = above
    return None


def causes(tree: Tree, verb: int) -> Iterator[int]:
    """The nouns of what hurt those whom a verb tells to be hurt: `injured following a raid on Monday`; of what led to
    it also where they are seized: `As a result of Monday's unrest, two were arrested and three injured`."""
    if tree.parts[verb] != "VERB" or tree.lemmas[verb] not in HURTS | listed()["hurts"]:
        return
    first = tree.heads[verb] if tree.links[verb] == "conj" else verb
    for c in (*tree.children[verb], *(c for c in tree.children[first] if c < first != verb)):
        if tree.links[c] not in ("prep", "agent"):
            continue
        noun = tree.child(c, "pobj", "pcomp")
        if noun is not None and tree.words[c] == "as" and tree.lemmas[noun] in _EFFECT:
            of = next((g for g in tree.children[noun] if tree.words[g] == "of"), None)
            noun = tree.child(of, "pobj", "pcomp") if of is not None else None
        elif tree.lemmas[verb] in _SEIZES or not (
            tree.words[c] in _AFTER or (tree.links[c] == "agent" and _is_scene(tree, noun))
        ):
            continue
        if noun is not None:
            yield noun


def _is_scene(tree: Tree, noun: int | None) -> bool:
    return noun is not None and tree.lemmas[noun] in listed()["scenes"]


def followers(tree: Tree, verb: int) -> Iterator[int]:
    """`was taken by rebels backed by the army in May`: what only says more of who did it, and ends the sentence."""
    for c in tree.children[verb]:
        if tree.links[c] == "agent" and c > verb and (noun := tree.child(c, "pobj")) is not None:
            yield from (g for g in tree.children[noun] if tree.links[g] == "acl" and tree.lemmas[g] in _BACKED)


def _is_ordinal(word: str) -> bool:
    return word in _ORDINALS or (word[:1].isdigit() and word[-2:] in ("st", "nd", "rd", "th"))


def since(tree: Tree, verb: int) -> range | None:
    """The tokens of the clause that says since when: `since the war began in May`, `since the raid in May`."""
    if tree.parts[verb] == "NOUN":  # `the blockade since the raid in May`, and not `the worst raid since May`
        return _going_on(tree, verb)
    if tree.parts[verb] not in ("VERB", "AUX"):
        return None
    first = verb
    while tree.links[first] == "conj" and tree.heads[first] < first:
        first = tree.heads[first]
    helped = any(tree.words[c] in _PERFECT for v in (verb, first) for c in tree.children[v] if tree.links[c] == "aux")
    if not helped or any(_is_ordinal(word) for word in tree.words[verb : verb + _NEAR]):
        return None  # `the first raid since May` is one, and of no day
    for c in tree.children[verb]:
        if tree.words[c] == "since" and tree.links[c] == "prep" and tree.child(c, "pobj") is not None:
            return range(c, tree.rightmost(c) + 1)
        if tree.links[c] == "advcl" and any(tree.words[g] == "since" and g < c for g in tree.children[c]):
            return range(min(tree.children[c]), tree.rightmost(c) + 1)
    return None


def _going_on(tree: Tree, noun: int) -> range | None:
    if any(tree.tags[c] in ("JJS", "RBS") or _is_ordinal(tree.words[c]) for c in tree.children[noun]):
        return None
    below = next((c for c in tree.children[noun] if tree.words[c] == "since" and tree.links[c] == "prep"), None)
    if below is None or tree.child(below, "pobj") is None:
        return None
    return range(below, tree.rightmost(below) + 1)
