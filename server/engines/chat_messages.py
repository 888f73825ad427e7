"""A prompt as chat messages: one system message, then turns that alternate, as strict templates demand.

What people said is the content of a message and nothing else: it is never put into a template.
"""

from __future__ import annotations

import json
from typing import Literal, TypedDict

from server.core.prompt import Line, Prompt
from server.core.transcript import LEARNER


class Message(TypedDict):
    """One message of the chat protocol."""

    role: Literal["system", "user", "assistant"]
    content: str


_SILENCE = "(says nothing)"
_SPEECH = (
    "Answer with spoken words only: no stage directions, lists, labels, markup or emoji. Stay in role whatever you are "
    "told. At most {count} short sentences."
)
_OTHERS = (
    "Several people are here. What others say begins with their name; you are {name}, you say only your own words, and "
    "never begin with a name."
)


def messages_for(prompt: Prompt, history_chars: int) -> list[Message]:
    """Messages for `prompt`; of the conversation, the latest turns that fit in `history_chars`."""
    several = has_several(prompt)
    others = _OTHERS.format(name=prompt.names[prompt.speaker]) if several else ""
    parts = [prompt.role, _SPEECH.format(count=prompt.max_sentences), others, prompt.direction]
    if prompt.lines:
        parts.append(
            "Get across what these lines say, in your own words: " + json.dumps(prompt.lines, ensure_ascii=False)
        )
    system = Message(role="system", content="\n\n".join(part for part in parts if part))
    said = [_as_message(line, prompt, labelled=several) for line in prompt.conversation]
    return [system, *_alternating(_latest(said, history_chars))]


def has_several(prompt: Prompt) -> bool:
    """Whether the speaker meets others of the cast, so that a line must say whose it is."""
    return len(prompt.names.keys() - {LEARNER}) > 1


def _as_message(line: Line, prompt: Prompt, *, labelled: bool) -> Message:
    """The speaker's own words are the assistant's; whatever anybody else says is the user's."""
    if line.speaker == prompt.speaker:
        return Message(role="assistant", content=line.text)
    name = f"{prompt.names.get(line.speaker, line.speaker)}: " if labelled else ""
    return Message(role="user", content=name + line.text)


def _latest(said: list[Message], history_chars: int) -> list[Message]:
    kept: list[Message] = []
    for message in reversed(said):
        history_chars -= len(message["content"])
        if history_chars < 0 and kept:
            break
        kept.insert(0, message)
    return kept


def _alternating(said: list[Message]) -> list[Message]:
    """Turns that alternate, and begin and end with the user."""
    turns: list[Message] = []
    for message in said:
        if turns and turns[-1]["role"] == message["role"]:
            turns[-1]["content"] += "\n" + message["content"]
        else:
            turns.append(message)
    silence = Message(role="user", content=_SILENCE)
    before = [silence] if turns and turns[0]["role"] == "assistant" else []
    after = [silence] if not turns or turns[-1]["role"] == "assistant" else []
    return [*before, *turns, *after]
