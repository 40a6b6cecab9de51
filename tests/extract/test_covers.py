"""Which spans cover a place, against the plain question asked of each."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.covers import covering
from onrecord.model import Span

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=12)


@given(spans, st.lists(st.integers(0, 45), max_size=12))
def test_the_same_spans_as_one_by_one(rows: list[tuple[int, int]], places: list[int]) -> None:
    pairs = [(Span(start=start, end=start + size), number) for number, (start, size) in enumerate(rows)]
    for place, found in zip(places, covering(pairs, places), strict=True):
        expected = sorted(number for span, number in pairs if span.start <= place < span.end)
        assert sorted(number for _, number in found) == expected
