"""Lists with their filters, pages and twins, and what is said to an address that leads nowhere."""

import csv
import io
import json
import re
from html import unescape

import pytest
from harbour import HOSTILE, harbour

from onrecord.model import Entity, Statement
from onrecord.web.page import environment
from onrecord.web.twins import cell

DOCUMENT, ENTRIES = harbour()
OUTER, MIDDLE, INNER, SPLIT, BLOCK = [e for e in ENTRIES if isinstance(e.value, Statement)]
MINISTER = next(e.value for e in ENTRIES if isinstance(e.value, Entity))
ARTICLE = f"/articles/{DOCUMENT.id}"
LISTS = [
    "/articles",
    "/statements",
    "/actors",
    "/figures",
    "/dates",
    "/places",
    "/failures",
    "/search",
    "/events",
    "/commitments",
]


def test_filters_narrow_and_say_what_would_be_left(browser):
    html = browser.get("/statements", params={"publisher": "Vesterhavn Courier", "style": "mixed"}).text
    assert "2 statements" in html
    assert 'aria-label="style: mixed, take this filter away"' in html
    assert re.search(r'aria-current="true"><span>mixed</span> <span class="count">2</span>', html)
    assert re.search(r"<span>direct</span> <span class=\"count\">2</span>", html)


def test_a_filter_by_speaker_is_named_by_the_speaker(browser):
    html = browser.get("/statements", params={"speaker": MINISTER.key}).text
    assert "speaker: Ilse Brandtzaeg" in html
    assert "1 statement<" in html


def test_dates_filter_by_their_beginning(browser):
    count = lambda **query: re.search(r'role="status">([^<]*)<', browser.get("/statements", params=query).text)[1]  # noqa: E731
    assert count(**{"from": "2026-11", "to": "2026-11"}) == "9 statements"
    assert count(**{"from": "2026-11-13"}) == "4 statements"
    assert count(to="2025") == "0 statements"


def test_lists_are_filtered_by_the_days_that_they_speak_of(browser):
    for path in ("/statements", "/articles", "/search"):
        html = browser.get(path, params={"happened": "1999-01..1999-02"}).text
        assert re.search(r'role="status">0 ', html) and 'value="1999-01..1999-02"' in html
        assert 'aria-label="happened: 1999-01..1999-02, take this filter away"' in html
        refused = browser.get(path, params={"happened": "last week"})
        assert refused.status_code == 400 and "happened" in refused.text
    assert browser.get("/places", params={"happened": "1999"}).status_code == 400


def test_an_address_does_without_what_is_empty(browser):
    asked = {"q": "", "from": " ", "style": "mixed", "to": "2026"}
    for path in ("/statements", "/statements.csv"):
        answer = browser.get(path, params=asked, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"{path}?style=mixed&to=2026")
    assert browser.get("/statements", params={"style": ""}, follow_redirects=False).headers["location"] == "/statements"


def test_a_search_is_narrowed_to_the_passages_that_speak_of_some_days(browser):
    for days, n in (("2026-11-10", 1), ("2026-11-09..2026-11-12", 1), ("2026-11-11", 0)):
        html = browser.get("/search", params={"q": "auditor", "happened": days}).text
        assert f'role="status">{n} passage' in html and f'value="{days}"' in html
        assert len(rows_of(browser.get("/search.csv", params={"q": "auditor", "happened": days}).text)) == n
    assert 'role="status">0 ' in browser.get("/search", params={"q": "invoice", "happened": "2026-11-10"}).text


def test_the_row_is_the_passage_with_the_hit_marked_and_passes_the_words_on(browser):
    html = browser.get("/statements", params={"q": "invoice"}).text
    assert '<mark class="hit first">invoice</mark>' in html
    assert f'href="/articles/{DOCUMENT.id}?q=invoice#s-{SPLIT.id}"' in html


def test_the_least_sure_come_first_if_asked_for(browser):
    html = browser.get("/statements", params={"style": "mixed"}).text
    assert '<span aria-current="true">newest first</span>' in html
    assert '<a href="/statements?style=mixed&amp;order=unsure">least sure first</a>' in html
    assert "confidence 75%" in html
    html = browser.get("/statements", params={"order": "unsure"}).text
    assert (
        '<a href="/statements">newest first</a>' in html and '<span aria-current="true">least sure first</span>' in html
    )
    scores = [float(row["score"] or -1) for row in rows_of(browser.get("/statements.csv?order=unsure").text)]
    assert scores == [0.75] * 9
    refused = browser.get("/statements", params={"order": "loudest"})
    assert refused.status_code == 400 and "give one of newest, unsure" in unescape(refused.text).lower()
    assert 'class="orders' not in browser.get("/actors").text


def test_a_figure_shows_its_bounds_its_unit_what_it_measures_and_who_gave_it(browser):
    (row,) = [row for row in rows_of(browser.get("/figures.csv").text) if row["words"] == "14 per cent"]
    assert (row["low"], row["high"], row["unit"], row["measured"]) == ("14", "14", "%", "overrun")
    assert row["chain"].startswith("Vesterhavn Courier ▸ Ilse Brandtzaeg ▸ Harbour Authority ▸ ")
    html = browser.get("/figures").text
    assert '<span>measures</span> <span class="words">overrun</span>' in html
    assert '<span class="words unnamed">its auditor</span>' in html
    (floor,) = [row for row in rows_of(browser.get("/figures.csv").text) if row["unit"] == "dredgers"]
    assert (floor["low"], floor["high"], floor["chain"]) == ("3", "", "Vesterhavn Courier")


