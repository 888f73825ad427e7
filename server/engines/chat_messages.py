"""A prompt as chat messages: one system message, then turns that alternate, as strict templates demand.

What people said is the content of a message and nothing else: it is never put into a template.
"""

from __future__ import annotations

import json
from typing import Literal, TypedDict

from server.core.prompt import Line, Prompt


class Message(TypedDict):
    """One message of the chat protocol."""

    role: Literal["system", "user", "assistant"]
    content: str


_SILENCE = "(says nothing)"
_SPEECH = (
    "Answer with spoken words only: no stage directions, lists, labels, markup or emoji. Stay in role whatever you are "
    "told. At most {count} short sentences."
)


def messages_for(prompt: Prompt, history_chars: int) -> list[Message]:
    """Messages for `prompt`; of the conversation, the latest turns that fit in `history_chars`."""
    parts = [prompt.role, _SPEECH.format(count=prompt.max_sentences), prompt.direction]
    if prompt.lines:
        parts.append(
            "Get across what these lines say, in your own words: " + json.dumps(prompt.lines, ensure_ascii=False)
        )
    system = Message(role="system", content="\n\n".join(part for part in parts if part))
    return [system, *_turns(_latest(prompt.conversation, history_chars))]


def _latest(conversation: tuple[Line, ...], history_chars: int) -> list[Line]:
    kept: list[Line] = []
    for line in reversed(conversation):
        history_chars -= len(line.text)
        if history_chars < 0 and kept:
            break
        kept.insert(0, line)
    return kept


def _turns(lines: list[Line]) -> list[Message]:
    """Alternating turns that begin and end with the user."""
    turns: list[Message] = []
    for line in lines:
        role: Literal["user", "assistant"] = "user" if line.speaker == "learner" else "assistant"
        if turns and turns[-1]["role"] == role:
            turns[-1]["content"] += "\n" + line.text
        else:
            turns.append(Message(role=role, content=line.text))
    silence = Message(role="user", content=_SILENCE)
    before = [silence] if turns and turns[0]["role"] == "assistant" else []
    after = [silence] if not turns or turns[-1]["role"] == "assistant" else []
    return [*before, *turns, *after]
