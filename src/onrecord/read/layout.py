"""Which paragraph is the title, the byline, the date, a heading, a caption, the footer; and what they tell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.model import BlockKind
from onrecord.read.breaks import goes_on, mend
from onrecord.read.bylines import bare_names, signature
from onrecord.read.footers import footer_start, is_insert
from onrecord.read.frontmatter import field_line
from onrecord.read.paragraphs import Paragraph, Piece, judged, split
from onrecord.read.quotations import quoted

Parts = list[Paragraph | Piece]


@dataclass(slots=True, kw_only=True)
class Header:
    """What an article says of itself, filled in as it is found. `fields`: from lines such as `Publisher: X`."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


_HEADER = 12  # paragraphs within which the article must have begun
_TITLE = 220  # characters
_HEADING = 90
_HEADING_WORDS = 14
_SENTENCE_ENDS = (".", ".”", '."', ".’", ".'", ";", ":", ",")
_READING_TIME = re.compile(
    r"(?i)(?:\d{1,2}[ -]min(?:ute)?s?(?: read)?|share|comments?|print|save|listen|advertisement)"
)

_CAPTIONS = (
    r"(?:photo(?:graph(?:y|er)?)?|image|picture|illustration|graphic|caption|video|map|credit)s?"
    r"(?: by| credit| courtesy)? ?[:|/©] ?\S",
    r"file (?:photo)? ?[-–—:]|(?:pictured|above|below): ",
    r"\d{1,2}:\d{2} [^\n]{1,200} [-–—] video(?: report)?$|[^\n]{1,200} [-–—] (?:video(?: report)?|in pictures)$",
)
_CREDITS = (
    r"[(\[](?:[^()\[\]]{0,60} )?(?:photo(?:graph)?|image|picture|AP|reuters|AFP|getty|EPA)\b[^()\[\]]{0,80}[)\]]",
    r"\b(?:photo(?:graph)?|image|picture|credit): [^.]{1,80}",
    r"\b(?:getty images|AP photo|via (?:AP|reuters|getty images)|/(?:AP|AFP|reuters))",
)
_CAPTION = re.compile("(?i)(?:" + "|".join(_CAPTIONS).replace(" ", r"\s") + ")")
_CREDIT = re.compile("(?i)(?:" + "|".join(_CREDITS).replace(" ", r"\s") + r")\.?$")

# `KYIV, June 11 (Reuters) - `, `LONDON — `, `BAKHMUT, Ukraine (AP) — `, `Kyiv (dpa) - `.
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/-]{1,25}(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’/-]{0,25}){0,4}"
_SMALL = r"[A-ZÀ-Þ][a-zß-ÿ]+(?: [A-ZÀ-Þ][a-zß-ÿ]+)?"
_REGION = r"(?:, [A-Z][\w.'’-]{0,25}(?: [A-Z][\w.'’-]{0,25}){0,3}){0,2}"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:,? {_WEEKDAY}{_MONTH} \d{{1,2}}(?:, \d{{4}})?)?"
_AGENCY = r",? ?[(\[][A-Z][\w .&/’'-]{1,30}[)\]]"
_DASH = r"(?: ?(?:--|[-–—:])(?= |$) ?| ?— ?)(?P<rest>\S)"
_DATELINE = re.compile(
    rf"(?P<place>{_CAPITALS})(?P<more>{_REGION}{_DAY}(?:{_AGENCY})?){_DASH}"
    rf"|{_SMALL}{_REGION}{_DAY}{_AGENCY}{_DASH.replace('rest', 'after')}".replace(" ", r"\s")
)
_NO_PLACES = frozenset(
    "BREAKING UPDATE UPDATED EXCLUSIVE LIVE NEWS ANALYSIS OPINION WATCH VIDEO PHOTOS FACTBOX EXPLAINER CORRECTION Q A "
    "NOTE EDITORIAL PODCAST ALERT SUMMARY BACKGROUND TIMELINE".split()
)


def lay_out(
    source: str, parts: Iterable[Paragraph | Piece], *, title: str | None = None, paged: bool = True
) -> tuple[Parts, Header]:
    """`parts` judged, mended and parted, with what their header says.

    `title`: the title that is known from elsewhere; then no other line is taken for it. `paged`: the source may have
    been cut by the ends of pages.
    """
    found: Parts = list(parts)
    header = Header(title=title)
    begin = _header(found, header, known=title is not None)
    end = footer_start(found, begin)
    for i in range(end, len(found)):
        part = found[i]
        if isinstance(part, Paragraph):
            _take_field(part, header, footer=True)
            found[i] = judged(part, "boilerplate")
    body = [_marked(part) for part in found[begin:end]]
    body = mend(source, body) if paged else body
    body = _headings(_dateline(source, body))
    places = [i for i, part in enumerate(body) if isinstance(part, Paragraph) and part.kind != "boilerplate"]
    for i, p in zip(
        places,
        quoted([part for part in body if isinstance(part, Paragraph) and part.kind != "boilerplate"]),
        strict=True,
    ):
        body[i] = p
    return found[:begin] + body + found[end:], header


