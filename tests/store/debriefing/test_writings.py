"""What a learner writes afterwards: one text for each kind and matter, theirs alone, gone with its encounter."""

import asyncio

import pytest

from server.core.case import Case
from server.core.errors import NotFound
from server.store.store import Store
from tests.store.samples import opened


async def texts(store: Store, encounter_id: str = "enc_1") -> list[tuple[str, str, str]]:
    return [(each.kind, each.about, each.text) for each in await store.writings(encounter_id)]


async def test_writing_again_replaces_and_nothing_takes_away(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc_1"), "ann")
    await store.put_writing("enc_1", "goal", "", "Wait longer.")
    await store.put_writing("enc_1", "phase", "GAS/gather", "It was quiet.")
    await store.put_writing("enc_1", "phase", "GAS/analyse", "The chair.")
    await store.put_writing("enc_1", "phase", "GAS/gather", "It was very quiet.")
    assert await texts(store) == [
        ("goal", "", "Wait longer."),
        ("phase", "GAS/gather", "It was very quiet."),
        ("phase", "GAS/analyse", "The chair."),
    ]
    await store.put_writing("enc_1", "phase", "GAS/analyse", "")
    await store.put_writing("enc_1", "ward_note", "", "")
    assert [kind for kind, _, _ in await texts(store)] == ["goal", "phase"]


async def test_the_newest_of_a_kind_is_its_owners(store: Store, case: Case) -> None:
    for name, owner in (("enc_1", "ann"), ("enc_2", "ann"), ("enc_3", "ben")):
        await store.create(case, opened(case, name), owner)
        await store.put_writing(name, "goal", "", f"Goal of {name}.")
        await asyncio.sleep(0.002)
    newest = await store.newest_writing("ann", "goal")
    assert newest is not None and (newest.encounter_id, newest.text) == ("enc_2", "Goal of enc_2.")
    await store.put_writing("enc_1", "goal", "", "Another.")
    newest = await store.newest_writing("ann", "goal")
    assert newest is not None and newest.text == "Another.", "the one that was last written"
    assert await store.newest_writing("ann", "ward_note") is None
    assert await store.newest_writing("eve", "goal") is None


async def test_it_is_erased_with_its_encounter(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc_1"), "ann")
    await store.put_writing("enc_1", "goal", "", "Wait longer.")
    await store.erase("enc_1")
    assert await texts(store) == [] and await store.newest_writing("ann", "goal") is None
    with pytest.raises(NotFound):
        await store.put_writing("enc_1", "goal", "", "Wait longer.")
