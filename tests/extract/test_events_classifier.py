"""The classifier of events: what it reads, that it is deterministic, and sentences of our own that it gets right."""

import json
import re
from pathlib import Path

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.events.coding.classifier import NONE, judged, linear, probabilities
from onrecord.extract.events.coding.marking import ACTOR, BOTH, LONGEST, RECIPIENT, TRIGGER, marked
from onrecord.extract.events.coding.traits import traits
from onrecord.extract.events.spotted import Deed
from onrecord.extract.parse import parse
from onrecord.model import Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "event_types.jsonl").read_text(encoding="utf-8").splitlines()
]
MARKS = re.compile(r"[<\[{]([^>\]}]*)[>\]}]")


def read(case):
    """The text without its marks, and where actor, recipient and trigger stand."""
    text, at, places = "", 0, {}
    for match in MARKS.finditer(case):
        text += case[at : match.start()]
        places[match.group()[0]] = (len(text), len(text) + len(match.group(1)))
        text += match.group(1)
        at = match.end()
    return text + case[at:], places["<"], places["["], places["{"]


def deed(text, trigger, type_="REQUEST"):
    passage = parse(document(text))[0]
    token = next(t.i for t in passage.doc if t.idx == trigger[0])
    return Deed(passage, token, Span(start=trigger[0], end=trigger[1]), type_)


def test_marks_say_whose_a_piece_is_and_what_stands_between():
    text, actor, recipient, trigger = read("<Norland> {expelled} two diplomats of [Sudmark] again.")
    found = marked(text, trigger, [actor], [recipient])
    assert found.marks[1] == ACTOR
    assert TRIGGER in found.marks and found.marks.count(RECIPIENT) >= 1
    assert found.between[-2:] == [0, 0]  # the full stop and the end
    assert sum(found.between) == sum(1 for mark in found.marks[: found.marks.index(RECIPIENT)] if mark != ACTOR) - 1
    assert BOTH in marked(text, trigger, [actor], [actor]).marks


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_any_text_is_read_with_rows_of_one_length(text, start, end):
    found = marked(text, (start, end), [(start, end)], [])
    assert len(found.ids) == len(found.marks) == len(found.between) <= LONGEST + 2
    assert any(found.between) or not found.ids


def test_a_long_sentence_is_read_around_its_trigger():
    text = "word " * 3000
    found = marked(text, (7500, 7504), [], [])
    assert TRIGGER in found.marks and len(found.ids) == LONGEST + 2


@pytest.mark.model
def test_traits_name_no_one():
    text, actor, recipient, trigger = read("On Monday <Norland> {expelled} the rude diplomats of [Sudmark].")
    found = traits(parse(document(text))[0].doc[:], trigger, [actor], [recipient], "SANCTION")
    assert {"rule:SANCTION", "w:expel", "b:diplomat", "2:rude diplomat", "t:expel", "ag:expel", "rg:diplomat"} <= set(
        found
    )
    assert not any("norland" in name or "sudmark" in name for name in found)


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_sentences_of_our_own(case):
    text, actor, recipient, trigger = read(case["text"])
    likely = judged(parse(document(text))[0].doc[:], trigger, [actor], [recipient], None)
    assert max(likely, key=likely.__getitem__) == case["type"]


@pytest.mark.model
def test_probabilities_of_a_deed_add_up_and_come_again():
    text, actor, recipient, trigger = read("It rained. <Norland> {urged} [Sudmark] to pay.")
    slots = [[Span(start=start, end=end)] for start, end in (actor, recipient)]
    one = deed(text, trigger)
    first = probabilities(one, *slots)
    assert set(first) == {*linear().types} and NONE in first
    assert sum(first.values()) == pytest.approx(1)
    assert first == probabilities(one, *slots)
    assert max(first, key=first.__getitem__) == "REQUEST"


@pytest.mark.model
def test_whoever_stands_in_another_sentence_is_not_looked_at():
    text, actor, recipient, trigger = read("<Norland> was calm. Yesterday it {urged} [Sudmark] to pay.")
    one = deed(text, trigger)
    outside, inside = ([Span(start=start, end=end)] for start, end in (actor, recipient))
    assert probabilities(one, outside, inside) == probabilities(one, (), inside)
