"""Events and commitments in the article and on pages of their own: each slot on its words, each gap with its reason."""

import re
from datetime import date
from html import unescape

import msgspec
import pytest
from dockers import dockers
from harbour import HERE, HOSTILE, WHEN, TestClient, article, entry, find, harbour, hostile, raw_of
from test_pages import text_of

from onrecord.ledger import Ledger
from onrecord.model import Commitment, Event, Figure, Missing, Moment, Participant, Statement
from onrecord.web.act_page import passage
from onrecord.web.acts import acts, overdue, slots

DOCUMENT, ENTRIES = dockers()
ARTICLE = f"/articles/{DOCUMENT.id}"
ACTS = {e.value.trigger.of(DOCUMENT.text): e for e in ENTRIES if isinstance(e.value, Event)}
COMMITMENTS = [e for e in ENTRIES if isinstance(e.value, Commitment)]
PLEDGE, NO_STRANGERS, THREAT, PLAN, FORECAST = COMMITMENTS


def card_of(html, id_):
    return re.search(rf'<li class="act [^>]*id="a-{id_}".*?<p class="line">.*?</li>', html, re.S)[0]


def words_of(html):
    return " ".join(text_of(html).split())


def links_of(html):
    return [
        (unescape(href), text_of(words))
        for href, words in re.findall(r'<a class="words" href="([^"]+)">(.*?)</a>', html)
    ]


def opened_on(browser, path, href):
    """The words that a link of the page at `path` opens on."""
    if href.startswith("?"):
        href = path + href
    page, _, fragment = (path + href if href.startswith("#") else href).partition("#")
    html = browser.get(page).text
    start = re.search(rf'<(mark|span) [^>]*id="{fragment}"[^>]*>', html)
    depth, at = 1, start.end()
    for tag in re.finditer(rf"<(/?){start[1]}\b[^>]*>", html[start.end() :]):
        depth += -1 if tag[1] else 1
        at = start.end() + tag.start()
        if not depth:
            break
    return text_of(html[start.end() : at])


@pytest.mark.parametrize("act", [*ACTS.values(), *COMMITMENTS], ids=lambda act: act.value.trigger.of(DOCUMENT.text))
def test_every_slot_opens_on_its_own_words_from_the_article_and_from_its_page(browser, act):
    filled = [slot.words for slot in slots(act.value, DOCUMENT.text) if slot.span]
    html = browser.get(ARTICLE).text
    (own, trigger), *rest = links_of(re.sub(r'<ol class="chain".*?</ol>', "", card_of(html, act.id), flags=re.S))
    assert own == f"#e-{act.id}" and opened_on(browser, ARTICLE, own) == trigger == act.value.trigger.of(DOCUMENT.text)
    rest = [(href, words) for href, words in rest if not href.startswith("/actors")]
    assert [words for _, words in rest] == filled
    for href, words in rest:
        assert opened_on(browser, ARTICLE, href) == words
    page = browser.get(f"/e/{act.id}").text
    told = re.search(r'<dl class="slots">.*?</dl>', page, re.S)[0]
    rest = [(href, words) for href, words in links_of(told) if not href.startswith("/actors")]
    assert [words for _, words in rest] == filled
    for href, words in rest:
        assert href.startswith(f"{ARTICLE}?at=") and opened_on(browser, ARTICLE, href) == words


def test_an_empty_slot_says_why_in_plain_words(browser):
    html = browser.get(ARTICLE).text
    for trigger, reasons in {
        "blocked": "empty recipient: not said",
        "talks": "empty recipient: all who take part are actors; time: not said; place: not said",
        "struck": "empty time: not said; place: several could fill it",
        "beaten": "empty actor: not said, the sentence is passive; time: not said",
        "march": "empty actor: a pronoun that leads to nobody; recipient: not said; time: not said; place: not said",
    }.items():
        assert reasons in words_of(card_of(html, ACTS[trigger].id))
    assert "empty to whom: not said; due: no time is named" in words_of(card_of(html, NO_STRANGERS.id))


def test_the_name_behind_a_pronoun_and_the_days_behind_words_are_shown(browser):
    html = browser.get(ARTICLE).text
    assert "who We Tor Halvorsen" in words_of(card_of(html, PLEDGE.id))
    assert "due 1 December 2026 2026-12-01" in words_of(card_of(html, PLEDGE.id))
    assert "due in the coming months from 2026-11-13" in words_of(card_of(html, FORECAST.id))
    # Where the words are the name it is not said twice.
    assert words_of(card_of(html, ACTS["urged"].id)).count("Astrid Fjelland") == 1


