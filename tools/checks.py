"""The checks beside pytest: one command each, and each counts as one test.

Rule: a check stands here because something in the tree needs it (the web client's only when there is a web client),
never because a program happens to be installed; a program that is absent is a failed check.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import node

ROOT = Path(__file__).resolve().parent.parent
PYTHON_ROOTS = ("server", "tests", "benchmarks", "tools")
TYPES_PROJECTS = ("web_client/tsconfig.json", "web_client/jsconfig.json")


@dataclass(frozen=True)
class Check:
    """A command whose exit status is its verdict."""

    name: str
    """As it is reported."""
    command: list[str]
    """What runs, from the root of the tree."""


def beside_python(program: str) -> str:
    """A program of the virtual environment that runs us, never one that the PATH happens to hold."""
    return str(Path(sys.executable).with_name(program))


def python_roots(root: Path) -> list[str]:
    """The folders with Python in them; mypy refuses an empty one."""
    return [name for name in PYTHON_ROOTS if any((root / name).rglob("*.py"))]


def python_checks(root: Path) -> list[Check]:
    """Lint, layout, types and the direction of imports."""
    ruff = beside_python("ruff")
    return [
        Check("ruff check", [ruff, "check", "--output-format", "concise", "."]),
        Check("ruff format", [ruff, "format", "--check", "--output-format", "concise", "."]),
        Check("mypy", [sys.executable, "-m", "mypy", *python_roots(root)]),
        Check("import contracts", [beside_python("lint-imports"), "--no-logo"]),
    ]


def web_checks(root: Path) -> Iterator[Check]:
    """The web client's types and its own tests, with the Node of our lock."""
    project = next((name for name in TYPES_PROJECTS if (root / name).exists()), None)
    if project:
        yield Check("web client packages", [sys.executable, "-m", "tools.node"])
        yield Check("web client types", [*node.command(), "node_modules/typescript/bin/tsc", "--noEmit", "-p", project])
    if tests := web_tests(root):
        yield Check("web client tests", [*node.command(), "--test", *tests])


def web_tests(root: Path) -> list[str]:
    """The web client's test files, beside what they test or under tests/."""
    folders = (root / "web_client", root / "tests")
    return sorted(str(path.relative_to(root)) for folder in folders for path in folder.rglob("*.test.js"))


def all_checks(root: Path = ROOT) -> list[Check]:
    """Everything but pytest, the quickest first."""
    return [*python_checks(root), *web_checks(root)]
