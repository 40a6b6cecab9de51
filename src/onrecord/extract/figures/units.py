"""Units of measure and currencies: what stands before or after a number, and the code it gets.

Codes: UCUM for measures, ISO 4217 for money. Where neither has a code (`pence`, `basis points`), or the words do not
say which (`dollars`, `pounds`, `pesos`), the unit is the counted noun.
"""

import re
from typing import NamedTuple

from onrecord.extract.figures.numbers import LETTERS, SCALES
from onrecord.extract.figures.tables import BLANK, alternatives, fold, table
from onrecord.model import Document

_MONEY = table("currencies")
_UNITS = table("units")

_BEFORE: dict[str, str] = {**_MONEY["before"], **{code: code for code in _MONEY["codes"]["list"]}}
_SYMBOLS: dict[str, str] = {symbol: unit["code"] for unit in _UNITS["unit"] for symbol in unit["symbols"]}
_TIME = frozenset(unit["code"] for unit in _UNITS["unit"] if unit.get("time"))
_COINS: dict[str, str] = {**{fold(name): code for name, code in _MONEY["after"].items()}}
_NAMES: dict[str, str] = {
    **{fold(name): unit["code"] for unit in _UNITS["unit"] for name in unit["names"]},
    **_COINS,
    **{code.lower(): code for code in _MONEY["codes"]["list"]},
}
MONEY = frozenset(_BEFORE.values()) | frozenset(_COINS.values()) | {"pence", "cents"}
DOLLARS = frozenset({"dollars", "USD", *_MONEY["dollars"].values()})

_TOUCHING = frozenset({"C", "F", "pc", "V", "W"})  # symbols that a blank would make a word of its own
_touching, _loose = (alternatives(s for s in _SYMBOLS if (s in _TOUCHING) is touching) for touching in (True, False))
_AFTER = re.compile(
    rf"(?:(?P<symbol>{_touching}|{BLANK}?(?:{_loose})|-(?:{_loose}))(?![A-Za-z0-9]|\.[mM])"
    rf"|(?:{BLANK}|-|{BLANK}?(?=percent))(?P<name>(?i:{alternatives(_NAMES)})(?:s|es)?)(?![A-Za-z0-9]))"
)
_WHICH = re.compile(
    rf"{BLANK}?(?P<which>U\.S\.|US|USD|Canadian|Australian|AUD|CAD|NZD)(?![A-Za-z])(?!{BLANK}[A-Za-z]+s\b)"
)
_WHICH_CODE = {"U.S.": "USD", "US": "USD", "Canadian": "CAD", "Australian": "AUD"}

PREFIX = re.compile(
    rf"(?<![A-Za-z0-9$])(?P<code>{alternatives(_BEFORE)}){BLANK}?\Z",
)
"""A currency right before a number, to be searched in the few code points that lead up to it."""

_SCALE = re.compile(rf"(?:{BLANK}|-)?(?P<scale>(?i:{alternatives(SCALES)}))(?![A-Za-z0-9])")
_LETTER = re.compile(
    rf"(?P<blank>{BLANK}?)(?P<letter>[{''.join(LETTERS)}{''.join(LETTERS).upper()}])(?![A-Za-z0-9²³/])"
)

# What tells `1.2 m` of length from `1.2m` of voters: a word of size near it, or a plural after it.
_SIZE = (
    r"wide|long|high|tall|deep|away|off|apart|above|below|from the|sprint|race|dash|hurdles|freestyle|butterfly|"
    r"breaststroke|backstroke|relay|pool|radius|gap|distance|drop|tower|wall|fence|yacht|boat|ship|telescope|wave|"
    r"exclusion|medley|final|record|jump|air|steeplechase|springboard|platform|x"
)
_SIZE_AFTER = re.compile(rf"(?:{BLANK}|-)(?:{_SIZE})\b|{BLANK}?\([0-9]|{BLANK}?x{BLANK}?[0-9]")
_SIZE_BEFORE = re.compile(
    r"\b(?:height|width|length|depth|distance|altitude|metres?|meters?|swam|ran|jump(?:ed)?|deep|high|tall|long|wide)\b"
)
_PLURAL_AFTER = re.compile(
    rf"{BLANK}(?!(?:of|in|on|at|from|to|for|by|with|as|and|or|is|was|has)\b)"
    rf"(?:[A-Za-z-]{{1,24}}{BLANK}){{0,2}}(?:[A-Za-z-]{{2,24}}s|people|children|men|women|staff|homes)\b"
)


# `the 400m`, `the women's 1,500m`: the name of a race, unless something is counted.
_RACES = "50|60|80|100|110|200|300|400|500|800|1,?000|1,?500|3,?000|5,?000|10,?000"
_RACE = re.compile(rf"(?:\b[Tt]he|\b[Hh]is|\b[Hh]er|\b(?:[Mm]en|[Ww]omen)['’]s){BLANK}(?:{_RACES})\Z")


