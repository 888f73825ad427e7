"""The draft scorecard: made when an encounter is over, kept, and made again wherever it is missing.

It is a function of the log and the rubric, so losing one costs nothing but the time to compute it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from server.assess.calibrating.record import Calibration, calibrated
from server.core.advance import replay
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.errors import BedsideError, NotFound
from server.core.log import Entry
from server.core.rubric import Rubric
from server.core.scoring.scoring import never_began, score
from server.core.timing import timing
from server.core.unfolding import handed_on
from server.engines.protocols import EngineInfo
from server.store.encounters.carried import CarriedItem

log = logging.getLogger(__name__)


PRACTICE_ONLY = "Heard by a demonstration engine: marks are for practice only."


def draft(
    encounter: Encounter,
    rubric: Rubric,
    hearing: EngineInfo | None = None,
    calibration: Calibration | None = None,
) -> dict[str, Any]:
    """The scorecard of an encounter that is over, JSON-ready: status, rubric, dimensions, opportunities, timing …

    `hearing` is the engine of this process; the log does not say which engine it was. `calibration` is the one of this
    rubric to one's own faculty.
    """
    card = asdict(calibrated(score(encounter, rubric), calibration))
    card["provenance"] |= heard_by(card["provenance"], hearing)
    if never_began(encounter):
        card |= {"status": "not_scored", "dimensions": (), "opportunities": ()}
    return {**card, "timing": timing(encounter)}


def unscored(encounter: Encounter) -> dict[str, Any]:
    """In place of a scorecard, where the learner played the patient or tried the case out: there is nothing to
    score.
    """
    case = encounter.case
    provenance = {"case": case.case_id, "case_version": case.case_version, "case_digest": case.digest}
    nothing: dict[str, Any] = {"status": "not_scored", "rubric": {}, "dimensions": (), "opportunities": ()}
    return {**nothing, "provenance": provenance, "timing": timing(encounter)}


def heard_by(provenance: Mapping[str, str], hearing: EngineInfo | None) -> dict[str, str]:
    """`hearing: pocketsphinx, embedded`, where anything was spoken and the engine is known."""
    spoken = hearing is not None and provenance.get("heard") in ("spoken", "mixed")
    return {"hearing": f"{hearing.name}, {hearing.kind}"} if hearing and spoken else {}


def hearing_notice(provenance: Mapping[str, str]) -> str:
    """What a reader must know of how the words were heard; empty where there is nothing (DESIGN, "Settled" 18)."""
    return PRACTICE_ONLY if provenance.get("hearing", "").endswith(", embedded") else ""


def rubric_for(case: Case, rubrics: Mapping[str, Rubric]) -> Rubric:
    """The rubric that drafts of this case are made with: the first it names. Raises `NotFound`."""
    named = [i.ref for i in case.assessment.instruments if i.kind == "rubric" and "draft" in i.rater]
    found = next((rubrics[ref] for ref in named if ref in rubrics), None)
    if found is None:
        raise NotFound("The rubric of this case is not in the library.", code="no_rubric", mend="Put it into rubrics/.")
    return found


class Cards(Protocol):
    """What drafts need of the store."""

    async def put_carried(self, encounter_id: str, to_case: str, items: Sequence[CarriedItem]) -> None: ...

    async def read(self, encounter_id: str) -> tuple[Case, list[Entry]]: ...

    async def mark_ended(self, encounter_id: str, reason: str) -> None: ...

    async def put_scorecard(self, encounter_id: str, rubric_digest: str, card: dict[str, Any]) -> None: ...

    async def get_scorecard(self, encounter_id: str) -> dict[str, Any] | None: ...

    async def unscored(self) -> list[str]: ...

    async def unfinished(self) -> list[str]: ...


class Drafts:
    """Fills the port `WhenEnded` of `server.live`."""

    def __init__(
        self,
        cards: Cards,
        rubrics: Mapping[str, Rubric],
        hearing: EngineInfo | None = None,
        calibrations: Mapping[str, Calibration] | None = None,
        then: Callable[[str, str], Awaitable[None]] | None = None,
    ) -> None:
        """`then` is told of every draft that is kept: id of the encounter, digest of the rubric."""
        self._cards = cards
        self._rubrics = rubrics
        self._hearing = hearing
        self._calibrations = {} if calibrations is None else calibrations
        self._then = then

    async def __call__(self, encounter: Encounter) -> None:
        """Make and keep the draft and what the next act is handed, and note that the encounter ended.

        Does nothing while it runs.
        """
        if encounter.over:
            card = await self._make(encounter)
            if self._then and card["status"] == "draft":
                await self._then(encounter.id, card["rubric"]["digest"])
            await self._hand_on(encounter)
            await self._cards.mark_ended(encounter.id, encounter.ended)

    async def card(self, encounter: Encounter) -> dict[str, Any]:
        """The scorecard that counts; made now when it is missing."""
        kept = await self._cards.get_scorecard(encounter.id)
        return kept if kept is not None else await self._make(encounter)

    async def make_missing(self) -> int:
        """At start: drafts for encounters that ended without one, noticed or not. Returns how many were made."""
        candidates = [*await self._cards.unscored(), *await self._cards.unfinished()]
        return sum([await self._remake(encounter_id) for encounter_id in candidates])

    async def _remake(self, encounter_id: str) -> bool:
        try:
            case, entries = await self._cards.read(encounter_id)
            encounter = replay(case, ((entry.event, entry.at_ms) for entry in entries))
            await self(encounter)
        except (BedsideError, LookupError, StopIteration) as error:
            log.warning("encounter %s has no draft: %s", encounter_id, getattr(error, "code", type(error).__name__))
            return False
        return encounter.over

    async def _make(self, encounter: Encounter) -> dict[str, Any]:
        if encounter.tryout or encounter.case.activity == "role_reversal":
            digest, card = "", unscored(encounter)
        else:
            rubric = rubric_for(encounter.case, self._rubrics)
            calibration = self._calibrations.get(rubric.rubric_id)
            digest, card = rubric.digest, draft(encounter, rubric, self._hearing, calibration)
        await self._cards.put_scorecard(encounter.id, digest, card)
        return card

    async def _hand_on(self, encounter: Encounter) -> None:
        """Once an encounter has come to an end of its own; one that was stopped or never began hands on nothing, nor
        does a moment that was tried again or a case that was tried out.
        """
        forward, real = encounter.case.carry_forward, encounter.retry is None and not encounter.tryout
        if forward is not None and real and not never_began(encounter):
            items = [CarriedItem(each.id, each.label, each.name, each.value) for each in handed_on(encounter)]
            await self._cards.put_carried(encounter.id, forward.to, items)
