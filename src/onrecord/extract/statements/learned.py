"""The encoder's labelled spans put together: each cue with the contents that belong to it, and its source.

The encoder labels words one by one and can leave a cue out. Its contents would then fall to another cue, and one
man's words to another's name. So a span belongs to a cue only where nothing that ends a sentence parts them, and a
cue that the grammar is sure of is added before the spans are dealt out.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from onrecord.extract.encoder import Labelled, Reading, label
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.cues import cues as table
from onrecord.extract.statements.evidence import Evidence, least
from onrecord.extract.statements.linking import Role, choose
from onrecord.extract.statements.page import Candidate
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span

SURE = 0.65
"""A cue that the grammar proposes and annotators mark at least this often stands though the encoder left it out."""

_ABBREVIATIONS = "Mr Ms Dr St Lt Jr Sr No Mrs Sen Rep Gov Gen Rev Col Sgt Maj Adm Capt Prof Corp Inc Ltd Co vs".split()
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])"
    + "".join(rf"(?<!\b{word})" for word in _ABBREVIATIONS)
    + r"[.?!]['\"”’)]*\s+(?=[\"“‘'(\[]*[A-Z])|\n"
)
_COMMA = re.compile(r"[,;]\s+")
_HANGING = re.compile(r",?\s(?:that|which|who|whose|and|but|or)\Z")
_BESIDE, _NEAR = 4, 80
"""Words, and code points, between two parts of one statement: room for `of course` or `the next day`."""

_SPOKEN_OF = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|gets?|got)\b(?: \w+)? (?:accused|blamed|branded|called|characteri[sz]ed|"
    r"condemned|credited|critici[sz]ed|denounced|described|dismissed|hailed|labell?ed|mocked|portrayed|praised|rated)\b"
)
"""In the passive of these verbs who stands before the cue is spoken of, and does not speak."""

_OPENING = "“\"‘'«„`"


def learned(
    text: str,
    readings: Sequence[Reading],
    proposed: Iterable[Candidate],
    quotations: Sequence[Quotation],
    claimed: Sequence[Span],
) -> Iterator[Spotted]:
    """The statements of the article's own level, in the order of their cues. `claimed`: contents whose cue is known."""
    found = label(readings)
    found["Content"] = _unclaimed(found["Content"], claimed)
    proposed = list(proposed)
    contents, sources = list(_tidied(text, found["Content"].spans)), found["Source"].spans
    cues, scores = _with_sure(found, proposed)
    spans_of: dict[Role, list[Span]] = {"content": contents, "source": sources}
    labelled = {"Cue": found["Cue"].spans, "Content": contents, "Source": sources}
    sure = {role: dict(zip(spans, found[role].sureness, strict=False)) for role, spans in labelled.items()}
    dealt: dict[Role, dict[int, list[tuple[float, Span]]]] = {"content": {}, "source": {}}
    for role, spans in spans_of.items():
        for span in spans:
            choice = choose(text, role, span, cues, spans)
            if choice is not None and _reaches(text, role, cues[choice.cue], span, contents):
                dealt[role].setdefault(choice.cue, []).append((choice.probability, span))
    for index, cue in enumerate(cues):
        given = dealt["source"].get(index, [])
        own = _joined(text, [cue, *(span for _, span in given)], [span for _, span in dealt["content"].get(index, ())])
        if not own:
            continue
        nearest = [max(given)] if given else []
        source = _source(text, cue, [span for _, span in nearest], proposed, sources)
        yield Spotted(
            sources=source,
            cue=cue,
            contents=_whole(own, contents, quotations),
            rule="encoder" if scores[index] is not None else "encoder and grammar",
            score=None if scores[index] is None else round(min(1.0, math.exp(scores[index] or 0.0)), 3),
            evidence=Evidence(
                cue=sure["Cue"].get(cue),
                content=least(sure["Content"].get(span) for span in own),
                source=least(sure["Source"].get(span) for span in source),
                linked=min(probability for probability, _ in (*dealt["content"][index], *nearest)),
            ),
        )


def _unclaimed(found: Labelled, claimed: Sequence[Span]) -> Labelled:
    kept = [i for i, span in enumerate(found.spans) if not any(span.overlaps(one) for one in claimed)]
    return Labelled([found.spans[i] for i in kept], [found.scores[i] for i in kept], [found.sureness[i] for i in kept])


