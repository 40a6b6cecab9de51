"""Whose a thing is, or who did what a noun tells: `Norway's plan`, `a raid by the rebels`, `the court's ruling`."""

from collections.abc import Iterator
from functools import cache

from onrecord.extract.events.participants.phrases import World, acts, demonyms_lower, listed, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.grammar import agent, coordinated
from onrecord.extract.events.syntax.tree import Tree

_MAKING = frozenset(
    "make issue draft propose offer write publish present submit put adopt impose carry launch conduct lead organise "
    "organize stage commit sign send deliver release announce order pass mount call back sponsor broker hold run take "
    "fire pose voice express file lodge bring set man".split()
)
"""Participles behind a noun whose agent did what it names: `an offer made by the rebels`."""


def owners(world: World, tree: Tree, index: int) -> Iterator[int]:
    """Those who own a thing or did it, nearest first: `Norway's plan`, `a plan by Norway`, `the Norwegian plan`."""
    done_to = _patients(tree, index)
    for inner in (index, *(g for c in tree.children[index] if tree.words[c] == "of" for g in tree.children[c])):
        by = next((c for c in tree.children[inner] if tree.words[c] == "by" and tree.links[c] == "prep"), None)
        who = None if by is None else tree.child(by, "pobj")
        if who is not None and acts(world, tree, who):
            yield who
    for child in tree.children[index]:
        if (
            tree.links[child] == "poss"
            and "poss" not in done_to
            and (acts(world, tree, child) or sort(world, tree, child) == "place")
        ):
            yield child
    for child in tree.children[index]:
        if tree.links[child] in ("prep", "agent") and tree.words[child] in {"by", "of", "from"} - done_to:
            for grand in tree.children[child]:
                if tree.links[grand] == "pobj" and acts(world, tree, grand):
                    yield grand
    # `the seizure and the threats made by Chad`: what hangs on the last of several is said of all.
    for child in (c for one in coordinated(tree, index) for c in tree.children[one]):
        if tree.links[child] == "acl" and tree.tags[child] == "VBN" and tree.lemmas[child] in _MAKING:
            by = agent(tree, child)
            if by is not None and acts(world, tree, by):
                yield by
    yield from qualifiers(world, tree, index)


def first_owner(world: World, tree: Tree, index: int) -> tuple[int, ...]:
    """The nearest of those who own a thing or did it."""
    owner = next(owners(world, tree, index), None)
    return () if owner is None else (owner,)


@cache
def _done_to() -> dict[str, frozenset[str]]:
    """By noun of the lexicon: where those stand that it is done to (`the arrest of`)."""
    found: dict[str, frozenset[str]] = {}
    for noun, senses in lexicon().nouns.items():
        words = [(place.words or {place.at}) for s in senses for place in s.noun if place.filler[:1] in _SUFFERING]
        found[noun] = frozenset(word for group in words for word in group)
    return found


_SUFFERING = frozenset("PTLOX{")


_SUFFERED = frozenset(
    "exploitation treatment mistreatment abuse use targeting persecution handling death loss suffering misuse".split()
)
_OF = frozenset(("of",))


def _patients(tree: Tree, index: int) -> frozenset[str]:
    if tree.lemmas[index] in _SUFFERED:
        return _OF
    return _done_to().get(tree.lemmas[index], frozenset())


_BEFORE = ("amod", "compound", "nmod")
_BESIDE = (*_BEFORE, "npadvmod", "advmod")


def qualifiers(world: World, tree: Tree, index: int) -> Iterator[int]:
    """The words before a noun that name who is behind it; a body before its country (`the Kenyan court ruling`)."""
    before = [c for c in tree.children[index] if tree.links[c] in _BEFORE]
    before += [c for b in before for c in tree.children[b] if tree.links[c] in _BEFORE]
    for child in sorted(before, key=lambda c: tree.lemmas[c] not in listed().bodies):
        western = tree.words[child] == "western" and tree.lemmas[index] in ("sanction", "embargo")
        if child == befallen(tree, index):
            continue
        if western or (qualifies(world, tree, child) and tree.words[child + 1] not in _MADE):
            yield child
        yield from _behind_it(world, tree, child)


def befallen(tree: Tree, noun: int) -> int | None:
    """`the Parliament attack`: what is attacked, and no attacker."""
    before = noun - 1
    hit = tree.lemmas[noun] in _BLOWS and before >= 0 and tree.heads[before] == noun
    return before if hit and tree.lemmas[before] in _SEATS else None


_SEATS = frozenset("capitol parliament embassy consulate congress".split())
_BLOWS = frozenset("attack assault bombing riot raid shooting siege".split())
_MADE = frozenset("made built supplied produced designed manufactured".split())
"""`Norwegian made rockets` are whoever's fires them."""
_BACKING = frozenset("lead back draft broker sponsor propose mediate run impose appoint fund order support".split())


def _behind_it(world: World, tree: Tree, participle: int) -> Iterator[int]:
    """`a Norwegian-drafted resolution`: who stands before the hyphen."""
    if tree.lemmas[participle] in _BACKING and tree.tags[participle] == "VBN":
        for child in tree.children[participle]:
            if child < participle and tree.links[child] in _BESIDE and qualifies(world, tree, child):
                yield child


def qualifies(world: World, tree: Tree, index: int) -> bool:
    """Whether a word before a noun names who is behind it: `Norwegian`, `U.S.`, `Hamas`, `army`."""
    if index > 1 and tree.words[index - 1] == "-" and tree.words[index - 2] in ("pro", "anti"):
        return False  # `a pro-Kenyan march`
    if tree.words[index] in demonyms_lower():
        return True
    named = world.named(tree, index)
    if named is not None:
        return named.kind in ("country", "group", "organization", "person")
    return tree.lemmas[index] in listed().bodies or tree.lemmas[index] == "enemy" or townhall(world, tree, index)


def townhall(world: World, tree: Tree, index: int) -> bool:
    """`the [Tarn council] ruling`: a body that is common to many, with the name of its place before it."""
    before = index - 1
    if before < 0 or tree.lemmas[index] not in _LOCAL or tree.heads[before] not in (index, tree.heads[index]):
        return False
    named = world.named(tree, before)
    return named is not None and named.kind in ("place", "country") and tree.parts[before] == "PROPN"


_LOCAL = frozenset(("council", "authority", "commission", "government"))
