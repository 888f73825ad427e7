"""`upgrade`: case files of an earlier schema, brought to the newest in place."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from server.content.folders import yaml_files
from server.content.upgrade import plan, write
from server.core.errors import ContentError


def upgrade(paths: list[Path], *, check_only: bool) -> bool:
    """Upgrade each file (a folder stands for its YAML files) and print what changed; a file that is refused stays.

    True when nothing is left to do: no file was refused and, with `check_only`, none would change.
    """
    console = Console()
    files = [file for path in paths for file in (yaml_files(path) if path.is_dir() else [path])]
    done = [_one(console, file, check_only) for file in files]
    return all(done)


def _one(console: Console, file: Path, check_only: bool) -> bool:
    try:
        found = plan(file)
        if found.changes and not check_only:
            write(found)
    except ContentError as error:
        for problem in error.problems:
            console.print(Text.assemble(("error ", "red"), str(problem)))
        return False
    verb = "would change" if check_only else "upgraded"
    console.print(f"{file}: {verb if found.changes else 'nothing to change'}", markup=False, highlight=False)
    for change in found.changes:
        console.print(f"  {change}", markup=False, highlight=False)
    return not (found.changes and check_only)
