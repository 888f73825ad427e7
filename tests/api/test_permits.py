"""Every cell of who may do what: each route that OpenAPI knows, for everybody, at every standing, over a real store.

What is expected comes from `PERMITS` alone. What is not yours is answered to the byte as what does not exist.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, insert, select

from server.api.access import TEACHING, new_encounter_id
from server.api.encounters.realtime import MEETING, WATCHING
from server.api.people.passwords import Passwords
from server.api.permits import NOBODY, PERMITS, Permit
from server.api.services import Services
from server.api.tickets import LOCAL
from server.core.events import Opened
from server.core.roles import GUESTS, ROLES, Role, Standing
from server.store.debriefing.boards import MEMBER, Board
from server.store.encounters.markers import INVITED_BY, MARKER
from server.store.encounters.observers import OBSERVER
from server.store.people.accounts import Account
from server.store.sql.clock import utc_now
from server.store.sql.tables_of_a_lab import metadata
from tests.api.bare import Reply, http, wire
from tests.api.house import OWN
from tests.api.lab import QUICK, a_course, an_assignment, an_attempt, enrolled, with_account
from tests.api.wishes import body_of, path_of, query_of

ONE = "{encounter_id}"
NOT_THERE = f"enc_{'n' * 22}"
EVERYBODY = (NOBODY, *GUESTS, *ROLES, LOCAL)
PLACES = ("own practice", "own attempt", "an attempt in a course one teaches", "one in another course", "a practice")
"""Whose encounter it is, to somebody with an account."""
INVITED = ("the one one is invited to", "another")
"""To a guest."""
BEFORE_THE_DOOR = {"sign_in_needed", "not_your_role", "observers_only_watch", "markers_only_mark", "members_only_post"}
TOO_FAR = {"learners_only", "staff_only"}
NO_SUCH = "encounter_not_found"
PAGES = ("/docs", "/openapi.json")
"""Routes that OpenAPI does not name."""


def places_of(who: str) -> tuple[str, ...]:
    if who in (NOBODY, "member"):
        return INVITED[1:]
    return INVITED if who in GUESTS else PLACES


def cells(who: str) -> int:
    """How many a visitor has: a place each for what has encounters in it, one for everything else."""
    return sum(len(places_of(who)) if ONE in key or key.startswith("WS") else 1 for key in PERMITS)


def expected(row: Permit, who: str, place: str) -> str:
    """What the table says: `in`, `401`, `403`, or `404`."""
    roles = frozenset(ROLES) if who == LOCAL else frozenset({who})
    if not row.admits(roles):
        return "401" if who == NOBODY else "403"
    standing = standing_of(who, place)
    if not place or NOBODY in row.roles:
        return "in"
    if standing == "none":
        return "404"
    return "in" if standing == "invited" or standing in row.reach else "403"


def standing_of(who: str, place: str) -> Standing | str:
    if place == INVITED[0]:
        return "invited"
    teaches = who == LOCAL or who in TEACHING
    found = {PLACES[0]: "own", PLACES[1]: "attempt", PLACES[2]: "staff" if teaches else "none"}
    return found.get(place, "none")


MADE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("board_id", "/api/boards", {"title": "Week 3"}),
    ("file_id", "/api/case-files", {"text": "title: A draft\n"}),
    ("playlist_id", "/api/playlists", {"title": "Silences"}),
    ("comment_id", "/api/grading/comments", {"text": "You stayed with it."}),
)
"""How somebody makes one of these."""
OPEN_TO_MORE: dict[str, tuple[str, ...]] = {}
"""Routes on which a role sees what others made, and why: see each."""


@dataclass
class World:
    """Encounters of every kind, and the cookie of whoever visits."""

    who: str
    encounters: dict[str, str] = field(default_factory=dict)
    """By place."""
    cookie: str = ""
    known: dict[str, str] = field(default_factory=dict)
    """Parameters of paths that are really there."""
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def hidden(self) -> list[str]:
        """What no answer may name; whoever looks after the house finds ids in its audit."""
        if self.who in ("administrator", LOCAL):
            return []
        return [each for place, each in self.encounters.items() if standing_of(self.who, place) == "none"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": OWN} | ({"Cookie": f"bedside={self.cookie}"} if self.cookie else {})


@pytest.fixture
def given(given: Services) -> Services:
    return replace(given, passwords=Passwords(QUICK))


async def practice(given: Services, owner: str) -> str:
    case, encounter_id = given.shelf.cases["ada-brook"], new_encounter_id()
    await given.store.create(case, Opened(encounter_id, case.case_id, case.case_version, case.digest), owner)
    return encounter_id


async def attempt(given: Services, learner: Account, staff: str = LOCAL) -> str:
    """Of somebody's, in a course of its own."""
    course = await a_course(given, staff)
    await enrolled(given, course.id, learner)
    return await an_attempt(given, await an_assignment(given, course.id), learner)


