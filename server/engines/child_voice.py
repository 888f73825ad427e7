"""Speaking through a child process: what Piper and espeak-ng have in common."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from threading import Event
from typing import Any

from server.core.audio import Pcm
from server.engines.description import Description, describe
from server.engines.offload import stream
from server.engines.protocols import EngineInfo, Speech
from server.engines.speakable import speakable
from server.engines.worker import Worker

SLICE_MS = 200
"""How much sound is handed over at a time."""


class ChildVoice:
    """A `Voice` whose sound is made by a `Worker`."""

    def __init__(self, info: EngineInfo, worker: Worker, request: Callable[[str, Description], dict[str, Any]]) -> None:
        self.info = info
        self.worker = worker
        self._request = request
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=info.name)

    async def speak(self, text: str, *, voice: str) -> AsyncGenerator[Speech]:
        """Yield the sound in slices; closing the iterator aborts the synthesis in the child."""
        line = speakable(text)
        if not line:
            return
        request = self._request(line, describe(voice))
        async with aclosing(stream(self._pool, lambda stop: self._sound(request, stop))) as sound:
            async for speech in sound:
                yield speech

    def start(self) -> None:
        """Load now, blocking. Raises `EngineMissing`, `EngineError`."""
        self.worker.start()

    def close(self) -> None:
        """End the child process."""
        self.worker.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _sound(self, request: dict[str, Any], stop: Event) -> Iterator[Speech]:
        with closing(self.worker.request(request, stop)) as frames:
            for frame in frames:
                yield from slices(Pcm(frame.payload, int(frame.header["rate_hz"])))


def slices(sound: Pcm) -> Iterator[Speech]:
    """`sound` in parts of `SLICE_MS`."""
    for start_ms in range(0, sound.duration_ms + 1, SLICE_MS):
        part = sound.between(start_ms, start_ms + SLICE_MS)
        if part.data:
            yield Speech(part)
