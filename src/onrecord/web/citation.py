"""A citation that can be checked: the words, the chain of voices, the outlet, and where to find them again."""

from collections.abc import Sequence

from onrecord.model import Document, Selector, Span, Voice
from onrecord.web.acts import Act, Slot
from onrecord.web.article import Card


def cite(card: Card, document: Document, contents: Sequence[Selector], link: str) -> str:
    """Plain text, one fact a line. Nothing is left out in silence: what the article does not state is named so."""
    said = f"{_chain(card.chain)} ({card.statement.style})"
    return _lines(card.contents, [said], document, [selector.span for selector in contents], link)


def cite_act(act: Act, document: Document, sentence: Span, link: str) -> str:
    """The same for an event or a commitment: the sentence that tells of it, whose word it is, what was read from it."""
    rows = [f"{label}: {(' … ' if label == 'what' else ', ').join(map(_slot, same))}" for label, same in act.told.rows]
    empty = [f"{slot.label}: ({slot.why})" for slot in act.told.empty]
    slots = "; ".join([*rows, *empty])
    return _lines([sentence.of(document.text)], [_chain(act.chain), act.label, slots], document, [sentence], link)


def _slot(slot: Slot) -> str:
    """Its words, with the name behind them and the days that they are."""
    named = f" = {slot.who.name}" if slot.who else ""
    return f"{' '.join(slot.words.split())}{named}{f' ({slot.days})' if slot.days else ''}"


def _chain(voices: Sequence[Voice]) -> str:
    return " ▸ ".join(voice.name or ("outlet not stated" if i == 0 else "not named") for i, voice in enumerate(voices))


def _lines(quoted: Sequence[str], facts: Sequence[str], document: Document, spans: Sequence[Span], link: str) -> str:
    words = " […] ".join(" ".join(words.split()) for words in quoted)
    # The article's own marks are part of its words; ours must not be taken for them.
    marked = f"‘{words}’" if any(sign in words for sign in '"“”„«»') else f"“{words}”"
    places = ", ".join(f"{span.start}–{span.end}" for span in spans)
    head = ", ".join(
        filter(None, [document.title, document.publisher, "; ".join(document.authors), document.published or "no date"])
    )
    lines = [
        marked,
        *facts,
        head,
        document.source.url,
        f"Characters {places} of document {document.id}, source SHA-256 {document.source.sha256}",
        link,
    ]
    return "\n".join(line for line in lines if line)
