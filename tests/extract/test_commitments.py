"""Commitments: what counts and what does not, and what must hold for any text."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from documents import document
from evals.commitments import CASES
from evals.commitments import document as annotated
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.commitments import extract_commitments
from onrecord.extract.commitments.due import moment
from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Commitment, Document, Entity, Span, Speaker, Statement, Timex, spans_of

LINES = (Path(__file__).parents[1] / "cases" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
SMALL = [json.loads(line) for line in LINES]


def found(whole: Document, statements: tuple[Statement, ...] = ()) -> list[Commitment]:
    passages = parse(whole)
    timexes = [finding.value for finding in extract_timexes(whole)]
    mentions = extract_mentions(whole, passages)
    entities = [finding.value for finding in extract_entities(whole, mentions)]
    return [
        finding.value
        for finding in extract_commitments(whole, passages, mentions, entities, timexes, statements)  # type: ignore[arg-type]
    ]


@pytest.mark.model
@pytest.mark.parametrize("case", SMALL, ids=lambda case: case["text"])
def test_a_case(case: dict[str, Any]) -> None:
    text = case["text"]
    ours = [
        {
            "trigger": one.trigger.of(text),
            "class": one.class_,
            "by": one.by.span.of(text) if one.by else None,
            "contents": " ".join(span.of(text) for span in one.contents),
            "condition": one.condition.of(text) if one.condition else None,
            "due": one.due.begin if one.due else None,
        }
        for one in found(document(text, published="2031-04-02"))
    ]
    for one, gold in zip(ours, case["commitments"], strict=True):
        assert gold["contents"] in one["contents"]
        assert one == {**gold, "contents": one["contents"]}


@pytest.mark.model
def test_the_first_person_is_whoever_speaks() -> None:
    text = "“We will paint the tower,” said Mira Odell. The keeper nodded."
    speaker = Speaker(name="Mira Odell", entity="e")
    said = Statement(contents=(Span(start=0, end=26),), style="direct", speaker=speaker)
    (one,) = found(document(text, published="2031-04-02"), (said,))
    assert one.class_ == "pledge" and one.by is not None
    assert (one.by.span.of(text), one.by.name, one.by.entity) == ("We", "Mira Odell", "e")
    (alone,) = found(document(text, published="2031-04-02"))
    assert alone.by is not None and alone.by.name is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speaker", "class_"),
    [
        ("“Norway will send boats to Lyon,” said Mira Odell, Norway’s defence minister.", "Mira Odell", "pledge"),
        ("“Norway will send boats to Lyon,” said Mira Odell, Sweden’s defence minister.", "Mira Odell", "plan"),
        ("“Norway will bomb the harbour,” said Mira Odell, Norway’s defence minister.", "Mira Odell", "threat"),
        ("“Norway will bomb the harbour,” said Mira Odell, Sweden’s defence minister.", "Mira Odell", "forecast"),
        ("“Norway will bomb the harbour,” said Mira Odell.", "Mira Odell", "threat"),
        ("“Norway will win the race,” said Mira Odell, Norway’s prime minister.", "Mira Odell", "forecast"),
        ("“Our troops will hold the harbour,” said Mira Odell.", "Mira Odell", "pledge"),
        ("“Their troops will hold the harbour,” said Mira Odell.", "Mira Odell", "plan"),
    ],
)
def test_whether_a_voice_speaks_for_who_is_to_act(text: str, speaker: str, class_: str) -> None:
    whole = document(text, published="2031-04-02")
    mentions = extract_mentions(whole, parse(whole))
    entities = [finding.value for finding in extract_entities(whole, mentions)]
    key = next(one.key for one in entities if isinstance(one, Entity) and one.name == speaker)
    said = Statement(
        contents=(Span(start=0, end=text.index("”") + 1),), style="direct", speaker=Speaker(name=speaker, entity=key)
    )
    (one,) = found(whole, (said,))
    assert one.class_ == class_


@pytest.mark.model
def test_without_a_day_of_publication_nothing_is_reckoned() -> None:
    (one,) = found(document("The council will drain the pond within two weeks."))
    assert one.due is None


@pytest.mark.parametrize(
    ("value", "words", "before", "days"),
    [
        ("P2W", "two weeks", "within", ("2031-04-02", "2031-04-16")),
        ("P10D", "10 days", "in", ("2031-04-12", "2031-04-12")),
        ("P1M", "a month", "in", ("2031-05-01", "2031-05-31")),
        ("P2Y", "two years", "in", ("2033-01-01", "2033-12-31")),
        ("PT48H", "48 hours", "within", ("2031-04-02", "2031-04-04")),
        ("P99999999Y", "many years", "within", None),
        ("P2D", "two days", "for", None),
    ],
)
def test_a_length_is_due_only_when_it_is_reckoned_from_today(
    value: str, words: str, before: str, days: tuple[str, str] | None
) -> None:
    timex = Timex(span=Span(start=0, end=len(words)), type="DURATION", value=value)
    due = moment(timex, words, "2031-04-02", before)
    assert (due and (due.begin, due.end)) == days


def test_a_day_that_is_over_is_none_and_a_weekday_is_the_next() -> None:
    past = Timex(span=Span(start=0, end=4), type="DATE", value="2029", begin="2029-01-01", end="2029-12-31")
    assert moment(past, "2029", "2031-04-02", "in") is None
    day = Timex(
        span=Span(start=0, end=6),
        type="DATE",
        value="2031-03-28",
        begin="2031-03-28",
        end="2031-03-28",
        anchor="2031-04-02",
    )
    due = moment(day, "Friday", "2031-04-02", "by")
    assert due is not None and due.begin == "2031-04-04"
    assert moment(day, "last Friday", "2031-04-02", "since") is None
    habit = msgspec.structs.replace(day, type="SET", value="XXXX-WXX-5", begin=None, end=None)
    assert moment(habit, "every Friday", "2031-04-02", "on") is None


def test_the_cases_of_the_evaluation_are_well_formed() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert len({case["id"] for case in cases}) == len({case["text"] for case in cases}) == len(cases) >= 300
    for case in cases:
        text = annotated(case).text
        for one in case["commitments"]:
            assert one["class"] in ("pledge", "threat", "plan", "forecast")
            assert one["contents"] and all(piece in text for piece in (one["trigger"], *one["contents"]))
            assert one["condition"] is None or one["condition"] in text
            assert one["due"] is None or one["due"]["text"] in text
    parts = Counter(case["part"] for case in cases)
    none = sum(not case["commitments"] for case in cases)
    assert min(parts["dev"], parts["kept"]) > 0.4 * len(cases) and 0.4 * len(cases) < none < 0.6 * len(cases)


WORDS = (
    "will would shall going to be is are was not n't if should unless promised vows plans plan threat of for that "
    "the it we “ ” ? . , : Oslo Ada on Friday by 2040 expected due set about within two weeks 🐟 \n who and said \u2028"
)


@pytest.mark.model
@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=40))
def test_any_words_give_commitments_that_stand_in_the_text(words: list[str]) -> None:
    whole = document(" ".join(words), published="2031-04-02")
    for one in found(whole):
        for span in spans_of(one):
            assert 0 <= span.start < span.end <= len(whole.text)
            assert span.of(whole.text).strip()


@pytest.mark.model
def test_a_sentence_without_an_end_does_not_hang() -> None:
    for text in ("will " * 4000, "he promised that " * 1200, "if it will, " * 1500):
        assert len(found(document(text, published="2031-04-02"))) < 2000
