"""Names as they are compared over documents: folded, taken apart, and reduced to what survives another spelling."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from onrecord.extract.bodies import official
from onrecord.extract.lexicon import acronyms, bare, countries, demonyms, nicknames, organizations, territories, titles

_CACHE = 65_536
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_DEGREES = frozenset("md phd esq dds jd rn mp mep qc kc obe mbe cbe".split())
_PARTICLES = frozenset(
    "de da di do du del della der den van von bin ibn al el la le dos das ter ten af av zu st san".split()
)
_COMPANY = frozenset(
    "inc incorporated corp corporation co company ltd limited llc llp plc group holdings holding sa spa ag nv se ab oy "
    "asa gmbh kg srl bv pty".split()
)
_STATE = frozenset(
    ("congress", "house of representatives", "house", "senate", "parliament", "cabinet", "treasury", "state department")
)
"""Bodies that many countries have, beyond those that `bodies.official` tells by their nouns."""
_SPELLINGS = (
    (re.compile(r"ph"), "f"), (re.compile(r"[cq]k?|kh|k"), "k"), (re.compile(r"ts|tz|cz"), "z"),
    (re.compile(r"sch|sh|tch"), "s"), (re.compile(r"w|ff|v"), "v"), (re.compile(r"dj|j(?=[aeiou])|dzh"), "j"),
    (re.compile(r"(?<=.)[aeiouyhj']+"), ""), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip
_SHORT = {"united states": "us", "united kingdom": "uk"}
_LONG = re.compile(rf"^(?:{'|'.join(_SHORT)})(?= )")
_WORD = re.compile(r"[^\s,;()\"“”]+")


class PersonName(NamedTuple):
    """A person's name in small letters without accents and full stops; a lone word is `last`, without its particle."""

    first: str
    middle: tuple[str, ...]
    last: str
    generation: str

    @property
    def full(self) -> bool:
        return bool(self.first)


@lru_cache(_CACHE)
def fold(name: str) -> str:
    """Small letters without accents and full stops, spaces folded, no article in front, no genitive behind."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = plain.casefold().replace("’", "'").replace(".", "").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words).removesuffix("'s").removesuffix("'")


@lru_cache(_CACHE)
def taken_apart(name: str) -> PersonName:
    """First name, middle names, surname, generation. A name in another order than that is compared all the same, for
    only equal parts count."""
    words = [word for word in _WORD.findall(fold(name)) if word not in _DEGREES]
    generation = ""
    while len(words) > 1 and words[-1] in _GENERATIONS:
        generation = _GENERATIONS[words.pop()]
    while len(words) > 1 and bare(words[0]) in titles().honorifics:
        words = words[1:]
    if not words:
        return PersonName("", (), fold(name), generation)
    last = re.sub(r"^(?:al|el|ul|ad|as|bin)-(?=\w)", "", words[-1])
    if len(words) == 1 or words[0] in _PARTICLES:
        return PersonName("", (), last, generation)
    middle = tuple(word for word in words[1:-1] if word not in _PARTICLES)
    return PersonName(words[0], middle, last, generation)


@lru_cache(_CACHE)
def skeleton(word: str) -> str:
    """The consonants, in one spelling: `zelensky`, `zelenskyy` and `zelenskiy` share theirs."""
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return word


def first_keys(first: str) -> frozenset[str]:
    """Skeletons of a first name and of the names that it may be short for."""
    return frozenset(skeleton(name) for name in (first, *nicknames().get(first, ())))


@lru_cache(_CACHE)
def body(name: str, country: str | None = None) -> str:
    """One form for a body's names: initials where news calls it by them, the country's code and the noun for a body of
    a state (`country` is whose it is where the name does not say), else the name without `Inc.` and the like."""
    folded = fold(name)
    if folded in acronyms():
        return acronyms()[folded]
    own = official(name) or (country and official(f"{_names()[country]} {folded}"))
    if own:
        return fold(own)
    owner, _, rest = folded.partition(" ")
    code = _owners().get(owner) or _owners().get(" ".join(folded.split()[:2]))
    if code and rest.removeprefix("states ").removeprefix("kingdom ") in _STATE:
        return f"{code.lower()} {rest.removeprefix('states ').removeprefix('kingdom ')}"
    if country and folded in _STATE:
        return f"{country.lower()} {folded}"
    words = _LONG.sub(lambda match: _SHORT[match[0]], folded.replace(",", " ")).split()
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
    plain = " ".join(words)
    return acronyms().get(plain, plain)


@lru_cache(_CACHE)
def common(form: str) -> bool:
    """Whether a form is that of many bodies: `ministry`, `supreme court`, `city council`."""
    lists = organizations()
    ordinary = lists.tails | lists.heads | titles().modifiers | titles().bodies | frozenset(("of", "and", "for", "the"))
    return all(word in ordinary for word in form.split()) or form in _STATE


def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country or people by its name, as written or without full stops."""
    plain = " ".join(name.replace(".", "").split())
    for form in (name, plain, plain.removeprefix("the ").removeprefix("The "), plain.title()):
        code = countries().get(form) or demonyms().get(form)
        if code:
            return code
    return None


@lru_cache(1)
def _owners() -> dict[str, str]:
    return {fold(name): code for table in (countries(), demonyms()) for name, code in table.items()}


@lru_cache(1)
def _names() -> dict[str, str]:
    return {territory.code: territory.name for territory in territories()}
