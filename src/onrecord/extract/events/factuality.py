"""Whether an event happened, by what the text says of it at its trigger.

The parse is read from the top of the sentence down to the trigger. At each step what governs a word passes on what
holds of it (`refused to`, `plans for`, `without`), and the word's own clause adds its negation, modal verb, tense and
adverbs. After the implicative signatures of Karttunen 1971 and Nairn, Condoravdi and Karttunen 2006, and the way that
De Facto (Saurí and Pustejovsky 2012) and TruthTeller (Lotan, Stern and Dagan 2013) compose them down a parse.
"""

from typing import cast

from onrecord.extract.events.signatures import table
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.tree import Tree
from onrecord.extract.events.verdicts import verdict
from onrecord.extract.events.ways import Step, listed, partner, way_to
from onrecord.model import Factuality, Span, Statement

_WEAKER: dict[str, int] = {"planned": 0, "demanded": 1, "possible": 2, "hypothetical": 3}
"""What is neither so nor not so; the later one wins where two meet."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_ASIDE = frozenset("during in at after before since amid despite following by through".split())
"""Links of what is not itself what somebody says, demands or proposes: `proposed a fund during a trip to Tarn`."""

_KNOWN = frozenset("the this that these those his her its their our my your 's".split())
_WH = ("WRB", "WP", "WDT", "WP$")
_PRESENT = frozenset("is are am 's ’s 're ’re 'm ’m".split())


def factuality(deed: Deed, tree: Tree, statement: Statement | None = None) -> Factuality:
    """What the text says of the deed. `tree`: of its passage; `statement`: the innermost whose content covers it, which
    then tells how its speaker stands to it. Never raises; looks at a bounded number of words."""
    way = way_to(tree, deed.token)
    held = _told(tree, way, statement)
    if deed.noun is not None and deed.noun != deed.token:
        held = _combined(held, _described(tree, deed.noun))
    return cast(Factuality, held)


def _told(tree: Tree, way: list[Step], statement: Statement | None) -> str:
    """What holds of the last word of the way."""
    outer, held, mood, reported = "happened", "happened", "top", statement is not None
    enters = _entrance(tree, way, statement)
    for at, step in enumerate(way):
        if statement is not None and at == enters and not _aside(tree, step):
            outer = _stance(tree, step.word, statement)
        elif step.by == "conj":
            # What holds of the first of a pair from outside holds of the second: `plans to meet and sign`.
            outer = "happened" if _turns_finite(tree, step) else outer
        elif step.by != "top":
            outer = _passed_on(tree, step, held, statement is not None)
        if step.by != "conj" or not _shares(tree, step.word, step.governor):
            mood = step.by
        if step.by != "conj":
            reported = statement is not None or step.by == "that"
        below = way[at + 1] if at + 1 < len(way) else None
        looked_at = (-1, None) if below is None else (below.word, partner(tree, below))
        held = _combined(outer, _own(tree, step, mood, reported, looked_at))
    return held


def _aside(tree: Tree, step: Step) -> bool:
    """Whether what stands on the way is no part of what is said to be so, but known or told beside it."""
    beside = step.by in _ASIDE and tree.parts[step.word] in ("NOUN", "PROPN")
    return beside or step.by in ("object", "subject")


def _turns_finite(tree: Tree, step: Step) -> bool:
    """`failed to sell the mill and filed for help`: the second is no part of what was failed to do."""
    return tree.tags[step.word] in ("VBD", "VBZ", "VBP") and tree.tags[step.governor] in ("VB", "VBG", "VBN")


def _passed_on(tree: Tree, step: Step, held: str, vouched: bool) -> str:
    """What a governor, of which `held` holds, passes on to what hangs on it."""
    judged = _judged(tree, step)
    if judged is not None and held in ("happened", "ongoing", "not_happened"):
        return judged
    if step.by == "that" and any(tree.words[c] in ("if", "whether") for c in tree.children[step.word]):
        return "possible"
    if step.by == "to":
        beside = {tree.words[c] for c in tree.children[step.governor]}
        if "yet" in beside or ("too" in beside and held != "not_happened"):
            return "not_happened"  # `has yet to be found`, `too weak to attack`
        if any(tree.tags[c] in _WH or tree.words[c] == "whether" for c in tree.children[step.word]):
            return "possible"  # `knows how to`, `decides whether to`
    if step.by == "to" and _performed(tree, step):
        return "happened"
    row = listed(tree, step)
    noun = tree.parts[step.word] in ("NOUN", "PROPN")
    known = noun and _is_known(tree, step.word)
    if row is None:
        return _by_default(tree, step, held, noun, known)
    if known and row.definite and step.by in ("object", "subject"):
        gives = row.definite
    elif held == "not_happened":
        gives = "fact" if row.gives == "fact" else _affirmed(tree, step) if row.negated == "happened" else row.negated
    else:
        gives = row.past if _is_past(tree, step.governor) else row.gives
    if gives == "fact":
        return "happened"
    if gives == "same":
        return held
    if gives == "going_on":
        present = tree.tags[step.governor] in ("VBZ", "VBP") or _progressive(tree, step.governor)
        return "ongoing" if held in ("happened", "ongoing") and present else held
    if gives in ("told", "said"):
        told = held in ("happened", "ongoing", "planned") and (vouched or gives == "told")
        return "happened" if told else "possible"
    if held not in _WEAKER:
        return gives
    if gives == "not_happened":
        return gives if held == "planned" else "possible"
    return _combined(held, gives)


def _performed(tree: Tree, step: Step) -> bool:
    """Whether it is done by saying so: `I want to thank`, `we would like to express`."""
    lists, who = table().words, tree.child(step.governor, "nsubj")
    said = tree.lemmas[step.governor] in lists["politely"] and tree.lemmas[step.word] in lists["performed"]
    no = any(tree.links[c] == "neg" for c in tree.children[step.governor])
    return said and not no and who is not None and tree.words[who] in ("i", "we")


def _affirmed(tree: Tree, step: Step) -> str:
    """What two negations make together: `did not fail to meet`, `will not fail to meet`."""
    modal = next((tree.words[c] for c in tree.children[step.governor] if tree.words[c] in table().modals), "can")
    return "happened" if table().modals[modal][0] == "possible" else table().modals[modal][0]


def _judged(tree: Tree, step: Step) -> str | None:
    """What the sentence makes of a claim of the step's word, if it calls it true or false."""
    governor, contents = step.governor, table().words["contents"]
    if tree.lemmas[governor] in contents and tree.parts[governor] in ("NOUN", "PROPN"):
        return verdict(tree, governor) if step.by in ("that", "of", "to", "ing") else None
    if tree.lemmas[step.word] in contents:
        return None  # a false claim was made all the same
    told = step.by in ("that", "subject") and tree.links[step.word] in ("ccomp", "csubj", "csubjpass", "nsubj")
    return verdict(tree, step.word) if told else None


