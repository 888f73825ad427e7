"""From what the ear notices to what the encounter is told: interruption, utterance, recognition.

Recognition starts at the first short pause, on trial, and is thrown away when speech goes on; what it hears says how
long the pause may be. Something short said under the patient's words is weighed (`server.live.weighing`) while the
reply is held. An utterance that begins while the floor is not free waits here, in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from server.core.encounter import Hearing as SomebodySpeaks
from server.core.encounter import Recognising, Speaking
from server.core.errors import BedsideError, IllegalEvent
from server.core.events import Cut, CutReason, Event, Murmured, SpeechBegan, SpeechEnded, SpeechUnclear
from server.core.sound.endpoint import Sign
from server.core.unfinished import patience_after
from server.engines.protocols import Transcriber, Transcription
from server.live.conductor import Conductor
from server.live.decisions import Decisions
from server.live.ear import Ear
from server.live.recognising import Recogniser, storable
from server.live.weighing import Verdict, weigh

SIGNS_LIMIT = 64
"""Signs that may wait for the floor; an utterance that begins beyond that is not listened to."""
WEIGH_S = 1.5
"""A word under the patient's speech is weighed for so long; then the patient goes on."""
NEARLY_OVER_MS = 600
"""A "yes" so near to the end of a reply is an answer, and waits for that end; voices leave some silence there."""
TAIL_MS = 500
"""Before the end of the wait, words that were followed are asked for: the embedded recogniser needs up to 400 of it."""
SETTLE_S = 4.0
"""Who ends the encounter waits so long for the words that they have just said."""
LOST_MS = 1_000
"""Speech of this length that is withdrawn is said to have been lost: the learner may have been meant to be heard."""


class Mouth(Protocol):
    """What the hearing side must know of the speaking side."""

    decisions: Decisions

    def duck(self, ducked: bool) -> None: ...

    def cut(self, reply: str, reason: CutReason) -> Cut:
        """What is to be said of a reply that stops now: how much of it was heard."""
        ...

    def left_ms(self) -> float:
        """Of the reply that is being spoken, what has not been heard."""
        ...

    def just_heard(self) -> str:
        """What of the last reply has been played: a loudspeaker may bring it back."""
        ...


@dataclass(frozen=True)
class _Noticed:
    sign: Sign
    clip: str
    audio_ms: int
    waits: bool = False
    """It interrupts nobody: it is handed over when the reply is over."""


