"""Reflection boards: what a cohort writes for each other, and the code by which they come in.

A board has a code that works for everybody until another is made or the board is closed; only its hash is kept. What
is posted is in `server.store.debriefing.posts`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from server.core.errors import Conflict, NotFound
from server.store.sql.tables import boards, sign_ins
from server.store.sql.texts import from_json, to_json

MEMBER = "member:"
"""Before `BOARD:PERSON` this is the owner of a member's sign-in, and the author of their posts."""
MOST_BOARDS = 200
"""Of one owner."""


@dataclass(frozen=True)
class Board:
    """One board."""

    id: str
    owner: str
    title: str
    prompt: str
    """What its members are asked to write about."""
    themes: tuple[str, ...]
    """Of the course; follow-up questions join them with what somebody wrote."""
    open: bool
    """False: it can be read, and nobody new comes in or posts."""
    code: str
    """SHA-256 of the code; empty: none was made yet."""
    made_at: datetime


def code_digest(code: str) -> str:
    """What is kept of a code; blanks, hyphens and case do not count."""
    return hashlib.sha256("".join(code.split()).replace("-", "").upper().encode("utf-8", "surrogatepass")).hexdigest()


def add_board(connection: Connection, board: Board) -> None:
    """Raises `Conflict` when its owner has as many as may be."""
    query = select(func.count()).select_from(boards).where(boards.c.owner == board.owner)
    if connection.execute(query).scalar_one() >= MOST_BOARDS:
        raise Conflict(f"There are {MOST_BOARDS} boards already.", code="boards_full", mend="Delete one.")
    row = {"id": board.id, "owner": board.owner, "body": _body(board), "made_at": board.made_at}
    connection.execute(insert(boards), row)


def find_board(connection: Connection, board_id: str) -> Board | None:
    row = connection.execute(select(boards).where(boards.c.id == board_id)).first()
    return None if row is None else _board(row)


def find_board_by_code(connection: Connection, digest: str) -> Board | None:
    """Looks through all boards, at most `MOST_BOARDS` of each owner: who comes in does so once a day."""
    found = connection.execute(select(boards).where(boards.c.body.contains(digest, autoescape=True)))
    return next((board for row in found if (board := _board(row)).code == digest), None)


def boards_of(connection: Connection, owner: str) -> list[Board]:
    """Newest first."""
    query = select(boards).where(boards.c.owner == owner).order_by(boards.c.made_at.desc(), boards.c.id)
    return [_board(row) for row in connection.execute(query)]


def set_open(connection: Connection, board_id: str, to: bool) -> Board:
    """Close it, or open it again. Raises `NotFound`."""
    return _keep(connection, replace(_locked(connection, board_id), open=to))


def set_code(connection: Connection, board_id: str, digest: str) -> Board:
    """The one before is good no more. Raises `NotFound`."""
    return _keep(connection, replace(_locked(connection, board_id), code=digest))


def drop_board(connection: Connection, board_id: str) -> None:
    """With every post, and the sign-ins of its members. Raises `NotFound`."""
    if not connection.execute(delete(boards).where(boards.c.id == board_id)).rowcount:
        raise _no_board()
    connection.execute(delete(sign_ins).where(sign_ins.c.owner.startswith(f"{MEMBER}{board_id}:", autoescape=True)))


def _locked(connection: Connection, board_id: str) -> Board:
    """Two changes at once are made one after the other. Raises `NotFound`."""
    row = connection.execute(select(boards).where(boards.c.id == board_id).with_for_update()).first()
    if row is None:
        raise _no_board()
    return _board(row)


def _keep(connection: Connection, board: Board) -> Board:
    connection.execute(update(boards).where(boards.c.id == board.id).values(body=_body(board)))
    return board


def _no_board() -> NotFound:
    return NotFound("There is no such board.", code="board_not_found")


def _body(board: Board) -> str:
    return to_json(
        {
            "title": board.title, "prompt": board.prompt, "themes": list(board.themes), "open": board.open,
            "code": board.code,
        }
    )  # fmt: skip


def _board(row: Row[Any]) -> Board:
    body = from_json(row.body)
    themes = tuple(body["themes"])
    return Board(row.id, row.owner, body["title"], body["prompt"], themes, body["open"], body["code"], row.made_at)
