"""What a page says of itself: JSON-LD first, then meta tags, then marked elements, then what a reader sees."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from htmldate import find_date

from onrecord.read import dates
from onrecord.read.bylines import ROLE, bare_names, byline
from onrecord.read.page import Page, Tag, attributes

# The names that pages use, the better ones first.
_META = {
    "title": ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "title"),
    "authors": (
        "author",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "dc.contributor.author",
        "article:author_name",
        "article:author",
        "og:article:author",
        "byl",
        "authors",
    ),
    "publisher": ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher", "cre"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "citation_publication_date",
        "citation_online_date",
        "parsely-pub-date",
        "sailthru.date",
        "datepublished",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "dcterms.date",
        "cxenseparse:recs:publishtime",
        "pubdate",
        "publish-date",
        "publication_date",
        "date",
    ),
    "language": ("content-language", "dc.language", "dcterms.language", "og:locale"),
    "url": ("og:url", "twitter:url"),
}
_PROPERTIES = {"headline": "title", "datepublished": "published", "author": "authors", "publisher": "publisher"}

# Types of schema.org, those that say most first.
_ARTICLES = tuple(
    """
    NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle
    AskPublicNewsArticle LiveBlogPosting Article BlogPosting Report SocialMediaPosting TechArticle ScholarlyArticle
    AdvertiserContentArticle WebPage
    """.split()
)
_DEEPEST = 12
_MOST_NODES = 5000
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LOOSE = {
    "published": re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\\]{4,60})"'),
    "title": re.compile(r'"headline"\s{0,9}:\s{0,9}"((?:[^"\\]|\\.){1,400})"'),
}
_URL = re.compile(r"https?://[^\s<>\"]{4,2000}$")
_ADDRESS = re.compile(r"(?i)https?://|www\.|@|\.com\b|^\W*$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$")
_SITE = re.compile(r"\s[|–—\-•·»:]\s(?!.*\s[|–—\-•·»:]\s)")
_NOBODY = re.compile(
    r"(?i)admin(?:istrator)?|editor(?:ial|s)?|guest|staff(?: (?:reports?|writers?))?|news ?(?:desk|room)|webmaster"
    r"|unknown|author|none|null|anonymous|default|user|wordpress|contributor|press release"
)
_LONGEST = 400


@dataclass(slots=True)
class PageMetadata:
    """Values for the document, as found."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


Found = dict[str, list[str]]


def page_metadata(page: Page, body: int) -> PageMetadata:
    """What `page` says. `body`: the number of the page's block with which the article begins.

    The order, for each field alone: JSON-LD, meta tags, marked elements, and last what stands above the article.
    Raises nothing: broken metadata are passed over.
    """
    linked, meta = _linked_data(page), _meta(page)
    sources = (linked, meta, _marked(page, body), _visible(page, body))
    made = PageMetadata()
    # On a syndicated copy JSON-LD names the agency as publisher, and the meta tags the site that a reader sees; the
    # address that a page gives as canonical is more to be trusted than those in its data, too.
    made.publisher = _first((meta, *sources), "publisher", lambda value: None if _ADDRESS.search(value) else value)
    made.title = _first(sources, "title", lambda value: _without_site(value, made.publisher))
    made.language = _first(sources, "language", lambda value: value if _LANGUAGE.match(value) else None)
    made.url = _first((meta, *sources), "url", lambda value: value if _URL.match(value) else None)
    made.published = _first(sources, "published", lambda value: (dates.published(value) or dates.Dated(None)).value)
    for source in sources:
        made.authors = _authors(source.get("authors", []), made.publisher)
        if made.authors:
            break
    return made


def searched_date(page: Page) -> str | None:
    """The date as htmldate finds it in addresses and text. The bounds are fixed, for by default it asks the clock.

    Source: Barbaresi, htmldate (JOSS 2020).
    """
    return find_date(
        page.source,
        extensive_search=False,
        original_date=True,
        min_date="1990-01-01",
        max_date="2199-12-31",
        outputformat="%Y-%m-%d",
    )


