"""What the codebook calls a deed: one that takes up another (`refused to meet`), or is to come, has its own type."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.extract.events.coding.prospects import beside_future, is_future, leading, of_its_own
from onrecord.extract.events.doubts import meant
from onrecord.extract.events.frames import inside
from onrecord.extract.events.participants.owners import owners
from onrecord.extract.events.participants.phrases import World, acts, human, ranked, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.grammar import (
    auxiliary,
    behind,
    clause,
    coordinated,
    negated,
    surface_subject,
)
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.events.triggers import Found

COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))
_YIELDING = frozenset(("CONCEDE", "RETREAT"))
_HARMS = frozenset(("ASSAULT", "COERCE", "SANCTION"))
_DEEP = 4
_WOULD = frozenset(("would", "'d", "’d"))
_WISHING = ("want", "like")
"""`I want to thank you` thanks."""


def folded(world: World, tree: Tree, found: Sequence[Found]) -> list[Found]:
    """The deeds, where one that takes up another stands for both, and those to come as the codebook has them."""
    found = [one for one in found if meant(world, tree, one)]
    at = {one.deed.token: one for one in found}
    at.update({one.deed.noun: one for one in found if one.deed.noun is not None})
    gone: set[int] = set()
    kept: list[Found] = []
    for one in found:
        if one.deed.token in gone or _proven(tree, one, found) or _marched(tree, one, at):
            continue
        if one.sense.id == "reject.cancel" and (off := clause(tree, one.deed.token).object) in at:
            gone.add(at[off].deed.token)  # `the meeting was cancelled`
        if one.sense.over:
            inner = _inner(tree, one, at)
            if inner is not None and one.deed.type == "AGREE" and inner.deed.type in _HARMS:
                continue  # `agreed to ban imports`: no promise to whom it is done
            if one.sense.below and (inner is None or inner.deed.type not in one.sense.below):
                other = _other(tree, one, inner) or _promised(world, tree, one, inner)
                if other is None:
                    continue
                one = other
            if inner is not None and inner is not one:
                gone.add(inner.deed.token)
                one = _taken_up(tree, one, inner)
            elif not one.recipients and one.below is not None:
                # Whom a demand is made of is the subject of the clause below, else whoever stands in it.
                one = one._replace(
                    recipients=tuple(
                        r
                        for r in about(world, tree, one.below, demanded=one.deed.type == "REQUEST")
                        if r not in one.actors
                    )
                )
        kept.append(_to_come(world, tree, _by_other_means(world, tree, one, at)))
    return [one for one in kept if one.deed.token not in gone]


def _other(tree: Tree, one: Found, inner: Found | None) -> Found | None:
    """`vowed to attack` is a threat and `vowed to help` a promise: the sense that may take up such a deed."""
    for sense in lexicon().verbs.get(tree.lemmas[one.deed.token], ()) if inner is not None else ():
        if sense.over and inner is not None and inner.deed.type in sense.below:
            rule = f"{sense.id}: {tree.lemmas[one.deed.token]}"
            return one._replace(sense=sense, deed=one.deed._replace(type=sense.type, mode=sense.mode, rule=rule))
    return None


def _promised(world: World, tree: Tree, one: Found, inner: Found | None) -> Found | None:
    """`The premier promised to hold elections`: whatever those who rule promise is AGREE, if it is no harm."""
    known = lexicon().verbs.get(tree.lemmas[one.deed.token], ())
    sense = next((sense for sense in known if sense.id == "agree.promise"), None)
    if sense is None or inner is not None or one.below is None or negated(tree, one.below):
        return None
    if tree.lemmas[one.deed.token] not in _OFFERING or tree.heads[one.below] != one.deed.token:
        return None
    if tree.lemmas[one.below] in lexicon().classes["fierce"] or tree.tags[one.below] != "VB":
        return None
    rule = lexicon().classes["state"]
    if not any(
        ranked(world, tree, a) or sort(world, tree, a) == "country" or tree.lemmas[a] in rule for a in one.actors
    ):
        return None
    rule_id = f"{sense.id}: {tree.lemmas[one.deed.token]}"
    return one._replace(sense=sense, deed=one.deed._replace(type=sense.type, mode=sense.mode, rule=rule_id))


_OFFERING = ("promise", "pledge", "offer")
"""Not `vow`, which is what those who fight say too."""


def _inner(tree: Tree, one: Found, at: dict[int, Found]) -> Found | None:
    """The deed told of below another: `refused to [meet]`, `demanded their [release]`, `agreed to start [talks]`."""
    below = one.below
    for _ in range(_DEEP):
        if below is None:
            return None
        if below in at and at[below] is not one:
            return at[below]
        if tree.parts[below] not in ("VERB", "AUX"):
            return None
        parts = clause(tree, below)
        if parts.object is not None and parts.object in at and at[parts.object] is not one:
            return at[parts.object]
        below = tree.child(below, "xcomp", "ccomp")
    return None


_NAMED = frozenset(("person", "country", "group", "body"))
_TOWARD = frozenset("to with for from on against of into".split())
_ASKED = frozenset("from to with on against".split())


_MAKING = frozenset("create form establish found build launch develop become hold share".split())


def about(world: World, tree: Tree, below: int, *, demanded: bool = False) -> tuple[int, ...]:
    """Whom an unknown deed concerns: `refused to answer a question from [the court]`."""
    if tree.parts[below] in ("VERB", "AUX"):
        parts = clause(tree, below)
        own = tree.child(below, "nsubj")
        if own is not None and (acts(world, tree, own) or (demanded and tree.words[own] in ("he", "she", "they"))):
            return (own,)
        if demanded:
            return ()
        lower = tree.child(below, "ccomp")
        let = tree.child(lower, "nsubj") if lower is not None else None  # `refused to let the crew leave`
        direct = [index for index in (parts.dative, parts.object, let) if index is not None]
        direct = [index for index in direct if tree.lemmas[index] not in lexicon().weapons]  # `to send German tanks`
        if tree.lemmas[below] in _MAKING or (tree.lemmas[below] == "set" and tree.child(below, "prt") is not None):
            direct = []  # `agreed to found a company`: nobody is there yet
    else:
        direct = []
    for index in direct:
        if (sort(world, tree, index) in _NAMED or human(world, tree, index)) and not _its_own(tree, index):
            return (index,)
    if tree.lemmas[below] in _ANSWERING:  # `to retaliate over Chad's ban on trade`
        for index in behind(tree, below, _OVER):
            for owner in owners(world, tree, index):
                return (owner,)
    for head in (below, *direct, *(i for i in inside(tree, below) if not _aside(tree, i, below))):
        if demanded and tree.lemmas[head] in _LEVIED:
            continue  # `called for sanctions on Chad`: not Chad is asked
        for index in behind(tree, head, _ASKED if demanded else _TOWARD):
            if (acts(world, tree, index) or sort(world, tree, index) == "place") and not _its_own(tree, index):
                return (index,)
            if tree.lemmas[index] in _FIRMS:
                return (index,)
    if tree.lemmas[below] in _SENDING:
        return ()  # `to supply Norwegian air defence systems`
    return next(((owner,) for index in direct for owner in owners(world, tree, index)), ())


_SENDING = frozenset("supply send deliver provide give donate ship sell lend dispatch".split())


_LEVIED = frozenset("sanction embargo ban boycott penalty tariff punishment fine measure action pressure".split())
_FIRMS = frozenset("business company firm bank airline".split())
_ANSWERING = frozenset("retaliate respond react answer reply".split())
_OVER = frozenset(("over", "for", "to"))


def _aside(tree: Tree, index: int, below: int) -> bool:
    """Whether a word stands in what only goes with a deed: `agreed to save gas, with exceptions for Chad`."""
    while index != below and tree.heads[index] != index:
        if tree.words[index] in _WITH and tree.links[index] == "prep":
            return True
        index = tree.heads[index]
    return False


_WITH = frozenset("with despite during after before amid following over since by until without".split())


def _its_own(tree: Tree, index: int) -> bool:
    """`agreed to extend their mission`: not whom it concerns, but what is theirs."""
    return any(tree.links[c] == "poss" and tree.words[c] in ("its", "their") for c in tree.children[index])


_AIMED = frozenset(("ACCUSE", "SANCTION", "PROTEST", "ASSAULT", "THREATEN"))


def _marched(tree: Tree, one: Found, at: dict[int, Found]) -> bool:
    """`took to the streets to protest`: one protest."""
    aims = (c for c in tree.children[one.deed.token] if tree.links[c] in ("advcl", "xcomp") and c in at)
    return one.deed.type == "PROTEST" and any(at[c].deed.type == "PROTEST" for c in aims)


def _proven(tree: Tree, one: Found, found: Sequence[Found]) -> bool:
    """`charged with fraud, she was found guilty`: of a charge that is told beside its conviction the codebook has the
    conviction alone."""
    if one.deed.type != "ACCUSE" or one.deed.mode != "allege" or not one.passive or one.actors:
        return False
    first, parties = tree.sentences[one.deed.token], {_same(tree, r) for r in one.recipients}
    return any(
        other.deed.mode == "convict"
        and tree.sentences[other.deed.token] == first
        and parties & {_same(tree, r) for r in other.recipients}
        for other in found
    )


def _same(tree: Tree, index: int) -> int:
    """`a colonel, Ola Berg`: one party."""
    return tree.heads[index] if tree.links[index] == "appos" else index


_AIMED = frozenset(("ACCUSE", "SANCTION", "PROTEST", "ASSAULT", "THREATEN"))


def _taken_up(tree: Tree, one: Found, inner: Found) -> Found:
    mode = lexicon().fold.get(f"{one.deed.type} {inner.deed.type}", one.deed.mode)
    if one.deed.type == "THREATEN" and inner.deed.mode in ("arrest", "expel"):
        mode = inner.deed.mode
    if mode == "yield" and tree.lemmas[inner.deed.token] == "evacuate":
        mode = "assist"  # whoever is to be taken out
    if inner.deed.construction != "noun" and negated(tree, inner.deed.token):
        mode = one.sense.mode  # `urged them not to give in`
    contexts = (*one.deed.contexts, *(c for c in inner.deed.contexts if c not in one.deed.contexts))
    deed = one.deed._replace(mode=mode, contexts=contexts)
    recipients = one.recipients
    if one.deed.type == "REQUEST":
        recipients = recipients or tuple(a for a in inner.actors if a not in one.actors)
    elif one.deed.type == "REJECT" and inner.deed.type in _AIMED:
        pass  # `refused to condemn Chad`: not Chad is refused
    elif not recipients:
        recipients = inner.recipients or tuple(a for a in inner.actors if a not in one.actors)
    elif one.deed.type in ("AGREE", "REJECT", "THREATEN") and inner.recipients and "keeps" not in one.sense.traits:
        recipients = inner.recipients
    return one._replace(deed=deed, recipients=recipients)


def _to_come(world: World, tree: Tree, one: Found) -> Found:
    """`will meet` is AGREE, `will not meet` REJECT, and `said it would attack` THREATEN, by the codebook; see
    docs/EVENTS.md."""
    deed = one.deed
    if deed.construction == "noun":
        coming = deed.type == "CONSULT" and beside_future(tree, deed.token)
        return one._replace(deed=deed._replace(type="AGREE", mode=None)) if coming else one
    denied = any(negated(tree, at) for at in leading(tree, deed.token))
    if not is_future(tree, deed.token):
        refuses = negated(tree, deed.token) and auxiliary(tree, deed.token, _WOULD)
        if not refuses or deed.type not in COOPERATIVE | _YIELDING or tree.child(deed.token, "advcl") is not None:
            return one
        return _spurned(tree, one)
    if deed.type in _HOSTILE and not denied and of_its_own(tree, deed.token):
        mode = lexicon().fold.get(f"THREATEN {deed.type}")
        return one._replace(deed=deed._replace(type="THREATEN", mode=mode))
    if denied:
        if deed.type not in COOPERATIVE | _YIELDING | {"AGREE"}:
            return one
        refused = _spurned(tree, one)
        return refused if refused.recipients else refused._replace(recipients=_until(world, tree, refused))
    spoken = (
        one.sense.id in ("support.praise", "support.solidarity", "agree.support")
        and tree.lemmas[tree.heads[deed.token]] in _WISHING
    )
    unsaid = deed.type in _YIELDING and one.passive and not one.actors  # by nobody who could promise it
    if deed.type in COOPERATIVE | _YIELDING and "person" not in one.sense.traits and not (spoken or unsaid):
        return one._replace(deed=deed._replace(type="AGREE", mode=None))
    return one


def _spurned(tree: Tree, one: Found) -> Found:
    """A deed that is refused: of those who would do it together, who refuses is actor and the others are not."""
    who = surface_subject(tree, one.deed.token)
    own = () if who is None else tuple(coordinated(tree, who))
    actors = tuple(a for a in one.actors if a in own) or one.actors
    others = tuple(a for a in one.actors if a not in actors)
    mode = lexicon().fold.get(f"REJECT {one.deed.type}")
    deed = one.deed._replace(type="REJECT", mode=mode)
    return one._replace(deed=deed, actors=actors, recipients=one.recipients or others)


def _until(world: World, tree: Tree, one: Found) -> tuple[int, ...]:
    """`will not lift the curfew until [the union] backs down`: from whom something is asked for it."""
    for child in tree.children[one.deed.token]:
        mark = tree.child(child, "mark")
        if tree.links[child] == "advcl" and mark is not None and tree.words[mark] in ("until", "unless"):
            who = clause(tree, child).subject
            rules = who is not None and (
                sort(world, tree, who) in _NAMED or tree.lemmas[who] in lexicon().classes["state"]
            )
            return (who,) if who is not None and rules and who not in one.actors else ()
    return ()


def coded(deed: Deed, told: str) -> Deed:
    """A deed by what is told of it: any cooperation that is planned is AGREE (`before a planned meeting`)."""
    if deed.type not in COOPERATIVE or told != "planned":
        return deed
    return deed._replace(type="AGREE", mode=None)


def retold(deeds: Sequence[tuple[int, Tree, Found | Deed]]) -> list[tuple[int, Tree, Found | Deed]]:
    """The deeds of an article in order. Where it has told that people were barred from entering a country, those who
    were `also banned` are barred from it."""
    known, told = False, []
    for number, tree, one in deeds:
        if isinstance(one, Found) and (one.sense.id == "reject.bar" or _from_entering(tree, one)):
            known = True
        if known and isinstance(one, Found) and one.sense.id in _BANS and _bare(tree, one):
            one = one._replace(deed=one.deed._replace(type="REJECT", mode=None))
        told.append((number, tree, one))
    return told


_BANS = ("coerce.ban", "sanction.embargo")


def _from_entering(tree: Tree, one: Found) -> bool:
    """`banned two ministers and a judge from entering`, wherever the parser hangs it."""
    after = tree.words[one.deed.token : tree.last(one.deed.token) + 1]
    return one.sense.id == "coerce.ban" and any(pair in _ENTRY for pair in pairwise(after))


_ENTRY = (("from", "entering"), ("from", "entry"))


def _bare(tree: Tree, one: Found) -> bool:
    """Whether it is not told from what people are banned."""
    if _from_entering(tree, one):
        return True
    if one.sense.id == "sanction.embargo":  # `the bans imposed on the ministers`
        thing = clause(tree, one.deed.token).object
        return (
            thing is not None
            and tree.lemmas[thing] == "ban"
            and any(tree.tags[r] == "NNPS" or tree.tags[r] == "NNS" for r in one.recipients)
        )
    told = any(tree.words[c] in ("from", "in") for c in tree.children[one.deed.token])
    return not told and clause(tree, one.deed.token).object in one.recipients


def _by_other_means(world: World, tree: Tree, one: Found, at: dict[int, Found]) -> Found:
    """`attacked the mayor for closing the mill`: with words; `a hack of the bank and attacks on two others`: with
    computers."""
    deed = one.deed
    if one.sense.id == "assault.attack-noun" and tree.lemmas[deed.token] == "attack":
        beside = next((at[i] for i in _coordinating(tree, deed.token) if i in at), None)
        same = beside is not None and beside.deed.mode == "cyber"
        return one._replace(deed=deed._replace(type="COERCE", mode="cyber", contexts=("cyber",))) if same else one
    if one.sense.id == "assault.strike" and one.passive and not one.actors:  # `was hit by a cyber attack`
        by = behind(tree, deed.token, _BY)
        hacked = any(tree.words[c] in _CYBER for means in by for c in (means, *tree.below(means)))
        return one._replace(deed=deed._replace(type="COERCE", mode="cyber", contexts=("cyber",))) if hacked else one
    for_ = (c for c in tree.children[deed.token] if tree.words[c] == "for")
    doing = any(tree.tags[p] == "VBG" and tree.links[p] == "pcomp" for c in for_ for p in tree.children[c])
    fighting = any(tree.lemmas[a] in lexicon().classes["forces"] for a in one.actors)
    doing = doing or _against_one(world, tree, one)
    if one.sense.id != "assault.attack" or tree.lemmas[deed.token] != "attack" or not doing or fighting:
        return one
    return one._replace(deed=deed._replace(type="ACCUSE", mode="disapprove"))


_BY = frozenset(("by", "in"))
_CYBER = frozenset("cyber cyberattack cyber-attack hack ransomware malware denial-of-service ddos hackers".split())


def _against_one(world: World, tree: Tree, one: Found) -> bool:
    """`Berg attacked Lund over the bill`."""
    sides = (one.actors, one.recipients)
    why = any(tree.words[c] in ("for", "over") for c in tree.children[one.deed.token])
    return why and all(len(side) == 1 and sort(world, tree, side[0]) == "person" for side in sides)


def _coordinating(tree: Tree, noun: int) -> Iterator[int]:
    """What a noun stands beside with `and`, also as one of many (`a range of attacks`)."""
    for _ in range(2 * _DEEP):
        if tree.links[noun] not in ("conj", "pobj") and tree.words[noun] != "of":
            return
        noun = tree.heads[noun]
        yield noun


_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST"))
