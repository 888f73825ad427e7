"""Why a moment may not be brought forward, is held back or stays shut: the core's reasons, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from server.core.encounter import Encounter
from server.core.reasons import Reason

_PLAIN: Mapping[str, str] = {
    "over": "The encounter is over.",
    "not_begun": "The learner has not gone in yet.",
    "not_running": "The encounter is not running: go in, or resume it.",
    "closing": "The conversation is being closed.",
    "unknown": "This case has no such moment.",
    "heard_already": "It was heard already.",
    "waiting": "It waits for the next free moment.",
    "not_cued": "It does not wait: nobody has brought it forward.",
    "passed": "What it was for has come up already.",
    "assessment": "In an assessment nobody is helped on; lines against stalling are for teaching.",
    "offered": "It is being said.",
    "heard": "It lies open: the learner has yet to answer it.",
    "addressed": "It was met.",
    "eased": "It is needless: the learner has shown already what it asks for.",
    "no_trigger": "It has no trigger: it comes by its time only.",
    "somebody_speaks": "Somebody is speaking or about to; wait until nobody does.",
    "no_tryout": "This is for try-outs of a case only.",
    "never_said": "It is never said, only shown.",
}
_ASKED: Mapping[str, str] = {
    "if_asked_open": "Nobody has asked for it openly.",
    "if_asked_direct": "Nobody has asked for it directly.",
    "if_trust": "Nobody has asked for it with enough trust.",
    "never_verbal": "Nobody has asked for it.",
}


def words(reason: Reason, encounter: Encounter) -> str:
    """One sentence."""
    about, now = reason.about, reason.now
    match reason.code:
        case "away":
            return f"{encounter.case.member(about).name} is not in the room."
        case "moment_open":
            return f"The moment {about} lies open."
        case "condition":
            return f"Waits for {about}{f' (it is {now})' if now else ''}."
        case "one_of":
            return f"Waits for one of these: {about}." if " · or " in about else f"Waits for {about}."
        case "used_up":
            return "It was heard." if about == "1" else f"It was heard {about} times, which is as often as it may be."
        case "trust":
            return f"Needs trust {about}; it is {now}."
        case "door":
            times = int(now or 0)
            return _ASKED.get(about, _ASKED["never_verbal"]) if not times else f"Asked for {times} times, not enough."
        case "backwards":
            return "The clock only moves forward."
        case "beyond_end":
            return "That is after the end of the encounter's time."
    return _PLAIN.get(reason.code, reason.code)
