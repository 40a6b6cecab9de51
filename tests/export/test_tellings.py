"""The days of a prefix, and the one place of an event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import document, entry, span

from onrecord.export.tellings import Telling, Told, clock, first_day, last_day, place_of, where
from onrecord.extract.gazetteer import open_gazetteer
from onrecord.model import Event, Location, Place

TEXT = "They met in Vimmerholm, in Sandby, in the Lake District, in Norland, and then in Ostrava."
PLACES = {
    "Vimmerholm": ("x:1", "NO", "town"),
    "Sandby": ("x:2", "NO", "town"),
    "Lake District": ("x:3", "NO", "region"),
    "Norland": ("x:4", "NO", "country"),
    "Ostrava": ("x:5", "CZ", "town"),
}


@pytest.mark.parametrize(
    ("prefix", "first", "last"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2031-04-07", "2031-04-07", "2031-04-07"),
        ("2031-04-07T08:30", "2031-04-07", "2031-04-07"),
        ("2031-13", None, None),
        ("2031-02-30", None, None),
        ("0000", None, None),
        ("203", None, None),
        ("2031-WI", None, None),
        ("٢٠٣١", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_prefix_has_a_first_and_a_last_day_of_the_calendar_or_none(prefix, first, last):
    assert (first_day(prefix), last_day(prefix)) == (first, last)


@given(st.text())
def test_any_prefix_gives_an_answer(text):
    assert (first_day(text) is None) == (last_day(text) is None)


def test_the_time_of_day_is_that_of_the_text():
    assert (clock("2031-04-07T08:30"), clock("2031-04-07T08:30:15Z")) == ("08:30", "08:30:15")
    assert clock("2031-04-07") is clock("2031-04-07TMO") is clock(None) is None


def told(*names, **changed):
    _, made = document([TEXT])
    places = {}
    for name in names:
        id_, country, precision = PLACES[name]
        given = {"name": name, "gazetteer_id": id_, "country": country, "precision": precision} | changed.get(name, {})
        places[name] = Place(span=span(made.text, name), **given)
    value = Event(
        trigger=span(made.text, "met"),
        type="CONSULT",
        places=tuple(Location(span=each.span, gazetteer_id=PLACES[name][0]) for name, each in places.items()),
    )
    return Told(Telling(made, entry(made, value), "proposed", (), {}, {}, tuple(places.values())), value)


@pytest.mark.parametrize(
    ("names", "one"),
    [
        (("Vimmerholm",), "Vimmerholm"),
        (("Norland", "Vimmerholm"), "Vimmerholm"),
        (("Norland", "Lake District", "Vimmerholm"), "Vimmerholm"),
        (("Norland", "Lake District"), "Lake District"),
        (("Vimmerholm", "Sandby"), None),
        (("Norland", "Ostrava"), None),
        ((), None),
    ],
)
def test_of_places_that_lie_in_each_other_the_finest_is_meant_and_of_two_none(names, one):
    found = where(told(*names))
    assert (found and found[1].name) == one


def test_a_government_a_people_or_another_entry_is_no_place():
    for sense in ("government", "people", "name"):
        event = told("Vimmerholm", Vimmerholm={"sense": sense})
        assert where(event) is None
        assert place_of(event.telling.places, event.event.places[0]) is None
    assert where(told("Vimmerholm", Vimmerholm={"gazetteer_id": "x:9"})) is None


def test_the_gazetteer_gives_an_entry_by_its_id():
    gazetteer = open_gazetteer()
    for name in ("Ghent", "Belgium", "Black Sea"):
        candidate = gazetteer.lookup(name)[0]
        assert gazetteer.entry(candidate.id) == candidate._replace(usual=True)
    assert gazetteer.entry("geonames:0") is gazetteer.entry("onrecord:nowhere") is gazetteer.entry("") is None
