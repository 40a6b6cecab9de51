"""The ways in which English sets down that somebody said something: each yields candidates, none decides.

A candidate is a cue with its source and contents and the name of the construction. Which candidates stand is
decided in `cues`, by how often annotators marked that cue word in that construction.
"""

from collections.abc import Iterator
from typing import Any

from onrecord.extract.statements.clauses import (
    SUBJECTS,
    Extent,
    agent,
    far_clause,
    heard_from,
    infinitive,
    subject,
    verb_group,
)
from onrecord.extract.statements.nouns import according, claimed
from onrecord.extract.statements.page import Candidate, Page
from onrecord.extract.statements.positions import as_said, before, quoted
from onrecord.extract.statements.traits import of_verb
from onrecord.extract.statements.words import HEARING, RESUMING
from onrecord.model import Span


def candidates(page: Page) -> Iterator[Candidate]:
    """Every candidate of one passage, in the order of cues."""
    for token in page.doc:
        if token.lower_ in ("according", "in"):
            yield from according(page, token)
        elif token.pos_ in ("VERB", "AUX") and token.tag_ != "MD":
            yield from _verb(page, token)
        elif token.pos_ == "NOUN":
            yield from claimed(page, token)


def _verb(page: Page, verb: Any) -> Iterator[Candidate]:
    group = verb_group(verb)
    who = subject(verb)
    lemma = verb.lemma_.lower()
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ == "acl"  # `a councillor accused of ...`
    )
    if passive:
        who = agent(verb)
    elif lemma in HEARING:
        who = heard_from(verb) or who
    sources = page.source(who, verb.i)
    cue = page.span(group)

    def candidate(construction: str, contents: tuple[Span, ...], cue: Span = cue) -> Iterator[Candidate]:
        if contents:
            yield Candidate(
                construction=construction,
                lemma=lemma,
                at=page.at(verb.i),
                cue=cue,
                sources=tuple(s for s in sources if not any(s.overlaps(c) for c in (cue, *contents))),
                contents=contents,
                traits=of_verb(verb, who, construction),
            )

    if not passive:
        yield from candidate("as", as_said(page, verb, group, who))
        leading = before(page, verb, group, who)
        marked = bool(leading) and page.closing(leading[0].end) is not None
        yield from candidate("after quoted" if marked else "after", leading)
        yield from candidate("quote", quoted(page, verb, group, who))
    objects: list[Any] = []
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i >= group.end]
    if lemma == "say" and clauses:  # the parser takes a long subject for an object, or cuts a clause in two
        clauses = [c for c in verb.children if c.dep_ in ("ccomp", "dobj") and c.i >= group.end]
    if clauses:
        first, last = _clause(page, verb, clauses[0]), _clause(page, verb, clauses[-1])
        construction = "passive" if passive else _clause_kind(page.doc[first.start])
        yield from candidate(construction, page.content(Extent(first.start, last.end), verb.i))
    elif (far := far_clause(verb, group.end)) is not None:
        yield from candidate("passive" if passive else "clause far", page.content(far, verb.i))
    for child in verb.children:
        if child.i < group.end:
            continue
        match child.dep_:
            case "xcomp" if infinitive(child) and (on := _called_on(verb, group, child)) is not None:
                yield from candidate(
                    f"{on.lower_} to",
                    page.content(Extent(on.i + 1, child.right_edge.i + 1), verb.i),
                    page.span(Extent(group.start, on.i + 1)),
                )
            case "xcomp" if infinitive(child):
                begin = min(child.left_edge.i, *(o.left_edge.i for o in objects)) if objects else child.left_edge.i
                raised = _raised(page, verb) if passive else ()
                yield from candidate(
                    "passive to" if passive else "to",
                    raised + page.content(Extent(begin, child.right_edge.i + 1), verb.i),
                )
            case "xcomp" if child.tag_ == "VBG" and not passive:
                yield from candidate("ing", page.content(Extent(child.left_edge.i, child.right_edge.i + 1), verb.i))
            case "oprd":
                begin = min((o.left_edge.i for o in objects), default=child.left_edge.i)
                yield from candidate("name", page.content(Extent(begin, child.right_edge.i + 1), verb.i))
            case "dobj":
                objects.append(child)
                end = _object_end(verb, child)
                far_as = _described_as(verb, end)
                claim = any(c.dep_ in ("acl", "ccomp") and c.left_edge.lower_ == "that" for c in child.children)
                plain = "object ing" if verb.tag_ == "VBG" else "object"
                yield from candidate(
                    "object claim" if claim else plain,
                    page.content(Extent(child.left_edge.i, end), verb.i)
                    + (page.content(far_as, verb.i) if far_as else ()),
                )
            case "prep" if passive and who is not None and child.lower_ in ("of", "as") and child.i > who.i:
                yield from candidate(
                    f"prep {child.lower_}", page.content(Extent(child.i, child.right_edge.i + 1), verb.i)
                )
            case "prep" if not objects and child.i == group.end and child.lower_ != "according":
                inner = Extent(child.i + 1, child.right_edge.i + 1)
                yield from candidate(
                    f"prep {child.lower_}", page.content(inner, verb.i), page.span(Extent(group.start, child.i + 1))
                )
            case _:
                pass


