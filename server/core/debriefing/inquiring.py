"""One open question about a moment: the author's, else one by the moment's kind.

The form is that of advocacy and inquiry: what was seen, why it might matter, and a question whose answer only the
learner has. A program has no opinion to advocate, so the middle part tells what the case's design holds there.
"""

from __future__ import annotations

from server.core.case import Case
from server.core.case_parts.play import BeatKind
from server.core.debriefing.moment import Moment, Quote

HOLDS: dict[BeatKind, str] = {
    "cue": "The case holds a hint at more there, for whoever follows it.",
    "concern": "The case holds a worry there, and the words are not all of it.",
    "challenge": "The case means it to be hard to answer.",
    "behaviour": "The case tells something there that is not in the words.",
    "disclosure": "The case holds something there that is not easily said twice.",
    "question": "The case has something ride on that question.",
}
ASKS: dict[BeatKind, str] = {
    "cue": "What did you hear in it at the time, and what decided what came next?",
    "concern": "What did you take the worry to be, and what were you weighing?",
    "challenge": "What went through you when it came, and what did you want not to happen?",
    "behaviour": "What did you notice, and what did you make of it then?",
    "disclosure": "What was on your mind when it was said, and what did you want to keep safe?",
    "question": "How did you understand the question, and what did you want your answer to do?",
}


def question(case: Case, moment: Moment) -> tuple[str, bool]:
    """The question, and whether the case's author wrote it."""
    authored = (each.advocacy_inquiry for each in case.debrief.analysis if each.beat == moment.beat.id)
    found = next((text for text in authored if text.strip()), "")
    return (found.strip(), True) if found else (_made(moment), False)


def _made(moment: Moment) -> str:
    kind = moment.beat.kind
    return f"{_seen(moment)} {HOLDS[kind]} {ASKS[kind]}"


def _seen(moment: Moment) -> str:
    """What anybody could have noticed."""
    if not moment.said:
        return f"After {_named(moment.cue)} the conversation ended before anything was said to it."
    return f"After {_named(moment.cue)} came {_named(moment.said[0])}."


def _named(quote: Quote) -> str:
    text = quote.text.strip().rstrip(".")
    return f"“{text}”" if quote.kind == "said" else f"this, which was not said: {text};"
