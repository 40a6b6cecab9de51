"""Whether an event happened, by what the text says of it at its trigger.

The parse is read from the top of the sentence down to the trigger. At each step what governs a word passes on what
holds of it (`refused to`, `plans for`, `without`), and the word's own clause adds its negation, modal verb, tense and
adverbs. After the implicative signatures of Karttunen 1971 and Nairn, Condoravdi and Karttunen 2006, and the way that
De Facto (Saurí and Pustejovsky 2012) and TruthTeller (Lotan, Stern and Dagan 2013) compose them down a parse.
"""

from typing import cast

from onrecord.extract.events.factuality.moods import (
    SUBJECTS,
    WEAKER,
    WH,
    beside,
    combined,
    described,
    is_known,
    is_singled_out,
    is_unceasing,
    own,
    progressive,
    shares,
)
from onrecord.extract.events.factuality.signatures import table
from onrecord.extract.events.factuality.verdicts import is_called_false, verdict
from onrecord.extract.events.factuality.ways import Step, listed, partner, way_to
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Factuality, Span, Statement

_ASIDE = frozenset("during in at after before since amid despite following by through".split())
"""Links of what is not itself what somebody says, demands or proposes: `proposed a fund during a trip to Tarn`."""


_AMID = frozenset("during after before since amid despite following at".split())
_FINITE = frozenset("has have had is are was were will".split())


def factuality(deed: Deed, tree: Tree, statement: Statement | None = None) -> Factuality:
    """What the text says of the deed. `tree`: of its passage; `statement`: the innermost whose content covers it, which
    then tells how its speaker stands to it. Never raises; looks at a bounded number of words."""
    way = way_to(tree, deed.token)
    held = _told(tree, way, statement)
    if deed.noun is not None and deed.noun != deed.token:
        held = combined(held, described(tree, deed.noun))
    if held == "happened" and is_unceasing(tree, deed.token if deed.noun is None else deed.noun):
        held = "ongoing"
    return cast(Factuality, held)


def _told(tree: Tree, way: list[Step], statement: Statement | None) -> str:
    """What holds of the last word of the way."""
    outer, held, first, reported = "happened", "happened", way[0], statement is not None
    vouched = statement is not None and (statement.speaker is not None or bool(statement.sources))
    enters = _entrance(tree, way, statement)
    for at, step in enumerate(way):
        if _is_done_by_word(tree, step.word):
            outer = "happened"
        elif statement is not None and at == enters and not _aside(tree, step):
            outer = _stance(tree, step, statement)
        elif step.by == "conj":
            # What holds of the first of a pair from outside holds of the second: `plans to meet and sign`.
            outer = "happened" if _turns_finite(tree, step) else outer
        elif step.by != "top":
            outer = _passed_on(tree, step, held, vouched)
        if step.by != "conj" or not shares(tree, step.word, step.governor):
            first = step
        if step.by != "conj":
            reported = statement is not None or step.by == "that"
        below = way[at + 1] if at + 1 < len(way) else None
        looked_at = (-1, None) if below is None else (below.word, partner(tree, below))
        held = combined(outer, own(tree, step, first, reported, looked_at))
    return held


def _aside(tree: Tree, step: Step) -> bool:
    """Whether what stands on the way is no part of what is said to be so, but known or told beside it."""
    circumstance = step.by in _ASIDE and tree.parts[step.word] in ("NOUN", "PROPN")
    told = tree.words[step.word] == "including" and tree.parts[step.word + 1 : step.word + 2] == ["ADP"]
    return circumstance or told or step.by in ("object", "subject")  # `called for a truce, including on a visit`


def _turns_finite(tree: Tree, step: Step) -> bool:
    """`failed to sell the mill and filed for help`: the second is no part of what was failed to do."""
    helpers = {tree.words[c] for c in tree.children[step.word] if tree.links[c] in ("aux", "auxpass")}
    if tree.tags[step.word] == "VBD" and tree.tags[step.governor] in ("VBZ", "VBP"):
        return True  # `said that sales rise if the mill reopens and urged the guild to`
    finite = tree.tags[step.word] in ("VBD", "VBZ", "VBP") or bool(helpers & _FINITE)
    return finite and tree.tags[step.governor] in ("VB", "VBG", "VBN")


