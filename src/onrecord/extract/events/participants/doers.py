"""Who did what a noun tells, where nobody stands beside the noun itself: `Chad blamed Kenya for an attack`."""

from onrecord.extract.events.participants.owners import first_owner
from onrecord.extract.events.participants.phrases import World, acts, armed, sort
from onrecord.extract.events.senses import Sense, lexicon
from onrecord.extract.events.syntax.grammar import behind, clause, negated, surface_subject
from onrecord.extract.events.syntax.tree import Tree

BLOWS = frozenset(
    "hit strike destroy shell bomb bombard attack fire launch slam crash land fall explode open target pound raid "
    "storm level flatten shatter rip tear drop shoot damage".split()
)
_OWNING_UP = frozenset("claim admit accept assume acknowledge bear shoulder carry".split())
_SHARE = 16
"""Tokens from the verb to what the blame is for."""


def answering(world: World, tree: Tree, noun: int) -> tuple[int, ...]:
    """`claimed responsibility for the raid`, `were responsible for the raid`: who did what the noun tells."""
    partaking = _partaking(world, tree, noun)
    if partaking:
        return partaking
    before = tree.heads[noun]
    what = tree.heads[before]
    verb = tree.heads[what]
    if tree.links[noun] != "pobj" or negated(tree, verb):
        return ()
    if tree.words[before] == "with" and tree.lemmas[what] in BLOWS:  # `hit the port with missile strikes`
        hitting = clause(tree, what).subject
        return (hitting,) if hitting is not None and _does(world, tree, hitting) else ()
    if tree.words[before] == "of" and tree.lemmas[what] in _AIMS:
        return first_owner(world, tree, what)
    accused = next((i for i in (what, verb) if tree.parts[i] == "VERB"), what)
    if tree.words[before] in ("for", "of") and tree.lemmas[accused] in _ACCUSING:  # `accused Chad of an attack`
        charged = clause(tree, accused).object
        return (charged,) if charged is not None and acts(world, tree, charged) else ()
    if tree.words[before] != "for":
        return ()
    if tree.words[what] == "responsible" and tree.links[what] == "amod":  # `the group responsible for the raid`
        return (verb,) if acts(world, tree, verb) else ()
    above = next((i for i in tree.upward(before) if tree.parts[i] in ("VERB", "AUX")), None)
    owned = above is not None and tree.lemmas[above] in _OWNING_UP and above < before <= above + _SHARE
    if above is not None and owned:  # `bear a large share of the blame for the raid`
        verb = above
        owned = any(word in ("blame", "responsibility") for word in tree.words[above:before])
    told = tree.words[what] == "responsible" and tree.links[what] == "acomp" and tree.lemmas[verb] == "be"
    doubted = tree.child(verb, "mark") is not None and any(tree.words[c] in _IF for c in tree.children[verb])
    who = surface_subject(tree, verb) if (owned or told) and not doubted else None
    return (who,) if who is not None and acts(world, tree, who) and tree.lemmas[tree.heads[verb]] != "deny" else ()


def _partaking(world: World, tree: Tree, noun: int) -> tuple[int, ...]:
    """`orchestrated the raid`, `raids that Berg took part in`, `The raid is nothing but terror by Kenyan troops`."""
    above = tree.heads[noun]
    if tree.lemmas[above] in _PLOTTING and not negated(tree, above):
        one = clause(tree, above)
        who = one.subject if one.object == noun else None
    elif tree.links[noun] == "nsubj" and tree.lemmas[above] == "be" and not negated(tree, above):
        what = tree.child(above, "attr")
        held = () if what is None else tree.below(what)
        who = next((i for at in held for i in behind(tree, at, _BY) if armed(world, tree, i)), None)
    else:
        of = tree.child(noun, "prep")
        inner = None if of is None else tree.child(of, "pobj")
        below = [c for at in (noun, inner) if at is not None for c in tree.children[at] if tree.links[c] == "relcl"]
        part = (c for c in below if tree.lemmas[c] == "take" and tree.lemmas[tree.child(c, "dobj") or c] == "part")
        verb = next(part, None)
        who = None if verb is None or negated(tree, verb) else tree.child(verb, "nsubj")
        who = None if who is not None and tree.words[who] in ("who", "which", "that") else who
    return (who,) if who is not None and _does(world, tree, who) else ()


_BY = frozenset(("by",))
_PLOTTING = frozenset("orchestrate mastermind perpetrate".split())


_IF = frozenset(("if", "whether"))
_AIMS = frozenset("goal aim plan strategy policy threat intention campaign pattern series wave history way".split())
_ACCUSING = frozenset("accuse blame suspect sentence convict jail imprison condemn punish".split())


def _does(world: World, tree: Tree, index: int) -> bool:
    return acts(world, tree, index) or sort(world, tree, index) == "pronoun"


def carried(world: World, tree: Tree, noun: int, sense: Sense) -> tuple[int, ...]:
    """`Chad launched raids and airstrikes`, `Chadian raids and airstrikes`: who did the first of two did the other."""
    first = tree.heads[noun]
    if tree.parts[first] == "VERB":  # hung on the verb
        first = next((c for c in tree.children[first] if tree.links[c] == "dobj" and c < noun), first)
    own = any(tree.links[c] in ("det", "poss") or tree.words[c] == "by" for c in tree.children[noun])
    alike = any(one.type == sense.type for one in lexicon().nouns.get(tree.lemmas[first], ()))
    if tree.links[noun] != "conj" or own or not alike:
        return ()
    verb = tree.heads[first]
    if tree.links[first] == "dobj" and tree.lemmas[verb] in sense.light - BORNE:
        who = clause(tree, verb).subject
        if who is not None and _does(world, tree, who):
            return (who,)
    return first_owner(world, tree, first)


BORNE = frozenset("suffer witness see repel repulse secure".split())
"""Verbs whose subject does not do what their object names: `repelled an attack`."""
