"""The map: where events took place and which places articles name, with how exactly that is known.

Only what is as exact as a town or a point gets a mark. A country or a region is a row beneath, for the coordinates that
it has are a point of reference, at which nothing took place.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.extract.gazetteer import open_gazetteer
from onrecord.extract.lexicon import territories
from onrecord.extract.places import contested
from onrecord.ledger import FacetValue, Ledger, Spot
from onrecord.web.basemap import WIDTH, Box, View, moved, view
from onrecord.web.lists import Option
from onrecord.web.located_shelf import FILTERS, box_of, located_filter
from onrecord.web.pins import APART, Pin, map_svg, pins
from onrecord.web.query import Query, parse
from onrecord.web.room import html, json, room_of
from onrecord.web.twins import csv_lines, download

ROWS = 200
"""Of each table; what is more is in the twins."""
_COUNTRIES = 12
REGIONS: dict[str, Box] = {
    "Africa": (-20, -36, 53, 38),
    "Asia, central and south": (45, 4, 98, 56),
    "Asia, east": (95, -12, 150, 54),
    "Europe": (-12, 34, 45, 71),
    "Middle East": (25, 11, 64, 43),
    "North America": (-135, 7, -55, 62),
    "Oceania": (110, -48, 180, 0),
    "South America": (-83, -57, -33, 14),
}
"""Rectangles to go to, no claim of what belongs where."""
COLUMNS = ("place", "name", "country", "precision", "lat", "lon", "events", "told", "articles", "contested")


class Gathered(NamedTuple):
    """What a query finds: the places with a point in its view, and the countries and regions, which have none."""

    seen: View
    every: tuple[Spot, ...]
    pinned: tuple[Spot, ...]
    areas: tuple[Spot, ...]


def _asked(request: Request) -> tuple[Ledger, Query, Gathered]:
    ledger, query = room_of(request).ledger, parse(request.query_params, FILTERS | {"box"})
    seen = view(box_of(query))
    spots = ledger.spots(located_filter(query))
    every = tuple(spot for spot in spots if spot.pinned)
    pinned = tuple(spot for spot in every if seen.holds(spot.lon or 0.0, spot.lat or 0.0))
    return ledger, query, Gathered(seen, every, pinned, tuple(spot for spot in spots if not spot.pinned))


def page(request: Request) -> Response:
    ledger, query, found = _asked(request)
    marks = pins(found.seen, found.pinned)
    label = f"Map with {len(marks)} marks for {len(found.pinned)} places; the table below has the same"
    values = {
        "here": "/map",
        "query": query.given(),
        "svg": map_svg(found.seen, marks, lambda mark: _path(query, found.seen, mark), label),
        "narrow": bool(query.box),
        "elsewhere": len(found.every) - len(found.pinned),
        "whole": query.path("/map", box=""),
        "steps": _steps(query, found.seen) if query.box else [],
        "regions": [(name, _to(query, box), query.box == _words(box)) for name, box in REGIONS.items()],
        "countries": _countries(query, found.every),
        "tables": [
            ("At a point or in a town", "points", _rows(query, found.pinned), len(found.pinned)),
            ("Known no closer than a country or region", "areas", _rows(query, found.areas), len(found.areas)),
        ],
        "unplaced": ledger.unplaced(),
        "facets": _facets(ledger, query),
        "chips": [
            (f"{name}: {value}", query.path("/map", **{name: ""}))
            for name, value in query.given().items()
            if name != "box"
        ],
        "contested": _contested_areas(),
        "csv": query.path("/map.csv"),
        "geojson": query.path("/map.geojson"),
    }
    return html(request, "map.html", values)


def _path(query: Query, seen: View, mark: Pin) -> str:
    """Where a mark leads: to what is there, or, where it stands for places that a closer look tells apart, closer."""
    if len(mark.spots) == 1:
        return _list(query, mark.spots[0])
    west, south, east, north = mark.box
    size = max(east - west, north - south)
    closest = view((west, south, west, south)).width
    if size * WIDTH / closest < APART or seen.width <= closest * 1.1:
        # Outward to the digits of the address, so that none of them is left out.
        box = (west - 0.0001, south - 0.0001, east + 0.0001, north + 0.0001)
        return query.path("/located", box=",".join(f"{side:.4f}" for side in box))
    return _to(query, (west - size * 0.3, south - size * 0.3, east + size * 0.3, north + size * 0.3))


def _list(query: Query, spot: Spot) -> str:
    return query.path("/located", place=spot.place, box="", precision="")


def _words(box: Box) -> str:
    sides = (max(-180.0, box[0]), max(-90.0, box[1]), min(180.0, box[2]), min(90.0, box[3]))
    return ",".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in sides)


def _to(query: Query, box: Box) -> str:
    return query.path("/map", box=_words(box))


def _steps(query: Query, seen: View) -> list[tuple[str, str]]:
    """What one would drag or pinch for."""
    ways = (
        ("Closer", 0.0, 0.0, 0.5),
        ("Wider", 0.0, 0.0, 2.0),
        ("West", -0.5, 0.0, 1.0),
        ("East", 0.5, 0.0, 1.0),
        ("North", 0.0, 0.5, 1.0),
        ("South", 0.0, -0.5, 1.0),
    )
    steps = [(name, view(moved(seen, east, north, scale)), scale) for name, east, north, scale in ways]
    # A step that ends where it began, at the edge of the world or as close as it goes, is none.
    return [(name, _to(query, there.box)) for name, there, _ in steps if _words(there.box) != _words(seen.box)]


def _countries(query: Query, spots: Sequence[Spot]) -> list[tuple[str, int, str]]:
    """The countries of most places, by the rectangle around these; the code is that of the gazetteer."""
    boxes: dict[str, list[Spot]] = {}
    for spot in spots:
        if spot.country:
            boxes.setdefault(spot.country, []).append(spot)
    ordered = sorted(boxes.items(), key=lambda item: (-len(item[1]), item[0]))[:_COUNTRIES]
    return [(_territories().get(code, code), len(each), _to(query, _around(each))) for code, each in ordered]


def _around(spots: Sequence[Spot]) -> Box:
    west, south, east, north = Pin(0, 0, tuple(spots)).box
    return west - 1, south - 1, east + 1, north + 1


@cache
def _territories() -> dict[str, str]:
    return {territory.code: territory.name for territory in territories()}


def _note(spot: Spot) -> str | None:
    """Who disputes whose it is: the place's own area, or that which it lies in."""
    entry = open_gazetteer().entry(spot.place)
    notes = contested()
    return notes.get(spot.place) or (notes.get(entry.division or "") if entry else None)


