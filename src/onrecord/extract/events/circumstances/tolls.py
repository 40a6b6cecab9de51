"""How many a deed is said to have hit: killed, wounded, arrested, missing, displaced, and who took part."""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, get_args, get_type_hints

from onrecord.extract.events.circumstances.further import listed
from onrecord.extract.events.circumstances.holders import holders
from onrecord.extract.events.circumstances.occasions import told_of
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.ellipses import HURTS
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Figure, Size, Span

_STEPS = 6
_MOST = 4
"""Figures that a deed takes; a sentence that lists more is a table in words."""

_FAR = 80
"""Tokens between a deed and the verb of its toll."""

_DEEMED = frozenset(
    "believe think know fear report confirm say presume estimate suspect understand assume feel claim appear "
    "seem".split()
)
"""Verbs between a number and what became of it: `three are believed to have died`."""

_OUTCOMES = ("oprd", "acomp", "amod", "advmod", "ccomp", "xcomp", "acl", "attr")
_CUSTODY = frozenset("custody detention captivity prisoner captive hostage".split())
_KINDS = frozenset(get_args(get_type_hints(Size)["of"]))


class Words(NamedTuple):
    """The lists of `data/tolls.toml`, each word with what it counts; `types`: what an event of a type may count."""

    counted: dict[str, str]
    objects: dict[str, str]
    subjects: dict[str, str]
    adjectives: dict[str, str]
    nouns: dict[str, str]
    people: frozenset[str]
    seizures: frozenset[str]
    musters: frozenset[str]
    troops: frozenset[str]
    types: dict[str, frozenset[str]]


