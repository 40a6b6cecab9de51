"""Which of those that stand beside a deed are a party to it, and which only say where or about what it is done."""

from collections.abc import Iterator, Sequence

from onrecord.extract.events.grammar import behind
from onrecord.extract.events.phrases import World, sort
from onrecord.extract.events.tree import Tree
from onrecord.extract.events.triggers import Found

_MOVING = frozenset(("RETREAT withdraw", "MOBILIZE troops", "MOBILIZE weapons", "MOBILIZE police"))
"""What is done with troops. The town that they leave or are sent to is where it takes place, and no party to it."""


def parties(world: World, tree: Tree, one: Found, heads: Sequence[int]) -> tuple[int, ...]:
    """Those of the tokens that may be recipients of a deed, in their order."""
    if f"{one.deed.type} {one.deed.mode}" in _MOVING and one.sense.id != "retreat.cede":
        return tuple(party for head in heads for party in _moved_against(world, tree, head))
    return tuple(heads)


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
