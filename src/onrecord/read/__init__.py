"""Bytes in, documents out.

The way of an input, from a path that a person named to a `Document`:

    for found in discover(paths, stdin=sys.stdin.buffer):     # files, folders, "-"; lazy and sorted
        match found:
            case Input():                                     # something that a reader takes
                for unit in units(found, settings=settings):  # one for each article; a JSONL file has many
                    match unit:
                        case Unit():                          # unit.raw: the bytes to hash and to keep
                            documents = read(unit.raw, name=unit.name, media_type=unit.media_type,
                                             settings=settings)
                        case InputError(): ...                # this line failed, the next ones follow
            case Skipped(): ...                               # passed over (hidden, a picture): report, no failure
            case InputError(): ...                            # failed: report, go on, exit with 1

`discover(paths, stdin=None)`   yields `Input | Skipped | InputError`; raises nothing.
`units(input, settings=...)`    yields `Unit | InputError`; raises nothing. Streams: holds one line or one file.
`read(raw, name=..., ...)`      gives `list[Document]`, raises `InputError`. Pure: no clock, no network, no disk.
`sniff(name, head)`             gives `Sniffed(media_type, note)`, raises `UnsupportedMediaType`.
`origin_of(document, span)`     gives the places in the decoded source that a span of the text came from.

A `Unit` can be pickled, so that one process may find units and others read them.

Text normal form: for text, Markdown and HTML the blocks of the article joined by one blank line; for JSONL the
`text` field, character for character. What differs from the source is in `Document.edits` or in a block's `origin`.
"""

from onrecord.read.documents import read
from onrecord.read.inputs import Input, Skipped, Unit, discover, units
from onrecord.read.media import HTML, JSONL, MARKDOWN, PLAIN, Sniffed, sniff
from onrecord.read.origins import origin_of

__all__ = [
    "HTML",
    "JSONL",
    "MARKDOWN",
    "PLAIN",
    "Input",
    "Skipped",
    "Sniffed",
    "Unit",
    "discover",
    "origin_of",
    "read",
    "sniff",
    "units",
]
