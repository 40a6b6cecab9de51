"""Roles as they are compared: the noun, the words around it, and the countries that they name."""

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from onrecord.extract.lexicon import bare, countries, demonyms

_FORMS = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "pres": "president",
    "lt": "lieutenant", "col": "colonel", "capt": "captain", "adm": "admiral", "sgt": "sergeant", "maj": "major",
    "cmdr": "commander",
    "premier": "minister", "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman",
    "chairperson": "chairman", "chair": "chairman", "congresswoman": "congressman", "councilwoman": "councilman",
    "lawmaker": "legislator", "defence": "defense", "labour": "labor", "adviser": "advisor", "gop": "republican",
    "republicans": "republican", "democrat": "democratic", "attorney": "lawyer", "businesswoman": "businessman",
}  # fmt: skip
"""Forms of one office, for comparing what somebody is called here and there."""
_LOWER = frozenset(("vice", "deputy", "assistant", "under", "spokesman", "aide", "advisor"))
"""Words that make another office of one: a vice president is not the president."""
_LEADERS = frozenset(
    ("leader", "president", "minister", "chancellor", "king", "queen", "dictator", "ruler", "taoiseach")
)
"""Who may be called the leader of a country."""
_PREPOSITIONS = frozenset("of for at in on to from with by and who that which".split())
_EMPTY = frozenset("the a an this that its his her their our s former then current new longtime".split())
_WORDS = re.compile(r"[^\W\d_][\w.&-]*")


Holding = Literal["former", "acting", "designate"]
_HOLDINGS: dict[Holding, frozenset[str]] = {
    "former": frozenset("former ex late onetime one-time erstwhile ousted deposed retired then".split()),
    "acting": frozenset("acting interim caretaker".split()),
    "designate": frozenset("elect designate incoming".split()),
}
_HELD = re.compile(rf"(?<![\w’'])({'|'.join(sorted(set().union(*_HOLDINGS.values())))})(?![\w’'])", re.IGNORECASE)


class Words(NamedTuple):
    """A description as it is compared: its head, the words before its first preposition, all others, and countries."""

    head: str
    core: frozenset[str]
    rest: frozenset[str]
    countries: frozenset[str]


@cache
def _forms() -> dict[str, str]:
    """Names of countries in one or two words, and demonyms, to codes."""
    return {name.lower(): code for table in (countries(), demonyms()) for name, code in table.items()}


@lru_cache(4096)
def words(phrase: str) -> Words:
    """What a phrase says, so that two can be compared."""
    tokens = [
        bare(w).removesuffix("'s").strip("-.'") for w in _WORDS.findall(phrase.replace("’", "'").replace("'s ", " "))
    ]
    core: list[str] = []
    rest: set[str] = set()
    found: set[str] = set()
    i, passed = 0, False
    while i < len(tokens):
        two = " ".join(tokens[i : i + 2])
        code = _forms().get(two) or (_forms().get(tokens[i]) if len(tokens[i]) > 1 else None)
        step = 2 if two in _forms() else 1
        if code:
            found.add(code)
        elif tokens[i] in _PREPOSITIONS:
            passed = passed or bool(core)
        elif tokens[i] not in _EMPTY and tokens[i]:
            form = _FORMS.get(tokens[i], tokens[i])
            if passed:
                rest.add(form)
            else:
                core.append(form)
        i += step
    return Words(core[-1] if core else "", frozenset(core), frozenset(rest), frozenset(found))


def holding(title: str) -> Holding | None:
    """Whether an office is no more, for a while, or not yet held, as far as the words of a role say."""
    found = _HELD.search(title)
    return next(kind for kind, words in _HOLDINGS.items() if bare(found[1]) in words) if found else None


def nouns_of(wanted: Words) -> frozenset[str]:
    """The nouns of which a role that fits has to hold one."""
    return _LEADERS if wanted.head == "leader" and wanted.countries else frozenset((wanted.head,))


def agreement(wanted: Words, given: Words) -> int:
    """2 where somebody who is called `given` is called all that is `wanted`, 1 where less and nothing else, else 0."""
    heads = nouns_of(wanted)
    if not wanted.head or not heads & given.core or wanted.core & _LOWER != given.core & _LOWER:
        return 0
    if wanted.countries and not wanted.countries & given.countries:
        return 0
    mine, theirs = (wanted.core - heads) | wanted.rest, (given.core - heads) | given.rest
    if mine <= theirs:
        return 2
    return 1 if theirs <= mine and given.head in heads else 0
