"""The order of review: the least sure statement first, whatever else is asked, page by page."""

import sqlite3
from contextlib import closing

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import STARTED, TO_0001, TO_0002, TO_0003, TO_0004, TO_0005, document, entry, invented, span, taken_back

from onrecord.ledger import Ledger, StatementFilter, migrate
from onrecord.model import Statement

WORDS = ("Ferry talks", "One said a. Two said b. Three said c. Four said d.")


def scored(made, scores):
    """Four statements with these scores."""
    names = (("One", "a"), ("Two", "b"), ("Three", "c"), ("Four", "d"))
    return [
        entry(
            made,
            Statement(
                sources=(span(made.text, name),),
                cue=span(made.text, "said", number),
                contents=(span(made.text, f" {word}."),),
                style="indirect",
            ),
            score=score,
        )
        for number, ((name, word), score) in enumerate(zip(names, scores, strict=True))
    ]


def add(ledger, scores, version="1"):
    run = ledger.begin_run(version, (), started=STARTED)
    raw, made = document(WORDS)
    ledger.add(raw, made, scored(made, scores), run=run)


def order(ledger, limit=2, asked=None):
    """Sources and scores, page by page."""
    rows, after = [], None
    while True:
        page = ledger.statements(asked or StatementFilter(), after=after, limit=limit, order="unsure")
        rows += [(row.sources[0].text, row.score) for row in page.rows]
        if (after := page.after) is None:
            return rows


def test_the_least_sure_come_first_and_before_them_what_has_no_score(ledger):
    add(ledger, (0.9, None, 0.2, 0.2))
    assert order(ledger) == [("Two", None), ("Three", 0.2), ("Four", 0.2), ("One", 0.9)]
    assert order(ledger, limit=1) == order(ledger, limit=50)
    assert [row.sources[0].text for row in ledger.statements().rows] == ["One", "Two", "Three", "Four"]


def test_a_filter_holds_in_every_order(ledger):
    add(ledger, (0.9, None, 0.2, 0.2))
    assert order(ledger, asked=StatementFilter(q="one")) == [("One", 0.9)]


def test_the_last_run_says_how_sure_a_statement_is(ledger):
    add(ledger, (0.9, 0.8, 0.7, 0.6))
    add(ledger, (0.1, 0.8, 0.7, 0.6), version="2")
    assert order(ledger)[0] == ("One", 0.1)
    assert list(ledger.verify()) == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.none() | st.floats(0, 1), min_size=9, max_size=9), st.integers(1, 10))
def test_pages_hold_each_statement_once(tmp_path_factory, scores, limit):
    with Ledger.open(tmp_path_factory.mktemp("pages") / "onrecord.db", create=True) as ledger:
        run = ledger.begin_run("1", (), started=STARTED)
        left = iter(scores)
        for number in range(3):
            raw, made, entries = invented(number)
            entries = [
                msgspec.structs.replace(
                    e, derivations=tuple(msgspec.structs.replace(d, score=next(left)) for d in e.derivations)
                )
                if isinstance(e.value, Statement)
                else e
                for e in entries
            ]
            ledger.add(raw, made, entries, run=run)
        found = [-1 if score is None else score for _, score in order(ledger, limit=limit)]
        assert found == sorted(-1 if score is None else score for score in scores)


def test_the_order_is_read_from_an_index(ledger):
    add(ledger, (0.9, None, 0.2, 0.2))
    with closing(sqlite3.connect(ledger.path)) as raw:
        query = "SELECT entry FROM statements WHERE status != 'rejected' AND score >= 0.1 ORDER BY score, entry LIMIT 3"
        plan = [step for *_, step in raw.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert all("statements_score" in step for step in plan), plan


@pytest.fixture
def of_before(path):
    """A ledger as the first shape had it."""
    with Ledger.open(path, create=True) as ledger:
        add(ledger, (0.9, None, 0.2, 0.2))
    taken_back(path, TO_0005, TO_0004, TO_0003, TO_0002, TO_0001)
    return path


def test_a_ledger_of_before_learns_how_sure_its_statements_are(of_before):
    assert migrate(of_before).before == "0001"
    with Ledger.open(of_before) as ledger:
        assert order(ledger) == [("Two", None), ("Three", 0.2), ("Four", 0.2), ("One", 0.9)]
        assert list(ledger.verify()) == []