def _first(sources: Iterable[Found], name: str, accept: Any) -> str | None:
    for source in sources:
        for value in source.get(name, []):
            accepted: str | None = accept(value)
            if accepted:
                return accepted
    return None


def _linked_data(page: Page) -> Found:
    found: Found = {}
    nodes: list[dict[str, Any]] = []
    for script in page.scripts:
        value = _json(script)
        if value is None:
            for name, pattern in _LOOSE.items():
                found.setdefault(name, []).extend(map(_plain, pattern.findall(script)))
        nodes += _nodes(value)
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    ranked = [(rank, i) for i, node in enumerate(nodes) if (rank := _rank(node)) is not None]
    for rank, i in sorted(ranked)[:1]:
        node = nodes[i]
        whole = rank < len(_ARTICLES) - 1  # a web page has a name and a date of its own
        found["title"] = [*_texts(node.get("headline")), *(_texts(node.get("name")) if whole else [])]
        found["published"] = [*_texts(node.get("datePublished")), *_texts(node.get("dateCreated"))]
        found["authors"] = _names(node.get("author"), known) or _names(node.get("creator"), known)
        found["publisher"] = _names(node.get("publisher"), known)
        found["language"] = _texts(node.get("inLanguage"))
        main = node.get("mainEntityOfPage")
        found["url"] = [*_texts(node.get("url")), *_texts(main.get("@id") if isinstance(main, dict) else main)]
    return found


def _json(script: str) -> Any:
    """The value, with what publishers break most often mended: comments around it, commas too many, bare newlines."""
    script = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    script = re.sub(r"^(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>$", "", script).strip().rstrip(";")
    for candidate in (script, _TRAILING_COMMA.sub(r"\1", script)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> list[dict[str, Any]]:
    """Every object that has a type, outermost first."""
    nodes: list[dict[str, Any]] = []
    layer = [value]
    for _ in range(_DEEPEST):
        following: list[Any] = []
        for item in layer[:_MOST_NODES]:
            if isinstance(item, dict):
                if "@type" in item:
                    nodes.append(item)
                following += [inner for inner in item.values() if isinstance(inner, dict | list)]
            elif isinstance(item, list):
                following += item
        layer = following
    return nodes


def _rank(node: dict[str, Any]) -> int | None:
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    names = [str(name).rsplit("/", 1)[-1] for name in types]
    return min((_ARTICLES.index(name) for name in names if name in _ARTICLES), default=None)


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for item in value[:20] for text in _texts(item)]
    if isinstance(value, dict):
        return _texts(value.get("@value") or value.get("name"))
    return [_plain(value)] if isinstance(value, str) and value.strip() else []


