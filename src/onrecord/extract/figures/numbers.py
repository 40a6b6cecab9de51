"""Numbers as news writes them, in digits or in words, each with its value. No units, no bounds, no context.

What is read: `1,500`, `10 000`, `1.250.000`, `2½`, `13-3/4`, `twenty-eight thousand`, `two hundred and five`,
`a dozen`, `half a million`, `two-thirds`, `one in five`, and the vague `hundreds of thousands`, `several hundred`.
"""

import re
from decimal import Context, Decimal
from typing import Literal, NamedTuple

from onrecord.extract.figures.tables import BLANK, alternatives, fold, table

Form = Literal["digits", "words", "vague", "share"]

_EXACT = Context(prec=60)
_PLACES = 12  # of a fraction that does not end: a third is 0.333333333333
_LONGEST = 48  # code points of a number; anything longer is no figure of a newspaper

_NUMBERS = table("numbers")
ONES: dict[str, int] = _NUMBERS["ones"]
_SMALL: dict[str, int] = {**ONES, **_NUMBERS["teens"], **_NUMBERS["tens"]}
SCALES: dict[str, int] = _NUMBERS["scales"]
LETTERS: dict[str, int] = _NUMBERS["letters"]
_VAGUE: dict[str, int] = _NUMBERS["vague"]
_PARTS: dict[str, int] = _NUMBERS["parts"]
_GLYPHS: dict[str, str] = _NUMBERS["glyphs"]


class Number(NamedTuple):
    """`value` of the words from `start` to `end`; for a vague one it is the least that they can mean."""

    start: int
    end: int
    value: Decimal
    form: Form


def _words_pattern() -> str:
    """Number words, put together only as English allows, so that `two three` are two numbers."""
    ones, teens, tens = (alternatives(_NUMBERS[group]) for group in ("ones", "teens", "tens"))
    blank = rf"(?:{BLANK}|-)"
    hundred = rf"(?:(?:{tens})(?:{blank}(?:{ones}))?|{teens}|{ones})\b"
    thousand = rf"(?:(?:{hundred}|an?\b){blank}hundred\b(?:{blank}(?:and{blank})?{hundred})?|{hundred})"
    scale = rf"(?:{alternatives(word for word in SCALES if word != 'hundred')})\b"
    many = rf"(?:{thousand}|an?\b){blank}{scale}(?:{blank}{scale})?"
    plus = rf"{blank}(?:and{blank})?{thousand}"
    rest = rf"(?:{plus}{blank}{scale}){{0,4}}(?:{plus}(?!{blank}{scale}))?"
    return rf"(?:{many}{rest}|{thousand}|zero\b)(?:{blank}and{blank}a{blank}half\b(?:{blank}{scale})?)?"


def _vague_pattern() -> str:
    plural = alternatives(word for word in _VAGUE if word not in ("tens", "scores"))
    every = alternatives(_VAGUE)
    scale = alternatives(SCALES)
    of = rf"{BLANK}(?:of|and|upon){BLANK}"
    few = rf"(?:several|many|a{BLANK}few|a{BLANK}couple(?:{BLANK}of)?)"
    return (
        rf"(?:{every}){of}(?:{plural})(?:{of}(?:{plural}))?\b|(?:{plural})\b|scores\b(?={BLANK}of\b)"
        rf"|{few}{BLANK}(?:{scale})\b(?:{BLANK}(?:{scale})\b)?(?!-)"
    )


def _share_pattern() -> str:
    count = alternatives(ONES)
    part = alternatives(word for word in _PARTS if not word.startswith("hal"))
    glyph = "".join(_GLYPHS)
    # `rose by a third`, `about a quarter`: alone, `a quarter` is three months and `a third` one more.
    led = "|".join(rf"(?<=\b{word} )" for word in ("by", "about", "around", "nearly", "almost", "than", "roughly"))
    return (
        rf"(?:{count})(?:-|{BLANK})(?:{part})s?\b|an?{BLANK}(?:{part})\b(?={BLANK}(?:of|were|was|are|have|had)\b)"
        rf"|(?:{led})(?:an?{BLANK}(?:{part})|half(?!{BLANK}an?\b))\b"
        rf"|(?:an?{BLANK}|one(?:-|{BLANK}))half\b|half(?={BLANK}(?:of|were|are|have|the|its|their|his|her|our|all)\b)|[0-9]{{1,2}}/[0-9]{{1,2}}(?![0-9/])"
        rf"|[{glyph}]"
    )