def _passed_on(tree: Tree, step: Step, held: str, vouched: bool) -> str:
    """What a governor, of which `held` holds, passes on to what hangs on it."""
    judged = _judged(tree, step)
    if judged is not None and held in ("happened", "ongoing", "not_happened"):
        return judged
    if step.by == "that":
        if any(tree.words[c] in ("if", "whether") for c in tree.children[step.word]):
            return "possible"
        if _is_asked_of(tree, step) or _stands_alone(tree, step):
            return "happened"
    if step.by == "to":
        words = {tree.words[c] for c in tree.children[step.governor]}
        yet = tree.lemmas[step.governor] in ("have", "be", "remain") and "yet" in words
        if yet or ("too" in words and held != "not_happened"):
            return "not_happened"  # `has yet to be found`, `too weak to attack`
    if _is_sought(tree, step.word):
        return "possible"
    called = step.by == "to" and tree.lemmas[step.governor] == "call" and tree.child(step.governor, "dobj") is not None
    if called and tree.lemmas[step.word] in table().words["done_by_word"] | table().words["spoken"]:
        return held  # `called the abbot to urge him`
    if step.by == "to" and _performed(tree, step):
        return "happened"
    if step.by == "by" and tree.tags[step.word] == "VBG" and _is_tried(tree, step.governor):
        return "happened"  # `sought to please them by promising`
    row = listed(tree, step)
    noun = tree.parts[step.word] in ("NOUN", "PROPN")
    wished = step.by in ("for", "object", "of") and tree.lemmas[step.word] in table().words["wished"]
    known = noun and not wished and is_known(tree, step.word)
    if row is None:
        return _by_default(tree, step, held, noun, known)
    if noun and row.noun and step.by not in ("object", "subject"):
        gives = row.noun
    elif row.definite and (known or _is_meant_to(tree, step)):
        gives = row.definite
    elif held == "not_happened":
        gives = "fact" if row.gives == "fact" else _affirmed(tree, step) if row.negated == "happened" else row.negated
    else:
        gives = row.past if _is_past(tree, step.governor) else row.gives
    if gives == "fact":
        return "happened"
    if gives == "same":
        return held
    if gives == "goes_on":
        return held if held == "happened" else "ongoing"
    if gives == "going_on":
        present = tree.tags[step.governor] in ("VBZ", "VBP") or progressive(tree, step.governor)
        return "ongoing" if held in ("happened", "ongoing") and present else held
    if row.id == "belief" and held == "happened" and _is_advised(tree, step):
        return held  # `thinks that they should leave`
    if gives in ("told", "said"):
        if is_called_false(tree, step.governor):
            return "not_happened"
        claims = step.by == "that" and tree.child(step.governor, "nsubj") is not None
        told = held in ("happened", "ongoing", "planned") and (vouched or claims or gives == "told")
        return "happened" if told else "possible"
    if held not in WEAKER:
        return gives
    if gives == "not_happened":
        return gives if held == "planned" else "possible"
    return combined(held, gives)


def _is_sought(tree: Tree, index: int) -> bool:
    """`knows how to`, `decides whether to`, `focused on how to`."""
    asked = any(tree.tags[c] in WH or tree.words[c] == "whether" for c in tree.children[index])
    return asked and any(tree.words[c] == "to" and tree.links[c] == "aux" for c in tree.children[index])


def _is_rated(tree: Tree, step: Step) -> bool:
    """`critical for the guild to supply`, `it is hard to leave`: nothing is said of whether it was done."""
    rated = step.governor if tree.parts[step.governor] == "ADJ" else tree.child(step.governor, "acomp")
    return rated is not None and rated < step.word


def _is_advised(tree: Tree, step: Step) -> bool:
    """Whether who thinks so says what is to be done."""
    held = tree.lemmas[step.governor] in ("believe", "think", "feel")
    return held and any(tree.words[c] in ("should", "must") for c in tree.children[step.word])


def _is_meant_to(tree: Tree, step: Step) -> bool:
    """`strikes designed to frighten`, `the visit was intended to`: what is meant to do something is there."""
    return tree.links[step.word] == "nsubjpass" and tree.child(step.governor, "xcomp") is not None


def _is_asked_of(tree: Tree, step: Step) -> bool:
    """Whether the clause asks for a detail of what it takes for granted: `it is unclear why they attacked`."""
    first = step.word
    while tree.children[first] and tree.children[first][0] < first:
        first = tree.children[first][0]
    asks = tree.words[first] in ("why", "how", "when", "where", "who")
    return tree.links[step.word] == "ccomp" and asks and first > step.governor


