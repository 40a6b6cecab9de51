"""`python -m evals --data DIR`: score every family on public gold, and hold each score to its floor."""

import argparse
import hashlib
import importlib
import json
import math
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from evals.measure import Score

FLOORS = Path(__file__).with_name("floors.json")
FAMILIES = {
    # The module, and the folders or files under DATA whose content its scores depend on. Slowest first.
    "statements": ("gold/polnear",),
    "windows": ("gold/polnear",),
    "reliability": ("gold/polnear",),
    "places": ("gold/places",),
    "names": ("gold/newswire_ner",),
    "entities": ("gold/ecbplus", "gold/meantime"),
    "timexes": ("gold/tempeval3", "gold/meantime"),
    "figures": ("gold/newsquant", "gold/meantime"),
    "pages": ("gold/pages",),
    "pronouns": ("gold/gap", "gold/gum_coref"),
    "speakers": ("corpora/ukraine2022.jsonl",),
    "basil": ("gold/basil",),
    "events": ("gold/wikievents", "gold/rams", "gold/meantime"),
    "events_read": ("corpora/ukraine2022.jsonl",),
    "factuality": ("gold/factuality",),
    "event_types": ("gold/plover",),
    "manner": (),
    "nested": (),
    "commitments": (),
}


def main() -> int:
    options = _arguments()
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    families = options.family or list(FAMILIES)
    failed = passed = 0
    print(f"{'family':<11} {'score':<34} {'value':>6} {'95% interval':>15} {'n':>6} {'floor':>6}", flush=True)
    started = time.monotonic()
    for family, scores, corpus, seconds in _measured(families, options.data, options.jobs):
        floor = floors.get(family, {"corpus": None, "floors": {}})
        for score in scores:
            at_least = floor["floors"].get(score.name)
            low = at_least is not None and score.value < at_least
            shown = "-" if at_least is None else f"{at_least:.3f}"
            interval = f"{score.low:.3f} to {score.high:.3f}"
            print(
                f"{family:<11} {score.name:<34} {score.value:6.3f} {interval:>15} {score.n:6d} {shown:>6}"
                + (f"  BELOW ITS FLOOR by {at_least - score.value:.4f}" if low else "")
            )
            failed, passed = failed + low, passed + (not low)
        print(f"{family:<11} took {seconds:.0f} s", flush=True)
        if options.write_floors:
            floors[family] = _floor(scores, corpus, options.why)
            continue
        for name in floor["floors"].keys() - {score.name for score in scores}:
            print(f"{family:<11} {name:<34} is no longer measured, and has a floor")
            failed += 1
        if floor["corpus"] not in (None, corpus):
            print(
                f"{family:<11} the corpus is another than the one that the floors were measured on "
                f"({', '.join(FAMILIES[family])}); measure them anew with --write-floors --why '...'"
            )
            failed += 1
    print(f"all took {time.monotonic() - started:.0f} s")
    if options.write_floors:
        ordered = {family: floors[family] for family in FAMILIES if family in floors}
        FLOORS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", "utf-8")
        print(f"wrote {FLOORS}")
        return 0
    if failed:
        print("A score fell. Mend it, or say why it may: python -m evals --write-floors --family FAMILY --why '...'")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public gold sets")
    parser.add_argument("--family", action="append", choices=list(FAMILIES), help="this one alone; may be repeated")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="families at a time")
    parser.add_argument("--write-floors", action="store_true", help="make what is measured now the floor")
    parser.add_argument("--why", default="", help="why the floors change; kept beside them")
    options = parser.parse_args()
    if options.write_floors and not options.why.strip():
        parser.error("--write-floors needs --why: what changed, and why that is right")
    if not options.data.is_dir():
        parser.error(f"{options.data} is no folder; name the folder of the gold sets with --data")
    return options


def _measured(families: list[str], data: Path, jobs: int) -> Iterator[tuple[str, list[Score], str, float]]:
    """Each family in a process of its own, as they come in."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, max_tasks_per_child=1) as pool:
        for future in as_completed([pool.submit(_measure, family, data) for family in families]):
            yield future.result()


def _measure(family: str, data: Path) -> tuple[str, list[Score], str, float]:
    started = time.monotonic()
    module = importlib.import_module(f"evals.{family}")
    scores = list(module.score(data))
    return family, scores, digest(data, FAMILIES[family]), time.monotonic() - started


def digest(data: Path, folders: tuple[str, ...]) -> str:
    """SHA-256 over the names and contents of all files of the folders; a file may stand for a folder."""
    whole = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in (data / folder, *(data / folder).rglob("*")) if p.is_file()):
            whole.update(path.relative_to(data).as_posix().encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _floor(scores: list[Score], corpus: str, why: str) -> dict[str, object]:
    # Rounded down at the third place: what another processor's floating point may change, and no more.
    floors = {score.name: math.floor(score.value * 1000 + 1e-9) / 1000 for score in scores}
    return {"corpus": corpus, "why": why, "floors": floors}
