"""What holds out something to come, as the rest of the room reads it."""

from typing import Literal, NamedTuple

from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree

Form = Literal["will", "would", "going to", "is to", "fixed", "verb", "noun", "present", "heading"]

CAPTION = 24
"""Words of the longest heading."""


class Sign(NamedTuple):
    """What holds out something to come. `first` to `last`: the tokens of the trigger. `anchor`: the verb or noun whose
    place in the sentence tells how it is meant. `verb`: the verb of what is to come, or None where it is a noun.
    `subject`: the head of who does it or holds it out. `begin` to `end`: what is to come; `past`: told in the past
    tense; `other`: the head of whom it is promised to; `timed`: none without a day to come."""

    tree: Tree
    form: Form
    family: str
    first: int
    last: int
    anchor: int
    verb: int | None
    subject: int | None
    begin: int
    end: int
    past: bool = False
    other: int | None = None
    timed: bool = False
    passive: bool = False


class Be(NamedTuple):
    """The form of `be` before a participle or `to`."""

    at: int
    past: bool
    negated: bool


def be_before(tree: Tree, index: int) -> Be | None:
    """The form of `be` that stands before, with nothing but adverbs between."""
    table, no, perfect = words(), False, False
    for at in range(index - 1, max(-1, index - 6), -1):
        word = tree.words[at]
        if word == "been":
            perfect = True
        elif word in table.of("be present") or (perfect and word in ("has", "have", "'ve", "’ve")):
            return Be(at, False, no)
        elif word in table.of("be past"):
            return Be(at, True, no)
        elif tree.links[at] == "neg" or word in ("not", "n't", "n’t", "never"):
            no = True
        elif tree.tags[at] not in ("RB", "RBR") and not (word == "being" or tree.links[at] == "advmod"):
            return None
    return None


def caption(tree: Tree) -> bool:
    """Whether a passage is a heading by its looks: short, and without a mark at its end."""
    return tree.size <= CAPTION and bool(tree.words) and tree.words[-1] not in (".", "!", "?", "”", ":", ";", ",")


def passive(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the passive."""
    return tree.child(verb, "auxpass") is not None
