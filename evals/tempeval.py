"""Documents with gold time expressions: TimeML files (TimeBank, AQUAINT) and NAF-like token files (MEANTIME)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from onrecord.model import Block, Document, Source, Span

_CLOSING = re.compile(r"^(?:[.,;:!?%)\]}’”]|'s$|’s$|n't$|'(?:re|ve|ll|d|m)$|'$)")
_ANNOTATED = 5  # the last sentence of MEANTIME that holds time expressions, counted from 0, the title
_OPENING = re.compile(r"[(\[{$“‘]$")


class GoldTimex(NamedTuple):
    """A gold TIMEX3: half-open code points in the document's text, type and value as annotated."""

    start: int
    end: int
    type: str
    value: str


class TimedDocument(NamedTuple):
    """An article and what its annotators marked; the creation time is the document's date, not an answer."""

    name: str
    document: Document
    gold: tuple[GoldTimex, ...]


def timeml(folder: Path) -> Iterator[TimedDocument]:
    """The articles of a folder of TimeML files, in order of name. A block ends at an empty line."""
    for path in sorted(folder.glob("*.tml")):
        root = ElementTree.parse(path).getroot()
        published = root.find(".//DCT/TIMEX3")
        body = root.find("TEXT")
        if body is None:
            raise ValueError(f"{path}: no TEXT element; this is not a TimeML document of TempEval-3")
        text, gold = _text_of(body)
        document = build(path.stem, text, published.get("value") if published is not None else None)
        yield TimedDocument(path.stem, document, gold)


def meantime(folder: Path) -> Iterator[TimedDocument]:
    """The articles of MEANTIME, in order of name, their text rebuilt from tokens.

    Time expressions were annotated in the title and the first five sentences only, so that only these are taken. The
    creation time stands alone or before the first sentence; it is metadata to us, read and then left out.
    """
    for path in sorted(folder.rglob("*.xml")):
        root = ElementTree.parse(path).getroot()
        text = ""
        places: dict[str, Span] = {}
        sentence = None
        glue = True
        dated = {
            anchor.get("t_id", "")
            for timex in root.iter("TIMEX3")
            if timex.get("functionInDocument") == "CREATION_TIME"
            for anchor in timex.iter("token_anchor")
        }
        for token in root.iter("token"):
            if token.get("t_id", "") in dated or int(token.get("sentence", "0")) > _ANNOTATED:
                continue
            word = token.text or ""
            if token.get("sentence") != sentence:
                sentence = token.get("sentence", "")
                text += "\n\n" if text else ""
                glue = True
            if not glue and not _CLOSING.match(word):
                text += " "
            places[token.get("t_id", "")] = Span(start=len(text), end=len(text) + len(word))
            text += word
            glue = bool(_OPENING.search(word))
        published, gold = None, []
        for timex in root.iter("TIMEX3"):
            tokens = [anchor.get("t_id", "") for anchor in timex.iter("token_anchor")]
            value = timex.get("value", "")
            if timex.get("functionInDocument") == "CREATION_TIME":
                published = value
            elif tokens:
                spans = [places[token] for token in tokens]
                start, end = min(s.start for s in spans), max(s.end for s in spans)
                gold.append(GoldTimex(start, end, timex.get("type", ""), value))
        yield TimedDocument(path.stem, build(path.stem, text, published), tuple(sorted(gold)))


def build(name: str, text: str, published: str | None) -> Document:
    """A document of plain text by hand: a paragraph ends at an empty line."""
    blocks = tuple(
        Block(kind="paragraph", span=Span(start=match.start(), end=match.end()))
        for match in re.finditer(r"\S(?:.*\S)?(?:\n[^\S\n]*\S(?:.*\S)?)*", text)
    )
    source = Source(sha256="", media_type="text/plain", name=name)
    return Document(id=name, source=source, reader="eval/1", text=text, blocks=blocks, published=published)


def _text_of(element: ElementTree.Element) -> tuple[str, tuple[GoldTimex, ...]]:
    """The characters of an element without its markup, and the TIMEX3 in it."""
    pieces: list[str] = []
    gold: list[GoldTimex] = []
    length = 0

    def take(piece: str | None) -> None:
        nonlocal length
        pieces.append(piece or "")
        length += len(piece or "")

    def walk(node: ElementTree.Element) -> None:
        start = length
        take(node.text)
        for child in node:
            walk(child)
            take(child.tail)
        if node.tag == "TIMEX3":
            gold.append(GoldTimex(start, length, node.get("type", ""), node.get("value", "")))

    walk(element)
    return "".join(pieces), tuple(gold)
