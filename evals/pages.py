"""HTML reading on gold/pages: how much of the article body is found, and how much of it is mapped to the page.

The text score is the one of the set's authors (article-extraction-benchmark): shingles of four tokens, counted as a
multiset, F1 by page and then the mean. What gold bodies leave out by rule (headline, byline, date, footer) is left
out of ours.
"""

import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evals import measure
from evals.measure import Counts, Score
from onrecord.model import Block, Document
from onrecord.read import read
from onrecord.read.encoding import decode
from onrecord.settings import Settings

FAMILY = "pages"

_TOKEN = re.compile(r"\w+")
_LEFT_OUT = ("title", "byline", "date", "boilerplate")
_SHINGLE = 4


def score(data: Path) -> Iterator[Score]:
    found: list[Counts] = []
    mapped: list[Counts] = []
    for document, page, body in pages(data):
        found.append(compare(body, article(document)))
        exact = sum(is_exact(block, document, page) for block in document.blocks)
        mapped.append(Counts(exact, 0, len(document.blocks) - exact))
    yield measure.score(FAMILY, "text, shingles of 4, F1", found, measure=_mean_f1)
    yield measure.score(FAMILY, "blocks mapped exactly", mapped, measure=_share)


def pages(data: Path) -> Iterator[tuple[Document, str, str]]:
    """Document, decoded page and gold body of every page."""
    gold = json.loads((data / "gold/pages/ground-truth.json").read_text("utf-8"))
    for name, truth in sorted(gold.items()):
        raw = gzip.decompress((data / f"gold/pages/html/{name}.html.gz").read_bytes())
        (document,) = read(raw, name=name, media_type="text/html", settings=Settings())
        yield document, decode(raw, name=name, page=True).text, truth["articleBody"]


def article(document: Document) -> str:
    return "\n".join(block.span.of(document.text) for block in document.blocks if block.kind not in _LEFT_OUT)


def compare(gold: str, found: str) -> Counts:
    """Shares of shingles, so that a long page weighs no more than a short one."""
    wanted, seen = _shingles(gold), _shingles(found)
    tp, fp, fn = (wanted & seen).total(), (seen - wanted).total(), (wanted - seen).total()
    every = tp + fp + fn
    return Counts(tp / every, fp / every, fn / every) if every else Counts(1, 0, 0)


def is_exact(block: Block, document: Document, page: str) -> bool:
    """Every character that is not white space has a place, and what was copied stands there in the page."""
    covered = 0
    for run in block.origin:
        text, source = document.text[run.start : run.end], page[run.source_start : run.source_end]
        if len(text) == len(source) and text != source and not source.startswith("&"):
            return False
        covered += sum(not character.isspace() for character in text)
    return covered == sum(not character.isspace() for character in block.span.of(document.text))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + _SHINGLE]) for i in range(max(1, len(tokens) - _SHINGLE + 1)))


def _mean_f1(counts: list[Counts]) -> float:
    return statistics.mean(measure.f1([page]) for page in counts)


def _share(counts: list[Counts]) -> float:
    return sum(c.tp for c in counts) / sum(c.tp + c.fn for c in counts)
