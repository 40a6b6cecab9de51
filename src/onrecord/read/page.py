"""A web page as a stream of characters, each with its place in the source, cut into blocks at the tags that cut it.

No parser at hand tells where a character of its text stood, so the page is cut up here. This is no judge of what the
article is; it knows only where text, tags and blocks are. Time is linear in the length of the page, whatever it holds.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.read.paragraphs import Mark, Piece


class Tag(NamedTuple):
    """A tag at `source[start:end]`; `opens` is false for `</p>`. `block`: how many blocks of text came before it."""

    name: str
    opens: bool
    start: int
    end: int
    block: int = 0


class Text(NamedTuple):
    """Characters between tags, `source[start:end]`, with entities not decoded yet. `linked`: they are in a link."""

    start: int
    end: int
    linked: bool = False


class PageBlock(NamedTuple):
    """Text between two tags that part blocks. `key` is the text without white space, which no parser changes; `top`:
    it is a heading of the first rank. `tag`: the tag that it follows, as written; `linked`:
    all of it is one link."""

    mark: Mark
    pieces: tuple[Piece, ...]
    text: str
    key: str
    top: bool = False
    tag: str = ""
    linked: bool = False


@dataclass(slots=True)
class Page:
    """`tags`: those that may hold metadata. `scripts`: the bodies of JSON-LD scripts. `title`: of the `<title>`."""

    source: str
    blocks: list[PageBlock] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str | None = None
    count: int = 0

    @property
    def size(self) -> int:
        """Characters that are not white space."""
        return sum(len(block.key) for block in self.blocks)


_PARTING = frozenset(
    """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre section select summary
    table tbody td tfoot th thead tr ul video
    """.split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset("script style title textarea iframe noembed noframes xmp".split())
_TELLING = frozenset({"html", "meta", "link", "time", "base"})
_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _UNREAD}
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:_-]{0,60})")
_IN_TAG = re.compile("[>\"']")
_ITEM = re.compile(r"\b(?:itemprop|rel\s*=\s*[\"']?author)", re.IGNORECASE)
_LINKED_DATA = re.compile(r"application/(?:ld\+)json", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,30};?)")
_SPACE = re.compile(r"\s+")
_ATTRIBUTE = re.compile(r"([^\s=/>\"'<]{1,60})(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_ZERO_WIDTH = "\u00ad\u200b\u200c\u2060\ufeff"
_WITHOUT_WIDTH = dict.fromkeys(map(ord, _ZERO_WIDTH))
_LONGEST_TAG = 200
_LONGEST_HEADING = 400  # a heading that was never closed must not swallow the article


def tokens(source: str) -> Iterator[Tag | Text]:
    """Text and tags in order; comments, scripts and styles are passed over, JSON-LD and titles are left to the tag
    before them (see `body_of`)."""
    at, size = 0, len(source)
    while at < size:
        opened = source.find("<", at)
        if opened < 0:
            yield Text(at, size)
            return
        name = _NAME.match(source, opened + 1)
        declaration = source[opened + 1 : opened + 2] in ("!", "?") or (not name and source.startswith("</", opened))
        if not name and not declaration:
            # A lone `<` is text, up to the next that is none.
            yield Text(at, opened + 1)
            at = opened + 1
            continue
        if at < opened:
            yield Text(at, opened)
        if declaration:
            mark = "-->" if source.startswith("<!--", opened) else ">"
            closed = source.find(mark, opened + (4 if mark == "-->" else 1))
            at = closed + len(mark) if closed >= 0 else size
            continue
        assert name  # noqa: S101 - for the type checker
        end = _tag_end(source, name.end())
        tag = Tag(name[1].lower(), source[opened + 1] != "/", opened, end)
        yield tag
        at = _END[tag.name].search(source, end) if tag.opens and tag.name in _UNREAD else end  # type: ignore[assignment]
        at = at if isinstance(at, int) else (at.start() if at else size)


def _tag_end(source: str, at: int) -> int:
    """Past the `>` that ends the tag, and is not within quotation marks; the end of the page if there is none."""
    while True:
        found = _IN_TAG.search(source, at)
        if not found:
            return len(source)
        at = found.end()
        if found[0] == ">":
            return at
        closed = source.find(found[0], at)
        at = closed + 1 if closed >= 0 else at
        if closed < 0 and source.find(">", at) < 0:
            return len(source)


def attributes(source: str, tag: Tag) -> dict[str, str]:
    """The attributes of a tag, names in small letters, entities decoded; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source, tag.start + 1 + len(tag.name), tag.end):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def parse_page(source: str, *, most_tags: int) -> Page | None:
    """The page in blocks; None if it has more than `most_tags` tags."""
    page = Page(source)
    held: list[Text] = []
    mark: Mark = ""
    quotes = breaks = 0
    top, linked, opened = False, False, ""
    unread: Tag | None = None
    for token in tokens(source):
        if isinstance(token, Text):
            if breaks and not source[token.start : token.end].isspace():
                breaks = 0
            held.append(token._replace(linked=linked))
            continue
        if unread:
            _keep_unread(page, unread, token.start)
            unread = None
        page.count += 1
        if page.count > most_tags:
            return None
        if token.name in _UNREAD:
            unread = token if token.opens else None
            continue
        if token.name in _TELLING or _ITEM.search(source, token.start, min(token.end, token.start + 2000)):
            page.tags.append(token._replace(block=len(page.blocks)))
        linked = token.opens if token.name == "a" else linked
        breaks = breaks + 1 if token.name == "br" else breaks
        if token.name == "br":
            # A single break is white space; two are an empty line.
            held.append(Text(token.start, token.end))
        if token.name not in _PARTING and breaks < 2:
            continue
        _flush(page, held, "quote" if quotes and mark in ("", "list") else mark, top=top, tag=opened)
        opened = source[token.start : min(token.end, token.start + _LONGEST_TAG)]
        breaks = 0
        if token.name == "blockquote":
            quotes = max(0, quotes + (1 if token.opens else -1))
        elif token.name in _HEADINGS:
            mark, top = ("heading" if token.opens else ""), token.opens and token.name == "h1"
        elif token.name == "figcaption":
            mark = "caption" if token.opens else ""
        elif token.name == "li":
            mark = "list" if token.opens else ""
        elif token.name in ("ul", "ol", "figure"):
            mark = ""
        elif token.name in ("article", "main", "body") and not token.opens:
            mark, quotes = "", 0
    _flush(page, held, mark)
    return page


