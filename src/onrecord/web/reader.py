"""What the article page and the statement page show, as values for their templates."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onrecord.ledger import Rejection
from onrecord.model import Document, Entry, Span, select
from onrecord.web import article as view
from onrecord.web.acts import Act, Slot, act_marks, acts, place_id
from onrecord.web.citation import cite
from onrecord.web.diagram import chain_svg
from onrecord.web.layers import LAYERS
from onrecord.web.marks import Mark, render
from onrecord.web.page import actor_path, place_path


def title_of(document: Document) -> str:
    """The article's title, else the name that it came under."""
    return document.title or document.source.name or document.id


def article_page(
    document: Document,
    entries: Sequence[Entry],
    statuses: Mapping[str, str],
    hits: Sequence[Span] = (),
    at: Span | None = None,
    gone: Sequence[Entry] = (),
) -> dict[str, Any]:
    """Values for `article.html`. `hits`: the words of the search that led here; `at`: the place that a link means;
    `gone`: as in `article.cards`."""
    cards = view.cards(document, entries, statuses, gone)
    numbers = {card.ref: card.number for card in cards}
    found = view.found(document, entries, numbers, statuses)
    done = acts(document, entries, numbers, statuses, gone)
    marks = [
        *view.statement_marks(cards),
        *view.found_marks(found),
        *act_marks(done),
        *(Mark(span=span, layer="hit") for span in hits),
        *([Mark(span=at, layer="at", anchor="at")] if at else []),
    ]
    pieces = view.pieces(document, marks)
    return {
        "document": document,
        "title": title_of(document),
        "title_block": next((p.block for p in pieces if p.kind == "title"), None),
        "groups": view.groups(pieces),
        "cards": cards,
        "numbers": numbers,
        "found": view.same(document, found),
        "acts": {kind: [act for act in done if act.kind == kind] for kind in ("event", "commitment")},
        "words_of": words_links(pieces),
        "entities": view.entities(entries),
        "layers": LAYERS,
        "counts": {layer.kind: _count(layer.kind, cards, found, done) for layer in LAYERS},
        "path": f"/articles/{document.id}",
        "current": True,
        "newer": None,
    }


def _count(kind: str, cards: Sequence[view.Card], found: Sequence[view.Found], done: Sequence[Act]) -> int:
    kinds = [*(item.kind for item in found), *(act.kind for act in done)]
    return len(cards) if kind == "statement" else kinds.count(kind)


_PLACE_ID = re.compile(r'data-ref="(\d+-\d+)"')  # an entry's id has no dash, and text cannot hold the sign before it


def words_links(pieces: Sequence[view.Piece]) -> Callable[[Slot], str]:
    """Where the words of a slot are: their place in the page if one element holds them all; else the address of the
    article with these words marked, for a place in a page can point at one element alone."""
    drawn = Counter(name for piece in pieces for name in _PLACE_ID.findall(piece.html))

    def link(slot: Slot) -> str:
        name = place_id(slot.span) if slot.span else ""
        return f"#w-{name}" if drawn[name] == 1 else f"?at={name}#at"

    return link


def statement_page(
    document: Document,
    entries: Sequence[Entry],
    statuses: Mapping[str, str],
    entry: Entry,
    base: str,
    gone: Sequence[Entry] = (),
) -> dict[str, Any]:
    """Values for `statement.html`. `base` is the address of the reading room, for the citation's last line; `gone`: as
    in `article.cards`."""
    cards = view.cards(document, entries, statuses, gone)
    card = next(card for card in cards if card.ref == entry.id)
    at = cards.index(card)
    statement = card.statement
    parts = [("source", s) for s in statement.sources] + ([("cue", statement.cue)] if statement.cue else [])
    parts += [("content", s) for s in statement.contents]
    spans = [span for _, span in parts]
    marks = [
        Mark(span=span, layer="statement", depth=1) if part == "content" else Mark(span=span, layer=part)
        for part, span in parts
    ]
    before, held, after = view.blocks_around(document, spans)
    related = [(c, "outer") for c in cards if c.ref == card.parent]
    related += [(c, "inner") for c in cards if c.parent == card.ref]
    selectors = [(part, select(document, span)) for part, span in parts]
    told = [act for act in acts(document, entries, {}, statuses, gone) if act.value.voice == entry.id]
    place = view.place_of(statement)
    return {
        "document": document,
        "title": title_of(document),
        "entry": entry,
        "card": card,
        "count": len(cards),
        "path": f"/s/{entry.id}",
        "article_path": f"/articles/{document.id}",
        "at": f"{place.start}-{place.end}",
        "previous": cards[at - 1].ref if at else None,
        "next": cards[at + 1].ref if at + 1 < len(cards) else None,
        "parts": selectors,
        "related": related,
        "told": told,
        "words_of": lambda slot: place_path(document.id, slot.span.start, slot.span.end),
        "before": [{"html": render(document.text, b.span, ())} for b in before],
        "held": [{"html": render(document.text, b.span, marks)} for b in held],
        "after": [{"html": render(document.text, b.span, ())} for b in after],
        "chain_svg": chain_svg(card.chain, actor_path),
        "citation": cite(card, document, [s for part, s in selectors if part == "content"], f"{base}/s/{entry.id}"),
    }


def source_page(
    document: Document, raw: bytes, asked: tuple[str, Span] | None, dropped: Sequence[Rejection] = ()
) -> dict[str, Any]:
    """Values for `source.html`. `asked`: a place in the text (`at`) or in the decoded source (`source`) to show;
    `dropped`: what extractors found and did not keep."""
    shown, unmapped = None, ""
    if asked:
        try:
            decoded = raw.decode(document.source.encoding)
        except (LookupError, UnicodeError):
            unmapped = f"The bytes are not {document.source.encoding} text as a whole; take them as they came in."
        else:
            name, span = asked
            shown = window(decoded, span.start, span.end) if name == "source" else original(document, decoded, span)
            unmapped = "The reader could not tell where this stood in the original." if shown is None else ""
    return {
        "document": document,
        "title": title_of(document),
        "article_path": f"/articles/{document.id}",
        "size": len(raw),
        "edits": [(edit, _block_at(document, edit.at)) for edit in document.edits],
        "dropped": [(r, r.span.of(document.text)) for r in dropped],
        "raw": shown,
        "unmapped": unmapped,
    }


def _block_at(document: Document, at: int) -> int | None:
    return next((i for i, b in enumerate(document.blocks) if b.span.start <= at <= b.span.end), None)


def original(document: Document, decoded: str, span: Span) -> dict[str, Any] | None:
    """The characters of the source that a span of the text came from, with some around; None where the reader could
    not map it."""
    runs = [run for b in document.blocks for run in b.origin if run.start < span.end and span.start < run.end]
    if not runs:
        return None
    first, last = runs[0], runs[-1]
    start = first.source_start + max(0, span.start - first.start) if _copied(first) else first.source_start
    end = last.source_end - max(0, last.end - span.end) if _copied(last) else last.source_end
    return window(decoded, start, end) | {"whole": not (_copied(first) and _copied(last))}


def _copied(run: Any) -> bool:
    return bool(run.end - run.start == run.source_end - run.source_start)


_AROUND = 400


def window(decoded: str, start: int, end: int) -> dict[str, Any]:
    """A stretch of the decoded source with 400 code points on each side."""
    start, end = max(0, min(start, len(decoded))), max(0, min(end, len(decoded)))
    return {
        "start": start,
        "end": end,
        "before": decoded[max(0, start - _AROUND) : start],
        "words": decoded[start:end],
        "after": decoded[end : end + _AROUND],
        "whole": False,
    }
