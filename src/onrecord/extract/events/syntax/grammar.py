"""What the parse tells of a clause: who does it, what it is done to, what stands behind its prepositions."""

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.extract.events.syntax.datelines import undated
from onrecord.extract.events.syntax.letters import written
from onrecord.extract.events.syntax.relatives import antecedent, who_it_is
from onrecord.extract.events.syntax.tree import Tree

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_OBJECTS = frozenset(("dobj", "obj"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_CONTROL = frozenset(
    "ask order urge tell force compel persuade convince allow let permit enable help encourage call send lead want "
    "get instruct command direct press beg implore invite authorise authorize accuse blame suspect condemn criticise "
    "criticize prevent stop ban bar prohibit see hear watch catch leave keep punish fine jail arrest thank praise "
    "sentence convict indict charge sue fault slam blast denounce detain imprison prosecute investigate sanction "
    "penalise penalize rebuke reprimand".split()
)
"""Verbs whose object does what the verb below them says: `urged the rebels to disarm`."""
_DEEP = 8


class Clause(NamedTuple):
    """A verb and what stands beside it, by index in a `Tree`. `subject`: who does it, the one after `by` if passive;
    `object`: whom or what it is done to; `dative`: who gets something. `passive`: the subject of
    the sentence is the one it is done to."""

    verb: int
    subject: int | None
    object: int | None
    dative: int | None
    passive: bool


def clause(tree: Tree, verb: int) -> Clause:
    """The clause of a verb."""
    passive = is_passive(tree, verb)
    surface = surface_subject(tree, verb)
    dative = tree.child(verb, "dative")
    if dative is not None and tree.parts[dative] == "ADP":
        dative = tree.child(dative, "pobj")
    done_to = tree.child(verb, *_OBJECTS)
    if passive and done_to is not None and done_to < verb and surface is not None and tree.tags[done_to] == "WDT":
        done_to = None  # `a friend, which he was accused of using`
    if passive:
        return Clause(
            verb,
            agent(tree, verb),
            surface if done_to is None else done_to,
            dative or _given(tree, verb, done_to, surface),
            True,
        )
    if done_to is None:
        done_to = _small_clause(tree, verb)
    if done_to is None and tree.links[verb] in ("relcl", "acl"):
        done_to = _relative_object(tree, verb, surface)
    if done_to is None:
        done_to = _shared_object(tree, verb)
    if done_to is None and verb + 1 < tree.size and tree.words[verb + 1] in ("free", "loose"):
        done_to = tree.child(verb + 1, *_OBJECTS)
    return Clause(verb, surface, done_to, dative, False)


def _given(tree: Tree, verb: int, done_to: int | None, surface: int | None) -> int | None:
    """`Kyiv was given tanks`: the subject of a passive with an object is who gets it."""
    return surface if done_to is not None else None


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the subject of the sentence is the one that it is done to."""
    for _ in range(_DEEP):
        if tree.child(verb, "auxpass", "nsubjpass") is not None:
            return True
        if tree.tags[verb] != "VBN" or tree.child(verb, "aux") is not None:
            return False
        if tree.links[verb] != "conj" or tree.child(verb, "nsubj") is not None:
            return _is_bare_passive(tree, verb)
        verb = tree.heads[verb]
        if tree.tags[verb] != "VBN":
            return False
    return False


def _is_bare_passive(tree: Tree, verb: int) -> bool:
    """The same of a participle without a helper: `towns shelled`, `Three killed in shelling`."""
    link = tree.links[verb]
    if link in ("acl", "amod", "relcl"):
        return tree.child(verb, "nsubj") is None
    if tree.lemmas[verb] in _ALONE and tree.child(verb, "nsubj") is not None:
        return False  # `while thousands protested`
    if link == "ROOT":  # headlines
        return tree.child(verb, "nsubj", "dobj") is None
    return link in ("advcl", "dep")


_REPORTS = frozenset("estimate report account figure claim statement count study".split())


def agent(tree: Tree, verb: int) -> int | None:
    """Who stands behind `by`, also where it hangs on what stands before it: `hit with shells by the rebels`."""
    beside = [c for c in tree.children[verb] if c > verb and tree.links[c] in ("agent", "prep")]
    held = (p for c in beside for p in tree.children[c] if tree.links[p] == "pobj" and tree.lemmas[p] not in _REPORTS)
    inside = [g for p in held for g in tree.children[p]]
    inside += [g for c in tree.children[verb] if tree.links[c] in ("oprd", "acomp") for g in tree.children[c]]
    for child in (*beside, *inside):
        if tree.links[child] == "agent" or (tree.words[child] == "by" and tree.links[child] == "prep"):
            found = tree.child(child, "pobj")
            if found is not None:
                return found
    return None


_ENDEAVOURS = frozenset("operation attempt effort campaign bid drive mission push".split())
_MAKING = frozenset(
    "launch make mount begin start conduct stage lead abandon have intensify continue resume plan announce undertake "
    "wage step give drop halt suspend carry renew".split()
)


def _endeavouring(tree: Tree, noun: int) -> int | None:
    """Who does what something is for: `Chad's effort to seize the port`, `launched an operation to free the crew`."""
    owner, verb = tree.child(noun, "poss"), tree.heads[noun]
    own = owner is not None and tree.words[owner] in ("its", "their", "his", "her")
    if owner is not None and not (own and tree.links[noun] == "dobj"):
        return owner
    return surface_subject(tree, verb) if tree.links[noun] == "dobj" and (own or tree.lemmas[verb] in _MAKING) else None


def surface_subject(tree: Tree, verb: int) -> int | None:
    """The subject of the clause, its own or that of the clause above which it borrows. None where there is none."""
    at = verb
    for _ in range(_DEEP):
        both = [c for c in tree.children[at] if tree.links[c] in SUBJECTS and c != verb]
        own = _nearer(tree, both, at) if both else None
        if own is not None:
            if at != verb and tree.links[own] == "csubj":
                return None
            return antecedent(tree, undated(tree, own, verb), at)
        link, head = tree.links[at], tree.heads[at]
        if head == at:
            return None
        if link == "conj" and (before := _torn(tree, at)) is not None:
            return before
        if link == "conj" and at == verb and _confirming(tree, at):
            at = tree.heads[head]
            continue
        if link == "conj" and (first := _perfect(tree, at)) is not None:
            at = first
            continue
        if link in ("acl", "relcl") and tree.lemmas[head] in _ENDEAVOURS and tree.words[at - 1] == "to":
            return _endeavouring(tree, head)
        if link == "acl" and (letter := written(tree, at)) is not None:
            at = letter
            continue
        over = tree.heads[head]
        if link == "acl" and tree.tags[at] == "VBG" and tree.parts[head] == "PROPN" and tree.words[over] == "in":
            at = tree.heads[over]  # `a picture of himself in Harbour Street speaking to the king`
            continue
        if link in ("acl", "relcl") and tree.parts[head] in _NOMINAL:
            return None if _relative(tree, at) or tree.words[at - 1] == "to" else who_it_is(tree, head)
        if link == "xcomp" or (link == "ccomp" and tree.tags[at] == "VB" and tree.words[at - 1] == "to"):
            theirs = tree.child(head, *_OBJECTS)
            if theirs is not None and tree.lemmas[head] in _CONTROL:
                return theirs
            if tree.lemmas[head] in _CONTROL and is_passive(tree, head):
                return surface_subject(tree, head)
            at = head
        elif link == "advcl" and tree.tags[at] == "VBG" and tree.words[at - 1] == "," and _let(tree, head):
            at = tree.heads[head]  # `did not let the crew leave, jailing two`
        elif link == "advcl" and tree.tags[at] == "VBG" and tree.child(head, "auxpass") is not None:
            return agent(tree, head)  # `was hit by shells, killing six`
        elif tree.tags[at] == "VB" and link == "advcl" and (given := _giving(tree, head)) is not None:
            return given
        elif link in ("conj", "acomp", "oprd", "attr") or (link == "advcl" and tree.tags[at] in ("VBG", "VBN", "VB")):
            at = head
        elif link == "pcomp":
            above = tree.heads[head]
            if tree.links[above] == "acomp":  # `is guilty of breaching`
                above = tree.heads[above]
            if tree.parts[above] not in ("VERB", "AUX"):
                return None
            theirs = tree.child(above, *_OBJECTS)
            if theirs is not None and tree.lemmas[above] in _CONTROL:
                return theirs
            if tree.words[head] == "for" and tree.lemmas[above] in (
                "impose",
                "slap",
                "place",
                "file",
                "bring",
                "lodge",
            ):
                beside = (above,) if theirs is None else (above, theirs)  # `impose sanctions on Chad for breaking`
                return next((g for one in beside for g in behind(tree, one, _UPON)), None)
            at = above
        else:
            return None
    return None


def _torn(tree: Tree, verb: int) -> int | None:
    """`gave little support and residents denounced it`: the subject of a second clause, read as a second object."""
    before = verb - 1
    if before > 1 and tree.words[before] == "," and tree.links[before - 1] == "appos":
        before = tree.heads[before - 1]  # `its president, Ola Berg, told`
    finite = tree.tags[verb] in ("VBD", "VBZ", "VBP") and tree.child(verb, "aux", "auxpass") is None
    if not finite or before < 1 or tree.links[before] != "conj" or tree.parts[before] not in ("NOUN", "PROPN"):
        return None
    return before if tree.heads[verb] < tree.heads[before] and tree.parts[tree.heads[verb]] == "VERB" else None


_CALLING = frozenset("call urge appeal demand condemn accuse vow pledge thank praise".split())


def _confirming(tree: Tree, verb: int) -> bool:
    """`Berg confirmed Lund had been arrested and called for calm`: Berg calls."""
    head = tree.heads[verb]
    told = tree.links[head] == "ccomp" and tree.child(head, "auxpass") is not None and tree.child(head, "mark") is None
    calls = tree.tags[verb] == "VBD" and tree.lemmas[verb] in _CALLING and tree.child(verb, "aux", "auxpass") is None
    return told and calls and tree.heads[head] < head and tree.tags[tree.heads[head]] == "VBD"


def _nearer(tree: Tree, both: list[int], verb: int) -> int:
    """`Inside Tarn, Chad was shelling`: of two subjects the one behind a comma or a date, else the first."""
    for subject in reversed(both[1:]):
        first = min((c for c in tree.children[subject] if c < subject), default=subject)
        if subject < verb and tree.parts[first - 1] in ("PUNCT", "NUM"):
            return subject
    return both[0]


def _giving(tree: Tree, verb: int) -> int | None:
    """`gave the press few chances to ask`: who is given them."""
    given = tree.child(verb, "dative")
    return given if given is not None and tree.parts[given] in _NOMINAL and tree.child(verb, "dobj") else None


def _perfect(tree: Tree, verb: int) -> int | None:
    """`They had searched the crew, learnt who they were and taken them`: the participle that shares the `had`."""
    head = tree.heads[verb]
    if tree.tags[verb] != "VBN" or tree.tags[head] not in ("VBD", "VBZ", "VBP") or tree.child(verb, "aux") is not None:
        return None
    if tree.child(verb, "auxpass", *SUBJECTS) is not None:
        return None
    for at in tree.upward(head):
        helped = tree.child(at, "aux")
        if tree.tags[at] == "VBN" and helped is not None and tree.lemmas[helped] == "have":
            return at
    return None


def _let(tree: Tree, verb: int) -> bool:
    """Whether a verb is what somebody else lets or makes its subject do."""
    above = tree.heads[verb]
    below = tree.links[verb] in ("xcomp", "ccomp") and tree.tags[verb] == "VB" and above != verb
    return below and tree.lemmas[above] in _CONTROL and tree.parts[above] == "VERB"


_UPON = frozenset(("on", "upon", "against"))


def _relative(tree: Tree, verb: int) -> int | None:
    """The object of a relative clause that has a subject of its own is the noun: `the city that they took`."""
    return tree.child(verb, "nsubj", "nsubjpass")


def _relative_object(tree: Tree, verb: int, surface: int | None) -> int | None:
    head = tree.heads[verb]
    if tree.links[verb] == "relcl" and surface is not None and surface != head and tree.parts[head] in _NOMINAL:
        if any(tree.words[c] in ("when", "where", "why", "whose") for c in tree.children[verb]):
            return None
        return head
    return None


_ALONE = frozenset(
    "retreat withdraw flee protest march demonstrate rally resign surrender advance go come arrive return meet talk "
    "clash fight step pull gather stand die".split()
)
"""Verbs that need no object, and do not share that of another."""


def _shared_object(tree: Tree, verb: int) -> int | None:
    """`ransacked and burned the embassy`: the object of the second verb is the first one's too."""
    other = verb + 2
    if other >= tree.size or tree.heads[other] != verb or tree.links[other] != "conj" or tree.words[verb + 1] != "and":
        return None
    if tree.lemmas[verb] in _ALONE or tree.tags[verb] != tree.tags[other]:
        return None
    return tree.child(other, *_OBJECTS)


def _small_clause(tree: Tree, verb: int) -> int | None:
    """`found the colonel guilty`, `forced the crew to land`, `ordered them jailed`: the parser takes the object for
    the subject of the clause below."""
    below = tree.child(verb, "ccomp")
    if below is None or below < verb:
        return None
    own = tree.child(below, "nsubj", "nsubjpass")
    if own is None or own < verb or tree.child(below, "mark") is not None:
        return None
    helpers = [tree.words[c] for c in tree.children[below] if tree.links[c] in ("aux", "auxpass", "cop")]
    if tree.parts[below] in ("ADJ", "NOUN") or tree.tags[below] in ("VBN", "VBG"):
        return own if not helpers else None
    return own if tree.tags[below] == "VB" and (helpers == ["to"] or tree.lemmas[verb] == "help") else None


def behind(tree: Tree, index: int, words: frozenset[str]) -> Iterator[int]:
    """What stands behind one of these prepositions, beside a verb or noun or beside its particle (`back from`)."""
    for child in tree.children[index]:
        link = tree.links[child]
        if child < index or link not in _LEADING:
            continue
        if tree.words[child] in words:
            for inner in tree.children[child]:
                # `a raid on the camp killing three`: the parser makes a clause of it
                split = tree.links[inner] == "pcomp" and tree.tags[inner] == "VBG" and tree.words[child] in _STRIKING
                own = tree.child(inner, "nsubj") if split else None
                if tree.links[inner] in ("pobj", "pcomp"):
                    yield inner if own is None else own
        if link in ("prt", "advmod", "prep"):
            for inner in tree.children[child]:
                if tree.links[inner] == "prep" and tree.words[inner] in words:
                    yield from (g for g in tree.children[inner] if tree.links[g] == "pobj")


_STRIKING = frozenset(("on", "upon", "against", "at", "into"))
_LEADING = frozenset(("prep", "dative", "agent", "prt", "advmod"))


def coordinated(tree: Tree, index: int) -> list[int]:
    """A noun and those that stand beside it with `and`, in order."""
    found, waiting = [index], [index]
    while waiting and len(found) < 12:
        at = waiting.pop()
        for child in tree.children[at]:
            if (
                tree.links[child] == "conj"
                and tree.parts[child] in _NOMINAL
                and child > at
                and not _same(tree, at, child)
                and not _beyond(tree, at, child)
            ):
                found.append(child)
                waiting.append(child)
            elif tree.links[child] == "appos" and tree.tags[at] == "NN" and tree.parts[child] == "PROPN":
                # `the minister, Ola Berg, and the envoy`: hung on the name
                ands = (c for c in tree.children[child] if tree.links[c] == "conj" and tree.words[child + 1] == ",")
                beside = [c for c in ands if tree.parts[c] in _NOMINAL]
                found.extend(beside)
                waiting.extend(beside)
    return sorted(found)


def _beyond(tree: Tree, index: int, other: int) -> bool:
    """`Of the talks between Chad and Norway, Berg, ...`: a third behind a pair that `and` has closed."""
    before = [c for c in tree.children[index] if c < other and tree.links[c] in ("conj", "cc")]
    closed = [tree.links[c] for c in before] == ["cc", "conj"]
    return closed and tree.words[other - 1] == "," and tree.words[other + 1 : other + 2] == [","]


def _same(tree: Tree, index: int, other: int) -> bool:
    """`his counterpart and close ally`: one person, under one word before both."""
    return (
        tree.tags[index] == tree.tags[other] == "NN"
        and any(tree.links[c] == "poss" for c in tree.children[index])
        and not any(tree.links[c] in ("poss", "det", "nummod") for c in tree.children[other])
    )


def negated(tree: Tree, verb: int) -> bool:
    """`not`, `never`, `no longer` beside a verb."""
    return any(tree.links[c] == "neg" or tree.words[c] == "never" for c in tree.children[verb])


def auxiliary(tree: Tree, verb: int, words: frozenset[str]) -> bool:
    """Whether one of these helps the verb, or the verb that it stands beside with `and`."""
    at = verb
    for _ in range(3):
        helpers = [c for c in tree.children[at] if tree.links[c] in ("aux", "auxpass")]
        if helpers or tree.links[at] != "conj":
            return any(tree.words[c] in words for c in helpers)
        at = tree.heads[at]
    return False


def one_voice(tree: Tree, first: int, last: int) -> bool:
    """Whether two tokens stand within the same marks of quotation, or outside of any."""
    words = tree.words[first + 1 : last]
    return words.count("“") == words.count("”") and words.count('"') % 2 == 0
