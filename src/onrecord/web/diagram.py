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
