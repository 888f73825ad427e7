"""Being believed, allowed, told the truth, explained to, asked about harm: what makes the move, and what does not."""

from __future__ import annotations

import pytest

from server.core.lexicon import content_stems
from server.core.moves import ACKNOWLEDGES, BLOCKERS, Context, observe

#: move -> (turns that make it, turns that do not)
EXAMPLES: dict[str, tuple[list[str], list[str]]] = {
    "believes": (
        [
            "I believe you.",
            "i don't doubt your pain is real",
            "I don't think you're making it up.",
            "i trust what you tell me",
        ],
        ["I believe you have a scan at two.", "do you believe me", "i don't doubt you can do it", "believe you me"],
    ),
    "honest_not_knowing": (
        [
            "I don't know, and I'll find out.",
            "i can't tell you that for certain",
            "We just don't know yet.",
            "nobody can say",
            "I'd be guessing.",
        ],
        ["I don't know how you do it.", "do you know how long it took", "i don't know you"],
    ),
    "gives_permission": (
        ["You're allowed to be angry.", "you can take your time", "you don't have to be brave", "it's okay to cry"],
        [
            "Are you allowed to drink?",
            "you can go home tomorrow",
            "you're not allowed to eat",
            "is it okay to sit here",
        ],
    ),
    "sets_limit": (
        [
            "I can't promise that.",
            "that's not something i can decide, and i'll ask who can",
            "I can't answer for the night staff, but I can ring them.",
            "it isn't for me to say",
        ],
        ["I can't promise not to tell.", "can you promise me", "i can't stop the noise", "that's not your coat"],
    ),
    "affirms": (
        [
            "You've kept him safe for four years.",
            "you did right to bring her in",
            "You know her best.",
            "ringing us made a real difference",
        ],
        ["Have you kept him off school?", "you've managed your tea?", "did you write it down", "you're doing well"],
    ),
    "praises_emptily": (
        ["You're an angel.", "you're so strong", "I don't know how you do it.", "he's lucky to have you"],
        ["You're strong enough to walk.", "are you feeling strong", "i don't know how you want it", "he was lucky"],
    ),
    "normalises": (
        [
            "A lot of people in your place find it frightening.",
            "you're not the only one",
            "Most parents worry about that.",
            "lots of patients get a bit nervous",
        ],
        [
            "Lots of people just get on with it.",
            "do a lot of people visit you",
            "some people are coming at two",
            "most people manage fine",
        ],
    ),
    "asks_about_harm": (
        [
            "Have you thought of harming yourself?",
            "are you thinking about suicide",
            "Do you ever wish you wouldn't, well, that you didn't want to be here?",
            "do you feel safe at home",
            "has he ever hit you",
        ],
        [
            "Did you hurt yourself when you fell?",
            "do you feel safe on the stairs",
            "do you want to die at home or here",
            "are you hurting",
        ],
    ),
    "explains_confidentiality": (
        [
            "What you tell me I share with the team, not with your son.",
            "I won't tell your daughter unless you want me to.",
            "it's yours to tell",
            "i can't tell you without his permission",
        ],
        [
            "Shall I tell your daughter?",
            "what you tell me matters",
            "is this confidential",
            "i'll ask your son to come",
        ],
    ),
    "teach_back": (
        [
            "So I know I explained it well, can you tell me how you'll take them?",
            "tell me in your own words what the plan is",
            "Show me how you would use the inhaler.",
            "how will you take these when you get home",
        ],
        [
            "Do you understand?",
            "tell me how you feel",
            "Tell me in your own words what happened.",
            "i can put it in your own words",
            "tell me what you'd like",
        ],
    ),
    "asks_if_understood": (
        ["Do you understand?", "does that make sense", "One at night. Okay?", "any questions"],
        ["I understand.", "what do you understand about it", "that makes sense", "are you okay"],
    ),
    "explains": (
        [
            "What happens next is that a porter takes you round.",
            "The noise you hear is the pump.",
            "that means your heart is tired",
            "you'll feel a scratch",
            "I'm going to put this cuff on, it squeezes and lets go.",
        ],
        [
            "What happens next?",
            "is the drip helping",
            "it means a lot to me",
            "do you know what happens next",
            "you must have been scared when the alarm went off",
        ],
    ),
}
LONG = (
    "so the liver makes bile and the bile sits in the gallbladder and it forms little stones and they block the pipe "
    "and that gives you the pain and the operation is keyhole so we make four small cuts and put in a camera and blow "
    "the belly up with gas and take the gallbladder out through the belly button and then we close the cuts with glue"
)
WEARY = Context(
    said_before="Some nights I think I can't go on with him like this.",
    feelings=frozenset({"overwhelm"}),
    topics=content_stems("nights husband sleep"),
    open_cue=True,
)
TOLD = Context(
    said_before="They told me. I can't take it in.",
    feelings=frozenset({"fear"}),
    topics=content_stems("told news"),
    open_cue=True,
)


