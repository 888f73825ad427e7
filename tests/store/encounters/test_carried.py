"""What one act hands on: kept once for its learner, put back by its learner, gone with its encounter."""

import asyncio

import pytest

from server.core.case import Case
from server.core.errors import NotFound
from server.store.encounters.carried import CarriedItem
from server.store.store import Store
from tests.store.samples import opened

TRUST = CarriedItem("C_trust", "How far she trusts you", "trust", 6)
FATHER = CarriedItem("C_father", "What you know of her father", "father", "told")


async def played(store: Store, case: Case, encounter_id: str, *items: CarriedItem, owner: str = "ann") -> None:
    await store.create(case, opened(case, encounter_id), owner)
    await store.put_carried(encounter_id, "act-2", items)
    await asyncio.sleep(0.002)


async def kept(store: Store, learner: str = "ann", case_id: str = "act-2") -> list[CarriedItem] | None:
    found = await store.get_carried(learner, case_id)
    return None if found is None else list(found.items)


async def test_it_is_the_learners_and_the_next_acts(store: Store, case: Case) -> None:
    await played(store, case, "enc_1", TRUST, FATHER)
    assert await kept(store) == [TRUST, FATHER]
    assert await kept(store, "ben") is None
    assert await kept(store, case_id="act-3") is None


async def test_the_newest_counts(store: Store, case: Case) -> None:
    await played(store, case, "enc_1", TRUST, FATHER)
    await played(store, case, "enc_2", TRUST)
    found = await store.get_carried("ann", "act-2")
    assert found is not None
    assert (found.from_encounter, found.items) == ("enc_2", (TRUST,))


async def test_an_encounter_hands_on_once(store: Store, case: Case) -> None:
    """Its end is told again when the reflection is in; what the learner has put back stays put back."""
    await played(store, case, "enc_1", TRUST, FATHER)
    await store.put_back("ann", "act-2", "C_trust")
    await store.put_carried("enc_1", "act-2", [TRUST, FATHER])
    assert await kept(store) == [FATHER]
    await store.put_back("ann", "act-2")
    await store.put_carried("enc_1", "act-2", [TRUST, FATHER])
    assert await kept(store) == []


async def test_what_was_put_back_does_not_come_from_an_older_encounter(store: Store, case: Case) -> None:
    await played(store, case, "enc_1", TRUST, FATHER)
    await played(store, case, "enc_2", TRUST)
    await store.put_back("ann", "act-2")
    assert await kept(store) == []
    await store.erase("enc_2")
    assert await kept(store) == []


async def test_nobody_puts_back_for_another(store: Store, case: Case) -> None:
    await played(store, case, "enc_1", TRUST)
    await store.put_back("ben", "act-2")
    with pytest.raises(NotFound):
        await store.put_back("ben", "act-2", "C_trust")
    assert await kept(store) == [TRUST]


async def test_it_goes_with_its_encounter(store: Store, case: Case) -> None:
    await played(store, case, "enc_1", TRUST)
    await store.erase("enc_1")
    assert await kept(store) is None
    with pytest.raises(NotFound):
        await store.put_carried("enc_1", "act-2", [TRUST])
