"""The gazetteer: names of places and what they may stand for, in one file that is mapped, not loaded.

`training/gazetteer/build.py` makes `data/gazetteer.bin` from GeoNames (CC BY 4.0) and from tables of our own. The file
is a line of JSON (version, sources, licences, sections), then columns of little-endian numbers, one item an entry, and
the names sorted by `key`, each with the entries that bear it. Nothing of it is held in memory but what is looked at.
"""

import json
import math
import mmap
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

MAGIC = b"onrecord gazetteer 1\n"
KINDS = ("country", "area", "point", "division", "county", "town", "capital")
NONE = 0xFFFF
"""In the columns `division` and `county`: there is none."""
SCALE = 100_000
"""Degrees are stored as whole numbers of 1/SCALE."""

Kind = Literal["country", "area", "point", "division", "county", "town", "capital"]


class Candidate(NamedTuple):
    """What a name may stand for. `id`: `geonames:NNN`, or `onrecord:...` for a row of our own. `country`: ISO 3166-1
    alpha-2, as GeoNames has it, or None where an area lies in several or is disputed. `lat`, `lon`: WGS 84 degrees.
    `population`: inhabitants to one significant figure or so, 0 if unknown; of a division, those of its towns.
    `division` and `county`: ids of the first- and second-level division around it. `usual`: whether the name that was
    looked up is the entry's usual one."""

    id: str
    name: str
    kind: Kind
    country: str | None
    lat: float
    lon: float
    population: int
    division: str | None
    county: str | None
    usual: bool


class Gazetteer:
    """A mapped gazetteer file; see `open_gazetteer`."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path}: not a gazetteer of this version; build it with training/gazetteer/build.py")
        end = self._map.find(b"\n", len(MAGIC))
        self.about: dict[str, Any] = json.loads(self._map[len(MAGIC) : end])
        view = memoryview(self._map)
        self._columns: dict[str, Sequence[int]] = {}
        self._names = b""
        for name, code, start, length in self.about["sections"]:
            part = view[start : start + length]
            self._columns[name] = part if code == "s" else part.cast(code)
        self._text: memoryview = self._columns["text"]  # type: ignore[assignment]
        self._starts = self._columns["starts"]
        self._codes: list[str | None] = self.about["countries"]

    def __len__(self) -> int:
        return len(self._columns["id"])

    def name(self, row: int) -> str:
        return bytes(self._text[self._starts[row] : self._starts[row + 1]]).decode()

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Every entry that bears `name`, whatever its case and accents; the most populous first."""
        wanted = key(name)
        low, high = 0, len(self._starts) - 1
        while low < high:
            middle = (low + high) // 2
            if key(self.name(middle)) < wanted:
                low = middle + 1
            else:
                high = middle
        entries: dict[int, bool] = {}
        postings, at = self._columns["postings"], self._columns["at"]
        while low < len(self._starts) - 1 and wanted and key(self.name(low)) == wanted:
            for posting in postings[at[low] : at[low + 1]]:
                entries[posting >> 1] = entries.get(posting >> 1, False) or bool(posting & 1)
            low += 1
        candidates = [self._candidate(entry, usual) for entry, usual in entries.items()]
        return tuple(sorted(candidates, key=lambda c: (-c.population, c.id)))

    def entry(self, id_: str) -> Candidate | None:
        """The entry of that id, by its usual name; None if there is none."""
        row = self._rows.get(id_)
        return None if row is None else self._candidate(row, True)

    @cached_property
    def _rows(self) -> dict[str, int]:
        own = (row for row, number in enumerate(self._columns["id"]) if not number)
        rows = {f"geonames:{number}": row for row, number in enumerate(self._columns["id"]) if number}
        return rows | {self._id(row) or "": row for row in own}

    def _candidate(self, entry: int, usual: bool) -> Candidate:
        columns = self._columns
        size = columns["size"][entry]
        return Candidate(
            id=self._id(entry) or "",
            name=self.name(columns["name"][entry]),
            kind=KINDS[columns["kind"][entry]],  # type: ignore[arg-type]
            country=self._codes[columns["country"][entry]],
            lat=columns["lat"][entry] / SCALE,
            lon=columns["lon"][entry] / SCALE,
            population=population_of(size),
            division=self._id(columns["division"][entry]),
            county=self._id(columns["county"][entry]),
            usual=usual,
        )

    def _id(self, entry: int) -> str | None:
        if entry == NONE:
            return None
        number = self._columns["id"][entry]
        return (
            f"geonames:{number}"
            if number
            else "onrecord:" + key(self.name(self._columns["name"][entry])).replace(" ", "-")
        )


def size_of(population: int) -> int:
    """Population on a scale of 0..255, 20 steps to a power of ten."""
    return min(255, round(20 * math.log10(population))) + (population == 1) if population > 0 else 0


def population_of(size: int) -> int:
    """The population that `size_of` kept, to one significant figure or so."""
    return round(10 ** (size / 20)) if size else 0


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """A name as it is compared: no case, accents, full stops or apostrophes; hyphens and other signs are spaces; no
    article; `St.` is `Saint`."""
    if name.isascii() and name.isalpha():
        return name.lower()
    letters = []
    for c in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()):
        if c.isalnum():
            letters.append(_PLAIN.get(c, c))
        elif not unicodedata.combining(c) and c not in "'’‘ʻʼ`.":
            letters.append(" ")
    words = "".join(letters).split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join("saint" if word == "st" and len(words) > 1 else word for word in words)


_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss"}


@cache
def open_gazetteer() -> Gazetteer:
    """The packaged gazetteer, mapped once a process."""
    if sys.byteorder != "little":  # the columns are read as they lie in the file
        raise RuntimeError("the gazetteer needs a little-endian machine")
    return Gazetteer(Path(str(files("onrecord.extract") / "data" / "gazetteer.bin")))


@lru_cache(maxsize=20_000)
def lookup(name: str) -> tuple[Candidate, ...]:
    """What `name` may stand for, the most populous first; empty if no entry bears it."""
    return open_gazetteer().lookup(name)
