"""A rating by a model survives what it meets: a stop, a server that fails, an erasure, a learner who did not agree."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from server.assess.calibrating.record import Calibration, Ruling
from server.assess.draft import Drafts
from server.assess.model.jobs import PAUSES, ModelRatings
from server.assess.model.rating import MODEL_RATER
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.events import Event, Opened
from server.core.log import Entry
from server.core.rubric import Rubric
from server.core.scoring.scoring import SCORER
from server.engines.chat.rating import RatingModel
from server.store.store import Store
from tests.assess.rating import brief, meeting, model_that, recorded
from tests.logs.recording import FOLDER, read_log, the_case
from tests.models.chat_server import ChatServer
from tests.models.rating_reader import Reader, by_the_rules

THEN = datetime(2026, 5, 4, 9, tzinfo=UTC)
RUBRIC = replace(brief(), rubric_id="nursing-empathy")
READER = Reader(by_the_rules(meeting().turns))


@dataclass
class Clock:
    """Time stands still until a test moves it."""

    now: datetime = THEN

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Room:
    """A store with one encounter that is over, and the clock."""

    store: Store
    encounter: Encounter
    clock: Clock

    @property
    def id(self) -> str:
        return self.encounter.id

    def ratings(self, model: RatingModel, rubric: Rubric = RUBRIC, *, agreed: bool = True) -> ModelRatings:
        return ModelRatings(self.store, model, {"it": rubric}, lambda *_: agreed, self.clock)

    def drafts(self, ratings: ModelRatings) -> Drafts:
        return Drafts(self.store, {"nursing-empathy": RUBRIC}, then=ratings.want)

    async def raters(self) -> list[str]:
        """Of the scorecards, in the order of their making."""
        return [card["provenance"]["rater"] for card in await self.store.scorecards(self.id)]

    async def counts(self) -> dict[str, Any]:
        card = await self.store.get_scorecard(self.id)
        assert card is not None
        return card

    async def state(self) -> tuple[str, str, int]:
        (job,) = await self.store.ratings_of(self.id)
        return job.state, job.why, job.tries


def log_of(encounter_id: str, acknowledged: str = "") -> tuple[Opened, list[Entry]]:
    recorded_log = json.loads((FOLDER / "skilled.json").read_text(encoding="utf-8"))
    (opened, _), *rest = read_log(recorded_log)
    assert isinstance(opened, Opened)
    events: list[tuple[Event, int]] = rest
    entries = [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(events, 2)]
    return replace(opened, encounter_id=encounter_id, acknowledged=acknowledged), entries


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the encounter in it, to be copied."""
    file = tmp_path_factory.mktemp("made") / "bedside.db"

    async def make() -> None:
        store = await Store.open(f"sqlite:///{file}")
        opened, entries = log_of("enc_1", "some wording")
        await store.create(the_case(), opened, "local")
        await store.append("enc_1", entries)
        await store.close()

    asyncio.run(make())
    return file


@pytest_asyncio.fixture
async def room(made: Path, tmp_path: Path) -> AsyncIterator[Room]:
    file = tmp_path / "bedside.db"
    shutil.copy(made, file)
    store = await Store.open(f"sqlite:///{file}")
    yield Room(store, replace(recorded(), id="enc_1"), Clock())
    await store.close()


async def all_done(ratings: ModelRatings) -> None:
    while await ratings.work():
        pass


async def test_the_draft_is_there_at_once_and_the_models_card_follows(room: Room) -> None:
    async with model_that(READER) as (model, server):
        ratings = room.ratings(model)
        await room.drafts(ratings)(room.encounter)
        assert (await room.raters(), server.requests) == ([SCORER], [])
        await all_done(ratings)
    assert await room.raters() == [SCORER, MODEL_RATER]
    card = await room.counts()
    assert (card["status"], card["provenance"]["rater"], len(card["passes"])) == ("draft", MODEL_RATER, 2)
    assert card["timing"] and await room.state() == ("rated", "", 0)


