"""Why what looks like a commitment is none: asked, denied, hypothetical, over, habitual, true at all times."""

from onrecord.extract.commitments.clauses import edges, marked, negated, over, own_subject, pronoun, reporting
from onrecord.extract.commitments.conditions import conditional
from onrecord.extract.commitments.page import Page
from onrecord.extract.commitments.sign import Sign
from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree
from onrecord.model import Statement

_ASKS = frozenset("what when where which whom whose why how whether whatever".split())
_WAYS = frozenset("way reason moment chance point condition extent".split())
_THINKS = frozenset("believe think suggest hint report understand hear learn acknowledge mean".split())
_MODALS = frozenset(("would", "could", "might", "may", "should", "must"))


def doubt(sign: Sign, page: Page, voice: Statement | None, *, timed: bool, live: bool) -> str | None:
    """The reason why a sign is no commitment, or None. `timed`: a day to come is named; `live`: who does it is a
    person, body or people."""
    tree = sign.tree
    for reason, holds in (
        ("question", _asked(tree, sign)),
        ("condition", conditional(tree, sign.anchor)),
        ("doubted", _doubted(tree, sign)),
        ("over", sign.past and not _reported(tree, sign, voice)),
    ):
        if holds:
            return reason
    if sign.form in ("verb", "noun") and sign.family == "pledge" and sign.verb is not None and _bygone(tree, sign.verb):
        return "over"
    if sign.timed and not timed and not (sign.family == "forecast" and not sign.past):
        return "no day"
    if sign.form == "would":
        return _hypothetical(tree, sign, voice, timed=timed, live=live)
    if sign.form in ("will", "going to"):
        return _timeless(tree, sign, voice, timed=timed, live=live)
    if sign.form == "is to" and not (live or sign.passive):
        return "purpose"
    if sign.form == "heading" and not (
        live or sign.passive or tree.passage.doc.text[tree.starts[sign.subject or 0]].isupper()
    ):
        return "no doer"
    if sign.form == "verb" and sign.family in ("threat", "plan") and not live:
        return "no doer"
    return None


def _bygone(tree: Tree, verb: int) -> bool:
    """Whether what is assured is past: `assurances that they were not responsible`."""
    group = [verb, *(c for c in tree.children[verb] if tree.links[c] in ("aux", "auxpass"))]
    tags = {tree.tags[at] for at in group}
    return "VBD" in tags and "MD" not in tags


def _asked(tree: Tree, sign: Sign) -> bool:
    last = tree.last(sign.anchor)
    for at in range(sign.first, min(last + 2, tree.size)):
        if tree.words[at] in (".", "!", "”"):
            return False
        if tree.words[at] == "?":
            return True
    return False


def _doubted(tree: Tree, sign: Sign) -> bool:
    """Whether the clause is denied, asked, wished or only supposed by what it hangs on."""
    table = words()
    if sign.form != "noun" and _open(tree, sign.anchor):
        return True
    if tree.links[sign.anchor] == "relcl" and tree.lemmas[tree.heads[sign.anchor]] in _WAYS:
        return True  # `the only way they will get there`
    if sign.form == "verb":
        if {tree.words[c] for c in tree.children[sign.anchor]} & table.of("will often"):
            return True
        if tree.words[max(0, edges(tree, sign.subject or 0).start - 1)] in ("as", "than"):
            return True  # `as many expect`
    for index, head in over(tree, sign.anchor):
        link = tree.links[index]
        if link == "conj":
            continue
        if link in ("relcl", "prep", "pobj", "appos", "nsubj", "nsubjpass", "poss", "npadvmod", "punct", "dep", "dobj"):
            return sign.form == "noun" and link in ("dobj", "nsubjpass", "pobj") and negated(tree, head)
        if link == "advcl":
            return marked(tree, index) in ("if", "unless", "though", "whether", "lest", "than") or any(
                tree.words[c] == "if" for c in tree.children[index]
            )
        if link in ("csubj", "pcomp"):
            return True
        if link not in ("ccomp", "xcomp", "acl", "csubjpass", "acomp", "attr", "parataxis"):
            return False
        lemma = tree.lemmas[head]
        direct = link in ("ccomp", "parataxis") and head > index and marked(tree, index) is None
        if tree.parts[head] in ("NOUN", "PROPN"):
            if lemma in table.of("report doubted"):
                return True
            continue
        if direct:
            return negated(tree, head) and tree.lemmas[head] in table.of("report says")
        if lemma in table.of("report doubts") or negated(tree, head):
            return True
        whose = own_subject(tree, head)
        if whose is not None and tree.lemmas[whose] in table.of("report doubted"):
            return True  # `concern is growing that`
        if any(tree.words[c] in _MODALS for c in tree.children[head] if tree.links[c] == "aux"):
            return True
        if lemma in ("be", "remain", "seem") or tree.parts[head] == "ADJ":
            beside = [head, *tree.children[head]]
            if any(tree.lemmas[c] in table.of("report unsure") for c in beside):
                return True
    return False


