"""Reflection boards: in by a code, able to read and write on one board and nothing else, asked all in the same way."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from server.store.debriefing.boards import MOST_BOARDS, Board
from server.store.sql.clock import utc_now
from tests.api.conftest import client
from tests.api.encounters.test_encounters import made
from tests.api.encounters.test_observers import invited
from tests.api.house import FOREIGN, OWN, Clock
from tests.api.lab import signed_in_as
from tests.api.test_access import OWN_DOOR, asked, is_open, routes

FOR_MEMBERS = {
    ("GET", "/api/boards/{board_id}"),
    ("GET", "/api/boards/{board_id}/posts"),
    ("POST", "/api/boards/{board_id}/posts"),
    ("DELETE", "/api/boards/{board_id}/posts/{post_id}"),
}
SILENCE = "The silence after that felt heavy to me."
WROTE = f"She looked at the window. {SILENCE}"


@dataclass
class Cohort:
    """A board, its owner, and whoever came in."""

    api: FastAPI
    owner: httpx2.AsyncClient
    id: str
    code: str
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def path(self) -> str:
        return f"/api/boards/{self.id}"

    async def visitor(self) -> httpx2.AsyncClient:
        """Somebody in a browser of their own, not signed in."""
        return await self.stack.enter_async_context(client(self.api, Origin=OWN))

    async def member(self) -> httpx2.AsyncClient:
        visitor = await self.visitor()
        assert (await joins(visitor, self.code)).status_code == 200
        return visitor

    async def posts(self, who: httpx2.AsyncClient) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await who.get(f"{self.path}/posts")).json()
        return found

    async def writes(self, who: httpx2.AsyncClient, text: str = WROTE, **more: str) -> dict[str, Any]:
        answer = await who.post(f"{self.path}/posts", json={"text": text, **more})
        assert answer.status_code == 201, answer.text
        written: dict[str, Any] = answer.json()
        return written

    async def refused(self, who: httpx2.AsyncClient, text: str = WROTE, **more: str) -> tuple[int, str]:
        answer = await who.post(f"{self.path}/posts", json={"text": text, **more})
        return answer.status_code, answer.json()["code"]


async def joins(visitor: httpx2.AsyncClient, code: str) -> httpx2.Response:
    return await visitor.post("/api/boards/join", json={"code": code})


async def cohort_of(api: FastAPI, owner: httpx2.AsyncClient, title: str = "Week 3") -> Cohort:
    ask = {"title": title, "prompt": "One moment.", "themes": ["silence", "honesty", " silence "]}
    board = (await owner.post("/api/boards", json=ask)).json()
    code = (await owner.post(f"/api/boards/{board['id']}/code")).json()["code"]
    return Cohort(api, owner, board["id"], code)


@pytest_asyncio.fixture
async def cohort(api: FastAPI, script: httpx2.AsyncClient) -> AsyncIterator[Cohort]:
    here = await cohort_of(api, script)
    async with here.stack:
        yield here


async def test_in_by_the_code_and_nowhere_else(cohort: Cohort) -> None:
    member = await cohort.member()
    head = (await member.get(cohort.path)).json()
    assert head == {
        "id": cohort.id, "title": "Week 3", "prompt": "One moment.", "themes": ["silence", "honesty"], "open": True,
        "yours": False, "posts": 0,
    }  # fmt: skip
    assert (await cohort.owner.get(cohort.path)).json() == head | {"yours": True}
    for method, path in sorted(routes(cohort.api)):
        if is_open(method, path) or path in OWN_DOOR:
            continue
        answer = await asked(member, method, path.replace("{board_id}", cohort.id))
        outside = answer.status_code == 403 or "encounter_not_found" in answer.text
        assert outside is ((method, path) not in FOR_MEMBERS), (method, path, answer.text)
        if answer.status_code == 403:
            assert answer.json()["code"] == "members_only_post"
    assert (await member.post("/api/sign-out")).status_code == 204
    assert (await member.get(cohort.path)).status_code == 401


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "---", " ", "%", "_", "😀", '"', "0" * 60])
async def test_a_code_that_opens_nothing(cohort: Cohort, code: str) -> None:
    """Nor a board for which no code was made."""
    without = (await cohort.owner.post("/api/boards", json={"title": "Has no code"})).json()
    visitor = await cohort.visitor()
    answer = await joins(visitor, code)
    assert (answer.status_code, answer.json()["code"]) == (404, "code_unknown")
    assert (await visitor.get(f"/api/boards/{without['id']}")).status_code == 401


async def test_how_a_code_is_typed_does_not_matter(cohort: Cohort) -> None:
    for typed in (cohort.code.lower(), f" {cohort.code.replace('-', ' ')} ", cohort.code.replace("-", "")):
        assert (await joins(await cohort.visitor(), typed)).json() == {"id": cohort.id}


async def test_a_new_code_replaces_the_old_one_and_signs_nobody_out(cohort: Cohort) -> None:
    member, old = await cohort.member(), cohort.code
    cohort.code = (await cohort.owner.post(f"{cohort.path}/code")).json()["code"]
    assert (await joins(await cohort.visitor(), old)).json()["code"] == "code_unknown"
    assert (await member.get(cohort.path)).status_code == 200
    await cohort.member()


async def test_the_address_is_the_one_that_members_reach(cohort: Cohort, given: Services) -> None:
    assert (await cohort.owner.post(f"{cohort.path}/code")).json()["address"] == f"{OWN}/#/join"
    cohort.api.state.services = replace(given, public_url="https://bedside.example.edu")
    told = (await cohort.owner.post(f"{cohort.path}/code")).json()
    assert told["address"] == "https://bedside.example.edu/#/join"


async def test_only_a_hash_of_the_code_is_kept(cohort: Cohort, given: Services) -> None:
    rows = await given.store.database.read(lambda c: str(c.exec_driver_sql("SELECT * FROM boards").all()))
    assert cohort.id in rows
    assert cohort.code not in rows and cohort.code.replace("-", "") not in rows


async def test_a_closed_board_is_read_and_nothing_more(cohort: Cohort) -> None:
    member = await cohort.member()
    post = await cohort.writes(member)
    assert (await cohort.owner.put(cohort.path, json={"open": False})).json()["open"] is False
    assert (await joins(await cohort.visitor(), cohort.code)).json()["code"] == "code_unknown"
    assert await cohort.refused(member) == (409, "board_closed")
    assert await cohort.refused(cohort.owner) == (409, "board_closed")
    assert [each["text"] for each in await cohort.posts(member)] == [WROTE]
    assert (await member.delete(f"{cohort.path}/posts/{post['id']}")).status_code == 204, (
        "one's own is always one's own"
    )
    assert (await cohort.owner.put(cohort.path, json={"open": True})).json()["open"] is True
    await cohort.member()


async def test_a_member_of_one_board_at_another(cohort: Cohort) -> None:
    """The same answer, to the letter, as for what is nobody's."""
    other = await cohort_of(cohort.api, cohort.owner, "Week 4")
    theirs = await other.writes(cohort.owner)
    member = await cohort.member()
    for method, path in sorted(FOR_MEMBERS):
        body = {"text": "Hello everybody."} if method == "POST" else None
        told = []
        for board_id in (other.id, "brd_nobodys"):
            at = path.replace("{board_id}", board_id).replace("{post_id}", theirs["id"])
            answer = await member.request(method, at, json=body)
            assert (answer.status_code, answer.json()["code"]) == (404, "board_not_found")
            told.append(answer.json() | {"ref": ""})
        assert told[0] == told[1]
    assert await cohort.refused(member, reply_to=theirs["id"]) == (404, "post_not_found")
    gone = await cohort.owner.delete(f"{cohort.path}/posts/{theirs['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "post_not_found"), "a post is found on its own board only"
    assert [each["id"] for each in await other.posts(cohort.owner)] == [theirs["id"]]


async def test_a_board_that_is_not_yours_does_not_exist(cohort: Cohort, given: Services) -> None:
    theirs = Board("brd_theirs", "somebody else", "Theirs", "", (), True, "", utc_now())
    await given.store.add_board(theirs)
    for method, path in routes(cohort.api):
        if "{board_id}" not in path:
            continue
        bodies: dict[str, dict[str, object]] = {"PUT": {"open": False}, "POST": {"text": "So it is."}}
        body = bodies.get(method)
        answer = await cohort.owner.request(method, path.replace("{board_id}", theirs.id), json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "board_not_found"), (method, path)
    assert [each["title"] for each in (await cohort.owner.get("/api/boards")).json()] == ["Week 3"]
    assert await given.store.board(theirs.id) == theirs


async def test_other_guests_may_not_post_nor_lose_their_place(cohort: Cohort, given: Services) -> None:
    encounter_id = await made(cohort.owner)
    observer, marker = await cohort.visitor(), await cohort.visitor()
    ticket = (await invited(cohort.owner, encounter_id))["ticket"]
    to_mark, _ = await given.tickets.invite_to_mark("mrk_x")
    for visitor, used, code in ((observer, ticket, "observers_only_watch"), (marker, to_mark, "markers_only_mark")):
        assert (await visitor.post("/api/tickets", json={"ticket": used})).status_code == 204
        assert await cohort.refused(visitor) == (403, code)
        assert (await visitor.get(cohort.path)).json()["code"] == code
        assert (await joins(visitor, cohort.code)).json()["code"] == "signed_in_here"
        assert (await visitor.get(cohort.path)).json()["code"] == code, "they are who they were"
    assert await cohort.refused(await cohort.visitor()) == (401, "sign_in_needed")


async def test_coming_in_signs_out_nobody_who_is_at_home(cohort: Cohort, browser: httpx2.AsyncClient) -> None:
    refused = await joins(browser, cohort.code)
    assert (refused.status_code, refused.json()["code"]) == (409, "signed_in_here")
    assert (await browser.get("/api/cases")).status_code == 200
    foreign = await browser.post("/api/boards/join", json={"code": cohort.code}, headers={"Origin": FOREIGN})
    assert foreign.json()["code"] == "foreign_origin"


async def test_coming_in_again_one_is_who_one_was(cohort: Cohort, clock: Clock) -> None:
    member = await cohort.member()
    mine = await cohort.writes(member)
    assert (await joins(member, cohort.code)).status_code == 200
    assert [each["yours"] for each in await cohort.posts(member)] == [True]
    clock.pass_time(hours=12)
    assert (await member.get(cohort.path)).status_code == 401
    assert (await joins(member, cohort.code)).status_code == 200
    assert (await member.delete(f"{cohort.path}/posts/{mine['id']}")).json()["code"] == "post_not_found"


async def test_authors_take_back_their_own_and_the_owner_any(cohort: Cohort) -> None:
    ann, ben = await cohort.member(), await cohort.member()
    first, second = await cohort.writes(ann, name="Ann"), await cohort.writes(ben, "Something else.")
    await cohort.writes(ben, "I saw that too.", reply_to=first["id"])
    for mine, post in ((ann, second), (ben, first)):
        answer = await mine.delete(f"{cohort.path}/posts/{post['id']}")
        assert (answer.status_code, answer.json()["code"]) == (404, "post_not_found")
    seen = {each["text"]: (each["yours"], each["may_take_back"]) for each in await cohort.posts(ann)}
    assert seen == {WROTE: (True, True), "Something else.": (False, False), "I saw that too.": (False, False)}
    assert {each["may_take_back"] for each in await cohort.posts(cohort.owner)} == {True}
    assert (await ann.delete(f"{cohort.path}/posts/{first['id']}")).status_code == 204
    assert [each["text"] for each in await cohort.posts(ben)] == ["Something else."], "with the answers to it"
    assert (await cohort.owner.delete(f"{cohort.path}/posts/{second['id']}")).status_code == 204
    assert await cohort.posts(ben) == []


async def test_everybody_is_asked_in_the_same_way_and_quoted_to_the_letter(cohort: Cohort) -> None:
    members = [await cohort.member(), await cohort.member(), cohort.owner]
    for member in members:
        await cohort.writes(member)
    posts = await cohort.posts(members[0])
    assert [post["follow_ups"] for post in posts] == [posts[0]["follow_ups"]] * 3
    assert 1 <= len(posts[0]["follow_ups"]) <= 3
    assert any(f"“{SILENCE}”" in question and "silence" in question for question in posts[0]["follow_ups"])
    assert posts == sorted(posts, key=lambda post: post["posted_at"])
    assert [post["by_owner"] for post in posts] == [False, False, True]
    everything = " ".join([SILENCE, "I was honest with her about the plan.", "I felt afraid of it then.",
                           "I decided to stay with her."])  # fmt: skip
    assert len((await cohort.writes(members[0], everything))["follow_ups"]) == 3


async def test_what_is_asked_is_answered_under_its_post(cohort: Cohort) -> None:
    ann, ben = await cohort.member(), await cohort.member()
    post = await cohort.writes(ann)
    question = post["follow_ups"][0]
    answer = await cohort.writes(ben, f"It was mine. {SILENCE}", reply_to=post["id"], question=question)
    assert (answer["question"], answer["reply_to"], answer["follow_ups"]) == (question, post["id"], [])
    assert await cohort.refused(ann, reply_to=answer["id"]) == (409, "answer_to_answer")
    other = await cohort.writes(ben, "Nothing of the kind.")
    for reply_to, asks in ((post["id"], "What is your password?"), (other["id"], question), ("", question)):
        assert await cohort.refused(ann, reply_to=reply_to, question=asks) == (422, "bad_field")
    await ann.delete(f"{cohort.path}/posts/{post['id']}")
    for asks in ("", question):
        assert await cohort.refused(ben, reply_to=post["id"], question=asks) == (404, "post_not_found")
    assert question not in (await ben.get(f"{cohort.path}/posts")).text, "no word of it is left on the board"


async def test_whoever_is_in_trouble_is_not_asked_about_it(cohort: Cohort) -> None:
    member = await cohort.member()
    post = await cohort.writes(member, "Since then I have thought of it in silence, and I can't cope.")
    calm = await cohort.writes(member, "Since then I have thought of it, and of this silence.")
    assert (post["follow_ups"], len(calm["follow_ups"])) == ([], 1)


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u202e\x07", "x" * 8_001])
async def test_a_post_that_cannot_be_one(cohort: Cohort, text: str) -> None:
    assert await cohort.refused(await cohort.member(), text) == (422, "bad_field")
    assert await cohort.posts(cohort.owner) == []


async def test_what_is_written_stays_text(cohort: Cohort) -> None:
    member, html = await cohort.member(), "<script>alert('the silence was long')</script> & \"so\""
    longest = await cohort.writes(member, "é" * 8_000, name="  <b>Ann</b> \n B. ")
    assert (len(longest["text"]), longest["name"]) == (8_000, "<b>Ann</b> B.")
    post = await cohort.writes(member, html, name=" \n ")
    assert (post["text"], post["name"]) == (html, "Somebody")
    answer = await member.get(f"{cohort.path}/posts")
    assert answer.headers["content-type"] == "application/json"
    assert "nosniff" in answer.headers["x-content-type-options"]


@pytest.mark.parametrize(
    ("body", "named"),
    [({"title": ""}, "title"), ({"title": " \n"}, "title"), ({"title": "x" * 101}, "title"),
     ({"title": "a", "prompt": "x" * 1_001}, "prompt"), ({"title": "a", "themes": ["b"] * 13}, "themes"),
     ({"title": "a", "themes": ["x" * 61]}, "themes.0"), ({"title": "a", "owner": "me"}, "owner")],
)  # fmt: skip
async def test_a_board_that_cannot_be_one(script: httpx2.AsyncClient, body: dict[str, Any], named: str) -> None:
    answer = await script.post("/api/boards", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, named)
    assert (await script.get("/api/boards")).json() == []


async def test_no_more_boards_than_may_be(script: httpx2.AsyncClient, given: Services) -> None:
    for number in range(MOST_BOARDS):
        await given.store.add_board(Board(f"brd_{number}", "local", "One", "", (), True, "", utc_now()))
    answer = await script.post("/api/boards", json={"title": "One more"})
    assert (answer.status_code, answer.json()["code"]) == (409, "boards_full")


async def test_it_is_erased_with_its_board(cohort: Cohort, given: Services) -> None:
    member = await cohort.member()
    await cohort.writes(member)
    assert [each["posts"] for each in (await cohort.owner.get("/api/boards")).json()] == [1]
    assert (await cohort.owner.delete(cohort.path)).status_code == 204
    assert (await member.get(cohort.path)).status_code == 401, "its members are signed out"
    assert (await joins(member, cohort.code)).status_code == 404
    assert (await cohort.owner.get(f"{cohort.path}/posts")).json()["code"] == "board_not_found"
    left = await given.store.database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM posts").scalar_one())
    assert left == 0


async def test_with_an_account_one_stays_who_one_is(cohort: Cohort, given: Services) -> None:
    async with (
        signed_in_as(cohort.api, given, name="Ann") as (ann, _),
        signed_in_as(cohort.api, given, name="Bo") as (bo, _),
    ):
        assert (await ann.get(cohort.path)).status_code == 404
        assert (await joins(ann, cohort.code)).status_code == 200
        assert (await ann.get("/api/me")).json()["name"] == "Ann"
        (listed,) = (await ann.get("/api/boards")).json()
        assert (listed["id"], listed["yours"]) == (cohort.id, False)
        assert (await cohort.writes(ann))["yours"]
        for owners in (
            ann.put(cohort.path, json={"open": False}),
            ann.delete(cohort.path),
            ann.post(f"{cohort.path}/code"),
        ):
            assert (await owners).status_code == 404
        assert (await bo.get(cohort.path)).status_code == 404
        refused = await ann.post("/api/boards", json={"title": "Mine"})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_your_role")
