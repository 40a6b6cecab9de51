"""Search, filters, facets and actors over small ledgers of which the answers can be counted by hand."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ledgers import BRANDT, FIRST, OKORO, STARTED, document, entry, found, invented, span
from sqlalchemy import event

from onrecord.errors import NotFound
from onrecord.ledger import Ledger, StatementFilter, sqlite
from onrecord.ledger.searching import sentence
from onrecord.model import Span, Speaker, Statement, entry_id


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Forty articles, on which no test of this file writes."""
    with Ledger.open(tmp_path_factory.mktemp("shelf") / "onrecord.db", create=True) as ledger:
        run = ledger.begin_run("1", (), started=STARTED)
        for number in range(40):
            raw, made, entries = invented(number)
            ledger.add(raw, made, entries, run=run)
        raw, made = document(FIRST, external_id="A-1")
        ledger.add(raw, made, found(made), run=run)
        raw, undated = document(("Café notes", "Über the river, a CAFE opened."), published=None, publisher=None)
        ledger.add(raw, undated, [], run=run)
        yield ledger


def every(ledger, asked=None, **given):
    """All statements of a filter, page by page."""
    asked, rows, after = asked or StatementFilter(**given), [], None
    while True:
        page = ledger.statements(asked, after=after, limit=7)
        rows += page.rows
        if (after := page.after) is None:
            return rows


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("ferries", 1),
        ("FERRIES", 1),
        ("ferries ghent", 1),
        ("ghent ferries", 1),
        ("ferries nothere", 0),
        ('"stay in ghent"', 1),
        ("“stay in ghent”", 1),
        ('"ghent in stay"', 0),
        ("ferr*", 2),
        ("ferr", 0),
        ("crews’", 1),
        ("crews'", 1),
        ("cafe", 2),
        ("CAFÉ", 2),
        ("uber", 1),
        ("3%", 1),
        ("strike -second", 1),
        ("second NOT week", 0),
        ("", 0),
        ("   ", 0),
        ('"', 0),
        ("* ** - — %", 0),
        ("text:ferries", 0),
        ("ferries)", 1),
    ],
)
def test_queries(tmp_path, query, n):
    with Ledger.open(tmp_path / "onrecord.db", create=True) as ledger:
        run = ledger.begin_run("1", (), started=STARTED)
        for paragraphs in (FIRST, ("Café notes", "Über the river, a CAFE opened.", "A ferryman waited.")):
            raw, made = document(paragraphs)
            ledger.add(raw, made, [], run=run)
        if query == "ferr*":
            n = 3  # Ferry, ferries, ferryman
        assert len(ledger.search(query).rows) == n == ledger.count_hits(query).n


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="\"*():^-+{}NEARANDORT '\\\x00“”é😀\udc80", max_size=40))
@example('"')
@example('a"b')
@example("NEAR(a b)")
@example("a AND")
@example("{content} : x")
@example("^a*")
@example('""* "*" "a*"*')
@example("😀 \ud83d")
@example("a\x00b")
@example("a " * 5000)
@example('"' * 5000)
def test_no_query_is_an_error(shelf, query):
    shelf.search(query)
    shelf.count_hits(query)
    asked = StatementFilter(q=query, speaker=query)
    for row in shelf.statements(asked).rows:
        assert row.id
    assert shelf.count_statements(StatementFilter(speaker=query, publisher=query)).n >= 0
    assert shelf.actors(q=query) and shelf.count_documents(publisher=query)


def test_a_hit_is_shown_in_its_sentence(shelf):
    (hit,) = shelf.search("ferries ghent").rows
    text = shelf.document(hit.document).text
    assert hit.sentence.text == FIRST[1] == text[hit.sentence.start : hit.sentence.end]
    assert hit.passage.text == text[hit.passage.start : hit.passage.end]
    assert [each.of(text) for each in hit.hits] == ["ferries", "Ghent"]
    (hit,) = shelf.search('"too little" okoro').rows
    assert hit.sentence.text == "The crews’ pay rose 3% — “far too little”, Okoro said."
    assert [each.of(text) for each in hit.hits] == ["too little", "Okoro"]


def test_every_hit_holds_the_words(shelf):
    for word in ("harbour", "ceasefire", "quota", "drone"):
        after, n = None, 0
        while True:
            page = shelf.search(word, after=after, limit=9)
            for hit in page.rows:
                n += 1
                text = shelf.document(hit.document).text
                assert hit.passage.text == text[hit.passage.start : hit.passage.end]
                assert hit.hits and {each.of(text).casefold() for each in hit.hits} == {word}
                assert hit.sentence.start <= hit.hits[0].start and hit.hits[0].end <= hit.sentence.end
            if (after := page.after) is None:
                break
        assert n == shelf.count_hits(word).n > 9


