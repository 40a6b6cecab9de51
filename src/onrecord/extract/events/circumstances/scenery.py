"""Further words beside which a deed's place is told, though not its time.

What people were hurt in (`killed in shelling of Tarn`), what it was done beside (`killed while ploughing near Tarn`),
what came of it (`repairing roofs in Tarn after a night of shelling`), where it was spoken of (`said in Tarn after talks
with the monks`), and what it was said at (`Wrapping up a summit in Tarn, they agreed`).
"""

from collections.abc import Iterator, Sequence

from onrecord.extract.events.circumstances.further import listed, struck_by
from onrecord.extract.events.circumstances.holders import EFFECTS, Holder
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.grammar import agent, surface_subject
from onrecord.extract.events.syntax.tree import Tree

_INSIDE = frozenset("in during by at amid amidst".split())
_CAUSES = frozenset("from after following of".split())
_LED_TO = {"result": "as", "consequence": "as", "of": "because", "to": "due"}
_SAID = frozenset("say tell speak announce add warn declare pledge reporter".split())
_STRUCK = ("ASSAULT", "AID")
"""Of these types it is done where people are held or hide; whom others release is let go elsewhere."""

_ON_THE_SPOT = ("ASSAULT", "COERCE", "PROTEST")
_AIMED = ("aimed", "targeting", "targeted", "directed")
_STEPS = 4


def scenery(tree: Tree, deed: Deed, found: Sequence[Holder], spoken: bool) -> Iterator[Holder]:
    """`found`: what its time hangs on too, in their order. `spoken`: it is done in words."""
    last = tree.size
    for holder in found:
        verb = holder.token
        if holder.plans:
            continue
        if deed.type in _STRUCK:
            yield from (Holder(other, holder.until) for other in _staying(tree, verb))
        if tree.parts[verb] not in ("VERB", "AUX"):
            continue
        if spoken:
            yield from (Holder(noun, verb) for noun in _occasion(tree, verb))
            yield from (Holder(other, last) for other in _speaking(tree, verb))
            continue
        for scene in (one for one in _scenes(tree, verb) if one < holder.until):
            yield Holder(scene, holder.until)
            yield from (Holder(c, holder.until) for c in tree.children[scene] if tree.words[c] in _AIMED)
        if (noun := _in_which(tree, verb)) is not None:
            yield Holder(noun, verb)
        for other in _beside(tree, verb) if holder.until == last else ():
            yield Holder(other, last)
            yield from (Holder(noun, last) for noun in _scenes(tree, other))
            if (blow := struck_by(tree, other)) is not None:
                yield Holder(blow, last)  # `two were killed and six hurt when a missile hit a mill in Tarn`
    if not spoken and (noun := _told_in(tree, deed.token)) is not None:
        yield Holder(noun, last)
    if deed.type in _ON_THE_SPOT:
        yield from (Holder(doer, last) for doer in _on_the_spot(tree, deed.token))
    told = tree.heads[deed.token] if tree.links[deed.token] == "conj" else deed.token
    if tree.links[told] in ("relcl", "acl"):
        yield from _told_of(tree, told)
    if (blow := _before_colon(tree, deed.token)) is not None:
        yield Holder(blow, last)
    if (hurt := _hurting(tree, deed.token)) is not None:
        yield Holder(hurt, last)
    if (above := _before(tree, deed, deed.token if deed.noun is None else deed.noun)) is not None:
        yield Holder(above, last)


def _scenes(tree: Tree, verb: int) -> Iterator[int]:
    """The nouns that a verb is done by or in: `killed in a raid`, `the raid killed two and injured six`."""
    hurts = tree.lemmas[verb] in listed()["hurts"]
    subject = surface_subject(tree, verb) if hurts or tree.lemmas[verb] in EFFECTS else None
    if subject is not None and _is_scene(tree, subject):
        yield subject
    thing = tree.child(verb, "dobj")
    for c in (*tree.children[verb], *(() if thing is None else tree.children[thing])):
        word = tree.words[c]
        if word in _INSIDE or (hurts and word in _CAUSES):
            yield from (g for g in tree.children[c] if tree.links[g] in ("pobj", "pcomp") and _is_scene(tree, g))
        elif hurts and word in ("as", "because", "due"):
            yield from (g for g in _led(tree, c) if _is_scene(tree, g))


def _is_scene(tree: Tree, noun: int) -> bool:
    return tree.lemmas[noun] in listed()["scenes"] or tree.words[noun] in listed()["scenes"]


