"""Statements whose cue is no verb: `the claim that ...`, `his pledge to ...`, `according to ...`."""

from collections.abc import Iterator
from typing import Any

from onrecord.extract.statements.clauses import Extent, phrase, subject
from onrecord.extract.statements.page import Candidate, Page


def claimed(page: Page, noun: Any) -> Iterator[Candidate]:
    """`the Russian claim that ...`, `his pledge to ...`, `a warning from the mayor that ...`."""
    for child in noun.children:
        if child.dep_ not in ("acl", "ccomp", "relcl") or child.i < noun.i:
            continue
        first = page.doc[max(child.left_edge.i, noun.i + 1)]
        if child.dep_ == "relcl" and not (first.lower_ == "that" and first.dep_ == "mark"):
            continue
        if first.lower_ == "that":
            construction = "noun that"
        elif first.lower_ == "to" and child.tag_ == "VB":
            construction = "noun to"
        else:
            continue
        contents = page.content(Extent(first.i, child.right_edge.i + 1), noun.i)
        if contents:
            who = _noun_source(noun)
            start = noun.i
            while (
                start > noun.left_edge.i
                and page.doc[start - 1].dep_ in ("amod",)
                and page.doc[start - 1].ent_type_ == ""
            ):
                start -= 1
            cue = page.span(Extent(start, noun.i + 1))
            sources = page.source(who, noun.i)
            yield Candidate(
                construction=construction,
                lemma=noun.lemma_.lower(),
                at=page.at(noun.i),
                cue=cue,
                sources=tuple(s for s in sources if not s.overlaps(cue) and not any(s.overlaps(c) for c in contents)),
                contents=contents,
            )


def _noun_source(noun: Any) -> Any | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.ent_type_ in ("NORP", "ORG", "GPE", "PERSON") and child.dep_ in ("amod", "compound", "nmod"):
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of", "among"):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lemma_ in (
        "make",
        "issue",
        "express",
        "repeat",
        "reject",
        "deny",
        "dismiss",
        "give",
    ):
        return subject(noun.head)
    return None


def according(page: Page, token: Any) -> Iterator[Candidate]:
    if token.i + 1 >= len(page.doc) or page.doc[token.i + 1].lower_ != "to":
        return
    to = page.doc[token.i + 1]
    who = next((child for child in to.children if child.dep_ in ("pobj", "pcomp")), None)
    if who is None:
        return
    sent, extent = token.sent, phrase(who)
    cue = page.span(Extent(token.i, token.i + 2))
    sources = page.source(who, token.i)
    if not sources:
        return
    end = extent.end
    if token.i - sent.start <= 2:
        contents = page.content(Extent(end, sent.end), token.i)
    else:
        contents = page.content(Extent(sent.start, token.i), token.i)
        if end + 1 < sent.end and page.doc[end].text == ",":
            contents += page.content(Extent(end + 1, sent.end), token.i)
    contents = tuple(c for c in contents if not any(c.overlaps(s) for s in sources))
    if contents:
        yield Candidate(
            construction="according",
            lemma="according",
            at=page.at(token.i),
            cue=cue,
            sources=sources,
            contents=contents,
        )
