"""`onrecord list`, `show` and `search`: what is in the ledger, asked at a terminal."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from itertools import islice
from typing import Annotated, get_args

import msgspec
import typer

from onrecord.cli import listing, showing
from onrecord.cli.output import (
    Form,
    choose,
    console,
    emit,
    highlighted,
    one_line,
    print_csv,
    print_table,
    say,
    terminal,
)
from onrecord.export import csv
from onrecord.export.jsonl import encode
from onrecord.export.schema import LINES, Line
from onrecord.ledger import ActFilter, Hit, Ledger, StatementFilter, StatementOrder
from onrecord.settings import Settings

_ROWS = 50
_HITS = 20

Kind = Enum("Kind", {kind: kind for kind in (*LINES, "failure")}, type=str)  # type: ignore[misc]
_ORDERS = {
    "statement": get_args(StatementOrder),
    "event": ("newest", "event", "unsure"),
    "commitment": ("due", "newest"),
}
"""Of each kind its orders; the first goes without saying."""
Order = Enum("Order", {o: o for orders in _ORDERS.values() for o in orders}, type=str)  # type: ignore[misc]
Limit = Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="At most so many; 0 for all.")]
AsTable = Annotated[bool, typer.Option("--table", help="For reading: what a terminal gets.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="For a spreadsheet: what a pipe gets.")]
AsJson = Annotated[bool, typer.Option("--json", help="One object a line, as in `export jsonl`.")]


def _form(table: bool, comma: bool, json: bool) -> Form:
    given = [form for form, wanted in ((Form.TABLE, table), (Form.CSV, comma), (Form.JSON, json)) if wanted]
    if len(given) > 1:
        raise typer.BadParameter("--table, --csv and --json exclude one another")
    return choose(given[0] if given else None)


def list_command(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=", ".join(k.value for k in Kind) + ".")],
    document: Annotated[
        str | None, typer.Option("--document", "-d", metavar="ID", help="Those of one document.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="What this speaker says: words of the name, or an id.")
    ] = None,
    party: Annotated[
        str | None, typer.Option(metavar="NAME", help="Events and commitments in which these have a part.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="What articles of this outlet say.")] = None,
    type_: Annotated[
        str | None,
        typer.Option("--type", metavar="TYPE", help="Events of a type of PLOVER; commitments: pledge, threat, ..."),
    ] = None,
    style: Annotated[
        str | None, typer.Option(metavar="STYLE", help="Statements that are direct, indirect, mixed or block.")
    ] = None,
    begin: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Published on this day, month, year or later."),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="Published by the end of this day, month, year."),
    ] = None,
    order: Annotated[
        Order | None,
        typer.Option(
            metavar="ORDER",
            help="newest article first; statements and events unsure: the least sure first; events by their day "
            "(event); commitments by the day they are due (due).",
        ),
    ] = None,
    happened: Annotated[
        str | None,
        typer.Option(
            metavar="DAYS",
            help="Statements, or documents, that speak of these days, events of them, commitments due then: a day, a "
            "month, a year, or two with .. between.",
        ),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Commitments that were due before today.")] = False,
    sure: Annotated[
        int | None,
        typer.Option(metavar="PERCENT", min=1, max=99, help="Events that are right with at least this confidence."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Superseded and rejected entries too.")] = False,
    limit: Limit = None,
    table: AsTable = False,
    comma: AsCsv = False,
    json: AsJson = False,
) -> None:
    """List what the ledger holds of one kind.

    The newest article comes first, of commitments what falls due first, or with `--order unsure` the statement or
    event that is least likely to be right. A table shows 50 rows unless told otherwise, with the first digits of each
    id; `show` opens on them.

    \b
    Examples:
      onrecord list document
      onrecord list statement --speaker Brandt --from 2031-04
      onrecord list statement --order unsure -n 20     what to look at first
      onrecord list statement --happened 2031-04-01..2031-04-14
      onrecord list event --party Brandt --type CONSULT --order event
      onrecord list event --sure 80                    what is most likely right in every slot
      onrecord list commitment --overdue               what should be done by now
      onrecord list figure --csv > figures.csv
      onrecord list failure              what could not be read, why, and what to do
    """
    settings: Settings = context.obj
    form = _form(table, comma, json)
    narrow = {
        "--speaker": (speaker, ("statement", "event", "commitment")),
        "--party": (party, ("event", "commitment")),
        "--outlet": (outlet, ("statement", "event", "commitment")),
        "--style": (style, ("statement",)),
        "--type": (type_, ("event", "commitment")),
        "--from": (begin, ("statement", "event", "commitment")),
        "--to": (end, ("statement", "event", "commitment")),
        "--happened": (happened, ("statement", "event", "commitment", "document")),
        "--overdue": (overdue, ("commitment",)),
        "--sure": (sure, ("event",)),
        "--order": (order, tuple(_ORDERS)),
    }
    for name, (value, kinds) in narrow.items():
        if value and kind.value not in kinds:
            raise typer.BadParameter(f"{name} is for a list of {' or '.join(kinds)}")
    if order and order.value not in _ORDERS[kind.value]:
        raise typer.BadParameter(f"--order of {kind.value} is one of {', '.join(_ORDERS[kind.value])}")
    filtered = any(value for value, _ in narrow.values())
    if document and filtered and kind.value != "statement":
        raise typer.BadParameter(f"--document lists all of one document; leave out {_first(narrow)}, or --document")
    most = limit if limit is not None else _ROWS if form is Form.TABLE else 0
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
        if kind.value == "failure":
            _print_structs(listing.failures(ledger, most or None), form, listing.FAILURE)
            return
        if not filtered and (kind.value != "commitment" or document or everything):
            found = listing.of_kind(ledger, kind.value, document=document, everything=everything)
        elif kind.value == "document":
            found = listing.documents(ledger, happened or "")
        elif kind.value == "statement":
            asked = StatementFilter(
                speaker=speaker,
                publisher=outlet,
                style=style,
                published_from=begin,
                published_to=end,
                document=document,
                happened=happened,
            )
            found = listing.statements(ledger, asked, order.value if order else "newest")
        else:
            acts = ActFilter(
                kind=kind.value,
                type=type_,
                party=party,
                voice=speaker,
                publisher=outlet,
                published_from=begin,
                published_to=end,
                happened=happened,
                overdue=date.today().isoformat() if overdue else None,
                sure=sure / 100 if sure else None,
            )
            found = listing.acts(ledger, acts, order.value if order else _ORDERS[kind.value][0])
        shown = islice(found, most + 1) if most else found
        if form is Form.TABLE:
            rows = list(shown)
            columns = listing.COLUMNS[kind.value]
            cut = rows[:most] if most else rows
            print_table(list(columns), ([cell(line, of) for cell in columns.values()] for line, of in cut))
            if not rows:
                say(f"{settings.ledger}: no {kind.value} is in it" + (" that fits" if filtered else ""))
            elif most and len(rows) > most:
                say(f"the first {most:,}; --limit 0 shows all")
        else:
            print_lines(kind.value, (line for line, _ in islice(shown, most or None)), form)


def _first(narrow: Mapping[str, tuple[object, object]]) -> str:
    return next(name for name, (value, _) in narrow.items() if value)


def print_lines(kind: str, found: Iterable[Line], form: Form) -> None:
    """Lines of one kind for other programs, as the exports have them."""
    if form is Form.CSV:
        csv.write([kind], found, {kind: terminal()})
    else:
        for line in found:
            emit(encode(line))


def _print_structs(rows: Iterable[msgspec.Struct], form: Form, fields: tuple[str, ...]) -> None:
    if form is Form.JSON:
        for row in rows:
            emit(msgspec.json.encode(row).decode() + "\n")
        return
    cells = [[_cell(getattr(row, field)) for field in fields] for row in rows]
    (print_table if form is Form.TABLE else print_csv)(fields, cells)


def _cell(value: object) -> str:
    """Nothing for None, and several one after the other, as in `export csv`."""
    if isinstance(value, tuple):
        return " | ".join(map(_cell, value))
    return "" if value is None else str(value)


def show_command(
    context: typer.Context,
    given: Annotated[str, typer.Argument(metavar="ID", help="An id, or its first digits: four at least.")],
    table: AsTable = False,
    comma: AsCsv = False,
    json: AsJson = False,
) -> None:
    """Show one document, entry or entity.

    Its words where they stand, on whose word they are, and what found it.

    \b
    Examples:
      onrecord show 3fa2
      onrecord show 3fa2 --json
    """
    settings: Settings = context.obj
    form = _form(table, comma, json)
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
        found = showing.find(ledger, given)
        if form is Form.TABLE:
            for part in showing.describe(ledger, found):
                console().print(part)
        else:
            print_lines(str(found.line.__struct_config__.tag), [found.line], form)


def search_command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORD", help='Words; "in quotes" as they stand; begin*.')],
    happened: Annotated[
        str | None,
        typer.Option(
            metavar="DAYS",
            help="Paragraphs that speak of these days: a day, a month, a year, or two with .. between.",
        ),
    ] = None,
    limit: Limit = None,
    table: AsTable = False,
    comma: AsCsv = False,
    json: AsJson = False,
) -> None:
    """Find words in all articles.

    Each hit stands in its sentence, with the article, the outlet and the date. All words must stand in one
    paragraph. Case and accents do not count. Twenty hits unless told otherwise, the best first.

    \b
    Examples:
      onrecord search ferry strike
      onrecord search '"will sail on Monday"'
      onrecord search ferry --happened 2031-04-01..2031-04-14
    """
    settings: Settings = context.obj
    form = _form(table, comma, json)
    query = " ".join(words)
    most = _HITS if limit is None else limit
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
        hits = showing.search(ledger, query, happened, most or None)
        if form is Form.TABLE:
            nothing = True
            for hit in hits:
                _print_hit(hit)
                nothing = False
            if nothing:
                days = f" and a date of {happened}" if happened else ""
                say(f"{settings.ledger}: no paragraph holds {query}{days}; try fewer words, or a beginning with *")
        else:
            _print_structs((showing.plain(hit) for hit in hits), form, showing.HIT)


def _print_hit(hit: Hit) -> None:
    about = "  ".join(
        one_line(part) for part in (hit.published or "no date", hit.publisher or "", hit.title or "") if part
    )
    console().print(f"{about}  [{hit.document[: listing.SHORT]}]", style="dim", markup=False)
    start, end = hit.sentence.start, hit.sentence.end
    inside = [(span.start - start, span.end - start) for span in hit.hits if start <= span.start and span.end <= end]
    console().print(highlighted(hit.sentence.text, inside))
    console().print()
