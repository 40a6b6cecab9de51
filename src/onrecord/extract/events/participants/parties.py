"""Which of those that stand beside a deed are a party to it, and which only say where or about what it is done."""

from collections.abc import Iterator, Sequence

from onrecord.extract.events.participants.owners import owners
from onrecord.extract.events.participants.phrases import World, acts, hittable, human, located, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.grammar import behind, clause, is_passive, surface_subject
from onrecord.extract.events.syntax.letters import written
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.events.triggers import Found

_MOVING = frozenset(("RETREAT withdraw", "MOBILIZE troops", "MOBILIZE weapons", "MOBILIZE police"))
"""What is done with troops. The town that they leave or are sent to is where it takes place, and no party to it."""


def parties(world: World, tree: Tree, one: Found, heads: Sequence[int]) -> tuple[int, ...]:
    """Those of the tokens that may be recipients of a deed, in their order."""
    if one.deed.type != "SANCTION":  # `a suspension of links with Chad`
        heads = [head for head in heads if not _tied_to(tree, head)]
    moved = {f"{what.type} {what.mode}" for what in (one.deed, one.sense)} & _MOVING
    if moved and one.sense.id != "retreat.cede":
        return tuple(party for head in heads for party in _moved_against(world, tree, head))
    if one.deed.type == "REJECT" and one.sense.id in _REFUSING:
        asked = tuple(head for head in heads if not _only_about(world, tree, head) and not _as(tree, head, one))
        return asked or tuple(_asking(world, tree, one.deed.token))
    if not heads and one.deed.type in ("REQUEST", "THREATEN", "AGREE"):
        return (*_that_are_to(world, tree, one), *_written_to(world, tree, one.deed.token))[:1]
    if one.sense.id == "accuse.investigate" and one.deed.construction == "noun":
        heads = (*_facing(world, tree, one.deed.token), *heads)[:1] or heads
    if one.deed.construction == "noun" and one.deed.type in ("ASSAULT", "COERCE"):
        heads = [*_targeted(world, tree, one.deed.token), *heads]
    if not heads and one.deed.type == "ASSAULT":
        noun = one.deed.token if one.deed.noun is None else one.deed.noun
        return (*_dead(world, tree, noun), *_wanted(world, tree, noun), *_ravaged(world, tree, noun))[:1]
    return tuple(heads)


def _as(tree: Tree, index: int, one: Found) -> bool:
    """`rejected the report as putting the blame on Chad`."""
    for at in tree.upward(index):
        if at in (one.deed.token, one.deed.noun):
            return False
        if tree.words[at] == "as" and tree.links[at] == "prep":
            return True
    return False


def _tied_to(tree: Tree, index: int) -> bool:
    """`extradite suspects with links to a group`: what somebody has to do with."""
    before = tree.heads[index]
    tie = tree.heads[before]
    named = tree.links[index] == "pobj" and tree.words[before] in _TYING and tree.lemmas[tie] in _TIES
    return named and tree.links[tie] == "pobj" and tree.parts[tie] == "NOUN"


_TYING = frozenset(("to", "with", "between"))
_TIES = frozenset("link tie connection affiliation allegiance loyalty proximity opposition closeness".split())


