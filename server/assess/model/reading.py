"""What is read by a model, and asking it: two readings of every dimension, each answer kept as soon as it is there."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from server.assess.human.score import Spoken, proposed, score_transcript, turns_of
from server.assess.model.answers import Answered, Asker, answer_form
from server.assess.model.prompts import marked, messages, order, prompts_digest, shuffled
from server.core.correcting import as_counted
from server.core.debriefing.retrying import as_retried, own_ledger
from server.core.encounter import Encounter
from server.core.errors import EngineError
from server.core.ledger import Opportunity
from server.core.rubric import Dimension, Rubric, Weighed
from server.core.scoring.scorecard import Scorecard
from server.core.scoring.scoring import answering, score
from server.core.scoring.sifting import sifted
from server.core.scoring.verdicts import Counting, items_of
from server.core.transcript import Turn

READINGS = (1, 2)
AT_ONCE = 4
"""Questions that one model is asked at the same time."""
NO_USE_ASKING_AGAIN = frozenset({"answer_unusable", "prompt_too_long", "model_refused_request"})
"""Codes after which the same question would get the same answer."""
T = TypeVar("T")
Answers = dict[str, dict[str, Any]]
"""By `1/understanding`: `items`, `tokens_in`, `tokens_out`; or `failed`, a code."""
Keep = Callable[[Answers], Awaitable[None]]


@dataclass(frozen=True)
class Subject:
    """A transcript, and the rules' own draft of it."""

    turns: tuple[Turn, ...]
    rubric: Rubric
    drafted: Scorecard
    count: Counting
    wanted: frozenset[str] = frozenset()
    """Moves that the case's own moments ask for."""

    @property
    def dimensions(self) -> tuple[Dimension | Weighed, ...]:
        return self.rubric.weighed or self.rubric.dimensions


def subject_of(encounter: Encounter, rubric: Rubric) -> Subject:
    """An encounter that is over."""
    counted = as_retried(as_counted(encounter))
    wanted = frozenset(move for beat in encounter.case.beats for move in beat.success_if)

    def count(turns: Sequence[Turn]) -> tuple[Sequence[Turn], tuple[Opportunity, ...]]:
        reread = replace(counted, turns=tuple(turns))
        reread = replace(reread, turns=sifted(reread.turns, answering(reread)))
        return reread.turns, own_ledger(reread)

    return Subject(counted.turns, rubric, score(encounter, rubric), count, wanted)


def subject_of_people(lines: Sequence[Spoken], rubric: Rubric) -> Subject:
    """A transcript of people; its moments are proposed, as they are for the rules."""
    turns = tuple(turns_of(lines))

    def count(reread: Sequence[Turn]) -> tuple[Sequence[Turn], tuple[Opportunity, ...]]:
        kept = sifted(reread, [turn.id for turn in reread if turn.context and turn.context.open_cue])
        return kept, tuple(proposed(kept))

    return Subject(turns, rubric, score_transcript(list(lines), rubric), count)


def question_digest(asker: Asker, subject: Subject) -> str:
    """What was asked, of whom, about which words: answers to another question are not used for this one."""
    parts = (asker.model, asker.host, prompts_digest(), subject.rubric.digest, marked(subject.turns))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


async def ask_all(asker: Asker, subject: Subject, answers: Answers, keep: Keep, *, last_try: bool) -> None:
    """Fill `answers` with what is missing, and keep it with every answer that comes.

    Raises the `EngineError` of a question that may do better later, unless this is the last try: then its code stands
    in place of an answer.
    """
    seed, gate, turn = question_digest(asker, subject), asyncio.Semaphore(AT_ONCE), asyncio.Lock()

    async def one(reading: int, dimension: Dimension | Weighed) -> None:
        async with gate:
            answer = await _asked(asker, subject, dimension, reading, seed, last_try=last_try)
        async with turn:
            answers[f"{reading}/{dimension.id}"] = answer
            await keep(answers)

    try:
        async with asyncio.TaskGroup() as group:
            for reading, dimension in _open_questions(subject, answers, seed):
                group.create_task(one(reading, dimension))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


async def beside_the_loop(work: Callable[..., T], *given: Any) -> T:
    """What `work` returns, from a thread: a tenth of a second would be heard in an encounter that runs meanwhile. A
    `StopIteration`, which no future can hold, becomes a `LookupError`.
    """

    def done() -> T:
        try:
            return work(*given)
        except StopIteration:
            raise LookupError from None

    return await asyncio.to_thread(done)


def _open_questions(subject: Subject, answers: Answers, seed: str) -> list[tuple[int, Dimension | Weighed]]:
    """Those without an answer, each reading in an order of its own."""
    by_id = {dimension.id: dimension for dimension in subject.dimensions}
    asked = [(reading, by_id[name]) for reading in READINGS for name in order(list(by_id), reading, seed)]
    return [(reading, dimension) for reading, dimension in asked if f"{reading}/{dimension.id}" not in answers]


async def _asked(
    asker: Asker, subject: Subject, dimension: Dimension | Weighed, reading: int, seed: str, *, last_try: bool
) -> dict[str, Any]:
    items = shuffled(items_of(dimension, subject.wanted), reading, f"{seed}/{dimension.id}")
    try:
        told = await asker.answer(messages(subject.turns, dimension, items), answer_form(list(items)), "evidence")
    except EngineError as error:
        if not last_try and error.code not in NO_USE_ASKING_AGAIN:
            raise
        return {"failed": error.code}
    return _kept(told)


def _kept(told: Answered) -> dict[str, Any]:
    rows = [entry.model_dump() for entry in told.value.items]
    return {"items": rows, "tokens_in": told.usage.tokens_in, "tokens_out": told.usage.tokens_out}
