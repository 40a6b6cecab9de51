"""The page of one event or commitment: who says it, what fills its slots, the passages that it was read from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from onrecord.ledger.searching import sentence
from onrecord.model import Commitment, Document, Entry, Event, Span, select
from onrecord.web import article as view
from onrecord.web.acts import Act, Slot, act_marks, acts, overdue
from onrecord.web.citation import cite_act
from onrecord.web.diagram import chain_svg
from onrecord.web.excerpt import left, right
from onrecord.web.marks import render
from onrecord.web.page import actor_path, place_path
from onrecord.web.reader import title_of

LONG, AROUND = 1600, 320
"""Code points of a block that is shown whole, and of what is shown on each side of the words in a longer one."""


def act_page(
    document: Document,
    entries: Sequence[Entry],
    statuses: Mapping[str, str],
    entry: Entry,
    base: str,
    today: date,
    gone: Sequence[Entry] = (),
) -> dict[str, Any]:
    """Values for `act.html`. `base` is the address of the reading room, for the citation's last line; `today` tells
    what is overdue; `gone`: as in `article.cards`."""
    cards = view.cards(document, entries, statuses, gone)
    every = acts(document, entries, {card.ref: card.number for card in cards}, statuses, gone)
    act = next(act for act in every if act.ref == entry.id)
    kin = [other for other in every if other.kind == act.kind]
    at = kin.index(act)
    trigger = act.value.trigger
    parts = [(act.kind, trigger), *((slot.label, slot.span) for slot in act.filled if slot.span)]
    return {
        "here": "/events" if act.kind == "event" else "/commitments",
        "document": document,
        "title": title_of(document),
        "entry": entry,
        "act": act,
        "count": len(kin),
        "path": f"/e/{entry.id}",
        "article_path": f"/articles/{document.id}",
        "at": f"{trigger.start}-{trigger.end}",
        "previous": kin[at - 1].ref if at else None,
        "next": kin[at + 1].ref if at + 1 < len(kin) else None,
        "words_of": lambda slot: place_path(document.id, slot.span.start, slot.span.end),
        "parts": [(part, select(document, span)) for part, span in parts],
        "facts": list(facts(act)),
        "overdue": overdue(act.value, today),
        "voice": next((card for card in cards if card.ref == act.value.voice), None),
        "passage": list(passage(document, act)),
        "chain_svg": chain_svg(act.chain, actor_path),
        "citation": cite_act(act, document, sentence_of(document, trigger), f"{base}/e/{entry.id}"),
    }


def facts(act: Act) -> Iterator[tuple[str, str]]:
    """The labels, each with its name; what is not said of an act is said to be so."""
    value = act.value
    if isinstance(value, Event):
        yield "Type", value.type
        yield "Mode", value.mode or "none"
        yield "Contexts", ", ".join(value.contexts) or "none"
        yield "Factuality", value.factuality
    else:
        yield "Class", value.class_
        yield "State", value.state


def passage(document: Document, act: Act) -> Iterator[dict[str, Any]]:
    """The blocks that hold its words, with one on each side of the block that tells of it; of a block that is very long
    what stands around the words. `around`: a piece that holds none; `apart`: blocks were left out before it, `cut`: a
    part of its block was."""
    spans = [act.value.trigger, *(slot.span for slot in act.filled if slot.span)]
    marks = [
        mark._replace(ref="", title=mark.title if mark.layer != "slot" else _labels(act.filled, mark.span))
        for mark in act_marks([act], anchors=False)
    ]
    held = {i for i, block in enumerate(document.blocks) if any(block.span.overlaps(span) for span in spans)}
    main = next((i for i, block in enumerate(document.blocks) if block.span.overlaps(act.value.trigger)), None)
    beside = set() if main is None else {main - 1, main + 1}
    told = {i for i, b in enumerate(document.blocks) if b.kind not in ("boilerplate", "byline", "date", "title")}
    last = None
    for i in sorted(held | (beside & told)):
        block = document.blocks[i].span
        for number, piece in enumerate(_pieces(document.text, block, [span for span in spans if span.overlaps(block)])):
            yield {
                "html": render(document.text, piece, marks),
                "around": i not in held,
                "apart": number == 0 and last is not None and i > last + 1,
                "cut": number > 0 or piece.start > block.start,
            }
        last = i


def _pieces(text: str, block: Span, spans: Sequence[Span]) -> list[Span]:
    """A block, or what of a long one stands around the spans; of one that holds none its beginning."""
    if len(block) <= LONG:
        return [block]
    found: list[Span] = []
    for span in sorted(spans) or [Span(start=block.start, end=block.start)]:
        start = block.start + left(block.of(text), span.start - AROUND - block.start)
        end = block.start + right(block.of(text), span.end + AROUND - block.start)
        if found and start <= found[-1].end:
            found[-1] = Span(start=found[-1].start, end=max(end, found[-1].end))
        else:
            found.append(Span(start=start, end=end))
    return found


def _labels(slots: Sequence[Slot], span: Span) -> str:
    return ", ".join(dict.fromkeys(slot.label for slot in slots if slot.span == span))


def sentence_of(document: Document, span: Span) -> Span:
    """The sentence in which a span begins, as it stands in its block."""
    block = next((b.span for b in document.blocks if span.overlaps(b.span)), Span(start=0, end=len(document.text)))
    inside = Span(start=span.start - block.start, end=span.end - block.start)
    first, last = sentence(block.of(document.text), [inside])
    return Span(start=block.start + first, end=max(block.start + last, span.end))


def json_page(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the page says, for other programs, but for the entry itself."""
    act, document = values["act"], values["document"]
    assert isinstance(act.value, Event | Commitment)  # noqa: S101  for the type checker
    return {
        "chain": act.chain,
        "overdue": values["overdue"],
        "citation": values["citation"],
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "source": document.source,
    }
