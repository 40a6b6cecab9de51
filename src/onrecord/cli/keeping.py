"""`onrecord verify`, `migrate` and `serve`: the ledger itself."""

from typing import Annotated

import typer

from onrecord.cli.output import emit, one_line, say
from onrecord.ledger import Ledger, migrate
from onrecord.link.upkeep import bring_up_to_date
from onrecord.pipeline import verify
from onrecord.settings import Settings, load


def verify_command(context: typer.Context) -> None:
    """Hold every word in the ledger to what it was.

    Each document is made anew from its bytes, each entry is looked up where it says it stands, and each row is held
    to its seal. What does not agree is printed, one line each, and the exit status is 1.

    \b
    Example:
      onrecord verify && cp onrecord.db /backup/
    """
    settings: Settings = context.obj
    problems = 0
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
        for problem in verify(ledger, settings):
            emit(one_line(str(problem)) + "\n")
            problems += 1
    if problems:
        say(f"{settings.ledger}: {problems:,} things do not agree; restore it from a backup, or add the articles again")
        raise typer.Exit(1)
    say(f"{settings.ledger}: every document and entry agrees with its words")


def migrate_command(context: typer.Context) -> None:
    """Bring a ledger of an older onrecord up to date.

    A copy is made first, and named.

    \b
    Example:
      onrecord --ledger old.db migrate
    """
    settings: Settings = context.obj
    done = migrate(settings.ledger, busy_timeout=settings.busy_timeout)
    if done.backup is None:
        say(f"{settings.ledger}: up to date ({done.after})")
    else:
        with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
            bring_up_to_date(ledger)
        say(f"{settings.ledger}: brought from {done.before} to {done.after}; the copy from before is {done.backup}")


def serve_command(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Address of this machine to answer on.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", "-p", metavar="N", help="Port; 0 takes a free one. Default: 8377.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the start page in the browser.")] = False,
) -> None:
    """Open the reading room in a browser.

    It shows the ledger as pages, on this machine alone, until Ctrl-C.

    \b
    Example:
      onrecord serve --open
    """
    from onrecord.web.server import serve

    common: Settings = context.obj
    settings = load(ledger=common.ledger, busy_timeout=common.busy_timeout, host=host, port=port)
    serve(settings.ledger, settings, open_browser=open_browser)
