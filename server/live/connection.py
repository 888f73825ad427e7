"""One learner at one encounter: commands become events, committed events become messages."""

from __future__ import annotations

from dataclasses import replace

from starlette.websockets import WebSocket

from server.core.advance import replay
from server.core.encounter import Encounter, Speaking
from server.core.errors import BedsideError, Conflict, IllegalEvent, RequestError
from server.core.events import Untold
from server.core.scoring.scoring import why_not_scored
from server.core.sound.audio import Pcm
from server.core.sound.endpoint import Patience
from server.core.sound.microphone import MicTrouble
from server.engines.protocols import DetectorFactory, Transcriber
from server.live import wire_in
from server.live.clock import stopwatch_ms
from server.live.commands import Commands, fresh_item_id, wrong_moment
from server.live.conductor import Committed
from server.live.debugging import debug_of
from server.live.ear import Ear
from server.live.hearing import Hearing
from server.live.listening import NearDetector
from server.live.monitoring import Monitor
from server.live.ports import EventLog
from server.live.rooms import Room
from server.live.scene import known_part, missed_items, missed_turns, names_of, told_seq
from server.live.socket import BadMessages, Hangup, Line, frames, until_over
from server.live.tuning import Tuning
from server.live.wire_items import Message
from server.live.wire_out import Scribe
from server.live.wording import NOT_SCORED


class Connection:
    """A `Loudspeaker` and an audience for the performer; a source of events for the conductor."""

    def __init__(
        self,
        socket: WebSocket,
        room: Room,
        *,
        has_voice: bool,
        transcriber: Transcriber | None,
        detectors: DetectorFactory | None,
    ) -> None:
        self._socket = socket
        self._conductor = room.conductor
        self._line = Line(socket)
        self._bad = BadMessages()
        patience = Patience(end_ms=room.conductor.encounter.case.patient.portrayal.speech.patience_ms)
        self._tuning = Tuning(has_voice, patience, sound=has_voice)
        self._scribe = Scribe(names=names_of(room.conductor.encounter))
        self.hearing = Hearing(room.conductor, transcriber, room.performer)
        self.hearing.complain = self._complain
        self._monitor = Monitor(room.performer.microphone)
        self._ear = self.hearing.ear = self._an_ear(detectors, patience) if detectors and transcriber else None
        self._commands = Commands(room, self._tuning, self.hearing, self._ear, self._watch_sound)

    def _an_ear(self, detectors: DetectorFactory, patience: Patience) -> Ear:
        detector = detectors.detector()
        ear = Ear(detector, self.hearing, fresh_item_id, patience)
        ear.over_speech = self._patient_speaks
        if isinstance(detector, NearDetector):
            detector.interrupting = self._patient_speaks
            ear.believed, ear.doubted, ear.begun = detector.believed, detector.doubted, detector.begin
            detector.spoke = lambda level_db, ms: self._warn(self._monitor.microphone.spoke(level_db, ms))
        return ear

    # the audience

    @property
    def wants_sound(self) -> bool:
        return self._tuning.sound

    @property
    def reports_played(self) -> bool:
        return self._commands.reports_played

    @property
    def clogged(self) -> bool:
        return self._line.clogged

    def send_audio(self, reply: str, pcm: Pcm) -> None:
        self._say(self._scribe.audio(reply, pcm))

    def send_caption(self, reply: str, heard_ms: int) -> None:
        self._say(*self._scribe.caption_at(self._conductor.encounter.turn(reply), heard_ms))

    def send_duck(self, ducked: bool) -> None:
        self._say(self._scribe.message("bedside.duck", ducked=ducked))

    def send_scorecard(self, made: bool) -> None:
        reason = why_not_scored(self._conductor.encounter)
        status = "not_scored" if reason else "draft" if made else "pending"
        self._say(
            self._scribe.message("bedside.scorecard", status=status, reason=reason, message=NOT_SCORED.get(reason, ""))
        )

    def send_watched(self, count: int) -> None:
        self._say(self._scribe.message("bedside.watched", count=count))

    def send_error(self, error: BedsideError) -> None:
        self._say(self._scribe.error(error))

    def drop_audio(self, reply: str) -> None:
        self._line.drop_audio(reply)

    def hang_up(self, code: int, reason: str) -> None:
        self._line.hang_up(code, reason)

    def committed(self, step: Committed) -> None:
        """The conductor's listener. Of a cue and its taking back the learner is told nothing, not even that
        something happened.
        """
        if isinstance(step.event, Untold):
            return
        if self._ear:
            self._scribe.ear_ms, self._scribe.began_ms = self._ear.heard_ms, self._ear.began_ms
            if not step.encounter.running:
                self._ear.clear()
        self._scribe.sound = self._tuning.sound
        self._say(*self._scribe.committed(replace(step, seq=told_seq(step.seq, step.encounter))))
        self._debug(step.encounter)
        self.hearing.moved()

    def _debug(self, encounter: Encounter) -> None:
        if encounter.tryout:
            self._say(self._scribe.message("bedside.debug", **debug_of(encounter)))

    def _say(self, *messages: Message) -> None:
        for message in messages:
            self._line.send(message)

    def _complain(self, error: BedsideError, event_id: str = "") -> None:
        self._say(self._scribe.error(error, event_id))

    def _watch_sound(self, data: bytes) -> None:
        self._warn(self._monitor.feed(data, self._tuning.rate_hz, int(stopwatch_ms())))

    def _warn(self, troubles: list[MicTrouble]) -> None:
        for trouble in troubles:
            self._say(
                self._scribe.message(
                    "bedside.microphone", code=trouble.code, message=trouble.message, mend=trouble.mend
                )
            )

    def _patient_speaks(self) -> bool:
        return isinstance(self._conductor.encounter.floor, Speaking)

    # the conversation with the client

    async def run(self) -> None:
        """Serve until the line drops or somebody hangs up. Raises `Hangup`."""
        try:
            await until_over(self._line, self._receive(), self.hearing.run())
        finally:
            self.hearing.close()

    async def missed(self, log: EventLog, after: int | None) -> Encounter:
        """The encounter as this client knows it. Raises `Hangup` when `after` is ahead of the log.

        Of the event `after` itself it may have read only a part, so that one is not counted as known.
        """
        case, entries = await log.read(self._conductor.encounter.id)
        if after is not None and after > told_seq(self._conductor.seq, self._conductor.encounter):
            raise Hangup(4422, "the page is ahead of the server; reload to continue")
        known = max(1, (after or 0) - 1)
        return replay(case, ((entry.event, entry.at_ms) for entry in known_part(entries, known)))

    def welcome(self, known: Encounter) -> None:
        """Say who and where we are, and what was missed since `known`. From here on the listener takes over."""
        encounter = self._conductor.encounter
        self._scribe.sound = self._tuning.sound
        self._scribe.at(told_seq(self._conductor.seq, encounter))
        turns, items = missed_turns(known, encounter), missed_items(known, encounter)
        self._say(*self._scribe.greeting(encounter, self._tuning.describe(encounter), turns, items, observing=False))
        self._debug(encounter)

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
            answer = await self._commands.do(wire_in.read(message))
            if answer:
                kind, fields = answer
                self._say(self._scribe.message(kind, **fields))
        except IllegalEvent:
            self._complain(wrong_moment(self._conductor.encounter), event_id)
        except BedsideError as error:
            self._complain(error, event_id)
            if isinstance(error, RequestError) and not isinstance(error, Conflict):
                self._bad.note()
