"""PLOVER JSON: the codebook's fields, each from the text or empty, and every event with its voice."""

import json

import pytest
from tests.export.ledgers import HOSTILE, blockade, reject

from onrecord.export.plover import Record, encode, records
from onrecord.export.tellings import events
from onrecord.extract.events.coding.codebook import codebook, score
from onrecord.ledger import Ledger

FIELDS = (
    "id has_event date time enddate endtime actor recipient event event_loc event_text quad_code event_scale mode"
    " context size link text text_info cite_info coder coded_date coded_time comment"
).split()
"""Table 6.1 of the codebook, and `size`, table 6.4."""


def exported(path, **wanted):
    with Ledger.open(path) as ledger:
        return {line["id"]: line for line in (json.loads(encode(r)) for r in records(events(ledger, **wanted), "9.9"))}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    path = tmp_path_factory.mktemp("plover") / "p.db"
    made, ids = blockade(path)
    lines = exported(path)
    return made, {name: lines[id_] for name, id_ in ids.items() if id_ in lines}


def test_every_event_has_every_field_of_the_codebook_in_its_order(told):
    _, lines = told
    assert set(lines) == {"blocked", "attacked", "met", "named"}
    for line in lines.values():
        assert list(line)[: len(FIELDS)] == FIELDS
        assert line["has_event"] is True and line["event"] and line["id"]


def test_an_event_in_the_outlets_own_words(told):
    made, lines = told
    line = lines["blocked"]
    assert (line["event"], line["mode"], line["context"], line["quad_code"]) == (
        ["PROTEST"],
        ["obstruct"],
        ["economic"],
        4,
    )
    assert (line["date"], line["enddate"], line["time"]) == ("2031-04-07", "2031-04-07", None)
    assert line["event_text"] == ["blocked", "Blockade"] and line["event_scale"] == -4.5
    assert line["size"]["injured"] == 3 and line["size"]["dead"] is None
    assert [(one["entity_text"], one["sector"]) for one in line["actor"]] == [("Dockers", "LAB")]
    place = line["event_loc"]
    assert (place["geonameid"], place["city"], place["lat"], place["lon"]) == (2797656, "Gent", 51.05, 3.71667)
    assert (place["country"], place["country_code"], place["resolution_code"]) == ("Belgium", "BEL", 4)
    assert line["voice"] is None and [voice["name"] for voice in line["chain"]] == ["Harbour Post"]
    where = line["text_info"]
    assert made.text[where["start"] : where["end"]] == "blocked" and line["text"] is None


def test_what_somebody_claims_says_so(told):
    line = told[1]["attacked"]
    assert line["voice"] and [voice["name"] for voice in line["chain"]] == ["Harbour Post", "Ilse Brandt"]
    assert (line["actor"][0]["code"], line["actor"][0]["sector"]) == ("BEL", "MIL")
    assert line["recipient"][0]["sector"] == "CVL" and line["recipient"][0]["code"] is None
    assert line["size"]["dead"] == ">=3"


def test_a_vague_time_runs_from_its_first_to_its_last_day_and_a_region_is_no_pin(told):
    line = told[1]["attacked"]
    assert (line["date"], line["enddate"]) == ("2031-05-01", "2031-05-31")
    place = line["event_loc"]
    assert (place["lat"], place["lon"], place["precision"], place["province"]) == (None, None, "region", "Flanders")


def test_what_did_not_happen_is_told_as_a_negation_and_has_no_day_of_publication(told):
    line = told[1]["met"]
    assert (line["factuality"], line["context"], line["date"]) == ("not_happened", ["negation"], None)
    assert line["when"] is None and line["cite_info"]["published"] == "2031-04-09"
    un, brandt = line["actor"]
    assert (un["code"], brandt["sector"], brandt["office"]) == ("UNO", "GOV", "Harbour minister")
    assert line["recipient"][0]["entity_text"] == HOSTILE
    assert line["event_loc"] is None and line["places"][0]["extracted_place"] == "Vimmerholm"


def test_a_name_inside_another_name_is_no_place(told):
    line = told[1]["named"]
    assert line["event_loc"] is None and line["places"][0]["lat"] is None
    assert line["event_scale"] is None  # the codebook's number for it cannot be right


def test_a_line_holds_no_line_end_and_no_control_character(tmp_path):
    blockade(tmp_path / "p.db")
    with Ledger.open(tmp_path / "p.db") as ledger:
        for record in records(events(ledger), "9.9"):
            assert all(ord(character) >= 32 for character in encode(record)[:-1])


def test_what_a_person_rejected_is_left_out(tmp_path):
    _, ids = blockade(tmp_path / "p.db")
    reject(tmp_path / "p.db", ids["blocked"])
    assert ids["blocked"] not in exported(tmp_path / "p.db")
    kept = exported(tmp_path / "p.db", everything=True)
    assert kept[ids["blocked"]]["status"] == "rejected"


def test_only_the_factualities_that_are_asked_for(tmp_path):
    _, ids = blockade(tmp_path / "p.db")
    assert set(exported(tmp_path / "p.db", factualities=("ongoing",))) == {ids["named"]}


def test_every_score_is_in_its_range_and_has_the_sign_of_its_quad():
    table = codebook()
    for type_, scores in table.scores.items():
        assert set(scores) <= {"none", *table.modes[type_]}
        assert all(-10 <= number <= 10 for number in scores.values())
    assert all(score(type_, None) > 0 for type_, quad in table.quads.items() if quad < 3)
    assert all((score(type_, None) or 0) <= 0 for type_, quad in table.quads.items() if quad > 2)
    assert table.quads["SANCTION"] == 4


def test_a_record_holds_nothing_that_is_not_documented():
    from docs import generate

    page = generate.formats()
    assert all(f"| `{name}` |" in page for name in Record.__struct_fields__)
