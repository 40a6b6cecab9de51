"""Whom `it`, `its`, `they`, `their` and `them` stand for, where one who is told of before fits and no other does.

The subject of the clause that a pronoun stands in, or of those above, goes before all others, after the order of
centering theory (Grosz, Joshi and Weinstein 1995) and Hobbs (1978); where another fits as well, nobody is named.
"""

from collections.abc import Iterator

from onrecord.extract.events.participants.bindings import bound
from onrecord.extract.events.participants.owners import qualifiers
from onrecord.extract.events.participants.phrases import Sort, World, acts, demonyms_lower, located, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.grammar import SUBJECTS, behind, coordinated, one_voice, surface_subject
from onrecord.extract.events.syntax.relatives import antecedent
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import entity_id

THINGS = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their", "themselves"))
_BODIES: frozenset[Sort] = frozenset(("body", "country"))
_PLACES: frozenset[Sort] = frozenset(("place", "facility"))
_PHRASES = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "poss", "attr", "conj", "dative", "ROOT"))
_PLURALS = frozenset("police staff crew family military army navy government team force militia".split())
_DEEP = 3
_FAR = 60
"""Tokens before a pronoun among which it is looked for who else may be meant."""


def led_back(world: World, tree: Tree, index: int, *, struck: bool) -> int | None:
    """The token that a pronoun stands for, None where it cannot be told. `struck`: it may be a place, which is hit."""
    return _led_back(world, tree, index, struck, _DEEP)


def _led_back(world: World, tree: Tree, index: int, struck: bool, depth: int) -> int | None:
    others = {_identity(world, tree, one) for one in _others(tree, index)}
    above: int | None
    for one in bound(world, tree, index):
        if tree.words[one] in THINGS | THEY:  # `its president said it would`
            above = _led_back(world, tree, one, struck, depth - 1) if depth and one < index else None
            if above is not None and _agrees(world, tree, index, above):
                return above
        elif one < index and _agrees(world, tree, index, one) and _identity(world, tree, one) not in others:
            return one
    owned = tree.links[index] == "poss"
    nearest = _verb(tree, index)
    if nearest is not None and owned:
        own = surface_subject(tree, nearest)
        other = own is not None and _identity(world, tree, own) in others
        if own is not None and own < index and not other and _fits(world, tree, own, index, struck):
            return own if one_voice(tree, own, index) else None
        if own is not None and own < index and tree.lemmas[nearest] == "be" and sort(world, tree, own) == "thing":
            for one in qualifiers(world, tree, own):  # `The Kenyan view is no excuse for its raids`
                return one
    barred = None if owned or nearest is None or tree.links[index] in SUBJECTS else surface_subject(tree, nearest)
    found = [one for one in _before(world, tree, index, struck) if one != barred]
    found = [one for one in found if _identity(world, tree, one) not in others]
    told = tree.child(tree.heads[index], "ccomp") if tree.links[index] in SUBJECTS else None
    if told is not None and told < index:  # `Chad was behind the raid, it said`: not Chad
        found = [one for one in found if told not in tree.upward(one)]
    if not found and owned and nearest is not None:
        own = surface_subject(tree, nearest)
        if own is not None and own < index and sort(world, tree, own) == "thing":
            found = list(qualifiers(world, tree, own))[:1]
    if not found:
        found = list(_sentence_before(world, tree, index, struck, depth))
    kinds = {_identity(world, tree, one) for one in found}
    if len(kinds) > 1 and owned:
        known = _known(world, tree, tree.heads[index])
        found = [one for one in found if _identity(world, tree, one) == known]
        kinds = {_identity(world, tree, one) for one in found}
    meant = found[0] if len(kinds) == 1 else None
    if tree.words[index] == "it" and not struck and meant is not None:  # `peace in Chad`: a place, and not who acts
        body = meant if sort(world, tree, meant) == "body" else None
        meant = next((one for one in found if tree.links[one] in SUBJECTS), body)
    return meant if meant is not None and one_voice(tree, meant, index) else None


def _others(tree: Tree, index: int) -> Iterator[int]:
    """Those whom a pronoun cannot stand for as they stand beside it: `it suspended Chad`, `its invasion of Chad`."""
    head = tree.heads[index]
    if tree.links[index] == "poss":
        yield from behind(tree, head, _TARGETS)
    elif tree.links[index] in SUBJECTS:
        yield from (c for c in tree.children[head] if tree.links[c] in ("dobj", "dative"))


_TARGETS = frozenset(("of", "on", "against", "into"))


def _agrees(world: World, tree: Tree, index: int, other: int) -> bool:
    kind = sort(world, tree, other)
    plural = tree.tags[other] in ("NNS", "NNPS") or len(coordinated(tree, other)) > 1
    if tree.words[index] in THINGS:
        whose = tree.links[other] in ("amod", "compound") and kind == "group"  # `the Kenyan view`
        return whose or (kind in ("body", "country", "name", "place", "people") and not plural)
    return plural or kind in ("group", "number", "body") or tree.lemmas[other] in _PLURALS


