"""What a client is told: committed events as Realtime messages. Pure translation; order and ids are the protocol's.

`event_id` is `evt_<seq>_<n>`, so that a client that drops knows from where to resume.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.core.effects import Effect, ShowNotice, ShowPhase, ShowTurn
from server.core.encounter import Encounter, Item, Notice
from server.core.errors import BedsideError, RequestError
from server.core.events import (
    Jumped,
    Murmured,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
    SpeechUnclear,
    TimerFired,
    Truncated,
    Typed,
)
from server.core.sound.audio import Pcm
from server.core.transcript import LEARNER, Turn, heard_text
from server.live.conductor import Committed
from server.live.scene import cast_of, offered
from server.live.wire_items import (
    Message,
    assistant_item,
    content,
    item_status,
    response,
    response_id,
    speaker,
    status_of,
    user_item,
)
from server.live.wording import ENDINGS, NOTICES


@dataclass
class Scribe:
    """Writes the messages of one connection."""

    sound: bool = True
    """True while replies are spoken, False while they are text."""
    names: Mapping[str, str] = field(default_factory=dict)
    """How the cast are called, by id."""
    seq: int = 0
    previous_item: str | None = None
    ear_ms: int = 0
    began_ms: Mapping[str, int] = field(default_factory=dict)
    """By clip, where in the received sound it began; of the latest only."""
    _made: int = 0
    _actions: list[str] = field(default_factory=list)
    """Those the client knows to be offered."""
    _present: frozenset[str] = frozenset()
    _captioned: dict[str, str] = field(default_factory=dict)
    _texts: set[str] = field(default_factory=set)
    """Replies that were announced as text."""

    def message(self, kind: str, /, **fields: Any) -> Message:
        self._made += 1
        return {"type": kind, "event_id": f"evt_{self.seq}_{self._made}", **fields}

    def at(self, seq: int) -> None:
        if seq != self.seq:
            self.seq, self._made = seq, 0

    # committed events

    def committed(self, step: Committed) -> list[Message]:
        """Everything that follows from one event."""
        self.at(step.seq)
        effects = [message for effect in step.effects for message in self._effect(effect, step.encounter)]
        return [*self._event(step), *effects, *self._scene(step.encounter)]

    def greeting(
        self, encounter: Encounter, session: Message, turns: Sequence[Turn], items: Sequence[Item], *, observing: bool
    ) -> list[Message]:
        """Who and where we are, the turns and typed items that are not known yet, and how things stand."""
        case = encounter.case
        about = {"encounter_id": encounter.id, "case_id": case.case_id, "case_version": case.case_version}
        self._present = encounter.board.present
        return [
            self.message("session.created", session=session | {"bedside_cast": cast_of(encounter)}),
            self.message("bedside.encounter", **about, phase=encounter.phase, observing=observing, seq=self.seq),
            *(message for turn in turns for message in self.recall(turn)),
            *(message for item in items for message in self.typed(item.id, item.text)),
            self.message("bedside.phase", phase=encounter.phase, reason=encounter.reason),
            self.timer(encounter),
            self._offer(encounter),
        ]

    def _scene(self, encounter: Encounter) -> list[Message]:
        """Who has come or gone, and which actions are offered now, where that has changed."""
        told = []
        if encounter.board.present != self._present:
            self._present = encounter.board.present
            told.append(self.message("bedside.present", cast=cast_of(encounter)))
        if [action.id for action in offered(encounter)] != self._actions:
            told.append(self._offer(encounter))
        return told

    def _offer(self, encounter: Encounter) -> Message:
        actions = offered(encounter)
        self._actions = [action.id for action in actions]
        return self.message("bedside.actions", actions=[{"id": one.id, "label": one.label} for one in actions])

    def _event(self, step: Committed) -> list[Message]:
        match step.event:
            case SpeechBegan():
                clip = step.event.clip
                began_ms = self.began_ms.get(clip, self.ear_ms)
                return [self.message("input_audio_buffer.speech_started", item_id=clip, audio_start_ms=began_ms)]
            case SpeechEnded():
                return self._speech_ended(step.event)
            case SpeechHeard():
                return self._speech_heard(step.event, step.encounter)
            case SpeechUnclear():
                return self._speech_unclear(step.event)
            case Murmured(clip=clip, text=text, reply=reply):
                return [self.message("bedside.murmur", item_id=clip, text=text, during=reply)]
            case TimerFired():
                return self._timed_out(step.event.timer)
            case Jumped():
                return [self.timer(step.encounter)]
            case Typed():
                return self.typed(step.event.item, step.event.text)
            case Truncated():
                return [
                    self.message(
                        "conversation.item.truncated",
                        item_id=step.event.reply,
                        content_index=0,
                        audio_end_ms=step.encounter.turn(step.event.reply).heard_ms,
                    )
                ]
        return []

    def _timed_out(self, timer: str) -> list[Message]:
        """A limit of the core's ends an utterance or a recognition as an engine or a client would have."""
        name, _, clip = timer.partition(":")
        match name:
            case "hearing":
                return self._speech_ended(SpeechEnded(clip, 0))
            case "recognising":
                return self._speech_unclear(SpeechUnclear(clip, "engine_failed"))
        return []

    def _speech_ended(self, event: SpeechEnded) -> list[Message]:
        item = user_item(event.clip, {"type": "input_audio"}, "in_progress")
        return [
            self.message("input_audio_buffer.speech_stopped", item_id=event.clip, audio_end_ms=self.ear_ms),
            self.message("input_audio_buffer.committed", item_id=event.clip, previous_item_id=self.previous_item),
            self._added(item),
        ]

    def _speech_heard(self, event: SpeechHeard, encounter: Encounter) -> list[Message]:
        item = user_item(event.clip, {"type": "input_audio", "transcript": event.text})
        heard: Message = {
            "transcript": event.text,
            "usage": {"type": "duration", "seconds": encounter.turn(event.clip).heard_ms / 1000},
            "confidence": event.confidence_percent / 100,
        }
        kind = "conversation.item.input_audio_transcription.completed"
        return [
            self.message(kind, item_id=event.clip, content_index=0, **heard),
            self.message("conversation.item.done", item=item, previous_item_id=None),
        ]

    def _speech_unclear(self, event: SpeechUnclear) -> list[Message]:
        if event.reason == "withdrawn":
            return [self.message("input_audio_buffer.speech_stopped", item_id=event.clip, audio_end_ms=self.ear_ms)]
        return []  # the notice says the rest

    def _unheard(self, notice: Notice) -> Message:
        error = {"type": "server_error", "code": notice.code, "message": NOTICES[notice.code]}
        kind = "conversation.item.input_audio_transcription.failed"
        return self.message(kind, item_id=notice.about, content_index=0, error=error)

    # effects

    def _effect(self, effect: Effect, encounter: Encounter) -> list[Message]:
        match effect:
            case ShowTurn():
                return self._turn(effect.turn, effect.new)
            case ShowPhase():
                phase = self.message("bedside.phase", phase=effect.phase, reason=effect.reason)
                over = effect.phase in ("reflection", "done") and encounter.reflection is None
                return [phase, *([self.ended(encounter)] if over else []), self.timer(encounter)]
            case ShowNotice():
                notice = effect.notice
                return [
                    *([self._unheard(notice)] if notice.code in ("hearing_failed", "hearing_broken") else []),
                    self.message("bedside.notice", code=notice.code, message=NOTICES[notice.code], about=notice.about),
                ]
        return []

    def ended(self, encounter: Encounter) -> Message:
        """Why it is over, for machines and for people."""
        return self.message("bedside.ended", reason=encounter.ended, message=ENDINGS[encounter.ended])

    def timer(self, encounter: Encounter) -> Message:
        limit = None if encounter.limit_ms == float("inf") else int(encounter.limit_ms)
        return self.message(
            "bedside.timer", at_ms=encounter.now_ms, limit_ms=limit, warning=encounter.warned, running=encounter.running
        )

    def _turn(self, turn: Turn, new: bool) -> list[Message]:
        if turn.kind != "said":
            return [self.shown(turn)] if new else []
        if turn.speaker == LEARNER:
            return []
        opening = self._reply_opened(turn) if new else []
        return [*opening, *self._reply_grown(turn), *(self._reply_closed(turn) if turn.closed else [])]

    def shown(self, turn: Turn) -> Message:
        who = {"speaker": turn.speaker, "speaker_name": self.names.get(turn.speaker, turn.speaker)}
        return self.message("bedside.shown", item_id=turn.id, **who, text=turn.text, kind=turn.kind)

    def _who(self, turn: Turn) -> dict[str, str]:
        return speaker(turn, self.names)

    def _reply_opened(self, turn: Turn) -> list[Message]:
        self._texts = self._texts - {turn.id} if self.sound else self._texts | {turn.id}
        self._captioned[turn.id] = ""
        who, spoken = self._who(turn), self._spoken(turn)
        item = assistant_item(turn, "in_progress", [], who)
        ids = {"response_id": response_id(turn), "item_id": turn.id, "output_index": 0, "content_index": 0}
        part = {"type": "audio", "transcript": ""} if spoken else {"type": "text", "text": ""}
        return [
            self.message("response.created", response=response(turn, "in_progress", [], spoken, who)),
            self.message("response.output_item.added", response_id=response_id(turn), output_index=0, item=item),
            self._added(item),
            self.message("response.content_part.added", **ids, part=part),
        ]

    def speaks(self, reply: str) -> bool:
        """Whether this reply was announced as sound."""
        return reply in self._captioned and reply not in self._texts

    def _spoken(self, turn: Turn) -> bool:
        return turn.id not in self._texts

    def _reply_grown(self, turn: Turn) -> list[Message]:
        """Words that need no sound are heard when they are delivered."""
        silent = bool(turn.sentences) and turn.sentences[-1].audio_ms == 0
        return self.caption(turn, turn.text) if silent and not turn.closed else []

    def caption(self, turn: Turn, heard: str) -> list[Message]:
        """The words of `heard` that were not captioned yet."""
        before = self._captioned.get(turn.id)
        if before is None or len(heard) <= len(before) or not heard.startswith(before):
            return []
        self._captioned[turn.id] = heard
        kind = "response.output_audio_transcript.delta" if self._spoken(turn) else "response.output_text.delta"
        return [self.message(kind, **self._ids(turn), delta=heard[len(before) :])]

    def caption_at(self, turn: Turn, heard_ms: int) -> list[Message]:
        return self.caption(turn, heard_text(turn.sentences, heard_ms))

    def audio(self, reply: str, pcm: Pcm) -> Message:
        ids = {"response_id": f"resp_{reply}", "item_id": reply, "output_index": 0, "content_index": 0}
        return self.message("response.output_audio.delta", **ids, delta=base64.b64encode(pcm.data).decode())

    def _ids(self, turn: Turn) -> dict[str, Any]:
        return {"response_id": response_id(turn), "item_id": turn.id, "output_index": 0, "content_index": 0}

    def _reply_closed(self, turn: Turn) -> list[Message]:
        if turn.id not in self._captioned:
            return []
        last = self.caption(turn, turn.text)
        del self._captioned[turn.id]
        ids, spoken = self._ids(turn), self._spoken(turn)
        status = status_of(turn)
        item = assistant_item(turn, item_status(turn), [content(turn, spoken)], self._who(turn))
        done = (
            [
                self.message("response.output_audio.done", **ids),
                self.message("response.output_audio_transcript.done", **ids, transcript=turn.text),
            ]
            if spoken
            else [self.message("response.output_text.done", **ids, text=turn.text)]
        )
        part = {"type": "audio", "transcript": turn.text} if spoken else {"type": "text", "text": turn.text}
        return [
            *last,
            *done,
            self.message("response.content_part.done", **ids, part=part),
            self.message("response.output_item.done", response_id=response_id(turn), output_index=0, item=item),
            self.message("conversation.item.done", item=item, previous_item_id=None),
            self.message("response.done", response=response(turn, status, [item], spoken, self._who(turn))),
        ]

    # items

    def _added(self, item: Message) -> Message:
        message = self.message("conversation.item.added", item=item, previous_item_id=self.previous_item)
        self.previous_item = item["id"]
        return message

    def _item(self, item: Message) -> list[Message]:
        before = self.previous_item
        return [self._added(item), self.message("conversation.item.done", item=item, previous_item_id=before)]

    def recall(self, turn: Turn) -> list[Message]:
        """A turn that happened before this connection: its words, not its sound."""
        if turn.kind != "said":
            return [self.shown(turn)]
        if turn.speaker == LEARNER:
            return self.typed(turn.id, turn.text)
        if not turn.closed:
            return self._reply_opened(turn)
        return self._item(assistant_item(turn, item_status(turn), [content(turn, self.sound)], self._who(turn)))

    def typed(self, item_id: str, text: str) -> list[Message]:
        return self._item(user_item(item_id, {"type": "input_text", "text": text}))

    def error(self, error: BedsideError, event_id: str = "") -> Message:
        kind = "invalid_request_error" if isinstance(error, RequestError) else "server_error"
        param = error.field if isinstance(error, RequestError) and error.field else None
        about = {
            "type": kind,
            "code": error.code,
            "message": error.message,
            "param": param,
            "event_id": event_id or None,
        }
        return self.message("error", error=about)
