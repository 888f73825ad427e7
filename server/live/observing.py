"""Watching an encounter. Whoever watches is told what the learner is told, after the learner.

They are never waited for, and whether they come or go changes nothing. Who may, can bring a moment forward; that is
the one thing that they can do, and the learner is not told of it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace

from starlette.websockets import WebSocket

from server.core.encounter import Encounter
from server.core.errors import BedsideError, Conflict, NotAllowed, RequestError
from server.core.events import Cued, CueTakenBack, Untold
from server.core.sound.audio import Pcm
from server.core.sound.endpoint import Patience
from server.live import wire_in
from server.live.conductor import Committed
from server.live.cueing import cues_of, news_of
from server.live.performer import Audience
from server.live.scene import names_of, told_seq
from server.live.socket import BadMessages, Hangup, Line, frames, until_over
from server.live.tuning import Tuning
from server.live.wire_items import Message
from server.live.wire_out import Scribe

log = logging.getLogger(__name__)

MOST_OBSERVERS = 8
"""Of one encounter."""
TOO_SLOW = (1013, "this page reads too slowly; the encounter goes on without it")
COME_AGAIN = (1012, "connect again to go on watching")
OVER = (1000, "the encounter is over")


@dataclass(frozen=True)
class Cuer:
    """The right to bring a moment forward."""

    who: str
    """Under whose name the log keeps it."""
    give: Callable[[Untold], Awaitable[None]]
    """A cue, or its taking back. Raises `Conflict` where it cannot be done, and says why."""


class Observer:
    """One who watches."""

    def __init__(self, socket: WebSocket, *, has_voice: bool, cuer: Cuer | None = None) -> None:
        self._socket = socket
        self._line = Line(socket, TOO_SLOW)
        self._bad = BadMessages()
        self._tuning = Tuning(has_voice, Patience(), sound=False)
        self._scribe = Scribe()
        self._encounter: Encounter | None = None
        self._cuer = cuer
        self._cues: list[Message] = []
        """What this one knows that may be brought forward."""
        self.seq = 0
        """Of the last event of the log that this one knows of."""

    def welcome(self, encounter: Encounter, seq: int) -> None:
        """Everything so far."""
        self._encounter, self.seq = encounter, seq
        self._scribe.names, self._scribe.sound = names_of(encounter), self._tuning.sound
        self._scribe.at(told_seq(seq, encounter))
        session = self._tuning.describe(encounter)
        self._say(*self._scribe.greeting(encounter, session, encounter.turns, encounter.pending, observing=True))
        self._tell_cues(None, encounter)

    def committed(self, step: Committed, *, sounding: bool) -> None:
        """`sounding`: replies are being spoken, so there is sound to be had."""
        if step.seq <= self.seq:
            return
        if step.seq != self.seq + 1:
            self.hang_up(*COME_AGAIN)
            return
        before, self._encounter, self.seq = self._encounter, step.encounter, step.seq
        self._scribe.sound = self._tuning.sound and sounding
        if not isinstance(step.event, Untold):
            self._say(*self._scribe.committed(replace(step, seq=told_seq(step.seq, step.encounter))))
        self._tell_cues(before, step.encounter)
        if step.encounter.over:
            self.hang_up(*OVER)

    def _tell_cues(self, before: Encounter | None, now: Encounter) -> None:
        """To who may cue: what may be brought forward, and what became of what was."""
        if self._cuer is None:
            return
        self._say(*(self._scribe.message("bedside.cued", **news) for news in news_of(before or now, now)))
        if (cues := cues_of(now)) != self._cues:
            self._cues = cues
            self._say(self._scribe.message("bedside.cues", cues=cues))

    def send_audio(self, reply: str, pcm: Pcm) -> None:
        if self._scribe.speaks(reply):
            self._say(self._scribe.audio(reply, pcm))

    def send_caption(self, reply: str, heard_ms: int) -> None:
        if self._encounter and self._encounter.has_turn(reply):
            self._say(*self._scribe.caption_at(self._encounter.turn(reply), heard_ms))

    def send_duck(self, ducked: bool) -> None:
        self._say(self._scribe.message("bedside.duck", ducked=ducked))

    def drop_audio(self, reply: str) -> None:
        self._line.drop_audio(reply)

    def hang_up(self, code: int, reason: str) -> None:
        self._line.hang_up(code, reason)

    async def run(self) -> None:
        """Until the line drops or somebody hangs up. Raises `Hangup`."""
        await until_over(self._line, self._receive())

    def _say(self, *messages: Message) -> None:
        for message in messages:
            self._line.send(message)

    async def _receive(self) -> None:
        try:
            async for frame in frames(self._socket):
                await self._obey(frame)
        except Hangup as end:
            self.hang_up(end.code, end.reason)

    async def _obey(self, frame: str | RequestError) -> None:
        event_id = ""
        try:
            if isinstance(frame, RequestError):
                raise frame
            message = wire_in.parse_json(frame)
            event_id = wire_in.event_id(message)
            command = wire_in.read(message)
            if isinstance(command, wire_in.BringForward | wire_in.TakeBack):
                await self._cue(command)
            else:
                await self._tune(command)
        except BedsideError as error:
            self._say(self._scribe.error(error, event_id))
            if not isinstance(error, Conflict):
                self._bad.note()

    async def _cue(self, command: wire_in.BringForward | wire_in.TakeBack) -> None:
        if self._cuer is None:
            raise NotAllowed("You may watch, and bring nothing forward.", code="may_not_cue", field="type")
        if bool(command.beat) == (command.prompt is not None):
            mend = "Give `beat` or `prompt`."
            raise RequestError("A cue names one beat or one line.", code="bad_message", field="beat", mend=mend)
        prompt = -1 if command.prompt is None else command.prompt
        kind = Cued if isinstance(command, wire_in.BringForward) else CueTakenBack
        await self._cuer.give(kind(self._cuer.who, command.beat, prompt))

    async def _tune(self, command: wire_in.Command) -> None:
        """The one thing that every observer may ask for: sound, or text."""
        if not isinstance(command, wire_in.UpdateSession) or command.session.audio is not None:
            raise RequestError(
                "Who watches does not take part.",
                code="only_watching",
                field="type",
                mend="Only session.update with output_modalities is taken.",
            )
        self._tuning.update(command.session)
        if self._encounter:
            self._say(self._scribe.message("session.updated", session=self._tuning.describe(self._encounter)))


class Gallery:
    """Those who watch one encounter. Lives as long as somebody watches or the encounter is live here."""

    def __init__(self) -> None:
        self._observers: list[Observer] = []
        self._learner: Audience | None = None

    def __len__(self) -> int:
        return len(self._observers)

    def __iter__(self) -> Iterator[Observer]:
        yield from self._observers

    def face(self, learner: Audience | None) -> None:
        """The learner's page has come or gone; one that came is told who watches."""
        self._learner = learner
        self._tell_count()

    def admit(self, observer: Observer) -> None:
        """Raises `Hangup` when the gallery is full."""
        if len(self) >= MOST_OBSERVERS:
            raise Hangup(1013, f"{MOST_OBSERVERS} people are watching already")
        self._observers.append(observer)
        self._tell_count()

    def dismiss(self, observer: Observer) -> None:
        if observer in self._observers:
            self._observers.remove(observer)
            self._tell_count()

    def live_from(self, seq: int) -> None:
        """The encounter goes on here from `seq`: whoever knows less, or more, of it has to come again."""
        for observer in self._observers:
            if observer.seq != seq:
                observer.hang_up(*COME_AGAIN)

    def committed(self, step: Committed) -> None:
        sounding = self._learner is None or self._learner.wants_sound
        self.tell(lambda observer: observer.committed(step, sounding=sounding))

    def tell(self, what: Callable[[Observer], None]) -> None:
        """Whoever cannot be told is shown out: nobody who watches may trouble the encounter."""
        for observer in tuple(self._observers):
            try:
                what(observer)
            except Exception as error:  # noqa: BLE001 - as said
                log.error("an observer could not be told: %s", type(error).__name__)
                observer.hang_up(*COME_AGAIN)

    def hang_up(self, code: int, reason: str) -> None:
        for observer in self._observers:
            observer.hang_up(code, reason)

    def _tell_count(self) -> None:
        if self._learner:
            self._learner.send_watched(len(self))


