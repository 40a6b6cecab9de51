"""Numbers that are no figures: names, labels, dates, scores, addresses, list numbers, pronouns.

Only a bare number (no unit, no scale word) can be one of them; a percentage or a sum of money never is.
"""

import re
from typing import Any

from onrecord.extract.figures.amounts import Quantity
from onrecord.extract.figures.nouns import SHOCKS, phrase_head
from onrecord.extract.figures.tables import BLANK, table
from onrecord.extract.figures.tokens import Tokens

_TRAPS = table("traps")
_LABELS = frozenset(_TRAPS["labels"]["any_case"])
_CAPITAL = frozenset(_TRAPS["labels"]["capital"])
_LONE = frozenset(_TRAPS["labels"]["lone"])
_NAMES = frozenset(_TRAPS["labels"]["series"]) | frozenset(_TRAPS["labels"]["indices"])
_IDIOMS = frozenset(_TRAPS["idioms"]["hyphened"])
_UNCOUNTED = frozenset(_TRAPS["idioms"]["uncounted"])

_MONTH = "|".join(_TRAPS["time"]["months"])
_TIME_AFTER = re.compile(
    rf"{BLANK}?(?:{'|'.join(re.escape(word) for word in _TRAPS['time']['after'])})(?![A-Za-z])", re.IGNORECASE
)
_MONTH_AFTER = re.compile(rf"(?:{BLANK}(?:of{BLANK})?)(?:{_MONTH})\b\.?(?![a-z])", re.IGNORECASE)
_MONTH_BEFORE = re.compile(
    rf"\b(?:{_MONTH})\.?{BLANK}(?:[0-9]{{1,2}}(?:-|–|{BLANK}(?:and|to|or){BLANK}))?\Z", re.IGNORECASE
)
_ORDINAL_AFTER = re.compile(
    r"[- ](?:and[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|"
    r"\w+tieth|hundredth|thousandth|millionth)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    rf"{BLANK}(?:[NSEW]\.?{BLANK})?(?:[A-Z0-9][\w.'’-]{{1,24}}{BLANK}){{1,3}}(?:{'|'.join(_TRAPS['streets']['words'])})\b\.?(?![a-z])",
    re.IGNORECASE,
)
_STREET_WORD = re.compile(r"[A-Z]")
_LIST_START = re.compile(r"(?:\A|\n)[ \t]*(?:[-*•(][ \t]?)?\Z")
_LIST_END = re.compile(r"[.)]\s")
_NAME_BEFORE = re.compile(rf"(?P<word>[A-Za-z&][\w&.'’]*)(?:{BLANK}|-|{BLANK}?#)\Z")
_VOTE = re.compile(rf"\b(?:{'|'.join(_TRAPS['tallies']['vote'])})", re.IGNORECASE)
_SCORE = re.compile(rf"\b(?:{'|'.join(_TRAPS['tallies']['score'])})\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"0[0-9]|[0-9]{10}")
_HYPHENED = re.compile(r"-(?P<word>[A-Za-z-]{2,24})")
_WRITTEN_OUT = re.compile(r"[,.½¼¾]|[0-9][ \u00a0\u202f][0-9]")  # names and years have no separators
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])\.[0-5][0-9]\Z")
_YEAR_BEFORE = re.compile(r"\b(?:19|20)[0-9]{2}[ ,]{1,2}\Z")
_PARAGRAPH = re.compile(r"[0-9]{1,3}\.[0-9]{1,2}")
_NUMBERED = re.compile(
    rf"\b(?:Article|Section|Chapter|Rule|Paragraph|Clause|Table|Figure|Version|Regulation|Annex|Channel|v){BLANK}\Z"
)
_VERSION = re.compile(r"[0-9]{1,2}\.0")
_NAMED = re.compile(rf"\b(?!Magnitude\b)[A-Z][a-z]+{BLANK}\Z")  # `Democracy 2.0`
_ITSELF = re.compile(rf"\b(?:The|A|This|That|Another){BLANK}\Z")
_SUSPENDED = re.compile(r"-(?=\s)")  # `four- to sixfold`
_PART_OF_TIME = re.compile(
    rf"{BLANK}(?:of{BLANK})?(?:an?|the|this|last){BLANK}(?:hour|minute|second|day|week|month|year|decade|century)\b",
    re.IGNORECASE,
)
_WHICH_PART = re.compile(rf"\b(?:first|second|third|other|last){BLANK}\Z", re.IGNORECASE)  # `the second half`
_CLOSES = re.compile(r"\s*(?:[.,;:)]|\Z)")
_RANKED = re.compile(rf"\b(?:top|bottom){BLANK}\Z", re.IGNORECASE)  # `the bottom three`
_ZIP = re.compile(rf"\b[A-Z]{{2}}{BLANK}\Z")
_CLAUSE = 48  # code points before a number in which a game or a vote is looked for


def vote_tally(text: str, quantity: Quantity) -> bool:
    """Whether a pair like `52-48` is the outcome of a vote; otherwise it is a score, and no figure."""
    around = text[max(0, quantity.start - _CLAUSE) : quantity.end + 24]
    return bool(_VOTE.search(around)) and not _SCORE.search(around)


def is_trap(tokens: Tokens, text: str, quantity: Quantity, *, heading: bool) -> bool:
    """Whether the number is no figure. `heading`: the passage is a title, where capitals tell nothing."""
    if quantity.form == "share" and (
        _PART_OF_TIME.match(text, quantity.last) or _WHICH_PART.search(text, max(0, quantity.start - 8), quantity.start)
    ):
        return True
    if quantity.time:
        return _is_no_duration(tokens, text, quantity, heading=heading)
    if quantity.unit is not None or quantity.form in ("share", "vague"):
        return False
    digits = text[quantity.first : quantity.last]
    bare = not quantity.scaled and not _WRITTEN_OUT.search(digits)
    if _VERSION.fullmatch(digits) and not heading and _NAMED.search(text, max(0, quantity.first - 24), quantity.first):
        after = tokens.after(quantity.last)
        shook = after < len(tokens) and tokens[after].lower_ in SHOCKS
        return not (shook and _ITSELF.search(text, max(0, quantity.first - 9), quantity.first))
    if _PARAGRAPH.fullmatch(digits) and _NUMBERED.search(text, max(0, quantity.first - 16), quantity.first):
        return True
    if _HYPHENED.match(text, quantity.end) and _is_idiom(text, quantity):
        return True
    if _RANKED.search(text, max(0, quantity.start - 8), quantity.start) and quantity.form == "words":
        following = tokens.after(quantity.end)
        return following >= len(tokens) or not tokens[following].tag_.startswith(("NN", "JJ"))
    if _ORDINAL_AFTER.match(text, quantity.last):
        return True
    if quantity.form == "words":
        if _SUSPENDED.match(text, quantity.last):
            return True
        if _MONTH_BEFORE.search(text[max(0, quantity.first - 20) : quantity.first]) and _CLOSES.match(
            text, quantity.last
        ):
            return True  # `began March nine.`
        return _is_name_of_words(tokens, text, quantity, heading=heading) or _is_pronoun(tokens, text, quantity)
    if _is_date(text, quantity) or _SUSPENDED.match(text, quantity.last):
        return True
    return bare and (
        _names_what_follows(tokens, quantity, heading=heading)
        or _is_list_number(text, quantity)
        or _is_identifier(text, quantity)
        or _is_address(text, quantity)
        or _is_year(tokens, text, quantity)
        or _is_label(tokens, text, quantity)
        or _is_score(text, quantity)
    )


def _is_no_duration(tokens: Tokens, text: str, quantity: Quantity, *, heading: bool) -> bool:
    """`Thirty Years' War`, `one day he may`, `the twenty-second attempt`, `0600 hours`, `the 2023 fiscal year`."""
    number, unit = text[quantity.first : quantity.last], text[quantity.last : quantity.end].lstrip(" -\u00a0")
    if quantity.form == "digits" and len(number) == 4 and number.isdigit():
        return quantity.unit == "h" or (1500 <= quantity.value < 2200 and not unit.endswith("s"))
    if unit[:1].isupper() and not unit.isupper() and not heading and number[:1].isupper():
        return True
    if unit.lower() == "second" and quantity.form == "words":
        return text[quantity.last] == "-" or (quantity.value > 1 and quantity.start == quantity.first)
    if quantity.unit in ("d", "nights", "min") and number.lower() == "one" and quantity.start == quantity.first:
        before = tokens.before(quantity.start)
        return before < 0 or tokens[before].lower_ not in _ONE_DAY
    return False


_ONE_DAY = frozenset(
    {"in", "within", "for", "of", "than", "after", "just", "only", "last", "least", "by", "with", "every"}
)


def _names_what_follows(tokens: Tokens, quantity: Quantity, *, heading: bool) -> bool:
    """`787 Dreamliner`, `12 Pro Max`: a singular proper name right after the number is not counted by it."""
    head = phrase_head(tokens, tokens.after(quantity.end))
    if heading or head is None or quantity.value == 1:
        return False
    return bool(head.tag_ == "NNP" and not head.text.lower().endswith("s") and len(head.text.strip(".")) > 1)


def _is_idiom(text: str, quantity: Quantity) -> bool:
    match = _HYPHENED.match(text, quantity.end)
    return bool(match and (match["word"].lower() in _IDIOMS or match["word"].split("-")[0].lower() in _IDIOMS))


def _is_date(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.first - 20) : quantity.first]
    if _CLOCK.match(text[quantity.first : quantity.last]) and _YEAR_BEFORE.search(before):
        return True  # `7 Jul 2022 18.14`
    return bool(
        _TIME_AFTER.match(text, quantity.last)
        or _MONTH_AFTER.match(text, quantity.last)
        or _MONTH_BEFORE.search(before)
    )