def _names(value: Any, known: dict[str, dict[str, Any]]) -> list[str]:
    """Names of people or bodies, written out, as objects, or as references to objects elsewhere on the page."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item, known)]
    if isinstance(value, dict):
        names = _texts(value.get("name"))
        return names or _texts(known.get(str(value.get("@id")), {}).get("name"))
    return _texts(value)


def _plain(value: str) -> str:
    """Publishers escape their metadata once too often."""
    from html import unescape

    return " ".join(unescape(unescape(value)).split())


def _meta(page: Page) -> Found:
    said: dict[str, list[str]] = {}
    found: Found = {}
    for tag in page.tags:
        if tag.name not in ("meta", "link", "html") or not tag.opens:
            continue
        given = attributes(page.source, tag)
        if tag.name == "html":
            said.setdefault("html", []).append(given.get("lang") or given.get("xml:lang") or "")
        elif tag.name == "link" and "canonical" in given.get("rel", "").lower().split():
            found.setdefault("url", []).append(given.get("href", "").strip())
        elif tag.name == "meta":
            name = given.get("property") or given.get("name") or given.get("http-equiv") or given.get("itemprop") or ""
            value = _plain(given.get("content", ""))
            if name and value and len(value) <= _LONGEST:
                said.setdefault(name.strip().lower(), []).append(value)
    for field_name, names in _META.items():
        found.setdefault(field_name, []).extend(value for name in names for value in said.get(name, []))
    found["language"] = [*said.get("html", []), *found["language"]]
    return found


def _marked(page: Page, body: int) -> Found:
    """Elements that say what they are (`itemprop`), and times above the article."""
    found: Found = {}
    for tag in page.tags:
        if not tag.opens or tag.name in ("html", "base", "link", "meta"):
            continue
        given = attributes(page.source, tag)
        name = _PROPERTIES.get(given.get("itemprop", "").lower())
        inside = _inside(page, tag)
        if name:
            found.setdefault(name, []).extend(filter(None, (given.get("datetime"), given.get("content"), inside)))
        elif "author" in given.get("rel", "").lower().split() and tag.block <= body:
            found.setdefault("authors", []).append(inside)
    titles = [i for i, block in enumerate(page.blocks[: body + 1]) if block.mark == "heading"]
    top = titles[0] if titles else body
    near = [tag for tag in page.tags if tag.name == "time" and tag.opens and top - 8 <= tag.block <= body + 1]
    for tag in near:
        found.setdefault("published", []).extend(filter(None, (attributes(page.source, tag).get("datetime"),)))
    return found


def _inside(page: Page, tag: Tag) -> str:
    """The text of the block that begins with the tag, for an element that is not long."""
    end = page.source.find("</", tag.end, tag.end + 2000)
    text = re.sub(r"<[^<>]{0,500}>", " ", page.source[tag.end : end]) if end >= 0 else ""
    return _plain(text) if len(text) <= _LONGEST else ""


def _visible(page: Page, body: int) -> Found:
    """Byline and date as lines of their own, between the headline and the article."""
    found: Found = {}
    headings = [i for i, block in enumerate(page.blocks[: body + 1]) if block.mark == "heading"]
    start = headings[-1] if headings else max(0, body - 8)
    times = {tag.block: _inside(page, tag) for tag in page.tags if tag.name == "time" and tag.opens}
    for number, block in enumerate(page.blocks[start : min(body + 3, start + 25)], start):
        # `By Jane Roe <time>10 March</time>`: the element tells the names from the day.
        names = byline(block.text) or byline(block.text.removesuffix(times.get(number, "")).rstrip(" |•·,–—-"))
        dated = dates.date_line(block.text)
        if names:
            found.setdefault("authors", []).extend(names)
        if dated and dated.value and not dated.updated:
            found.setdefault("published", []).append(dated.value)
    found["title"] = [page.blocks[i].text for i in headings[:1]]
    if page.title:
        found["title"].append(page.title)
    return found


def _without_site(title: str, publisher: str | None) -> str | None:
    """`Headline | The Gazette` without the name of the site, where that is known to be one."""
    title = title.strip()
    found = _SITE.search(title)
    if found and publisher:
        head, tail = title[: found.start()], title[found.end() :]
        plain = re.sub(r"\W", "", publisher).lower().removeprefix("the")
        if plain and plain in re.sub(r"\W", "", tail).lower():
            return head.strip()
        if plain and plain == re.sub(r"\W", "", head).lower().removeprefix("the"):
            return tail.strip()
    return title or None


def _authors(values: list[str], publisher: str | None) -> tuple[str, ...]:
    names: list[str] = []
    for value in values:
        value = re.sub(r"(?i)^by:?\s", "", value).strip(" ,;|")
        if _ADDRESS.search(value) or _NOBODY.fullmatch(value) or not 2 < len(value) <= _LONGEST:
            continue
        found = byline(f"By {value}")
        if found is None:
            # What is no list of names is one name as the page writes it, unless it says what the one before it does.
            found = bare_names(value) or (() if len(value.split()) > 8 or (names and ROLE.search(value)) else (value,))
        names += found
    return tuple(dict.fromkeys(names))
