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
RIDGE = 4.0
"""There are few rows for many signs, so that each is held nearer to 0 than those of statements are."""
FOLDS = 10


_EARLIER = "of an earlier draw"
"""A sign while learning alone: what was wrong of those draws was mended, so that too many of the rest are right."""


def learn(judged: Sequence[Judged]) -> dict[str, float]:
    rows = (((*one.signs.items(), (_EARLIER, float(not one.fresh))), one.right) for one in judged)
    return {name: weight for name, weight in fit(rows, RIDGE).items() if name != _EARLIER}


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
    fresh = [answer for one, answer in zip(judged, crossed(judged), strict=True) if one.fresh]
    print(f"{TARGET}: learned from {len(judged)} events, {sum(one.right for one in judged)} of them right")
    print(f"on the {len(fresh)} of the last draw, by cross-validation over articles: calibration error")
    print(f"{calibration_error(fresh):.4f}, right ranked above wrong {area(fresh):.4f}, and of the surer half")
    print(f"{surer_half(fresh):.4f} are right")


if __name__ == "__main__":
    main()
