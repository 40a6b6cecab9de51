"""Verbs that commit: `vowed to`, `threatened them with`, `expects that`, `is committed to`."""

from onrecord.extract.commitments.clauses import edges, marked, negated, nobody, own_subject, reach, subject, trimmed
from onrecord.extract.commitments.sign import Sign, be_before, caption
from onrecord.extract.commitments.sign import passive as in_passive
from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree

_SECURITY = frozenset(("security", "collateral", "guaranty"))
_MODALS = frozenset("would could may might should must will shall 'll ’ll 'd ’d to".split())


def verb_sign(tree: Tree, index: int, family: str) -> Sign | None:
    """The sign of a verb of a class, by how what is to come hangs on it."""
    table = words()
    lists, lemma, tag = table.verbs[family], tree.lemmas[index], tree.tags[index]
    if tree.links[index] == "advcl" and marked(tree, index) in ("as", "than"):
        return None  # `as many expect`
    auxiliaries = {tree.words[c] for c in tree.children[index] if tree.links[c] in ("aux", "auxpass") and c < index}
    if auxiliaries & _MODALS or tree.links[index] in ("amod", "compound") or negated(tree, index):
        return None
    if tag == "VB" and not auxiliaries & {"do", "does", "did", "can"}:
        return None
    if tag == "VBG" and not auxiliaries and tree.links[index] not in ("ROOT", "advcl", "conj", "acl", "parataxis"):
        return None  # `prohibits promising`, `accused of planning`
    passive = in_passive(tree, index) or (tag == "VBN" and not auxiliaries)
    if passive and (family != "pledge" or lemma == "agree"):
        return _state(tree, index, lemma) if lemma == "commit" else None
    if lemma == "commit" and passive:
        return _state(tree, index, lemma)
    # A promise is on record whenever it was made; what was planned or expected may be over.
    lasting = family in ("pledge", "threat") or lemma not in lists.to
    past = not lasting and (tag == "VBD" or bool(auxiliaries & {"was", "were", "'d"}))
    if not lasting and "had" in auxiliaries:
        return None
    whose = subject(tree, index)
    if whose is None or (whose > index and tree.links[index] in ("acl",)):
        return None
    if family == "forecast" and tree.words[whose] == "you":
        return None  # `where you expect it to be bright`: anybody
    infinitive = clause = thing = other = None
    for child in tree.children[index]:
        if child < index:
            continue
        link = tree.links[child]
        if link in ("xcomp", "ccomp", "advcl") and tree.tags[child][:2] == "VB":
            to = any(tree.words[c] == "to" and tree.tags[c] == "TO" for c in tree.children[child])
            if link == "advcl" and not (to and tree.words[tree.sentences[index]] != "to"):
                continue
            to = to or any(
                tree.words[c] == "to" and c < child for a in tree.children[child] for c in (a, *tree.children[a])
            )
            if to and infinitive is None:
                infinitive = child
            elif link == "ccomp" and clause is None:
                clause = child
        elif link == "ccomp" and clause is None and tree.parts[child] in ("AUX", "VERB", "ADJ", "NOUN"):
            clause = child
        elif link == "dative" and tree.parts[child] != "ADP":
            other = child
        elif link == "dobj" and thing is None:
            thing = child
    alone = infinitive is None and clause is None and index + 2 < tree.size and tree.words[index + 1] == "to"
    if alone and caption(tree) and lemma in lists.to and tree.links[index + 1] == "prep":
        # In a heading `vows to clear snow` is easily taken for a preposition and an adjective.
        start, end = trimmed(tree, index + 1, tree.last(index) + 1)
        return Sign(tree, "verb", family, index, index + 1, index, None, whose, start, end)
    if infinitive is not None and lemma in lists.to:
        far = own_subject(tree, infinitive)
        begin = (
            edges(tree, infinitive).start
            if far is not None
            else min((c for c in tree.children[infinitive] if c > index and c < infinitive), default=infinitive)
        )
        return _made(tree, index, family, whose, begin, infinitive, past, other if other is not None else thing)
    if clause is not None and lemma in lists.that:
        begin = max(index + 1, edges(tree, clause).start)
        whom = other if other is not None else thing
        return _made(tree, index, family, whose, begin, clause, past, whom)
    if lemma == "commit":
        return _state(tree, index, lemma)
    if thing is None or lemma not in lists.object:
        return None
    if lemma == "pledge" and any(
        tree.lemmas[g] in _SECURITY for c in tree.children[index] for g in (c, *tree.children[c])
    ):
        return None  # `pledged its shares as security`
    if lemma == "threaten":
        return _threatened(tree, index, whose, thing, past)
    if tree.words[thing] == "this" and (colon := _colon(tree, thing)) is not None:
        start, end = trimmed(tree, colon + 1, _last(tree, colon))
        return Sign(tree, "verb", family, index, index + 1, index, None, whose, start, end, past, other)
    none = nobody(tree, thing)
    if family == "forecast" and none and tree.words[thing] != "nothing":
        none = False  # `expect no surprises`
    if tree.lemmas[thing] in table.of("never objects") or none or (tag == "VBG" and family == "forecast"):
        return None
    start, end = reach(tree, edges(tree, thing).start, index)
    return Sign(tree, "verb", family, index, index + 1, index, None, whose, start, end, past, other)


