"""What is reported of statements: matches, styles, outlets, and what a change gains and loses."""

import json

import pytest
from evals.changes import Change, changes, load, shown
from evals.details import by_outlet, by_style, style
from evals.statements import Attribution, Reading, overlapping

from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span

TEXT = "The harbour master said the quay was safe. “We will sail,” Ada Brandt said. Others doubt it."
SAFE = Attribution(((0, 18),), ((19, 23),), ((24, 41),))
SAIL = Attribution(((59, 69),), ((70, 74),), ((43, 58),))
DOUBT = Attribution(((76, 82),), ((83, 88),), ((89, 91),))


def spotted(one):
    sources, (cue,), contents = (tuple(Span(start=a, end=b) for a, b in part) for part in one)
    return Spotted(sources=sources, cue=cue, contents=contents, rule="encoder", score=0.9)


def test_each_gold_statement_is_matched_once():
    shorter = SAFE._replace(content=((28, 41),))
    assert overlapping([SAFE, SAIL], [SAFE, shorter, SAIL]) == [SAFE, None, SAIL]
    assert overlapping([SAFE], [SAFE._replace(source=())]) == [None]
    assert overlapping([SAFE._replace(source=())], [SAFE._replace(source=())]) == [SAFE._replace(source=())]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“We will sail,”", "direct"),
        ('"We will sail."', "direct"),
        ("“We will sail” and “we will dock”", "mixed"),
        ("it was “safe” to sail", "mixed"),
        ("the master's boat was safe", "indirect"),
    ],
)
def test_style_is_told_by_the_marks(content, expected):
    assert style(content, Attribution((), (), ((0, len(content)),))) == expected


def test_tables_by_style_and_by_outlet():
    gold = [SAFE, SAIL]
    read = [Reading("gazette_1", TEXT, gold, [spotted(SAFE), spotted(SAIL), spotted(DOUBT)], [None, None, None])]
    rows = {row.name: [score.value for score in row.scores] for row in by_style(read)}
    assert rows == {"direct": [1, 1, 1], "mixed": [0, 0, 0], "indirect": [0.6667, 0.6667, 0.6667]}
    (row,) = by_outlet([*read, read[0]._replace(name="gazette_2")])
    assert row.name == "gazette, 2 articles" and [score.value for score in row.scores] == [0.8] * 5


def test_nested_statements_are_not_compared():
    read = Reading("gazette_1", TEXT, [SAFE], [spotted(SAFE), spotted(SAIL)], [None, 0])
    assert read.outermost() == [0]


def test_what_a_change_gains_and_loses():
    partly = SAIL._replace(content=((43, 50),))
    before, after = {SAFE: False, partly: False}, {SAFE: False, SAIL: False, DOUBT: False}
    assert list(changes("a", [SAFE, SAIL], before, after)) == [
        Change("gained", "exact", "a", SAIL),
        Change("gained", "wrong", "a", DOUBT),
        Change("lost", "in part", "a", partly),
    ]
    assert [c.worth for c in changes("a", [SAFE], {}, {SAFE: True})] == ["inside another"]
    assert not list(changes("a", [SAFE], after, after))


def test_a_dump_is_read_back(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{**SAIL._asdict(), "rule": "encoder", "score": 0.9, "inside": False}]))
    assert load(path) == {SAIL: False}
    assert load(tmp_path / "none.json") == {}


def test_parts_are_shown_in_brackets():
    assert "[content: “We will sail,”] [source: Ada Brandt] [cue: said]. Others" in shown(TEXT, SAIL)