def _led(tree: Tree, index: int) -> Iterator[int]:
    """What stands last in `as a result of the shelling`, `because of the shelling`."""
    for _ in range(_STEPS):
        below = tree.child(index, "pobj", "prep", "pcomp")
        if below is None:
            return
        index = below
        if tree.links[index] in ("pobj", "pcomp") and tree.words[index] not in ("result", "consequence"):
            yield index
            return


def _beside(tree: Tree, verb: int) -> Iterator[int]:
    """Verbs whose places are those of a verb before them: `killed and six wounded in Tarn`, `killed while fleeing`."""
    hurts = listed()["hurts"] | listed()["harms"]
    for c in tree.children[verb]:
        if c < verb:
            continue
        if tree.links[c] == "advcl" and any(tree.words[g] == "while" for g in tree.children[c]):
            yield c
        if tree.links[c] in ("advcl", "xcomp") and tree.tags[c] == "VBG" and c == verb + 1:
            yield c  # `captured fighting in Tarn`
        if tree.links[c] != "conj" or tree.lemmas[verb] not in hurts or _told(tree, verb, c):
            continue
        if tree.lemmas[c] in hurts and tree.tags[c] in ("VBN", "VBD"):
            yield c
        elif tree.parts[c] == "NOUN":  # `two were killed and dozens of roofs damaged in Tarn`
            yield from (g for g in tree.below(c) if tree.links[g] == "acl" and tree.lemmas[g] in hurts)


def _told(tree: Tree, verb: int, end: int) -> bool:
    """Whether a verb has adverbials of its own before the next."""
    return any(verb < c < end and tree.links[c] in ("prep", "advcl", "agent") for c in tree.children[verb])


def _before(tree: Tree, deed: Deed, noun: int) -> int | None:
    """The verb that what a noun names led to: `died in Tarn as a result of shelling`, `said in Tarn after talks`."""
    for _ in range(_STEPS):
        above, link = tree.heads[noun], tree.links[noun]
        if link == "conj" and tree.parts[above] == "NOUN":
            noun = above
            continue
        if link == "dobj" and tree.words[noun] == "brunt":
            return above  # `bore the brunt of the assault`
        if link not in ("pobj", "pcomp"):
            return None
        verb, word = tree.heads[above], tree.words[above]
        if tree.parts[verb] in ("VERB", "AUX"):
            if word == "for":
                came = tree.lemmas[verb] in listed()["journeys"] or tree.lemmas[verb] == "be"
                return verb if deed.type in ("CONSULT", "AGREE") and came else None
            if deed.type == "CONSULT":
                return verb if word in ("after", "following") and tree.lemmas[verb] in _SAID else None
            bears = tree.lemmas[verb] in listed()["bears"] or tree.lemmas[verb] in listed()["hurts"]
            caused = word in ("after", "following", "amid", "from", "under") or _LED_TO.get(tree.words[noun]) == word
            return verb if bears and caused and deed.type == "ASSAULT" else None
        if tree.parts[verb] == "NOUN" and word == "of":
            noun = verb  # `another night of shelling`, `a result of shelling`
        elif tree.parts[verb] in ("ADP", "SCONJ", "ADJ") and word in ("of", "to"):
            bearing = tree.heads[verb]  # `because of`, `due to`
            led = _LED_TO.get(word) == tree.words[verb] and tree.parts[bearing] == "VERB"
            return bearing if led and tree.lemmas[bearing] in listed()["hurts"] else None
        else:
            return None
    return None


def _occasion(tree: Tree, verb: int) -> Iterator[int]:
    """`Wrapping up a summit in Tarn, they agreed`."""
    for c in tree.children[verb]:
        if c < verb and tree.links[c] == "advcl" and tree.tags[c] == "VBG":
            noun = tree.child(c, "dobj")
            if noun is not None and tree.lemmas[noun] in listed()["gatherings"]:
                yield noun


def _staying(tree: Tree, verb: int) -> Iterator[int]:
    """`killed those who were held in Tarn`, `rescued monks trapped in Tarn`."""
    for c in tree.children[verb]:
        of = tree.words[c] == "of" and tree.parts[verb] == "NOUN"  # `the rescue of monks trapped in Tarn`
        one = tree.child(c, "pobj") if of else c
        if one is not None and (of or tree.links[c] in ("dobj", "nsubjpass")):
            stay = (g for g in tree.children[one] if tree.links[g] in ("relcl", "acl"))
            yield from (g for g in stay if tree.lemmas[g] in listed()["stays"])


