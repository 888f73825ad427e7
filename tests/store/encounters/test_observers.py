"""Observers: a few, each with a sheet that closes when they have seen the scorecard, gone when taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.case import Case
from server.core.errors import Conflict, NotFound
from server.store.encounters.observers import MOST_OBSERVERS, OBSERVER
from server.store.store import Store
from tests.store.samples import opened

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SHEET = {"levels": {"support": 3}, "quotes": {"support": ["turn_1"]}, "notes": "„leise“"}


async def watched(store: Store, case: Case, *observers: str) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    for name in observers:
        await store.add_observer(name, "enc")
        await store.add_sign_in("cookie", f"hash of {name}", OBSERVER + name, NOW, NOW + timedelta(hours=1))


async def test_a_sheet_can_be_changed_until_the_scorecard_was_seen(store: Store, case: Case) -> None:
    await watched(store, case, "obs_1")
    with pytest.raises(Conflict) as early:
        await store.close_sheet("obs_1")
    assert early.value.code == "observation_first"
    assert (await store.put_sheet("obs_1", {**SHEET, "notes": ""})).sheet == {**SHEET, "notes": ""}
    assert (await store.put_sheet("obs_1", SHEET)).sheet == SHEET
    first, again = [await store.close_sheet("obs_1") for _ in range(2)]
    assert first.seen_at is not None
    assert first.seen_at == again.seen_at
    with pytest.raises(Conflict) as late:
        await store.put_sheet("obs_1", {})
    assert late.value.code == "observation_closed"
    assert [each.sheet for each in await store.observers("enc")] == [SHEET]


async def test_they_stand_in_the_order_in_which_they_were_invited(store: Store, case: Case) -> None:
    await watched(store, case, "obs_z", "obs_a")
    assert [each.id for each in await store.observers("enc")] == ["obs_z", "obs_a"]


async def test_who_has_come(store: Store, case: Case) -> None:
    await watched(store, case, "obs_1")
    found = await store.observer("obs_1")
    assert found is not None
    assert (found.joined_at, found.sheet) == (None, None)
    await store.note_joined("obs_1")
    first = await store.observer("obs_1")
    await store.note_joined("obs_1")
    assert first == await store.observer("obs_1")
    assert first is not None
    assert first.joined_at is not None


async def test_there_is_an_end_to_invitations(store: Store, case: Case) -> None:
    await watched(store, case, *[f"obs_{number}" for number in range(MOST_OBSERVERS)])
    with pytest.raises(Conflict):
        await store.add_observer("obs_more", "enc")
    await store.drop_observer("enc", "obs_0")
    await store.add_observer("obs_more", "enc")


async def test_who_is_taken_back_is_signed_out_and_forgotten(store: Store, case: Case) -> None:
    await watched(store, case, "obs_1", "obs_2")
    await store.put_sheet("obs_1", SHEET)
    for encounter_id, name in [("enc_other", "obs_1"), ("enc", "obs_3")]:
        with pytest.raises(NotFound):
            await store.drop_observer(encounter_id, name)
    await store.drop_observer("enc", "obs_1")
    assert await store.observer("obs_1") is None
    assert await store.find_sign_in("cookie", "hash of obs_1", NOW) is None
    assert await store.find_sign_in("cookie", "hash of obs_2", NOW) == "observer:obs_2"
    with pytest.raises(NotFound):
        await store.put_sheet("obs_1", SHEET)


async def test_erasing_the_encounter_signs_its_observers_out(store: Store, case: Case) -> None:
    await watched(store, case, "obs_1")
    await store.erase("enc")
    assert await store.observer("obs_1") is None
    assert await store.find_sign_in("cookie", "hash of obs_1", NOW) is None