def _is_list_number(text: str, quantity: Quantity) -> bool:
    """`1. First point`, `(2)`, `[12]`."""
    if quantity.value > 999:
        return False
    around = text[quantity.first - 1 : quantity.first] + text[quantity.last : quantity.last + 1]
    if around in ("()", "[]") or around.endswith("]"):
        return quantity.value < 100
    return bool(
        _LIST_END.match(text, quantity.last) and _LIST_START.search(text, max(0, quantity.first - 8), quantity.first)
    )


def _is_identifier(text: str, quantity: Quantity) -> bool:
    words = text[quantity.first : quantity.last]
    if _IDENTIFIER.match(words) or text[quantity.first - 1 : quantity.first] == "#":
        return True
    # A piece of an address on the net: what stands between the blanks around it tells. The reach is bounded, so that a
    # block without blanks takes no longer than its length.
    reach = max(0, quantity.first - 60)
    before = re.split(r"\s", text[reach : quantity.first])[-1]
    chunk = before + re.split(r"\s", text[quantity.first : quantity.last + 20])[0]
    return "://" in chunk or "www." in chunk or "@" in chunk


def _is_address(text: str, quantity: Quantity) -> bool:
    match = _STREET.match(text, quantity.last)
    if match and _STREET_WORD.match(match[0].strip()):
        return True
    return bool(9999 < quantity.value < 100000 and _ZIP.search(text, max(0, quantity.first - 4), quantity.first))


