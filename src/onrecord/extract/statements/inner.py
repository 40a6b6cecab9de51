"""What is said inside what is said: a content read as a text of its own, to any depth.

The grammar proposes, and a candidate stands if it looks like those that annotators mark (`likely`). Where that leaves
doubt, the encoder reads the content around the candidate as if it were an article, and what it takes for a cue there
stands too. Alone it is no guide: it has only seen whole articles, and finds half of what the grammar finds. What stands
is held to the content around it, and cut off where a clause beside its own begins.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.extract.covers import covering
from onrecord.extract.encoder import label, read
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.likely import likely
from onrecord.extract.statements.nesting import parents
from onrecord.extract.statements.page import Candidate
from onrecord.extract.statements.spotted import Spotted
from onrecord.extract.statements.traits import THING
from onrecord.extract.statements.words import SPEECH_NOUNS, SPEECH_VERBS, WILL_NOUNS
from onrecord.model import Span

_ORDER = (
    "after quoted", "clause that", "clause", "clause wh", "according", "object claim", "quote", "name", "to",
    "noun that", "noun to",
)  # fmt: skip
"""Of several constructions that one cue stands in, the first; any other comes after these, by its chance."""

_FREE = frozenset(("after quoted", "according", "clause", "clause that", "clause wh", "quote"))
"""Constructions with a clause or a quotation for their content, which are open to any verb that is likely."""

_PREPOSITIONS = {
    "of": frozenset("accuse boast complain suspect warn".split()),
    "as": SPEECH_VERBS | {"see", "view", "regard"},
    "for": frozenset("appeal ask beg call plead press push".split()),
    "to": frozenset("admit agree confess object".split()),
    "on": frozenset("insist".split()),
    "against": frozenset("argue protest warn".split()),
}
"""What follows these verbs after these words is what they say, not what they are about (`spoke about`)."""

_TO_WHOM = frozenset(
    "advise assure brief convince inform instruct invite notify persuade reassure remind tell text".split()
)
"""Verbs whose object is who is told, not what."""

_OPENERS, _CLOSERS = "“\"«„‘'`", "”\"»’'"
_BESIDE = re.compile(r"[,;][”\"’']? (?:and|but|while|yet|or) (?:[\"“'‘]?that )?\Z")
"""What parts a clause from the one before it, beside which it stands."""
_PARTING = 12
"""Code points that a conjunction and its commas take."""

_PARTS = 50
"""Paragraphs of one quotation that a content inside it is looked for in."""

DEEPEST = 4
"""Contents inside each other that are each read again; what lies deeper is read with the last of them."""

AGREED = 0.75
"""The share that is right of the doubtful ones on which grammar and encoder agree (22 of 29 of our cases)."""

_COMMA = re.compile(r"[,;]\s+")
_LEAD = re.compile(r"(?:and |but )?that ")
CLAIMED = 0.7
"""Of a noun for what somebody says, with that somebody and what he says beside it (`the strikers' demand that ...`):
a statement by the rules of `evals/nested.md`, though annotators of whole articles pass over every other one."""

SURE = 0.5
"""A candidate stands that is at least this likely; with a word of saying also a less likely one, if the encoder
agrees."""


def inside(
    text: str, outer: Sequence[Spotted], proposed: Sequence[Candidate], quotations: Sequence[Quotation]
) -> list[Spotted]:
    """The statements inside the contents of `outer`, at any depth, in the order of their cues."""
    contents = [(content, one) for one in outer for content in one.contents]
    around = covering(contents, [candidate.at for candidate in proposed])
    best = list(_best((c, holding[-1]) for c, holding in zip(proposed, around, strict=True) if holding))
    marks = covering([(part, part) for q in quotations for part in q.parts], [one.at for one, _, _ in best])
    found: list[Spotted] = []
    for (candidate, (content, statement), chance), marked in zip(best, marks, strict=True):
        if _no_voice(text, candidate, content, [part for part, _ in marked]):
            continue
        pieces = tuple(_within(text, piece, content, statement) for piece in candidate.contents)
        pieces = tuple(piece for piece in pieces if len(pieces) == 1 or len(piece.of(text).split()) > 1)
        if any(map(len, pieces)):
            found.append(
                Spotted(
                    sources=tuple(s for s in candidate.sources if s in content),
                    cue=candidate.cue,
                    contents=pieces,
                    rule=candidate.construction,
                    score=round(chance, 3),
                )
            )
    return _beside(text, _agreed(text, outer, found, quotations))


_Held = tuple[Candidate, tuple[Span, Spotted]]


def _best(proposed: Iterable[_Held]) -> Iterator[tuple[Candidate, tuple[Span, Spotted], float]]:
    """Of each cue word the best construction, if it is likely enough, with the content around it, in order."""
    by_cue: dict[int, list[tuple[bool, int, float, _Held]]] = {}
    for held in proposed:
        candidate = held[0]
        chance = likely(candidate)
        if candidate.construction.startswith("noun") and candidate.sources and _says(candidate):
            chance = max(chance, CLAIMED)
        if chance >= SURE or candidate.lemma in SPEECH_VERBS or candidate.lemma in SPEECH_NOUNS:
            rank = _ORDER.index(candidate.construction) if candidate.construction in _ORDER else len(_ORDER)
            by_cue.setdefault(candidate.at, []).append((chance < SURE, rank, -chance, held))
    for _, options in sorted(by_cue.items()):
        _, _, negative, (candidate, holder) = min(options, key=lambda option: option[:3])
        yield candidate, holder, -negative


def _agreed(
    text: str, outer: Sequence[Spotted], found: list[Spotted], quotations: Sequence[Quotation]
) -> list[Spotted]:
    """Those that are sure, and of the others those whose cue the encoder finds too, when it reads the content around
    it as a text of its own."""
    sure = {one.at for one in found if (one.score or 0.0) >= SURE}
    firm = [*outer, *(one for one in found if one.at in sure)]
    doubtful = [one for one in found if one.at not in sure]
    around = covering([(content, one) for one in firm for content in one.contents], [one.at for one in doubtful])
    contents = sorted({_bare(text, holding[:DEEPEST][-1][0]) for holding in around if holding})
    own = [q for q in quotations if any(part in content for part in q.parts for content in contents)]
    cued = label(read(text, contents, own))["Cue"].spans if contents else []
    cues = {at for cue in cued for at in range(cue.start, cue.end)}
    agreed = {one.at for one in doubtful if one.cue and not cues.isdisjoint(range(one.cue.start, one.cue.end))}
    return [
        one if one.at in sure else msgspec.structs.replace(one, score=AGREED)
        for one in found
        if one.at in sure or one.at in agreed
    ]


def _bare(text: str, content: Span) -> Span:
    """A content without marks and without the `that` which ties it to its cue, as it would stand alone."""
    start, end = content.start, content.end
    while start < end and text[start] in _OPENERS + " ":
        start += 1
    while end > start and text[end - 1] in _CLOSERS + " ":
        end -= 1
    lead = _LEAD.match(text, start, end)
    return Span(start=lead.end() if lead else start, end=end)


def _no_voice(text: str, candidate: Candidate, content: Span, marked: Sequence[Span]) -> bool:
    """Whether nobody speaks here but whoever speaks around it: in the name of a work, in `I think`, `wants to say`."""
    if THING in candidate.traits or not _says(candidate):
        return True
    named = any(_is_name(text, part) for part in marked if part.start > content.start)
    return named or _repeats(candidate, content) or _own_view(candidate)


def _is_name(text: str, part: Span) -> bool:
    """Whether marks hold the name of a work, a ship, a law: every longer word is written large."""
    words = part.of(text).strip(_OPENERS + _CLOSERS + ",").split()
    long = [word for word in words if len(word) > 3]
    return (
        1 < len(words) < 12 and bool(long) and all(word[:1].isupper() for word in long) and words[-1][-1:] not in ".?!"
    )


def _own_view(candidate: Candidate) -> bool:
    """`I think`, `we demand`: what the speaker thinks as he speaks; the statement around it says so already."""
    traits = candidate.traits
    if "who i" in traits or "who we" in traits:
        return not any(f"form {form}" in traits for form in ("past", "perfect", "participle", "was"))
    return "who you" in traits and ("form present" in traits or "form modal" in traits)


def _repeats(candidate: Candidate, content: Span) -> bool:
    """`demanded | to know whether`: what a cue governs, with its own source, adds no voice."""
    if candidate.sources:
        return candidate.construction != "according" and not any(source in content for source in candidate.sources)
    return "form to" in candidate.traits and candidate.cue.start - content.start < 4


def _says(candidate: Candidate) -> bool:
    """Whether a cue that has no clause for its content is a word of saying: `rejected the offer`, `vowed to stay`. Of
    other words annotators of an election mark `attacked` and `supported`, which outside one are seldom said. What is
    done to some end (`to say something`) is a statement only if what is said stands there."""
    construction, lemma = candidate.key
    if construction.startswith("noun"):
        return lemma in (WILL_NOUNS if construction == "noun to" else SPEECH_NOUNS)
    if "form to" in candidate.traits:
        return (
            construction in ("clause that", "clause", "quote")
            and bool(candidate.sources)
            and "who it" not in candidate.traits
        )
    if construction.startswith("prep "):
        return lemma in _PREPOSITIONS.get(construction[5:], ())
    if construction == "object" and lemma in _TO_WHOM:
        return False
    return construction in _FREE or lemma in SPEECH_VERBS


def _within(text: str, piece: Span, content: Span, statement: Spotted) -> Span:
    """What of a content lies in the content around it; a quotation over paragraphs may lie in several."""
    if piece in content or any(piece in other for other in statement.contents[:_PARTS]):
        return piece
    start = max(piece.start, content.start)
    end = max(start, min(piece.end, content.end))
    comma = _COMMA.match(text, start, end)
    return Span(start=comma.end() if comma else start, end=end)


def _beside(text: str, found: list[Spotted]) -> list[Spotted]:
    """Contents cut off where a statement begins that stands beside theirs: `X said that ..., and Y told me ...`."""
    cuts: dict[int, int] = {}
    for index, above in enumerate(parents(found)):
        if above is None:
            continue
        start, holder = found[index].start, found[above].contents[0]
        if parting := _BESIDE.search(text, max(holder.start + 1, start - _PARTING), max(holder.start + 1, start)):
            cuts[above] = min(cuts.get(above, parting.start()), parting.start())
    return [_cut(one, cuts[index]) if index in cuts else one for index, one in enumerate(found)]


def _cut(one: Spotted, end: int) -> Spotted:
    contents = tuple(Span(start=c.start, end=min(c.end, end)) for c in one.contents if c.start < end)
    return msgspec.structs.replace(one, contents=contents)