def _header(found: Parts, header: Header, *, known: bool) -> int:
    """Judges the paragraphs above the article; where the article begins."""
    i = 0
    titled = False
    doubt: str | None = None
    updated: str | None = None
    while i < min(len(found), _HEADER):
        part = found[i]
        if isinstance(part, Piece):
            i += 1
            continue
        text = part.text.strip()
        if part.kind != "paragraph":
            i, titled = i + 1, titled or part.kind == "title"
            continue
        kind: BlockKind | None = None
        names, dated = signature(text)
        if dated:
            kind = "date"
            doubt = doubt or dated.doubt
            if dated.updated:
                updated = updated or dated.value
            else:
                header.published = header.published or dated.value
        if names is not None:
            kind = "byline"
            header.authors = header.authors or names
        elif kind is None and _take_field(part, header):
            found[i] = Piece(part.pieces[0].start, part.pieces[-1].end, "", "front_matter_removed")
            i += 1
            continue
        elif kind is None and not titled and (_same(text, header.title) or (not known and _is_title(found, i))):
            kind, titled = "title", True
            header.title = header.title or text
        elif kind is None:
            kind = _between(found, i, header, titled=titled)
        if kind is None:
            break
        found[i] = judged(part, kind)
        i += 1
    header.published = header.published or updated
    if doubt and not header.published:
        header.notes.append(doubt)
    return i


def _between(found: Parts, i: int, header: Header, *, titled: bool) -> BlockKind | None:
    """What a paragraph may be that stands in the header and is neither title, byline nor date; None: the article."""
    part = found[i]
    assert isinstance(part, Paragraph)  # noqa: S101 - for the type checker
    text = part.text.strip()
    following = [p for p in found[i + 1 : i + 4] if isinstance(p, Paragraph)]
    signed = [signature(p.text.strip()) for p in following]
    names = bare_names(text)
    before = next((p for p in reversed(found[:i]) if isinstance(p, Paragraph)), None)
    beside = bool(before and before.kind == "date") or bool(signed and signed[0][1])
    after_title = bool(before and before.kind == "title") and bool(following) and len(following[0].text) > _TITLE
    if names and not header.authors and not part.mark and (beside or (after_title and len(names) == 1)):
        header.authors = names
        return "byline"
    if _READING_TIME.fullmatch(text):
        return "boilerplate"
    if _is_caption(text):
        return "caption"
    if titled and not header.authors and any(names is not None or dated for names, dated in signed):
        # A line under the headline, above the signature: the outlet's own summary.
        return "paragraph" if text.endswith((".", "!", "?", "”", '"')) else "heading"
    return None


def _is_title(found: Parts, i: int) -> bool:
    part = found[i]
    following = [p for p in found[i + 1 : i + 4] if isinstance(p, Paragraph)]
    if not isinstance(part, Paragraph) or not following:
        return False
    text = part.text.strip()
    if part.mark == "heading":
        return True
    if part.mark or len(text) > _TITLE or len(text.split()) > 32 or text[:1].islower() or _DATELINE.match(text):
        return False
    if goes_on(part, following[0]):
        return False
    signed = any(names is not None or dated for names, dated in (signature(p.text.strip()) for p in following))
    return signed or not text.endswith(_SENTENCE_ENDS)


def _same(text: str, title: str | None) -> bool:
    def plain(words: str) -> list[str]:
        return re.findall(r"\w+", words.casefold())

    return title is not None and bool(plain(text)) and plain(text) == plain(title)


def _take_field(part: Paragraph, header: Header, *, footer: bool = False) -> bool:
    """Is the paragraph a line such as `Publisher: X`? At the foot `Source: X` may be that of a picture or a figure."""
    said = field_line(part.text.strip())
    if said is None or part.mark or (footer and not part.text.lower().startswith(("publisher", "url"))):
        return False
    header.fields.setdefault(said[0], []).append(said[1])
    return True


def _marked(part: Paragraph | Piece) -> Paragraph | Piece:
    if isinstance(part, Piece) or part.kind != "paragraph":
        return part
    if part.mark:
        return judged(part, part.mark)
    if is_insert(part.text):
        return judged(part, "boilerplate")
    return judged(part, "caption") if _is_caption(part.text) else part


def _is_caption(text: str) -> bool:
    return len(text) < 400 and bool(_CAPTION.match(text) or _CREDIT.search(text))


def _dateline(source: str, body: Parts) -> Parts:
    """Parts the dateline from the first paragraph of the article."""
    for i, part in enumerate(body):
        if not isinstance(part, Paragraph) or part.kind != "paragraph":
            continue
        found = _DATELINE.match(part.text)
        if not found or found["place"] in _NO_PLACES:
            return body
        resume = found.end() - 1
        # A bare word in capitals may be a name (`NATO — which ...`); after a dateline a sentence begins.
        begins = part.text[resume].isupper() or part.text[resume] in "\"“‘'"
        if found["place"] and not found["more"] and not begins:
            return body
        line, article = split(source, part, len(part.text[:resume].rstrip()), resume)
        return [*body[:i], judged(line, "dateline"), article, *body[i + 1 :]]
    return body


def _headings(body: Parts) -> Parts:
    """A short line without a full stop, between a paragraph that ended and one that begins, heads what follows."""
    places = [i for i, part in enumerate(body) if isinstance(part, Paragraph)]
    for at, i in enumerate(places):
        p = body[i]
        after = body[places[at + 1]] if at + 1 < len(places) else None
        before = body[places[at - 1]] if at else None
        if (
            isinstance(p, Paragraph)
            and isinstance(after, Paragraph)
            and p.kind == "paragraph"
            and not p.mark
            and len(p.text) <= _HEADING
            and len(p.text.split()) <= _HEADING_WORDS
            and (p.text[:1].isupper() or p.text[:1].isdigit())
            and p.text[-1].isalnum()
            and after.kind in ("paragraph", "list", "caption")
            and len(after.text) > len(p.text)
            and not (isinstance(before, Paragraph) and before.text.endswith((":", ",")))
        ):
            body[i] = judged(p, "heading")
    return body
