"""Figures: numbers with their bounds, unit, change, and what they measure.

Conventions
-----------
`span`      the words of the figure: bound (`at least`), sign, number, scale, unit or currency, rate (`per year`). The
            counted noun stays outside: of `at least three German Leopard 2 tanks` the span is `at least three`, the
            unit `tanks`, and `measured` is `German Leopard 2 tanks`.
`low, high` equal for a plain number. None is open: `at least 3` is 3 and None, `up to 1,500` None and 1500. `more than`
            and `at least` are not told apart. Words that only blur (`about`, `nearly`, `just under`) leave both ends on
            the number and set `approximate`. Plurals without a number (`dozens`, `hundreds of thousands`, `several
            hundred`) mean at least the magnitude named, once: 12, 100000, 100, open above, approximate.
            `10-15`, `10 to 15`, `between 10 and 15` are one figure. `from 43 to 41 percent` under a verb of change, or
            falling, is two, the second with the change. Fractions are rounded to twelve places.
            A margin that follows its number belongs to it: `2,300, plus or minus 200` is 2100 to 2500; alone it is
            its size (`a margin of plus or minus 3 points`).
`change`    `up` or `down` where a verb or adverb says that the quantity moved by the figure (`rose 3%`, `up 58
            points`), or to it (`fell to 12`). A level that stands beside the amount of its change has none: of `rose 3%
            to 41` the 3% is up. A noun of change gives none, since the change is then what is measured: `measured`
            holds it with what changed, `drop in sales` of `a 3% drop in sales`. Where what changed follows the figure,
            the figure stands within: `rise of 3% in exports`. The Finding's rule is `to` where from-to gives a change,
            `change.noun` where a noun of change is measured. A number of those who had what was cut is no level of
            it: `cut supply to 900 people` has no change, `cut the workforce to 900 people` is down.
`measured`  the words of what is counted or measured. How far one place lies from another (`150 km from the port`)
            measures nothing that the text names, and moves nothing. `the 5.0 earthquake` is its magnitude, no count.
`unit`      UCUM for measures (`%`, `km`, `t`, `Cel`), ISO 4217 for money, `1` for a part of a whole (`two-thirds`),
            else the counted noun, lower-cased as written. Percentage points, basis points, pence and cents have no
            code and are counted nouns. See `units.settle` for which dollar a `$` is.
`per`       the denominator as written, lower-cased: `year`, `barrel`, `100,000 people`.
Ages        (`50-year-old`, `aged 25 to 54`, `Ann Lee, 25,`) and durations (`two hours`, `a 30-year bond`, `two years
            later`) are figures in UCUM units of time; nights, weekends, fortnights, decades and centuries have no code
            and are counted nouns. A number of hours is a figure and within a timex at once. The tally of a vote
            (`52-48`) is two figures in `votes`; the score of a game is none. Ordinals, designations, labels, years,
            addresses and identifiers are none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from onrecord.extract.figures.amounts import Change, Quantity, read_quantities
from onrecord.extract.figures.changes import change_of, is_level, same_clause
from onrecord.extract.figures.nouns import Counted, change_carrying, change_measured, counted_noun
from onrecord.extract.figures.numbers import plain
from onrecord.extract.figures.rates import rate_after
from onrecord.extract.figures.tables import BLANK
from onrecord.extract.figures.tokens import Tokens
from onrecord.extract.figures.traps import is_trap, vote_tally
from onrecord.extract.figures.units import MONEY, settle
from onrecord.extract.parse import Passage
from onrecord.model import Document, Figure, Finding, Span, Timex

VERSION = "figures/4"

RULES = (
    "number",
    "measure",
    "duration",
    "share",
    "vague",
    "range",
    "margin",
    "age",
    "tally",
    "from",
    "to",
    "change.noun",
)
"""The names of the rules: what a Finding of ours may give as its `rule`."""

__all__ = ["RULES", "extract_figures"]

_HEADINGS = ("title", "heading", "caption")
_OLD = re.compile(r"[- ](?:old|of[- ]age)\b(?:s\b)?", re.IGNORECASE)
_AGED = re.compile(
    rf"\b(?:aged?|ages){BLANK}(?:of{BLANK}|between{BLANK})?\Z|\b(?:under|over|above|below|at){BLANK}(?:the{BLANK})?age{BLANK}(?:of{BLANK})?\Z",
    re.IGNORECASE,
)
_AGE_SIDE = re.compile(rf"\b(?P<side>under|below|over|above){BLANK}(?:the{BLANK})?age\b", re.IGNORECASE)
_OLDEST = 125
_SUBJECTS = ("nsubj", "nsubjpass", "appos", "dobj")


class _Claims:
    """The time expressions of a document, to be asked whether one covers a place. Both in `Document.text`."""

    def __init__(self, timexes: Sequence[Timex]) -> None:
        self._spans = sorted((timex.span.start, timex.span.end) for timex in timexes)
        self._starts = [start for start, _ in self._spans]

    def overlap(self, start: int, end: int) -> bool:
        # A timex is short: one that begins far before cannot reach here.
        for index in range(bisect_right(self._starts, end - 1) - 1, -1, -1):
            if self._spans[index][1] > start:
                return True
            if self._starts[index] < start - 200:
                return False
        return False


def _age(tokens: Tokens, text: str, quantity: Quantity) -> Quantity | None:
    """The quantity as an age, if it is one."""
    if quantity.time:
        old = _OLD.match(text, quantity.end)
        if old:
            return quantity._replace(end=old.end(), rule="age", time=False)
    if quantity.unit not in (None, "a") or quantity.scaled or not 0 < quantity.value < _OLDEST:
        return None
    aged = _AGED.search(text, max(0, quantity.start - 24), quantity.start)
    if aged:
        side = _AGE_SIDE.search(aged[0])
        start = quantity.start if side is None else aged.start()
        low, high = quantity.low, quantity.high
        if side and None not in (low, high):
            low, high = (None, high) if side["side"].lower() in ("under", "below") else (low, None)
        return quantity._replace(start=start, low=low, high=high, unit="a", rule="age", time=False)
    index = tokens.at(quantity.first)
    if quantity.unit or quantity.rule != "number" or quantity.form != "digits" or index < 2:
        return None
    closed = text[quantity.end : quantity.end + 1] in (",", ";", ".") and tokens[index - 1].text == ","
    if closed and _may_be_aged(tokens, index - 2):
        return quantity._replace(unit="a", rule="age")
    return None


_AND_AGED = re.compile(rf"(?:,|,?{BLANK}(?:and|or)){BLANK}")


def _next_age(tokens: Tokens, text: str, end: int, quantity: Quantity) -> Quantity | None:
    """The second of `aged 21 and 34`; `end` is where the age before ends."""
    bare = quantity.rule == "number" and quantity.unit is None and quantity.form == "digits" and not quantity.scaled
    if not bare or end < 0 or not 0 < quantity.value < _OLDEST or not _AND_AGED.fullmatch(text, end, quantity.start):
        return None
    following = tokens.after(quantity.end)
    counts = following < len(tokens) and tokens[following].tag_.startswith(("NN", "JJ"))
    return None if counts else quantity._replace(unit="a", rule="age")


def _may_be_aged(tokens: Tokens, index: int) -> bool:
    """A person's name, or a common noun that a name may be in apposition to (`the princess, 67,`)."""
    token = tokens[index]
    return token.ent_type_ == "PERSON" or (token.tag_ == "NN" and not token.ent_type_ and token.dep_ in _SUBJECTS)


