"""What stands around a cue and tells how it is meant: negation, modal verbs, verbs above it, marks, adverbs.

A sign is a name with the words that were seen for it (`modal`: `would`). Signs say nothing of labels; what follows
from them are the rules of `data/manner.toml`.
"""

import re
from collections.abc import Iterator, Sequence, Set
from typing import Any

from onrecord.extract.statements.clauses import SUBJECTS, subject
from onrecord.model import Span

Signs = dict[str, set[str]]

_STEPS = 8
"""Verbs that may stand above a cue in one clause: `is said to have been urged to refuse to say` has four."""

_NEGATORS = frozenset("not n't n’t never neither nor hardly".split())
_NOBODY = frozenset("nobody none nothing neither few no-one".split())
_CONDITIONS = frozenset("if unless until till whether provided providing lest supposing".split())
_CLOSING = ",\"”’'» "
_QUOTES = '"“”«»„'
_WH = ("WP", "WDT", "WRB", "WP$")
_LITTLE = frozenset("nothing little".split())


class Words:
    """The word lists of the data file that the reading of a parse leans on: `known` cue words, `light` verbs,
    `negative` verbs that deny what they govern."""

    def __init__(self, known: Set[str], light: Set[str], negative: Set[str]) -> None:
        self.known, self.light, self.negative = known, light, negative

    def lemma(self, token: Any) -> str:
        """The token's lemma as the lists have it: the parser makes `hop` of hopes, and `forecaste` of forecasting."""
        lemma = str(token.lemma_.lower())
        return next((word for word in (lemma, f"{lemma}e", lemma.removesuffix("e")) if word in self.known), lemma)


def read(piece: Any, contents: Sequence[Span], words: Words) -> Signs:
    """The signs around the cue `piece`, a spaCy span. `contents`: code points of the cue's own `Doc`."""
    head = _head(piece, words)
    chain = list(_chain(head, words))
    verb = chain[-1]
    who = subject(verb) if verb.pos_ in ("VERB", "AUX") else None
    aside = [t for link in chain for t in link.children if not _within(t, contents)]
    found: Signs = {
        "word": {words.lemma(head), *_phrases(head)},
        "part": {head.pos_.lower()},
        "below": {c.lemma_.lower() for c in head.children if c.dep_ in ("xcomp", "dobj") and c.i > head.i},
        "above": {_named(link) for link in _governors(chain)},
        "modal": {t.lower_ for t in aside if t.tag_ == "MD"},
        "beside": {t.lower_ for t in (*aside, *_adjacent(piece, contents)) if t.dep_ in ("advmod", "amod")}
        | {t.lower_ for t in piece if t.pos_ in ("ADV", "ADJ")},
        "subject": {who.lower_} if who is not None else set(),
        "voice": _voice(head),
        "with": set(_complements(head, piece, contents)),
        "mark": set(_marks(verb, contents)),
        "question": _question(verb, who, piece),
    }
    denials = _negations(chain, aside, who) + sum(_named(link) in words.negative for link in _governors(chain))
    found["negated"] = {"yes"} if denials % 2 else {"twice"} if denials else set()
    return {sign: seen for sign, seen in found.items() if seen}


def _head(piece: Any, words: Words) -> Any:
    """The cue's word that says what kind it is: its last verb that does, else noun or adjective, else its root."""
    known = [t for t in piece if words.lemma(t) in words.known and t.dep_ not in ("aux", "auxpass")]
    verbs = [t for t in known if t.pos_ == "VERB" and t.lemma_.lower() not in words.light]
    for token in reversed(verbs or known):
        first = token
        for _ in range(_STEPS):
            if first.dep_ != "conj" or first.head not in known:
                break
            first = first.head
        return first
    return piece.root


def _chain(head: Any, words: Words) -> Iterator[Any]:
    """The cue's word and what governs it within one clause: `wants` over `to announce`, `made` over `the claim`."""
    yield head
    top = head
    for _ in range(_STEPS):
        above = top.head
        if above is top:
            return
        if not _governed(top, above, words):
            return
        yield above
        top = above


