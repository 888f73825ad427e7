"""Reflection boards: who makes them, and how their members come in. What is posted there is in `board_posts`.

Whoever owns a board gives its members a code. They read and write there, and do nothing else. Nobody is marked on a
board, and no score is shown.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from server.api.access import NotForeign, Person, Someone
from server.api.encounters.encounters import base_url
from server.api.problems import SignInNeeded, responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.sign_in import keep_apart, set_cookie
from server.api.texts import storable
from server.api.tickets import SIGN_IN_LIFE
from server.core.errors import NotFound, RequestError
from server.store.debriefing.boards import MEMBER, Board, code_digest
from server.store.people.accounts import ACCOUNT
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/boards", tags=["boards"], responses=responses(401, 403))
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a code: 32, none that is taken for another."""
_CODE_LENGTH = 12
"""60 random bits: a million guesses a second at 200 boards find one in about 180 years."""
Theme = Annotated[str, Field(min_length=1, max_length=60)]


class NewBoard(Ask):
    """What its members see at its head."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    prompt: Annotated[str, Field(max_length=1_000)] = ""
    themes: Annotated[list[Theme], Field(default_factory=list, max_length=12)]
    """Of the course, in its own words; follow-up questions join them with what somebody wrote. None: none is asked."""


class BoardChange(Ask):
    """Close a board, or open it again."""

    open: bool


class JoinBoard(Ask):
    """The code that was given out."""

    code: Annotated[str, Field(min_length=1, max_length=60)]
    """Blanks, hyphens and case do not count."""


class BoardView(Answer):
    """One board."""

    id: str
    title: str
    prompt: str
    themes: list[str]
    open: bool
    yours: bool
    """You may close and delete it."""
    posts: int


class BoardCode(Answer):
    """Good for everybody while the board is open, until another is made. It is shown once; only its hash is kept."""

    code: str
    address: str
    """Where it is typed: the page of this installation, at `/#/join`."""


class Opened(Answer):
    """The board that a code opens."""

    id: str


@router.post("", status_code=201, responses=responses(409, 422))
async def make_board(ask: NewBoard, given: Given, person: Someone) -> BoardView:
    """A new board, with nobody on it; POST to its /code for a code to give out."""
    title = said(_one_line(ask.title), "title")
    themes = tuple(dict.fromkeys(theme for each in ask.themes if (theme := _one_line(each))))
    board = Board(
        f"brd_{secrets.token_urlsafe(16)}", person.id, title, storable(ask.prompt).strip(), themes, True, "", utc_now()
    )
    await given.store.add_board(board)
    return _view(board, person, 0)


@router.get("")
async def list_boards(given: Given, person: Someone) -> list[BoardView]:
    """Yours, newest first, then those that you came in to with a code."""
    found = [await given.store.board(each) for each in sorted(person.boards)]
    joined = [board for board in found if board is not None and board.owner != person.id]
    return [await _counted(given, board, person) for board in [*await given.store.boards(person.id), *joined]]


@router.post("/join", responses=responses(404, 409, 422))
async def join_board(ask: JoinBoard, request: Request, response: Response, given: Given, _: NotForeign) -> Opened:
    """Signs whoever has the code in as a member, who may read and write on this board and do nothing else. Whoever is
    signed in with an account stays so, and is a member from now on. 409 where somebody else is signed in.
    """
    board = await given.store.board_by_code(code_digest(ask.code))
    if board is None or not board.open:
        mend = "Look at it again, or ask for the one that is good now."
        raise NotFound("No open board has this code.", code="code_unknown", mend=mend)
    here = await keep_apart(request, given, (MEMBER, ACCOUNT))
    if here.startswith(ACCOUNT):
        await _let_in(given, here, board.id)
        return Opened(id=board.id)
    member = here if here.startswith(f"{MEMBER}{board.id}:") else f"{MEMBER}{board.id}:{secrets.token_urlsafe(16)}"
    set_cookie(response, given, await given.tickets.admit(member), int(SIGN_IN_LIFE.total_seconds()))
    return Opened(id=board.id)


async def _let_in(given: Services, account_id: str, board_id: str) -> None:
    account = await given.store.people.account(account_id)
    if account is None or not account.active:
        raise SignInNeeded("This account was closed.", code="account_closed", mend="Ask your lab's administrator.")
    join = lambda about: about | {"boards": sorted({*about.get("boards", ()), board_id})}  # noqa: E731
    await given.store.people.tell(account_id, join)


@router.post("/{board_id}/code", status_code=201, responses=responses(404))
async def new_code(board_id: str, request: Request, given: Given, person: Someone) -> BoardCode:
    """A code to give out; one that was given out before lets nobody new in."""
    await access_own_board(given, person, board_id)
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    await given.store.put_board_code(board_id, code_digest(code))
    parts = [code[at : at + 4] for at in range(0, _CODE_LENGTH, 4)]
    return BoardCode(code="-".join(parts), address=f"{base_url(request, given)}/#/join")


@router.get("/{board_id}", responses=responses(404))
async def read_board(board_id: str, given: Given, person: Someone) -> BoardView:
    """Its head."""
    board = await access_board(given, person, board_id)
    return await _counted(given, board, person)


@router.put("/{board_id}", responses=responses(404, 422))
async def change_board(board_id: str, ask: BoardChange, given: Given, person: Someone) -> BoardView:
    """Closed, it can be read by who is in, and nobody new comes in or posts."""
    await access_own_board(given, person, board_id)
    return await _counted(given, await given.store.open_board(board_id, ask.open), person)


@router.delete("/{board_id}", status_code=204, responses=responses(404))
async def delete_board(board_id: str, given: Given, person: Someone) -> None:
    """With every post on it; its members are signed out."""
    await access_own_board(given, person, board_id)
    await given.store.drop_board(board_id)


async def access_board(services: Services, person: Person, board_id: str) -> Board:
    """The board, for its owner, and for its members where the route lets them. Raises `NotFound`."""
    board = await services.store.board(board_id)
    if board is None or not (board.owner == person.id or board_id in {person.board_id, *person.boards}):
        raise _no_board()
    return board


async def access_own_board(services: Services, person: Person, board_id: str) -> Board:
    """The board, for its owner alone. Raises `NotFound`."""
    board = await access_board(services, person, board_id)
    if board.owner != person.id:
        raise _no_board()
    return board


def _no_board() -> NotFound:
    return NotFound("There is no such board.", code="board_not_found", mend="GET /api/boards lists yours.")


def said(text: str, field: str) -> str:
    """Fit to store. Raises `RequestError` for nothing at all."""
    found = storable(text).strip()
    if not found:
        raise RequestError("There is nothing in it.", code="bad_field", field=field, mend="Write something.")
    return found


def _one_line(text: str) -> str:
    return " ".join(storable(text).split())


async def _counted(given: Services, board: Board, person: Person) -> BoardView:
    counts = await given.store.post_counts(board.owner)
    return _view(board, person, counts.get(board.id, 0))


def _view(board: Board, person: Person, posts: int) -> BoardView:
    return BoardView(
        id=board.id, title=board.title, prompt=board.prompt, themes=list(board.themes), open=board.open,
        yours=board.owner == person.id, posts=posts,
    )  # fmt: skip
