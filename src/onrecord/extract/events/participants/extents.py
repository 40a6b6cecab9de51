"""Where a noun phrase begins and ends in the article."""

from onrecord.extract.events.participants.phrases import World, sort
from onrecord.extract.events.syntax.grammar import coordinated
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Span

_LEFT = frozenset(
    ("det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "punct", "advmod", "case")
)
_OF = frozenset(
    "accuse strip deprive relieve rob convict acquit suspect warn remind inform clear cure assure absolve".split()
)
"""Verbs whose `of` is their own, also where the parser hangs it on their object: `accused the crew of murder`."""


def extent(world: World, tree: Tree, index: int) -> tuple[int, int]:
    """First token and the one behind the last of a noun phrase: its head, what stands before it, and an `of` behind it
    (`members of the crew`), without clauses and asides."""
    start, end = index, index + 1
    lefts = sorted((c for c in tree.children[index] if c < index), reverse=True)
    for child in lefts:
        if tree.links[child] not in _LEFT or tree.words[child] in (",", ";", ":", "(", '"', "“", "—", "–", "‘", "'"):
            break
        if tree.links[child] == "advmod" and tree.parts[child] != "ADV":
            break
        if child + 1 < index and tree.words[child + 1] in _DASHES and tree.ends[child] < tree.starts[child + 1]:
            break  # `OSLO, Norway - Dozens of nurses`
        if tree.words[child] == "free" and tree.lemmas[child - 1] in ("let", "set"):
            break  # `set free two sailors`
        start = min(start, _leftmost(tree, child))
    closed = next((i for i in range(index - 1, start - 1, -1) if tree.words[i] == "”"), None)
    if closed is not None and "“" not in tree.words[start:closed]:
        start = closed + 1  # `a “small” village`, of which the mark that opens is left out
    charged = tree.links[index] in ("dobj", "nsubjpass") and tree.lemmas[tree.heads[index]] in _OF
    country = sort(world, tree, index) == "country"
    charged = charged or (country and tree.words[tree.heads[index]] == "by")  # `accused by Chad of fraud`
    for child in tree.children[index]:
        if child == end and tree.words[child] == "of" and tree.links[child] == "prep" and not charged:
            inner = next((g for g in tree.children[child] if tree.links[g] == "pobj"), None)
            if inner is not None:
                others = {one for one in coordinated(tree, inner) if one != inner and world.timed(tree, one)}
                others.update(beside_home(world, tree, index))
                end = max(extent(world, tree, one)[1] for one in coordinated(tree, inner)[:4] if one not in others)
    named = world.named(tree, index)
    if named is not None:
        base = tree.passage.block.span.start
        inside = tree.within(named.span.start - base, named.span.end - base)
        if named.kind == "person":  # `Berg and Ana Lund`, taken for one name
            joint = [i for i in inside if tree.words[i] == "and" and i < index]
            inside = range(joint[-1] + 1, inside.stop) if joint else inside
        if len(inside):
            start, end = min(start, inside.start), max(end, inside.stop)
    clock = next((i for i in range(index - 1, start - 1, -1) if world.timed(tree, i)), None)
    start = start if clock is None else clock + 1  # `12 July 2031 22.48 The ministry`: when a note was written
    dashes = (i for i in range(index + 1, end - 1) if tree.words[i] in _DASHES)
    spaced = (i for i in dashes if tree.ends[i - 1] < tree.starts[i] and tree.ends[i] < tree.starts[i + 1])
    end = next(spaced, end)  # `the town of Mombasa - reports`
    while start < index and (
        tree.parts[start] in ("PUNCT", "SPACE", "CCONJ") or (clock is not None and tree.parts[start] == "NUM")
    ):
        start += 1
    return start, end


_DASHES = frozenset(("-", "--", "–", "—"))


def beside_home(world: World, tree: Tree, index: int) -> list[int]:
    """`Ola Berg of Mombasa and Ana Lund of Nairobi`: people whom the parser puts beside a place, and not beside who
    comes from it."""
    of = next((c for c in tree.children[index] if c > index and tree.words[c] == "of"), None)
    home = None if of is None else tree.child(of, "pobj")
    if home is None or sort(world, tree, index) != "person" or sort(world, tree, home) not in ("place", "country"):
        return []
    return [i for i in coordinated(tree, home)[1:] if sort(world, tree, i) == "person"]


def _leftmost(tree: Tree, index: int) -> int:
    return min(tree.below(index))


def span_of(world: World, tree: Tree, index: int) -> Span:
    """The place of a noun phrase in the article."""
    start, end = extent(world, tree, index)
    base = tree.passage.block.span.start
    return Span(start=base + tree.starts[start], end=base + tree.ends[end - 1])


def token_span(tree: Tree, start: int, end: int | None = None) -> Span:
    """The place of tokens in the article."""
    base = tree.passage.block.span.start
    return Span(start=base + tree.starts[start], end=base + tree.ends[(end or start + 1) - 1])
