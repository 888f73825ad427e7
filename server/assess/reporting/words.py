"""What codes, states and facts are called on paper. The page has the same words in `web_client/screens/words.js`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from server.core.ledger import Opportunity
from server.core.scoring.scorecard import Rating
from server.core.timing import Facts

KINDS: Mapping[str, str] = {
    "cue": "A hint",
    "concern": "A worry",
    "challenge": "A challenge",
    "behaviour": "Something shown",
    "disclosure": "Something told",
    "question": "A question",
}
SHAPES: Mapping[str, str] = {
    "met": "met",
    "partly": "met in part",
    "passed": "passed by",
    "open": "no answer followed",
}
UNCLEAR = "cannot be told: the answer was heard with doubt"
CODES = (
    "it was blocked",
    "a token that would fit anyone",
    "answered in part",
    "met: this person's own feeling or meaning",
    "met, and taken further",
)
NOT_SCORED: Mapping[str, str] = {
    "role_reversal": "Nothing is scored where the learner plays the patient.",
    "stopped": "The encounter was stopped. That costs nothing, and nothing is scored.",
    "never_began": "The encounter never began; there is nothing to score.",
    "tryout": "This was a try-out of the case; nothing is scored.",
}


def clock(at_ms: int) -> str:
    """`2:05` for 125,000 ms."""
    return f"{at_ms // 60_000}:{at_ms // 1000 % 60:02d}"


def level_words(rating: Rating, highest: int) -> str:
    if rating.status == "not_applicable":
        return "not applicable"
    return "unrated: needs a person" if rating.level is None else f"{rating.level} of {highest}"


def code_words(opportunity: Opportunity) -> str:
    return CODES[opportunity.code] if opportunity.code is not None else ""


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _seconds(ms: float) -> str:
    return f"{ms / 1000:.1f} s"


def _pace(words: float) -> str:
    return f"{round(words)} words a minute"


def _count(value: float) -> str:
    return str(int(value))


def _length(ms: float) -> str:
    return clock(int(ms))


FACTS: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("encounter_ms", "length", _length),
    ("learner_turns", "times the learner spoke", _count),
    ("talk_share_time", "learner's share of the speaking time", _percent),
    ("talk_share", "learner's share of the words", _percent),
    ("open_questions", "open questions", _count),
    ("closed_questions", "closed questions", _count),
    ("silences_held", "silences held", _count),
    ("interruptions_by_learner", "times the learner spoke into the other's words", _count),
    ("interruptions_by_patient", "times the other began before the learner had finished", _count),
    ("backchannels", "“mm-hm” and the like while the other spoke", _count),
    ("median_pause_ms", "pause before answering, typically", _seconds),
    ("median_pause_after_cue_ms", "the same after a hint", _seconds),
    ("words_per_minute", "the learner's pace", _pace),
    ("longest_monologue_ms", "longest turn of the learner's", _seconds),
)


def readable(facts: Facts) -> list[tuple[str, str]]:
    """Name and value of what was measured, in the order in which it is read."""
    found = ((name, facts.get(key), write) for key, name, write in FACTS)
    return [(name, write(value)) for name, value, write in found if value is not None]