class Hearing:
    """The hearing side of one connection."""

    def __init__(self, conductor: Conductor, transcriber: Transcriber | None, mouth: Mouth) -> None:
        self._conductor = conductor
        self._mouth = mouth
        # bounded by `speech_sign`: beginnings are refused beyond SIGNS_LIMIT, and each has one end
        self._noticed: asyncio.Queue[_Noticed] = asyncio.Queue()
        self._moved = asyncio.Event()
        self._weighed: dict[str, asyncio.Task[None]] = {}
        self._recogniser = Recogniser(conductor, transcriber, self._hurry)
        self._asked_for: asyncio.TimerHandle | None = None
        self.ear: Ear | None = None
        self.interruptible = True
        self.complain: Callable[[BedsideError], None] = _say_nothing
        """Tells the client that an utterance could not be stored."""

    # what the ear tells

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None:
        match sign:
            case Sign.ONSET:
                self._duck()
            case Sign.WITHDRAWN:
                self._withdraw(clip, audio_ms)
            case Sign.SOFT_END:
                self._soft_end(clip)
            case Sign.RESUMED:
                self._wait_on()
                self._recogniser.drop_trial()
            case Sign.BURST:
                self._stop_weighing(self.ear.taken_in if self.ear else "")
                self._weigh(clip, audio_ms)
            case Sign.START if self._noticed.qsize() >= SIGNS_LIMIT:
                self._forget(clip)
            case Sign.START:
                self._stop_weighing(self.ear.taken_in if self.ear else "")
                self._recogniser.begin(clip)
                self._noticed.put_nowait(_Noticed(sign, clip, audio_ms))
            case _:
                self._noticed.put_nowait(_Noticed(sign, clip, audio_ms))

    def _soft_end(self, clip: str) -> None:
        """Words that are followed while they are said are asked for late in the pause: asking ends a stretch for the
        recogniser, and a hesitation inside a sentence costs it half of its accuracy.
        """
        spare_ms = self.ear.patience.end_ms - self.ear.patience.soft_end_ms - TAIL_MS if self.ear else 0
        if spare_ms <= 0 or not self._recogniser.follows(clip):
            self._try_out(clip)
            return
        self._wait_on()
        self._asked_for = asyncio.get_running_loop().call_later(spare_ms / 1000, self._try_out, clip)

    def _try_out(self, clip: str) -> None:
        if self.ear and self.ear.clip == clip:
            self._recogniser.try_out(clip, self.ear.sound_so_far())

    def _wait_on(self) -> None:
        if self._asked_for:
            self._asked_for.cancel()

    def sound(self, clip: str, sound: bytes) -> None:
        self._recogniser.hear(clip, sound)

    def moved(self) -> None:
        """The encounter has moved; somebody may be waiting for the floor."""
        self._moved.set()

    def close(self) -> None:
        """The connection is over. What is already being recognised for the encounter goes on."""
        self._wait_on()
        self._recogniser.close()
        for clip in list(self._weighed):
            self._stop_weighing(clip)

    async def run(self) -> None:
        """Hand utterances over, one after the other."""
        while True:
            noticed = await self._noticed.get()
            try:
                await self._hand_over(noticed)
            except BedsideError as error:
                self._forget(noticed.clip)
                self.complain(error)

    async def recognise(self, clip: str) -> None:
        """Answer a `Transcribe` effect."""
        sound = self.ear.sound_of(clip) if self.ear else None
        doubted = self.ear is not None and clip in self.ear.doubtful
        if doubted:
            self._mouth.decisions.note("may_be_noise", clip)
        await self._recogniser.answer(clip, sound, doubted=doubted)

    async def settled(self) -> None:
        """Until nothing that was said is still being recognised; not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_S):
                while isinstance(self._conductor.encounter.floor, Recognising):
                    self._moved.clear()
                    await self._moved.wait()

    async def _hand_over(self, noticed: _Noticed) -> None:
        match noticed.sign:
            case Sign.START:
                await self._begin(noticed.clip, waits=noticed.waits)
            case Sign.WITHDRAWN:
                lost = noticed.audio_ms >= LOST_MS
                await self._taken(SpeechUnclear(noticed.clip, "no_words" if lost else "withdrawn"))
            case _:
                await self._end(noticed)

    async def _end(self, noticed: _Noticed) -> None:
        waited_ms = self.ear.patience.end_ms if self.ear else 0
        self._mouth.decisions.note("turn_ended", noticed.clip, audio_ms=noticed.audio_ms, patience_ms=waited_ms)
        if not await self._taken(SpeechEnded(noticed.clip, noticed.audio_ms)):
            self._forget(noticed.clip)

    async def _begin(self, clip: str, *, waits: bool = False) -> None:
        while self._conductor.encounter.running:
            self._moved.clear()
            match self._conductor.encounter.floor:
                case Speaking(reply=reply) if self.interruptible and not waits:
                    cut = self._mouth.cut(reply, "barge_in")
                    self._mouth.decisions.note("interrupted", reply, by=clip, heard_ms=cut.audio_ms)
                    await self._taken(cut)
                case SomebodySpeaks(clip=lost) if lost != clip:
                    await self._taken(SpeechUnclear(lost, "restart"))
                case Speaking() | Recognising():
                    await self._moved.wait()
                case _:
                    if await self._taken(SpeechBegan(clip)):
                        return
                    await self._moved.wait()
        self._forget(clip)

    async def _taken(self, event: Event) -> bool:
        """False when the encounter has moved on meanwhile."""
        try:
            return await self._conductor.insist(event) is not None
        except IllegalEvent:
            return False

    def _forget(self, clip: str) -> None:
        self._recogniser.release(clip)
        if self.ear:
            self.ear.forget(clip)

    def _withdraw(self, clip: str, audio_ms: int) -> None:
        if weighing := self._weighed.pop(clip, None):
            weighing.cancel()
        elif clip:
            self._noticed.put_nowait(_Noticed(Sign.WITHDRAWN, clip, audio_ms))
        self._recogniser.release(clip)
        if not self._weighed:
            self._mouth.duck(False)

    def _duck(self) -> None:
        if isinstance(self._conductor.encounter.floor, Speaking) and self.interruptible:
            self._mouth.duck(True)

    def _hurry(self, clip: str, found: Transcription) -> None:
        """Words have been heard in a pause that is still going on: they say how long it may be."""
        if self.ear is None or self.ear.clip != clip:
            return
        self._mouth.decisions.note("tried", clip, words=len(found.text.split()), sure=round(found.confidence, 2))
        if self.ear.patience.adapts and found.text:
            usual_ms = self.ear.patience.end_ms
            wait_ms = patience_after(found.text, usual_ms, self._conductor.encounter.case.language)
            self.ear.expect(clip, wait_ms)
            if wait_ms != usual_ms:
                what = "waits_longer" if wait_ms > usual_ms else "waits_less"
                self._mouth.decisions.note(what, clip, wait_ms=wait_ms, usual_ms=usual_ms)

    # a word under the patient's speech

    def _weigh(self, clip: str, audio_ms: int) -> None:
        task = asyncio.create_task(self._weighing(clip, audio_ms))
        self._weighed[clip] = task
        task.add_done_callback(lambda _: self._weighed.pop(clip, None))

    def _stop_weighing(self, clip: str) -> None:
        """What is said now takes in what was being weighed."""
        if task := self._weighed.pop(clip, None):
            task.cancel()
            self._recogniser.release(clip)

    async def _weighing(self, clip: str, audio_ms: int) -> None:
        found = await self._tried(clip)
        encounter = self._conductor.encounter
        speaking = isinstance(encounter.floor, Speaking)
        verdict = weigh(found, self._mouth.just_heard(), encounter.case.language, speaking=speaking)
        self._mouth.decisions.note("weighed", clip, verdict=verdict, audio_ms=audio_ms)
        answers = verdict == "murmur" and self._mouth.left_ms() <= NEARLY_OVER_MS
        if verdict == "words" or answers:
            self._becomes_a_turn(clip, audio_ms, waits=answers)
            return
        self._weighed.pop(clip, None)
        if self.ear and verdict in ("nothing", "echo"):
            self.ear.echo.came_to_nothing()
        self._forget(clip)
        self._mouth.duck(False)
        try:
            await self._murmured(clip, audio_ms, found, verdict)
        except BedsideError as error:
            self.complain(error)

    async def _tried(self, clip: str) -> Transcription | None:
        """What the recogniser made of it in time, if anything."""
        trial = self._recogniser.try_out(clip, self.ear.sound_of_burst(clip) if self.ear else None)
        if trial is None:
            return None
        await asyncio.wait([trial], timeout=WEIGH_S)
        return trial.result() if trial.done() and not trial.cancelled() and not trial.exception() else None

    def _becomes_a_turn(self, clip: str, audio_ms: int, *, waits: bool) -> None:
        if self.ear:
            self.ear.settle(clip)
        if waits:
            self._mouth.duck(False)
        self._noticed.put_nowait(_Noticed(Sign.START, clip, 0, waits=waits))
        self._noticed.put_nowait(_Noticed(Sign.END, clip, audio_ms))

    async def _murmured(self, clip: str, audio_ms: int, found: Transcription | None, verdict: Verdict) -> None:
        reply = next((turn.id for turn in reversed(self._conductor.encounter.turns) if turn.plan), "")
        if verdict == "murmur" and found and reply:
            sure = round(found.confidence * 100)
            await self._taken(Murmured(clip, storable(found.text), audio_ms, reply, sure))


def _say_nothing(_: BedsideError) -> None:
    pass
