"""Words that tell of a deed: a verb, a noun, or a verb that says nothing of its own beside a noun."""

from typing import NamedTuple

from onrecord.extract.events.classes import trapped
from onrecord.extract.events.frames import Match, matched, noun_slots
from onrecord.extract.events.participants.agents import attending, pair, subjects
from onrecord.extract.events.participants.causes import unnamed
from onrecord.extract.events.participants.doers import BORNE, answering, carried
from onrecord.extract.events.participants.extents import token_span
from onrecord.extract.events.participants.owners import befallen
from onrecord.extract.events.participants.phrases import World, armed
from onrecord.extract.events.senses import Sense, lexicon
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.grammar import clause
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Span

_MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE", "SUPPORT", "RETREAT", "ASSAULT"))
"""Types of what several do together, whose verb may have one of them and its noun the others."""

_HARMING = frozenset(("ASSAULT", "COERCE", "SANCTION"))


class Found(NamedTuple):
    """A deed with the sense and the tokens that fill its slots. `below`: the word of the deed that it takes up."""

    deed: Deed
    sense: Sense
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    below: int | None
    passive: bool


def spot(world: World, tree: Tree) -> list[Found]:
    """The deeds that a passage tells of, one a trigger, in its order."""
    found: dict[int, Found] = {}
    taken: set[int] = set()
    words = lexicon()
    for index, part in enumerate(tree.parts):
        if part == "VERB" and tree.tags[index].startswith("V"):
            one = _light(world, tree, index) or _verb(world, tree, index)
        elif part == "ADJ" and tree.lemmas[index] in words.adjectives:
            one = _adjective(world, tree, index)
        else:
            continue
        if one is not None:
            found[index] = one
            if one.deed.noun is not None:
                taken.add(one.deed.noun)
    for index, part in enumerate(tree.parts):
        noun = part == "NOUN" or (part == "ADJ" and tree.links[index] in ("nsubj", "nsubjpass", "dobj"))
        if noun and index not in taken and _noun_senses(tree, index):
            one = _noun(world, tree, index)
            if one is not None:
                found[index] = one
    return [found[index] for index in sorted(found)]


def _particle(tree: Tree, verb: int) -> int | None:
    after = verb + 1
    if tree.lemmas[verb] in ("let", "set") and after < tree.size and tree.words[after] in ("free", "go", "loose"):
        return after  # however the parser hangs it: `let free the crew`
    return next(
        (
            c
            for c in tree.children[verb]
            if verb < c <= verb + 6 and (tree.links[c] == "prt" or (c == after and tree.links[c] in ("advmod", "prep")))
        ),
        None,
    )


def _senses(tree: Tree, verb: int) -> tuple[tuple[Sense, ...], int | None]:
    """The senses of a verb with its particle if it has one that makes another verb of it, and the particle."""
    words = lexicon()
    particle = _particle(tree, verb)
    if particle is not None:
        both = words.particles.get((tree.lemmas[verb], tree.words[particle]))
        if both is not None:
            return both, particle
        if tree.links[particle] == "prt":
            return (), None
    return words.verbs.get(tree.lemmas[verb], ()), None


def _verb(world: World, tree: Tree, verb: int) -> Found | None:
    senses, particle = _senses(tree, verb)
    if not senses or tree.links[verb] in ("amod", "compound"):
        return None
    if tree.links[verb] == "acl" and tree.parts[tree.heads[verb]] == "NUM" and not tree.children[verb]:
        return None  # `12 dead and 30 wounded`: a count
    at = clause(tree, verb)
    for sense in senses:
        for frame in sense.frames:
            one = matched(world, tree, at, frame)
            if one is None:
                continue
            who = subjects(world, tree, at, sense)
            if who is None:
                break
            actors, recipients = (*who, *one.actors), one.recipients
            if "swap" in sense.traits:
                actors, recipients = (*one.recipients, *one.actors), who
            if not actors and at.passive:
                actors = unnamed(world, tree, at, sense)
            span = _joined(tree, verb, particle)
            return Found(_deed(tree, verb, span, sense, "verb"), sense, actors, recipients, one.below, at.passive)
    return None


def _light(world: World, tree: Tree, verb: int) -> Found | None:
    """`launched an attack on`, `signed a treaty with`: the noun tells what was done."""
    words = lexicon()
    lemma = tree.lemmas[verb]
    particle = _particle(tree, verb)
    name = f"{lemma}-{tree.words[particle]}" if particle is not None and tree.links[particle] == "prt" else lemma
    if name not in words.light or tree.links[verb] in ("amod", "compound"):
        return None
    at = clause(tree, verb)
    noun = at.object
    if noun is None or tree.parts[noun] != "NOUN":
        return None
    for sense in _noun_senses(tree, noun):
        if name not in sense.light:
            continue
        one = noun_slots(world, tree, noun, sense.noun, verb)
        who = subjects(world, tree, at, sense)
        if who is None or (not who and not one.actors and not one.recipients):
            continue
        if lemma in BORNE:
            one = one._replace(recipients=one.recipients or tuple(i for i in who if i not in one.actors))
            actors = one.actors
        elif lemma == "arrange" and any(pair(tree, a) for a in one.actors):
            actors = one.actors  # `arranged a meeting between Chad and Norway`
        elif at.passive and not who:
            actors = one.actors
        else:
            beside = one.actors if not who or at.passive or sense.type in _MUTUAL else ()
            actors = (
                *who,
                *(a for a in beside if a not in who and tree.links[a] not in ("amod", "compound", "poss", "nmod")),
            )
        if not enough(tree, sense, actors, one, light=True):
            continue
        span = _light_span(tree, verb, noun)
        return Found(
            _deed(tree, verb, span, sense, "light verb", noun), sense, actors, one.recipients, one.below, at.passive
        )
    return None


