"""Whether an event happened: each row of the table by its examples, cases, and what holds for any text."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.events.factuality.judging import factuality
from onrecord.extract.events.factuality.signatures import table
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.tree import Tree, tree
from onrecord.extract.parse import parse
from onrecord.model import Factuality, Span, Statement

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "factuality.jsonl").read_text(encoding="utf-8").splitlines()
]


def deed_at(text: str, **of_deed: Any) -> tuple[str, Deed, Tree]:
    """The text without its braces, and the deed that they stand around."""
    start, end = text.index("{"), text.index("}") - 1
    plain = text.replace("{", "").replace("}", "")
    passages = parse(document(plain))
    passage = next(p for p in passages if p.block.span.start <= start < p.block.span.end)
    grown = tree(passage)
    token = grown.covering(end - 1 - passage.block.span.start)
    return plain, Deed(passage, token, Span(start=start, end=end), "ASSAULT", **of_deed), grown


def told(text: str, statement: Statement | None = None) -> Factuality:
    _, deed, grown = deed_at(text)
    return factuality(deed, grown, statement)


EXAMPLES = [(row.id, example) for row in table().rows for example in row.examples]


@pytest.mark.parametrize(("row", "example"), EXAMPLES, ids=[f"{row}-{i}" for i, (row, _) in enumerate(EXAMPLES)])
def test_rows(row: str, example: dict[str, str]) -> None:
    assert told(example["text"]) == example["factuality"]


def test_every_row_has_examples_that_differ() -> None:
    for row in table().rows:
        assert row.examples, row.id


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case: dict[str, Any]) -> None:
    statement = None
    if "statement" in case:
        said = dict(case["statement"])
        plain = case["text"].replace("{", "").replace("}", "")
        spans = {
            name: Span(start=plain.index(words), end=plain.index(words) + len(words))
            for name, words in ((name, said.pop(name, None)) for name in ("cue", "content", "source"))
            if words
        }
        statement = Statement(
            sources=(spans["source"],) if "source" in spans else (),
            cue=spans.get("cue"),
            contents=(spans["content"],),
            **{"certainty": "asserted", "polarity": "affirmed", **said},
        )
    assert told(case["text"], statement) == case["factuality"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="if not will the attack on , ? “ talks. no\n", min_size=1, max_size=60), st.integers(0, 30))
def test_any_text_is_something(text: str, at: int) -> None:
    for passage in parse(document(text)):
        grown = tree(passage)
        if grown.size:
            token = at % grown.size
            deed = Deed(passage, token, passage.span(passage.doc[token]), "ASSAULT")
            assert factuality(deed, grown) in Factuality.__args__


def test_a_long_chain_is_read_in_bounded_time() -> None:
    text = "The plan to " + "plan to " * 2000 + "attack fell through."
    passage = parse(document(text))[0]
    grown = tree(passage)
    for token in range(0, grown.size, 97):
        deed = Deed(passage, token, passage.span(passage.doc[token]), "ASSAULT")
        assert factuality(deed, grown) in Factuality.__args__