def _told_in(tree: Tree, noun: int) -> int | None:
    """`reports of raids on mills, mostly in Tarn`: the reports."""
    above = tree.heads[noun]
    of = tree.links[noun] == "pobj" and tree.words[above] == "of"
    return tree.heads[above] if of and tree.lemmas[tree.heads[above]] in listed()["tellings"] else None


def _hurting(tree: Tree, verb: int) -> int | None:
    """`two in Tarn died when a missile struck a mill`: the verb of those whom it hurt."""
    above = tree.heads[verb]
    marked = any(tree.words[c] in ("when", "after", "as") and c < verb for c in tree.children[verb])
    hurt = tree.lemmas[above] in listed()["hurts"] and tree.lemmas[verb] in listed()["blows"]
    return above if hurt and marked and tree.links[verb] == "advcl" else None


def _before_colon(tree: Tree, verb: int) -> int | None:
    """`A mill in Tarn was hit on Monday: two are said to have been killed`, `Tarn was last hit in May, when two were
    killed`: the verb of the blow."""
    if tree.lemmas[verb] not in listed()["hurts"]:
        return None
    first = tree.sentences[verb]
    when = next((c for c in tree.children[verb] if c < verb and tree.words[c] == "when"), None)
    colon = when or next((i for i in range(verb, first, -1) if tree.words[i] in (":", ";", "–", "—")), first)
    blows = (i for i in range(first, colon) if tree.parts[i] == "VERB" and tree.lemmas[i] in listed()["blows"])
    return next((i for i in blows if tree.links[i] in ("ROOT", "ccomp", "relcl")), None)


def _on_the_spot(tree: Tree, verb: int) -> Iterator[int]:
    """`police in Tarn arrested two`: those who do it where they are."""
    if tree.parts[verb] == "VERB":
        doers = (surface_subject(tree, verb), agent(tree, verb))
        yield from (one for one in doers if one is not None and tree.lemmas[one] in listed()["present"])


def _in_which(tree: Tree, verb: int) -> int | None:
    """`the raid on Tarn, in which the guild said two were killed`: the raid."""
    for _ in range(_STEPS):
        for c in tree.children[verb]:
            inside = c < verb and tree.words[c] in ("in", "during")
            if inside and tree.words[tree.child(c, "pobj") or c] == "which" and c > 1:
                noun = c - 2 if tree.words[c - 1] == "," else c - 1
                return next((n for n in tree.upward(noun) if _is_scene(tree, n)), None)
        if tree.links[verb] not in ("ccomp", "conj"):
            return None
        verb = tree.heads[verb]
    return None


def _told_of(tree: Tree, verb: int) -> Iterator[Holder]:
    """What a noun does of which a deed is told: `two were hurt in Tarn, in a raid that killed six`, `missiles fell in
    Tarn, dropping bombs that killed six`; and `At a camp in Tarn, the abbot, meeting the monks, said`."""
    noun = tree.heads[verb]
    above, link = tree.heads[noun], tree.links[noun]
    if link == "nsubj" and tree.links[verb] == "acl" and tree.tags[verb] == "VBG":
        yield Holder(above, noun)
    scene = next((n for n in tree.upward(noun) if _is_scene(tree, n)), None)
    if scene not in (None, noun) and tree.words[tree.child(verb, "nsubj") or verb] in ("that", "which"):
        yield Holder(scene, verb)  # `a raid on the town of Tarn that killed six`
    if not (_is_scene(tree, noun) or tree.lemmas[noun] in listed()["weapons"]):
        return
    if link == "pobj" and tree.words[above] in _INSIDE:
        above = tree.heads[above]
    elif link != "dobj":
        return
    for _ in range(_STEPS):
        if tree.parts[above] != "VERB":
            return
        yield Holder(above, tree.size)
        if tree.links[above] != "advcl" or tree.tags[above] != "VBG":
            return
        above = tree.heads[above]


def _speaking(tree: Tree, verb: int) -> Iterator[int]:
    """`denounced it while speaking to monks in Tarn`."""
    below = (c for c in tree.children[verb] if c > verb and tree.links[c] == "advcl" and tree.tags[c] == "VBG")
    yield from (c for c in below if tree.lemmas[c] in listed()["appears"])
