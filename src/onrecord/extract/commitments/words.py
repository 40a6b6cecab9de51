"""The words by which a commitment is told, from `data/commitments.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FAMILIES = ("pledge", "threat", "plan", "forecast")

# A passage without any of these holds no commitment; the grammar looks at the others.
LIKELY = re.compile(
    r"\b(?:will|wo|shall|would|going|promis|vow|pledg|sw[eo]|commi|guarant|assur|undert|agree|threat|ultim|plan|inten"
    r"|aim|mean|expect|anticip|forecast|predict|project|progn|reckon|prepar|schedul|slated|set|due|poised|tipped|about"
    r"|likely|unlikely|bound|oath|word|to\b)|['’](?:ll|d)\b",
    re.IGNORECASE,
)


class Verbs(NamedTuple):
    """Lemmas of one class by how what is to come hangs on them, and the nouns."""

    to: frozenset[str]
    that: frozenset[str]
    object: frozenset[str]
    nouns: frozenset[str]


class Words(NamedTuple):
    """The lists; what each is for stands in the data file. `fixed`: word after `be` -> class."""

    verbs: dict[str, Verbs]
    of_verb: dict[str, str]
    of_noun: dict[str, str]
    fixed: dict[str, str]
    lists: dict[str, frozenset[str]]

    def of(self, name: str) -> frozenset[str]:
        """A list by the name of its table and its own: `deed hostile`."""
        return self.lists[name]


@cache
def words() -> Words:
    """The packaged lists, read once a process."""
    table = tomllib.loads((files("onrecord.extract") / "data" / "commitments.toml").read_text(encoding="utf-8"))
    lists = {f"{group} {name}": frozenset(text.split()) for group, each in table.items() for name, text in each.items()}
    verbs = {name: Verbs(*(lists[f"{name} {part}"] for part in ("to", "that", "object", "nouns"))) for name in FAMILIES}
    return Words(
        verbs=verbs,
        of_verb={lemma: name for name, each in verbs.items() for lemma in each.to | each.that | each.object},
        of_noun={lemma: name for name, each in verbs.items() for lemma in each.nouns},
        fixed={word: name for name in ("plan", "forecast") for word in lists[f"fixed {name}"]},
        lists=lists,
    )
