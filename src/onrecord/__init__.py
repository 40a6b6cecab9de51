"""onrecord: a ledger of who said what, and on whose word.

    import onrecord

    (document,) = onrecord.read(raw, name="article.html")       # bytes -> Documents; raises InputError
    entries = onrecord.extract(document)                         # Document -> Entries, each with its words and place
    with onrecord.Ledger.open("onrecord.db", create=True) as ledger:
        report = onrecord.add(["articles/"], ledger)             # files and folders into a ledger
        for line in onrecord.lines(ledger, ["statement"]):       # what `onrecord export jsonl` writes
            print(line.speaker, [content.text for content in line.contents])
        problems = list(onrecord.verify(ledger))                 # what does not agree with its words

Called from a script, `add` needs `if __name__ == "__main__":` around it or `Settings(jobs=1)`, for it starts
processes of its own. Nothing is fetched, and nothing is sent.
"""

__version__ = "0.1.0"

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from onrecord import pipeline as _pipeline
from onrecord.errors import InputError, LedgerError, OnrecordError
from onrecord.export.jsonl import lines
from onrecord.ledger import Ledger, Problem
from onrecord.model import Document, Entity, Entry, Figure, Place, Selector, Span, Statement, Timex, anchor
from onrecord.pipeline import Report, extract
from onrecord.read import read as _read
from onrecord.settings import Settings

__all__ = [
    "Document",
    "Entity",
    "Entry",
    "Figure",
    "InputError",
    "Ledger",
    "LedgerError",
    "OnrecordError",
    "Place",
    "Problem",
    "Report",
    "Selector",
    "Settings",
    "Span",
    "Statement",
    "Timex",
    "__version__",
    "add",
    "anchor",
    "extract",
    "lines",
    "read",
    "verify",
]


DEFAULTS = Settings()


def read(
    raw: bytes, *, name: str, media_type: str | None = None, url: str | None = None, settings: Settings = DEFAULTS
) -> list[Document]:
    """The articles in `raw`: one, or for JSONL one a line. `media_type` is told from the bytes if it is not given.
    Raises InputError, which names `name`, the cause and the next step."""
    return _read(raw, name=name, media_type=media_type, url=url, settings=settings)


def add(paths: Iterable[str | Path], ledger: Ledger, settings: Settings = DEFAULTS) -> Report:
    """Read, extract and keep every article under `paths`, files and folders. What fails is in `Report.failures`, and
    the others go in. Raises LedgerError when the ledger itself fails."""
    return _pipeline.add(paths, ledger, settings, clock=lambda: datetime.now(UTC).isoformat(timespec="seconds"))


def verify(ledger: Ledger, settings: Settings = DEFAULTS) -> Iterator[Problem]:
    """Everything in the ledger that does not agree with its words or its bytes."""
    return _pipeline.verify(ledger, settings)
