"""Whether what is told is called true or false: `claims that ... are untrue`, `the report was confirmed`, `it is not
true that`. What is called false did not happen, whoever it was that claimed it."""

from collections.abc import Iterator
from typing import Literal

from onrecord.extract.events.factuality.signatures import table
from onrecord.extract.events.syntax.tree import Tree

Verdict = Literal["happened", "possible", "not_happened"]

_COPULAS = frozenset("be seem appear remain prove turn stay become look".split())
_DEEP = 3
"""Verbs between a subject and what is said of it: `has turned out to be false`."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_MODALS = frozenset("may might could can would should must will".split())


def verdict(tree: Tree, index: int) -> Verdict | None:
    """What is made of a noun that stands for what is told (`claim`), or of the clause at `index`; None where nothing
    is. `possible`: neither, as in `has not been confirmed` and `may be untrue`."""
    words = table().words
    if any(tree.words[c] in words["false"] for c in tree.children[index] if tree.links[c] in ("amod", "appos")):
        return "not_happened"
    above, link = tree.heads[index], tree.links[index]
    if above == index:
        return None
    if link in ("pobj", "pcomp"):
        holder = tree.heads[above]  # `no truth in claims that`
        truth = tree.lemmas[holder] == "truth" and any(tree.words[c] == "no" for c in tree.children[holder])
        return "not_happened" if truth else None
    if link in _SUBJECTS or link in ("dobj", "ccomp"):
        return _of_verb(tree, above, index)
    return None


def _of_verb(tree: Tree, verb: int, index: int) -> Verdict | None:
    """What a verb makes of its subject or object, by itself (`debunked`) or with what stands beside it (`is a lie`)."""
    words, lemma = table().words, tree.lemmas[verb]
    subject, said = tree.links[index] in _SUBJECTS, tree.links[index] == "ccomp"
    passive = any(tree.links[c] == "auxpass" for c in tree.children[verb])
    deed = tree.lemmas[index] not in words["contents"]
    beside = (c for c in _predicates(tree, verb, index) if not (deed and tree.words[c] in words["just"]))
    called = next((worth for c in beside if (worth := _worth(tree, c))), 0)
    if called and not (lemma in _COPULAS or lemma in words["judges"]):
        called = 0
    if said and lemma not in _COPULAS:
        return None  # `proved that`, `denied that`: rows of the table
    if not called and (passive or not subject) and not said:
        called = -1 if lemma in words["refutes"] else 1 if lemma in words["confirms"] else 0
    if not called:
        return None
    chain = [verb, *(c for c in tree.children[verb] if tree.links[c] in ("xcomp", "oprd"))]
    helpers = {tree.words[c] for at in chain for c in tree.children[at] if tree.links[c] == "aux"}
    negated = any(tree.links[c] == "neg" or tree.words[c] == "never" for at in chain for c in tree.children[at])
    if helpers & _MODALS or tree.words[tree.last(verb)] == "?":
        return "possible"
    if negated:
        return "not_happened" if called > 0 and lemma in _COPULAS else "possible"
    return "happened" if called > 0 else "not_happened"


def _predicates(tree: Tree, verb: int, index: int) -> Iterator[int]:
    """What is said of a subject or object: `is a lie`, `turned out to be false`, `dismissed it as untrue`."""
    waiting = [(verb, 0)]
    while waiting:
        at, depth = waiting.pop()
        for c in tree.children[at]:
            if c == index or tree.links[c] in _SUBJECTS:
                continue
            if tree.links[c] in ("acomp", "attr", "oprd", "dobj", "ccomp", "pobj", "amod", "prt", "advmod", "xcomp"):
                yield c
            inner = tree.links[c] in ("xcomp", "ccomp", "oprd", "conj") or tree.words[c] == "as"
            if inner and depth < _DEEP and len(waiting) < _DEEP:
                waiting.append((c, depth + 1))


def _worth(tree: Tree, index: int) -> int:
    """1 for a word that calls something true, -1 for one that calls it false, else 0."""
    words = table().words
    return -1 if tree.words[index] in words["false"] else int(tree.words[index] in words["true"])


def is_called_false(tree: Tree, index: int) -> bool:
    """Whether a verb of saying calls what it tells false: `falsely claimed that`, `was wrongly accused of`."""
    lies = (c for c in tree.children[index] if tree.links[c] == "advmod")
    return any(tree.words[c] in table().words["falsely"] for c in lies)
