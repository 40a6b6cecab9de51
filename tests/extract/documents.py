"""Documents built by hand for the tests of this room."""

import re

from onrecord.model import Block, Document, Source, Span


def document(text: str, *, kinds: list[str] | None = None, **fields: object) -> Document:
    """A document of the given text, a block a paragraph."""
    spans = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text)]
    blocks = tuple(
        Block(kind=kind, span=span)  # type: ignore[arg-type]
        for kind, span in zip(kinds or ["paragraph"] * len(spans), spans, strict=True)
    )
    source = Source(sha256="0" * 64, media_type="text/plain")
    return Document(id="d", source=source, reader="test/1", text=text, blocks=blocks, **fields)  # type: ignore[arg-type]