def _by_default(tree: Tree, step: Step, held: str, noun: bool, known: bool) -> str:
    """The same of a governor that no row lists."""
    by = step.by
    if by in table().words["instead"]:
        return "not_happened"
    if noun:
        if by in ("attr", "appos", "compound", "dep", "ROOT") or (by == "of" and tree.parts[step.governor] == "NOUN"):
            return held
        if by == "subject" and tree.lemmas[step.governor] == "be":
            said = next((c for c in tree.children[step.governor] if tree.links[c] in ("acomp", "attr")), None)
            row = table().modifiers.get(tree.words[said]) if said is not None else None
            if row is not None:
                return _combined(held, row.gives)
        guessed = by == "subject" and held == "hypothetical" and tree.child(step.word, "poss") is None
        if (known and not guessed) or held == "ongoing":
            return "happened"
        if held == "not_happened":
            return "possible" if by == "object" else "happened"
        if by == "for" and tree.parts[step.governor] == "NOUN":
            return "possible"  # `the case for an attack`
        return held
    match by:
        case "compound":
            return "happened"
        case "part":
            return held if held in _WEAKER and tree.links[step.word] == "advcl" else "happened"
        case "bare":
            spoken = tree.links[step.word] == "ccomp" and tree.child(step.word, *_SUBJECTS) is None
            if tree.lemmas[step.governor] == "be" and not spoken:
                return "possible"  # `all that they can do is leave`
            return "demanded" if spoken else held
        case "to":
            if any(tree.words[c] in ("first", "last", "latest", "only") for c in tree.children[step.governor]):
                return held  # `the first to leave`
            if any(tree.words[c] == "have" and tree.links[c] == "aux" for c in tree.children[step.word]):
                return "possible" if tree.lemmas[step.governor] == "be" else held  # `are known to have died`
            if tree.parts[step.governor] in ("VERB", "AUX") or tree.links[step.word] == "xcomp":  # `Abbots to meet`
                return "planned" if held in ("happened", "ongoing") else held
            return "possible"
        case "relcl":
            asked = any(tree.words[c] in ("any", "every") for c in tree.children[step.governor])
            return (
                "hypothetical" if asked or tree.words[step.governor] in ("anyone", "anybody", "whoever") else "happened"
            )
        case "adverbial":
            return _beside(tree, step.word, held)
        case "that":
            if step.word < step.governor:
                return "happened"  # what is said before the verb of saying, or a sentence joined to the next by a comma
            return "happened" if held in ("happened", "ongoing", "planned") else "possible"
        case "for" | "from" | "after" | "before" | "since" | "while" | "despite" | "when":
            return "happened"
        case "about" | "towards" | "toward" | "to" | "against":
            return "possible"
        case _:
            return held


