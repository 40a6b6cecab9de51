"""What a law says of anybody: `the convention forbids the killing of captives` tells of no deed."""

from onrecord.extract.events.classes import is_of_class
from onrecord.extract.events.syntax.tree import Tree

_RULING = frozenset(
    "forbid prohibit ban outlaw require specify stipulate provide state say allow permit protect".split()
)
_DEEP = 4


def ruled(tree: Tree, deed: int) -> bool:
    """Whether a deed is told of below what a law rules. `deed`: its token."""
    at = deed
    for _ in range(_DEEP):
        above = tree.heads[at]
        if above == at:
            return False
        at = above
        who = tree.child(at, "nsubj")
        if tree.lemmas[at] in _RULING and who is not None and who < at < deed and is_of_class(tree, "law", who):
            return True
    return False
