"""Performs the effects of one encounter: timers, replies, recognition, the clock, the draft.

Tasks belong to ids; when the core lets go of an id its task is cancelled. While nobody is connected, time stands still
and a reply waits at the door: nothing is said into an empty room.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Protocol

from server.core.advance import is_late
from server.core.effects import Act, ClearTimer, Effect, Score, SetTimer, StartClock, StopClock, StopReply, Transcribe
from server.core.encounter import Hearing as SomebodySpeaks
from server.core.encounter import Speaking
from server.core.errors import BedsideError, Busy
from server.core.events import Cut, CutReason, Ended, Event, Paused, ReplyFailed, SpeechUnclear, TimerFired
from server.core.guarding import guard_of
from server.core.sound.microphone import Microphone
from server.core.timers import timers
from server.core.transcript import heard_text
from server.engines.protocols import Actor, Transcriber, Voice
from server.live.conductor import Conductor
from server.live.decisions import Decisions
from server.live.hearing import Hearing
from server.live.phrasing import Phrasing, Source
from server.live.playout import Loudspeaker, Playout
from server.live.ports import WhenEnded
from server.live.voices import sound_of

log = logging.getLogger(__name__)

HELD_S = 2.0
"""A reply that is held for a word that never comes goes on after this: the sound may have stopped coming."""
RETRY_S = 1.0
"""After the log could not be written, a timer that fell due tries again."""


class Engines(Protocol):
    """The engines of this process, as a live encounter uses them."""

    @property
    def actor(self) -> Actor: ...

    @property
    def voice(self) -> Voice | None: ...

    @property
    def transcriber(self) -> Transcriber | None: ...


class Audience(Loudspeaker, Protocol):
    """A connection, as the performer sees it."""

    @property
    def wants_sound(self) -> bool: ...

    def send_duck(self, ducked: bool) -> None: ...

    def send_scorecard(self, made: bool) -> None: ...

    def send_watched(self, count: int) -> None:
        """How many people watch this encounter; the learner always sees it."""
        ...

    def drop_audio(self, reply: str) -> None:
        """Sound of this reply that has not left yet is thrown away."""
        ...

    def send_error(self, error: BedsideError) -> None:
        """Something could not be kept; the learner must know, and may try again."""
        ...

    def hang_up(self, code: int, reason: str) -> None: ...


class Performer:
    """The stage of one conductor."""

    def __init__(self, conductor: Conductor, engines: Engines, when_ended: WhenEnded) -> None:
        self._conductor = conductor
        self._engines = engines
        self._when_ended = when_ended
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._replies: dict[str, asyncio.Task[None]] = {}
        self._phrasings: dict[str, Phrasing] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._drafts: set[asyncio.Task[None]] = set()
        self._present = asyncio.Event()
        self._ducked = False
        self._held: asyncio.TimerHandle | None = None
        self._closed = False
        self.microphone = Microphone()
        """What is known of the learner's microphone; each trouble is told once, however often they reconnect."""
        self.decisions = Decisions(conductor.encounter.id, conductor.clock.now_ms)
        self.audience: Audience | None = None
        self.hearing: Hearing | None = None
        self.playout: Playout | None = None

    # who listens

    def attach(self, audience: Audience, hearing: Hearing) -> None:
        self.audience, self.hearing = audience, hearing
        self._present.set()
        encounter = self._conductor.encounter
        if isinstance(encounter.floor, SomebodySpeaks):
            self._insist(SpeechUnclear(encounter.floor.clip, "restart"))
        if encounter.running:
            self._conductor.clock.start()
            for name, at_ms in timers(encounter).items():
                self._set_timer(name, at_ms)

    def detach(self) -> None:
        """The line dropped: time stops, and what was being said ends where it was heard."""
        self.audience = self.hearing = None
        self._ducked = False
        self._watch_held(False)
        self._present.clear()
        self._conductor.clock.stop()
        self._clear_timers()
        if playout := self.playout:
            playout.stop()
            cut = self.cut(playout.reply, "disconnected")
            self._cancel(playout.reply)
            self._insist(cut)

    async def close(self) -> None:
        """End every task of this encounter; a draft that is being made is made."""
        self._clear_timers()
        self._watch_held(False)
        await asyncio.gather(*self._drafts, return_exceptions=True)
        self._closed = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def duck(self, ducked: bool) -> None:
        """Hold the reply while it is unclear whether the learner interrupts."""
        if ducked == self._ducked:
            return
        self._ducked = ducked
        self._watch_held(ducked)
        if self.playout:
            self.decisions.note("held" if ducked else "goes_on", self.playout.reply, heard_ms=self.playout.heard_ms)
        if self.playout:
            self.playout.hold(ducked)
        if self.audience:
            self.audience.send_duck(ducked)

    def _watch_held(self, held: bool) -> None:
        if self._held:
            self._held.cancel()
        self._held = asyncio.get_running_loop().call_later(HELD_S, self.duck, False) if held else None

    def heard_ms(self, reply: str) -> int:
        return self.playout.heard_ms if self.playout and self.playout.reply == reply else 0

    def left_ms(self) -> float:
        """Of the reply that is being spoken, what has not been heard; without end while more may be written."""
        floor = self._conductor.encounter.floor
        if not isinstance(floor, Speaking):
            return 0.0
        turn = self._conductor.encounter.turn(floor.reply)
        return turn.audio_ms - self.heard_ms(turn.id) if turn.written else float("inf")

    def just_heard(self) -> str:
        """What has been played of the last reply."""
        encounter = self._conductor.encounter
        last = next((turn for turn in reversed(encounter.turns) if turn.sentences), None)
        if last is None:
            return ""
        return last.text if last.closed else heard_text(last.sentences, self.heard_ms(last.id))

    def cut(self, reply: str, reason: CutReason) -> Cut:
        """The end of a reply that stops now: how much of it was heard, and what was written and will not be."""
        phrasing = self._phrasings.get(reply)
        return Cut(reply, self.heard_ms(reply), reason, phrasing.unspoken if phrasing else "")

    def beforehand(self, event: Event) -> Event | None:
        """A reply that is about to be hushed is cut where it was heard."""
        encounter, reason = self._conductor.encounter, _hushes(event)
        floor = encounter.floor
        if (
            reason is None
            or not isinstance(floor, Speaking)
            or is_late(encounter, event, self._conductor.clock.now_ms())
        ):
            return None
        return self.cut(floor.reply, reason)

    # effects

    def perform(self, effect: Effect) -> None:
        match effect:
            case SetTimer():
                self._set_timer(effect.timer, effect.at_ms)
            case ClearTimer():
                self._clear_timer(effect.timer)
            case StartClock():
                if self._present.is_set():
                    self._conductor.clock.start()
            case StopClock():
                self._conductor.clock.stop(self._conductor.encounter.now_ms)
            case Act():
                self._act(effect)
            case StopReply():
                self._stop(effect.reply)
            case Transcribe():
                self._transcribe(effect.clip)
            case Score():
                self._keep(self._drafts, self._score())

    def _set_timer(self, name: str, at_ms: int) -> None:
        self._clear_timer(name)
        if self._present.is_set():
            wait_s = max(0, at_ms - self._conductor.clock.now_ms()) / 1000
            self._timers[name] = asyncio.get_running_loop().call_later(wait_s, self._fire, name, at_ms)

    def _fire(self, name: str, at_ms: int) -> None:
        """Due. The log may refuse, or the loop may be early by a hair: ask again until the timer is gone."""
        self._timers[name] = asyncio.get_running_loop().call_later(RETRY_S, self._fire, name, at_ms)
        if self._conductor.clock.now_ms() < at_ms:
            self._set_timer(name, at_ms)
        else:
            self._offer(TimerFired(name))

    def _clear_timer(self, name: str) -> None:
        if handle := self._timers.pop(name, None):
            handle.cancel()

    def _clear_timers(self) -> None:
        for name in list(self._timers):
            self._clear_timer(name)

    def _transcribe(self, clip: str) -> None:
        if self.hearing:
            self._keep(self._tasks, self.hearing.recognise(clip))
        else:
            self._insist(SpeechUnclear(clip, "restart"))

    def _act(self, act: Act) -> None:
        """One task a reply, however often it is asked for."""
        if act.reply not in self._replies and (task := self._keep(self._tasks, self._reply(act))):
            self._replies[act.reply] = task

    def _cancel(self, reply: str) -> None:
        self._phrasings.pop(reply, None)
        if task := self._replies.pop(reply, None):
            task.cancel()

    def _stop(self, reply: str) -> None:
        """The reply is over. Sound on its way is dropped, and nobody stays ducked for it."""
        self._cancel(reply)
        if self.playout:
            self.playout.stop()
        self.playout = None
        if self.audience and self._conductor.encounter.turn(reply).cut:
            self.audience.drop_audio(reply)
        self.duck(False)

    async def _score(self) -> None:
        made = False
        try:
            await self._when_ended(self._conductor.encounter)
            made = True
        finally:
            if self.audience:
                self.audience.send_scorecard(made)

    # a reply

    async def _reply(self, act: Act) -> None:
        try:
            phrasing = self._phrasings[act.reply] = self._phrasing(act)
            await phrasing.perform(self._conductor.insist, lambda: self._playout_of(act.reply))
        except* BedsideError as errors:
            self._reply_failed(act.reply, [getattr(error, "code", "") for error in errors.exceptions])
        except* Exception as errors:  # noqa: BLE001 - however an engine fails, the learner is told
            self._reply_failed(act.reply, [type(error).__name__ for error in errors.exceptions])

    def _reply_failed(self, reply: str, causes: list[str]) -> None:
        """What was heard of it stays heard; of nothing, it is said that it failed."""
        log.error("encounter %s: %s failed: %s", self._conductor.encounter.id, reply, ", ".join(causes))
        heard_ms = self.heard_ms(reply)
        self._insist(self.cut(reply, "stalled") if heard_ms else ReplyFailed(reply, "failed"))

    def _phrasing(self, act: Act) -> Phrasing:
        encounter = self._conductor.encounter
        member = encounter.case.member(encounter.turn(act.reply).speaker)
        wanted = self.audience is None or self.audience.wants_sound
        actor = self._engines.actor
        source: Source = "authored" if act.prompt.exact or actor.info.kind == "embedded" else "model"
        sound = sound_of(encounter.case, member)
        voice = self._engines.voice if wanted else None
        return Phrasing(
            act, actor, voice, sound, source, lambda: guard_of(encounter.case).watch(encounter, act.reply, act.prompt)
        )

    async def _playout_of(self, reply: str) -> Playout:
        """Waits until somebody listens."""
        while self.audience is None:
            await self._present.wait()
        self.playout = Playout(reply, self.audience)
        self.playout.hold(self._ducked)
        if self.hearing and self.hearing.ear:
            self.hearing.ear.echo.follow(self.playout)
        return self.playout

    # what comes back

    def _offer(self, event: Event) -> None:
        try:
            self._conductor.offer(event)
        except Busy:
            log.warning("encounter %s: no room for %s", self._conductor.encounter.id, type(event).__name__)

    def _insist(self, event: Event) -> None:
        self._keep(self._tasks, self._insisting(event))

    async def _insisting(self, event: Event) -> None:
        try:
            await self._conductor.insist(event)
        except BedsideError as error:
            log.error("encounter %s: %s: %s", self._conductor.encounter.id, type(event).__name__, error.code)
            if self.audience:
                self.audience.send_error(error)

    def _keep(self, tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> asyncio.Task[None] | None:
        """Start a task and see it out; none after the room has closed."""
        if self._closed:
            work.close()
            return None
        task = asyncio.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            log.error("encounter %s: %s", self._conductor.encounter.id, type(error).__name__)


def _hushes(event: Event) -> CutReason | None:
    """The reason with which a reply ends when `event` leaves nobody speaking."""
    match event:
        case Paused():
            return "paused"
        case Ended():
            return "ended"
        case TimerFired(timer="time_up"):
            return "ended"
        case TimerFired() if event.timer.startswith("speaking:"):
            return "stalled"
    return None
