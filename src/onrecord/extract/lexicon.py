"""The word lists behind names, entities and places, read once a process from `data/`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_DATA = files("onrecord.extract") / "data"


class Titles(NamedTuple):
    """What stands beside a name: forms of address, ranks, nouns of roles, the words that may qualify them,
    and the nouns that say what a body is.

    `before` is all of them: whatever may stand directly before a person's name as a title.
    """

    honorifics: frozenset[str]
    ranks: frozenset[str]
    roles: frozenset[str]
    modifiers: frozenset[str]
    bodies: frozenset[str]
    before: frozenset[str]


class Organizations(NamedTuple):
    """Names and words by which a name's kind is told; see the comments in the data file."""

    known: frozenset[str]
    tails: frozenset[str]
    heads: frozenset[str]
    facilities: frozenset[str]
    places: frozenset[str]
    place_heads: frozenset[str]
    events: frozenset[str]
    event_heads: frozenset[str]
    products: frozenset[str]
    ships: frozenset[str]
    ordinary: frozenset[str]


class Territory(NamedTuple):
    """A country or territory: ISO 3166-1 alpha-2 code, usual name, other names, adjectives and peoples."""

    code: str
    name: str
    others: tuple[str, ...]
    demonyms: tuple[str, ...]


def _toml(name: str) -> dict[str, list[str]]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def titles() -> Titles:
    table = {key: frozenset(words) for key, words in _toml("titles.toml").items()}
    return Titles(**table, before=table["honorifics"] | table["ranks"] | table["roles"])


@cache
def organizations() -> Organizations:
    table = {key: frozenset(words) for key, words in _toml("organizations.toml").items()}
    known = table.pop("outlets") | table.pop("bodies")
    return Organizations(known=known, **table)


@cache
def territories() -> tuple[Territory, ...]:
    rows = (_DATA / "territories.tsv").read_text(encoding="utf-8").splitlines()
    cells = [(row + "\t\t\t").split("\t")[:4] for row in rows if row and not row.startswith("#")]
    return tuple(
        Territory(code, name, tuple(filter(None, others.split("|"))), tuple(filter(None, demonyms.split("|"))))
        for code, name, others, demonyms in cells
    )


@cache
def countries() -> dict[str, str]:
    """Name of a country or territory as written -> its code. Names with dots stand without them too."""
    table: dict[str, str] = {}
    for territory in territories():
        for name in (territory.name, *territory.others):
            for form in (name, name.replace("’", "'"), name.removeprefix("The ")):
                table.setdefault(form, territory.code)
    return table


@cache
def demonyms() -> dict[str, str]:
    """Adjective or people as written -> code of the country."""
    return {demonym: territory.code for territory in territories() for demonym in territory.demonyms}


@cache
def first_names() -> frozenset[str]:
    """First names, lower case, whatever pronoun goes with them."""
    table = tomllib.loads((_DATA / "first_names.toml").read_text(encoding="utf-8"))
    return frozenset(name for names in table.values() for name in names.split())


class Callings(NamedTuple):
    """What nouns of roles say somebody does: the calling of each noun, and pairs that seldom go together."""

    of: dict[str, str]
    apart: frozenset[frozenset[str]]


@cache
def callings() -> Callings:
    table = _toml("callings.toml")
    apart = frozenset(frozenset(pair.split()) for pair in table.pop("apart"))
    return Callings({noun: calling for calling, nouns in table.items() for noun in nouns}, apart)


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Short form of a first name -> the names that it may stand for."""
    return {short: frozenset(names.split()) for short, names in _rows("nicknames.tsv")}


@cache
def acronyms() -> dict[str, str]:
    """Full name of a body, small letters -> the initials that news calls it by, small letters."""
    return {name.lower(): short.lower() for short, names in _rows("acronyms.tsv") for name in names.split("|")}


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    cells = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return [(first, rest) for first, _, rest in cells]


def bare(word: str) -> str:
    """A word as it stands in the lists: lower case, no full stops, one kind of apostrophe."""
    return word.lower().replace(".", "").replace("’", "'")
