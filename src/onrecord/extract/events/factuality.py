"""Whether an event happened, by what the text says of it at its trigger.

The parse is read from the top of the sentence down to the trigger. At each step what governs a word passes on what
holds of it (`refused to`, `plans for`, `without`), and the word's own clause adds its negation, modal verb, tense and
adverbs. After the implicative signatures of Karttunen 1971 and Nairn, Condoravdi and Karttunen 2006, and the way that
De Facto (Saurí and Pustejovsky 2012) and TruthTeller (Lotan, Stern and Dagan 2013) compose them down a parse.
"""

from typing import cast

from onrecord.extract.events.moods import SUBJECTS, WEAKER, WH, beside, combined, described, own, progressive, shares
from onrecord.extract.events.signatures import table
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.tree import Tree
from onrecord.extract.events.verdicts import verdict
from onrecord.extract.events.ways import Step, listed, partner, way_to
from onrecord.model import Factuality, Span, Statement

_ASIDE = frozenset("during in at after before since amid despite following by through".split())
"""Links of what is not itself what somebody says, demands or proposes: `proposed a fund during a trip to Tarn`."""

_KNOWN = frozenset("the this that these those his her its their our my your 's".split())


def factuality(deed: Deed, tree: Tree, statement: Statement | None = None) -> Factuality:
    """What the text says of the deed. `tree`: of its passage; `statement`: the innermost whose content covers it, which
    then tells how its speaker stands to it. Never raises; looks at a bounded number of words."""
    way = way_to(tree, deed.token)
    held = _told(tree, way, statement)
    if deed.noun is not None and deed.noun != deed.token:
        held = combined(held, described(tree, deed.noun))
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
        if step.by != "conj" or not shares(tree, step.word, step.governor):
            mood = step.by
        if step.by != "conj":
            reported = statement is not None or step.by == "that"
        below = way[at + 1] if at + 1 < len(way) else None
        looked_at = (-1, None) if below is None else (below.word, partner(tree, below))
        held = combined(outer, own(tree, step, mood, reported, looked_at))
    return held


def _aside(tree: Tree, step: Step) -> bool:
    """Whether what stands on the way is no part of what is said to be so, but known or told beside it."""
    circumstance = step.by in _ASIDE and tree.parts[step.word] in ("NOUN", "PROPN")
    return circumstance or step.by in ("object", "subject")


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
        words = {tree.words[c] for c in tree.children[step.governor]}
        if "yet" in words or ("too" in words and held != "not_happened"):
            return "not_happened"  # `has yet to be found`, `too weak to attack`
        if any(tree.tags[c] in WH or tree.words[c] == "whether" for c in tree.children[step.word]):
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
        present = tree.tags[step.governor] in ("VBZ", "VBP") or progressive(tree, step.governor)
        return "ongoing" if held in ("happened", "ongoing") and present else held
    if gives in ("told", "said"):
        told = held in ("happened", "ongoing", "planned") and (vouched or gives == "told")
        return "happened" if told else "possible"
    if held not in WEAKER:
        return gives
    if gives == "not_happened":
        return gives if held == "planned" else "possible"
    return combined(held, gives)


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
                return combined(held, row.gives)
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
            return held if held in WEAKER and tree.links[step.word] == "advcl" else "happened"
        case "bare":
            spoken = tree.links[step.word] == "ccomp" and tree.child(step.word, *SUBJECTS) is None
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
            return beside(tree, step.word, held)
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


def _is_past(tree: Tree, index: int) -> bool:
    """Of a verb, or of an adjective's verb (`was able`)."""
    if tree.parts[index] == "ADJ":
        index = tree.heads[index]
    return tree.tags[index] == "VBD" and not any(tree.links[c] == "aux" for c in tree.children[index])


def _is_known(tree: Tree, index: int) -> bool:
    return any(tree.words[c] in _KNOWN or tree.links[c] == "poss" for c in tree.children[index])


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
