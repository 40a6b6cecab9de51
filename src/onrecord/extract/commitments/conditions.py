"""On what condition: the clause that something to come hangs on."""

from onrecord.extract.commitments.clauses import Reach, edges, over, trimmed
from onrecord.extract.commitments.sign import Sign
from onrecord.extract.events.syntax.tree import Tree

_MARKS = frozenset(("if", "unless", "provided", "providing", "should", "lest"))
_TURNED = frozenset(("should", "were", "had"))
_ASKING = frozenset("ask know see decide wonder tell say determine clear unclear sure".split())


def condition(sign: Sign) -> Reach | None:
    """The condition of a sign, in its sentence. None too where the sign stands inside it."""
    tree = sign.tree
    first, last = tree.sentences[sign.anchor], tree.last(sign.anchor)
    above = {sign.anchor, *(head for _, head in over(tree, sign.anchor))}
    for index in range(first, last + 1):
        found = _at(tree, index, first)
        if found is None or found.start <= sign.first < found.end:
            continue
        clause = tree.heads[index]
        hangs = tree.heads[clause]
        inside = (
            sign.begin <= hangs < sign.end
            or (hangs in above and sign.form != "noun")
            or (sign.verb is not None and hangs == sign.verb)
        )
        if inside or hangs == clause or (found.start == first and sign.form != "noun"):
            return found
    return None


def conditional(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the clause of a condition."""
    for index, head in [*over(tree, verb)]:
        for child in tree.children[index]:
            if (
                child < index
                and tree.links[child] == "mark"
                and tree.words[child] in ("if", "unless", "whether", "lest")
            ):
                return True
        if tree.links[index] == "advcl" and any(
            tree.words[c] in _TURNED and c < index and tree.links[c] == "aux" and c == edges(tree, index).start
            for c in tree.children[index]
        ):
            return True
        if tree.links[index] == "relcl" and tree.parts[head] != "VERB":
            return False
    return False


def _at(tree: Tree, index: int, first: int) -> Reach | None:
    word = tree.words[index]
    if word == "long" and index and tree.words[index - 1] in ("as", "so") and index + 1 < tree.size:
        if tree.words[index + 1] == "as":
            held = index > 1 and tree.words[index - 2] == "for"  # `for as long as it takes` is a length of time
            return None if held else _clause(tree, index - 1, _verb_behind(tree, index))
        return None
    if word not in _MARKS and not (word in _TURNED and index == first):
        return None
    if word in ("provided", "providing"):
        if index + 1 >= tree.size or tree.words[index + 1] != "that":
            return None
        return _clause(tree, index, _verb_behind(tree, index))
    verb = tree.heads[index]
    if verb < index:
        return None
    if word in _TURNED:
        if index != first or tree.links[index] != "aux" or tree.links[verb] == "ROOT":
            return None
    else:
        asked = tree.links[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] in _ASKING and word == "if"
        if asked or tree.links[index] not in ("mark", "advmod"):
            return None
    begin = index
    if begin and tree.words[begin - 1] in ("even", "only", "but"):
        begin -= 1
    if begin and tree.words[begin - 1] in ("as", "what"):
        return None
    return _clause(tree, begin, verb)


def _verb_behind(tree: Tree, index: int) -> int | None:
    for at in range(index + 1, min(index + 12, tree.size)):
        if tree.parts[at] in ("VERB", "AUX") and tree.links[at] not in ("aux", "auxpass"):
            return at
    return None


def _clause(tree: Tree, begin: int, verb: int | None) -> Reach | None:
    if verb is None:
        return None
    end = edges(tree, verb).end
    for at in range(verb, end):
        if tree.words[at] in ("”", ";") or (tree.words[at] == "," and tree.words[begin] in _TURNED):
            end = at
            break
    found = trimmed(tree, begin, end)
    return found if found.end - found.start > 1 else None
