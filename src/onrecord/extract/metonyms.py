"""Metonyms: where the name of a country or of its capital stands for those who govern it.

After Markert and Nissim (SemEval-2007 task 8) a place name is metonymic mostly as the subject of what only people do
(`Berlin announced`), and here also as what is accused, urged or negotiated with, and as the owner of a policy or army.
"""

import re
from functools import cache

from onrecord.extract.toponyms import Toponym, words

_NEXT = re.compile(r"(?:,? (?:also|has|have|had|would|will|later|again|\w+ly|on \w+|last \w+|this \w+))*[ ]([a-z]+)\b")
_OWN = re.compile(r"['’]s? (?:\w+ )?([a-z]+)\b")
_PLACED = re.compile(
    r"\b(?:in|near|at|from|to|of|outside|around|through|across|via|for|into|toward|towards|over|inside|by|downtown|central)"
    r" (?:the )?(?:[A-Z][\w’'.-]* (?:and |, )?){0,4}$"
)
_BETWEEN = re.compile(
    r"\b(?i:agreement|alliance|conflict|crisis|deal|dispute|ties|relations|relationship|rift|row|talks|tensions?"
    r"|treaty|understanding|misunderstandings?|war) between (?:[A-Z][\w.]* ){1,3}and $"
)
_PRO = re.compile(r"\b(?:pro|anti)[-–]$", re.IGNORECASE)
_BACK = 60
"""Characters before a name that are looked at."""


def governs(text: str, toponym: Toponym, *, capital: bool) -> bool:
    """Whether a country's or a capital's name stands for its government. Of a capital more is asked: `Moscow's
    hospitals` are the city's."""
    before, after = text[max(0, toponym.span.start - _BACK) : toponym.span.start], text[toponym.span.end :][:_BACK]
    if _BETWEEN.search(before) and capital:
        return True
    if _PRO.search(before) or _towards().search(before):
        return True
    if _PLACED.search(before):
        return False
    does = _NEXT.match(after)
    has = _OWN.match(after) if capital else None
    return bool(
        (does and does[1] in words().deeds) or (has and has[1] in words().belongings) or (capital and _and_deed(after))
    )


def _and_deed(after: str) -> bool:
    """`Washington and London accused`: the first of two that do something."""
    match = re.match(r" and [A-Z][\w’'.-]{1,20}(?: [a-z]+ly)? ([a-z]+)\b", after)
    return bool(match and match[1] in words().deeds and match[1] not in ("said", "says", "signed"))


@cache
def _towards() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in words().towards if phrase != "pro")
    return re.compile(rf"\b(?:{phrases}) (?:both )?$")