def _beside(tree: Tree, index: int, held: str) -> str:
    """What holds of an adverbial clause from outside: a condition, or a time that is yet to come."""
    marks = {tree.words[c] for c in tree.children[index] if tree.links[c] in ("mark", "advmod")}
    if marks & table().words["conditions"] or (not marks and (_inverted(tree, index) or tree.tags[index] == "MD")):
        return "hypothetical"
    past = (c for c in tree.children[index] if tree.links[c] in ("aux", "auxpass") and tree.tags[c] == "VBD")
    later = held in _WEAKER and bool(marks & {"once", "until", "till"})  # `said it would pay once they were back`
    if not later and (tree.tags[index] == "VBD" or any(tree.words[c] != "had" for c in past)):
        return "happened"
    if held in _WEAKER and marks & {"when", "once", "until", "before", "after", "as", "till", "whenever"}:
        return "planned" if held == "planned" else held
    return "happened"


def _own(tree: Tree, step: Step, mood: str, reported: bool, below: tuple[int, int | None]) -> str:
    """What a word's own clause says: negation, modal verb, tense, adverbs, question, command. `mood`: by which link the
    clause that it shares its verb group with hangs on what is above; `below`: the word that is looked at next and
    the one that is of a phrase with the governor (`had no choice`), whose `no` counts there and not here."""
    index = step.word
    if tree.parts[index] not in ("VERB", "AUX"):
        return _described(tree, index)
    words, lists = tree.words, table().words
    aside = list(tree.children[index])
    shared = step.by == "conj" and _shares(tree, index, step.governor)
    if shared:
        aside = [c for c in tree.children[step.governor] if tree.links[c] in ("aux", "auxpass", "neg")] + aside
    negated, modal, doubt, condition = False, "", "happened", False
    helpers = []
    for c in aside:
        word, link = words[c], tree.links[c]
        if link == "neg" or (link in ("advmod", "preconj", "cc") and word in lists["negators"]):
            negated ^= not (c + 1 < tree.size and words[c + 1] in lists["only"])
        elif word == "longer" and words[c - 1] == "no":
            negated = True
        elif link in ("aux", "auxpass"):
            helpers.append(word)
            modal = modal or (word if word in table().modals else "")
        elif link == "advmod" and word in table().adverbs:
            doubt = _combined(doubt, table().adverbs[word].gives)
        elif link in ("nsubj", "nsubjpass", "dobj", "attr") and c not in below:
            none = word in lists["nobody"] or any(words[g] in ("no", "neither") for g in tree.children[c])
            negated |= none
        elif link == "advcl":
            condition |= _beside(tree, c, "happened") == "hypothetical"
    value = _mood(tree, step._replace(by=mood), helpers, modal, negated, reported)
    if condition and (modal or value in _WEAKER):
        value = "hypothetical"
    return _combined(doubt, value)


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
        value = table().modals[modal][negated]
        return "planned" if modal == "would" and reported and not negated else value
    if tree.lemmas[index] == "have" and negated is False and "to" in helpers and step.by == "top":
        return "demanded"
    if step.by == "top" and tag == "VB":
        if "to" in helpers:
            return "not_happened" if negated else "planned"
        alone = not helpers or helpers == ["do"]
        if alone and not any(tree.links[c] in _SUBJECTS for c in tree.children[index]):
            return "possible" if negated else "demanded"
    if negated:
        return "not_happened"
    return "ongoing" if tag == "VBG" and _progressive(tree, index) else "happened"


