"""The gazetteer: the file as built, and how names are looked up."""

import math
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.gazetteer import KINDS, key, lookup, open_gazetteer, population_of, size_of
from onrecord.extract.lexicon import countries, demonyms, territories


def test_it_tells_what_it_is_made_of() -> None:
    about = open_gazetteer().about
    assert "GeoNames" in about["attribution"] and "CC BY 4.0" in about["attribution"]
    assert about["entries"] == len(open_gazetteer()) > 250_000


def test_case_accents_and_signs_do_not_matter() -> None:
    for one, other in (
        ("São Paulo", "sao paulo"),
        ("Łódź", "Lodz"),
        ("Saint-Denis", "St. Denis"),
        ("The Hague", "Hague"),
    ):
        assert key(one) == key(other)
    assert {c.id for c in lookup("SAO PAULO")} == {c.id for c in lookup("São Paulo")}


def test_names_that_nobody_bears() -> None:
    assert lookup("Vraskolding") == lookup("") == lookup("\x00") == lookup("of the") == ()


def test_the_most_populous_first() -> None:
    paris = [c for c in lookup("Paris") if c.kind in ("town", "capital")]
    assert [c.population for c in paris] == sorted((c.population for c in paris), reverse=True)
    assert (paris[0].country, paris[0].kind) == ("FR", "capital")
    assert any(c.country == "US" for c in paris)


def test_every_country_is_found_under_every_name_and_lies_on_earth() -> None:
    for name, code in countries().items():
        assert any(c.kind == "country" and c.country == code for c in lookup(name)), name
    for territory in territories():
        (country,) = (c for c in lookup(territory.name) if c.kind == "country" and c.country == territory.code)
        assert -90 <= country.lat <= 90 and -180 <= country.lon <= 180


def test_divisions_know_their_towns() -> None:
    (texas,) = (c for c in lookup("Texas") if c.kind == "division")
    assert any(c.division == texas.id for c in lookup("Austin"))
    assert texas in lookup("Tex.") or texas.id in {c.id for c in lookup("Tex.")}


def test_what_is_disputed_has_no_country() -> None:
    for name in (
        "Crimea",
        "South Ossetia",
        "Abkhazia",
        "Kashmir",
        "Golan Heights",
        "Nagorno-Karabakh",
        "Northern Cyprus",
    ):
        assert [c.country for c in lookup(name) if c.kind in ("area", "division")][:1] == [None], name


def test_demonyms_are_of_countries_in_the_table() -> None:
    codes = {territory.code for territory in territories()}
    assert set(demonyms().values()) <= codes
    assert not set(demonyms()) & set(countries())


def test_kinds_are_those_of_the_file() -> None:
    assert {
        c.kind
        for name in ("Malta", "Sahel", "Azovstal", "Texas", "Anderson County", "Bergen", "Oslo")
        for c in lookup(name)
    } == set(KINDS)


def test_it_opens_at_once_and_stays_out_of_memory() -> None:
    code = (
        "import resource, time; from onrecord.extract.gazetteer import lookup; "
        "a = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; t = time.perf_counter(); lookup('Bergen'); "
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - a)"
    )
    seconds, kilobytes = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert float(seconds) < 2  # 4 ms on an idle machine
    assert int(kilobytes) < 60_000


@given(st.integers(0, 40_000_000))
def test_a_population_is_kept_to_within_a_tenth(population: int) -> None:
    kept = population_of(size_of(population))
    assert kept == population == 0 or math.isclose(kept, population, rel_tol=0.13)


@given(st.text(max_size=40))
def test_keys_are_stable_and_looking_up_never_fails(name: str) -> None:
    assert key(key(name)) == key(name)
    lookup(name)
