"""`python -m bench.peers --data DIR --python PEERS/bin/python`: HeidelTime and quantulum3 beside ours, in one run.

Every tool reads the same articles, one after the other and each on one core, and is scored as `evals` scores ours. See
docs/PEERS.md for how to make the environment of the peers.
"""

import argparse
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from evals import figures as figure_scores
from evals import timexes as timex_scores
from evals.measure import score as bootstrap
from evals.tempeval import TimedDocument

from onrecord.model import Figure, Span, Timex

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


class Answer(NamedTuple):
    """What a tool found in each text, and how many words it read in a second."""

    found: list[list[dict[str, Any]]]
    words_per_second: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public gold sets")
    parser.add_argument("--python", help="the interpreter of the peers' environment; without it ours runs alone")
    parser.add_argument("--limit", type=int, help="articles of each set, from the first on")
    options = parser.parse_args()
    print(f"{'set':<10} {'tool':<12} {'score':<14} {'value':>6} {'95% interval':>15} {'words/s':>9}")
    for name, documents in timex_scores.sets(options.data):
        _timexes(name, list(documents)[: options.limit], options.python)
    _figures(options.data, options.python, options.limit)
    return 0


def _timexes(name: str, documents: list[TimedDocument], peers: str | None) -> None:
    texts = [(item.document.text, item.document.published) for item in documents]
    tools = [("onrecord", [sys.executable, "-m", "bench.peers.tag_onrecord", "timexes"])]
    if peers:
        tools.append(("HeidelTime", [peers, str(HERE / "tag_heideltime.py")]))
    for tool, command in tools:
        answer = _ask(command, texts)
        found = [[_timex(item) for item in items] for items in answer.found]
        for score in timex_scores.score_found(name, documents, found):
            _print(name, tool, score.name.removeprefix(f"{name} "), score, answer)


def _timex(item: dict[str, Any]) -> Timex:
    kind: Any = item["type"] if item["type"] in ("DATE", "TIME", "DURATION", "SET") else "DATE"
    return Timex(span=Span(start=item["start"], end=item["end"]), type=kind, value=item["value"])


def _figures(data: Path, peers: str | None, limit: int | None) -> None:
    lines = (data / "gold" / "newsquant" / "dev.jsonl").read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines if line][:limit]
    texts = [(item["text"], None) for item in items]
    tools = [("onrecord", [sys.executable, "-m", "bench.peers.tag_onrecord", "figures"])]
    if peers:
        tools.append(("quantulum3", [peers, str(HERE / "tag_quantulum3.py")]))
    for tool, command in tools:
        answer = _ask(command, texts)
        rows = [
            figure_scores.match_sentence(item["text"], item["quantities"], [_figure(tool, each) for each in found])
            for item, found in zip(items, answer.found, strict=True)
        ]
        for place, name in enumerate(("value", "value+unit", "value+change")):
            _print("newsquant", tool, name, bootstrap("figures", name, [row[place] for row in rows]), answer)


def _figure(tool: str, item: dict[str, Any]) -> Figure:
    if tool == "onrecord":
        return msgspec.convert(item, Figure)
    value, error = Decimal(str(item["value"])), Decimal(str(item["uncertainty"] or 0))
    name = item["unit"]
    codes = {word: code for code, words in figure_scores._SAME.items() for word in words}
    unit = None if name == "dimensionless" else codes.get(name, name.split()[-1])
    return Figure(span=Span(start=item["start"], end=item["end"]), low=value - error, high=value + error, unit=unit)


def _ask(command: list[str], texts: list[tuple[str, str | None]]) -> Answer:
    asked = "".join(json.dumps({"text": text, "published": published}) + "\n" for text, published in texts)
    done = subprocess.run(command, input=asked, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    *found, last = map(json.loads, done.stdout.splitlines())
    words = sum(len(text.split()) for text, _ in texts)
    return Answer(found, words / last["seconds"])


def _print(name: str, tool: str, what: str, score: Any, answer: Answer) -> None:
    interval = f"{score.low:.3f} to {score.high:.3f}"
    speed = f"{answer.words_per_second:,.0f}"
    print(f"{name:<10} {tool:<12} {what:<14} {score.value:6.3f} {interval:>15} {speed:>9}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
