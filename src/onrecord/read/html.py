"""HTML to a document: trafilatura chooses the blocks, the text and its map are our own."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec
from trafilatura import bare_extraction
from trafilatura.settings import Document as Extracted

from onrecord.errors import MalformedInput, TooLarge
from onrecord.model import BlockKind, Document, Source, document_id
from onrecord.read.encoding import Decoded
from onrecord.read.layout import lay_out
from onrecord.read.metadata import page_metadata, searched_date
from onrecord.read.page import Page, PageBlock, key_of, parse_page
from onrecord.read.paragraphs import Mark, Paragraph, Piece, assemble, judged, paragraph, rewritten

MOST_TAGS = 60_000
"""Tags of a page that is read. Saved articles have some thousands; the time that a page takes grows with them."""

_FEWEST_WORDS = 20
_FEWEST_IN_HEADLINE = 4
_WHOLE = 0.98  # share of the page's characters
_FEWEST_ALIKE = 3  # paragraphs
_MOST_BETWEEN = 3  # blocks
_LONG = 100  # characters
_TEASER = 200


class Choice(NamedTuple):
    """What trafilatura took for a block of the article, white space removed, and its kind of element."""

    key: str
    tag: str
    text: str


def page_document(decoded: Decoded, source: Source, *, reader: str) -> Document:
    """The article of a page. Raises MalformedInput if there is none on it, TooLarge if it has too many tags."""
    page = parse_page(decoded.text, most_tags=MOST_TAGS)
    if page is None:
        raise TooLarge(source.name, f"a page of more than {MOST_TAGS:,} tags", "save the article alone")
    places = align(page, choose(decoded.text))
    if sum(place.end - place.start for place in places if place.start is not None) > _WHOLE * page.size:
        # It gave up and took all there is, menus too; its slower way may find the article.
        places = align(page, choose(decoded.text, fast=False)) or places
    body = locate(page, continued(page, places))
    if sum(len(found.paragraph.text.split()) for found in body) < _FEWEST_WORDS:
        raise MalformedInput(source.name, "no article was found on the page", "save the page of one article")
    metadata = page_metadata(page, next((found.block for found in body if found.block is not None), len(page.blocks)))
    parts, header = lay_out(page.source, _titled(page, body, metadata.title), title=metadata.title, paged=False)
    made = assemble(page.source, parts)
    notes = [note for note in (decoded.note, *header.notes) if note]
    published = metadata.published or header.published
    if published is None:
        published = searched_date(page)
        notes += ["the page does not declare its date; it was found by htmldate, to the day"] if published else []
    return Document(
        id=document_id(source.sha256, reader, made.text),
        source=msgspec.structs.replace(source, url=source.url or metadata.url),
        reader=reader,
        text=made.text,
        blocks=made.blocks,
        edits=made.edits,
        title=metadata.title,
        authors=metadata.authors or header.authors,
        publisher=metadata.publisher,
        language=metadata.language,
        published=published,
        notes=tuple(dict.fromkeys(notes)),
    )


def choose(source: str, *, fast: bool = True) -> list[Choice]:
    """The blocks of the article, as trafilatura finds them. It is given the text alone: it fetches and writes nothing.

    Source: Barbaresi, trafilatura (ACL 2021); `fast` leaves out its two fallbacks, which add no quality on news.
    """
    found = bare_extraction(
        source, fast=fast, include_tables=False, include_comments=False, include_images=False, with_metadata=False
    )
    if not isinstance(found, Extracted) or found.body is None:
        return []
    choices = []
    for element in found.body.iterdescendants():
        # The innermost elements that hold text; what holds others of them is read through these.
        held = "".join((element.text or "", *((child.tail or "") for child in element)))
        if element.tag in _LEAVES and held.strip():
            text = "".join(_itertext(element))
            choices.append(Choice(key_of(text), element.tag, " ".join(text.split())))
    return [choice for choice in choices if choice.key]


_LEAVES = frozenset({"p", "head", "item", "quote", "code", "list"})


def _itertext(element: Any) -> Iterator[str]:
    """The text of the element without that of leaves within it."""
    yield element.text or ""
    for child in element:
        if child.tag not in _LEAVES:
            yield from _itertext(child)
        yield child.tail or ""


class Place(NamedTuple):
    """A stretch `[start, end)` of the page's stream of characters that are not white space; None: not on the page."""

    choice: Choice
    start: int | None
    end: int = 0


def align(page: Page, choices: Sequence[Choice]) -> list[Place]:
    """Where each choice stands on the page. White space is left out on both sides, for nothing else changes it.

    What occurs once on the page is an anchor; the rest must stand between its neighbours that are anchored.
    """
    stream = "".join(block.key for block in page.blocks)
    places: list[Place] = []
    bound = 0
    for choice in choices:
        start = stream.find(choice.key)
        unique = start >= 0 and stream.find(choice.key, start + 1) < 0
        places.append(Place(choice, start, start + len(choice.key)) if unique else Place(choice, None))
    for i, place in enumerate(places):
        if place.start is not None:
            bound = max(bound, place.end)
            continue
        following = next(
            (p.start for p in places[i + 1 : i + 9] if p.start is not None and p.start >= bound), len(stream)
        )
        start = stream.find(place.choice.key, bound, following)
        start = stream.find(place.choice.key) if start < 0 else start
        if start >= 0:
            places[i] = Place(place.choice, start, start + len(place.choice.key))
            bound = max(bound, places[i].end)
    return places