def _only_about(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase says what it is that is refused, and not whom: `sanctions against Chad`, `a corridor from
    Mombasa`, `their deployment to Chad`."""
    before = tree.heads[index] if tree.links[index] == "pobj" else None
    if before is None:
        return False
    held = tree.heads[tree.heads[before]]
    if tree.words[before] in ("against", "on") and tree.lemmas[held] in _LIFTING:
        return False
    if tree.words[before] in ("against", "on", "upon") or sort(world, tree, index) in ("place", "facility"):
        return True
    above = tree.heads[before]
    if tree.lemmas[above] == "distance":
        return True  # `refused to distance himself from the king`
    moves = (above, tree.child(above, "dobj"))
    return tree.words[before] in ("to", "from") and any(m is not None and tree.lemmas[m] in _MOVES for m in moves)


_REFUSING = frozenset("reject.refuse reject.decline reject.refusal reject.reject reject.dismiss".split())
_LIFTING = frozenset("lift ease remove end drop waive relax scrap".split())
_MOVES = frozenset("deployment transfer trip travel visit return journey transport flight move".split())


def _asking(world: World, tree: Tree, verb: int) -> Iterator[int]:
    """`declined to go despite calls from the king`: whose calls."""
    below = tree.child(verb, "xcomp")
    for call in (c for at in (verb, below) if at is not None for c in behind(tree, at, _DESPITE)):
        if tree.lemmas[call] in lexicon().classes["demand"] or tree.lemmas[call] in _CALLS:
            yield from [who for who in owners(world, tree, call) if acts(world, tree, who)][:1]


_DESPITE = frozenset(("despite", "over", "amid"))
_CALLS = frozenset("call appeal plea urging warning proposal invitation".split())


def _moved_against(world: World, tree: Tree, index: int) -> Iterator[int]:
    """From, to or against whom troops are moved: a country, people or a body, or whose border it is; not `the country`
    across which they go."""
    if tree.lemmas[index] == "border":
        beside = (*tree.children[index], *behind(tree, index, _BORDERING))
        yield from [c for c in beside if sort(world, tree, c) == "country"][:1]
    elif sort(world, tree, index) in _SORTS and (tree.lemmas[index] not in _GROUNDS or world.named(tree, index)):
        yield index


_SORTS = frozenset(("country", "group", "person", "body", "people", "pronoun"))
_BORDERING = frozenset(("of", "with"))
_GROUNDS = frozenset("country nation state city town village capital port region province district".split())


def _written_to(world: World, tree: Tree, verb: int) -> Iterator[int]:
    """`has written to the king to ask for an inquiry`: the king is asked."""
    above = tree.heads[verb]
    asks = tree.links[verb] in ("xcomp", "advcl") and tree.tags[verb] == "VB" and tree.lemmas[above] in _ADDRESSING
    writing = above if asks else written(tree, verb)
    if writing is not None:
        heads = (writing, None if asks else clause(tree, writing).object)  # `sent a letter to the king demanding`
        told = (who for head in heads if head is not None for who in behind(tree, head, frozenset(("to",))))
        yield from [who for who in told if acts(world, tree, who)][:1]


_ADDRESSING = frozenset("write turn appeal speak go travel return".split())


def _that_are_to(world: World, tree: Tree, one: Found) -> Iterator[int]:
    """`an ultimatum for the rebels to disarm`, `offered Chad to resume talks`."""
    deed = one.deed
    for noun in {deed.token, deed.noun or deed.token, tree.child(deed.token, "dobj") or deed.token}:
        for below in tree.children[noun]:
            if below > noun and tree.tags[below] == "VB" and any(tree.words[c] == "for" for c in tree.children[below]):
                yield from [c for c in tree.children[below] if tree.links[c] == "nsubj" and acts(world, tree, c)]
    offered = tree.child(deed.token, "dobj")
    if deed.rule.startswith("agree.promise") and offered is not None and acts(world, tree, offered):
        yield offered


def _ravaged(world: World, tree: Tree, noun: int) -> Iterator[int]:
    """`a city ruined by Kenyan bombing`, `the farmers bore the brunt of the raid`."""
    at, before = noun, tree.heads[noun]
    if tree.links[at] == "dobj" and tree.lemmas[before] in _BEARING:
        yield from _hit(world, tree, surface_subject(tree, before))
    if tree.links[at] != "pobj":
        return
    at = tree.heads[before]
    if tree.words[before] == "of" and tree.lemmas[at] == "brunt" and tree.lemmas[tree.heads[at]] in _BEARING:
        yield from _hit(world, tree, surface_subject(tree, tree.heads[at]))
    elif tree.words[before] == "by" and tree.lemmas[at] in _RAVAGING and is_passive(tree, at):
        above = tree.heads[at]
        loose = tree.links[at] == "advcl" and at > 0 and tree.parts[at - 1] in ("NOUN", "PROPN") and above < at - 1
        whom = at - 1 if loose and tree.child(at, "nsubjpass", "nsubj") is None else clause(tree, at).object
        yield from _hit(world, tree, whom)


def _targeted(world: World, tree: Tree, noun: int) -> Iterator[int]:
    """`attacks targeting Chad`."""
    for below in tree.children[noun]:
        if tree.links[below] == "acl" and tree.words[below] == "targeting":
            yield from _hit(world, tree, tree.child(below, "dobj"))


def _facing(world: World, tree: Tree, noun: int) -> Iterator[int]:
    """`Ola Berg faces an investigation over his links with Chad`."""
    verb = tree.heads[noun]
    if tree.links[noun] == "dobj" and tree.lemmas[verb] == "face":
        who = surface_subject(tree, verb)
        yield from () if who is None or not acts(world, tree, who) else (who,)


def _hit(world: World, tree: Tree, who: int | None) -> Iterator[int]:
    if who is not None and hittable(world, tree, who):
        yield who


_BEARING = frozenset("bear suffer endure face undergo withstand survive".split())
_RAVAGING = frozenset(
    "devastate decimate ravage ruin cripple batter rock raze shatter scar wreck pulverise pulverize hit strike destroy "
    "damage flatten surround trap".split()
)


def _dead(world: World, tree: Tree, noun: int) -> Iterator[int]:
    """`Two women died as a result of Kenyan shelling`, `died during the siege`."""
    at = noun
    for _ in range(_DEEP):
        before = tree.heads[at]
        if tree.links[at] != "pobj" or tree.words[before] not in _AMID:
            return
        at = tree.heads[before]
        if tree.lemmas[at] in ("die", "perish", "suffer") and tree.parts[at] == "VERB":
            who = surface_subject(tree, at)
            suits = acts if tree.lemmas[at] == "suffer" else human
            if who is not None and suits(world, tree, who):
                yield who
            return
        if tree.lemmas[at] not in _OUTCOMES:
            return


_DEEP = 4
_AMID = frozenset("in from after during as of to by under".split())
_OUTCOMES = frozenset("result consequence due because wave series course face".split())


def _wanted(world: World, tree: Tree, noun: int) -> Iterator[int]:
    """`an offensive to seize the valley`."""
    for below in tree.children[noun]:
        aims = tree.links[below] in ("acl", "relcl", "xcomp") and tree.tags[below] == "VB" and below > noun
        if aims and tree.lemmas[below] in _SEIZING and tree.parts[noun] == "NOUN":
            what = clause(tree, below).object
            if what is not None and located(world, tree, what):
                yield what


_SEIZING = frozenset("seize capture take retake recapture conquer occupy storm overrun reclaim".split())
