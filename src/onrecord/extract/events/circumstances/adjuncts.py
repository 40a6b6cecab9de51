"""What a time expression hangs on, where the parser has hung it on a word that no day can be of.

A town, a launcher or a name takes place on no day: what it stands behind does (`to take the towns of Tarn and Berg
between May and July`). `as early as June` says when the first verb of a chain is done (`would start training them on
how to use it as early as June`). `in the early hours of Monday` hangs where the hours do.
"""

from onrecord.extract.events.circumstances.holders import Anchor
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.statements.sources import is_role, nouns

_STEPS = 6
_AGAINST = frozenset("since after before until following despite amid".split())
_ADVERBIAL = frozenset(("", "on", "in", "at", "over", "during", "between", "from", "within"))
_PLACES = frozenset(
    "town city village region district area county island peninsula coast border port capital suburb neighbourhood "
    "neighborhood centre center frontline launcher weapon country state province building block formation force "
    "unit".split()
)
_THINGS = frozenset(
    "apartment house home hospital clinic school church mosque mall shop store market mill factory plant depot "
    "warehouse refinery bridge road street square station airport airfield runway base barracks camp prison jail "
    "checkpoint ship vessel boat train bus car truck vehicle plane aircraft helicopter jet tank gun rocket missile "
    "drone shell bomb mine dam pipeline grid tower embassy office hotel theatre theater university".split()
)
_WHILE = frozenset("during after before since following".split())
_PARTS = frozenset("hour start beginning end middle course".split())
_SCALES = frozenset("early soon late recently".split())


def rehung(tree: Tree, anchor: Anchor) -> Anchor:
    """The anchor, on what it must hang on."""
    governor = anchor.governor
    for c in tree.children[anchor.head]:  # `during a speech last week`, read as one noun
        if (
            anchor.preposition in _WHILE
            and tree.links[c] == "compound"
            and tree.parts[c] == "NOUN"
            and tree.words[c + 1] in ("last", "this", "next")
        ):
            return anchor._replace(preposition="", governor=c)
    for c in tree.children[governor]:  # of `banned since the invasion in May` the noun, whatever the parser says
        if c < anchor.head and tree.words[c] in _AGAINST and tree.links[c] == "prep":
            noun = tree.child(c, "pobj")
            if noun is not None and 0 < anchor.head - tree.rightmost(noun) <= 2:
                return anchor._replace(governor=noun)
    if anchor.preposition == "of" and tree.lemmas[governor] in _PARTS and tree.links[governor] == "pobj":
        return anchor._replace(preposition=tree.words[tree.heads[governor]], governor=tree.heads[tree.heads[governor]])
    if anchor.preposition == "as" and (chain := _scaled(tree, anchor)) is not None:
        return anchor._replace(preposition="", governor=chain)
    if governor < anchor.head and anchor.preposition in _ADVERBIAL and tree.links[anchor.head] != "appos":
        return anchor._replace(governor=_above(tree, governor, anchor.head if anchor.preposition else tree.size))
    return anchor


def _scaled(tree: Tree, anchor: Anchor) -> int | None:
    """The first verb of the chain before `as early as June`."""
    before = tree.words[max(0, anchor.head - 4) : anchor.head]
    at = next((i for i, word in enumerate(before) if word in _SCALES and before[i + 1 : i + 2] == ["as"]), None)
    if at is None:
        return None
    verb = max(0, anchor.head - 4) + at
    for _ in range(_STEPS):
        if tree.parts[verb] == "VERB" and tree.links[verb] not in ("xcomp", "pcomp"):
            return verb
        if tree.heads[verb] == verb or tree.heads[verb] > anchor.head:
            return verb if tree.parts[verb] == "VERB" else None
        verb = tree.heads[verb]
    return None


def _above(tree: Tree, governor: int, day: int) -> int:
    """The verb above a word that no day can be of; the word itself where one can be."""
    index = governor
    for _ in range(_STEPS):
        if tree.parts[index] == "VERB":
            return index
        if not _lasts(tree, index):
            return governor
        while tree.links[index] in ("conj", "appos") and tree.parts[tree.heads[index]] in ("NOUN", "PROPN"):
            index = tree.heads[index]
            if not _lasts(tree, index):
                return governor
        above, link = tree.heads[index], tree.links[index]
        if link == "dobj" or (link == "nsubj" and day < above):  # `the units from 2 p.m. cease fire`
            index = above
        elif link == "pobj":
            index = tree.heads[above]
        else:
            return governor
    return governor


def _lasts(tree: Tree, noun: int) -> bool:
    """Whether a noun stands for somebody, or a thing or place that is there on any day."""
    if tree.parts[noun] == "PROPN":
        return True
    lemma = tree.lemmas[noun]
    if tree.parts[noun] != "NOUN":
        return False
    return lemma in _PLACES or lemma in _THINGS or lemma in nouns().bodies or is_role(lemma)
