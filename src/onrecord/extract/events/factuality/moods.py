"""What a clause says by itself of whether it is so: negation, modal verb, tense, adverbs, question, command."""

from itertools import islice

from onrecord.extract.events.factuality.signatures import table
from onrecord.extract.events.factuality.ways import Step
from onrecord.extract.events.syntax.tree import Tree

WEAKER: dict[str, int] = {"planned": 0, "demanded": 1, "possible": 2, "hypothetical": 3}
"""What is neither so nor not so; the later one wins where two meet."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
WH = ("WRB", "WP", "WDT", "WP$")
_KNOWN = frozenset("the this that these those his her its their our my your 's earlier previous past recent".split())
_PERFECT = frozenset("has have 've ’ve".split())
_ONLY = ("first", "last", "latest", "only", "few")
_FEW = ("few", "handful", "first", "only")
_BEFORE = 10
"""Words before a deed in which `one of the few` is looked for."""

_AUX = ("aux", "auxpass")
_UNTIL = ("until", "till")
_ADVERBIAL = ("advmod", "npadvmod", "prep")
_PRESENT = frozenset("is are am 's ’s 're ’re 'm ’m".split())


def beside(tree: Tree, index: int, held: str) -> str:
    """What holds of an adverbial clause from outside: a condition, or a time that is yet to come."""
    marked = (c for c in tree.children[index] if tree.links[c] in ("mark", "advmod"))
    marks = {tree.words[c] for c in marked if tree.words[c : c + 2] != ["if", "not"]}  # `hundreds if not thousands`
    if marks & table().words["conditions"] or (not marks and (_inverted(tree, index) or tree.tags[index] == "MD")):
        return "hypothetical"
    past = (c for c in tree.children[index] if tree.links[c] in ("aux", "auxpass") and tree.tags[c] == "VBD")
    if (
        tree.tags[index] == "VBN"
        and any(tree.words[c] in ("has", "have") for c in tree.children[index])
        and "as" in marks
    ):
        return "happened"
    dated = any(_is_then(tree, c) for c in tree.children[index])
    later = held in WEAKER and bool(marks & {"once", "until", "till"}) and not dated  # `would pay once they were back`
    if not later and (tree.tags[index] == "VBD" or any(tree.words[c] != "had" for c in past)):
        return "happened"
    if held in WEAKER and marks & {"when", "once", "until", "before", "after", "as", "till", "whenever"}:
        return "planned" if held == "planned" else held
    return "happened"


def own(tree: Tree, step: Step, first: Step, reported: bool, below: tuple[int, int | None]) -> str:
    """What a word's own clause says: negation, modal verb, tense, adverbs, question, command. `first`: how the clause
    that it shares its verb group with hangs on what is above; `below`: the word that is looked at next and the one
    that is of a phrase with the governor (`had no choice`), whose `no` counts there and not here."""
    index = step.word
    if tree.parts[index] not in ("VERB", "AUX"):
        return described(tree, index)
    words, lists = tree.words, table().words
    aside = list(tree.children[index])
    if step.by == "conj" and shares(tree, index, step.governor):
        led = (c for c in tree.children[step.governor] if tree.links[c] != "advcl" or c < step.governor)
        aside = [c for c in led if tree.links[c] in ("aux", "auxpass", "neg", "advcl")] + aside
    negated, modal, doubt, condition = False, "", "happened", False
    helpers = []
    for c in aside:
        word, link = words[c], tree.links[c]
        if link == "neg" or (link in ("advmod", "preconj", "cc") and word in lists["negators"]):
            said = set(words[c + 1 : c + 3]) & lists["only"] or _came_later(tree, index)
            negated ^= not said and not _corrects(tree, index, c)
        elif word == "longer" and words[c - 1] == "no":
            negated = True
        elif link in ("aux", "auxpass"):
            helpers.append(word)
            modal = modal or (word if word in table().modals else "")
        elif link == "advmod" and word in table().adverbs and not _is_of_object(tree, index, c):
            doubt = combined(doubt, table().adverbs[word].gives)
        elif link in ("nsubj", "nsubjpass", "dobj", "attr") and c not in below:
            none = word in lists["nobody"] or any(words[g] in ("no", "neither") for g in tree.children[c])
            negated |= none
        elif link == "advcl":
            condition |= beside(tree, c, "happened") == "hypothetical"
    value = _mood(tree, first._replace(word=index), helpers, modal, negated, reported)
    if condition and value != "demanded" and (modal or value in WEAKER):
        value = "hypothetical"
    return combined(doubt, value)


def _mood(tree: Tree, step: Step, helpers: list[str], modal: str, negated: bool, reported: bool) -> str:
    """What the verb group says."""
    index, tag = step.word, tree.tags[step.word]
    if step.by in ("top", "that") and _asked(tree, index):
        return "possible"
    if modal:
        if modal in ("would", "could", "should", "ought") and "have" in helpers:
            return "hypothetical"
        if modal == "must" and "have" in helpers:
            return "possible"
        if modal == "should" and _inverted(tree, index) and tree.words[tree.last(index)] != "?":
            return "hypothetical"  # `should they leave, he will come`
        if modal == "would" and any(tree.words[c] in table().words["habitually"] for c in tree.children[index]):
            return "not_happened" if negated else "happened"  # `they would sometimes kill`
        if modal == "would" and step.by == "that" and tree.lemmas[step.governor] in table().words["recounts"]:
            return "not_happened" if negated else "happened"  # `recounted how they would beat him`
        value = table().modals[modal][negated]
        return "planned" if modal == "would" and reported and not negated else value
    if tree.lemmas[index] == "have" and negated is False and "to" in helpers and step.by == "top":
        return "demanded"
    if step.by == "top" and tag == "VB":
        if "to" in helpers:
            return "not_happened" if negated else "planned"
        alone = not helpers or helpers == ["do"]
        if alone and not any(tree.links[c] in SUBJECTS for c in tree.children[index]):
            return "possible" if negated else "demanded"
    if negated:
        return "not_happened"
    return "ongoing" if _goes_on(tree, step, helpers) else "happened"


def _corrects(tree: Tree, index: int, negator: int) -> bool:
    """`no, not two, we are asking for three`: the negation before a clause with its subject is none of the clause."""
    who = tree.child(index, "nsubj", "nsubjpass")
    return tree.words[negator] == "not" and who is not None and negator < who and not _inverted(tree, index)


def _came_later(tree: Tree, index: int) -> bool:
    """`did not leave until May`: did then."""
    below, helpers = tree.children[index], [tree.words[c] for c in tree.children[index] if tree.links[c] in _AUX]
    until = any(tree.words[c] in _UNTIL for c in below if tree.links[c] == "prep") or any(
        tree.words[g] in _UNTIL for c in below if tree.links[c] == "advcl" for g in tree.children[c]
    )
    return until and bool(helpers) and helpers[0] in ("did", "was", "were", "had")


def _goes_on(tree: Tree, step: Step, helpers: list[str]) -> bool:
    """Whether a verb group tells of what goes on at the time of speaking: `is being held`, `those being held`, and of
    what somebody said, `said that it was negotiating`."""
    index = step.word
    if tree.tags[index] != "VBG" and "being" not in helpers:
        return _is_now(tree, index, helpers)
    if "being" in helpers and helpers[0] == "being":
        below = tree.links[index] in ("acl", "ccomp", "advcl")
        named = step.by == "part" or tree.child(index, "nsubjpass") is not None
        once = tree.lemmas[index] in table().words["at_once"]  # `the first report of a man being shot`
        return below and named and not once and not _is_past_above(tree, index)
    if _is_progressive(helpers):
        return True
    said = step.by == "that" and tree.lemmas[step.governor] in table().words["reports"]
    shifted = said and tree.tags[step.governor] == "VBD" and bool({"was", "were"} & set(helpers))
    return shifted and not any(_is_then(tree, c) for c in tree.children[index])


def _is_past_above(tree: Tree, index: int) -> bool:
    """Whether the nearest verb above that has a tense tells of the past: `saw a man being shot`."""
    for above in islice(tree.upward(index), 1, 6):
        tags = {tree.tags[above], *(tree.tags[c] for c in tree.children[above] if tree.links[c] in ("aux", "auxpass"))}
        if tags & {"VBD", "VBZ", "VBP", "MD"}:
            return "VBD" in tags
    return False


def _is_now(tree: Tree, index: int, helpers: list[str]) -> bool:
    """Whether the simple present tells of what goes on: `now hold the mill`, `is shelled every day`."""
    present = set(helpers) <= {"is", "are"} and (tree.tags[index] in ("VBZ", "VBP") or bool(helpers))
    lists = table().words
    told = (tree.words[g] for c in tree.children[index] for g in (c, *tree.children[c]) if tree.links[c] in _ADVERBIAL)
    return present and (tree.lemmas[index] in lists["states"] or any(word in lists["now"] for word in told))


def _is_of_object(tree: Tree, index: int, adverb: int) -> bool:
    """Whether an adverb behind a verb is of its object: `stabbed reportedly several people`."""
    below = tree.child(index, "dobj")
    return below is not None and index < adverb < below


def _is_then(tree: Tree, index: int) -> bool:
    """Whether what stands beside a verb says that it was at another time: `yesterday`, `when the fire began`."""
    if tree.links[index] == "advcl":
        return any(tree.words[c] in ("when", "while", "as") for c in tree.children[index])
    if tree.links[index] not in ("advmod", "npadvmod", "prep"):
        return False
    words = {tree.words[index], *(tree.words[c] for c in tree.children[index])}
    return bool(words & table().words["then"])


def described(tree: Tree, index: int) -> str:
    """What the words beside a noun or adjective say of it: `no`, `planned`, `alleged`."""
    held = "happened"
    for c in tree.children[index]:
        if tree.links[c] in ("det", "amod", "compound", "neg", "nmod", "preconj"):
            word = tree.words[c]
            row = table().modifiers.get("no" if tree.links[c] == "neg" else word)
            if row is not None and not (row.definite and is_known(tree, index)):
                held = combined(held, row.gives)
        elif tree.parts[index] != "ADJ" and tree.links[c] == "advmod" and tree.words[c] in table().adverbs:
            held = combined(held, table().adverbs[tree.words[c]].gives)
    return held


def is_unceasing(tree: Tree, index: int) -> bool:
    """Whether a noun tells of what does not stop, in a clause of the present: `constant shelling makes it hard`."""
    words = table().words["unceasing"]
    while tree.links[index] == "conj" and tree.heads[index] < index:
        index = tree.heads[index]
    if not any(tree.words[c] in words for c in tree.children[index] if tree.links[c] == "amod"):
        return False
    above = tree.heads[index]
    above = tree.heads[above] if tree.links[above] == "prep" else above
    helpers = {tree.words[c] for c in tree.children[above] if tree.links[c] == "aux"}
    return tree.tags[above] in ("VBZ", "VBP") or bool(helpers & {"is", "are"})


def is_singled_out(tree: Tree, index: int, deed: int) -> bool:
    """Whether somebody is told from others by what he did: `the first to leave`, `is the only guild to leave`, `one of
    a handful of guilds to leave`. The parser hangs the last on any verb, so that there the words are read as they
    stand before the deed."""
    one = tree.child(index, "attr") if tree.lemmas[index] == "be" else index
    if one is not None and any(tree.words[c] in _ONLY for c in tree.children[one]):
        return True
    for at in range(deed - 1, max(deed - _BEFORE, tree.sentences[deed] + 2), -1):
        if tree.parts[at] in ("VERB", "AUX", "PUNCT"):
            return False
        if tree.words[at] in _FEW and tree.words[at - 2] == "of" and tree.words[at - 3] == "one":
            return True
    return False


def is_known(tree: Tree, index: int) -> bool:
    """Whether a noun is spoken of as known: `the attack`, `Monday's attack`, `an earlier attack`."""
    beside = tree.children[index]
    if any(tree.words[c] == "further" for c in beside if tree.links[c] == "amod"):
        return False  # `would not accept the further seizure of mills`
    return any(tree.words[c] in _KNOWN or tree.links[c] == "poss" for c in beside)


def progressive(tree: Tree, index: int) -> bool:
    """Whether a verb with its helpers tells of what goes on now: `is meeting`, `has been meeting`."""
    return _is_progressive([tree.words[c] for c in tree.children[index] if tree.links[c] in ("aux", "auxpass")])


def _is_progressive(helpers: list[str]) -> bool:
    perfect = "been" in helpers and not _PERFECT.isdisjoint(helpers)
    return perfect or not _PRESENT.isdisjoint(helpers)


def shares(tree: Tree, index: int, first: int) -> bool:
    """Whether the second of two verbs has the auxiliaries of the first: `will meet and sign`."""
    own = any(tree.links[c] in ("aux", "auxpass", *SUBJECTS) for c in tree.children[index])
    but = any(tree.words[c] == "but" for c in tree.children[first] if tree.links[c] == "cc")
    return not own and not but and tree.tags[index] == tree.tags[first] and tree.tags[index] in ("VB", "VBG", "VBN")


def _inverted(tree: Tree, index: int) -> bool:
    """Whether an auxiliary stands before the subject: `should the talks fail`, `did they meet`."""
    helper, who = tree.child(index, "aux", "auxpass"), tree.child(index, *SUBJECTS)
    return helper is not None and who is not None and helper < who


def _asked(tree: Tree, index: int) -> bool:
    """Whether the clause asks if it is so; `who attacked?` takes for granted that somebody did."""
    first, last = tree.sentences[index], tree.last(index)
    if any(tree.tags[i] in WH for i in range(first, index)):
        return False
    if tree.heads[index] != index:
        return _inverted(tree, index) and any(tree.words[c] == "?" for c in tree.children[index])
    if all(tree.words[i] != "?" for i in range(max(first, last - 1), last + 1)):
        return False
    return tree.words[_opening(tree, first, last)] in table().words["asks"] or _inverted(tree, index)


def _opening(tree: Tree, first: int, last: int) -> int:
    """The first word of a sentence, over marks and what joins it to the last (`But does it?`)."""
    small = (i for i in range(first, last) if tree.parts[i] not in ("PUNCT", "CCONJ", "SPACE", "ADV", "INTJ"))
    return next(small, first)


def combined(outer: str, inner: str) -> str:
    """What holds of a clause if `outer` holds of it from outside, and its own words say `inner`."""
    if outer == "happened" or outer == inner:
        return inner if outer != "not_happened" else "happened"
    if inner == "happened":
        return outer
    if outer == "ongoing":
        return inner
    if inner == "ongoing":
        return outer
    if outer == "not_happened":
        return outer
    if inner == "not_happened":
        return inner if outer == "planned" else "hypothetical" if outer == "hypothetical" else "possible"
    return max(outer, inner, key=lambda held: WEAKER[held])
