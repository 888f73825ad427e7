"""The seven promises, held against encounters that nobody would think of.

A machine plays learner, engines, browser and crashes in any legal order; after every event the promises are checked.
Promises 5 and 7 are kept outside the core; here the scorecard is a draft and names what it is a score of.
"""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from server.core.advance import advance, can_truncate, is_late
from server.core.beats import IN_PEACE_MS
from server.core.effects import Act, Effect, SetTimer, ShowTurn, effects_to_resume
from server.core.encounter import Encounter, Hearing, Listening, Recognising, Speaking, Thinking, open_encounter
from server.core.errors import IllegalEvent
from server.core.events import (
    Acted,
    Cut,
    Entered,
    Event,
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
from server.core.lexicon import tokens
from server.core.scoring import score
from server.core.sentences import split
from server.core.timers import PAUSE_MS, RETRY_MS, timers
from server.core.transcript import LEARNER, Turn
from tests.core.canaries import LEARNER_LINES, LEAVING_LINES, assert_no_leak, assert_shown_in_time, canary_case
from tests.core.nonsense import anything
from tests.core.rubrics import RUBRIC, assert_fair

FLOOR_TIMER = {Hearing: "hearing", Recognising: "recognising", Thinking: "thinking", Speaking: "speaking"}


class Encounters(RuleBasedStateMachine):
    """One encounter, from the door to its end."""

    @initialize(
        fallback=st.sampled_from([0.5, 1.1, 4.6]),
        fires=st.integers(1, 2),
        timer=st.sampled_from(["soft", "hard"]),
        portrayal=st.sampled_from(["teaching", "assessment"]),
        percent=st.sampled_from([100, 150, 0]),
    )
    def open(self, fallback: float, fires: int, timer: str, portrayal: str, percent: int) -> None:
        self.case = canary_case(fallback_at_min=fallback, max_fires=fires, timer=timer)
        how = "teaching" if portrayal == "teaching" else "assessment"
        opened = Opened(
            "e1", "small", "0.1.0", self.case.digest, "teaching" if how == "teaching" else "assessment", percent
        )
        self.encounter = open_encounter(self.case, opened)
        self.shadow = self.encounter
        self.log: list[tuple[Event, int]] = [(opened, 0)]
        self.now_ms = 0
        self.made = 0
        self.timers: dict[str, int] = {}
        self.take(Entered())

    # one event

    def take(self, event: Event) -> None:
        before = self.encounter
        assert not is_late(before, event, self.now_ms), f"{event} is late"
        step = advance(before, event, self.now_ms)
        self.encounter = step.encounter
        self.log.append((event, self.now_ms))
        again = from_record(json.loads(json.dumps(to_record(event))))
        self.shadow = advance(self.shadow, again, self.now_ms).encounter
        self.check_effects(step.effects)
        self.check_beats(before)

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

    @precondition(lambda self: self.running)
    @rule(action=st.sampled_from(["sit_down", "leave"]))
    def acts(self, action: str) -> None:
        self.take(Acted(self.fresh("deed"), action))

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
        self.timers = {}
        if self.running and isinstance(floor, Speaking):
            self.take(Cut(floor.reply, self.open_reply.audio_ms // 2, "restart"))
        elif self.running and isinstance(floor, Hearing | Recognising):
            self.take(SpeechUnclear(floor.clip, "restart"))
        effects = effects_to_resume(self.encounter)
        self.check_effects(effects)
        acting = [effect.reply for effect in effects if isinstance(effect, Act)]
        waiting = [self.encounter.floor.reply] if isinstance(self.encounter.floor, Thinking) else []
        assert acting == (waiting if self.running else [])

    @precondition(lambda self: not self.encounter.over)
    @rule(reason=st.sampled_from(["learner", "learner", "abandoned", "stop"]), sure=st.integers(0, 9))
    def ends(self, reason: str, sure: int) -> None:
        if sure == 0:
            self.take(from_record({"event": "Ended", "reason": reason}))

    @precondition(lambda self: self.encounter.phase == "reflection")
    @rule()
    def reflects(self) -> None:
        self.take(Reflected("Hard.", "small", "little", {"responsiveness": 2}))

    @rule(event=anything(), ms=st.integers(-1, 1_000))
    def something_impossible_happens(self, event: Event, ms: int) -> None:
        """A wrong event is refused by name, and never with another exception."""
        with suppress(IllegalEvent):
            advance(self.encounter, event, self.now_ms + ms)
        is_late(self.encounter, event, self.now_ms)

    # promise 1: what is locked is in no prompt, and is shown to nobody

    def check_effects(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, Act):
                assert_no_leak(self.encounter, effect)
            elif isinstance(effect, ShowTurn):
                assert_shown_in_time(self.encounter, effect.turn)
            elif isinstance(effect, SetTimer):
                self.timers[effect.timer] = effect.at_ms

    # promise 2: a beat counts when it was heard

    def check_beats(self, before: Encounter) -> None:
        for beat in self.case.beats:
            track, old = self.encounter.board.tracks[beat.id], before.board.tracks[beat.id]
            if track.state in ("heard", "addressed", "missed"):
                heard = tokens(self.encounter.turn(track.cue_turn).text)
                carried = beat.eased if track.eased and beat.eased else beat.deliver
                assert {word for cue in carried.cue_words for word in tokens(cue)} <= set(heard)
                assert heard
            if old.state == "offered" and track.state == "hidden":
                assert track.fires == old.fires == 0
            if track.state == "hidden":
                assert not track.cue_turn and not track.response_turns
            assert track.fires <= beat.max_fires
            assert (track.state == "offered") is any(
                not turn.closed and turn.plan and turn.plan.beat == beat.id for turn in self.encounter.turns
            )

    # promise 3: core beats reach everyone, and no state is left hanging

    @invariant()
    def no_state_is_left_hanging(self) -> None:
        due = timers(self.encounter)
        if not self.running:
            assert not due and isinstance(self.floor, Listening)
            return
        assert {name: at for name, at in self.timers.items() if name in due} == due or not self.timers
        if not isinstance(self.floor, Listening):
            about = getattr(self.floor, "reply", "") or getattr(self.floor, "clip", "")
            assert f"{FLOOR_TIMER[type(self.encounter.floor)]}:{about}" in due
        elif self.encounter.time_percent:
            assert "time_up" in due or self.encounter.limit_ms == float("inf")

    @invariant()
    def core_beats_are_on_their_way(self) -> None:
        free = self.running and isinstance(self.floor, Listening)
        if not free or self.encounter.pending or self.encounter.closing:
            return
        for beat in self.case.beats:
            track = self.encounter.board.tracks[beat.id]
            if beat.core and not track.fires and beat.fallback_at_min is not None:
                fallback_ms = self.encounter.at_case_ms(round(beat.fallback_at_min * 60_000) + IN_PEACE_MS)
                latest_ms = max(fallback_ms, self.encounter.now_ms + max(PAUSE_MS, RETRY_MS))
                assert timers(self.encounter)["director"] <= latest_ms

    # promise 4: no mark without evidence

    @invariant()
    def a_score_is_fair_or_there_is_none(self) -> None:
        if not self.encounter.over:
            assert score(self.encounter, RUBRIC).status == "not_scored"
            return
        assert_fair(score(self.encounter, RUBRIC), self.encounter)

    # promise 6: nothing acknowledged is lost

    @invariant()
    def the_log_tells_it_all(self) -> None:
        assert self.shadow == self.encounter

    @invariant()
    def every_word_of_the_learner_is_kept_and_answered(self) -> None:
        kept = " ".join(turn.text for turn in self.encounter.turns) + " ".join(
            item.text for item in self.encounter.pending
        )
        for event, _ in self.log:
            if isinstance(event, Typed | SpeechHeard):
                assert event.text in kept
        answered = {turn.plan.to_turn for turn in self.encounter.turns if turn.plan}
        for turn in self.encounter.turns:
            if turn.speaker == LEARNER and turn.kind == "said" and not turn.out_of_role and not self.encounter.over:
                assert turn.id in answered, f"{turn.id} was never answered"
            if turn.plan and turn.closed:
                assert turn.text or turn.failed, f"{turn.id} came to nothing and does not say why"

    @invariant()
    def ids_are_used_once(self) -> None:
        ids = [turn.id for turn in self.encounter.turns]
        assert len(ids) == len(set(ids))


TestEncounters = Encounters.TestCase
if settings().max_examples <= 100:
    TestEncounters.settings = settings(max_examples=25, stateful_step_count=40)
