"""Web pages: the article is chosen, every character keeps its place, metadata come from where they are said."""

import json
import time

import pytest

from onrecord.errors import InputError, MalformedInput, TooLarge
from onrecord.model import Document
from onrecord.read import origin_of, read
from onrecord.settings import Settings

BODY = """
<h1>Ferry to sail again</h1>
<p>The <em>harbour&nbsp;master</em> said on Tuesday that the ferry&#39;s crew would sail &amp; land again within
  a week, <a href="/wall">if the wall holds</a>.</p>
<figure><img src="a.jpg"><figcaption>The ferry at its berth on Monday.</figcaption></figure>
<p>Nobody on the quay believed him, and the ticket office stayed shut for all of the day and most of the night.</p>
<h2>What the council wrote</h2>
<blockquote><p>No port on this coast has ever been run so badly, or for so long, or at such a price to its people.</p>
</blockquote>
<ul><li>A rope of forty metres, bought in the spring.</li><li>A lamp of the old kind, lent by a pilot.</li></ul>
<p>The council will meet again on Friday, when the pilots are to say whether they will take the ferry out.</p>
"""
CHROME = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sea'>Sea</a></li></ul></nav>"
FOOT = "<footer><p>Copyright Skarholm Gazette</p></footer>"


def _page(head: str = "", body: str = BODY, lang: str = "en-GB") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><title>Ferry to sail again | Skarholm Gazette</title>{head}'
        "<style>p { color: red }</style></head><body>"
        f"{CHROME}<script>var leak = 'must never be read';</script><article>{body}</article>{FOOT}</body></html>"
    )


def _read(page: str, **given: str) -> Document:
    (document,) = read(page.encode(), name="a.html", settings=Settings(), **given)
    return document


def _linked(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_blocks_are_those_of_the_page() -> None:
    document = _read(_page())
    kinds = [(block.kind, block.span.of(document.text)[:22]) for block in document.blocks]
    assert [kind for kind, _ in kinds if kind != "caption"] == [
        *("title", "paragraph", "paragraph", "heading", "quote", "list", "list", "paragraph"),
    ]
    assert "leak" not in document.text and "color" not in document.text and "Home" not in document.text
    assert document.text.startswith(
        "Ferry to sail again\n\nThe harbour master said on Tuesday that the ferry's crew would sail & land again "
        "within a week, if the wall holds."
    )


def test_every_character_leads_back_to_the_page() -> None:
    page = _page()
    document = _read(page)
    for block in document.blocks:
        places = origin_of(document, block.span)
        source = "".join(page[start:end] for start, end in places)
        plain = source.replace("&#39;", "'").replace("&amp;", "&")
        assert "".join(plain.split()) == "".join(block.span.of(document.text).split())
        for run in block.origin:
            if run.end - run.start == run.source_end - run.source_start:
                assert document.text[run.start : run.end] == page[run.source_start : run.source_end]


def test_json_ld_comes_before_meta_tags_and_these_before_what_is_seen() -> None:
    meta = (
        '<meta property="article:published_time" content="2026-05-05T09:00:00Z"><meta name="author" content="Desk">'
        '<meta property="og:site_name" content="Skarholm Gazette">'
        '<link rel="canonical" href="https://gazette.example/ferry">'
    )
    linked = _linked(
        headline="Ferry to sail again, says master",
        datePublished="2026-05-04T08:00:00+02:00",
        author=[{"@type": "Person", "name": "Ada Lindqvist"}, {"@type": "Person", "name": "Omar Brand"}],
        publisher={"@type": "Organization", "name": "Kvitnes Press Agency"},
    )
    document = _read(_page(meta + linked))
    assert document.title == "Ferry to sail again, says master"
    assert document.published == "2026-05-04T08:00:00+02:00"
    assert document.authors == ("Ada Lindqvist", "Omar Brand")
    # The site that a reader sees, not the agency that a syndicated copy names.
    assert document.publisher == "Skarholm Gazette"
    assert document.source.url == "https://gazette.example/ferry"
    assert document.language == "en-GB"
    # The headline on the page is its title block, though the metadata say it otherwise.
    assert document.blocks[0].kind == "title" and document.text.startswith("Ferry to sail again\n\n")
    alone = _read(_page(meta), url="https://mirror.example/1")
    assert alone.published == "2026-05-05T09:00:00+00:00"
    assert alone.title == "Ferry to sail again"
    assert alone.source.url == "https://mirror.example/1"


@pytest.mark.parametrize(
    "script",
    [
        json.dumps({"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"}, {"@type": ["NewsArticle"],
                    "headline": "Ferry to sail again", "datePublished": "2026-05-04", "author": {"@id": "#ada"}},
                    {"@type": "Person", "@id": "#ada", "name": "Ada Lindqvist"}]}),
        json.dumps([{"@type": "BreadcrumbList"}, {"@type": "http://schema.org/Article", "datePublished": "2026-05-04",
                    "author": "By Ada Lindqvist"}]),
        '<!-- {"@type": "NewsArticle", "datePublished": "2026-05-04", "author": ["Ada Lindqvist",],} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2026-05-04","author": "Ada\tLindqvist"};\n//]]>',
    ],
)  # fmt: skip
def test_json_ld_of_many_shapes(script: str) -> None:
    document = _read(_page(f'<script type="application/ld+json">{script}</script>'))
    assert document.published == "2026-05-04"
    assert document.authors == ("Ada Lindqvist",)


