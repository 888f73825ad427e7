"""What is posted on a reflection board, by its members and by whoever owns it: everybody is asked in the same way."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Person, Someone
from server.api.debriefing.boards import access_board, said
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.core.debriefing.following_up import follow_ups
from server.core.errors import NotFound, RequestError
from server.store.debriefing.boards import Board
from server.store.debriefing.posts import Post
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/boards/{board_id}/posts", tags=["boards"], responses=responses(401, 403, 404))
SOMEBODY = "Somebody"
"""The name of who gives none."""


class NewPost(Ask):
    """What somebody writes."""

    name: Annotated[str, Field(max_length=100)] = ""
    """What they are called here; empty: Somebody."""
    text: Annotated[str, Field(min_length=1, max_length=8_000)]
    reply_to: Annotated[str, Field(max_length=64)] = ""
    """Id of the post that it answers, which is not an answer itself."""
    question: Annotated[str, Field(max_length=1_000)] = ""
    """The follow-up question of that post that it answers, to the letter."""


class PostView(Answer):
    """One post."""

    id: str
    name: str
    text: str
    reply_to: str
    question: str
    yours: bool
    """You wrote it."""
    by_owner: bool
    """Whoever owns the board wrote it, whatever name they gave."""
    may_take_back: bool
    posted_at: str
    follow_ups: list[str]
    """At most three questions that join a sentence of this post with a theme; no answer is given. None about an
    answer.
    """


@router.get("")
async def read_posts(board_id: str, given: Given, person: Someone) -> list[PostView]:
    """Oldest first, each with its follow-up questions."""
    board = await access_board(given, person, board_id)
    return [_view(post, board, person) for post in await given.store.posts(board_id)]


@router.post("", status_code=201, responses=responses(409, 422))
async def write_post(board_id: str, ask: NewPost, given: Given, person: Someone) -> PostView:
    """A post of one's own, or an answer to one, or to a follow-up question about one."""
    board = await access_board(given, person, board_id)
    text = said(ask.text, "text")
    if ask.question:
        await _require_asked(given, board_id, ask)
    asked = () if ask.reply_to else await asyncio.to_thread(_questions, text, board.themes)
    post = Post(
        f"post_{secrets.token_urlsafe(16)}", board_id, person.id, _named(ask.name), text, ask.reply_to, ask.question,
        asked, utc_now(),
    )  # fmt: skip
    await given.store.add_post(post)
    return _view(post, board, person)


@router.delete("/{post_id}", status_code=204)
async def take_back_post(board_id: str, post_id: str, given: Given, person: Someone) -> None:
    """One's own, with the answers to it; whoever owns the board may take back any."""
    board = await access_board(given, person, board_id)
    await given.store.drop_post(board_id, post_id, None if board.owner == person.id else person.id)


def _questions(text: str, themes: Sequence[str]) -> tuple[str, ...]:
    """A long text takes a quarter of a second, so this is done away from the event loop."""
    return tuple(each.question for each in follow_ups([text], themes))


def _named(name: str) -> str:
    return " ".join(storable(name).split()) or SOMEBODY


async def _require_asked(given: Services, board_id: str, ask: NewPost) -> None:
    """Only what was asked about a post stands as a question under it. Raises `NotFound` and `RequestError`."""
    answered = await given.store.post(board_id, ask.reply_to) if ask.reply_to else None
    if ask.reply_to and answered is None:
        raise NotFound("The post that this answers is not there any more.", code="post_not_found")
    if answered is None or ask.question not in answered.follow_ups:
        message = "That was not asked about the post that this answers."
        raise RequestError(message, code="bad_field", field="question", mend="Copy it from that post's follow_ups.")


def _view(post: Post, board: Board, person: Person) -> PostView:
    yours = post.author == person.id
    return PostView(
        id=post.id, name=post.name, text=post.text, reply_to=post.reply_to, question=post.question, yours=yours,
        by_owner=post.author == board.owner, may_take_back=yours or board.owner == person.id,
        posted_at=post.posted_at.isoformat(), follow_ups=list(post.follow_ups),
    )  # fmt: skip
