"""The word lists of the figure grammar, read once, and regular expressions made of them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

BLANK = r"(?:[ \t\u00a0\u202f\u2009\n]{1,2})"
"""What may stand between the words of a figure. Two blanks, or a line that the source
wrapped, are one."""


@cache
def table(name: str) -> dict[str, Any]:
    """`extract/data/figure_<name>.toml`."""
    return tomllib.loads(files("onrecord.extract").joinpath("data", f"figure_{name}.toml").read_text("utf-8"))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest first, each blank standing for any one blank."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", BLANK) for word in ordered)


def fold(text: str) -> str:
    """Lower case, and one plain space for each run of blanks: the form of a key in the tables."""
    return " ".join(text.lower().split())