class Watched:
    """The learner as the performer sees them, with the gallery behind: what is for everybody is passed on."""

    def __init__(self, learner: Audience, gallery: Gallery) -> None:
        self.learner = learner
        self._gallery = gallery

    @property
    def reports_played(self) -> bool:
        return self.learner.reports_played

    @property
    def clogged(self) -> bool:
        return self.learner.clogged

    @property
    def wants_sound(self) -> bool:
        return self.learner.wants_sound

    def send_audio(self, reply: str, pcm: Pcm) -> None:
        self.learner.send_audio(reply, pcm)
        self._gallery.tell(lambda observer: observer.send_audio(reply, pcm))

    def send_caption(self, reply: str, heard_ms: int) -> None:
        self.learner.send_caption(reply, heard_ms)
        self._gallery.tell(lambda observer: observer.send_caption(reply, heard_ms))

    def send_duck(self, ducked: bool) -> None:
        self.learner.send_duck(ducked)
        self._gallery.tell(lambda observer: observer.send_duck(ducked))

    def drop_audio(self, reply: str) -> None:
        self.learner.drop_audio(reply)
        self._gallery.tell(lambda observer: observer.drop_audio(reply))

    def send_scorecard(self, made: bool) -> None:
        self.learner.send_scorecard(made)

    def send_watched(self, count: int) -> None:
        self.learner.send_watched(count)

    def send_error(self, error: BedsideError) -> None:
        self.learner.send_error(error)

    def hang_up(self, code: int, reason: str) -> None:
        self.learner.hang_up(code, reason)
