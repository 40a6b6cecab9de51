"""The rules of `data/timex_rules.toml`, compiled, and the places in a text where they hold."""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeVar

from onrecord.extract.timexes.words import COUNT, NUMBER, SPELLED_YEAR, alternatives, spaced

T = TypeVar("T")

_CONTEXT = 60  # code points around a match that its conditions may look at
_LEFT = r"(?<![\w$£€#/])(?<!\d[.,:/])(?<![a-z][.](?=[a-z]))(?=[a-z0-9'’])"
_RIGHT = r"(?![\w$£€])(?![.,:/]\d|\.[a-z])"
_NUMBER_OF_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?"
_ZONE = (
    r"(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|et|ct|pt|bst|cet|cest|msk|eet|eest|ist|jst|hkt|aest"
    r"|(?:local|eastern|central|pacific|british|greenwich mean|standard"
    r"|(?!this|that|some|any|the|last|first|next|long|full|half|part|same|real|prime|peak|show|air)[a-z]{3,12})"
    r" time)(?! of)\b"
)
_NAMED = ("month", "weekday", "weekdays", "shortday", "holiday", "lunar", "event", "bareevent", "era")


class Rule(NamedTuple):
    """One rule, compiled. `means` is the name of the function that values it, `constants` what it is given."""

    id: str
    pattern: re.Pattern[str]
    means: str
    constants: dict[str, str]
    before: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None
    phase: bool
    article: bool
    examples: tuple[dict[str, Any], ...]


