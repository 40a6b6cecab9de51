"""What is said to have happened when: dates in the content of statements, and anywhere in an article."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledgers import STARTED, TO_0002, TO_0003, TO_0004, TO_0005, document, entry, filled, span, taken_back

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger, StatementFilter, migrate
from onrecord.ledger.happened import interval
from onrecord.model import Statement, Timex

WORDS = ("Ferry talks", "On Monday One said that in May it fell. Two said that it rose in 2030 and on 4 April.")
DAYS = {
    "Monday": ("DATE", "2031-04-14", "2031-04-14"),
    "May": ("DATE", "2030-05-01", "2030-05-31"),
    "2030": ("DATE", "2030-01-01", "2030-12-31"),
    "4 April": ("TIME", "2031-04-04", "2031-04-04"),
}


def fill(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(WORDS)
    contents = (("One", "that in May it fell", 0), ("Two", "that it rose in 2030 and on 4 April", 1))
    said = [
        Statement(sources=(span(made.text, name),), cue=span(made.text, "said", n), contents=(span(made.text, words),))
        for name, words, n in contents
    ]
    times = [
        Timex(span=span(made.text, words), type=kind, value=begin, begin=begin, end=end)
        for words, (kind, begin, end) in DAYS.items()
    ]
    lasting = Timex(span=span(made.text, "talks"), type="DURATION", value="P1M", begin="2029-01-01", end="2029-01-31")
    ledger.add(raw, made, [entry(made, value) for value in (*said, *times, lasting)], run=run)


@pytest.mark.parametrize(
    ("asked", "sources", "articles"),
    [
        ("2031-04-14", [], 1),  # on Monday: when it was said, not what was said
        ("2030-05-20", ["One"], 1),  # May is short enough to speak of its days, 2030 is not
        ("2030-05", ["One"], 1),
        ("2030", ["One", "Two"], 1),
        ("2030-01-01..2030-12-31", ["One", "Two"], 1),
        ("2030-06..2030-08", [], 0),
        ("2031-04-01..2031-04-10", ["Two"], 1),
        ("2029", [], 0),  # a length of time is no date
        ("2032", [], 0),
    ],
)
def test_statements_and_articles_by_the_days_they_speak_of(ledger, asked, sources, articles):
    fill(ledger)
    found = ledger.statements(StatementFilter(happened=asked)).rows
    assert [row.sources[0].text for row in found] == sources
    assert ledger.count_statements(StatementFilter(happened=asked)).n == len(sources)
    assert ledger.count_documents(happened=asked).n == len(ledger.documents(happened=asked).rows) == articles


@pytest.mark.parametrize(
    ("words", "asked", "n"),
    [
        ("said", "2031-04-14", 1),
        ("said monday", "2030-05", 1),
        ("said", "2032", 0),
        ("talks", "2031-04-14", 0),  # the heading holds no date
        ("ferry", "2029", 0),  # a length of time is no date
    ],
)
def test_passages_by_the_days_they_speak_of(ledger, words, asked, n):
    fill(ledger)
    here = ledger.documents().rows[0].id
    for within in (None, here):
        found = ledger.search(words, document=within, happened=asked).rows
        assert len(found) == n == ledger.count_hits(words, document=within, happened=asked).n
        assert {hit.passage.text for hit in found} == ({WORDS[1]} if n else set())
    assert len(ledger.search(words).rows) > 0


def test_the_rows_are_watched_and_can_be_made_anew(ledger, path):
    fill(ledger)
    filled(ledger)
    assert list(ledger.verify()) == []
    ledger.reindex()
    assert list(ledger.verify()) == []
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE times SET stop = '2039-01-01' WHERE days > 1")
    assert any("search table times" in str(problem) for problem in ledger.verify())


def test_an_older_ledger_learns_them(path):
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
        filled(ledger)
    with closing(sqlite3.connect(path)) as connection, connection:
        query = "SELECT entry, document, statement, begin, stop, days FROM times ORDER BY entry, statement"
        before = connection.execute(query).fetchall()
    taken_back(path, TO_0005, TO_0004, TO_0003, TO_0002)
    migrate(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(query).fetchall() == before
    with Ledger.open(path) as ledger:
        assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("2031-02", ("2031-02-01", "2031-02-28")),
        ("2030..2031-02", ("2030-01-01", "2031-02-28")),
        ("2031-02..", ("2031-02-01", "9999-12-31")),
        ("..2031", ("0001-01-01", "2031-12-31")),
    ],
)
def test_an_interval_may_be_open_on_one_side(given, days):
    assert tuple(day.isoformat() for day in interval(given)) == days


@pytest.mark.parametrize("given", ["", "..", "soon", "2031-13", "2031-02-30", "2032..2031", "2031-4", "1..2", "x.."])
def test_what_is_no_interval_is_refused(given, ledger):
    fill(ledger)
    with pytest.raises(LedgerError, match="no interval of days"):
        interval(given)
    if given:
        with pytest.raises(LedgerError):
            ledger.statements(StatementFilter(happened=given))
        with pytest.raises(LedgerError):
            ledger.search("ferry", happened=given)


@given(first=st.dates(), last=st.dates())
def test_an_interval_is_read_as_it_is_written(first, last):
    first, last = sorted((first, last))
    assert interval(f"{first}..{last}") == (first, last)
    assert interval(f"{first}") == (first, first)
    begin, end = interval(f"{first.year:04}-{first.month:02}")
    assert begin.day == 1 and begin <= first <= end and end.day >= 28
