"""What is posted on a reflection board. A post is its author's; they may take it back, and the board's owner may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from server.core.errors import Conflict, NotFound
from server.store.debriefing.boards import find_board
from server.store.sql.tables import boards, posts
from server.store.sql.texts import from_json, to_json

MOST_POSTS = 500
"""On one board."""


@dataclass(frozen=True)
class Post:
    """What one person wrote."""

    id: str
    board_id: str
    author: str
    name: str
    """As they call themselves here."""
    text: str
    reply_to: str
    """Id of the post that it answers; empty: it stands by itself."""
    question: str
    """The follow-up question of that post that it answers; empty for none."""
    follow_ups: tuple[str, ...]
    """What was asked about it when it was posted; it stays so, because answers name what they answer."""
    posted_at: datetime


def add_post(connection: Connection, post: Post) -> None:
    """Raises `NotFound` for a board or a post to answer that is not there, `Conflict` where it is closed or full."""
    board = find_board(connection, post.board_id)
    if board is None:
        raise NotFound("There is no such board.", code="board_not_found")
    if not board.open:
        raise Conflict("This board is closed: it can be read.", code="board_closed")
    if post_counts(connection, board.owner).get(post.board_id, 0) >= MOST_POSTS:
        raise Conflict(f"This board holds {MOST_POSTS} posts, and no more.", code="board_full", mend="Begin another.")
    if post.reply_to:
        _require_answerable(connection, post)
    body = to_json(
        {
            "name": post.name, "text": post.text, "reply_to": post.reply_to, "question": post.question,
            "follow_ups": list(post.follow_ups),
        }
    )  # fmt: skip
    row = {"id": post.id, "board_id": post.board_id, "author": post.author, "body": body, "posted_at": post.posted_at}
    connection.execute(insert(posts), row)


def find_post(connection: Connection, board_id: str, post_id: str) -> Post | None:
    """None also when it is on another board."""
    row = connection.execute(select(posts).where(posts.c.id == post_id, posts.c.board_id == board_id)).first()
    return None if row is None else _post(row)


def posts_of(connection: Connection, board_id: str) -> list[Post]:
    """Oldest first."""
    query = select(posts).where(posts.c.board_id == board_id).order_by(posts.c.posted_at, posts.c.id)
    return [_post(row) for row in connection.execute(query)]


def post_counts(connection: Connection, owner: str) -> dict[str, int]:
    """By board of this owner; a board without a post is not among them."""
    joined = select(posts.c.board_id, func.count()).join(boards, boards.c.id == posts.c.board_id)
    query = joined.where(boards.c.owner == owner).group_by(posts.c.board_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def drop_post(connection: Connection, board_id: str, post_id: str, author: str | None) -> None:
    """Take a post back, with the answers to it, if `author` wrote it; None: whoever did. Raises `NotFound`."""
    found = find_post(connection, board_id, post_id)
    if found is None or author not in (None, found.author):
        raise NotFound("There is no such post of yours.", code="post_not_found")
    answers = [post.id for post in posts_of(connection, board_id) if post.reply_to == post_id]
    connection.execute(delete(posts).where(posts.c.id.in_([post_id, *answers])))


def _require_answerable(connection: Connection, post: Post) -> None:
    """Raises `NotFound`, and `Conflict` for an answer to an answer."""
    first = find_post(connection, post.board_id, post.reply_to)
    if first is None:
        raise NotFound("The post that this answers is not there any more.", code="post_not_found")
    if first.reply_to:
        mend = "Answer the post that it stands under."
        raise Conflict("Answers are not answered themselves.", code="answer_to_answer", mend=mend)


def _post(row: Row[Any]) -> Post:
    body = from_json(row.body)
    follow_ups = tuple(body.pop("follow_ups"))
    return Post(row.id, row.board_id, row.author, **body, follow_ups=follow_ups, posted_at=row.posted_at)
