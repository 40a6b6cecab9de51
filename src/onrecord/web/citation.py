"""A citation that can be checked: the words, the chain of voices, the outlet, and where to find them again."""

from collections.abc import Sequence

from onrecord.model import Document, Selector
from onrecord.web.article import Card


def cite(card: Card, document: Document, contents: Sequence[Selector], link: str) -> str:
    """Plain text, one fact a line. Nothing is left out in silence: what the article does not state is named so."""
    words = " […] ".join(" ".join(words.split()) for words in card.contents)
    # The article's own marks are part of its words; ours must not be taken for them.
    quoted = f"‘{words}’" if any(sign in words for sign in '"“”„«»') else f"“{words}”"
    chain = " ▸ ".join(
        voice.name or ("outlet not stated" if i == 0 else "not named") for i, voice in enumerate(card.chain)
    )
    places = ", ".join(f"{s.span.start}–{s.span.end}" for s in contents)
    head = ", ".join(
        filter(None, [document.title, document.publisher, "; ".join(document.authors), document.published or "no date"])
    )
    lines = [
        quoted,
        f"{chain} ({card.statement.style})",
        head,
        document.source.url,
        f"Characters {places} of document {document.id}, source SHA-256 {document.source.sha256}",
        link,
    ]
    return "\n".join(line for line in lines if line)
