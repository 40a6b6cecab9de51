"""Rates: what a figure is counted against (`per year`, `a barrel`, `per 100,000 people`), on the text alone."""

import re

from onrecord.extract.figures.tables import BLANK, alternatives, fold, table

_PER = table("units")["per"]
_PER_NOUN = alternatives([*_PER["nouns"], *(noun + "s" for noun in _PER["nouns"])])
_RATE = re.compile(
    rf"(?:{BLANK}|-)(?:per(?:{BLANK}|-)(?!cent\b)(?P<per>(?:[0-9][0-9,]*(?:{BLANK}(?:thousand|million))?{BLANK})?"
    rf"(?:square{BLANK}|sq\.?{BLANK}|cubic{BLANK}|troy{BLANK})?[A-Za-z]+|[0-9][0-9,]*)"
    rf"|(?:a|an|each|every)(?:{BLANK}|-)(?P<each>(?:[0-9]+{BLANK})?(?:{_PER_NOUN}))\b"
    rf"(?!{BLANK}(?:ago|earlier|later|after|before|old|from|previously|prior|on))"
    rf"|(?P<adverb>{'|'.join(_PER['adverbs'])})\b)|/(?P<slash>(?:sq{BLANK}?)?[a-z]+)\b",
    re.IGNORECASE,
)

DENOMINATOR = re.compile(rf"\bper{BLANK}\Z", re.IGNORECASE)
"""Before a number that is itself a denominator."""


def rate_after(text: str, at: int) -> tuple[str, int] | None:
    """What a figure is counted against (`year`, `100,000 people`), and where those words end."""
    match = _RATE.match(text, at)
    if not match:
        return None
    if match["adverb"]:
        return _PER["adverbs"][match["adverb"].lower()], match.end()
    return fold(match["per"] or match["each"] or match["slash"]), match.end()