def _open(tree: Tree, verb: int) -> bool:
    """Whether the clause is opened by a question word: `when the ships will sail`."""
    if tree.links[verb] in ("relcl",):
        return False
    first = next((c for c in sorted(tree.children[verb]) if tree.links[c] != "punct"), verb)
    if first >= verb or tree.words[first] not in _ASKS:
        return any(tree.words[c] in _ASKS and tree.links[c] == "nsubj" for c in tree.children[verb])
    if tree.links[verb] != "advcl" or tree.words[first] not in ("when", "where", "whatever"):
        return True
    if tree.words[first] == "when" and first and tree.parts[first - 1] in ("VERB", "ADP", "ADV"):
        return True  # no time stands in the future: `is asked when I will`
    head = tree.heads[verb]  # `knows when it will` is easily taken for a time
    return head == first - 1 and tree.lemmas[head] in words().of("report asks")


def _reported(tree: Tree, sign: Sign, voice: Statement | None) -> bool:
    """Whether a past tense is that of a report: `said that it was planning to`."""
    if tree.links[sign.anchor] in ("relcl", "advcl"):
        return False
    table, head = words(), reporting(tree, sign.anchor)
    if head is not None and tree.parts[head] in ("VERB", "AUX"):
        told = tree.lemmas[head] in table.of("report says") | table.of("report commits") | _THINKS
        return told and tree.tags[head] in ("VBD", "VBN", "VBG")
    return voice is not None and voice.cue is not None and voice.style in ("indirect", "mixed") and _near(sign, voice)


def _near(sign: Sign, voice: Statement) -> bool:
    """Whether the cue stands in the sign's own sentence: what is told in the next may be over."""
    tree = sign.tree
    offset = tree.passage.block.span.start
    first, last = tree.sentences[sign.anchor], tree.last(sign.anchor)
    return voice.cue is not None and offset + tree.starts[first] <= voice.cue.start < offset + tree.ends[last]


def _hypothetical(tree: Tree, sign: Sign, voice: Statement | None, *, timed: bool, live: bool) -> str | None:
    table, verb = words(), sign.anchor
    head = reporting(tree, verb)
    if voice is not None and voice.style in ("direct", "block"):
        return "hypothetical"
    if head is not None and tree.tags[head] in ("VBZ", "VBP", "VB"):
        return "hypothetical"
    if head is None and not (voice is not None and voice.cue is not None and _near(sign, voice)):
        return "hypothetical"
    if any(tree.tags[c] == "VB" and tree.words[c] == "have" and tree.links[c] == "aux" for c in tree.children[verb]):
        return "hypothetical"
    if tree.links[verb] == "relcl" and not timed and reporting(tree, tree.heads[verb]) is None:
        return "hypothetical"  # `looked for judges who would uphold it`
    if tree.lemmas[verb] in ("like", "prefer", "want", "love", "need", "welcome") or any(
        tree.words[c] in ("rather", "sooner", "otherwise") for c in tree.children[verb]
    ):
        return "hypothetical"
    if head is not None and negated(tree, head):
        return "denied"
    lemma = tree.lemmas[head] if head is not None else ""
    commits = lemma in table.of("report commits") or (voice is not None and voice.attitude in ("promises", "warns"))
    if commits and sign.subject is not None:
        return None
    whose = sign.subject
    if whose is None or tree.links[whose].startswith("csubj") or tree.tags[whose] == "VBG":
        return "hypothetical"
    if not (lemma in table.of("report says") or (head is None and voice is not None and voice.attitude == "says")):
        return "hypothetical"
    if _counterfactual(tree, sign):
        return "hypothetical"
    return None if timed or live else "hypothetical"


def _counterfactual(tree: Tree, sign: Sign) -> bool:
    """Whether the condition is told in the past tense: `if it seized the ferry`."""
    for child in tree.children[sign.anchor]:
        if tree.links[child] == "advcl" and marked(tree, child) in ("if", "unless"):
            return tree.tags[child] in ("VBD", "VBN")
    return False


