"""What a client sends, checked: text frame -> one command. What is wrong is a `RequestError` that says how to mend it.

Standard events are validated with `openai.types.realtime`; the `bedside.*` ones with the small classes below.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import unicodedata
from math import isfinite
from typing import Annotated, Any, Literal

from openai.types import realtime
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.core.errors import RequestError
from server.core.sound.audio import BYTES_PER_SAMPLE, HIGHEST_HZ, LOWEST_HZ

LONGEST_TEXT = 2_000
DEEPEST = 20
MOST_DIGITS = 18
PCM_RATE = Annotated[int, Field(ge=LOWEST_HZ, le=HIGHEST_HZ)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    event_id: str | None = None


class Enter(Strict):
    """The learner goes in."""

    type: Literal["bedside.enter"]


class PlayedSoFar(Strict):
    """How much of a reply has left the loudspeaker."""

    type: Literal["bedside.played"]
    item_id: str
    audio_ms: int = Field(ge=0)


class DoAction(Strict):
    """Something the learner does, from the case's list."""

    type: Literal["bedside.action"]
    action: str


class HoldSilence(Strict):
    """A pause the learner held on purpose."""

    type: Literal["bedside.silence"]
    duration_ms: int = Field(ge=3_000, le=60_000)


class Pause(Strict):
    """The clock stops."""

    type: Literal["bedside.pause"]


class Resume(Strict):
    """The clock runs again."""

    type: Literal["bedside.resume"]


class End(Strict):
    """The learner ends the encounter; `stop` costs nothing and is not scored."""

    type: Literal["bedside.end"]
    reason: Literal["learner", "stop"] = "learner"


class BringForward(Strict):
    """Who watches, and may, brings a beat or a line against stalling forward."""

    type: Literal["bedside.cue"]
    beat: str = ""
    prompt: int | None = Field(default=None, ge=0)


class TakeBack(Strict):
    """Who brought it forward, or another who may, does not want it any more."""

    type: Literal["bedside.take_back"]
    beat: str = ""
    prompt: int | None = Field(default=None, ge=0)


class Jump(Strict):
    """In a try-out: the clock moves on."""

    type: Literal["bedside.jump"]
    to_ms: int = Field(ge=0)


class Force(Strict):
    """In a try-out: this beat is said now."""

    type: Literal["bedside.force"]
    beat: str


class InputFormat(Strict):
    type: Literal["audio/pcm"] = "audio/pcm"
    rate: PCM_RATE = 24_000


class ServerVad(BaseModel):
    """Hands-free. Fields that we do not use are accepted and ignored, as they are harmless defaults of clients."""

    model_config = ConfigDict(extra="forbid", strict=False)
    type: Literal["server_vad"]
    threshold: float | None = Field(default=None, ge=0.05, le=0.99)
    silence_duration_ms: int | None = Field(default=None, ge=200, le=4_000)
    prefix_padding_ms: int | None = None
    interrupt_response: bool | None = None
    create_response: Literal[True] | None = None
    idle_timeout_ms: None = None


class AudioInput(Strict):
    format: InputFormat | None = None
    turn_detection: ServerVad | None = None
    transcription: dict[str, Any] | None = None
    noise_reduction: None = None


class OutputFormat(Strict):
    type: Literal["audio/pcm"] = "audio/pcm"
    rate: Literal[24_000] = 24_000


class AudioOutput(Strict):
    format: OutputFormat | None = None


class Audio(Strict):
    input: AudioInput | None = None
    output: AudioOutput | None = None


class SessionSettings(Strict):
    """The part of a session that a client may change."""

    type: Literal["realtime"] = "realtime"
    output_modalities: list[Literal["audio", "text"]] | None = Field(default=None, min_length=1, max_length=1)
    audio: Audio | None = None


class UpdateSession(Strict):
    """`session.update`: turn detection, the input rate, the output modality."""

    type: Literal["session.update"]
    session: SessionSettings


Command = (
    Enter | PlayedSoFar | DoAction | HoldSilence | Pause | Resume | End | BringForward | TakeBack | Jump | Force
    | UpdateSession
    | realtime.InputAudioBufferAppendEvent | realtime.InputAudioBufferCommitEvent | realtime.InputAudioBufferClearEvent
    | realtime.ConversationItemCreateEvent | realtime.ConversationItemTruncateEvent
    | realtime.ResponseCreateEvent | realtime.ResponseCancelEvent
)  # fmt: skip

OURS: dict[str, type[BaseModel]] = {
    kind.model_fields["type"].annotation.__args__[0]: kind  # type: ignore[union-attr]
    for kind in (Enter, PlayedSoFar, DoAction, HoldSilence, Pause, Resume, End, BringForward, TakeBack, Jump, Force)
}
STANDARD: dict[str, type[BaseModel]] = {
    "session.update": UpdateSession,
    "input_audio_buffer.append": realtime.InputAudioBufferAppendEvent,
    "input_audio_buffer.commit": realtime.InputAudioBufferCommitEvent,
    "input_audio_buffer.clear": realtime.InputAudioBufferClearEvent,
    "conversation.item.create": realtime.ConversationItemCreateEvent,
    "conversation.item.truncate": realtime.ConversationItemTruncateEvent,
    "response.create": realtime.ResponseCreateEvent,
    "response.cancel": realtime.ResponseCancelEvent,
}
SEE = "See docs/protocol.md."
TYPE_NAME = re.compile(r"[a-z_.]{1,60}")
FIELD_NAME = re.compile(r"[a-z0-9_]{1,40}")
EVENT_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
REFUSED = frozenset({"conversation.item.delete", "conversation.item.retrieve", "output_audio_buffer.clear"})


