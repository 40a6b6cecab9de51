"""Statements that the layout proves: a block after a colon, a transcript's labels, a quotation signed with a dash or
standing alone."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.extract.parse import Passage
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.clauses import agent, subject, verb_group
from onrecord.extract.statements.cues import cues
from onrecord.extract.statements.page import Page
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Document, Span

_SPOKEN = ("clause", "clause that", "quote", "after quoted")
_LABEL = re.compile(r"[\"“]?([A-Z][A-Z.'’\- ]{1,40}|[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3}): ")
_NAME = r"[A-Z][\w.'’\-]*(?: (?:(?:de|da|van|von|al|bin|la) )?[A-Z][\w.'’\-]*){0,4}"
_SIGNED = re.compile(
    rf"\s{{0,3}}([—―–]|--?)\s{{0,3}}({_NAME})(?=\.?\s*(?:\n|\Z|[“\"])|, [^\n.!?“\"]{{1,100}}\.?\s*(?:\n|\Z))"
)
_SHORTEST = 4
"""Words of a quotation that stands alone; a shorter one is a name or a scare quote until a cue says otherwise."""


def introduced(
    document: Document, page: Page, later: Sequence[Page], quotations: Sequence[Quotation]
) -> Spotted | None:
    """What a paragraph that ends in a colon introduces: quoted blocks, or a quotation that opens the next paragraph."""
    block = page.passage.block
    if not block.span.of(document.text).rstrip().endswith(":") or not later:
        return None
    contents: list[Span] = []
    for following in later:
        if following.passage.block.kind != "quote":
            break
        contents.append(following.passage.block.span)
    quoted = bool(contents)
    if not contents:
        opening = next((q for q in quotations if q.start == later[0].passage.block.span.start), None)
        contents.extend(opening.parts if opening else ())
    if not contents:
        return None
    sentence = list(page.doc.sents)[-1]
    spoken = [
        (max(cues().rate(construction, token.lemma_.lower()) for construction in _SPOKEN), token.i, token)
        for token in sentence
        if token.pos_ == "VERB"
        and page.inside(page.at(token.i)) is None
        and not (token.i > sentence.start and page.doc[token.i - 1].lower_ == "as")  # `as follows`
    ]
    if not spoken:
        return None
    rate, _, verb = max(spoken)
    passive = agent(verb)
    cue = page.span(verb_group(verb))
    sources = page.source(passive if passive is not None else subject(verb), verb.i)
    return Spotted(
        sources=tuple(s for s in sources if not s.overlaps(cue)),
        cue=cue,
        contents=tuple(contents),
        rule="block" if quoted else "colon",
        score=round(rate, 3),
        block=quoted,
    )


def labelled(document: Document, passages: Sequence[Passage]) -> Iterator[Spotted]:
    """Transcripts: `MAYOR: ...`. A label counts if it is in capitals, or comes back at another paragraph."""
    text = document.text
    labels = [(p.block, _LABEL.match(text, p.block.span.start, p.block.span.end)) for p in passages]
    names = [match.group(1) for block, match in labels if match and block.kind == "paragraph"]
    for block, match in labels:
        if not match or block.kind != "paragraph":
            continue
        name = match.group(1)
        if names.count(name) < 2 and not (name.isupper() and len(set(names)) > 1):
            continue
        content = Span(start=match.end(), end=block.span.end)
        yield Spotted(
            sources=(Span(start=match.start(1), end=match.end(1)),),
            cue=Span(start=match.end(1), end=match.end(1) + 1),
            contents=(content,),
            rule="label",
            score=0.9,
        )


def signed(text: str, passages: Sequence[Passage], quotations: Sequence[Quotation]) -> Iterator[Spotted]:
    """Testimonials and mottoes: a whole quotation, a dash, and a name at the end of the paragraph."""
    starts = {passage.block.span.start for passage in passages}
    follows = -1
    for quotation in quotations:
        match = _SIGNED.match(text, quotation.end) if quotation.closed and not quotation.depth else None
        if match is None or not (
            quotation.start in starts or (not text[follows : quotation.start].strip(" .") and follows >= 0)
        ):
            continue
        follows = match.end(2)
        yield Spotted(
            sources=(Span(start=match.start(2), end=match.end(2)),),
            cue=Span(start=match.start(1), end=match.end(1)),
            contents=quotation.parts,
            rule="signed",
            score=0.9,
        )


def alone(
    text: str, passages: Sequence[Passage], quotations: Sequence[Quotation], found: list[Spotted]
) -> list[Spotted]:
    """Whole sentences in marks that no cue claims: they go on with the quotation before them, else stand alone."""
    order = {passage.block.span.start: number for number, passage in enumerate(passages)}
    result = list(found)

    def paragraph(position: int) -> int:
        return max((n for s, n in order.items() if s <= position), default=-1)

    for quotation in quotations:
        if quotation.depth or any(c.overlaps(part) for s in result for c in s.contents for part in quotation.parts):
            continue
        if any(c.overlaps(part) for s in result for c in s.sources for part in quotation.parts):
            continue
        words = quotation.parts[0].of(text).split()
        before = text[: quotation.start].rstrip()[-1:]
        opens = quotation.start in order or before in '.?!”"'
        whole = quotation.parts[-1].of(text).rstrip("”\"’'»").endswith((".", "?", "!", "…"))
        if len(words) < _SHORTEST or not opens or not whole or words[0][1:2].islower():
            continue
        last = max(
            (s for s in result if s.contents[-1].end <= quotation.start), key=lambda s: s.contents[-1].end, default=None
        )
        near = last is not None and paragraph(quotation.start) - paragraph(last.contents[-1].start) <= 1
        if last is not None and near and last.cue and text[last.contents[-1].end - 1] in '”"' and not last.block:
            result[result.index(last)] = msgspec.structs.replace(last, contents=(*last.contents, *quotation.parts))
        else:
            result.append(Spotted(contents=quotation.parts, rule="alone", score=0.5))
    return result
