"""Where a story was written, told before its first sentence: `OSLO, Norway -- The ministry said`."""

from onrecord.extract.events.syntax.tree import Tree

_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_INNER = frozenset(("pobj", "compound", "poss", "nmod", "npadvmod", "nummod"))
_DASHES = frozenset(("-", "--", "—", "–", "("))
_WIRES = frozenset("ap afp reuters xinhua ians upi dpa ansa efe".split())
_SHUT = _DASHES - {"("} | {":", "):", ")-", ")--", ")—", ")–"}


def _apart(tree: Tree, index: int) -> bool:
    """Whether a sign stands between blanks."""
    return tree.starts[index] > tree.ends[index - 1]


def undated(tree: Tree, subject: int, verb: int) -> int:
    """`OSLO, Norway -- The ministry said`: where a story was written is taken for its subject, and what follows for an
    aside. The noun that stands last before the verb is meant."""
    if subject >= verb:
        return subject
    if tree.words[subject - 1] == "(" and tree.words[subject + 1 : subject + 2] == [")"] and subject > 1:
        return tree.heads[verb] if tree.links[verb] == "relcl" else subject  # `the Red Cross (IRC) is sending`
    spaced = any(tree.words[i] in _DASHES for i in range(subject + 1, min(subject + 9, verb)) if _apart(tree, i))
    upper = tree.passage.doc[subject].text.isupper()
    dated = upper or (tree.words[subject + 1] in (",", "(", ":") and (spaced or tree.words[subject + 1] == ":"))
    if not dated or tree.sentences[subject] < subject - 3:
        return subject
    ends = _DASHES if upper else _DASHES - {"("} | {":"}
    near = range(subject + 1, min(subject + 9, verb))
    dash = next((i for i in near if tree.words[i] in ends and (upper or tree.words[i] == ":" or _apart(tree, i))), None)
    if dash is not None and tree.words[dash] == "(":  # `OSLO (AFP) - The ministry`
        shut = next((i for i in range(dash + 1, min(dash + 5, verb)) if tree.words[i][0] == ")"), None)
        wire = shut is not None and tree.words[shut - 1] in _WIRES
        dash = None if shut is None else next((i for i in (shut, shut + 1) if tree.words[i] in _SHUT or wire), None)
    if dash is None:
        return subject
    nouns = [i for i in range(dash + 1, verb) if tree.parts[i] in _NOMINAL and tree.links[i] not in _INNER]
    return next(
        (i for i in nouns if tree.links[i] in ("appos", "dep", "nsubj", "conj")), nouns[-1] if nouns else subject
    )
