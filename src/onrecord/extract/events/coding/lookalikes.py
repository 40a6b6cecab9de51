"""Deeds that share no more than a word with an event: albums released, a candidate who withdraws, a camera's catch."""

from onrecord.extract.events.participants.phrases import World, sort
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.grammar import clause
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.events.triggers import Found

_SINGLE = frozenset("he she his her i my".split())
_ON = frozenset(("on",))


def published(_: World, tree: Tree, found: Found) -> bool:
    """`released the messages`, `the release of Berg's album`: nobody is set free."""
    if found.sense.id != "retreat.release":
        return False
    token = found.deed.token
    told = {tree.lemmas[i] for i in range(tree.sentences[token], tree.last(token) + 1)}
    classes = lexicon().classes
    return not told.isdisjoint(classes["works"]) and told.isdisjoint(classes["caught"])


def stood_down(world: World, tree: Tree, found: Found) -> bool:
    """`withdrew from using her name`, `Berg withdrew in May`: no troops."""
    if found.sense.id != "retreat.troops-leave":
        return False
    doing = (c for c in tree.children[found.deed.token] if tree.words[c] == "from")
    alone = not found.recipients and _of_single(world, tree, found)
    return alone or any(tree.child(c, "pcomp") is not None for c in doing)


def filmed(world: World, tree: Tree, found: Found) -> bool:
    """`a video captured the mayor`; `his attacks on the tax`, which are words."""
    if found.sense.id == "assault.capture-people":
        return any(
            tree.lemmas[one] in lexicon().classes["works"] or tree.lemmas[one] == "camera" for one in found.actors
        )
    if found.sense.id != "assault.attack-noun" or found.recipients or not _of_single(world, tree, found):
        return False
    on = [p for c in tree.children[found.deed.token] if tree.words[c] in _ON for p in tree.children[c]]
    if any(tree.lemmas[p] in lexicon().targets for p in on):
        return False
    return found.deed.construction == "noun" and any(tree.parts[p] in ("NOUN", "VERB") for p in on)


def market(_: World, tree: Tree, found: Found) -> bool:
    """`to meet demand`: what is bought, and nobody asks."""
    thing = clause(tree, found.deed.token).object if found.sense.id == "concede.accept-demand" else None
    if thing is None or tree.lemmas[thing] != "demand" or tree.tags[thing] != "NN":
        return False
    return not any(tree.links[c] in ("det", "poss") for c in tree.children[thing])


def _of_single(world: World, tree: Tree, found: Found) -> bool:
    """Whether somebody alone does it, who is named or stands for himself."""
    return bool(found.actors) and all(
        tree.words[one] in _SINGLE or sort(world, tree, one) == "person" for one in found.actors
    )
