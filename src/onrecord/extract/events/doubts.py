"""What the words around a deed tell against it: accidents, sport, business, what is private, what only describes."""

from collections.abc import Callable, Iterator

from onrecord.extract.events.classes import is_of_class, trapped
from onrecord.extract.events.coding.laws import ruled
from onrecord.extract.events.coding.lookalikes import filmed, market, published, stood_down
from onrecord.extract.events.participants.phrases import World, human, ranked, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.grammar import auxiliary, behind, clause, coordinated, surface_subject
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.events.triggers import Found
from onrecord.extract.statements.sources import nouns

_SPORT = 2
"""Words of sport in a sentence from which `beat` and `attack` are no violence."""
_DEEP = 4


def meant(world: World, tree: Tree, found: Found) -> bool:
    """Whether the words around bear out what the word alone may mean."""
    if any(tree.lemmas[one] in _NOBODY for one in found.actors) or ruled(tree, found.deed.token):
        return False  # `only God will remove me`
    return not any(doubt(world, tree, found) for doubt in _DOUBTS.get(found.deed.type, ()))


_NOBODY = frozenset("god heaven destiny fate history".split())


def _sentence(tree: Tree, index: int) -> range:
    return range(tree.sentences[index], tree.last(index) + 1)


def _accident(world: World, tree: Tree, found: Found) -> bool:
    """People are killed and houses destroyed in accidents too: a passive without an agent is violence only where the
    paragraph speaks of it, and not where its sentence tells of a fire and of no blow."""
    words = lexicon()
    if found.deed.mode is not None or any(not _one_or_many(world, tree, one) for one in found.actors):
        return False
    here = _sentence(tree, found.deed.token)
    fierce = (words.weapons | words.classes["violence"].keys()) - words.classes["accidents"].keys() - _STRIKING
    if found.sense.id in _BLOWS and fierce.isdisjoint(tree.lemmas[i] for i in here):
        named = any(tree.lemmas[i] in words.classes["traffic"] for i in here)
        if named or (found.actors and any(tree.lemmas[i] in words.classes["storms"] for i in here)):
            return True  # `the truck struck two riders`, `Anna, a typhoon, damaged the port`
    if found.actors:
        return False
    if not found.passive:  # `a blaze destroyed the mill`
        who = surface_subject(tree, found.deed.token) if tree.parts[found.deed.token] == "VERB" else None
        return who is not None and is_of_class(tree, "accidents", who) and not _fired(tree, who)
    violence = (fierce | _STRIKING) - words.classes["bystanders"].keys()
    if any(tree.lemmas[i] == "crash" for i in here):
        violence -= words.classes["aircraft"].keys()
    mishaps = [i for i in here if tree.lemmas[i] in words.classes["accidents"] and not _fired(tree, i)]
    if mishaps and violence.isdisjoint(tree.lemmas[i] for i in here):
        return True
    told = (tree.lemmas[i] for i in range(tree.size) if i == 0 or tree.lemmas[i - 1] != "world")  # `World War II`
    return found.deed.construction != "noun" and violence.isdisjoint(told)


_BLOWS = ("assault.strike", "assault.kill", "assault.wound")
_STRIKING = frozenset(("strike",))


def _fired(tree: Tree, index: int) -> bool:
    """`under fire`, `fire at civilians`: with weapons, and no blaze."""
    weapons = lexicon().weapons
    beside = any(tree.words[c] in ("at", "on") or tree.lemmas[c] in weapons for c in tree.children[index])
    return tree.lemmas[index] == "fire" and (beside or tree.parts[index] == "VERB" or tree.words[index - 1] == "under")


def _felt(world: World, tree: Tree, found: Found) -> bool:
    """`said that they were devastated`: a feeling."""
    grieved = tree.lemmas[found.deed.token] in ("devastate", "rock", "wreck")
    who = (one for one in found.recipients if not human(world, tree, one))
    return grieved and not found.actors and all(tree.words[one] in ("we", "they", "he", "she", "i") for one in who)


def _sport(world: World, tree: Tree, found: Found) -> bool:
    sport = lexicon().traps["sport"]
    return sum(tree.lemmas[i] in sport for i in _sentence(tree, found.deed.token)) >= _SPORT


def _labour(world: World, tree: Tree, found: Found) -> bool:
    """`stopped work in a strike at the mine`."""
    if found.sense.id != "assault.strike-noun" or found.deed.construction != "noun" or found.actors:
        return False
    before = range(tree.sentences[found.deed.token], found.deed.token)
    return any(tree.lemmas[i] in lexicon().traps["labour"] for i in before)


