"""/api/grading/trials: transcripts with signed marks, marked blind by a grader to whom the rubric is new.

Their marks count nowhere; they show the grader how far they are from what their colleagues signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from server.api.access import TEACHING, Person, Someone, access_encounter
from server.api.encounters.encounters import speakers, view
from server.api.encounters.public_case import rubric_card
from server.api.grading.trial_shapes import AgreementView, Beside, TrialAsk, TrialCard, TrialPage
from server.api.marking.marking import Matter, matter_of
from server.api.marking.views import by_faculty
from server.api.problems import responses
from server.api.services import Given, Services
from server.assess.signing import marking_of
from server.core.errors import Conflict, NotFound, RequestError
from server.core.marking.marking import Signature
from server.core.marking.rules import check_line
from server.core.marking.steps import Line
from server.store.marking.calibration_sets import Given as Level
from server.store.marking.calibration_sets import Trial
from server.store.marking.grading import About, Waiting

router = APIRouter(prefix="/api/grading/trials", tags=["grading"], responses=responses(401, 403))


@dataclass(frozen=True)
class Gold:
    """One transcript of a set that counts: signed, on the rubric of today."""

    waiting: Waiting
    about: About
    record: Signature
    known: frozenset[str]
    """Graders who have marked it, or opened it to mark: they are not blind to it."""


@router.get("")
async def list_trials(given: Given, person: Someone) -> list[TrialCard]:
    """The calibration sets of your courses, as far as they are signed on today's version of their rubric."""
    if not person.roles & TEACHING:
        return []
    trials = await given.store.calibration_sets.trials(person.id)
    return [_card(given, each, person.id, trials) for each in await _sets(given, person)]


@router.get("/{encounter_id}", responses=responses(404, 409, 410))
async def read_trial(encounter_id: str, given: Given, person: Someone) -> TrialPage:
    """The talk and the rubric; nothing of what was signed until your own levels are in."""
    gold, matter = await _gold(given, person, encounter_id)
    done = _done(gold, await given.store.calibration_sets.trials(person.id))
    return TrialPage(
        encounter_id=encounter_id,
        title=matter.encounter.case.title,
        speakers=speakers(matter.encounter.case),
        turns=view(matter.encounter).turns,
        rubric=rubric_card(matter.rubric),
        agreement=_agreement(given, gold, done.lines) if done else None,
    )


@router.post("/{encounter_id}", status_code=201, responses=responses(404, 409, 410, 422))
async def mark_trial(encounter_id: str, ask: TrialAsk, given: Given, person: Someone) -> AgreementView:
    """Every line of the rubric; your first levels stay."""
    gold, matter = await _gold(given, person, encounter_id)
    if person.id in gold.known:
        raise Conflict("You have seen its marks.", code="not_blind", mend="Take another one of the set.")
    lines = _lines(ask, matter)
    await given.store.calibration_sets.keep(person.id, encounter_id, gold.record.rubric, lines)
    return _agreement(given, gold, lines)


@router.put("/{encounter_id}/set", status_code=204, responses=responses(404, 409))
async def put_into_set(encounter_id: str, given: Given, person: Someone) -> None:
    """Into the calibration set of its course: new graders mark it blind first. 409 unless it is signed."""
    await access_encounter(given, person, encounter_id)
    found = await _one(given, person, encounter_id)
    if by_faculty(marking_of(found[1].steps), found[0].learner).record is None:
        raise Conflict("Nobody of the faculty has signed it.", code="not_signed", mend="Sign it first.")
    await given.store.calibration_sets.put(found[0].course_id, encounter_id)


@router.delete("/{encounter_id}/set", status_code=204, responses=responses(404))
async def take_out_of_set(encounter_id: str, given: Given, person: Someone) -> None:
    """What graders gave on it stays theirs."""
    await access_encounter(given, person, encounter_id)
    found = await _one(given, person, encounter_id)
    await given.store.calibration_sets.drop(found[0].course_id, encounter_id)


