"""The command line as a whole: its commands, and the options that stand before them."""

from typing import Annotated

import typer

import onrecord
from onrecord.cli.adding import add_command
from onrecord.cli.asking import list_command, search_command, show_command
from onrecord.cli.entity import entity
from onrecord.cli.keeping import migrate_command, serve_command, verify_command
from onrecord.cli.sharing import (
    csv_command,
    geojson_command,
    ical_command,
    jsonl_command,
    plover_command,
    polecat_command,
    schema_command,
)
from onrecord.settings import load

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {onrecord.__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    ledger: Annotated[
        str | None, typer.Option("--ledger", "-l", metavar="PATH", help="The ledger. Default: onrecord.db here.")
    ] = None,
    busy_timeout: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="How long to wait for a ledger that is being written.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Read news articles, and keep a ledger of who said what, on whose word.

    \b
    A first look:
      onrecord add articles/             read a folder into ./onrecord.db
      onrecord list statement            who said what
      onrecord search "grain corridor"   the words, in their sentences
      onrecord show 3fa2                 one entry, with its chain and its article
      onrecord serve --open              read it all in a browser
      onrecord export jsonl > all.jsonl  take it elsewhere

    Data goes to standard output, all else to standard error. Nothing is ever sent anywhere.
    """
    context.obj = load(ledger=ledger, busy_timeout=busy_timeout)


exports = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
exports.command("jsonl")(jsonl_command)
exports.command("csv")(csv_command)
exports.command("plover")(plover_command)
exports.command("polecat")(polecat_command)
exports.command("geojson")(geojson_command)
exports.command("ical")(ical_command)

app.command("add")(add_command)
app.command("list")(list_command)
app.command("show")(show_command)
app.command("search")(search_command)
app.add_typer(entity, name="entity", help="Judge who is one: merge, split, rename, undo.")
app.command("verify")(verify_command)
app.add_typer(exports, name="export", help="Write the ledger for other programs.")
app.command("schema")(schema_command)
app.command("serve")(serve_command)
app.command("migrate")(migrate_command)
