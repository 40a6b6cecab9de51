"""Time expressions: every rule's own examples, the cases, and what holds for any text."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.timexes import extract_timexes
from onrecord.extract.timexes.grammar import rules
from onrecord.extract.timexes.meanings import MEANINGS
from onrecord.model import Finding, Timex

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "timexes.jsonl").read_text(encoding="utf-8").splitlines()
]
EXAMPLES = [(rule.id, example) for rule in rules() for example in rule.examples]
FIELDS = ("type", "value", "mod", "begin", "end", "anchor")


def found_in(text: str, published: str | None = None) -> list[tuple[str, Timex, str]]:
    findings = extract_timexes(document(text.replace("\n", "\r"), published=published))
    return [(value.span.of(text), value, finding.rule) for finding in findings if (value := timex(finding))]


def timex(finding: Finding) -> Timex:
    assert isinstance(finding.value, Timex)
    return finding.value


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule}-{i}" for i, (rule, _) in enumerate(EXAMPLES)])
def test_examples_of_rules(rule: str, example: dict[str, Any]) -> None:
    found = found_in(example["text"], example.get("published"))
    if example.get("none"):
        assert found == []
        return
    values = [value for exact, value, _ in found if exact == example["exact"]]
    assert values, found
    assert values[0].value == example.get("value")
    for field in set(example) & set(FIELDS):
        assert getattr(values[0], field) == example[field]


def test_every_rule_has_an_example_that_it_answers() -> None:
    answered = set()
    for rule, example in EXAMPLES:
        exact = example.get("exact")
        answered |= {r for words, _, r in found_in(example["text"], example.get("published")) if words == exact}
        assert example.get("none") or exact, rule
    assert answered == {rule.id for rule in rules()}


def test_rules_are_named_once_and_mean_something() -> None:
    names = [rule.id for rule in rules()]
    assert len(names) == len(set(names))
    assert {rule.means for rule in rules()} == set(MEANINGS)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = found_in(case["text"], case.get("published"))
    assert [exact for exact, _, _ in found] == [expected["exact"] for expected in case["expect"]], found
    for (_, value, _), expected in zip(found, case["expect"], strict=True):
        for field in set(expected) & set(FIELDS):
            assert getattr(value, field) == expected[field], (field, value)


def test_traps_are_plenty() -> None:
    assert sum(case["expect"] == [] for case in CASES) >= len(CASES) * 0.4


@pytest.mark.parametrize("kind", ["boilerplate", "byline", "date"])
def test_what_is_no_text_of_the_article_is_left_out(kind: str) -> None:
    text = "Updated on 3 May 2021\nThe quay fell on 4 May 2021."
    found = extract_timexes(document(text, kinds=[kind, "paragraph"]))
    assert [timex(f).value for f in found] == ["2021-05-04"]


def test_a_block_is_read_alone() -> None:
    found = extract_timexes(document("It shut last\nmonth by month.", published="2026-06-11"))
    assert found == []


def test_day_of_publication_is_in_its_own_zone() -> None:
    (finding,) = extract_timexes(document("It fell yesterday.", published="2026-03-01T00:30:00+05:00"))
    assert timex(finding).value == "2026-02-28"


@pytest.mark.parametrize("published", ["2026", "2026-03", "soon", "", "0000-00-00", "2026-02-31"])
def test_a_date_without_a_day_is_no_date_to_reckon_from(published: str) -> None:
    (finding,) = extract_timexes(document("It fell yesterday.", published=published))
    assert timex(finding).value is None


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(published: str) -> None:
    text = (
        " ".join(example["text"] for _, example in EXAMPLES) + " 900 years ago. 900 centuries from now. Next weekend."
    )
    assert extract_timexes(document(text.replace("\n", " "), published=published))


WORDS = st.sampled_from(
    "the last next this previous a two 30 May March 1999 2023 , . - Monday night week weeks year years ago later "
    "earlier of in on at by since until quarter third first half past every 10:30 p.m. GMT spring Christmas now "
    "31 10 and to 1990s century decade day's ’s weekend today will said 00 12th Q3 fiscal more than about early "
    "mid end".split()
)


@given(
    text=st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)),
    published=st.one_of(st.none(), st.dates().map(str), st.text(max_size=12)),
)
def test_any_text(text: str, published: str | None) -> None:
    source = document(text, published=published)
    found = [timex(finding) for finding in extract_timexes(source)]
    assert found == [timex(finding) for finding in extract_timexes(source)]
    end = 0
    for value in found:
        assert end <= value.span.start < value.span.end <= len(text)
        assert value.span.of(text).strip() == value.span.of(text)
        assert value.begin is None or value.end is None or value.begin <= value.end
        assert (value.begin is None) == (value.end is None)
        end = value.span.end


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        " ",
        "-",
        "May ",
        "the ",
        "two ",
        "two-",
        "1999 ",
        "12/",
        "in May and ",
        "last week ",
        "İ",
        "last  ",
        "1,",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    extract_timexes(document(text, published="2026-06-11"))
    assert time.process_time() - start < 8
