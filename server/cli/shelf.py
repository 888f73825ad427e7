"""Finding the case that a command names: an id from the library, or a path to a file."""

from __future__ import annotations

from pathlib import Path

from server.content.check import check
from server.content.folders import Library, load_library
from server.content.loader import load_case
from server.core.case import Case
from server.core.errors import ContentError, NotFound
from server.core.rubric import Rubric
from server.settings import load_settings


def library() -> Library:
    settings = load_settings()
    return load_library(settings.personas_dir, settings.rubrics_dir)


def case_named(name: str) -> Case:
    """The case with this id, or in this file. Raises `ContentError` or `NotFound`."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        problems = [problem for problem in check([path]) if not problem.warning]
        if problems:
            raise ContentError(problems)
        return load_case(path)
    found = library()
    if name not in found.cases and (broken := [p for p in found.problems if p.file.startswith(name) and not p.warning]):
        raise ContentError(broken)
    return found.case(name)


def rubric_named(name: str) -> Rubric:
    """The rubric with this id. Raises `ContentError` where its file has errors, `NotFound` where there is none."""
    found = library()
    files = {f"{name}.yaml", f"{name}.yml"}
    if name not in found.rubrics and (broken := [p for p in found.problems if p.file in files and not p.warning]):
        raise ContentError(broken)
    return found.rubric(name)


HOUSE_RUBRIC = "nursing-empathy"


def rubric_for(case: Case) -> Rubric:
    """The rubric that the case's assessment names; the house's own, or any, where it names none."""
    rubrics = library().rubrics
    named = [instrument.ref for instrument in case.assessment.instruments if instrument.kind == "rubric"]
    wanted = [*named, HOUSE_RUBRIC]
    found = next((rubrics[ref] for ref in wanted if ref in rubrics), None) or next(iter(rubrics.values()), None)
    if found is None:
        raise NotFound("There is no rubric to score by.", mend="Put one into rubrics/ or run `bedside check`.")
    return found