def _last(tree: Tree, index: int) -> int:
    for at in range(index, tree.size):
        if tree.words[at] in (".", "”", "!", "\n"):
            return at
    return tree.size


def _colon(tree: Tree, index: int) -> int | None:
    return next((at for at in range(index + 1, min(tree.size, index + 3)) if tree.words[at] == ":"), None)


def _made(
    tree: Tree, index: int, family: str, whose: int, begin: int, verb: int, past: bool, other: int | None
) -> Sign | None:
    start, end = reach(tree, begin, verb)
    # What the parser hung on the committing verb behind its complement belongs to what is to come.
    for child in tree.children[index]:
        if child > verb and end <= child <= end + 1 and tree.links[child] in ("prep", "npadvmod", "advmod"):
            end = edges(tree, child).end
    start, end = trimmed(tree, start, end)
    whom = other if other is not None and index < other < start else None
    return Sign(tree, "verb", family, index, index + 1, index, verb, whose, start, end, past, whom)


def _state(tree: Tree, index: int, lemma: str) -> Sign | None:
    """`committed to halving`, `is committed to halve`."""
    be = be_before(tree, index)
    if (be is not None and (be.negated or be.past)) or tree.tags[index] not in ("VBD", "VBN", "VBZ", "VBP", "VBG"):
        return None
    whose = subject(tree, index)
    to = next(
        (c for c in tree.children[index] if c > index and tree.words[c] == "to" and tree.links[c] == "prep"), None
    )
    verb = next((c for c in tree.children[to] if tree.links[c] == "pcomp"), None) if to is not None else None
    if to is None or whose is None or (verb is None and be is not None):
        return None
    if verb is None and tree.child(index, "dobj") is None:
        return None
    start, end = reach(tree, to, verb if verb is not None else index)
    return Sign(tree, "verb", "pledge", index, index + 1, index, verb, whose, start, end)


def _threatened(tree: Tree, index: int, whose: int, thing: int, past: bool) -> Sign | None:
    harms = words().of("threat harms")
    holder = (index, thing)
    for child in (c for each in holder for c in tree.children[each] if c > index):
        if tree.words[child] == "with" and (harm := tree.child(child, "pobj")) is not None:
            start, end = reach(tree, edges(tree, harm).start, harm)
            return Sign(tree, "verb", "threat", index, index + 1, index, None, whose, start, end, past, thing)
    if tree.lemmas[thing] in harms:
        start, end = reach(tree, edges(tree, thing).start, index)
        return Sign(tree, "verb", "threat", index, index + 1, index, None, whose, start, end, past)
    return None
