"""An authored learner on a virtual clock."""

from __future__ import annotations

from server.core.case_parts.rehearsal import Rehearsal, Step
from server.core.rehearsing import rehearse
from tests.core.cases import beat, case, when

SKILLED = Rehearsal(
    "skilled",
    steps=(Step(say="Hello."), Step(do="sit_down"), Step(wait_s=4)),
    replies={"B": (Step(say="You sound lonely."),)},
)
CASE = case(beats=(beat("B", trigger=when("turn >= 1"), feelings=("loneliness",)),), rehearsals=(SKILLED,))


def test_it_answers_the_open_beat_and_else_takes_its_next_step() -> None:
    room = rehearse(CASE, "skilled")
    own = [turn.text for turn in room.encounter.turns if turn.speaker == "learner"]
    assert own == ["Hello.", "You sound lonely.", "sits down beside her", "waits in silence, 4 s"]
    assert room.encounter.phase == "done" and room.encounter.board.tracks["B"].state == "addressed"


def test_aloud_takes_time_and_ends_the_same() -> None:
    typed, aloud = rehearse(CASE, "skilled"), rehearse(CASE, "skilled", silent=False)
    assert aloud.now_ms >= typed.now_ms
    assert [turn.text for turn in aloud.encounter.turns] == [turn.text for turn in typed.encounter.turns]


def test_it_is_the_same_every_time() -> None:
    assert rehearse(CASE, "skilled").log == rehearse(CASE, "skilled").log
