"""The figure grammar: numbers put together with scale, unit, range, bounds and rate, on the text alone.

What a figure counts, and whether it is one at all, takes the parse: see `nouns` and `traps`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from onrecord.extract.figures.numbers import NUMBER, Form, read_number
from onrecord.extract.figures.rates import DENOMINATOR, rate_after
from onrecord.extract.figures.tables import BLANK, alternatives, fold, table
from onrecord.extract.figures.units import DOLLARS, MONEY, currency_before, scale_after, unit_after, which_dollar

Change = Literal["up", "down"]

_BOUNDS = table("bounds")


class Amount(NamedTuple):
    """A number with its scale and unit. `first`, `last`: where its digits or words stand, scale included."""

    start: int
    end: int
    first: int
    last: int
    value: Decimal
    form: Form
    unit: str | None = None
    time: bool = False
    scaled: bool = False
    margin: bool = False


class Quantity(NamedTuple):
    """A figure as far as the text alone tells. Offsets as in `Amount`; `rule` names the construction."""

    start: int
    end: int
    first: int
    last: int
    low: Decimal | None
    high: Decimal | None
    form: Form
    rule: str
    approximate: bool = False
    change: Change | None = None
    unit: str | None = None
    time: bool = False
    scaled: bool = False
    per: str | None = None

    @property
    def value(self) -> Decimal:
        return self.low if self.low is not None else self.high or Decimal(0)


# --- one amount -----------------------------------------------------------------------------------------------------

_OF_UNIT = re.compile(rf"{BLANK}of(?={BLANK})")
_SIGN = re.compile(r"(?:(?<![\w)\]%.,-])[-−+](?:[$€£])?|\bminus[- ](?:[$€£])?)\Z", re.IGNORECASE)
_MARGINS = alternatives(table("numbers")["margins"]["words"])
_MARGIN = re.compile(rf"(?:(?<![\w+])(?:{_MARGINS})){BLANK}?(?:[$€£])?\Z", re.IGNORECASE)
_GLUE = re.compile(r"(?:\b(?:sub|minus|plus|mid|pre|post|non|ex|now|then|magnitude)[-–]|[–—])\Z", re.IGNORECASE)


def _stands_free(text: str, start: int) -> bool:
    """Whether a number may begin here: not inside a word, a longer number or a designation (`T-72`, `3.1.4`)."""
    if not start:
        return True
    before, beyond = text[start - 1], text[start - 2 : start - 1]
    if before.isalnum() or before in "_#@\\":
        return False
    if before in "-–‐‑/.,:'’&+*" and (beyond.isalnum() or beyond == ")"):
        return bool(_GLUE.search(text[max(0, start - 11) : start]))
    return True


def _ends_free(text: str, end: int) -> bool:
    """Whether a number may end here: a letter that is no unit makes it a name (`4G`, `737s`)."""
    after, beyond = text[end : end + 1], text[end + 1 : end + 2]
    if after.isalnum() or after in ("_", "\\", "@"):
        return False
    if after and after in "'’" and beyond == "s":
        return False  # `100's`
    return not (after and after in ".,:/" and beyond.isdigit())


def read_amount(text: str, match: re.Match[str]) -> Amount | None:
    """The amount that begins with this match of `NUMBER`, or None if the match is a part of something else."""
    number = read_number(match)
    if number is None:
        return None
    start, end, value = number.start, number.end, number.value
    money = currency_before(text, start) if number.form == "digits" else None
    if money:
        start = money[1]
    elif not _stands_free(text, start):
        return None
    margin = _MARGIN.search(text, max(0, start - 16), start)
    sign = None if margin else _SIGN.search(text, max(0, start - 7), start)
    if margin:
        start = margin.start()
    elif sign:
        start, value = sign.start(), value if sign[0].startswith("+") else -value
    scaled = False
    if number.form != "share" and (scale := scale_after(text, end, money=bool(money))):
        value, end, scaled = value * scale[0], scale[1], True
        if (twice := scale_after(text, end, money=False)) and twice[0] > 999 and text[end : end + 1].isspace():
            value, end = value * twice[0], twice[1]
    last = end
    unit = which_dollar(text, end) if money else unit_after(text, end)
    if unit is None and number.form in ("vague", "share") and not money and (of := _OF_UNIT.match(text, end)):
        unit = unit_after(text, of.end())
        if unit and number.form == "share" and unit.code not in MONEY:
            unit = None  # `a third of miles` is no length; `half of dollars` is rare enough
    if unit:
        end = unit.end
    if not _ends_free(text, end):
        return None
    code = unit.code if unit else money[0] if money else None
    return Amount(
        start,
        end,
        number.start,
        last,
        value,
        number.form,
        code,
        bool(unit and unit.time),
        scaled or (number.form == "words" and number.value >= 1000),
        bool(margin),
    )


# --- two amounts ----------------------------------------------------------------------------------------------------

_JOIN = re.compile(
    rf"(?P<dash>{BLANK}[-–—]{BLANK}|[-–—](?:to[-–—])?)|{BLANK}(?P<word>to|and|or|through|in|out{BLANK}of|in{BLANK}every)"
    rf"{BLANK}(?P<again>(?:about|around|nearly|almost|roughly|over|approximately|as{BLANK}(?:much|many){BLANK}as){BLANK})?"
)
_SIGNS = re.compile(r"[A-Z]{0,3}[$€£¥₹₽₴]?[ ]?")
_BETWEEN = re.compile(rf"\bbetween{BLANK}(?:(?:about|around|roughly|an estimated){BLANK})?\Z", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom{BLANK}(?:(?:about|around|roughly|nearly|almost|just|some){BLANK})?\Z", re.IGNORECASE)
_STEMS = "|".join(table("changes")["stems"]["verbs"])
_MOVES = re.compile(rf"\b(?:{_STEMS})", re.IGNORECASE)
_AMOUNT_OF_CHANGE = re.compile(rf"\b(?:by|(?:{_STEMS})\w*){BLANK}\Z", re.IGNORECASE)


def _next_amount(text: str, at: int) -> Amount | None:
    """The amount that begins exactly at `at`, its currency sign included."""
    signs = _SIGNS.match(text, at)
    for begin in dict.fromkeys((at, signs.end() if signs else at)):
        match = NUMBER.match(text, begin)
        if match:
            amount = _bare_amount(text, match, at)
            if amount:
                return amount
    return None


def _bare_amount(text: str, match: re.Match[str], at: int) -> Amount | None:
    # The left side is the range's own dash or word, so that the check for designations must not see it.
    shifted = " " * 8 + text[at : match.end() + 80]
    moved = NUMBER.match(shifted, match.start() - at + 8)
    amount = (
        read_amount(shifted, moved) if moved and moved.end() - moved.start() == match.end() - match.start() else None
    )
    if amount is None or amount.start != 8:
        return None
    by = at - 8
    return amount._replace(start=amount.start + by, end=amount.end + by, first=amount.first + by, last=amount.last + by)


_THOUSANDS = (10**12, 10**9, 10**6, 10**3)


def _share_units(left: Amount, right: Amount) -> tuple[Amount, Amount]:
    """`$89 to $93 billion`, `43 to 41 percent`: what is written once holds for both."""
    if right.form == left.form == "words" and 100 * left.value < right.value < 1000 and left.value < 10:
        left = left._replace(value=left.value * 100)  # `one to two hundred`
    if right.scaled and not left.scaled and left.value < 1000:
        ratio = next((scale for scale in _THOUSANDS if right.value >= scale), 1)
        # `89 to 93 billion`, `12 to 8 million`, but `three hundred to one thousand`.
        if left.value < 10 * right.value / ratio and (left.unit is None or left.unit in MONEY):
            left = left._replace(value=left.value * ratio, scaled=True)
    if "dollars" in (left.unit, right.unit) and {left.unit, right.unit} <= DOLLARS:
        named = left.unit if right.unit == "dollars" else right.unit
        left, right = left._replace(unit=named), right._replace(unit=named)
    if left.unit is None and right.unit is not None:
        left = left._replace(unit=right.unit, time=right.time)
    elif right.unit is None and left.unit is not None and left.unit in MONEY:
        right = right._replace(unit=left.unit)
    return left, right


def _pair(text: str, left: Amount) -> list[Quantity] | None:
    """The figures of two amounts that belong together, `left` the first; None if there is but one."""
    if with_margin := _tolerance(text, left):
        return [with_margin]
    join = _JOIN.match(text, left.end)
    right = _next_amount(text, join.end()) if join else None
    if not join or not right or right.form in ("share", "vague") or left.form in ("share", "vague"):
        return None
    word = fold(join["word"] or "-")
    if word in ("in", "out of", "in every"):
        return _one_in(left, right) if left.unit is None else None
    if _like_year(left) and not _like_year(right):
        return None  # `in 2018 to 3.9 million`
    before = text[max(0, left.start - 24) : left.start]
    left, right = _share_units(left, right)
    if left.unit != right.unit:
        return None
    start = left.start
    if word == "and":
        between = _BETWEEN.search(before)
        if not between:
            return None
        start -= len(before) - between.start()
    elif word == "or" and not (left.value < right.value <= left.value * 2 + 2):
        return None
    elif word in ("to", "through", "-"):
        clause = re.split(r"[.;!?](?=\s)", text[max(0, left.start - 70) : left.start])[-1]
        came = _FROM.search(before)
        if came and word == "to" and (left.value > right.value or _MOVES.search(clause)):
            change: Change = "up" if right.value > left.value else "down"
            return [_quantity(left, "from"), _quantity(right, "to")._replace(change=change)]
        if word == "to" and right.value > 5 * left.value and _AMOUNT_OF_CHANGE.search(before):
            return None  # `rose by 300 to 15,966`
        if came:
            start -= len(before) - came.start()
        if text[right.end : right.end + 1] in ("-", "–") and text[right.end + 1 : right.end + 2].isdigit():
            return [_none(left, right)]  # a telephone number, an identifier
        if left.value >= right.value:
            return [_none(left, right)] if word == "-" or left.unit is None else None
    low, high = sorted((left.value, right.value))
    whole = _quantity(right, "range")
    return [whole._replace(start=start, first=left.first, low=low, high=high)]


_TOLERANCE = re.compile(rf"(?:,|{BLANK}\()?{BLANK}?(?:{_MARGINS}){BLANK}?", re.IGNORECASE)
_MARGIN_UNITS = {("%", "percentage points")}


def _tolerance(text: str, left: Amount) -> Quantity | None:
    """`2,300, plus or minus 200`: one figure, from 2,100 to 2,500."""
    match = _TOLERANCE.match(text, left.end)
    right = _next_amount(text, match.end()) if match and left.form in ("digits", "words") else None
    if right is None or right.form not in ("digits", "words"):
        return None
    alike = right.unit in (None, left.unit) or left.unit is None or (left.unit, right.unit) in _MARGIN_UNITS
    if not alike or left.margin:
        return None
    if right.scaled and not left.scaled and left.value < 1000:
        left, right = _share_units(left, right)
    unit, by = left.unit or right.unit, abs(right.value)
    whole = _quantity(left, "margin")
    return whole._replace(
        end=right.end,
        last=right.last,
        low=left.value - by,
        high=left.value + by,
        unit=unit,
        time=left.time or right.time,
    )


def _like_year(amount: Amount) -> bool:
    plain = amount.unit is None and amount.form == "digits" and amount.last - amount.first == 4
    return plain and amount.start == amount.first and 1500 <= amount.value < 2200


def _none(left: Amount, right: Amount) -> Quantity:
    """Two numbers that are no range: the score of a game, the tally of a vote. The traps tell which."""
    return _quantity(right, "tally")._replace(start=left.start, first=left.first, low=left.value, high=right.value)


def _one_in(left: Amount, right: Amount) -> list[Quantity] | None:
    """`one in five`, `nine out of 10`: a part of a whole."""
    whole = left.value == left.value.to_integral() and right.value == right.value.to_integral()
    if not whole or right.time or right.unit or not 0 < left.value < right.value or left.value > 99:
        return None
    if 1500 < right.value < 2100:
        return None  # one in 2019
    part = right._replace(start=left.start, first=left.first, value=left.value / right.value, form="share")
    return [_quantity(part, "share")]


def _quantity(amount: Amount, rule: str | None = None) -> Quantity:
    measure = "duration" if amount.time else "measure" if amount.unit else "number"
    named = {"vague": "vague", "share": "share"}.get(amount.form, measure)
    value = amount.value
    return Quantity(
        amount.start, amount.end, amount.first, amount.last, value, None if amount.form == "vague" else value,
        amount.form, rule or ("margin" if amount.margin else named), amount.form == "vague", None, amount.unit,
        amount.time, amount.scaled,
    )  # fmt: skip


# --- bounds ---------------------------------------------------------------------------------------------------------

Side = Literal["floor", "ceiling", "near"]
_BEFORE_SIDE: dict[str, Side] = {fold(word): side for side, words in _BOUNDS["before"].items() for word in words}
_AFTER_SIDE: dict[str, Side] = {fold(word): side for side, words in _BOUNDS["after"].items() for word in words}
_PREPOSITIONS = frozenset(_BOUNDS["prepositions"])
_BOUND_BEFORE = re.compile(
    rf"(?<![\w-])(?P<bound>{alternatives(_BEFORE_SIDE)}){BLANK}?\Z",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(rf"{BLANK}?(?P<bound>{alternatives(_AFTER_SIDE)})(?![A-Za-z0-9]|{BLANK}to\b)", re.IGNORECASE)
_SUBJECT = re.compile(rf"\b(?:{'|'.join(_BOUNDS['subjects'])})\w*{BLANK}(?:\w+{BLANK})?\Z", re.IGNORECASE)
_WENT = re.compile(
    rf"\b(?:back|go|goes|going|went|gone|move[sd]?|rose|climb\w*|inch\w*|push\w*|tick\w*|edg\w*|all{BLANK}the{BLANK}way){BLANK}\Z"
)  # `went up to 4%` is a change, not a bound
_REACH = 40  # code points: longer than any bound
_AND_MORE = 2  # `up to about`, `at least some`: bounds that may stand in a row


def _bounded(quantity: Quantity, side: Side) -> Quantity:
    match side:
        case "floor":
            return quantity._replace(high=None) if quantity.low is not None else quantity
        case "ceiling":
            return quantity._replace(low=None) if quantity.high is not None else quantity
        case "near":
            return quantity._replace(approximate=True)


def _with_bounds(text: str, quantity: Quantity) -> Quantity:
    for _ in range(_AND_MORE):
        reach = max(0, quantity.start - _REACH)
        match = _BOUND_BEFORE.search(text, reach, quantity.start)
        if not match:
            break
        word = fold(match["bound"])
        side = _BEFORE_SIDE[word]
        small = quantity.unit is None and abs(quantity.value) < 10 and quantity.form == "words"
        if word == "up to" and quantity.unit and _WENT.search(text, max(0, match.start() - 16), match.start()):
            break
        if word in _PREPOSITIONS and small:
            break
        if (
            word == "about"
            and quantity.form != "digits"
            and _SUBJECT.search(text, max(0, match.start() - 24), match.start())
        ):
            break
        quantity = _bounded(quantity, side)._replace(start=match.start())
    match = _BOUND_AFTER.match(text, quantity.end)
    if match and not (match["bound"].lower() == "plus" and (quantity.unit or quantity.scaled)):  # `$4m plus costs`
        quantity = _bounded(quantity, _AFTER_SIDE[fold(match["bound"])])._replace(end=match.end())
    return quantity


# --- all of them ----------------------------------------------------------------------------------------------------


def read_quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of `text`, in order, none overlapping another. Linear in the length of the text."""
    reached = 0
    for match in NUMBER.finditer(text):
        if match.start() < reached or DENOMINATOR.search(text, max(0, match.start() - 5), match.start()):
            continue
        amount = read_amount(text, match)
        if amount is None:
            continue
        for quantity in _pair(text, amount) or [_quantity(amount)]:
            found = _with_bounds(text, quantity)
            if found.start < reached:
                found = quantity
            if rate := rate_after(text, found.end):
                found = found._replace(per=rate[0], end=rate[1])
            reached = found.end
            yield found