def _timeless(tree: Tree, sign: Sign, voice: Statement | None, *, timed: bool, live: bool) -> str | None:
    table, verb, whose = words(), sign.verb if sign.verb is not None else sign.anchor, sign.subject
    lemma = tree.lemmas[verb]
    if whose is None:
        return "no subject"
    first = edges(tree, whose).start
    if first + 1 < whose and tree.words[first] == "the" and tree.tags[first + 1] in ("RBR", "JJR"):
        return "general"  # `the more they are, the more there will be`
    word = tree.words[whose]
    person = pronoun(tree, whose)
    children = {tree.words[c] for c in tree.children[verb]}
    if "have" in children and tree.tags[verb] in ("VBN", "VBG") and not timed:
        return "guess"
    if word in ("that", "this") and lemma in ("be", "do"):
        return "guess"
    told = tree.child(verb, "dative") or (lemma in ("tell", "add") and tree.child(verb, "dobj"))
    bare = tree.child(verb, "dobj", "ccomp") is None
    waits = lemma == "see" and any(tree.words[c] == "if" for g in tree.children[verb] for c in tree.children[g])
    granted = lemma in table.of("will admits") or (lemma in ("see", "turn") and bare) or waits
    granted = granted and sign.form == "will"  # `we will see if we can`
    if person in ("I", "we") and granted and not told:
        return "granted"
    if word == "you" and not _to_you(tree, sign, voice):
        return "anyone"
    if tree.lemmas[whose] in table.of("will knowers") and lemma in table.of("will knows"):
        return "granted"
    if lemma in ("realise", "realize", "know", "remember") and children & {
        "certainly",
        "doubtless",
        "surely",
        "probably",
    }:
        return "guess"
    if word == "one" and not tree.children[whose]:
        return "anyone"
    ours = any(tree.words[c] in ("our", "my") for c in tree.children[whose])
    if tree.words[sign.first] in ("shall", "sha") and person not in ("I", "we") and not ours:
        return "law"
    if _lawful(tree, sign):
        return "law"
    frequent = children & table.of("will often") - {"ever"}
    if frequent and person not in ("I", "we"):
        return "habit"
    if person in ("he", "she", "they") and not voice and not timed and _everyday(tree, verb):
        return "habit"
    if not timed and not person and _general(tree, sign, voice, live=live):
        return "general"
    return None


def _to_you(tree: Tree, sign: Sign, voice: Statement | None) -> bool:
    """Whether `you` is somebody spoken to: quoted, and no condition of anybody's."""
    if voice is None or voice.style == "indirect":
        return False
    first, last = tree.sentences[sign.anchor], tree.last(sign.anchor)
    return not any(tree.words[at] in ("if", "when", "whenever") for at in range(first, last + 1))


def _lawful(tree: Tree, sign: Sign) -> bool:
    head = reporting(tree, sign.anchor)
    if head is None:
        return False
    laws = words().of("will laws")
    return tree.lemmas[head] in ("say", "provide", "state", "read", "stipulate") and any(
        tree.lemmas[c] in laws for c in tree.children[head] if tree.links[c] == "nsubj"
    )


def _everyday(tree: Tree, verb: int) -> bool:
    """Whether what stands beside the verb tells of a habit: `most evenings`, `every spring`, `on Sundays`."""
    days = ("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "weekends")
    for child in tree.children[verb]:
        if tree.links[child] in ("npadvmod", "prep", "advmod"):
            for each in tree.below(child):
                if tree.words[each] in ("every", "each") or tree.words[each] in days:
                    return True
                if tree.words[each] in ("evenings", "mornings", "nights", "times", "summers", "winters"):
                    return True
    return False


def _general(tree: Tree, sign: Sign, voice: Statement | None, *, live: bool) -> bool:
    """Whether any of its kind is meant: no name, no number, nothing definite, and nobody's words."""
    whose, verb = sign.subject, sign.verb if sign.verb is not None else sign.anchor
    if whose is None or _everyday(tree, verb):
        return True
    determiners = {tree.words[c] for c in tree.children[whose] if tree.links[c] in ("det", "poss")}
    if tree.parts[whose] != "NOUN" or determiners - {"a", "an", "any", "every"}:
        return False
    bounds = range(tree.sentences[verb], tree.last(verb) + 1)
    if any(tree.words[at] in ("always", "whenever", "never") for at in range(sign.first, sign.end)):
        return True
    if any(tree.words[at] == "you" for at in bounds):
        return True
    if determiners & {"any", "every"}:
        return False
    if determiners:
        # `a magnet will attract iron`: one of many, and nothing of this story beside it.
        return voice is None and not sign.passive and not _definite(tree, sign)
    described = any(
        tree.links[c] in ("amod", "prep", "relcl", "compound", "nummod", "acl") for c in tree.children[whose]
    )
    if described or live or voice is not None:
        return False
    return not _definite(tree, sign)


def _definite(tree: Tree, sign: Sign) -> bool:
    """Whether anything in the sentence is named, counted, compared or pointed at."""
    for at in range(tree.sentences[sign.anchor], tree.last(sign.anchor) + 1):
        if at != tree.sentences[sign.anchor] and tree.parts[at] == "PROPN":
            return True
        if (
            tree.parts[at] == "NUM"
            or tree.tags[at] in ("JJR", "RBR", "PRP$")
            or tree.words[at] in ("this", "these", "further", "again", "soon")
        ):
            return True
    return False
