"""Events and commitments by their three times: listed, filtered, counted along a line."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import BRANDT, OKORO, STARTED, TO_0005, document, entry, quay, span, taken_back

from onrecord.ledger import ActFilter, Ledger, migrate
from onrecord.link.upkeep import LINKER, bring_up_to_date
from onrecord.model import Commitment, Entity, Event, Moment, Participant, Speaker, Statement, entry_id

TALKS = (
    "Talks at the mole",
    "Ilse Brandt met Tomas Okoro on Tuesday. Okoro said that Brandt had shelled the mole in March and would leave by "
    "May. Brandt will pay the crews.",
)
"""Brandt meets Okoro (told by the outlet), shells (told by Okoro, in a month) and promises, once with a day."""


def talks(ledger, *, published="2031-04-16", **given):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(TALKS, published=published, **given)

    def at(words, nth=0):
        return span(made.text, words, nth)

    said = Statement(
        sources=(at("Okoro", 1),),
        cue=at("said"),
        contents=(at("Brandt had shelled the mole in March and would leave by May"),),
        speaker=Speaker(name="Tomas Okoro", entity=OKORO),
        said=("2031-04-15", "2031-04-15"),
    )
    voice = entry_id(made, said)
    brandt, okoro = (
        Participant(span=at(who), name=who, entity=key)
        for who, key in (("Ilse Brandt", BRANDT), ("Tomas Okoro", OKORO))
    )
    values = [
        Entity(key=BRANDT, type="person", name="Ilse Brandt", mentions=(at("Ilse Brandt"),)),
        Entity(key=OKORO, type="person", name="Tomas Okoro", mentions=(at("Tomas Okoro"),)),
        said,
        Event(
            trigger=at("met"),
            type="CONSULT",
            actors=(brandt,),
            recipients=(okoro,),
            time=Moment(span=at("Tuesday"), value="2031-04-15", begin="2031-04-15", end="2031-04-15"),
        ),
        Event(
            trigger=at("shelled"),
            type="ASSAULT",
            actors=(brandt,),
            time=Moment(span=at("March"), value="2031-03", begin="2031-03-01", end="2031-03-31"),
            voice=voice,
        ),
        Commitment(
            trigger=at("would"),
            class_="plan",
            by=brandt,
            contents=(at("leave"),),
            due=Moment(span=at("May"), value="2031-05", begin="2031-05-01", end="2031-05-31"),
            voice=voice,
        ),
        Commitment(trigger=at("will"), class_="pledge", by=brandt, contents=(at("pay the crews"),)),
    ]
    sure = {"met": 0.4, "shelled": 0.9}
    scores = [sure.get(value.trigger.of(made.text)) if isinstance(value, Event) else None for value in values]
    entries = [entry(made, value, score=score) for value, score in zip(values, scores, strict=True)]
    ledger.add(raw, made, entries, run=run)
    return entries


def words(page):
    return [row.entry.selectors[0].exact for row in page.rows]


def test_each_has_its_three_times_and_no_other_stands_in(ledger, path):
    talks(ledger)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            'SELECT type, "begin", stop, days, said_begin, said_stop, published, statement IS NOT NULL FROM acts'
            " ORDER BY entry"
        ).fetchall()
    tuesday, said, published = ("2031-04-15",) * 2, ("2031-04-15",) * 2, "2031-04-16"
    assert found == [
        ("CONSULT", *tuesday, 1, published, published, published, 0),
        ("ASSAULT", "2031-03-01", "2031-03-31", 31, *said, published, 1),
        ("plan", "2031-05-01", "2031-05-31", 31, *said, published, 1),
        ("pledge", "", "", 0, published, published, published, 0),
    ]


def test_without_a_date_of_publication_nothing_is_said_on_one(ledger):
    talks(ledger, published="2031")
    assert words(ledger.acts(ActFilter(axis="said", dated=False))) == ["met", "will"]
    assert words(ledger.acts(ActFilter(axis="published", dated=False))) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["met", "shelled", "would", "will"]),
        ("event", ["shelled", "met", "would", "will"]),
        ("due", ["shelled", "met", "would", "will"]),
        ("said", ["shelled", "would", "met", "will"]),
        ("published", ["met", "shelled", "would", "will"]),
        ("unsure", ["would", "will", "met", "shelled"]),
    ],
)
def test_orders(ledger, order, expected):
    talks(ledger)
    assert words(ledger.acts(order=order)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "event"}, ["met", "shelled"]),
        ({"kind": "commitment", "type": "plan"}, ["would"]),
        ({"factuality": "happened"}, ["met", "shelled"]),
        ({"state": "open"}, ["would", "will"]),
        ({"party": BRANDT}, ["met", "shelled", "would", "will"]),
        ({"party": "okoro"}, ["met"]),
        ({"party": "okoro", "slot": "actor"}, []),
        ({"party": "brandt", "slot": "by"}, ["would", "will"]),
        ({"party": "nobody%"}, []),
        ({"voice": OKORO}, ["shelled", "would"]),
        ({"voice": "okoro"}, ["shelled", "would"]),
        ({"voice": "?"}, []),
        ({"own": True}, ["met", "will"]),
        ({"own": False}, ["shelled", "would"]),
        ({"publisher": "Harbour Post"}, ["met", "shelled", "would", "will"]),
        ({"published_from": "2032"}, []),
        ({"happened": "2031-04-15"}, ["met"]),
        ({"happened": "2031-03"}, ["shelled"]),
        ({"happened": "..2031-04"}, ["met", "shelled"]),
        ({"happened": "2031-05.."}, ["would"]),
        ({"said": "2031-04-15"}, ["shelled", "would"]),
        ({"overdue": "2031-05-31"}, []),
        ({"overdue": "2031-06-01"}, ["would"]),
        ({"stretch": "2031-03"}, ["shelled"]),
        ({"stretch": "2031-04-15", "axis": "said"}, ["shelled", "would"]),
        ({"dated": False}, ["will"]),
        ({"sure": 0.4}, ["met", "shelled"]),
        ({"sure": 0.41}, ["shelled"]),
    ],
)
def test_filters(ledger, asked, expected):
    talks(ledger)
    assert words(ledger.acts(ActFilter(**asked))) == expected
    assert ledger.count_acts(ActFilter(**asked)).n == len(expected)


@pytest.mark.parametrize("order", ["newest", "event", "due", "said", "published", "unsure"])
@pytest.mark.parametrize("size", [1, 3])
def test_pages_join_to_the_whole_list(ledger, order, size):
    talks(ledger)
    talks(ledger, external_id="2", published=None)
    quay(ledger)
    whole = ledger.acts(order=order, limit=100)
    assert whole.after is None and len(whole.rows) == 12
    paged, after = [], None
    for _ in range(20):
        page = ledger.acts(order=order, after=after, limit=size)
        paged += page.rows
        after = page.after
        if after is None:
            break
    assert paged == list(whole.rows)


def test_facets_leave_their_own_filter_out(ledger):
    talks(ledger)
    found = ledger.act_facets(ActFilter(type="ASSAULT"))
    assert {v.value: v.n for v in found.type} == {"ASSAULT": 1, "CONSULT": 1, "plan": 1, "pledge": 1}
    assert [(v.label, v.n) for v in found.party] == [("Ilse Brandt", 1)]
    assert [(v.value, v.label, v.n) for v in found.voice] == [(OKORO, "Tomas Okoro", 1)]
    assert found.state == () and found.timed_out == ()
    assert "type" in ledger.act_facets(seconds=0).timed_out or ledger.act_facets(seconds=0).type


def test_what_a_person_rejected_is_in_no_list(ledger, path):
    entries = talks(ledger)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET status = 'rejected' WHERE id = ?", (entries[3].id,))
    ledger.reindex()
    assert "met" not in words(ledger.acts())


def test_the_voices_behind_a_page_of_them_are_asked_for_at_once(ledger):
    entries = talks(ledger)
    voice = next(e.value.voice for e in entries if isinstance(e.value, Event) and e.value.voice)
    assert ledger.statements_by_id([voice, entries[0].id, "f" * 20]) == {voice: ledger.statement(voice)}


def test_a_party_is_the_actor_that_people_say_it_is(ledger):
    talks(ledger)
    ledger.merge([BRANDT, OKORO], linker=LINKER, who="ada", when=STARTED)
    bring_up_to_date(ledger)
    one = ledger.actor(BRANDT).key
    assert words(ledger.acts(ActFilter(party=one, slot="recipient"))) == ["met"]
    assert words(ledger.acts(ActFilter(party=one, slot="actor"))) == ["met", "shelled"]
    assert list(ledger.verify()) == []


def test_an_older_ledger_learns_them(path):
    with Ledger.open(path, create=True) as ledger:
        talks(ledger)
        quay(ledger)
        talks(ledger, external_id="2", published="2031-04")
        bring_up_to_date(ledger)

    def rows():
        with closing(sqlite3.connect(path)) as connection:
            acts = connection.execute("SELECT * FROM acts ORDER BY entry").fetchall()
            return acts, connection.execute("SELECT * FROM parties ORDER BY actor, entry, slot, key").fetchall()

    before = rows()
    assert [len(each) for each in before] == [12, 12]
    taken_back(path, TO_0005)
    migrate(path)
    assert rows() == before
    with Ledger.open(path) as ledger:
        assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    "change",
    ["UPDATE acts SET stop = '2032-01-01'", "UPDATE acts SET score = 0.9", "UPDATE parties SET slot = 'recipient'"],
)
def test_verify_finds_a_changed_row(ledger, path, change):
    talks(ledger)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"{change} WHERE entry = (SELECT max(entry) FROM acts)")
    assert any("search table" in problem.place for problem in ledger.verify())


# The line


def line(ledger, *moments, asked=None):
    """Events on these days, as (first, last), all of one article, counted."""
    run = ledger.begin_run("1", (), started=STARTED)
    paragraphs = ("Days", " ".join(f"struck{number:04}" for number in range(len(moments))))
    raw, made = document(paragraphs)
    values = [
        Event(
            trigger=(at := span(made.text, f"struck{number:04}")),
            type="ASSAULT",
            time=Moment(span=at, begin=begin, end=end),
        )
        for number, (begin, end) in enumerate(moments)
    ]
    ledger.add(raw, made, [entry(made, value) for value in values], run=run)
    return ledger.timeline(asked or ActFilter())


def bars(found):
    return {bar.period: bar.n for bar in found.bars if bar.n}


def test_a_line_of_days(ledger):
    found = line(ledger, ("2031-04-01", "2031-04-01"), ("2031-04-03", "2031-04-03"), ("2031-04-03", "2031-04-04"))
    assert (found.unit, found.first, found.last) == ("day", "2031-04-01", "2031-04-04")
    assert [(bar.period, bar.within, bar.n) for bar in found.bars] == [
        ("2031-04-01", "2031-04-01", 1),
        ("2031-04-02", "2031-04-02", 0),
        ("2031-04-03", "2031-04-03", 1),
        ("2031-04-04", "2031-04-04", 0),
    ]
    assert [(s.begin, s.end, s.n) for s in found.stretches] == [("2031-04-03", "2031-04-04", 1)]
    assert found.stretched == 1


@pytest.mark.parametrize(
    ("first", "last", "unit", "periods", "within"),
    [
        ("2030-10-01", "2031-02-01", "month", ["2030-10", "2030-11", "2030-12", "2031-01", "2031-02"], "2030-10"),
        ("2001-01-01", "2031-12-31", "year", [str(year) for year in range(2001, 2032)], "2001"),
        ("1901-01-01", "2031-12-31", "decade", [str(each) for each in range(190, 204)], "1900..1909"),
        ("0002-01-01", "9998-12-31", "century", [f"{each:02}" for each in range(100)], "0001..0099"),
    ],
)
def test_the_unit_is_the_finest_that_fits(ledger, first, last, unit, periods, within):
    found = line(ledger, (first, first), (last, last), asked=ActFilter(happened=f"{first}..{last}"))
    assert found.unit == unit
    assert [bar.period for bar in found.bars] == periods
    assert found.bars[0].within == within
    assert sum(bar.n for bar in found.bars) == 2


def test_one_day_long_ago_does_not_shrink_the_rest(ledger):
    near = [(f"2031-04-{n:02}", f"2031-04-{n:02}") for n in range(1, 21)]
    found = line(ledger, ("1980-09-22", "1980-09-22"), *near, ("2090-01-01", "2090-01-01"))
    assert (found.unit, found.first, found.last) == ("day", "2031-04-01", "2031-04-20")
    assert (found.before, found.after) == (1, 1)
    before = ledger.timeline(ActFilter(happened="..2031-03-31"))
    assert bars(before) == {"1980-09-22": 1}


def test_vague_days_are_stretches_most_first(ledger):
    found = line(
        ledger, *[("2031-01-01", "2031-12-31")] * 3, ("2031-01-01", "2031-06-30"), *[("2031-02-01", "2031-02-28")] * 2
    )
    assert (found.unit, found.last) == ("month", "2031-12-31")
    assert bars(found) == {"2031-02": 2}
    assert [(s.begin, s.end, s.n) for s in found.stretches] == [
        ("2031-01-01", "2031-12-31", 3),
        ("2031-01-01", "2031-06-30", 1),
    ]
    assert found.stretched == 4


def test_nothing_is_no_line(ledger):
    empty = ledger.timeline()
    assert (empty.bars, empty.first, empty.undated) == ((), None, 0)
    talks(ledger)
    found = ledger.timeline(ActFilter(type="pledge"))
    assert (found.bars, found.undated) == ((), 1)
    assert [bar.n for bar in ledger.timeline(ActFilter(happened="1900-01")).bars] == [0] * 31
    assert ledger.timeline(ActFilter(happened="..1900")).bars == ()


def test_what_is_told_as_a_fact_is_counted_apart(ledger):
    quay(ledger)
    talks(ledger)
    found = ledger.timeline(ActFilter(axis="published")).bars
    assert [(bar.told, bar.untold, bar.commitments) for bar in found] == [(4, 1, 3)]


def test_the_line_of_publication_and_of_the_saying(ledger):
    talks(ledger)
    talks(ledger, external_id="2", published="2031-05")
    published = ledger.timeline(ActFilter(axis="published"))
    assert published.unit == "day"
    assert bars(published) == {"2031-04-16": 4}
    assert [(s.begin, s.end, s.n) for s in published.stretches] == [("2031-05-01", "2031-05-31", 4)]
    said = ledger.timeline(ActFilter(axis="said"))
    assert bars(said) == {"2031-04-15": 4, "2031-04-16": 2} and said.undated == 2


DAYS = st.integers(0, 20_000).map(lambda n: date(1990, 1, 1) + timedelta(days=n))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=30))
def test_every_act_is_counted_once(moments):
    """In a bar, a stretch, before, after, or among those without a day."""
    days = [(begin.isoformat(), (begin + timedelta(days=length)).isoformat()) for begin, length in moments]
    with TemporaryDirectory() as folder, Ledger.open(f"{folder}/onrecord.db", create=True) as ledger:
        found = line(ledger, *days)
        total = sum(bar.n for bar in found.bars) + found.stretched + found.before + found.after + found.undated
        assert total == len(moments)
        assert found.stretched >= sum(stretch.n for stretch in found.stretches)
        assert len(found.bars) <= 100
