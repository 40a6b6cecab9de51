"""Whether a word is one of a class of the lexicon, with what has to stand beside it."""

from onrecord.extract.events.participants.phrases import World, acts, core, listed
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.tree import Tree


def is_of_class(tree: Tree, name: str, index: int) -> bool:
    """Whether a word is one of a class of the lexicon, with what the class asks to stand beside it."""
    members = lexicon().classes[name]
    lemma = tree.lemmas[index]
    known = lemma in members or tree.words[index] in members
    return (known and _stands_with(tree, members, index)) or _measured(tree, members, index)


def _stands_with(tree: Tree, members: dict[str, frozenset[str]], index: int) -> bool:
    """Whether one of the words that a class asks for beside its head stands there, if it asks for any."""
    beside = members.get(tree.lemmas[index], members.get(tree.words[index], frozenset()))
    around = range(max(0, index - 3), min(tree.size, index + 4))
    return not beside or any(tree.lemmas[i] in beside for i in around)


def trapped(tree: Tree, noun: int) -> bool:
    """`heart attack`, `price war`: the noun with that word before it is no deed."""
    traps = lexicon().traps.get(tree.lemmas[noun], frozenset())
    return any(tree.lemmas[c] in traps for c in tree.children[noun])


def _measured(tree: Tree, members: dict[str, frozenset[str]], index: int) -> bool:
    """`tonnes of aid`, `a series of sanctions`, `$40 million in aid`: what is counted stands behind."""
    if tree.lemmas[index] not in lexicon().classes["measures"] and tree.parts[index] not in ("NUM", "SYM"):
        return False
    for child in tree.children[index]:
        if tree.words[child] in ("of", "in", "worth") and child > index:
            for grand in tree.children[child]:
                if tree.links[grand] == "pobj" and tree.lemmas[grand] in members and _stands_with(tree, members, grand):
                    return True
    return False


def receives(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for somebody whom something can be given to: also a school or hospital."""
    return acts(world, tree, index) or tree.lemmas[core(tree, index)] in listed().sometimes
