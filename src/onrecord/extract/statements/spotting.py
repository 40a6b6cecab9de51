"""Where the statements are: spans of sources, cues and contents, before anybody is identified.

This is the seam at which a trained model takes over from the rules: whatever yields `Spotted` statements can stand
in the place of `spot`; nesting, speakers and labels are worked out from the spans alone.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.extract.parse import Passage
from onrecord.extract.statements.clauses import agent, subject, verb_group
from onrecord.extract.statements.constructions import candidates
from onrecord.extract.statements.cues import THRESHOLD, cues
from onrecord.extract.statements.page import Candidate, Page
from onrecord.extract.statements.quotations import Quotation
from onrecord.model import Document, Span

_ORDER = (
    "after quoted",
    "clause",
    "clause wh",
    "according",
    "object claim",
    "quote",
    "name",
    "to",
    "noun that",
    "noun to",
)
"""Of several constructions that one cue stands in, the first; any other comes after these, by its rate."""

_SPOKEN = ("clause", "clause that", "quote", "after quoted")
_LABEL = re.compile(r"[\"“]?([A-Z][A-Z.'’\- ]{1,40}|[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3}): ")
_SHORTEST = 4
"""Words of a quotation that stands alone; a shorter one is a name or a scare quote until a cue says otherwise."""


class Spotted(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as spans. `rule` names what found it, `score` is the estimated share that is right."""

    sources: tuple[Span, ...] = ()
    cue: Span | None = None
    contents: tuple[Span, ...] = ()
    rule: str
    score: float | None = None
    block: bool = False

    @property
    def start(self) -> int:
        """Where it stands in the order of the article."""
        return min(int(span.start) for span in (*self.sources, *((self.cue,) if self.cue else ()), *self.contents))

    @property
    def at(self) -> int:
        """The place by which it lies inside another statement or not."""
        return self.cue.start if self.cue else self.contents[0].start


def spot(document: Document, passages: Sequence[Passage], quotations: Sequence[Quotation]) -> list[Spotted]:
    """Statements of one article in order of place, nested ones among them."""
    text = document.text
    pages = [Page(passage, text, quotations) for passage in passages]
    found = list(_labelled(document, passages))
    for number, page in enumerate(pages):
        stated = list(_accepted(candidates(page)))
        introduced = _introduced(document, page, pages[number + 1 :], quotations)
        if introduced is not None:
            stated = [s for s in stated if s.cue != introduced.cue]
            found.append(introduced)
        found.extend(stated)
    found = _apart(found)
    return sorted(_alone(text, passages, quotations, found), key=lambda s: (s.start, s.at))


def _accepted(proposed: Iterator[Candidate]) -> Iterator[Spotted]:
    by_cue: dict[int, list[tuple[int, float, Candidate]]] = {}
    for candidate in proposed:
        rate = cues().rate(*candidate.key)
        if rate >= THRESHOLD:
            rank = _ORDER.index(candidate.construction) if candidate.construction in _ORDER else len(_ORDER)
            by_cue.setdefault(candidate.at, []).append((rank, -rate, candidate))
    for options in by_cue.values():
        _, negative, best = min(options, key=lambda option: option[:2])
        yield Spotted(
            sources=best.sources,
            cue=best.cue,
            contents=best.contents,
            rule=best.construction,
            score=round(-negative, 3),
        )


def _apart(found: list[Spotted]) -> list[Spotted]:
    """One statement a cue: of two whose cues overlap (`continued to insist`), the one with the longer cue."""
    kept: list[Spotted] = []
    for statement in sorted(found, key=lambda s: (-len(s.cue or ()), s.at)):
        if statement.cue is None or not any(other.cue and other.cue.overlaps(statement.cue) for other in kept):
            kept.append(statement)
    return sorted(kept, key=lambda s: (s.start, s.at))


def _introduced(
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
        if token.pos_ == "VERB" and page.inside(page.at(token.i)) is None
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


def _labelled(document: Document, passages: Sequence[Passage]) -> Iterator[Spotted]:
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


def _alone(
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