@cache
def words() -> Words:
    """The packaged lists."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "tolls.toml").read_text(encoding="utf-8"))

    def turned(name: str) -> dict[str, str]:
        return {word: kind for kind, listed in data[name].items() for word in listed.split()}

    def plain(name: str) -> frozenset[str]:
        return frozenset(data[name]["words"].split())

    types = {name: frozenset(listed.split()) for name, listed in data["types"].items()}
    return Words(
        turned("counted"),
        turned("objects"),
        turned("subjects"),
        turned("adjectives"),
        turned("nouns"),
        plain("people"),
        plain("seizures"),
        plain("musters"),
        plain("troops"),
        types,
    )


class Toll(NamedTuple):
    """A figure that counts people hit: what it counts, and the verb that it hangs on."""

    size: Size
    verb: int


def tolls_of(tree: Tree, figures: Sequence[Figure]) -> list[Toll]:
    """The tolls of a passage; `figures`: those of the passage. Made once a passage."""
    block = tree.passage.block.span
    found = []
    for figure in figures:
        inside = tree.within(figure.span.start - block.start, figure.span.end - block.start)
        if figure.span not in block or not inside or not _counts_people(figure) or _whole(tree, inside[0]):
            continue
        if _is_rate(tree, inside[-1]):
            continue
        head = next((i for i in reversed(inside) if tree.heads[i] not in inside), inside[-1])
        kind, verb = _kind(tree, figure, head)
        if kind in _KINDS and verb is not None:
            size = Size(of=kind, span=figure.span, low=figure.low, high=figure.high)  # type: ignore[arg-type]
            if kind != "participants" and (both := _one_more(tree, inside)) is not None:
                size = _with_one(tree, size, both)
            found.append(Toll(size, verb))
    return sorted(found, key=_verb)


def _one_more(tree: Tree, inside: range) -> range | None:
    """The tokens of a number and of the only one beside it: `a man and two women`, `two women and a man`."""
    noun = tree.heads[inside[-1]] if tree.tags[inside[-1]] == "CD" else inside[-1]
    first = tree.heads[noun] if tree.links[noun] == "conj" else noun
    group = [first, *(c for c in tree.children[first] if tree.links[c] == "conj")]
    if len(group) != 2 or noun not in group or not all(_is_person(tree, one) for one in group):
        return None
    other = group[0] if noun == group[1] else group[1]
    if any(tree.links[c] == "conj" for c in tree.children[group[1]]):
        return None
    article = next((c for c in tree.children[other] if tree.words[c] in ("a", "an") and c < other), None)
    if article is None or tree.tags[other] != "NN":
        return None
    return range(min(article, inside[0]), max(other, noun) + 1)


def _is_person(tree: Tree, noun: int) -> bool:
    people = words().people
    lemma = tree.lemmas[noun]
    return tree.words[noun] in people or lemma + "s" in people or lemma in _PERSONS


_PERSONS = frozenset("man woman child person policeman policewoman passer-by".split())


def _with_one(tree: Tree, size: Size, both: range) -> Size:
    block = tree.passage.block.span.start
    span = Span(start=block + tree.starts[both[0]], end=block + tree.ends[both[-1]])
    low = None if size.low is None else size.low + 1
    return Size(of=size.of, span=span, low=low, high=None if size.high is None else size.high + 1)


def _verb(toll: Toll) -> int:
    return toll.verb


def _whole(tree: Tree, first: int) -> bool:
    """The three of `two of the three`."""
    before = first - 2 if first > 1 and tree.words[first - 1] == "the" else first - 1
    return before > 0 and tree.words[before] == "of" and tree.tags[before - 1] == "CD"


def _is_rate(tree: Tree, index: int) -> bool:
    """`100 are killed a day`, and not `100 were killed a day before`."""
    last = min(tree.last(index), index + _RATE)
    return any(
        tree.words[i] in ("a", "per", "each", "every")
        and tree.words[i + 1] in _SPELLS
        and tree.words[i + 2 : i + 3] != ["of"]
        and tree.words[min(i + 2, tree.size - 1)] not in _AWAY
        for i in range(index + 1, last)
    )


_RATE = 8
"""Tokens from a number to what it is the rate of."""

_SPELLS = frozenset("hour day night week month year".split())
_AWAY = frozenset("before after earlier later ago from since when prior if".split())


def _counts_people(figure: Figure) -> bool:
    """A share, a change, an amount of money or of a measure is no number of people."""
    unit = figure.unit
    plain = unit is None or (unit.replace(" ", "").replace("-", "").isalpha() and unit.islower() and len(unit) > 2)
    return plain and figure.change is None and figure.per is None


def _kind(tree: Tree, figure: Figure, head: int) -> tuple[str | None, int | None]:
    """What a figure counts, and the verb that it hangs on: `killed 40 people`, `40 were killed`, `left 40 dead`."""
    lists = words()
    unit = (figure.unit or "").rpartition(" ")[2]
    measured = ""
    if figure.measured is not None:
        ends = tree.covering(figure.measured.end - 1 - tree.passage.block.span.start)
        measured = tree.words[ends]
    people = not (unit or measured) or unit in lists.people or measured in lists.people
    kind = lists.counted.get(unit) or lists.counted.get(measured)
    index = head
    if (muster := _muster(tree, head)) is not None and (unit in lists.troops or measured in lists.troops):
        return "participants", muster
    for _ in range(_STEPS):
        if tree.parts[index] == "VERB":
            return kind, index
        above, link = tree.heads[index], tree.links[index]
        if (own := _participle(tree, index)) is not None:
            return own
        if above == index:
            break
        if tree.parts[above] in ("VERB", "AUX"):
            return _by_verb(tree, index, above, link, people, kind)
        if tree.parts[above] == "ADP" and tree.words[above] not in ("of", "than"):
            break
        if (
            people
            and tree.words[above] == "of"
            and (told := lists.nouns.get(tree.lemmas[tree.heads[above]])) is not None
        ):
            return told, tree.heads[above]  # `the killing of hundreds of monks`
        index = above
    return None, None


def _muster(tree: Tree, index: int) -> int | None:
    """The verb of `deployed 3,000 soldiers`, `3,000 soldiers were sent to Tarn`."""
    for _ in range(_STEPS):
        above = tree.heads[index]
        if tree.links[index] in ("dobj", "nsubjpass"):
            return above if tree.lemmas[above] in words().musters else None
        if tree.links[index] not in ("nummod", "quantmod", "amod", "compound"):
            return None
        index = above
    return None


def _participle(tree: Tree, noun: int) -> tuple[str | None, int | None] | None:
    """`three people killed by shells`, `three people known to have died`."""
    of = (g for c in tree.children[noun] if c > noun and tree.words[c] == "of" for g in tree.children[c])
    for c in (*tree.children[noun], *(g for inner in of for g in tree.children[inner])):
        if c > noun and tree.links[c] == "acl" and tree.tags[c] == "VBN" and tree.child(c, "dobj") is None:
            verb = _deemed(tree, c)
            lists = words()
            kind = lists.objects.get(tree.lemmas[verb])
            if verb != c and tree.child(verb, "auxpass") is None:
                kind = lists.subjects.get(tree.lemmas[verb])
            if kind is not None:
                return kind, verb
    return None


def _deemed(tree: Tree, verb: int) -> int:
    """What is believed of its subject, or the verb itself."""
    below = tree.child(verb, "xcomp") if tree.lemmas[verb] in _DEEMED else None
    return verb if below is None or below < verb else below


def _by_verb(
    tree: Tree, index: int, verb: int, link: str, people: bool, kind: str | None
) -> tuple[str | None, int | None]:
    """What the verb tells of the number that hangs on it, or `kind`, what it counts by itself; and the verb."""
    lists = words()
    if (deemed := _deemed(tree, verb)) != verb and link in ("nsubj", "nsubjpass"):
        verb, link = deemed, "nsubjpass" if tree.child(deemed, "auxpass") is not None else "nsubj"
    lemma = tree.lemmas[verb]
    told = None
    other = next((c for c in tree.children[verb] if c > verb and tree.links[c] == "conj"), None)
    if link == "nsubjpass" and lemma not in lists.objects and other is not None and _shares(tree, other):
        return lists.objects.get(tree.lemmas[other]) or kind, other  # `were tortured and killed`
    if link in ("dobj", "nsubjpass", "attr"):
        told = lists.objects.get(lemma)
        if told is None and people and _is_seized(tree, verb):
            told = "arrested"
        if told is None and lemma == "leave":
            told = _outcome(tree, index, verb)
    elif link == "nsubj":
        said = next((c for c in tree.children[verb] if tree.links[c] in ("acomp", "attr")), None)
        part = lemma in ("take", "turn") and not any(tree.words[c] in ("part", "out") for c in tree.children[verb])
        if said is not None:
            told = lists.adjectives.get(tree.words[said])
        elif not part:
            told = lists.subjects.get(lemma)
        if told is None and tree.links[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] == "leave":
            told, verb = lists.counted.get(tree.words[verb]), tree.heads[verb]  # `left four monks dead`
    return told or kind, verb


def _shares(tree: Tree, other: int) -> bool:
    """Whether a second passive has the first one's subject."""
    return tree.tags[other] == "VBN" and tree.child(other, "nsubj", "nsubjpass", "aux", "auxpass") is None


