"""What the learner is shown of the marks, and when: by the case's `assessment.release`, and by who was asked to mark.

What was made for an assignment goes by the assignment alone: by its release, its study, and the server's clock. Of
practice, without a faculty, the draft is shown as a draft. Where somebody was asked to mark, levels wait for the
signature, unless the case releases at once. The words of the encounter never wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.api.marking.shapes import MarkingSummary
from server.api.marking.views import appeal_views, signature_view, waiting
from server.api.services import Services
from server.assess.signing import Card, marking_of, newest_draft
from server.core.assigning.opening import why_withheld
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.marking.marking import Marking
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt
from server.store.encounters.markers import Marker
from server.store.marking.marks import KeptStep

HELD = "Somebody was asked to mark this encounter. The marks are shown once they are signed."
DATED = "This case releases its marks on a date, and no date can be set here yet: they are shown once they are signed."
OWN_FIRST = "You are marking this encounter yourself. The draft is shown once your own marks are in."


async def learner_card(
    given: Services, encounter: Encounter, *, read: bool = True
) -> tuple[dict[str, Any], MarkingSummary]:
    """The scorecard as the learner may see it now, and what they are told of the marking. `read`: it goes to them; the
    first time that they are given what is to be seen of an attempt is kept.
    """
    card = await given.drafts.card(encounter)
    assigned = await given.store.attempts.attempt(encounter.id)
    if assigned is not None:
        shown, told = await _assigned_card(given, encounter, card, *assigned)
        if read and not told.note and assigned[0].read_at is None:
            await given.store.attempts.note_read(encounter.id, given.clock())
        return shown, told
    steps, markers = await given.store.marking_steps(encounter.id), await given.store.markers(encounter.id)
    owner = (await given.store.info(encounter.id)).owner
    note = why_held(encounter.case, marking_of(steps), markers, owner)
    shown = held_back(card) if note and card["status"] == "draft" else released(card, encounter.case)
    return shown, summary(steps, markers, newest_draft(await given.store.scorecards(encounter.id)), note, owner)


async def _assigned_card(
    given: Services, encounter: Encounter, card: Card, attempt: Attempt, assignment: Assignment
) -> tuple[dict[str, Any], MarkingSummary]:
    """The same of what was made for an assignment; nothing of a signature is told before its marks are."""
    steps, draft = (
        await given.store.marking_steps(encounter.id),
        newest_draft(await given.store.scorecards(encounter.id)),
    )
    note = why_withheld(assignment.terms, attempt.stand, given.clock()) if card["status"] in ("draft", "signed") else ""
    if note:
        return held_back({**(draft or card), "status": "draft"}), _WAITING.model_copy(update={"note": note})
    return released(dict(card), encounter.case), summary(steps, [], draft, "", attempt.learner)


_WAITING = MarkingSummary(state="waiting", waiting=[], note="", signature=None, appeals=[])


def why_held(case: Case, marking: Marking, markers: Sequence[Marker], owner: str) -> str:
    """Why the learner sees no levels, as a sentence; empty where they do."""
    if marking.record is not None:
        return ""
    if owner in marking.sheets and not marking.sheet(owner).closed:
        return OWN_FIRST
    if case.assessment.release == "immediate" or not (markers or marking.sheets):
        return ""
    return DATED if case.assessment.release == "date" else HELD


def held_back(card: dict[str, Any]) -> dict[str, Any]:
    """Without a mark in it, nor anything that a mark can be told from."""
    blank: dict[str, Any] = {"level": None, "status": "held", "evidence": [], "rationale": ""}
    return {
        **card,
        "dimensions": [{"id": each["id"], **blank} for each in card["dimensions"]],
        "opportunities": [],
        "passes": [],
    }


def summary(
    steps: Sequence[KeptStep], markers: Sequence[Marker], draft: Card | None, note: str, owner: str
) -> MarkingSummary:
    """What the learner, `owner`, is told of the marking."""
    marking = marking_of(steps)
    if marking.record is not None:
        state = "open_again" if marking.open or marking.unanswered else "signed"
    else:
        state = "waiting" if markers or marking.sheets else "none"
    return MarkingSummary.model_validate(
        {
            "state": state,
            "waiting": waiting(marking, markers),
            "note": note,
            "signature": signature_view(marking, steps, draft, owner),
            "appeals": appeal_views(marking),
        }
    )


def released(card: dict[str, Any], case: Case) -> dict[str, Any]:
    """Without the planted moments where the author keeps them back."""
    return card if shows_moments(card, case) else card | {"opportunities": [], "passes": []}


def shows_moments(card: dict[str, Any], case: Case, note: str = "") -> bool:
    """Whether the learner is shown what was planted. `note`: why levels are held back, from `why_held`."""
    signed, reveal = card["status"] == "signed", case.debrief.reveal_beats_to_learner
    if reveal == "never" or (note and not signed):
        return False
    return signed or reveal == "after_reflection"
