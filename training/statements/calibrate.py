"""Learn how likely a statement is right from what its finders know of it, on articles that they did not learn from.

    python -m training.statements.calibrate --data ../shared/data

Writes `extract/weights/confidence.json`: for the article's own level from PolNeAR's dev articles, since the encoder is
too sure of the articles that it was trained on; for statements inside statements from the dev part of our own cases.
Run it anew whenever the encoder, the linker or the rules around them change. A minute or two; numpy alone.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.calibration import Answer, area, calibration_error
from evals.statements import attribution, overlapping, plain, readings

from onrecord.extract.parse import parse
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.confidence import Table, confidence, inside, own_level
from onrecord.extract.statements.nesting import parents
from onrecord.extract.statements.spotted import Spotted
from onrecord.extract.statements.spotting import spot
from onrecord.model import Span
from training.logistic import fit

TARGET = Path("src/onrecord/extract/weights/confidence.json")
RIDGE = 1.0
FOLDS = 10
_PRIOR = 4.0
"""How many statements the share of all rules counts for beside a rule's own, of which there are few."""


class Judged(NamedTuple):
    """A statement that was found, the number of its article, and whether it is right."""

    article: int
    found: Spotted
    right: bool


def own_level_judged(data: Path) -> list[Judged]:
    """All that is found at the own level of PolNeAR's dev articles, what is too unsure to be told included."""
    result = []
    for number, reading in enumerate(readings(data, least=0.0)):
        ours = [reading.found[index] for index in reading.outermost()]
        for one, gold in zip(ours, overlapping(reading.gold, map(attribution, ours)), strict=True):
            result.append(Judged(number, one, gold is not None))
    return result


def inside_judged(part: str = "dev") -> Iterator[Judged]:
    """All that the grammar finds inside the statements of our own cases, where the outer one is right."""
    from evals.nested import Voiced, cases, match

    def around(spans: Sequence[Span]) -> Span | None:
        return Span(start=min(s.start for s in spans), end=max(s.end for s in spans)) if spans else None

    for number, case in enumerate(cases(part)):
        document = plain(case.text)
        found = spot(document, parse(document), find_quotations(document))
        above = parents(found)
        ours = [Voiced(around(one.sources), one.cue, one.contents, above[i]) for i, one in enumerate(found)]
        right = set(match(case.gold, ours).values())
        for index, (one, outer) in enumerate(zip(found, above, strict=True)):
            if outer in right and one.evidence is None and one.score is not None:
                yield Judged(number, one, index in right)


def learn(own: Sequence[Judged], inner: Sequence[Judged]) -> Table:
    """The table that `confidence` reads."""
    laid_out = [one for one in own if one.found.evidence is None]
    seen = Counter(one.found.rule for one in laid_out)
    right = Counter(one.found.rule for one in laid_out if one.right)
    share = (sum(right.values()) + 1) / (len(laid_out) + 2)
    return {
        "own level": fit(
            ((own_level(j.found, j.found.evidence), j.right) for j in own if j.found.evidence is not None), RIDGE
        ),
        "inside": fit(((inside(j.found.score), j.right) for j in inner if j.found.score is not None), RIDGE),
        "rules": {
            rule: round((right[rule] + _PRIOR * share) / (count + _PRIOR), 4) for rule, count in sorted(seen.items())
        },
    }


def crossed(judged: Sequence[Judged]) -> list[Answer]:
    """Each article in turn, a tenth of them at a time, judged by what the others teach (cross-validation)."""
    tables = [learn([one for one in judged if one.article % FOLDS != fold], ()) for fold in range(FOLDS)]
    answers = [(one, confidence(one.found, None, tables[one.article % FOLDS])) for one in judged]
    return [Answer(one.article, chance, one.right) for one, chance in answers if chance is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    write(parser.parse_args().data)


def write(data: Path) -> None:
    """Learns, replaces the shipped table, and prints what cross-validation says of it."""
    own, inner = own_level_judged(data), list(inside_judged())
    table = learn(own, inner)
    TARGET.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    answers = crossed(own)
    print(f"{TARGET}: learned from {len(own)} statements, and {len(inner)} inside others")
    print(f"right {sum(one.right for one in own) / len(own):.3f} at the own level, by cross-validation over articles:")
    print(f"calibration error {calibration_error(answers):.4f}, right ranked above wrong {area(answers):.4f}")


if __name__ == "__main__":
    main()