def test_broken_json_ld_still_gives_its_date() -> None:
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-05-04", oops</script>'
    assert _read(_page(script)).published == "2026-05-04"
    assert _read(_page('<script type="application/ld+json">' + "[" * 100_000 + "</script>")).published is None


def test_what_a_reader_sees_is_used_where_nothing_is_declared() -> None:
    seen = BODY.replace("</h1>", "</h1><p>By Ada Lindqvist</p><p>4 May 2026, 08:15 GMT</p>")
    document = _read(_page(body=seen))
    assert document.authors == ("Ada Lindqvist",)
    assert document.published == "2026-05-04T08:15:00+00:00"
    timed = BODY.replace("</h1>", '</h1><time datetime="2026-05-04T10:00:00+02:00">on Monday</time>')
    assert _read(_page(body=timed)).published == "2026-05-04T10:00:00+02:00"


def test_a_date_that_was_searched_for_is_said_to_be_so() -> None:
    found = _read(_page(body=BODY + '<p class="post-date">Posted 2026-05-04</p>'))
    assert found.published in (None, "2026-05-04")
    assert _read(_page()).published is None
    hinted = _read(_page('<link rel="canonical" href="https://gazette.example/2026/05/04/ferry">'))
    assert hinted.published == "2026-05-04" and "htmldate" in hinted.notes[0]


@pytest.mark.parametrize("lang", ["", "not a language!"])
def test_no_language_is_guessed(lang: str) -> None:
    assert _read(_page(lang=lang)).language is None


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        f"<html><body>{CHROME}{FOOT}</body></html>",
        "<html><body><script>" + "word " * 500 + "</script></body></html>",
        "<html><body><h1>Sign in</h1><form><input name=a></form></body></html>",
        "<!doctype html><!-- never closed " + "word " * 500,
    ],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(MalformedInput, match="no article"):
        _read(page)


def test_broken_tags_cost_no_words() -> None:
    broken = BODY.replace("</em>", "").replace("</p>\n<figure", "\n<figure").replace('href="/wall"', 'href="/wall')
    assert "Nobody on the quay believed him" in _read(_page(body=broken)).text
    lone = BODY.replace("ferry&#39;s crew", "ferry's crew of < 12")
    assert "crew of < 12 would sail" in _read(_page(body=lone)).text


def test_paragraphs_after_an_advertisement_are_not_lost() -> None:
    paragraphs = [
        f"The pilots said on day {n} that they would not sail until the wall of the harbour had been mended again."
        for n in range(14)
    ]
    halves = ["".join(f"<p>{p}</p>" for p in paragraphs[:8]), "".join(f"<p>{p}</p>" for p in paragraphs[8:])]
    ad = '</div></div><div class="ad-slot"><div>Advertisement</div></div><div class="chunk"><div>'
    page = _page(body=f'<h1>Ferry</h1><div class="body"><div>{halves[0]}{ad}{halves[1]}</div></div>')
    text = _read(page).text
    assert all(p in text for p in paragraphs)


HOSTILE = {
    "deep": "<div>" * 50_000,
    "quotes": '<a "' * 20_000 + ">",
    "comments": "<!--" * 200_000,
    "scripts": "<script>" * 50_000,
    "lone": "<" * 200_000,
    "entities": "&amp;&#x41;&bogus;" * 20_000,
    "attributes": "<p " + "a='b' " * 50_000 + ">",
    "linked data": '<script type="application/ld+json">' + '{"a":' * 50_000 + "</script>",
    "times": "<time datetime='x'>" * 20_000,
    "many tags": "<b>x</b>" * 40_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon(name: str) -> None:
    started = time.process_time()
    try:
        _read("<!doctype html><html><body>" + HOSTILE[name])
    except (MalformedInput, TooLarge) as error:
        assert isinstance(error, InputError) and error.step
    assert time.process_time() - started < 20
