"""A room to try an encounter in, one event at a time, and assertions in the words of the ward."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from server.core.advance import advance, replay
from server.core.case import Case
from server.core.effects import Act, Effect, ShowTurn
from server.core.encounter import Encounter, Speaking, Thinking, open_encounter
from server.core.errors import IllegalEvent
from server.core.events import (
    Acted,
    Cut,
    Entered,
    Event,
    Opened,
    Played,
    ReplyWritten,
    SentenceReady,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
    TimerFired,
    TurnClosed,
    Typed,
)
from server.core.prompt import Prompt
from server.core.timers import timers
from server.core.transcript import Turn


@dataclass
class Room:
    """One encounter in which the test plays engines, browser and learner. Spoken sentences last a second each."""

    encounter: Encounter
    log: list[tuple[Event, int]]
    now_ms: int = 0
    effects: list[Effect] = field(default_factory=list)
    """What the last event asked for."""
    prompts: list[Prompt] = field(default_factory=list)
    _made: int = 0

    def take(self, *events: Event, after_ms: int = 0) -> Room:
        self.now_ms += after_ms
        self.effects = []
        for event in events:
            step = advance(self.encounter, event, self.now_ms)
            self.encounter = step.encounter
            self.effects += step.effects
            self.log.append((event, self.now_ms))
        self.prompts += [effect.prompt for effect in self.effects if isinstance(effect, Act)]
        return self

    def refuses(self, event: Event) -> None:
        """The encounter cannot take this event, and says so without changing."""
        with pytest.raises(IllegalEvent):
            advance(self.encounter, event, self.now_ms)

    # the learner

    def says(self, text: str) -> Room:
        """Typed, asked for an answer, and the answer given and delivered as text."""
        return self.types(text).hears_it_all()

    def types(self, text: str) -> Room:
        return self.take(Typed(self.fresh("item"), text), TurnClosed())

    def speaks(self, text: str, *, confidence: int = 100) -> Room:
        """One utterance, recognised; the reply is decided and not yet given."""
        clip = self.fresh("clip")
        self.take(SpeechBegan(clip)).take(SpeechEnded(clip, 1_500), after_ms=1_500)
        return self.take(SpeechHeard(clip, text, confidence))

    def does(self, action: str = "sit_down") -> Room:
        return self.take(Acted(self.fresh("deed"), action))

    # the patient

    @property
    def reply(self) -> str:
        """Id of the reply that is being thought of or said."""
        assert isinstance(self.encounter.floor, Thinking | Speaking), f"nobody answers: {self.encounter.floor}"
        return self.encounter.floor.reply

    def voices(self, *sentences: str, ms: int = 1_000) -> Room:
        """Sentences committed and sounding; none given: the authored lines."""
        reply = self.reply
        plan = self.encounter.turn(reply).plan
        for text in sentences or (plan.lines if plan else ()):
            self.take(SentenceReady(reply, len(self.encounter.turn(reply).sentences), text, ms))
        return self

    def hears_it_all(self, *, ms: int = 0) -> Room:
        """The reply to its end, as text or, with a length, as sound."""
        reply = self.reply
        if not self.encounter.turn(reply).sentences:
            self.voices(ms=ms)
        total_ms = self.encounter.turn(reply).audio_ms
        return self.take(ReplyWritten(reply)).take(Played(reply, total_ms), after_ms=total_ms)

    def talks_over(self, at_ms: int) -> Room:
        """The learner begins to speak when `at_ms` of the reply was heard."""
        return self.take(Cut(self.reply, at_ms, "barge_in"))

    # time

    def waits_for(self, timer: str) -> Room:
        """Time passes until this timer fires."""
        due = timers(self.encounter)
        names = [name for name in due if name.partition(":")[0] == timer]
        assert names, f"no timer {timer!r} among {sorted(due)}"
        self.now_ms = max(self.now_ms, due[names[0]])
        return self.take(TimerFired(names[0]))

    # what came of it

    @property
    def said(self) -> list[Turn]:
        return [turn for turn in self.encounter.turns if turn.kind == "said"]

    @property
    def last(self) -> Turn:
        return self.encounter.turns[-1]

    def state_of(self, beat: str) -> str:
        return self.encounter.board.tracks[beat].state

    def shown_turns(self) -> list[Turn]:
        return [effect.turn for effect in self.effects if isinstance(effect, ShowTurn)]

    def notices(self) -> list[str]:
        return [notice.code for notice in self.encounter.notices]

    def assert_replays(self) -> None:
        """The log alone gives the same encounter."""
        assert replay(self.encounter.case, self.log) == self.encounter

    def fresh(self, kind: str) -> str:
        self._made += 1
        return f"{kind}_{self._made}"


def room(case: Case, *, portrayal: str = "teaching", time_percent: int = 100) -> Room:
    """At the door."""
    how = "assessment" if portrayal == "assessment" else "teaching"
    opened = Opened(
        "e1",
        case.case_id,
        case.case_version,
        case.digest,
        "teaching" if how == "teaching" else "assessment",
        time_percent,
    )
    return Room(open_encounter(case, opened), [(opened, 0)])


def entered(case: Case, *, portrayal: str = "teaching", time_percent: int = 100) -> Room:
    """Inside, greeted, and the floor is free."""
    return room(case, portrayal=portrayal, time_percent=time_percent).take(Entered()).hears_it_all()
