"""Rating by a model as work that survives: one row for each encounter, every answer kept when it comes.

The draft by the rules is there at once and waits for nothing. What a crash interrupts goes on at the next start from
the answers that had come; a server that fails is asked again later, a few times, and then a person is needed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

from server.assess.calibrating.record import Calibration, kept_stopped
from server.assess.draft import heard_by
from server.assess.model.answers import Asker
from server.assess.model.rating import ModelCard, heard_as, left_to_a_person, rate_by_model, with_timing
from server.assess.model.reading import Answers, beside_the_loop, question_digest, subject_of
from server.core.advance import replay
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.errors import BedsideError, EngineError, NotFound, StoreError
from server.core.events import Opened
from server.core.log import Entry
from server.core.rubric import Rubric
from server.core.timing import timing
from server.engines.protocols import EngineInfo
from server.store.marking.rating_jobs import Outcome, RatingJob

log = logging.getLogger(__name__)

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 480, 1_920, 7_200))
"""After each failed try but the last; under three hours in all."""
LONGEST_WAIT_S = 60.0
"""Between two looks for work that another process left."""
UNREADABLE = (BedsideError, LookupError, ValueError, TypeError, AttributeError, StopIteration)
"""What one encounter may raise, from its log to its card: it needs a person, and the others are rated all the same."""
Agreed = Callable[[Case, str], bool]
"""Whether a learner who agreed to the wording with this digest agreed to what this model is sent."""


class Jobs(Protocol):
    """What this needs of the store."""

    async def read(self, encounter_id: str) -> tuple[Case, list[Entry]]: ...

    async def put_scorecard(self, encounter_id: str, rubric_digest: str, card: dict[str, Any]) -> None: ...

    async def want_rating(self, encounter_id: str, rubric_digest: str, now: datetime) -> None: ...

    async def take_rating(self, now: datetime) -> RatingJob | None: ...

    async def keep_answers(self, job: RatingJob, question: str, answers: dict[str, Any], now: datetime) -> bool: ...

    async def end_rating(self, job: RatingJob, outcome: Outcome, why: str = "") -> None: ...

    async def put_off_rating(self, job: RatingJob, why: str, due_at: datetime) -> None: ...

    async def release_rating(self, job: RatingJob) -> None: ...

    async def next_rating_due(self) -> datetime | None: ...


class Unratable(BedsideError):
    """An encounter that no model is asked about; the code says why."""


class ModelRatings:
    """Rates what ends, one encounter after the other."""

    def __init__(
        self,
        jobs: Jobs,
        asker: Asker,
        rubrics: Mapping[str, Rubric],
        agreed: Agreed,
        now: Callable[[], datetime],
        hearing: EngineInfo | None = None,
        calibrations: Mapping[str, Calibration] | None = None,
    ) -> None:
        self._calibrations = {} if calibrations is None else calibrations
        self._jobs, self._asker, self._now, self._hearing = jobs, asker, now, hearing
        self.agreed = agreed
        self._rubrics = {rubric.digest: rubric for rubric in rubrics.values()}
        self._news = asyncio.Event()

    async def want(self, encounter_id: str, rubric_digest: str) -> None:
        """Have it rated, whenever that may be. Returns once that is kept."""
        await self._jobs.want_rating(encounter_id, rubric_digest, self._now())
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._news.clear()
            try:
                while await self.work():
                    pass
                wait_s = await self._until_due()
            except StoreError as error:
                log.warning("ratings wait for the database: %s", error.code)
                wait_s = LONGEST_WAIT_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), wait_s)

    async def work(self) -> bool:
        """Take one job that is due and do what can be done about it. False where there is none."""
        job = await self._jobs.take_rating(self._now())
        if job is None:
            return False
        try:
            await self._try(job)
        except asyncio.CancelledError:
            await asyncio.shield(self._jobs.release_rating(job))
            raise
        return True

    async def _until_due(self) -> float:
        due = await self._jobs.next_rating_due()
        return LONGEST_WAIT_S if due is None else min(LONGEST_WAIT_S, max(0.1, (due - self._now()).total_seconds()))

    async def _try(self, job: RatingJob) -> None:
        try:
            outcome, why = await self._rate(job)
        except (EngineError, StoreError) as error:
            await self._put_off(job, error.code)
            return
        except UNREADABLE as error:
            outcome, why = "needs_person", getattr(error, "code", type(error).__name__)
        if outcome == "needs_person":
            log.warning("encounter %s was not rated by the model and needs a person: %s", job.encounter_id, why)
        await self._jobs.end_rating(job, outcome, why)

    async def _put_off(self, job: RatingJob, code: str) -> None:
        if job.tries >= len(PAUSES):
            await self._jobs.end_rating(job, "needs_person", code)
            return
        pause = PAUSES[job.tries]
        log.warning("encounter %s cannot be rated now (%s), again in %d s", job.encounter_id, code, pause.seconds)
        await self._jobs.put_off_rating(job, code, self._now() + pause)

    async def _rate(self, job: RatingJob) -> tuple[Outcome, str]:
        """What came of it. Raises `EngineError` where a later try may do better."""
        encounter, rubric = await self._read(job)
        subject = await beside_the_loop(subject_of, encounter, rubric)
        if subject.drafted.status != "draft":
            raise Unratable("There is nothing to rate.", code="not_scored")
        question = question_digest(self._asker, subject)
        kept = job.answers if job.question == question else {}
        answers: Answers = {name: answer for name, answer in kept.items() if "failed" not in answer}

        async def keep(given: Answers) -> None:
            if not await self._jobs.keep_answers(job, question, given, self._now()):
                raise NotFound("The encounter is gone.", code="erased")

        last_try = job.tries >= len(PAUSES)
        card = await rate_by_model(self._asker, subject, answers, keep, last_try=last_try)
        if not card.rated:
            return "needs_person", _why(answers)
        await self._put(encounter, rubric, card)
        return "rated", ""

    async def _put(self, encounter: Encounter, rubric: Rubric, card: ModelCard) -> None:
        ruled = kept_stopped(card.card, self._calibrations.get(rubric.rubric_id))
        card = left_to_a_person(card, ruled)
        heard = heard_by(card.card.provenance, self._hearing)
        made = with_timing(heard_as(card, heard), timing(encounter))
        await self._jobs.put_scorecard(encounter.id, rubric.digest, made)

    async def _read(self, job: RatingJob) -> tuple[Encounter, Rubric]:
        """The encounter as it stands. Raises `Unratable` where its learner has not agreed to this model's host."""
        case, entries = await self._jobs.read(job.encounter_id)
        encounter = await beside_the_loop(replay, case, [(entry.event, entry.at_ms) for entry in entries])
        opened = next(entry.event for entry in entries if isinstance(entry.event, Opened))
        if not self.agreed(encounter.case, opened.acknowledged):
            raise Unratable("The learner agreed before this model was named.", code="not_agreed")
        rubric = self._rubrics.get(job.rubric_digest)
        if rubric is None:
            raise Unratable("The rubric has changed since.", code="rubric_changed")
        return encounter, rubric


def _why(answers: Answers) -> str:
    """Of a card without a level: what kept the answers from coming, or that they could not be relied on."""
    return next((answer["failed"] for answer in answers.values() if "failed" in answer), "unrated")
