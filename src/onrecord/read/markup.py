"""Plain text and Markdown to paragraphs: lines put together, and what is markup taken off, each time as an edit."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.read.bylines import signature
from onrecord.read.dates import date_line
from onrecord.read.paragraphs import Mark, Paragraph, Piece, paragraph, rewritten

_LINE_END = re.compile("\r\n|[\n\r\f\v\x85\u2028\u2029]")
_RULE = re.compile(r"(?:[-*_=~#•·][ \t]?){3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_DEFINITION = re.compile(r"\[[^\]\n]{1,99}\]:\s{0,9}\S{1,2000}(?:\s{1,9}[\"'(][^\n]{0,200})?")
_FENCE = re.compile(r"(?:```|~~~)[\w+-]{0,20}")

# What may stand at the beginning of a line, what it says of the paragraph, and the name of the edit that removes it.
_PREFIXES: tuple[tuple[re.Pattern[str], Mark, str], ...] = (
    (re.compile(r"#{1,6}[ \t]{1,9}(?=\S)"), "heading", "heading_mark_removed"),
    (re.compile(r"(?:>[ \t]?){1,9}"), "quote", "quote_mark_removed"),
    (re.compile(r"[-*+•‣◦▪●][ \t]{1,9}(?=\S)"), "list", "list_mark_removed"),
)
_NUMBERED = re.compile(r"\d{1,3}[.)][ \t]{1,9}(?=\S)")
_CLOSING_HASHES = re.compile(r"[ \t]{1,9}#{1,9}$")
_HARD_BREAKS = ("  ", "\\")

_WIDEST = 120  # characters; text with longer lines was not wrapped by hand or by mail
_NARROWEST = 40
_INDENT = 2
_INDENTED = re.compile(r"\S\n[ \t]{2,}\S")
_BLANK = re.compile(r"\n[ \t]*\n")
_SLUG = re.compile(r"(?i)reuters?|upi|ap|afp|-30-|end|more")  # alone in the last line of a wire

# Markup opens after white space or an opening mark, and closes before the like: `f**k` and `2*3*4` keep theirs.
_BEFORE = r"(?<![^\s\"'“‘(\[*_~—–/-])"
_AFTER = r"(?![\w*_])"
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(!\[[^\[\]\n]{0,300}\]\([^()\s]{1,2000}(?:\s\"[^\"\n]{0,300}\")?\))()()"), "image_removed"),
    (
        re.compile(
            r"(\[)([^\[\]]{1,500})(\]\([^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s\"[^\"\n]{0,300}\")?\))"
        ),
        "link_removed",
    ),
    (re.compile(r"(<)((?:https?|mailto):[^<>\s]{1,2000})(>)"), "link_removed"),
    (re.compile(rf"{_BEFORE}(\*{{1,3}})(?=[^\s*])([^*]{{1,1000}}?)(?<=\S)(\1){_AFTER}"), "emphasis_removed"),
    (re.compile(rf"{_BEFORE}(_{{1,3}})(?=[^\s_])([^_]{{1,1000}}?)(?<=\S)(\1){_AFTER}"), "emphasis_removed"),
    (re.compile(rf"{_BEFORE}(~~)(?=\S)([^~]{{1,1000}}?)(?<=\S)(~~)"), "emphasis_removed"),
    (re.compile(r"(?<!`)(`)([^`\n]{1,500})(`)(?!`)"), "code_mark_removed"),
)
_MARKS = re.compile(r"[*_~`\[<]")
_NESTING = 3  # rounds of removal: a link in emphasis in a link

# Only a file that says it is Markdown escapes characters, and holds tags and entities that mean something.
_ESCAPE = re.compile(r"(\\)(?=[!-/:-@\[-`{-~])")
_REFERENCE = re.compile(r"(\[)([^\[\]]{1,500})(\]\[[^\[\]\n]{0,99}\])")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,300})?/?>|<!--[^<>]{0,500}-->")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


class _Line(NamedTuple):
    """A line without white space and prefix. `prefix` is the removed piece, if any; `indent`: white space before it."""

    start: int
    end: int
    mark: Mark
    prefix: Piece | None
    hard: bool
    indent: int = 0


def paragraphs(source: str, *, start: int = 0, markdown: bool = False) -> Iterator[Paragraph | Piece]:
    """The paragraphs of `source[start:]`, markup removed; a bare piece is a line that was nothing but markup.

    `markdown`: the file says that it is Markdown, so that a line end is white space, and escapes, tags and entities
    count. In plain text a line end is white space only where the line was full.
    """
    style = _style(source, start)
    held: list[_Line] = []
    for line in _lines(source, start):
        if line is None:
            if held:
                yield _made(source, held, markdown)
            held = []
            continue
        text = source[line.start : line.end]
        if len(held) == 1 and held[0].mark == "" and not line.prefix and _UNDERLINE.fullmatch(text):
            heading = held[0]._replace(mark="heading")
            yield _made(source, [heading], markdown)
            yield Piece(line.start, line.end, "", "heading_mark_removed")
            held = []
            continue
        if not line.prefix and _is_markup(text, markdown):
            if held:
                yield _made(source, held, markdown)
            yield Piece(line.start, line.end, "", "rule_removed")
            held = []
            continue
        if held and not _continues(source, held[-1], line, style, markdown):
            yield _made(source, held, markdown)
            held = []
        held.append(line)
    if held:
        yield _made(source, held, markdown)


def _is_markup(text: str, markdown: bool) -> bool:
    if markdown and (_DEFINITION.fullmatch(text) or _FENCE.fullmatch(text)):
        return True
    return bool(_RULE.fullmatch(text)) or not any(map(str.isprintable, text))


def _lines(source: str, start: int) -> Iterator[_Line | None]:
    """Each line; None for a blank one and for the end of a page."""
    at = start
    while at <= len(source):
        found = _LINE_END.search(source, at)
        end, following = found.span() if found else (len(source), len(source) + 1)
        yield _line(source, at, end)
        if found and found[0] == "\f":
            yield None
        at = following


def _line(source: str, start: int, end: int) -> _Line | None:
    raw = source[start:end]
    text = raw.strip()
    if not text:
        return None
    indent = len(raw) - len(raw.lstrip())
    start += indent
    end = start + len(text)
    if _RULE.fullmatch(text):
        return _Line(start, end, "", None, False)
    for pattern, mark, edit in _PREFIXES:
        found = pattern.match(text)
        if found:
            prefix = Piece(start, start + found.end(), "", edit)
            # A quoted line with nothing in it parts two paragraphs of the quotation.
            return _Line(start + found.end(), end, mark, prefix, raw.endswith(_HARD_BREAKS), indent)
    return _Line(start, end, "list" if _is_numbered(text) else "", None, raw.endswith(_HARD_BREAKS), indent)


def _is_numbered(text: str) -> bool:
    return bool(_NUMBERED.match(text)) and date_line(text) is None


class _Style(NamedTuple):
    """`width`: characters to which the lines of a wrapped text were filled, 0 if it was not wrapped. `indented`: a
    paragraph begins by an indented line, as newswires write, with no blank line before it."""

    width: int
    indented: bool


def _style(source: str, start: int) -> _Style:
    text = source[start:]
    widest = max((len(line) for line in _LINE_END.split(text)), default=0)
    width = widest if _NARROWEST <= widest <= _WIDEST else 0
    return _Style(width, width > 0 and bool(_INDENTED.search(text)) and not _BLANK.search(text.strip()))


def _continues(source: str, last: _Line, line: _Line, style: _Style, markdown: bool) -> bool:
    """Does `line` go on with the paragraph that `last` stands in?"""
    if last.mark == "heading" or (line.mark and line.mark != "quote"):
        return False
    if (last.mark == "quote") != (line.mark == "quote") or last.start == last.end or line.start == line.end:
        return False
    before, text = source[last.start : last.end], source[line.start : line.end]
    if any(not it[0].islower() and signature(it) != (None, None) for it in (before, text)):
        return False
    if markdown:
        return not last.hard and (len(before) <= _WIDEST or not before.endswith((".", "!", "?", '"', "”")))
    if style.indented:
        return line.indent < _INDENT and not _SLUG.fullmatch(text)
    return len(before) + 1 + len(text.split(None, 1)[0]) > style.width > 0


def _made(source: str, lines: list[_Line], markdown: bool) -> Paragraph:
    """The paragraph of `lines`; a line end becomes one space, and a hyphen that divided no word stays."""
    pieces: list[Piece] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before:
            pieces.append(Piece(before.end, line.prefix.start if line.prefix else line.start, " "))
        if line.prefix:
            pieces.append(line.prefix)
        if line.start < line.end:
            pieces.append(Piece(line.start, line.end))
    made = paragraph(source, pieces, lines[0].mark)
    if made.mark == "heading":
        made = _without(source, made, _CLOSING_HASHES, "heading_mark_removed")
    for _ in range(_NESTING if _MARKS.search(made.text) else 0):
        plainer = made
        for pattern, edit in _INLINE:
            plainer = _unwrapped(source, plainer, pattern, edit)
        if plainer is made:
            break
        made = plainer
    if markdown:
        made = _unwrapped(source, made, _REFERENCE, "link_removed")
        made = _without(source, made, _TAG, "tag_removed")
        made = _decoded(source, made)
        made = _without(source, made, _ESCAPE, "escape_removed")
    return made


def _unwrapped(source: str, p: Paragraph, pattern: re.Pattern[str], edit: str) -> Paragraph:
    """`p` without the first and third group of every match."""
    spans = [found.span(group) for found in pattern.finditer(p.text) for group in (1, 3)]
    swaps = [Piece(start, end, "", edit) for start, end in spans if start < end]
    return rewritten(source, p, swaps) if swaps else p


def _without(source: str, p: Paragraph, pattern: re.Pattern[str], edit: str) -> Paragraph:
    swaps = [Piece(*found.span(), "", edit) for found in pattern.finditer(p.text)]
    return rewritten(source, p, swaps) if swaps else p


def _decoded(source: str, p: Paragraph) -> Paragraph:
    decoded = ((found, html.unescape(found[0])) for found in _ENTITY.finditer(p.text))
    swaps = [Piece(*found.span(), put, "entity_decoded") for found, put in decoded if put != found[0]]
    return rewritten(source, p, swaps) if swaps else p