def test_a_slot_that_is_cut_by_another_mark_opens_whole(tmp_path, room):
    document = article([("paragraph", "He said the crews of the ferry blocked the gate.")])
    text = document.text
    said = Statement(contents=(find(text, "said the crews of"),), sources=(find(text, "He"),))
    event = Event(
        trigger=find(text, "blocked"), type="PROTEST", actors=(Participant(span=find(text, "the crews of the ferry")),)
    )
    path = tmp_path / "cut.db"
    with Ledger.open(path, create=True) as ledger:
        entries = [entry(document, value) for value in (said, event)]
        ledger.add(raw_of(text), document, entries, run=ledger.begin_run("1", started=WHEN))
    browser, path = TestClient(room(path), base_url=HERE), f"/articles/{document.id}"
    ((_, _), (href, words)) = links_of(card_of(browser.get(path).text, entries[1].id))
    span = event.actors[0].span
    assert (href, words) == (f"?at={span.start}-{span.end}#at", "the crews of the ferry")
    html = browser.get(f"{path}?at={span.start}-{span.end}").text
    assert "".join(re.findall(r'<mark class="at[^>]*>(.*?)</mark>', text_of_marks(html))) == words


def text_of_marks(html):
    return re.sub(r"</?(?:span|sup)[^>]*>", "", re.search(r'<article class="text".*?</article>', html, re.S)[0])


def test_whose_word_it_is_stands_on_top_with_what_it_is(browser):
    page = browser.get(f"/e/{ACTS['struck'].id}").text
    assert "<h1>ASSAULT · beat · not_happened</h1>" in page
    chain = re.search(r'<p class="speaker">(.*?)</p>', page, re.S)[1]
    assert words_of(chain) == "Vesterhavn Courier ▸ A spokeswoman for the harbour company"
    assert "Event 3 of 10 in" in words_of(page)
    assert "<dt>Factuality</dt><dd>not_happened</dd>" in page
    (statement,) = (e for e in ENTRIES if e.id == ACTS["struck"].value.voice)
    assert f'<dt>Whose word</dt><dd><a href="/s/{statement.id}">' in page
    own = browser.get(f"/e/{ACTS['blocked'].id}").text
    assert "<dt>Whose word</dt><dd>the outlet’s own</dd>" in own
    assert "<dt>Mode</dt><dd>obstruct</dd>" in own and "<dt>Contexts</dt><dd>labor</dd>" in own
    pledge = browser.get(f"/e/{PLEDGE.id}").text
    assert "<h1>pledge · due 2026-12-01 · open</h1>" in pledge
    assert "<dt>State</dt><dd>open</dd>" in pledge and "<dt>Due</dt><dd>2026-12-01</dd>" in pledge


def test_what_is_overdue_is_said_in_words_and_stays_open(browser):
    page = browser.get(f"/e/{PLAN.id}").text
    assert "Overdue since" in page and "overdue since 2026-11-15" in page and "<dt>State</dt><dd>open</dd>" in page
    assert browser.get(f"/e/{PLAN.id}.json").json()["overdue"] == "2026-11-15"
    for other in (PLEDGE, NO_STRANGERS, FORECAST):
        assert "verdue" not in browser.get(f"/e/{other.id}").text


@pytest.mark.parametrize(
    ("end", "state", "today", "since"),
    [
        ("2026-11-14", "open", date(2026, 11, 14), ""),
        ("2026-11-14", "open", date(2026, 11, 15), "2026-11-15"),
        ("2026-11", "open", date(2026, 11, 30), ""),
        ("2026-11", "open", date(2026, 12, 1), "2026-12-01"),
        ("2026", "open", date(2030, 1, 1), "2027-01-01"),
        ("2026-11-14", "kept", date(2030, 1, 1), ""),
        (None, "open", date(2030, 1, 1), ""),
        ("soon", "open", date(2030, 1, 1), ""),
    ],
)
def test_overdue_is_a_fact_of_the_calendar(end, state, today, since):
    due = Moment(span=PLAN.value.due.span, end=end)
    assert overdue(msgspec.structs.replace(PLAN.value, due=due, state=state), today) == since
    assert overdue(ACTS["blocked"].value, today) == ""


