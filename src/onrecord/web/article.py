"""One article for the page: its blocks with every mark drawn, and a card for each statement.

Nothing here asks the ledger or knows a template: a document and its entries go in, values that can be shown come out.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from onrecord.model import (
    Block,
    Document,
    Entity,
    Entry,
    Figure,
    Place,
    Span,
    Statement,
    Timex,
    Voice,
    chain,
    kind_of,
)
from onrecord.web.layers import describe
from onrecord.web.marks import Mark, render

_LIVE_WORDS = 160


class Card(NamedTuple):
    """A statement beside the text. `number` counts from 1 in reading order, `depth` from 1 outermost; `chain` runs
    from the outlet inward to the speaker; `contents` are the article's words."""

    number: int
    ref: str
    depth: int
    statement: Statement
    status: str
    chain: tuple[Voice, ...]
    contents: tuple[str, ...]
    cue: str
    source: str
    parent: str | None
    derivations: tuple[str, ...]

    @property
    def line(self) -> str:
        """One line for a screen reader: who, and the first words."""
        words = " ".join(" … ".join(self.contents).split())
        cut = words if len(words) <= _LIVE_WORDS else words[:_LIVE_WORDS].rsplit(" ", 1)[0] + " …"
        return f"{self.chain[-1].name or 'no speaker named'}: {cut}"

    @property
    def named(self) -> bool:
        return bool(self.chain) and self.chain[-1].entity is not None


class Piece(NamedTuple):
    """A block as it is set. `kind` as in `Block`, or `gap` for words that no block holds; `block` is its number in
    the document, -1 for a gap."""

    kind: str
    html: Markup
    block: int
    words: int
    span: Span


class Found(NamedTuple):
    """An entry of one of the other layers, for the panel: its words, its value in few signs, its id; `voice` is the
    number of the statement that stands behind it, None for the outlet's own words. `measured`: the words that a figure
    measures; `anchor`: the day or period that a date was reckoned from."""

    ref: str
    kind: str
    words: str
    value: str
    span: Span
    status: str
    voice: int | None
    measured: str = ""
    anchor: str = ""


def place_of(statement: Statement) -> Span:
    """Where a statement is shown: its content, or else its source, or else its cue."""
    spans = statement.contents or statement.sources or ((statement.cue,) if statement.cue else ())
    return min(spans, default=Span(start=0, end=0))


def cards(
    document: Document,
    entries: Sequence[Entry],
    statuses: Mapping[str, str] | None = None,
    gone: Sequence[Entry] = (),
) -> list[Card]:
    """The statements in reading order, an outer one before what it holds. `gone`: those that stand no longer and that
    one of these stands in: what is said in them does not become the outlet's own word."""
    statements = [(e, e.value) for e in entries if isinstance(e.value, Statement)]
    by_id = {e.id: e for e in (*entries, *gone) if isinstance(e.value, Statement)}
    shown = {e.id for e, _ in statements}
    chains = {id_: chain(document, id_, by_id) for id_ in shown}

    def order(pair: tuple[Entry, Statement]) -> tuple[int, int, int]:
        span = place_of(pair[1])
        return span.start, len(chains[pair[0].id]), -span.end

    made = []
    for number, (entry, statement) in enumerate(sorted(statements, key=order), start=1):
        made.append(
            Card(
                number=number,
                ref=entry.id,
                depth=len(chains[entry.id]) - 1,
                statement=statement,
                status=(statuses or {}).get(entry.id, "proposed"),
                chain=chains[entry.id],
                contents=tuple(span.of(document.text) for span in statement.contents),
                cue=statement.cue.of(document.text) if statement.cue else "",
                source=" … ".join(span.of(document.text) for span in statement.sources),
                parent=statement.parent if statement.parent in shown else None,
                derivations=tuple(f"{d.rule} ({d.extractor} {d.version})" for d in entry.derivations),
            )
        )
    return made


def statement_marks(cards: Iterable[Card], *, anchors: bool = True) -> Iterator[Mark]:
    """The content of each statement as a fill, its source and cue as marks that show when it is selected."""
    for card in cards:
        statement = card.statement
        spans = statement.contents or ((place_of(statement),) if len(place_of(statement)) else ())
        for i, span in enumerate(spans):
            yield Mark(
                span=span,
                layer="statement",
                ref=card.ref,
                depth=card.depth,
                number=card.number,
                last=i == len(spans) - 1,
                anchor=f"s-{card.ref}" if anchors and i == 0 else "",
            )
        for source in statement.sources:
            yield Mark(span=source, layer="source", ref=card.ref)
        if statement.cue:
            yield Mark(span=statement.cue, layer="cue", ref=card.ref)