def _is_year(tokens: Tokens, text: str, quantity: Quantity) -> bool:
    """Four bare digits. Only a round number right before a plural, with no `the` or `in` before it, is a count."""
    words = text[quantity.first : quantity.last]
    low, high = quantity.low, quantity.high
    if quantity.rule == "range":
        return bool(low and high and 1000 <= low < 2200 and "," not in words and "." not in words)
    if not (len(words) == 4 and words.isdigit() and 1500 <= quantity.value < 2200):
        return False
    following = tokens.after(quantity.last)
    plural = following < len(tokens) and tokens[following].tag_ in ("NNS", "JJ") and text[quantity.last] == " "
    before = text[max(0, quantity.start - 8) : quantity.start].lower().split()
    dated = bool(before) and before[-1] in (
        "the",
        "in",
        "since",
        "of",
        "by",
        "until",
        "from",
        "late",
        "early",
        "mid",
        "its",
    )
    counted = plural and quantity.value % 10 == 0 and not dated
    return not (counted or (quantity.start < quantity.first and plural))


def _is_label(tokens: Tokens, text: str, quantity: Quantity) -> bool:
    """`Article 5`, `Flight 370`, `Leopard 2 tanks`, `S&P 500`."""
    if quantity.start != quantity.first:
        return False  # `at least 3`: no name has such words in it
    match = _NAME_BEFORE.search(text, max(0, quantity.first - 28), quantity.first)
    if not match:
        return False
    word, name = match["word"], match["word"].lower().rstrip(".")
    upper = word != name  # iPhone, S&P
    if name in _LABELS or name.removesuffix("s") in _LABELS:
        singular = name.removesuffix("s")
        if upper or not (name in _CAPITAL or singular in _CAPITAL):
            return True
        following = tokens.after(quantity.last)
        alone = following >= len(tokens) or not tokens[following].tag_.startswith(("NN", "JJ", "CD"))
        return name in _LONE and alone
    if word == "No." or (name in _NAMES and upper):
        return True
    if "-" in match[0][len(word) :] and name != "magnitude":
        return True  # a hyphen that the number's own boundary let through
    return upper and _is_part_of_name(tokens, quantity)


