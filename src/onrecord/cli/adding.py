"""`onrecord add`: articles in, with progress on a terminal and an account of what failed."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.cli.output import STOPPED, say
from onrecord.ledger import Ledger
from onrecord.pipeline import Outcome, Report, add
from onrecord.read import Input, discover
from onrecord.read.media import EXTENSIONS
from onrecord.settings import Settings, load

_LISTED = 20
"""Skipped files that are named; the rest are counted."""


def add_command(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, or - for standard input.")],
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes that read articles; 0: one a core.")
    ] = None,
    max_bytes: Annotated[int | None, typer.Option(metavar="N", help="Largest file of one article, in bytes.")] = None,
    max_line_bytes: Annotated[
        int | None, typer.Option(metavar="N", help="Longest line of a JSONL file, in bytes.")
    ] = None,
    max_words: Annotated[int | None, typer.Option(metavar="N", help="Longest article, in words.")] = None,
) -> None:
    """Read articles into the ledger.

    Takes plain text, Markdown, saved web pages (HTML) and JSONL, one article a line with "text" and, if known, "id",
    "title", "publisher", "published", "authors" and "url". The ledger is made if it is not there. Bytes that are in
    it already are passed over, so that adding a folder again adds what is new. An input that fails is listed with
    the cause and what to do, the others go in, and the exit status is 1. Ctrl-C keeps what is done.

    \b
    Examples:
      onrecord add articles/
      onrecord add monday.html tuesday.txt
      zcat archive.jsonl.gz | onrecord add -
    """
    common: Settings = context.obj
    settings = load(
        ledger=common.ledger,
        busy_timeout=common.busy_timeout,
        jobs=jobs,
        max_bytes=max_bytes,
        max_line_bytes=max_line_bytes,
        max_words=max_words,
    )
    started = time.monotonic()
    with Ledger.open(settings.ledger, create=True, busy_timeout=settings.busy_timeout) as ledger:
        counted = Report()
        try:
            with _progress(inputs, counted) as progress:
                report = add(
                    inputs, ledger, settings, clock=_now, stdin=sys.stdin.buffer, report=counted, progress=progress
                )
        except KeyboardInterrupt:
            _account(counted, settings, time.monotonic() - started)
            say("onrecord: stopped; what was done is kept, and the same command goes on from there")
            raise typer.Exit(STOPPED) from None
    _account(report, settings, time.monotonic() - started)
    if not (report.added or report.unchanged or report.failures):
        more = f" and {len(inputs) - 3} more" if len(inputs) > 3 else ""
        say(
            f"{', '.join(inputs[:3])}{more}: no article was found there; from a folder, files that end in "
            f"{', '.join(sorted(EXTENSIONS))} are read; name any other file itself"
        )
    if report.failures:
        raise typer.Exit(1)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _account(report: Report, settings: Settings, seconds: float) -> None:
    for skipped in report.skipped[:_LISTED]:
        say(f"passed over: {skipped.name}: {skipped.reason}")
    if len(report.skipped) > _LISTED:
        say(f"passed over: {len(report.skipped) - _LISTED:,} more files")
    for failure in report.failures:
        say(f"failed: {failure}")
    rate = f", {report.words / seconds:,.0f} words/s" if report.added else ""
    say(
        f"{settings.ledger}: {report.added:,} added with {report.entries:,} entries, {report.unchanged:,} unchanged, "
        f"{len(report.failures):,} failed ({seconds:.1f} s{rate})"
    )


@contextmanager
def _progress(inputs: list[str], counted: Report) -> Iterator[Callable[[Outcome, int], None]]:
    """A bar with rates and the time left on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda outcome, size: None
        return
    console = Console(stderr=True, markup=False, highlight=False)
    columns = (
        BarColumn(bar_width=None),
        TextColumn("{task.percentage:>3.0f}%", markup=False),
        TextColumn("{task.fields[rates]}", markup=False),
        TimeRemainingColumn(),
    )
    started = time.monotonic()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=_size(inputs), rates="starting")

        def tell(outcome: Outcome, size: int) -> None:
            seconds = max(time.monotonic() - started, 0.001)
            done = counted.added + counted.unchanged
            rates = f"{done:,} articles, {done / seconds:,.1f}/s, {counted.words / seconds:,.0f} words/s"
            failed = f", {len(counted.failures):,} failed" if counted.failures else ""
            bar.update(task, advance=size, rates=rates + failed)

        yield tell


def _size(inputs: list[str]) -> int | None:
    """Bytes of all inputs; None if one of them is a pipe, which does not tell."""
    if "-" in inputs:
        return None
    return sum(found.size or 0 for found in discover(inputs) if isinstance(found, Input))
