"""The timeline as SVG: bars of events above the line, of commitments below it, and beneath them what is too vague for a
bar, from its first day to its last. The table of the same rows belongs beside it."""

from collections.abc import Callable
from datetime import date

from markupsafe import Markup, escape

from onrecord.ledger import Bar, Stretch, Timeline

_WIDTH = 720
_ABOVE, _BELOW = 150, 70
_HEAD, _FOOT = 34, 18  # room for the word and the number above, and for the number below
_TICKS, _TICK_WIDTH = 8, 80
_LANE = 26
_LANES = 6
"""Of the stretches so many, and a row for the words of each; the table has more."""


def timeline_svg(
    line: Timeline, bar_path: Callable[[Bar], str], stretch_path: Callable[[Stretch], str], label: str, today: date
) -> Markup:
    """Every bar and stretch is a link. The words at a bar are its counts."""
    step = _WIDTH / max(1, len(line.bars))
    events = max((bar.told + bar.untold for bar in line.bars), default=0)
    commitments = max((bar.commitments for bar in line.bars), default=0)
    below = _BELOW if commitments else 0
    base, axis = _HEAD + _ABOVE, 24
    lanes = line.stretches[:_LANES]
    height = base + axis + below + (_FOOT if below else 0) + len(lanes) * _LANE
    out = [
        f'<svg class="chart line" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="group" '
        f'aria-label="{escape(label)}">',
        f'<path class="edge" d="M0 {base + 0.5}H{_WIDTH}"/>',
        *_today(line, today, height),
        *(_bar(bar, i * step, step, base, axis, (events, commitments), bar_path) for i, bar in enumerate(line.bars)),
        *_ticks(line, step, base),
    ]
    top = base + axis + below + (_FOOT if below else 0)
    out += [_stretch(line, each, top + i * _LANE, stretch_path(each)) for i, each in enumerate(lanes)]
    return Markup("".join([*out, "</svg>"]))  # noqa: S704  words were escaped above, the rest is numbers


def words(bar: Bar) -> str:
    """The counts of a bar."""
    parts = [(bar.told, "told as facts"), (bar.untold, "not, or not yet"), (bar.commitments, "commitments")]
    return ", ".join(f"{n} {what}" for n, what in parts if n) or "nothing"


def _bar(
    bar: Bar,
    x: float,
    step: float,
    base: int,
    axis: int,
    fullest: tuple[int, int],
    path: Callable[[Bar], str],
) -> str:
    said = escape(f"{bar.period}: {words(bar)}")
    if not bar.n:
        return (
            f'<g><title>{said}</title><rect class="ground" x="{x:.1f}" y="0" width="{step:.1f}" height="{base}"/></g>'
        )
    events, commitments = fullest
    width = max(1.0, min(step - 2, 56))
    told, untold = (_ABOVE * n / max(1, events) for n in (bar.told, bar.untold))
    below = base + axis
    bottom = below + (_BELOW if commitments else 0)
    signs = f'<rect class="ground" x="{x:.1f}" y="0" width="{step:.1f}" height="{bottom}"/>'
    if bar.told:
        signs += f'<rect class="told" x="{x:.1f}" y="{base - told:.1f}" width="{width:.1f}" height="{told:.1f}"/>'
    if bar.untold:
        signs += (
            f'<rect class="untold" x="{x + 0.75:.2f}" y="{base - told - untold + 0.75:.1f}" '
            f'width="{max(1.0, width - 1.5):.2f}" height="{max(1.0, untold - 1.5):.1f}"/>'
        )
    if bar.commitments:
        down = max(2.0, _BELOW * bar.commitments / commitments)
        signs += f'<rect class="commitments" x="{x:.1f}" y="{below}" width="{width:.1f}" height="{down:.1f}"/>'
    middle = x + width / 2
    if bar.told + bar.untold == events and events:
        signs += _number(middle, base - told - untold - 5, events)
    if bar.commitments == commitments and commitments:
        signs += _number(middle, below + _BELOW + 14, commitments)
    return f'<a href="{escape(path(bar))}" aria-label="{said}"><title>{said}</title>{signs}</a>'


def _number(x: float, y: float, n: int) -> str:
    return f'<text x="{min(max(x, 12), _WIDTH - 12):.1f}" y="{y:.1f}" text-anchor="middle">{n}</text>'


def _ticks(line: Timeline, step: float, base: int) -> list[str]:
    """Some of the periods by name, at even steps."""
    every = max(1, -(-len(line.bars) // _TICKS))
    return [
        f'<text class="quiet" x="{i * step:.1f}" y="{base + 17}">{escape(period_name(bar.period))}</text>'
        for i, bar in enumerate(line.bars)
        if i % every == 0 and i * step < _WIDTH - _TICK_WIDTH
    ]


def period_name(period: str) -> str:
    """`1980s`, `1900s` for what is shorter than a year; a period as it is otherwise."""
    return f"{period.ljust(4, '0')}s" if len(period) < 4 else period


def _today(line: Timeline, today: date, height: int) -> list[str]:
    """A line at the day on which the page is read, where it lies within."""
    at = _place(line, today)
    if not 0 <= at <= _WIDTH:
        return []
    side, anchor = (at - 4, "end") if at > _WIDTH / 2 else (at + 4, "start")
    return [
        f'<g><title>today, {today}</title><path class="today" d="M{at:.1f} 0V{height}"/>'
        f'<text class="quiet small" x="{side:.1f}" y="12" text-anchor="{anchor}">today</text></g>'
    ]


def _place(line: Timeline, day: date, later: int = 0) -> float:
    """Where so many days after one lie between the first and the last."""
    first, last = (date.fromisoformat(end) for end in (line.first or "", line.last or ""))
    return _WIDTH * ((day - first).days + later) / max(1, (last - first).days + 1)


def _stretch(line: Timeline, each: Stretch, y: int, path: str) -> str:
    begin = max(0.0, _place(line, date.fromisoformat(each.begin)))
    whole = _place(line, date.fromisoformat(each.end), 1)
    end, further = min(float(_WIDTH), whole), "" if whole <= _WIDTH + 1 else " →"
    said = escape(f"{each.begin} to {each.end}: {each.n}")
    # The words stand over their line, and over its end where they would pass the edge.
    right = begin > _WIDTH - 220
    at, anchor = (min(float(_WIDTH), max(end, 220.0)), ' text-anchor="end"') if right else (begin, "")
    return (
        f'<a href="{escape(path)}" aria-label="{said}"><title>{said}</title>'
        f'<rect class="ground" x="{begin:.1f}" y="{y}" width="{max(8.0, end - begin):.1f}" height="{_LANE}"/>'
        f'<text class="small" x="{at:.1f}" y="{y + 14}"{anchor}>{said}{further}</text>'
        f'<path class="stretch" d="M{begin:.1f} {y + 20}H{max(begin + 3, end):.1f}"/></a>'
    )