def _is_seized(tree: Tree, verb: int) -> bool:
    """`captured two soldiers`, `were taken into custody`, `were held hostage`: of people, and of no town."""
    if tree.lemmas[verb] in words().seizures:
        return True
    near = (tree.words[i] for i in range(verb + 1, min(verb + 4, tree.size)))
    return tree.lemmas[verb] in ("take", "hold") and any(word in _CUSTODY for word in near)


def _outcome(tree: Tree, index: int, verb: int) -> str | None:
    """`left four monks dead`."""
    beside = [*tree.children[index], *tree.children[verb]]
    found = (words().counted.get(tree.words[c]) for c in beside if c > index and tree.links[c] in _OUTCOMES)
    return next((kind for kind in found if kind is not None), None)


def sizes(deed: Deed, tree: Tree, tolls: Sequence[Toll]) -> tuple[Size, ...]:
    """The tolls that hang on the deed or on a verb of the same scene, in the order of the text."""
    allowed = words().types.get(deed.type)
    if not tolls or allowed is None:
        return ()
    around = {holder.token for holder in holders(tree, deed) if not holder.plans} | set(_hurt_by(tree, deed))
    first = bisect_left(tolls, deed.token - _FAR, key=_verb)
    near = tolls[first : bisect_left(tolls, deed.token + _FAR, key=_verb)]
    hit = [
        toll.size
        for toll in near
        if toll.size.of in allowed
        and (deed.type == "MOBILIZE" or tree.lemmas[toll.verb] not in words().musters)
        and (deed.type != "ASSAULT" or tree.lemmas[toll.verb] != "evacuate")
        and (_reaches(tree, toll.verb, around) or _in_which(tree, toll.verb, deed.token))
    ]
    return tuple(sorted(hit, key=lambda size: size.span)[:_MOST])


