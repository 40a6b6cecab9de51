"""SVG made on the server: no library, real links, and beside each a list or table of the same rows."""

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from onrecord.model import Voice

_STEP, _LEFT, _WIDTH, _SIGNS = 44, 16, 336, 38


def chain_svg(voices: Sequence[Voice], path: Callable[[str, str], str]) -> Markup:
    """The chain from the outlet down to the speaker. Filled: a source that is named; hollow and dotted: one that is
    not. `path(key, name)` is the page of an actor."""
    height = _STEP * len(voices)
    out = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="group" '
        f'aria-label="Chain of voices, outlet first">'
    ]
    for i, voice in enumerate(voices):
        y = _STEP * i + _STEP // 2
        if i:
            out.append(
                f'<path class="edge" d="M{_LEFT} {y - _STEP + 8}V{y - 9}m-4 -5l4 5l4 -5"/>',
            )
        named = "named" if voice.entity or (i == 0 and voice.name) else "unnamed"
        name = voice.name or ("outlet not stated" if i == 0 else "not named")
        short = name if len(name) <= _SIGNS else name[: _SIGNS - 1] + "…"
        shape = (
            f'<rect class="node {named}" x="{_LEFT - 6}" y="{y - 6}" width="12" height="12"/>'
            if i == 0
            else f'<circle class="node {named}" cx="{_LEFT}" cy="{y}" r="6"/>'
        )
        # The rectangle that nothing fills makes the link as high as a finger needs it.
        label = (
            f'<rect x="{_LEFT + 12}" y="{y - 14}" width="{_WIDTH - _LEFT - 12}" height="28" fill="none" '
            f'pointer-events="all"/><text x="{_LEFT + 18}" y="{y + 5}">{escape(short)}</text>'
        )
        if voice.entity:
            label = f'<a href="{escape(path(voice.entity, name))}" aria-label="{escape(name)}">{label}</a>'
        out.append(f"<g><title>{escape(name)}</title>{shape}{label}</g>")
    out.append("</svg>")
    return Markup("".join(out))  # noqa: S704  names were escaped above, the rest is numbers


_BARS_WIDTH, _BARS_HEIGHT, _BASE = 480, 132, 100


def bars_svg(bars: Sequence[tuple[str, int, str]], label: str) -> Markup:
    """A bar for each (period, count, address), as high as its share of the fullest, each a link; the first, the last
    and the fullest carry their words. The table of the same rows belongs beside it."""
    fullest = max((count for _, count, _ in bars), default=1) or 1
    step = min(_BARS_WIDTH / max(len(bars), 1), 80)
    width = min(max(step - 2, 1), 56)
    whole = round(step * len(bars))
    out = [
        f'<svg class="chart bars" viewBox="0 0 {whole} {_BARS_HEIGHT}" width="{whole}" '
        f'height="{_BARS_HEIGHT}" role="group" aria-label="{escape(label)}">'
        f'<path class="edge" d="M0 {_BASE + 0.5}H{whole}"/>'
    ]
    named: set[int] = {0, len(bars) - 1}
    named.add(max(range(len(bars)), key=lambda i: bars[i][1], default=0))
    for i, (period, count, path) in enumerate(bars):
        x = i * step
        height = round((_BASE - 24) * count / fullest, 1)
        signs = f'<rect x="{x:.1f}" y="0" width="{step:.1f}" height="{_BARS_HEIGHT}" fill="none" pointer-events="all"/>'
        if count:
            drawn = max(height, 2)
            signs += f'<rect class="bar" x="{x:.1f}" y="{_BASE - drawn}" width="{width:.1f}" height="{drawn}"/>'
        if i in named:
            end = i == len(bars) - 1 and i > 0
            at = x + width if end else x
            anchor = ' text-anchor="end"' if end else ""
            signs += f'<text x="{at:.1f}" y="{_BASE - height - 6:.1f}"{anchor}>{count}</text>'
            if i in (0, len(bars) - 1):
                signs += f'<text class="quiet" x="{at:.1f}" y="{_BASE + 20}"{anchor}>{escape(period)}</text>'
        words = f"{period}: {count}"
        out.append(
            f'<a href="{escape(path)}" aria-label="{escape(words)}"><title>{escape(words)}</title>{signs}</a>'
            if count
            else f"<g><title>{escape(words)}</title>{signs}</g>"
        )
    out.append("</svg>")
    return Markup("".join(out))  # noqa: S704  words were escaped above, the rest is numbers