def _described(tree: Tree, index: int) -> str:
    """What the words beside a noun or adjective say of it: `no`, `planned`, `alleged`."""
    held = "happened"
    for c in tree.children[index]:
        if tree.links[c] in ("det", "amod", "compound", "neg", "nmod", "preconj"):
            word = tree.words[c]
            row = table().modifiers.get("no" if tree.links[c] == "neg" else word)
            if row is not None:
                held = _combined(held, row.gives)
    return held


def _progressive(tree: Tree, index: int) -> bool:
    helpers = {tree.words[c] for c in tree.children[index] if tree.links[c] in ("aux", "auxpass")}
    return bool(helpers & _PRESENT) or ("been" in helpers and bool(helpers & {"has", "have", "'ve", "’ve"}))


def _is_past(tree: Tree, index: int) -> bool:
    """Of a verb, or of an adjective's verb (`was able`)."""
    if tree.parts[index] == "ADJ":
        index = tree.heads[index]
    return tree.tags[index] == "VBD" and not any(tree.links[c] == "aux" for c in tree.children[index])


def _is_known(tree: Tree, index: int) -> bool:
    return any(tree.words[c] in _KNOWN or tree.links[c] == "poss" for c in tree.children[index])


def _shares(tree: Tree, index: int, first: int) -> bool:
    """Whether the second of two verbs has the auxiliaries of the first: `will meet and sign`."""
    own = any(tree.links[c] in ("aux", "auxpass", *_SUBJECTS) for c in tree.children[index])
    but = any(tree.words[c] == "but" for c in tree.children[first] if tree.links[c] == "cc")
    return not own and not but and tree.tags[index] == tree.tags[first] and tree.tags[index] in ("VB", "VBG", "VBN")


def _inverted(tree: Tree, index: int) -> bool:
    """Whether an auxiliary stands before the subject: `should the talks fail`, `did they meet`."""
    helper, who = tree.child(index, "aux", "auxpass"), tree.child(index, *_SUBJECTS)
    return helper is not None and who is not None and helper < who


def _asked(tree: Tree, index: int) -> bool:
    """Whether the clause asks if it is so; `who attacked?` takes for granted that somebody did."""
    first, last = tree.sentences[index], tree.last(index)
    if any(tree.tags[i] in _WH for i in range(first, index)):
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


def _combined(outer: str, inner: str) -> str:
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
    return max(outer, inner, key=lambda held: _WEAKER[held])


def _entrance(tree: Tree, way: list[Step], statement: Statement | None) -> int:
    """The step by which the way comes into the statement's content, or -1 where the cue is a governor that a row lists:
    what it says of the content is not said twice."""
    if statement is None:
        return -1
    offset = tree.passage.block.span.start

    def inside(index: int, spans: tuple[Span, ...]) -> bool:
        return any(span.start <= offset + tree.starts[index] < span.end for span in spans)

    at = next((at for at, step in enumerate(way) if inside(step.word, statement.contents)), 0)
    cue = (statement.cue,) if statement.cue else ()
    if statement.cue is not None and statement.cue in tree.passage.block.span:
        word = tree.covering(statement.cue.start - offset)
        if tree.links[word] in ("amod", "compound") and all(step.word != tree.heads[word] for step in way):
            return -1  # `alleged accomplices were tried`: it says nothing of the trial
    step = way[at]
    return -1 if step.by != "top" and inside(step.governor, cue) and listed(tree, step) else at


_STANCES = {"demands": "demanded", "intends": "planned", "promises": "planned", "asks": "possible"}


def _stance(tree: Tree, index: int, statement: Statement) -> str:
    """What a statement says of the clause at `index` in its content, where the parse does not tell how it is joined."""
    if statement.polarity == "denied":
        return "not_happened"
    if statement.polarity in ("questioned", "withheld") or statement.certainty in ("hedged", None, "conditional"):
        return "possible"
    if tree.tags[index] == "VBD":
        return "happened"  # nobody demands or promises what has been
    return _STANCES.get(statement.attitude or "", "happened")
