"""Reuters-21578 as JSONL, into a ledger and out of it again: every record found, and how fast search answers.

`python -m bench.reuters --data DIR --convert OUT.jsonl` only converts. The SGML is not well-formed XML (control
characters, entities of its own), and regular enough to be read with patterns.
"""

import gzip
import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

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
