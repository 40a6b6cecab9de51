"""What a figure counts or measures, from the parse: the counted noun, and the phrase that holds it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from onrecord.extract.figures.amounts import Quantity
from onrecord.extract.figures.tables import BLANK, table
from onrecord.extract.figures.tokens import Tokens
from onrecord.extract.figures.units import MONEY, is_distance

_NOUNS = table("nouns")
_CASUALTIES = frozenset(_NOUNS["casualties"]["words"])
_SUFFERED: dict[str, str] = _NOUNS["casualties"]["verbs"]
_MORE = frozenset(_NOUNS["more"]["words"])
_EMPTY = frozenset(_NOUNS["empty"]["words"])
_COPULAS = frozenset(_NOUNS["copulas"]["lemmas"])
_MOVERS = frozenset(_NOUNS["movers"]["lemmas"])
_CHANGERS = frozenset(
    lemma for side in ("up", "down") for kind in ("always", "share") for lemma in table("changes")["verbs"][side][kind]
)
_LEADS = frozenset(_NOUNS["measures"]["leads"])
_MEASURES = frozenset(_NOUNS["measures"]["links"])
_POINTS = ("points", "point")
_SCALES = frozenset(_NOUNS["scales"]["words"])
SHOCKS = frozenset(_NOUNS["scales"]["shocks"])
_PERIODS = frozenset(_NOUNS["periods"]["words"])
_WHICH = frozenset(_NOUNS["periods"]["which"])
_CHANGES = frozenset(table("changes")["nouns"]["lemmas"])
_FURTHEST = 9  # tokens from a number to the noun that it counts

_HYPHENED = re.compile(r"-(?P<word>[A-Za-z]{2,24})(?P<rest>(?:-[A-Za-z]{2,24})?)(?![A-Za-z0-9])")
_OF = re.compile(rf"(?:{BLANK}?\([^()\n]{{1,32}}\))?{BLANK}of{BLANK}", re.IGNORECASE)  # `€4.5bn (£3.9bn) of assets`


class Counted(NamedTuple):
    """`unit`: the counted noun, lower-cased as written, or None; `start`, `end`: the phrase that it heads, in the
    passage's text, or None."""

    unit: str | None
    start: int | None = None
    end: int | None = None


def _is_noun(token: Any) -> bool:
    return bool(token.tag_.startswith("NN")) and token.text != "%"


def _goes_on(token: Any, following: Any) -> bool:
    """Whether the noun phrase that `token` is in goes on with `following`."""
    if token.whitespace_ == "" and following.text not in ("-", "'s", "’s") and not token.text.endswith("-"):
        return following.tag_ in ("POS", "HYPH")
    if token.whitespace_ == "" and following.text == "-":
        return True  # weapons-capable
    if token.tag_ in ("NNS", "NNPS") and token.dep_ not in ("compound", "nmod", "poss", "amod", "nummod"):
        return bool(following.tag_ == "POS")
    if token.tag_ == "NN" and token.dep_ not in ("compound", "nmod", "poss", "amod", "npadvmod", "nummod"):
        # A parser of news headlines errs here, so that a plural right after a singular still belongs to it.
        return bool(following.tag_ in ("POS", "HYPH", "NNS") and following.head.i >= token.i)
    return True