def moves(text: str, context: Context = WEARY) -> set[str]:
    return {observation.move for observation in observe(text, context)}


@pytest.mark.parametrize(
    "text",
    [
        "Have you thought of harming yourself?",
        "have you thought about killing yourself",
        "Have you ever thought about ending your life?",
        "Do you feel safe at home with him?",
        "Some people this tired think of ending their life. Have you?",
        "why do you ask, are you thinking of suicide",
        "Do you feel safe at home? Have you thought of harming yourself?",
        "Have you thought of not wanting to wake up?",
        "Are there moments you've hoped he wouldn't wake up?",
    ],
)
def test_asking_about_harm_is_never_a_blocker(text: str) -> None:
    assert "asks_about_harm" in moves(text)
    assert not moves(text) & BLOCKERS


def test_what_is_cruel_beside_the_question_stays_cruel() -> None:
    assert {"asks_about_harm", "dismisses"} <= moves("Shut up. Are you going to kill yourself?")


def test_being_believed_is_being_acknowledged() -> None:
    assert moves("I believe you.") & ACKNOWLEDGES


@pytest.mark.parametrize(
    "text",
    ["A lot of people find it frightening.", "lots of people would feel like that", "it happens to a lot of families"],
)
def test_to_normalise_is_not_to_minimise(text: str) -> None:
    assert "minimises" not in moves(text)


@pytest.mark.parametrize(
    "text", ["Lots of people cope.", "plenty of people have it worse", "everyone gets a bit lonely"]
)
def test_to_minimise_is_not_to_normalise(text: str) -> None:
    assert "minimises" in moves(text) - {"normalises"}
    assert "normalises" not in moves(text)


def test_keeping_it_from_the_family_is_not_keeping_it_from_the_team() -> None:
    assert "promises_secrecy" not in moves("I won't tell your daughter unless you want me to.")
    assert "promises_secrecy" not in moves("i won't tell your husband")
    assert "promises_secrecy" in moves("I won't tell the doctor.") | moves("I won't tell your doctor.")
    assert "promises_secrecy" in moves("I won't tell your nurse.")


@pytest.mark.parametrize(
    "text",
    [
        "What did they say about the scan?",
        "what have you been told about the scan",
        "What do you understand about the weather outside this scan?",
        "what did the doctor tell you about your temperature",
    ],
)
def test_asking_what_they_were_told_is_not_going_elsewhere(text: str) -> None:
    assert "topic_switch" not in moves(text, TOLD)
    assert "topic_switch" in moves("Have you had your scan?", TOLD)


@pytest.mark.parametrize(
    ("text", "context", "long"),
    [
        (LONG, Context(), True),
        (" ".join(LONG.split()[:60]), Context(), False),
        (f"{LONG}. What worries you most?", Context(), False),
        (f"I believe you. {LONG}", Context(), False),
        (f"I'm sorry. {LONG}", Context(), False),
        (f"I'm concerned about the count. {LONG}", Context(), False),
        (LONG, Context(as_patient=True), False),
    ],
)
def test_a_long_turn_that_leaves_no_room(text: str, context: Context, long: bool) -> None:
    assert ("talks_at_length" in moves(text, context)) == long


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("I'm one of the medical students.", "introduces_self"),
        ("I'm the registrar.", "introduces_self"),
        ("I'd like to examine you, if that's all right.", "asks_permission"),
        ("can i listen to your chest", "asks_permission"),
    ],
)
def test_a_learner_need_not_be_a_nurse(text: str, move: str) -> None:
    assert move in moves(text)


def test_thinking_aloud_together_is_no_advice() -> None:
    assert "advises" not in moves("Have you thought about what you would like?")
    assert "advises" in moves("have you thought of a care home")
