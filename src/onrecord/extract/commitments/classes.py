"""Of which class a commitment is: pledge, threat, plan or forecast."""

from typing import Literal

from onrecord.extract.commitments.clauses import Reach, reporting
from onrecord.extract.commitments.sign import Sign
from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree

Class = Literal["pledge", "threat", "plan", "forecast"]

_CAUSED = frozenset("double triple halve increase decrease improve drop end escalate shape grow shrink hit".split())
"""What happens to things, and what somebody does to them."""
_ANSWERED = frozenset("hostile harshly decisively force aggression provocation provocations sanctions".split())
"""To what, or how, a threat answers."""

_GUESSED = frozenset("likely probably presumably perhaps possibly inevitably doubtless undoubtedly eventually".split())
"""With these what others will do is foretold and not announced."""


def class_of(sign: Sign, *, live: bool, own: bool, stranger: bool, condition: Reach | None, timed: bool) -> Class:
    """`live`: who does it is a person, body or people; `own`: in his own words of himself or of his body; `stranger`:
    in the words of somebody of whom it is known that he speaks for others."""
    tree, verb = sign.tree, sign.verb
    hostile = verb is not None and _is(tree, verb, "deed hostile")
    if sign.family == "threat" or (sign.family == "pledge" and hostile and sign.form == "verb"):
        return "threat"
    if sign.family == "pledge":
        return "pledge"
    if sign.family == "forecast":
        return "forecast"
    settled = tree.words[sign.first] != "about"  # `we are about to get into a hard winter`
    chosen = verb is not None and settled and _chosen(tree, verb, live=live, own=own)
    befalls = verb is not None and _befalls(tree, verb) and not chosen
    if sign.family == "plan":
        inert = sign.form in ("fixed", "is to") and verb is not None and (live or not sign.passive) and befalls
        return "forecast" if inert and not _happens(sign, timed) else "plan"
    if hostile or _harm(sign, condition, own=own):
        return "forecast" if stranger and not sign.passive else "threat"
    if not own and verb is not None and _guessed(tree, verb):
        return "forecast"
    if sign.passive:
        undergone = verb is not None and _is(tree, verb, "deed undergone")
        driven = verb is not None and not live and tree.child(verb, "agent") is not None
        return "forecast" if undergone or driven else "plan"
    if live:
        return "forecast" if befalls else "pledge" if own else "plan"
    return "plan" if _happens(sign, timed) else "forecast"


def _guessed(tree: Tree, verb: int) -> bool:
    """Whether it is only held likely: `will probably send`, `it is likely that they will`."""
    above = tree.heads[verb]
    near = [*tree.children[verb], *(tree.children[above] if tree.links[verb] == "ccomp" else ()), above]
    return any(tree.words[c] in _GUESSED for c in near)


def _chosen(tree: Tree, verb: int, *, live: bool, own: bool) -> bool:
    """Whether one decides on what to things only happens: `we will have pumps in place`, `the troops will stay`."""
    if tree.lemmas[verb] in ("remain", "stay"):
        return live and tree.child(verb, "acomp", "attr", "oprd") is None
    if tree.lemmas[verb] in _CAUSED and tree.child(verb, "dobj") is not None:
        return live
    if tree.lemmas[verb] == "have" and tree.child(verb, "xcomp") is not None:
        return False  # `have to`
    refused = any(tree.links[c] == "neg" for c in tree.children[verb])  # `they will not find work`
    if tree.lemmas[verb] == "have" and tree.child(verb, "prep") is None:
        return False  # `have a chance to`; but `have pumps in place`
    return own and not refused and tree.lemmas[verb] in ("have", "get", "find", "end", "reach", "pass", "shape")


def _is(tree: Tree, verb: int, name: str) -> bool:
    table = words().of(name)
    after = tree.child(verb, "prt", "dobj", "prep")
    lemma = tree.lemmas[verb]
    joined = f"{lemma}_{tree.lemmas[after]}" if after is not None else lemma
    back = any(tree.words[c] == "back" and f"{lemma}_back" in table for c in tree.children[verb])
    return lemma in table or joined in table or back


def _befalls(tree: Tree, verb: int) -> bool:
    if tree.lemmas[verb] == "be":
        state = tree.child(verb, "acomp", "attr")
        return state is not None
    below = tree.child(verb, "xcomp")
    if tree.lemmas[verb] == "continue" and below is not None and below != verb:
        return (tree.lemmas[below] == "be" and tree.child(below, "auxpass") is None) or _is(tree, below, "deed befalls")
    if tree.lemmas[verb] in ("take", "continue"):
        return False
    if tree.lemmas[verb] == "succeed" and tree.child(verb, "dobj") is not None:
        return False  # `will succeed her as mayor`
    return _is(tree, verb, "deed befalls")


def _happens(sign: Sign, timed: bool) -> bool:
    """Whether a thing does it by arrangement: `the talks will resume`."""
    if sign.verb is None:
        return False
    placed = sign.tree.lemmas[sign.verb] == "be" and sign.tree.child(sign.verb, "acomp", "attr") is None
    if (
        placed
        and (where := sign.tree.child(sign.verb, "prep")) is not None
        and sign.tree.words[where] in ("in", "at", "on")
    ):
        return timed
    if not _is(sign.tree, sign.verb, "deed arranged"):
        return False
    return timed or sign.tree.lemmas[sign.verb] in ("take", "convene", "open", "resume", "premiere")


def _harm(sign: Sign, condition: Reach | None, *, own: bool) -> bool:
    """Harm that is held out: `our answer will be painful`, `will face consequences`, `warned that it would close`."""
    tree, verb = sign.tree, sign.verb
    if verb is None:
        return False
    if sign.subject is not None and tree.lemmas[sign.subject] in words().of("deed answers"):
        return True
    if tree.lemmas[verb] in ("pay", "face", "suffer", "be", "have"):
        paid = words().of("deed paid")
        near = [tree.lemmas[at] for at in range(verb, sign.end)]
        if (
            tree.lemmas[verb] == "pay"
            and sign.subject is not None
            and tree.words[sign.subject] in ("they", "he", "you", "she")
        ):
            return "for" in near or "price" in near
        return any(lemma in paid for lemma in near) and sign.subject is not None
    pointed = any(tree.words[at] in _ANSWERED for at in range(verb, sign.end))
    if tree.lemmas[verb] in ("respond", "react", "answer") and pointed:
        return True
    above = reporting(tree, sign.anchor)
    warned = above is not None and tree.lemmas[above] in ("warn", "threaten")
    against = condition is not None and tree.words[condition.start] in ("unless", "should")
    return own and _is(tree, verb, "deed harsh") and (warned or against)
