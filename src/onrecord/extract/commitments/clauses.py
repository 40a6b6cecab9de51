"""Clauses of a parse: whose they are, how far they reach, what stands over them. All places are token indices."""

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.statements.sources import PRONOUNS, Pronoun

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_BORROWS = ("conj", "xcomp")
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_MARKS = frozenset(".,;:—–-()[]\"'“”‘’")
_SAID = frozenset("say tell add warn announce write note declare report claim predict state insist argue".split())
_CLOSERS = frozenset(("”", '"', "''"))
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")
_DEEP = 12
"""Heads that are climbed before a sentence is given up as none."""


class Reach(NamedTuple):
    """Tokens `start` to `end`, half-open."""

    start: int
    end: int


def edges(tree: Tree, index: int) -> Reach:
    """From the first to the last of all that hangs on a token."""
    low = high = index
    for each in tree.below(index):
        low, high = min(low, each), max(high, each)
    return Reach(low, high + 1)


def trimmed(tree: Tree, start: int, end: int) -> Reach:
    """Without white space, marks and joining words at either end."""
    while start < end and (tree.parts[start] == "SPACE" or tree.words[start] in _MARKS or tree.links[start] == "cc"):
        start += 1
    while end > start and (tree.parts[end - 1] in ("SPACE", "CCONJ") or tree.words[end - 1] in _MARKS):
        end -= 1
    return Reach(start, end)


def pronoun(tree: Tree, index: int) -> Pronoun | None:
    """Which pronoun a token is; `US` is none."""
    return None if tree.parts[index] == "PROPN" else PRONOUNS.get(tree.words[index])


def own_subject(tree: Tree, verb: int) -> int | None:
    return tree.child(verb, *_SUBJECTS)


def subject(tree: Tree, verb: int) -> int | None:
    """The head of a clause's own or borrowed subject; of a relative clause what it hangs on."""
    for _ in range(_DEEP):
        own = own_subject(tree, verb)
        if own is not None:
            if tree.words[own] in _RELATIVE and tree.links[verb] == "relcl":
                return tree.heads[verb] if tree.parts[tree.heads[verb]] in _NOMINAL else None
            return _behind_dateline(tree, own, verb)
        if tree.links[verb] in ("relcl", "acl") and tree.parts[tree.heads[verb]] in ("NOUN", "PROPN", "PRON"):
            return tree.heads[verb]
        if tree.links[verb] not in _BORROWS or tree.heads[verb] == verb:
            return None
        verb = tree.heads[verb]
    return None


def _behind_dateline(tree: Tree, own: int, verb: int) -> int | None:
    """The subject, or what stands for it where the parser took the place of a dateline: `LUND, Sweden — The board`."""
    if own != tree.sentences[own] or not tree.passage.doc[own].text.isupper():
        return own
    dash = next((at for at in range(own, min(own + 8, verb)) if tree.words[at] in ("—", "–", "--")), None)
    if dash is None:
        return own
    between = range(dash + 1, verb)
    return next((at for at in between if tree.parts[at] in _NOMINAL and tree.heads[at] not in between), None)


def phrase(tree: Tree, head: int, before: int | None = None) -> Reach:
    """A noun phrase, without a relative clause, words in brackets and marks that follow it. `before`: where the verb
    stands, which no subject reaches over; a relative clause that tells which is meant then belongs to it."""
    start, end = edges(tree, head)
    if before is not None and head < before:
        end = min(end, before)
    for child in tree.children[head] if tree.parts[head] not in ("VERB", "AUX") else ():
        if child > head and tree.links[child] in ("relcl", "appos", "conj", "punct", "advcl"):
            first = edges(tree, child).start
            if before is not None and child < before and tree.links[child] == "relcl" and tree.words[first - 1] != ",":
                continue
            joined = tree.links[child] == "conj" and tree.parts[child] in ("NOUN", "PROPN", "NUM")
            if not joined and not (tree.links[child] == "punct" and tree.words[child] == "-"):
                end = min(end, max(head + 1, first))
                break
    return trimmed(tree, start, end)


