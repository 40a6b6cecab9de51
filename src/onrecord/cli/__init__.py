"""The command `onrecord`: arguments, progress, exit codes.

0: done. 1: an input or the ledger failed, and the error says what to do. 2: the command was not understood.
130: stopped with Ctrl-C; what was done is kept. Output into a pipe that is closed ends in silence, with 1.
"""

import os
import sys

import typer
from typer.exceptions import TyperException

from onrecord.cli.app import app
from onrecord.cli.output import STOPPED, say
from onrecord.errors import OnrecordError
from onrecord.pipeline import where

FAILED, MISUSED = 1, 2


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code. No traceback reaches the terminal."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """The exit code of a command."""
    # Words of any language go to a terminal or pipe of any encoding: what it lacks is escaped, never an error.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(args=arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except typer.Exit as leave:
        return leave.exit_code
    except TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "onrecord"
        message = error.format_message()
        if message.startswith("Usage:"):  # a command without arguments gets its help
            print(message, file=sys.stderr)
        else:
            say(f"{path}: {message.replace('Value error, ', '').rstrip('.')}; see `{path} --help`")
        return MISUSED
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    except BrokenPipeError:
        # Python flushes once more at the end; give it somewhere to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OnrecordError as error:
        say(f"onrecord: {error}")
        return FAILED
    except OSError as error:
        say(
            f"onrecord: {error.filename or 'output'}: {(error.strerror or str(error)).lower()}; free it or name another"
        )
        return FAILED
    except Exception as error:
        say(f"onrecord: a fault of its own, {where(error)}; nothing half done was kept; please report this line")
        return FAILED
