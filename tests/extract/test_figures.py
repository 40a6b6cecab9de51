"""Figures, case by case: span, bounds, unit, change, what is measured; half of the cases are traps."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from documents import document

from onrecord.extract.figures import RULES, extract_figures
from onrecord.extract.parse import parse
from onrecord.model import Block, Document, Figure, Source, Span, Timex

pytestmark = pytest.mark.model

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "figures.jsonl").read_text(encoding="utf-8").splitlines()
]


def findings(doc: Document, timexes: tuple[Timex, ...] = ()) -> list[tuple[Figure, str]]:
    found = extract_figures(doc, parse(doc), timexes)
    return [(f.value, f.rule) for f in found if isinstance(f.value, Figure)]


def figures(doc: Document, timexes: tuple[Timex, ...] = ()) -> list[Figure]:
    return [figure for figure, _ in findings(doc, timexes)]


def shown(doc: Document, figure: Figure, rule: str) -> dict[str, Any]:
    """A figure in the terms of the cases."""
    return {
        "rule": rule,
        "span": figure.span.of(doc.text),
        "low": None if figure.low is None else str(figure.low),
        "high": None if figure.high is None else str(figure.high),
        "approximate": figure.approximate,
        "change": figure.change,
        "unit": figure.unit,
        "per": figure.per,
        "measured": figure.measured.of(doc.text) if figure.measured else None,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    got = [shown(doc, figure, rule) for figure, rule in findings(doc)]
    # A case names only the fields that it is about.
    named = [{key: figure[key] for key in want} for figure, want in zip(got, case["figures"], strict=False)]
    assert (len(got), named) == (len(case["figures"]), case["figures"]), got


def test_every_rule_has_examples_for_and_against_it() -> None:
    shows = {figure.get("rule") for case in CASES for figure in case["figures"]}
    against = {case.get("against") for case in CASES}
    assert set(RULES) <= shows
    assert set(RULES) <= against


def test_traps_are_as_many_as_what_they_are_traps_for() -> None:
    traps = [case for case in CASES if "against" in case]
    assert len(traps) >= 0.45 * len(CASES)


def test_a_timex_claims_its_number() -> None:
    doc = document("The lock opened in 850 and took 850 boats.")
    assert [f.span.start for f in figures(doc)] == [19, 32]
    claimed = Timex(span=Span(start=19, end=22), type="DATE", value="0850")
    assert [f.span.start for f in figures(doc, (claimed,))] == [32]


def test_a_timex_over_money_does_not_hide_it() -> None:
    doc = document("It cost $1,998 in May.")
    wrong = Timex(span=Span(start=8, end=14), type="DATE", value="1998")
    assert [f.unit for f in figures(doc, (wrong,))] == ["USD"]


def test_spans_are_places_in_the_document_not_in_the_block() -> None:
    doc = document("A first paragraph, with nothing in it.\n\nThen three barges sank.")
    (figure,) = figures(doc)
    assert figure.span.of(doc.text) == "three"
    assert figure.measured is not None
    assert figure.measured.of(doc.text) == "barges"


@pytest.mark.parametrize(
    ("url", "text", "unit"),
    [
        (None, "It cost $5.", "USD"),
        ("https://www.coast-herald.example.au/a", "It cost $5.", "AUD"),
        ("https://prairie.example.ca/a", "It cost $5.", "CAD"),
        (None, "It cost $5, or US$4 abroad.", "dollars"),
        ("https://prairie.example.ca/a", "It cost US$5.", "USD"),
    ],
)
def test_whose_dollar_a_bare_sign_is(url: str | None, text: str, unit: str) -> None:
    doc = Document(
        id="d",
        source=Source(sha256="0" * 64, media_type="text/plain", url=url),
        reader="test/1",
        text=text,
        blocks=(Block(kind="paragraph", span=Span(start=0, end=len(text))),),
    )
    assert figures(doc)[0].unit == unit


def test_pounds_are_weight_unless_the_document_writes_the_sign() -> None:
    assert [f.unit for f in figures(document("The crate held 20 pounds of nails."))] == ["[lb_av]"]
    assert [f.unit for f in figures(document("He paid £5, then 20 pounds."))] == ["GBP", "GBP"]
    assert [f.unit for f in figures(document("The dock cost 3 million pounds."))] == ["GBP"]


def test_a_value_has_one_form() -> None:
    """Ids rest on it: `2.50` and `2.5`, `1e3` and `1,000` must not differ."""
    doc = document("Rates of 2.50%, 2.5%, 1,000 boats, one thousand boats and 1.0 thousand boats.")
    values = [str(f.low) for f in figures(doc)]
    assert values == ["2.5", "2.5", "1000", "1000", "1000"]


def test_the_same_text_gives_the_same_figures() -> None:
    doc = document("Between 10 and 15 boats, or a third of the fleet, were lost for €3m a day.")
    assert extract_figures(doc, parse(doc), ()) == extract_figures(doc, parse(doc), ())
    assert all(isinstance(f.low, Decimal) for f in figures(doc))
