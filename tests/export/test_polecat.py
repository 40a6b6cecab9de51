"""The table of POLECAT, read as code written for POLECAT reads it: by the csv module and by splitting at tabs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.ledgers import blockade, reject

from onrecord.export.polecat import COLUMNS, HAPPENED, write
from onrecord.export.tellings import FACTUALITIES, Telling, Told, events
from onrecord.ledger import Ledger
from onrecord.model import Document, Entry, Event, Participant, Source, Span, Voice

HEADER = (
    "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, "
    "Actor COW, Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, "
    "Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient "
    "Title, Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, "
    "Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source, Publication Date, Story People, "
    "Story Organizations, Story Locations, Language, Version"
).split(", ")


def table(path, factualities=HAPPENED):
    out = io.StringIO()
    with Ledger.open(path) as ledger:
        count = write(events(ledger, factualities), out, "9.9")
    lines = out.getvalue().split("\n")
    assert lines.pop() == "" and len(lines) == count + 1
    assert all(len(line.split("\t")) == 40 for line in lines)
    return {row["Event ID"]: row for row in csv.DictReader(io.StringIO(out.getvalue()), delimiter="\t")}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("polecat") / "p.db"
    _, ids = blockade(path)
    return {name: row for name, id_ in ids.items() if (row := table(path, FACTUALITIES).get(id_))}


def test_the_columns_are_the_forty_in_their_order():
    assert list(COLUMNS) == HEADER and len(COLUMNS) == 40


def test_an_event_of_the_outlet(rows):
    row = rows["blocked"]
    wanted = {
        "Event Date": "2031-04-07", "Event Type": "PROTEST", "Event Mode": "obstruct", "Intensity": "-4.5",
        "Quad Code": "MATERIAL CONFLICT", "Contexts": "economic", "Actor Name": "None", "Actor Name Raw": "Dockers",
        "Primary Actor Sector": "LAB", "Recipient Name": "None", "Placename": "Gent", "City": "Gent",
        "Province": "Flanders", "Country": "BEL", "Latitude": "51.05", "Longitude": "3.71667",
        "GeoNames ID": "2797656", "Raw Placename": "Ghent", "Source": "Harbour Post",
        "Publication Date": "2031-04-09", "Story People": "Ilse Brandt", "Story Organizations": "United Nations",
        "Story Locations": "Gent; Flanders", "Language": "English", "Version": "onrecord 9.9",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_a_claim_names_its_voice_behind_the_outlet(rows):
    assert rows["attacked"]["Source"] == "Harbour Post; Ilse Brandt"
    assert rows["attacked"]["Actor Country"] == "BEL" and rows["attacked"]["Actor Sectors"] == "MIL"


def test_nothing_stands_in_for_what_the_text_does_not_say(rows):
    assert rows["attacked"]["Event Date"] == "None"  # some day of May
    assert rows["met"]["Event Date"] == "None"
    assert (rows["attacked"]["Latitude"], rows["attacked"]["Placename"]) == ("None", "Flanders")
    assert rows["named"]["Placename"] == "None"
    for row in rows.values():
        assert {row[name] for name in row if "COW" in name or "Wikipedia" in name} == {"None"}
        assert "" not in row.values()


def test_only_what_happened_is_there_unless_more_is_asked_for(tmp_path):
    _, ids = blockade(tmp_path / "p.db")
    assert set(table(tmp_path / "p.db")) == {ids["blocked"], ids["attacked"], ids["named"]}
    row = table(tmp_path / "p.db", FACTUALITIES)[ids["met"]]
    assert row["Contexts"] == "negation"
    assert row["Actor Name"] == "United Nations; Ilse Brandt" and row["Actor Title"] == "Harbour minister"


def test_words_that_would_break_the_table_or_run_in_a_spreadsheet_do_not(rows):
    assert rows["met"]["Recipient Name Raw"] == '\'=HYPERLINK("x") �[31m'
    assert rows["blocked"]["Intensity"].startswith("-")  # a number is no formula


def test_what_a_person_rejected_is_left_out(tmp_path):
    _, ids = blockade(tmp_path / "p.db")
    reject(tmp_path / "p.db", ids["blocked"])
    assert ids["blocked"] not in table(tmp_path / "p.db", FACTUALITIES)


@given(st.text(), st.text())
def test_no_text_breaks_a_row(words, name):
    document = Document(
        id="ab" * 10,
        source=Source(sha256="0" * 64, media_type="text/plain"),
        reader="text/1",
        text=words,
        publisher=name,
    )
    value = Event(
        trigger=Span(start=0, end=0),
        type="AID",
        actors=(Participant(span=Span(start=0, end=len(words)), name=name),),
    )
    made = Entry(id="cd" * 10, document=document.id, selectors=(), value=value, derivations=())
    telling = Telling(document, made, "proposed", (Voice(name=name),), {}, {}, ())
    out = io.StringIO()
    write([Told(telling, value)], out, "9.9")
    (_, line) = out.getvalue().splitlines()
    cells = line.split("\t")
    assert len(cells) == 40 and all(cells)
    assert not any(cell[0] in "=+-@" for cell in cells if not _number(cell))
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""), delimiter="\t")
    assert None not in row and row["Event ID"] == "cd" * 10


def _number(cell):
    return cell.removeprefix("-").replace(".", "", 1).isdecimal()
