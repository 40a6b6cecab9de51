"""The steps: checked at start, the same entries for the same document, every selector on its words."""

import pytest

from onrecord.extract.parse import Passage
from onrecord.model import Block, Document, Finding, Mention, Source, Span, Timex, document_id, spans_of
from onrecord.pipeline import STEPS, Step, checked, entries_of, extract

PARAGRAPHS = (
    "Harbour master Ilse Brandt said on Monday that “at least three ferries” would sail from Ghent.",
    "“We are ready,” she added, according to a Flemish newspaper. The mayor denied the claim that she had agreed.",
    "On Tuesday the union rejected the offer of the Flemish government, which promised to pay the crews by June.",
)


def article(*paragraphs, published="2031-04-16"):
    text, blocks = "\n\n".join(paragraphs), []
    for paragraph in paragraphs:
        start = blocks[-1].span.end + 2 if blocks else 0
        blocks.append(Block(kind="paragraph", span=Span(start=start, end=start + len(paragraph))))
    return Document(
        id=document_id("0" * 64, "hand/1", text),
        source=Source(sha256="0" * 64, media_type="text/plain"),
        reader="hand/1",
        text=text,
        blocks=tuple(blocks),
        publisher="Harbour Post",
        published=published,
    )


def nothing(document, *given):
    return []


def test_a_step_before_what_it_needs_is_refused():
    with pytest.raises(TypeError, match="nothing needs Mention, which no step before it gives"):
        checked((Step(nothing, version="a/1", gives=Passage, needs=(Mention,)),))


def test_two_steps_that_give_the_same_are_refused():
    with pytest.raises(TypeError, match="gives Passage, as a step before it does"):
        checked((Step(nothing, version="a/1", gives=Passage), Step(nothing, version="b/1", gives=Passage)))


def test_every_step_has_a_name_and_a_number():
    assert checked(STEPS) == STEPS
    assert all(step.version.partition("/")[2] for step in STEPS)
    assert len({step.version for step in STEPS}) == len(STEPS)


def test_findings_of_one_value_are_one_entry_with_all_that_vouches_for_it():
    document = article("They sail on Monday.")
    monday = Timex(span=Span(start=13, end=19), type="DATE")
    (entry,) = entries_of(
        document,
        [Finding(value=monday, rule="weekday"), Finding(value=monday, rule="day"), Finding(value=monday, rule="day")],
    )
    assert [d.rule for d in entry.derivations] == ["weekday", "day"]
    assert {d.extractor for d in entry.derivations} == {"timexes"}
    (selector,) = entry.selectors
    assert (selector.exact, selector.prefix, selector.suffix) == ("Monday", "They sail on ", ".")


@pytest.mark.model
def test_every_selector_opens_on_its_words_and_every_kind_is_found():
    document = article(*PARAGRAPHS)
    entries = extract(document)
    for entry in entries:
        assert [s.span for s in entry.selectors] == list(spans_of(entry.value))
        for selector in entry.selectors:
            assert document.text[selector.span.start : selector.span.end] == selector.exact
    assert {type(entry.value) for entry in entries} == {s.gives for s in STEPS} - {Passage, Mention}


@pytest.mark.model
def test_the_same_document_gives_the_same_entries_whatever_came_before():
    document = article(*PARAGRAPHS)
    before = extract(document)
    extract(article("Zwolle’s Marijke van Oosterhout-Ypma told reporters in Middelburg of 1,200 zorvs."))
    assert extract(document) == before


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "“", "\u202e\x00\ufffd", "a" * 20_000, "“" * 3000, "No. " * 2000])
def test_no_text_breaks_the_steps(text):
    extract(article(text))
    extract(article(text, published=None))
