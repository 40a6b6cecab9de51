"""Who fills a slot of an event, in the codes of PLOVER: country, sectors, title.

Each is taken from what the article says: from the name, the roles and the words of the slot. What they do not say stays
empty; a country does not act as its government unless the article says so, and has no sector.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.extract.offices import holding, words
from onrecord.link.forms import country_code
from onrecord.model import Document, Entity, Participant

_DATA = files("onrecord.extract") / "data"
_MANY = re.compile(
    r"^.*?\b(?:thousands|hundreds|dozens|scores|tens|millions|some|many|most|several|members|groups?|crowds?|number)"
    r" of (?:the |its |their )?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"[,;:(]| (?:of|from|in|at|on|to|by|for|with|against|near|who|whom|that|which|and|or) ")
_OWN = re.compile(r"[,;:(]| (?:at|on|to|by|for|with|against|near|who|whom|that|which) ")
"""Behind these a country is another's: `protesters against ...`; behind `of`, `from` and `in` it is their own."""
_OF_STATE = re.compile(r" of state\b", re.IGNORECASE)
_SEVERAL = re.compile(r", | (?:and|or|&) ")
"""Words for several have one code only if each has it, and `military and civilian sites` are neither: none is given."""
_MOST = 200
"""Characters of a slot that are looked at; the noun comes before."""


class Profile(NamedTuple):
    """`country`: three letters, as PLOVER has it; `sectors`: codes, the first is the primary one; `title`: words of the
    article. Each empty or None where the article does not say."""

    name: str | None
    raw: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    title: str | None = None


class _Nouns(NamedTuple):
    always: dict[str, str]
    of_a_country: dict[str, str]
    of_any_body: frozenset[str]
    former: frozenset[str]
    international: dict[str, str]


def profile(document: Document, one: Participant, entities: Mapping[str, Entity]) -> Profile:
    """Who fills a slot. `entities`: those of the document, by key."""
    raw = one.span.of(document.text)
    entity = entities.get(one.entity or "")
    codes, sectors = _office(raw, None) if not _SEVERAL.search(raw[:_MOST]) else (set(), ())
    title = None
    if entity and entity.type in ("country", "group"):
        country = next(filter(None, map(country_code, (entity.name, *entity.aliases))), None)
        codes, sectors = ({country} if country else codes), sectors
    elif entity:
        own = [_office(role.title, role.country) for role in entity.roles] or [_told(entity.name)]
        codes = set().union(codes, *(each[0] for each in own))
        sectors = tuple(dict.fromkeys((*sectors, *(code for each in own for code in each[1]))))
        title = next((role.title for role in entity.roles), None)
    else:
        named = country_code(one.name or raw[:_MOST])
        codes = {named} if named else codes
    body = _nouns().international.get(_plain(one.name or raw))
    codes_of = countries()
    known = [codes_of[code] for code in codes if code in codes_of]
    country = body or (known[0][0] if len(known) == 1 else None)
    extra = known[0][1] if len(known) == 1 and not body else None
    return Profile(one.name, raw, country, (*sectors, extra) if extra else sectors, title)


def _office(title: str, country: str | None) -> tuple[set[str], tuple[str, ...]]:
    """Countries and sectors of a role. Who held an office is of the elite; who will hold it is not in it yet."""
    codes, sectors = _told(title)
    held = holding(title)
    if held == "designate":
        sectors = ()
    elif held == "former":
        sectors = tuple("ELI" for code in sectors if code in _nouns().former)
    return ({country} if country else codes), sectors


@lru_cache(4096)
def _told(phrase: str) -> tuple[set[str], tuple[str, ...]]:
    """Countries and sectors by the words alone. A country counts only beside a noun that says what they are:
    `Russian troops` are of Russia, `allies of Russia` are not."""
    phrase = _MANY.sub("", " ".join(phrase[:_MOST].split()))
    own = _OWN.split(phrase, 1)[0]
    found = set(words(own).countries)
    own = _OF_STATE.sub("-of-state", own)
    head, *rest = _BEFORE.split(own, 1)
    tokens = [token.strip("“”\"'’.[]") for token in head.lower().split()]
    form = next((form for form in _forms(tokens) if _noun(form, bool(found))), "")
    if rest and not found and form in _nouns().of_any_body:
        form = ""
    code = _noun(form, bool(found))
    return (found, (code,)) if code else (set(), ())


def _forms(tokens: list[str]) -> Iterator[str]:
    """The last two words and the last one, in the singular too."""
    for length in (2, 1):
        if len(tokens) >= length:
            form = " ".join(tokens[-length:])
            yield form
            for ending, singular in (("ies", "y"), ("es", ""), ("s", "")):
                if form.endswith(ending):
                    yield form.removesuffix(ending) + singular


def _noun(form: str, of_a_country: bool) -> str | None:
    nouns = _nouns()
    return nouns.always.get(form) or (nouns.of_a_country.get(form) if of_a_country else None)


def _plain(name: str) -> str:
    return " ".join(name.replace(".", "").lower().split()).removeprefix("the ")


@cache
def _nouns() -> _Nouns:
    table = tomllib.loads((_DATA / "sectors.toml").read_text(encoding="utf-8"))

    def by_word(lists: dict[str, str]) -> dict[str, str]:
        return {word: code for code, listed in lists.items() for word in listed.split("|")}

    return _Nouns(
        by_word(table["sectors"]),
        by_word(table["of_a_country"]),
        frozenset(table["of_any_body"]["words"].split("|")),
        frozenset(table["former"]["sectors"].split()),
        by_word(table["international"]),
    )


@cache
def countries() -> dict[str, tuple[str, str | None]]:
    """ISO 3166-1 alpha-2 -> the code of three letters in PLOVER, and the sector that goes with it, if any."""
    rows = (_DATA / "plover_countries.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {cell[0]: (cell[1], cell[2] if len(cell) > 2 else None) for cell in cells}
