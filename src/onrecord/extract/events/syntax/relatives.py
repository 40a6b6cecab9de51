"""Whom a relative clause tells of: `the army that fled`, `Norway, one of the few states that pay`."""

from onrecord.extract.events.syntax.tree import Tree

_DEEP = 8


def antecedent(tree: Tree, index: int, verb: int) -> int:
    """The noun that a relative pronoun stands for; any other word is itself."""
    if tree.words[index] in ("who", "which", "that", "whom") and tree.tags[index] in ("WP", "WDT", "IN", "DT"):
        at = verb
        for _ in range(_DEEP):
            if tree.links[at] == "relcl" or (tree.links[at] == "acl" and at != tree.heads[at]):
                return _both(tree, index, who_it_is(tree, tree.heads[at]))
            if tree.links[at] not in ("conj", "xcomp", "ccomp") or tree.heads[at] == at:
                break
            at = tree.heads[at]
    return index


def who_it_is(tree: Tree, noun: int) -> int:
    """`Norway, one of the few states that pay`, `Norway, a state that pays`: who is meant by the noun."""
    of = tree.heads[noun]
    if tree.links[noun] == "pobj" and tree.words[of] == "of" and tree.words[tree.heads[of]] == "one":
        noun = tree.heads[of]
    if tree.links[noun] == "attr" and tree.words[noun] == "one":
        who = tree.child(tree.heads[noun], "nsubj")
        return noun if who is None or tree.parts[who] == "PRON" else who
    above = tree.heads[noun]
    named = tree.links[noun] == "appos" and tree.parts[above] == "PROPN" and tree.parts[noun] in ("NOUN", "NUM")
    first = min((c for c in tree.children[noun] if c < noun and tree.links[c] != "punct"), default=noun)
    common = tree.passage.doc[noun].text.islower() and tree.words[first - 1] == ","
    return above if named and common and above < noun and tree.links[above] != "compound" else noun


_ANY = frozenset(("a", "an"))


def _both(tree: Tree, pronoun: int, noun: int) -> int:
    """`two sailors and a cook who fled`: who stands first of those that all fled."""
    first = tree.heads[noun]
    if tree.links[noun] != "conj" or tree.words[pronoun] != "who" or first > noun or tree.child(first, "relcl"):
        return noun

    def vague(index: int) -> bool:
        counted = any(tree.links[c] == "nummod" or tree.words[c] in _ANY for c in tree.children[index])
        return counted and tree.links[index] != "nsubj"

    return first if vague(first) and vague(noun) else noun
