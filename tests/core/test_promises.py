"""The seven promises, held against encounters that nobody would think of.

A machine plays learner, engines, browser and crashes in any legal order; after every event the promises are checked.
Promises 5 and 7 are kept outside the core; here the scorecard is a draft and names what it is a score of.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import invariant

from server.core.beats import IN_PEACE_MS
from server.core.effects import Act, Effect, ShowTurn
from server.core.encounter import Encounter, Hearing, Listening, Recognising, Speaking, Thinking
from server.core.events import (
    Cued,
    Event,
    Resumed,
    SpeechHeard,
    SpeechUnclear,
    Typed,
    Untold,
)
from server.core.ledger import ledger
from server.core.lexicon import tokens
from server.core.scoring.scoring import score
from server.core.steering.cueing import became, turn_of, untold
from server.core.timers import PAUSE_MS, RETRY_MS, timers
from server.core.transcript import LEARNER
from tests.core.any_encounter import AnyEncounter
from tests.core.canaries import (
    assert_no_leak,
    assert_private,
    assert_shown_in_time,
)
from tests.core.rubrics import RUBRIC, assert_fair
from tests.core.worlds import assert_nobody_speaks_from_outside, assert_queue_is_kept

A_BEAT_MS = 50_000
"""Longest a core beat waits its turn behind another whose moment is left in peace."""
FLOOR_TIMER = {Hearing: "hearing", Recognising: "recognising", Thinking: "thinking", Speaking: "speaking"}


class Encounters(AnyEncounter):
    """One encounter, from the door to its end."""

    # promise 1: what is locked is in no prompt, and is shown to nobody

    def check_effects(self, effects: tuple[Effect, ...], *, owed: bool) -> None:
        """`owed`: an answer that is given again was private when it was decided."""
        for effect in effects:
            if isinstance(effect, Act):
                assert_no_leak(self.encounter, effect)
                plan = self.encounter.turn(effect.reply).plan
                if not owed and plan and not plan.first:
                    assert_private(self.encounter, effect)
                    self.ears.assert_knows_no_more(self.encounter, effect.prompt)
            elif isinstance(effect, ShowTurn):
                assert_shown_in_time(self.encounter, effect.turn)

    def check_step(self, before: Encounter, event: Event) -> None:
        self.check_beats(before)
        assert_nobody_speaks_from_outside(before, self.encounter)
        assert_queue_is_kept(before, self.encounter, event)

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

    def teardown(self) -> None:
        """Left alone from here on: it comes to its end, and by then everybody has met the core beats."""
        if not hasattr(self, "encounter"):
            return
        began_ms, untimed = self.now_ms, not self.encounter.time_percent
        for _ in range(300):
            if self.encounter.over or (untimed and not self.core_beats_left()):
                break
            self.nobody_does_anything()
        assert self.encounter.over or untimed, "it never ends"
        left = self.core_beats_left()
        last_ms = max((self.due_ms(beat) for beat in left), default=0) + A_BEAT_MS * (len(self.case.beats) + 1)
        in_time = max(last_ms, began_ms + A_BEAT_MS * (len(self.case.beats) + 1)) < self.encounter.limit_ms
        if self.encounter.ended in ("", "time_up") and in_time:
            assert not left, f"never met: {left}"

    def core_beats_left(self) -> list[str]:
        tracks = self.encounter.board.tracks
        return [beat.id for beat in self.case.beats if beat.core and not tracks[beat.id].fires]

    def due_ms(self, beat_id: str) -> float:
        return self.encounter.at_case_ms((self.case.beat(beat_id).fallback_at_min or 0) * 60_000)

    def nobody_does_anything(self) -> None:
        """Replies are written and heard as they should be, timers fire, and no learner speaks."""
        floor = self.encounter.floor
        if not self.running:
            self.take(Resumed())
        elif isinstance(floor, Thinking | Speaking):
            if not self.open_reply.written:
                self.a_sentence_is_ready(ms=0, all_of_it=True)
            if isinstance(self.floor, Speaking):
                self.it_is_played()
        elif isinstance(floor, Hearing | Recognising):
            self.take(SpeechUnclear(floor.clip, "no_words"))
        elif timers(self.encounter):
            self.a_timer_fires()

    # what was brought forward

    @invariant()
    def a_cue_is_told_apart_and_comes_to_an_end(self) -> None:
        encounter = self.encounter
        assert len(encounter.cues) == sum(isinstance(event, Cued) for event, _ in self.log)
        assert untold(encounter) == sum(isinstance(event, Untold) for event, _ in self.log)
        states = {became(encounter, each) for each in encounter.cues}
        assert not (encounter.over and "waiting" in states)
        brought = {each.beat for each in encounter.cues if each.beat}
        assert {line.beat for line in ledger(encounter) if line.cued} == {
            each.beat for each in encounter.cues if turn_of(encounter, each)
        }
        for turn in encounter.turns:
            assert turn.plan is None or turn.plan.because != "cued" or turn.plan.beat in brought

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
        self.world.assert_is(self.encounter)

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