def _stands_alone(tree: Tree, step: Step) -> bool:
    """Whether the parser has made the content of a verb of the sentence before it: `the mill was hit: three are
    believed dead`, `they urged the abbot to leave, after two were accused`."""
    between = range(step.word, step.governor)
    verb = tree.parts[step.word] in ("VERB", "AUX")
    linked = verb and any(tree.links[c] == "mark" for c in tree.children[step.governor])
    return step.word < step.governor and (linked or any(tree.words[i] in (":", ";") for i in between))


def _is_done_by_word(tree: Tree, index: int) -> bool:
    """Whether it is done by saying so: `we urge`, `I hereby request`."""
    who = tree.child(index, "nsubj")
    bare = not any(tree.links[c] in ("aux", "neg", "mark") for c in tree.children[index])
    said = tree.tags[index] in ("VBP", "VB") and tree.lemmas[index] in table().words["done_by_word"]
    return said and bare and who is not None and tree.words[who] in ("i", "we")


def _performed(tree: Tree, step: Step) -> bool:
    """Whether it is done by saying so: `I want to thank`, `we would like to express`."""
    lists, who = table().words, tree.child(step.governor, "nsubj")
    said = tree.lemmas[step.governor] in lists["politely"] and tree.lemmas[step.word] in lists["performed"]
    no = any(tree.links[c] == "neg" for c in tree.children[step.governor])
    if tree.words[step.governor] in ("allow", "let") and tree.heads[step.governor] == step.governor:
        who = next((i for i in range(step.governor, step.word) if tree.words[i] in ("me", "us")), None)
        return said and not no and who is not None  # `allow me to thank`
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


def _is_tried(tree: Tree, index: int) -> bool:
    """Whether a verb tells of what has been tried or is, and not of what may be: `has sought to please them`."""
    above = tree.heads[index]
    tried = tree.links[index] == "xcomp" and tree.lemmas[above] in ("try", "seek", "attempt", "strive")
    return tried and tree.tags[above] != "VB" and not any(tree.tags[c] == "MD" for c in tree.children[above])


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
            onward = said is not None and tree.child(said, "xcomp", "ccomp") is not None  # `is likely to slow`
            if row is not None and not onward:
                return combined(held, row.gives)
        guessed = by == "subject" and held == "hypothetical" and tree.child(step.word, "poss") is None
        if by == "subject" and held == "planned" and tree.lemmas[step.governor] in table().words["bears"]:
            one = any(tree.words[c] in ("a", "an", "any", "another") for c in tree.children[step.word])
            return "hypothetical" if one else "happened" if known else held  # `an attack will harm the guild`
        if (known and not guessed) or held == "ongoing":
            return "happened"
        if held == "not_happened":
            return "possible" if by == "object" else "happened"
        if by == "for" and any(
            tree.lemmas[g] == "blame" for c in tree.children[step.governor] for g in tree.children[c]
        ):
            return "happened"  # `a share of the blame for an attack`
        if by == "for" and tree.parts[step.governor] == "NOUN":
            return combined(held, "possible")  # `the case for an attack`
        if held in WEAKER and (_is_granted(tree, step) or (by in _AMID and _is_told(tree, step.governor))):
            return "happened"
        return held
    match by:
        case "compound":
            return "happened"
        case "part":
            if held in WEAKER and tree.lemmas[step.word] in table().words["spoken"] and step.word > step.governor:
                return "happened"  # `warned that it would not answer, demanding that`
            again = held == "ongoing" and tree.tags[step.word] == tree.tags[step.governor] == "VBN"
            false = held == "not_happened" and is_called_false(tree, tree.heads[step.governor])
            still = held in WEAKER or again or false  # `are routinely beaten, even tortured`
            return held if still and tree.links[step.word] == "advcl" else "happened"
        case "bare":
            spoken = tree.links[step.word] == "ccomp" and tree.child(step.word, *SUBJECTS) is None
            if tree.lemmas[step.governor] == "be" and not spoken:
                return "possible"  # `all that they can do is leave`
            return "demanded" if spoken else held
        case "to" if tree.tags[step.word] == "VBG":
            return held  # `confessed to killing`
        case "to":
            if is_singled_out(tree, step.governor, step.word):
                return held
            if any(tree.words[c] == "have" and tree.links[c] == "aux" for c in tree.children[step.word]):
                return "possible" if tree.lemmas[step.governor] == "be" else held  # `are known to have died`
            who = tree.child(step.governor, "nsubj")
            way = who is not None and tree.lemmas[who] in table().words["ways"]
            if _is_rated(tree, step) or (way and tree.lemmas[step.governor] == "be"):
                return "possible"  # `the way is to`
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
            if step.word < step.governor or (tree.links[step.word] == "dep" and tree.tags[step.word] == "VBD"):
                return "happened"  # what is said before the verb of saying, or a sentence joined to the next by a comma
            return "happened" if held in ("happened", "ongoing", "planned") else "possible"
        case "for" | "from" | "after" | "before" | "since" | "while" | "despite" | "when":
            return "happened"
        case "about" | "towards" | "toward" | "to" | "against":
            return "possible"
        case _:
            return held


