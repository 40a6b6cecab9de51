"""The same rows for other programs: CSV for spreadsheets, JSON Lines for everything else."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from starlette.responses import StreamingResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for the code page of its country


def cell(value: Any) -> str:
    """A value as a spreadsheet may see it: words that it would run as a formula get an apostrophe in front."""
    if value is None:
        return ""
    words = str(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_FORMULA) else words


def csv_lines(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[column]) for column in columns])
        if buffer.tell() > 16_384:
            yield _emptied(buffer)
    yield _emptied(buffer)


def json_lines(rows: Iterable[Any]) -> Iterator[bytes]:
    for row in rows:
        yield msgspec.json.encode(row) + b"\n"


def _emptied(buffer: io.StringIO) -> str:
    words = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return words


def download(lines: Iterator[str] | Iterator[bytes], name: str, media_type: str) -> StreamingResponse:
    """Sent while it is made: a list may be longer than memory."""
    return StreamingResponse(
        lines,
        media_type=media_type,
        headers={"content-disposition": f'inline; filename="{name}"', "cache-control": "no-cache"},
    )
