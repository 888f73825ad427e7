"""A moment on the wall: what led up to it, what came of it, and a question."""

from dataclasses import replace

from server.core.debriefing.scenes import AFTER, BEFORE, OPEN_QUESTIONS, prompts, stage
from server.core.rehearsing import rehearse
from server.core.transcript import LEARNER
from tests.assess.proofs import NOVAK

END = rehearse(NOVAK, "poor").encounter
BEATS = {each.beat: each for each in NOVAK.debrief.analysis}


def test_every_turn_stands_between_its_neighbours() -> None:
    shown = [turn for turn in END.turns if turn.text]
    for place, turn in enumerate(shown):
        found = stage(END, turn.id)
        assert found is not None and found.at == turn
        assert [*found.before, turn, *found.after] == shown[max(0, place - BEFORE) : place + 1 + AFTER]
    assert stage(END, "turn_of_nobody") is None


def test_the_author_asks_about_their_own_moment_unless_moments_are_kept_back() -> None:
    beat, track = next((name, track) for name, track in END.board.tracks.items() if track.cue_turn and name in BEATS)
    found = stage(END, track.cue_turn)
    assert found is not None and found.question == BEATS[beat].advocacy_inquiry.strip()
    secret = replace(NOVAK, debrief=replace(NOVAK.debrief, reveal_beats_to_learner="never"))
    kept_back = stage(replace(END, case=secret), track.cue_turn)
    assert kept_back is not None and kept_back.question == OPEN_QUESTIONS[END.turn(track.cue_turn).speaker == LEARNER]


def test_the_guide_names_no_planted_moment() -> None:
    asked = [question for _, questions in prompts(END) for question in questions]
    assert asked and not {each.advocacy_inquiry.strip() for each in BEATS.values()} & set(asked)
