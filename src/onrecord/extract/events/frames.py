"""Whether what has to stand beside a trigger stands there, and who fills its slots."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from onrecord.extract.events.classes import is_of_class, receives, trapped
from onrecord.extract.events.participants.owners import owners, qualifiers
from onrecord.extract.events.participants.phrases import (
    World,
    acts,
    armed,
    hittable,
    human,
    located,
    sort,
)
from onrecord.extract.events.senses import Frame, Place, lexicon
from onrecord.extract.events.syntax.grammar import Clause, auxiliary, behind, clause, negated, surface_subject
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.statements.sources import nouns

_NOBODY = frozenset("it that this which what".split())
_HINDS = frozenset(("xcomp", "ccomp", "acl", "advcl"))
_SHOULD = frozenset("should must ought".split())


class Match(NamedTuple):
    """A frame that fits: the tokens that fill slots, and the word of the deed that is told of below, if any."""

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    below: int | None = None

    def joined(self, other: "Match") -> "Match":
        below = self.below if other.below is None else other.below
        return Match((*self.actors, *other.actors), (*self.recipients, *other.recipients), below)


def matched(world: World, tree: Tree, at: Clause, frame: Frame) -> Match | None:
    """What a frame finds beside a verb; None where it does not fit."""
    found = Match()
    for place in frame:
        one = _beside(world, tree, at, place)
        if place.barred:
            if one is not None:
                return None
            continue
        if one is None and not place.optional:
            return None
        twice = one is not None and found.recipients and one.recipients and place.words and place.words <= _OWNING
        found = found.joined(one) if one and not twice else found
    if not frame or (frame[0].at == "none" and at.object is not None):
        return None
    return found


def noun_slots(world: World, tree: Tree, noun: int, frame: Frame, verb: int | None) -> Match:
    """Who stands beside a noun for a deed, and beside the verb that carries it: all that is there."""
    found = Match()
    for place in frame:
        one = _beside_noun(world, tree, (noun, verb, found.below), place)
        if (one is not None and not (found.recipients and one.recipients)) or (one and one.actors):
            found = found.joined(one) if one else found
    return found


def _beside(world: World, tree: Tree, at: Clause, place: Place) -> Match | None:
    match place.at:
        case "none":
            return Match() if at.object is None else None
        case "obj":
            return filled(world, tree, place.filler, at.object) if at.object is not None else None
        case "dat":
            whom = at.dative if at.dative is not None else _given(world, tree, at)
            return filled(world, tree, place.filler, whom) if whom is not None else None
        case "inf":
            found = _infinitive(world, tree, at.verb, place)
            if found is None and at.object is not None:  # `asked the guild to leave`, read as a guild that is to leave
                found = _infinitive(world, tree, at.object, place)
            return found
        case "that":
            return _clause_below(tree, at.verb, should=False)
    if "named" in place.words:  # `called the premier a liar`
        name = tree.child(at.verb, "oprd")
        return (
            Match()
            if name is not None and (not place.filler or is_of_class(tree, place.filler.strip("{}"), name))
            else None
        )
    if "neg" in place.words:
        return Match() if negated(tree, at.verb) else None
    if "that-guilty" in place.words:
        return _guilty(world, tree, at)
    if "that-must" in place.words:
        return _of_another(world, tree, at, _MUST)
    if "that-of" in place.words:
        return _of_another(world, tree, at, None)
    if not place.filler:
        return _word(tree, at.verb, place.words)
    if "that-should" in place.words:
        return _clause_below(tree, at.verb, should=True)
    return _behind(world, tree, (at.verb, at.object), place)


_GIVING = frozenset("give grant send lend offer hand award deny promise sell".split())
_TO = frozenset(("to", "for"))


def _given(world: World, tree: Tree, at: Clause) -> int | None:
    """`gave Chad weapons`, `gave the army permission`: who gets it, read as a word before what is given."""
    noun = at.object
    if noun is None or at.passive or tree.parts[noun] != "NOUN" or tree.lemmas[at.verb] not in _GIVING:
        return None
    allowed = is_of_class(tree, "permission", noun)
    if not allowed and any(True for head in (at.verb, noun) for _ in behind(tree, head, _TO)):
        return None
    first, last = at.verb + 1, noun - 1
    words = [c for c in tree.children[noun] if c < noun and tree.links[c] == "compound"]
    if first in words and sort(world, tree, first) == "country":
        return first
    return last if allowed and last in words and acts(world, tree, last) else None


def _word(tree: Tree, verb: int, words: frozenset[str]) -> Match | None:
    """A lone word beside the verb: `took them hostage`, `found him guilty`."""
    if "that-should" in words:
        return _clause_below(tree, verb, should=True)
    after = range(verb + 1, min(verb + 9, tree.last(verb) + 1))
    return (
        Match()
        if any(tree.words[i] in words and tree.heads[i] in (verb, *tree.children[verb]) for i in after)
        else None
    )


def _behind(world: World, tree: Tree, heads: tuple[int | None, ...], place: Place) -> Match | None:
    one = _directly(world, tree, heads, place)
    called = heads[0] is not None and tree.lemmas[heads[0]] == "call" and place.words <= _UPON
    if one is not None or called or place.words <= _OWNING:  # `called for sanctions on Chad`
        return one
    for head in heads:
        for inner in inside(tree, head) if head is not None else ():
            for found in behind(tree, inner, place.words):
                one = filled(world, tree, place.filler, found)
                if one is not None:
                    return one
    return None


def _directly(world: World, tree: Tree, heads: tuple[int | None, ...], place: Place) -> Match | None:
    for head in heads:
        for found in behind(tree, head, place.words) if head is not None else ():
            one = filled(world, tree, place.filler, found)
            if one is not None:
                return one
    return None


_AGAINST = frozenset("on against upon at into over for to".split())
_UPON = frozenset(("on", "upon"))
_OWNING = frozenset(("by", "from", "of"))
"""Prepositions that say whose a thing is only where they stand beside it."""
_INSIDE = frozenset("prep pobj dobj conj xcomp acl dative pcomp".split())
"""Links that lead further into what a verb or noun is about, but not into a clause of its own."""
_DEEPEST = 4
_BARTER = frozenset("buy win gain secure obtain earn".split())
"""What something is done for: `offered the planes to win support for a pact`."""


def inside(tree: Tree, index: int, depth: int = _DEEPEST) -> Iterator[int]:
    """The words inside what stands behind a word, nearest first."""
    level = [index]
    for _ in range(depth):
        level = [
            c
            for at in level
            for c in tree.children[at]
            if c > index
            and not (tree.links[c] == "acl" and tree.tags[c] == "VB" and tree.lemmas[c] in _BARTER)
            and (tree.links[c] in _INSIDE or (tree.links[c] == "advcl" and _is_infinitive(tree, c)))
            and not (tree.links[c] == "conj" and tree.parts[c] == "VERB")
        ]
        yield from level


def _infinitive(world: World, tree: Tree, verb: int, place: Place) -> Match | None:
    for child in tree.children[verb]:
        if tree.links[child] in _HINDS and child > verb and _is_infinitive(tree, child):
            if place.filler and not is_of_class(tree, place.filler.strip("{}"), child):
                return None
            if place.filler.startswith("{{"):  # `provide aid to feed the displaced`
                whom = clause(tree, child).object
                return None if whom is None else filled(world, tree, "R", whom)
            return Match(below=child)
    to = next((c for c in tree.children[verb] if c > verb and tree.words[c] == "to" and tree.links[c] == "prep"), None)
    doing = tree.child(to, "pcomp") if to is not None and not place.filler else None  # `its commitment to helping`
    return Match(below=doing) if doing is not None and tree.tags[doing] == "VBG" else None


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.words[c] == "to" and tree.links[c] == "aux" for c in tree.children[verb])


def _quote_ends(tree: Tree, first: int, last: int) -> bool:
    return "”" in tree.words[first:last] and "“" not in tree.words[first:last]


def _clause_below(tree: Tree, verb: int, *, should: bool) -> Match | None:
    for child in tree.children[verb]:
        if tree.links[child] == "ccomp" and child > verb and _quote_ends(tree, verb, child):
            # `“We demand that they leave,” Berg said`, read as a demand that he should say
            inner = (c for c in tree.children[child] if tree.links[c] == "ccomp" and not _quote_ends(tree, verb, c))
            child = next((c for c in inner if c > verb), child)
        if child > verb + 2 and tree.words[child - 1] == "]" and tree.parts[child - 2] == "PROPN":
            return None if should else Match(recipients=(child - 2,), below=child)  # `demand that [Berg] resign`
        says = tree.parts[child] in ("VERB", "AUX") or tree.child(child, "nsubj") is not None
        if tree.links[child] in ("ccomp", "acl", "xcomp") and child > verb and says:
            if not should:
                return Match(below=child)
            helpers = {tree.lemmas[c] for c in tree.children[child] if tree.links[c] == "aux"}
            if helpers & _SHOULD or (tree.tags[child] == "VB" and not helpers):
                return Match(below=child)
    return None


_MUST = frozenset(("must", "should"))
_HAVE = frozenset(("have",))
_GOVERNING = frozenset("government authority regime parliament".split())


def _of_another(world: World, tree: Tree, at: Clause, helpers: frozenset[str] | None) -> Match | None:
    """`said that the rebels must disarm`, `alleged that the guards beat them`: told of somebody else, who is named.
    `helpers`: one of which the clause has to have."""
    for child in tree.children[at.verb]:
        if tree.links[child] != "ccomp":
            continue
        who = surface_subject(tree, child) if helpers else clause(tree, child).subject
        helping = [c for c in tree.children[child] if tree.links[c] == "aux" and tree.words[c] in (helpers or ())]
        if helpers and (not helping or (who is not None and helping[0] < who)):
            continue  # `should Chad refuse` is a condition
        if helpers and auxiliary(tree, child, _HAVE):
            continue  # `said that they should have left`: too late to ask for
        if who is not None and _quote_ends(tree, at.verb, who):
            continue  # `“We demand that they leave,” Berg said`, read as a Berg who is to leave
        fighting = who is not None and helpers is None and tree.lemmas[who] in lexicon().classes["forces"]
        ruling = who is not None and helpers is not None and tree.lemmas[who] in _GOVERNING
        named = who is not None and (ruling or sort(world, tree, who) in ("person", "body", "country", "group"))
        if who is not None and who != at.subject and (named or fighting):
            asked = () if helpers and clause(tree, child).passive else (who,)  # `said that Chad must be stopped`
            return Match(recipients=asked, below=child)
    return None


_GUILTY = frozenset("responsible guilty complicit culpable behind".split())


def _guilty(world: World, tree: Tree, at: Clause) -> Match | None:
    """`said that Chad was behind the raid`."""
    one = _of_another(world, tree, at, None)
    if one is None or one.below is None or tree.lemmas[one.below] != "be":
        return None
    return one if any(tree.lemmas[c] in _GUILTY for c in tree.children[one.below]) else None


def filled(world: World, tree: Tree, filler: str, index: int) -> Match | None:
    """Who fills a slot with a phrase; None where the phrase is not what the filler asks for."""
    if filler.startswith("["):
        return Match(recipients=(index,)) if is_of_class(tree, filler.strip("[]"), index) else None
    if filler.startswith("("):
        if not is_of_class(tree, filler.strip("()"), index):
            return None
        return Match(recipients=_told_of(world, tree, index), below=index)
    if filler.startswith("<"):
        if trapped(tree, index) or not is_of_class(tree, filler.strip("<>"), index):
            return None
        return Match(actors=_first(owners(world, tree, index)), below=index)
    if filler.startswith("{"):
        if not is_of_class(tree, filler.strip("{}"), index):
            return None
        return Match(recipients=_first(owners(world, tree, index)) if filler.startswith("{{") else (), below=index)
    if filler == "_":
        return Match(below=index)
    if tree.parts[index] in ("VERB", "AUX"):
        return Match(below=index) if filler == "X" else None
    found = sort(world, tree, index)
    if tree.words[index].endswith(("self", "selves")) and filler not in ("T", "A"):
        return None  # `returned himself to office`
    if found == "pronoun":
        if filler == "C" or (
            filler in ("P", "N", "O") and tree.words[index] in _NOBODY and tree.words[index] != "which"
        ):
            return None
        return Match(actors=(index,)) if filler == "A" else Match(recipients=(index,))
    test = _TESTS[filler]
    if test(world, tree, index):
        return Match(actors=(index,)) if filler == "A" else Match(recipients=(index,))
    if filler in ("R", "X"):
        owner = _first(owners(world, tree, index))
        if owner or filler == "X":
            return Match(recipients=owner, below=index)
    return None


def _told_of(world: World, tree: Tree, noun: int) -> tuple[int, ...]:
    """`claims that two guards beat them`: who is said to have done it, if it is told what they did."""
    for child in tree.children[noun]:
        if tree.links[child] in ("acl", "ccomp", "relcl") and tree.parts[child] in ("VERB", "AUX"):
            at = clause(tree, child)
            marked = tree.child(child, "mark") is not None and not at.passive
            return (at.subject,) if marked and at.subject is not None and acts(world, tree, at.subject) else ()
    return ()


def _recipient(world: World, tree: Tree, index: int) -> bool:
    return acts(world, tree, index) or sort(world, tree, index) in ("place", "facility")


def _of_rank(world: World, tree: Tree, index: int) -> bool:
    lemma = tree.lemmas[index].rpartition("-")[2]
    return sort(world, tree, index) == "person" or lemma in nouns().kinds["officials"] or lemma in _RANKS


def _holder(world: World, tree: Tree, index: int) -> bool:
    return _of_rank(world, tree, index) or tree.lemmas[index] in ("government", "regime", "cabinet")


_RANKS = frozenset(
    "king queen prince monarch emperor pope delegation chief head chairman counterpart leader team".split()
)
_PLACED = ("place", "country")
_TESTS: dict[str, Callable[[World, Tree, int], bool]] = {
    "R": _recipient,
    "A": lambda world, tree, index: acts(world, tree, index) or sort(world, tree, index) == "place",
    "P": human,
    "B": receives,
    "T": hittable,
    "L": located,
    "H": lambda world, tree, index: hittable(world, tree, index) and sort(world, tree, index) not in _PLACED,
    "M": lambda world, tree, index: acts(world, tree, index) or located(world, tree, index),
    "G": armed,
    "N": _of_rank,
    "O": _holder,
    "X": acts,
    "C": lambda world, tree, index: sort(world, tree, index) in ("country", "group"),
}


def _first(found: Iterator[int]) -> tuple[int, ...]:
    one = next(found, None)
    return () if one is None else (one,)


def _shared(tree: Tree, noun: int) -> int:
    """The noun that has before it who did both: `[Chad's] invasion and annexation of the island`."""
    head = tree.heads[noun]
    alone = not any(c < noun and tree.links[c] in ("det", "poss", "nummod", "compound") for c in tree.children[noun])
    beside = (
        tree.links[noun] == "conj" and tree.parts[head] == "NOUN" and tree.child(head, "prep", "acl", "relcl") is None
    )
    return head if beside and alone and noun <= head + 4 else noun


def _beside_noun(world: World, tree: Tree, heads: tuple[int, int | None, int | None], place: Place) -> Match | None:
    """`heads`: the noun, the verb that carries it, and the noun of a class that was found behind it (`the suspension of
    [flights]`)."""
    noun = heads[0]
    if place.at == "poss":
        owner = next((c for c in tree.children[_shared(tree, noun)] if tree.links[c] == "poss"), None)
        return filled(world, tree, place.filler or "A", owner) if owner is not None else None
    if place.at == "mod":
        found = _first(qualifiers(world, tree, _shared(tree, noun)))
        return Match(actors=found) if found else None
    if place.at == "inf":
        return _infinitive(world, tree, noun, place)
    if place.at == "that":
        below = _clause_below(tree, noun, should=False)
        marks = below is not None and below.below is not None and tree.child(below.below, "mark") is not None
        return below if marks else None
    one = _directly(world, tree, heads, place)
    beside = tree.child(noun, "conj")
    if (
        one is None
        and beside is not None
        and tree.lemmas[beside] in lexicon().nouns
        and tree.child(noun, "prep") is None
    ):
        one = _directly(world, tree, (beside,), place)  # `their rejection and condemnation of the raid`
    if one is None and "between" in place.words:
        # `a deal brokered between Norway and Chad`, `an effort to end the war between them`
        made = tuple(c for c in tree.children[noun] if tree.links[c] == "acl" and tree.tags[c] == "VBN")
        one = _behind(world, tree, heads[:1], place) if place.filler == "R" else _directly(world, tree, made, place)
    aimed = place._replace(words=place.words & _AGAINST)
    if one is None and aimed.words:  # `a raid by rebels on the port`: hung on the rebels
        one = _directly(world, tree, tuple(behind(tree, noun, frozenset(("by", "from")))), aimed)
    if one is None and "by" in place.words:  # `the arrest of the editor by the police`: hung on the editor
        inner = tuple(behind(tree, noun, frozenset(("of", "on"))))
        return _directly(world, tree, inner, place._replace(words=frozenset(("by",))))
    return one
