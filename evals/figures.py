"""Figures: NewsQuant dev (CQE, Almasian et al. 2023) by sentence, the VALUE mentions of MEANTIME by article, and
`evals/figures.jsonl`, sentences of our own.

NewsQuant has no offsets: a quantity is right if its value is found in the sentence; then with its unit; then with its
change. Where its conventions are not ours:
- `one of the best` is 1, `one of four` 0.25 there; we give no figure, and the four. The former are set aside.
- `from 43 to 41` is one range there and two figures here: both ends found count as the range found.
- A gold quantity has one change code where two are true (`up about 19%`): either of ours counts as right.
- `nearly`, `about` are `~`; `at least` and `more than` both `>`; vague plurals are a number there (`dozens` is 12).
- We also read ages in apposition and two-figure tallies, which are not in the gold: counted as wrong.

MEANTIME: money, percentages and quantities by overlap of spans; its spans take in the counted noun.

Our own: 196 sentences, 74 of them without a figure. A figure is right if it overlaps the span and has both bounds; then
with unit; then with change; `whole` is all fields that the sentence states (a field that is not annotated is not asked
for), `measured` the words that are measured. `open` are words that may be read either way. First annotated before any
output was looked at; when levels beside a change lost theirs (`rose 3% to 41`), when nouns of change gave none any more
(`a fall of 80 percent`, the one such sentence), and in four other places, both parts were annotated anew, after outputs
of dev had been seen. The rules were made on `part` dev. The failures of `kept` were not read, but its author made the
rules, and some (`half an hour`, `kronor`, `plus costs`) meet its sentences: take it for an upper bound, not for unseen
text.
"""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from evals.measure import Counts, Score, f1
from evals.measure import score as scored
from onrecord.extract.figures import extract_figures
from onrecord.extract.parse import parse
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Block, Document, Figure, Source, Span, Timex

FAMILY = "figures"

OWN = Path(__file__).with_name("figures.jsonl")
_CLOSE = Decimal("1e-6")

# Our codes and their words for the same unit; a counted noun is compared by its last word, without its plural.
_SAME = {
    "USD": {"dollar", "united states dollar"}, "dollars": {"dollar"}, "GBP": {"pound sterling"}, "EUR": {"euro"},
    "JPY": {"japanese yen"}, "CNY": {"chinese yuan"}, "AUD": {"australian dollar"}, "NZD": {"new zealand dollar"},
    "MYR": {"malaysian ringgit"}, "ZAR": {"south african rand"}, "%": {"percentage"}, "pence": {"point", "pence"},
    "cents": {"cent"}, "basis points": {"basis point"}, "a": {"year of age", "year"}, "mo": {"month of age", "month"},
    "km": {"kilometre"}, "m": {"metre"}, "mm": {"millimetre"}, "nm": {"nanometre"}, "[mi_i]": {"mile"},
    "[yd_i]": {"yard"}, "[ft_i]": {"foot"}, "[in_i]": {"inch"}, "m2": {"square metre"}, "[mi_i]2": {"square mile"},
    "L": {"litre"}, "mL": {"millilitre"}, "t": {"metric ton"}, "kW": {"kilowatt"}, "kW.h": {"kilowatt hour"},
    "[HP]": {"horsepower"}, "[ft_i].[lbf_av]": {"foot pound-force"}, "mA.h": {"milliampere-hour"},
    "[mi_i]/h": {"mile per hour"}, "m/s": {"metre per second"}, "[mi_i]/[gal_us]": {"mile per gallon"},
    "Mbit/s": {"megabit per second"}, "GBy": {"gigabyte"}, "Hz": {"hertz"}, "dB": {"decibel"}, "MPa": {"megapascal"},
    "k[psi]": {"kilopound per square inch"}, "[degF]": {"fahrenheit"}, "Cel": {"celsius", "degree celsius"},
    "kg": {"kilogram"}, "s": {"second"}, "min": {"minute"}, "h": {"hour"}, "d": {"day"}, "wk": {"week"},
    "g": {"gram"}, "W": {"watt"}, "MW": {"megawatt"}, "GW": {"gigawatt"}, "har": {"hectare"},
    "[acr_us]": {"acre"}, "[lb_av]": {"pound-mass", "pound"}, "[oz_av]": {"ounce"}, "GHz": {"gigahertz"},
}  # fmt: skip


