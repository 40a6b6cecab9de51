"""Marks over a text: spans that nest and cross, flattened into well-formed HTML on the server.

HTML elements must nest and marks need not, so a mark is cut in two where it would cross another. All slicing is
done here: a browser counts UTF-16 units and would cut elsewhere.
"""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from onrecord.model import Span

DEPTHS = 3
"""Tints of nested statements; deeper ones share the last."""

MAX_OPEN = 24
"""Marks drawn over one character. Cutting at crossings grows with their product, and text is hostile; what is not
drawn stands in the panel all the same."""


class Mark(NamedTuple):
    """A span to be drawn. `layer` is a CSS class; `ref` the entry's id. A statement has its footnote `number` at the
    end of each stretch of content, a link to its card at the `last` of them; `anchor` is the id that the `first`
    piece carries in the page."""

    span: Span
    layer: str
    ref: str = ""
    depth: int = 0
    number: int | None = None
    last: bool = False
    anchor: str = ""
    title: str = ""


def render(text: str, span: Span, marks: Iterable[Mark]) -> Markup:
    """The HTML of `text[span.start:span.end]` with the marks that touch it.

    Without its tags and its footnote numbers the result is that text, escaped, to the character.
    """
    inside = sorted((m for m in marks if m.span.overlaps(span) and len(m.span)), key=_outermost_first)
    ends = {min(m.span.end, span.end) for m in inside}
    stops = sorted(ends | {max(m.span.start, span.start) for m in inside} | {span.end})
    out: list[str] = []
    opened: list[Mark] = []
    at, coming = span.start, 0
    for stop in stops:
        out.append(str(escape(text[at:stop])))
        at = stop
        if stop in ends:
            _close(opened, stop, span.end, out)
        while coming < len(inside) and max(inside[coming].span.start, span.start) == stop and stop < span.end:
            mark = inside[coming]
            coming += 1
            if len(opened) < MAX_OPEN:
                out.append(_start_tag(mark, first=mark.span.start == stop))
                opened.append(mark)
    return Markup("".join(out))  # noqa: S704  every piece was escaped above


def _outermost_first(mark: Mark) -> tuple[int, int, bool, int]:
    # At one place the longer mark goes outside, and of equals the statement: a fill carries an underline better
    # than an underline carries a fill.
    return mark.span.start, -mark.span.end, mark.layer != "statement", mark.depth


def _close(opened: list[Mark], stop: int, limit: int, out: list[str]) -> None:
    """Close what ends at `stop`; what it was crossed by is closed too, and opened again behind it."""
    deepest = next((i for i, mark in enumerate(opened) if min(mark.span.end, limit) <= stop), None)
    if deepest is None:
        return
    again: list[Mark] = []
    for mark in reversed(opened[deepest:]):
        out.append(_end_tag(mark))
        if min(mark.span.end, limit) > stop:
            again.append(mark)
        elif mark.number is not None and mark.span.end == stop:
            out.append(_note(mark))
    del opened[deepest:]
    for mark in reversed(again):
        out.append(_start_tag(mark, first=False))
        opened.append(mark)


def _start_tag(mark: Mark, *, first: bool) -> str:
    classes = mark.layer
    if mark.depth:
        classes += f" d{min(mark.depth, DEPTHS)}"
    if first:
        classes += " first"
    tag = f'<{_element(mark)} class="{escape(classes)}"'
    if mark.ref:
        tag += f' data-ref="{escape(mark.ref)}"'
    if first and mark.anchor:
        tag += f' id="{escape(mark.anchor)}"'
    if mark.title:
        tag += f' title="{escape(mark.title)}"'
    return tag + ">"


def _end_tag(mark: Mark) -> str:
    return f"</{_element(mark)}>"


def _element(mark: Mark) -> str:
    return "mark" if mark.layer in ("hit", "at") else "span"


def _note(mark: Mark) -> str:
    # The word joiner of typographers is left to CSS (no wrap): copied words must be the article's words.
    if not mark.last:
        return f'<sup class="note" aria-hidden="true">{mark.number}</sup>'
    ref = escape(mark.ref)
    return f'<sup class="note"><a href="#c-{ref}" aria-label="Statement {mark.number}">{mark.number}</a></sup>'
