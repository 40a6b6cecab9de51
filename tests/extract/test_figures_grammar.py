"""The figure grammar on text alone, without the language model: values, pairs, bounds, and any text at all."""

import time
from decimal import Decimal

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English

from onrecord.extract.figures import extract_figures
from onrecord.extract.figures.amounts import Quantity, read_quantities
from onrecord.extract.figures.numbers import NUMBER, plain, read_number
from onrecord.extract.parse import Passage
from onrecord.model import Figure, Finding

TOKENIZER = English()

VALUES = {
    "1,500": "1500",
    "1,234,567.8": "1234567.8",
    "10 000": "10000",
    "1.250.000": "1250000",
    "1,00,000": "100000",
    "0.25": "0.25",
    ".5": "0.5",
    "2½": "2.5",
    "13-3/4": "13.75",
    "twelve hundred": "1200",
    "two and a half": "2.5",
    "one and a half million": "1500000",
    "a million and a half": "1500000",
    "half a million": "500000",
    "three hundred thousand million": "300000000000",
    "one hundred and twenty-five million two hundred thousand and six": "125200006",
    "two-thirds": "0.666666666667",
    "One half": "0.5",
    "tens of thousands": "10000",
    "thousands and thousands": "1000",
    "several hundred thousand": "100000",
    "a couple of hundred": "100",
}


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_the_value_of_a_number(text: str, value: str) -> None:
    match = NUMBER.match(text)
    assert match is not None
    assert match[0] == text
    number = read_number(match)
    assert number is not None
    assert plain(number.value) == Decimal(value)


def test_two_numbers_side_by_side_stay_two() -> None:
    assert [match[0] for match in NUMBER.finditer("two three, then fifty-fifty")] == ["two", "three", "fifty", "fifty"]


def read(text: str) -> list[Quantity]:
    return list(read_quantities(text))


@pytest.mark.parametrize(
    "text", ["T-72", "Su-57s", "G7", "4G", "3D", "737s", "covid-19", "v3.1.4", "x_12", "desk24@example.org", "MH370"]
)
def test_a_number_inside_a_name_is_not_read(text: str) -> None:
    assert read(f"They saw the {text} there") == []


def test_what_is_written_once_holds_for_both_ends() -> None:
    (whole,) = read("12 to 15 million tonnes")
    assert (whole.low, whole.high, whole.unit) == (12_000_000, 15_000_000, "t")
    (small,) = read("three hundred to one thousand euros")
    assert (small.low, small.high) == (300, 1000)


def test_an_amount_of_change_is_no_end_of_a_range() -> None:
    assert [(q.low, q.high) for q in read("raised by 300 euros to 15,966 euros")] == [(300, 300), (15966, 15966)]


def every(text: str) -> list[Finding]:
    doc = document(text)
    passages = [Passage(block, TOKENIZER(block.span.of(text))) for block in doc.blocks]
    return extract_figures(doc, passages, ())


PIECES = st.sampled_from(
    ["at least ", "up to ", "$", "€", "1", "2,500", ".", ",", "-", "–", " to ", " and ", "between ", "from ",
     " million", "m", "%", " per ", "year", " a day", "two", " hundred", "half a ", "one", " in ", "five", "dozens",
     " of ", "(", ")", "½", "/", "3", " tanks", "-old", "aged ", ", ", " or so", "+", "US", "PS", "\n", " ",
     "\u00a0", "é", "😀", "٣"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_gives_figures_that_stand_in_it(text: str) -> None:
    for finding in every(text):
        figure = finding.value
        assert isinstance(figure, Figure)
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        for bound in (figure.low, figure.high):
            assert bound is None or (bound == bound.normalize() and "E" not in str(bound))
            assert bound is None or "." not in str(bound) or not str(bound).endswith("0")
        if figure.measured:
            assert 0 <= figure.measured.start < figure.measured.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1.",
        "one ",
        "a ",
        "hundreds of ",
        "one hundred ",
        "half a ",
        "½",
        "$",
        "- ",
        "1-",
        "1 1/",
        "per 1 ",
        "up to ",
    ],
)
def test_time_of_the_grammar_is_linear_in_a_hostile_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.perf_counter()
        read(text)
        return time.perf_counter() - start

    seconds(2_000)
    assert seconds(80_000) < 8 * seconds(20_000) + 0.5


@pytest.mark.parametrize("piece", ["12 ", "(7;b)", "7;", "Kappa 7 ", "$5 or ", "one\n", "3% "])
def test_time_of_the_whole_is_linear_in_a_hostile_block(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        doc = document(text, kinds=["paragraph"] * len([line for line in text.split("\n") if line]))
        passages = [Passage(block, TOKENIZER(block.span.of(text))) for block in doc.blocks]
        start = time.perf_counter()
        extract_figures(doc, passages, ())
        return time.perf_counter() - start

    seconds(2_000)
    assert seconds(40_000) < 8 * seconds(10_000) + 0.5
