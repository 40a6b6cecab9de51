"""Where a deed took place: cases, half of them places that it did not take place in."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document
from test_event_factuality import deed_at

from onrecord.extract.events.circumstances.sites import sites
from onrecord.extract.events.circumstances.stands import sites_of
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.places import extract_places
from onrecord.model import Missing, Place

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "sites.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case: dict[str, Any]) -> None:
    plain, deed, grown = deed_at(case["text"])
    article = document(plain)
    mentions = extract_mentions(article, parse(article))
    places = [f.value for f in extract_places(article, mentions) if isinstance(f.value, Place)]
    deed = deed._replace(type=case.get("type", "ASSAULT"))
    if "noun" in case:
        deed = deed._replace(noun=grown.words.index(case["noun"]))
    found = sites(deed, grown, sites_of(grown, places, mentions))
    if not case["places"]:
        assert found == Missing(slot="places", reason="not said")
        return
    assert isinstance(found, tuple)
    assert [one.span.of(plain) for one in found] == case["places"]
    assert all(one.gazetteer_id for one in found)