async def with_role(given: Services, who: str) -> Account:
    if who == LOCAL:
        return Account(LOCAL, LOCAL, LOCAL, ROLES)
    role: Role = next(role for role in ROLES if role == who)
    return await with_account(given, (role,), who)


async def world_of(given: Services, who: str) -> World:
    """What this visitor finds."""
    other, teacher = await with_account(given, name="Other"), await with_account(given, ("faculty",), "Teacher")
    world = World(who)
    if who in (*ROLES, LOCAL):
        me = await with_role(given, who)
        made = (
            await practice(given, me.id), await attempt(given, me, teacher.id), await attempt(given, other, me.id),
            await attempt(given, other, teacher.id), await practice(given, other.id),
        )  # fmt: skip
        world.encounters, owner = dict(zip(PLACES, made, strict=True)), me.id
    else:
        world.encounters = dict(zip(INVITED, [await practice(given, other.id) for _ in INVITED], strict=True))
        owner = await invited(given, who, world)
    world.cookie = await given.tickets.admit(owner) if owner else ""
    world.rows = await given.store.database.read(kept)
    return world


async def invited(given: Services, who: str, world: World) -> str:
    """The owner of a guest's sign-in."""
    here = world.encounters[INVITED[0]]
    match who:
        case "observer":
            await given.store.add_observer("obs_1", here)
            return f"{OBSERVER}obs_1"
        case "marker":
            name = f"mrk_1{INVITED_BY}{(await given.store.info(here)).owner}"
            await given.store.add_marker(name, here, "Dr Berg")
            return f"{MARKER}{name}"
        case "member":
            await given.store.add_board(Board("brd_1", LOCAL, "Week 3", "", (), True, "", utc_now()))
            world.known["board_id"] = "brd_1"
            return f"{MEMBER}brd_1:ann"
    return ""


def kept(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    tables = metadata.sorted_tables
    return {each.name: [dict(row) for row in connection.execute(select(each)).mappings()] for each in tables}


def put_back(connection: Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    for table in metadata.sorted_tables:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])


@dataclass(frozen=True)
class Operation:
    """A route, with a request that is right in its form."""

    key: str
    method: str
    path: str
    query: str
    body: Any


def operations(api: FastAPI) -> Iterator[Operation]:
    """Every route there is; test_access.py compares them with `PERMITS`."""
    described = api.openapi()
    yield from (Operation(f"GET {path}", "GET", path, "", None) for path in PAGES)
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            key = f"{method.upper()} {path}"
            query = urlencode(query_of(operation, described))
            yield Operation(key, method.upper(), path, query, body_of(key, operation, described))


def outcome(answer: Reply) -> str:
    """Which door shut, if any; what the room behind it says is its own affair."""
    if answer.code in BEFORE_THE_DOOR | TOO_FAR:
        return str(answer.status)
    return "404" if answer.code == NO_SUCH else "in"


def words(answer: Reply) -> Reply:
    """All that is answered, but for the reference, which is a new one each time."""
    return replace(answer, text=re.sub(r"e-[0-9a-f]{8}", "", answer.text))


