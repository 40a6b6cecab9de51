"""Names against Stanford's English Worldwide Newswire: exact spans of people, bodies and places.

120 of its articles are chosen by a hash of their names. Gold types are mapped onto ours: Person to PER, Organization
to ORG, Location and Facility to LOC; the other types are not scored. A leading `the` is no part of a name on either
side, since the two conventions differ there.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.measure import Counts, Score, compare
from evals.measure import score as bootstrap
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.model import Block, Document, Source, Span

FAMILY = "names"
SAMPLE = 120

GOLD = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}
OURS = {"person": "PER", "organization": "ORG", "country": "LOC", "place": "LOC", "facility": "LOC"}
NO_SPACE_BEFORE = frozenset(".,;:!?)]%-/’”'") | {"'s", "’s", "n't", "'re", "'ve", "''"}
NO_SPACE_AFTER = frozenset("([$“‘-/’")


class Named(NamedTuple):
    """An article with its gold: type, start, end."""

    document: Document
    gold: frozenset[tuple[str, int, int]]
    typed: tuple[tuple[str, int, int], ...]


def score(data: Path) -> Iterator[Score]:
    """F1 of each type and of all together."""
    counts: dict[str, list[Counts]] = {"PER": [], "ORG": [], "LOC": [], "all": []}
    for article in articles(data / "gold" / "newswire_ner"):
        text = article.document.text
        mentions = extract_mentions(article.document, parse(article.document))
        found = {(OURS[m.kind], *bare(text, m.head.start, m.head.end)) for m in mentions if m.kind in OURS}
        for type_, by_article in counts.items():
            by_article.append(
                compare(
                    (g for g in article.gold if type_ in (g[0], "all")), (f for f in found if type_ in (f[0], "all"))
                )
            )
    for type_, by_article in counts.items():
        yield bootstrap(FAMILY, f"newswire {type_} exact", by_article)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without a leading article."""
    return (start + 4, end) if text[start:end].lower().startswith("the ") else (start, end)


def articles(folder: Path) -> Iterator[Named]:
    """The sampled articles, in the order of their names."""
    names = sorted(folder.glob("*.tsv"), key=lambda path: hashlib.sha256(path.name.encode()).hexdigest())[:SAMPLE]
    for path in sorted(names):
        yield read(path)


def read(path: Path) -> Named:
    """One file of tokens and tags, set as running text; an empty line ends a paragraph."""
    text, blocks, gold = "", [], []
    start, open_, glue = 0, None, True
    for row in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        # A third column holds names inside names; the outer ones are scored.
        token, tag = [cell.strip() for cell in (row + "\tO").split("\t")[:2]]
        if open_ and not tag.startswith("I-"):
            gold.append(open_)
            open_ = None
        if not token:
            if len(text) > start:
                blocks.append(Block(kind="paragraph", span=Span(start=start, end=len(text))))
                text += "\n\n"
            start, glue = len(text), True
            continue
        if not glue and token not in NO_SPACE_BEFORE:
            text += " "
        glue = token in NO_SPACE_AFTER
        begin, text = len(text), text + token
        if tag.startswith("B-"):
            open_ = (tag[2:], begin, len(text))
        elif open_:
            open_ = (open_[0], open_[1], len(text))
    mapped = frozenset((GOLD[type_], *bare(text, a, b)) for type_, a, b in gold if type_ in GOLD)
    return Named(document(path.name, text, blocks), mapped, tuple(gold))


def document(name: str, text: str, blocks: list[Block] | None = None) -> Document:
    """A document of one block, or of those given."""
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    source = Source(sha256=sha, media_type="text/plain", name=name)
    whole = (Block(kind="paragraph", span=Span(start=0, end=len(text))),)
    return Document(id=sha[:20], source=source, reader="gold/1", text=text, blocks=tuple(blocks or whole))
