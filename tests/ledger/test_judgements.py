"""What people decide is kept, outranks the linker, and survives whatever is done to the articles after it."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import (
    BRANDT,
    FIRST,
    OKORO,
    STARTED,
    TO_0003,
    TO_0004,
    TO_0005,
    document,
    entry,
    filled,
    found,
    invented,
    span,
    taken_back,
)

from onrecord.errors import JudgementRefused, NotFound
from onrecord.ledger import Ledger, StatementFilter, linking, migrate
from onrecord.link.upkeep import LINKER, bring_up_to_date
from onrecord.model import Entity, Speaker, Statement, entity_id

HERE = Path(__file__).parent
WHO = {"linker": LINKER, "who": "ada", "when": "2031-06-01T09:00:00+00:00"}
VANCE, SOREL, QUIST = (entity_id("person", name) for name in ("Mira Vance", "Lena Sorel", "Omar Quist"))


def fill(ledger, numbers=range(12), version="1"):
    run = ledger.begin_run(version, (), started=STARTED)
    for number in numbers:
        raw, made, entries = invented(number)
        ledger.add(raw, made, entries, run=run)
    bring_up_to_date(ledger)


@pytest.fixture
def shelf(ledger):
    fill(ledger)
    return ledger


QUERIES = (
    "SELECT d.id, n.key, n.actor FROM entities n JOIN documents d ON d.seq = n.document ORDER BY 1, 2",
    "SELECT e.id, s.speaker, s.entity FROM statements s JOIN entries e ON e.seq = s.entry ORDER BY 1",
    "SELECT e.id, a.actor, a.key FROM about a JOIN entries e ON e.seq = a.statement ORDER BY 1, 2, 3",
    "SELECT id, name, type, named, evidence, apart, judgements FROM actors ORDER BY id",
    "SELECT * FROM buckets ORDER BY 1, 2, 3",
    "SELECT * FROM stale UNION ALL SELECT * FROM unlinked",
)


def state(path):
    """All that links say, in words that mean the same in every ledger."""
    with closing(sqlite3.connect(path)) as raw:
        return [raw.execute(query).fetchall() for query in QUERIES]


def documents_of(ledger, key):
    return {mention.document for mention in ledger.actor(key, mentions=10_000).mentions}


def said(ledger, key):
    return {row.id for row in ledger.statements(StatementFilter(speaker=key), limit=500).rows}


def test_two_that_are_merged_are_one_everywhere(shelf):
    before = {key: (said(shelf, key), documents_of(shelf, key)) for key in (VANCE, SOREL)}
    kept = shelf.merge([VANCE[:6], SOREL[:6]], reason="one of them is a pen name", **WHO)
    bring_up_to_date(shelf)
    for key in (VANCE, SOREL):
        actor = shelf.actor(key)
        assert actor == shelf.actor(key[:5])
        assert (actor.name, actor.type) == ("Mira Vance", "person") and set(actor.keys) == {VANCE, SOREL}
        assert {alias.name for alias in actor.aliases} == {"Mira Vance", "Lena Sorel"}
        assert actor.judgements == (kept,) and actor.named is None
        assert said(shelf, key) == before[VANCE][0] | before[SOREL][0]
        assert documents_of(shelf, key) == before[VANCE][1] | before[SOREL][1]
    everything = said(shelf, actor.key)
    assert said(shelf, "Sorel") == said(shelf, "Mira Vance") == everything  # the name of any alias finds it
    assert [row.key for row in shelf.actors(q="sorel").rows] == [actor.key]
    assert actor.key in {value.value for value in shelf.facets().speaker}
    assert {row.entity for row in shelf.statements(StatementFilter(speaker=SOREL)).rows} == {actor.key}
    assert {kept.correction.actors[0].actor, kept.correction.actors[1].actor} == {VANCE, SOREL}
    assert shelf.judgements() == [kept] == shelf.judgements(subject=VANCE)
    assert list(shelf.verify()) == []


def test_taken_back_everything_is_as_it_was(shelf, path):
    before = state(path)
    kept = shelf.merge([VANCE, SOREL], **WHO)
    bring_up_to_date(shelf)
    name = shelf.rename(VANCE, "Both", **WHO)
    bring_up_to_date(shelf)
    assert state(path) != before and shelf.actor(SOREL).name == "Both"
    for each in (kept, name):
        back = shelf.undo(each.id[:8], **WHO)
        assert (back.verdict, back.subject, back.correction) == ("reject", each.id, None)
        bring_up_to_date(shelf)
    assert state(path) == before and len(shelf.judgements()) == 4
    assert list(shelf.verify()) == []
    with pytest.raises(JudgementRefused, match="taken back already"):
        shelf.undo(kept.id, **WHO)


def test_a_split_and_a_name_of_ones_own(shelf, path):
    before = state(path)
    key, called = shelf.actors().rows[0].key, shelf.actors().rows[0].name
    one, *others = sorted(documents_of(shelf, key))
    kept = shelf.split(key, [one[:8]], **WHO)
    bring_up_to_date(shelf)
    assert documents_of(shelf, key) == set(others)
    (other,) = (row for row in shelf.actors(q=called).rows if row.key != key)
    assert documents_of(shelf, other.key) == {one} and shelf.actor(other.key).judgements == (kept,)
    assert {row.document for row in shelf.statements(StatementFilter(speaker=other.key)).rows} == {one}
    assert list(shelf.verify()) == []
    shelf.rename(other.key, f"  {called}   the elder ", **WHO)
    bring_up_to_date(shelf)
    assert shelf.actor(other.key).name == f"{called} the elder" and shelf.actor(key).name == called
    assert said(shelf, f"{called} the elder") == said(shelf, other.key)
    shelf.merge([key, other.key], **WHO)  # merged again all is as before, but for the judgements
    bring_up_to_date(shelf)
    assert documents_of(shelf, other.key) == {one, *others}  # an id that is no more leads on
    assert state(path)[0] == before[0]


def test_it_holds_when_everything_is_made_anew(shelf, path):
    shelf.merge([VANCE, SOREL], **WHO)
    one = min(documents_of(shelf, QUIST))
    shelf.split(QUIST, [one], **WHO)
    bring_up_to_date(shelf)
    before = state(path)
    fill(shelf)  # the same again
    assert state(path) == before
    shelf.reindex()
    assert shelf.links_wait(LINKER)
    bring_up_to_date(shelf)
    assert state(path) == before
    newer = LINKER._replace(version="actors/0")
    while shelf.links_wait(newer):
        shelf.sketch(newer, documents=3) or shelf.relink(newer, seconds=0)
    assert state(path) == before and not shelf.links_wait(newer)
    assert not shelf.sketch(newer, documents=3) and not shelf.relink(newer, seconds=0)


SPLIT = ("Vote", "Ilse Brandt said no.")


def of_brandt(made, name="Ilse Brandt"):
    words = span(made.text, "Ilse Brandt")
    key = entity_id("person", name)
    who = Entity(key=key, type="person", name=name, mentions=(words,))
    said = Statement(
        sources=(words,), cue=span(made.text, "said"), contents=(span(made.text, "no"),),
        speaker=Speaker(name=name, entity=key),
    )  # fmt: skip
    return [entry(made, who), entry(made, said)]


def test_it_holds_for_what_a_newer_reader_or_extractor_makes_of_the_article(full):
    run = full.begin_run("1", (), started=STARTED)
    raw, made = document(SPLIT, name="s.txt")
    full.add(raw, made, of_brandt(made), run=run)
    bring_up_to_date(full)
    assert len(documents_of(full, BRANDT)) == 2
    full.split(BRANDT, [made.id], **WHO)
    bring_up_to_date(full)
    assert len(documents_of(full, BRANDT)) == 1
    _, read_again = document(SPLIT, name="s.txt", reader="hand/2")
    full.add(raw, read_again, of_brandt(read_again), run=run)
    bring_up_to_date(full)
    assert made.id != read_again.id and len(documents_of(full, BRANDT)) == 1
    run = full.begin_run("2", (), started=STARTED)
    full.add(raw, read_again, of_brandt(read_again, "Ilse K. Brandt"), run=run)
    bring_up_to_date(full)
    assert len(documents_of(full, BRANDT)) == 1  # another key in the same document is still not she
    assert list(full.verify()) == []


def test_what_cannot_be_is_refused(shelf):
    with pytest.raises(NotFound, match="there is none"):
        shelf.merge([VANCE, "0000"], **WHO)
    with pytest.raises(JudgementRefused, match="one actor already"):
        shelf.merge([VANCE, VANCE[:10]], **WHO)
    with pytest.raises(JudgementRefused, match="nothing would be left"):
        shelf.split(VANCE, sorted(documents_of(shelf, VANCE)), **WHO)
    other = next(iter(documents_of(shelf, SOREL) - documents_of(shelf, VANCE)))
    with pytest.raises(JudgementRefused, match="does not name"):
        shelf.split(VANCE, [other], **WHO)
    for name in ("", " ", "x" * 201, "a\x1bb"):
        with pytest.raises(JudgementRefused, match="no name"):
            shelf.rename(VANCE, name, **WHO)
    with pytest.raises(NotFound):
        shelf.undo("0000", **WHO)
    back = shelf.undo(shelf.rename(VANCE, "V", **WHO).id, **WHO)
    with pytest.raises(JudgementRefused, match="judge anew"):
        shelf.undo(back.id, **WHO)
    assert len(shelf.judgements()) == 2


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(8)), st.integers(0, 2**32))
def test_the_order_of_adding_does_not_count(tmp_path_factory, order, seed):
    dice = random.Random(seed)
    states = []
    for turn, numbers in enumerate((range(8), order)):
        folder = tmp_path_factory.mktemp("order")
        with Ledger.open(folder / "o.db", create=True) as ledger:
            cut = dice.randint(0, 8) if turn else 8
            fill(ledger, numbers[:cut])
            fill(ledger, numbers[cut:], version="2")
            states.append(state(folder / "o.db"))
            assert list(ledger.verify()) == []
    assert states[0] == states[1]


def test_an_older_ledger_learns_who_is_who(path):
    with Ledger.open(path, create=True) as ledger:
        filled(ledger)
        fill(ledger)
    before = state(path)
    taken_back(path, TO_0005, TO_0004, TO_0003)
    assert migrate(path).before == "0003"
    with Ledger.open(path) as ledger:
        assert ledger.actor(BRANDT).said and ledger.actor(OKORO).about  # each is an actor until it is linked
        assert list(ledger.verify()) == []
        bring_up_to_date(ledger)
        assert list(ledger.verify()) == []
    assert state(path) == before


def test_a_crowd_is_linked_by_a_bounded_part_of_it(ledger, monkeypatch):
    """Past the bound an article follows the others of its key, and costs the same in a ledger of any size."""
    monkeypatch.setattr(linking, "OF_KEY", 3)
    fill(ledger, range(40))
    assert len(documents_of(ledger, VANCE)) > 10
    one = ledger.merge([VANCE, SOREL], **WHO)
    bring_up_to_date(ledger)
    assert documents_of(ledger, VANCE) == documents_of(ledger, SOREL)
    asked = []
    link = LINKER._replace(link=lambda sketches: asked.append(len(sketches := list(sketches))) or LINKER.link(sketches))
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made, entries = invented(40)
    ledger.add(raw, made, entries, run=run)
    while ledger.links_wait(link):
        ledger.sketch(link, documents=9) or ledger.relink(link, seconds=9)
    assert asked and max(asked) <= 3 * 7
    assert ledger.actor(VANCE).judgements == (one,) and list(ledger.verify()) == []
    ledger.undo(one.id, **WHO)
    bring_up_to_date(ledger)
    assert ledger.actor(VANCE).keys == (VANCE,) and ledger.actor(SOREL).keys == (SOREL,)


# Dies at every ninth statement of linking; each goes on where the one before died.
DYING = """
import sys
sys.path.insert(0, sys.argv[1])
from killing import killed_at
from onrecord.ledger import Ledger
from onrecord.link.upkeep import LINKER