def _keep_unread(page: Page, tag: Tag, end: int) -> None:
    inside = page.source[tag.end : end]
    if tag.name == "title" and page.title is None:
        page.title = " ".join(html.unescape(inside).split()) or None
    elif tag.name == "script" and _LINKED_DATA.search(page.source, tag.start, tag.end):
        page.scripts.append(inside)


def key_of(text: str) -> str:
    """`text` without what has no ink: parsers and extractors treat white space as they like, and nothing else."""
    return "".join(text.split()).translate(_WITHOUT_WIDTH)


def _flush(page: Page, held: list[Text], mark: Mark, *, top: bool = False, tag: str = "") -> None:
    """Makes a block of the held stretches of text, if there are words in them."""
    if not held:
        return
    pieces: list[Piece] = []
    linked = all(stretch.linked or page.source[stretch.start : stretch.end].isspace() for stretch in held)
    for stretch in held:
        pieces += _pieces(page.source, stretch)
    held.clear()
    pieces = _folded(page.source, pieces)
    text = "".join(piece.put if piece.put is not None else page.source[piece.start : piece.end] for piece in pieces)
    key = key_of(text)
    if key:
        mark = "" if mark == "heading" and len(text) > _LONGEST_HEADING else mark
        page.blocks.append(PageBlock(mark, tuple(pieces), text, key, top and mark == "heading", tag, linked))


def _pieces(source: str, text: Text) -> Iterator[Piece]:
    """Characters copied, entities decoded, each run of white space one space, what has no width left out."""
    if source.startswith("<br", text.start) or source[text.start : text.start + 3].lower() == "<br":
        yield Piece(text.start, text.end, " ")
        return
    at = text.start
    for found in _SPECIAL.finditer(source, text.start, text.end):
        start, end = found.span()
        if at < start:
            yield Piece(at, start)
        put = html.unescape(found[0]) if found[0][0] == "&" else found[0]
        if put.isspace():
            yield Piece(start, end, " ")
        elif put.strip(_ZERO_WIDTH) == "":
            yield Piece(start, end, "", "zero_width_removed")
        elif put == found[0]:
            yield Piece(start, end)
        else:
            yield Piece(start, end, put)
        at = end
    if at < text.end:
        yield Piece(at, text.end)


_SPECIAL = re.compile(rf"{_ENTITY.pattern}|\s+|[{_ZERO_WIDTH}]+")


def _folded(source: str, pieces: list[Piece]) -> list[Piece]:
    """Without white space at both ends and without two spaces in a row: those across a tag become one. A space that
    was one is copied."""
    folded: list[Piece] = []
    for piece in pieces:
        if piece.put == " " and (not folded or folded[-1].put == " "):
            if folded:
                folded[-1] = Piece(folded[-1].start, piece.end, " ")
            continue
        folded.append(piece)
    while folded and folded[-1].put == " ":
        folded.pop()
    return [Piece(p.start, p.end) if p.put == " " and source[p.start : p.end] == " " else p for p in folded]
