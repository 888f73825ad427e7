"""An encounter to be read by a model, and a model on loopback that reads as a test wants it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from server.assess.human.score import Spoken
from server.assess.model.rating import ModelCard, rate_by_model
from server.assess.model.reading import Answers, Subject, subject_of, subject_of_people
from server.content.loader import load_rubric
from server.core.advance import replay
from server.core.encounter import Encounter
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Rating
from server.core.transcript import LEARNER
from server.engines.chat.rating import RatingModel
from tests.logs.recording import FOLDER, read_log, the_case
from tests.models.chat_server import ChatServer, chat_server
from tests.models.rating_reader import Reader, by_the_rules

RUBRICS = Path(__file__).resolve().parents[2] / "rubrics"
TALK = (
    ("Patient", "I lay on that floor for hours, and nobody came. I was so frightened."),
    ("Nurse", "That sounds frightening, lying there alone."),
    ("Patient", "It was. I don't want to be a bother to anybody, though."),
    ("Nurse", "What was the hardest part of it for you?"),
    ("Patient", "Not knowing whether anybody would come."),
    ("Nurse", "I will ask the doctor to come and see you. Would that be all right?"),
)


NEVER = ("slow-first", "stall", "no-answer")
"""Ways of the server that are only waited for."""


@cache
def nursing() -> Rubric:
    return load_rubric(RUBRICS / "nursing-empathy.yaml")


@cache
def brief() -> Rubric:
    """Two of its dimensions, where two are enough."""
    return replace(nursing(), dimensions=tuple(nursing().dimension(name) for name in ("understanding", "support")))


@cache
def lend_an_ear() -> Rubric:
    return load_rubric(RUBRICS / "lend-an-ear.yaml")


@cache
def recorded(nurse: str = "skilled") -> Encounter:
    """A recorded encounter, over."""
    log = json.loads((FOLDER / f"{nurse}.json").read_text(encoding="utf-8"))
    return replay(the_case(log["case"]), read_log(log))


def meeting(nurse: str = "skilled") -> Subject:
    return subject_of(recorded(nurse), nursing())


def talk(rubric: Rubric, lines: Sequence[tuple[str, str]] = TALK) -> Subject:
    """A conversation of people; the learner's label is Nurse."""
    said = [Spoken(LEARNER if who == "Nurse" else "patient", text, n) for n, (who, text) in enumerate(lines, 1)]
    return subject_of_people(said, rubric)


@dataclass
class Rated:
    """What came of it."""

    card: ModelCard
    answers: Answers
    server: ChatServer
    kept: list[set[str]] = field(default_factory=list)
    """Names of the answers that there were, each time they were kept."""

    def rating(self, dimension: str) -> Rating:
        return next(each for each in self.card.card.dimensions if each.id == dimension)

    @property
    def levels(self) -> dict[str, int | None]:
        return {each.id: each.level for each in self.card.card.dimensions}


@asynccontextmanager
async def model_that(
    reads: Callable[[dict[str, Any]], str | None], mode: str = "script"
) -> AsyncIterator[tuple[RatingModel, ChatServer]]:
    """A rating model that answers so."""
    async with chat_server() as server:
        server.answers, server.counts = reads, (100, 10)
        model = RatingModel(server.base_url, mode, first_s=0.4 if mode in NEVER else 30.0)
        try:
            yield model, server
        finally:
            await model.close()


async def rate(
    subject: Subject,
    found: Mapping[str, Sequence[tuple[int, str]]] | None = None,
    changed: Callable[..., Any] | None = None,
    *,
    mode: str = "script",
    answers: Answers | None = None,
    last_try: bool = True,
) -> Rated:
    """Have it rated by a model that finds what the rules find, or `found`, and puts it as `changed` says."""
    reader = Reader(by_the_rules(subject.turns) if found is None else found, changed)
    given, kept = answers if answers is not None else {}, list[set[str]]()

    async def keep(so_far: Answers) -> None:
        kept.append(set(so_far))

    async with model_that(reader, mode) as (model, server):
        card = await rate_by_model(model, subject, given, keep, last_try=last_try)
        return Rated(card, given, server, kept)
