"""`onrecord entity`: who is one and who is not, as a person judges it."""

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from onrecord.cli.listing import SHORT
from onrecord.cli.output import console, one_line, say
from onrecord.cli.profile import profile
from onrecord.ledger import Ledger
from onrecord.link.upkeep import LINKER, bring_up_to_date
from onrecord.model import Judgement
from onrecord.settings import Settings, load

entity = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_Entity = Annotated[str, typer.Argument(metavar="ID", help="An entity, or the first digits of its id: four at least.")]
_Reason = Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why; kept with the judgement.")]
_By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who judges. Default: ONRECORD_BY, or the login name.")
]


@entity.command("show")
def show_command(context: typer.Context, given: _Entity) -> None:
    """Show an entity: names, roles, evidence, judgements.

    Its names with the articles that use them, what it was called from when to when, why its mentions are held for one
    entity, who else it might have been, and what people decided.

    \b
    Example:
      onrecord entity show 9c41
    """
    settings: Settings = context.obj
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
        for part in profile(ledger, ledger.actor(given)):
            console().print(part)


@entity.command("merge")
def merge_command(
    context: typer.Context,
    given: Annotated[list[str], typer.Argument(metavar="ID...", help="Two entities or more, by the digits of ids.")],
    reason: _Reason = None,
    by: _By = None,
) -> None:
    """Hold several entities for one.

    The first keeps its name. A judgement outranks the linker: it holds when the articles are read again, by newer
    readers and extractors too, and until it is undone.

    \b
    Examples:
      onrecord list entity
      onrecord entity merge 9c41 07de --reason "her name before the wedding"
    """
    _judge(context, by, lambda ledger, who, when: ledger.merge(given, linker=LINKER, who=who, when=when, reason=reason))


@entity.command("split")
def split_command(
    context: typer.Context,
    given: _Entity,
    documents: Annotated[
        list[str], typer.Option("--document", "-d", metavar="ID", help="An article that means another; once for each.")
    ],
    reason: _Reason = None,
    by: _By = None,
) -> None:
    """Take what some articles say of an entity for another one.

    All that these articles say of it goes to the other, which bears the name that they use.

    \b
    Example:
      onrecord entity split 9c41 --document 3fa2 --document 51b0 --reason "the mayor, not the skipper"
    """
    _judge(
        context,
        by,
        lambda ledger, who, when: ledger.split(given, documents, linker=LINKER, who=who, when=when, reason=reason),
    )


@entity.command("rename")
def rename_command(
    context: typer.Context,
    given: _Entity,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
    reason: _Reason = None,
    by: _By = None,
) -> None:
    """Call an entity by a name of your own.

    It is marked as yours wherever it is shown; the names that the articles use stay beside it.

    \b
    Example:
      onrecord entity rename 9c41 "Brandt (port chief)"
    """
    _judge(
        context,
        by,
        lambda ledger, who, when: ledger.rename(given, name, linker=LINKER, who=who, when=when, reason=reason),
    )


@entity.command("undo")
def undo_command(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="A judgement, by the first digits of its id.")],
    reason: _Reason = None,
    by: _By = None,
) -> None:
    """Take a judgement back.

    That is a judgement too: the first stays on the record.

    \b
    Examples:
      onrecord list judgement
      onrecord entity undo 4d0b
    """
    _judge(
        context, by, lambda ledger, who, when: ledger.undo(judgement, linker=LINKER, who=who, when=when, reason=reason)
    )


def _judge(context: typer.Context, by: str | None, decide: Callable[[Ledger, str, str], Judgement]) -> None:
    """Keep what was decided, link what it concerns anew, and say which judgement it was."""
    common: Settings = context.obj
    settings = load(ledger=common.ledger, busy_timeout=common.busy_timeout, by=by)
    with Ledger.open(settings.ledger, busy_timeout=settings.busy_timeout) as ledger:
        kept = decide(ledger, _who(settings.by), datetime.now(UTC).isoformat(timespec="seconds"))
        bring_up_to_date(ledger)
        done = f"judgement {kept.id[:SHORT]}: {kept.verdict} {kept.subject[:SHORT]}, by {kept.who}"
        if kept.verdict != "reject":
            actor = ledger.actor(kept.subject)
            done += f"; {actor.key[:SHORT]} is {actor.name}, in {actor.documents:,} articles"
    say(one_line(f"{done}; `onrecord entity undo {kept.id[:SHORT]}` takes it back" if kept.correction else done))


def _who(by: str) -> str:
    try:
        return " ".join(by.split()) or getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in a container
        return "unknown"
