"""Whether a figure says that something went up or down: `rose 3%`, `up 58 points`, `to 41 percent`."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from onrecord.extract.figures.amounts import Change, Quantity
from onrecord.extract.figures.nouns import Counted, is_change
from onrecord.extract.figures.tables import BLANK, table
from onrecord.extract.figures.tokens import Tokens
from onrecord.extract.figures.units import MONEY, is_distance

_CHANGES = table("changes")
_SIDES: tuple[Change, Change] = ("up", "down")
_ALWAYS: dict[str, Change] = {lemma: side for side in _SIDES for lemma in _CHANGES["verbs"][side]["always"]}
_SHARE: dict[str, Change] = {lemma: side for side in _SIDES for lemma in _CHANGES["verbs"][side]["share"]}
_PHRASAL: dict[str, Change] = {words: side for side in _SIDES for words in _CHANGES["phrasal"][side]}
_HEADS = frozenset(table("nouns")["heads"]["words"])
_MEASURES = frozenset(table("nouns")["heads"]["measures"])
_BESIDE: dict[str, Change] = {word: side for side in _SIDES for word in _CHANGES["beside"][side]}


class Moved(NamedTuple):
    """Which way a figure moved; or the `noun` of change that it is the size of (`a drop of 400`)."""

    change: Change | None
    noun: Any = None


_STILL = Moved(None)
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


def _of_verb(verb: Any, *, points: bool) -> Change | None:
    """What a verb says of an amount that it governs; `points`: a share, percentage or points, or after `by` or `to`."""
    lemma = verb.lemma_.lower()
    if lemma in _ALWAYS:
        return _ALWAYS[lemma]
    if points and lemma in _SHARE:
        return _SHARE[lemma]
    for child in verb.rights:
        if child.dep_ in ("prt", "advmod") and (side := _PHRASAL.get(f"{lemma} {child.lower_}")):
            return side
    return None


def _by_parse(tokens: Tokens, quantity: Quantity, *, measured: bool, points: bool) -> Moved:
    """The first verb or noun of change above the amount, if it is joined to it as a measure."""
    inside = range(tokens.at(quantity.start), tokens.at(quantity.end - 1) + 1)
    token: Any = tokens[tokens.at(quantity.last - 1)]
    through: str | None = None
    counted = False
    for _ in range(_HOPS):
        head = token.head
        if head.i == token.i:
            return _STILL
        link, token = token.dep_, head
        if head.i in inside:
            continue
        word = head.text.lower()
        if head.tag_ in ("IN", "TO"):
            if word == "from" and through == "to":
                continue
            if through is not None or word not in ("by", "to", "of", "at"):
                return _STILL
            through = word
            continue
        if is_change(head):
            # `a 25% cut`, `a cut of 400 jobs`, but not `three cuts`.
            joined = (measured and through is None) or through in ("of", "to", "by")
            return Moved(None, head) if joined else _STILL
        if head.pos_ == "VERB":
            by_somebody = link == "agent" and not (measured or points)  # `raised by 3 ministers`
            if by_somebody or through in ("of", "at") or link in ("nsubj", "nsubjpass", "advcl", "conj", "ccomp"):
                return _STILL
            return Moved(_of_verb(head, points=points or through in ("by", "to")))
        if link in ("nummod", "compound", "quantmod", "nmod", "amod") and not (measured or counted or through):
            counted = True  # from the number up to the noun that it counts
            continue
        return _STILL
    return _STILL


def _is_for_heads(tokens: Tokens, quantity: Quantity, counted: Counted) -> bool:
    """`cut supply to 38,000 people`: the number is of those who had it, since supply is not counted in people."""
    if (
        counted.unit in (None, *_MEASURES)
        or quantity.unit is not None
        or tokens[tokens.before(quantity.start)].lower_ != "to"
    ):
        return False
    above = islice(tokens[tokens.at(quantity.last - 1)].ancestors, _HOPS)
    verb = next((token for token in above if token.pos_ == "VERB"), None)
    children = islice(verb.children, _CLAUSE) if verb is not None else ()
    moved = next((child for child in children if child.dep_ in ("dobj", "nsubjpass")), None)
    if moved is None or not moved.tag_.startswith("NN"):
        return False
    heads = tokens[tokens.at((counted.end or 1) - 1)].lemma_.lower()
    names = (moved, *islice(moved.lefts, _CLAUSE))
    return not {token.lemma_.lower() for token in names} & {heads, *_HEADS}


def change_of(tokens: Tokens, text: str, quantity: Quantity, unit: str | None, counted: Counted) -> Moved:
    """Which way the quantity moved, if the text says so. `unit`: the counted noun where the quantity has no unit."""
    if quantity.rule in ("from", "tally", "age") or is_distance(text, quantity.unit, quantity.end):
        return _STILL
    if quantity.change is None and _is_for_heads(tokens, quantity, counted):
        return _STILL
    measured = quantity.unit is not None
    points = quantity.unit in _POINTS or unit in ("points", "point") or quantity.form == "share"
    parsed = _by_parse(tokens, quantity, measured=measured, points=points)
    if quantity.change:
        return parsed if parsed.noun else Moved(quantity.change)
    if (
        points
        and quantity.start == quantity.first - 1
        and _SIGNED.search(text, max(0, quantity.start - 2), quantity.first)
    ):
        before = tokens[tokens.before(quantity.start)]
        if before.tag_.startswith(("NN", "CD")) or before.text in ("(", ",", ":"):
            return Moved("up" if text[quantity.start] == "+" else "down")  # an index in a list: `DAX -1.6%`
    beside = _beside(tokens, text, quantity, measured=measured or points or quantity.unit in MONEY)
    if beside:
        return Moved(beside)
    if parsed.change or parsed.noun or not (measured or quantity.form == "share"):
        return parsed
    return Moved(_by_neighbour(tokens, quantity, points=points) or _by_clause(tokens, text, quantity))


_SKIPPED = frozenset({"by", "to", "a", "an", "another", "further", "additional", "extra", "$", "£", "€"})


def _words_before(tokens: Tokens, place: int) -> Iterator[Any]:
    """The few tokens before `place` that are on the way to the verb, and the first that is not."""
    for index in range(tokens.before(place), max(-1, tokens.before(place) - 5), -1):
        token = tokens[index]
        yield token
        if token.tag_ not in ("RB", "RP", "DT", "JJ", "JJS", "PRP$") and token.lower_ not in _SKIPPED:
            return


def _by_neighbour(tokens: Tokens, quantity: Quantity, *, points: bool) -> Change | None:
    """`grew 5.2 percent year on year`: where the parse hangs the amount on a noun, the verb right before it counts."""
    to = False
    for token in _words_before(tokens, quantity.start):
        if token.tag_.startswith("VB"):
            return _of_verb(token, points=points or to)
        to = to or token.lower_ in ("by", "to")
    return None


def is_level(tokens: Tokens, quantity: Quantity) -> bool:
    """`fell 3%, to 41`: whether the figure is what was reached, and not by how much it moved."""
    return quantity.rule == "to" or any(token.lower_ == "to" for token in _words_before(tokens, quantity.start))


def same_clause(tokens: Tokens, end: int, start: int) -> bool:
    """Whether no verb and no end of a sentence stands between two places, so that one verb governs both figures."""
    between = (tokens[index] for index in range(tokens.after(end), tokens.after(start)))
    return not any(token.tag_.startswith("VB") or token.is_sent_start or token.tag_ in ("MD", ".") for token in between)


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