def test_an_event_can_be_cited(browser):
    page = browser.get(f"/e/{ACTS['beaten'].id}").text
    citation = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1])
    start = DOCUMENT.blocks[3].span.start
    assert citation.splitlines() == [
        "“Two men were beaten at the gate, the dockers’ union told the Courier.”",
        "Vesterhavn Courier ▸ the dockers’ union",
        "ASSAULT · beat · happened",
        "recipient: Two men; place: the gate; wounded: Two; actor: (not said, the sentence is passive); "
        "time: (not said)",
        "Dockers shut the coal quay, Vesterhavn Courier, Wenche Aalvik, 2026-11-13",
        "https://courier.example/dockers",
        f"Characters {start}–{start + 69} of document {DOCUMENT.id}, source SHA-256 {DOCUMENT.source.sha256}",
        f"{HERE}/e/{ACTS['beaten'].id}",
    ]


def test_the_citation_of_a_commitment_tells_who_is_behind_a_pronoun_and_the_day(browser):
    page = browser.get(f"/e/{PLEDGE.id}").text
    citation = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1])
    told = "who: We = Tor Halvorsen; to whom: the dockers; what: pay every man; due: 1 December 2026 (2026-12-01)"
    assert citation.splitlines()[1:4] == ["Vesterhavn Courier ▸ Tor Halvorsen", "pledge · due 2026-12-01 · open", told]


def test_the_passages_that_hold_the_slots_are_shown_and_what_lies_between_is_not(browser):
    page = browser.get(f"/e/{PLEDGE.id}").text
    shown = re.search(r'<blockquote class="context.*?</blockquote>', page, re.S)[0]
    assert '<span class="slot first" title="who">We</span>' in shown
    assert '<span class="commitment first" title="pledge · due 2026-12-01 · open">will</span>' in shown
    assert '<span class="slot first" title="to whom">the dockers</span>' in shown
    assert "blocked the coal quay" not in shown
    far = msgspec.structs.replace(PLEDGE.value, to=Participant(span=find(DOCUMENT.text, "the owners")))
    (act,) = acts(DOCUMENT, [entry(DOCUMENT, far)], {})
    assert [(piece["around"], piece["apart"]) for piece in passage(DOCUMENT, act)] == [
        (False, False), (True, True), (False, False), (True, False),
    ]  # fmt: skip


def test_of_a_very_long_block_what_stands_around_the_words_is_shown():
    filler = "The tide came in and the tide went out. " * 60
    document = article([("paragraph", f"{filler}The crews blocked the gate. {filler}So said the owners. {filler}")])
    event = Event(
        trigger=find(document.text, "blocked"),
        type="PROTEST",
        actors=(Participant(span=find(document.text, "The crews")),),
        recipients=(Participant(span=find(document.text, "the owners")),),
    )
    (act,) = acts(document, [entry(document, event)], {})
    first, second = passage(document, act)
    assert "blocked</span> the gate" in first["html"] and "the owners</span>" in second["html"]
    assert first["cut"] and second["cut"] and max(len(first["html"]), len(second["html"])) < 1000
    assert text_of(first["html"]) in document.text and text_of(second["html"]) in document.text


def test_those_who_fill_one_slot_stand_in_one_row(browser):
    html = browser.get(ARTICLE).text
    assert "actor about 400 dockers, the owners" in words_of(card_of(html, ACTS["talks"].id))
    # The parts of what is to come are one thing.
    assert "what The gate … open" in words_of(card_of(html, PLAN.id))


def test_a_statement_leads_to_the_events_and_commitments_in_it(browser):
    page = browser.get(f"/s/{ACTS['beaten'].value.voice}").text
    told = re.search(r"<h2>Events and commitments in it</h2>(.*?)</section>", page, re.S)[1]
    assert re.findall(r'href="/e/(\w+)">(\w+)<', told) == [(ACTS["beaten"].id, "beaten")]
    assert "ASSAULT · beat · happened" in told and "recipient Two men" in words_of(told)
    page = browser.get(f"/s/{PLEDGE.value.voice}").text
    assert re.findall(r'data-open href="/e/(\w+)"', page) == [PLEDGE.id, NO_STRANGERS.id]