def _is_part_of_name(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether a capitalised word before a bare number makes one name with it.

    `sent Kyiv 31 tanks` does not: the word is a country, a place or a body, and the number counts what follows.
    """
    index = tokens.at(quantity.first)
    token = tokens[index]
    if index == 0:
        return False
    before = tokens[index - 1]
    if before.pos_ not in ("PROPN", "NOUN") and before.tag_ not in ("NNP", "NNPS"):
        return False
    if before.is_sent_start and before.tag_ not in ("NNP", "NNPS"):
        return False
    counts = token.dep_ == "nummod" and token.head.i > index and token.head.tag_ in ("NNS", "NNPS")
    if counts and before.ent_type_ in ("GPE", "NORP", "LOC", "ORG", "PERSON"):
        # Two numbers before one noun: the nearer is a part of its name (`three Leopard 2 tanks`); so is one after a
        # word that itself stands before the noun (`Masters 1000 tournaments`).
        joined = before.dep_ in ("compound", "nmod") and before.head.i == token.head.i
        return joined or any(child.tag_ == "CD" and child.i < index - 1 for child in token.head.lefts)
    return token.ent_iob_ == "I" or not counts


def _is_score(text: str, quantity: Quantity) -> bool:
    if quantity.rule != "range" or quantity.value >= 200:
        return False
    dash = re.fullmatch(r"[0-9]+[-–][0-9]+", text[quantity.first : quantity.last])
    before = text[max(0, quantity.first - _CLAUSE) : quantity.first]
    following = text[quantity.last : quantity.last + 12].split()
    counts = bool(following) and following[0].rstrip(".,").endswith("s") and text[quantity.last] == " "
    return bool(dash and _SCORE.search(before) and not counts)


def _is_name_of_words(tokens: Tokens, text: str, quantity: Quantity, *, heading: bool) -> bool:
    """`the Group of Seven`, `Fox One`: a number word with a capital inside a sentence is a part of a name."""
    if heading or not text[quantity.first].isupper() or text[quantity.first : quantity.last].isupper():
        return False
    token: Any = tokens[tokens.at(quantity.first)]
    starts = token.i == 0 or token.is_sent_start or tokens[token.i - 1].is_punct or tokens[token.i - 1].is_space
    return not starts or _names_itself(tokens, quantity)


def _names_itself(tokens: Tokens, quantity: Quantity) -> bool:
    """`Seven Sisters`: what follows is a name with a capital, and no parse makes it a count."""
    following = tokens.after(quantity.last)
    return following < len(tokens) and tokens[following].ent_type_ in ("FAC", "MISC")


def _is_pronoun(tokens: Tokens, text: str, quantity: Quantity) -> bool:
    """`one of the`, `no one`, `the one who`, `zero tolerance`: `one` and `zero` count only before a noun, or when
    something bounds them (`at least one`)."""
    if text[quantity.first : quantity.last].lower() not in ("one", "zero") or quantity.start != quantity.first:
        return False
    index = tokens.at(quantity.first)
    token = tokens[index]
    if token.tag_ != "CD":
        return True
    before = tokens[index - 1].lower_ if index else ""
    if before in (
        "no",
        "any",
        "every",
        "each",
        "some",
        "the",
        "this",
        "that",
        "which",
        "another",
        "day",
        "number",
        "-",
        "–",
    ):
        return True
    following = tokens.after(quantity.last)
    if following >= len(tokens) or tokens[following].lower_ in (*_UNCOUNTED, "of", "'s", "’s", "-"):
        return not _HYPHENED.match(text, quantity.end)
    return not (token.dep_ == "nummod" and token.head.i > index and token.head.tag_ in ("NN", "NNS"))
