"""Learn how likely an event is right, from what readers judged of events drawn at random (`evals/events_read.tsv`).

    python -m training.events.confidence --data ../shared/data

Writes `extract/weights/event_confidence.json`. Run it anew whenever more events were read; a verdict counts while the
event is still found as it was judged. A minute; numpy alone.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from evals.calibration import Answer, area, calibration_error
from evals.events_read import Judged, standing, surer_half

from onrecord.extract.chances import bounded, chance_of
from training.logistic import fit

TARGET = Path("src/onrecord/extract/weights/event_confidence.json")
RIDGE = 8.0
"""There are few rows for many signs, so that each is held nearer to 0 than those of statements are."""
FOLDS = 10


def learn(judged: Sequence[Judged]) -> dict[str, float]:
    return fit(((one.signs.items(), one.right) for one in judged), RIDGE)


def crossed(judged: Sequence[Judged]) -> list[Answer]:
    """Each article in turn, a tenth of them at a time, judged by what the others teach (cross-validation)."""
    tables = [learn([one for one in judged if one.article % FOLDS != fold]) for fold in range(FOLDS)]
    return [
        Answer(one.article, bounded(chance_of(one.signs.items(), tables[one.article % FOLDS])), one.right)
        for one in judged
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    judged, _ = standing(parser.parse_args().data)
    TARGET.write_text(json.dumps(learn(judged), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    answers = crossed(judged)
    print(f"{TARGET}: learned from {len(judged)} events, {sum(one.right for one in judged)} of them right")
    print(f"by cross-validation over articles: calibration error {calibration_error(answers):.4f}, right ranked above")
    print(f"wrong {area(answers):.4f}, right of the surer half {surer_half(answers):.4f}")


if __name__ == "__main__":
    main()
