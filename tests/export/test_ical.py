"""A calendar, read by a reader of others: what falls due, in the article's words, with its voice."""

from datetime import date

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.ledgers import blockade, reject

from onrecord.export.ical import TAIL, _days, _escaped, _folded, components, head
from onrecord.export.tellings import commitments
from onrecord.ledger import Ledger


def written(path, **wanted):
    with Ledger.open(path) as ledger:
        return head("9.9") + "".join(components(commitments(ledger, **wanted))) + TAIL


def read(text):
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not any(event.errors for event in found)
    return {str(event["UID"]).removesuffix("@onrecord"): event for event in found}


@pytest.fixture(scope="module")
def due(tmp_path_factory):
    path = tmp_path_factory.mktemp("ical") / "i.db"
    made, ids = blockade(path)
    found = read(written(path))
    return made, {name: found[id_] for name, id_ in ids.items() if id_ in found}


def test_only_what_has_a_due_date_is_in_the_calendar(due):
    assert set(due[1]) == {"strike", "fair"}


def test_a_day_is_one_day_and_a_month_all_its_days(due):
    strike, fair = due[1]["strike"], due[1]["fair"]
    assert (strike.decoded("DTSTART"), strike.decoded("DTEND")) == (date(2031, 6, 30), date(2031, 7, 1))
    assert (fair.decoded("DTSTART"), fair.decoded("DTEND")) == (date(2031, 5, 1), date(2031, 6, 1))


def test_the_summary_is_the_articles_words_with_the_name_of_a_voice(due):
    made, found = due
    assert str(found["strike"]["SUMMARY"]) == (
        "Ilse Brandt: the crews vowed … strike by 30 June 2031 … “deal; or none”, they said"
    )
    assert str(found["fair"]["SUMMARY"]) == "A fair … planned"
    for event in found.values():
        words = str(event["SUMMARY"]).removeprefix("Ilse Brandt: ").split(" … ")
        assert all(piece in made.text for piece in words)


def test_the_description_names_the_chain_and_quotes_the_date_and_the_condition(due):
    assert str(due[1]["strike"]["DESCRIPTION"]).split("\n") == [
        "Harbour Post > Ilse Brandt", "“30 June 2031”", "“If the wages stay”", "Blockade of Ghent, day two",
    ]  # fmt: skip
    assert str(due[1]["fair"]["DESCRIPTION"]).startswith("Harbour Post\n")
    assert due[1]["strike"]["X-ONRECORD-VOICE"] and "X-ONRECORD-VOICE" not in due[1]["fair"]
    assert due[1]["strike"]["CATEGORIES"].cats == ["THREAT"]
    assert str(due[1]["strike"]["URL"]) == "https://post.example/gate.txt"


def test_the_stamp_is_of_the_article_and_the_same_ledger_gives_the_same_bytes(tmp_path):
    blockade(tmp_path / "a.db")
    first = written(tmp_path / "a.db")
    assert first == written(tmp_path / "a.db") and "DTSTAMP:20310409T000000Z" in first
    blockade(tmp_path / "b.db", published=None)
    assert "DTSTAMP:20310501T080000Z" in written(tmp_path / "b.db")  # when it was fetched


def test_lines_are_short_and_end_as_they_should(tmp_path):
    blockade(tmp_path / "a.db")
    lines = written(tmp_path / "a.db").encode().split(b"\r\n")
    assert lines.pop() == b"" and max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_what_a_person_rejected_is_left_out(tmp_path):
    _, ids = blockade(tmp_path / "i.db")
    reject(tmp_path / "i.db", ids["fair"])
    assert ids["fair"] not in read(written(tmp_path / "i.db"))
    assert ids["fair"] in read(written(tmp_path / "i.db", everything=True))


@given(st.text())
def test_any_text_comes_back_from_its_escapes_and_folds(text):
    line = _folded("SUMMARY:" + _escaped(text))
    assert line.endswith("\r\n") and all(len(each.encode()) <= 75 for each in line.split("\r\n"))
    whole = line[:-2].replace("\r\n ", "")
    assert "\n" not in whole and "\r" not in whole
    found = read(head("9") + "BEGIN:VEVENT\r\nUID:1\r\n" + line + "END:VEVENT\r\n" + TAIL)["1"]
    assert "".join(str(found["SUMMARY"]).split()) == "".join(
        c for c in "".join(text.split()).translate(dict.fromkeys(HIDDEN, "�"))
    )


HIDDEN = [
    *range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2028, 0x2029, *range(0x2066, 0x206A),
    0xFEFF,
]  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        ("2031-02", "2031-02", ("2031-02-01", "2031-03-01")),
        ("2031", "2031", ("2031-01-01", "2032-01-01")),
        (None, "2031-06-30", ("2031-06-30", "2031-07-01")),
        ("2031-06-30T08:00", "2031-06-30T09:00", ("2031-06-30", "2031-07-01")),
        ("2031-06-30", None, None),
        ("2031-06-30", "2031-06-01", ("2031-06-30", "2031-07-01")),
        (None, None, None),
        ("203", "203", None),
        ("2031-02-30", "2031-02-30", None),
        ("9999-12-31", "9999-12-31", None),
    ],
)
def test_days_of_a_due_date(begin, end, days):
    found = _days(begin, end)
    assert (found and tuple(day.isoformat() for day in found)) == days
