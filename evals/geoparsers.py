"""`python -m evals.geoparsers --data DIR`: places beside the stored answers of nine geoparsers, by one code.

The answers are those that M. Gritta and others published with "What's missing in geographical parsing?" (2018): a line
a document, in the order of the gold file, `gazetteer name,,name as written,,lat,,lon,,start,,end||`. Where their
offsets do not fall on the name as written (they count line ends or quotation marks otherwise), the nearest place where
it is written holds. Ours are asked of the text and the address of the page.

Prints a table a set: whole, and the half that nothing of ours was fitted on (`evals.places.kept`).
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evals.measure import Counts, Score
from evals.measure import score as bootstrap
from evals.places import (
    SETS,
    Answer,
    Placed,
    Toponym,
    accuracy,
    answers,
    articles_of,
    both,
    found_and_located,
    kept,
    names,
    names_overlapping,
)
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse

PEERS = ("CLAVIN", "CamCoder", "DBpedia", "Edinburgh", "GeoTxt", "SpaCyNER", "StanfordNER", "TopoCluster", "Yahoo")
Measure = Callable[[Sequence[Toponym], Sequence[Answer]], Counts]
MEASURES: dict[str, tuple[Measure, Callable[[list[Counts]], float] | None]] = {
    "names exact": (names, None),
    "names overlapping": (names_overlapping, None),
    "resolved of found": (found_and_located("161 km, areas 900"), accuracy),
    "strict": (found_and_located("161 km"), accuracy),
    "end to end, overlapping": (both("161 km, areas 900", exact=False), None),
    "strict ": (both("161 km", exact=False), None),
    "end to end, exact": (both("161 km, areas 900", exact=True), None),
    "strict  ": (both("161 km", exact=True), None),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.geoparsers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public gold sets")
    data = parser.parse_args().data
    for name in SETS:
        articles = list(articles_of(name, data))
        systems = {"onrecord": [_ours(name, article) for article in articles]}
        for peer in PEERS:
            systems[peer] = list(stored(data / f"gold/places/peers/{name}_{peer}.txt", articles))
        for title, of in ((name, articles), (f"{name}, kept half", [a for a in articles if kept(a.number)])):
            chosen = {article.number for article in of}
            print(f"\n{title}: {len(of)} articles, {sum(len(article.gold) for article in of)} names\n")
            print("| |", " | ".join(MEASURES), "|\n|---|" + "---|" * len(MEASURES))
            for system, found in systems.items():
                both_sides = zip(articles, found, strict=True)
                pairs = [(article.gold, told) for article, told in both_sides if article.number in chosen]
                print(f"| {system} |", " | ".join(_cell(score) for score in scores(pairs)), "|", flush=True)


def scores(pairs: Sequence[tuple[Sequence[Toponym], Sequence[Answer]]]) -> Iterator[Score]:
    """Each of `MEASURES` over pairs of gold and answers, one an article."""
    for title, (measure, whole) in MEASURES.items():
        counts = [measure(gold, found) for gold, found in pairs]
        yield bootstrap("places", title, counts, whole) if whole else bootstrap("places", title, counts)


def stored(path: Path, articles: Sequence[Placed]) -> Iterator[list[Answer]]:
    """The answers of one geoparser to each article. Raises ValueError where the file is for other articles."""
    lines = path.read_text("utf-8").split("\n")[: len(articles)]
    for line, article in zip(lines, articles, strict=True):
        yield [parsed(answer, article.document.text) for answer in line.split("||") if answer]


def parsed(answer: str, text: str) -> Answer:
    """One stored answer, its offsets put right."""
    _, written, lat, lon, start, end = answer.split(",,")
    first, last = int(start), int(end)
    if text[first:last] != written:
        found = [i for i in range(len(text)) if text.startswith(written, i)] if written else []
        if found:
            first = min(found, key=lambda i: (abs(i - int(start)), i))
            last = first + len(written)
    return Answer(first, last, float(lat) if lat else None, float(lon) if lon else None)


def _ours(name: str, article: Placed) -> list[Answer]:
    return answers(name, article.document, extract_mentions(article.document, parse(article.document)))


def _cell(score: Score) -> str:
    return f"{score.value:.3f} ({score.low:.3f} to {score.high:.3f})"


if __name__ == "__main__":
    main()