class Match(NamedTuple):
    """A place where a rule holds. `groups` are its words in lower case; `phase` (`early`, `the end of`) and `hedge`
    (`about`, `more than`) stand before them and belong to the span."""

    rule: Rule
    start: int
    end: int
    core: int
    groups: dict[str, str]
    phase: str
    hedge: str


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "timex_rules.toml").read_text("utf-8"))
    return tuple(_rule(entry) for entry in data["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    def condition(name: str, shape: str) -> re.Pattern[str] | None:
        return re.compile(shape % spaced(entry[name])) if name in entry else None

    return Rule(
        id=entry["id"],
        pattern=re.compile(expand(entry["pattern"]) + _RIGHT),
        means=entry["means"],
        constants=entry.get("with", {}),
        before=condition("before", "(?:%s)$"),
        unless_before=condition("unless_before", "(?:%s)$"),
        unless_after=condition("unless_after", "(?:%s)"),
        phase=entry.get("phase", True),
        article=entry.get("article", False),
        examples=tuple(entry["examples"]),
    )


def expand(pattern: str) -> str:
    """A rule's pattern as a regular expression. A second `{month}` becomes the group `month__2`, and so on."""
    seen: dict[str, int] = {}

    def group(match: re.Match[str]) -> str:
        name = match[1]
        if name == "number":
            return f"(?:{NUMBER})"
        seen[name] = seen.get(name, 0) + 1
        label = name if seen[name] == 1 else f"{name}__{seen[name]}"
        # A spelled year is a name of its own in the rules that use it.
        return f"(?:{SPELLED_YEAR})" if name == "spelledyear" else f"(?P<{label}>{_words(name.rstrip('2'))})"

    return f"(?:{spaced(re.sub(r'{([a-z]+2?)}', group, pattern))})"


def _words(name: str) -> str:
    match name:
        case "n":
            return COUNT
        case "year":
            return r"(?:1[5-9]|20)\d\d"
        case "endyear":
            return r"(?:(?:1[5-9]|20)\d\d|\d\d)"
        case "day":
            return f"{_NUMBER_OF_DAY}|{alternatives('dayword')}"
        case "zone":
            return _ZONE
        case "weekdays":
            return f"(?:{alternatives('weekday')})s"
        case "units":
            return "seconds|minutes|hours|days|nights|weekends|weeks|months|years|decades|centuries"
        case "setunit":
            return "seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|months?|quarters?|years?|decades?"
        case _:
            return alternatives(name)


@cache
def _scanner() -> re.Pattern[str]:
    """Where any rule can begin."""
    bodies = [re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in rules()]
    return re.compile(_LEFT + "(?:" + "|".join(bodies) + ")")


_HEDGE = re.compile(spaced(rf"(?<![\w-])(?P<hedge>{alternatives('hedge')}) $"))
# Before any other kind `about` is a preposition: `details about Monday`.
_HEDGED = ("date", "time", "year", "decade", "distance", "duration")
# What can be said of a date; the others are said of numbers, and `over the weekend` is no `more than`.
_AROUND = ("about", "around", "approximately", "roughly", "circa", "close to", "almost", "nearly")
# `for over three years` is more than three, `over three years` in the course of them.
_MEASURED = re.compile(r"\b(?:for|after|in|of|by|to|at|was|is|took|takes|lasted|now|already|than|and|with)\s+over\s+$")
_PHASE = re.compile(
    spaced(
        r"(?<![\w-])(?:(?:the )?(?:very )?(?P<part>beginning|start|outset|end|middle|close|turn|height|eve"
        r"|(?:first|second|last|latter) half) of(?: (?:the|its|their|his|her))? |"
        r"(?:the )?(?:very )?(?P<time>early|earlier|mid|late|later)(?: (?:in|on))?(?: the)? |"
        r"(?P<joined>early|mid|late)-?)$"
    )
)
# `third-quarter`, `two day`: the article belongs to the noun that follows.
_ADJECTIVE = re.compile(
    rf"-[a-z]+$|^(?!1 |one )(?:\d+|{alternatives('cardinal')})\s+(?:day|week|month|year|hour|minute)$"
)
_ARTICLE = re.compile(spaced(r"(?<![\w-])(?:the|this|a)(?: (?:very|just|whole|entire|full|same))? $"))


def find(original: str, read: Callable[[Match], T | None]) -> Iterator[tuple[Match, T]]:
    """Every place in a text where a rule holds and `read` makes something of it, left to right, none over another.

    At each place the longest match is tried first, and of two the rule that comes first in the file.
    """
    text = lowered(original)
    scanner = _scanner()
    position = taken = 0
    while place := scanner.search(text, position):
        start = place.start()
        for match in _candidates(original, text, start, taken):
            result = read(match)
            if result is not None:
                yield match, result
                position = taken = match.end
                break
        else:
            position = _WORD.match(text, start).end()  # type: ignore[union-attr]  # one of its branches fits always


_WORD = re.compile(r"\w+|\W")


def lowered(text: str) -> str:
    """Lower case of the same length: what would grow or shrink stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _candidates(original: str, text: str, start: int, floor: int) -> list[Match]:
    """The rules that hold at a place, the longest first; `floor`: the end of what was found before."""
    found = []
    left = text[max(0, start - _CONTEXT) : start]
    for rule in rules():
        match = rule.pattern.match(text, start)
        if not match or match.end() == start:
            continue
        if rule.before and not rule.before.search(left):
            continue
        if rule.unless_before and rule.unless_before.search(left):
            continue
        if rule.unless_after and rule.unless_after.match(original[match.end() : match.end() + _CONTEXT]):
            continue
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        if all(_is_name(original, match.start(name)) for name in groups if name.rstrip("_23") in _NAMED):
            found.append(Match(rule, start, match.end(), start, _merged(groups), "", ""))
    found.sort(key=lambda match: -match.end)
    return [_extended(match, text, floor) for match in found]


def _is_name(original: str, start: int) -> bool:
    """Names of months, days and feasts are written with a capital: `may` and `march` are not."""
    return not original[start].islower()


def _merged(groups: dict[str, str]) -> dict[str, str]:
    """Groups of the same word under one name."""
    merged: dict[str, str] = {}
    for name, value in groups.items():
        merged.setdefault(name.split("__")[0], value)
    return merged


def _extended(match: Match, text: str, floor: int) -> Match:
    """With the article, phase and hedge that stand before it, as far as nothing else has taken them."""
    start, phase, hedge = match.start, "", ""

    def before() -> str:
        return text[max(floor, start - _CONTEXT) : start]

    if match.rule.phase:
        found = _PHASE.search(before())
        if found:
            phase = found["part"] or found["time"] or found["joined"]
            start = start - len(found[0])
    if match.rule.article and (phase or not _ADJECTIVE.search(text[start : match.end])):
        article = _ARTICLE.search(before())
        if article and not (phase and article[0].strip() == "a"):
            start -= len(article[0])
    quantifier = _HEDGE.search(before())
    if match.rule.id.split(".")[0] not in _HEDGED:
        return match._replace(start=start, phase=phase)
    number = match.groups.get("n") or match.groups.get("hour") or " "
    during = quantifier and quantifier["hedge"] == "over" and not _MEASURED.search(before())
    if quantifier and not during and (text.startswith(number, start) or quantifier["hedge"] in _AROUND):
        hedge = " ".join(quantifier["hedge"].split())
        start -= len(quantifier[0])
    return match._replace(start=start, phase=phase, hedge=hedge)
