"""Makes the base map: land and boundaries of Natural Earth, as the npm package world-atlas has them, reduced.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.basemap.build package

Writes `src/onrecord/web/basemap.tsv`: closed shapes of land and open lines of boundaries at two levels, as SVG
paths in whole units of 1/40 degree, east and south positive. The same input gives the same bytes.
"""

import hashlib
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src" / "onrecord" / "web" / "basemap.tsv"
UNITS = 40
"""A degree. At 10 degrees to the width of a page one unit is less than three pixels."""

HEAD = """\
# Land and boundaries as Natural Earth has them, in its rendering in the npm package world-atlas 2.0.2.
# Natural Earth (naturalearthdata.com) is in the public domain; world-atlas: ISC licence, Copyright 2013-2019 Michael
# Bostock. Made by training/basemap/build.py: simplified, rounded, unwrapped at the antimeridian. No claim of ours.
# Columns (tabs): level, kind (land, border, contested), west, south, east, north, SVG path; all in 1/40 degree, and
# in the path y grows to the south.
"""


class Level(NamedTuple):
    """`tolerance` (degrees): how far a simplified line may lie from the original. `smallest` (square degrees): land
    that is smaller is left out."""

    name: str
    file: str
    sha256: str
    tolerance: float
    smallest: float


LEVELS = (
    Level(
        "world", "countries-110m.json", "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8", 0.08, 0.2
    ),
    Level("near", "countries-50m.json", "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394", 0.02, 0.0),
)

Point = tuple[float, float]


def arcs_of(topology: dict[str, Any], tolerance: float) -> list[list[Point]]:
    """The arcs in degrees, simplified one by one, so that what shares an arc goes on sharing it."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(simplified(points, tolerance))
    return arcs


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker 1973. A degree of longitude counts as it is at the arc's own latitude."""
    kept = {0, len(points) - 1}
    ranges = [(0, len(points) - 1)]
    narrow = math.cos(math.radians(sum(y for _, y in points) / len(points)))
    while ranges:
        first, last = ranges.pop()
        distances = [(_distance(points[i], points[first], points[last], narrow), i) for i in range(first + 1, last)]
        farthest, at = max(distances, default=(0.0, 0))
        if farthest > tolerance:
            kept.add(at)
            ranges += [(first, at), (at, last)]
    return [points[i] for i in sorted(kept)]


def _distance(point: Point, start: Point, end: Point, narrow: float) -> float:
    (px, py), (ax, ay), (bx, by) = ((x * narrow, y) for x, y in (point, start, end))
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = 0.0 if not length else max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay))


def joined(numbers: Iterable[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The points of a ring; an arc that runs the other way has the number -1 - n (TopoJSON)."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else list(reversed(arcs[~number]))
        points += arc[1:] if points else arc
    return points


def unwrapped(points: Sequence[Point]) -> list[Point]:
    """Without jumps at the antimeridian: the line runs on past 180 degrees."""
    turn, out = 0.0, [points[0]]
    for (before, _), (x, y) in pairwise(points):
        turn += 360 if x - before < -180 else -360 if x - before > 180 else 0
        out.append((x + turn, y))
    return out


def rings(points: list[Point]) -> Iterator[list[Point]]:
    """A ring as it is to be drawn: what goes round a pole is closed there, what runs past the antimeridian is drawn
    a second time a whole turn away."""
    ring = unwrapped(points)
    if abs(ring[-1][0] - ring[0][0]) > 180:
        pole = math.copysign(90, ring[0][1])
        ring += [(ring[-1][0], pole), (ring[0][0], pole)]
    yield ring
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    if east > 180:
        yield [(x - 360, y) for x, y in ring]
    if west < -180:
        yield [(x + 360, y) for x, y in ring]


def area(ring: Sequence[Point]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def path(points: Sequence[Point], *, closed: bool) -> tuple[tuple[int, int, int, int], str] | None:
    """The box and the SVG path; None where rounding leaves no shape."""
    units = [(round(x * UNITS), round(-y * UNITS)) for x, y in points]
    units = [point for i, point in enumerate(units) if not i or point != units[i - 1]]
    if closed and units[0] == units[-1]:
        units.pop()
    if len(units) < (3 if closed else 2):
        return None
    steps = "".join(f"{bx - ax},{by - ay} " for (ax, ay), (bx, by) in pairwise(units))
    steps = steps.strip().replace(",-", "-").replace(" -", "-")
    xs, ys = [x for x, _ in units], [y for _, y in units]
    return (min(xs), -max(ys), max(xs), -min(ys)), f"M{units[0][0]},{units[0][1]}l{steps}{'z' if closed else ''}"


def land(topology: dict[str, Any], arcs: Sequence[Sequence[Point]], smallest: float) -> Iterator[list[Point]]:
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for numbers in polygon:
                for ring in rings(joined(numbers, arcs)):
                    if area(ring) >= smallest:
                        yield ring


def borders(topology: dict[str, Any]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The numbers of the arcs that two countries share, and which two."""
    owners: dict[int, set[str]] = defaultdict(set)
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for number in (number for polygon in polygons for ring in polygon for number in ring):
            owners[number if number >= 0 else ~number].add(geometry["properties"]["name"])
    for number, names in sorted(owners.items()):
        if len(names) == 2:
            one, other = sorted(names)
            yield number, (one, other)


class Contested(NamedTuple):
    one: str
    other: str
    box: tuple[float, float, float, float] | None

    def covers(self, pair: tuple[str, str], line: Sequence[Point]) -> bool:
        if self.other not in pair or (self.one != "*" and self.one not in pair):
            return False
        x, y = line[len(line) // 2]
        return self.box is None or (self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3])


def contested() -> list[Contested]:
    rows = []
    for line in (HERE / "contested_lines.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            one, other, *sides, _ = line.split("\t")
            west, south, east, north = (float(side) if side else 0.0 for side in sides)
            rows.append(Contested(one, other, (west, south, east, north) if sides[0] else None))
    return rows


def pieces(line: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """A boundary cut so that each piece may be judged by where it lies: none is longer than some ten points."""
    for start in range(0, len(line) - 1, 10):
        yield line[start : start + 11]


def shapes(level: Level, folder: Path) -> Iterator[tuple[str, Sequence[Point]]]:
    raw = (folder / level.file).read_bytes()
    if hashlib.sha256(raw).hexdigest() != level.sha256:
        raise SystemExit(
            f"{folder / level.file}: it is not that of world-atlas 2.0.2; take the package at that version"
        )
    topology = json.loads(raw)
    arcs = arcs_of(topology, level.tolerance)
    for ring in land(topology, arcs, level.smallest):
        yield "land", ring
    disputed = contested()
    for number, pair in borders(topology):
        runs: list[tuple[str, list[Point]]] = []
        for piece in pieces(unwrapped(arcs[number])):
            kind = "contested" if any(each.covers(pair, piece) for each in disputed) else "border"
            if runs and runs[-1][0] == kind:
                runs[-1][1].extend(piece[1:])
            else:
                runs.append((kind, list(piece)))
        yield from runs


def main(folder: Path) -> None:
    rows = []
    for level in LEVELS:
        for kind, points in shapes(level, folder):
            made = path(points, closed=kind == "land")
            if made:
                rows.append("\t".join((level.name, kind, *map(str, made[0]), made[1])))
    TARGET.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    print(f"{TARGET}: {len(rows):,} shapes, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