@pytest.mark.parametrize("who", [pytest.param(who, id=f"{who}-{cells(who)}-cells") for who in EVERYBODY])
async def test_every_cell(api: FastAPI, given: Services, who: str) -> None:
    world, wrong = await world_of(given, who), []
    for one in operations(api):
        places = places_of(who) if ONE in one.path else ("",)
        hidden = any(expected(PERMITS[one.key], who, place) == "404" for place in places)
        none = await ask(api, world, one, "") if hidden else None
        for place in places:
            meant = expected(PERMITS[one.key], who, place)
            answer = await ask(api, world, one, place)
            if outcome(answer) != meant:
                wrong.append(f"{one.key} at {place!r}: {meant} expected, {answer.status} {answer.text[:160]}")
            if meant == "404" and none and words(none) != words(answer):
                wrong.append(f"{one.key} at {place!r} tells that it exists: {answer.text[:160]}")
            if any(each in answer.text for each in world.hidden):
                wrong.append(f"{one.key} at {place!r} tells of what is somebody else's")
            if answer.status < 300 and one.method != "GET":
                await given.store.database.write(lambda connection: put_back(connection, world.rows))
    wrong += [each async for each in on_the_wire(api, world)]
    assert not wrong, "\n" + "\n".join(wrong)


async def ask(api: FastAPI, world: World, one: Operation, place: str) -> Reply:
    """One request; `place` empty: for an encounter that is not there."""
    known = world.known | {"encounter_id": world.encounters.get(place, NOT_THERE)}
    return await http(api, one.method, path_of(one.path, known), one.query, one.body, world.headers)


async def theirs(api: FastAPI, given: Services) -> dict[str, str]:
    """What somebody else has made, by the parameter that means it in a path."""
    other = await with_account(given, ("educator", "faculty"), "Other")
    headers = {"Origin": OWN, "Cookie": f"bedside={await given.tickets.admit(other.id)}"}
    course = await a_course(given, other.id)
    found = {"course_id": course.id, "assignment_id": (await an_assignment(given, course.id)).id}
    for parameter, path, body in MADE:
        answer = await http(api, "POST", path, "", body, headers)
        assert answer.status in (200, 201, 202), answer
        found[parameter] = json.loads(answer.text)["id"]
    return found


@pytest.mark.parametrize("who", ROLES)
async def test_what_others_made_is_as_if_it_were_not(api: FastAPI, given: Services, who: Role) -> None:
    """Courses, assignments, boards, case files and the like, for somebody with the role but no part in them."""
    known, world, wrong = await theirs(api, given), World(who), []
    world.cookie = await given.tickets.admit((await with_account(given, (who,), "Me")).id)
    world.rows = await given.store.database.read(kept)
    named = [one for one in operations(api) if ONE not in one.path and any(f"{{{name}}}" in one.path for name in known)]
    assert len(named) > 30
    for one in named:
        there, nowhere = [await ask(api, replace(world, known=each), one, "") for each in (known, {})]
        if one.key not in OPEN_TO_MORE.get(who, ()) and words(there) != words(nowhere):
            wrong.append(f"{one.key}: {there.status} {there.text[:120]} but {nowhere.status} {nowhere.text[:120]}")
        if there.status < 300 and one.method != "GET":
            await given.store.database.write(lambda connection: put_back(connection, world.rows))
    assert not wrong, "\n" + "\n".join(wrong)


async def on_the_wire(api: FastAPI, world: World) -> AsyncIterator[str]:
    for key, more in ((MEETING, ""), (WATCHING, "&observe=1")):
        for place in places_of(world.who):
            query = f"encounter={world.encounters[place]}{more}"
            status, code = await wire(api, query, world.headers)
            meant = expected(PERMITS[key], world.who, place)
            found = "404" if code == NO_SUCH else "403" if code in TOO_FAR else "in" if status == 101 else str(status)
            if found != meant:
                yield f"{key} at {place!r}: {meant} expected, {status} {code}"
