"""Which deeds of a sentence are one by its grammar, told in two words: `shot and killed`, `was hit with a barrage of
rockets`, `fired at the town, hitting the pier`, `killed in an attack`."""

from onrecord.extract.events.circumstances.holders import EFFECTS
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.grammar import SUBJECTS
from onrecord.extract.events.syntax.tree import Tree

_MEANS = frozenset("in during by with at".split())
_DEEP = 4


def scene(deed: Deed, tree: Tree) -> int:
    """The token of the deed that this one would be a part of, if one is told there; -1 if there is none."""
    index = deed.token
    for _ in range(_DEEP):
        above, link = tree.heads[index], tree.links[index]
        if above == index:
            return -1
        if tree.parts[index] in ("NOUN", "PROPN"):
            return _of_noun(tree, index, above, link)
        if tree.child(index, *SUBJECTS, "mark") is not None:
            return -1
        if link == "advcl" and tree.tags[index] == "VBG" and tree.lemmas[deed.token] in EFFECTS:
            return above
        if link != "conj":
            return -1
        if tree.child(above, "dobj") is None:
            return above  # `shot and killed`, `attacked and killed the abbot`
        if tree.tags[index] != "VBG":
            return -1
        index = above  # `hitting the pier and destroying a mill`
    return -1


def _of_noun(tree: Tree, index: int, above: int, link: str) -> int:
    if link in ("nsubj", "nsubjpass"):
        return above if tree.lemmas[above] in EFFECTS else -1
    if link == "pobj" and tree.words[above] in _MEANS and tree.links[above] in ("prep", "agent"):
        verb = tree.heads[above]
        return verb if tree.parts[verb] == "VERB" else -1
    return -1
