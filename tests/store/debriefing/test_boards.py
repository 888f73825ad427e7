"""Reflection boards: what is kept of them, who may take what back, and that nothing is left of what is gone."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.core.errors import Conflict, NotFound
from server.store.debriefing.boards import MEMBER, MOST_BOARDS, Board, code_digest
from server.store.debriefing.posts import MOST_POSTS, Post
from server.store.store import Store
from tests.store.house.test_erase import CANARY, sightings

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
ANN, BEN = f"{MEMBER}brd_1:ann", f"{MEMBER}brd_1:ben"


def board(board_id: str = "brd_1", owner: str = "local", minute: int = 0, **changes: object) -> Board:
    made = Board(board_id, owner, "Week 3", "One moment.", ("silence",), True, "", BEGAN + timedelta(minutes=minute))
    return replace(made, **changes)  # type: ignore[arg-type]


def post(post_id: str = "post_1", author: str = ANN, minute: int = 0, **changes: object) -> Post:
    at = BEGAN + timedelta(minutes=minute)
    return replace(Post(post_id, "brd_1", author, "Ann", "It was <quiet>.", "", "", ("Why?",), at), **changes)  # type: ignore[arg-type]


async def ids(store: Store) -> list[str]:
    return [each.id for each in await store.posts("brd_1")]


async def test_what_is_kept_comes_back_as_it_was(store: Store) -> None:
    first, second, theirs = board(), board("brd_2", minute=1), board("brd_3", "somebody else")
    for each in (first, second, theirs):
        await store.add_board(each)
    assert await store.boards("local") == [second, first]
    assert await store.board("brd_3") == theirs and await store.board("brd_4") is None
    late, early = post("post_1", minute=2), post("post_2", BEN, minute=1)
    answer = post("post_3", minute=3, reply_to="post_1", question="Why?", follow_ups=())
    for written in (late, early, answer):
        await store.add_post(written)
    assert await store.posts("brd_1") == [early, late, answer]
    assert await store.post("brd_1", "post_3") == answer and await store.post("brd_2", "post_3") is None
    assert await store.post_counts("local") == {"brd_1": 3} and await store.post_counts("somebody else") == {}


async def test_a_board_is_found_by_its_code_alone(store: Store) -> None:
    digest = code_digest("ABCD-EFGH")
    assert digest == code_digest(" abcd efgh ") != code_digest("ABCD-EFGJ")
    await store.add_board(board("brd_2", title=digest))
    await store.add_board(board())
    assert await store.board_by_code(digest) is None, "it stands in a title"
    found = await store.put_board_code("brd_1", digest)
    assert await store.board_by_code(digest) == found == board(code=digest)
    await store.put_board_code("brd_1", code_digest("another"))
    assert await store.board_by_code(digest) is None


async def test_two_changes_at_once_undo_nothing_of_each_other(store: Store) -> None:
    await store.add_board(board())
    await asyncio.gather(store.open_board("brd_1", False), store.put_board_code("brd_1", "new"))
    assert await store.board("brd_1") == board(open=False, code="new")
    for change in (store.open_board("brd_2", True), store.put_board_code("brd_2", "new"), store.drop_board("brd_2")):
        with pytest.raises(NotFound):
            await change


async def test_where_nothing_can_be_posted(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.add_post(post())
    await store.add_board(board())
    await store.add_board(board("brd_2"))
    await store.add_post(post("post_1"))
    await store.add_post(post("post_2", reply_to="post_1"))
    with pytest.raises(NotFound):
        await store.add_post(post("post_3", board_id="brd_2", reply_to="post_1"))
    with pytest.raises(Conflict, match="not answered"):
        await store.add_post(post("post_3", reply_to="post_2"))
    await store.open_board("brd_1", False)
    with pytest.raises(Conflict, match="closed"):
        await store.add_post(post("post_3"))
    assert await ids(store) == ["post_1", "post_2"]


async def test_there_is_an_end_to_it(sqlite_store: Store) -> None:
    for number in range(MOST_BOARDS):
        await sqlite_store.add_board(board(f"brd_{number}"))
    with pytest.raises(Conflict, match=str(MOST_BOARDS)):
        await sqlite_store.add_board(board("brd_more"))
    await sqlite_store.add_board(board("brd_theirs", "somebody else"))
    for number in range(MOST_POSTS):
        await sqlite_store.add_post(post(f"post_{number}"))
    with pytest.raises(Conflict, match=str(MOST_POSTS)):
        await sqlite_store.add_post(post("post_more"))
    await sqlite_store.add_post(post("post_elsewhere", board_id="brd_2"))


async def test_taking_back_takes_the_answers_along(store: Store) -> None:
    await store.add_board(board())
    for each in (post("post_1"), post("post_2", BEN), post("post_3", BEN, reply_to="post_1")):
        await store.add_post(each)
    for author, post_id in ((BEN, "post_1"), (ANN, "post_2"), ("", "post_1"), (None, "post_9")):
        with pytest.raises(NotFound):
            await store.drop_post("brd_1", post_id, author)
    with pytest.raises(NotFound):
        await store.drop_post("brd_2", "post_1", None)
    await store.drop_post("brd_1", "post_1", ANN)
    assert await ids(store) == ["post_2"]
    await store.drop_post("brd_1", "post_2", None)
    assert await ids(store) == []


async def test_a_board_goes_with_all_that_is_on_it(store: Store) -> None:
    for name in ("brd_1", "brd_12", "brdx1"):
        await store.add_board(board(name))
        await store.add_post(post(f"post_{name}", board_id=name))
        await store.add_sign_in("cookie", f"hash of {name}", f"{MEMBER}{name}:ann", BEGAN, BEGAN + timedelta(hours=1))
    await store.drop_board("brd_1")
    assert await store.board("brd_1") is None and await ids(store) == []
    assert await store.find_sign_in("cookie", "hash of brd_1", BEGAN) is None
    for name in ("brd_12", "brdx1"):
        assert await store.find_sign_in("cookie", f"hash of {name}", BEGAN) and len(await store.posts(name)) == 1


@pytest.mark.parametrize("whole", [False, True])
async def test_no_byte_is_left(sqlite_store: Store, file: Path, whole: bool) -> None:
    await sqlite_store.add_board(board())
    for number in range(40):
        reply_to = "post_0" if number else ""
        await sqlite_store.add_post(post(f"post_{number}", text=f"{CANARY} " * 200, reply_to=reply_to))
    assert sum(sightings(file.parent, CANARY).values()) > 4_000
    gone = sqlite_store.drop_board("brd_1") if whole else sqlite_store.drop_post("brd_1", "post_0", ANN)
    await gone
    assert sightings(file.parent, CANARY) == {}
