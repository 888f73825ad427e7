"""What a model is still to read: held by one process at a time, kept with every answer, gone with its encounter."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from server.core.case import Case
from server.core.errors import StoreError
from server.store.marking.rating_jobs import HELD_FOR, RatingJob
from server.store.store import Store
from tests.store.samples import opened

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
RUBRIC = "r" * 64


async def wanted(store: Store, case: Case, *ids: str) -> None:
    for number, encounter_id in enumerate(ids):
        await store.create(case, opened(case, encounter_id), "ann")
        await store.want_rating(encounter_id, RUBRIC, NOW + timedelta(seconds=number))


async def taken(store: Store, now: datetime = NOW) -> RatingJob:
    job = await store.take_rating(now)
    assert job is not None
    return job


async def test_what_waits_longest_is_taken_first_and_once(store: Store, case: Case) -> None:
    await wanted(store, case, "enc_1", "enc_2")
    assert await store.next_rating_due() == NOW
    later = NOW + timedelta(seconds=5)
    assert [(await taken(store, later)).encounter_id, (await taken(store, later)).encounter_id] == ["enc_1", "enc_2"]
    assert await store.take_rating(later) is None
    assert await store.next_rating_due() == later + HELD_FOR


async def test_many_that_want_the_same_get_it_once(store: Store, case: Case) -> None:
    await wanted(store, case, "enc_1")
    jobs = await asyncio.gather(*(store.take_rating(NOW) for _ in range(8)))
    assert len([job for job in jobs if job]) == 1


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_two_processes_never_hold_the_same(url: str, case: Case) -> None:
    stores = [await Store.open(url) for _ in range(2)]
    await wanted(stores[0], case, *(f"enc_{n}" for n in range(6)))
    later = NOW + timedelta(minutes=1)
    jobs = await asyncio.gather(*(store.take_rating(later) for _ in range(6) for store in stores))
    held = [job.encounter_id for job in jobs if job]
    assert held and len(held) == len(set(held))
    for store in stores:
        await store.close()


async def test_whoever_died_holds_it_for_a_while_and_every_answer_holds_it_anew(store: Store, case: Case) -> None:
    await wanted(store, case, "enc_1")
    job = await taken(store)
    answered = NOW + HELD_FOR - timedelta(seconds=1)
    assert await store.keep_answers(job, "q", {"1/understanding": {"items": []}}, answered)
    assert await store.take_rating(NOW + HELD_FOR) is None
    again = await taken(store, answered + HELD_FOR)
    assert (again.question, again.answers) == ("q", {"1/understanding": {"items": []}})


async def test_alone_one_need_not_wait_for_the_dead(store: Store, case: Case) -> None:
    await wanted(store, case, "enc_1")
    await taken(store)
    await store.release_ratings()
    assert (await taken(store)).encounter_id == "enc_1"


async def test_put_off_it_counts_its_tries_and_waits(store: Store, case: Case) -> None:
    await wanted(store, case, "enc_1")
    due = NOW + timedelta(minutes=2)
    await store.put_off_rating(await taken(store), "model_slow", due)
    assert await store.take_rating(due - timedelta(seconds=1)) is None
    job = await taken(store, due)
    assert (job.tries, job.why, job.state) == (1, "model_slow", "waiting")


async def test_wanted_again_meanwhile_it_is_neither_done_nor_put_off(store: Store, case: Case) -> None:
    """A correction comes while the model reads."""
    await wanted(store, case, "enc_1")
    job = await taken(store)
    await store.want_rating("enc_1", RUBRIC, NOW)
    await store.end_rating(job, "rated")
    second = await taken(store)
    assert (second.state, second.wanted) == ("waiting", 2)
    await store.want_rating("enc_1", RUBRIC, NOW)
    await store.put_off_rating(second, "model_slow", NOW + timedelta(hours=1))
    third = await taken(store)
    await store.end_rating(third, "needs_person", "unrated")
    (found,) = await store.ratings_of("enc_1")
    assert (found.state, found.why) == ("needs_person", "unrated")
    assert await store.next_rating_due() is None


async def test_it_goes_with_its_encounter_and_late_answers_find_nothing(store: Store, case: Case) -> None:
    await wanted(store, case, "enc_1")
    job = await taken(store)
    await store.erase("enc_1")
    assert await store.ratings_of("enc_1") == []
    assert not await store.keep_answers(job, "q", {"late": {}}, NOW)
    await store.end_rating(job, "rated")
    assert await store.ratings_of("enc_1") == []


async def test_no_encounter_no_rating(store: Store) -> None:
    with pytest.raises(StoreError):
        await store.want_rating("enc_none", RUBRIC, NOW)
