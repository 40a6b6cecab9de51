"""Selectors: made when an entry is found, trusted later only while the quotation agrees."""

from onrecord.errors import AnchorMismatch
from onrecord.model.document import Document, Span
from onrecord.model.entries import Selector

CONTEXT = 32
"""Code points of prefix and suffix in a selector."""


def select(document: Document, span: Span) -> Selector:
    """The selector of `span`, with its words and their surroundings."""
    text = document.text
    return Selector(
        document=document.id,
        span=span,
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )


def anchor(text: str, selector: Selector) -> Span:
    """Where the quotation is now.

    The stated position is trusted if the words there agree; otherwise the words are looked for with their
    surroundings. Raises AnchorMismatch if they are not there exactly once.
    """
    if selector.span.of(text) == selector.exact:
        return selector.span
    whole = selector.prefix + selector.exact + selector.suffix
    found = text.find(whole)
    if not selector.exact or found < 0 or text.find(whole, found + 1) >= 0:
        raise AnchorMismatch(
            f"document {selector.document}, characters {selector.span.start} to {selector.span.end}: "
            f"{selector.exact[:60]!r} is not there exactly once; run `onrecord verify`"
        )
    start = found + len(selector.prefix)
    return Span(start=start, end=start + len(selector.exact))
