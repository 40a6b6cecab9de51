"""Where an event took place, in the words of GeoNames: city, district, province, country, class and code of feature."""

from typing import NamedTuple

from onrecord.export.actors import countries
from onrecord.extract.gazetteer import open_gazetteer
from onrecord.extract.lexicon import territories
from onrecord.model import Place

_FEATURES = {
    "country": ("A", None),
    "division": ("A", "ADM1"),
    "county": ("A", "ADM2"),
    "town": ("P", None),
    "capital": ("P", "PPLC"),
}
"""Kind in the gazetteer -> class and code in GeoNames, the code where it can only be that one."""
_LEVELS = {"country": 1, "division": 2, "county": 3, "town": 4, "capital": 4, "point": 5}
_PINNED = ("point", "town")


class Site(NamedTuple):
    """Each None where the gazetteer does not say. `lat`, `lon`: of a point or town alone; a country or region is not a
    pin on its middle. `country`: three letters, as of actors. `level`: 1 country, 2 province, 3 district, 4 city,
    5 below."""

    name: str
    geonames: int | None
    lat: float | None
    lon: float | None
    city: str | None
    district: str | None
    province: str | None
    country: str | None
    country_name: str | None
    feature_class: str | None
    feature_code: str | None
    level: int | None


def point(place: Place) -> tuple[float, float] | None:
    """Longitude and latitude of a place that is small enough for a pin."""
    if place.precision not in _PINNED or place.lat is None or place.lon is None:
        return None
    return place.lon, place.lat


def site(place: Place) -> Site:
    gazetteer = open_gazetteer()
    entry = gazetteer.entry(place.gazetteer_id or "")
    kind = entry.kind if entry else None
    division = gazetteer.entry(entry.division) if entry and entry.division else None
    county = gazetteer.entry(entry.county) if entry and entry.county else None
    pin = point(place)
    number = (place.gazetteer_id or "").removeprefix("geonames:")
    feature_class, feature_code = _FEATURES.get(kind or "", (None, None))
    return Site(
        name=place.name,
        geonames=int(number) if number.isdecimal() else None,
        lat=pin[1] if pin else None,
        lon=pin[0] if pin else None,
        city=place.name if kind in ("town", "capital") else None,
        district=place.name if kind == "county" else county.name if county else None,
        province=place.name if kind == "division" else division.name if division else None,
        country=countries().get(place.country or "", (None, None))[0],
        country_name=next((each.name for each in territories() if each.code == place.country), None),
        feature_class=feature_class,
        feature_code=feature_code,
        level=_LEVELS.get(kind or ""),
    )
