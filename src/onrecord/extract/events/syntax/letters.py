"""What is asked and threatened in writing: the verb that says that it was written."""

from onrecord.extract.events.syntax.tree import Tree

_LETTERS = frozenset("letter note message email petition telegram".split())


def written(tree: Tree, participle: int) -> int | None:
    """`wrote to the guild demanding`, `sent a letter to the guild demanding`: the verb that says that it was written,
    whether the parser hangs what is demanded on it, on the letter or on the guild."""
    at = tree.heads[participle]
    if tree.tags[participle] != "VBG" or tree.links[participle] not in ("acl", "advcl"):
        return None
    if tree.links[at] == "pobj" and tree.words[tree.heads[at]] == "to":
        at = tree.heads[tree.heads[at]]
    if tree.lemmas[at] in _LETTERS and tree.links[at] == "dobj":
        at = tree.heads[at]
    paper = tree.child(at, "dobj", "obj")
    told = tree.lemmas[at] == "write" or (paper is not None and tree.lemmas[paper] in _LETTERS)
    return at if told and tree.parts[at] == "VERB" else None
