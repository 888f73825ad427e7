"""One WebSocket: frames in, frames out, and the end of it. What the frames mean is decided elsewhere.

A client that does not read is dropped rather than waited for; one that sends faster than speech is told so. Nothing
that matters is in here: when the line drops, the encounter is in the log.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from server.core.errors import RequestError
from server.live.clock import stopwatch_ms

log = logging.getLogger(__name__)

UNSENT_BYTES = 2_500_000
"""Memory of what may wait for a slow client: 35 s of speech, or all of an encounter of an hour for who comes back.
Not counted in messages: a resumed encounter is hundreds of them at once, and a client that reads must get them.
"""
CLOGGED = 30
"""Waiting messages from which a reply waits too: more than its lead, with its captions, ever puts there at once."""
SEND_LIMIT_S = 15.0
LAST_WORDS_S = 1.0
"""How long a client that is shown out may take to read what was said before."""
CLOSE_LIMIT_S = 5.0
"""And to read the goodbye itself: a server may not send that either before the client has read what went before."""
BAD_MESSAGES = 5
BAD_WINDOW_MS = 60_000
AUDIO_BURST_MS = 60_000.0
"""Sound may come this far ahead of real time: a file read from disk is welcome, a flood is not."""
DROPPED = 1006
"""The code of a line that ended without a goodbye; never sent."""


class Hangup(Exception):
    """This connection ends now."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


DOES_NOT_READ = (4408, "this client does not read")


@dataclass(frozen=True)
class _Unsent:
    """A message as it will be sent."""

    text: str
    sound_of: str
    """The reply of which it is sound; empty for everything else."""

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return sys.getsizeof(self.text) + 200


class Line:
    """The sending half of a socket: ordered, bounded, never awaited by those who speak."""

    def __init__(self, socket: WebSocket, too_slow: tuple[int, str] = DOES_NOT_READ) -> None:
        self._socket = socket
        self._too_slow = too_slow
        self._unsent: deque[_Unsent] = deque()
        self._waiting_bytes = 0
        self._more = asyncio.Event()
        self.leaving = asyncio.Event()
        self.ended: Hangup | None = None

    @property
    def clogged(self) -> bool:
        return len(self._unsent) > CLOGGED

    @property
    def waiting_bytes(self) -> int:
        """Memory held for a client that has not read yet."""
        return self._waiting_bytes

    def send(self, message: dict[str, Any]) -> None:
        """Queue a message; nothing after the goodbye."""
        if self.ended is not None:
            return
        unsent = _Unsent(json.dumps(message, ensure_ascii=False, allow_nan=False), _sound_of(message))
        if self._waiting_bytes + unsent.size > UNSENT_BYTES:
            self.hang_up(*self._too_slow)
            return
        self._unsent.append(unsent)
        self._waiting_bytes += unsent.size
        self._more.set()

    def hang_up(self, code: int, reason: str) -> None:
        """Close after what is queued was sent. The first reason stands."""
        self.ended = self.ended or Hangup(code, reason)
        self.leaving.set()
        self._more.set()

    def drop_audio(self, reply: str) -> None:
        """Sound of this reply that still waits is not sent any more."""
        self._unsent = deque(unsent for unsent in self._unsent if unsent.sound_of != reply)
        self._waiting_bytes = sum(unsent.size for unsent in self._unsent)

    async def run(self) -> None:
        """Send what is queued. Raises `Hangup`."""
        while True:
            while self._unsent:
                unsent = self._unsent.popleft()
                self._waiting_bytes -= unsent.size
                await self._send(unsent.text)
            if self.ended:
                raise self.ended
            self._more.clear()
            await self._more.wait()

    async def _send(self, text: str) -> None:
        try:
            async with asyncio.timeout(SEND_LIMIT_S):
                await self._socket.send_text(text)
        except TimeoutError:
            raise Hangup(*self._too_slow) from None
        except (WebSocketDisconnect, RuntimeError, OSError):
            raise Hangup(DROPPED, "the line dropped") from None


async def until_over(line: Line, *works: Coroutine[Any, Any, None]) -> None:
    """Run the line and `works` until the first of them ends; what was said before may still be read. Raises
    `Hangup`.
    """
    sending = asyncio.create_task(line.run())
    others = [asyncio.create_task(work) for work in (*works, _gone(line))]
    try:
        await asyncio.wait([sending, *others], return_when=asyncio.FIRST_COMPLETED)
        if line.ended:
            await asyncio.wait([sending], timeout=LAST_WORDS_S)
    finally:
        for task in (sending, *others):
            task.cancel()
        ends = await asyncio.gather(sending, *others, return_exceptions=True)
    for end in (*ends, line.ended):
        if isinstance(end, Exception):
            raise end


async def _gone(line: Line) -> None:
    await line.leaving.wait()


def _sound_of(message: dict[str, Any]) -> str:
    return str(message["item_id"]) if message["type"] == "response.output_audio.delta" else ""


class BadMessages:
    """Five bad messages in a minute end a connection; one is only answered."""

    def __init__(self, clock: Callable[[], float] = stopwatch_ms) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=BAD_MESSAGES)

    def note(self) -> None:
        """Raises `Hangup` at the fifth within a minute."""
        now = self._clock()
        self._times.append(now)
        if len(self._times) == BAD_MESSAGES and now - self._times[0] < BAD_WINDOW_MS:
            raise Hangup(4400, "five bad messages in a minute")


class Inflow:
    """How far the sound that came in is ahead of real time."""

    def __init__(self, clock: Callable[[], float] = stopwatch_ms) -> None:
        self._clock = clock
        self._at_ms = clock()
        self._ahead_ms = 0.0

    def note(self, audio_ms: float) -> None:
        """Raises `Hangup` for sound that comes faster than anybody speaks. A silent hour earns no credit."""
        now = self._clock()
        self._ahead_ms = max(0.0, self._ahead_ms - (now - self._at_ms)) + audio_ms
        self._at_ms = now
        if self._ahead_ms > AUDIO_BURST_MS:
            raise Hangup(4429, "audio is arriving faster than it can be spoken")


async def frames(socket: WebSocket) -> AsyncIterator[str | RequestError]:
    """Text frames as they come, and for anything else what is wrong with it; ends when the line drops."""
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        yield (
            text
            if text is not None
            else RequestError(
                "Binary frames are not part of this protocol.",
                code="binary_frame",
                mend="Send sound base64-encoded in input_audio_buffer.append.",
            )
        )


async def close(socket: WebSocket, code: int, reason: str) -> None:
    """Close, if there is still something to close."""
    if socket.application_state is WebSocketState.CONNECTED and code != DROPPED:
        try:
            async with asyncio.timeout(CLOSE_LIMIT_S):
                await socket.close(code, reason)
        except (RuntimeError, WebSocketDisconnect, OSError):
            log.debug("the line had dropped already, or its client does not even read the goodbye")