def reach(tree: Tree, start: int, verb: int) -> Reach:
    """The clause of a verb from `start` on: up to a clause joined to it that has a subject or future of its own, to who
    said it, or to the end of the quotation that it stands in."""
    end = edges(tree, verb).end
    heads = [verb, *(c for c in tree.children[verb] if tree.links[c] == "conj")]
    for head in heads:
        for child in tree.children[head]:
            if child <= max(verb, start):
                continue
            link, first = tree.links[child], edges(tree, child).start
            joined = (
                link == "conj"
                and marked(tree, child) != "that"
                and (
                    own_subject(tree, child) is not None
                    or any(tree.tags[c] == "MD" for c in tree.children[child])
                    or tree.tags[child] in ("VBD", "VBZ", "VBP")
                )
            )
            saying = tree.lemmas[child] in _SAID and tree.tags[child] in ("VBD", "VBZ", "VBP")
            if (joined or saying or link == "parataxis") and first > start:
                end = min(end, first)
    depth = 0
    for index in range(start, end):
        word = tree.words[index]
        if word == "“":
            depth += 1
        elif word in _CLOSERS and depth <= 0 and word != '"':
            end = index
            break
        elif word in _CLOSERS:
            depth -= 1
        elif word == ";":
            end = index
            break
    end = _unsaid(tree, start, end)
    return trimmed(tree, start, end)


def _unsaid(tree: Tree, start: int, end: int) -> int:
    """Where a clause ends that the parser ran into who said it: `... in May, the foreign minister, Ana Silva, said.`"""
    if start >= end:
        return end
    last = tree.last(end - 1)
    while last > start and tree.parts[last] in ("PUNCT", "SPACE"):
        last -= 1
    if tree.lemmas[last] not in _SAID or tree.tags[last] != "VBD":
        return end
    cut = end
    for at in range(last - 1, start, -1):
        if tree.words[at] == ",":
            cut = min(cut, at)
        elif tree.parts[at] in ("VERB", "AUX", "PRON", "SCONJ"):
            break
    return cut


def marked(tree: Tree, verb: int) -> str | None:
    """The conjunction or question word that opens the verb's clause."""
    for child in tree.children[verb]:
        if child > verb:
            break
        if tree.links[child] == "mark" or (tree.tags[child] in ("WRB", "WP", "WDT") and tree.links[verb] != "relcl"):
            return tree.words[child]
    return None


def negated(tree: Tree, index: int) -> bool:
    """Whether a negation stands before a verb and belongs to it, or its subject is nobody."""
    if any(tree.links[c] == "neg" and c < index for c in tree.children[index]):
        return True
    whose = own_subject(tree, index)
    return whose is not None and nobody(tree, whose)


def nobody(tree: Tree, noun: int) -> bool:
    if tree.lemmas[noun] in words().of("never subjects"):
        return not (tree.words[noun] == "few" and noun and tree.words[noun - 1] == "a")
    return any(tree.words[c] in ("no", "neither") for c in tree.children[noun] if tree.links[c] == "det")


def over(tree: Tree, index: int) -> Iterator[tuple[int, int]]:
    """Pairs of a token and what it hangs on, upward."""
    for _ in range(_DEEP):
        head = tree.heads[index]
        if head == index:
            return
        yield index, head
        index = head


def reporting(tree: Tree, verb: int) -> int | None:
    """The verb whose complement a clause is: `said` over `will`."""
    for index, head in over(tree, verb):
        link = tree.links[index]
        if link in ("ccomp", "parataxis") and tree.parts[head] in ("VERB", "AUX"):
            return head
        if link in ("acl", "ccomp") and tree.parts[head] == "NOUN" and marked(tree, index) == "that":
            return head
        if link != "conj":
            return None
    return None


def teller(tree: Tree, verb: int) -> int | None:
    """The subject of the nearest verb of saying or announcing that a clause stands under, by whatever link: `the bank
    said it will sell and it will lend`, `it is issuing bonds which it will lead`."""
    told = words().of("report says") | words().of("report commits")
    for index, head in over(tree, verb):
        if tree.links[index] == "advcl" and marked(tree, index) not in (None, "that"):
            return None
        if tree.lemmas[head] in told and tree.parts[head] == "VERB" and (index > head or tree.links[index] != "nsubj"):
            return own_subject(tree, head)
    return None
