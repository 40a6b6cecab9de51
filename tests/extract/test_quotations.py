"""Quotation marks, without a parser."""

import itertools

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.quotations import find_quotations


def found(text: str) -> list[tuple[list[str], int, bool]]:
    doc = document(text)
    return [([part.of(text) for part in q.parts], q.depth, q.closed) for q in find_quotations(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', [(['"no"'], 0, True)]),
        ("„Nein“, sagte er, und «non».", [(["„Nein“"], 0, True), (["«non»"], 0, True)]),
        ("``Old wires,'' he said.", [(["``Old wires,''"], 0, True)]),
        (
            "“She told me ‘never’ again,” he said.",
            [(["“She told me ‘never’ again,”"], 0, True), (["‘never’"], 1, True)],
        ),
        ("“One.\n\n“Two.\n\n“Three.”", [(["“One.", "“Two.", "“Three.”"], 0, True)]),
        ("“Never closed.\n\nThe article goes on.", [(["“Never closed."], 0, False)]),
        ("The boys' and the girls' boats, since '98.", []),
        ("It's the mayor’s plan, isn’t it?", []),
        ("‘I heard “no” from him,’ he said.", [(["‘I heard “no” from him,’"], 0, True), (["“no”"], 1, True)]),
        ("‘a«'", [(["‘a«'"], 0, True), (["«'"], 1, False)]),
        ('"Kevin slept.\n\n“Wake up,” she said.', [(['"Kevin slept.'], 0, False), (["“Wake up,”"], 0, True)]),
    ],
)
def test_marks(text: str, expected: list[tuple[list[str], int, bool]]) -> None:
    assert found(text) == expected


@given(st.text(alphabet="ab. \n“”\"'‘’«»", max_size=120))
def test_any_text_gives_ordered_spans_inside_their_paragraph(text: str) -> None:
    doc = document(text)
    quotations = find_quotations(doc)
    assert [q.start for q in quotations] == sorted(q.start for q in quotations)
    for quotation in quotations:
        for part in quotation.parts:
            assert any(part in block.span for block in doc.blocks)
            assert "\n" not in part.of(text)
    outer = [q for q in quotations if q.depth == 0]
    parts = sorted(part for q in outer for part in q.parts)
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
