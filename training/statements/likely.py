"""Learn which candidates of the grammar annotators mark, from PolNeAR's training articles.

    python -m training.statements.likely --data ../shared/data

Writes `extract/weights/inner.json`. Seeded; no library but the product's own. A candidate inside an annotated content
is left out, since PolNeAR marks the outermost layer alone.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from evals.statements import Attribution, articles, plain

from onrecord.extract.parse import Passage, parse
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.constructions import candidates
from onrecord.extract.statements.cues import cues
from onrecord.extract.statements.likely import features, logistic
from onrecord.extract.statements.page import Page
from training.cues import agrees

TARGET = Path("src/onrecord/extract/weights/inner.json")
EPOCHS, RATE, DECAY, SEED, RAREST = 8, 0.05, 1e-6, 20260, 8

Example = tuple[list[tuple[str, float]], bool]


def examples(text: str, gold: list[Attribution], passages: Iterable[Passage]) -> Iterator[Example]:
    """Each candidate outside the annotated contents: its features, and whether it is marked with its content."""
    quotations = find_quotations(plain(text))
    inside = [span for one in gold for span in one.content]
    for passage in passages:
        for candidate in candidates(Page(passage, text, quotations)):
            if any(a <= candidate.at < b for a, b in inside):
                continue
            one = next((g for g in gold if any(a <= candidate.at < b for a, b in g.cue)), None)
            marked = one is not None and agrees(candidate, one)
            yield list(features(candidate, cues(), (1, int(marked)))), marked


def learn(rows: list[Example]) -> dict[str, float]:
    """Weights by stochastic gradient ascent on the likelihood of the marks."""
    seen = Counter(name for row, _ in rows for name, _ in row)
    table = {name: 0.0 for name, count in seen.items() if count >= RAREST}
    rng = random.Random(SEED)
    for epoch in range(EPOCHS):
        rng.shuffle(rows)
        rate = RATE * (1 - epoch / EPOCHS)
        for row, marked in rows:
            slope = rate * (marked - logistic(sum(table.get(name, 0.0) * value for name, value in row)))
            for name, value in row:
                if name in table:
                    table[name] += slope * value - DECAY * table[name]
    return {name: round(weight, 3) for name, weight in sorted(table.items()) if abs(weight) >= 0.01}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    write(parser.parse_args().data)


def write(data: Path) -> None:
    """Learns, and replaces the shipped table."""
    rows: list[Example] = []
    for number, (text, gold) in enumerate(articles(data, "train"), 1):
        rows.extend(examples(text, gold, parse(plain(text))))
        if number % 100 == 0:
            print(f"{number} articles, {len(rows)} candidates, {sum(marked for _, marked in rows)} marked", flush=True)
    table = learn(rows)
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(table)} weights")


if __name__ == "__main__":
    main()
