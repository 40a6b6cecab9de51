"""Statements, case by case: spans, speakers, parents, labels; half of the cases are traps with nothing to find."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from documents import document

from onrecord.extract.entities import extract_entities
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements import extract_statements
from onrecord.extract.statements.spotting import spot
from onrecord.model import Document, Entity, Finding, Statement, entry_id

pytestmark = pytest.mark.model

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
]


def extracted(doc: Document) -> list[Finding]:
    passages = parse(doc)
    mentions = extract_mentions(doc, passages)
    entities = [f.value for f in extract_entities(doc, mentions) if isinstance(f.value, Entity)]
    return extract_statements(doc, passages, mentions, entities, ())


def shown(doc: Document, findings: list[Finding]) -> list[dict[str, Any]]:
    """Findings in the terms of the cases."""
    values = [f.value for f in findings if isinstance(f.value, Statement)]
    cues = {entry_id(doc, s): s.cue.of(doc.text) if s.cue else None for s in values}
    return [
        {
            "sources": [s.of(doc.text) for s in v.sources],
            "cue": v.cue.of(doc.text) if v.cue else None,
            "contents": [c.of(doc.text) for c in v.contents],
            "style": v.style,
            "speaker": v.speaker.name if v.speaker else None,
            "how": v.speaker.how if v.speaker else None,
            "entity": bool(v.speaker and v.speaker.entity),
            "parent": cues[v.parent] if v.parent else None,
            "polarity": v.polarity,
            "attitude": v.attitude,
        }
        for v in values
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    doc = document(case["text"], kinds=case.get("kinds"))
    found = shown(doc, extracted(doc))
    for expected in case["expect"]:
        assert any(expected.items() <= one.items() for one in found), (expected, found)
    if not case["expect"]:
        assert found == []
    assert len(found) <= case.get("most", len(found)), found


def test_the_same_document_gives_the_same_findings() -> None:
    doc = document("\n\n".join(case["text"] for case in CASES))
    assert extracted(doc) == extracted(doc)


def test_a_parent_comes_before_its_children() -> None:
    doc = document("\n\n".join(case["text"] for case in CASES))
    seen: set[str] = set()
    for finding in extracted(doc):
        assert isinstance(finding.value, Statement)
        assert finding.value.parent is None or finding.value.parent in seen
        seen.add(entry_id(doc, finding.value))
    assert seen


@pytest.mark.parametrize(
    "text",
    [
        '"' * 3000,
        "“" * 3000 + "”" * 3000,
        "he said " * 2000,
        'said "' * 1500,
        "a" * 200_000,
        "according to " * 1500,
        "‘" * 2000 + "’s" * 2000,
        "\u202e“x”\u0000 she said e\u0301",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_is_survived_and_spans_stay_inside(text: str) -> None:
    doc = document(text)
    for finding in extracted(doc):
        value = finding.value
        assert isinstance(value, Statement)
        assert all(0 <= s.start < s.end <= len(text) for s in (*value.sources, *value.contents))


def test_work_grows_with_the_length_of_the_text_alone() -> None:
    def seconds(times: int) -> float:
        doc = document("He said that it rained. She told us, “No.” " * times)
        passages = parse(doc)
        began = time.process_time()
        assert len(extract_statements(doc, passages, (), (), ())) >= times
        return time.process_time() - began

    seconds(10)  # loads the weights
    assert seconds(800) < 12 * seconds(200)  # four times the text; sixteen times the work if it were quadratic


def test_a_statement_too_unsure_to_be_told_is_left_out() -> None:
    doc = document("Tove Lind said the quay was shut.")
    quotations = find_quotations(doc)
    assert spot(doc, parse(doc), quotations)
    assert not spot(doc, parse(doc), quotations, least=1.0)