_APART = 4
"""Tokens from a light verb to its noun up to which both are the trigger, and all that stands between."""


def _light_span(tree: Tree, verb: int, noun: int) -> Span:
    start, end = sorted((verb, noun))
    if end - start > _APART or any(tree.parts[i] == "PUNCT" for i in range(start, end)):
        return token_span(tree, noun)
    return token_span(tree, start, end + 1)


def _noun_senses(tree: Tree, noun: int) -> tuple[Sense, ...]:
    """The senses of a noun, with the word before it if the two are one (`work stoppage`)."""
    known = lexicon().nouns
    before = noun - 1
    if before >= 0 and tree.heads[before] == noun and tree.links[before] in ("compound", "amod"):
        both = known.get(f"{tree.lemmas[before]}-{tree.lemmas[noun]}")
        if both is not None:
            return both
    if trapped(tree, noun):
        return ()
    if _spoken(tree, noun):
        return known["verbal-attack"]
    return known.get(tree.words[noun]) or known.get(tree.lemmas[noun], ())


def _spoken(tree: Tree, noun: int) -> bool:
    """`led the attack on the judge, calling her a liar`: one in words."""
    verb = tree.heads[noun]
    who = tree.child(verb, "nsubj")
    if tree.lemmas[noun] not in ("attack", "assault", "broadside") or tree.links[noun] != "dobj" or who is None:
        return False
    says = lexicon().traps["calling"]
    return tree.parts[who] == "PROPN" and any(
        tree.links[c] == "advcl" and tree.tags[c] == "VBG" and tree.lemmas[c] in says for c in tree.children[verb]
    )


def _noun(world: World, tree: Tree, noun: int) -> Found | None:
    if tree.links[noun] in ("compound", "nmod", "npadvmod"):
        return None
    named = world.named(tree, noun)
    if named is not None and named.kind in ("event", "work", "organization", "product"):
        return None  # a name, which is background: `the Battle of ...`
    for sense in _noun_senses(tree, noun):
        one = noun_slots(world, tree, noun, sense.noun, None)
        if sense.type == "ASSAULT" and not one.recipients and (seat := befallen(tree, noun)) is not None:
            one = one._replace(recipients=(seat,))
        if sense.type == "CONSULT" and one.recipients + one.actors and not (one.recipients and one.actors):
            one = one._replace(actors=(*attending(world, tree, noun, sense), *one.actors))
        if "soldiers" in sense.traits and one.actors and not all(armed(world, tree, who) for who in one.actors):
            continue
        if sense.type in _HARMING and not one.actors:
            one = one._replace(actors=carried(world, tree, noun, sense) or answering(world, tree, noun))
        alone = "placed" in sense.traits and not (one.actors or one.recipients or _known(tree, noun))
        if alone or enough(tree, sense, one.actors, one, light=False):
            span = token_span(tree, noun)
            return Found(
                _deed(tree, noun, span, sense, "noun"), sense, one.actors, one.recipients, one.below, not one.actors
            )
    return None


def _known(tree: Tree, noun: int) -> bool:
    """`the bombing`: of which was told already."""
    return any(tree.words[c] in ("the", "this", "that", "these", "those") for c in tree.children[noun])


def enough(tree: Tree, sense: Sense, actors: tuple[int, ...], one: Match, *, light: bool) -> bool:
    """Whether all is there that a noun needs before it is taken for a deed."""
    have = {
        "light": light,
        "actor": bool(actors),
        "recipient": bool(one.recipients),
        "both": bool(actors and one.recipients),
        "two": len(actors) > 1 or any(tree.tags[a] in ("NNS", "NNPS") or pair(tree, a) for a in actors),
        "inf": one.below is not None,
        "that": one.below is not None,
        "troops": bool(one.actors or one.recipients),
        "place": bool(one.recipients),
    }
    if not sense.needs:
        return bool(actors or one.recipients)
    return any(all(have[need] for need in group.split("+")) for group in sense.needs)


def _adjective(world: World, tree: Tree, index: int) -> Found | None:
    """`is ready to send`, `are willing to talk`."""
    head = tree.heads[index]
    if tree.links[index] not in ("acomp", "oprd") or tree.parts[head] not in ("AUX", "VERB"):
        return None
    at = clause(tree, head)
    for sense in lexicon().adjectives[tree.lemmas[index]]:
        below = next((c for c in tree.children[index] if tree.links[c] == "xcomp" and tree.tags[c] == "VB"), None)
        who = subjects(world, tree, at, sense)
        if below is not None and who:
            return Found(_deed(tree, index, token_span(tree, index), sense, "verb"), sense, who, (), below, False)
    return None


def _deed(tree: Tree, index: int, span: Span, sense: Sense, construction: str, noun: int | None = None) -> Deed:
    word = tree.lemmas[index if noun is None else noun]
    return Deed(
        passage=tree.passage,
        token=index,
        span=span,
        type=sense.type,
        mode=sense.mode,
        contexts=sense.contexts,
        construction=construction,  # type: ignore[arg-type]
        rule=f"{sense.id}: {word}",
        noun=noun,
    )


def _joined(tree: Tree, verb: int, particle: int | None) -> Span:
    if particle is None or particle != verb + 1:
        return token_span(tree, verb)
    return token_span(tree, verb, particle + 1)
