"""How many a deed is said to have hit: killed, wounded, arrested, missing, displaced, and who took part."""

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, get_args, get_type_hints

from onrecord.extract.events.holders import holders
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.tree import Tree
from onrecord.model import Figure, Size

_STEPS = 6
_MOST = 4
"""Figures that a deed takes; a sentence that lists more is a table in words."""

_FAR = 80
"""Tokens between a deed and the verb of its toll."""

_KINDS = frozenset(get_args(get_type_hints(Size)["of"]))


class Words(NamedTuple):
    """The lists of `data/tolls.toml`, each word with what it counts; `types`: what an event of a type may count."""

    counted: dict[str, str]
    objects: dict[str, str]
    subjects: dict[str, str]
    adjectives: dict[str, str]
    types: dict[str, frozenset[str]]


@cache
def words() -> Words:
    """The packaged lists."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "tolls.toml").read_text(encoding="utf-8"))

    def turned(name: str) -> dict[str, str]:
        return {word: kind for kind, listed in data[name].items() for word in listed.split()}

    types = {name: frozenset(listed.split()) for name, listed in data["types"].items()}
    return Words(turned("counted"), turned("objects"), turned("subjects"), turned("adjectives"), types)


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
        if figure.span not in block or not inside or not _counts_people(figure):
            continue
        head = next((i for i in reversed(inside) if tree.heads[i] not in inside), inside[-1])
        kind, verb = _kind(tree, figure, head)
        if kind in _KINDS and verb is not None:
            size = Size(of=kind, span=figure.span, low=figure.low, high=figure.high)  # type: ignore[arg-type]
            found.append(Toll(size, verb))
    return sorted(found, key=_verb)


def _verb(toll: Toll) -> int:
    return toll.verb


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
    kind = lists.counted.get(unit) or lists.counted.get(measured)
    index = head
    for _ in range(_STEPS):
        if tree.parts[index] == "VERB":
            return kind, index
        above, link = tree.heads[index], tree.links[index]
        if above == index:
            break
        if tree.parts[above] in ("VERB", "AUX"):
            return _by_verb(tree, index, above, link) or kind, above
        if tree.parts[above] == "ADP" and tree.words[above] not in ("of", "than"):
            break
        index = above
    return None, None


def _by_verb(tree: Tree, index: int, verb: int, link: str) -> str | None:
    lists, lemma = words(), tree.lemmas[verb]
    if link in ("dobj", "nsubjpass", "attr"):
        return lists.objects.get(lemma)
    if link == "nsubj":
        said = next((c for c in tree.children[verb] if tree.links[c] in ("acomp", "attr")), None)
        if said is not None:
            return lists.adjectives.get(tree.words[said])
        part = lemma in ("take", "turn") and not any(tree.words[c] in ("part", "out") for c in tree.children[verb])
        return None if part else lists.subjects.get(lemma)
    return None


def sizes(deed: Deed, tree: Tree, tolls: Sequence[Toll]) -> tuple[Size, ...]:
    """The tolls that hang on the deed or on a verb of the same scene, in the order of the text."""
    allowed = words().types.get(deed.type)
    if not tolls or allowed is None:
        return ()
    around = {holder.token for holder in holders(tree, deed) if not holder.plans}
    first = bisect_left(tolls, deed.token - _FAR, key=_verb)
    near = tolls[first : bisect_left(tolls, deed.token + _FAR, key=_verb)]
    hit = [toll.size for toll in near if toll.size.of in allowed and _reaches(tree, toll.verb, around)]
    return tuple(sorted(hit, key=lambda size: size.span)[:_MOST])


def _reaches(tree: Tree, verb: int, around: set[int]) -> bool:
    """Whether a verb is one of the scene, or tells what came of one: `shelled the town, killing three`."""
    for _ in range(_STEPS):
        if verb in around:
            return True
        link = tree.links[verb]
        alone = tree.child(verb, "nsubj") is None
        below = link in ("advcl", "xcomp", "ccomp") and tree.tags[verb] in ("VBG", "VBN", "VB") and alone
        beside = link == "conj" and (alone or tree.child(verb, "nsubjpass") is not None)
        if not below and not beside:
            return False
        verb = tree.heads[verb]
    return False
