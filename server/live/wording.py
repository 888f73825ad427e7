"""Sentences that are said outside the fiction. One place, so that they can be read, translated and judged together."""

from __future__ import annotations

from server.core.encounter import NoticeCode

NOTICES: dict[NoticeCode, str] = {
    "hearing_failed": "That was not understood by the software. Please say it again, or type it. It costs you nothing.",
    "reply_failed": "The patient's answer could not be made. Please go on, or say it again. It costs you nothing.",
    "learner_distress": "The encounter is paused. This is practice, and you matter more than it does: take a break, "
    "and talk to your instructor or the support named on the briefing page. Nothing you said just now is scored. "
    "You may resume or stop; stopping is free.",
    "paused": "Paused. The clock stands still. Resume when you are ready.",
    "stopped": "Stopped. Nothing is scored. If something here was hard, talk to your instructor or the support named "
    "on the briefing page.",
    "time_warning": "The end of the time for this encounter is near.",
    "time_up": "Time is up.",
}

FICTION_CONTRACT = (
    "The patient is software and feels nothing. We made the situation as real as we could. "
    "You agree to act as if it matters, because what you practise is real."
)
SUPPORT = "Your instructor, or the student support service of your school."


def ai_disclosure(name: str) -> str:
    return f"{name} is simulated by software. It does not feel anything. What you practise is real."