def _sides(text: str, tally: Quantity) -> Iterator[Quantity]:
    """`52-48` and `52 to 48` as two figures."""
    words = text[tally.start : tally.end]
    join = re.search(r"\s*(?:[-–—]|\bto\b)\s*", words)
    if join is None:
        return
    for value, begin, end in ((tally.low, 0, join.start()), (tally.high, join.end(), len(words))):
        start, stop = tally.start + begin, tally.start + end
        yield tally._replace(start=start, first=start, end=stop, last=stop, low=value, high=value, unit="votes")


def _figures_of(text: str, tokens: Tokens, *, heading: bool, claimed: "_Claims", offset: int) -> Iterator[Quantity]:
    """The quantities of a passage that are figures: ages settled, durations, dates and other traps left out."""
    aged = -1  # where the last age ends that may be the first of several
    for quantity in read_quantities(text):
        if quantity.rule == "tally":
            if vote_tally(text, quantity):
                yield from _sides(text, quantity)
            continue
        if age := _age(tokens, text, quantity) or _next_age(tokens, text, aged, quantity):
            yield age
            aged = age.end
        elif is_trap(tokens, text, quantity, heading=heading) or (
            quantity.unit is None and claimed.overlap(quantity.first + offset, quantity.last + offset)
        ):
            continue
        else:
            yield quantity


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value)


_PAID_BY = ("year", "month", "hour", "night", "head", "person")


def _unit(quantity: Quantity, counted: Counted, settled: dict[str, str]) -> str | None:
    if quantity.unit is None:
        return "1" if quantity.form == "share" else counted.unit
    if quantity.unit == "pounds" and (quantity.scaled or quantity.per in _PAID_BY):
        return "GBP"  # a million pounds, or pounds a year, are money far more often than weight
    return settled.get(quantity.unit, quantity.unit)


