"""Clients that do not read, read slowly, send too fast, send nothing or are not there: on real sockets."""

from __future__ import annotations

import asyncio
import base64
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from server.core.events import Cut
from server.live import socket
from server.live.socket import UNSENT_BYTES
from tests.live.learner import meet
from tests.live.meetings import SLOW_MS, until_true
from tests.live.rawline import SMALL_BUFFER, RawLine
from tests.live.room import MemoryLog, ScriptedHearing, Service, TestEngines, ToneVoice, service, small_case

SMALL = (sockets.SOL_SOCKET, sockets.SO_SNDBUF, SMALL_BUFFER)


@asynccontextmanager
async def a_tight_service(ms_per_character: int = SLOW_MS, **options: Any) -> AsyncIterator[Service]:
    """Two encounters; little fits into the wire, so that not reading is noticed at once."""
    log = MemoryLog()
    for name in ("enc_1", "enc_2"):
        log.create(small_case(), name)
    engines = TestEngines(voice=ToneVoice(ms_per_character), transcriber=ScriptedHearing(["Hello."]))
    async with service(log, engines, socket_options=[SMALL], **options) as running:
        yield running


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "SEND_LIMIT_S", 0.5)
    monkeypatch.setattr(socket, "CLOSE_LIMIT_S", 0.5)


def cuts(running: Service, encounter_id: str) -> list[str]:
    return [entry.event.reason for entry in running.log.entries[encounter_id] if isinstance(entry.event, Cut)]


async def test_who_never_reads_is_dropped_in_bounded_memory_and_can_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[tuple[int, str]] = []
    held: list[int] = []
    send = socket.Line.send

    def watch(line: socket.Line, message: dict[str, Any]) -> None:
        send(line, message)
        held.append(line.waiting_bytes)

    async def note(_: Any, code: int, reason: str) -> None:
        ends.append((code, reason))

    monkeypatch.setattr(socket.Line, "send", watch)
    monkeypatch.setattr("server.live.door.close", note)
    async with a_tight_service() as running, RawLine(running.url, "enc_1") as stuck:
        await stuck.send("bedside.enter")
        async with asyncio.timeout(30):
            await until_true(lambda: bool(ends))
        assert ends == [socket.DOES_NOT_READ]
        assert max(held) < UNSENT_BYTES / 4, "a reply waits for who does not read, so little piles up"
        await until_true(lambda: cuts(running, "enc_1") == ["disconnected"])
        async with meet(running, "enc_1", after=1) as back:
            await back.until("bedside.timer", running=True)
            await back.type("Good morning.")
            await back.until("response.created")


async def test_who_never_reads_troubles_nobody_else() -> None:
    async with a_tight_service() as running, RawLine(running.url, "enc_1") as stuck:
        await stuck.send("bedside.enter")
        async with meet(running, "enc_2") as other:
            await other.enter()
            reply = other.all("response.done")[0].response.output[0].id
        turn = (await running.rooms.snapshot("enc_2")).turn(reply)
        assert not turn.cut
        assert len(other.audio_of(reply)) == turn.audio_ms * 48


async def test_the_goodbye_reaches_a_client_that_reads_again() -> None:
    async with a_tight_service() as running, RawLine(running.url, "enc_1") as stuck:
        await stuck.send("bedside.enter")
        async with asyncio.timeout(30):
            await until_true(lambda: cuts(running, "enc_1") == ["disconnected"])
            assert await stuck.read_to_the_goodbye() == 4408


async def test_a_client_that_is_not_there_any_more_is_noticed_by_its_silence() -> None:
    """It reads nothing and answers no ping: half a connection."""
    async with (
        a_tight_service(ws_ping_interval=0.1, ws_ping_timeout=0.3) as running,
        RawLine(running.url, "enc_1"),
        asyncio.timeout(30),
    ):
        await until_true(lambda: bool(list(running.door.connections())))
        await until_true(lambda: not list(running.door.connections()))


async def test_who_sends_faster_than_speech_is_told_so_and_the_next_connection_goes_on() -> None:
    sound = base64.b64encode(bytes(480_000)).decode()
    async with a_tight_service(10) as running:
        async with RawLine(running.url, "enc_1") as flood, asyncio.timeout(30):
            ended = asyncio.create_task(flood.read_to_the_goodbye())
            while not ended.done():
                with suppress(ConnectionError):
                    await flood.send("input_audio_buffer.append", audio=sound)
            assert await ended == 4429
        async with meet(running, "enc_1") as learner:
            await learner.until("bedside.timer", running=True)


async def test_of_ten_who_come_at_once_and_do_not_read_nothing_stays_and_the_last_may_talk() -> None:
    before = asyncio.all_tasks()
    async with a_tight_service() as running:
        for _ in range(10):
            async with RawLine(running.url, "enc_1") as stuck:
                await stuck.send("bedside.enter")
        async with meet(running, "enc_1") as learner:
            await learner.until("bedside.timer")
    assert asyncio.all_tasks() == before
