"""Who did it where the clause of a passive does not tell: by what it was done, or what happened when it was."""

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.extract.events.participants.doers import BLOWS, answering
from onrecord.extract.events.participants.owners import first_owner
from onrecord.extract.events.participants.phrases import World, acts, armed, core, sort
from onrecord.extract.events.senses import Sense, lexicon
from onrecord.extract.events.syntax.grammar import Clause, agent, behind, clause
from onrecord.extract.events.syntax.tree import Tree

_EXPELLING = ("SANCTION expel", "COERCE deport")


def unnamed(world: World, tree: Tree, at: Clause, sense: Sense) -> tuple[int, ...]:
    """Who did it where no agent is told: troops that were deployed, and the country that people were expelled from."""
    if at.object is not None and "own" in sense.traits:
        return first_owner(world, tree, at.object) or ((at.object,) if acts(world, tree, at.object) else ())
    if f"{sense.type} {sense.mode}" in _EXPELLING:
        from_ = (i for i in behind(tree, at.verb, frozenset(("from",))) if sort(world, tree, i) == "country")
        return tuple(from_)[:1]
    if sense.id == "reject.cancel" and at.object is not None:  # `His meeting with the king was cancelled`
        whose = tree.child(at.object, "poss")
        return () if whose is None or tree.words[whose] not in ("his", "her") else (whose,)
    if sense.id == "accuse.summon":  # `summoned to the Kenyan foreign ministry`
        return tuple(i for i in behind(tree, at.verb, _TO) if acts(world, tree, i))[:1]
    verbs = list(_alike(tree, at.verb))
    for verb in verbs:
        for way in _THROUGH:
            if sense.type in way.types and (way.mode is None or way.mode == sense.mode):
                for noun in behind(tree, verb, way.prepositions):
                    inner = next(behind(tree, noun, _OF), noun) if tree.lemmas[noun] in _OUTCOMES else noun
                    inner = _which(tree, inner)
                    if tree.lemmas[inner] in (way.nouns or lexicon().weapons):
                        found = first_owner(world, tree, inner) or answering(world, tree, inner)
                        if found:
                            return found
        if sense.type in _BY_FORCE:
            by = agent(tree, verb) if verb != at.verb and _forced(tree, verb) else None
            if by is not None and acts(world, tree, by):
                return (by,)
    if sense.type == "ASSAULT":
        return next((found for verb in verbs if (found := _meanwhile(world, tree, verb))), ())
    return ()


class _Way(NamedTuple):
    """By what a passive tells who did it: an owner of one of the nouns behind one of the prepositions. No nouns: those
    for weapons and what is done with them."""

    types: tuple[str, ...]
    mode: str | None
    prepositions: frozenset[str]
    nouns: frozenset[str]


_OF = frozenset(("of",))
_TO = frozenset(("to", "by", "before"))
_OUTCOMES = frozenset("result consequence wave series night day spate barrage round course".split())
_THROUGH = (
    # `killed as a result of Kenyan shelling`, `killed in a Kenyan raid`
    _Way(("ASSAULT",), None, frozenset("as in during by from amid following after under with".split()), frozenset()),
    _Way(
        ("COERCE", "SANCTION", "ACCUSE"),
        None,
        frozenset(("in", "during")),
        frozenset("operation raid sweep sting swoop crackdown".split()),
    ),
    _Way(("COERCE",), None, frozenset(("at",)), frozenset(("checkpoint", "roadblock"))),
    _Way(("RETREAT",), "release", frozenset(("from",)), frozenset("captivity custody detention prison jail".split())),
    _Way(("COERCE",), "arrest", frozenset(("in",)), frozenset("captivity custody detention prison jail".split())),
)
_BY_FORCE = ("ASSAULT", "COERCE")


def _which(tree: Tree, index: int) -> int:
    """`an attack, in which three were killed`: the noun that `which` stands for; any other word is itself."""
    if tree.words[index] != "which":
        return index
    clauses = (at for at in tree.upward(index) if tree.links[at] == "relcl")
    noun = next((tree.heads[at] for at in clauses), index)
    return _before_town(tree, noun)


def _before_town(tree: Tree, noun: int) -> int:
    """`an attack on the town of Tarn, in which`: hung on the town."""
    for at in tree.upward(noun):
        if tree.lemmas[at] in lexicon().weapons:
            return at
        if tree.parts[at] in ("VERB", "AUX"):
            break
    return noun


def _alike(tree: Tree, verb: int) -> Iterator[int]:
    """A passive, those behind it (`were killed and two wounded in a raid`), and of one that has no words of its own
    the one before it."""
    yield verb
    for c in tree.children[verb]:
        if tree.links[c] == "conj" and tree.tags[c] == "VBN" and c > verb:
            yield c
    above = tree.heads[verb]
    own = tree.child(verb, "prep", "agent", "advcl")
    if tree.links[verb] == "conj" and tree.tags[above] == "VBN" and own is None and above != verb:
        yield above


def _forced(tree: Tree, verb: int) -> bool:
    """`were captured and are held by rebels`: one hand does both, which `arrested and convicted by a court` does not
    say."""
    known = lexicon().verbs.get(tree.lemmas[verb], ())
    return tree.child(verb, "nsubj", "nsubjpass") is None and any(sense.type in _BY_FORCE for sense in known)


_WHEN = frozenset("when after as because while".split())


def _meanwhile(world: World, tree: Tree, verb: int) -> tuple[int, ...]:
    """`killed after two Kenyan missiles hit the mill`, `when the school was destroyed by a Kenyan bomb`."""
    for below in tree.children[verb]:
        if tree.links[below] != "advcl" or below < verb or tree.lemmas[below] not in BLOWS:
            continue
        if not any(tree.words[c] in _WHEN for c in tree.children[below]):
            continue
        inner = clause(tree, below)
        who = inner.subject
        if who is None or sort(world, tree, who) == "pronoun":
            continue
        what = core(tree, who)
        if tree.lemmas[what] in lexicon().weapons:
            return first_owner(world, tree, what)
        if acts(world, tree, who) and armed(world, tree, who):
            return (who,)
    return ()
