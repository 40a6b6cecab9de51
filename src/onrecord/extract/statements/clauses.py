"""What the parse tells of a clause: its subject, its verb group, how far a phrase reaches. Token indices, half-open."""

from typing import Any, NamedTuple

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_SHARED = ("conj", "xcomp", "advcl", "ccomp")  # clauses without a subject borrow that of the clause above
_GROUP_LEFT = ("aux", "auxpass", "neg", "advmod")
_RAISING = frozenset(
    "appear attempt begin bother cease choose come continue dare decide decline fail go get happen have keep love "
    "manage need proceed refuse rush seem start steer stop tend try use want".split()
)
"""Verbs that join the verb below them in one cue: `continued to insist`, `seemed to suggest`."""


class Extent(NamedTuple):
    """Tokens `start` to `end` of one passage."""

    start: int
    end: int

    def holds(self, index: int) -> bool:
        return self.start <= index < self.end


def phrase(head: Any) -> Extent:
    """A noun phrase with all that hangs on it, without the marks that lead or follow it."""
    return trimmed(head.doc, head.left_edge.i, head.right_edge.i + 1)


def trimmed(doc: Any, start: int, end: int, marks: str = ".,;:—–-") -> Extent:
    """Without white space, and without the given marks at either end."""
    while start < end and (doc[start].is_space or doc[start].text in marks):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in marks):
        end -= 1
    return Extent(start, end)


def subject(verb: Any) -> Any | None:
    """The head of the clause's own or borrowed subject. A participle that hangs on a noun has the noun."""
    seen = verb
    for _ in range(6):
        own = next((child for child in seen.children if child.dep_ in SUBJECTS), None)
        if own is not None:
            # A passive clause above lends its subject to nobody who speaks: `was hit, saying` does.
            return own
        if seen.dep_ == "acl" and seen.lemma_ == "cite" and seen.head.dep_ in ("dobj", "pobj"):
            seen = seen.head.head  # `blocked the limits, citing ...`
            continue
        if seen.dep_ in ("acl", "relcl") and seen.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return seen.head
        if seen.dep_ not in _SHARED or seen.head is seen:
            return None
        if seen.dep_ == "ccomp" and seen.tag_ not in ("VBG", "VB"):
            return None
        seen = seen.head
    return None


def agent(verb: Any) -> Any | None:
    """Who stands after `by` in a passive clause."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and child.i > verb.i):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def verb_group(verb: Any) -> Extent:
    """The verb with its auxiliaries, negation, adverbs between them, particle, and verbs that it is raised from."""
    doc, start, end = verb.doc, verb.i, verb.i + 1
    top = verb
    while top.dep_ == "xcomp" and top.head.lemma_ in _RAISING and top.head.i < top.i and top.i - top.head.i <= 3:
        top = top.head
        start = top.i
    left = [child.i for child in (*top.children, *verb.children) if child.dep_ in _GROUP_LEFT and child.i < start]
    for index in sorted(left, reverse=True):
        if index == start - 1:
            start = index
    if start < verb.i and doc[start].dep_ == "advmod" and doc[start].is_sent_start:
        start += 1  # `Now says` begins with an adverb of the sentence
    for child in verb.children:
        if child.dep_ == "prt" and child.i == end:
            end = child.i + 1
    return Extent(start, end)


def infinitive(verb: Any) -> bool:
    """Whether a verb stands with `to`, or bare: `to sink`, `to have sunk`, `to be sunk`."""
    return verb.tag_ == "VB" or any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


_FAR = 14
"""Tokens between a cue and the clause that the parser hung on a circumstance."""


def far_clause(cue: Any, start: int) -> Extent | None:
    """A `that` clause which the parser hung on a circumstance: `announced during a visit to Kyiv that ...`, `a warning
    from the mayor that ...`."""
    for token in cue.doc[start : min(start + _FAR, cue.sent.end)]:
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.dep_ in ("acl", "ccomp", "relcl", "advcl"):
            return Extent(token.i, token.head.right_edge.i + 1) if token.head.head.i > cue.i else None
        if token.pos_ in ("VERB", "AUX") or token.dep_ in SUBJECTS or token.text in (";", ":"):
            return None
    return None


def heard_from(verb: Any) -> Any | None:
    """Who stands after `from` beside a verb of hearing."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "from":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None
