"""Timing facts: counted, shown beside the score, never part of it (DESIGN, "Settled" 22)."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from server.core.encounter import Encounter
from server.core.lexicon import word_count
from server.core.transcript import END_TOLERANCE_MS, LEARNER, Turn

UNCUT_OVERLAP_MS = 1_000
"""Speech over a reply for longer than this cuts the reply; where it did not, the sound did not run in real time."""


def timing(encounter: Encounter) -> dict[str, float | int | None]:
    """What a stopwatch would know. Times in milliseconds; shares 0 to 1; None where there was nothing to measure."""
    said = [turn for turn in encounter.turns if turn.kind == "said" and turn.text]
    own = [turn for turn in said if turn.speaker == LEARNER]
    words = sum(word_count(turn.text) for turn in own)
    all_words = sum(word_count(turn.text) for turn in said)
    return {
        "encounter_ms": encounter.now_ms,
        "learner_turns": len(own),
        "learner_words": words,
        "talk_share": round(words / all_words, 3) if all_words else None,
        "open_questions": sum("open_question" in turn.moves for turn in own),
        "closed_questions": sum("closed_question" in turn.moves for turn in own),
        "silences_held": sum(turn.kind == "silence" for turn in encounter.turns),
        "interruptions_by_learner": _interruptions(said),
        "median_pause_ms": _median_pause(said),
        "words_per_minute": _pace(own),
    }


def _interruptions(said: list[Turn]) -> int:
    """Learner turns that began while the patient was still heard."""
    over = {after.id for after, pause in _pauses(said) if pause < -END_TOLERANCE_MS}
    return sum(turn.id in over or "interrupts" in turn.moves for turn in said if turn.speaker == LEARNER)


def _median_pause(said: list[Turn]) -> int | None:
    """From the end of what the patient said to the learner's first word, over spoken turns; an overlap is no pause."""
    pauses = [max(pause, 0) for _, pause in _pauses(said)]
    return int(median(pauses)) if pauses else None


def _pauses(said: list[Turn]) -> list[tuple[Turn, int]]:
    """Each spoken answer and the pause before it, negative for an overlap; without those that cannot be real."""
    spoken = [(before, after) for before, after in pairwise(said) if before.heard_ms and after.heard_ms]
    answers = [(before, after) for before, after in spoken if before.speaker != LEARNER == after.speaker]
    measured = [(before, after, after.at_ms - before.at_ms - before.heard_ms) for before, after in answers]
    return [(after, pause) for before, after, pause in measured if before.talked_over or pause >= -UNCUT_OVERLAP_MS]


def _pace(own: list[Turn]) -> int | None:
    spoken = [turn for turn in own if turn.heard_ms]
    length = sum(turn.heard_ms for turn in spoken)
    return round(sum(word_count(turn.text) for turn in spoken) * 60_000 / length) if length else None