def _is_granted(tree: Tree, step: Step) -> bool:
    """Whether a noun tells of what is so, whatever becomes of the clause that it stands in: `has perhaps responded to
    strikes on the mill`, `with strikes on the mill they may try to`, `protests in Tarn may strengthen the belief`."""
    index = step.word
    one = any(tree.words[c] in ("a", "an", "any", "another") for c in tree.children[index])
    if one:
        return False
    if step.by in table().words["because"]:
        return True
    if tree.tags[index] not in ("NNS", "NNPS"):
        return False
    if step.by == "subject":
        opens = tree.lemmas[index] not in table().words["talks"]
        return opens and step.word < step.governor and tree.child(index, "prep", "acl") is not None
    return step.by in table().words["granted"] or (step.by == "with" and step.word < step.governor)


def _is_told(tree: Tree, index: int) -> bool:
    """Whether a verb tells of what has been, however doubtful: `reportedly set fire to`."""
    helpers = {tree.words[c] for c in tree.children[index] if tree.links[c] in ("aux", "auxpass")}
    return tree.tags[index] == "VBD" or (tree.tags[index] == "VBN" and bool(helpers & _FINITE - {"will"}))


def _is_past(tree: Tree, index: int) -> bool:
    """Of a verb, or of an adjective's verb (`was able`, `had been able`)."""
    helpers = {tree.words[c] for c in tree.children[index] if tree.links[c] == "aux"}
    if tree.parts[index] == "ADJ":
        index = tree.heads[index]
        helpers = {tree.words[c] for c in tree.children[index] if tree.links[c] == "aux"}
        if tree.tags[index] == "VBN" and helpers and helpers <= {"has", "have", "had", "'ve", "’ve"}:
            return True
    return tree.tags[index] == "VBD" and not helpers


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
    above = [other.word for other in way[:at] if inside(other.word, cue)]
    if above and not inside(step.governor, cue) and tree.parts[step.governor] == "NOUN" and at:
        return -1  # `the statement that he left seemed to help`: it says nothing of his leaving
    return -1 if step.by != "top" and inside(step.governor, cue) and listed(tree, step) else at


_SUSPECTED = ("suspicion", "suspicions")
_STANCES = {"demands": "demanded", "intends": "planned", "promises": "planned", "asks": "possible"}


def _stance(tree: Tree, step: Step, statement: Statement) -> str:
    """What a statement says of a word of its content, where the parse does not tell how it is joined."""
    index = step.word
    if statement.polarity == "denied":
        return "not_happened"
    noun = tree.parts[index] in ("NOUN", "PROPN") and step.by != "top"
    if noun and (statement.polarity in ("questioned", "withheld") or is_known(tree, index)):
        return "happened"  # `asked about a report that`, `gave details of Monday's attack`
    if _is_sought(tree, index):
        return "possible"
    if statement.certainty == "hedged" and any(
        tree.words[g] in _SUSPECTED for c in tree.children[index] if tree.links[c] == "prep" for g in tree.children[c]
    ):
        return "happened"  # `arrested on suspicion of theft`: in no doubt is the arrest
    if statement.polarity in ("questioned", "withheld") or statement.certainty in ("hedged", None, "conditional"):
        return "possible"
    if tree.tags[index] == "VBD":
        return "happened"  # nobody demands or promises what has been
    return _STANCES.get(statement.attitude or "", "happened")
