"""When a deed took place, by the text: the time expression that the trigger's clause governs.

The day of publication never stands in for a day that the text does not give, and neither does the day on which somebody
spoke of it: `said on Friday that they met` gives no day of the meeting.
"""

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.extract.events.holders import Anchor, anchored, holders
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.tree import Tree
from onrecord.model import Missing, Moment, Span, Timex

_FROM = frozenset(("since",))
_UNTIL = frozenset(("until", "till", "by", "before"))
_NEITHER = frozenset(("after", "for", "of", "from", "to", "than", "about", "like", "as", "with", "against"))
_AGAINST = frozenset("since after before until following despite amid".split())
_MOST = 8
"""Time expressions that are read of one word; one with more has none of its own anyway."""

_JOINED = 4
"""Tokens between the ends of `from Monday to Friday` and `between 3 and 5 May`."""


class Times(NamedTuple):
    """The time expressions of a passage by the token that they hang on. Made once a passage by `times_of`."""

    by_governor: dict[int, list[tuple[Anchor, Timex]]]


def times_of(tree: Tree, timexes: Sequence[Timex]) -> Times:
    """`timexes`: those of the passage, in order; durations, sets and `now` say no day and are left out."""
    dated = [(t.span, t) for t in timexes if t.type in ("DATE", "TIME") and not (t.value or "").endswith("_REF")]
    found: dict[int, list[tuple[Anchor, Timex]]] = {}
    for anchor, timex in anchored(tree, dated):
        hung = found.setdefault(_beside(tree, anchor), [])
        if len(hung) < _MOST:
            hung.append((anchor, timex))
    return Times(found)


def _beside(tree: Tree, anchor: Anchor) -> int:
    """What an expression hangs on: of `banned since the invasion in May` the noun, whatever the parser says."""
    for c in tree.children[anchor.governor]:
        if c < anchor.head and tree.words[c] in _AGAINST and tree.links[c] == "prep":
            noun = tree.child(c, "pobj")
            if noun is not None and 0 < anchor.head - tree.rightmost(noun) <= 2:
                return noun
    return anchor.governor


def moment(deed: Deed, tree: Tree, times: Times) -> Moment | Missing:
    """The deed's time, or why there is none. Of several on one word the one inside the others; else none."""
    if not times.by_governor:
        return Missing(slot="time", reason="not said")
    own = {deed.token, deed.noun}
    for holder in holders(tree, deed):
        hung = [
            (anchor, timex)
            for anchor, timex in times.by_governor.get(holder.token, ())
            if anchor.head < holder.until and anchor.head not in own and _counts(anchor, holder.plans)
        ]
        if hung:
            return _chosen(hung)
    return Missing(slot="time", reason="not said")


def _counts(anchor: Anchor, plans: bool) -> bool:
    if plans:
        return anchor.preposition in ("for", "")
    return anchor.preposition not in _NEITHER


def _chosen(hung: list[tuple[Anchor, Timex]]) -> Moment | Missing:
    first, one = hung[0]
    if len(hung) == 1:
        return _moment(first, one)
    if len(hung) == 2 and 0 < hung[1][0].head - first.head <= _JOINED and first.preposition in ("from", "between"):
        other = hung[1][1]
        return Moment(span=Span(start=one.span.start, end=other.span.end), begin=one.begin, end=other.end)
    inner = [pair for pair in hung if all(_inside(pair[1], other) for _, other in hung)]
    if inner:  # of a day and its hour, which have the same day, the hour
        return _moment(*max(inner, key=lambda pair: len(pair[1].value or "")))
    return Missing(slot="time", reason="several candidates")


def _moment(anchor: Anchor, timex: Timex) -> Moment:
    if anchor.preposition in _FROM:
        return Moment(span=timex.span, begin=timex.begin)
    if anchor.preposition in _UNTIL:
        return Moment(span=timex.span, end=timex.end)
    return Moment(span=timex.span, value=timex.value, begin=timex.begin, end=timex.end)


def _inside(timex: Timex, other: Timex) -> bool:
    if timex.begin is None or timex.end is None or other.begin is None or other.end is None:
        return timex is other
    return other.begin <= timex.begin and timex.end <= other.end