def test_neighbours_are_those_of_the_same_kind(browser):
    first, second = ACTS["blocked"].id, ACTS["talks"].id
    page = browser.get(f"/e/{first}").text
    assert 'rel="prev"' not in page and f'<a rel="next" href="/e/{second}">' in page
    last = browser.get(f"/e/{FORECAST.id}").text
    assert 'rel="next"' not in last and f'<a rel="prev" href="/e/{PLAN.id}">' in last


def test_the_twin_of_an_event_holds_the_entry_its_chain_and_its_citation(browser):
    answer = browser.get(f"/e/{ACTS['struck'].id}.json").json()
    assert answer["event"]["entry"]["value"]["factuality"] == "not_happened"
    assert [voice["name"] for voice in answer["chain"]][1:] == ["A spokeswoman for the harbour company"]
    assert answer["citation"].startswith("“A spokeswoman") and answer["publisher"] == "Vesterhavn Courier"
    assert "commitment" in browser.get(f"/e/{PLEDGE.id}.json").json()


def test_the_address_of_any_entry_leads_to_where_it_is_shown(browser):
    id_ = ACTS["blocked"].id
    for short, whole in ((f"/e/{id_[:10]}", f"/e/{id_}"), (f"/e/{id_[:10]}.json", f"/e/{id_}.json")):
        answer = browser.get(short, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, whole)
    document, entries = harbour()
    statement = next(e for e in entries if isinstance(e.value, Statement))
    assert browser.get(f"/e/{statement.id}", follow_redirects=False).headers["location"] == f"/s/{statement.id}"
    figure = next(e for e in entries if isinstance(e.value, Figure))
    span = figure.value.span
    wanted = f"/articles/{document.id}?at={span.start}-{span.end}#at"
    assert browser.get(f"/e/{figure.id}", follow_redirects=False).headers["location"] == wanted
    assert browser.get("/e/0000").status_code == 404


def test_what_a_later_run_no_longer_finds_keeps_its_page_and_its_voice(tmp_path, room):
    struck = ACTS["struck"]
    path = tmp_path / "two-runs.db"
    with Ledger.open(path, create=True) as ledger:
        for version, entries in (
            ("1", ENTRIES),
            ("2", [e for e in ENTRIES if e.id not in (struck.id, struck.value.voice)]),
        ):
            ledger.add(raw_of(DOCUMENT.text), DOCUMENT, entries, run=ledger.begin_run(version, started=WHEN))
    browser = TestClient(room(path), base_url=HERE)
    page = browser.get(f"/e/{struck.id}").text
    assert "superseded: a later run no longer finds it" in page
    assert "▸ A spokeswoman for the harbour company" in words_of(
        re.search(r'<p class="speaker">(.*?)</p>', page, re.S)[1]
    )
    assert struck.id not in browser.get(ARTICLE).text


def test_what_stands_in_a_statement_that_is_gone_is_still_no_word_of_the_outlet(tmp_path, room):
    struck = ACTS["struck"]
    path = tmp_path / "gone.db"
    with Ledger.open(path, create=True) as ledger:
        for version, entries in (("1", ENTRIES), ("2", [e for e in ENTRIES if e.id != struck.value.voice])):
            ledger.add(raw_of(DOCUMENT.text), DOCUMENT, entries, run=ledger.begin_run(version, started=WHEN))
    browser = TestClient(room(path), base_url=HERE)
    for html in (card_of(browser.get(ARTICLE).text, struck.id), browser.get(f"/e/{struck.id}").text):
        assert "A spokeswoman for the harbour company" in html
    assert "superseded" not in browser.get(f"/e/{struck.id}").text
    for link in re.findall(r'href="#(s-\w+)"', browser.get(ARTICLE).text):
        assert f'id="{link}"' in browser.get(ARTICLE).text


def test_what_an_article_says_of_itself_is_never_code(browser):
    _, entries = hostile()
    for made in entries:
        if isinstance(made.value, Event | Commitment):
            page = browser.get(f"/e/{made.id}").text
            assert "<script>alert" not in page and "<img" not in page and HOSTILE[:20] in unescape(page)


def test_a_reason_that_has_no_words_yet_is_shown_as_it_is():
    event = msgspec.structs.replace(ACTS["blocked"].value, missing=(Missing(slot="recipients", reason="new reason"),))
    assert [slot.why for slot in slots(event, DOCUMENT.text) if not slot.span] == ["new reason"]
