"""Playing a reply at the pace of speech, and knowing at every moment how much of it was heard.

A small lead is sent ahead so that a network hiccup makes no gap; nothing more, so that an interruption leaves little to
throw away. A client that reports played positions is believed; for one that never does, what was sent is taken as heard
in real time.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from server.core.sound.audio import Pcm
from server.live.clock import stopwatch_ms

LEAD_MS = 300
CHUNK_MS = 100
REPORT_WAIT_MS = 3_000
"""After the last sound, how long a reporting client is waited for."""
ALMOST_MS = 250
"""A reporting client whose last report is this near to the end has heard it all."""
LOOK_S = 0.03
"""How often the ear's position is looked at while captions follow it."""
RECENT_CHUNKS = 40
"""Sound that is remembered after it left, some 4 s, so that its echo can be known."""


class Loudspeaker(Protocol):
    """The listening end of a connection."""

    @property
    def reports_played(self) -> bool: ...

    @property
    def clogged(self) -> bool:
        """What was sent last has not left yet: the client reads more slowly than we speak."""
        ...

    def send_audio(self, reply: str, pcm: Pcm) -> None: ...

    def send_caption(self, reply: str, heard_ms: int) -> None:
        """Captions may show the first `heard_ms` of the reply."""
        ...


@dataclass(frozen=True)
class Sounded:
    """A stretch of sound and when it was due at the loudspeaker, on the clock of the playout."""

    at_ms: float
    pcm: Pcm

    @property
    def end_ms(self) -> float:
        return self.at_ms + self.pcm.duration_ms

    def split(self, at_ms: float) -> tuple[Sounded, Sounded]:
        """What was due before `at_ms`, and the rest."""
        done_ms = int(at_ms - self.at_ms)
        rest = self.pcm.between(done_ms, self.pcm.duration_ms + 1)
        return Sounded(self.at_ms, self.pcm.between(0, done_ms)), Sounded(at_ms, rest)


class Playout:
    """The sound of one reply on its way to one loudspeaker."""

    def __init__(
        self,
        reply: str,
        loudspeaker: Loudspeaker,
        clock: Callable[[], float] = stopwatch_ms,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.reply = reply
        self.sent_ms = 0
        self.reported_ms = 0
        self._loudspeaker = loudspeaker
        self._clock = clock
        self._sleep = sleep
        self._started: float | None = None
        self._held_since: float | None = None
        self._heard_ms = 0
        self._stopped = False
        self._recent: deque[Sounded] = deque(maxlen=RECENT_CHUNKS)

    @property
    def heard_ms(self) -> int:
        """Milliseconds of the reply that have left the loudspeaker, as well as we know. Never goes back."""
        if not self._stopped:
            now_ms = self.reported_ms if self._loudspeaker.reports_played else int(self._elapsed_ms())
            self._heard_ms = max(self._heard_ms, min(now_ms, self.sent_ms))
        return self._heard_ms

    def report(self, audio_ms: int) -> None:
        self.reported_ms = max(self.reported_ms, audio_ms)

    def stop(self) -> None:
        """Nobody listens any more: what was heard until now is what was heard, and nothing more is sent."""
        self._heard_ms = self.heard_ms
        self._recent = deque(self.lately(), maxlen=RECENT_CHUNKS)
        self._stopped = True

    def lately(self) -> list[Sounded]:
        """What has sounded in the last seconds, as far as it has sounded."""
        now = self._held_since if self._held_since is not None else self._clock()
        return [
            sounded if sounded.end_ms <= now else sounded.split(now)[0]
            for sounded in self._recent
            if sounded.at_ms < now
        ]

    def hold(self, held: bool) -> None:
        """Stop at this sample while it is unclear whether the learner is interrupting; go on from it afterwards."""
        if held and self._held_since is None:
            self._held_since = self._clock()
        elif not held and self._held_since is not None:
            if self._started is not None:
                self._go_on(self._held_since, self._clock() - self._held_since)
            self._held_since = None

    async def play(self, pcm: Pcm) -> None:
        """Send `pcm`, never more than the lead ahead of the ear."""
        for start in range(0, pcm.duration_ms, CHUNK_MS):
            last = start + CHUNK_MS >= pcm.duration_ms
            chunk = pcm.between(start, pcm.duration_ms + 1 if last else start + CHUNK_MS)
            await self._wait_for(self.sent_ms - LEAD_MS)
            if self._stopped:
                return
            self._recent.append(Sounded(self._begin() + self.sent_ms, chunk))
            self._loudspeaker.send_audio(self.reply, chunk)
            self.sent_ms += chunk.duration_ms
            self._loudspeaker.send_caption(self.reply, self.heard_ms)

    async def finish(self) -> bool:
        """Wait until all that was sent has been heard. False: stopped, by us or by a client that reports no more."""
        while self._unheard() and self._elapsed_ms() < self.sent_ms + REPORT_WAIT_MS:
            self._loudspeaker.send_caption(self.reply, self.heard_ms)
            await self._sleep(LOOK_S)
        if self._stopped:
            return False
        all_heard = self.heard_ms + ALMOST_MS >= self.sent_ms
        self._loudspeaker.send_caption(self.reply, self.sent_ms if all_heard else self.heard_ms)
        return all_heard

    def _unheard(self) -> bool:
        return not self._stopped and self.heard_ms < self.sent_ms

    def _begin(self) -> float:
        """When the reply began, had it gone on without a break.

        Sound starts when the first of it leaves; after a gap in the supply, the gap is not counted as heard.
        """
        now = self._clock()
        if self._started is None or now - self._started > self.sent_ms:
            self._started = now - self.sent_ms
        return self._started

    def _go_on(self, held_since: float, held_ms: float) -> None:
        """After a hold: what had not sounded yet is due that much later."""
        assert self._started is not None  # noqa: S101 - the only caller has looked
        self._started += held_ms
        timed: list[Sounded] = []
        for sounded in self._recent:
            before, after = sounded.split(min(max(sounded.at_ms, held_since), sounded.end_ms))
            timed += [part for part in (before, Sounded(after.at_ms + held_ms, after.pcm)) if part.pcm.samples]
        self._recent = deque(timed, maxlen=RECENT_CHUNKS)

    async def _wait_for(self, position_ms: int) -> None:
        while not self._stopped and self._must_wait(position_ms):
            behind = position_ms - self._elapsed_ms()
            self._loudspeaker.send_caption(self.reply, self.heard_ms)
            await self._sleep(max(0.01, min(behind / 1000, 0.1)))

    def _must_wait(self, position_ms: int) -> bool:
        return self._held_since is not None or self._loudspeaker.clogged or self._elapsed_ms() < position_ms

    def _elapsed_ms(self) -> float:
        if self._started is None:
            return 0.0
        return (self._held_since if self._held_since is not None else self._clock()) - self._started
