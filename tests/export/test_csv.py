"""Tables: every cell is an article's own words again, and none of them runs in a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.csv import columns, guard, row, write
from onrecord.export.schema import LINES, FoundText, Link, Period, PlaceLine, SpeakerOf, StatementLine

STATEMENT = StatementLine(
    id="1a",
    document="2b",
    sources=(FoundText(text="Ilse Brandt", start=0, end=11),),
    cue=None,
    contents=(FoundText(text='=cmd("x")', start=12, end=21), FoundText(text="b, c\nd", start=30, end=36)),
    style="direct",
    speaker=SpeakerOf(name="Ilse Brandt", entity=None, how="name"),
    parent=None,
    chain=(Link(name="Harbour Post", entity=None), Link(name=None, entity=None), Link(name="Ilse Brandt", entity="9")),
    certainty=None,
    polarity="denied",
    attitude=None,
    said=Period(begin="2031-04", end="2031-05"),
    status="proposed",
    derivations=(),
)


def table(kind, lines):
    out = io.StringIO()
    assert write([kind], lines, {kind: out}) == {kind: len(lines)}
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_a_statement_is_one_row_with_all_its_places():
    (cells,) = table("statement", [STATEMENT])
    assert cells["contents"] == '\'=cmd("x") | b, c\nd'
    assert (cells["contents_start"], cells["contents_end"]) == ("12 | 30", "21 | 36")
    assert (cells["cue"], cells["cue_start"]) == ("", "")
    assert (cells["speaker"], cells["speaker_entity"]) == ("Ilse Brandt", "")
    assert cells["chain"] == "Harbour Post | ? | Ilse Brandt"
    assert (cells["said_begin"], cells["said_end"]) == ("2031-04", "2031-05")


def test_a_number_below_zero_is_no_formula():
    place = PlaceLine(
        id="1", document="2", span=FoundText(text="-Ness", start=0, end=5), name="-Ness", gazetteer_id=None,
        country=None, lat=-5.5, lon=-3.0, precision="town", sense="location", status="proposed", derivations=(),
    )  # fmt: skip
    (cells,) = table("place", [place])
    assert (cells["lat"], cells["lon"], cells["name"]) == ("-5.5", "-3.0", "'-Ness")


def test_a_row_has_a_cell_for_each_column():
    assert len(row(STATEMENT)) == len(columns("statement"))
    assert all(len(set(columns(kind))) == len(columns(kind)) for kind in LINES)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@x"])
def test_what_a_spreadsheet_would_run_is_guarded(text):
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "1", "'tis", "a=1", "“=1”", "'"])
def test_other_text_is_left_alone(text):
    assert guard(text) == text


@given(st.text(alphabet="'=+-@\t\ra"), st.text(alphabet="'=+-@\t\ra"))
def test_no_two_texts_become_the_same_cell(one, other):
    assert guard(one)[:1] not in set("=+-@\t\r")
    assert (guard(one) == guard(other)) == (one == other)
