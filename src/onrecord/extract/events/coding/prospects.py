"""What is still to come, by the grammar of the clause: `will send`, `is to send`, `said it would send`."""

from collections.abc import Iterator

from onrecord.extract.events.syntax.grammar import SUBJECTS, auxiliary, negated
from onrecord.extract.events.syntax.tree import Tree

_FUTURE = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_WOULD = frozenset(("would", "'d", "’d"))
_SAYING = frozenset("say announce tell declare state promise confirm pledge vow insist warn threaten".split())
_REPORTING = _SAYING | frozenset(
    "report add suggest note write tweet reveal hint indicate predict agree decide".split()
)
_DEEP = 4
_COMING = frozenset(
    "plan intend prepare aim hope expect schedule set due gear want look keen eager poise slate like".split()
)
"""Verbs of `plans to visit`: the deed is still to come."""


def _announced(tree: Tree, verb: int) -> bool:
    """`said it would send`, `said it was buying and would send`: the future as it is reported."""
    while tree.links[verb] == "conj" and tree.heads[verb] != verb:
        verb = tree.heads[verb]
    above = tree.heads[verb]
    return tree.links[verb] == "ccomp" and tree.lemmas[above] in _REPORTING and tree.tags[above] in ("VBD", "VBN")


def is_future(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the future: `will send`, `is to send`, `is going to send`, `plans to send`, `will travel
    to meet`, `will go on helping`."""
    return any(_is_to_come(tree, at) for at in leading(tree, verb))


def _is_to_come(tree: Tree, verb: int) -> bool:
    if auxiliary(tree, verb, _FUTURE) or (auxiliary(tree, verb, _WOULD) and _announced(tree, verb)):
        return True
    head = tree.heads[verb]
    geared = tree.links[verb] == "advcl" and tree.child(head, "prt") is not None  # `is gearing up to send`
    if not (tree.links[verb] == "xcomp" or geared) or head == verb or negated(tree, head) or not _is_to(tree, verb):
        return False
    if tree.lemmas[head] == "be":
        said = tree.child(head, "attr", "acomp")  # not `is important to`
        return tree.tags[head] in ("VBZ", "VBP") and (said is None or tree.lemmas[said] in _COMING)
    if tree.lemmas[head] == "go" and tree.tags[head] == "VBG":
        return True
    wished = tree.tags[head] == "VB" and auxiliary(tree, head, _WOULD)  # `would like to visit`
    return tree.lemmas[head] in _COMING and (wished or tree.tags[head] in ("VBG", "VBZ", "VBP", "VBN", "JJ"))


def _is_to(tree: Tree, verb: int) -> bool:
    return any(tree.words[c] == "to" and tree.links[c] == "aux" for c in tree.children[verb])


def leading(tree: Tree, verb: int) -> Iterator[int]:
    """The verb, and those above it that it is done for or a part of: `will [travel] to [meet]`."""
    for _ in range(_DEEP):
        yield verb
        head, link = tree.heads[verb], tree.links[verb]
        if link == "pcomp" and tree.words[head] == "in" and tree.links[head] == "prep":  # `will lead in supporting`
            head, link = tree.heads[head], "xcomp"
        aims = link == "advcl" and tree.tags[verb] == "VB" and tree.child(verb, "mark", *SUBJECTS) is None
        if head == verb or not (aims or link == "xcomp") or tree.parts[head] != "VERB" or tree.lemmas[head] in _UNDONE:
            return
        if tree.child(verb, *SUBJECTS) is not None or (tree.child(head, "dobj") is not None and link == "xcomp"):
            return  # `will ask Norway to send`: done by another
        verb = head


_UNDONE = frozenset("fail refuse decline stop cease avoid have threaten".split())
"""Verbs below which nothing is announced."""


def beside_future(tree: Tree, noun: int) -> bool:
    """`is to meet the king on Monday, their first meeting`: the clause beside which a noun stands is still to come."""
    if tree.links[noun] not in ("appos", "attr") or tree.words[min(tree.below(noun)) - 1] != ",":
        return False
    for _ in range(_DEEP):
        noun = tree.heads[noun]
        if tree.parts[noun] in ("VERB", "AUX"):
            return any(is_future(tree, c) for c in (noun, *tree.children[noun]) if tree.parts[c] == "VERB")
    return False


_OWN = {"it": False, "they": True, "we": None, "i": None, "he": False, "she": False}
"""Pronouns for who speaks, and whether they stand for several."""


def of_its_own(tree: Tree, verb: int) -> bool:
    """`Chad said it would attack`: announced by the one who is to do it, and not foretold by another."""
    at = verb
    while tree.links[at] in ("conj", "xcomp") and tree.heads[at] != at:
        at = tree.heads[at]
    above = tree.heads[at]
    own, theirs = tree.child(at, "nsubj"), tree.child(above, "nsubj")
    if tree.links[at] != "ccomp" or tree.lemmas[above] not in _SAYING or own is None or theirs is None:
        return False
    several = _OWN.get(tree.words[own], "")
    plural = tree.tags[theirs] in ("NNS", "NNPS") or tree.child(theirs, "conj") is not None
    return several is None or several is plural or (several is False and tree.words[theirs] == tree.words[own])
