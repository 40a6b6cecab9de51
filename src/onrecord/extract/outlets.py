"""Outlets: where a publication is at home, by a table, by the country in its address, and by the name it bears."""

import math
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.extract.gazetteer import Candidate, key, lookup
from onrecord.extract.lexicon import territories
from onrecord.model import Document

_HOST = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/@\s]*@)?([a-z0-9.-]{1,253})", re.IGNORECASE)
_ELSEWHERE = {
    "uk": "GB",
    "eu": None,
    "tv": None,
    "me": None,
    "io": None,
    "co": None,
    "fm": None,
    "ai": None,
    "cc": None,
}
"""Last parts of addresses that are no ISO code, or that are sold to anybody."""
_REACH = 100.0
"""Kilometres over which the pull of the outlet's town falls to a third."""


class Home(NamedTuple):
    """Where an outlet is at home. `country`: ISO 3166-1 alpha-2; `lat`, `lon`: of its town; `names`: towns that
    its name begins with, in letters and digits alone. None and empty where it does not say."""

    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    names: frozenset[str] = frozenset()

    def nearness(self, c: Candidate) -> float:
        """0 to 1; 0 where the town is not known, and for countries and areas."""
        if self.lat is None or self.lon is None or c.kind in ("country", "area"):
            return 0.0
        x, y, turn = math.radians(c.lat), math.radians(self.lat), math.radians(c.lon - self.lon)
        cosine = math.sin(x) * math.sin(y) + math.cos(x) * math.cos(y) * math.cos(turn)
        return math.exp(-6371.0 * math.acos(max(-1.0, min(1.0, cosine))) / _REACH)


def home(document: Document) -> Home:
    """Where the document's outlet is at home, by its publisher's name and the address of the page."""
    match = _HOST.match(document.source.url or "")
    return _home(document.publisher or "", match[1].lower() if match else "")


@lru_cache(maxsize=1_000)
def _home(publisher: str, host: str) -> Home:
    if "." in publisher and " " not in publisher and not host:
        host = publisher.lower()
    parts = [part for part in host.split(".") if part]
    last = parts[-1] if parts else ""
    country = _ELSEWHERE.get(last, last.upper() if last.upper() in _codes() else None)
    names = [key(publisher).replace(" ", "")] if publisher and publisher.lower() != host else []
    site = [part for part in parts[:-1] if part not in ("www", "news", "co", "com", "org", "ac", "gov")]
    listed = outlets().get(_plain(publisher)) or next((outlets()[s] for s in map(_plain, site) if s in outlets()), None)
    if listed:
        town, around = listed
        for c in lookup(town):
            here = around in (c.country, f"{c.country}-{_short(c.division)}") and country in (None, c.country)
            if here and c.kind in ("town", "capital"):
                return Home(c.country, c.lat, c.lon, frozenset({_plain(town)}))
    return Home(country, names=frozenset(_towns([*names, *site])))


@cache
def _codes() -> frozenset[str]:
    return frozenset(territory.code for territory in territories())


def _plain(name: str) -> str:
    return key(name).replace(" ", "")


def _short(division: str | None) -> str | None:
    return _states().get(division or "")


@cache
def _states() -> dict[str, str]:
    """Id of an American state or Canadian province -> its postal code."""
    codes = sorted({around.partition("-")[2] for _, around in outlets().values()} - {""})
    return {c.id: code for code in codes for c in lookup(code) if c.kind == "division" and c.country in ("US", "CA")}


@cache
def outlets() -> dict[str, tuple[str, str]]:
    """Name or site of an outlet, letters and digits alone -> its town, and the country or state (`US-OH`)."""
    table = {}
    for line in (files("onrecord.extract") / "data" / "outlets.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            town, around, names = line.split("\t")
            table.update({_plain(name): (town, around) for name in names.split("|")})
    return table


def _towns(names: list[str]) -> set[str]:
    """Towns that a name begins with: `columbustelegram`, `theparisnews`."""
    found = set()
    for name in names:
        plain = re.sub(r"[^a-z0-9]", "", name.removeprefix("the"))
        found |= {plain[:end] for end in range(4, min(len(plain), 24) + 1) if lookup(plain[:end])}
    return found