async def _one(given: Services, person: Person, encounter_id: str) -> tuple[Waiting, About]:
    """Raises `NotFound`."""
    every = await given.store.grading.waiting(person.id)
    found = next((each for each in every if each.encounter_id == encounter_id), None)
    if found is None:
        raise NotFound("There is no such encounter of your courses.", code="encounter_not_found")
    return found, (await given.store.grading.about([encounter_id]))[encounter_id]


async def _sets(given: Services, person: Person) -> list[Gold]:
    every = {each.encounter_id: each for each in await given.store.grading.waiting(person.id)}
    sets = await given.store.calibration_sets.of(sorted({each.course_id for each in every.values()}))
    known = [every[name] for name in sets if name in every]
    found = await given.store.grading.about(each.encounter_id for each in known)
    made = [await _golden(given, each, found[each.encounter_id]) for each in known]
    today = {rubric.digest for rubric in given.shelf.rubrics.values()}
    return [each for each in made if each and each.record.rubric in today]


async def _golden(given: Services, each: Waiting, about: About) -> Gold | None:
    """None where nobody of the faculty has signed."""
    marking = by_faculty(marking_of(about.steps), each.learner)
    attempt = await given.store.attempts.attempt(each.encounter_id)
    opened = attempt[0].opened if attempt else ()
    return Gold(each, about, marking.record, frozenset((*marking.sheets, *opened))) if marking.record else None


async def _gold(given: Services, person: Person, encounter_id: str) -> tuple[Gold, Matter]:
    """Raises `NotFound` for what is in no set of theirs."""
    await access_encounter(given, person, encounter_id)
    found = next((each for each in await _sets(given, person) if each.waiting.encounter_id == encounter_id), None)
    if found is None:
        mend = "GET /api/grading/trials lists them."
        raise NotFound("It is in no calibration set of yours.", code="not_in_set", mend=mend)
    return found, await matter_of(given, encounter_id)


def _lines(ask: TrialAsk, matter: Matter) -> dict[str, Level]:
    """Raises `RequestError` for a line too many, too few or off the scale."""
    grounds = matter.grounds((), None)
    given = {each.dimension: (each.status, each.level) for each in ask.lines}
    if sorted(given) != sorted(grounds.dimensions) or len(given) != len(ask.lines):
        mend = f"Give each once: {', '.join(grounds.dimensions)}."
        raise RequestError("Every line has one mark.", code="lines_missing", field="lines", mend=mend)
    for status, level in given.values():
        check_line(Line(status, level), grounds)
    return dict(given)


def _done(gold: Gold, trials: Sequence[Trial]) -> Trial | None:
    wanted = gold.waiting.encounter_id, gold.record.rubric
    return next((each for each in trials if (each.encounter_id, each.rubric) == wanted), None)


def _card(given: Services, gold: Gold, person_id: str, trials: Sequence[Trial]) -> TrialCard:
    done, case = _done(gold, trials), given.shelf.cases.get(gold.waiting.case_id)
    rubric = next(each for each in given.shelf.rubrics.values() if each.digest == gold.record.rubric)
    return TrialCard(
        encounter_id=gold.waiting.encounter_id,
        course=gold.waiting.course,
        case=case.title if case else gold.waiting.case_id,
        rubric=rubric.title,
        rubric_version=rubric.rubric_version,
        state="done" if done else "known" if person_id in gold.known else "to_mark",
        agreement=_agreement(given, gold, done.lines) if done else None,
    )


def _agreement(given: Services, gold: Gold, lines: Mapping[str, Level]) -> AgreementView:
    rubric = next(each for each in given.shelf.rubrics.values() if each.digest == gold.record.rubric)
    names = {each.id: each.name for each in rubric.dimensions} | {each.id: each.name for each in rubric.weighed}
    values = gold.record.values
    both = [
        Beside(
            dimension=name, name=names.get(name, name), status=status, level=level,
            signed_status=values[name].line.status, signed_level=values[name].line.level,
        )
        for name, (status, level) in lines.items() if name in values
    ]  # fmt: skip
    apart = [e.level - e.signed_level for e in both if e.level is not None and e.signed_level is not None]
    same = sum((e.status, e.level) == (e.signed_status, e.signed_level) for e in both)
    mean = round(sum(apart) / len(apart), 2) if apart else None
    return AgreementView(lines=both, same=same, compared=len(apart), apart=mean)
