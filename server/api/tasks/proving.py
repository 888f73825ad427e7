"""The kind `prove`: what `bedside prove` runs, on a case of the library or on a file that is being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from server.api.access import Person, access_case
from server.api.authoring.door import access_file
from server.api.authoring.files import case_of_file
from server.api.encounters.public_case import briefing_of
from server.api.services import Services
from server.api.tasks.kinds import Kind, register
from server.api.tasks.progress import Progress, Tell
from server.assess.draft import rubric_for
from server.assess.proving.findings import findings_of
from server.assess.proving.prove import FULL, QUICK, prove
from server.assess.proving.report import CAVEAT, sections
from server.core.case import Case
from server.core.errors import RequestError
from server.core.rubric import Rubric
from server.store.authoring.case_files import FILE
from server.store.house.tasks import Task


async def allow(given: Services, person: Person, about: str, asked: Mapping[str, Any]) -> str:
    """Raises `NotFound` for a case or a file that is not there for them."""
    if set(asked) - {"quick"} or not isinstance(asked.get("quick", False), bool):
        raise RequestError("A proof is asked for with `quick`, true or false.", code="bad_field", field="asked")
    if about.startswith(FILE):
        file = await access_file(given, person, about)
        what = f"{file.case_id or 'a case'} {file.version}".strip()
    else:
        case = access_case(given, about)
        what = f"{case.case_id} {case.case_version}"
    return f"Prove {what}{', quickly' if asked.get('quick') else ''}"


async def case_about(given: Services, person: Person, about: str) -> Case:
    """Of the library by its id, or of a file that is being written. Raises `NotFound`, and `RequestError` for a file
    that makes no case.
    """
    return await case_of_file(given, person, about) if about.startswith(FILE) else access_case(given, about)


async def run(given: Services, task: Task, progress: Progress) -> dict[str, Any]:
    """The report, as the page shows it."""
    case = await case_about(given, Person(task.owner), task.about)
    rubric = rubric_for(case, given.shelf.rubrics)
    quick = bool(task.asked.get("quick"))
    return await progress.apart(prove_here, case, rubric, tuple(given.shelf.cases.values()), quick)


def prove_here(tell: Tell, case: Case, rubric: Rubric, shelf: Sequence[Case], quick: bool) -> dict[str, Any]:
    """Seconds to minutes of a core."""
    by_id = {each.case_id: each for each in (*shelf, case)}
    proof = prove(
        case,
        rubric,
        effort=QUICK if quick else FULL,
        public=lambda shown: briefing_of(shown, by_id, rubric, ()).model_dump_json(),
        shelf=list(by_id.values()),
        progress=lambda doing, done, of: tell(done, of, doing),
    )
    return {
        "case": case.case_id,
        "title": case.title,
        "version": case.case_version,
        "digest": case.digest,
        "quick": quick,
        "proved": proof.proved,
        "findings": [asdict(each) for each in findings_of(proof, case)],
        "sections": [asdict(each) for each in sections(proof, case)],
        "caveat": CAVEAT,
    }


register("prove", Kind(run, allow, frozenset({"educator", "faculty"}), "#/proof/{id}", ready=case_about))