def read(message: dict[str, Any]) -> Command:
    """The command in a message. Raises `RequestError`."""
    kind = message.get("type")
    if not isinstance(kind, str):
        raise _bad("The message has no `type`.", "bad_message", "type", "Send an object with a `type`.")
    if kind in REFUSED:
        raise _bad(f"`{kind}` is not supported here.", "not_supported", "type", SEE)
    model = OURS.get(kind) or STANDARD.get(kind)
    if model is None:
        named = f" `{kind}`" if TYPE_NAME.fullmatch(kind) else ""
        raise _bad(f"Unknown message type{named}.", "unknown_type", "type", SEE)
    try:
        return model.model_validate(message)  # type: ignore[return-value]
    except ValidationError as error:
        raise _explained(kind, error) from None


def event_id(message: dict[str, Any]) -> str:
    """The client's id of the message, to be given back with an error; only one that is an id is given back."""
    given = message.get("event_id")
    return given if isinstance(given, str) and EVENT_ID.fullmatch(given) else ""


def parse_json(frame: str) -> dict[str, Any]:
    """One JSON object: no repeated key, no NaN, no endless number, not nested too deep."""
    try:
        message = _DECODER.decode(frame)
    except RecursionError:
        raise _bad("The message is nested too deep.", "bad_json", "", f"At most {DEEPEST} levels.") from None
    except ValueError:
        raise _bad("The message is not valid JSON.", "bad_json", "", "Send one JSON object a frame.") from None
    if not isinstance(message, dict):
        raise _bad("The message is not a JSON object.", "bad_message", "", "Send an object with a `type`.")
    flat = not any(isinstance(value, dict | list) for value in message.values())
    if not flat and _depth(message) > DEEPEST:
        raise _bad("The message is nested too deep.", "bad_json", "", f"At most {DEEPEST} levels.")
    return message


def _bad(message: str, code: str, field: str, mend: str) -> RequestError:
    return RequestError(message, code=code, field=field, mend=mend)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _bad("A key is given twice.", "bad_json", "", "Give every key once.")
    return found


def _no_constant(name: str) -> float:
    raise _bad(f"{name} is not a number.", "bad_number", "", "Send finite numbers.")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise _bad(f"A number has {len(digits):,} digits.", "bad_number", "", f"At most {MOST_DIGITS} digits.")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise _bad("A number is too large.", "bad_number", "", "Send finite numbers.")
    return number


def _depth(value: object, level: int = 1) -> int:
    if level > DEEPEST + 1:
        return level
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(part, level + 1) for part in inner), default=level)


# made once: sound comes fifty times a second from everybody
_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_repeats, parse_constant=_no_constant, parse_int=_whole, parse_float=_finite
)


def _explained(kind: str, error: ValidationError) -> RequestError:
    """The first fault, by field. What was sent is not repeated: it may hold somebody's words."""
    first = error.errors(include_input=False, include_url=False)[0]
    parts = [str(part) for part in first["loc"] if not str(part)[:1].isupper()]
    field = ".".join(part if FIELD_NAME.fullmatch(part) else "?" for part in parts)
    if first["type"] == "string_unicode":
        return _bad("The text holds half a character.", "bad_text", field, "Send valid Unicode.")
    if kind == "session.update" and first["type"] == "extra_forbidden":
        mend = "This setting belongs to the case, not to the client."
        return _bad(f"`{kind}`: {field} is not taken.", "not_supported", field, mend)
    return _bad(f"`{kind}`: {field or 'message'}: {first['msg']}.", "bad_message", field, SEE)


def audio_bytes(event: realtime.InputAudioBufferAppendEvent) -> bytes:
    """The sound in an append. Raises `RequestError` for what is not whole PCM16 samples."""
    try:
        data = base64.b64decode(event.audio, validate=True)
    except (binascii.Error, ValueError):
        raise _bad("`audio` is not base64.", "audio_not_base64", "audio", "Encode PCM16 as base64.") from None
    if len(data) % BYTES_PER_SAMPLE:
        raise _bad("`audio` holds half a sample.", "audio_odd_length", "audio", "Send whole 16-bit samples.")
    return data


def typed_text(event: realtime.ConversationItemCreateEvent) -> str:
    """The text of a typed item. Raises `RequestError` for any other kind of item."""
    item = event.item
    if not isinstance(item, realtime.RealtimeConversationItemUserMessage):
        mend = "Send `input_text` parts."
        raise _bad("Only messages of role `user` may be created.", "not_supported", "item.role", mend)
    if any(part.type != "input_text" or part.text is None for part in item.content):
        mend = "Send sound with input_audio_buffer.append."
        raise _bad("Only `input_text` parts are taken here.", "not_supported", "item.content", mend)
    return clean_text(" ".join(part.text or "" for part in item.content))


def clean_text(text: str) -> str:
    """Typed words fit to be stored: NFC, no control or format characters. Raises `RequestError`."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _bad("The text holds half a character.", "bad_text", "item.content", "Send valid Unicode.")
    if len(text) > LONGEST_TEXT:
        long = f"The text is {len(text):,} characters; the limit is {LONGEST_TEXT:,}."
        raise _bad(long, "turn_too_long", "item.content", "Send it in parts.")
    kept = "".join(c if c not in "\r\n\t" else " " for c in unicodedata.normalize("NFC", text))
    kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip()
    if not kept:
        raise _bad("The text is empty.", "empty_turn", "item.content", "Type something, or wait in silence.")
    return kept
