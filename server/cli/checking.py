"""`check`, `schema`, `doctor`: is what we were given in order?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from server.content.check import check as problems_in
from server.content.schema import write_schemas
from server.settings import load_settings


def check(
    files: Annotated[list[Path] | None, typer.Argument(help="cases and rubrics; none: all of the library")] = None,
) -> None:
    """Read cases and rubrics and say everything that is wrong, with file, line and key. Exit 1 on any error."""
    settings, console = load_settings(), Console()
    problems = problems_in(files or [settings.personas_dir, settings.rubrics_dir], settings.rubrics_dir)
    for problem in problems:
        console.print(
            Text.assemble(
                ("warning " if problem.warning else "error ", "yellow" if problem.warning else "red"), str(problem)
            )
        )
    errors = sum(not problem.warning for problem in problems)
    console.print(f"{errors} errors, {len(problems) - errors} warnings")
    raise typer.Exit(1 if errors else 0)


def schema() -> None:
    """Write the JSON Schemas that editors complete from."""
    settings = load_settings()
    write_schemas(settings.personas_dir.parent)
    typer.echo("personas/schema.json and rubrics/schema.json are up to date")


def doctor() -> None:
    """Say which engine each part has and why, whether the data can be written, and whether the library is in order."""
    from server.app import build_engines

    settings, console = load_settings(), Console()
    for info in build_engines(settings).infos:
        ready = ("ready", "green") if info.ready else ("not ready", "red")
        heading = f" {info.name} {info.version} · {info.kind} · {info.licence} · "
        console.print(Text.assemble((f"{info.part:<10}", "bold"), heading, ready))
        if info.notice:
            console.print(Text(f"           {info.notice}", style="dim"))
    console.print(f"data: {settings.data_dir}", markup=False)
    problems = problems_in([settings.personas_dir, settings.rubrics_dir], settings.rubrics_dir)
    for problem in problems:
        console.print(Text(str(problem), style="yellow"))
    console.print(
        f"library: {sum(not p.warning for p in problems)} errors, {sum(p.warning for p in problems)} warnings"
    )
