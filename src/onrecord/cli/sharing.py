"""`onrecord export` and `schema`: the ledger for other programs."""

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import Annotated, TextIO

import typer

import onrecord
from onrecord.cli.output import emit, say, terminal, whole_file
from onrecord.export import csv, geojson, ical, plover, polecat
from onrecord.export.jsonl import encode, lines
from onrecord.export.schema import LINES, json_schema
from onrecord.export.tellings import FACTUALITIES, commitments, events
from onrecord.ledger import Ledger
from onrecord.model import Factuality
from onrecord.settings import Settings

LineKind = Enum("LineKind", {kind: kind for kind in LINES}, type=str)  # type: ignore[misc]
FactualityName = Enum("FactualityName", {name: name for name in FACTUALITIES}, type=str)  # type: ignore[misc]
_Everything = Annotated[bool, typer.Option("--all", help="Superseded and rejected entries too.")]
_Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, whole or not at all.")
]
_Factual = Annotated[
    list[FactualityName] | None,
    typer.Option(
        "--factuality", "-f", metavar="FACTUALITY", help="Events of this factuality alone; may be given several times."
    ),
]


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


def plover_command(
    context: typer.Context, output: _Output = None, factuality: _Factual = None, everything: _Everything = False
) -> None:
    """Write events as PLOVER JSON.

    One event a line, in the data fields of the PLOVER codebook; docs/FORMAT.md explains them. Every event of every
    factuality is there, with `factuality`, `voice` and `chain`: an event with a voice is that voice's claim. A date is
    that of the event, never that of publication, and null where the text does not say.

    \b
    Examples:
      onrecord export plover > events.jsonl
      onrecord export plover -f happened | jq -r 'select(.voice == null) | .event[0]'
    """

    def write(ledger: Ledger, out: TextIO) -> int:
        told = events(ledger, _wanted(factuality) or FACTUALITIES, everything=everything)
        return _streamed(out, map(plover.encode, plover.records(told, onrecord.__version__)))

    _write(context, output, "events", write)


def polecat_command(
    context: typer.Context, output: _Output = None, factuality: _Factual = None, everything: _Everything = False
) -> None:
    """Write events as the table of POLECAT.

    Tab-separated, its 40 columns in its order, so that code written for POLECAT reads it; docs/FORMAT.md explains the
    cells. Only what happened or goes on is there, unless you name another factuality. `Source` is whose word it is: the
    outlet alone, or the outlet and then whom it reports.

    \b
    Examples:
      onrecord export polecat > events.tsv
      onrecord export polecat -f happened -f ongoing -f planned > events.tsv
    """

    def write(ledger: Ledger, out: TextIO) -> int:
        told = events(ledger, _wanted(factuality) or polecat.HAPPENED, everything=everything)
        return polecat.write(told, out, onrecord.__version__)

    _write(context, output, "events", write)


def geojson_command(
    context: typer.Context, output: _Output = None, factuality: _Factual = None, everything: _Everything = False
) -> None:
    """Write the places of events as GeoJSON.

    One FeatureCollection, one Feature for each place of each event. A town or a point is a Point; a region, a country
    or a place that is not known has no geometry, so that no pin stands where nothing happened: `precision` tells them
    apart. `voice` and `chain` say whose word it is.

    \b
    Examples:
      onrecord export geojson > events.geojson
      onrecord export geojson -f happened --output events.geojson
    """

    def write(ledger: Ledger, out: TextIO) -> int:
        told = events(ledger, _wanted(factuality) or FACTUALITIES, everything=everything)
        return _streamed(out, geojson.pieces(geojson.features(told))) - 2

    _write(context, output, "places of events", write)


def ical_command(context: typer.Context, output: _Output = None, everything: _Everything = False) -> None:
    """Write what falls due as a calendar.

    iCalendar, one all-day entry for each commitment with a due date: pledges, threats, plans and forecasts, in the
    article's own words, with whose word it is. A vague date takes all its days. Entries keep their ids, so that a
    calendar that is read again is brought up to date.

    \b
    Example:
      onrecord export ical --output due.ics
    """

    def write(ledger: Ledger, out: TextIO) -> int:
        out.write(ical.head(onrecord.__version__))
        count = _streamed(out, ical.components(commitments(ledger, everything=everything)))
        out.write(ical.TAIL)
        return count

    _write(context, output, "commitments with a due date", write)


def _streamed(out: TextIO, pieces: Iterable[str]) -> int:
    """How many pieces were written."""
    count = 0
    for piece in pieces:
        out.write(piece)
        count += 1
    return count


def _wanted(given: list[FactualityName] | None) -> list[Factuality]:
    return [each.value for each in given or ()]


def _write(context: typer.Context, output: Path | None, what: str, write: Callable[[Ledger, TextIO], int]) -> None:
    """Run `write`, which gives how many it wrote, into the file or standard output."""
    settings: Settings = context.obj
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger, ExitStack() as stack:
        out = stack.enter_context(whole_file(output)) if output else terminal()
        count = write(ledger, out)
    if output:
        say(f"{output}: {count:,} {what}")


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
