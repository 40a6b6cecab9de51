"""The word tables of `data/timex_words.toml`, and numbers in words."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("onrecord.extract") / "data" / "timex_words.toml").read_text("utf-8"))


def table(name: str) -> dict[str, Any]:
    """A table of the file: pattern to what it stands for. Raises KeyError for a table that is not there."""
    return _tables()[name]


@cache
def alternatives(name: str) -> str:
    """One pattern for all words of a table, the longest first, so that no word hides a longer one."""
    words = [word for key in table(name) for word in _branches(key)]
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _compiled(name: str) -> tuple[tuple[re.Pattern[str], Any], ...]:
    return tuple((re.compile(spaced(key)), value) for key, value in table(name).items())


@lru_cache(maxsize=4096)
def meaning(name: str, text: str) -> Any:
    """What a matched word of a table stands for; None if it is no word of it."""
    return next((value for pattern, value in _compiled(name) if pattern.fullmatch(text)), None)


def spaced(pattern: str) -> str:
    """A blank of a rule is any white space, and little of it: a rule must not run over a long blank stretch."""
    return pattern.replace(" ?", r"\s{0,2}").replace(" ", r"\s{1,4}")


_VAGUE = r"several|a few|few|some|many|a number of|a handful of|countless|dozens of|hundreds of|thousands of"
_COUNTS = {"a": 1, "an": 1, "another": 1, "a couple of": 2, "a couple": 2, "couple of": 2, "a dozen": 12, "a single": 1}
_FRACTIONS = {
    "a half": 0.5,
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a quarter": 0.25,
    "three quarters of an": 0.75,
}
_CARDINAL = (
    r"(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen"
)
_HUNDREDS = rf"(?:a|one|two|three|four|five|six|seven|eight|nine) (?:hundred|thousand)(?: (?:and )?(?:{_CARDINAL}))?"
_FIGURES = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,4}(?:\.\d{1,2})?(?: ?(?:1/2|½))?"
NUMBER = rf"{_HUNDREDS}|{_CARDINAL}|{_FIGURES}"
"""A number in figures or words, `a hundred` among them."""
_TENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
SPELLED_YEAR = (
    r"(?:fifteen|sixteen|seventeen|eighteen|nineteen|twenty) "
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|hundred|{_TENS})"
    rf"|two thousand(?: (?:and )?(?:one|two|three|four|five|six|seven|eight|nine|{_TENS}|twenty))?"
)
"""A year in words: `nineteen sixty-two`, `twenty twenty-one`, `two thousand and five`."""
COUNT = (
    rf"(?:{NUMBER})[- ]and[- ]a[- ]half|(?:the )?(?:{_VAGUE})|{NUMBER}"
    rf"|{'|'.join(sorted([*_COUNTS, *_FRACTIONS], key=len, reverse=True))}"
)
"""What can stand before a unit: a number, an article, `several`, `half a`."""


@lru_cache(maxsize=4096)
def count(text: str) -> float | None:
    """The number that `text`, a match of COUNT, stands for; None where it is vague."""
    text = " ".join(text.replace("-", " ").split())
    if text.endswith(" and a half"):
        whole = count(text.removesuffix(" and a half"))
        return None if whole is None else whole + 0.5
    if text in _COUNTS:
        return _COUNTS[text]
    if text in _FRACTIONS:
        return _FRACTIONS[text]
    figures = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)( ?(?:1/2|½))?", text)
    if figures:
        return float(figures[1].replace(",", "")) + (0.5 if figures[2] else 0)
    total = 0
    for word in text.split():
        if word in ("hundred", "thousand"):
            total = max(total, 1) * (100 if word == "hundred" else 1000)
        elif word == "a":
            total += 1
        elif word != "and":
            value = meaning("cardinal", word)
            if value is None:
                return None
            total += value
    return total or None


def _branches(pattern: str) -> list[str]:
    """The top-level alternatives of a pattern."""
    branches, depth, current = [], 0, ""
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            branches.append(current)
            current = ""
        else:
            current += character
    return [*branches, current]
