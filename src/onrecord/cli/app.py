"""The command line as a whole: its commands, and the options that stand before them."""

from typing import Annotated

import typer

import onrecord
import onrecord.cli.adding
import onrecord.cli.asking
import onrecord.cli.keeping
import onrecord.cli.sharing
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


onrecord.cli.adding.register(app)
onrecord.cli.asking.register(app)
onrecord.cli.keeping.register(app)
onrecord.cli.sharing.register(app)
