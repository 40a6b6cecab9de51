"""Count cue words by construction on the training part of PolNeAR: writes `extract/data/cues.tsv`.

    python -m training.cues --data ../shared/data

A candidate counts as marked if its cue word lies in an annotated cue and the contents agree by more than half.
Candidates inside an annotated content are left out, since PolNeAR marks only the outermost layer.
"""

import argparse
from collections import Counter
from pathlib import Path

from evals.statements import Attribution, articles, plain

from onrecord.extract.parse import parse
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.constructions import candidates
from onrecord.extract.statements.page import Candidate, Page

TABLE = Path("src/onrecord/extract/data/cues.tsv")
HEADER = """\
# Cue words by construction: how often a candidate was seen, how often annotators had marked it with the same content.
# Made by training/cues.py from the training part of PolNeAR (Newell, Margolin, Ruths, LREC 2018). Counts, no text.
# construction, word, seen, marked
"""


def agrees(candidate: Candidate, gold: Attribution) -> bool:
    """Whether more than half of the longer content is shared."""
    shared = sum(max(0, min(b, s.end) - max(a, s.start)) for a, b in gold.content for s in candidate.contents)
    return shared * 2 > max(sum(b - a for a, b in gold.content), sum(len(s) for s in candidate.contents))


def count(data: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """(construction, word) -> (seen, marked) over all training articles."""
    seen: Counter[tuple[str, str]] = Counter()
    marked: Counter[tuple[str, str]] = Counter()
    for number, (text, gold) in enumerate(articles(data, "train"), 1):
        document = plain(text)
        quotations = find_quotations(document)
        inside = [span for attribution in gold for span in attribution.content]
        for passage in parse(document):
            for candidate in candidates(Page(passage, text, quotations)):
                if any(a <= candidate.at < b for a, b in inside):
                    continue
                seen[candidate.key] += 1
                cue = next((g for g in gold if any(a <= candidate.at < b for a, b in g.cue)), None)
                marked[candidate.key] += cue is not None and agrees(candidate, cue)
        if number % 100 == 0:
            print(f"{number} articles, {sum(seen.values())} candidates, {sum(marked.values())} marked", flush=True)
    return {key: (seen[key], marked[key]) for key in seen}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    write(parser.parse_args().data)


def write(data: Path) -> None:
    """Counts, and replaces the shipped table."""
    counts = count(data)
    rows = [
        f"{construction}\t{word}\t{seen}\t{marked}\n"
        for (construction, word), (seen, marked) in sorted(counts.items())
        if word.isprintable() and word.strip() and (marked or seen > 1)
    ]
    TABLE.write_text(HEADER + "".join(rows), encoding="utf-8")
    print(f"{TABLE}: {len(rows)} pairs")


if __name__ == "__main__":
    main()
