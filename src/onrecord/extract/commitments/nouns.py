"""Nouns that commit: `a promise to`, `plans for`, `the threat by the guards to`, `gave his word that`."""

from onrecord.extract.commitments.clauses import edges, negated, nobody, own_subject, reach, subject
from onrecord.extract.commitments.sign import Sign
from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.lexicon import demonyms

_LIGHT = frozenset(
    "have announce renew repeat make issue give unveil outline reiterate present reveal offer file publish release "
    "confirm sign propose voice express state detail".split()
)


def noun_sign(tree: Tree, index: int, family: str) -> Sign | None:
    """The sign of a noun of a class, with what hangs on it."""
    if nobody(tree, index) or tree.links[index] == "compound":
        return None
    head = tree.heads[index]
    for at in (head, tree.heads[head]):
        if _undone(tree, at, index) or (at == head and negated(tree, head)):
            return None
    verb, start, end = None, index, index
    for child in tree.children[index]:
        if child < index:
            continue
        link, tag = tree.links[child], tree.tags[child]
        to = any(tree.words[c] == "to" and tree.tags[c] == "TO" and c < child for c in tree.children[child])
        that = any(tree.words[c] == "that" for c in tree.children[child])
        if any(tree.words[c] == "that" and tree.links[c] in ("dobj", "nsubj", "pobj") for c in tree.children[child]):
            continue  # `a plan that the mayor called necessary`
        if "VBD" in tree.tags[index:child]:
            continue
        that = that and (link != "relcl" or tree.words[own_subject(tree, child) or 0] not in ("that", "which"))
        if link in ("acl", "relcl", "xcomp", "ccomp") and ((to and tag[:2] == "VB") or that):
            verb = child
            start = min((c for c in tree.children[child] if index < c < child), default=child)
            start, end = reach(tree, max(index + 1, edges(tree, child).start) if that else start, child)
            break
        allowed = {"plan": ("for",), "forecast": ("of", "for"), "pledge": ("to",)}.get(family, ())
        if link == "prep" and tree.words[child] in allowed and tree.words[index] != "word":
            inner = tree.child(child, "pobj", "pcomp")
            if inner is None or (family == "pledge" and tree.links[inner] != "pcomp"):
                continue
            start, end = reach(tree, child + 1, inner)
            break
    if end <= start:
        # `gave his word that ...`: the clause hangs on the verb.
        clause = tree.child(head, "ccomp", "xcomp") if tree.links[index] == "dobj" else None
        opened = clause is not None and clause > index and tree.words[edges(tree, clause).start]
        if clause is None or opened not in ("that", "to"):
            return None
        verb = clause
        start, end = reach(tree, edges(tree, clause).start, clause)
    return Sign(tree, "noun", family, index, index + 1, index, verb, _author(tree, index), start, end)


def _undone(tree: Tree, verb: int, noun: int) -> bool:
    undone = words().of("report undone")
    particle = tree.child(verb, "prt")
    lemma = tree.lemmas[verb] + (f"_{tree.words[particle]}" if particle is not None else "")
    return lemma in undone and verb != noun and tree.parts[verb] in ("VERB", "AUX")


def _author(tree: Tree, noun: int) -> int | None:
    """Whose promise it is: the owner, who stands after `by`, or who made it."""
    owner, head = tree.child(noun, "poss"), tree.heads[noun]
    made = tree.links[noun] == "dobj" and tree.lemmas[head] in _LIGHT
    if owner is not None:
        whose = subject(tree, head) if made and tree.words[owner] in ("his", "her", "its", "their") else None
        return owner if whose is None else whose
    for child in tree.children[noun]:
        if child > noun and tree.words[child] in ("by", "of", "from") and tree.links[child] in ("prep", "agent"):
            named = tree.child(child, "pobj")
            if named is not None and tree.links[child] != "of":
                return named
    head = tree.heads[noun]
    for child in tree.children[noun]:  # `an EU plan`, `the Russian threat`
        named = tree.links[child] == "compound" and tree.parts[child] == "PROPN"
        if named or (tree.links[child] == "amod" and tree.lemmas[child].title() in demonyms()):
            return child
    for _ in range(3):
        if tree.links[noun] == "conj":
            noun, head = head, tree.heads[head]
    if tree.links[noun] in ("dobj",) and tree.lemmas[head] in _LIGHT:
        return subject(tree, head)
    return None
