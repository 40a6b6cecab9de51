"""Reuters-21578 as JSONL, into a ledger and out of it again: every record found, and how fast search answers.

`python -m bench.reuters --data DIR --convert OUT.jsonl` only converts. The SGML is not well-formed XML (control
characters, entities of its own), and regular enough to be read with patterns.
"""

import argparse
import gzip
import html
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bench.process import measure, onrecord
from onrecord.ledger import Ledger, StatementFilter

RECORDS_WITH_BODY = 19_043
_RECORD = re.compile(r"<REUTERS\b([^>]*)>(.*?)</REUTERS>", re.DOTALL)
_NEWID = re.compile(r'NEWID="(\d+)"')
_FIELD = {
    name: re.compile(rf"<{name}>(.*?)</{name}>", re.DOTALL) for name in ("DATE", "TITLE", "AUTHOR", "DATELINE", "BODY")
}


def records(folder: Path) -> Iterator[dict[str, object]]:
    """Every record that has a body, as a line of JSONL. `text` is the body, character for character, after its
    entities are decoded; the dateline stands in front of it in the source and is kept apart."""
    for path in sorted(folder.glob("*.sgm.gz")):
        # Latin-1 gives each byte a character: one file holds a byte that no ASCII has.
        content = gzip.decompress(path.read_bytes()).decode("latin-1")
        for attributes, body in _RECORD.findall(content):
            found = {name: _text(pattern, body) for name, pattern in _FIELD.items()}
            newid = _NEWID.search(attributes)
            if found["BODY"] is None or newid is None:
                continue
            record: dict[str, object] = {
                "id": newid[1],
                "title": _line(found["TITLE"]),
                "publisher": "Reuters",
                "published": _date(found["DATE"]),
                "authors": [author] if (author := _byline(found["AUTHOR"])) else [],
                "dateline": _line(found["DATELINE"]),
                "text": found["BODY"],
            }
            yield {key: value for key, value in record.items() if value not in (None, [])}


def _text(pattern: re.Pattern[str], body: str) -> str | None:
    found = pattern.search(body)
    return html.unescape(found[1]) if found else None


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _byline(text: str | None) -> str | None:
    line = _line(text)
    return re.sub(r"^by\s+|[,.\s]+(Reuters)?[,.\s]*$", "", line, flags=re.IGNORECASE) or None if line else None


def _date(text: str | None) -> str | None:
    # " 2-MAR-1987 05:08:21.32", sometimes with stray characters after it.
    found = re.search(r"(\d{1,2})-([A-Z]{3})-(\d{4})", text or "")
    return datetime.strptime("-".join(found.groups()), "%d-%b-%Y").date().isoformat() if found else None


def convert(folder: Path, out: Path, limit: int | None = None) -> int:
    """Write the records as JSONL; gives how many."""
    count = 0
    with out.open("w", encoding="utf-8") as lines:
        for record in records(folder):
            if limit is not None and count >= limit:
                break
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count


_WORDS = re.compile(r"[a-z]{4,12}")


def _lost(ledger: Ledger, expected: dict[str, str]) -> list[str]:
    """The ids that are not found again with the very text of their record."""
    return [
        id_
        for id_, text in expected.items()
        if [ledger.document(row.id).text for row in ledger.documents(external_id=id_).rows] != [text]
    ]


def _queries(texts: list[str], count: int) -> list[str]:
    """Searches as people make them: one word, two words of one article, a phrase, a beginning."""
    rng = random.Random(0)
    queries = []
    while len(queries) < count:
        text = " ".join(rng.choice(texts).split())
        words = _WORDS.findall(text)
        if len(words) < 8:
            continue
        one, other = rng.sample(words, 2)
        at = rng.randrange(len(text.split()) - 3) if len(text.split()) > 4 else 0
        phrase = " ".join(text.split()[at : at + 3]).replace('"', "")
        queries += [one, f"{one} {other}", f'"{phrase}"', f"{one[:4]}*"]
    return queries[:count]


def _search_times(ledger: Ledger, queries: list[str]) -> list[float]:
    """Milliseconds of each search of passages and of statements, sorted."""
    times = []
    for query in queries:
        for search in (ledger.search, lambda q: ledger.statements(StatementFilter(q=q))):
            started = time.perf_counter()
            search(query)
            times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reuters", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds corpora/reuters21578")
    parser.add_argument("--convert", type=Path, metavar="OUT", help="write the records there as JSONL, and leave")
    parser.add_argument("--ledger", type=Path, help="keep the ledger there; default: a temporary one")
    parser.add_argument("--limit", type=int, help="records, from the first on")
    parser.add_argument("--jobs", default="0", help="processes; 0: one a core")
    options = parser.parse_args()
    folder = options.data / "corpora" / "reuters21578"
    if options.convert:
        print(f"{convert(folder, options.convert, options.limit):,} records")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        articles = Path(temporary, "reuters.jsonl")
        count = convert(folder, articles, options.limit)
        path = options.ledger or Path(temporary, "reuters.db")
        expected = {r["id"]: r["text"] for r in map(json.loads, articles.open(encoding="utf-8"))}
        words = sum(len(text.split()) for text in expected.values())
        run = measure(onrecord("--ledger", str(path), "add", "--jobs", options.jobs, str(articles)))
        with Ledger.open(path) as ledger:
            lost = _lost(ledger, expected)
            times = _search_times(ledger, _queries(list(expected.values()), 400))
            failures = len(ledger.failures())
        print(f"records          {count:,}" + ("" if options.limit else f" (expected {RECORDS_WITH_BODY:,})"))
        print(f"added in         {run.wall:.0f} s, {words / run.wall:,.0f} words/s, processor {run.cpu:.0f} s")
        print(f"memory           {run.peak:,.0f} MB at most, growth {run.growth or 0:,.0f} MB")
        print(f"ledger           {path.stat().st_size / 1e6:,.0f} MB")
        print(f"failed           {failures:,}")
        print(f"lost             {len(lost):,}")
        print(f"search           p50 {_percentile(times, 50):.1f} ms, p95 {_percentile(times, 95):.1f} ms")
        complete = bool(options.limit) or count == RECORDS_WITH_BODY
        return 0 if complete and not lost and not failures else 1


def _percentile(values: list[float], percent: int) -> float:
    return values[min(len(values) - 1, len(values) * percent // 100)]


if __name__ == "__main__":
    sys.exit(main())
