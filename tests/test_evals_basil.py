"""BASIL: sentences joined, offsets found again, and which statement and which name count."""

import json

import pytest
from evals.basil import Quoted, articles, bears, covering

from onrecord.model import Span, Statement

SENTENCES = [["The ferry is late.", "“A disgrace,” said Ada Marsh."], ["Nobody answered."]]


@pytest.fixture
def data(tmp_path):
    for folder, suffix, content in (
        ("articles", "", {"body-paragraphs": SENTENCES, "main-entities": ["Ada Marsh"]}),
        (
            "annotations",
            "_ann",
            {
                "phrase-level-annotations": [
                    {"quote": "yes", "speaker": "Ada_Marsh", "start": 1, "end": 12, "txt": "A disgrace,"},
                    {"quote": "no", "speaker": "", "start": 0, "end": 6, "txt": "Nobody"},
                ]
            },
        ),
    ):
        path = tmp_path / "gold" / "basil" / folder / "2010" / f"a_1{suffix}.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def test_spans_are_found_in_the_sentence_that_has_them(data):
    ((text, (quoted,), figures),) = articles(data)
    assert text == "The ferry is late. “A disgrace,” said Ada Marsh.\n\nNobody answered."
    assert text[quoted.start : quoted.end] == "A disgrace," and figures == ["Ada Marsh"]


def statement(start, end):
    return Statement(cue=Span(start=0, end=1), contents=(Span(start=start, end=end),))


def test_who_is_quoted_is_the_outermost_and_half_a_span_is_not_covered():
    quoted = Quoted(20, 40, "Ada_Marsh")
    outer, inner, aside = statement(10, 60), statement(18, 41), statement(30, 100)
    assert covering(quoted, [inner, outer, aside]) is outer
    assert covering(quoted, [inner, aside]) is inner
    assert covering(quoted, [aside]) is None and covering(quoted, []) is None


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("Ada Marsh", "Ada_Marsh", True),
        ("Mr. Marsh", "Ada_Marsh", True),
        ("Inés Caldera", "Ines_Calder", True),
        ("Ada Marshall", "Ada_Mars", False),
        ("Ben Marsh Jr.", "Marsh_Jr.", True),
        ("Ben Stone", "Ada_Marsh", False),
        ("", "Ada_Marsh", False),
    ],
)
def test_a_name_bears_a_label(name, label, expected):
    assert bears(name, label) is expected


def test_groups_and_others_are_told_apart():
    assert Quoted(0, 1, "Ada_Marsh").named and not Quoted(0, 1, "Ada_Marsh").other
    assert not Quoted(0, 1, "Harbour_Democrats").named and not Quoted(0, 1, "Harbour_Democrats").other
    assert Quoted(0, 1, "other_anti").other and not Quoted(0, 1, "other_anti").named