_RAISED = frozenset("say believe think expect report allege rumour rumor understand know estimate suppose fear".split())
"""Verbs whose passive takes the subject of what is said: `the ship is said to ...`; of `was told to ...` it is who
was told."""


def _raised(page: Page, verb: Any) -> tuple[Span, ...]:
    """The subject of `the ship is believed to have sunk`, which belongs to the content."""
    who = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if verb.lemma_ not in _RAISED or who is None or agent(verb) is not None:
        return ()
    return page.source(who, verb.i)


def _called_on(verb: Any, group: Extent, clause: Any) -> Any | None:
    """The preposition of `called on police to ...`, if there is one."""
    return next((c for c in verb.children if c.dep_ == "prep" and c.i == group.end and c.i < clause.i), None)


def _clause_kind(first: Any) -> str:
    """A clause by its first word. A bare one follows words of saying alone, `that` follows almost any cue."""
    if first.lower_ == "that" and first.dep_ == "mark":
        return "clause that"
    return "clause wh" if first.tag_ in ("WP", "WDT", "WRB") else "clause"


def _object_end(verb: Any, child: Any) -> int:
    """The object with the preposition that completes it: `accused them of ...`, `described it as ...`."""
    end = child.right_edge.i + 1
    for other in verb.children:
        if other.i == end and other.dep_ == "prep" and other.lower_ in ("of", "as", "for", "with"):
            end = other.right_edge.i + 1
    return int(end)


def _described_as(verb: Any, end: int) -> Extent | None:
    """`as` behind an addressee or a place: `described the cells to him as ...`."""
    later = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "as" and end < c.i <= end + 6), None)
    return Extent(later.i, later.right_edge.i + 1) if later is not None else None


def _clause(page: Page, verb: Any, clause: Any) -> Extent:
    """A content clause to the right of its verb. A participle that adds another statement is not part of it."""
    start, end = max(clause.left_edge.i, verb.i + 1), clause.right_edge.i + 1
    quoted = page.inside(page.at(verb.i))
    for token in page.doc[clause.i + 1 : end]:
        if token.lemma_ not in RESUMING or page.inside(page.at(token.i)) is not quoted:
            continue
        before = page.doc[token.i - 1]
        participle = token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "conj") and before.text == ","
        coordinate = (
            token.dep_ == "conj"
            and token.tag_ == verb.tag_
            and before.dep_ == "cc"
            and not any(child.dep_ in SUBJECTS for child in token.children)
        )
        if participle or coordinate:
            end = token.i - 1
            break
    return Extent(start, end)