def _practice(world: World, tree: Tree, found: Found) -> bool:
    """`the recruits hit the target`, `took grain hostage`: no harm to anybody."""
    if found.sense.id == "assault.wage-war":  # `waged a gas war`
        thing = clause(tree, found.deed.token).object
        return thing is not None and trapped(tree, thing)
    hostages = (tree.child(one, "compound") for one in found.recipients if tree.lemmas[one] == "hostage")
    if any(kind is not None and not human(world, tree, kind) for kind in hostages):
        return True
    bare = [one for one in found.recipients if tree.lemmas[one] == "target"]
    if found.sense.id != "assault.strike" or not bare or bare != list(found.recipients):
        return False
    tested = any(tree.lemmas[i] == "test" for i in _sentence(tree, found.deed.token))
    return tested or (bool(found.actors) and all(_one_or_many(world, tree, one) for one in found.actors))


def _one_or_many(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for people who are no forces."""
    found = sort(world, tree, index)
    fighting = tree.lemmas[index] in lexicon().classes["forces"]
    return tree.words[index] in ("he", "she", "i") or (found in ("person", "people") and not fighting)


def _filmed(world: World, tree: Tree, found: Found) -> bool:
    """`the shooting on a film set`."""
    return not found.actors and any(is_of_class(tree, "films", i) for i in _sentence(tree, found.deed.token))


def _which(world: World, tree: Tree, found: Found) -> bool:
    """`an album which he hopes to release`: no captive; `they were evacuated for their own safety`: no retreat."""
    if found.sense.id == "retreat.release":
        return any(tree.words[one] == "which" for one in found.recipients)
    return "troops" in found.sense.traits and found.passive and not found.actors


def _asked_by_nobody(world: World, tree: Tree, found: Found) -> bool:
    """`asked about the match`: a question of somebody who does not matter; `asked his staff to wait`."""
    staff = lexicon().classes["staff"]
    friends = any(tree.lemmas[one] in lexicon().classes["kin"] and _own(tree, one) for one in found.actors)
    return (
        (not found.actors and found.passive)
        or (friends and found.sense.id == "request.ask")
        or (
            found.sense.id == "request.ask-for"
            and any(tree.words[c] == "about" for c in tree.children[found.deed.token])
        )
        or any(tree.lemmas[one] in staff and _own(tree, one) for one in found.recipients)
    )


def _business(world: World, tree: Tree, found: Found) -> bool:
    """`reached a deal to buy the chain`: what firms and private people agree on with each other."""
    if found.sense.id not in ("support.sign", "support.agreement", "agree.to"):
        return False
    token, noun = found.deed.token, found.deed.noun
    thing = clause(tree, token).object if noun is None and tree.parts[token] == "VERB" else noun
    heads = (token,) if thing is None else (token, thing)
    below = (c for head in heads for c in tree.children[head] if tree.tags[c] == "VB")
    priced = thing is not None and any(tree.words[i] in _MONEY for i in tree.below(thing) if i < thing)
    if not priced and not any(is_of_class(tree, "commerce", c) for c in below):
        return False
    return bool(found.actors) and not any(_public(world, tree, i) for a in found.actors for i in coordinated(tree, a))


_MONEY = frozenset("$€£")
_UNIONS = frozenset("union council commission nations organization organisation eu un nato bloc league".split())


def _public(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for a state, those who rule it or speak for it, or a union of states."""
    lemma = tree.lemmas[index]
    if sort(world, tree, index) in ("country", "group", "place") or ranked(world, tree, index):
        return True
    if lemma in lexicon().classes["state"] or lemma in lexicon().classes["forces"] or lemma in _UNIONS | _STATES:
        return True
    return lemma in nouns().kinds["officials"] or tree.words[index] in ("it", "they", "we", "which", "who")


def _described(world: World, tree: Tree, found: Found) -> bool:
    """`groups funded by the state`, `fighters armed with knives`: what sort of people they are, and no deed."""
    if found.sense.id not in ("aid.arm", "support.back"):
        return False
    token = found.deed.token
    if tree.links[token] == "acl" and tree.tags[token] == "VBN":
        return True
    if tree.lemmas[token] == "arm" and found.passive and not found.actors:
        return True  # `had they not been armed`
    usual = auxiliary(tree, token, frozenset(("is", "are"))) and not auxiliary(tree, token, frozenset(("being",)))
    return found.passive and not found.actors and usual


def _handed(world: World, tree: Tree, found: Found) -> bool:
    """`charged with providing the gun to the boy`: one to another, and no aid."""
    if found.sense.id != "aid.arms" or not found.actors or not found.recipients:
        return False
    people = [*found.actors, *found.recipients]
    return all(_one_or_many(world, tree, one) and not _public(world, tree, one) for one in people)


def _of_its_own(world: World, tree: Tree, found: Found) -> bool:
    """`resupplied its troops`, `defended her record`, `to support its own army`: nobody else is helped."""
    if found.deed.type == "SUPPORT":
        thing = clause(tree, found.deed.token).object if found.sense.id in ("support.defend", "support.back") else None
        very = found.sense.id == "support.defend" or (thing is not None and _very_own(tree, thing))
        return thing is not None and very and _own(tree, thing)
    forces = lexicon().classes["forces"]
    return any(tree.lemmas[one] in forces and _own(tree, one) for one in found.recipients)


def _own(tree: Tree, index: int) -> bool:
    return any(tree.links[c] == "poss" and tree.words[c] in _THEIRS for c in tree.children[index])


def _very_own(tree: Tree, index: int) -> bool:
    return any(tree.words[c] == "own" for c in tree.children[index])


_THEIRS = frozenset("his her its their our my your".split())


def _thanked(world: World, tree: Tree, found: Found) -> bool:
    """`Thank you for reading`."""
    verb = found.deed.token
    if tree.words[verb : verb + 2] != ["thank", "you"] or any(tree.words[c] == "to" for c in tree.children[verb]):
        return False
    who = tree.child(verb, "nsubj")
    return who is None or tree.words[who] not in ("i", "we")


def _private(world: World, tree: Tree, found: Found) -> bool:
    """`met her husband at a dance`, `the students met in a cellar`, `did your family support you`."""
    parties = (*found.actors, *found.recipients)
    if found.deed.type == "COOPERATE":
        return bool(parties) and all(sort(world, tree, p) == "people" and not _public(world, tree, p) for p in parties)
    if found.deed.type == "SUPPORT":
        return found.sense.id == "support.back" and any(tree.lemmas[one] in lexicon().classes["kin"] for one in parties)
    if any(tree.lemmas[one] in lexicon().classes["spouses"] and _own(tree, one) for one in parties):
        return True
    if found.sense.id in _TALKS and any(_asks_or_plays(tree, one) for one in parties):
        return True
    if found.sense.id != "consult.meet" or len(parties) != 1 or sort(world, tree, parties[0]) != "people":
        return False
    one = parties[0]
    barred = nouns().bodies | lexicon().classes["delegates"].keys()
    return tree.lemmas[one] not in barred and not _public(world, tree, one)


def _asks_or_plays(tree: Tree, index: int) -> bool:
    """`the reporter who talked to the minister`: an interview; `met bassist Berg`."""
    classes, word = lexicon().classes, tree.words[index]
    beside = (tree.lemmas[c] for c in tree.children[index] if tree.links[c] in ("compound", "appos"))
    plays = not classes["musicians"].keys().isdisjoint((tree.lemmas[index], *beside))
    return plays or tree.lemmas[index] in classes["press"] or word in nouns().outlets or word.endswith("news")


_TALKS = ("consult.meet", "consult.discuss", "consult.talk", "consult.speak", "consult.phone", "consult.meeting")


def _draft(world: World, tree: Tree, found: Found) -> bool:
    """`a draft of the treaty is discussed`: nothing is signed yet."""
    noun = found.deed.token
    if found.sense.id != "support.agreement" or found.deed.construction != "noun" or tree.links[noun] != "pobj":
        return False
    of = tree.heads[noun]
    return tree.words[of] == "of" and tree.lemmas[tree.heads[of]] in ("draft", "outline", "wording")


def _mishap(world: World, tree: Tree, found: Found) -> bool:
    """`The fire service looks into the cause of the blaze`: nobody is suspected."""
    if found.sense.id != "accuse.investigate" or found.recipients:
        return False
    words, here = lexicon(), _sentence(tree, found.deed.token)
    if any(tree.lemmas[one] in words.classes["detectives"] for one in found.actors):
        return False
    noun = found.deed.token if found.deed.noun is None else found.deed.noun
    below = [i for i in tree.below(noun) if i > noun]
    thing = clause(tree, found.deed.token).object if tree.parts[found.deed.token] == "VERB" else None
    below += list(tree.below(thing)) if thing is not None else []
    violence = words.classes["violence"].keys() - words.classes["bystanders"].keys()
    fierce = (tree.lemmas[i] in violence for i in here)
    return any(tree.lemmas[i] in words.classes["accidents"] for i in below) and not any(fierce)


def _demand(world: World, tree: Tree, found: Found) -> bool:
    """`joined the calls for a truce`, `calls asking for one`: no talk by telephone."""
    noun = found.deed.token if found.deed.noun is None else found.deed.noun
    if found.sense.id != "consult.phone" or tree.lemmas[noun] != "call" or tree.parts[noun] != "NOUN":
        return False
    return any(
        tree.words[c] == "for" or (tree.links[c] in ("acl", "relcl") and tree.tags[c] in ("VB", "VBG"))
        for c in tree.below(noun)
    )


def _trade(world: World, tree: Tree, found: Found) -> bool:
    """`barred gas firms from raising prices`: a rule for a trade, and nobody's freedom."""
    firms = lexicon().classes["firms"]
    return found.sense.id == "coerce.ban" and any(tree.lemmas[one] in firms for one in found.recipients)


def _invited_by_anyone(world: World, tree: Tree, found: Found) -> bool:
    people = [one for one in found.actors if sort(world, tree, one) == "people"]
    return found.sense.id == "agree.invite" and bool(people) and not any(_public(world, tree, one) for one in people)


def _vague(world: World, tree: Tree, found: Found) -> bool:
    """`those who may threaten us`: no threat that anybody made."""
    may = auxiliary(tree, found.deed.token, frozenset(("may", "might", "could", "can")))
    return found.sense.id == "threaten.do" and found.below is None and may


def _at_war(world: World, tree: Tree, found: Found) -> bool:
    """Forces that are moved in the course of an attack, of which the codebook has the attack alone: `concentrated its
    forces on the town`, `sent troops to capture it`, `launched missiles in the first wave of bombing`."""
    token, words = found.deed.token, lexicon()
    lemma = tree.lemmas[token]
    if found.sense.id == "mobilize.test" and not lemma.startswith("test"):
        return any(tree.lemmas[i] in words.classes["raids"] for i in _sentence(tree, token))
    alone = any(tree.words[one] in ("his", "her", "my", "he", "she", "i") for one in found.actors)
    if alone and found.deed.construction == "noun":
        return True  # `his deployment`
    if lemma == "reinforce" and any(sort(world, tree, one) == "person" for one in found.actors):
        return not any(_public(world, tree, one) for one in found.actors)
    if lemma == "concentrate" and any(not is_of_class(tree, "borders", i) for i in behind(tree, token, _ON)):
        return True
    return any(_takes(tree, aim) for aim in _aims(tree, token))


_ON = frozenset(("on",))
_TAKING = frozenset(("assault.attack", "assault.capture"))


def _takes(tree: Tree, verb: int) -> bool:
    if any(sense.id in _TAKING for sense in lexicon().verbs.get(tree.lemmas[verb], ())):
        return True
    thing = clause(tree, verb).object
    return thing is not None and is_of_class(tree, "control", thing)


def _aims(tree: Tree, verb: int) -> Iterator[int]:
    """What a verb is done for, and what that is done for: `sent to [try] to [capture]`."""
    level = [verb, *(c for c in tree.children[verb] if tree.links[c] == "dobj")]
    for _ in range(_DEEP):
        level = [
            c
            for at in level
            for c in tree.children[at]
            if c > at and tree.links[c] in ("xcomp", "advcl", "acl") and tree.tags[c] == "VB"
        ]
        yield from level


def _no_crowd(world: World, tree: Tree, found: Found) -> bool:
    """`the revolt of the member states`, `to rally and secure support`: no people who take to the streets."""
    if any(sort(world, tree, one) == "country" or tree.lemmas[one] in _STATES for one in found.actors):
        return True
    alone = [one for one in found.actors if sort(world, tree, one) == "person" and not tree.child(one, "conj")]
    noun = found.deed.token if found.deed.noun is None else found.deed.noun
    if found.sense.id == "protest.demo-noun":  # `his rally`: of one who stands for an office
        return tree.lemmas[noun] == "rally" and len(alone + _single(tree, found)) == len(found.actors) > 0
    return bool(alone) and found.sense.id == "protest.demo" and tree.lemmas[noun] in ("rally", "demonstrate")


def _single(tree: Tree, found: Found) -> list[int]:
    return [one for one in found.actors if tree.words[one] in ("he", "she", "his", "her")]


_STATES = frozenset("country state government nation".split())

_Doubt = Callable[[World, Tree, Found], bool]
_DOUBTS: dict[str, tuple[_Doubt, ...]] = {
    "ASSAULT": (_accident, _felt, _filmed, filmed, _labour, _practice, _sport),
    "RETREAT": (_sport, _which, published, stood_down),
    "CONCEDE": (market,),
    "PROTEST": (_sport, _no_crowd),
    "CONSULT": (_sport, _private, _demand),
    "REQUEST": (_asked_by_nobody,),
    "ACCUSE": (_mishap,),
    "SUPPORT": (_business, _draft, _described, _of_its_own, _private, _thanked),
    "COOPERATE": (_private,),
    "AGREE": (_business, _invited_by_anyone),
    "COERCE": (_trade,),
    "AID": (_described, _of_its_own, _handed),
    "THREATEN": (_vague,),
    "MOBILIZE": (_at_war,),
}
