"""Ways to meet a moment, by its kind, for a case whose author wrote none. Ways, and never a sentence to recite."""

from __future__ import annotations

from server.core.case_parts.play import Beat, BeatKind

GENERAL: dict[BeatKind, tuple[str, ...]] = {
    "cue": (
        "Stay with the hint for one turn before anything else: a cue that is followed is often told in full.",
        "Say what you think lies behind it as a guess that can be put right; being corrected is no failure.",
        "Leave a pause after it. Somebody who hints is often waiting to see whether it was noticed.",
    ),
    "concern": (
        "Ask what about it weighs most before you explain: the worry is often not the one you would have guessed.",
        "Give the worry back in their own terms, so that they can tell whether you have it.",
        "Answer it only then, and only as far as you know; what you do not know can be said as well.",
    ),
    "challenge": (
        "Take the difficulty in it as meant before you answer the form of it: a challenge is often a fear in armour.",
        "Say what is true in it, without defending anybody.",
        "Be plain about what you can and cannot do; a limit that is explained is easier to hear than a promise.",
    ),
    "behaviour": (
        "Say what you notice, kindly and without a verdict, and leave it to them to say what it means.",
        "Change one thing in the room before you go on: where you sit, how loud it is, who is listening.",
        "Check what has arrived, by asking for it in their words rather than whether it is understood.",
    ),
    "disclosure": (
        "Let them notice that it was heard before anything is done with it: thanks, or quiet, or their own words back.",
        "Ask what it has been like to carry it; what happened can be asked afterwards.",
        "If it cannot stay between you, say so plainly, say why, and go the next step together.",
    ),
    "question": (
        "Listen for what they need to find out by asking it; the wording may be a test of something else.",
        "Answer the person first and the question second.",
        "An honest short answer, with what you do not know in it, does more than a long safe one.",
    ),
}  # fmt: skip


def directions(beat: Beat) -> tuple[str, ...]:
    """The author's, else those of its kind."""
    return beat.directions or GENERAL[beat.kind]