def _governed(token: Any, above: Any, words: Words) -> bool:
    match token.dep_:
        case "xcomp" | "acomp" | "pcomp" | "oprd":
            return True
        case "acl":
            return _infinitive(token)
        case "ccomp":  # so the parser has `avoids condemning`
            return (token.tag_ == "VBG" or _infinitive(token)) and token.i > above.i and not _has_subject(token)
        case "dobj" | "attr":
            return above.lemma_.lower() in words.light
        case "prep" | "pobj":
            return token.lower_ in _GOVERNING or above.lower_ in _GOVERNING
        case "conj":
            return bool(token.tag_ == "VB" and above.tag_ == "VB")
        case _:
            return False


def _infinitive(verb: Any) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


_GOVERNING = frozenset("without of from short instead rather".split())


def _governors(chain: Sequence[Any]) -> Iterator[Any]:
    """What stands over the cue's word: verbs, and the adjective of `it is foolish to say`."""
    for link in chain[1:]:
        yield link
        yield from (c for c in link.children if c.dep_ == "acomp" and c not in chain)


def _named(token: Any) -> str:
    """A governor's lemma; `be said` where it stands in the passive."""
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children)
    return f"be {token.lemma_.lower()}" if passive else str(token.lemma_.lower())


def _phrases(head: Any) -> Iterator[str]:
    """The word with the particle or preposition that completes it: `call for`, `rule out`."""
    lemma = head.lemma_.lower()
    for child in head.children:
        if child.dep_ in ("prt", "prep", "advmod") and child.i == head.i + 1:
            yield f"{lemma} {child.lower_}"
        if child.dep_ == "dobj" and child.lower_ == "it":
            yield f"{lemma} it"


def _within(token: Any, contents: Sequence[Span]) -> bool:
    return any(content.start <= token.idx < content.end for content in contents)


def _adjacent(piece: Any, contents: Sequence[Span]) -> Iterator[Any]:
    """Words that touch the cue."""
    for index in (piece.start - 1, piece.end):
        if 0 <= index < len(piece.doc) and not _within(piece.doc[index], contents):
            yield piece.doc[index]


def _negations(chain: Sequence[Any], aside: Sequence[Any], who: Any | None) -> int:
    """How often the clause is negated. `Not only`, `not until` deny nothing."""
    doc = chain[0].doc
    count = 0
    for token in {t.i: t for t in (*aside, *chain[1:])}.values():
        if token.dep_ != "dobj" and token.i > token.head.i + 1:
            continue  # what follows its verb at a distance belongs to something else
        following = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        before = doc[token.i - 1].lower_ if token.i else ""
        if (
            (
                token.lower_ in _NEGATORS
                and before != "or"
                and following not in ("only", "just", "merely", "simply", "until", "least")
            )
            or (token.lower_ == "without" and token in chain and token.head.lemma_ != "go")
            or (token.lower_ in ("instead", "rather") and following in ("of", "than"))
            or (token.dep_ in ("det", "amod") and token.lower_ in ("no", "little") and before != "a")
            or (token.dep_ == "dobj" and token.lower_ in _LITTLE)
            or (token.lower_ == "to" and before == "yet")
        ):
            count += 1
    if who is not None:
        determiners = {c.lower_ for c in who.lefts if c.dep_ in ("det", "amod", "preconj", "neg", "predet")}
        few = "few" in determiners | {who.lower_} and doc[who.left_edge.i].lower_ != "a"
        none = who.lower_ in _NOBODY - {"few"} or (who.lower_ == "one" and "no" in determiners)
        count += bool(few or none or determiners & {"no", "neither", "not"})
    return count


def _voice(head: Any) -> set[str]:
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children)
    after_be = head.head.lemma_ == "be" and head.head.i < head.i and head.dep_ in ("acomp", "ccomp", "xcomp", "attr")
    bare = head.lemma_ == "say" and head.i + 1 < len(head.doc) and head.nbor().lower_ == "to"
    participle = (head.tag_ == "VBN" and (head.dep_ in ("acl", "amod") or after_be)) or (
        bare and not _has_subject(head)
    )
    if not (passive or participle):
        return set()
    return {"by" if any(c.dep_ == "agent" for c in head.children) else "passive"}


def _has_subject(verb: Any) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _subjunctive(verb: Any) -> bool:
    """`that the gate be shut`, `that the mayor resign`: the bare verb after a singular subject."""
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    bare = first.tag_ in ("VB", "VBP") and first.lower_ == first.lemma_
    singular = who is not None and who.tag_ in ("NN", "NNP") and not any(c.dep_ == "conj" for c in who.children)
    return who is not None and (first.lower_ == "be" or (bare and singular))


