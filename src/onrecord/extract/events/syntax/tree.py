"""The parse of a passage as plain lists: asking the parser's tokens one by one costs many times as much."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.extract.events.syntax.ellipses import Parse, mend
from onrecord.extract.events.syntax.gerunds import mend_gerunds
from onrecord.extract.events.syntax.initials import mend_initials
from onrecord.extract.events.syntax.series import mend_series
from onrecord.extract.parse import Passage

_READ = ["HEAD", "DEP", "TAG", "POS", "LEMMA", "LOWER", "SENT_START", "IDX", "LENGTH"]


_MISREAD = {
    word: verb
    for verb, words in {
        "stage": "staged staging stages",
        "wage": "waged waging wages",
        "rape": "raped raping rapes",
        "fine": "fined fining fines",
        "snipe": "sniped sniping snipes",
        "forgive": "forgave",
        "lambaste": "lambasted lambasting lambastes",
        "cordon": "cordoned cordoning",
        "rearrest": "rearrested rearresting",
        "relaunch": "relaunched relaunching relaunches",
        "resupply": "resupplied resupplying resupplies",
        "waterboard": "waterboarded waterboarding",
    }.items()
    for word in words.split()
}
"""Verbs that the parser takes for forms of others (`stag`, `wag`, `rap`), by the word as it stands."""

_MOST = 200
"""Children of one token: of more, which only a hostile text has, those nearest to it are kept, so that to look at all
of them for each of many deeds stays linear."""


class Tree(NamedTuple):
    """What the parser found of a passage, an item a token, by the token's index in it.

    `words` and `lemmas` in lower case; `heads` and `sentences` (the first token of each one's sentence) are indices;
    `starts` and `ends` code points of the passage; `children` the indices of what hangs on a token, in order.
    """

    passage: Passage
    words: list[str]
    lemmas: list[str]
    tags: list[str]
    parts: list[str]
    links: list[str]
    heads: list[int]
    sentences: list[int]
    starts: list[int]
    ends: list[int]
    children: list[list[int]]

    @property
    def size(self) -> int:
        return len(self.words)

    def covering(self, place: int) -> int:
        """The token that covers code point `place` of the passage, or the last before it."""
        return max(0, bisect_right(self.starts, place) - 1)

    def within(self, start: int, end: int) -> range:
        """The tokens that begin in a stretch of code points of the passage."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def child(self, index: int, *links: str) -> int | None:
        """The first token that hangs on this one by one of the links."""
        return next((c for c in self.children[index] if self.links[c] in links), None)

    def upward(self, index: int) -> Iterator[int]:
        """The token, what it hangs on, and so on up to the root of its sentence."""
        yield index
        while self.heads[index] != index:
            index = self.heads[index]
            yield index

    def below(self, index: int) -> Iterator[int]:
        """All that hangs on a token, itself included, in no order."""
        waiting = [index]
        while waiting:
            index = waiting.pop()
            yield index
            waiting.extend(self.children[index])

    def rightmost(self, index: int) -> int:
        """The last token of what hangs on a token and stands behind it, itself if nothing does."""
        while self.children[index] and self.children[index][-1] > index:
            index = self.children[index][-1]
        return index

    def last(self, index: int) -> int:
        """The last token of a token's sentence."""
        first = self.sentences[index]
        return bisect_right(self.sentences, first) - 1


def _initials(text: str, starting: list[int], starts: list[int], lengths: list[int]) -> list[bool]:
    """Whether a token begins a sentence and is three capitals or more."""
    found = [False] * len(starts)
    for index, (begins, start, length) in enumerate(zip(starting, starts, lengths, strict=True)):
        found[index] = (begins == 1 or not index) and length > 2 and text[start : start + length].isupper()
    return found


def tree(passage: Passage) -> Tree:
    """The passage's parse, read once."""
    rows = passage.doc.to_array(_READ).astype("int64").T.tolist() if len(passage.doc) else [[]] * len(_READ)
    above, links, tags, parts, lemmas, words, starting, starts, lengths = rows
    strings = passage.doc.vocab.strings
    known: dict[int, str] = {}

    def named(codes: list[int]) -> list[str]:
        # The parser's ids are unsigned, and the array of all columns is read as signed for the sake of the heads.
        known.update((code, strings[code % 2**64]) for code in set(codes).difference(known))
        return [known[code] for code in codes]

    written, sorts, known_tags, known_links = named(words), named(parts), named(tags), named(links)
    known_as = [lemma.lower() for lemma in named(lemmas)]
    for index, word in enumerate(written):
        if word in _MISREAD and sorts[index] == "VERB":
            known_as[index] = _MISREAD[word]
    heads = [index + step for index, step in enumerate(above)]
    parse = Parse(written, known_as, known_tags, sorts, known_links, heads)
    mend_initials(parse, starting, _initials(passage.doc.text, starting, starts, lengths))
    mend(parse)
    mend_gerunds(parse)
    mend_series(parse)
    sentences: list[int] = []
    for index, begins in enumerate(starting):
        sentences.append(index if begins == 1 or not index else sentences[-1])
    children: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head != index:
            children[head].append(index)
    for index, below in enumerate(children):
        if len(below) > _MOST:
            children[index] = sorted(sorted(below, key=lambda child: abs(child - index))[:_MOST])
    return Tree(
        passage,
        written,
        known_as,
        known_tags,
        sorts,
        known_links,
        heads,
        sentences,
        starts,
        [start + length for start, length in zip(starts, lengths, strict=True)],
        children,
    )