def _reaches(tree: Tree, verb: int, around: set[int]) -> bool:
    """Whether a verb is one of the scene, or tells what came of one: `shelled the town, killing three`."""
    for _ in range(_STEPS):
        if verb in around:
            return True
        link = tree.links[verb]
        if link in ("relcl", "ccomp") and (told := told_of(tree, verb)) is not None:
            verb = told  # `fired shells that killed two`
            continue
        if link == "ccomp" and tree.lemmas[tree.heads[verb]] in ("claim", "say", "report"):
            verb = tree.heads[verb]  # `shelled the town, claiming it had killed three`
            link = tree.links[verb] if tree.tags[verb] == "VBG" else ""
        alone = tree.child(verb, "nsubj") is None
        below = link in ("advcl", "xcomp", "ccomp") and tree.tags[verb] in ("VBG", "VBN", "VB") and alone
        beside = link == "conj" and (alone or tree.child(verb, "nsubjpass") is not None)
        if not below and not beside:
            return False
        verb = tree.heads[verb]
    return False


def _hurt_by(tree: Tree, deed: Deed) -> Iterator[int]:
    """The verbs that tell who was hurt by the deed, where it is told why: `three were killed when rockets hit`, `three
    died as a result of the shelling`."""
    index = deed.token
    if tree.parts[index] == "VERB":
        if tree.links[index] != "advcl" or tree.lemmas[index] not in listed()["blows"] | {"destroy", "damage", "pound"}:
            return
        if not any(tree.words[c] in ("after", "when", "as") and c < index for c in tree.children[index]):
            return
        index = tree.heads[index]
    else:
        for _ in range(_MOST):
            above = tree.heads[index]
            if above == index or tree.links[index] not in ("pobj", "prep"):
                return
            cause = tree.links[index] == "prep" or tree.words[above] in _CAUSES
            index = above
            if not cause:
                return
            if tree.parts[index] == "VERB" and tree.links[index] != "prep":
                break
            if tree.parts[index] == "NOUN" and tree.lemmas[index] not in _HOW:
                return
    for _ in range(_MOST):
        if tree.lemmas[index] not in HURTS or tree.lemmas[index] in ("arrest", "detain", "capture"):
            return
        yield index
        if tree.links[index] != "conj" or tree.heads[index] == index:
            return
        index = tree.heads[index]


_CAUSES = frozenset("of as in from following after by during under".split())
_HOW = frozenset("result consequence wake course day week month year".split())


def _in_which(tree: Tree, verb: int, noun: int) -> bool:
    """`an attack on the town, in which he said three died`: whatever noun the parser hung the clause on."""
    if tree.parts[noun] != "NOUN" or verb < noun:
        return False
    for _ in range(_STEPS):
        link, above = tree.links[verb], tree.heads[verb]
        if link == "relcl":
            first = min((tree.children[verb] or [verb])[0], verb)
            first = first - 1 if tree.words[first] == "which" else first
            inside = tree.words[first : first + 2] in (["in", "which"], ["during", "which"])
            return inside and noun <= above and _alone(tree, noun, first)
        if link not in ("conj", "ccomp") or above == verb:
            return False
        verb = above
    return False


def _alone(tree: Tree, noun: int, end: int) -> bool:
    """Whether no other verb stands between a noun and the clause that says more of it."""
    return end - noun <= _FAR // 2 and all(tree.parts[i] not in ("VERB", "AUX") for i in range(noun + 1, end))
