"""From the gold to the shipped weights of statements and names, by one command.

    pip install -r training/requirements.txt
    python -m training.statements --data ../shared/data

Counts the cue words (five minutes), fine-tunes the encoder (two hours on two cores; stopped, it goes on after the last
whole epoch), exports it in eight bits, learns the links and what stands inside a content, and calibrates the
confidence. What each step measured goes to stdout, and of the epochs to `log.jsonl` in the folders under `--out`.
"""

import argparse
from pathlib import Path

from training import cues
from training.encoder import export, train
from training.statements import calibrate, likely, link


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training.statements", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds gold")
    parser.add_argument("--out", type=Path, default=Path("build/encoder"), help="for the checkpoints and the logs")
    given = parser.parse_args()
    cues.write(given.data)
    checkpoint = train.learn(given.data, train.published(), given.out)
    print(export.TARGET, export.export(checkpoint, export.TARGET), flush=True)
    link.write(given.data)
    likely.write(given.data)
    calibrate.write(given.data)


if __name__ == "__main__":
    main()