def _complements(head: Any, piece: Any, contents: Sequence[Span]) -> Iterator[str]:
    """How the content is joined to its cue: by `that`, `to`, `whether`, ..., as a `quote`, or as an `object`."""
    text, after = piece.doc.text, [c for c in contents if c.start >= piece.end_char]
    for content in contents:
        words = content.of(text)
        if words[:1] in _QUOTES:
            yield "quote"
        spoken = words[:1] in _QUOTES or piece.text.endswith(":")
        if spoken and words.rstrip(_CLOSING).endswith("?") and not re.search(r"[.!][\"”’']*\s", words):
            yield "query"
    for content in after[:1]:
        yield from (word.lower() for word in re.findall(r"\A\w+", content.of(text)))
    for child in head.children:
        if child.i <= head.i:
            continue
        if child.dep_ in ("ccomp", "xcomp", "acl", "advcl"):
            first = child.doc[max(child.left_edge.i, head.i + 1)]
            if child.dep_ == "ccomp" and _subjunctive(child):
                yield "subjunctive"
            if _infinitive(child):
                yield "to"
                if _has_subject(child) or any(
                    c.dep_ in ("dobj", "dative") and head.i < c.i < child.i for c in head.children
                ):
                    yield "whom to"
            elif child.dep_ == "ccomp" and (first.lower_ in ("that", "whether", "if") or first.tag_ in _WH):
                yield "wh" if first.tag_ in _WH else first.lower_
            elif child.dep_ == "ccomp":
                yield "clause"
        elif child.dep_ == "prep" and (child.i == head.i + 1 or child.lower_ in ("for", "about")):
            yield child.lower_
        elif child.dep_ in ("dobj", "dative", "oprd"):
            yield "name" if child.dep_ == "oprd" else "whom"
    if after and (first := _first_token(piece.doc, after[0], piece.end)) is not None and first.tag_ in _WH:
        yield "wh"


def _first_token(doc: Any, content: Span, start: int) -> Any | None:
    for token in doc[start : start + 40]:
        if token.idx >= content.start:
            return token
    return None


def _marks(verb: Any, contents: Sequence[Span]) -> Iterator[str]:
    """The conjunctions of the clause that the cue stands in, and of those that it depends on as a conjunct.

    `asked` stands for a clause that is itself asked about: `asked whether the mayor had said`.
    """
    top = verb
    for _ in range(_STEPS):
        for child in top.children:
            if child.i >= top.i or _within(child, contents):
                continue
            if child.dep_ in ("mark", "advmod") and child.lower_ in _CONDITIONS:
                asked = top.dep_ in ("ccomp", "pcomp", "xcomp") and child.lower_ in ("if", "whether")
                yield "asked" if asked else child.lower_
            if child.dep_ == "mark" and child.lower_ == "as":
                return
        if top.lower_ in ("provided", "providing", "supposing"):
            yield top.lower_
        yield from _inverted(top)
        if (
            top.dep_ == "conj"
            or (top.dep_ == "ccomp" and top.head.lemma_ in _TRUTH | {"be"} and top.head.i < top.i)
            or (top.dep_ == "ccomp" and top.head.lower_ in ("provided", "providing", "supposing"))
            or top.dep_ in ("acomp", "attr")
            or (top.dep_ == "ccomp" and top.head.pos_ == "ADJ")
        ):
            top = top.head
        else:
            return


_TRUTH = frozenset("true case turn prove happen mean".split())


def _inverted(verb: Any) -> Iterator[str]:
    """`Should the board announce`, `Had the captain warned`: a condition without a conjunction."""
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if who is None or verb.dep_ == "ROOT":
        return
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.lower_ in ("should", "had", "were") and child.i < who.left_edge.i:
            yield "inverted"


def _question(verb: Any, who: Any | None, piece: Any) -> set[str]:
    """`yes` where a question asks whether it was said. `Why did he say ...?` takes it for granted."""
    if who is None:
        return set()
    own = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < who.left_edge.i]
    if not own and who.tag_ != "WP":
        return set()
    if own and who.tag_ != "WP" and any(t.tag_ in _WH for c in verb.lefts if c.i < own[0].i for t in c.subtree):
        return set()
    quotes = 0
    for token in piece.doc[piece.end : verb.sent.end]:
        quotes += token.text in _QUOTES
        if token.text == "?":
            return {"yes"} if quotes % 2 == 0 else set()
    return set()
