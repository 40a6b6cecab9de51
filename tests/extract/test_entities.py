"""Entities: cases, half of them traps, and what holds for any text."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st
from mentions import mentions

from onrecord.extract.entities import extract_entities
from onrecord.model import Entity, Mention, Span, entity_id

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "entities.jsonl").read_text(encoding="utf-8").splitlines()
]


def entities(text: str, found: tuple[Mention, ...]) -> list[Entity]:
    return [f.value for f in extract_entities(document(text), found) if isinstance(f.value, Entity)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    found = entities(case["text"], mentions(case["text"], case["mentions"]))
    shown = [
        {
            "name": e.name,
            "type": e.type,
            "aliases": list(e.aliases),
            "roles": [r.title for r in e.roles],
            "mentions": len(e.mentions),
        }
        for e in found
    ]
    for expected in case["entities"]:
        assert any(expected.items() <= one.items() for one in shown), (expected, shown)


def test_a_country_has_one_key_under_all_its_names() -> None:
    text = "The U.S. agreed. The United States will pay."
    one = entities(text, mentions(text, [("country", "U.S.")]))
    other = entities(text, mentions(text, [("country", "United States")]))
    assert one[0].key == other[0].key
    assert (one[0].name, other[0].name) == ("U.S.", "United States")


def test_the_key_of_a_person_is_that_of_type_and_name() -> None:
    text = "Ilse Vantongeren spoke."
    (entity,) = entities(text, mentions(text, [("person", "Ilse Vantongeren")]))
    assert entity.key == entity_id("person", "ilse  vantongeren")


def test_order_is_that_of_first_mention_and_mentions_are_heads() -> None:
    text = "Mayor Ana Silva met Nordlast. Silva signed."
    found = entities(
        text, mentions(text, [("person", "Mayor |Ana Silva"), ("organization", "Nordlast"), ("person", "Silva")])
    )
    assert [e.name for e in found] == ["Ana Silva", "Nordlast"]
    assert [s.of(text) for s in found[0].mentions] == ["Ana Silva", "Silva"]


KINDS = ("person", "organization", "country", "place", "group", "work")


@given(
    st.lists(
        st.sampled_from(["Ana Silva", "Silva", ", the mayor of ", "U.S.", "The", " Bank", "“", "\n", " ", "\x00é"])
    ),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(KINDS))),
)
def test_any_text_and_any_mentions(parts: list[str], spans: list[tuple[int, int, Any]]) -> None:
    text = "".join(parts)
    found = []
    for start, length, kind in spans:
        if start + length <= len(text):
            head = Span(start=start, end=start + length)
            found.append(Mention(span=head, head=head, kind=kind))
    for entity in entities(text, tuple(found)):
        assert entity.mentions
        for role in entity.roles:
            assert role.span.of(text) == role.title


def test_long_repetition_is_read_in_linear_time() -> None:
    text = "Silva, the mayor of " * 4000
    given_ = [("person", "Silva")] * 4000
    assert len(entities(text, mentions(text, given_))) == 1  # type: ignore[arg-type]


def test_a_role_says_whose_it_is_and_whether_it_is_held() -> None:
    text = "Former Norwegian envoy Ilse Brandt left. Rui Costa, the acting head of Nordlast, stayed."
    found = entities(
        text,
        mentions(
            text,
            [("person", "Former Norwegian envoy |Ilse Brandt"), ("person", "Rui Costa"), ("organization", "Nordlast")],
        ),
    )
    told = {e.name: [(r.organization, r.country, r.holding) for r in e.roles] for e in found if e.type == "person"}
    assert told == {"Ilse Brandt": [(None, "NO", "former")], "Rui Costa": [("Nordlast", None, "acting")]}
