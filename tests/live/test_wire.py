"""The protocol itself: every message we can send is a valid one, and every bad one we get has a name."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any, get_args

import pytest
from openai.types.realtime import RealtimeServerEvent
from pydantic import TypeAdapter
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from server.core.encounter import NoticeCode
from server.core.errors import RequestError
from server.core.events import (
    Acted,
    Cut,
    Ended,
    Entered,
    Event,
    Paused,
    Played,
    Reflected,
    ReplyFailed,
    ReplyWritten,
    Resumed,
    SentenceReady,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
    SpeechUnclear,
    Truncated,
    TurnClosed,
    Typed,
)
from server.core.sound.audio import silence
from server.core.sound.endpoint import Patience
from server.core.virtual import virtual_room
from server.live.conductor import Committed
from server.live.scene import names_of
from server.live.tuning import Tuning
from server.live.wire_in import clean_text, event_id, parse_json, read, typed_text
from server.live.wire_out import Scribe
from server.live.wording import NOTICES
from tests.live.room import MemoryLog, ScriptedHearing, Service, TestEngines, service, small_case

SERVER_EVENT: TypeAdapter[Any] = TypeAdapter(RealtimeServerEvent)
CANARY = "xyzzy-canary"


def kinds_of(union: Any) -> set[str]:
    """The `type`s that a union of the official library knows."""
    members = get_args(get_args(union)[0]) or get_args(union)
    return {get_args(member.model_fields["type"].annotation)[0] for member in members}


# what we send


def told(events: list[Event], *, sound: bool) -> list[dict[str, Any]]:
    """The messages of a whole encounter, and of a connection that opens on it."""
    room = virtual_room(small_case())
    scribe, messages = Scribe(sound=sound, names=names_of(room.encounter)), []
    for seq, event in enumerate(events, 2):
        before = len(room.effects)
        room.offer(event)
        for reply in [turn for turn in room.encounter.turns if not turn.closed and turn.sentences]:
            messages += scribe.caption_at(reply, reply.audio_ms // 2)
            messages.append(scribe.audio(reply.id, silence(20, 24_000)))
        step = Committed(seq, event, room.encounter, tuple(room.effects[before:]))
        messages += scribe.committed(step)
    for turn in room.encounter.turns:
        messages += scribe.recall(turn)
    tuning = Tuning(True, Patience())
    messages += [
        *scribe.greeting(room.encounter, tuning.describe(room.encounter), room.encounter.turns, (), observing=True),
        scribe.message("session.updated", session=tuning.describe(room.encounter)),
        scribe.message("input_audio_buffer.cleared"),
        scribe.error(RequestError("No.", code="no", field="item"), "evt_mine"),
        scribe.timer(room.encounter),
    ]
    return messages


def reply(number: int, audio_ms: int, ending: Event) -> list[Event]:
    name = f"reply_{number}"
    return [SentenceReady(name, 0, "Good afternoon, nurse.", audio_ms), ReplyWritten(name), ending]


def everything(audio_ms: int) -> list[Event]:
    """An encounter in which everything happens that can be told."""
    return [
        Entered(),
        *reply(1, audio_ms, Played("reply_1", audio_ms)),
        Truncated("reply_1", audio_ms // 2),
        Typed("item_1", "Hello."),
        TurnClosed(),
        *reply(3, audio_ms, Cut("reply_3", audio_ms // 2, "barge_in")),
        SpeechBegan("clip_1"),
        SpeechEnded("clip_1", 900),
        SpeechHeard("clip_1", "Thank you.", 90),
        ReplyFailed("reply_5", "late"),
        SpeechBegan("clip_2"),
        SpeechEnded("clip_2", 900),
        SpeechUnclear("clip_2", "no_words"),
        Acted("act_1", "sit"),
        Paused(),
        Resumed(),
        Ended("learner"),
        Reflected(),
    ]


@pytest.mark.parametrize(("sound", "audio_ms"), [(True, 2000), (False, 0)])
def test_every_message_is_a_valid_standard_event_or_one_of_ours(sound: bool, audio_ms: int) -> None:
    standard, sent = kinds_of(RealtimeServerEvent), set()
    for message in told(everything(audio_ms), sound=sound):
        json.dumps(message, allow_nan=False)
        sent.add(message["type"])
        if message["type"].startswith("bedside."):
            continue
        assert message["type"] in standard
        assert SERVER_EVENT.validate_python(message).type == message["type"]
    assert len(sent) > 15


def test_event_ids_are_sequence_and_number_and_never_repeat() -> None:
    ids = [message["event_id"] for message in told(everything(1000), sound=True)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"evt_\d+_\d+", name) for name in ids)


def test_a_reply_that_failed_and_one_that_was_stopped_are_told_apart() -> None:
    done = [m["response"] for m in told(everything(1000), sound=True) if m["type"] == "response.done"]
    assert [response["status"] for response in done] == ["completed", "cancelled", "failed"]


def test_captions_never_show_more_than_was_heard() -> None:
    messages = told(everything(2000), sound=True)
    captions: dict[str, str] = {}
    for message in messages:
        if message["type"] == "response.output_audio_transcript.delta":
            captions[message["item_id"]] = captions.get(message["item_id"], "") + message["delta"]
        if message["type"] == "response.output_audio_transcript.done":
            assert captions.get(message["item_id"], "") == message["transcript"]


def test_whoever_speaks_is_named_wherever_they_are_heard_of() -> None:
    messages = told(everything(1000), sound=True)
    responses = [message["response"]["metadata"] for message in messages if "response" in message]
    items = [m["item"] for m in messages if m["type"].startswith("conversation.item") and "item" in m]
    theirs = [item for item in items if item["role"] == "assistant"]
    shown = [message for message in messages if message["type"] == "bedside.shown" and message["kind"] == "shown"]
    assert responses
    assert theirs
    assert {who["bedside_speaker_name"] for who in (*responses, *theirs)} == {"Amir Khan"}
    assert {message["speaker_name"] for message in shown} <= {"Amir Khan"}


def test_every_notice_has_its_words() -> None:
    assert set(NOTICES) == set(get_args(NoticeCode))


# what we get


def item(text: str, **more: Any) -> dict[str, Any]:
    content = [{"type": "input_text", "text": text}]
    body = {"type": "message", "role": "user", "content": content} | more
    return {"type": "conversation.item.create", "item": body}


def audio(data: str) -> dict[str, Any]:
    return {"type": "input_audio_buffer.append", "audio": data}


BAD: dict[str, tuple[str | dict[str, Any], str]] = {
    "W11 negative": ({"type": "bedside.played", "item_id": "r", "audio_ms": -1}, "bad_message"),
    "W11 fraction": ({"type": "bedside.played", "item_id": "r", "audio_ms": 1.5}, "bad_message"),
    "W11 text": ({"type": "bedside.played", "item_id": "r", "audio_ms": "3"}, "bad_message"),
    "W11 true": ({"type": "bedside.played", "item_id": "r", "audio_ms": True}, "bad_message"),
    "W11 null": ({"type": "bedside.played", "item_id": "r", "audio_ms": None}, "bad_message"),
    "W12 no JSON": (f"{CANARY}", "bad_json"),
    "W12 empty": ("", "bad_json"),
    "W13 array": ("[1]", "bad_message"),
    "W13 number": ("7", "bad_message"),
    "W13 text": (f'"{CANARY}"', "bad_message"),
    "W13 null": ("null", "bad_message"),
    "W14 unknown": ({"type": "bedside.dance"}, "unknown_type"),
    "W14 unknown and odd": ({"type": f"{CANARY} I am afraid"}, "unknown_type"),
    "W14 no type": ({"text": CANARY}, "bad_message"),
    "W15 missing": ({"type": "bedside.action"}, "bad_message"),
    "W15 extra": ({"type": "bedside.pause", f"{CANARY} why": 1}, "bad_message"),
    "W15 role": (item(CANARY, role="assistant", content=[{"type": "output_text", "text": CANARY}]), "not_supported"),
    "W15 system": (item(CANARY, role="system"), "not_supported"),
    "W15 instructions": (
        {"type": "session.update", "session": {"type": "realtime", "instructions": CANARY}},
        "not_supported",
    ),
    "W15 tools": ({"type": "session.update", "session": {"type": "realtime", "tools": []}}, "not_supported"),
    "W15 delete": ({"type": "conversation.item.delete", "item_id": "x"}, "not_supported"),
    "W15 response": ({"type": "response.create", "response": {"instructions": CANARY}}, "not_supported"),
    "W16 NaN": ('{"type": "bedside.silence", "duration_ms": NaN}', "bad_number"),
    "W16 Infinity": ('{"type": "bedside.silence", "duration_ms": -Infinity}', "bad_number"),
    "W16 too large": ('{"type": "bedside.silence", "duration_ms": 1e999}', "bad_number"),
    "W17 twice": ('{"type": "bedside.pause", "type": "bedside.end"}', "bad_json"),
    "W18 nested": ("[" * 100_000, "bad_json"),
    "W18 nested a little": ('{"type": ' + "[" * 30 + "]" * 30 + "}", "bad_json"),
    "W19 digits": ('{"type": "bedside.silence", "duration_ms": ' + "9" * 5000 + "}", "bad_number"),
    "W20 id": (item("Hello.", id=f"{CANARY} ü"), "bad_item_id"),
    "W20 long id": (item("Hello.", id="x" * 500_000), "bad_item_id"),
    "W23 empty": (item(""), "empty_turn"),
    "W23 spaces": (item(" \n\t"), "empty_turn"),
    "W23 zero width": (item("\u200b\u2060\ufeff"), "empty_turn"),
    "W24 long": (item(CANARY + "x" * (2001 - len(CANARY))), "turn_too_long"),
    "W25 surrogate": ('{"type":"conversation.item.create","item":{"type":"message","role":"user",'
                      '"content":[{"type":"input_text","text":"a\\ud800"}]}}', "bad_text"),
    "W25 surrogate id": (r'{"type":"bedside.action","action":"\ud800"}', "unknown_action"),
    "A1 odd": (audio("AAAA"), "audio_odd_length"),
    "A1 base64": (audio(f"{CANARY}!"), "audio_not_base64"),
    "rate": (
        {"type": "session.update", "session": {"audio": {"input": {"format": {"rate": 1}}}}},
        "bad_message",
    ),
    "image": (
        item("", content=[{"type": "input_image", "image_url": CANARY}]),
        "not_supported",
    ),
}  # fmt: skip


def raw(running: Service) -> connect:
    """A client that is free to send what no Realtime client would."""
    return connect(f"{running.url}/realtime?encounter=enc_1", max_queue=None)


async def answers(frames: list[Any]) -> list[dict[str, Any]]:
    """What each frame is answered with, by the real service; after them all, the encounter must go on."""
    log = MemoryLog()
    async with service(log, TestEngines(transcriber=ScriptedHearing([]))) as running:
        log.create(small_case(), "enc_1")
        found = []
        for frame in frames:
            async with raw(running) as socket:
                await until(socket, "bedside.timer")
                await socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))
                found.append(await until(socket, "error"))
                await socket.send(json.dumps({"type": "session.update", "session": {}}))
                await until(socket, "session.updated")
        assert (await running.rooms.snapshot("enc_1")).phase in ("prebrief", "encounter")
        return found


async def until(socket: Any, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while True:
            message: dict[str, Any] = json.loads(await socket.recv())
            if message["type"] == kind:
                return message


async def test_every_bad_message_has_its_name_repeats_nothing_and_harms_nothing() -> None:
    found = await answers([frame for frame, _ in BAD.values()])
    assert {name: answer["error"]["code"] for name, answer in zip(BAD, found, strict=True)} == {
        name: code for name, (_, code) in BAD.items()
    }
    for answer in found:
        assert CANARY not in json.dumps(answer)
        assert answer["error"]["message"]
        SERVER_EVENT.validate_python(answer)


async def test_a_binary_frame_is_named() -> None:
    assert [answer["error"]["code"] for answer in await answers([b"\x00\x01"])] == ["binary_frame"]


async def test_a_message_that_is_too_long_says_how_long_and_what_is_allowed() -> None:
    (answer,) = await answers([BAD["W24 long"][0]])
    assert "2,001 characters; the limit is 2,000" in answer["error"]["message"]


async def test_five_bad_messages_in_a_minute_end_the_connection_after_the_last_was_answered() -> None:
    log = MemoryLog()
    async with service(log, TestEngines()) as running:
        log.create(small_case(), "enc_1")
        async with raw(running) as socket:
            for _ in range(5):
                await socket.send("{")
            errors = 0
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    errors += json.loads(await socket.recv())["type"] == "error"
            assert errors == 5
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4400


async def test_what_is_right_at_another_time_is_not_held_against_anybody() -> None:
    """W21, W22: an id that is stored already is a conflict, however often it comes, and nothing is stored twice."""
    log = MemoryLog()
    async with service(log, TestEngines(voice=None)) as running:
        log.create(small_case(), "enc_1")
        async with raw(running) as socket:
            for text in ["Hello.", *["Hello."] * 9, "Something else."]:
                await socket.send(json.dumps(item(text, id="mine")))
            for _ in range(10):
                assert (await until(socket, "error"))["error"]["code"] == "item_id_reused"
        typed = [entry for entry in log.entries["enc_1"] if isinstance(entry.event, Typed)]
        assert len(typed) == 1


async def test_sound_that_comes_faster_than_speech_is_refused() -> None:
    """A4. A minute ahead is welcome: a file; more is a flood."""
    log = MemoryLog()
    async with service(log, TestEngines(transcriber=ScriptedHearing([]))) as running:
        log.create(small_case(), "enc_1")
        async with raw(running) as socket:
            await socket.send(
                json.dumps({"type": "session.update", "session": {"audio": {"input": {"format": {"rate": 8000}}}}})
            )
            quiet = "A" * (8000 * 2 * 30 // 3 * 4)
            with pytest.raises(ConnectionClosed) as closed:
                for _ in range(4):
                    await socket.send(json.dumps(audio(quiet)))
                while True:
                    await socket.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4429


async def test_an_empty_frame_of_sound_is_nothing() -> None:
    """A2. It does not even open the door."""
    log = MemoryLog()
    async with service(log, TestEngines(transcriber=ScriptedHearing([]))) as running:
        log.create(small_case(), "enc_1")
        async with raw(running) as socket:
            await socket.send(json.dumps(audio("")))
            await socket.send(json.dumps({"type": "session.update", "session": {}}))
            await until(socket, "session.updated")
            assert (await running.rooms.snapshot("enc_1")).phase == "prebrief"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        ("a\u202eb", "ab"),
        ("a\U000e0041b", "ab"),
        ("  two\nlines ", "two lines"),
        ("e\u0301", "\u00e9"),
        ("Grüße 👋", "Grüße 👋"),
        ("x" * 2000, "x" * 2000),
    ],
)
def test_typed_words_are_cleaned(typed: str, kept: str) -> None:
    """W26."""
    assert clean_text(typed) == kept


def test_parts_of_one_item_are_one_text() -> None:
    content = [{"type": "input_text", "text": "Hello."}, {"type": "input_text", "text": "How are you?"}]
    assert typed_text(read(item("", content=content))) == "Hello. How are you?"  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["\ud800", CANARY + " words of somebody", "x" * 65, 7, None, ["a"]])
def test_only_an_id_is_given_back_as_an_id(given: object) -> None:
    assert event_id({"event_id": given}) == ""
    assert event_id({"event_id": "event_abc-1"}) == "event_abc-1"


def test_deep_nesting_is_refused_at_once() -> None:
    with pytest.raises(RequestError):
        parse_json("[" * 500_000)
