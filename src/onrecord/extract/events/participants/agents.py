"""Who does a deed: the subject of the verb, if it can do such a thing, or whoever else the clause tells of."""

from onrecord.extract.events.classes import is_of_class
from onrecord.extract.events.participants.owners import first_owner
from onrecord.extract.events.participants.phrases import (
    World,
    acts,
    armed,
    core,
    demonyms_lower,
    hittable,
    human,
    ranked,
    rules,
    sort,
)
from onrecord.extract.events.senses import Sense, lexicon
from onrecord.extract.events.syntax.grammar import Clause, clause, surface_subject
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.statements.sources import nouns

_ANYONE = frozenset(
    "you one anyone anybody nobody everyone everybody no-one someone somebody what this that these those".split()
)


def subjects(world: World, tree: Tree, at: Clause, sense: Sense) -> tuple[int, ...] | None:
    """Who does it: nobody of whom a passive does not tell, and None where the subject cannot do such a thing."""
    who, words = at.subject, lexicon()
    if not _suits(tree, at, sense):
        return None
    if who is None:
        return () if at.passive and not sense.subject and "ranked" not in sense.traits else None
    if tree.words[who] in _ANYONE:
        return None
    if _ware(tree, who):
        return ()
    if "swap" in sense.traits and sense.type == "ASSAULT":
        return (who,) if hittable(world, tree, who) or sort(world, tree, who) == "pronoun" else None
    if sort(world, tree, who) == "pronoun":
        return None if sense.subject or sense.traits & _NOT_PRONOUNS else (who,)
    if rules(tree, who):
        return first_owner(world, tree, who) or None  # `Norway's sanctions regime`: rules, and no rulers
    if "weapon" in sense.traits and sort(world, tree, who) == "number" and (arm := _elided(tree, who)) is not None:
        return first_owner(world, tree, arm)
    if acts(world, tree, who):
        return (who,) if _fits(world, tree, who, sense) else None
    what = core(tree, who)
    if "arms" in sense.traits:
        return first_owner(world, tree, what) if tree.lemmas[what] in words.weapons else None
    if ("weapon" in sense.traits or (at.passive and sense.type == "ASSAULT")) and tree.lemmas[what] in words.weapons:
        return first_owner(world, tree, what)
    if sense.type in _VERBAL and tree.lemmas[who] in words.papers:
        return _author(world, tree, at.verb, who)
    return () if at.passive and sort(world, tree, who) in ("place", "facility") else None


def _suits(tree: Tree, at: Clause, sense: Sense) -> bool:
    """Whether the verb stands as the sense asks: that somebody is forced tells of nobody who did it, `forcing them to`
    often of what came of something, and those who discuss have to be its subject."""
    if "rulers" in sense.traits:
        return at.subject is not None and not (tree.links[at.verb] == "advcl" and tree.tags[at.verb] == "VBG")
    if "stated" in sense.traits and tree.links[at.verb] in ("advcl", "acl", "relcl") and tree.tags[at.verb] == "VB":
        return False
    return "many" not in sense.traits or (not at.passive and tree.tags[at.verb] in ("VBD", "VBZ", "VBP", "VBN"))


_MADE = frozenset("made built supplied produced designed manufactured".split())


def _ware(tree: Tree, who: int) -> bool:
    """`the British made missile, helping to repel them`: a make that the parser takes for somebody and a verb."""
    made = tree.heads[who]
    if made != who + 1 or tree.words[made] not in _MADE or tree.words[who] not in demonyms_lower():
        return False
    what = tree.child(made, "dobj")
    return what is not None and tree.child(what, "det", "poss", "nummod") is None


_ELIDED = 30


def _elided(tree: Tree, number: int) -> int | None:
    """`fired four missiles, of which two hit the mill`: the weapons that a bare number counts, None if people are
    told of last."""
    if tree.child(number, "prep") is not None:
        return None
    for index in range(number - 1, max(-1, number - _ELIDED), -1):
        if tree.tags[index] == "NNS":
            return index if tree.lemmas[index] in lexicon().weapons else None
    return None


_NOT_PRONOUNS = frozenset(("troops", "state", "rulers", "arms", "many", "ranked"))
_VERBAL = frozenset(("ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN"))
"""Types of what is said or written, of which a paper may stand for its author."""