def relative(world: World, tree: Tree, index: int) -> int | None:
    """The noun before a relative clause that `which` stands for: `a town that they took`; none where a place stands
    between (`a house in Mombasa, which they took`)."""
    verb = _verb(tree, index)
    noun = None if verb is None else antecedent(tree, index, verb)
    if noun is None or noun >= index or tree.parts[noun] not in ("NOUN", "PROPN"):
        return None
    if tree.words[index] == "which" and sort(world, tree, noun) == "person":
        return None
    between = (i for i in range(noun + 1, index) if tree.links[i] == "pobj")
    return None if any(located(world, tree, i) and tree.words[tree.heads[i]] != "of" for i in between) else noun


def _verb(tree: Tree, index: int) -> int | None:
    """The verb of the clause that a token stands in."""
    return next((at for at in tree.upward(index) if at != index and tree.parts[at] in ("VERB", "AUX")), None)


def _fits(world: World, tree: Tree, other: int, index: int, struck: bool) -> bool:
    kind = sort(world, tree, other)
    plural = tree.tags[other] in ("NNS", "NNPS") or len(coordinated(tree, other)) > 1
    if tree.words[index] in THEY:
        many = plural or tree.lemmas[other] in _PLURALS
        row = kind == "person" and len(coordinated(tree, other)) > 1  # `Berg and his team`
        suits = row or kind in ("people", "group", "country", "body")
        return many and (suits or (struck and _struck(world, tree, other)))
    if kind == "place":
        return not plural and (struck or acts(world, tree, other))
    if plural or tree.links[other] == "conj":
        return False
    return (
        kind in _BODIES
        or (struck and _struck(world, tree, other))
        or (kind == "people" and tree.lemmas[other] in _SINGLE)
    )


def _struck(world: World, tree: Tree, other: int) -> bool:
    """Whether a phrase stands for a place or a thing that is hit or taken, and for no weapon that does it."""
    kind = sort(world, tree, other)
    if kind in _PLACES:
        return True
    return kind == "thing" and located(world, tree, other) and tree.lemmas[other] not in lexicon().weapons


_SINGLE = frozenset(
    "army military navy government ministry company group union alliance bloc parliament court council agency "
    "commission committee party regime country nation state kremlin coalition firm giant".split()
)
"""Bodies that are not named and are called `it`."""


def _before(world: World, tree: Tree, index: int, struck: bool) -> Iterator[int]:
    """All in the sentence before a pronoun that it may stand for."""
    for other in range(max(tree.sentences[index], index - _FAR), index):
        if tree.links[other] not in _PHRASES or tree.parts[other] == "PRON":
            continue
        if tree.links[other] == "poss" and _fits(world, tree, tree.heads[other], index, struck):
            continue  # `Chad's army`
        first = tree.heads[other]
        if tree.links[other] == "conj" and tree.words[index] in THEY and _fits(world, tree, first, index, struck):
            continue  # `towns and villages`: both, or the first
        if _fits(world, tree, other, index, struck):
            yield other


def _sentence_before(world: World, tree: Tree, index: int, struck: bool, depth: int) -> Iterator[int]:
    """`Chad's army advanced. It took the port`: the subject of the sentence before, for the subject of this one."""
    first = tree.sentences[index]
    head = tree.heads[index]
    if first == 0 or tree.links[index] not in SUBJECTS or tree.links[head] != "ROOT":
        return
    start = tree.sentences[first - 1]
    for other in range(start, first):
        root = tree.heads[other]
        same = tree.words[other] == tree.words[index] and tree.links[other] in SUBJECTS and tree.links[root] == "ROOT"
        if same and depth:  # `They searched her. They took her phone.`
            above = _led_back(world, tree, other, struck, depth - 1)
            if above is not None:
                yield above
        if tree.links[other] in SUBJECTS and tree.links[root] == "ROOT" and _fits(world, tree, other, index, struck):
            rival = tree.child(root, "ccomp")
            theirs = None if rival is None else surface_subject(tree, rival)
            if theirs is None or not _fits(world, tree, theirs, index, struck):
                yield other


def _identity(world: World, tree: Tree, index: int) -> str:
    """One key for all names of one country or body, and of a capital for its country."""
    named = world.named(tree, index)
    place = world.places.get(named.span.start) if named is not None else None
    if place is not None and place.country and sort(world, tree, index) in ("place", "country"):
        return entity_id("country", place.country)
    if named is not None and named.key is not None:
        return named.key
    whose = [tree.words[c] for c in tree.children[index] if tree.words[c] in demonyms_lower()]
    return " ".join((*whose, tree.lemmas[index]))  # `Kenyan forces say they pushed Chadian forces back`


def _known(world: World, tree: Tree, noun: int) -> str | None:
    """Whose deed of that name the article tells of elsewhere, if of one party's alone: `Chad's invasion`."""
    found = {key for key, word in world.owned() if word == tree.words[noun]}
    return found.pop() if len(found) == 1 else None
