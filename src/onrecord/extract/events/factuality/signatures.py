"""What a word says of the event that hangs on it: the table of `data/factuality.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A row of `data/factuality.toml`: what a word says of the event that hangs on it."""

    id: str
    gives: str
    negated: str
    past: str
    definite: str | None
    noun: str | None
    behind: str | None
    unless: frozenset[str]
    examples: tuple[dict[str, str], ...]


class Table(NamedTuple):
    """The data file. `governors` by lemma and link; `modifiers` and `adverbs` by word; `modals`: plain and negated."""

    governors: dict[tuple[str, str], Row]
    modifiers: dict[str, Row]
    adverbs: dict[str, Row]
    modals: dict[str, tuple[str, str]]
    words: dict[str, frozenset[str]]
    rows: tuple[Row, ...]


@cache
def table() -> Table:
    """The packaged rows; of two for the same word and link the first holds."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "factuality.toml").read_text(encoding="utf-8"))
    governors: dict[tuple[str, str], Row] = {}
    modifiers: dict[str, Row] = {}
    adverbs: dict[str, Row] = {}
    rows: list[Row] = []
    for kind in ("governor", "modifier", "adverb"):
        for entry in data[kind]:
            row = _row(entry)
            rows.append(row)
            for word in entry["words"].split():
                if kind == "governor":
                    for link in entry["by"].split():
                        governors.setdefault((word, link), row)
                else:
                    (modifiers if kind == "modifier" else adverbs).setdefault(word, row)
    words = {name: frozenset(listed.split()) for name, listed in data["words"].items()}
    modals = {word: (plain, negated) for word, (plain, negated) in data["modals"].items()}
    return Table(governors, modifiers, adverbs, modals, words, tuple(rows))


def _row(entry: dict[str, Any]) -> Row:
    gives = entry["gives"]
    return Row(
        entry["id"],
        gives,
        entry.get("negated", "possible"),
        entry.get("past", gives),
        entry.get("definite"),
        entry.get("noun"),
        entry.get("behind"),
        frozenset(entry.get("unless", "").split()),
        tuple(entry["examples"]),
    )
