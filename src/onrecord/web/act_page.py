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
from onrecord.web.marks import Mark, render
from onrecord.web.page import actor_path, place_path
from onrecord.web.reader import title_of


def act_page(
    document: Document, entries: Sequence[Entry], statuses: Mapping[str, str], entry: Entry, base: str, today: date
) -> dict[str, Any]:
    """Values for `act.html`. `base` is the address of the reading room, for the citation's last line; `today` tells
    what is overdue."""
    cards = view.cards(document, entries, statuses)
    every = acts(document, entries, {card.ref: card.number for card in cards}, statuses)
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
    """The blocks that hold its words, with one on each side of the block that tells of it. `around`: a block that holds
    none; `apart`: blocks were left out before it."""
    spans = [act.value.trigger, *(slot.span for slot in act.filled if slot.span)]
    marks = [
        mark if mark.layer != "slot" else mark._replace(title=_labels(act.filled, mark.span))
        for mark in act_marks([act], anchors=False)
    ]
    held = {i for i, block in enumerate(document.blocks) if any(block.span.overlaps(span) for span in spans)}
    main = next((i for i, block in enumerate(document.blocks) if block.span.overlaps(act.value.trigger)), None)
    beside = set() if main is None else {main - 1, main + 1}
    told = {i for i, b in enumerate(document.blocks) if b.kind not in ("boilerplate", "byline", "date", "title")}
    last = None
    for i in sorted(held | (beside & told)):
        block = document.blocks[i]
        yield {
            "html": render(document.text, block.span, _plain(marks)),
            "around": i not in held,
            "apart": last is not None and i > last + 1,
        }
        last = i


def _plain(marks: Sequence[Mark]) -> list[Mark]:
    return [mark._replace(ref="") for mark in marks]


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
