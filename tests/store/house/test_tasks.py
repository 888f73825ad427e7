"""Long tasks as they are kept, on both databases."""

from datetime import timedelta

import pytest

from server.core.errors import Conflict
from server.store.house.tasks import KEPT, MOST_OPEN, Task
from server.store.sql.clock import utc_now
from server.store.store import Store


def a_task(number: int = 0, owner: str = "local", **changes: object) -> Task:
    at = utc_now() + timedelta(seconds=number)
    values = {"about": f"case-{number}", "title": "Prove it", "made_at": at, "moved_at": at, **changes}
    return Task(f"tsk_{owner}_{number}", owner, "prove", **values)  # type: ignore[arg-type]


async def test_the_same_thing_is_not_begun_twice_until_it_is_over(store: Store) -> None:
    first = await store.tasks.begin(a_task(1, asked={"quick": True}))
    assert (await store.tasks.begin(a_task(2, "acc_b", about="case-1"))).id == first.id
    assert await store.tasks.move(first.id, state="done", done=3, of=3, result={"proved": True})
    assert (await store.tasks.begin(a_task(2, "acc_b", about="case-1"))).id == "tsk_acc_b_2"
    kept = await store.tasks.find(first.id)
    assert kept is not None and (kept.result, kept.asked, kept.open) == ({"proved": True}, {"quick": True}, False)
    assert [task.id for task in await store.tasks.about("prove", "case-1")] == ["tsk_acc_b_2", first.id]
    assert [task.id for task in await store.tasks.owned_by("local")] == [first.id]


async def test_what_is_over_does_not_move_again(store: Store) -> None:
    task = await store.tasks.begin(a_task())
    assert await store.tasks.move(task.id, state="stopped", why="Stopped.")
    assert not await store.tasks.move(task.id, state="done", result={})
    kept = await store.tasks.find(task.id)
    assert kept is not None and (kept.state, kept.result) == ("stopped", None)
    assert await store.tasks.find("tsk_none") is None


async def test_those_that_nobody_works_on_are_stopped_and_others_go_on(store: Store) -> None:
    for number in (0, 60, 120):
        await store.tasks.begin(a_task(number))
    assert await store.tasks.stop_left("Again.", utc_now() + timedelta(seconds=90), ("tsk_local_60",)) == 1
    states = {task.id: task.state for task in await store.tasks.owned_by("local")}
    assert states == {"tsk_local_0": "stopped", "tsk_local_60": "waiting", "tsk_local_120": "waiting"}
    assert await store.tasks.stop_left("Again.", None) == 2


async def test_one_person_has_only_so_many_open_and_the_oldest_results_go(store: Store) -> None:
    for number in range(MOST_OPEN):
        await store.tasks.begin(a_task(number))
    with pytest.raises(Conflict, match="stop one"):
        await store.tasks.begin(a_task(MOST_OPEN))
    assert (await store.tasks.begin(a_task(1, "acc_other", about="else"))).owner == "acc_other"
    await store.tasks.stop_left("Stopped.", None)
    for number in range(MOST_OPEN, KEPT + 2):
        await store.tasks.begin(a_task(number))
        await store.tasks.move(f"tsk_local_{number}", state="done", result={})
    ids = [task.id for task in await store.tasks.owned_by("local", limit=200)]
    assert len(ids) == KEPT and ids[-1] == "tsk_local_2"
