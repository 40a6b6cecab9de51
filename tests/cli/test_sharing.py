"""`onrecord export plover`, `polecat`, `geojson`, `ical`: from a ledger made by hand to files that others read."""

import json

import geojson
import icalendar
import pytest
from tests.export.ledgers import blockade

FORMATS = ("plover", "polecat", "geojson", "ical")


@pytest.fixture
def export(cli, tmp_path):
    blockade(tmp_path / "h.db")

    def call(*arguments):
        return cli("--ledger", tmp_path / "h.db", "export", *arguments)

    return call


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_what_standard_output_gets_and_is_counted(export, tmp_path, name):
    code, out, err = export(name)
    assert (code, err) == (0, "") and out
    code, nothing, err = export(name, "--output", tmp_path / "out")
    assert (code, nothing) == (0, "")
    assert (tmp_path / "out").read_bytes().decode() == out
    assert err.split(": ")[1].split()[0] == {"plover": "4", "polecat": "3", "geojson": "4", "ical": "2"}[name]


def test_each_is_read_by_a_reader_of_others(export):
    assert all(json.loads(line)["chain"] for line in export("plover")[1].splitlines())
    assert geojson.loads(export("geojson")[1]).is_valid
    assert len(icalendar.Calendar.from_ical(export("ical")[1]).walk("VEVENT")) == 2
    assert {line.count("\t") for line in export("polecat")[1].splitlines()} == {39}


@pytest.mark.parametrize("name", FORMATS[:3])
def test_factualities_are_chosen(export, name):
    whole, some = export(name)[1], export(name, "-f", "ongoing")[1]
    assert len(some) < len(whole)
    assert export(name, "-f", "ongoing", "-f", "happened", "-f", "not_happened")[1] != some
    code, _, err = export(name, "-f", "gladly")
    assert code == 2 and "'not_happened'" in err


@pytest.mark.parametrize("name", FORMATS)
def test_the_help_teaches_by_example(cli, name):
    code, out, _ = cli("export", name, "--help")
    assert code == 0 and f"onrecord export {name}" in out.split("Example")[1]


@pytest.mark.parametrize("name", FORMATS)
def test_a_ledger_that_is_not_there_is_an_error_that_names_the_next_step(cli, tmp_path, name):
    code, out, err = cli("--ledger", tmp_path / "none.db", "export", name)
    assert (code, out) == (1, "") and "onrecord add" in err
