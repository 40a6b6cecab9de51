"""What the codebook calls a deed: one that takes up another (`refused to meet`), or is to come, has its own type."""

from collections.abc import Iterator, Sequence

from onrecord.extract.events.doubts import meant
from onrecord.extract.events.frames import inside
from onrecord.extract.events.grammar import (
    SUBJECTS,
    auxiliary,
    behind,
    clause,
    coordinated,
    negated,
    surface_subject,
)
from onrecord.extract.events.owners import owners
from onrecord.extract.events.phrases import World, acts, human, ranked, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.tree import Tree
from onrecord.extract.events.triggers import Found

COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))
_YIELDING = frozenset(("CONCEDE", "RETREAT"))
_FUTURE = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_WOULD = frozenset(("would", "'d", "’d"))
_SAYING = frozenset("say announce tell declare state promise confirm pledge vow insist warn threaten".split())
_REPORTING = _SAYING | frozenset(
    "report add suggest note write tweet reveal hint indicate predict agree decide".split()
)
_HARMS = frozenset(("ASSAULT", "COERCE", "SANCTION"))
_DEEP = 4
_COMING = frozenset(
    "plan intend prepare aim hope expect schedule set due gear want look keen eager poise slate like".split()
)
"""Verbs of `plans to visit`: the deed is still to come."""


def folded(world: World, tree: Tree, found: Sequence[Found]) -> list[Found]:
    """The deeds, where one that takes up another stands for both, and those to come as the codebook has them."""
    found = [one for one in found if meant(world, tree, one)]
    at = {one.deed.token: one for one in found}
    at.update({one.deed.noun: one for one in found if one.deed.noun is not None})
    gone: set[int] = set()
    kept: list[Found] = []
    for one in found:
        if one.deed.token in gone or _proven(tree, one, found):
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
        kept.append(_to_come(world, tree, _said(tree, one)))
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
        if tree.lemmas[below] in _MAKING or (tree.lemmas[below] == "set" and tree.child(below, "prt") is not None):
            direct = []  # `agreed to found a company`: nobody is there yet
    else:
        direct = []
    for index in direct:
        if (sort(world, tree, index) in _NAMED or human(world, tree, index)) and not _its_own(tree, index):
            return (index,)
    for head in (below, *direct, *inside(tree, below)):
        for index in behind(tree, head, _ASKED if demanded else _TOWARD):
            if (acts(world, tree, index) or sort(world, tree, index) == "place") and not _its_own(tree, index):
                return (index,)
    return next(((owner,) for index in direct for owner in owners(world, tree, index)), ())


def _its_own(tree: Tree, index: int) -> bool:
    """`agreed to extend their mission`: not whom it concerns, but what is theirs."""
    return any(tree.links[c] == "poss" and tree.words[c] in ("its", "their") for c in tree.children[index])


_AIMED = frozenset(("ACCUSE", "SANCTION", "PROTEST", "ASSAULT", "THREATEN"))


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
        coming = deed.type == "CONSULT" and _beside_future(tree, deed.token)
        return one._replace(deed=deed._replace(type="AGREE", mode=None)) if coming else one
    denied = any(negated(tree, at) for at in _leading(tree, deed.token))
    if not is_future(tree, deed.token):
        refuses = negated(tree, deed.token) and auxiliary(tree, deed.token, _WOULD)
        if not refuses or deed.type not in COOPERATIVE | _YIELDING or tree.child(deed.token, "advcl") is not None:
            return one
        return _spurned(tree, one)
    if deed.type in _HOSTILE and not denied and _of_its_own(tree, deed.token):
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
    if deed.type in COOPERATIVE | _YIELDING and "person" not in one.sense.traits and not spoken:
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
        if isinstance(one, Found) and one.sense.id == "reject.bar":
            known = True
        elif known and isinstance(one, Found) and one.sense.id == "coerce.ban" and _bare(tree, one):
            one = one._replace(deed=one.deed._replace(type="REJECT", mode=None))
        told.append((number, tree, one))
    return told


def _bare(tree: Tree, one: Found) -> bool:
    """Whether it is not told from what people are banned."""
    told = any(tree.words[c] in ("from", "in") for c in tree.children[one.deed.token])
    return not told and clause(tree, one.deed.token).object in one.recipients


def _beside_future(tree: Tree, noun: int) -> bool:
    """`is to meet the king on Monday, their first meeting`: the clause beside which a noun stands is still to come."""
    if tree.links[noun] not in ("appos", "attr") or tree.words[min(tree.below(noun)) - 1] != ",":
        return False
    for _ in range(_DEEP):
        noun = tree.heads[noun]
        if tree.parts[noun] in ("VERB", "AUX"):
            return any(is_future(tree, c) for c in (noun, *tree.children[noun]) if tree.parts[c] == "VERB")
    return False


