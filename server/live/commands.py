"""What a client asks for, and what becomes of it: a command is turned into an event, or refused by name."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from openai.types import realtime

from server.core.advance import can_truncate
from server.core.encounter import Encounter, Speaking, Thinking
from server.core.errors import Conflict, NotAllowed, RequestError
from server.core.events import (
    Acted,
    Cut,
    Ended,
    Entered,
    Event,
    Forced,
    Jumped,
    Paused,
    Resumed,
    SilenceHeld,
    Truncated,
    TurnClosed,
    Typed,
)
from server.core.reasons import Reason
from server.core.sound.audio import BYTES_PER_SAMPLE
from server.core.steering.trying import why_not_force, why_not_jump
from server.live import wire_in
from server.live.ear import LONGEST_MS, Ear
from server.live.hearing import Hearing
from server.live.rooms import Room
from server.live.scene import offered
from server.live.socket import Inflow
from server.live.steering_words import words
from server.live.tuning import Tuning

ITEM_ID_LENGTH = 64
MOST_PENDING = 8
"""Typed items that may wait for one answer."""
MOST_A_MINUTE = 30
"""Turns of a learner; nobody who reads the answers types more."""

Answer = tuple[str, dict[str, Any]] | None
"""A message of its own that a command is answered with: type and fields. Most answers come with the committed event."""


class Commands:
    """The hands of one learner at one encounter."""

    def __init__(
        self, room: Room, tuning: Tuning, hearing: Hearing, ear: Ear | None, heed: Callable[[bytes], None]
    ) -> None:
        self._room = room
        self._conductor = room.conductor
        self._tuning = tuning
        self._hearing = hearing
        self._ear = ear
        self._heed = heed
        self._inflow = Inflow()
        self._told_too_long = False
        self.reports_played = False
        self._deeds: dict[type, Callable[[Any], Awaitable[Answer]]] = {
            wire_in.Enter: self._enter,
            wire_in.PlayedSoFar: self._played,
            wire_in.DoAction: self._act,
            wire_in.HoldSilence: self._hold_silence,
            wire_in.Pause: self._pause,
            wire_in.Resume: self._resume,
            wire_in.End: self._end,
            wire_in.BringForward: self._cue,
            wire_in.TakeBack: self._cue,
            wire_in.Jump: self._jump,
            wire_in.Force: self._force,
            wire_in.UpdateSession: self._update,
            realtime.InputAudioBufferAppendEvent: self._append,
            realtime.InputAudioBufferCommitEvent: self._commit,
            realtime.InputAudioBufferClearEvent: self._clear,
            realtime.ConversationItemCreateEvent: self._create_item,
            realtime.ConversationItemTruncateEvent: self._truncate,
            realtime.ResponseCreateEvent: self._answer,
            realtime.ResponseCancelEvent: self._cancel,
        }

    async def do(self, command: wire_in.Command) -> Answer:
        """Raises `RequestError`, `IllegalEvent`, `StoreError` or `Hangup`."""
        return await self._deeds[type(command)](command)

    @property
    def _encounter(self) -> Encounter:
        return self._conductor.encounter

    async def _take(self, event: Event) -> None:
        await self._conductor.take(event)

    # what the learner does

    async def _enter(self, _: wire_in.Enter) -> Answer:
        if self._encounter.phase != "prebrief":
            raise wrong_moment(self._encounter)
        await self._take(Entered())
        return None

    async def _enter_if_at_the_door(self) -> None:
        if self._encounter.phase == "prebrief":
            await self._take(Entered())

    async def _act(self, command: wire_in.DoAction) -> Answer:
        action = self._encounter.case.action(command.action)
        if action is None:
            raise RequestError(
                "There is no such action in this case.",
                code="unknown_action",
                field="action",
                mend="Use an id from the case's list.",
            )
        if self._encounter.running and action not in offered(self._encounter):
            raise Conflict(
                "This action is not offered now.",
                code="action_not_offered",
                field="action",
                mend="bedside.actions tells which are.",
            )
        await self._take(Acted(fresh_item_id(), command.action))
        return None

    async def _hold_silence(self, command: wire_in.HoldSilence) -> Answer:
        await self._take(SilenceHeld(fresh_item_id(), command.duration_ms))
        return None

    async def _pause(self, _: wire_in.Pause) -> Answer:
        await self._take(Paused())
        return None

    async def _resume(self, _: wire_in.Resume) -> Answer:
        await self._take(Resumed())
        return None

    async def _end(self, command: wire_in.End) -> Answer:
        if command.reason == "learner":
            await self._hearing.settled()
        await self._take(Ended(command.reason))
        return None

    async def _cue(self, _: wire_in.BringForward | wire_in.TakeBack) -> Answer:
        raise NotAllowed("A cue is for who watches.", code="may_not_cue")

    async def _jump(self, command: wire_in.Jump) -> Answer:
        now_ms = self._conductor.clock.now_ms()
        backwards = Reason("backwards") if self._encounter.tryout and command.to_ms < now_ms else None
        self._require(why_not_jump(self._encounter, command.to_ms) or backwards, "to_ms")
        await self._take(Jumped(command.to_ms))
        return None

    async def _force(self, command: wire_in.Force) -> Answer:
        self._require(why_not_force(self._encounter, command.beat), "beat")
        await self._take(Forced(command.beat))
        return None

    def _require(self, reason: Reason | None, field: str) -> None:
        """Raises `Conflict`, or `NotAllowed` where the encounter is no try-out."""
        if reason and reason.code == "no_tryout":
            raise NotAllowed(words(reason, self._encounter), code="only_in_tryouts", field="type")
        if reason:
            raise Conflict(words(reason, self._encounter), code="cannot_steer", field=field)

    async def _create_item(self, command: realtime.ConversationItemCreateEvent) -> Answer:
        text = wire_in.typed_text(command)
        item_id = self._item_id(command.item.id or fresh_item_id())
        await self._enter_if_at_the_door()
        if len(self._encounter.pending) >= MOST_PENDING:
            raise Conflict(f"{MOST_PENDING} items wait for an answer already.", code="wait_for_reply")
        self._refuse_flood()
        await self._take(Typed(item_id, text))
        return None

    def _refuse_flood(self) -> None:
        """By the log, so that neither a new line nor a restart gives anybody more. Raises `Conflict`."""
        since = self._conductor.clock.now_ms() - 60_000
        lately = sum(turn.speaker == "learner" and turn.at_ms > since for turn in self._encounter.own_turns)
        if lately + len(self._encounter.pending) >= MOST_A_MINUTE:
            says = f"At most {MOST_A_MINUTE} typed turns in a minute."
            raise Conflict(says, code="slow_down", mend="Wait a moment, then send it again.")

    def _item_id(self, item_id: str) -> str:
        plain = item_id.isascii() and item_id.replace("_", "").replace("-", "").isalnum()
        if not plain or len(item_id) > ITEM_ID_LENGTH:
            raise RequestError(
                "The item id is not usable.",
                code="bad_item_id",
                field="item.id",
                mend=f"At most {ITEM_ID_LENGTH} letters, digits, - and _.",
            )
        if self._encounter.knows(item_id) or item_id in self._conductor.items:
            raise Conflict("An item with this id is stored already.", code="item_id_reused", field="item.id")
        return item_id

    async def _answer(self, command: realtime.ResponseCreateEvent) -> Answer:
        settings = command.response
        if settings is not None and settings.model_dump(exclude_none=True, exclude={"output_modalities"}):
            raise RequestError(
                "`response` settings belong to the case.",
                code="not_supported",
                field="response",
                mend="Send response.create alone.",
            )
        await self._enter_if_at_the_door()
        if self._encounter.pending:
            await self._take(TurnClosed())
        return None

    async def _cancel(self, _: realtime.ResponseCancelEvent) -> Answer:
        floor = self._encounter.floor
        cut = isinstance(floor, Speaking | Thinking) and await self._conductor.take(
            Cut(floor.reply, self._room.performer.heard_ms(floor.reply), "cancelled")
        )
        if not cut:
            raise Conflict("Nobody is speaking.", code="response_cancel_not_active")
        return None

    async def _truncate(self, command: realtime.ConversationItemTruncateEvent) -> Answer:
        encounter, reply, audio_ms = self._encounter, command.item_id, command.audio_end_ms
        speaking = isinstance(encounter.floor, Speaking) and encounter.floor.reply == reply
        if not speaking and not can_truncate(encounter, reply):
            raise _cannot_truncate()
        playout = self._room.performer.playout
        sent_ms = playout.sent_ms if speaking and playout else encounter.turn(reply).audio_ms
        if not 0 <= audio_ms <= sent_ms:
            raise RequestError(
                "`audio_end_ms` is beyond the audio.",
                code="audio_end_out_of_range",
                field="audio_end_ms",
                mend="Give a position inside what was sent.",
            )
        shorter = Cut(reply, audio_ms, "cancelled") if speaking else Truncated(reply, audio_ms)
        if await self._conductor.take(shorter) is None:
            raise _cannot_truncate()
        if speaking:
            return "conversation.item.truncated", {"item_id": reply, "content_index": 0, "audio_end_ms": audio_ms}
        return None

    async def _played(self, command: wire_in.PlayedSoFar) -> Answer:
        """Late, early and foreign reports are harmless: only the reply that is being played counts."""
        playout = self._room.performer.playout
        if playout and playout.reply == command.item_id:
            self.reports_played = True
            playout.report(command.audio_ms)
        return None

    # sound

    async def _append(self, command: realtime.InputAudioBufferAppendEvent) -> Answer:
        data = wire_in.audio_bytes(command)
        if self._ear is None:
            raise RequestError(
                "This service cannot hear.",
                code="no_hearing",
                field="audio",
                mend="Type instead; `bedside doctor` says why.",
            )
        self._inflow.note(len(data) / BYTES_PER_SAMPLE * 1000 / self._tuning.rate_hz)
        if data:
            self._heed(data)
            await self._enter_if_at_the_door()
        if self._encounter.running:
            await self._feed(self._ear, data)
        return None

    async def _feed(self, ear: Ear, data: bytes) -> None:
        """A second at a time, so that a large message does not hold up the others."""
        second = self._tuning.rate_hz * BYTES_PER_SAMPLE
        for start in range(0, len(data), second):
            ear.feed(data[start : start + second])
            if len(data) > second:
                await asyncio.sleep(0)
        told, self._told_too_long = self._told_too_long, ear.too_long
        if ear.too_long and not told:
            raise Conflict(
                f"Of one utterance the first {LONGEST_MS // 1000} s are kept.",
                code="audio_too_long",
                field="audio",
                mend="Commit, and go on with the next.",
            )

    async def _commit(self, _: realtime.InputAudioBufferCommitEvent) -> Answer:
        if self._ear is None or not self._ear.commit():
            raise RequestError(
                "There is no audio to commit.", code="input_audio_buffer_commit_empty", mend="Append audio first."
            )
        return None

    async def _clear(self, _: realtime.InputAudioBufferClearEvent) -> Answer:
        if self._ear:
            self._ear.clear()
        return "input_audio_buffer.cleared", {}

    async def _update(self, command: wire_in.UpdateSession) -> Answer:
        tuning = self._tuning
        tuning.update(command.session)
        self._hearing.interruptible = tuning.interruptible
        if self._ear:
            self._ear.tune(rate_hz=tuning.rate_hz, patience=tuning.patience, hands_free=tuning.hands_free)
        return "session.updated", {"session": tuning.describe(self._encounter)}


def wrong_moment(encounter: Encounter) -> Conflict:
    code = "encounter_over" if encounter.over else "wrong_moment"
    return Conflict(f"This cannot be done now: the encounter is in phase {encounter.phase}.", code=code)


def _cannot_truncate() -> Conflict:
    return Conflict(
        "This item cannot be truncated now.",
        code="cannot_truncate",
        field="item_id",
        mend="A reply can be shortened until the learner's next turn.",
    )


def fresh_item_id() -> str:
    return f"item_{secrets.token_hex(8)}"