def test_a_date_shows_what_it_was_reckoned_from(browser):
    rows = {row["words"]: row for row in rows_of(browser.get("/dates.csv").text)}
    assert (rows["on Tuesday"]["type"], rows["on Tuesday"]["anchor"]) == ("DATE", "2026-11-12")
    assert "<span>reckoned from</span> <span>2026-11-12</span>" in browser.get("/dates").text


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_pages_follow_one_another_by_key(browser, monkeypatch):
    monkeypatch.setattr("onrecord.web.lists.PAGE", 2)
    seen, path = [], "/statements"
    while path:
        html = browser.get(path).text
        seen += re.findall(r'href="/s/(\w+)">Statement page', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        path = unescape(following[1]) if following else None
    assert len(seen) == len(set(seen)) == 9


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_its_twins(browser, path):
    query = "?q=harbour" if path == "/search" else ""
    page = browser.get(path + query).text
    rows = page.count("data-open") or page.count('<p class="meta"><span>MalformedInput')
    lines = browser.get(f"{path}.jsonl{query}")
    assert lines.headers["content-type"] == "application/jsonl"
    assert len([json.loads(line) for line in lines.text.splitlines()]) == rows > 0
    answer = browser.get(f"{path}.csv{query}")
    assert answer.text.startswith("\ufeff")
    table = list(csv.DictReader(io.StringIO(answer.text[1:])))
    assert len(table) == rows


@pytest.mark.parametrize("path", LISTS)
def test_no_cell_is_a_formula(browser, path):
    query = "?q=script" if path == "/search" else ""
    for row in csv.reader(io.StringIO(browser.get(f"{path}.csv{query}").text[1:])):
        for words in row:
            assert not words.startswith(("=", "+", "-", "@", "\t", "\r")), words


def test_a_cell_that_a_spreadsheet_would_run_is_defused():
    assert cell("=1+1") == "'=1+1"
    assert cell("@SUM(A1)") == "'@SUM(A1)"
    assert cell("-5 said") == "'-5 said"
    assert cell(-5) == "-5"
    assert cell(None) == ""
    assert cell("plain") == "plain"


@pytest.mark.parametrize("path", ["/index", ARTICLE, f"/s/{INNER.id}", f"/actors/{MINISTER.key}-x"])
def test_every_page_of_one_thing_has_a_json_twin(browser, path):
    answer = browser.get(path + ".json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()


def test_the_json_of_an_article_is_all_of_it(browser):
    twin = browser.get(ARTICLE + ".json").json()
    assert twin["document"]["text"] == DOCUMENT.text
    assert {row["entry"]["id"] for row in twin["entries"]} == {entry.id for entry in ENTRIES}


def test_a_count_that_stopped_says_so():
    total = environment(ledger_name="x").get_template("macros.html").module.total
    assert total(10_000, True, "statement", "statements") == "more than 10\u202f000 statements, counted no further"
    assert total(1, False, "statement", "statements") == "1 statement"
    assert total(0, False, "statement", "statements") == "0 statements"


# What cannot be answered


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "/nowhere is no address"),
        ("/articles/zzzz", 404, "Not in this ledger"),
        ("/articles/0000000000", 404, "Not in this ledger"),
        ("/s/0000", 404, "Not in this ledger"),
        (f"/s/{ENTRIES[0].id}", 404, "is of the kind entity"),
        ("/actors/0000-nobody", 404, "Not in this ledger"),
        ("/statements?from=yesterday", 400, "2026-03-04"),
        ("/statements?from=2026-13", 400, "2026-03-04"),
        ("/statements?style=shouted", 400, "direct"),
        ("/statements?nonsense=1", 400, "nonsense"),
        ("/statements?q=" + "x" * 600, 400, "at most 500"),
        ("/statements?q=%00", 400, "character that no text has"),
        ("/statements?after=zzz", 404, ""),
        ("/articles?missing=everything", 400, "published"),
        (f"{ARTICLE}?at=9-1", 400, "120-180"),
        (f"{ARTICLE}?at=x", 400, "120-180"),
        (f"{ARTICLE}/source?at=99999999999-1", 400, "120-180"),
        ("/statements.csv?style=x", 400, "direct"),
        ("/static/../application.py", 404, ""),
        ("/static/%2e%2e/application.py", 404, ""),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(browser, path, status, words):
    answer = browser.get(path)
    assert answer.status_code == status
    assert words in unescape(answer.text)
    assert 'href="/statements"' in answer.text


@pytest.mark.parametrize(
    "query", ['"', "NEAR(", "a AND", "*", "-", "title:x", "‘", "\u202e", "'; DROP TABLE documents; --", "🜚"]
)
def test_no_search_is_an_error(browser, query):
    for path in ("/search", "/statements", ARTICLE, "/search.csv", "/actors"):
        assert browser.get(path, params={"q": query}).status_code == 200


def test_head_has_no_body(browser):
    answer = browser.head("/")
    assert answer.status_code == 200
    assert not answer.content


def test_hostile_names_do_not_break_addresses(browser):
    link = next(link for link in re.findall(r'href="(/actors/[^"]+)"', browser.get("/actors").text) if "script" in link)
    assert HOSTILE in unescape(browser.get(unescape(link)).text)