async def test_what_a_calibration_stopped_has_no_level_anywhere(room: Room) -> None:
    stop = Ruling("stopped", "agreement .31 against your faculty's .58, n 34", 34)
    stops = {"understanding": stop}
    calibration = Calibration(RUBRIC.rubric_id, RUBRIC.digest, SCORER, "2026-11-22", 34, 2, "Talks.", stops)
    async with model_that(READER) as (model, _):
        ratings = ModelRatings(
            room.store, model, {"it": RUBRIC}, lambda *_: True, room.clock, None, {RUBRIC.rubric_id: calibration}
        )
        await ratings.want(room.id, RUBRIC.digest)
        await all_done(ratings)
    card = await room.counts()
    told = [card["dimensions"], *(each["dimensions"] for each in card["passes"])]
    found = [{each["id"]: (each["status"], each["level"]) for each in lines} for lines in told]
    assert [lines["understanding"] for lines in found] == [("unrated", None)] * 3
    others = [[status for name, (status, _) in lines.items() if name != "understanding"] for lines in found]
    assert all("rated" in each for each in others), "the others keep theirs"


async def test_a_draft_made_once_more_takes_nothing_from_it(room: Room) -> None:
    """A reflection makes the draft again, and has it rated again: from the answers that are there."""
    async with model_that(READER) as (model, server):
        ratings = room.ratings(model)
        for _ in range(3):
            await room.drafts(ratings)(room.encounter)
            await all_done(ratings)
        assert len(server.requests) == 4
    assert await room.raters() == [SCORER, MODEL_RATER]


async def test_a_server_that_fails_is_asked_later_and_later_and_then_a_person_is_needed(room: Room) -> None:
    async with model_that(READER, "status-503") as (model, server):
        ratings = room.ratings(model)
        await room.drafts(ratings)(room.encounter)
        for tries, pause in enumerate(PAUSES, 1):
            assert await ratings.work() and not await ratings.work()
            assert await room.state() == ("waiting", "model_failed", tries)
            assert await room.store.next_rating_due() == room.clock.now + pause
            room.clock.now += pause - timedelta(seconds=1)
            assert not await ratings.work(), "not before its time"
            room.clock.now += timedelta(seconds=1)
        await all_done(ratings)
        assert server.requests
    assert await room.state() == ("needs_person", "model_failed", len(PAUSES))
    assert await room.raters() == [SCORER]


async def test_one_that_comes_back_in_time_is_rated(room: Room) -> None:
    async with model_that(READER, "status-503") as (model, _):
        ratings = room.ratings(model)
        await room.drafts(ratings)(room.encounter)
        await all_done(ratings)
    room.clock.now += PAUSES[0]
    async with model_that(READER) as (model, _):
        await all_done(room.ratings(model))
    assert (await room.counts())["provenance"]["rater"] == MODEL_RATER


async def test_nothing_is_sent_of_a_learner_who_agreed_to_something_else(room: Room) -> None:
    async with model_that(READER) as (model, server):
        ratings = room.ratings(model, agreed=False)
        await room.drafts(ratings)(room.encounter)
        await all_done(ratings)
        assert server.requests == []
    assert (await room.state(), await room.raters()) == (("needs_person", "not_agreed", 0), [SCORER])


async def test_what_was_agreed_to_is_asked_of_the_log(room: Room) -> None:
    asked: list[tuple[str, str]] = []

    def agreed(case: Case, wording: str) -> bool:
        asked.append((case.case_id, wording))
        return False

    async with model_that(READER) as (model, _):
        ratings = ModelRatings(room.store, model, {"it": RUBRIC}, agreed, room.clock)
        await ratings.want(room.id, RUBRIC.digest)
        await all_done(ratings)
    assert asked == [("novak-discharge", "some wording")]


async def test_a_rubric_that_has_changed_is_not_rated_on(room: Room) -> None:
    async with model_that(READER) as (model, server):
        await room.drafts(room.ratings(model))(room.encounter)
        await all_done(room.ratings(model, replace(RUBRIC, rubric_version="9")))
        assert server.requests == []
    assert await room.state() == ("needs_person", "rubric_changed", 0)


