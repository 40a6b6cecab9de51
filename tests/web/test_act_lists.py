"""The lists of events and commitments: filters that can be shared, what falls due in its order, what is overdue."""

import csv
import io
import json
import re
from html import unescape

import pytest
from dockers import dockers
from test_acts import links_of, opened_on, words_of

from onrecord.ledger import ActFacets, Ledger
from onrecord.model import Commitment, Entity, Event

DOCUMENT, ENTRIES = dockers()
BY_TRIGGER = {e.value.trigger.of(DOCUMENT.text): e for e in ENTRIES if isinstance(e.value, Event)}
PLEDGE, NO_STRANGERS, THREAT, PLAN, FORECAST = [e for e in ENTRIES if isinstance(e.value, Commitment)]
BOSS, MAYOR = [e.value for e in ENTRIES if isinstance(e.value, Entity)]


def rows_of(browser, path, **query):
    """The rows of the table of a list, which holds them all."""
    return list(csv.DictReader(io.StringIO(browser.get(f"{path}.csv", params=query).text.removeprefix("\ufeff"))))


def triggers(browser, path, **query):
    page = browser.get(path, params=query)
    assert page.status_code == 200
    rows = rows_of(browser, path, **query)
    lines = [json.loads(line) for line in browser.get(f"{path}.jsonl", params=query).text.splitlines()]
    assert [row["id"] for row in rows] == [line["entry"]["id"] for line in lines]
    assert re.findall(r'href="/e/(\w+)">', page.text) == [row["id"] for row in rows]
    return [row["words"] for row in rows if row["document"] == DOCUMENT.id]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"type": "ASSAULT"}, {"struck", "beaten"}),
        ({"factuality": "not_happened"}, {"struck"}),
        ({"factuality": "hypothetical"}, {"refuse"}),
        ({"own": "no"}, {"struck", "beaten"}),
        ({"voice": "dockers’ union"}, {"beaten"}),
        ({"party": "Astrid Fjelland"}, {"urged"}),
        ({"party": MAYOR.key}, {"urged"}),
        ({"happened": "2026-11-09"}, {"blocked"}),
        ({"happened": "2026-11-01..2026-11-08"}, set()),
        ({"from": "2026-11-13", "to": "2026-11-13", "type": "CONSULT"}, {"talks", "meet"}),
        ({"publisher": "Vesterhavn Courier", "own": "yes", "type": "PROTEST"}, {"blocked", "march"}),
    ],
)
def test_events_are_filtered_by_what_stands_in_the_address(browser, query, found):
    assert set(triggers(browser, "/events", **query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"type": "threat"}, ["threatens"]),
        ({"state": "open", "type": "forecast"}, ["is expected to"]),
        ({"state": "kept"}, []),
        ({"overdue": "yes"}, ["was to"]),
        ({"missing": "day", "own": "no"}, ["will"]),
        ({"happened": "2026-11-20.."}, ["will"]),
        ({"happened": "2026-12"}, ["will"]),
        ({"voice": BOSS.key}, ["will", "will"]),
        ({"party": BOSS.key, "happened": "2026-12-01"}, ["will"]),
        ({"own": "yes"}, ["was to", "threatens", "is expected to"]),
    ],
)
def test_commitments_are_filtered_by_what_stands_in_the_address(browser, query, found):
    assert triggers(browser, "/commitments", **query) == found


def test_commitments_stand_in_the_order_of_the_day_they_fall_due(browser):
    rows = rows_of(browser, "/commitments")
    assert [(row["words"], row["end"]) for row in rows if row["end"]] == [
        ("was to", "2026-11-14"),
        ("will", "2026-12-01"),
    ]
    undated = next(i for i, row in enumerate(rows) if not row["end"])
    assert not any(row["end"] for row in rows[undated:])
    html = browser.get("/commitments").text
    assert '<span aria-current="true">by the day it falls due</span>' in html
    assert '<a href="/commitments?order=newest">newest article first</a>' in html
    newest = rows_of(browser, "/commitments", order="newest")
    assert [row["published"] for row in newest] == sorted((row["published"] for row in rows), reverse=True)


def test_events_stand_in_the_order_of_their_days_if_asked_for(browser):
    rows = rows_of(browser, "/events", order="event")
    assert rows[0]["begin"] == "2026-11-09" and not any(row["begin"] for row in rows[1:])
    refused = browser.get("/events", params={"order": "due"})
    assert refused.status_code == 400 and "newest, event" in refused.text


def test_overdue_is_a_word_with_its_day_and_the_state_stays_open(browser):
    html = browser.get("/commitments", params={"type": "plan"}).text
    assert '<strong class="overdue">overdue since 2026-11-15</strong>' in html
    assert "plan · open" in html and "due 2026-11-14" in html
    assert [row["overdue_since"] for row in rows_of(browser, "/commitments", type="plan")] == ["2026-11-15"]
    assert html.count("overdue since") == 1
    assert "overdue since" not in browser.get("/commitments", params={"type": "pledge"}).text