class _Read(NamedTuple):
    """A quantity with what the parse tells of it."""

    quantity: Quantity
    counted: Counted
    unit: str | None
    change: Change | None


_OR = re.compile(rf"(?:{BLANK}points?)?,?{BLANK}or{BLANK}\Z|{BLANK}?\(\Z")


def _in_other_words(text: str, previous: _Read | None, found: _Read) -> _Read:
    """`lost 47 points, or 0.3%`, `below 90 km/h (56 mph)`: the second says the first again, so that change,
    bounds and what is measured hold for it as well."""
    if previous is None or found.unit is None or found.unit == previous.unit:
        return found
    quantity, counted, unit, change = found
    before, noun, _, moved = previous
    between = _OR.match(text[max(before.end, noun.end or 0) : quantity.start])
    if not between:
        return found
    exact = quantity.low == quantity.high and not quantity.approximate
    if "(" in between[0] and exact and quantity.unit and before.unit:
        quantity = quantity._replace(
            low=None if before.low is None else quantity.low,
            high=None if before.high is None else quantity.high,
            approximate=before.approximate,
        )
    if counted.start is None and before.unit:
        counted = noun
    return _Read(quantity, counted, unit, change or moved)


_AGAINST = re.compile(
    rf"\b(?:compared{BLANK}(?:with|to)|versus|vs\.?|against|(?:up|down){BLANK}from|from|than){BLANK}\Z"
)


def _compared(text: str, previous: _Read | None, found: _Read) -> _Read:
    """`18.2 billion dollars, compared with 16 billion`: a number that a figure is held against has its unit."""
    quantity = found.quantity
    if previous is None or found.unit or quantity.rule not in ("number", "range") or quantity.form != "digits":
        return found
    unit = previous.unit
    alike = unit in MONEY or (unit == "%" and not quantity.scaled)
    near = _AGAINST.search(text, max(previous.quantity.end, quantity.start - 16), quantity.start)
    if not (alike and near) or re.search(r"[.;!?]\s", text[previous.quantity.end : quantity.start]):
        return found
    return found._replace(unit=unit)


def _figure(text: str, offset: int, found: _Read) -> Figure:
    quantity, counted, unit, change = found
    per = quantity.per
    if per is None and counted.end is not None and (rate := rate_after(text, counted.end)):
        per = rate[0]
    measured = None
    if counted.start is not None and counted.end is not None:
        measured = Span(start=offset + counted.start, end=offset + counted.end)
    return Figure(
        span=Span(start=offset + quantity.start, end=offset + quantity.end),
        low=_plain(quantity.low),
        high=_plain(quantity.high),
        approximate=quantity.approximate,
        change=change,
        unit=unit,
        per=per,
        measured=measured,
    )


def extract_figures(document: Document, passages: Sequence[Passage], timexes: Sequence[Timex]) -> list[Finding]:
    """The figures of a document, in order. See the conventions above.

    A bare number that a timex covers is left out. Never raises; linear in the length of the text.
    """
    claimed = _Claims(timexes)
    settled = settle(document)
    findings = []
    for passage in passages:
        start = passage.block.span.start
        text = passage.block.span.of(document.text)
        tokens = Tokens(passage.doc)
        if not len(tokens):
            continue
        previous: _Read | None = None
        moved = -1  # where the last amount of a change ends
        for quantity in _figures_of(
            text, tokens, heading=passage.block.kind in _HEADINGS, claimed=claimed, offset=start
        ):
            counted = counted_noun(tokens, text, quantity)
            if (
                previous
                and counted.start is not None
                and previous.quantity.start <= counted.start < previous.quantity.end
            ):
                counted = previous.counted  # `2.4 billion kroner ($230 million)`: what the one measures, the other does
            unit = _unit(quantity, counted, settled)
            change, noun = change_of(tokens, text, quantity, unit, counted)
            noun = noun or change_carrying(tokens, quantity, counted)
            if noun is not None and quantity.time and noun.idx >= quantity.end:
                noun = None  # `a two-year decline`, `four days of gains`: how long it took, not its size
            if noun is not None:
                counted = Counted(counted.unit, *change_measured(tokens, text, quantity, noun))
                change = change if noun.idx < quantity.end else None  # `a 2% increase` that was gained
            level = change is not None and is_level(tokens, quantity)
            if level and moved >= 0 and same_clause(tokens, moved, quantity.start):
                change = None
            found = _in_other_words(text, previous, _Read(quantity, counted, unit, change))
            found = _compared(text, previous, found)
            previous = found
            if found.change and not level:
                moved = found.quantity.end
            rule = "change.noun" if noun is not None and found.change is None else quantity.rule
            findings.append(Finding(value=_figure(text, start, found), rule=rule))
    return findings
