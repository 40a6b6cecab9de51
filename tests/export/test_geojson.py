"""GeoJSON, read by a reader of others: no false pins, and every place with the voice of its event."""

import json

import geojson
import pytest
from tests.export.ledgers import blockade, reject

from onrecord.export.geojson import features, pieces
from onrecord.export.tellings import events
from onrecord.ledger import Ledger


def collection(path):
    with Ledger.open(path) as ledger:
        text = "".join(pieces(features(events(ledger))))
    read = geojson.loads(text)
    assert isinstance(read, geojson.FeatureCollection) and read.is_valid, read.errors()
    return json.loads(text)


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    path = tmp_path_factory.mktemp("geojson") / "g.db"
    _, ids = blockade(path)
    found = {each["properties"]["event"]: each for each in collection(path)["features"]}
    return {name: found[id_] for name, id_ in ids.items() if id_ in found}


def test_a_town_is_a_point_longitude_first(places):
    feature = places["blocked"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [3.71667, 51.05]}
    properties = feature["properties"]
    assert (properties["text"], properties["name"], properties["precision"]) == ("Ghent", "Gent", "town")
    assert (properties["begin"], properties["end"], properties["factuality"]) == (
        "2031-04-07",
        "2031-04-07",
        "happened",
    )
    assert properties["voice"] is None and properties["url"] == "https://post.example/gate.txt"


@pytest.mark.parametrize(("event", "precision"), [("attacked", "region"), ("met", "unknown"), ("named", "unknown")])
def test_a_region_a_place_unknown_and_a_part_of_a_name_are_no_pins(places, event, precision):
    assert places[event]["geometry"] is None and places[event]["properties"]["precision"] == precision


def test_a_claim_says_whose_it_is(places):
    properties = places["attacked"]["properties"]
    assert properties["voice"] and [voice["name"] for voice in properties["chain"]] == ["Harbour Post", "Ilse Brandt"]


def test_ids_are_unique_and_rejected_events_left_out(tmp_path):
    _, ids = blockade(tmp_path / "g.db")
    reject(tmp_path / "g.db", ids["blocked"])
    found = collection(tmp_path / "g.db")["features"]
    assert len({each["id"] for each in found}) == len(found) == 3


def test_a_ledger_without_events_gives_a_collection_of_none(tmp_path):
    Ledger.open(tmp_path / "e.db", create=True).close()
    assert collection(tmp_path / "e.db")["features"] == []
