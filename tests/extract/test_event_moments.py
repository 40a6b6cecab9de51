"""When a deed took place: cases, and never the day of publication."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document
from test_event_factuality import deed_at

from onrecord.extract.events.circumstances.moments import moment, times_of
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Missing, Moment, Timex

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "moments.jsonl").read_text(encoding="utf-8").splitlines()
]


def found(text: str) -> tuple[str, Moment | Missing]:
    plain, deed, grown = deed_at(text)
    timexes = [f.value for f in extract_timexes(document(plain, published="2024-06-12")) if isinstance(f.value, Timex)]
    return plain, moment(deed, grown, times_of(grown, timexes))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case: dict[str, Any]) -> None:
    plain, one = found(case["text"])
    if "reason" in case:
        assert one == Missing(slot="time", reason=case["reason"])
        return
    assert isinstance(one, Moment)
    assert one.span.of(plain) == case["time"]
    assert all(getattr(one, side) == case[side] for side in ("begin", "end") if side in case)
    assert one.begin or one.end


def test_two_days_are_none() -> None:
    _, one = found("The militia {shelled} the harbour on Monday and on 3 March 2019.")
    assert one == Missing(slot="time", reason="several candidates")
