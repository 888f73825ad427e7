"""`check`, `schema`: is what authors wrote in order?"""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from server.content.check import check as problems_in
from server.content.schema import write_schemas
from server.settings import load_settings


def check(files: list[Path]) -> int:
    """Print everything that is wrong; returns how many of it are errors."""
    settings, console = load_settings(), Console()
    problems = problems_in(files or [settings.personas_dir, settings.rubrics_dir], settings.rubrics_dir)
    for problem in problems:
        console.print(
            Text.assemble(
                ("warning " if problem.warning else "error ", "yellow" if problem.warning else "red"), str(problem)
            )
        )
    errors = sum(not problem.warning for problem in problems)
    console.print(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    return errors


def counted(number: int, thing: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def schema() -> None:
    """Write them where editors look."""
    settings = load_settings()
    write_schemas(settings.personas_dir.parent)
    typer.echo("personas/schema.json and rubrics/schema.json are up to date")
