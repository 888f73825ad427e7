"""Sentences that are said outside the fiction. One place, so that they can be read, translated and judged together.

The learner may be a nurse, a student of medicine or somebody who plays the patient; whoever they meet may be a patient,
a relative, a surgeon or several people. Nothing here says which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.core.case import Case
from server.core.encounter import NoticeCode

NOTICES: dict[NoticeCode, str] = {
    "hearing_failed": "That was not understood by the software. Please say it again, or type it. It costs you nothing.",
    "hearing_broken": "Hearing does not work here at the moment, and it is not your voice. Please type instead, and "
    "tell whoever runs this service. It costs you nothing.",
    "reply_failed": "The answer could not be made. Please go on, or say it again. It costs you nothing.",
    "learner_distress": "The encounter is paused. This is practice, and you matter more than it does: take a break, "
    "and talk to your instructor or the support named on the briefing page. Nothing you said just now is scored. "
    "You may resume or stop; stopping is free.",
    "paused": "Paused. The clock stands still. Resume when you are ready.",
    "stopped": "Stopped. Nothing is scored. If something here was hard, talk to your instructor or the support named "
    "on the briefing page.",
    "time_warning": "The end of the time for this encounter is near.",
    "time_up": "Time is up.",
}

ENDINGS: Mapping[str, str] = {
    "learner": "The encounter is over.",
    "time_up": "The time for this encounter is over.",
    "stop": "Stopped. Nothing is scored, and it costs nothing.",
    "abandoned": "Nobody came back, so the encounter was ended.",
    "sent_away": "They have ended the conversation. That happens with real people too. It can be looked back on now, "
    "and tried again.",
}
"""What is said of the end, by `Encounter.ended`."""

NOT_SCORED: Mapping[str, str] = {
    "role_reversal": "Not scored: this time you played the patient. What counts is what it was like.",
    "stopped": "Not scored, because it was stopped. It costs nothing.",
    "never_began": "Not scored, because the encounter did not begin.",
    "tryout": "Not scored: this was a try-out of the case.",
}

FICTION_CONTRACT = (
    "Whoever you meet here is software and feels nothing. We made the situation as real as we could. "
    "You agree to act as if it matters, because what you practise is real."
)
SUPPORT = "Your instructor, or the student support service of your school."


def ai_disclosure(*names: str) -> str:
    """That whoever is met is software: by name when it is one, else everybody."""
    if len(names) == 1:
        return f"{names[0]} is simulated by software. It does not feel anything. What you practise is real."
    return f"Everyone you meet here is software: {listed(names)}. None of it feels anything. What you practise is real."


def people(case: Case) -> tuple[str, ...]:
    """Names of the people in a case; a monitor or a count sheet is none."""
    return tuple(member.name for member in case.cast if member.role_type != "system")


def listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
