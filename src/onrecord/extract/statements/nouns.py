"""Statements whose cue is no verb: `the claim that ...`, `his pledge to ...`, `according to ...`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from onrecord.extract.statements.clauses import Extent, far_clause, infinitive, phrase, subject
from onrecord.extract.statements.page import Candidate, Page
from onrecord.extract.statements.traits import of_noun
from onrecord.extract.statements.words import SPEECH_NOUNS
from onrecord.model import Span


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
        elif first.lower_ == "to" and infinitive(child):
            construction = "noun to"
        else:
            continue
        yield from _noun(page, noun, construction, Extent(first.i, child.right_edge.i + 1))
        return
    if noun.lemma_.lower() in SPEECH_NOUNS:
        far = far_clause(noun, noun.i + 1)
        if far is not None:
            yield from _noun(page, noun, "noun that", far)
        elif (to := _far_infinitive(noun)) is not None:
            yield from _noun(page, noun, "noun to", to)


def _far_infinitive(noun: Any) -> Extent | None:
    """What is to be done, hung on who says so: `a pledge by the bank to lend more`."""
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ in ("by", "from", "of") and prep.i > noun.i:
            for who in prep.children:
                for verb in who.children:
                    if verb.dep_ in ("acl", "relcl", "xcomp") and verb.i > who.i and verb.left_edge.lower_ == "to":
                        return Extent(verb.left_edge.i, verb.right_edge.i + 1)
    return None


def _noun(page: Page, noun: Any, construction: str, extent: Extent) -> Iterator[Candidate]:
    contents = page.content(extent, noun.i)
    if not contents:
        return
    who = _noun_source(noun)
    start = noun.i
    while start > noun.left_edge.i and page.doc[start - 1].dep_ == "amod" and not _name(page.doc[start - 1]):
        start -= 1
    cue = page.span(Extent(start, noun.i + 1))
    sources = (_before(page.text, source, contents[0].start) for source in page.source(who, noun.i))
    yield Candidate(
        construction=construction,
        lemma=noun.lemma_.lower(),
        at=page.at(noun.i),
        cue=cue,
        sources=tuple(s for s in sources if len(s) and not s.overlaps(cue)),
        contents=contents,
        traits=of_noun(noun, who, construction),
    )


def _before(text: str, source: Span, stop: int) -> Span:
    """A source without the content that the parser hung on it: `a pledge by the bank to lend more`."""
    if source.end <= stop or source.start >= stop:
        return source
    return Span(start=source.start, end=source.start + len(text[source.start : stop].rstrip(" ,")))


def _name(token: Any) -> bool:
    """`the Sorvian claim`: an adjective of a country or party, known or not."""
    return token.ent_type_ in ("NORP", "ORG", "GPE", "PERSON") or (token.text[:1].isupper() and token.i > 0)


def _noun_source(noun: Any) -> Any | None:
    for child in noun.children:
        if child.dep_ == "poss" or (child.dep_ in ("amod", "compound", "nmod") and _name(child) and child.i < noun.i):
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of", "among"):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    if noun.lemma_.lower() in SPEECH_NOUNS and after.dep_ == "prep" and after.lower_ in ("by", "from"):
        # hung on the verb by the parser: `received no warning from the owners that ...`
        return next((child for child in after.children if child.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lemma_ in ("make", "issue", "express", "repeat", "give"):
        return subject(noun.head)
    return None


def _held_clause(token: Any, end: int) -> Extent | None:
    """The clause that `according to ...` stands in the middle of, if another governs it: `said that, according to the
    bank, prices fell`. At the end of a sentence it speaks for the whole."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ not in ("ccomp", "relcl") or verb.right_edge.i < end or not verb.left_edge.i < verb.right_edge.i:
        return None
    start = verb.left_edge.i
    if verb.doc[start].dep_ == "mark":
        start += 1
    if not start <= token.i < end <= verb.right_edge.i or verb.doc[end - 1 : verb.right_edge.i].text.strip(" ,.") == "":
        return None
    return Extent(start, verb.right_edge.i + 1)


_WORDED = frozenset("account estimation eyes opinion phrase reckoning telling view words".split())


class _Named(NamedTuple):
    """What leads back to a source: the cue, the head of the source, and the token after both."""

    cue: Extent
    who: Any
    end: int


def _named(token: Any) -> _Named | None:
    """`according to the bank`, `in the words of its manager`, `in her view`."""
    if token.lower_ == "according":
        to = token.nbor() if token.i + 1 < len(token.doc) else token
        who = next((c for c in to.children if c.dep_ in ("pobj", "pcomp")), None) if to.lower_ == "to" else None
        return _Named(Extent(token.i, token.i + 2), who, phrase(who).end) if who is not None else None
    noun = next((child for child in token.children if child.dep_ == "pobj" and child.lower_ in _WORDED), None)
    if noun is None:
        return None
    for child in noun.children:
        if child.dep_ == "poss" and child.lower_ not in ("my", "our"):
            return _Named(Extent(noun.i, noun.i + 1), child, noun.i + 1)
        if child.dep_ == "prep" and child.lower_ == "of":
            who = next((grand for grand in child.children if grand.dep_ == "pobj"), None)
            return _Named(Extent(token.i, child.i + 1), who, phrase(who).end) if who is not None else None
    return None


def according(page: Page, token: Any) -> Iterator[Candidate]:
    """A clause with whose word it is on: `according to ...`, and what is said in its stead."""
    named = _named(token)
    sources = page.source(named.who, token.i) if named is not None else ()
    if named is None or not sources:
        return
    sent, end = token.sent, named.end
    clause = _held_clause(token, end)
    if clause is not None:
        contents = page.content(Extent(clause.start, token.i), token.i)
        contents += page.content(Extent(end, clause.end), token.i)
    elif token.i - sent.start <= 2:
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
            at=page.at(named.cue.start),
            cue=page.span(named.cue),
            sources=sources,
            contents=contents,
        )
