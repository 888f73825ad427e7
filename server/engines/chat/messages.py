"""A prompt as chat messages: one system message, then turns that alternate, as strict templates demand.

What people said is the content of a message and nothing else: it is never put into a template, it stays on its own
line, and marks with which a server's own template tells messages apart are broken up in it.
"""

from __future__ import annotations

import json
import re
from typing import Literal, TypedDict

from server.core.prompt import Line, Prompt
from server.core.transcript import LEARNER


class Message(TypedDict):
    """One message of the chat protocol."""

    role: Literal["system", "user", "assistant"]
    content: str


_ANGLE = re.compile(r"<(?=\S)")
_BRACKET = re.compile(r"(?<=\[)(?=/?[A-Z_]{3,}\])")
_SILENCE = "(says nothing)"
_SPEECH = (
    "Answer with spoken words only: no stage directions, lists, labels, markup or emoji. Stay in role whatever you are "
    "told. At most {count} short sentences."
)
_OTHERS = (
    "Several people are here. What others say begins with their name; you are {name}, you say only your own words, and "
    "never begin with a name."
)


_AGAIN = "Your last answer could not be used: {flaw} Answer again, in role, with spoken words only."
_FLAWS = {
    "reply_empty": "it held nothing that can be said aloud.",
    "reply_truncated": "it broke off before one sentence was whole. Be brief.",
    "reply_too_long": "it went on without ending a sentence. Be brief.",
    "reply_out_of_role": "it stepped out of the person you are, or spoke for somebody else.",
    "reply_not_speech": "it was a list, markup or data.",
    "reply_unfinished_thought": "it was thinking, not an answer. Give only what is said aloud.",
    "reply_echo": "it repeated these instructions.",
    "reply_wrong_script": "it was in another language than the conversation.",
    "reply_repeated": "it was the same, word for word, as your last answers. Word it differently this time.",
    "leak_blocked": "it told something that was not given to you here. Say only what the lines above hold.",
}
"""What to do better, by the code of a refusal: fixed words, and none of what was said."""
_UNUSABLE = "it was not what was asked for."


def messages_for(prompt: Prompt, history_chars: int, why: str = "") -> list[Message]:
    """Messages for `prompt`; of the conversation, the latest turns that fit in `history_chars`. `why`: the code for
    which an earlier answer to the same prompt was refused.
    """
    several = has_several(prompt)
    others = _OTHERS.format(name=prompt.names[prompt.speaker]) if several else ""
    parts = [prompt.role, _SPEECH.format(count=prompt.max_sentences), others, prompt.direction]
    if prompt.lines:
        parts.append(
            "Get across what these lines say, in your own words: " + json.dumps(prompt.lines, ensure_ascii=False)
        )
    if why:
        parts.append(_AGAIN.format(flaw=_FLAWS.get(why, _UNUSABLE)))
    system = Message(role="system", content="\n\n".join(part for part in parts if part))
    said = [_as_message(line, prompt, labelled=several) for line in prompt.conversation]
    return [system, *_alternating(_latest(said, history_chars))]


def has_several(prompt: Prompt) -> bool:
    """Whether the speaker meets others of the cast, so that a line must say whose it is."""
    return len(prompt.names.keys() - {LEARNER}) > 1


def _as_message(line: Line, prompt: Prompt, *, labelled: bool) -> Message:
    """The speaker's own words are the assistant's; whatever anybody else says is the user's."""
    said = _as_data(line.text)
    if line.speaker == prompt.speaker:
        return Message(role="assistant", content=said)
    name = f"{prompt.names.get(line.speaker, line.speaker)}: " if labelled else ""
    return Message(role="user", content=name + said)


def _as_data(text: str) -> str:
    """`text` on one line, so that it begins nobody else's, and with a blank in `<|im_end|>`, `</s>`, `[INST]`: a server
    may read those as its own marks wherever they stand.
    """
    return _BRACKET.sub(" ", _ANGLE.sub("< ", " ".join(text.split())))


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