class Unit(NamedTuple):
    """A unit and where its words end."""

    code: str
    end: int

    @property
    def time(self) -> bool:
        return self.code in _TIME


def currency_before(text: str, start: int) -> tuple[str, int] | None:
    """The currency that ends at `start`, and where its sign begins."""
    match = PREFIX.search(text, max(0, start - 6), start)
    if not match:
        return None
    sign = match["code"]
    if sign == "PS" and not re.match(r"[0-9.]+(?:[mbk]n?\b|,[0-9]{3})|[0-9]+\.[0-9]", text[start : start + 16]):
        return None  # PS5 is a PlayStation
    return _BEFORE[sign], match.start()


def scale_after(text: str, at: int, *, money: bool) -> tuple[int, int] | None:
    """What multiplies the number that ends at `at`, and where its words end."""
    if match := _SCALE.match(text, at):
        return SCALES[match["scale"].lower()], match.end()
    if not (match := _LETTER.match(text, at)):
        return None
    letter, end = match["letter"], match.end()
    after = text[end : end + 60]
    if money:
        return LETTERS[letter.lower()], end
    touching = not match["blank"]
    match letter:
        case "k":
            counts = touching
        case "K":
            counts = touching and bool(_PLURAL_AFTER.match(after))  # `4K film`
        case "B" | "M":
            counts = touching or bool(_PLURAL_AFTER.match(after))
        case "m":
            before = text[max(0, at - 60) : at]
            long = _SIZE_AFTER.match(after) or _SIZE_BEFORE.search(before)
            race = _RACE.search(before) and not _PLURAL_AFTER.match(after)
            counts = not long and not race and (touching or bool(_PLURAL_AFTER.match(after)))
        case _:
            counts = False  # `t` alone is a tonne, `Figure 3b` a label
    return (LETTERS[letter.lower()], end) if counts else None


def unit_after(text: str, at: int) -> Unit | None:
    """The unit or currency whose words begin at `at`, a blank or hyphen before it included."""
    match = _AFTER.match(text, at)
    if not match:
        letter = _LETTER.match(text, at)
        return Unit("m", letter.end()) if letter and letter["letter"] == "m" else None
    if symbol := match["symbol"]:
        return Unit(_SYMBOLS[symbol.lstrip("-").strip()], match.end())
    if "\n" in text[at : match.start("name")] and match["name"][:1].isupper():
        return None  # the next line of a table begins (`4,619,000`, then `Year`)
    name = fold(match["name"])
    for form in (name, name.removesuffix("s"), name.removesuffix("es")):
        if form in _NAMES:
            return Unit(_NAMES[form], match.end())
    return None


def which_dollar(text: str, at: int) -> Unit | None:
    """`$75 U.S.`: the word after the amount that says whose dollar it is."""
    match = _WHICH.match(text, at)
    return Unit(_WHICH_CODE.get(match["which"], match["which"]), match.end()) if match else None


_LENGTHS = frozenset({"km", "m", "[mi_i]", "[yd_i]", "[ft_i]", "[nmi_i]"})
_WINDS = "(?:north|south|east|west)"
_APART = re.compile(
    rf"(?:\)|{BLANK}\([^()\n]{{1,24}}\))?{BLANK}(?:away|apart|off|from{BLANK}(?!(?:last|this|the{BLANK}(?:previous|record|peak)|[0-9]))|"
    rf"(?:due{BLANK})?{_WINDS}{{1,2}}(?:[- ]?{_WINDS})?(?:ern|wards?)?\b|outside|inland|offshore|upstream|downstream|"
    rf"behind|beyond|downriver|upriver)\b",
    re.IGNORECASE,
)
"""After a length: it is how far one place lies from another, and no size of what the sentence is about."""


def is_distance(text: str, unit: str | None, end: int) -> bool:
    """`150 km from the capital`: whether an amount that ends there says how far one place lies from another."""
    return unit in _LENGTHS and bool(_APART.match(text, end))


_OWN_DOLLAR = re.compile(r"\bUS ?\$|\bU\.S\. ?\$|\bUSD\b|\b(?:U\.S\.|US|American) dollars?\b")


def settle(document: Document) -> dict[str, str]:
    """Which dollar and which pound a document means where it does not say.

    A bare `$` is the dollar of the country that the outlet's address ends in (`.ca`, `.com.au`); where the text marks
    the American dollar as such (`US$`), a bare one is another that we cannot tell, and stays `dollars`; otherwise USD.
    `pounds` is money in a document that writes `£`, else weight.
    """
    source = document.source.url or ""
    host = re.sub(r"^[a-z]+://", "", source.lower()).split("/")[0].split(":")[0]
    dollar = next((code for ending, code in _MONEY["dollars"].items() if host.endswith(ending)), None)
    if dollar is None:
        dollar = "dollars" if _OWN_DOLLAR.search(document.text) else "USD"
    return {"dollars": dollar, "pounds": "GBP" if "£" in document.text else "[lb_av]"}