def test_within_one_document(shelf):
    made = shelf.documents(external_id="A-1").rows[0].id
    assert {hit.document for hit in shelf.search("ferries", document=made).rows} == {made}
    assert shelf.search("harbour", document=made).rows == ()
    assert shelf.count_hits("brandt", document=made).n == 3
    with pytest.raises(NotFound):
        shelf.search("ferries", document="ffff")


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("One is here. Two is there.", "Two", "Two is there."),
        ("One is here. Two is there.", "One", "One is here."),
        ("Gen. Adair met Mr. Vale in the U.S. today. He left.", "Vale", "Gen. Adair met Mr. Vale in the U.S. today."),
        ("“We left.” She slept.", "left", "“We left.”"),
        ("It rose 3.5 percent. So it was.", "rose", "It rose 3.5 percent."),
        ("No end here", "end", "No end here"),
        ("What? Yes! No…", "Yes", "Yes!"),
    ],
)  # fmt: skip
def test_sentences(text, word, shown):
    start, end = sentence(text, [Span(start=text.index(word), end=text.index(word) + len(word))])
    assert text[start:end] == shown


def test_a_sentence_of_hostile_text_is_cut_quickly():
    for piece in (". ", ".", "A. ", "”" * 10, " ", "a", ".”)]  "):
        text = piece * (400_000 // len(piece))
        start, end = sentence(text, [Span(start=len(text) - 1, end=len(text))])
        assert 0 <= start <= end <= len(text)


def test_filters_add_up_and_agree_with_the_rows(shelf):
    everything = every(shelf)
    assert shelf.count_statements().n == len(everything) == 40 * 3 + 5
    for field, value, holds in (
        ("publisher", "Evening Ledger", lambda row: row.publisher == "Evening Ledger"),
        ("style", "mixed", lambda row: row.value.style == "mixed"),
        ("speaker", BRANDT, lambda row: row.entity == BRANDT),
        ("speaker", "the Evening Ledger", lambda row: row.speaker == "the Evening Ledger"),
        ("speaker", "brandt", lambda row: row.speaker == "Ilse Brandt"),
        ("speaker", "ILSE bran*", lambda row: row.speaker == "Ilse Brandt"),
        ("published_from", "2030-07", lambda row: row.published >= "2030-07"),
        ("published_to", "2030-06", lambda row: row.published[:7] <= "2030-06"),
        ("published_from", "2031-04-16", lambda row: row.published == "2031-04-16"),
        ("q", "harbour", lambda row: "harbour" in " ".join(each.text for each in row.contents)),
        ("status", "proposed", lambda row: True),
        ("status", "accepted", lambda row: False),
    ):
        rows = every(shelf, **{field: value})
        assert {row.id for row in rows} == {row.id for row in everything if holds(row)}, field
        assert shelf.count_statements(StatementFilter(**{field: value})).n == len(rows)
    both = every(shelf, publisher="Evening Ledger", q="harbour", speaker=BRANDT)
    assert both and all(row.publisher == "Evening Ledger" and row.entity == BRANDT for row in both)
    assert every(shelf, q="", speaker="", publisher="", document="") == everything
    assert every(shelf, q="—") == [] == every(shelf, speaker="—")
    days = [row.published for row in everything]
    assert days == sorted(days, reverse=True)


def test_a_date_that_is_less_precise_than_what_is_asked_is_not_lost(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST, published="2031-04")
    ledger.add(raw, made, found(made), run=run)
    assert ledger.count_statements(StatementFilter(published_from="2031-04-10")).n == 5
    assert ledger.count_statements(StatementFilter(published_from="2031-05-01")).n == 0
    assert ledger.count_documents(published_from="2031-04-10").n == 1


def test_a_row_has_all_that_it_takes_to_show_it(shelf):
    (row,) = every(shelf, q='"no talks are planned"', style="direct")
    text = shelf.document(row.document).text
    assert [voice.name for voice in row.chain] == ["Harbour Post", "the Evening Ledger", "Tomas Okoro", "Ilse Brandt"]
    assert [voice.entity for voice in row.chain] == [None, None, OKORO, BRANDT]
    assert row.passage.text == FIRST[2]
    assert (row.cue.text, row.sources[0].text, row.contents[0].text) == ("said", "Ilse Brandt", "no talks are planned")
    assert [each.of(text) for each in row.hits] == ["no talks are planned"]
    for each in (*row.sources, row.cue, *row.contents, row.passage):
        assert text[each.start : each.end] == each.text
    assert shelf.statement(row.id) == msgspec_without_hits(row)
    (outer,) = every(shelf, speaker="the Evening Ledger", document=row.document)
    (middle,) = shelf.children(outer.id)
    assert [child.id for child in shelf.children(middle.id)] == [row.id]
    assert shelf.children(row.id) == []
    with pytest.raises(NotFound):
        shelf.statement(row.document)


def msgspec_without_hits(row):
    import msgspec

    return msgspec.structs.replace(row, hits=())


def test_marks_in_split_contents_are_where_the_words_are(shelf):
    (row,) = every(shelf, q="crews little okoro")
    text = shelf.document(row.document).text
    assert [each.of(text) for each in row.hits] == ["crews", "little", "Okoro"]


def test_facets_count_what_the_lists_have(shelf):
    facets = shelf.facets(seconds=60)
    everything = every(shelf)
    for name, of in (
        ("publisher", lambda row: row.publisher),
        ("style", lambda row: row.value.style),
        ("year", lambda row: row.published[:4]),
        ("speaker", lambda row: row.entity or row.speaker),
    ):
        counted = {}
        for row in everything:
            if of(row):  # whose speaker could not be told is in no facet
                counted[of(row)] = counted.get(of(row), 0) + 1
        assert {value.value: value.n for value in getattr(facets, name)} == counted
    assert {value.label for value in facets.speaker if value.value == BRANDT} == {"Ilse Brandt"}
    assert [value.value for value in facets.year] == ["2031", "2030"]
    # Each facet is counted with all filters but its own, so that one can change one's mind.
    narrowed = shelf.facets(StatementFilter(publisher="Harbour Post", q="harbour"), seconds=60)
    assert {value.value for value in narrowed.publisher} == {"Harbour Post", "Evening Ledger"}
    by_style = {value.value: value.n for value in narrowed.style}
    assert by_style == {"indirect": shelf.count_statements(StatementFilter(publisher="Harbour Post", q="harbour")).n}


def test_facets_that_take_too_long_say_so(shelf):
    facets = shelf.facets(seconds=0)
    late = set(facets.timed_out)
    # A query of fewer steps than SQLite takes between two looks at the clock may get through.
    assert late <= {"speaker", "publisher", "style", "year"}
    for name in late:
        assert getattr(facets, name) == ()
    assert shelf.facets(seconds=60).timed_out == ()  # and the next one is not interrupted


def test_a_query_past_its_deadline_is_stopped(shelf):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with shelf._reading() as connection:
        with pytest.raises(sqlite.TimedOut), sqlite.deadline(connection, 0.05):
            connection.exec_driver_sql(endless)
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_counts_stop_at_ten_thousand(shelf, monkeypatch):
    from onrecord.ledger import searching, statements

    monkeypatch.setattr(statements, "CAP", 20)
    monkeypatch.setattr(searching, "CAP", 20)
    count = shelf.count_statements()
    assert (count.n, count.capped) == (20, True)
    assert (shelf.count_hits("said").n, shelf.count_hits("said").capped) == (20, True)
    assert not shelf.count_statements(StatementFilter(style="mixed")).capped


def test_an_actor_over_all_documents(shelf):
    actor = shelf.actor(BRANDT)
    said = every(shelf, speaker=BRANDT)
    assert (actor.name, actor.type, actor.said) == ("Ilse Brandt", "person", len(said))
    assert [alias.name for alias in actor.aliases] == ["Ilse Brandt", "Brandt"]
    assert len(actor.aliases[0].documents) == actor.documents and len(actor.aliases[1].documents) == 1
    for mention in (*actor.mentions, *actor.roles):
        assert shelf.document(mention.document).text[mention.start : mention.end] == mention.text
    assert [role.text for role in actor.roles] == ["Port chief"]
    assert actor.n_mentions == len(actor.mentions) and len(shelf.actor(BRANDT, mentions=2).mentions) == 2
    rows = {row.key: row for row in shelf.actors().rows}
    assert (rows[BRANDT].documents, rows[BRANDT].mentions, rows[BRANDT].said) == (
        actor.documents, actor.n_mentions, actor.said,
    )  # fmt: skip
    assert [row.key for row in shelf.actors(q="okoro", type="person").rows] == [OKORO]
    assert shelf.actors(q="okoro", type="place").rows == () == shelf.actors(q="%").rows
    assert shelf.count_actors().n == len(rows) and shelf.count_actors(q="okoro").n == 1
    with pytest.raises(NotFound, match="entity nobody"):
        shelf.actor("nobody")


def test_said_about(shelf):
    about = every(shelf, about=BRANDT)
    assert {row.contents[0].text for row in about} == {
        "Tomas Okoro claimed that Ilse Brandt said “no talks are planned”",
        "Ilse Brandt said “no talks are planned”",
    }
    assert shelf.actor(BRANDT).about == 2 and shelf.actor(OKORO).about == 1


def test_cited_by(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST)
    ledger.add(raw, made, found(made), run=run)
    cited = [(row.kind, row.name, row.entity, row.n, row.first) for row in ledger.cited_by(BRANDT)]
    assert cited == [
        ("publisher", "Harbour Post", None, 2, "2031-04-16"),
        ("speaker", "Tomas Okoro", OKORO, 1, "2031-04-16"),
        ("speaker", "the Evening Ledger", None, 1, "2031-04-16"),
    ]
    assert ledger.cited_by("nobody") == []


def test_statements_that_stand_in_each_other_do_not_go_round(ledger, path):
    """No extractor can make it so, because an id holds the parent's; a tampered file can."""
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST)
    one = Statement(contents=(span(made.text, "Ghent"),), speaker=Speaker(name="One", entity="1" * 20))
    two = Statement(contents=(span(made.text, "Ghent"),), speaker=Speaker(name="Two"), parent=entry_id(made, one))
    ledger.add(raw, made, [entry(made, one), entry(made, two)], run=run)
    with closing(sqlite3.connect(path)) as connection, connection:
        value = json.dumps({"kind": "statement", "parent": entry_id(made, two), "speaker": {"name": "One"}})
        connection.execute("UPDATE entries SET value = ? WHERE id = ?", (value, entry_id(made, one)))
        connection.execute("UPDATE statements SET parent = 3 - entry")
    assert len(ledger.statement(entry_id(made, two)).chain) <= 4
    assert ledger.cited_by("1" * 20)
    assert list(ledger.verify())