def stops_after(answers: int) -> Callable[[dict[str, Any]], str | None]:
    """Answers so many, and then nothing more."""
    given = 0

    def reads(body: dict[str, Any]) -> str | None:
        nonlocal given
        given += 1
        return READER(body) if given <= answers else None

    return reads


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that is sure to come."""
    for _ in range(6_000):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came")


async def stopped(room: Room, model: RatingModel, server: ChatServer) -> None:
    """Have the encounter rated by a model that falls silent after three answers, and be stopped then."""
    ratings = room.ratings(model)
    await room.drafts(ratings)(room.encounter)
    task = asyncio.create_task(ratings.run())

    async def silent() -> bool:
        (job,) = await room.store.ratings_of(room.id)
        return len(server.requests) == 4 and len(job.answers) == 3

    await until(silent)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_one_that_is_stopped_goes_on_from_the_answers_it_has(room: Room) -> None:
    async with model_that(stops_after(3)) as (model, server):
        await stopped(room, model, server)
    async with model_that(READER) as (model, server):
        assert await room.ratings(model).work(), "it was let go"
        assert len(server.requests) == 1
    assert (await room.counts())["provenance"]["rater"] == MODEL_RATER


async def test_answers_of_another_model_are_not_used(room: Room) -> None:
    async with model_that(stops_after(3)) as (model, server):
        await stopped(room, model, server)
    async with model_that(READER, "another") as (model, server):
        await all_done(room.ratings(model))
        assert len(server.requests) == 4
    assert (await room.counts())["provenance"]["model"] == "another"


async def test_what_another_process_holds_is_left_to_it_until_it_must_be_dead(room: Room) -> None:
    await room.store.want_rating(room.id, RUBRIC.digest, room.clock.now)
    assert await room.store.take_rating(room.clock.now) is not None
    async with model_that(READER) as (model, _):
        ratings = room.ratings(model)
        assert not await ratings.work()
        due = await room.store.next_rating_due()
        assert due is not None and due > room.clock.now
        room.clock.now = due
        assert await ratings.work()
    assert (await room.state())[0] == "rated"


async def test_an_erased_encounter_is_let_go_and_leaves_nothing(room: Room, tmp_path: Path) -> None:
    async with model_that(stops_after(3)) as (model, server):
        await stopped(room, model, server)
        assert b'"holds": true' in everything(tmp_path)
        (job,) = await room.store.ratings_of(room.id)
        await room.store.erase(room.id)
        assert not await room.store.keep_answers(job, "q", {"ANSWER-TOO-LATE": {"items": []}}, room.clock.now)
        assert not await room.ratings(model).work()
    await room.store.close()
    assert b'"holds": true' not in everything(tmp_path) and b"TOO-LATE" not in everything(tmp_path)


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_a_card_without_a_level_does_not_stand_in_front_of_the_draft(room: Room) -> None:
    async with model_that(lambda *_: "4") as (model, _):
        ratings = room.ratings(model)
        await room.drafts(ratings)(room.encounter)
        await all_done(ratings)
    assert (await room.state(), await room.raters()) == (("needs_person", "answer_unusable", 0), [SCORER])


async def test_no_word_of_anybody_is_in_the_log(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="server"):
        async with model_that(READER, "status-500") as (model, _):
            ratings = room.ratings(model)
            await room.drafts(ratings)(room.encounter)
            await all_done(ratings)
    told = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("server"))
    assert "enc_1" in told and "model_failed" in told
    said = [turn.text for turn in room.encounter.turns if len(turn.text.split()) > 3]
    assert said and not any(text in told for text in said)


async def test_news_wakes_it(room: Room) -> None:
    async with model_that(READER) as (model, _):
        ratings = room.ratings(model)
        working = asyncio.create_task(ratings.run())
        await asyncio.sleep(0.05)
        await room.drafts(ratings)(room.encounter)

        async def rated() -> bool:
            return (await room.raters())[-1] == MODEL_RATER

        await until(rated)
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
