"""The lists of events and commitments: what fills their slots, on the page and in its twins."""

import csv
import io
import json
import re

import pytest
from harbour import HERE, WHEN, TestClient, article, entry, find, raw_of

from onrecord.ledger import Ledger
from onrecord.model import Commitment, Event, Missing, Moment, Participant

TEXT = "On Monday the <b>crews</b> struck the ferry. The owners will pay by May 4 if the court agrees."


@pytest.fixture
def browser(tmp_path, room):
    made = article([("paragraph", TEXT)])
    text = made.text
    event = Event(
        trigger=find(text, "struck"),
        type="PROTEST",
        mode="strike",
        actors=(Participant(span=find(text, "<b>crews</b>")),),
        recipients=(Participant(span=find(text, "the ferry")),),
        time=Moment(span=find(text, "Monday"), value="2031-04-07", begin="2031-04-07", end="2031-04-07"),
        missing=(Missing(slot="places", reason="not said"),),
    )
    commitment = Commitment(
        trigger=find(text, "will"),
        class_="pledge",
        by=Participant(span=find(text, "The owners")),
        contents=(find(text, "pay"),),
        condition=find(text, "the court agrees"),
        due=Moment(span=find(text, "May 4"), value="2031-05-04", begin="2031-05-04", end="2031-05-04"),
    )
    path = tmp_path / "onrecord.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", started=WHEN)
        ledger.add(raw_of(text), made, [entry(made, event), entry(made, commitment)], run=run)
    return TestClient(room(path), base_url=HERE)


def test_the_lists_open_on_their_words(browser):
    for path, words, values in (
        ("/events", "struck", ("PROTEST · strike", "happened", "2031-04-07")),
        ("/commitments", "will", ("due 2031-05-04", "pledge · open")),
    ):
        html = browser.get(path).text
        assert all(value in html for value in values) and f">{words}</mark>" in html.replace("</span>", "</mark>")
        assert "<b>crews" not in html


def test_events_are_narrowed_down_to_the_sure(browser):
    """All that is found by hand in this room is right in 75 of 100."""
    html = browser.get("/events").text
    assert "confidence 75%" in html and "70% or more" in html and "80% or more" not in html
    assert "struck" in browser.get("/events?sure=70").text
    assert "struck" not in browser.get("/events?sure=80").text
    assert browser.get("/events?sure=71").status_code == 400
    (row,) = csv.DictReader(io.StringIO(browser.get("/events.csv?order=unsure").text))
    assert row["score"] == "0.75"
    assert "are right in every slot" in browser.get(re.findall(r'href="(/e/\w+)"', html)[0]).text


def test_the_twins_hold_the_slots(browser):
    (row,) = csv.DictReader(io.StringIO(browser.get("/events.csv").text))
    wanted = {"actors": "<b>crews</b>", "recipients": "the ferry", "places": "", "time": "Monday", "end": "2031-04-07"}
    assert wanted.items() <= row.items()
    (row,) = csv.DictReader(io.StringIO(browser.get("/commitments.csv").text))
    wanted = {"class": "pledge", "by": "The owners", "contents": "pay", "condition": "the court agrees", "due": "May 4"}
    assert wanted.items() <= row.items()
    (line,) = map(json.loads, browser.get("/commitments.jsonl").text.splitlines())
    assert line["entry"]["value"]["due"]["end"] == "2031-05-04"


def test_each_opens_on_its_words_in_the_article_with_its_slots(browser):
    for path, trigger in (("/events", "struck"), ("/commitments", "will")):
        (link,) = re.findall(r'href="(/articles/\w+)#(e-\w+)"', browser.get(path).text)[:1]
        html = browser.get(link[0]).text
        assert re.search(rf'id="{link[1]}"[^>]*>{trigger}<', html)
    panel = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for shown in ("actor &lt;b&gt;crews&lt;/b&gt;", "place: not said", "who The owners", "due May 4 2031-05-04"):
        assert shown in panel