def test_each_slot_of_a_row_opens_the_article_on_its_words(browser):
    html = browser.get("/events", params={"type": "PROTEST", "own": "yes"}).text
    row = next(part for part in re.findall(r'<li class="entry.*?</li>', html, re.S) if ">blocked<" in part)
    told = re.search(r'<dl class="slots">.*?</dl>', row, re.S)[0]
    links = links_of(told)
    assert [words for _, words in links] == [
        "about 400 dockers",
        "Monday",
        "Vesterhavn",
        "about 400 dockers",
        "blockade",
    ]
    for href, words in links:
        assert href.startswith(f"/articles/{DOCUMENT.id}?at=") and opened_on(browser, "/events", href) == words
    assert "empty recipient: not said" in words_of(told)


def test_a_row_says_first_whose_word_it_is(browser):
    html = browser.get("/events", params={"factuality": "not_happened"}).text
    (row,) = re.findall(r'<li class="entry.*?</li>', html, re.S)
    assert words_of(row).startswith(
        "ASSAULT · beat not_happened · day not said Vesterhavn Courier ▸ A spokeswoman for the harbour company"
    )


def test_the_choices_beside_the_list_are_counted_and_can_be_taken_away(browser):
    html = browser.get("/events", params={"type": "ASSAULT", "party": MAYOR.key}).text
    assert 'aria-label="type: ASSAULT, take this filter away"' in html
    assert 'aria-label="takes part: Astrid Fjelland, take this filter away"' in html
    assert f'<input type="hidden" name="party" value="{MAYOR.key}">' in html
    html = browser.get("/events", params={"party": "Fjelland"}).text
    assert '<input type="text" name="party" value="Fjelland"' in html
    html = browser.get("/commitments").text
    facets = {title: dict(re.findall(r"<span>([^<]+)</span> <span class=\"count\">(\d+)", block)) for title, block in
              re.findall(r'<section class="facet">\s*<h2>([^<]+)</h2>(.*?)</section>', html, re.S)}  # fmt: skip
    assert facets["Due"] == {"overdue": "1", "today or later": "1", "no day": "4"}
    assert facets["Class"] == {"pledge": "2", "threat": "2", "plan": "1", "forecast": "1"}
    assert facets["State"] == {"open": "6"}
    assert facets["Whose word"] == {"the outlet’s own": "4", "of those it cites": "2"}
    assert facets["Voice"] == {"Tor Halvorsen": "2"}
    chosen = browser.get("/commitments", params={"own": "no", "overdue": "yes"}).text
    assert "whose word: of those it cites" in chosen and ">overdue</a>" in chosen


def test_what_took_too_long_to_count_is_named_as_the_reader_knows_it(browser, monkeypatch):
    late = ActFacets(timed_out=("type", "party"))
    monkeypatch.setattr(Ledger, "act_facets", lambda ledger, asked, *, seconds: late)
    html = browser.get("/events").text
    assert "Not counted, it took too long: type, takes part" in html
    assert "11 events" in html


def test_a_filter_that_cannot_be_is_named(browser):
    for path, query in (
        ("/events", {"type": "PICNIC"}),
        ("/events", {"state": "open"}),
        ("/events", {"happened": "soon"}),
        ("/commitments", {"state": "forgotten"}),
        ("/commitments", {"overdue": "very"}),
        ("/commitments", {"factuality": "happened"}),
    ):
        answer = browser.get(path, params=query)
        assert answer.status_code == 400 and next(iter(query)) in answer.text


def test_pages_follow_one_another_in_the_order_of_the_list(browser, monkeypatch):
    monkeypatch.setattr("onrecord.web.lists.PAGE", 2)
    seen, path = [], "/commitments"
    while path:
        html = browser.get(path).text
        seen += re.findall(r'href="/e/(\w+)">', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        path = unescape(following[1]) if following else None
    assert seen == [row["id"] for row in rows_of(browser, "/commitments")]


def test_the_page_of_an_actor_leads_to_what_it_takes_part_in_and_tells_of(browser):
    html = browser.get(f"/actors/{BOSS.key}").text
    parts = re.search(r'<p class="parts">(.*?)</p>', html)[1]
    assert words_of(parts) == "Takes part in 2 commitments, tells of 2 commitments"
    links = re.findall(r'href="([^"]+)"', parts)
    assert links == [f"/commitments?party={BOSS.key}", f"/commitments?voice={BOSS.key}"]
    for link in links:
        assert "2 commitments" in browser.get(link).text
    assert words_of(re.search(r'<p class="parts">(.*?)</p>', browser.get(f"/actors/{MAYOR.key}").text)[1]) == (
        "Takes part in 1 event"
    )
