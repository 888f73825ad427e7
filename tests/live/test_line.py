"""The line to one client: bounded, in order, and never waited for by those who speak."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.websockets import WebSocket, WebSocketState

from server.core.errors import RequestError
from server.live import socket
from server.live.socket import BAD_WINDOW_MS, CLOGGED, UNSENT_BYTES, BadMessages, Hangup, Inflow, Line
from tests.live.learner import meet
from tests.live.room import MemoryLog, TestEngines, service, small_case

LIVE = Path(socket.__file__).parent


class Wire:
    """A socket whose client reads when it likes."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.reads = asyncio.Event()

    async def send_text(self, text: str) -> None:
        await self.reads.wait()
        self.sent.append(json.loads(text))


def a_line() -> tuple[Wire, Line]:
    wire = Wire()
    return wire, Line(wire)  # type: ignore[arg-type]


def audio(reply: str, number: int) -> dict[str, Any]:
    return {"type": "response.output_audio.delta", "item_id": reply, "number": number}


async def run(line: Line) -> Hangup:
    with pytest.raises(Hangup) as end:
        await line.run()
    return end.value


async def test_a_goodbye_comes_after_what_was_said_and_nothing_after_it() -> None:
    wire, line = a_line()
    wire.reads.set()
    line.send({"type": "a"})
    line.send({"type": "b"})
    line.hang_up(1012, "restarting")
    line.send({"type": "c"})
    line.hang_up(4409, "elsewhere")
    end = await run(line)
    assert ([message["type"] for message in wire.sent], end.code) == (["a", "b"], 1012)


async def test_sound_of_a_reply_that_was_cut_is_not_sent_any_more() -> None:
    wire, line = a_line()
    for number in range(CLOGGED):
        line.send(audio("reply_1", number))
    assert not line.clogged
    line.send({"type": "response.done"})
    line.send(audio("reply_2", 0))
    assert line.clogged
    line.drop_audio("reply_1")
    assert not line.clogged
    wire.reads.set()
    line.hang_up(1000, "done")
    await run(line)
    assert [message["type"] for message in wire.sent] == ["response.done", "response.output_audio.delta"]


async def test_a_client_that_does_not_read_is_hung_up_on_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "SEND_LIMIT_S", 0.01)
    _, line = a_line()
    for number in range(UNSENT_BYTES // 6_400 + 1):
        line.send(audio("reply_1", number) | {"delta": "A" * 6_400})
        assert line.waiting_bytes <= UNSENT_BYTES
    assert line.leaving.is_set()
    assert (await run(line)).code == 4408


async def test_a_client_that_reads_is_told_of_an_hour_at_once() -> None:
    """Who comes back to a long encounter gets hundreds of small messages before the first of them can leave."""
    wire, line = a_line()
    for number in range(1_000):
        line.send({"type": "conversation.item.added", "number": number, "text": "x" * 300})
    wire.reads.set()
    line.hang_up(1000, "done")
    assert (await run(line)).code == 1000
    assert [message["number"] for message in wire.sent] == list(range(1_000))
    assert line.waiting_bytes == 0


async def test_what_is_dropped_no_longer_counts() -> None:
    _, line = a_line()
    line.send({"type": "response.done"})
    alone = line.waiting_bytes
    for number in range(10):
        line.send(audio("reply_1", number))
    assert line.waiting_bytes > 10 * alone / 2
    line.drop_audio("reply_1")
    assert line.waiting_bytes == alone


async def test_a_goodbye_that_nobody_reads_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "CLOSE_LIMIT_S", 0.01)

    class Stuck(NeverReads):
        application_state = WebSocketState.CONNECTED

        async def close(self, code: int = 1000, reason: str | None = None) -> None:
            await asyncio.Event().wait()

    async with asyncio.timeout(10):
        await socket.close(Stuck(), 4408, "this client does not read")


def test_five_bad_messages_in_a_minute_and_no_fewer() -> None:
    now = [0.0]
    bad = BadMessages(lambda: now[0])
    for _ in range(20):
        bad.note()
        now[0] += BAD_WINDOW_MS / 4 + 1
    now[0] += BAD_WINDOW_MS
    for _ in range(4):
        bad.note()
    with pytest.raises(Hangup) as end:
        bad.note()
    assert end.value.code == 4400


def test_a_silent_hour_earns_no_credit_for_a_flood() -> None:
    now = [0.0]
    inflow = Inflow(lambda: now[0])
    inflow.note(50_000)
    now[0] += 3_600_000
    inflow.note(59_000)
    with pytest.raises(Hangup) as end:
        inflow.note(2_000)
    assert end.value.code == 4429


def test_speech_at_its_own_pace_is_never_too_fast() -> None:
    now = [0.0]
    inflow = Inflow(lambda: now[0])
    for _ in range(36_000):
        inflow.note(100)
        now[0] += 100


def test_every_code_of_an_error_is_in_the_book() -> None:
    source = "\n".join(path.read_text() for path in LIVE.glob("*.py"))
    codes = set(re.findall(r'code="([a-z_]+)"', source))
    codes |= set(re.findall(r'_bad\((?:f?"[^"]*"|long), "([a-z_]+)"', source))
    book = (LIVE.parents[1] / "docs" / "protocol.md").read_text()
    outside = {"wrong_phase", "leak_blocked", "reply_repeated"}  # told in the log, not on the wire
    assert {code for code in codes - outside if f"`{code}`" not in book} == set()


async def test_nothing_is_left_running_when_everybody_has_gone() -> None:
    before = asyncio.all_tasks()
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with service(log, TestEngines()) as running:
        for _ in range(3):
            async with meet(running, "enc_1") as learner:
                await learner.until("bedside.timer")
                await learner.type("Hello.")
                await learner.until("response.created")
    assert asyncio.all_tasks() == before


async def test_a_client_that_is_shown_out_does_not_keep_the_next_one_waiting() -> None:
    """The first window has stopped reading; the second is let in all the same."""
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with service(log, TestEngines()) as running, meet(running, "enc_1") as first:
        await first.until("bedside.timer")
        (stuck,) = running.door.connections()
        stuck._line._socket = NeverReads()
        stuck.send_duck(True)
        async with meet(running, "enc_1") as second:
            await second.until("bedside.timer")
        assert (await first.until_closed())[0] == 4409


class NeverReads(WebSocket):
    def __init__(self) -> None: ...

    async def send_text(self, data: str) -> None:
        await asyncio.Event().wait()


def test_a_request_error_is_a_sentence_with_its_mend() -> None:
    assert str(RequestError("No.", code="no", mend="Say yes.")) == "No. Say yes."
