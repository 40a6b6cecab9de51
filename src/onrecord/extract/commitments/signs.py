"""Where the words of a passage hold out something to come: `will go`, `is due to`, `vowed to`, `a plan for`."""

from collections.abc import Iterator

from onrecord.extract.commitments.clauses import negated, nobody, over, own_subject, reach, subject
from onrecord.extract.commitments.nouns import noun_sign
from onrecord.extract.commitments.sign import Form, Sign, be_before, caption
from onrecord.extract.commitments.sign import passive as in_passive
from onrecord.extract.commitments.verbs import verb_sign
from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree

_MOST = 12
"""Committing words that a sentence is looked at for: prose has no more."""
_WILL = {"will": "will", "'ll": "will", "’ll": "will", "wo": "will", "shall": "will", "sha": "will",
         "would": "would", "'d": "would", "’d": "would"}  # fmt: skip  # fmt: skip
_JOINED = frozenset(("set", "due", "about", "bound", "poised", "tipped"))
"""Of these `to` is a part."""


def find(tree: Tree, days: frozenset[int]) -> Iterator[Sign]:
    """The signs of a passage, in order. `days`: the tokens of times to come."""
    table = words()
    sentence, seen = -1, 0
    for index, word in enumerate(tree.words):
        lemma, tag = tree.lemmas[index], tree.tags[index]
        sign: Sign | None = None
        if tree.sentences[index] != sentence:
            sentence, seen = tree.sentences[index], 0
        if seen >= _MOST:
            continue
        if word in _WILL:
            seen += 1
            sign = _will(tree, index) if tag == "MD" else None
        elif word == "going":
            seen += 1
            sign = _going(tree, index)
        elif word == "to" and tag == "TO":
            sign = _is_to(tree, index)
        elif word in table.fixed and tag in ("VBN", "JJ", "VBD", "IN", "RB"):
            seen += 1
            sign = _fixed(tree, index, table.fixed[word])
        if sign is None and lemma in table.of_verb and tag[:1] == "V":
            seen += 1
            sign = verb_sign(tree, index, table.of_verb[lemma])
        elif sign is None and lemma in table.of_noun and tag in ("NN", "NNS"):
            seen += 1
            sign = noun_sign(tree, index, table.of_noun[lemma])
        elif sign is None and word == "word" and index and tree.tags[index - 1] in ("PRP$", "POS"):
            sign = noun_sign(tree, index, "pledge")
        elif sign is None and days and tag in ("VBZ", "VBP", "VBG") and _arranged(tree, index):
            seen += 1
            sign = _present(tree, index, days)
        if sign is not None:
            yield sign
    headed = _heading(tree)
    if headed is not None:
        yield headed


def _will(tree: Tree, index: int) -> Sign | None:
    verb = tree.heads[index]
    if tree.links[index] != "aux" or verb < index or (index and tree.tags[index - 1] in ("PRP$", "DT", "POS")):
        return None  # the last of these: `his will left`
    if tree.tags[verb] not in ("VB", "VBN", "VBG") and not tree.child(verb, "aux", "auxpass"):
        return None
    if tree.tags[verb] == "VBD":
        return None
    if tree.words[verb] == "like" and _WILL[tree.words[index]] == "would":
        return None
    whose = subject(tree, verb)
    if whose is not None and index < whose < verb and tree.words[index - 1] not in ("never", "nor", "again", "only"):
        return None  # `will it`
    last = index + 1
    short = tree.words[index] in ("wo", "sha")
    if short and last < tree.size and tree.links[last] == "neg":
        last += 1
    turned = whose is not None and index < whose < verb
    start, end = reach(tree, index - 1 if turned else index if short else index + 1, verb)
    form: Form = "would" if _WILL[tree.words[index]] == "would" else "will"
    return Sign(tree, form, "will", index, last, verb, verb, whose, start, end, passive=in_passive(tree, verb))


def _complement(tree: Tree, index: int) -> int | None:
    """The `to` of the infinitive behind a word, over adverbs."""
    for at in range(index + 1, min(tree.size, index + 4)):
        if tree.words[at] == "to":
            verb = tree.heads[at]
            return at if tree.tags[at] == "TO" and verb > at and tree.tags[verb][:2] == "VB" else None
        if tree.tags[at] != "RB":
            return None
    return None


def _going(tree: Tree, index: int) -> Sign | None:
    be, to = be_before(tree, index), _complement(tree, index)
    if be is None or to is None or to != index + 1:
        whose = subject(tree, index)
        asked = whose is not None and whose < index and tree.words[whose - 1] in words().of("be present")
        if asked or be is None or to is None or to != index + 1:
            return None
    verb = tree.heads[to]
    whose = _nearest_subject(tree, (verb, index, be.at))
    if whose is None or whose > be.at:
        return None
    start, end = reach(tree, be.at + 1 if be.negated else to + 1, verb)
    return Sign(
        tree, "going to", "will", index, to + 1, index, verb, whose, start, end, be.past, passive=in_passive(tree, verb)
    )


def _nearest_subject(tree: Tree, verbs: tuple[int, ...]) -> int | None:
    for verb in verbs:
        own = own_subject(tree, verb)
        if own is not None:
            return subject(tree, verb)
    return next((found for verb in verbs if (found := subject(tree, verb)) is not None), None)