def work(ledger):
    while ledger.links_wait(LINKER):
        ledger.sketch(LINKER, documents=2) or ledger.relink(LINKER, seconds=0)

last = 1
while killed_at(last, lambda: Ledger.open(sys.argv[2]), work):
    last += 9
print(last)
"""


def test_killed_while_it_links_the_next_one_goes_on(path):
    with Ledger.open(path, create=True) as ledger:
        fill(ledger, range(4))
        ledger.merge([VANCE, SOREL], **WHO)
        ledger.reindex()
    ran = subprocess.run([sys.executable, "-c", DYING, HERE, path], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 50
    with Ledger.open(path) as ledger:
        assert not ledger.links_wait(LINKER) and list(ledger.verify()) == []
        killed = state(path)
        ledger.reindex()
        bring_up_to_date(ledger)
        assert state(path) == killed


def test_what_is_found_again_is_linked_without_a_gap(full):
    """Between a new run and its linking everybody is who he was."""
    full.merge([BRANDT, OKORO], **WHO)
    bring_up_to_date(full)
    actor = full.actor(OKORO).key
    run = full.begin_run("2", (), started=STARTED)
    raw, made = document(FIRST, external_id="A-1")
    full.add(raw, made, found(made, version="2"), run=run)
    assert full.links_wait(LINKER) and full.actor(BRANDT).key == actor == full.actor(OKORO).key
    assert list(full.verify()) == []
