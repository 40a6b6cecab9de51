"""Where the statements are: the encoder's at the article's own level, the grammar's inside them, the layout's beside.

The encoder has learned from annotators what counts as a statement, and is right more often than rules are. It knows
one level only. What is said inside a content is found by the constructions of the grammar, and what paragraphs prove
(a block after a colon, a transcript, a quotation over several paragraphs) by their layout.
"""

from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.parse import Passage
from onrecord.extract.statements.constructions import candidates
from onrecord.extract.statements.cues import INNER, cues
from onrecord.extract.statements.learned import learned
from onrecord.extract.statements.page import Candidate, Page
from onrecord.extract.statements.paragraphs import alone, introduced, labelled
from onrecord.extract.statements.quotations import Quotation
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Document

_ORDER = (
    "after quoted", "clause that", "clause", "clause wh", "according", "object claim", "quote", "name", "to",
    "noun that", "noun to",
)  # fmt: skip
"""Of several constructions that one cue stands in, the first; any other comes after these, by its rate."""


def spot(document: Document, passages: Sequence[Passage], quotations: Sequence[Quotation]) -> list[Spotted]:
    """Statements of one article in order of place, nested ones among them."""
    text = document.text
    pages = [Page(passage, text, quotations) for passage in passages]
    proposed = [candidate for page in pages for candidate in candidates(page)]
    outer = list(labelled(document, passages))
    for number, page in enumerate(pages):
        found = introduced(document, page, pages[number + 1 :], quotations)
        outer.extend([found] if found is not None else [])
    outer = _apart([*outer, *learned(text, [passage.block.span for passage in passages], proposed, quotations)])
    inner = [
        one
        for one in accepted(proposed, INNER)
        if any(c.start <= one.at < c.end for o in outer for c in o.contents)
        and not any(o.cue is not None and one.cue is not None and o.cue.overlaps(one.cue) for o in outer)
    ]
    return sorted(alone(text, passages, quotations, _apart([*outer, *inner])), key=lambda s: (s.start, s.at))


def accepted(proposed: Iterable[Candidate], threshold: float) -> Iterator[Spotted]:
    """The grammar's statements: of each cue word the best construction, if annotators mark it often enough."""
    by_cue: dict[int, list[tuple[int, float, Candidate]]] = {}
    for candidate in proposed:
        rate = cues().rate(*candidate.key)
        if rate >= threshold:
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
    """One statement a cue: of two whose cues overlap, the first given, else that with the longer cue."""
    kept: list[Spotted] = []
    for statement in sorted(
        found, key=lambda s: (s.rule not in _LAYOUT, not s.rule.startswith("encoder"), -len(s.cue or ()), s.at)
    ):
        if statement.cue is None or not any(other.cue and other.cue.overlaps(statement.cue) for other in kept):
            kept.append(statement)
    return sorted(kept, key=lambda s: (s.start, s.at))


_LAYOUT = ("block", "colon", "label")
"""Rules of `paragraphs`, which come before the encoder's statements, and these before the grammar's."""
