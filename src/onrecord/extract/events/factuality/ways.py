"""The way from the top of a sentence down to a word: what governs what, and by which link."""

from typing import NamedTuple

from onrecord.extract.events.factuality.signatures import Row, table
from onrecord.extract.events.syntax.tree import Tree

_STEPS = 16
"""Words between the top of the sentence and the trigger that are read; what stands higher counts for nothing."""

_CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "relcl", "csubj", "csubjpass", "parataxis", "acomp", "oprd", "dep")

_PARTNERS = ("prt", "dobj", "nsubjpass", "acomp", "attr", "oprd", "advmod", "prep")
_COPULAS = ("be", "seem", "remain", "appear", "become", "look", "sound")


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
            if tree.words[above] in table().words["because"]:
                by = tree.words[above]  # `due to`, `because of`
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
            if by in ("to", "part") and link in ("acl", "relcl") and _is_asked(tree, above, by):
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
        return "that" if _tells(tree, index) else "relcl"
    if link == "ccomp" and tag == "VBP" and not helpers and _is_wanted(tree, index):
        return "bare"
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


def _is_wanted(tree: Tree, index: int) -> bool:
    """Whether a clause that the parser takes for the present is what is asked for: `asked that the guild leave`."""
    who, above = tree.child(index, "nsubj"), tree.heads[index]
    unlike = who is not None and (tree.tags[who] in ("NN", "NNP") or tree.tags[above] == "VBD")
    asks = tree.lemmas[above] != "tell" and (tree.lemmas[above], "bare") in table().governors
    return unlike and asks and tree.lemmas[index] != "be"


def _tells(tree: Tree, index: int) -> bool:
    """Whether what looks like a relative clause says what a noun tells: `the claim that they met`, where nothing is
    left for the noun to be."""
    if tree.lemmas[tree.heads[index]] not in table().words["contents"]:
        return False
    beside = [c for c in tree.children[index] if tree.words[c] in ("that", "which", "who", "whom", "whose")]
    links = {tree.links[c] for c in tree.children[index]}
    if any(tree.words[c] != "that" or tree.links[c] in ("nsubj", "nsubjpass") for c in beside):
        return False
    filled = sum(tree.links[c] == "dobj" for c in tree.children[index]) - sum(tree.links[c] == "dobj" for c in beside)
    marked = any(tree.links[c] == "mark" for c in beside)
    return bool(links & {"nsubj", "nsubjpass"}) and (marked or filled > 0 or "nsubjpass" in links)


def _is_asked(tree: Tree, index: int, by: str) -> bool:
    """Whether a noun is the object of a verb that a row lists with the link, and is not listed itself; or that a row
    lists with the noun: `took the opportunity to`."""
    above, lemma, rows = tree.lemmas[tree.heads[index]], tree.lemmas[index], table().governors
    if tree.links[index] not in ("dobj", "nsubjpass") or above == "call":
        return False  # `called the march a move to leave`
    phrase = _phrase(tree, tree.heads[index], index)
    return (phrase, by) in rows or ((lemma, by) not in rows and (above, by) in rows)


def listed(tree: Tree, step: Step) -> Row | None:
    """The row that a step's governor has for its link."""
    lemma, rows = tree.lemmas[step.governor], table().governors
    with_it = partner(tree, step)
    row = (
        (rows.get((_phrase(tree, step.governor, with_it), step.by)) if with_it is not None else None)
        or _predicated(tree, step)
        or rows.get((lemma, step.by))
        or rows.get((f"{lemma}e", step.by))  # the parser makes `hop` of hopes
    )
    if row is None or tree.lemmas[step.word] in row.unless:
        return None
    return row if row.behind in (None, tree.words[tree.heads[step.governor]]) else None


def partner(tree: Tree, step: Step) -> int | None:
    """The word that is of a phrase with the step's governor, where a row lists them: `go on`, `had no choice`."""
    if tree.parts[step.governor] not in ("VERB", "AUX"):
        return None
    rows = table().governors
    beside = (c for c in tree.children[step.governor] if tree.links[c] in _PARTNERS and c != step.word)
    return next((c for c in beside if (_phrase(tree, step.governor, c), step.by) in rows), None)


def _phrase(tree: Tree, governor: int, index: int) -> str:
    """A governor with its partner as the rows have it: `go_on`, `take_opportunity`, `have_no_choice`."""
    small = tree.parts[index] in ("ADP", "ADV", "SCONJ", "PART")
    none = any(tree.words[c] == "no" and tree.links[c] == "det" for c in tree.children[index])
    return f"{tree.lemmas[governor]}_{'no_' * none}{(tree.words if small else tree.lemmas)[index]}"


def _predicated(tree: Tree, step: Step) -> Row | None:
    """The row of what is said of a clause: `it is likely that`."""
    is_be = tree.lemmas[step.governor] in _COPULAS or tree.words[step.governor] in ("'s", "’s")
    if not is_be or step.by not in ("that", "to"):
        return None
    said = tree.child(step.governor, "acomp", "attr", "oprd")
    return None if said is None else table().governors.get((tree.lemmas[said], step.by))
