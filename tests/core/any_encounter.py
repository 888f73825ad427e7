"""A machine that plays learner, engines, browser and crashes in any legal order. What must hold is told elsewhere."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from server.core.advance import advance, can_truncate, is_late
from server.core.correcting import why_not
from server.core.effects import Effect, effects_to_resume
from server.core.encounter import Encounter, Hearing, Listening, Recognising, Speaking, Thinking, open_encounter
from server.core.errors import IllegalEvent
from server.core.events import (
    Acted,
    CorrectionProposed,
    CorrectionSettled,
    Cued,
    CueTakenBack,
    Cut,
    Entered,
    Event,
    Forced,
    Jumped,
    Murmured,
    Opened,
    Paused,
    Played,
    Reflected,
    ReplyFailed,
    ReplyWritten,
    Resumed,
    SentenceReady,
    SilenceHeld,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
    SpeechUnclear,
    TimerFired,
    Truncated,
    TurnClosed,
    Typed,
    from_record,
    to_record,
)
from server.core.sentences import split
from server.core.steering.trying import why_not_force, why_not_jump
from server.core.timers import timers
from server.core.transcript import Turn
from tests.core.canaries import (
    ACTIONS,
    BEAT_CANARY,
    LEARNER_LINES,
    LEAVING_LINES,
    canary_case,
)
from tests.core.nonsense import anything
from tests.core.worlds import Ears, World

AT_ONE_INSTANT = 60
"""Most events that a core and its engines may need without any time passing and without a learner."""


class AnyEncounter(RuleBasedStateMachine):
    """One encounter, from the door to its end."""

    @initialize(
        fallback=st.sampled_from([0.5, 1.1, 4.6]),
        fires=st.integers(1, 2),
        timer=st.sampled_from(["soft", "hard"]),
        portrayal=st.sampled_from(["teaching", "assessment"]),
        percent=st.sampled_from([100, 150, 0]),
        variant=st.sampled_from(["", "other", "cross"]),
        seed=st.integers(0, 3),
        carried=st.sampled_from([{}, {"trust": 6, "gone": 3}, {"curtain": "drawn", "sister.irritation": 9}]),
        tryout=st.sampled_from([False, False, True]),
    )
    def open(
        self,
        fallback: float,
        fires: int,
        timer: str,
        portrayal: str,
        percent: int,
        variant: str,
        seed: int,
        carried: dict[str, int | str],
        tryout: bool,
    ) -> None:
        written = canary_case(fallback_at_min=fallback, max_fires=fires, timer=timer, crowded=True)
        opened = from_record(
            {"event": "Opened", "encounter_id": "e1", "case_id": "small", "case_version": "0.1.0",
             "case_digest": written.digest, "portrayal": portrayal, "time_percent": percent,
             "variant": variant, "seed": seed, "carried": carried, "tryout": tryout}
        )  # fmt: skip
        assert isinstance(opened, Opened)
        self.encounter = open_encounter(written, opened)
        self.case = self.encounter.case
        self.shadow = open_encounter(written, opened)
        self.log: list[tuple[Event, int]] = [(opened, 0)]
        self.now_ms = self.made = self.at_once = 0
        self.world, self.ears = World(), Ears()
        self.take(Entered())

    # one event

    def take(self, event: Event) -> None:
        before = self.encounter
        assert not is_late(before, event, self.now_ms), f"{event} is late"
        step = advance(before, event, self.now_ms)
        by_itself = isinstance(event, TimerFired | SentenceReady | ReplyWritten | Played | ReplyFailed)
        self.at_once = self.at_once + 1 if by_itself and self.now_ms == before.now_ms else 0
        assert self.at_once < AT_ONE_INSTANT, "it goes on and on, and no time passes"
        self.encounter = step.encounter
        self.ears.listen(before, step.encounter)
        self.log.append((event, self.now_ms))
        again = from_record(json.loads(json.dumps(to_record(event))))
        self.shadow = advance(self.shadow, again, self.now_ms).encounter
        self.world.perform(step.effects)
        self.check_effects(step.effects, owed=bool(before.owed))
        self.check_step(before, event)

    def check_effects(self, effects: tuple[Effect, ...], *, owed: bool) -> None:
        """What must hold of everything that the core asks of the world."""
        raise NotImplementedError

    def check_step(self, before: Encounter, event: Event) -> None:
        """What must hold after every event."""
        raise NotImplementedError

    def fresh(self, kind: str) -> str:
        self.made += 1
        return f"{kind}_{self.made}"

    @property
    def floor(self) -> object:
        return self.encounter.floor

    @property
    def running(self) -> bool:
        return self.encounter.running

    @property
    def open_reply(self) -> Turn:
        assert isinstance(self.encounter.floor, Thinking | Speaking)
        return self.encounter.turn(self.encounter.floor.reply)

    # the learner

    @precondition(lambda self: self.running)
    @rule(text=st.sampled_from(LEARNER_LINES), at_once=st.booleans())
    def types(self, text: str, at_once: bool) -> None:
        self.take(Typed(self.fresh("item"), text))
        if at_once:
            self.take(TurnClosed())

    @precondition(lambda self: self.running and self.encounter.pending)
    @rule()
    def closes_the_turn(self) -> None:
        self.take(TurnClosed())

    @precondition(lambda self: self.running)
    @rule(text=st.sampled_from(LEAVING_LINES), sure=st.integers(0, 9))
    def leaves_by_words(self, text: str, sure: int) -> None:
        if sure == 0:
            self.take(Typed(self.fresh("item"), text))
            self.take(TurnClosed())

    @precondition(lambda self: self.running and isinstance(self.floor, Listening | Thinking))
    @rule()
    def begins_to_speak(self) -> None:
        self.take(SpeechBegan(self.fresh("clip")))

    @precondition(lambda self: self.running and isinstance(self.floor, Hearing))
    @rule(ms=st.integers(0, 9_000))
    def stops_speaking(self, ms: int) -> None:
        assert isinstance(self.encounter.floor, Hearing)
        self.now_ms += ms
        self.take(SpeechEnded(self.encounter.floor.clip, ms))

    @precondition(lambda self: self.running and isinstance(self.floor, Recognising))
    @rule(text=st.sampled_from(LEARNER_LINES), confidence=st.sampled_from([100, 30]))
    def is_heard(self, text: str, confidence: int) -> None:
        assert isinstance(self.encounter.floor, Recognising)
        self.take(SpeechHeard(self.encounter.floor.clip, text, confidence))

    @precondition(lambda self: self.running and isinstance(self.floor, Recognising | Hearing))
    @rule(reason=st.sampled_from(["no_words", "engine_failed", "withdrawn"]))
    def is_unclear(self, reason: str) -> None:
        clip = getattr(self.encounter.floor, "clip", "")
        self.take(from_record({"event": "SpeechUnclear", "clip": clip, "reason": reason}))

    @precondition(lambda self: self.running and any(turn.plan for turn in self.encounter.turns))
    @rule(text=st.sampled_from(["Mm-hm.", "Yeah."]), ms=st.integers(0, 600))
    def murmurs(self, text: str, ms: int) -> None:
        """It moves nothing: turns, board and floor stay as they are."""
        before = self.encounter
        reply = next(turn.id for turn in reversed(before.turns) if turn.plan)
        self.take(Murmured(self.fresh("murmur"), text, ms, reply))
        assert self.encounter.murmurs[-1].text == text
        assert (self.encounter.turns, self.encounter.board) == (before.turns, before.board)
        assert self.encounter.floor == before.floor

    @precondition(lambda self: self.running)
    @rule(action=st.sampled_from([action.id for action in ACTIONS]))
    def acts(self, action: str) -> None:
        deed = Acted(self.fresh("deed"), action)
        if not is_late(self.encounter, deed, self.now_ms):
            self.take(deed)

    @precondition(lambda self: self.running)
    @rule(ms=st.integers(3_000, 9_000))
    def holds_a_silence(self, ms: int) -> None:
        self.take(SilenceHeld(self.fresh("silence"), ms))

    # the patient

    @precondition(
        lambda self: self.running and isinstance(self.floor, Thinking | Speaking) and not self.open_reply.written
    )
    @rule(ms=st.sampled_from([0, 0, 700, 2_500]), all_of_it=st.booleans())
    def a_sentence_is_ready(self, ms: int, all_of_it: bool) -> None:
        while (left := self.unsaid()) and isinstance(self.floor, Thinking | Speaking):
            reply = self.open_reply
            self.take(SentenceReady(reply.id, len(reply.sentences), left[0], ms))
            if not all_of_it:
                return
        if self.open_reply.sentences:
            self.take(ReplyWritten(self.open_reply.id))

    def unsaid(self) -> list[str]:
        reply = self.open_reply
        return split(" ".join(reply.plan.lines if reply.plan else ()))[len(reply.sentences) :]

    @precondition(lambda self: self.running and isinstance(self.floor, Speaking) and self.open_reply.written)
    @rule()
    def it_is_played(self) -> None:
        reply = self.open_reply
        self.now_ms += reply.audio_ms
        self.take(Played(reply.id, reply.audio_ms))

    @precondition(lambda self: self.running and isinstance(self.floor, Thinking | Speaking))
    @rule(share=st.floats(0, 1.2), reason=st.sampled_from(["barge_in", "cancelled", "disconnected", "stalled"]))
    def it_is_cut(self, share: float, reason: str) -> None:
        reply = self.open_reply
        cut = {"event": "Cut", "reply": reply.id, "audio_ms": int(reply.audio_ms * share), "reason": reason}
        self.take(from_record(cut))

    @precondition(lambda self: self.running and isinstance(self.floor, Thinking | Speaking))
    @rule()
    def it_fails(self) -> None:
        self.take(ReplyFailed(self.open_reply.id, "silent"))

    @precondition(lambda self: self.running and self.last_reply() is not None)
    @rule(share=st.floats(-0.1, 1))
    def it_is_truncated(self, share: float) -> None:
        reply = self.last_reply()
        assert reply is not None
        self.take(Truncated(reply.id, int(reply.heard_ms * share)))

    def last_reply(self) -> Turn | None:
        replies = [turn for turn in self.encounter.turns if can_truncate(self.encounter, turn.id)]
        return replies[0] if replies else None

    @precondition(lambda self: self.running and isinstance(self.floor, Listening))
    @rule(text=st.sampled_from(LEARNER_LINES))
    def they_talk(self, text: str) -> None:
        """A whole exchange, so that encounters go somewhere."""
        self.types(text, at_once=True)
        while self.running and isinstance(self.floor, Thinking | Speaking):
            self.a_sentence_is_ready(ms=0, all_of_it=True)
            self.it_is_played()

    # steered from outside

    @precondition(lambda self: not self.encounter.over)
    @rule(beat=st.sampled_from(["", *BEAT_CANARY]), prompt=st.integers(0, 2))
    def is_cued(self, beat: str, prompt: int) -> None:
        """It moves nothing that a learner could see, now or in the next message."""
        before, asked = self.encounter, Cued("f1", beat, -1 if beat else prompt)
        if is_late(before, asked, self.now_ms):
            return
        self.take(asked)
        after = self.encounter
        assert (after.turns, after.floor, after.notices, after.queue) == (
            before.turns, before.floor, before.notices, before.queue,
        )  # fmt: skip
        assert replace(after.board, cued=()) == replace(before.board, cued=())

    @precondition(lambda self: not self.encounter.over)
    @rule(beat=st.sampled_from(["", *BEAT_CANARY]), prompt=st.integers(0, 2))
    def is_taken_back(self, beat: str, prompt: int) -> None:
        """It moves as little, and leaves the moment as if nobody had asked for it."""
        before, asked = self.encounter, CueTakenBack("f2", beat, -1 if beat else prompt)
        if is_late(before, asked, self.now_ms):
            return
        self.take(asked)
        after = self.encounter
        same = replace(before, cues=after.cues, board=replace(before.board, cued=after.board.cued), now_ms=self.now_ms)
        assert after == same and beat not in after.board.cued

    @precondition(lambda self: self.running)
    @rule(ms=st.sampled_from([0, 20_000, 100_000]))
    def jumps(self, ms: int) -> None:
        if why_not_jump(self.encounter, self.now_ms + ms) is None:
            self.now_ms += ms
            self.take(Jumped(self.now_ms))

    @precondition(lambda self: self.running)
    @rule(beat=st.sampled_from(list(BEAT_CANARY)))
    def forces(self, beat: str) -> None:
        if why_not_force(self.encounter, beat) is None:
            self.take(Forced(beat))

    # time and trouble

    @precondition(lambda self: self.running)
    @rule(ms=st.sampled_from([500, 3_000, 8_000, 30_000]))
    def time_passes(self, ms: int) -> None:
        until_ms = self.now_ms + ms
        while self.running and (due := timers(self.encounter)) and min(due.values()) <= until_ms:
            self.a_timer_fires()
        self.now_ms = max(self.now_ms, until_ms)

    @precondition(lambda self: self.running and bool(timers(self.encounter)))
    @rule()
    def a_timer_fires(self) -> None:
        due = timers(self.encounter)
        name = min(due, key=lambda timer: due[timer])
        self.now_ms = max(self.now_ms, due[name])
        before = self.encounter
        self.take(TimerFired(name))
        changed = timers(self.encounter).get(name)
        assert changed is None or changed > self.now_ms, f"{name} fired and is still due: it would fire for ever"
        if name == "director":
            assert isinstance(self.floor, Thinking), f"the director had nothing to say: {before.board}"

    @precondition(lambda self: self.running)
    @rule()
    def pauses(self) -> None:
        self.take(Paused())

    @precondition(lambda self: self.encounter.phase == "paused")
    @rule(ms=st.integers(0, 60_000))
    def resumes(self, ms: int) -> None:
        self.take(Resumed())

    @rule()
    def crashes(self) -> None:
        """Another process reads the log, and says what was lost."""
        floor = self.encounter.floor
        self.world.forget()
        if self.running and isinstance(floor, Speaking):
            self.world.mouth, self.world.timers = floor.reply, timers(self.encounter)
            self.take(Cut(floor.reply, self.open_reply.audio_ms // 2, "restart"))
        elif self.running and isinstance(floor, Hearing | Recognising):
            self.world.timers = timers(self.encounter)
            self.take(SpeechUnclear(floor.clip, "restart"))
        self.world.forget()
        effects = effects_to_resume(self.encounter)
        self.world.perform(effects)
        self.check_effects(effects, owed=True)

    @precondition(lambda self: not self.encounter.over)
    @rule(reason=st.sampled_from(["learner", "learner", "abandoned", "stop"]), sure=st.integers(0, 9))
    def ends(self, reason: str, sure: int) -> None:
        if sure == 0:
            self.take(from_record({"event": "Ended", "reason": reason}))

    @precondition(lambda self: self.encounter.phase == "reflection")
    @rule()
    def reflects(self) -> None:
        self.take(Reflected("Hard.", "small", "little", {"responsiveness": 2}))

    @precondition(lambda self: self.encounter.over)
    @rule(at=st.integers(0, 40), first=st.integers(0, 3), words=st.sampled_from(["", "you sound lonely", "no"]))
    def corrects(self, at: int, first: int, words: str) -> None:
        """The learner says what they said, wherever it may be said."""
        turns = self.encounter.turns
        turn = turns[at % len(turns)].id if turns else "none"
        event = CorrectionProposed(turn, first, first + 1, words)
        if not why_not(self.encounter, event):
            self.take(event)

    @precondition(lambda self: any(each.state == "proposed" for each in self.encounter.corrections))
    @rule(accepted=st.booleans())
    def settles(self, accepted: bool) -> None:
        waits = next(each for each in self.encounter.corrections if each.state == "proposed")
        self.take(CorrectionSettled(waits.turn, waits.start_word, accepted, "local"))

    @rule(event=anything(), ms=st.integers(-1, 1_000))
    def something_impossible_happens(self, event: Event, ms: int) -> None:
        """A wrong event is refused by name, and never with another exception."""
        with suppress(IllegalEvent):
            advance(self.encounter, event, self.now_ms + ms)
        is_late(self.encounter, event, self.now_ms)