def _author(world: World, tree: Tree, verb: int, paper: int) -> tuple[int, ...] | None:
    """`Norway's letter accused ...`, and `Norway sent a letter accusing ...`."""
    owner = first_owner(world, tree, paper)
    if owner:
        return owner
    above = tree.heads[paper]
    if tree.links[verb] != "acl" or tree.links[paper] not in ("dobj", "nsubjpass") or tree.parts[above] != "VERB":
        return None
    who = clause(tree, above).subject
    return (who,) if who is not None and acts(world, tree, who) else None


def _fits(world: World, tree: Tree, who: int, sense: Sense) -> bool:
    found = sort(world, tree, who)
    lemma = tree.lemmas[who].rpartition("-")[2]
    if "many" in sense.traits and not (tree.tags[who] == "NNS" or pair(tree, who)):
        return False
    if "soldiers" in sense.traits:
        return armed(world, tree, who)
    if "troops" in sense.traits:
        return lemma in lexicon().classes["forces"]
    if "state" in sense.traits:
        return found in ("country", "group") or lemma in lexicon().classes["state"]
    if "rulers" in sense.traits:
        ruling = lexicon().classes["state"].keys() | lexicon().classes["forces"].keys()
        return found in ("country", "group") or lemma in ruling
    if sense.subject:
        return is_of_class(tree, sense.subject, core(tree, who))
    if "ranked" in sense.traits:
        return ranked(world, tree, who)
    if "arms" in sense.traits:
        return False
    if "crowd" in sense.traits and lemma in lexicon().classes["forces"]:
        return False
    if "crowd" in sense.traits:
        return (found in ("people", "group", "number", "body", "person") and human(world, tree, who)) or found == "body"
    if "official" in sense.traits:
        return (
            found == "person" or lemma in nouns().kinds["officials"] or lemma in ("delegation", "king", "pope", "queen")
        )
    if "person" in sense.traits:
        return found == "person" or lemma in nouns().persons or lemma in ("government", "cabinet", "official")
    return True


_AT_IT = {
    "phone": frozenset(("on", "in", "during", "after", "following")),
    "visit": frozenset(("on", "during", "after", "before", "for", "following")),
    "": frozenset(("in", "during", "after", "following", "at")),
}
"""Prepositions by which a verb goes with a visit or call (`on a visit`), or with any other meeting."""


def attending(world: World, tree: Tree, noun: int, sense: Sense) -> tuple[int, ...]:
    """`on a visit to Chad, the premier condemned`, `said in a call with the king`: the subject of the verb that the
    visit or meeting goes with."""
    before = tree.heads[noun]
    verb = tree.heads[before]
    verb = tree.heads[verb] if tree.words[verb] == "including" else verb  # `has asked for peace, including in a call`
    words = _AT_IT.get(sense.mode or "", _AT_IT[""])
    told = any(
        tree.words[c] == "between"
        or tree.links[c] == "poss"
        or (tree.words[c] == "of" and any(pair(tree, g) for g in tree.children[c]))
        for c in tree.children[noun]
    )  # who met is all told
    if tree.links[noun] == "dobj" and tree.lemmas[before] in _USING and not told:
        who = surface_subject(tree, before)
        return (who,) if who is not None and _party(world, tree, who, sense) else ()
    if tree.links[noun] != "pobj" or tree.words[before] not in words or told:
        return ()
    if tree.parts[verb] not in ("VERB", "AUX"):
        who = verb if tree.links[verb] in ("nsubj", "nsubjpass") and sense.mode == "visit" else None
    else:
        who = surface_subject(tree, verb)
    return (who,) if who is not None and _party(world, tree, who, sense) else ()


_USING = frozenset("use address leave enter skip finish interrupt".split())
"""What somebody does with a meeting that he takes part in."""
_IN_PERSON = frozenset(("he", "she", "they", "we", "i"))


def _party(world: World, tree: Tree, who: int, sense: Sense) -> bool:
    return tree.words[who] in _IN_PERSON or (acts(world, tree, who) and _fits(world, tree, who, sense))


def pair(tree: Tree, index: int) -> bool:
    """Whether one more stands beside a noun with `and`."""
    return any(tree.links[c] == "conj" for c in tree.children[index])
