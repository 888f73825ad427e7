"""The nouns of the Realtime protocol: items and responses, made of turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from server.core.events import CutReason
from server.core.transcript import Turn

Message = dict[str, Any]
STOPPED = frozenset({*get_args(CutReason), "superseded", "paused", "unheard", "truncated"})
"""Why a reply came to nothing although nothing was wrong with it."""


def speaker(turn: Turn, names: Mapping[str, str]) -> dict[str, str]:
    """Who speaks: under our own names, since the protocol knows only one assistant."""
    return {"bedside_speaker": turn.speaker, "bedside_speaker_name": names.get(turn.speaker, turn.speaker)}


def user_item(item_id: str, content: Message, status: str = "completed") -> Message:
    return {
        "id": item_id,
        "object": "realtime.item",
        "type": "message",
        "role": "user",
        "status": status,
        "content": [content],
    }


def assistant_item(turn: Turn, status: str, content: list[Message], who: Mapping[str, str]) -> Message:
    return {
        "id": turn.id,
        "object": "realtime.item",
        "type": "message",
        "role": "assistant",
        "status": status,
        "content": content,
        **who,
    }


def content(turn: Turn, spoken: bool) -> Message:
    return {"type": "output_audio", "transcript": turn.text} if spoken else {"type": "output_text", "text": turn.text}


def response(turn: Turn, status: str, output: list[Message], spoken: bool, who: Mapping[str, str]) -> Message:
    made: Message = {
        "id": response_id(turn),
        "object": "realtime.response",
        "status": status,
        "output": output,
        "output_modalities": ["audio" if spoken else "text"],
        "metadata": dict(who),
    }
    if status == "cancelled":
        reason = "turn_detected" if turn.talked_over or turn.failed == "superseded" else "client_cancelled"
        made["status_details"] = {"type": "cancelled", "reason": reason}
    if status == "failed":
        made["status_details"] = {"type": "failed", "error": {"type": "server_error", "code": turn.failed}}
    return made


def response_id(turn: Turn) -> str:
    return f"resp_{turn.id}"


def status_of(turn: Turn) -> Literal["completed", "cancelled", "failed"]:
    """A reply that nobody stopped and that came to nothing has failed."""
    if turn.failed and turn.failed not in STOPPED:
        return "failed"
    return "cancelled" if turn.cut or turn.failed else "completed"


def item_status(turn: Turn) -> Literal["completed", "incomplete"]:
    return "completed" if status_of(turn) == "completed" else "incomplete"
