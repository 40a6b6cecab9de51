"""Learn which cue a source or content belongs to, from PolNeAR's training articles with their gold spans.

    python -m training.statements.link --data ../shared/data

Writes `extract/weights/links.json`. Seeded; no library but the product's own.
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evals.statements import Attribution, articles

from onrecord.extract.statements.linking import Role, features, near
from onrecord.model import Span

TARGET = Path("src/onrecord/extract/weights/links.json")
EPOCHS, RATE, DECAY, SEED, RAREST = 6, 0.1, 1e-6, 20260, 5

Example = tuple[list[list[str]], list[bool]]


def examples(data: Path, part: str) -> Iterator[tuple[Role, Example]]:
    """For each source and content: the features with each near cue, and which of the cues are its own."""
    for text, gold in articles(data, part):
        cues = sorted({Span(start=a, end=b) for one in gold for a, b in one.cue})
        for role, index in (("source", 0), ("content", 2)):
            owners = _owners(gold, index)
            spans = sorted(owners)
            for span in spans:
                candidates = near(span, cues)
                right = [cues[i] in owners[span] for i in candidates]
                if any(right):
                    yield role, ([list(features(text, role, span, cues, i, spans)) for i in candidates], right)  # type: ignore[arg-type]


def _owners(gold: list[Attribution], index: int) -> dict[Span, set[Span]]:
    owners: dict[Span, set[Span]] = {}
    for one in gold:
        for a, b in one[index]:
            owners.setdefault(Span(start=a, end=b), set()).update(Span(start=c, end=d) for c, d in one.cue)
    return owners


def learn(data: Path) -> dict[str, float]:
    """Weights by stochastic gradient ascent on the likelihood of choosing one of a span's own cues."""
    rows = [example for _, example in examples(data, "train")]
    seen = Counter(name for options, _ in rows for option in options for name in option)
    table = {name: 0.0 for name, count in seen.items() if count >= RAREST}
    rng = random.Random(SEED)
    for epoch in range(EPOCHS):
        rng.shuffle(rows)
        rate = RATE * (1 - epoch / EPOCHS)
        for options, right in rows:
            chances = _softmax([sum(table.get(name, 0.0) for name in option) for option in options])
            mass = sum(p for p, r in zip(chances, right, strict=True) if r)
            for option, chance, own in zip(options, chances, right, strict=True):
                slope = rate * ((chance / mass if own and mass > 0 else 0.0) - chance)
                if abs(slope) < 1e-5:
                    continue
                for name in option:
                    if name in table:
                        table[name] += slope - DECAY * table[name]
    return {name: round(weight, 3) for name, weight in sorted(table.items()) if abs(weight) >= 0.01}


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    return [value / sum(raised) for value in raised]


def accuracy(data: Path, part: str, table: dict[str, float]) -> dict[str, float]:
    """The share of spans whose most likely cue is one of their own."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for role, (options, own) in examples(data, part):
        scores = [sum(table.get(name, 0.0) for name in option) for option in options]
        right[role] += own[max(range(len(scores)), key=lambda i: (scores[i], -i))]
        seen[role] += 1
    return {role: round(right[role] / seen[role], 4) for role in seen}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    write(parser.parse_args().data)


def write(data: Path) -> None:
    """Learns, and replaces the shipped table."""
    table = learn(data)
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(table)} weights; right on dev: {accuracy(data, 'dev', table)}")


if __name__ == "__main__":
    main()
