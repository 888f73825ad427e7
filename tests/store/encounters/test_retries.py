"""Retries: made whole or not at all, and erased with the encounter whose words they begin with."""

from dataclasses import replace

import pytest

from server.core.case import Case
from server.core.errors import NotFound, StoreError
from server.core.events import Entered, Event, Typed
from server.store.store import Store
from tests.store.samples import opened


def begins(case: Case, encounter_id: str, first: str) -> list[tuple[Event, int]]:
    again = replace(opened(case, encounter_id), retry_of=first, retry_turn="item_2", retry_from=1, retry_beats=("b",))
    return [(again, 0), (Entered(), 0), (Typed("item_1", "Good evening."), 4_000)]


async def test_it_begins_with_the_words_of_the_first(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc_1"), "ann")
    log = begins(case, "enc_2", "enc_1")
    await store.create_retry(case, log, "ann")
    _, entries = await store.read("enc_2")
    assert [(entry.event, entry.at_ms) for entry in entries] == log
    (made,) = await store.retries("enc_1")
    assert (made.id, made.turn, made.ended) == ("enc_2", "item_2", "")
    await store.mark_ended("enc_2", "learner")
    assert [each.ended for each in await store.retries("enc_1")] == ["learner"]
    assert await store.firsts_of(["enc_1", "enc_2"]) == {"enc_2": "enc_1"}
    assert (await store.info("enc_2")).owner == "ann"


async def test_a_log_that_takes_nothing_up_is_no_retry(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc_1"), "ann")
    with pytest.raises(StoreError):
        await store.create_retry(case, [(opened(case, "enc_2"), 0)], "ann")
    with pytest.raises(StoreError):
        await store.create_retry(case, begins(case, "enc_2", "enc_gone"), "ann")
    with pytest.raises(NotFound):
        await store.info("enc_2")


async def test_erasing_the_first_erases_what_begins_with_its_words(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc_1"), "ann")
    await store.create_retry(case, begins(case, "enc_2", "enc_1"), "ann")
    await store.create_retry(case, begins(case, "enc_3", "enc_2"), "ann")
    await store.create(case, opened(case, "enc_4"), "ann")
    assert await store.erase("enc_1") == ["enc_1", "enc_2", "enc_3"]
    assert [each.id for each in await store.list_encounters("ann")] == ["enc_4"]


async def test_erasing_a_retry_leaves_the_first(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc_1"), "ann")
    await store.create_retry(case, begins(case, "enc_2", "enc_1"), "ann")
    assert await store.erase("enc_2") == ["enc_2"]
    assert await store.retries("enc_1") == []
    assert (await store.info("enc_1")).id == "enc_1"
