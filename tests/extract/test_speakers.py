"""Speakers, case by case: whom a source names, and how that was found; half of the cases have nobody to name."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.bodies import find_bodies, official
from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.statements import extract_statements
from onrecord.extract.statements.descriptions import words
from onrecord.extract.statements.pronouns import Reader, antecedent
from onrecord.extract.statements.scene import Scene
from onrecord.model import Document, Entity, Mention, Span, Statement

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "speakers.jsonl").read_text(encoding="utf-8").splitlines()
]


def entities(doc: Document) -> list[Entity]:
    return [f.value for f in extract_entities(doc, extract_mentions(doc, parse(doc))) if isinstance(f.value, Entity)]


def heard(doc: Document) -> list[Statement]:
    passages = parse(doc)
    mentions = extract_mentions(doc, passages)
    return [
        f.value
        for f in extract_statements(doc, passages, mentions, entities(doc), ())
        if isinstance(f.value, Statement)
    ]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    speakers = [s.speaker for s in heard(document(case["text"])) if s.speaker]
    expected = (case["who"], case["how"], case.get("entity", True))
    assert expected in [(s.name, s.how, s.entity is not None) for s in speakers]


@pytest.mark.model
def test_an_entity_that_speaks_is_one_of_the_article() -> None:
    doc = document("\n\n".join(case["text"] for case in CASES))
    keys = {entity.key for entity in entities(doc)}
    given_ = [s.speaker.entity for s in heard(doc) if s.speaker and s.speaker.entity]
    assert given_
    assert set(given_) <= keys


@pytest.mark.model
def test_a_pronoun_is_led_back_anywhere_and_a_barred_person_is_not_meant() -> None:
    doc = document("Maren Holm opened the quay. Later she left.")
    scene = Scene(doc, parse(doc), entities(doc))
    at = doc.text.index("she")
    choice = antecedent(scene, Span(start=at, end=at + 3))
    assert choice.who is not None
    assert scene.known[choice.who].name == "Maren Holm"
    assert antecedent(scene, Span(start=at, end=at + 3), barred={choice.who}).who is None


@pytest.mark.model
def test_reading_grows_with_the_length_of_the_text_alone() -> None:
    def seconds(times: int) -> float:
        doc = document("\n".join(["Maren Holm met a man. The mayor said he saw her. It rained."] * times))
        passages, people = parse(doc), entities(doc)
        began = time.process_time()
        reader = Reader(Scene(doc, passages, people))
        reader.read_to(len(doc.text))
        assert len(reader.choices) == 2 * times
        return time.process_time() - began

    seconds(10)
    assert seconds(800) < 12 * seconds(200)


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("Norway’s defence ministry", "NO defense ministry"),
        ("the Norwegian Defense Ministry", "NO defense ministry"),
        ("Norwegian coastguard", "NO coast guard"),
        ("Norwegian soldiers", None),
        ("Holm campaign", None),
        ("", None),
    ],
)
def test_a_body_of_a_country_has_one_form(name: str, one: str | None) -> None:
    assert official(name) == one


def test_the_words_of_a_role_are_told_from_whose_it_is() -> None:
    found = words("the Norwegian deputy minister for fisheries")
    assert (found.head, found.countries) == ("minister", {"NO"})
    assert found.core == {"deputy", "minister"}
    assert found.rest == {"fisheries"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_bodies_are_found_in_any_text(tail: str) -> None:
    text = "Norway" + tail
    head = Span(start=0, end=6)
    for body in find_bodies(text, [Mention(span=head, head=head, kind="country")]):
        assert 6 < body.head.end <= len(text)
        assert body.head.of(text).startswith("Norway")
