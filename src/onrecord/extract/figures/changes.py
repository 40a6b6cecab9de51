"""Whether a figure says that something went up or down: `rose 3%`, `a drop of 400`, `up 58 points`, `to 41 percent`."""

import re
from typing import Any

from onrecord.extract.figures.amounts import Change, Quantity
from onrecord.extract.figures.nouns import Tokens
from onrecord.extract.figures.tables import BLANK, table
from onrecord.extract.figures.units import MONEY

_CHANGES = table("changes")
_SIDES: tuple[Change, Change] = ("up", "down")
_ALWAYS: dict[str, Change] = {lemma: side for side in _SIDES for lemma in _CHANGES["verbs"][side]["always"]}
_SHARE: dict[str, Change] = {lemma: side for side in _SIDES for lemma in _CHANGES["verbs"][side]["share"]}
_NOUNS: dict[str, Change] = {lemma: side for side in _SIDES for lemma in _CHANGES["nouns"][side]}
_BESIDE: dict[str, Change] = {word: side for side in _SIDES for word in _CHANGES["beside"][side]}

_POINTS = frozenset({"%", "percentage points", "basis points"})
_BEFORE = re.compile(
    rf"\b(?P<word>{'|'.join(_BESIDE)}){BLANK}(?:(?:by|to|another|a{BLANK}further){BLANK})?\Z", re.IGNORECASE
)
_AFTER = re.compile(rf"{BLANK}(?P<word>higher|lower)\b", re.IGNORECASE)
_SIGNED = re.compile(r"[ (,:][-−+]\Z")
_FREE = frozenset({",", "(", ";", ":", "-", "–", "—", "be", "and"})
_BY = re.compile(rf"\bby{BLANK}\Z", re.IGNORECASE)
_CLAUSE = 12  # tokens before `by` in which its verb is looked for
_HOPS = 6


def _beside(tokens: Tokens, text: str, quantity: Quantity, *, measured: bool) -> Change | None:
    if match := _BEFORE.search(text, max(0, quantity.start - 24), quantity.start):
        word = match["word"].lower()
        adverb = tokens[tokens.at(match.start())]
        before = tokens[adverb.i - 1] if adverb.i else None
        free = before is None or before.text in _FREE or before.lemma_ in _FREE
        # `shot down 12 drones`: a part of the verb. Bare counts need a pause or a copula before the adverb.
        joined = len(match[0].split()) > 1  # `down to`, `higher by`
        if joined or (word in ("up", "down") and adverb.dep_ != "prt" and (measured or free)):
            return _BESIDE[word]
    if measured and (match := _AFTER.match(text, quantity.end)):
        return _BESIDE[match["word"].lower()]
    return None


def _by_parse(tokens: Tokens, quantity: Quantity, *, measured: bool, points: bool) -> Change | None:
    """The first verb or noun of change above the amount, if it is joined to it as a measure."""
    inside = range(tokens.at(quantity.start), tokens.at(quantity.end - 1) + 1)
    token: Any = tokens[tokens.at(quantity.last - 1)]
    through: str | None = None
    counted = False
    for _ in range(_HOPS):
        head = token.head
        if head.i == token.i:
            return None
        link, token = token.dep_, head
        if head.i in inside:
            continue
        word, lemma = head.text.lower(), head.lemma_.lower()
        if head.tag_ in ("IN", "TO"):
            if through is not None or word not in ("by", "to", "of", "at"):
                return None
            through = word
            continue
        if lemma in _NOUNS and head.tag_.startswith("NN"):
            # `a 25% cut`, `a cut of 400 jobs`, but not `three cuts`.
            return _NOUNS[lemma] if (measured and through is None) or through in ("of", "to", "by") else None
        if head.pos_ == "VERB":
            if through in ("of", "at"):
                return None
            if link in ("nsubj", "nsubjpass", "agent", "advcl", "conj", "ccomp"):
                return None
            if lemma in _ALWAYS:
                return _ALWAYS[lemma]
            if lemma in _SHARE and (points or through in ("by", "to")):
                return _SHARE[lemma]
            return None
        if link in ("nummod", "compound", "quantmod", "nmod", "amod") and not (measured or counted or through):
            counted = True  # from the number up to the noun that it counts
            continue
        return None
    return None


def change_of(tokens: Tokens, text: str, quantity: Quantity, unit: str | None) -> Change | None:
    """`up`, `down`, or None where the text does not say. `unit`: the counted noun where the quantity has no unit."""
    if quantity.change or quantity.rule in ("from", "tally", "age"):
        return quantity.change
    measured = quantity.unit is not None
    points = quantity.unit in _POINTS or unit in ("points", "point") or quantity.form == "share"
    if (
        points
        and quantity.start == quantity.first - 1
        and _SIGNED.search(text, max(0, quantity.start - 2), quantity.first)
    ):
        before = tokens[tokens.before(quantity.start)]
        if before.tag_.startswith("NN") or before.text in ("(", ",", ":"):
            return "up" if text[quantity.start] == "+" else "down"  # an index in a list: `DAX -1.6%`
    beside = _beside(tokens, text, quantity, measured=measured or points or quantity.unit in MONEY)
    if beside or (parsed := _by_parse(tokens, quantity, measured=measured, points=points)):
        return beside or parsed
    return _by_clause(tokens, text, quantity) if measured else None


def _by_clause(tokens: Tokens, text: str, quantity: Quantity) -> Change | None:
    """`cut flows through the pipe by 40%`: where the parse hangs `by` on a noun, the nearest verb before it counts."""
    if not _BY.search(text, max(0, quantity.start - 4), quantity.start):
        return None
    index = tokens.before(quantity.start)
    for token in (tokens[place] for place in range(index, max(-1, index - _CLAUSE), -1)):
        if token.pos_ == "VERB":
            lemma = token.lemma_.lower()
            return _ALWAYS.get(lemma) or _SHARE.get(lemma)
        if token.is_sent_start:
            return None
    return None
