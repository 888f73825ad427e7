"""What a learner writes after an encounter, for themselves: nobody else is shown it, and it is never scored.

A point of view, a note to take to the ward, a goal, answers to follow-up questions, text for the phases of a debrief.
The goal and the note come back before the next encounter, whatever its case.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Someone, access_encounter
from server.api.debriefing.debriefs import reflected
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.assess.debrief import asked_next
from server.core.case import Case
from server.core.debriefing.following_up import MOST, may_be_asked
from server.core.debriefing.frames import FRAMES
from server.core.errors import RequestError, StoreError
from server.core.events import Opened, Reflected
from server.core.variants import as_variant
from server.store.debriefing.writings import Writing

router = APIRouter(prefix="/api", tags=["debriefing"], responses=responses(401, 403))
Kind = Literal["point_of_view", "ward_note", "goal", "answer", "phase", "frame", "ward_report"]
REPORTED = ("goal", "ward_note")
"""What a `ward_report` may be about."""


class Written(Ask):
    """One text. An empty one takes it away."""

    text: Annotated[str, Field(max_length=8_000)] = ""
    about: Annotated[str, Field(max_length=1_000)] = ""
    """answer: the question; phase: frame and phase, e.g. `PEARLS/reactions`; ward_report: `goal` or `ward_note`. Empty
    for the other kinds.
    """


class WritingView(Answer):
    """One text that is kept."""

    kind: str
    about: str
    text: str
    written_at: datetime


class FollowUpView(Answer):
    """A question that joins a sentence of the learner's own with a theme of the course; there is no answer to it."""

    question: str
    answer: str
    """The learner's; empty while there is none."""


class WritingsView(Answer):
    """Everything that was written about one encounter."""

    as_name: str
    """Whose point of view is asked for."""
    writings: list[WritingView]
    follow_ups: list[FollowUpView]
    """At most three; none before there is a sentence to ask about."""


class AimView(Answer):
    """What the learner meant to do, and what came of it."""

    encounter_id: str
    title: str
    """Of the case."""
    text: str
    written_at: datetime
    report: str
    """What they wrote came of it; empty while they have not."""


class AimsView(Answer):
    """What to ask about before the next encounter."""

    goal: AimView | None
    ward_note: AimView | None


@router.get("/encounters/{encounter_id}/writings", responses=responses(404, 409, 410))
async def read_writings(encounter_id: str, given: Given, person: Someone) -> WritingsView:
    """One's own. 409 until the reflection is in."""
    await access_encounter(given, person, encounter_id)
    return await _view(given, await _subject(given, encounter_id))


@router.put("/encounters/{encounter_id}/writings/{kind}", responses=responses(404, 409, 410, 422))
async def write(encounter_id: str, kind: Kind, ask: Written, given: Given, person: Someone) -> WritingsView:
    """Keep a text in place of what stood there. 409 until the reflection is in."""
    await access_encounter(given, person, encounter_id)
    subject = await _subject(given, encounter_id)
    about, text = storable(ask.about), storable(ask.text).strip()
    await _check(given, subject, kind, about, text)
    await given.store.put_writing(encounter_id, kind, about, text)
    return await _view(given, subject)


@router.get("/aims", tags=["debriefing"])
async def read_aims(given: Given, person: Someone) -> AimsView:
    """The newest goal and the newest note for the ward, with what the learner wrote came of them."""
    return AimsView(goal=await _aim(given, person.id, "goal"), ward_note=await _aim(given, person.id, "ward_note"))


async def _aim(given: Services, owner: str, kind: str) -> AimView | None:
    found = await given.store.newest_writing(owner, kind)
    if found is None:
        return None
    info = await given.store.info(found.encounter_id)
    case = given.shelf.cases.get(info.case_id)
    reports = [each for each in await given.store.writings(found.encounter_id) if each.kind == "ward_report"]
    return AimView(
        encounter_id=found.encounter_id,
        title=case.title if case else info.case_id,
        text=found.text,
        written_at=found.written_at,
        report=next((each.text for each in reports if each.about == kind), ""),
    )


@dataclass(frozen=True)
class Subject:
    """What is written about."""

    id: str
    case: Case
    texts: tuple[str, ...]
    """What the learner wrote in their reflection."""


async def _subject(given: Services, encounter_id: str) -> Subject:
    """Raises `Conflict` before the reflection. A text that keeps itself comes often, so that an encounter is folded for
    it only where its log holds no reflection.
    """
    try:
        case, entries = await given.store.read(encounter_id)
    except StoreError:
        await reflected(given, encounter_id)  # says so, where another version wrote it
        raise
    opened = entries[0].event
    own = next((entry.event for entry in reversed(entries) if isinstance(entry.event, Reflected)), None)
    if own is None:
        await reflected(given, encounter_id)
    variant = opened.variant if isinstance(opened, Opened) else ""
    texts = (own.felt, own.said, own.reactions) if own else ()
    return Subject(encounter_id, as_variant(case, variant), texts)


async def _view(given: Services, subject: Subject) -> WritingsView:
    kept = await given.store.writings(subject.id)
    views = [WritingView(kind=w.kind, about=w.about, text=w.text, written_at=w.written_at) for w in kept]
    asked = await asyncio.to_thread(_follow_ups, subject, kept)
    return WritingsView(as_name=subject.case.patient.name, writings=views, follow_ups=asked)


def _follow_ups(subject: Subject, kept: list[Writing]) -> list[FollowUpView]:
    """Those that were answered stay; the rest are asked anew of what stands there now."""
    answers = [each for each in kept if each.kind == "answer"]
    themes = subject.case.education.themes
    fresh = asked_next(_texts(subject, kept), themes, [each.about for each in answers]) if themes else []
    return [
        *(FollowUpView(question=each.about, answer=each.text) for each in answers),
        *(FollowUpView(question=each.question, answer="") for each in fresh),
    ]


def _texts(subject: Subject, kept: list[Writing]) -> list[str]:
    return [*(each.text for each in kept if each.kind == "point_of_view"), *subject.texts]


async def _check(given: Services, subject: Subject, kind: str, about: str, text: str) -> None:
    """Raises `RequestError` for a text that belongs nowhere."""
    if kind == "answer":
        kept = await given.store.writings(subject.id)
        asked = await asyncio.to_thread(_was_asked, about, subject, kept)
        _require(asked, "about", "That question was not asked.", "GET this encounter's /writings lists them.")
    elif kind == "phase":
        known = {f"{frame.id}/{phase.id}" for frame in FRAMES.values() for phase in frame.phases}
        _require(about in known, "about", "There is no such phase.", "Use frame and phase, e.g. PEARLS/reactions.")
    elif kind == "ward_report":
        _require(about in REPORTED, "about", "A report is about goal or ward_note.", "")
    else:
        _require(not about, "about", "This kind is about nothing else.", "Leave `about` empty.")
    if kind == "frame":
        _require(not text or text in FRAMES, "text", "There is no such frame.", f"Use: {', '.join(FRAMES)}.")


def _was_asked(question: str, subject: Subject, kept: list[Writing]) -> bool:
    """One that was answered stays; of others there are never more than three."""
    answered = [each.about for each in kept if each.kind == "answer"]
    themes = subject.case.education.themes
    return question in answered or (len(answered) < MOST and may_be_asked(question, _texts(subject, kept), themes))


def _require(holds: bool, field: str, message: str, mend: str) -> None:
    if not holds:
        raise RequestError(message, code="bad_field", field=field, mend=mend)
