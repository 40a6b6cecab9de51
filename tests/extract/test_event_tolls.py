"""How many a deed has hit: cases, half of them figures that count something else."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document
from test_event_factuality import deed_at

from onrecord.extract.events.circumstances.tolls import sizes, tolls_of
from onrecord.extract.figures import extract_figures
from onrecord.extract.parse import parse
from onrecord.model import Figure

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "tolls.jsonl").read_text(encoding="utf-8").splitlines()
]


def text_of(bound: object) -> str | None:
    return None if bound is None else str(bound)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case: dict[str, Any]) -> None:
    plain, deed, grown = deed_at(case["text"])
    article = document(plain)
    figures = [f.value for f in extract_figures(article, parse(article), ()) if isinstance(f.value, Figure)]
    found = sizes(deed._replace(type=case.get("type", "ASSAULT")), grown, tolls_of(grown, figures))
    assert [[s.of, s.span.of(plain), text_of(s.low), text_of(s.high)] for s in found] == case["sizes"]
