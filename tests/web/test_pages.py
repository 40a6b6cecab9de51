"""Every page of a small ledger: what it shows, what it links to, what it never lets through."""

import re
from html import unescape
from html.parser import HTMLParser

import msgspec
import pytest
from dockers import dockers
from harbour import HERE, WHEN, TestClient, harbour, hostile, raw_of

from onrecord.ledger import Ledger
from onrecord.model import Commitment, Entity, Event, Statement, Timex, document_id
from onrecord.web.article import found
from onrecord.web.reader import article_page

DOCUMENT, ENTRIES = harbour()
BAD, BAD_ENTRIES = hostile()
STRIKE, STRIKE_ENTRIES = dockers()
ACTS = [e for e in (*STRIKE_ENTRIES, *BAD_ENTRIES) if isinstance(e.value, Event | Commitment)]
STATEMENTS = [e for e in ENTRIES if isinstance(e.value, Statement)]
OUTER, MIDDLE, INNER, SPLIT, BLOCK = STATEMENTS
MINISTER = next(e.value for e in ENTRIES if isinstance(e.value, Entity))
ARTICLE = f"/articles/{DOCUMENT.id}"
PAGES = [
    "/", "/articles", ARTICLE, f"{ARTICLE}?q=auditor", f"{ARTICLE}?at=10-20", f"{ARTICLE}/source",
    f"{ARTICLE}/source?at=10-20", "/statements", "/statements?q=invoice", f"/s/{INNER.id}", "/actors",
    f"/actors/{MINISTER.key}-x", "/figures", "/dates", "/places", "/search", "/search?q=harbour", "/failures",
    "/help/keys", f"/articles/{BAD.id}", f"/articles/{BAD.id}/source?at=0-9", f"/s/{BAD_ENTRIES[1].id}",
    f"/actors/{BAD_ENTRIES[0].value.key}", "/search?q=script", "/statements?q=script",
    f"/articles/{STRIKE.id}", "/events", "/commitments", "/events?type=ASSAULT&own=no",
    "/commitments?overdue=yes", *(f"/e/{act.id}" for act in ACTS),
]  # fmt: skip
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


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def attributes(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def text_of(html):
    """The words that a reader sees, footnote numbers left out."""
    html = re.sub(r"<sup[^>]*>.*?</sup>", "", html, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", "", html))


def body_of(html):
    return re.search(r'<article class="text".*?</article>', html, re.S)[0]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_with_one_heading_landmarks_and_no_inline_code(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    html = answer.text
    assert len(re.findall(r"<h1[ >]", html)) == 1
    for part in ("<main", "<nav", "<header", "<footer", 'class="skip"', 'lang="en"', "<title>"):
        assert part in html
    tags = Tags(html)
    assert all("src" in attrs for tag, attrs in tags.tags if tag == "script")
    assert not any(name == "style" or name.startswith("on") for _, attrs in tags.tags for name in attrs)
    assert not {"style", "img", "iframe", "object", "base"} & {tag for tag, _ in tags.tags}
    ids = tags.attributes("id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(browser, path):
    html = browser.get(path).text
    tags = Tags(html)
    for link in {*tags.attributes("href"), *tags.attributes("src")}:
        if link.startswith("https://courier.example"):
            continue
        if link.startswith("#"):
            assert f'id="{link[1:]}"' in html, link
            continue
        if link.startswith("?"):
            link = path.partition("?")[0] + link
        answer = browser.get(link)
        assert answer.status_code == 200, link
        _, _, fragment = link.partition("#")
        if fragment:
            assert f'id="{fragment}"' in answer.text, link


@pytest.mark.parametrize("path", PAGES)
def test_every_address_in_a_page_is_ours_or_of_the_web(browser, path):
    tags = Tags(browser.get(path).text)
    for link in (*tags.attributes("href"), *tags.attributes("src"), *tags.attributes("action")):
        assert link.startswith(("/", "#", "?", "https://courier.example/")), link
    assert set(tags.attributes("lang")) == {"en"}


def test_a_crash_is_told_without_its_words(ledger_path, room):
    broken = room(ledger_path)
    broken.state.room = broken.state.room._replace(ledger=None)
    answer = TestClient(broken, base_url="http://127.0.0.1:8377", raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert "A defect of onrecord" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


# The article


def test_the_article_stands_whole_in_its_page(browser):
    for document in (DOCUMENT, STRIKE, BAD):
        shown = text_of(body_of(browser.get(f"/articles/{document.id}").text))
        for block in document.blocks:
            assert "".join(block.span.of(document.text).split()) in "".join(shown.split())


def test_a_footnote_leads_to_its_card_and_the_card_back(browser):
    html = browser.get(ARTICLE).text
    for number, entry in enumerate(STATEMENTS, start=1):
        assert f'<a href="#c-{entry.id}" aria-label="Statement {number}">{number}</a>' in html
        assert f'id="s-{entry.id}"' in html
        card = next(part for part in html.split('<li class="card')[1:] if f'id="c-{entry.id}"' in part)
        assert f'href="#s-{entry.id}"' in card
        assert f'href="/s/{entry.id}"' in card
        for span in entry.value.contents:
            assert span.of(DOCUMENT.text) in unescape(card)


def test_nested_statements_are_as_deep_as_their_chain(browser):
    html = browser.get(ARTICLE).text
    for entry, depth in ((OUTER, 1), (MIDDLE, 2), (INNER, 3), (SPLIT, 1)):
        assert f'<span class="statement d{depth} first" data-ref="{entry.id}"' in html
        assert re.search(rf'<li class="card d{depth} [^>]*id="c-{entry.id}"', html)
    card = re.search(rf'id="c-{INNER.id}".*?</ol>', html, re.S)[0]
    names = [" ".join(text_of(name).split()) for name in re.findall(r"<li>(.*?)</li>", card, re.S)]
    assert names == ["Vesterhavn Courier", "Ilse Brandtzaeg", "Harbour Authority", "its auditor"]


def test_what_was_set_aside_is_folded_and_there(browser):
    folded = re.search(r'<details class="folded">.*?</details>', browser.get(ARTICLE).text, re.S)[0]
    assert "Sign up for our letter" in folded
    assert "8 words" in folded


def test_words_in_no_block_are_shown_as_such():
    bare = msgspec.structs.replace(DOCUMENT, blocks=DOCUMENT.blocks[3:4])
    kinds = [kind for kind, _ in article_page(bare, [], {})["groups"]]
    assert kinds == ["gap", "paragraph", "gap"]


def test_blocks_are_typeset_as_what_they_are(browser):
    html = body_of(browser.get(ARTICLE).text)
    assert html.count("<blockquote>") == 1
    assert html.count("<li ") == 2
    assert re.search(r'<h2 id="b5">What the union says</h2>', html)
    # The dateline runs in.
    assert re.search(
        r'<p class="paragraph"><span id="b2" class="dateline">VESTERHAVN, 12 November</span> <span id="b3">', html
    )


def test_the_other_layers_are_drawn_and_listed(browser):
    html = browser.get(ARTICLE).text
    for kind, value in (
        ("timex", "2026-11-10"),
        ("figure", "≥ 3 dredgers"),
        ("figure", "≤ 1\u202f500 m"),
        ("place", "not resolved"),
    ):
        assert re.search(rf'<span class="{kind} first" data-ref="\w+" id="e-\w+" title="{value}"', html)
        assert f'<span class="value">{value}' in html
    assert '<span class="value">2026-11-10 · reckoned from 2026-11-12</span>' in html
    assert re.search(r'<span class="value">14 % · <span class="measured">overrun</span> · in \d</span>', html)
    assert html.count("reckoned from") == html.count('class="measured"') == 1
    assert html.count('type="checkbox"') == 6
    assert html.count("disabled") == 0


def test_a_date_inside_a_statement_names_the_statement(browser):
    timex = next(e for e in ENTRIES if isinstance(e.value, Timex))

    voiced = msgspec.structs.replace(timex, value=msgspec.structs.replace(timex.value, voice=OUTER.id))
    assert found(DOCUMENT, [voiced], {OUTER.id: 1})[0].voice == 1
    assert found(DOCUMENT, [timex], {OUTER.id: 1})[0].voice is None


def test_a_search_that_led_here_stays_marked(browser):
    html = body_of(browser.get(ARTICLE, params={"q": "auditor found"}).text)
    assert '<mark class="hit first">auditor</mark>' in html
    assert '<mark class="hit first">found</mark>' in html


def test_words_of_several_passages_are_marked_each(browser):
    html = body_of(browser.get(ARTICLE, params={"q": "Kellgren auditor"}).text)
    assert '<mark class="hit first">Kellgren</mark>' in html
    assert '<mark class="hit first">auditor</mark>' in html


def test_a_link_to_a_place_opens_on_its_words(browser):
    span = MINISTER.mentions[0]
    html = browser.get(f"{ARTICLE}?at={span.start}-{span.end}").text
    assert '<mark class="at first" id="at">Ilse Brandtzaeg</mark>' in html


def test_only_web_addresses_become_links(browser):
    assert 'href="https://courier.example/harbour" rel="noreferrer external"' in browser.get(ARTICLE).text
    html = browser.get(f"/articles/{BAD.id}").text
    assert "javascript:alert(3)" in html
    assert "javascript:" not in " ".join(re.findall(r'href="([^"]*)"', html))


def test_the_beginning_of_an_id_is_led_to_the_whole(browser):
    for short, whole in ((f"/articles/{DOCUMENT.id[:8]}", ARTICLE), (f"/s/{INNER.id[:8]}", f"/s/{INNER.id}")):
        answer = browser.get(short, follow_redirects=False)
        assert answer.status_code == 307
        assert answer.headers["location"] == whole


# Where it came from


def test_the_original_of_a_passage_is_shown(browser):
    span = INNER.value.contents[0]
    html = browser.get(f"{ARTICLE}/source?at={span.start}-{span.end}").text
    assert "<mark>no overrun above 14 per cent</mark>" in html
    assert DOCUMENT.source.sha256 in html
    assert "page break joined" in html
    assert "⏎⏎" in html


def test_the_bytes_are_handed_over_and_never_shown(browser):
    answer = browser.get(f"/articles/{BAD.id}/original")
    assert answer.content == raw_of(BAD.text)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_what_was_not_kept_is_listed_with_its_reason(browser):
    html = browser.get(f"{ARTICLE}/source").text
    assert "1 found and not kept" in html
    assert "a byline says nothing" in html
    assert "found and not kept" not in browser.get(f"/articles/{BAD.id}/source").text


def test_an_article_that_was_read_again_leads_to_the_newer_reading(tmp_path, room):
    raw, text = raw_of(DOCUMENT.text), DOCUMENT.text
    identity = document_id(DOCUMENT.source.sha256, "text/2", text)
    again = msgspec.structs.replace(DOCUMENT, reader="text/2", id=identity)
    path = tmp_path / "two-readers.db"
    with Ledger.open(path, create=True) as ledger:
        for document in (DOCUMENT, again):
            ledger.add(raw, document, [], run=ledger.begin_run("1", started=WHEN))
    browser = TestClient(room(path), base_url=HERE)
    html = browser.get(ARTICLE).text
    assert "As an older reader read it" in html
    assert f'<a href="/articles/{identity}">' in html
    assert "older reader" not in browser.get(f"/articles/{identity}").text
    assert DOCUMENT.id not in browser.get("/articles").text


def test_a_passage_that_no_run_maps_says_so(browser):
    end = len(DOCUMENT.text)
    assert "could not tell where this stood" in browser.get(f"{ARTICLE}/source?at={end}-{end + 5}").text


# The statement


def test_a_statement_can_be_cited(browser):
    html = browser.get(f"/s/{INNER.id}").text
    citation = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)[1])
    span = INNER.value.contents[0]
    assert citation.splitlines() == [
        "“no overrun above 14 per cent”",
        "Vesterhavn Courier ▸ Ilse Brandtzaeg ▸ Harbour Authority ▸ its auditor (direct)",
        "Harbour overrun “closer to 19 per cent”, Vesterhavn Courier, Wenche Aalvik, 2026-11-12",
        "https://courier.example/harbour",
        f"Characters {span.start}–{span.end} of document {DOCUMENT.id}, source SHA-256 {DOCUMENT.source.sha256}",
        f"http://127.0.0.1:8377/s/{INNER.id}",
    ]


def test_a_split_statement_is_cited_with_its_gap(browser):
    citation = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", browser.get(f"/s/{SPLIT.id}").text, re.S)[1])
    assert citation.startswith("“Every invoice above 50,000 kroner was checked twice […] and none was paid late.”")


def test_a_statement_shows_its_parts_and_its_kin(browser):
    html = browser.get(f"/s/{MIDDLE.id}").text
    assert '<span class="source first">the Harbour Authority</span>' in html
    assert '<span class="cue first">assured</span>' in html
    assert f'href="/s/{OUTER.id}"' in html
    assert f'href="/s/{INNER.id}"' in html
    assert f'<a rel="prev" href="/s/{OUTER.id}">' in html
    assert f'<a rel="next" href="/s/{INNER.id}">' in html
    assert f'href="/s/{SPLIT.id}"' not in html
    assert "by-hand 1<" in html and "<dt>Confidence</dt><dd>75%<br>" in html
    for selector in MIDDLE.selectors:
        assert f">{selector.span.start}</td>" in html


def test_a_statement_that_is_superseded_keeps_its_page(tmp_path, room):
    path = tmp_path / "two-runs.db"
    with Ledger.open(path, create=True) as ledger:
        for version, entries in (("1", ENTRIES), ("2", [e for e in ENTRIES if e.id != SPLIT.id])):
            ledger.add(raw_of(DOCUMENT.text), DOCUMENT, entries, run=ledger.begin_run(version, started=WHEN))
    browser = TestClient(room(path), base_url=HERE)
    page = browser.get(f"/s/{SPLIT.id}").text
    assert "superseded" in page
    assert "a later run no longer finds it" in page
    assert SPLIT.id not in browser.get(ARTICLE).text
    assert SPLIT.id not in browser.get("/statements").text


# The start page


def test_the_start_page_counts_what_is_there_and_what_is_missing(browser):
    html = browser.get("/").text
    totals = dict(re.findall(r'<dt>([^<]+)</dt><dd><a href="[^"]+">(\d+)</a>', html))
    assert totals == {
        "articles": "4",
        "statements": "9",
        "events": "11",
        "figures": "6",
        "dates": "2",
        "places": "3",
        "commitments": "6",
        "people and bodies": "6",
    }
    assert re.search(r'<a href="/articles\?missing=published">articles without a date</a> <span class="value">1<', html)
    assert "broken.html" in html
    assert "no article in it; save it whole" in html


def test_articles_that_lack_something_are_listed(browser):
    for lack in ("published", "publisher", "authors", "statements"):
        html = browser.get("/articles", params={"missing": lack}).text
        assert "1 article<" in html
        assert "page.txt" in html


def test_an_empty_ledger_teaches_the_next_command(empty_room):
    html = empty_room.get("/").text
    assert "onrecord --ledger empty.db add FOLDER" in html
    for path in (*LISTS, "/index.json", "/statements.csv", "/statements.jsonl"):
        assert empty_room.get(path).status_code == 200


# The actor


def test_an_actor_keeps_said_and_said_about_apart(browser):
    html = browser.get(f"/actors/{MINISTER.key}-whatever").text
    said = re.search(r'id="said">.*?</section>', html, re.S)[0]
    assert OUTER.id in said
    assert BLOCK.id not in html
    assert "Said 1" in html
    role = MINISTER.roles[0].span
    assert f'href="/articles/{DOCUMENT.id}?at={role.start}-{role.end}#at"' in html
    assert "Brandtzaeg" in html
