"""Which words of a sentence carry the adverbials that say when and where a deed took place: its own, and those of the
verbs that tell of the same scene (`held talks`, `was killed in an attack`, `shelled the town, killing three`)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from onrecord.extract.events.factuality.signatures import table
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Span

T = TypeVar("T")

_STEPS = 6
_SAME = ("same", "going_on")
_INSIDE = ("in", "during", "at", "amid", "by")
EFFECTS = frozenset("kill wound injure hurt leave destroy damage hit strike claim last occur be involve".split())
"""What an attack does while it lasts, so that the verb's day is the attack's."""

_MANY = frozenset(
    "wave series spate string round flurry barrage day night hour week start beginning end course number dozen hundred "
    "thousand set pair campaign".split()
)
"""Nouns that only say how much of it there was: `a wave of attacks`."""

_THEN = frozenset("later then earlier previously before after".split())


class Holder(NamedTuple):
    """A token whose adverbials count, if they stand before the token `until`. `plans`: it says of the deed that it is
    planned, and only `for Friday` counts."""

    token: int
    until: int
    plans: bool = False


class Anchor(NamedTuple):
    """Where an expression hangs: its own head, the preposition before it (empty if none), and what that hangs on."""

    head: int
    preposition: str
    governor: int


def holders(tree: Tree, deed: Deed) -> list[Holder]:
    """The deed's own words first, then verbs around it, the nearer before the farther."""
    last = tree.size
    found = [Holder(deed.token, last)]
    if deed.noun is not None and deed.noun != deed.token:
        found.append(Holder(deed.noun, last))
    named = deed.token if tree.parts[deed.token] in ("NOUN", "PROPN") else deed.noun
    if named is not None:
        found.extend(
            Holder(c, last)
            for c in tree.children[named]
            if tree.links[c] in ("relcl", "acl") and "to" not in (tree.words[g] for g in tree.children[c])
        )
    found.extend(_around(tree, deed.token, last))
    return found


def _around(tree: Tree, index: int, last: int) -> Iterator[Holder]:
    """The verbs above a word that tell of the same scene."""
    rows = table().governors
    for _ in range(_STEPS):
        above, link = tree.heads[index], tree.links[index]
        if above == index:
            return
        lemma, noun = tree.lemmas[above], tree.parts[index] in ("NOUN", "PROPN")
        match link:
            case "nsubj" | "nsubjpass" if noun and lemma in EFFECTS:
                yield Holder(above, last)
            case "nsubj" | "nsubjpass" if noun and (inner := _begins(tree, above)) is not None:
                yield Holder(inner, last)
                return
            case "nsubj" | "nsubjpass" | "dobj" if noun:
                by = "subject" if link == "nsubj" else "object"
                row = rows.get((lemma, by)) or (rows.get((lemma, "subject")) if link == "nsubjpass" else None)
                if row is None or (row.gives not in _SAME and row.gives != "planned"):
                    return
                yield Holder(above, last, row.gives == "planned")
            case "pobj" if noun and tree.words[above] in _INSIDE and tree.links[above] in ("prep", "agent"):
                above = tree.heads[above]
                if tree.parts[above] != "VERB":
                    return
                yield Holder(above, last)
            case "pobj" if noun and tree.words[above] == "of" and tree.lemmas[tree.heads[above]] in _MANY:
                above = tree.heads[above]
                yield Holder(above, last)
            case "conj":
                yield Holder(above, above)  # what stands before the first of two verbs holds of both
            case "xcomp":
                row = rows.get((lemma, "ing" if tree.tags[index] == "VBG" else "to"))
                if row is None or row.gives not in _SAME:
                    return
                yield Holder(above, last)
            case "advcl" if tree.tags[index] == "VBG" and tree.child(index, "mark", "aux") is None:
                if any(tree.words[c] in _THEN for c in tree.children[index]):
                    return
                yield Holder(above, last)
            case "acl" | "relcl" if tree.parts[above] == "NOUN" and tree.child(index, "mark") is None:
                yield Holder(above, last)
                return
            case "ccomp" if above > index:
                yield Holder(above, index)  # `On Friday, they met, he said`
                return
            case _:
                return
        index = above


def _begins(tree: Tree, verb: int) -> int | None:
    """`are expected to begin on Friday`: the verb below that says that what the subject names takes place."""
    rows = table().governors
    for c in tree.children[verb]:
        row = rows.get((tree.lemmas[c], "subject")) if tree.links[c] == "xcomp" else None
        if row is not None and row.gives in _SAME:
            return c
    return None


def anchored(tree: Tree, spans: Sequence[tuple[Span, T]]) -> list[tuple[Anchor, T]]:
    """Where each expression hangs; `spans` in `Document.text`. Those that are no part of the passage are left out."""
    block = tree.passage.block.span
    found = []
    within: dict[int, Anchor] = {}
    for span, item in spans:
        inside = tree.within(span.start - block.start, span.end - block.start)
        if span not in block or not inside:
            continue
        anchor = _anchor(tree, inside)
        if anchor.governor in within:  # `on Friday at 5 p.m.`: what hangs on Friday hangs where Friday does
            anchor = anchor._replace(governor=within[anchor.governor].governor)
        found.append((anchor, item))
        within.update(dict.fromkeys(inside, anchor))
    return found


def _anchor(tree: Tree, inside: range) -> Anchor:
    # A preposition may stand inside (`in early May`, `on the morning of 5 June`): what counts hangs outside.
    head = next((i for i in inside if tree.heads[i] not in inside), inside[0])
    preposition, index = "", head
    if tree.parts[head] == "ADP":
        return Anchor(head, tree.words[head], tree.heads[head])
    for _ in range(_STEPS):
        above, link = tree.heads[index], tree.links[index]
        if above == index:
            break
        if link == "pobj":
            preposition = tree.words[above]
            index = above
            while tree.links[index] in ("prep", "pcomp") and tree.parts[tree.heads[index]] in ("ADP", "SCONJ", "ADV"):
                index = tree.heads[index]
            while tree.links[index] == "conj" and tree.parts[tree.heads[index]] == "ADP":
                index = tree.heads[index]  # `on Monday and on Friday`
            return Anchor(head, preposition, tree.heads[index])
        index = above
        if link not in ("appos", "conj"):
            break
    return Anchor(head, preposition, index)
