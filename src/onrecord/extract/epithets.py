"""Descriptions that mean somebody whom the article names: `the prime minister`, `the Canadian president`."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.lexicon import bare, titles
from onrecord.extract.offices import Holding, Words, agreement, holding, nouns_of, words
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
_MOST = 200
"""Roles with one noun that a description is compared with."""


class Called(NamedTuple):
    """Somebody with roles; `first`: where the article names him first."""

    first: int
    roles: tuple[Role, ...]


class _Call(NamedTuple):
    """A role of somebody: `at`, where it stands; `first`, where its bearer is named first."""

    who: int
    form: Words
    held: Holding | None
    at: int
    first: int


class Epithet(NamedTuple):
    """Words that mean `who`, by index among those asked for."""

    who: int
    span: Span


def find_epithets(text: str, people: Sequence[Called], taken: Sequence[Span]) -> Iterator[Epithet]:
    """Descriptions with `the` that fit what exactly one of `people` is called, in order. None overlaps `taken`, where
    names stand, nor stands directly before one. A description that only repeats the noun has to come after the name."""
    calls: defaultdict[str, list[_Call]] = defaultdict(list)
    for who, person in enumerate(people):
        for role in person.roles:
            form = words(role.title)
            for word in form.core:
                calls[word].append(_Call(who, form, holding(role.title), role.span.start, person.first))
    nouns = {call.form.head for each in calls.values() for call in each} - _FAINT - {""}
    if not nouns:
        return
    starts, ends = {span.start for span in taken}, {span.end for span in taken}
    marks = bytearray(len(text) + 1)
    for span in taken:
        marks[span.start : span.end] = b"\1" * len(span)
    fitting: dict[str, list[_Call]] = {}
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
        phrase = span.of(text) + (more[0] if more else "")
        if phrase not in fitting:
            fitting[phrase] = list(_fitting(phrase, holding(span.of(text)), calls))
        wanted = words(phrase)
        told = len(wanted.core | wanted.rest | wanted.countries) > 1
        if wanted.head in _DOUBLE and not told:
            continue
        fits = (c for c in fitting[phrase] if c.at != match.start(1) and (told or c.first < span.start))
        meant = {call.who for call in fits}
        if len(meant) == 1:
            yield Epithet(meant.pop(), span)


def _fitting(phrase: str, held: Holding | None, calls: dict[str, list[_Call]]) -> Iterator[_Call]:
    """The roles that are all that a description says."""
    wanted = words(phrase)
    for noun in nouns_of(wanted):
        for call in calls.get(noun, ())[:_MOST]:
            if call.held == held and agreement(wanted, call.form) == 2:
                yield call


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
