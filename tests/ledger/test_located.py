"""What is where: places of events, and places that articles name, gathered and filtered for a map."""

import sqlite3
from contextlib import closing

import pytest
from ledgers import TO_0004, TO_0005, filled, quay, taken_back
from sqlalchemy import event

from onrecord.ledger import Ledger, LocatedFilter, located, migrate
from onrecord.model import Event


def counts(ledger, **asked):
    spots = ledger.spots(LocatedFilter(**asked))
    return {spot.name: (spot.events, spot.told, spot.articles) for spot in spots}


def test_a_place_has_its_events_and_articles(ledger):
    quay(ledger)
    quay(ledger, name="again.txt", publisher="Evening Ledger", published=None, external_id="2")
    assert counts(ledger) == {"Orvik": (4, 2, 2), "Norland": (0, 0, 2)}
    assert ledger.unplaced() == 2
    spot = ledger.spots()[0]
    assert (spot.lat, spot.lon, spot.precision, spot.country) == (60.5, 5.25, "town", "NO")
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"type": "PROTEST"}, {"Orvik": (1, 0, 1)}),
        ({"factuality": "happened"}, {"Orvik": (1, 1, 1)}),
        ({"kind": "event"}, {"Orvik": (2, 1, 1)}),
        ({"kind": "place"}, {"Orvik": (0, 0, 1), "Norland": (0, 0, 1)}),
        ({"precision": "region"}, {"Norland": (0, 0, 1)}),
        ({"place": "geonames:12"}, {"Norland": (0, 0, 1)}),
        ({"happened": "2031-04"}, {"Orvik": (1, 1, 1)}),
        ({"happened": "2031-05"}, {}),
        ({"published_from": "2031-04-16", "published_to": "2031"}, {"Orvik": (2, 1, 1), "Norland": (0, 0, 1)}),
        ({"published_to": "2030"}, {}),
        ({"publisher": "Harbour Post"}, {"Orvik": (2, 1, 1), "Norland": (0, 0, 1)}),
        ({"publisher": "none\x00"}, {}),
        ({"box": (5, 60, 6, 61)}, {"Orvik": (2, 1, 1)}),
    ],
)
def test_filters(ledger, asked, expected):
    quay(ledger)
    assert counts(ledger, **asked) == expected


def test_the_list_goes_on_where_a_page_ended(ledger):
    quay(ledger)
    quay(ledger, name="again.txt", published="2031-05-01", external_id="2")
    whole = ledger.located(limit=100).rows
    # Events first, then places; the newest article first; then the order of adding.
    kinds = [row.row.kind for row in whole]
    assert kinds == ["event"] * 4 + ["place"] * 6
    assert ledger.count_located() == len(whole) == 10
    paged, after = [], None
    for _ in range(10):
        page = ledger.located(after=after, limit=1)
        paged.extend(page.rows)
        after = page.after
    assert after is None and paged == list(whole)


def test_what_a_person_rejected_is_on_no_map(ledger, path):
    entries = quay(ledger)
    fired = next(e for e in entries if isinstance(e.value, Event) and e.value.type == "ASSAULT")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET status = 'rejected' WHERE id = ?", (fired.id,))
    assert counts(ledger)["Orvik"] == (1, 0, 1)
    assert fired.id not in {row.row.entry.id for row in ledger.located().rows}


def test_facets(ledger):
    quay(ledger)
    found = ledger.located_facets()
    assert [(v.value, v.n) for v in found.type] == [("ASSAULT", 1), ("PROTEST", 1)]
    assert {v.value: v.n for v in found.precision} == {"town": 4, "region": 1}
    assert [(v.value, v.n) for v in found.publisher] == [("Harbour Post", 5)]


def test_an_older_ledger_learns_them(path):
    query = "SELECT * FROM located ORDER BY place, entry"
    with Ledger.open(path, create=True) as ledger:
        quay(ledger)
        filled(ledger)
    with closing(sqlite3.connect(path)) as connection, connection:
        before = connection.execute(query).fetchall()
    assert len(before) == 5
    taken_back(path, TO_0005, TO_0004)
    migrate(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(query).fetchall() == before
    with Ledger.open(path) as ledger:
        assert list(ledger.verify()) == []
        ledger.reindex()
        assert list(ledger.verify()) == []
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(query).fetchall() == before


def test_verify_finds_a_row_that_was_moved(ledger, path):
    quay(ledger)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE located SET lat = 10.5 WHERE kind = 'event'")
    assert any("search table located" in str(problem) for problem in ledger.verify())


@pytest.mark.parametrize("asked", [LocatedFilter(), LocatedFilter(kind="event"), LocatedFilter(kind="place")])
def test_a_large_list_is_read_in_order(ledger, asked):
    """Neither the list nor the gathering by place sorts the rows, however many there are."""
    quay(ledger)
    seen = []
    with ledger._reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: seen.append((args[2], args[3])))
        located.located(connection, asked, None, 2)
        located.spots(connection, asked)
        raw = connection.connection.driver_connection
        plans = [
            [step[3] for step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            for statement, values in seen
            if "FROM located " in " ".join(statement.split())
        ]
    listed, gathered = plans
    assert any("INDEX located_listed" in step for step in listed)
    assert not any("ORDER BY" in step for step in listed) and not any("GROUP BY" in step for step in gathered)
