"""`python -m bench [--data DIR]`: words a second on one core beside the bare parser, by step, and memory.

Both run as whole processes, from start to end, over the same articles and with one thread. Without DATA the articles
are those of `samples/`, repeated.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.process import Measured, measure, onrecord

SAMPLES = Path(__file__).parent.parent / "samples"
REPEATED = 300
_BARE = """
import json, sys
import spacy
from onrecord.extract.parse import MODEL
model = spacy.load(MODEL)
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
with model.memory_zone():
    for doc in model.pipe((p for text in texts for p in text.split("\\n\\n")), batch_size=32):
        pass
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder that holds corpora/ukraine2022.jsonl")
    parser.add_argument("--limit", type=int, help="articles, from the first on")
    parser.add_argument("--json", action="store_true", help="one JSON object in place of a table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles.jsonl")
        records = _records(options.data)[: options.limit]
        articles.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
        words = sum(len(record["text"].split()) for record in records)
        bare = measure([sys.executable, "-c", _BARE, str(articles)])
        ours = measure(onrecord("--ledger", f"{folder}/bench.db", "add", "--jobs", "1", str(articles)))
        again = measure(onrecord("--ledger", f"{folder}/bench.db", "add", "--jobs", "1", str(articles)))
        steps = _by_step(records)
    report = {
        "articles": len(records),
        "words": words,
        "onrecord_words_per_second": round(words / ours.wall),
        "onrecord_words_per_cpu_second": round(words / ours.cpu),
        "parser_words_per_second": round(words / bare.wall),
        "parser_words_per_cpu_second": round(words / bare.cpu),
        "speed_as_share_of_parser": round(bare.cpu / ours.cpu, 3),
        "unchanged_articles_per_second": round(len(records) / again.wall),
        "peak_memory_mb": round(ours.peak),
        "memory_growth_mb": None if ours.growth is None else round(ours.growth, 1),
        "cpu_seconds_by_step": {name: round(seconds, 2) for name, seconds in steps.most_common()},
    }
    print(json.dumps(report) if options.json else _table(report, ours, bare))
    return 0


def _records(data: Path | None) -> list[dict[str, Any]]:
    if data is not None:
        lines = (data / "corpora" / "ukraine2022.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]
    from onrecord import read

    articles = [
        document
        for path in sorted(SAMPLES.rglob("*"))
        if path.suffix in (".txt", ".md", ".html")
        for document in read(path.read_bytes(), name=path.name)
    ]
    return [
        {"id": str(n), "title": d.title, "published": d.published, "publisher": d.publisher, "text": d.text}
        for n in range(REPEATED)
        for d in [articles[n % len(articles)]]
    ]


def _by_step(records: list[dict[str, Any]]) -> Counter[str]:
    """Processor seconds in each step, in this process, over the same articles."""
    from onrecord import pipeline, read

    seconds: Counter[str] = Counter()

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                seconds[name] += time.process_time() - started

        return run

    steps = pipeline.STEPS
    try:
        pipeline.STEPS = tuple(s._replace(function=timed(s.function.__name__, s.function)) for s in steps)
        extract, reading = timed("whole", pipeline.extract), timed("read", read)
        for number, record in enumerate(records):
            raw = json.dumps(record, ensure_ascii=False).encode()
            for document in reading(raw, name=f"{number}", media_type="application/jsonl"):
                extract(document)
    finally:
        pipeline.STEPS = steps
    whole = seconds.pop("whole")
    seconds["voices, ids and selectors"] = whole - sum(seconds[s.function.__name__] for s in steps)
    return seconds


def _table(report: dict[str, Any], ours: Measured, bare: Measured) -> str:
    rows = [f"{key.replace('_', ' '):<34} {value}" for key, value in report.items() if key != "cpu_seconds_by_step"]
    rows.append(f"{'onrecord, seconds (wall, cpu)':<34} {ours.wall:.1f} {ours.cpu:.1f}")
    rows.append(f"{'bare parser, seconds (wall, cpu)':<34} {bare.wall:.1f} {bare.cpu:.1f}")
    whole = sum(report["cpu_seconds_by_step"].values()) or 1.0
    rows.append("processor seconds by step")
    rows.extend(
        f"  {name:<32} {seconds:8.2f} {seconds / whole:6.1%}" for name, seconds in report["cpu_seconds_by_step"].items()
    )
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
