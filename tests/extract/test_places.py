"""Places: cases, half of them traps, and what holds for any mentions."""

import json
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st
from mentions import mentions

from onrecord.extract.gazetteer import lookup
from onrecord.extract.places import extract_places, kilometres
from onrecord.model import Document, Mention, Place, Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "places.jsonl").read_text(encoding="utf-8").splitlines()
]


def places(text: str, found: tuple[Mention, ...]) -> list[Place]:
    return [f.value for f in extract_places(document(text), found) if isinstance(f.value, Place)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    found = places(case["text"], mentions(case["text"], case["mentions"]))
    shown: list[dict[str, Any]] = [
        {
            "exact": p.span.of(case["text"]),
            "name": p.name,
            "country": p.country,
            "precision": p.precision,
            "sense": p.sense,
            "id": p.gazetteer_id,
            "lat": p.lat,
        }
        for p in found
    ]
    for expected in case["places"]:
        same = [one for one in shown if one["exact"] == expected["exact"]]
        one = same[expected.pop("nth", 0)]
        assert expected.items() <= one.items(), (expected, one)
    if not case["places"]:
        assert shown == []


def test_contested_areas_are_told_by_their_rule() -> None:
    text = "Ferries to Crimea, Sevastopol and Odesa stopped."
    found = mentions(text, [("place", "Crimea"), ("place", "Sevastopol"), ("place", "Odesa")])
    rules = [f.rule for f in extract_places(document(text), found)]
    assert rules[0] == "place.contested" and rules[2] != "place.contested"
    assert all(any(c.id == number for c in lookup(name)) for number, name, _ in contested_rows())


def _found(article: Document, given: tuple[Mention, ...]) -> list[Place]:
    return [f.value for f in extract_places(article, given) if isinstance(f.value, Place)]


def contested_rows() -> list[list[str]]:
    lines = (files("onrecord.extract") / "data" / "contested.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_a_home_is_told_by_the_address() -> None:
    far = document("The fair in Athens was quiet.")
    near = msgspec.structs.replace(
        far, source=msgspec.structs.replace(far.source, url="https://www.onlineathens.com/x")
    )
    given = mentions(far.text, [("place", "Athens")])
    countries = [p.country for d in (far, near) for p in _found(d, given)]
    assert countries == ["GR", "US"]


def test_a_long_list_of_names_takes_linear_time() -> None:
    text = "Paris, Texas and Springfield and the Lake County Police Department met. " * 3000
    started = time.process_time()
    extract_places(document(text), ())
    assert time.process_time() - started < 10


def test_distance() -> None:
    assert kilometres(0, 0, 0, 0) == 0
    assert 5560 < kilometres(51.5, -0.13, 40.7, -74.0) < 5580
    assert 20_000 < kilometres(0, 0, 0, 180) < 20_040


@given(st.lists(st.sampled_from(["Paris", "Texas", ", ", "Georgia", " region", "(", "Ga.", "\x00", "Ünk", "of the"])))
def test_any_names(parts: list[str]) -> None:
    text = "".join(parts)
    found, at = [], 0
    for part in parts:
        if part[0].isupper():
            head = Span(start=at, end=at + len(part))
            found.append(Mention(span=head, head=head, kind="place"))
        at += len(part)
    answers = places(text, tuple(found))
    assert [p.span for p in answers] == [m.head for m in found]
    for place in answers:
        assert (place.gazetteer_id is None) == (place.lat is None) == (place.precision == "unknown")
        assert place.lat is None or -90 <= place.lat <= 90
        assert place.lon is None or -180 <= place.lon <= 180