def _document(text: str, blocks: Sequence[Block] | None = None) -> Document:
    whole = Block(kind="paragraph", span=Span(start=0, end=len(text)))
    return Document(
        id="eval",
        source=Source(sha256="", media_type="text/plain"),
        reader="eval/1",
        text=text,
        blocks=tuple(blocks or [whole]),
    )


def _figures(document: Document) -> list[Figure]:
    timexes = [found.value for found in extract_timexes(document) if isinstance(found.value, Timex)]
    found = extract_figures(document, parse(document), timexes)
    return [finding.value for finding in found if isinstance(finding.value, Figure)]


def _ends(value: str) -> tuple[Decimal, ...]:
    """The numbers of a gold value: `16.5`, `-130`, or the two ends of `2415.0-2315.0`."""
    return tuple(Decimal(end) for end in re.findall(r"(?:^-)?[0-9.]+", value.replace(" ", "")))


def _equal(left: Decimal, right: Decimal) -> bool:
    return abs(abs(left) - abs(right)) <= _CLOSE * max(abs(left), abs(right), 1)


def _has_value(figure: Figure, ends: tuple[Decimal, ...]) -> bool:
    bounds = [bound for bound in (figure.low, figure.high) if bound is not None]
    if len(ends) == 1:
        return len(set(bounds)) == 1 and _equal(bounds[0], ends[0])
    if len(set(bounds)) == 1 and figure.approximate:
        return _equal(bounds[0], min(ends))  # tens of thousands
    return len(bounds) == 2 and all(map(_equal, sorted(bounds), sorted(ends)))


def _has_unit(figure: Figure, gold: dict[str, Any]) -> bool:
    wanted = (
        gold["normalized_unit"].split(" per ")[0] if " per " in gold["normalized_unit"] else gold["normalized_unit"]
    )
    if figure.unit in _SAME:
        return bool(_SAME[figure.unit] & {wanted, gold["normalized_unit"]})
    if figure.unit == "1":
        return wanted.startswith("%")
    if figure.unit is None or wanted == "-":
        return figure.unit is None and wanted == "-"
    words = {
        word.rstrip("s") for form in (wanted, gold["unit"].lower()) for word in re.findall(r"[\w-]+", form.lower())
    }
    return figure.unit.rstrip("s") in words


def _changes(figure: Figure) -> set[str]:
    """The change codes of NewsQuant that a figure earns."""
    codes = {figure.change} if figure.change else set()
    if figure.approximate:
        codes.add("~")
    elif figure.low is None or figure.high is None:
        codes.add(">" if figure.high is None else "<")
    return codes or {"="}


def _of_one(text: str, gold: dict[str, Any]) -> bool:
    """`one of the best` is a quantity in NewsQuant, `one of four` a quarter."""
    return (
        gold["value"] in ("1", "1.0", "0.25") and bool(re.search(r"\b[Oo]ne of\b", text)) and _ends(gold["value"]) != ()
    )


def match_sentence(text: str, gold: list[dict[str, Any]], found: list[Figure]) -> list[Counts]:
    """Counts of one sentence: by value, by value and unit, by value and change."""
    left = list(found)
    hits = [0.0, 0.0, 0.0]
    wanted = [item for item in gold if not _of_one(text, item)]
    merged = 0
    for item in wanted:
        ends = _ends(item["value"])
        fits = [figure for figure in left if _has_value(figure, ends)]
        if not fits and len(ends) == 2:
            pair = [next((f for f in left if _has_value(f, (end,))), None) for end in ends]
            if pair[0] and pair[1] and pair[0] is not pair[1]:
                left.remove(pair[0])
                merged += 1
                fits = [pair[1]]
        if not fits:
            continue
        fits.sort(key=lambda figure: (_has_unit(figure, item), item["change"] in _changes(figure)), reverse=True)
        left.remove(fits[0])
        hits[0] += 1
        hits[1] += _has_unit(fits[0], item)
        hits[2] += item["change"] in _changes(fits[0])
    return [Counts(hit, len(found) - merged - hit, len(wanted) - hit) for hit in hits]


OWN_NAMES = ("value", "value+unit", "value+change", "whole", "measured")


