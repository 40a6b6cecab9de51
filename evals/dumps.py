"""The command of every comparison of two runs: `dump FOLDER`, then `compare BEFORE AFTER`."""

import argparse
from collections.abc import Callable
from pathlib import Path


def command(
    doc: str | None,
    module: str,
    dump: Callable[[Path, Path], int],
    compare: Callable[[Path, Path, Path, int], None],
    *,
    examples: int,
) -> None:
    """`dump(data, folder)` gives the number of articles; `compare(data, before, after, examples)` prints. Both folders
    hold files of JSON."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    dumping = commands.add_parser("dump", help="write what is found now")
    dumping.add_argument("folder", type=Path)
    comparing = commands.add_parser("compare", help="count and show what two dumps have not in common")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument(
        "--examples", type=int, default=examples, help=f"of each sort; {examples} unless told otherwise"
    )
    for each in (dumping, comparing):
        each.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    if given.command == "dump":
        print(f"{given.folder}: {dump(given.data, given.folder)} articles")
        return
    for folder in (given.before, given.after):
        if not any(folder.glob("*.json")):
            parser.error(f"{folder}: no dump is there; make one with `python -m {module} dump {folder}`")
    compare(given.data, given.before, given.after, given.examples)
