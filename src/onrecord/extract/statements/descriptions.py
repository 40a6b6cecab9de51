"""Whom a description means: `the minister`, `the head of the bank`, `the company`: the one who is called so."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.extract.lexicon import bare
from onrecord.extract.offices import Words, agreement, words
from onrecord.extract.statements.scene import Scene
from onrecord.extract.statements.sources import Known, is_role, nouns

_COMPANIES = frozenset(
    "inc corp corporation co company ltd plc llc group holdings airlines airways bank motors industries technologies "
    "systems energy oil gas pharmaceuticals labs foods entertainment studios media partners capital".split()
)
_OUTLETS = frozenset(
    "times post news journal gazette tribune herald daily telegraph guardian observer courier mail press magazine "
    "review globe chronicle sun star inquirer".split()
)


class Called(NamedTuple):
    """Whom a description means, by index in `Scene.known`, or None; `how` says by what, or `ambiguous`."""

    who: int | None
    how: str


@cache
def _outlets() -> frozenset[str]:
    table = tomllib.loads((files("onrecord.extract") / "data" / "organizations.toml").read_text(encoding="utf-8"))
    return frozenset(table["outlets"])


def called(scene: Scene, noun: str, place: int, last: int | None, *, phrase: str) -> Called:
    """Who is meant by a definite description in the singular, with `noun` for its head, at a place of the article.
    `last`: who spoke last, in the paragraph before at most; `phrase`: the description without what is only added to
    it."""
    wanted = words(phrase)
    here = [n for n, k in enumerate(scene.known) if k.mentions and k.mentions[0].start < place]
    if is_role(noun):
        scored = [(n, _title(wanted, scene.known[n])) for n in here if scene.known[n].person]
        if not any(score for _, score in scored) and len(wanted.core | wanted.rest | wanted.countries) > 1:
            later = [n for n, k in enumerate(scene.known) if k.person and n not in set(here)]
            scored = [(n, 2 if _title(wanted, scene.known[n]) == 2 else 0) for n in later]
        return _best(scene, scored, place, last, "title")
    if noun not in nouns().bodies:
        return Called(None, "")
    bodies = [n for n in here if scene.known[n].kind in ("organization", "facility", None)]
    named = _best(scene, [(n, _name(noun, wanted, scene.known[n])) for n in bodies], place, last, "short name")
    if named.how or len(wanted.core | wanted.rest | wanted.countries) > 1:
        return named
    return _kind(scene, noun, bodies, place, last)


def _title(wanted: Words, who: Known) -> int:
    """2 where somebody is called all this, 1 where they are called less and nothing else, 0 where they are not."""
    return max((agreement(wanted, words(role.title)) for role in who.roles), default=0)


def _name(noun: str, wanted: Words, who: Known) -> int:
    """2 where the name holds the noun as its head, or the article calls the body so."""
    given = words(who.name)
    if wanted.countries and not wanted.countries & given.countries:
        return 0
    if noun in (given.head, given.head.removesuffix("s")) and wanted.core | wanted.rest <= given.core | given.rest | {
        noun
    }:
        return 2
    return 2 if who.kind and _title(wanted, who) == 2 else 0


def _kind(scene: Scene, noun: str, bodies: list[int], place: int, last: int | None) -> Called:
    """`the company`: the one of that kind nearest by, or the only body that it can be."""
    sorts = nouns()
    told = [n for n in bodies if _is_kind(noun, scene.known[n])]
    if not told and noun not in sorts.any_body | sorts.companies | sorts.outlets:
        return Called(None, "")
    if last is not None and last in (told or bodies) and scene.known[last].kind == "organization":
        return Called(last, "kind")
    among = set(told or bodies)
    paragraph = scene.passages.starts[max(0, scene.passages.number(place) - 1)]
    near = {s.who for s in scene.between(paragraph, place) if s.who in among and scene.known[s.who].kind}
    if len(near) == 1:
        return Called(next(iter(near)), "kind")
    if len(told) == 1 and not near:
        return Called(told[0], "kind")
    return Called(None, "ambiguous" if len(near) > 1 else "")


def _is_kind(noun: str, who: Known) -> bool:
    tail = bare(who.name.split()[-1])
    if noun in nouns().outlets:
        return tail in _OUTLETS or bare(who.name.removeprefix("The ")) in _outlets()
    return noun in nouns().companies and tail in _COMPANIES


def _best(scene: Scene, scored: list[tuple[int, int]], place: int, last: int | None, how: str) -> Called:
    """The one called so the most exactly; of several whoever spoke last, or the only one nearby."""
    top = max((score for _, score in scored), default=0)
    if not top:
        return Called(None, "")
    best = [n for n, score in scored if score == top]
    if len(best) > 1 and last in best:
        return Called(last, how)
    for back in (0, 1, 2):
        if len(best) == 1:
            break
        start = scene.passages.starts[max(0, scene.passages.number(place) - back)]
        near = list(dict.fromkeys(s.who for s in scene.between(start, place) if s.who in best))
        best = near if len(near) == 1 else best
    return Called(best[0], how) if len(best) == 1 else Called(None, "ambiguous")