def continued(page: Page, places: Sequence[Place]) -> list[Place]:
    """`places` with the paragraphs that follow the last one and those between two, where they look like the others.

    Trafilatura may stop at an advertisement. A paragraph is taken back if it is long, and in the same tag as most of
    those chosen, and no more than a few short blocks stand between.
    """
    starts = [0, *accumulate(len(block.key) for block in page.blocks)]
    taken = {bisect_right(starts, place.start) - 1 for place in places if place.start is not None}
    tags = Counter(page.blocks[i].tag for i in taken if page.blocks[i].mark == "")
    tag, often = tags.most_common(1)[0] if tags else ("", 0)
    added: list[Place] = []
    if often >= _FEWEST_ALIKE and tag.startswith("<p"):
        last = min(taken)
        for i in range(last, len(page.blocks)):
            block = page.blocks[i]
            if i - last > _MOST_BETWEEN:
                break
            alike = block.tag == tag and block.mark == "" and len(block.text) >= _LONG
            if i in taken or alike:
                last = i
            if alike and i not in taken:
                added.append(Place(Choice(block.key, "p", block.text), starts[i], starts[i + 1]))
    return [*places, *added]


class Located(NamedTuple):
    """A paragraph of the article, and the page's block that it stands in; None if it could not be found there."""

    block: int | None
    paragraph: Paragraph


def locate(page: Page, places: Sequence[Place]) -> list[Located]:
    """The chosen stretches of the page's blocks as paragraphs, in the order of the page.

    What could not be aligned keeps its place among its neighbours, with the text as chosen and no origin.
    """
    starts = [0, *accumulate(len(block.key) for block in page.blocks)]
    stretches: dict[int, tuple[int, int]] = {}
    strays: list[tuple[int, Choice]] = []
    last = 0
    for place in places:
        if place.start is None:
            strays.append((last, place.choice))
            continue
        i = bisect_right(starts, place.start) - 1
        while starts[i] < place.end:
            low, high = max(0, place.start - starts[i]), min(place.end, starts[i + 1]) - starts[i]
            before = stretches.get(i, (low, high))
            stretches[i] = min(before[0], low), max(before[1], high)
            last, i = i, i + 1
    found = [(i, 0, Located(i, _stretch(page, page.blocks[i], *stretch))) for i, stretch in stretches.items()]
    for n, (i, choice) in enumerate(strays, 1):
        at = page.blocks[i].pieces[-1].end if page.blocks else 0
        found.append(
            (i, n, Located(None, paragraph(page.source, [Piece(at, at, choice.text)], _MARKS.get(choice.tag, ""))))
        )
    return [located for *_, located in sorted(found, key=lambda item: item[:2])]


_MARKS: dict[str, Mark] = {"head": "heading", "item": "list", "quote": "quote"}


def _stretch(page: Page, block: PageBlock, low: int, high: int) -> Paragraph:
    """The part of a block from its `low`th to its `high`th character that is not white space."""
    # A line that is all link leads to another article, unless it is an item of a list.
    away = block.linked and block.mark in ("", "heading") and len(block.text) <= _TEASER
    kind: BlockKind = "boilerplate" if away else "paragraph"
    whole = Paragraph(pieces=block.pieces, text=block.text, mark=block.mark, kind=kind)
    if (low, high) == (0, len(block.key)):
        return whole
    seen = [i for i, character in enumerate(block.text) if not character.isspace()]
    start, end = seen[low], seen[high - 1] + 1
    cuts = [Piece(0, start, ""), Piece(end, len(block.text), "")]
    return rewritten(page.source, whole, [cut for cut in cuts if cut.start < cut.end])


def _titled(page: Page, body: Sequence[Located], title: str | None) -> list[Paragraph]:
    """The article with its headline on top, where the page shows one.

    That is a heading above the article which shares most words with the title, or the only one of the first rank:
    what metadata give as title is often a version for search engines.
    """
    places = {found.block: n for n, found in enumerate(body)}
    paragraphs = [found.paragraph for found in body]
    first = min((i for i in places if i is not None), default=0)
    wanted = _words(title or "")
    headings = [i for i, block in enumerate(page.blocks[: first + 1]) if block.mark == "heading"]
    alike = [i for i in headings if 2 * len(wanted & _words(page.blocks[i].text)) > len(wanted)]
    highest = [i for i in headings if page.blocks[i].top and len(page.blocks[i].text.split()) >= _FEWEST_IN_HEADLINE]
    for i in (alike if wanted and alike else highest if len(highest) == 1 else [])[:1]:
        block = page.blocks[i]
        headline = judged(_stretch(page, block, 0, len(block.key)), "title")
        rest = [p for n, p in enumerate(paragraphs) if n != places.get(i)]
        return [headline, *rest]
    return paragraphs


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold()))