def _said(tree: Tree, one: Found) -> Found:
    """`attacked the mayor for closing the mill`: with words."""
    deed = one.deed
    for_ = (c for c in tree.children[deed.token] if tree.words[c] == "for")
    doing = any(tree.tags[p] == "VBG" and tree.links[p] == "pcomp" for c in for_ for p in tree.children[c])
    fighting = any(tree.lemmas[a] in lexicon().classes["forces"] for a in one.actors)
    if one.sense.id != "assault.attack" or tree.lemmas[deed.token] != "attack" or not doing or fighting:
        return one
    return one._replace(deed=deed._replace(type="ACCUSE", mode="disapprove"))


_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST"))
_OWN = {"it": False, "they": True, "we": None, "i": None, "he": False, "she": False}
"""Pronouns for who speaks, and whether they stand for several."""


def _of_its_own(tree: Tree, verb: int) -> bool:
    """`Chad said it would attack`: announced by the one who is to do it, and not foretold by another."""
    at = verb
    while tree.links[at] in ("conj", "xcomp") and tree.heads[at] != at:
        at = tree.heads[at]
    above = tree.heads[at]
    own, theirs = tree.child(at, "nsubj"), tree.child(above, "nsubj")
    if tree.links[at] != "ccomp" or tree.lemmas[above] not in _SAYING or own is None or theirs is None:
        return False
    several = _OWN.get(tree.words[own], "")
    plural = tree.tags[theirs] in ("NNS", "NNPS") or tree.child(theirs, "conj") is not None
    return several is None or several is plural or (several is False and tree.words[theirs] == tree.words[own])


def _announced(tree: Tree, verb: int) -> bool:
    """`said it would send`, `said it was buying and would send`: the future as it is reported."""
    while tree.links[verb] == "conj" and tree.heads[verb] != verb:
        verb = tree.heads[verb]
    above = tree.heads[verb]
    return tree.links[verb] == "ccomp" and tree.lemmas[above] in _REPORTING and tree.tags[above] in ("VBD", "VBN")


def is_future(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the future: `will send`, `is to send`, `is going to send`, `plans to send`, `will travel
    to meet`, `will go on helping`."""
    return any(_is_to_come(tree, at) for at in _leading(tree, verb))


_WISHING = ("want", "like")
"""`I want to thank you` thanks."""


def _is_to_come(tree: Tree, verb: int) -> bool:
    if auxiliary(tree, verb, _FUTURE) or (auxiliary(tree, verb, _WOULD) and _announced(tree, verb)):
        return True
    head = tree.heads[verb]
    geared = tree.links[verb] == "advcl" and tree.child(head, "prt") is not None  # `is gearing up to send`
    if not (tree.links[verb] == "xcomp" or geared) or head == verb or negated(tree, head) or not _is_to(tree, verb):
        return False
    if tree.lemmas[head] == "be":
        return tree.tags[head] in ("VBZ", "VBP") and tree.child(head, "attr") is None
    if tree.lemmas[head] == "go" and tree.tags[head] == "VBG":
        return True
    wished = tree.tags[head] == "VB" and auxiliary(tree, head, _WOULD)  # `would like to visit`
    return tree.lemmas[head] in _COMING and (wished or tree.tags[head] in ("VBG", "VBZ", "VBP", "VBN", "JJ"))


def _is_to(tree: Tree, verb: int) -> bool:
    return any(tree.words[c] == "to" and tree.links[c] == "aux" for c in tree.children[verb])


def _leading(tree: Tree, verb: int) -> Iterator[int]:
    """The verb, and those above it that it is done for or a part of: `will [travel] to [meet]`."""
    for _ in range(_DEEP):
        yield verb
        head, link = tree.heads[verb], tree.links[verb]
        if link == "pcomp" and tree.words[head] == "in" and tree.links[head] == "prep":  # `will lead in supporting`
            head, link = tree.heads[head], "xcomp"
        aims = link == "advcl" and tree.tags[verb] == "VB" and tree.child(verb, "mark", *SUBJECTS) is None
        if head == verb or not (aims or link == "xcomp") or tree.parts[head] != "VERB" or tree.lemmas[head] in _UNDONE:
            return
        if tree.child(verb, *SUBJECTS) is not None or (tree.child(head, "dobj") is not None and link == "xcomp"):
            return  # `will ask Norway to send`: done by another
        verb = head


_UNDONE = frozenset("fail refuse decline stop cease avoid have threaten".split())
"""Verbs below which nothing is announced."""
