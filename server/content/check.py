"""`bedside check`: everything wrong with the files named, cases and rubrics alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from server.content.folders import load_library, open_file, yaml_files
from server.content.lint.lint import lint_case, lint_of_rubric
from server.content.loader import read_file, shown_name
from server.content.safe_yaml import Document
from server.core.case import Case
from server.core.errors import ContentError, Problem
from server.core.rubric import Rubric


def check(paths: Sequence[Path], rubrics: Path | None = None) -> list[Problem]:
    """Problems of every file in `paths` (a folder stands for its YAML files), in that order.

    `rubrics` is the folder that cases may refer to; left out, it is the `rubrics` beside each case's own folder.
    """
    return [problem for path in paths for file in _files(path) for problem in _check_file(file, rubrics)]


def _files(path: Path) -> list[Path]:
    return yaml_files(path) if path.is_dir() else [path]


def _check_file(path: Path, rubrics: Path | None) -> list[Problem]:
    try:
        document = read_file(path)
    except ContentError as error:
        return list(error.problems)
    if "rubric_id" in document.tree and "case_id" not in document.tree:
        return [*open_file(path, Rubric, lint_of_rubric)[1], *_same_id(path, document)]
    shelf = rubrics or path.resolve().parent.parent / "rubrics"
    known = load_library(shelf, shelf).rubrics if shelf.is_dir() else None
    return open_file(path, Case, lambda case, found: lint_case(case, found, known))[1]


def _same_id(path: Path, document: Document) -> list[Problem]:
    """Another rubric of the same folder that goes by this one's id: only one of the two would be used."""
    name = document.tree["rubric_id"]
    siblings = [each for each in yaml_files(path.parent) if each.resolve() != path.resolve()]
    found = [each for each in siblings if _id_of(each) == name]
    mend = "change one of them; a file's name and its id are best the same."
    return [document.problem("rubric_id", f"{shown_name(each)} has this id, too;", mend) for each in found]


def _id_of(path: Path) -> object:
    try:
        return read_file(path).tree.get("rubric_id")
    except ContentError:
        return None
