"""From the gold to the shipped weights of the classifier of events, by one command.

    pip install -r training/requirements.txt
    python -m training.events --data ../shared/data

Asks the rules for the triggers, fine-tunes the encoder (some five minutes of one core), exports it in eight bits, and
fits the linear model.
"""

import argparse
from pathlib import Path

from training.events import export, linear, train
from training.events.gold import told


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training.events", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds gold/plover")
    parser.add_argument("--out", type=Path, default=Path("build/events"), help="for the checkpoint")
    given = parser.parse_args()
    gold = list(told(given.data, "train"))
    checkpoint = train.learn(gold, given.out)
    print(export.TARGET, export.export(checkpoint, export.TARGET), flush=True)
    linear.write(gold)


if __name__ == "__main__":
    main()
