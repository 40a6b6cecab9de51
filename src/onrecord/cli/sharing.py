"""`onrecord export` and `schema`: the ledger for other programs."""

import json
import sys
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from onrecord.cli.output import emit, say, terminal, whole_file
from onrecord.export import csv
from onrecord.export.jsonl import encode, lines
from onrecord.export.schema import LINES, json_schema
from onrecord.ledger import Ledger
from onrecord.settings import Settings

LineKind = Enum("LineKind", {kind: kind for kind in LINES}, type=str)  # type: ignore[misc]
_Everything = Annotated[bool, typer.Option("--all", help="Superseded and rejected entries too.")]


def jsonl_command(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, whole or not at all.")
    ] = None,
    everything: _Everything = False,
) -> None:
    """Write everything as JSONL.

    One object a line, `kind` first. `onrecord schema` prints what each line holds, docs/FORMAT.md explains it. A text
    that was found stands with its place, in Unicode code points of the document's text.

    \b
    Examples:
      onrecord export jsonl > ledger.jsonl
      onrecord export jsonl | jq -r 'select(.kind == "statement") | .speaker.name'
    """
    settings: Settings = context.obj
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger, ExitStack() as stack:
        out = stack.enter_context(whole_file(output)) if output else None
        count = 0
        for line in lines(ledger, everything=everything):
            out.write(encode(line)) if out else emit(encode(line))
            count += 1
    if output:
        say(f"{output}: {count:,} lines")


def csv_command(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Write one file a kind into this folder.")
    ] = None,
    kind: Annotated[
        LineKind | None,
        typer.Option("--kind", "-k", metavar="KIND", help="The table of this kind to standard output."),
    ] = None,
    everything: _Everything = False,
) -> None:
    """Write tidy tables, one a kind.

    Each entry is one row. A text that begins with =, +, -, @, a tab or a return gets an apostrophe in front, so that
    no spreadsheet runs it; take one apostrophe off to have the article's words again.

    \b
    Examples:
      onrecord export csv tables/
      onrecord export csv --kind statement > statements.csv
    """
    settings: Settings = context.obj
    if (folder is None) == (kind is None):
        raise typer.BadParameter("name either a folder for all tables, or one --kind for standard output")
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
        if folder is not None:
            counts = _tables(ledger, folder, everything)
            say(f"{folder}: " + ", ".join(f"{name}.csv {count:,}" for name, count in counts.items()))
        elif kind is not None:
            csv.write([kind.value], lines(ledger, [kind.value], everything=everything), {kind.value: terminal()})


def _tables(ledger: Ledger, folder: Path, everything: bool) -> dict[str, int]:
    """One file a kind, all of them or none."""
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise typer.BadParameter(f"{folder}: {(error.strerror or str(error)).lower()}; name a folder") from None
        files: dict[str, TextIO] = {kind: stack.enter_context(whole_file(folder / f"{kind}.csv")) for kind in LINES}
        return csv.write(list(LINES), lines(ledger, everything=everything), files)


def schema_command() -> None:
    """Print the JSON Schema of an export.

    Draft 2020-12, of one line of `export jsonl`.

    \b
    Example:
      onrecord schema > onrecord.schema.json
    """
    json.dump(json_schema(), sys.stdout, indent=2, ensure_ascii=False)
    print()
