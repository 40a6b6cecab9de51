"""What kind of statement: every rule on its own examples and traps, and what must hold for any text."""

import json
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from evals.manner import CASES, LABELS, Marked, marked
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.parse import Passages, parse
from onrecord.extract.statements.manner import Rule, decide, manner, table
from onrecord.extract.statements.signs import read
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span

pytestmark = pytest.mark.model

EXAMPLES = [(rule, example) for rule in table().rules for example in rule.examples]
TRAPS = [(rule, trap) for rule in table().rules for trap in rule.traps]
GLOSSED = (Path(__file__).parents[2] / "docs" / "MANNER.md").read_text(encoding="utf-8")
VOCABULARY = {
    "attitude": {"says", "knows", "believes", "intends", "promises", "demands", "asks", "warns", "denies", None},
    "polarity": {"affirmed", "denied", "questioned", "withheld"},
    "certainty": {"asserted", "hedged", "conditional", None},
}


@cache
def decided(text: str) -> tuple[dict[str, str | None], dict[str, str]]:
    """The labels of a marked sentence, and the rule that gave each."""
    document, statement = marked(text)
    doc = parse(document)[0].doc
    assert statement.cue is not None
    piece = doc.char_span(statement.cue.start, statement.cue.end, alignment_mode="expand")
    labels, rules = decide(read(piece, statement.contents, table().words))
    return labels._asdict(), rules


def named(pair: tuple[Rule, dict[str, Any]]) -> str:
    return f"{pair[0].id}: {pair[1]['text']}"


@pytest.mark.parametrize("pair", EXAMPLES, ids=named)
def test_a_rule_decides_its_examples(pair: tuple[Rule, dict[str, Any]]) -> None:
    rule, example = pair
    labels, rules = decided(example["text"])
    assert rules.get(rule.label) == rule.id
    assert {rule.label: rule.gives, **example}.items() <= {**labels, "text": example["text"]}.items()


@pytest.mark.parametrize("pair", TRAPS, ids=named)
def test_a_rule_leaves_its_traps_alone(pair: tuple[Rule, dict[str, Any]]) -> None:
    rule, trap = pair
    labels, rules = decided(trap["text"])
    assert rules.get(rule.label) != rule.id
    assert rule.label in trap, "a trap states the label that it has instead"
    assert trap.items() <= {**labels, "text": trap["text"]}.items()


def test_every_rule_has_examples_and_traps_and_a_label_that_the_docs_explain() -> None:
    ids = [rule.id for rule in table().rules]
    assert len(ids) == len(set(ids))
    for rule in table().rules:
        assert rule.examples and rule.traps, rule.id
        assert rule.id.startswith(f"{rule.label}."), rule.id
        assert rule.gives in VOCABULARY[rule.label], rule.id
        assert rule.gives is None or f"| `{rule.gives}` |" in GLOSSED, rule.gives


def test_a_word_stands_in_one_list_of_attitudes_unless_a_construction_tells_them_apart() -> None:
    """A word that two rules take without a further condition would never reach the second."""
    data = tomllib.loads((files("onrecord.extract") / "data" / "manner.toml").read_text(encoding="utf-8"))
    plain = [
        rule
        for rule in data["rule"]
        if "attitude" in rule["gives"] and set(rule["when"]) == {"word"} and "unless" not in rule
    ]
    seen: dict[str, str] = {}
    for rule in plain:
        for word in set(rule["when"]["word"].split()):
            assert word not in seen, f"{word} stands in {seen[word]} and in {rule['id']}"
            seen[word] = rule["id"]


def test_the_cases_of_the_evaluation_are_well_formed() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert len({case["id"] for case in cases}) == len({case["text"] for case in cases}) == len(cases) >= 200
    for case in cases:
        assert all(case[label] in VOCABULARY[label] for label in LABELS), case["id"]
        document, statement = marked(case["text"])
        assert statement.cue and statement.cue.of(document.text).strip() and statement.contents
    parts = Counter(case["part"] for case in cases)
    traps = sum(case["trap"] for case in cases)
    assert parts.keys() == {"dev", "kept"} and abs(parts["dev"] - parts["kept"]) <= len(cases) // 20
    assert abs(2 * traps - len(cases)) <= len(cases) // 20


def test_a_quotation_without_a_cue_was_said_and_other_words_without_one_are_left_open() -> None:
    quoted, plain = marked("{x} [“The bear is asleep.”]"), marked("{x} [The bear is asleep.]")

    def labels(of: Marked) -> tuple[str | None, ...]:
        alone = Spotted(contents=of.statement.contents, rule="case")
        return tuple(manner(alone, Passages(parse(of.document))))

    assert labels(quoted) == ("says", "affirmed", "asserted")
    assert labels(plain) == (None, "affirmed", "asserted")


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="if he did n't say “not?” ,.:be to no", min_size=2, max_size=60), at=st.data())
def test_any_cue_of_any_text_gets_labels_of_the_vocabulary(text: str, at: st.DataObject) -> None:
    document, _ = marked("{x}" + text)
    size = len(document.text)
    start = at.draw(st.integers(0, size - 1))
    cue = Span(start=start, end=at.draw(st.integers(start + 1, size)))
    content = Span(start=0, end=at.draw(st.integers(1, size)))
    labels = manner(Spotted(cue=cue, contents=(content,), rule="case"), Passages(parse(document)))
    assert all(getattr(labels, label) in VOCABULARY[label] for label in LABELS)