def _rows(query: Query, spots: Sequence[Spot]) -> list[dict[str, Any]]:
    return [
        {
            "href": _list(query, spot),
            "name": spot.name,
            "country": _territories().get(spot.country or "", spot.country),
            "precision": spot.precision,
            "events": spot.events,
            "told": spot.told,
            "articles": spot.articles,
            "contested": _note(spot),
        }
        for spot in spots[:ROWS]
    ]


def _facets(ledger: Ledger, query: Query) -> list[tuple[str, list[Option]]]:
    found = ledger.located_facets(located_filter(query))
    if found is None:
        return []
    events = sum(value.n for value in found.type)
    kinds = {"event": ("events", events), "place": ("names of places", sum(v.n for v in found.precision) - events)}

    def options(name: str, values: Sequence[FacetValue]) -> list[Option]:
        now = query.given().get(name)
        return [
            Option(v.label, v.n, query.path("/map", **{name: "" if now == v.value else v.value}), now == v.value)
            for v in values
        ]

    shown = [FacetValue(value=kind, label=label, n=n) for kind, (label, n) in kinds.items() if n]
    return [
        ("What", options("kind", shown)),
        ("Type of event", options("type", found.type)),
        ("Told as", options("factuality", found.factuality)),
        ("Precision", options("precision", found.precision)),
        ("Outlet", options("publisher", found.publisher)),
    ]


@cache
def _contested_areas() -> list[tuple[str, str]]:
    """Name of an area and who disputes it, each name once."""
    gazetteer = open_gazetteer()
    named = {entry.name: note for id_, note in contested().items() if (entry := gazetteer.entry(id_))}
    return sorted(named.items())


def _record(spot: Spot) -> Mapping[str, Any]:
    where = {"lat": spot.lat, "lon": spot.lon} if spot.pinned else {"lat": None, "lon": None}
    plain = {name: getattr(spot, name) for name in COLUMNS if name not in ("lat", "lon", "contested")}
    return plain | where | {"contested": _note(spot)}


def as_csv(request: Request) -> Response:
    _, _, found = _asked(request)
    rows: Iterator[Mapping[str, Any]] = map(_record, (*found.pinned, *found.areas))
    return download(csv_lines(COLUMNS, rows), "map.csv", "text/csv; charset=utf-8")


def as_geojson(request: Request) -> Response:
    """RFC 7946. A feature of a country or region has no geometry (section 3.2): none was said."""
    _, _, found = _asked(request)

    def feature(spot: Spot) -> Mapping[str, Any]:
        record = dict(_record(spot))
        lat, lon = record.pop("lat"), record.pop("lon")
        at = None if lat is None else {"type": "Point", "coordinates": [lon, lat]}
        return {"type": "Feature", "id": record.pop("place"), "geometry": at, "properties": record}

    features = [feature(spot) for spot in (*found.pinned, *found.areas)]
    answer = json({"type": "FeatureCollection", "features": features})
    answer.headers["content-type"] = "application/geo+json"
    return answer


_FORMS = (("/map", page), ("/map.csv", as_csv), ("/map.geojson", as_geojson))
ROUTES = [Route(path, form, methods=["GET"]) for path, form in _FORMS]
