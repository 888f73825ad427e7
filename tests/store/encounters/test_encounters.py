"""Lists, scorecards and sign-ins."""

import asyncio
from datetime import UTC, datetime, timedelta

from server.core.case import Case
from server.store.store import Store
from tests.store.samples import opened

NOW = datetime(2026, 3, 29, 0, 59, 59, 999_000, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_each_sees_their_own_newest_first(store: Store, case: Case) -> None:
    for number, owner in enumerate(["ann", "ben", "ann"]):
        await store.create(case, opened(case, f"enc_{number}"), owner)
        await asyncio.sleep(0.002)
    assert [found.id for found in await store.list_encounters("ann")] == ["enc_2", "enc_0"]
    assert [found.id for found in await store.list_encounters("ann", limit=1, offset=1)] == ["enc_0"]
    assert await store.list_encounters("nobody") == []
    found = await store.info("enc_1")
    assert (found.owner, found.case_id, found.case_version, found.ended) == ("ben", case.case_id, "1.0.0", "")
    assert found.created_at.utcoffset() == timedelta(0)


async def test_what_has_not_ended_is_found_at_start(store: Store, case: Case) -> None:
    for number in range(3):
        await store.create(case, opened(case, f"enc_{number}"), "local")
    await store.mark_ended("enc_1", "learner")
    assert sorted(await store.unfinished()) == ["enc_0", "enc_2"]
    assert await store.unscored() == ["enc_1"]
    await store.put_scorecard("enc_1", "0" * 64, {"status": "draft"})
    assert await store.unscored() == []


async def test_scorecards_are_kept_one_and_all(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "local")
    assert await store.get_scorecard("enc") is None
    first, second = {"status": "draft", "level": None, "quote": "„so“ 🩺"}, {"status": "signed", "level": 3}
    for card in (first, first, second):
        await store.put_scorecard("enc", "0" * 64, card)
    assert await store.get_scorecard("enc") == second
    assert await store.scorecards("enc") == [first, second]


async def test_a_later_draft_takes_nothing_from_what_was_signed(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "local")
    first, signed, later = {"status": "draft", "n": 1}, {"status": "signed", "n": 2}, {"status": "draft", "n": 3}
    for card in (first, signed, later, later):
        await store.put_scorecard("enc", "0" * 64, card)
    assert await store.get_scorecard("enc") == signed
    assert await store.scorecards("enc") == [first, signed, later]


async def test_a_ticket_is_taken_once_however_many_ask(store: Store) -> None:
    await store.add_sign_in("ticket", "hash", "ann", NOW, NOW + HOUR)
    taken = await asyncio.gather(*[store.take_sign_in("ticket", "hash", NOW) for _ in range(8)])
    assert sorted(map(str, taken)) == ["None"] * 7 + ["ann"]


async def test_a_sign_in_ends(store: Store) -> None:
    await store.add_sign_in("cookie", "hash", "ann", NOW, NOW + HOUR)
    assert await store.find_sign_in("cookie", "hash", NOW + HOUR - timedelta(milliseconds=1)) == "ann"
    assert await store.find_sign_in("cookie", "hash", NOW + HOUR) is None
    assert await store.find_sign_in("ticket", "hash", NOW) is None


async def test_old_sign_ins_are_forgotten(store: Store) -> None:
    await store.add_sign_in("cookie", "old", "ann", NOW, NOW + HOUR)
    await store.add_sign_in("cookie", "soon", "ann", NOW + 24 * HOUR, NOW + 25 * HOUR)
    assert await store.find_sign_in("cookie", "old", NOW) == "ann", "for a day it is told from what never was"
    await store.add_sign_in("cookie", "late", "ann", NOW + 26 * HOUR, NOW + 27 * HOUR)
    assert await store.find_sign_in("cookie", "old", NOW) is None
    assert await store.find_sign_in("cookie", "late", NOW) == "ann"
