"""The page of an actor that several articles name and that people judged: what it tells, and its twins."""

import csv
import io

import pytest
from harbour import HERE, WHEN, TestClient, article, harbour, raw_of

from onrecord.ledger import Ledger
from onrecord.link.upkeep import LINKER, bring_up_to_date
from onrecord.model import Derivation, Entity, Entry, Role, Span, entity_id, entry_id, select, spans_of

DOCUMENT, ENTRIES = harbour()
MINISTER = next(e.value for e in ENTRIES if isinstance(e.value, Entity))
WHO = {"linker": LINKER, "who": "Ada <b>Quill</b>", "when": "2031-06-01T09:00:00+00:00"}
OTHER = "Captain Berit Solvang"


def second():
    """An article in which the minister has another name."""
    document = article([("paragraph", f"{OTHER} said nothing of the quay.")])
    head, title = Span(start=8, end=len(OTHER)), Span(start=0, end=7)
    name = head.of(document.text)
    value = Entity(
        key=entity_id("person", name), type="person", name=name, mentions=(head,),
        roles=(Role(title="Captain", span=title),),
    )  # fmt: skip
    selectors = tuple(select(document, span) for span in spans_of(value))
    derivation = Derivation(extractor="by-hand", version="1", rule="made")
    made = Entry(
        id=entry_id(document, value), document=document.id, selectors=selectors, value=value, derivations=(derivation,)
    )
    return document, [made]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("actor") / "a.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", ("by-hand/1",), started=WHEN)
        for document, entries in (harbour(), second()):
            ledger.add(raw_of(document.text), document, entries, run=run)
        ledger.finish_run(run, finished=WHEN)
        bring_up_to_date(ledger)
        ledger.merge([MINISTER.key, second()[1][0].value.key], reason="before <i>the</i> wedding", **WHO)
        bring_up_to_date(ledger)
        ledger.rename(MINISTER.key, "The <minister>", **WHO)
        bring_up_to_date(ledger)
    return path


@pytest.fixture(scope="module")
def browser(path, room):
    return TestClient(room(path), base_url=HERE)


def test_every_id_of_an_actor_leads_to_its_one_page(browser, path):
    with Ledger.open(path) as ledger:
        key = ledger.actor(MINISTER.key).key
    ids = {MINISTER.key, second()[1][0].value.key, key[:8]} - {key}
    for each in ids:
        answer = browser.get(f"/actors/{each}-x", follow_redirects=False)
        assert answer.status_code == 307 and answer.headers["location"].startswith(f"/actors/{key}-the-minister")
        assert browser.get(f"/actors/{each}-x").status_code == 200
    # Links on other pages lead there at once.
    assert f"/actors/{key}-" in browser.get(f"/articles/{DOCUMENT.id}").text
    listed = browser.get("/actors").text
    assert listed.count(f"/actors/{key}-") == 1 and not any(
        f"/actors/{each}" in listed for each in ids if len(each) > 8
    )


def test_the_page_tells_names_roles_and_judgements(browser):
    html = browser.get(f"/actors/{MINISTER.key}-x").text
    assert "The &lt;minister&gt;" in html and "a person's own name for this actor" in html
    for words in (MINISTER.name, "Berit Solvang", "Captain", "Names 3", "Judgements 2", "in 2 articles"):
        assert words in html, words
    assert "before &lt;i&gt;the&lt;/i&gt; wedding" in html and "Ada &lt;b&gt;Quill&lt;/b&gt;" in html
    assert "<b>Quill" not in html and "<minister>" not in html


def test_its_twins_say_the_same(browser):
    found = browser.get(f"/actors/{MINISTER.key}-x.json").json()
    assert [each["verdict"] for each in found["actor"]["judgements"]] == ["merge", "rename"]
    assert found["actor"]["named"] == found["actor"]["judgements"][1]["id"]
    answer = browser.get(f"/actors/{MINISTER.key}-x.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))
    assert {row["words"] for row in rows if row["part"] == "name"} == {
        alias["name"] for alias in found["actor"]["aliases"]
    }
    assert [row["words"] for row in rows if row["part"] == "role"] == [term["title"] for term in found["terms"]]
    assert found["terms"] and {"Captain"} & {term["title"] for term in found["terms"]}
    assert browser.get("/actors/0000-x.csv").status_code == 404


def test_what_it_said_is_found_by_each_of_its_names(browser):
    alias = second()[1][0].value.name
    by_name = browser.get("/statements.jsonl", params={"speaker": alias}).text
    assert by_name and by_name == browser.get("/statements.jsonl", params={"speaker": MINISTER.key}).text
    assert by_name == browser.get("/statements.jsonl", params={"speaker": "The <minister>"}).text
