"""Whom the clause around a pronoun binds it to, before anybody else is asked: `sanctions on Chad over its invasion`,
`Chad fired as it advanced`, `the news by the firm that it will pay`."""

from collections.abc import Iterator

from onrecord.extract.events.participants.owners import owners
from onrecord.extract.events.participants.phrases import World, acts, sort
from onrecord.extract.events.syntax.grammar import SUBJECTS, behind, clause, surface_subject
from onrecord.extract.events.syntax.tree import Tree

_OWN = frozenset(
    "announce reiterate repeat express confirm begin start continue launch complete end halt suspend intensify resume "
    "declare voice reaffirm renew offer tender submit issue make".split()
)
"""Verbs whose subject does what the object is named for: `ended its blockade`."""
_DEEP = 6


def bound(world: World, tree: Tree, index: int) -> Iterator[int]:
    """Those whom `it`, `its`, `they` and `their` may stand for by the grammar, the surest first."""
    if tree.links[index] == "poss":
        yield from _owner(world, tree, index)
    elif tree.links[index] in SUBJECTS:
        yield from _subject(world, tree, index)


def _owner(world: World, tree: Tree, index: int) -> Iterator[int]:
    noun = tree.heads[index]
    verb = tree.heads[noun]
    if tree.links[noun] == "dobj" and tree.lemmas[verb] in _OWN:  # `announced its withdrawal`
        yield from (c for c in tree.children[verb] if tree.links[c] == "nsubj" and tree.parts[c] != "PRON")
    if tree.links[noun] == "dobj" and tree.links[verb] == "acl" and tree.words[verb - 1] == "to":
        yield from owners(world, tree, tree.heads[verb])  # `Chad's ability to continue its offensive`
    if tree.links[noun] in SUBJECTS and tree.links[verb] == "conj":  # `Chad was silent, and its envoy left`
        first = tree.child(tree.heads[verb], *SUBJECTS)
        if first is not None and tree.parts[first] != "PRON":
            yield first
    if tree.links[noun] == "pobj" and tree.words[verb] == "including":
        yield from owners(world, tree, tree.heads[verb])
    yield from _punished(world, tree, noun)


_FOR = frozenset("for over because after".split())
_GROUNDS = frozenset("result response retaliation reaction consequence account".split())
_PUNISHING = frozenset(
    "sanction punish penalise penalize condemn criticise criticize designate isolate blame denounce expel suspend ban "
    "boycott rebuke accuse censure chastise hold brand label target hit exclude".split()
)
_AGAINST = frozenset("against on upon at with".split())
_LEVIED = frozenset(
    "sanction measure restriction embargo penalty step action boycott ban curb condemnation criticism outrage anger "
    "case complaint resolution vote regime pressure package round charge threat".split()
)


def _punished(world: World, tree: Tree, noun: int) -> Iterator[int]:
    """Who is punished for what is his: `measures against Chad over its raids`, `punish Chad for its raids`."""
    at = noun
    for _ in range(_DEEP):
        above = tree.heads[at]
        ground = tree.words[above] in _FOR or (tree.lemmas[above] in _GROUNDS and tree.links[at] == "prep")
        at = above
        if ground:
            break
        if tree.parts[at] not in ("ADP", "SCONJ", "NOUN") or tree.links[at] not in ("pobj", "prep", "pcomp"):
            return
    else:
        return
    while tree.parts[at] in ("ADP", "SCONJ") or tree.lemmas[at] in _GROUNDS:
        if tree.heads[at] == at:
            return
        at = tree.heads[at]
    yield from _against(world, tree, at)


def _against(world: World, tree: Tree, at: int) -> Iterator[int]:
    for _ in range(_DEEP):
        if tree.parts[at] == "VERB":
            break
        if tree.words[tree.heads[at]] in _AGAINST and acts(world, tree, at):
            yield at  # `against Chad for its raids`, hung on Chad
            return
        if tree.lemmas[at] in _LEVIED:
            yield from (i for i in behind(tree, at, _AGAINST) if acts(world, tree, i))
        if tree.links[at] not in ("pobj", "prep", "attr", "conj") or tree.heads[at] == at:
            return
        at = tree.heads[at]
    if tree.parts[at] != "VERB":
        return
    one = clause(tree, at)
    yield from (i for i in behind(tree, at, _AGAINST) if acts(world, tree, i) and tree.lemmas[at] not in _PUNISHING)
    if one.object is not None:
        if tree.lemmas[at] in _PUNISHING and acts(world, tree, one.object):
            yield one.object
        if tree.lemmas[one.object] in _LEVIED:
            yield from (i for i in behind(tree, one.object, _AGAINST) if acts(world, tree, i))


def _subject(world: World, tree: Tree, index: int) -> Iterator[int]:
    head = tree.heads[index]
    yield from _before_main(world, tree, index, head)
    for _ in range(_DEEP):
        if tree.links[head] not in ("conj", "xcomp", "aux") or tree.heads[head] == head:
            break
        head = tree.heads[head]
    above = tree.heads[head]
    if above == head:
        return
    if tree.links[head] == "ccomp":
        saying = tree.child(above, "nsubj")
        saying = surface_subject(tree, above) if saying is None else saying
        for who in (saying,) if saying is not None and tree.parts[saying] != "PRON" else ():
            yield who
            if sort(world, tree, who) in ("person", "people"):  # `Chad's president said that it would pay`
                yield from (c for c in tree.children[who] if tree.links[c] == "poss")
    if tree.links[head] in ("acl", "ccomp") and tree.parts[above] == "NOUN" and tree.child(head, "mark") is not None:
        yield from owners(world, tree, above)
        giving = tree.heads[above]
        if tree.links[above] == "dobj" and tree.links[giving] == "acl":  # `its refusal to promise that it will pay`
            yield from (c for c in tree.children[tree.heads[giving]] if tree.links[c] == "poss")
    if tree.links[head] == "advcl" and index > tree.sentences[index] and tree.child(head, "mark", "advmod") is not None:
        for _ in range(_DEEP):
            main = tree.child(above, *SUBJECTS)
            if main is not None or tree.links[above] != "conj":
                break
            above = tree.heads[above]
        theirs = clause(tree, above).object
        another = theirs is not None and acts(world, tree, theirs)  # `Chad met Kenya before it attacked`
        if main is not None and main < index and tree.parts[main] != "PRON" and not another:
            yield main


def _before_main(world: World, tree: Tree, index: int, head: int) -> Iterator[int]:
    """`If the firm wants peace, it must pay`: the subject of the clause that goes before."""
    for c in tree.children[head]:
        if tree.links[c] == "advcl" and c < index and tree.child(c, "mark", "advmod") is not None:
            who = tree.child(c, "nsubj", "nsubjpass")
            if who is not None and tree.parts[who] != "PRON":
                yield who
