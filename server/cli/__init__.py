"""The command `bedside`: `commands` says what may be typed, one module a group of commands does it.

`bedside test` is not among them: the shell script at the root answers it, because it must work before anything is
installed.
"""

from __future__ import annotations

import sys

import typer

from server.cli.commands import COMMANDS
from server.cli.typing_errors import PlainCommand
from server.core.errors import BedsideError, ContentError

app = typer.Typer(
    help="Practise the conversation before the patient.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in COMMANDS:
    app.command(cls=PlainCommand)(command)


def main() -> None:
    """Run the command line. What was asked wrongly ends in a sentence on stderr and exit status 2."""
    try:
        app()
    except ContentError as error:
        sys.stderr.write(f"{error.message}\n")
        sys.exit(2)
    except BedsideError as error:
        sys.stderr.write(f"bedside: {error.message}\n")
        sys.exit(2)
