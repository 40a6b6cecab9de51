"""The base map and the marks on it: land is land, a mark stands where its place is, and many places stay quick."""

import re
import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.gazetteer import open_gazetteer
from onrecord.ledger import Spot
from onrecord.web.basemap import HEIGHT, UNITS, WIDTH, WORLD, _shapes, moved, view
from onrecord.web.map_page import _note
from onrecord.web.pins import APART, map_svg, pins


def spot(place, lat, lon, events=0, articles=1):
    return Spot(
        place=place, name=place, country="NO", precision="town", lat=lat, lon=lon, events=events, told=events,
        articles=articles,
    )  # fmt: skip


def lies_in_land(lon, lat, level):
    """Even-odd, over the very paths that are drawn."""
    x, y, inside = lon * UNITS, -lat * UNITS, False
    for kind, _, path in _shapes()[level]:
        if kind != "land":
            continue
        start, steps = path.rstrip("z")[1:].split("l")
        points = [tuple(map(int, start.split(",")))]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


LAND = [(-100, 40), (2.3, 48.8), (25, 0), (135, -25), (-60, -10), (37.6, 55.8), (175.3, 67.5), (-175.5, 66.5), (0, -85)]
SEA = [(-40, 30), (80, -20), (-150, 0), (18, 38), (179.9, 50), (-179.9, 10), (5, 70), (34, 43.5)]


@pytest.mark.parametrize("level", ["world", "near"])
def test_land_is_land_and_sea_is_sea_also_at_the_antimeridian(level):
    assert [place for place in LAND if not lies_in_land(*place, level)] == []
    assert [place for place in SEA if lies_in_land(*place, level)] == []


def test_the_base_map_is_small_and_says_where_it_is_from():
    text = (files("onrecord.web") / "basemap.tsv").read_text("utf-8")
    assert len(text.encode()) <= 400_000
    assert "Natural Earth" in text[:300] and "ISC" in text[:400]
    kinds = {(row.split("\t")[0], row.split("\t")[1]) for row in text.splitlines() if not row.startswith("#")}
    assert kinds == {(level, kind) for level in ("world", "near") for kind in ("land", "border", "contested")}


def test_the_corners_of_a_view_are_the_corners_of_the_page():
    for box in (None, (22, 44, 41, 53), (5, 60, 5.01, 60.01), (-180, -90, 180, 90), (170, -50, 180, -30)):
        seen = view(box)
        west, south, east, north = seen.box
        assert seen.at(west, north) == pytest.approx((0, 0))
        assert seen.at(east, south) == pytest.approx((WIDTH, seen.height), abs=0.1)
        assert seen.box == WORLD or seen.height == pytest.approx(HEIGHT, abs=1)
        assert -180 <= west < east <= 180 and -90 <= south < north <= 90
        if box and seen.box != WORLD:
            assert seen.holds(box[0], box[1]) and seen.holds(box[2], box[3])


@given(st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90)))
def test_every_box_has_a_view_and_steps(sides):
    west, south, east, north = sides
    seen = view((min(west, east), min(south, north), max(west, east), max(south, north)))
    assert 0 < seen.height < 2 * HEIGHT and seen.across > 0
    assert view(moved(seen, 0.5, -0.5, 2.0)).height > 0


@given(st.lists(st.tuples(st.floats(-58, 84), st.floats(-180, 180), st.integers(0, 9)), max_size=60))
def test_each_place_is_in_one_mark_and_marks_keep_apart(places):
    spots = [spot(str(n), lat, lon, events) for n, (lat, lon, events) in enumerate(places)]
    found = pins(view(None), spots)
    assert sorted(s.place for mark in found for s in mark.spots) == sorted(s.place for s in spots)
    for n, one in enumerate(found):
        # It stands where its heaviest place is, and nowhere in between.
        assert (one.x, one.y) == pytest.approx(view(None).at(one.spots[0].lon, one.spots[0].lat))
        for other in found[n + 1 :]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (APART - 1e-6) ** 2


def test_thousands_of_places_are_drawn_at_once():
    spots = [spot(str(n), -50 + (n * 37 % 1300) / 10, -180 + (n * 101 % 3600) / 10, n % 7) for n in range(20_000)]
    began = time.process_time()
    seen = view(None)
    svg = map_svg(seen, pins(seen, spots), lambda mark: "/map", "many")
    assert time.process_time() - began < 2
    assert svg.count("<a ") < 400 and len(svg) < 400_000


def test_a_town_in_a_contested_area_is_noted_by_its_division():
    gazetteer = open_gazetteer()
    town = next(c for c in gazetteer.lookup("Simferopol") if c.division == "geonames:703883")
    assert "Russia" in (_note(spot(town.id, town.lat, town.lon)) or "")
    assert _note(spot("geonames:2988507", 48.9, 2.3)) is None
