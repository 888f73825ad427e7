"""Timing facts: counted, shown beside the score, never part of it (DESIGN, "Settled" 22)."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from server.core.encounter import Encounter
from server.core.lexicon import word_count
from server.core.transcript import LEARNER, Turn


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
        "interruptions_by_learner": sum("interrupts" in turn.moves for turn in own),
        "median_pause_ms": _median_pause(said),
        "words_per_minute": _pace(own),
    }


def _median_pause(said: list[Turn]) -> int | None:
    """From the end of what the patient said to the learner's first word, over spoken turns."""
    pauses = [
        after.at_ms - before.at_ms - before.heard_ms
        for before, after in pairwise(said)
        if before.speaker != LEARNER and after.speaker == LEARNER and after.heard_ms and before.heard_ms
    ]
    return int(median(pauses)) if pauses else None


def _pace(own: list[Turn]) -> int | None:
    spoken = [turn for turn in own if turn.heard_ms]
    length = sum(turn.heard_ms for turn in spoken)
    return round(sum(word_count(turn.text) for turn in spoken) * 60_000 / length) if length else None