def test_documents_that_lack_something(shelf):
    n = {lack: shelf.count_documents(lacking=lack).n for lack in ("published", "publisher", "authors", "statements")}
    assert n == {"published": 1, "publisher": 1, "authors": 0, "statements": 1}
    (row,) = shelf.documents(lacking="published").rows
    assert row.title == "Café notes" and shelf.documents(lacking="published", publisher="Harbour Post").rows == ()


def test_overview(shelf):
    overview = shelf.overview()
    assert overview.documents == 42 == sum(each.documents for each in overview.publishers)
    assert overview.undated == 1 and sum(n for _, n in overview.months) == 41
    assert overview.entries["statement"] == 125 and overview.statuses == {"proposed": 125}
    (nobody,) = (each for each in overview.publishers if each.publisher is None)
    assert (nobody.documents, nobody.first, nobody.last) == (1, None, None)


PLANS = (
    ("statements", lambda ledger: ledger.statements(limit=5)),
    ("statements of a speaker", lambda ledger: ledger.statements(StatementFilter(speaker=BRANDT), limit=5)),
    ("statements of an outlet", lambda ledger: ledger.statements(StatementFilter(publisher="Harbour Post"), limit=5)),
    ("words in statements", lambda ledger: ledger.statements(StatementFilter(q="harbour"), limit=5)),
    ("documents", lambda ledger: ledger.documents(limit=5)),
    ("one document", lambda ledger: ledger.document(ledger.documents(limit=1).rows[0].id)),
    ("entries", lambda ledger: ledger.entries(kinds=["statement"], limit=5)),
    ("entries of a document", lambda ledger: ledger.entries(document=ledger.documents(limit=1).rows[0].id)),
    ("search", lambda ledger: ledger.search("harbour")),
    ("search by days", lambda ledger: ledger.search("harbour", happened="2031-04")),
    ("hits by days", lambda ledger: ledger.count_hits("harbour", happened="2031-04")),
    ("known", lambda ledger: ledger.known(["0" * 64], readers={"hand/1"}, version="1")),
    ("cited by", lambda ledger: ledger.cited_by(BRANDT)),
)


@pytest.mark.parametrize(("ask"), [ask for _, ask in PLANS], ids=[name for name, _ in PLANS])
def test_no_list_reads_a_whole_table(shelf, ask):
    """SQLite's own plan of each query: it may walk an index in order, and never a table from end to end."""
    asked = []

    def note(connection, cursor, statement, parameters, context, many):
        asked.append((statement, parameters))

    event.listen(shelf._engine, "before_cursor_execute", note)
    try:
        ask(shelf)
    finally:
        event.remove(shelf._engine, "before_cursor_execute", note)
    assert asked
    with closing(sqlite3.connect(shelf.path)) as raw:
        for statement, parameters in asked:
            if not statement.lstrip().startswith(("SELECT", "WITH")):
                continue
            for _, _, _, step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters):
                whole = re.match(r"SCAN (?!CONSTANT|\w+_words|up\b|anon|\(|.* USING (COVERING )?INDEX)", step)
                assert not whole, f"{step}\n{statement}"
