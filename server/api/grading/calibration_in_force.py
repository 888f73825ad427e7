"""What drafts follow now, and what putting other figures in force would change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from server.api.access import Person
from server.api.grading.calibration_shapes import ChangeView, InForceView, Proposal
from server.api.house.premises import premises_of
from server.api.services import Services
from server.assess.calibrating.applying import changes, digest_of, require_applicable
from server.assess.calibrating.findings import Findings
from server.assess.calibrating.record import Calibration, rater_of, read_calibrations
from server.core.errors import Conflict, NotAllowed, SetupError
from server.core.rubric import Rubric
from server.store.house.called import called


@dataclass(frozen=True)
class Study:
    """What one person sees of one rubric."""

    rubric: Rubric
    findings: Findings | None
    """None: no encounter was marked by two people yet."""
    you: str
    named: bool
    leads: bool
    """Every transcript is of a course that they lead."""
    unreadable: int


def kept_for(given: Services, rubric: Rubric) -> Calibration | None:
    """The calibration of this rubric that lies in the data folder. Raises `SetupError` for a file that is spoilt."""
    if given.premises is None:
        return None
    return read_calibrations(given.premises.data).get(rubric.rubric_id)


@contextmanager
def usable() -> Iterator[None]:
    """Raises `Conflict` in place of `SetupError`: the file is for whoever runs the service to mend."""
    try:
        yield
    except SetupError as error:
        raise Conflict(error.message, code="bad_calibration") from None


async def in_force(given: Services, person: Person, rubric: Rubric) -> InForceView | None:
    """None: drafts are as the rater makes them."""
    try:
        kept = kept_for(given, rubric)
    except SetupError as error:
        return InForceView(made="", by="", transcripts=0, raters=0, ignored=error.message, may_withdraw=False)
    if kept is None:
        return None
    return InForceView(
        made=kept.made, by=await _name_of(given, kept.by), transcripts=kept.transcripts, raters=kept.raters,
        ignored=kept.ignored(rubric.digest, rater_of(rubric)), may_withdraw="administrator" in person.roles,
    )  # fmt: skip


async def _name_of(given: Services, by: str) -> str:
    """Of an account, as it is called now; a name that was typed stays as it is."""
    return (await called(given.store.database, [by])).get(by, by) if by else ""


async def proposal(given: Services, person: Person, study: Study) -> Proposal | None:
    """None where there are no figures."""
    if study.findings is None:
        return None
    try:
        found = changes(study.findings, kept_for(given, study.rubric))
    except SetupError:
        found = changes(study.findings, None)
    return Proposal(
        digest=digest_of(study.findings),
        changes=[
            ChangeView(dimension=e.dimension, name=e.name, before=e.before, after=e.after, because=e.because)
            for e in found
        ],
        why_not=await _why_not(given, person, study),
    )


async def _why_not(given: Services, person: Person, study: Study) -> str:
    try:
        require_leader(person, study)
        premises_of(given)
        with usable():
            kept_for(given, study.rubric)
        if study.findings:
            require_applicable(study.findings, await given.store.house.freeze(), given.clock())
    except (Conflict, NotAllowed) as refused:
        return refused.message
    return ""


def require_leader(person: Person, study: Study) -> None:
    """Raises `NotAllowed`: drafts of the whole house follow it."""
    if "administrator" in person.roles or ("faculty" in person.roles and study.leads):
        return
    says = "Drafts of the whole house follow a calibration, and some of these transcripts are of others' courses."
    mend = "Ask an administrator, or faculty who lead all of these courses."
    raise NotAllowed(f"{says} {mend}", code="not_the_leader")
