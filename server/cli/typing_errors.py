"""What was typed wrongly, in words of the command line and not of the library that reads it."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand

_NO_NUMBER = "Input should be a valid integer"


class PlainCommand(TyperCommand):
    """A command whose complaints about an argument begin with what is wrong."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises `BadParameter`."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            plain = error.message.removeprefix("Value error, ")
            error.message = "Write a whole number." if plain.startswith(_NO_NUMBER) else plain
            raise
