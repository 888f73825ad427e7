"""Steps of marking: kept in order, decided one after the other, read again, or said to be unreadable."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from server.core.case import Case
from server.core.errors import Conflict, NotFound, StoreError
from server.core.marking.steps import AppealAnswered, Line, Made, MarkGiven, Reconciled, Signed, Step
from server.core.scoring.scorecard import Evidence
from server.store.encounters.markers import MARKER, MOST_MARKERS, Marker
from server.store.marking.marks import Decide, KeptStep, Taken
from server.store.sql.clock import utc_now
from server.store.sql.tables import marks
from server.store.store import Store
from tests.store.samples import opened

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LINE = Line("rated", 3, (Evidence("t1", "learner", "„leise“", "said"),), "why")
STEPS: list[Step] = [
    MarkGiven("support", LINE), Reconciled("support", Line("unrated"), "so"), AppealAnswered("support", "it stays"),
    AppealAnswered("support", "true", LINE), Signed("draft", "rubric"),
]  # fmt: skip


def take(step: Step, *, expected: int | None = None, author: str = "marker:ann") -> Decide:
    def decide(steps: Sequence[KeptStep], _: Sequence[Marker]) -> Taken:
        if expected is not None and len(steps) != expected:
            raise Conflict("Somebody was quicker.")
        return Taken(Made(author, "Ann", step))

    return decide


async def test_what_was_done_is_read_as_it_was_done(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    for step in STEPS:
        told = await store.take_marking_step("enc", take(step))
    kept = await store.marking_steps("enc")
    assert [each.made.step for each in kept] == STEPS
    assert [each.number for each in kept] == [1, 2, 3, 4, 5]
    assert kept == told


async def test_of_many_at_once_each_sees_all_before_it(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    tries = [store.take_marking_step("enc", take(STEPS[0], expected=0, author=f"marker:{n}")) for n in range(12)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 11
    assert len(await store.marking_steps("enc")) == 1


async def test_a_refusal_writes_neither_step_nor_scorecard(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    broken = Taken(
        Made("marker:ann", "Ann", STEPS[4]), "0" * 64, lambda _: {"status": "signed", "quote": "half \ud800"}
    )
    with pytest.raises(StoreError):
        await store.take_marking_step("enc", lambda _, __: broken)
    assert (await store.marking_steps("enc"), await store.get_scorecard("enc")) == ([], None)
    with pytest.raises(NotFound):
        await store.take_marking_step("enc_nobody", take(STEPS[0]))


async def test_a_signature_brings_its_scorecard(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    await store.put_scorecard("enc", "0" * 64, {"status": "draft"})
    signing = Taken(
        Made("marker:ann", "Ann", STEPS[4]), "0" * 64, lambda at: {"status": "signed", "at": at.isoformat()}
    )
    (step,) = await store.take_marking_step("enc", lambda _, __: signing)
    await store.put_scorecard("enc", "0" * 64, {"status": "draft", "again": True})
    assert await store.get_scorecard("enc") == {"status": "signed", "at": step.at.isoformat()}


async def test_what_another_version_wrote_is_not_guessed_at(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    row = {"encounter_id": "enc", "author": "marker:ann", "kind": "mark_sung", "body": "{}", "made_at": utc_now()}
    await store.database.write(lambda connection: connection.execute(insert(marks), row))
    with pytest.raises(StoreError) as refused:
        await store.marking_steps("enc")
    assert refused.value.code == "marks_unreadable"


async def test_invitations(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    marker = await store.add_marker("mrk_0", "enc", "Dr Berg")
    with pytest.raises(Conflict):
        await store.add_marker("mrk_x", "enc", "DR BERG")
    for number in range(1, MOST_MARKERS):
        await store.add_marker(f"mrk_{number}", "enc", f"Dr {number}")
    with pytest.raises(Conflict):
        await store.add_marker("mrk_x", "enc", "Dr X")
    await store.note_marker_joined("mrk_0")
    first = await store.marker("mrk_0")
    await store.note_marker_joined("mrk_0")
    assert first == await store.marker("mrk_0")
    assert first is not None
    assert (first.name, first.joined_at is None, first.author) == (marker.name, False, f"{MARKER}mrk_0")


async def test_who_is_taken_back_is_signed_out_and_their_marks_stay(store: Store, case: Case) -> None:
    await store.create(case, opened(case, "enc"), "ann")
    marker = await store.add_marker("mrk_0", "enc", "Dr Berg")
    await store.add_sign_in("cookie", "hash", marker.author, NOW, NOW + timedelta(hours=1))
    await store.take_marking_step("enc", take(STEPS[0], author=marker.author))
    await store.take_marking_step("enc", lambda _, __: Taken(None, drop_marker="mrk_0"))
    assert await store.markers("enc") == []
    assert await store.find_sign_in("cookie", "hash", NOW) is None
    assert len(await store.marking_steps("enc")) == 1
