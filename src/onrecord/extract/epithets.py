"""Descriptions that mean somebody whom the article names: `the prime minister`, `the Canadian president`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.lexicon import bare, titles
from onrecord.extract.offices import agreement, holding, words
from onrecord.model import Role, Span

_THE = re.compile(r"\b(?:the|The)\s(?=((?:[\w’'.&-]{1,30}[ ]){0,6}[\w’'.&-]{1,30}))")
_MORE = re.compile(r" (?:of|for|in charge of)(?: [a-z][\w’'-]*){1,4}")
_OF = re.compile(r" (?:of|at|for) (?:the )?[A-Z][\w’'&-]{0,30}(?: (?:of (?:the )?|and )?[A-Z][\w’'&-]{0,30}){0,4}")
_TOKEN = re.compile(r"\S+")
_FAINT = frozenset(
    "official member man woman expert analyst student worker resident soldier officer agent player author writer host "
    "actor actress singer artist father mother son daughter brother sister wife husband captain aide".split()
)
"""Nouns that are said of many who are not named."""
_DOUBLE = frozenset("general major private marine principal chief head forward chair anchor host whip lead".split())
"""Nouns that may be another word when they stand alone: `the general census`."""


class Called(NamedTuple):
    """Somebody with roles; `first`: where the article names him first."""

    first: int
    roles: tuple[Role, ...]


class Epithet(NamedTuple):
    """Words that mean `who`, by index among those asked for."""

    who: int
    span: Span


def find_epithets(text: str, people: Sequence[Called], taken: Sequence[Span]) -> Iterator[Epithet]:
    """Descriptions with `the` that fit what exactly one of `people` is called, in order. None overlaps `taken`, where
    names stand, nor stands directly before one. A description that only repeats the noun has to come after the name."""
    calls = [[(words(role.title), holding(role.title), role.span.start) for role in person.roles] for person in people]
    nouns = {form.head for each in calls for form, _, _ in each if form.head} - _FAINT
    if not nouns:
        return
    starts, ends = {span.start for span in taken}, {span.end for span in taken}
    marks = bytearray(len(text) + 1)
    for span in taken:
        marks[span.start : span.end] = b"\1" * len(span)
    for match in _THE.finditer(text):
        found = _noun_phrase(text, *match.span(1), nouns)
        if found is None or marks[found[0] - 1]:
            continue
        span = Span(start=match.start(), end=found[1])
        # `the governor, Ana Silva`, `Ana Silva, the governor`: an apposition is of the one beside it.
        if {span.end + 1, span.end + 2} & starts and text[span.end] in " ,":
            continue
        if span.start - 2 in ends and text[span.start - 2] == ",":
            continue
        more = _MORE.match(text, span.end)
        wanted, held = words(span.of(text) + (more[0] if more else "")), holding(span.of(text))
        told = len(wanted.core | wanted.rest | wanted.countries) > 1
        if wanted.head in _DOUBLE and not told:
            continue
        scored = []
        for who, roles in zip(people, calls, strict=True):
            fits = [agreement(wanted, form) for form, own, at in roles if own == held and at != match.start(1)]
            scored.append(max(fits, default=0) if told or who.first < span.start else 0)
        if scored.count(2) == 1:
            yield Epithet(scored.index(2), span)


def _noun_phrase(text: str, start: int, end: int, nouns: set[str]) -> tuple[int, int] | None:
    """Where the first of the nouns ends that no other noun of a role follows, and where what it is of does."""
    tokens = [(start + m.start(), start + m.end()) for m in _TOKEN.finditer(text[start:end])]
    for i, (a, b) in enumerate(tokens):
        whole = text[a:b]
        plain = re.sub(r"(?:['’]s?|[.,])+$", "", whole)
        if words(plain).head in nouns:
            follows = bare(text[slice(*tokens[i + 1])]) if i + 1 < len(tokens) else ""
            goes_on = plain == whole and follows.removesuffix("'s") in titles().roles | titles().bodies
            if goes_on or text[b : b + 1] == "-":
                continue
            stop = a + len(plain)
            of = _OF.match(text, stop)
            return stop, of.end() if of else stop
        if whole[-1] in ".,;":
            return None
    return None
