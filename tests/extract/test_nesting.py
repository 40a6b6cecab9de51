"""Parents and the order outward, on spans built by hand."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.statements.nesting import outward, parents
from onrecord.extract.statements.spotted import Spotted
from onrecord.extract.voices import assign_voices
from onrecord.model import Document, Figure, Finding, Source, Span, Statement, entry_id


def spotted(cue: int, start: int, end: int) -> Spotted:
    return Spotted(cue=Span(start=cue, end=cue + 1), contents=(Span(start=start, end=end),), rule="test")


def test_the_smallest_content_around_a_cue_is_its_parent() -> None:
    outer, middle, inner = spotted(0, 2, 50), spotted(5, 8, 40), spotted(10, 12, 30)
    assert parents([outer, middle, inner]) == [None, 0, 1]
    assert parents([inner, outer, middle]) == [2, None, 1]


def test_a_ring_of_contents_has_no_parent() -> None:
    ring = [spotted(5, 10, 20), spotted(15, 20, 30), spotted(25, 0, 10)]
    assert parents(ring) == [None, None, None]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 20)), max_size=12))
def test_outward_visits_each_once_and_parents_first(rows: list[tuple[int, int, int]]) -> None:
    above = parents([spotted(cue, start, start + size) for cue, start, size in rows])
    order = outward(above)
    assert sorted(order) == list(range(len(rows)))
    for place, index in enumerate(order):
        parent = above[index]
        assert parent is None or order.index(parent) < place


def test_a_figure_stands_on_the_word_of_the_innermost_statement_that_covers_it() -> None:
    document = Document(id="d", source=Source(sha256="0", media_type="text/plain"), reader="t/1", text="x" * 60)
    outer = Statement(contents=(Span(start=0, end=50),))
    inner = Statement(contents=(Span(start=10, end=30),), parent=entry_id(document, outer))
    spans = [Span(start=12, end=14), Span(start=28, end=32), Span(start=52, end=54)]
    findings = [Finding(value=value, rule="r") for value in (outer, inner, *(Figure(span=span) for span in spans))]
    voices = [f.value.voice for f in assign_voices(document, findings) if isinstance(f.value, Figure)]
    assert voices == [entry_id(document, inner), entry_id(document, outer), None]