def _is_to(tree: Tree, to: int) -> Sign | None:
    table = words()
    be, verb = be_before(tree, to), tree.heads[to]
    if be is None or verb <= to or tree.tags[verb][:2] != "VB" or tree.words[be.at][:4] in ("look", "seem", "appe"):
        return None
    if tree.words[be.at] in ("remain", "remains") or be.negated or "yet" in tree.words[be.at : to]:
        return None
    passive = in_passive(tree, verb)
    whose = _nearest_subject(tree, (be.at, verb))
    if whose is None or whose > be.at or tree.lemmas[verb] in table.of("will fixed"):
        return None
    if tree.lemmas[whose] in table.of("will ideas") or tree.words[whose] in table.of("will ideas"):
        return None
    if any(c > whose and tree.parts[c] in ("VERB", "AUX") for c in tree.children[whose] if c < be.at):
        return None  # `all they want is to go`
    start, end = reach(tree, to + 1, verb)
    return Sign(tree, "is to", "plan", be.at, to + 1, verb, verb, whose, start, end, be.past, passive=passive)


def _fixed(tree: Tree, index: int, family: str) -> Sign | None:
    word, to, be = tree.words[index], _complement(tree, index), be_before(tree, index)
    if word == "about" and (to is None or be is None):
        return None
    if be is None and not _reduced(tree, index):
        return None
    if be is not None and be.negated and family != "forecast":
        return None
    whose = _nearest_subject(tree, (index, be.at) if be else (index,))
    if whose is None or whose >= index or nobody(tree, whose):
        return None
    if word in ("likely", "unlikely") and tree.words[index - 1] in ("more", "less", "most", "least", "equally"):
        return None  # `females are more likely to die`: one beside the other
    if family == "forecast" and to is not None and tree.lemmas[whose] in words().of("fixed aims"):
        return None  # `the aim is likely to slow them`: a guess at what is
    past = be is not None and be.past
    negative = be is not None and be.negated
    if to is not None:
        verb = tree.heads[to]
        begin = to + 1 if word in _JOINED else to
        start, end = reach(tree, index - 1 if negative else begin, verb)
        last = to + 1 if word in _JOINED else index + 1
        passive = in_passive(tree, verb)
        return Sign(tree, "fixed", family, index, last, index, verb, whose, start, end, past, passive=passive)
    if (index + 1 < tree.size and tree.words[index + 1] in ("to", "about")) or word in _JOINED - {"due"}:
        return None
    start, end = reach(tree, index + 1, index)
    if be is not None and end <= start:
        top = tree.heads[index] if tree.links[index] == "acomp" else index
        start, end = reach(tree, index + 1, top)
    bare = start >= end
    if bare and (be is None or family == "plan"):
        return None
    start, end = (index, index) if bare else (start, end)
    return Sign(tree, "fixed", family, index, index + 1, index, None, whose, start, end, past, timed=True)


def _reduced(tree: Tree, index: int) -> bool:
    """`talks scheduled for June`, or a heading: `Bank set to close`."""
    if tree.links[index] == "acl" or (tree.links[index] == "amod" and tree.heads[index] < index):
        return tree.tags[index] != "VBD" and tree.heads[index] < index
    return caption(tree) and tree.tags[index] in ("VBN", "VBD", "JJ") and tree.words[index] != "expected"


def _arranged(tree: Tree, index: int) -> bool:
    """Whether a verb, or a verb with its noun, is of what takes place by arrangement: `resume`, `take effect`."""
    listed = words().of("deed arranged")
    if tree.lemmas[index] in listed:
        return True
    beside = [c for c in tree.children[index] if c > index and tree.links[c] in ("dobj", "prt", "prep")]
    nouns = [g for c in beside for g in (c, *tree.children[c]) if g == c or tree.links[g] == "pobj"]
    return any(f"{tree.lemmas[index]}_{tree.lemmas[g]}" in listed for g in nouns)


def _present(tree: Tree, index: int, days: frozenset[int]) -> Sign | None:
    be = be_before(tree, index) if tree.tags[index] == "VBG" else None
    if tree.tags[index] == "VBG" and (be is None or be.past or be.negated):
        return None
    whose = own_subject(tree, index)
    if whose is None or whose > index or tree.links[index] not in ("ROOT", "ccomp", "conj"):
        return None
    last = tree.last(index)
    near = any(index in [head for _, head in over(tree, day)][:4] for day in days if index < day <= last)
    if not near or negated(tree, index):
        return None
    start, end = reach(tree, index, index)
    return Sign(tree, "present", "plan", index, index + 1, index, index, whose, start, end, timed=True)


def _heading(tree: Tree) -> Sign | None:
    """`Council to ban cars`: no verb but an infinitive."""
    if not caption(tree) or any(tag in ("VBZ", "VBP", "VBD", "MD", "WRB") for tag in tree.tags):
        return None
    to = next((i for i, tag in enumerate(tree.tags) if tag == "TO"), None)
    if not to or tree.parts[to - 1] not in ("NOUN", "PROPN") or any(tag[:1] == "V" for tag in tree.tags[:to]):
        return None
    verb = tree.heads[to]
    if verb <= to or tree.tags[verb][:2] != "VB" or tree.lemmas[to - 1] in words().of_noun:
        return None
    if any(
        tree.words[at] in ("how", "ways", "way", "time", "what", "who", "need", "help", "fight", "call")
        for at in range(to)
    ):
        return None
    start, end = reach(tree, to + 1, verb)
    return Sign(tree, "heading", "plan", to, to + 1, verb, verb, to - 1, start, end, passive=in_passive(tree, verb))