_MODIFIERS = frozenset(
    {"JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "AFX", "RBS", "ADD"}
)


def _phrase(tokens: Tokens, first: int) -> tuple[int, int] | None:
    """The noun phrase that begins with token `first`: its first token and its head; None if none begins there."""
    head = None
    index, stop = first, min(len(tokens), first + _FURTHEST)
    while index < stop:
        token = tokens[index]
        past = token.tag_ == "VBD" and index == first and index + 1 < stop and tokens[index + 1].tag_ == "NNS"
        if past or token.tag_ in _MODIFIERS or token.text in ('"', "“", "‘"):  # `37 confirmed cases`, taken for a verb
            if _is_noun(token):
                head = index
            elif token.tag_ == "VBG" and head is not None:
                break
        elif token.tag_ == "CD" and index > first and tokens[index - 1].tag_ in ("NNP", "NNPS"):
            pass  # Leopard 2 tanks
        elif (token.tag_ in ("CC", ",") and index > first and _joins_modifiers(tokens, index)) or (
            token.tag_ == "RB" and index + 1 < stop and tokens[index + 1].tag_ in ("JJ", "VBN")
        ):
            pass
        else:
            break
        if head == index and (index + 1 >= len(tokens) or not _goes_on(token, tokens[index + 1])):
            break
        index += 1
    return None if head is None else (first, head)


def phrase_head(tokens: Tokens, first: int) -> Any | None:
    """The head of the noun phrase that begins with token `first`, or None."""
    phrase = _phrase(tokens, first)
    return phrase and tokens[phrase[1]]


def _joins_modifiers(tokens: Tokens, index: int) -> bool:
    """`Danish and Polish barges`, `large, old houses`: the word at `index` joins two things before one noun."""
    if index + 2 >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    noun = before.head
    return bool(
        before.dep_ in ("amod", "compound", "nmod")
        and noun.i > after.i
        and after.tag_ in _MODIFIERS
        and noun.i - index < _FURTHEST
    )


def _trimmed(tokens: Tokens, first: int) -> int:
    """Past determiners, possessives and quotation marks."""
    while first < len(tokens) and tokens[first].tag_ in ("DT", "PRP$", "PDT", "``", '"', "WDT", "_SP"):
        first += 1
    return first


def _counted(tokens: Tokens, span: tuple[int, int] | None, *, unit: bool) -> Counted | None:
    if span is None:
        return None
    first, head = span
    while first < head and tokens[first].text in (*_MORE, '"', "“", "‘"):
        first += 1
    noun = tokens[head]
    dated = noun.lower_ in _PERIODS and tokens[first].lower_ in _WHICH  # `63 billion last year` counts no years
    if dated or noun.text.lower() in _EMPTY or len(noun.text) < 2 or not noun.text[0].isalpha():
        return None
    return Counted(noun.text.lower() if unit else None, tokens[first].idx, noun.idx + len(noun.text))


def _of(tokens: Tokens, text: str, end: int, *, unit: bool) -> Counted | None:
    """`dozens of vehicles`, `a third of the voters`."""
    match = _OF.match(text, end)
    if not match:
        return None
    first = _trimmed(tokens, tokens.after(match.end()))
    owner = _phrase(tokens, first)
    if owner and owner[1] + 2 < len(tokens) and tokens[owner[1] + 1].tag_ == "POS":
        first = owner[1] + 2  # six of the country's eight capitals
        first += tokens[first].tag_ in ("RB", "IN")
    if first < len(tokens) and tokens[first].tag_ == "CD":  # two of the three men
        first += 1
    return _counted(tokens, _phrase(tokens, first), unit=unit)


def _hyphened(tokens: Tokens, text: str, quantity: Quantity) -> Counted | None:
    """`five-member committee`: members are counted, the committee is measured."""
    match = _HYPHENED.match(text, quantity.end)
    if not match or match["rest"] or quantity.unit:
        return None
    unit = None if match["word"].lower() == "strong" else match["word"].lower()
    measured = _counted(tokens, _phrase(tokens, tokens.after(match.end())), unit=False)
    return Counted(unit, *(measured[1:] if measured else (None, None)))


def _climb(token: Any) -> Iterator[Any]:
    """The heads above a token, the nearest first, no more than five."""
    for _ in range(5):
        if token.head is token or token.head.i == token.i:
            return
        token = token.head
        yield token


def noun_phrase(tokens: Tokens, head: Any) -> tuple[int, int]:
    """Where the phrase of noun `head` stands, without what follows the noun and without determiners."""
    first = _trimmed(tokens, max(head.left_edge.i, head.i - _FURTHEST))
    return tokens[min(first, head.i)].idx, head.idx + len(head.text)


def _measured_by_clause(tokens: Tokens, quantity: Quantity) -> Counted | None:
    """`a fine of $5 million`, `inflation rose 0.3%`, `the price was $80`: the noun before, or the subject."""
    inside = range(tokens.at(quantity.start), tokens.at(quantity.end - 1) + 1)
    shared = reached = False
    amount = tokens[tokens.at(quantity.last - 1)]
    for token in (amount, *_climb(amount)):
        if token.i in inside and token.dep_ == "appos" and _is_noun(token.head) and quantity.unit:
            return Counted(None, *noun_phrase(tokens, token.head))  # `her stake, 14.9 percent`
        if (
            (token.i in inside and token.pos_ != "VERB")
            or token.tag_ in ("IN", "TO", "CD", "$")
            or token.dep_ in ("nummod", "compound")
        ):
            reached = reached or token.lower_ == "to"
            elsewhere = token.tag_ == "IN" and token.lower_ not in _LEADS and not reached
            if token.dep_ not in _MEASURES or (elsewhere and token.i not in inside):
                return None
            continue
        if _is_noun(token) and token.i < inside.start and tokens[inside.start - 1].text.lower() in ("of", "is", "was"):
            return Counted(None, *noun_phrase(tokens, token))
        if token.pos_ in ("VERB", "AUX"):
            known = (
                token.i in inside or token.lemma_ in _CHANGERS or (not reached and token.lemma_ in (_COPULAS | _MOVERS))
            )
            if not shared and not known:
                return None
            measured = _argument(token, inside)
            if measured is not None:
                return Counted(None, *noun_phrase(tokens, measured))
            shared = token.dep_ in ("xcomp", "conj")
            if shared:
                continue  # `is expected to reach €3m`: the subject stands further up
            return None
        if _is_noun(token) and token.i > inside.stop:
            return None
    return None


def _argument(verb: Any, inside: range) -> Any | None:
    """What moves: the object of `cut`, the subject of `fall`."""
    sides = ((verb.rights, ("dobj",)),) if verb.lemma_ in _MOVERS else ()
    for children, links in (*sides, (verb.lefts, ("nsubj", "nsubjpass"))):
        for child in children:
            if child.dep_ in links and child.i not in inside:
                return child if _is_noun(child) else None
    return None


def counted_noun(tokens: Tokens, text: str, quantity: Quantity) -> Counted:
    """What `quantity` counts (a bare number) or measures (an amount with a unit)."""
    bare = quantity.unit is None and quantity.form != "share"
    if quantity.rule == "age" and (found := _aged(tokens, quantity)):
        return found
    if found := _hyphened(tokens, text, quantity):
        return found
    if found := _of(tokens, text, quantity.end, unit=bare):
        return found
    first = tokens.after(quantity.end)
    if _COMPARED.match(text, quantity.end):
        return _measured_by_clause(tokens, quantity) or _measured_by_verb(tokens, quantity) or Counted(None)
    adjacent = first < len(tokens) and text[quantity.end : tokens[first].idx].strip() in ("", "-")
    if is_distance(text, quantity.unit, quantity.end):
        return Counted(None)
    if bare:
        span = _phrase(tokens, first) if adjacent else None
        if span and (shock := tokens[span[1]]).lower_ in SHOCKS and quantity.rule == "number":
            return Counted(None, tokens[first + (tokens[first].lower_ in _SCALES)].idx, shock.idx + len(shock.text))
        if span and quantity.value != 1 and _is_measure(tokens, span):
            measured = _counted(tokens, (first + 1, span[1]), unit=False)
            return Counted(tokens[first].text.lower(), *(measured[1:] if measured else (None, None)))
        if found := _counted(tokens, span, unit=True):
            moved = _measured_by_clause(tokens, quantity) if found.unit in _POINTS else None
            return found if moved is None else Counted(found.unit, moved.start, moved.end)
        if adjacent and tokens[first].text.lower() in _CASUALTIES:
            word = tokens[first]
            return Counted(word.text.lower(), word.idx, word.idx + len(word.text))
        if suffered := _suffered(tokens, quantity):
            return Counted(suffered)
    elif adjacent and quantity.per is None and quantity.form != "share":
        last = tokens[tokens.at(quantity.end - 1)]
        span = _phrase(tokens, first)
        if span and quantity.rule == "age":  # `the 15-year-old elephant's keeper`: the elephant's age
            owner = next((i for i in range(first, span[1]) if tokens[i + 1].tag_ == "POS"), span[1])
            span = (span[0], owner)
        modifies = span and last.i < first <= span[1] and _modifies(tokens, quantity, span[1])
        if modifies and (found := _counted(tokens, span, unit=False)):
            return found
    elif (
        adjacent
        and quantity.form == "share"
        and (found := _counted(tokens, _phrase(tokens, _trimmed(tokens, first)), unit=False))
    ):
        return found
    if quantity.unit in MONEY and (found := _in(tokens, text, quantity)):
        return found
    if bare and (found := _group_before(tokens, quantity)):
        return found
    return _measured_by_clause(tokens, quantity) or _scale_before(tokens, quantity) or Counted(None)


def _group_before(tokens: Tokens, quantity: Quantity) -> Counted | None:
    """`a crew of 12`: what stands before `of` is nearer than any verb."""
    of, after = tokens.before(quantity.start), tokens.after(quantity.end)
    counts = after < len(tokens) and tokens[after].tag_ in _MODIFIERS  # `the sale of 40 American jets`
    if counts or of < 1 or tokens[of].lower_ != "of" or tokens[of - 1].tag_ != "NN":
        return None
    first = of - 1
    while first > 0 and of - first < _FURTHEST and tokens[first - 1].tag_ in ("JJ", "NN", "NNP", "VBN", "HYPH"):
        first -= 1
    return Counted(None, tokens[first].idx, tokens[of - 1].idx + len(tokens[of - 1].text))


def _scale_before(tokens: Tokens, quantity: Quantity) -> Counted | None:
    """`a quake of magnitude 5.6`."""
    index = tokens.before(quantity.start)
    if index < 0 or tokens[index].lower_ not in _SCALES or quantity.unit:
        return None
    return Counted(None, tokens[index].idx, tokens[index].idx + len(tokens[index].text))


def is_change(token: Any) -> bool:
    """Whether a token is a noun of change: a drop, an increase."""
    return token.lemma_.lower() in _CHANGES and _is_noun(token)


_WHAT_CHANGED = re.compile(rf"{BLANK}(?:in|of){BLANK}")


def change_carrying(tokens: Tokens, quantity: Quantity, counted: Counted) -> Any | None:
    """The noun of change that is measured, or what changed by it: `a 3% drop`, `a drop in sales of 3%`."""
    if counted.end is None:
        return None
    noun = tokens[tokens.at(counted.end - 1)]
    if counted.end <= quantity.start and noun.head.lower_ == "in" and is_change(noun.head.head):
        return noun.head.head
    return noun if is_change(noun) and noun.lower_ != counted.unit else None  # not of `three cuts`


def _leads_on(tokens: Tokens, index: int) -> bool:
    """Whether the word at `index` leads on to a noun after it: no unit of an amount (`a 3 pct rise`)."""
    token = tokens[index]
    if token.tag_ == "IN":
        return not token.whitespace_  # year-on-year
    number = max(0, index - 2 if tokens[index - 1].text == "-" else index - 1)
    return token.tag_ in _MODIFIERS and tokens[number].tag_ != "CD"


def change_measured(tokens: Tokens, text: str, quantity: Quantity, noun: Any) -> tuple[int, int]:
    """Where a noun of change stands with what changed: `drop in sales`, `rise of 3% in exports`."""
    first = noun.i
    while first > 0 and noun.i - first < _FURTHEST and _leads_on(tokens, first - 1):
        first -= 1
    if noun.idx >= quantity.end:
        first = max(first, min(noun.i, tokens.after(quantity.end)))
    first += tokens[first].text in ("-", "–")
    start = tokens[first].idx
    end = noun.idx + len(noun.text)
    for place in (end, max(end, quantity.end)):
        match = _WHAT_CHANGED.match(text, place)
        span = match and _phrase(tokens, _trimmed(tokens, tokens.after(match.end())))
        if span and not _dates_or_places(tokens, span):
            return start, tokens[span[1]].idx + len(tokens[span[1]].text)
    return start, end


def _suffered(tokens: Tokens, quantity: Quantity) -> str | None:
    """`killed at least 62`: what a bare number counts is what was done to them."""
    number = tokens[tokens.at(quantity.last - 1)]
    verb, active = number.head, ("dobj",) if number.head.lemma_ not in ("die", "perish") else ("nsubj",)
    return _SUFFERED.get(verb.lemma_) if number.dep_ in (*active, "nsubjpass") and verb.pos_ == "VERB" else None


_COMPARED = re.compile(r"[ ,]{1,2}(?P<time>year|month|quarter|week)[- ](?:on|over|to)[- ](?P=time)\b", re.IGNORECASE)


def _measured_by_verb(tokens: Tokens, quantity: Quantity) -> Counted | None:
    """The subject of a verb of change right before the amount, where the parse does not join them."""
    index = tokens.before(quantity.start)
    if index < 0 or tokens[index].lemma_ not in _CHANGERS:
        return None
    subject = _argument(tokens[index], range(index, index + 1))
    return Counted(None, *noun_phrase(tokens, subject)) if subject is not None else None


def _aged(tokens: Tokens, quantity: Quantity) -> Counted | None:
    """Whom an age in apposition measures: `Ann Lee, 25,`."""
    comma = tokens.before(quantity.start)
    if comma < 1 or tokens[comma].text != ",":
        return None
    return Counted(None, *noun_phrase(tokens, tokens[comma - 1]))


def _is_measure(tokens: Tokens, span: tuple[int, int]) -> bool:
    """`12 page document`: a singular after a number above one measures the noun that it stands before."""
    first, head = span
    if first < 2 or tokens[first - 2].lower_ not in ("a", "an", "the", "its", "their", "his", "her"):
        return False  # a plural that the tagger took for a verb: `three energy plan phases`
    return (
        first < head and tokens[first].tag_ == tokens[head].tag_ == "NN" and tokens[first].dep_ in ("compound", "nmod")
    )


def _modifies(tokens: Tokens, quantity: Quantity, head: int) -> bool:
    """Whether some word of the amount hangs on a noun to its right, up to `head`."""
    inside = range(tokens.at(quantity.start), tokens.at(quantity.end - 1) + 1)
    return any(inside.stop <= tokens[index].head.i <= head for index in inside) or tokens[head].head.i in inside


_IN = re.compile(rf"{BLANK}(?:in|worth{BLANK}of){BLANK}")


def _in(tokens: Tokens, text: str, quantity: Quantity) -> Counted | None:
    """`$6 billion in aid`: goods, not the year or the country that `in` may name as well."""
    match = _IN.match(text, quantity.end)
    if not match:
        return None
    span = _phrase(tokens, _trimmed(tokens, tokens.after(match.end())))
    if span is None or tokens[span[1]].tag_ in ("NNP", "NNPS") or _dates_or_places(tokens, span):
        return None
    return _counted(tokens, span, unit=False)


def _dates_or_places(tokens: Tokens, span: tuple[int, int]) -> bool:
    """`in calendar 1988`, `in France`, `in the quarter`: says when or where, and not what."""
    head = tokens[span[1]]
    numbered = head.i + 1 < len(tokens) and tokens[head.i + 1].tag_ == "CD"
    return numbered or head.ent_type_ == "GPE" or head.lower_ in _PERIODS