def found(
    document: Document, entries: Iterable[Entry], numbers: Mapping[str, int], statuses: Mapping[str, str] | None = None
) -> list[Found]:
    """The entries of the other layers in reading order; those that a span marks. `numbers`: of the statements."""
    out = [
        Found(
            ref=e.id,
            kind=kind_of(e.value),
            words=e.selectors[0].span.of(document.text),
            value=describe(e.value),
            span=e.selectors[0].span,
            status=(statuses or {}).get(e.id, "proposed"),
            voice=numbers.get(e.value.voice or ""),
            measured=e.value.measured.of(document.text) if isinstance(e.value, Figure) and e.value.measured else "",
            anchor=(e.value.anchor or "") if isinstance(e.value, Timex) else "",
        )
        for e in entries
        if isinstance(e.value, Figure | Timex | Place)
    ]
    return sorted(out, key=lambda f: f.span)


class Same(NamedTuple):
    """Entries of one layer with the same words and value: the first of them, and where the others stand, as
    (id, block) with blocks counted from 1."""

    first: Found
    others: list[tuple[str, int]]


def same(document: Document, found: Iterable[Found]) -> list[Same]:
    """Those that a reader would take for one, together, in the order of the first."""
    starts = [block.span.start for block in document.blocks]
    together: dict[tuple[object, ...], list[Found]] = {}
    for item in found:
        told = (item.kind, item.words, item.value, item.voice, item.measured, item.anchor)
        together.setdefault(told, []).append(item)
    return [
        Same(first, [(item.ref, bisect_right(starts, item.span.start)) for item in others])
        for first, *others in together.values()
    ]


def found_marks(found: Iterable[Found]) -> Iterator[Mark]:
    for item in found:
        yield Mark(span=item.span, layer=item.kind, ref=item.ref, anchor=f"e-{item.ref}", title=item.value)


def entities(entries: Iterable[Entry]) -> list[Entity]:
    """Who and what the article names, most often named first."""
    named = [e.value for e in entries if isinstance(e.value, Entity)]
    return sorted(named, key=lambda e: (-len(e.mentions), e.name))


def pieces(document: Document, marks: Sequence[Mark]) -> list[Piece]:
    """Every word of the document, block by block: words that no block holds come as gaps, never left out."""
    # Marks are handed to the blocks that they touch; each block would look through all of them otherwise.
    queue = sorted(marks, key=lambda mark: mark.span.start)
    made: list[Piece] = []
    coming = 0
    carried: list[Mark] = []
    for number, span, kind in _stretches(document):
        carried = [mark for mark in carried if mark.span.end > span.start]
        while coming < len(queue) and queue[coming].span.start < span.end:
            carried.append(queue[coming])
            coming += 1
        words = span.of(document.text)
        made.append(Piece(kind, render(document.text, span, carried), number, len(words.split()), span))
    return made


def _stretches(document: Document) -> Iterator[tuple[int, Span, str]]:
    at = 0
    for number, block in enumerate(document.blocks):
        yield from _gap(document.text, at, block.span.start)
        yield number, block.span, block.kind
        at = max(at, block.span.end)
    yield from _gap(document.text, at, len(document.text))


def _gap(text: str, start: int, end: int) -> Iterator[tuple[int, Span, str]]:
    if text[start:end].strip():
        yield -1, Span(start=start, end=end), "gap"


def groups(pieces: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """Neighbours that are set as one: the items of a list, the paragraphs of a quoted block, boilerplate."""
    out: list[tuple[str, list[Piece]]] = []
    for piece in pieces:
        # A dateline runs in: it is set as the beginning of the paragraph behind it.
        runs_in = bool(out) and out[-1][0] == "dateline" and piece.kind == "paragraph"
        if runs_in:
            out[-1] = ("paragraph", [*out[-1][1], piece])
        elif out and out[-1][0] == piece.kind and piece.kind in ("list", "quote", "boilerplate"):
            out[-1][1].append(piece)
        else:
            out.append((piece.kind, [piece]))
    return out


def blocks_around(document: Document, spans: Sequence[Span]) -> tuple[list[Block], list[Block], list[Block]]:
    """The block before, the blocks that hold the spans, the block after; boilerplate is no context."""
    told = [b for b in document.blocks if b.kind not in ("boilerplate", "byline", "date", "title")]
    touched = [i for i, b in enumerate(told) if any(b.span.overlaps(span) for span in spans)]
    if not touched:
        held = [b for b in document.blocks if any(b.span.overlaps(span) for span in spans)]
        return [], held, []
    first, last = touched[0], touched[-1]
    return told[max(0, first - 1) : first], told[first : last + 1], told[last + 1 : last + 2]
