"""/api/encounters/{id}/marking: the faculty's marks. The signed values are the record; the draft stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter

from server.api.access import Someone, access_encounter, access_marked
from server.api.encounters.encounters import speakers, view
from server.api.encounters.public_case import rubric_card
from server.api.encounters.replaying import PlayedByOlder, as_it_stands
from server.api.marking.scorecards import require_reflection
from server.api.marking.shapes import AppealAsk, AppealView, FlagView, MarkingPage, MarkingState, StepAsk, StepView
from server.api.marking.steps import Drafted, require_fresh, stands_already, step_of
from server.api.marking.views import (
    Viewer,
    appeal_views,
    seen_steps,
    sheets_needed,
    signer_of,
    state_view,
    step_views,
    under,
    viewer_of,
)
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.texts import storable
from server.api.withholding import refuse_withheld
from server.assess.draft import rubric_for
from server.assess.signing import (
    Card,
    corrected,
    digest_of,
    dimensions_of,
    drafted,
    marking_of,
    newest_draft,
    record,
    signed_card,
)
from server.core.correcting import as_counted
from server.core.encounter import Encounter
from server.core.errors import Conflict
from server.core.marking.marking import Marking, fold
from server.core.marking.rules import Grounds, check
from server.core.marking.steps import Appealed, DraftPolicy, Made, Signed
from server.core.rubric import Rubric
from server.core.scoring.scoring import why_not_scored
from server.core.steering.cueing import cued_turns
from server.store.encounters.markers import Marker
from server.store.marking.grading import NO_POLICY, Policy
from server.store.marking.marks import KeptStep, Taken

router = APIRouter(prefix="/api/encounters", tags=["marking"], responses=responses(401, 403))


@dataclass(frozen=True)
class Matter:
    """What is marked."""

    encounter: Encounter
    rubric: Rubric
    draft: Card
    digest: str
    """Of the draft."""
    policy: Policy = NO_POLICY
    """Of the assignment that it was made for."""

    @property
    def drafted(self) -> Drafted:
        """What the marks stand beside."""
        return Drafted(self.digest, self.rubric.digest, corrected(self.draft))

    def grounds(self, markers: Sequence[Marker], viewer: Viewer | None) -> Grounds:
        """What the core needs to know of it, where `viewer` takes the step."""
        return Grounds(
            dimensions_of(self.rubric),
            self.rubric.lowest,
            self.rubric.highest,
            {turn.id: turn for turn in self.encounter.turns if turn.text},
            drafted(self.draft),
            frozenset(each.author for each in markers),
            frozenset({viewer.author} if viewer and viewer.staff else ()),
            self.policy.sheets,
            viewer is not None and viewer.staff and self.policy.overall,
        )


@router.get("/{encounter_id}/marking", responses=responses(404, 409, 410))
async def read_marking(encounter_id: str, given: Given, person: Someone) -> MarkingPage:
    """Transcript, rubric, and where the marking stands. 409 while the encounter runs, where nothing is scored, and for
    a learner who has not reflected.
    """
    info, marker = await access_marked(given, person, encounter_id)
    matter, viewer = await matter_of(given, encounter_id), viewer_of(person, info, marker)
    _own_words_first(matter.encounter, viewer)
    if viewer.staff:
        await given.store.attempts.note_opened(encounter_id, person.id)
    seen = view(matter.encounter)
    return MarkingPage(
        encounter_id=encounter_id,
        title=matter.encounter.case.title,
        speakers=speakers(matter.encounter.case),
        turns=seen.turns,
        rubric=rubric_card(matter.rubric),
        flags=[*map(FlagView.model_validate, matter.draft.get("flags", ())), *brought_forward(matter.encounter)],
        state=await _state(given, matter, viewer),
    )


def brought_forward(encounter: Encounter) -> list[FlagView]:
    """Whoever marks must know which moments did not come by themselves."""
    number = {turn.id: place for place, turn in enumerate(encounter.turns, start=1)}
    says = "Somebody on the staff brought a moment of the case forward; it came in turn {}."
    return [FlagView(code="cued", says=says.format(number[turn]), turns=[turn]) for turn in cued_turns(encounter)]


@router.post("/{encounter_id}/marking/steps", responses=responses(404, 409, 410, 422))
async def take_step(encounter_id: str, ask: StepAsk, given: Given, person: Someone) -> MarkingState:
    """One mark, one decision, or the signature. The same once more changes nothing."""
    info, marker = await access_marked(given, person, encounter_id)
    matter, viewer = await matter_of(given, encounter_id), viewer_of(person, info, marker)
    _own_words_first(matter.encounter, viewer)
    _require_same(ask, viewer)

    def decide(steps: Sequence[KeptStep], markers: Sequence[Marker]) -> Taken:
        return _decided(ask, steps, matter, markers, viewer)

    await given.store.take_marking_step(encounter_id, decide)
    return await _state(given, matter, viewer)


def _decided(
    ask: StepAsk, steps: Sequence[KeptStep], matter: Matter, markers: Sequence[Marker], viewer: Viewer
) -> Taken:
    """What is written of this request, if anything. Raises `RequestError` and `Conflict`."""
    grounds = matter.grounds(markers, viewer)
    step = step_of(_clean(ask), viewer.author, grounds, matter.drafted)
    made = Made(viewer.author, _signs_as(ask, viewer), step)
    if stands_already(made, steps, viewer):
        return Taken(None)
    require_fresh(ask.expected_step, steps, viewer)
    marking = marking_of(steps)
    needed = sheets_needed(marking, matter.policy, viewer.owner)
    check(under(marking, matter.policy), made, replace(grounds, sheets=needed))
    if not isinstance(step, Signed):
        return Taken(made, first=_policy_step(marking, made, matter.policy))
    return Taken(made, matter.rubric.digest, lambda at: _signed(steps, made, matter, at, viewer.owner))


def _policy_step(marking: Marking, made: Made, policy: Policy) -> Made | None:
    """That the draft is shown by the assignment is in the history before the first mark."""
    new = under(marking, policy) != marking
    return Made(made.author, made.name, DraftPolicy(shown=True)) if new else None


def _signs_as(ask: StepAsk, viewer: Viewer) -> str:
    """A guest types their signature; everything else of theirs stands under the name they were invited by. Whoever has
    an account signs by its name too, the learner as well.
    """
    own = viewer.account or (viewer.name and ask.kind != "signed")
    return viewer.name if own else storable(ask.name).strip()


def _require_same(ask: StepAsk, viewer: Viewer) -> None:
    """Raises `Conflict` where the page was opened under another account than the one that sends it now."""
    if viewer.account and storable(ask.name).strip() not in ("", storable(viewer.name).strip()):
        mend = "Reload the page: what you see on it belongs to somebody else."
        raise Conflict("Somebody else is signed in now.", code="somebody_else", mend=mend)


def _clean(ask: StepAsk) -> StepAsk:
    """Quotes stay to the letter; what a person writes is made fit to store."""
    change: dict[str, Any] = {
        name: storable(getattr(ask, name)) for name in ("comment", "reason") if name in ask.model_fields_set
    }
    return ask.model_copy(update=change)


def _signed(steps: Sequence[KeptStep], made: Made, matter: Matter, at: datetime, owner: str) -> dict[str, Any]:
    signature = fold([*(each.made for each in steps), made]).signatures[-1]
    card = signed_card(matter.draft, signature, at)
    return card | {"provenance": card["provenance"] | {"signed_as": signer_of(made.author, owner)}}


@router.post("/{encounter_id}/marking/appeals", status_code=201, responses=responses(404, 409, 410, 422))
async def appeal(encounter_id: str, ask: AppealAsk, given: Given, person: Someone) -> list[AppealView]:
    """By the learner, about one signed line. The record stands until somebody who marked has answered."""
    await access_encounter(given, person, encounter_id)
    await refuse_withheld(given, encounter_id)
    matter = await matter_of(given, encounter_id)
    made = Made(person.id, "the learner", Appealed(ask.dimension, ask.turn, storable(ask.reason)))
    learner = Viewer(person.id, "", True, owner=person.id)

    def decide(steps: Sequence[KeptStep], markers: Sequence[Marker]) -> Taken:
        if stands_already(made, steps, learner):
            return Taken(None)
        check(marking_of(steps), made, matter.grounds(markers, learner))
        return Taken(made)

    return appeal_views(marking_of(await given.store.take_marking_step(encounter_id, decide)))


@router.get("/{encounter_id}/marking/history", responses=responses(404, 409))
async def read_history(encounter_id: str, given: Given, person: Someone) -> list[StepView]:
    """Every step that you may see, oldest first; nothing was ever taken out. 409 once it is signed, for a learner who
    has not reflected.
    """
    info, marker = await access_marked(given, person, encounter_id)
    steps, viewer = await given.store.marking_steps(encounter_id), viewer_of(person, info, marker)
    if marking_of(steps).record is not None:
        await _reflected(given, encounter_id, viewer)
    return step_views(seen_steps(steps, viewer))


@router.get("/{encounter_id}/record.json", responses=responses(404, 409))
async def export_record(encounter_id: str, given: Given, person: Someone) -> dict[str, Any]:
    """The signed values with all that they replace: draft, every mark, authors, reasons, rubric, provenance.

    409 while nothing is signed, for a marker whose own marks are not in, and for a learner who has not reflected.
    """
    info, marker = await access_marked(given, person, encounter_id)
    steps = await given.store.marking_steps(encounter_id)
    marking, viewer = marking_of(steps), viewer_of(person, info, marker)
    if marking.record is None:
        raise Conflict("Nothing is signed yet.", code="not_signed", mend="Sign first.")
    if not (viewer.learner or viewer.reads(marking) or marking.sheet(viewer.author).closed):
        raise Conflict("Your own marks come first.", code="own_mark_first", mend="Close your sheet.")
    await _reflected(given, encounter_id, viewer)
    cards = await given.store.scorecards(encounter_id)
    draft, signed = newest_draft(cards), [card for card in cards if card["status"] == "signed"][-1]
    look_again = corrected(draft) != marking.record.corrected
    about = record(signed, marking, steps, seen_steps(steps, viewer), look_again=look_again)
    return {"encounter_id": encounter_id, "case_id": info.case_id, "case_version": info.case_version, **about}


def _own_words_first(encounter: Encounter, viewer: Viewer) -> None:
    """Raises `Conflict` for a learner who has not reflected; whoever else marks does not wait for it."""
    if viewer.learner:
        require_reflection(encounter)


async def _reflected(given: Services, encounter_id: str, viewer: Viewer) -> None:
    """The same where an encounter need not be opened for anything else. One that another version played is let be: its
    record must stay readable.
    """
    with suppress(PlayedByOlder):
        if viewer.learner:
            require_reflection(await as_it_stands(given, encounter_id))


async def matter_of(given: Services, encounter_id: str) -> Matter:
    """What is to be marked. Raises `Conflict` while it runs, where nothing is scored, and for another rubric."""
    encounter = await as_it_stands(given, encounter_id)
    require_scored(encounter)
    rubric = rubric_for(encounter.case, given.shelf.rubrics)
    draft = newest_draft(await given.store.scorecards(encounter_id))
    if draft is None or draft["rubric"]["digest"] != rubric.digest:
        draft = await _made_again(given, encounter, draft)
    return Matter(
        as_counted(encounter), rubric, draft, digest_of(draft), await given.store.grading.policy(encounter_id)
    )


def require_scored(encounter: Encounter) -> None:
    """Raises `Conflict` where there is nothing to mark, yet or ever."""
    if not encounter.over:
        raise Conflict("The encounter has not ended.", code="not_ended", mend="End it first.")
    if why_not_scored(encounter):
        raise Conflict("Nothing is scored in this encounter.", code="not_scored")


async def _made_again(given: Services, encounter: Encounter, before: Card | None) -> Card:
    """The draft by the rubric of today, as long as nobody has marked by another one."""
    if before is not None and await given.store.marking_steps(encounter.id):
        mend = f"Put version {before['rubric']['version']} back into rubrics/."
        raise Conflict("The rubric has changed since this was marked.", code="rubric_changed", mend=mend)
    await given.drafts(encounter)
    draft = newest_draft(await given.store.scorecards(encounter.id))
    if draft is None:
        raise Conflict("There is no draft of this encounter.", code="not_scored")
    return draft


async def _state(given: Services, matter: Matter, viewer: Viewer) -> MarkingState:
    steps = await given.store.marking_steps(matter.encounter.id)
    markers = await given.store.markers(matter.encounter.id)
    return state_view(steps, markers, matter.draft, matter.digest, viewer, matter.policy)
