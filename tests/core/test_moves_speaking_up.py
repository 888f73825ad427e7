"""Speaking up in a team, telling what went wrong, speaking as the patient: what makes the move, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.moves import BLOCKERS, Context, observe

AS_PATIENT = Context(as_patient=True)

#: move -> (turns that make it, turns that do not)
EXAMPLES: dict[str, tuple[list[str], list[str]]] = {
    "states_concern": (
        [
            "I'm concerned about the count.",
            "i'm worried we're one swab short",
            "The count's wrong.",
            "one needle is missing",
        ],
        [
            "I'm worried about you.",
            "are you worried about the count",
            "i'm not worried about the count",
            "the count is fine",
        ],
    ),
    "states_discomfort": (
        ["I'm uncomfortable closing.", "i'm not happy to go on", "I don't feel comfortable with this."],
        ["I'm uncomfortable in this bed.", "are you comfortable", "i'm not happy with you"],
    ),
    "states_safety_issue": (
        ["This is a safety issue.", "stop please", "We can't close until the count is right.", "we need to stop now"],
        ["Please stop crying.", "we can't go on like this", "you can't stop", "is it safe to walk"],
    ),
    "asks_for_help_of_team": (
        [
            "I'd like the charge nurse in here.",
            "call for an x-ray",
            "can somebody get the consultant",
            "we need a second opinion",
        ],
        [
            "I'll get the nurse in charge.",
            "we need an x-ray of your leg",
            "can i call you ann",
            "is the consultant here",
        ],
    ),
    "discloses_plainly": (
        [
            "One of the swabs was not accounted for.",
            "a mistake was made",
            "It was left inside.",
            "we gave you the wrong tablet",
            "we made a mistake with the count",
        ],
        ["Do you think a mistake was made?", "was it left inside", "the swab is on the tray", "you left it behind"],
    ),
    "says_what_next": (
        [
            "What happens next is a scan.",
            "the next step is an operation",
            "We'll take you back to theatre this afternoon.",
            "next we'll keep you informed",
        ],
        ["I'll see you tomorrow.", "what happens next", "well it has to be read tonight", "we will look after you"],
    ),
    "blames": (
        [
            "That was Dr Hale's fault.",
            "it's the night staff's fault",
            "The surgeon was rushing.",
            "i blame the last shift",
        ],
        ["It's nobody's fault.", "that was my fault", "do you think it's his fault", "i don't blame you"],
    ),
    "speculates": (
        ["It probably fell on the floor.", "someone must have miscounted", "Maybe it got stuck in the drapes."],
        ["It must have been lonely.", "they must have missed you", "it probably hurts", "did it fall on the floor"],
    ),
    "speaks_for_others": (
        [
            "The surgeon will come right away, I guarantee it.",
            "i promise you the doctor will sort it",
            "She'll definitely let you go home.",
        ],
        [
            "I can't promise the surgeon will come.",
            "the doctor will see you at two",
            "i'll ask if she will definitely come",
            "i promise i'll come back",
        ],
    ),
    "voices_feeling": (
        [
            "I'm scared of going home.",
            "i feel so useless",
            "It makes me really nervous.",
            "i get so frightened at night",
        ],
        ["You're scared of going home.", "i'm not scared", "i'm afraid we can't", "are you angry"],
    ),
    "voices_concern": (
        ["I'm worried I'll fall.", "what if nobody comes", "My worry is the stairs.", "i'm scared of dying"],
        [
            "I'm worried about you.",
            "are you worried about falling",
            "what if i sit with you",
            "i'm not worried i'll fall",
        ],
    ),
    "asks_clinician": (
        ["When can I go home?", "is it serious", "What does that mean?", "do i have to take these"],
        ["When can you go home?", "can i sit down", "what does it mean to you", "is it quiet there"],
    ),
}


def moves(text: str, context: Context = Context()) -> set[str]:  # noqa: B008
    return {observation.move for observation in observe(text, context)}


@pytest.mark.parametrize("text", ["How are you going to fix it?", "are they short of beds", "Why do you keep typing?"])
def test_in_the_patients_part_every_question_asks_the_clinician(text: str) -> None:
    assert "asks_clinician" in moves(text, AS_PATIENT)
    assert "asks_clinician" not in moves(text)


@pytest.mark.parametrize(
    "text", ["I can't cope.", "i can't breathe", "I can't go on.", "This is too much for me.", "I'm not okay."]
)
def test_trouble_in_the_patients_part_is_not_the_learners_own(text: str) -> None:
    assert "own_distress" in moves(text)
    assert "own_distress" not in moves(text, AS_PATIENT)


@pytest.mark.parametrize(
    "text",
    ["I'm having a panic attack.", "i can't do this simulation", "this is too close to home", "I want to hurt myself."],
)
def test_the_learners_own_trouble_is_heard_in_any_part(text: str) -> None:
    assert "own_distress" in moves(text, AS_PATIENT)


@pytest.mark.parametrize(
    "text",
    [
        "I'm scared of going home.",
        "I'm worried I'll fall.",
        "i can't cope with the stairs",
        "I'm uncomfortable closing.",
        "I'm not happy to go on.",
    ],
)
def test_a_role_is_no_distress(text: str) -> None:
    assert "own_distress" not in moves(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dr Hale, I'm concerned about the count.",
        "Stop, please. You need to stop.",
        "you need to wait until the count is right",
        "This is a safety issue, we can't close.",
        "I'm not comfortable closing, I'd like the charge nurse.",
    ],
)
def test_to_speak_up_is_no_blocker(text: str) -> None:
    assert not moves(text) & BLOCKERS


ROUND = Context("Have you told your family?", topics=frozenset({"family"}), open_cue=True, as_patient=True)


@pytest.mark.parametrize(
    "text",
    ["My dad died of it.", "it's only a bit of blood", "You should have rung me.", "I have not had my tablets today."],
)
def test_a_patient_takes_nobodys_room_away(text: str) -> None:
    assert moves(text, replace(ROUND, as_patient=False)) & BLOCKERS
    assert not moves(text, ROUND) & BLOCKERS


def test_abuse_is_abuse_from_anybody() -> None:
    assert "dismisses" in moves("Oh piss off.", AS_PATIENT)


def test_advice_is_still_advice() -> None:
    assert "advises" in moves("you need to stop smoking")


def test_whose_fault_it_is() -> None:
    assert "judges" in moves("It's your own fault.")
    assert not moves("It's not your fault.") & {"judges", "blames"}
    assert "judges" not in moves("do you feel like it's your fault")
