"""Further words that say when and where a deed took place, beside those of its own scene (`holders`).

The clause that says what it is (`the attack was near Tarn`, `there was shelling in Tarn`), the way to it (`flew to Tarn
to meet`), what strikes those who are hurt (`hurt after a missile hit a mill in Tarn`), where it was said (`speaking in
Tarn, he called on`), and what a relative follows (`in Tarn, where`).
"""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from onrecord.extract.events.circumstances.holders import Holder, holders
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.grammar import surface_subject
from onrecord.extract.events.syntax.tree import Tree

_ONLY = frozenset("focus centre center brunt bulk target most scene start".split())
"""Of what they are said of: `the focus of the attack was near Tarn`."""

_SAYS_MORE = ("attr", "acomp", "dobj", "xcomp", "ccomp", "oprd")
_MARKS = ("after", "when", "as")
_WHILE = ("when", "while")
_MARKED = ("mark", "advmod")
_PAUSES = (",", "(", "-", "–", "—", "--")
_BACK = 2


@cache
def listed() -> dict[str, frozenset[str]]:
    """The lists of `data/circumstances.toml`, by name."""
    text = (files("onrecord.extract") / "data" / "circumstances.toml").read_text(encoding="utf-8")
    return {name: frozenset(part["words"].split()) for name, part in tomllib.loads(text).items()}


def around(tree: Tree, deed: Deed) -> list[Holder]:
    """The deed's holders, the nearest first, and then those of its circumstances."""
    found = holders(tree, deed)
    return [*found, *_beyond(tree, deed, found)]


def _beyond(tree: Tree, deed: Deed, found: Sequence[Holder]) -> Iterator[Holder]:
    last = tree.size
    noun = deed.token if tree.parts[deed.token] in ("NOUN", "PROPN") else None
    if noun is not None:
        above, link = tree.heads[noun], tree.links[noun]
        if link == "dobj" and tree.lemmas[above] in listed()["grows"]:
            yield Holder(above, last)
        if link == "attr" and tree.child(above, "expl") is not None:
            yield Holder(above, last)
        if link == "pobj" and tree.words[above] == "of" and tree.lemmas[tree.heads[above]] in _ONLY:
            noun = tree.heads[above]
        if (clause := _is_somewhere(tree, noun)) is not None:
            yield Holder(clause, last)
    elif (way := _journey(tree, deed.token)) is not None:
        yield Holder(way, last)
    for holder in found:
        yield from _appearance(tree, holder.token)
        if (blow := struck_by(tree, holder.token)) is not None:
            yield Holder(blow, last)


def _is_somewhere(tree: Tree, noun: int) -> int | None:
    """The verb of `the attack was near Tarn`, `the last time that it was hit was on 2 May`."""
    verb = tree.heads[noun]
    plain = tree.links[noun] == "nsubj" and tree.lemmas[verb] == "be"
    return verb if plain and tree.child(verb, *_SAYS_MORE) is None else None


def _journey(tree: Tree, verb: int) -> int | None:
    """The verb of `flew to Tarn to meet the monks`."""
    if tree.links[verb] not in ("xcomp", "advcl") or not any(
        tree.words[c] == "to" and tree.links[c] == "aux" for c in tree.children[verb]
    ):
        return None
    above = tree.heads[verb]
    return above if tree.lemmas[above] in listed()["journeys"] else None


def struck_by(tree: Tree, verb: int) -> int | None:
    """The verb of what hurts those whom a clause tells to be hurt: `were hurt after a missile hit a mill`."""
    if tree.lemmas[verb] not in listed()["hurts"] or tree.parts[verb] != "VERB":
        return None
    for c in tree.children[verb]:
        if c < verb or tree.links[c] != "advcl" or tree.lemmas[c] not in listed()["blows"]:
            continue
        if any(tree.words[g] in _MARKS and tree.links[g] in _MARKED for g in tree.children[c]):
            return c
    return None


def _appearance(tree: Tree, verb: int) -> Iterator[Holder]:
    """The participle of `Speaking in Tarn, he called on the monks`, `When closing it on Monday, he called on them`."""
    for c in tree.children[verb]:
        if c < verb and tree.links[c] == "advcl" and tree.tags[c] == "VBG":
            when = any(tree.words[g] in _WHILE for g in tree.children[c] if g < c)
            if when or tree.lemmas[c] in listed()["appears"]:
                yield Holder(c, verb)


def relative(tree: Tree, verb: int, word: str) -> int | None:
    """The token before the relative `word` that a clause begins with: Tarn in `in Tarn, where they met`."""
    first = next((c for c in tree.children[verb] if tree.words[c] == word and c < verb), None)
    if first is None:
        return None
    before = first - 1
    if before > 0 and tree.words[before] in _PAUSES:
        before -= 1
    return before if before >= tree.sentences[verb] else None


def day_of_clause(tree: Tree, verb: int) -> int | None:
    """The noun that a clause says the day of, and what stands before it: `on 2 May, the day they met`."""
    noun = tree.heads[verb]
    if tree.links[verb] != "relcl" or tree.lemmas[noun] not in listed()["days"] or noun > verb:
        return None
    first = tree.children[noun][0] if tree.children[noun] else noun
    before = min(first, noun) - 1
    return before - 1 if before > tree.sentences[verb] and tree.words[before] in _PAUSES else None


def last_time(tree: Tree, verb: int) -> int | None:
    """The verb that says when it was: `the last time they were hit was in May`."""
    noun = tree.heads[verb]
    if tree.links[verb] != "relcl" or tree.lemmas[noun] not in ("time", "day"):
        return None
    return _is_somewhere(tree, noun)


def doers(tree: Tree, verb: int) -> Iterator[int]:
    """The nouns that a verb is done by, or during which: `hit by a raid in Tarn`, `a court in Tarn sentenced`."""
    if tree.parts[verb] != "VERB":
        return
    subject = surface_subject(tree, verb)
    if subject is not None:
        yield subject
    for c in tree.children[verb]:
        if tree.links[c] in ("agent", "prep") and tree.words[c] in ("by", "in", "during"):
            yield from (g for g in tree.children[c] if tree.links[g] == "pobj")