_DIGITS = "|".join(
    (
        r"[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?",  # 1,234,567.8
        r"[0-9]{1,2}(?:,[0-9]{2}(?![0-9]))++,[0-9]{3}",  # 1,00,000
        r"[0-9]{1,3}(?:\.[0-9]{3}){2,}+",  # 1.250.000
        r"[1-9][0-9]{0,2}(?:[ \u00a0\u202f\u2009][0-9]{3})++",  # 10 000
        r"[0-9]{1,4}[- ][0-9]{1,2}/(?:2|3|4|5|8|16|32|64)",  # 13-3/4
        r"[0-9]++(?:\.[0-9]++)?+(?: ?[" + "".join(_GLYPHS) + "])?",
        r"\.[0-9]++",
    )
)

_UNITS = [fold(name) for unit in table("units")["unit"] for name in unit["names"]]
_HALF_SCALE = (
    rf"half{BLANK}an?{BLANK}(?:{alternatives(SCALES)})\b|half{BLANK}an?(?={BLANK}(?:{alternatives(_UNITS)})\b)"
)

NUMBER = re.compile(
    rf"(?<![0-9])(?:(?<![A-Za-z])(?P<share>{_share_pattern()})|(?P<digits>{_DIGITS})(?![0-9])"
    rf"|(?<![A-Za-z])(?:(?P<vague>{_vague_pattern()})|(?P<words>{_HALF_SCALE}|{_words_pattern()})))",
    re.IGNORECASE,
)


def plain(value: Decimal) -> Decimal:
    """The same value in the one form that an id may rest on: no exponent, no zeros at the end."""
    text = format(value.quantize(Decimal(1).scaleb(-_PLACES), context=_EXACT) if value % 1 else value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _fraction(text: str) -> Decimal:
    over, under = text.split("/")
    return _EXACT.divide(Decimal(over), Decimal(under)) if int(under) else Decimal(0)


def _digits_value(text: str) -> Decimal:
    if text[-1] in _GLYPHS:
        whole = text[:-1].strip()
        return (_digits_value(whole) if whole else Decimal(0)) + _fraction(_GLYPHS[text[-1]])
    if "/" in text:
        whole, part = re.split(r"[- ]", text)
        return Decimal(whole) + _fraction(part)
    bare = re.sub(r"[,\s\u00a0\u202f\u2009]", "", text)
    return Decimal(bare.replace(".", "") if bare.count(".") > 1 else bare)


def _words_value(text: str) -> Decimal:
    total = current = Decimal(0)
    words = re.split(r"[\s-]+", fold(text))
    for place, word in enumerate(words):
        if word in ("a", "an"):
            # `and a half` ends a number; `a hundred` starts one.
            current += 0 if words[place + 1 : place + 2] == ["half"] else 1
        elif word == "half":
            # `half a million`, `one and a half million`: the article counts for nothing.
            if place == 0:  # `half a million`; of `half an hour` the number ends before the unit
                return SCALES.get(words[-1], 1) / Decimal(2)
            before = words[place - 3] if place > 2 else ""
            current += Decimal("0.5") * SCALES.get(before, 1)
        elif word in ("hundred", "dozen"):
            current *= SCALES[word]
        elif word in SCALES:
            # `two hundred thousand million` multiplies on; `two thousand and five` adds.
            if place and words[place - 1] in SCALES and words[place - 1] not in ("hundred", "dozen"):
                total *= SCALES[word]
            else:
                total, current = total + current * SCALES[word], Decimal(0)
        elif word in _SMALL:
            current += _SMALL[word]
    return total + current


def _vague_value(text: str) -> Decimal:
    value = Decimal(1)
    for word in re.split(r"[\s-]+", fold(text)):
        if word == "and":
            break
        value *= _VAGUE.get(word) or SCALES.get(word) or 1
    return value


def _share_value(text: str) -> Decimal | None:
    if text in _GLYPHS:
        return _fraction(_GLYPHS[text])
    if "/" in text:
        over, under = (int(side) for side in text.split("/"))
        return _fraction(text) if 0 < over < under else None
    *count, part = re.split(r"[\s-]+", fold(text))
    under = _PARTS[part] if part in _PARTS else _PARTS[part.removesuffix("s")]
    over = ONES.get(count[0], 1) if count else 1
    return _EXACT.divide(Decimal(over), Decimal(under))


def read_number(match: re.Match[str]) -> Number | None:
    """What a match of `NUMBER` is worth; None if it is too long, or no number after all (`9/11` is over one only
    in form: see the traps)."""
    form: Form = match.lastgroup  # type: ignore[assignment]
    text = match[0]
    if len(text) > _LONGEST * 3 or (form == "digits" and len(text) > _LONGEST):
        return None
    match form:
        case "digits":
            value: Decimal | None = _digits_value(text)
        case "words":
            value = _words_value(text)
        case "vague":
            value = _vague_value(text)
        case _:
            value = _share_value(text)
    return None if value is None else Number(match.start(), match.end(), value, form)
