"""The shelf: all cases and rubrics of two folders. A broken file is kept off it, told, and hurts no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from server.content.lint.lint import errors, lint_case, lint_of_rubric
from server.content.lint.story import story_problems
from server.content.loader import build, read_file, shown_name
from server.content.safe_yaml import Document
from server.core.case import Case
from server.core.errors import ContentError, NotFound, Problem
from server.core.rubric import Rubric

T = TypeVar("T", Case, Rubric)
MOST_FILES = 500
"""YAML files that one folder may hold."""


@dataclass(frozen=True)
class Library:
    """Cases and rubrics that may be used, by id, and what is wrong with the others."""

    cases: Mapping[str, Case] = field(default_factory=dict)
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def case(self, case_id: str) -> Case:
        """Raises `NotFound`."""
        if case_id not in self.cases:
            raise NotFound("There is no such case.", mend=f"Cases here: {', '.join(self.cases) or 'none'}.")
        return self.cases[case_id]

    def rubric(self, rubric_id: str) -> Rubric:
        """Raises `NotFound`."""
        if rubric_id not in self.rubrics:
            raise NotFound("There is no such rubric.", mend=f"Rubrics here: {', '.join(self.rubrics) or 'none'}.")
        return self.rubrics[rubric_id]


def load_library(personas: Path, rubrics: Path) -> Library:
    """Read both folders. Never raises for a file; `problems` says what is wrong, warnings included."""
    problems: list[Problem] = []
    scales = _shelf(rubrics, Rubric, lint_of_rubric, problems)
    cases = _shelf(personas, Case, lambda case, document: lint_case(case, document, scales, thorough=False), problems)
    return Library(cases, scales, (*problems, *story_problems(cases)))


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder, hidden ones left out, in order of name."""
    found = [
        path for path in folder.glob("*.y*ml") if path.suffix in (".yaml", ".yml") and not path.name.startswith(".")
    ]
    return sorted(path for path in found if path.is_file())


def _shelf(
    folder: Path, kind: type[T], lint: Callable[[T, Document], list[Problem]], problems: list[Problem]
) -> dict[str, T]:
    found: dict[str, T] = {}
    files = yaml_files(folder) if folder.is_dir() else []
    if not files:
        problems.append(Problem(f"there is no {kind.__name__.lower()} in this folder.", str(folder)))
    if len(files) > MOST_FILES:
        problems.append(Problem(f"{len(files)} files; the first {MOST_FILES} are used.", str(folder), warning=True))
    for path in files[:MOST_FILES]:
        loaded, told = open_file(path, kind, lint)
        problems += told
        if loaded is not None:
            problems += _place(found, loaded, path)
    return found


def open_file(
    path: Path, kind: type[T], lint: Callable[[T, Document], list[Problem]]
) -> tuple[T | None, list[Problem]]:
    """One file, read and linted: the object when it may be used, and everything that was found."""
    try:
        document = read_file(path)
        loaded = build(kind, document)
    except ContentError as error:
        return None, list(error.problems)
    told = lint(loaded, document)
    return (None if errors(told) else loaded), told


def identity(loaded: Case | Rubric) -> str:
    return loaded.case_id if isinstance(loaded, Case) else loaded.rubric_id


def _place(shelf: dict[str, T], loaded: T, path: Path) -> list[Problem]:
    """Put it on the shelf under its id, which is also the name of its file."""
    name = identity(loaded)
    if name in shelf:
        return [Problem(f'the id "{name}" is in use by another file;', shown_name(path), mend="change one of them.")]
    shelf[name] = loaded
    if name != path.stem:
        return [
            Problem(
                f'the file is called "{path.stem}" and its id is "{name}";',
                shown_name(path),
                mend="make them one.",
                warning=True,
            )
        ]
    return []
