"""Places as marks on the map: those that would cover each other are one mark, with how many they are."""

from collections.abc import Callable, Iterable, Sequence
from math import hypot, log2
from typing import NamedTuple

from markupsafe import Markup, escape

from onrecord.ledger import Spot
from onrecord.web.basemap import HEIGHT, WIDTH, Box, View, drawn

APART = 40.0
"""Pixels between two marks, from middle to middle, at least."""
_CELL = 10.0  # pixels: what is nearer than this is one from the start, so that thousands of places stay quick
_LETTER, _LINE, _GAP = 7.0, 15.0, 6.0  # of a label, in pixels
_LABELS = 24


class Pin(NamedTuple):
    """A mark: a place, or several that lie close by. Pixels."""

    x: float
    y: float
    spots: tuple[Spot, ...]

    @property
    def events(self) -> int:
        return sum(spot.events for spot in self.spots)

    @property
    def told(self) -> int:
        return sum(spot.told for spot in self.spots)

    @property
    def articles(self) -> int:
        return sum(spot.articles for spot in self.spots)

    @property
    def radius(self) -> float:
        """Of the mark, without the ring around one of several places."""
        return min(16.0, 6.0 + 1.8 * log2(self.events or self.articles or 1))

    @property
    def box(self) -> Box:
        lons, lats = [spot.lon or 0.0 for spot in self.spots], [spot.lat or 0.0 for spot in self.spots]
        return min(lons), min(lats), max(lons), max(lats)

    @property
    def says(self) -> str:
        """What the mark stands for, in words of the page."""
        first = self.spots[0]
        where = f"{first.name} ({first.precision})" if len(self.spots) == 1 else f"{len(self.spots)} places"
        more = f" around {first.name}" if len(self.spots) > 1 else ""
        told = f", {self.told} of them told as facts" if self.told < self.events else ""
        # Articles that name two places of a cluster are two here, so that nothing is said of their sum.
        articles = f"; articles: {self.articles}" if len(self.spots) == 1 else ""
        return f"{where}{more}; events: {self.events}{told}{articles}"


def pins(seen: View, spots: Iterable[Spot]) -> list[Pin]:
    """The marks of a view, those of most events first. A mark of several places stands at the heaviest of them, which
    is a place of the text, and not at a middle, which would be none."""
    cells: dict[tuple[int, int], list[Spot]] = {}
    for spot in sorted(spots, key=_weight):
        if spot.lat is not None and spot.lon is not None and seen.holds(spot.lon, spot.lat):
            x, y = seen.at(spot.lon, spot.lat)
            cells.setdefault((int(x / _CELL), int(y / _CELL)), []).append(spot)
    heads: list[tuple[float, float, list[Spot]]] = []
    near: dict[tuple[int, int], list[int]] = {}
    for members in cells.values():  # the heaviest first, as the spots came
        x, y = seen.at(members[0].lon or 0.0, members[0].lat or 0.0)
        column, row = int(x / APART), int(y / APART)
        around = (n for i in (-1, 0, 1) for j in (-1, 0, 1) for n in near.get((column + i, row + j), ()))
        taken = min(around, key=lambda n: _apart(heads[n], x, y), default=None)
        if taken is not None and _apart(heads[taken], x, y) < APART:
            heads[taken][2].extend(members)
        else:
            near.setdefault((column, row), []).append(len(heads))
            heads.append((x, y, list(members)))
    return [Pin(x, y, tuple(sorted(members, key=_weight))) for x, y, members in heads]


def _weight(spot: Spot) -> tuple[int, int, int, str]:
    return -spot.told, -spot.events, -spot.articles, spot.place


def _apart(head: tuple[float, float, list[Spot]], x: float, y: float) -> float:
    return hypot(head[0] - x, head[1] - y)


def map_svg(seen: View, marks: Sequence[Pin], path: Callable[[Pin], str], label: str) -> Markup:
    """The map. Each mark is a link to `path(mark)`; the table of the same places belongs beside it."""
    land = drawn(seen)
    out = [
        f'<svg class="chart atlas" viewBox="0 0 {WIDTH} {seen.height}" width="{WIDTH}" height="{seen.height}" '
        f'role="group" aria-label="{escape(label)}"><g class="base" transform="{seen.transform}" aria-hidden="true">',
        *(f'<path class="{kind}" d="{shapes}"/>' for kind, shapes in land.items() if shapes),
        "</g>",
    ]
    named = _labelled(seen, marks)
    for n, mark in enumerate(marks):
        out.append(_mark(mark, path(mark), named.get(n)))
    out.append("</svg>")
    return Markup("".join(out))  # noqa: S704  names and addresses were escaped, the rest is numbers and packaged paths


def _mark(mark: Pin, href: str, side: str | None) -> str:
    x, y, r = round(mark.x, 1), round(mark.y, 1), round(mark.radius, 1)
    kind = "told" if mark.told else "untold" if mark.events else "named"
    single = len(mark.spots) == 1
    if single and mark.spots[0].precision == "point":
        sign = f'<path class="pin {kind}" d="M{x} {y - r}l{r} {r}l-{r} {r}l-{r} -{r}z"/>'
    else:
        sign = f'<circle class="pin {kind}" cx="{x}" cy="{y}" r="{r}"/>'
    if not single:
        sign += f'<circle class="several {kind}" cx="{x}" cy="{y}" r="{r + 3:.1f}"/>'
    count = _rounded(mark.events or mark.articles)
    number = f'<text class="n {kind}" x="{x}" y="{y + 4}" text-anchor="middle">{count}</text>' if r > 8 else ""
    name = ""
    if side:
        at, anchor = (x + r + _GAP, "start") if side == "right" else (x - r - _GAP, "end")
        name = f'<text class="name" x="{at:.1f}" y="{y + 4.5}" text-anchor="{anchor}">{escape(_short(mark))}</text>'
    # The circle that nothing fills makes the link as large as a finger needs it.
    reach = f'<circle cx="{x}" cy="{y}" r="{APART / 2 - 1}" fill="none" pointer-events="all"/>'
    says = escape(mark.says)
    return f'<a href="{escape(href)}" aria-label="{says}"><title>{says}</title>{reach}{sign}{number}{name}</a>'


def _rounded(n: int) -> str:
    """As many digits as a mark has room for; its words have them all."""
    return f"{n}" if n < 10_000 else f"{n // 1000}k" if n < 1_000_000 else f"{n // 1_000_000}M"


def _short(mark: Pin) -> str:
    name = mark.spots[0].name
    name = name if len(name) <= 22 else name[:21] + "…"
    return name if len(mark.spots) == 1 else f"{name} +{len(mark.spots) - 1}"


def _labelled(seen: View, marks: Sequence[Pin]) -> dict[int, str]:
    """Which marks bear a name and on which side: the first ones first, where nothing else is in the way. The rest have
    theirs in the table."""
    taken = [(m.x - m.radius - 3, m.y - m.radius - 3, m.x + m.radius + 3, m.y + m.radius + 3) for m in marks]
    sides: dict[int, str] = {}
    for n, mark in enumerate(marks[: 4 * _LABELS]):
        long = len(_short(mark)) * _LETTER
        for side, left in (("right", mark.x + mark.radius + _GAP), ("left", mark.x - mark.radius - _GAP - long)):
            box = (left, mark.y - _LINE / 2, left + long, mark.y + _LINE / 2)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= max(seen.height, HEIGHT)
            others = (other for i, other in enumerate(taken) if i != n)
            if inside and not any(_overlap(box, other) for other in others):
                sides[n] = side
                taken.append(box)
                break
        if len(sides) == _LABELS:
            break
    return sides


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