def _tidied(text: str, contents: Sequence[Span]) -> Iterator[Span]:
    """Contents without a comma before them, and without the first word of a clause that they do not hold (`a
    partnership that`). A lone `that` (`said that, by his account, the port is shut`) goes on to the end of the next."""
    for content, following in zip_longest(contents, contents[1:]):
        comma = _COMMA.match(text, content.start, content.end)
        start = comma.end() if comma and comma.end() < content.end else content.start
        if following is not None and text[start : content.end].rstrip(" ,").lower() == "that":
            lone = not _SENTENCE_END.search(text, content.end, following.start)
            yield Span(start=start, end=following.end if lone else content.end)
            continue
        hanging = _HANGING.search(text, start, content.end)
        yield Span(start=start, end=hanging.start() if hanging and hanging.start() > start else content.end)


def _with_sure(found: dict[str, Labelled], proposed: Iterable[Candidate]) -> tuple[list[Span], list[float | None]]:
    """The encoder's cues, and those of the grammar that stand in no labelled span though they surely should."""
    taken = {at for one in found.values() for span in one.spans for at in range(span.start, span.end)}
    cues: dict[Span, float | None] = dict(zip(found["Cue"].spans, found["Cue"].scores, strict=True))
    for candidate in proposed:
        if table().rate(*candidate.key) >= SURE and taken.isdisjoint(range(candidate.cue.start, candidate.cue.end)):
            cues.setdefault(candidate.cue, None)
    ordered = sorted(cues)
    return ordered, [cues[cue] for cue in ordered]


def _reaches(text: str, role: Role, cue: Span, span: Span, contents: Sequence[Span]) -> bool:
    """Whether a cue and a span can belong together. What stands between is read without the contents in it; a
    quotation may follow its cue, or the first half of itself, in a sentence or paragraph of its own."""
    start, end = (span.end, cue.start) if span.start < cue.start else (cue.end, span.start)
    quoted_after = role == "content" and text[span.start : span.start + 1] in _OPENING and span.start > cue.start
    # Another content in between stands for one word: what ends before it is a sentence of its own.
    word = " " if quoted_after else "X"
    between, at = "", start
    for content in contents[bisect_left(contents, start, key=lambda c: c.start) :]:
        if content.start >= end:
            break
        if content.end <= end:
            between, at = between + text[at : content.start] + word, content.end
    between += text[at:end]
    ends = len(_SENTENCE_END.findall(between + text[end : end + 1]))
    return ends <= 2 if quoted_after else ends == 0


def _joined(text: str, known: Sequence[Span], contents: Sequence[Span]) -> list[Span]:
    """The content nearest to a cue, and of the others those that stand beside some part of the statement, or in marks:
    one farther off had a cue of its own, which the encoder left out."""
    parts, kept = list(known), list[Span]()

    def beside(content: Span, part: Span) -> bool:
        start, end = min(part.end, content.end), max(part.start, content.start)
        return end - start <= _NEAR and len(text[start:end].split()) <= _BESIDE

    for content in sorted(contents, key=lambda c: min(abs(c.start - known[0].end), abs(known[0].start - c.end))):
        if not kept or text[content.start] in _OPENING or any(beside(content, part) for part in parts):
            kept.append(content)
            parts.append(content)
    return sorted(kept)


def _source(
    text: str, cue: Span, own: Sequence[Span], proposed: Iterable[Candidate], sources: Sequence[Span]
) -> tuple[Span, ...]:
    """The source of a cue. Where the encoder has none (`said ..., adding ...` share one) or only a tail of one, it is
    what the grammar takes for the subject."""
    own = [one for one in own if one.of(text).lower() not in ("a", "an", "the")]
    if own and own[0].end <= cue.start and _SPOKEN_OF.search(cue.of(text).lower()):
        return ()
    if own and not _broken_off(text, own[0]):
        return tuple(own)
    candidate = next((c for c in proposed if cue.start <= c.at < cue.end and c.sources), None)
    if candidate is None:
        return tuple(own)
    subject = candidate.sources[0]
    if own and own[0] not in subject:
        return tuple(own)
    return (next((s for s in sources if s.overlaps(subject) and s.start <= subject.start), subject),)


def _broken_off(text: str, source: Span) -> bool:
    """Whether a source ends in the first word of a clause that should have followed, or in the middle of a name."""
    within_name = re.match(r"\w|[ -][A-Z]", text[source.end : source.end + 2]) is not None
    return within_name or source.of(text).rstrip(" ,").endswith((" who", " which", " that", " whose"))


def _whole(spans: Sequence[Span], taken: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """Contents with the paragraphs of a quotation that the encoder, reading by windows, has left out."""
    result = list(spans)
    for quotation in quotations:
        if len(quotation.parts) > 1 and any(part.overlaps(span) for part in quotation.parts for span in spans):
            result.extend(part for part in quotation.parts if not any(part.overlaps(other) for other in taken))
    return tuple(sorted(result))