def match_own(text: str, item: dict[str, Any], found: list[Figure]) -> list[Counts]:
    """Counts of one sentence of ours, in the order of `OWN_NAMES`."""
    left = [figure for figure in found if not any(words in figure.span.of(text) for words in item.get("open", ()))]
    total, hits = len(left), [0] * len(OWN_NAMES)
    measured = [want for want in item["figures"] if want.get("measured")]
    reached = 0
    for want in item["figures"]:
        begin = text.index(want["span"], reached)
        reached = begin + len(want["span"])
        span = Span(start=begin, end=reached)
        bounds = tuple(None if end is None else Decimal(end) for end in (want["low"], want["high"]))
        match = next((f for f in left if f.span.overlaps(span) and (f.low, f.high) == bounds), None)
        if match is None:
            continue
        left.remove(match)
        right = {key: want.get(key, getattr(match, key)) == getattr(match, key) for key in _FIELDS}
        noun = match.measured.of(text) if match.measured else None
        for place, hit in enumerate(
            (True, right["unit"], right["change"], all(right.values()), want in measured and noun == want["measured"])
        ):
            hits[place] += hit
    counts = [Counts(hit, total - hit, len(item["figures"]) - hit) for hit in hits[:-1]]
    return [*counts, Counts(hits[-1], 0, len(measured) - hits[-1])]


_FIELDS = ("unit", "change", "approximate", "per")


def own() -> list[dict[str, Any]]:
    return [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]


def precision(counts: Sequence[Counts]) -> float:
    found = sum(c.tp + c.fp for c in counts)
    return sum(c.tp for c in counts) / found if found else 0.0


def recall(counts: Sequence[Counts]) -> float:
    wanted = sum(c.tp + c.fn for c in counts)
    return sum(c.tp for c in counts) / wanted if wanted else 0.0


def _meantime(path: Path) -> Counts:
    """VALUE mentions of one MEANTIME article against ours, by overlap. The text is its tokens, a blank between."""
    root = ElementTree.parse(path).getroot()
    spans: dict[str, Span] = {}
    blocks, text = [], ""
    sentence, began = "0", 0
    for token in root.iter("token"):
        if token.get("sentence") != sentence:
            blocks.append(Block(kind="paragraph", span=Span(start=began, end=len(text))))
            text += "\n"
            sentence, began = str(token.get("sentence")), len(text)
        glue = "" if len(text) == began else " "
        text += glue + (token.text or "")
        spans[str(token.get("t_id"))] = Span(start=len(text) - len(token.text or ""), end=len(text))
    blocks.append(Block(kind="paragraph", span=Span(start=began, end=len(text))))
    gold = []
    for value in root.iter("VALUE"):
        anchors = [spans[str(anchor.get("t_id"))] for anchor in value.iter("token_anchor")]
        gold.append(Span(start=anchors[0].start, end=anchors[-1].end))
    # The gold covers the first sentences of an article only.
    last = max((span.end for span in gold), default=0)
    found = [figure.span for figure in _figures(_document(text, blocks)) if figure.span.start < last]
    hit = sum(any(span.overlaps(other) for other in found) for span in gold)
    kept = sum(any(span.overlaps(other) for other in gold) for span in found)
    return Counts(hit, len(found) - kept, len(gold) - hit)


def score(data: Path) -> Iterator[Score]:
    lines = (data / "gold" / "newsquant" / "dev.jsonl").read_text("utf-8").splitlines()
    by_sentence = [
        match_sentence(item["text"], item["quantities"], _figures(_document(item["text"])))
        for item in map(json.loads, filter(None, lines))
    ]
    for place, name in enumerate(("value", "value+unit", "value+change")):
        yield scored(FAMILY, f"newsquant {name}", [counts[place] for counts in by_sentence])
    values = [counts[0] for counts in by_sentence]
    yield scored(FAMILY, "newsquant value precision", values, precision)
    yield scored(FAMILY, "newsquant value recall", values, recall)
    articles = [_meantime(path) for path in sorted((data / "gold" / "meantime").rglob("*.xml"))]
    yield scored(FAMILY, "meantime value recall", articles, recall)
    for part in ("dev", "kept"):
        ours = [item for item in own() if item["part"] == part]
        rows = [match_own(item["text"], item, _figures(_document(item["text"]))) for item in ours]
        for place, name in enumerate(OWN_NAMES):
            measure = recall if name == "measured" else f1
            yield scored(FAMILY, f"own {part} {name}", [counts[place] for counts in rows], measure)
