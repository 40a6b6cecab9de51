"""Which of those that stand beside a deed are a party to it, and which only say where or about what it is done."""

from collections.abc import Iterator, Sequence

from onrecord.extract.events.grammar import behind
from onrecord.extract.events.owners import owners
from onrecord.extract.events.phrases import World, acts, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.tree import Tree
from onrecord.extract.events.triggers import Found

_MOVING = frozenset(("RETREAT withdraw", "MOBILIZE troops", "MOBILIZE weapons", "MOBILIZE police"))
"""What is done with troops. The town that they leave or are sent to is where it takes place, and no party to it."""


def parties(world: World, tree: Tree, one: Found, heads: Sequence[int]) -> tuple[int, ...]:
    """Those of the tokens that may be recipients of a deed, in their order."""
    if f"{one.deed.type} {one.deed.mode}" in _MOVING and one.sense.id != "retreat.cede":
        return tuple(party for head in heads for party in _moved_against(world, tree, head))
    if one.deed.type == "REJECT" and one.sense.id in _REFUSING:
        asked = tuple(head for head in heads if not _only_about(world, tree, head))
        return asked or tuple(_asking(world, tree, one.deed.token))
    return tuple(heads)


def _only_about(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase says what it is that is refused, and not whom: `sanctions against Chad`, `a corridor from
    Mombasa`, `their deployment to Chad`."""
    before = tree.heads[index] if tree.links[index] == "pobj" else None
    if before is None:
        return False
    held = tree.heads[tree.heads[before]]
    if tree.words[before] in ("against", "on") and tree.lemmas[held] in _LIFTING:
        return False
    if tree.words[before] in ("against", "on", "upon") or sort(world, tree, index) in ("place", "facility"):
        return True
    above = tree.heads[before]
    moves = (above, tree.child(above, "dobj"))
    return tree.words[before] in ("to", "from") and any(m is not None and tree.lemmas[m] in _MOVES for m in moves)


_REFUSING = frozenset("reject.refuse reject.decline reject.refusal reject.reject reject.dismiss".split())
_LIFTING = frozenset("lift ease remove end drop waive relax scrap".split())
_MOVES = frozenset("deployment transfer trip travel visit return journey transport flight move".split())


def _asking(world: World, tree: Tree, verb: int) -> Iterator[int]:
    """`declined to go despite calls from the king`: whose calls."""
    for call in behind(tree, verb, _DESPITE):
        if tree.lemmas[call] in lexicon().classes["demand"] or tree.lemmas[call] in _CALLS:
            yield from [who for who in owners(world, tree, call) if acts(world, tree, who)][:1]


_DESPITE = frozenset(("despite", "over", "amid"))
_CALLS = frozenset("call appeal plea urging warning proposal invitation".split())


def _moved_against(world: World, tree: Tree, index: int) -> Iterator[int]:
    """From, to or against whom troops are moved: a country, people or a body, or whose border it is; not `the country`
    across which they go."""
    if tree.lemmas[index] == "border":
        beside = (*tree.children[index], *behind(tree, index, _BORDERING))
        yield from [c for c in beside if sort(world, tree, c) == "country"][:1]
    elif sort(world, tree, index) in _SORTS and (tree.lemmas[index] not in _GROUNDS or world.named(tree, index)):
        yield index


_SORTS = frozenset(("country", "group", "person", "body", "people", "pronoun"))
_BORDERING = frozenset(("of", "with"))
_GROUNDS = frozenset("country nation state city town village capital port region province district".split())
