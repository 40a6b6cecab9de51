"""What of the world lies in a rectangle, and where on the page: land and boundaries as paths, degrees as pixels.

The projection is equirectangular, with the standard parallel in the middle of the rectangle: there a degree is as
wide as it ought to be beside its height. So a path is drawn by a transform alone, and nothing is projected anew.
"""

from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import NamedTuple

WIDTH, HEIGHT = 960, 540
"""Of the drawing, in its own pixels; it grows and shrinks with the page."""
UNITS = 40  # of basemap.tsv, a degree
_NEAR = 75.0  # degrees: what is wider is drawn in less detail
_LEAST = 0.5  # degrees: nothing on the map is so exact that a closer look would show more
_SOUTH, _NORTH = -85.0, 85.0

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""
WORLD: Box = (-180.0, -58.0, 180.0, 84.0)


class Shape(NamedTuple):
    kind: str
    box: Box
    path: str


class View(NamedTuple):
    """A rectangle of the world on a page."""

    box: Box
    across: float
    up: float
    height: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        return (lon - self.box[0]) * self.across, (self.box[3] - lat) * self.up

    def holds(self, lon: float, lat: float) -> bool:
        west, south, east, north = self.box
        return west <= lon <= east and south <= lat <= north

    @property
    def width(self) -> float:
        """Degrees."""
        return self.box[2] - self.box[0]

    @property
    def transform(self) -> str:
        """From the units of the paths to pixels, as SVG has it."""
        x, y = self.at(0.0, 0.0)
        return f"matrix({self.across / UNITS:.5f} 0 0 {self.up / UNITS:.5f} {x:.2f} {y:.2f})"


def view(box: Box | None) -> View:
    """The page's view of a rectangle: grown on its shorter side until it fills the page, the world at most."""
    if box is None:
        return _view(WORLD)
    west, south, east, north = box
    x, y = (west + east) / 2, (south + north) / 2
    narrow = cos(radians(y))
    high = max(north - south, (east - west) * narrow * HEIGHT / WIDTH, _LEAST * HEIGHT / WIDTH)
    wide = high * WIDTH / HEIGHT / narrow
    if wide >= 300 or high >= _NORTH - _SOUTH:
        return _view(WORLD)
    x = max(-180 + wide / 2, min(180 - wide / 2, x))
    y = max(_SOUTH + high / 2, min(_NORTH - high / 2, y))
    return _view((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))


def _view(box: Box) -> View:
    west, south, east, north = box
    across = WIDTH / (east - west)
    # All of the world has no middle that tells of it: the parallel is that between the tropics and the cities.
    up = across / cos(radians((south + north) / 2 if box != WORLD else 35.0))
    return View(box, across, up, round((north - south) * up, 1))


def moved(seen: View, east: float, north: float, scale: float = 1.0) -> Box:
    """The rectangle that is so many shares of the view further, and `scale` times as wide."""
    west, south, far, top = seen.box
    wide, high = far - west, top - south
    x, y = (west + far) / 2 + east * wide, (south + top) / 2 + north * high
    return x - wide * scale / 2, y - high * scale / 2, x + wide * scale / 2, y + high * scale / 2


def drawn(seen: View) -> dict[str, str]:
    """Kind (`land`, `border`, `contested`) -> the path of all its shapes that may be seen."""
    west, south, east, north = seen.box
    paths: dict[str, list[str]] = {"land": [], "border": [], "contested": []}
    for kind, (left, bottom, right, top), path in _shapes()["near" if seen.width <= _NEAR else "world"]:
        if left <= east and right >= west and bottom <= north and top >= south:
            paths[kind].append(path)
    return {kind: "".join(found) for kind, found in paths.items()}


@cache
def _shapes() -> dict[str, list[Shape]]:
    levels: dict[str, list[Shape]] = {}
    for line in (files("onrecord.web") / "basemap.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            level, kind, *sides, path = line.split("\t")
            west, south, east, north = (int(side) / UNITS for side in sides)
            levels.setdefault(level, []).append(Shape(kind, (west, south, east, north), path))
    return levels
