"""What goes in comes out; the same again changes nothing; what is newer supersedes; what a person decided stays."""

import sqlite3
from contextlib import closing

import msgspec
import pytest
from ledgers import BRANDT, FINISHED, FIRST, STARTED, document, entry, filled, found, invented, span

from onrecord.errors import MalformedInput, NotFound
from onrecord.ledger import Ledger, Rejection, StatementFilter
from onrecord.ledger.cells import tidy_document
from onrecord.model import Statement, Timex

TABLES = ("sources", "documents", "runs", "entries", "derivations", "failures", "rejections", "passages", "statements")


def contents(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def decide(path, id_, status):
    """What review will do one day."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET status = ? WHERE id = ?", (status, id_))
        connection.execute(
            "UPDATE statements SET status = ? WHERE entry = (SELECT seq FROM entries WHERE id = ?)", (status, id_)
        )


def test_what_goes_in_comes_out(ledger):
    run = ledger.begin_run("1", ("hand/1",), started=STARTED)
    raw, made = document(FIRST, external_id="A-1")
    entries = found(made)
    added = ledger.add(raw, made, entries, run=run)
    assert (added.new, added.changed, added.added) == (True, True, len(entries))
    assert ledger.source_bytes(made.source.sha256) == raw
    assert ledger.document(made.id) == tidy_document(made)
    assert ledger.document(made.id[:8]).authors == ("Ada Quill", "Bo Reed")  # white space folded, nothing else
    out = {row.entry.id: msgspec.structs.replace(row.entry, run=None) for row in ledger.entries(document=made.id).rows}
    assert out == {each.id: each for each in entries}
    assert all(ledger.entry(each.id[:10]).entry.value == each.value for each in entries)
    row = ledger.document_row(made.id)
    assert (row.external_id, row.statements, row.url) == ("A-1", 5, made.source.url)
    assert [row.id for row in ledger.documents(external_id="A-1").rows] == [made.id]


def test_entries_come_in_the_order_of_the_text(full):
    row = full.documents(external_id="A-1").rows[0]
    starts = [min(s.span.start for s in each.entry.selectors) for each in full.entries(document=row.id).rows]
    assert starts == sorted(starts) and len(starts) > 5


def test_the_same_again_writes_nothing(full, path):
    before = contents(path)
    run = full.begin_run("1", ("hand/1",), started=STARTED)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM runs WHERE seq = 2")
    raw, made = document(FIRST, external_id="A-1", name="another-name.txt")
    added = full.add(raw, made, found(made), run="1")
    assert (added.new, added.changed, added.kept, added.added) == (False, False, len(found(made)), 0)
    assert contents(path) == before and run == "2"


def test_known_by_reader_and_version(full):
    raw, made = document(FIRST, external_id="A-1")
    sha256 = made.source.sha256
    many = [sha256, *(f"{n:064x}" for n in range(2000))]
    assert full.known(many, readers={"hand/1", "other/3"}, version="1") == {sha256}
    assert full.known([sha256], readers={"hand/2"}, version="1") == set()
    assert full.known([sha256], readers={"hand/1"}, version="2") == set()
    run = full.begin_run("2", (), started=STARTED)
    assert full.add(raw, made, found(made), run=run).changed  # the same entries, but now they are known for version 2
    assert full.known([sha256], readers={"hand/1"}, version="2") == {sha256}


def test_a_newer_extractor_supersedes_and_vouches(full):
    raw, made = document(FIRST, external_id="A-1")
    old = found(made)
    gone, kept = old[-1], old[:-1]
    new = entry(made, Timex(span=span(made.text, "Monday"), type="DATE", value="2031-04-21"), version="2")
    run = full.begin_run("2", (), started=STARTED)
    added = full.add(raw, made, [*found(made, version="2")[:-1], new], run=run)
    assert (added.new, added.added, added.kept, added.superseded) == (False, 1, len(kept), 1)
    assert full.entry(gone.id).status == "superseded"
    assert full.entry(gone.id).entry.value == gone.value
    again = full.entry(kept[0].id)
    assert again.status == "proposed" and again.entry.run == "1"
    assert [derivation.version for derivation in again.entry.derivations] == ["1", "2"]
    ids = {row.entry.id for row in full.entries(document=made.id).rows}
    assert new.id in ids and gone.id not in ids
    everything = full.entries(document=made.id, statuses=("proposed", "superseded")).rows
    assert gone.id in {row.entry.id for row in everything}
    # Found once more, it stands again, with its old id.
    run = full.begin_run("3", (), started=STARTED)
    full.add(raw, made, found(made), run=run)
    assert full.entry(gone.id).status == "proposed"
    assert list(full.verify()) == []


def test_a_superseded_statement_leaves_lists_and_search_but_not_its_address(full):
    raw, made = document(FIRST, external_id="A-1")
    lost = next(each for each in found(made) if isinstance(each.value, Statement))
    run = full.begin_run("2", (), started=STARTED)
    full.add(raw, made, [each for each in found(made) if each.id != lost.id], run=run)
    assert full.statements(StatementFilter(q="ferries ghent")).rows == ()
    shown = full.statement(lost.id)
    assert shown.status == "superseded" and shown.contents[0].text == "14 ferries would stay in Ghent"
    assert list(full.verify()) == []


@pytest.mark.parametrize("status", ["accepted", "rejected", "corrected"])
@pytest.mark.parametrize("again", [True, False])
def test_what_a_person_decided_survives(full, path, status, again):
    raw, made = document(FIRST, external_id="A-1")
    decided = found(made)[2]
    decide(path, decided.id, status)
    run = full.begin_run("2", (), started=STARTED)
    full.add(raw, made, [each for each in found(made, version="2") if again or each.id != decided.id], run=run)
    assert full.entry(decided.id).status == status
    listed = {row.entry.id for row in full.entries(document=made.id).rows}
    assert (decided.id in listed) == (status != "rejected")
    shown = {row.id for row in full.statements(StatementFilter(document=made.id)).rows}
    assert (decided.id in shown) == (status != "rejected")
    assert [row.id for row in full.statements(StatementFilter(status=status)).rows] == [decided.id]
    assert list(full.verify()) == []


def test_a_changed_reader_makes_a_new_document(ledger):
    first, new, old = filled(ledger)
    assert {row.id for row in ledger.documents().rows} == {first.id, new.id}
    assert {row.id for row in ledger.documents(superseded=True).rows} == {first.id, new.id, old.id}
    assert not ledger.document_row(old.id).current and ledger.document(old.id).text == old.text
    assert {row.status for row in ledger.entries(document=old.id, statuses=("superseded", "proposed")).rows} == {
        "superseded"
    }
    assert [hit.document for hit in ledger.search("nobody harbour").rows] == [new.id]
    assert ledger.overview().superseded_documents == 1
    # Back to the old reader: its document stands again, and is found.
    raw, again = document(("Crews vote", "Nobody spoke at the harbour on Tuesday."), name="vote.txt", publisher=None,
                          published=None)  # fmt: skip
    run = ledger.begin_run("1", (), started=STARTED)
    assert again.id == old.id and ledger.add(raw, again, [], run=run).changed
    assert [hit.document for hit in ledger.search("nobody harbour").rows] == [old.id]
    assert list(ledger.verify()) == []


def test_records_of_one_source_do_not_supersede_each_other(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, one = document(("One", "First record."), external_id="1")
    other = msgspec.structs.replace(one, external_id="2", reader="hand/2", id="0" * 20)
    ledger.add(raw, one, [], run=run)
    ledger.add(raw, other, [], run=run)
    assert len(ledger.documents().rows) == 2
    assert len(contents(ledger.path)["sources"]) == 1


def test_two_extractors_that_agree_share_an_entry(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST)
    one = found(made)[0]
    other = entry(made, one.value, extractor="another", rule="b")
    assert ledger.add(raw, made, [one, other, one], run=run).added == 1
    assert [d.extractor for d in ledger.entry(one.id).entry.derivations] == ["hand", "another"]


def test_what_does_not_belong_is_refused_whole(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST)
    good, bad = found(made)[0], found(made)[1]
    other = msgspec.structs.replace
    wrong = (
        other(bad, id="f" * 20),
        other(bad, document="e" * 20),
        other(bad, selectors=bad.selectors[:-1]),
        other(bad, selectors=(other(bad.selectors[0], exact="Thomas Okoro"), *bad.selectors[1:])),
    )
    for each in wrong:
        with pytest.raises(ValueError, match=made.id):
            ledger.add(raw, made, [good, each], run=run)
    with pytest.raises(ValueError, match="SHA-256"):
        ledger.add(raw + b" ", made, [good], run=run)
    assert contents(ledger.path)["documents"] == [] == contents(ledger.path)["entries"]


def test_text_that_cannot_be_stored_is_an_error_of_the_input(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST)
    torn = msgspec.structs.replace(made, title="half \ud83d of a pair")
    with pytest.raises(MalformedInput, match=r"strike\.txt: it holds half a surrogate pair; save it as UTF-8"):
        ledger.add(raw, torn, [], run=run)
    assert ledger.documents().rows == ()
    assert ledger.add(raw, made, [], run=run).new  # and the ledger goes on


def test_odd_characters_come_back(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    text = "A nul \x00, a \U0001f6a2, e\u0301, \u202eright to left, \u00ad soft"
    raw, made = document(("Odd", text))
    ledger.add(raw, made, [], run=run)
    assert ledger.document(made.id).text == made.text
    assert [hit.hits[0].of(made.text) for hit in ledger.search("soft").rows] == ["soft"]
    assert list(ledger.verify()) == []


def test_failures_until_a_later_run_reads_the_input(full):
    (failure,) = full.failures()
    assert (failure.name, failure.error, failure.cause, failure.step, failure.happened, failure.run) == (
        "torn.html", "MalformedInput", "no article in it", "save it whole", FINISHED, "1",
    )  # fmt: skip
    run = full.begin_run("1", (), started=STARTED)
    full.fail(run, "torn.html", OSError("odd \udcff name"), when=FINISHED)
    assert [(f.error, f.cause) for f in full.failures()] == [("OSError", "odd ? name")]
    assert len(full.failures(every=True)) == 2 and full.overview().failures == 1
    run = full.begin_run("1", (), started=STARTED)
    raw, made = document(("Torn", "Now it is whole."), name="torn.html")
    full.add(raw, made, [], run=run)
    assert full.failures() == [] and full.overview().failures == 0
    assert len(full.failures(every=True)) == 2


def test_rejections_are_kept_once(full):
    raw, made = document(FIRST, external_id="A-1")
    (kept,) = full.rejections(document=made.id)
    assert (kept.extractor, kept.span, kept.reason) == ("hand", span(made.text, "far"), "quote mark never closed")
    again = Rejection(extractor=kept.extractor, span=kept.span, reason=kept.reason)
    assert not full.add(raw, made, found(made), run="1", rejections=[again, again]).changed
    assert len(full.rejections()) == 1


def test_runs(full):
    (run,) = full.runs()
    assert (run.id, run.version, run.steps, run.started, run.finished) == ("1", "1", ("hand/1",), STARTED, FINISHED)
    assert full.overview().last_run == run
    full.begin_run("2", (), started=STARTED)
    assert full.runs()[0].finished is None


def test_ids_by_their_beginning(full):
    first = full.documents(external_id="A-1").rows[0]
    assert full.document(first.id[:4]).id == first.id
    for wrong in ("", "abc", "zzzz", first.id[:3], first.id + "0", first.id.upper() + "x", "%", "0' OR '1'='1", "\x00"):
        with pytest.raises(NotFound, match="there is none"):
            full.document(wrong)
    entries = [row.entry.id for row in full.entries().rows]
    with pytest.raises(NotFound):
        full.entry(first.id)
    assert all(full.entry(id_).entry.id == id_ for id_ in entries)


def test_a_beginning_that_several_have(ledger, monkeypatch):
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(FIRST)
    for tail in "012":
        ledger.add(raw, msgspec.structs.replace(made, id="abcd" * 4 + "000" + tail, external_id=tail), [], run=run)
    with pytest.raises(NotFound, match="several begin so"):
        ledger.document("abcd")
    assert ledger.document("abcd" * 4 + "0001").external_id == "1"


def test_paging_goes_through_everything_once(ledger):
    run = ledger.begin_run("1", (), started=STARTED)
    made = [invented(number) for number in range(23)]
    for raw, each, entries in made:
        ledger.add(raw, each, entries, run=run)
    raw, undated = document(("Undated", "No day is given."), published=None)
    ledger.add(raw, undated, [], run=run)
    entries = [each for *_, found in made for each in found]
    documents = {each.id for _, each, _ in made} | {undated.id}
    statements = {each.id for each in entries if isinstance(each.value, Statement)}
    of_one = {each.id for each in made[0][2]}
    for method, ids in (
        (lambda after: ledger.documents(after=after, limit=5), documents),
        (lambda after: ledger.statements(after=after, limit=5), statements),
        (lambda after: ledger.entries(after=after, limit=5), {each.id for each in entries}),
        (lambda after: ledger.entries(document=made[0][1].id, after=after, limit=1), of_one),
    ):
        seen, after = [], None
        while True:
            page = method(after)
            seen.extend(getattr(row, "id", None) or row.entry.id for row in page.rows)
            if (after := page.after) is None:
                break
        assert len(seen) == len(set(seen)) and set(seen) == ids
    days = [row.published for row in ledger.documents(limit=50).rows]
    assert days[-1] is None and days[:-1] == sorted(days[:-1], reverse=True)
    assert ledger.count_documents().n == 24


def test_documents_by_outlet_and_date(full):
    assert full.count_documents(publisher="Harbour Post").n == 1
    for begin, end, n in (
        ("2031-04-16", None, 1),
        ("2031-04-17", None, 0),
        (None, "2031-04", 1),
        (None, "2031-04-15", 0),
        ("2031", "2031", 1),
    ):
        assert full.count_documents(published_from=begin, published_to=end).n == n
        assert len(full.documents(published_from=begin, published_to=end).rows) == n


def test_reopened_it_is_the_same(full, path):
    before = full.overview()
    full.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]  # one file, no log left beside it
    with Ledger.open(path) as again:
        assert again.overview() == before
        assert again.actor(BRANDT).said == 2
