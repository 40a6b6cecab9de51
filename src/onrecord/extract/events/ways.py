"""The way from the top of a sentence down to a word: what governs what, and by which link."""

from typing import NamedTuple

from onrecord.extract.events.signatures import Row, table
from onrecord.extract.events.tree import Tree

_STEPS = 16
"""Words between the top of the sentence and the trigger that are read; what stands higher counts for nothing."""

_CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "relcl", "csubj", "csubjpass", "parataxis", "acomp", "oprd", "dep")


class Step(NamedTuple):
    """A word of the way up, what governs it, and by which link (see `by` in the data file). `top`: no governor."""

    word: int
    governor: int
    by: str


def way_to(tree: Tree, index: int) -> list[Step]:
    """The steps from the top of the sentence, or from as high as is looked, down to the word."""
    steps: list[Step] = []
    while len(steps) < _STEPS:
        above = tree.heads[index]
        if above == index:
            break
        link = tree.links[index]
        by = link
        if link in ("pobj", "pcomp"):
            by = tree.words[above]
            while tree.links[above] in ("prep", "pcomp") and tree.parts[tree.heads[above]] in ("ADP", "SCONJ"):
                above = tree.heads[above]
            led = next((c for c in tree.children[above] if tree.words[c] in table().words["instead"]), None)
            by = by if led is None else tree.words[led]
            above = tree.heads[above]
            if _is_asked(tree, above, by):
                above = tree.heads[above]  # `accused the guild of marching`, read as a guild of it
        elif link in ("dobj", "nsubjpass", "dative"):
            by = "object"
        elif link in ("nsubj", "expl"):
            by = "subject"
        elif link in ("nmod", "amod", "nn"):
            by = "compound"
        elif link in _CLAUSES:
            by = _clause(tree, index)
            if by == "to" and link in ("acl", "relcl") and _is_asked(tree, above, by):
                above = tree.heads[above]  # `asked the guild to leave`, read as a guild that is to leave
        steps.append(Step(index, above, by))
        index = above
    steps.append(Step(index, index, "top"))
    return steps[::-1]


def _clause(tree: Tree, index: int) -> str:
    """How a clause hangs on what is above it: `to`, `ing`, `bare`, `that`, `relcl`, `part` or `adverbial`."""
    link, tag = tree.links[index], tree.tags[index]
    if link in ("relcl", "acomp", "oprd") and tag in ("JJ", "RB", "JJR"):
        return link
    helpers = [tree.words[c] for c in tree.children[index] if tree.links[c] in ("aux", "auxpass")]
    if "to" in helpers:
        return "to"
    if link == "relcl":
        return "relcl"
    finite = tag in ("VBD", "VBZ", "VBP", "MD") or any(word not in ("being", "been", "be") for word in helpers)
    if link == "advcl":
        marked = any(
            tree.links[c] in ("mark", "advmod") and tree.tags[c] in ("IN", "WRB") for c in tree.children[index]
        )
        return "adverbial" if finite or marked else "part"
    if link == "acl" and not finite and tag in ("VBG", "VBN"):
        return "part"
    if finite:
        return "that"
    if tag == "VB":
        return "bare"
    return "ing" if tag == "VBG" else "to" if link == "xcomp" and tag == "VBN" else "that"


def _is_asked(tree: Tree, index: int, by: str) -> bool:
    """Whether a noun is the object of a verb that a row lists with the link, and is not listed itself."""
    above, rows = tree.lemmas[tree.heads[index]], table().governors
    return tree.links[index] in ("dobj", "nsubjpass") and (tree.lemmas[index], by) not in rows and (above, by) in rows


def listed(tree: Tree, step: Step) -> Row | None:
    """The row that a step's governor has for its link."""
    lemma, rows = tree.lemmas[step.governor], table().governors
    row = rows.get((lemma, step.by)) or rows.get((f"{lemma}e", step.by))  # the parser makes `hop` of hopes
    return None if row is None or tree.lemmas[step.word] in row.unless else row
