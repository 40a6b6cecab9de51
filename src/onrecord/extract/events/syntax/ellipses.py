"""Second clauses that leave out the verb's helper, put right in the parse: `Two were killed and five injured`, `three
died and dozens of houses damaged`. The parser takes the number for one who does it, or for a further object of the
first verb, and the participle for what says more of it. So too is what came of a blow, where the parser gives it to the
verb above (`Raids were reported in Tarn, where a mill was hit, killing three`)."""

from collections.abc import Iterator
from typing import NamedTuple

HURTS = frozenset(
    "kill wound injure hurt maim displace arrest detain capture destroy damage burn bury hospitalise hospitalize "
    "evacuate die perish shoot".split()
)
"""What becomes of people and houses, so that two such clauses tell of one scene."""

_BLOWS = frozenset("hit strike shell bomb bombard attack target explode collapse fall crash slam".split())
"""What hurts; of another verb above it nobody is killed."""

_FIRES = frozenset("shelling bombing shooting".split())
_BY = frozenset("by in from during under".split())

_FAR = 12
"""Tokens between the first verb and what stands beside it."""

_NEAR = 40
"""Tokens on each side of a verb among which its own are looked for."""


class Parse(NamedTuple):
    """What the parser says of the tokens of a passage, an item a token."""

    words: list[str]
    lemmas: list[str]
    tags: list[str]
    parts: list[str]
    links: list[str]
    heads: list[int]

    def below(self, index: int) -> Iterator[int]:
        near = range(max(0, index - _NEAR), min(len(self.heads), index + _NEAR))
        return (i for i in near if self.heads[i] == index and i != index)


def mend(parse: Parse) -> None:
    """Change links, heads and tags of such clauses, in place."""
    for index, lemma in enumerate(parse.lemmas):
        if parse.links[index] == "pobj" and parse.tags[index] == "VBG":  # `by renewed shelling`
            parse.tags[index], parse.parts[index], parse.lemmas[index] = "NN", "NOUN", parse.words[index]
        if parse.words[index] in _FIRES and parse.links[index] in ("advcl", "acl", "pcomp"):
            _fire(parse, index)
        if lemma in HURTS and parse.tags[index] == "VBG" and parse.links[index] == "advcl":
            _outcome(parse, index)
        if lemma not in HURTS or parse.tags[index] not in ("VBN", "VBD"):
            continue
        if parse.links[index] == "ccomp":
            _join(parse, index)
        if parse.links[index] == "conj":
            _subject(parse, index)
        elif parse.links[index] == "acl":
            _clause(parse, index)


def _fire(parse: Parse, index: int) -> None:
    """`were hurt by Brovian shelling on Friday`: what hurt them, which is read as a clause beside whom it is by."""
    adjective, by = index - 1, index - 2
    if (
        by < 1
        or parse.words[by] not in _BY
        or (parse.links[adjective], parse.heads[adjective])
        not in (
            ("pobj", by),
            ("nsubj", index),
        )
    ):
        return
    if parse.parts[adjective] in ("PROPN", "ADJ") and all(parse.links[c] != "dobj" for c in parse.below(index)):
        parse.links[index], parse.heads[index] = "pobj", by
        parse.links[adjective], parse.heads[adjective] = "amod", index
        parse.tags[index], parse.parts[index], parse.lemmas[index] = "NN", "NOUN", parse.words[index]


def _join(parse: Parse, verb: int) -> None:
    """`Five were killed, and seven others injured, she said`: a second clause that is read as all that was said."""
    subject = next((c for c in parse.below(verb) if parse.links[c] in ("nsubj", "nsubjpass") and c < verb), None)
    if subject is None:
        return
    first = min((c for c in parse.below(subject)), default=subject)
    cc = min(first, subject) - 1
    if cc > 0 and parse.links[cc] == "cc" and _hurts(parse, parse.heads[cc], verb):
        parse.links[verb], parse.heads[verb] = "conj", parse.heads[cc]


def _outcome(parse: Parse, verb: int) -> None:
    """`where a mill was hit, killing three`: they were killed when it was hit."""
    above = parse.heads[verb]
    if above > verb or parse.lemmas[above] in _BLOWS or parse.words[verb - 1] != ",":
        return
    for index in range(verb - 2, max(above, verb - _FAR), -1):
        if parse.parts[index] == "VERB":
            if parse.lemmas[index] in _BLOWS and parse.links[index] in ("relcl", "advcl"):
                parse.heads[verb] = index
            return


def _subject(parse: Parse, verb: int) -> None:
    """`five injured` behind `were killed`: it is done to the five."""
    own = list(parse.below(verb))
    if not _hurts(parse, parse.heads[verb], verb) or any(parse.links[c] in _HELPED for c in own):
        return
    subject = next((c for c in own if parse.links[c] == "nsubj" and c < verb), None)
    if subject is not None:
        parse.links[subject], parse.tags[verb] = "nsubjpass", "VBN"


def _clause(parse: Parse, verb: int) -> None:
    """`and up to 66 others wounded`, `and dozens of houses damaged`: nouns that the parser puts beside the verb."""
    noun = parse.heads[verb]
    while parse.links[noun] == "pobj" and parse.words[parse.heads[noun]] == "of":
        noun = parse.heads[parse.heads[noun]]
    first = parse.heads[noun]
    start = min((c for c in parse.below(noun)), default=noun)
    cc = min(start, noun) - 1
    if cc > 1 and parse.links[cc] == "cc" and not _hurts(parse, first, noun):
        first = cc - 2 if parse.words[cc - 1] == "," else cc - 1  # `in Tarn, where two were killed and five injured`
    if parse.links[noun] != "conj" or not noun < verb or not _hurts(parse, first, noun):
        return
    if any(parse.links[c] in _HELPED for c in parse.below(verb)):
        return
    parse.links[noun], parse.heads[noun] = "nsubjpass", verb
    parse.links[verb], parse.heads[verb], parse.tags[verb], parse.parts[verb] = "conj", first, "VBN", "VERB"


_HELPED = ("aux", "auxpass", "dobj", "nsubjpass")


def _hurts(parse: Parse, first: int, other: int) -> bool:
    """Whether the first verb tells what became of its subject."""
    if parse.lemmas[first] not in HURTS or not first < other <= first + _FAR:
        return False
    passive = any(parse.links[c] in ("auxpass", "nsubjpass") for c in parse.below(first))
    return passive or parse.lemmas[first] in ("die", "perish")
