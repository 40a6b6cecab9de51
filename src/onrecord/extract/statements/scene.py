"""Who is on the scene of an article: everybody who can speak, and every place where they are seen, with their part in
the sentence. Somebody whom a pronoun has been led back to is seen there too."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from onrecord.extract.lexicon import bare, organizations, titles
from onrecord.extract.parse import Passage, Passages
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.sources import Known, known, stranger
from onrecord.model import Document, Entity, Span

Part = Literal["subject", "owner", "object", "other"]

_PARTS: dict[str, Part] = {
    "nsubj": "subject", "nsubjpass": "subject", "poss": "owner", "dobj": "object", "dative": "object",
}  # fmt: skip
_CLIMBED = frozenset(("compound", "flat", "amod", "nmod", "appos", "npadvmod"))
_NOT_BEFORE = frozenset(("the", "a", "an", "-", "–", "'s", "’s"))
"""What stands before no name of a person: `the Republican`, `Oslo-Bergen Line`."""
_LONGEST = 4
"""Words of a name that the names step does not know."""


class Sight(NamedTuple):
    """One place where somebody is seen. `who`: index in `Scene.known`; `word`: the head token of the phrase;
    `sentence`, `paragraph`: numbers in the article; `quotation`: the outermost one around it, or -1; `again`: by a
    pronoun."""

    start: int
    end: int
    who: int
    word: Any
    part: Part
    sentence: int
    paragraph: int
    quotation: int
    again: bool = False


class Scene:
    """Built once an article. Sights are only added."""

    def __init__(
        self,
        document: Document,
        passages: Sequence[Passage],
        entities: Sequence[Entity],
        quotations: Sequence[Quotation] = (),
    ) -> None:
        self.document, self.text = document, document.text
        self.passages = Passages(passages)
        self._quoted = _outermost(quotations)
        self._sentences = [[sentence.start for sentence in passage.doc.sents] for passage in passages]
        self._before = [0]
        for starts in self._sentences:
            self._before.append(self._before[-1] + len(starts))
        self.known: list[Known] = known(document, entities)
        self.by_key = {k.key: n for n, k in enumerate(self.known) if k.key}
        named = [self.sight(mention, n) for n, k in enumerate(self.known) for mention in k.mentions]
        self.sights = sorted((sight for sight in named if sight is not None), key=_order)
        self._greet(passages, entities)

    def token(self, position: int) -> Any | None:
        """The token at a place of the article."""
        passage = self.passages.at(position)
        if passage is None or position >= passage.block.span.end:
            return None
        start = position - passage.block.span.start
        piece = passage.doc.char_span(start, start + 1, alignment_mode="expand")
        return piece[0] if piece else None

    def sight(self, span: Span, who: int, *, again: bool = False) -> Sight | None:
        """How somebody is seen at a place; None where the parse has no such words."""
        word = self.token(span.end - 1)
        if word is None:
            return None
        head = word
        while head.dep_ in _CLIMBED and head.head is not head:
            head = head.head
        paragraph = self.passages.number(span.start)
        sentence = self._before[paragraph] + bisect_right(self._sentences[paragraph], word.i) - 1
        part = _PARTS.get(head.dep_, "other")
        return Sight(span.start, span.end, who, head, part, sentence, paragraph, self.quotation(span.start), again)

    def see(self, span: Span, who: int) -> None:
        """Somebody is at this place, by a pronoun or a description."""
        sight = self.sight(span, who, again=True)
        if sight is not None:
            insort(self.sights, sight, key=_order)

    def welcome(self, stranger: Known) -> int:
        """The index of somebody new, whom no entity stands for."""
        self.known.append(stranger)
        return len(self.known) - 1

    def quotation(self, position: int) -> int:
        """The number of the outermost quotation around a place, or -1."""
        index = bisect_right(self._quoted, (position, float("inf"), 0)) - 1
        if index >= 0 and self._quoted[index][0] <= position < self._quoted[index][1]:
            return self._quoted[index][2]
        return -1

    def index_at(self, position: int) -> int | None:
        """Who is seen at a place, by index in `known`."""
        index = bisect_right(self.sights, position, key=_start) - 1
        if index < 0 or not self.sights[index].start <= position < self.sights[index].end:
            return None
        return self.sights[index].who

    def between(self, start: int, end: int) -> Iterator[Sight]:
        """Sights that begin at or after `start` and before `end`, in order."""
        for index in range(bisect_left(self.sights, start, key=_start), len(self.sights)):
            if self.sights[index].start >= end:
                return
            yield self.sights[index]

    def paragraphs(self, before: int, after: int) -> int:
        """How many paragraphs on one place is from another."""
        return self.passages.number(after) - self.passages.number(max(0, before - 1))

    def headline(self, place: int) -> bool:
        """Whether a place lies in a title or a heading."""
        passage = self.passages.at(place)
        return passage is not None and passage.block.kind in ("title", "heading")

    def _greet(self, passages: Sequence[Passage], entities: Sequence[Entity]) -> None:
        """Capitalised names that the names step does not know: another place of a person's surname, or a stranger."""
        taken = {i for entity in entities for mention in entity.mentions for i in range(mention.start, mention.end)}
        surnames: dict[str, list[int]] = {}
        for n, k in enumerate(self.known):
            if k.person:
                surnames.setdefault(k.name.split()[-1], []).append(n)
        for passage in passages:
            if passage.block.kind in ("title", "heading"):
                continue
            for start, end in _unknown(passage, taken):
                span = Span(start=start, end=end)
                name = " ".join(span.of(self.text).split())
                bearers = surnames.setdefault(name.split()[-1], [])
                if not bearers:
                    bearers.append(self.welcome(stranger(name, span)))
                sight = self.sight(span, bearers[0]) if len(bearers) == 1 else None
                if sight is not None:
                    self.sights.append(sight)
        self.sights.sort(key=_order)


def _start(sight: Sight) -> int:
    return sight.start


def _order(sight: Sight) -> tuple[int, int]:
    return sight.start, sight.end


def _outermost(quotations: Sequence[Quotation]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for start, end, number in sorted((p.start, p.end, n) for n, q in enumerate(quotations) for p in q.parts):
        if not found or end > found[-1][1]:
            found.append((start, end, number))
    return found


def _unknown(passage: Passage, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of words that the tagger takes for names, and no mention covers."""
    base, run = passage.block.span.start, []
    for token in passage.doc:
        name = (
            token.pos_ == "PROPN"
            and token.text[:1].isupper()
            and not token.is_upper
            and token.is_alpha
            and token.ent_type_ != "GPE"
            and bare(token.text) not in organizations().ordinary
            and base + token.idx not in taken
        )
        if name:
            run.append(token)
        if run and not (name and token.i + 1 < len(passage.doc)):
            before = passage.doc[run[0].i - 1].lower_ if run[0].i else ""
            titled = bare(before) in titles().honorifics
            ordinary = before in _NOT_BEFORE or bare(run[-1].text) in titles().before
            if len(run) <= _LONGEST and (titled or not ordinary):
                yield base + run[0].idx, base + run[-1].idx + len(run[-1])
            run = []
