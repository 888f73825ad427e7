"""Timing facts: counted, shown beside the score, never part of it (DESIGN, "Settled" 22).

What each means, and what it cannot tell, stands in `docs/timing.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from server.core.encounter import Encounter
from server.core.lexicon import word_count
from server.core.transcript import END_TOLERANCE_MS, LEARNER, Turn

Facts = dict[str, float | int | None]
UNCUT_OVERLAP_MS = 1_000
"""Speech over a reply for longer than this cuts the reply; where it did not, the sound did not run in real time."""
RESUMED_MS = 500
"""A learner who speaks again this soon after the patient began had not finished: of half a second of speech nobody has
understood enough to answer it. A rule of thumb, not measured.
"""
FEWEST_WORDS = 5
"""Of a turn whose own pace is looked at: of fewer, the length of one word decides."""


def timing(encounter: Encounter) -> Facts:
    """What a stopwatch would know. Times in milliseconds; shares 0 to 1; None where there was nothing to measure.

    Of a moment that was tried again: only what was said from there; its clock goes on from the first encounter's.
    """
    turns = encounter.own_turns
    said = [turn for turn in turns if turn.kind == "said" and turn.text]
    own = [turn for turn in said if turn.speaker == LEARNER]
    sounded = [turn for turn in turns if turn.kind == "said" and turn.heard_ms]
    spoken = [turn for turn in own if turn.heard_ms]
    return {
        "encounter_ms": encounter.now_ms,
        "learner_turns": len(own),
        "learner_words": _words(own),
        "talk_share": _share(_words(own), _words(said)),
        "talk_share_time": _share_of_time(said),
        "open_questions": sum("open_question" in turn.moves for turn in own),
        "closed_questions": sum("closed_question" in turn.moves for turn in own),
        "silences_held": sum(turn.kind == "silence" for turn in turns),
        "interruptions_by_learner": _interruptions(said, sounded),
        "interruptions_by_patient": len(_broken_in_on(sounded)) if spoken else None,
        "overlaps": sum(overlap > END_TOLERANCE_MS for overlap in _overlaps(sounded)) if spoken else None,
        "backchannels": len(encounter.murmurs) if spoken else None,
        **_pause_facts(said, {track.cue_turn for track in encounter.board.tracks.values()}),
        **_pace_facts(spoken),
        "longest_monologue_ms": _longest_monologue(said),
    }


def _words(turns: Iterable[Turn]) -> int:
    return sum(word_count(turn.text) for turn in turns)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _share_of_time(said: Sequence[Turn]) -> float | None:
    """Of the time in which anybody spoke; None where any of it was typed or shown as text."""
    if not all(turn.heard_ms for turn in said):
        return None
    own = sum(turn.heard_ms for turn in said if turn.speaker == LEARNER)
    return _share(own, sum(turn.heard_ms for turn in said))


# who spoke into whose words


def _interruptions(said: Sequence[Turn], sounded: Sequence[Turn]) -> int:
    """Learner turns that began while the patient was still heard, without those that only went on."""
    over = {after.id for _, after, pause in _pauses(said) if pause < -END_TOLERANCE_MS}
    over |= {turn.id for turn in said if turn.speaker == LEARNER and "interrupts" in turn.moves}
    return len(over - _broken_in_on(sounded))


def _broken_in_on(sounded: Sequence[Turn]) -> set[str]:
    """Learner turns that go on where the patient had broken in: the patient began while the learner still spoke, or the
    learner spoke again at once.
    """
    found: set[str] = set()
    for first, reply, second in zip(sounded, sounded[1:], sounded[2:], strict=False):
        if first.speaker == LEARNER == second.speaker and reply.speaker != LEARNER:
            early = reply.at_ms < _end_ms(first) - END_TOLERANCE_MS
            if early or second.at_ms - reply.at_ms < RESUMED_MS:
                found.add(second.id)
    return found


def _overlaps(sounded: Sequence[Turn]) -> Iterator[int]:
    """How long two voices in a row, one of them the learner's, were heard at once; impossible lengths are left out."""
    for before, after in pairwise(sounded):
        overlap = _end_ms(before) - after.at_ms
        if (before.speaker == LEARNER) is not (after.speaker == LEARNER) and _real(before, overlap):
            yield overlap


def _real(before: Turn, overlap_ms: int) -> bool:
    return before.talked_over or overlap_ms <= UNCUT_OVERLAP_MS


def _end_ms(turn: Turn) -> int:
    return turn.at_ms + turn.heard_ms


# pauses and pace


def _pause_facts(said: Sequence[Turn], cues: set[str]) -> Facts:
    """From the end of what the patient said to the learner's first word, over spoken turns; an overlap is no pause."""
    pauses = [(before.id, max(pause, 0)) for before, _, pause in _pauses(said)]
    after_cue = [pause for turn, pause in pauses if turn in cues]
    return {
        "median_pause_ms": _median(pause for _, pause in pauses),
        "longest_pause_ms": max((pause for _, pause in pauses), default=None),
        "median_pause_after_cue_ms": _median(after_cue),
    }


def _pauses(said: Sequence[Turn]) -> list[tuple[Turn, Turn, int]]:
    """Each spoken answer with what it answers and the pause between them, negative for an overlap."""
    spoken = [(before, after) for before, after in pairwise(said) if before.heard_ms and after.heard_ms]
    answers = [(before, after) for before, after in spoken if before.speaker != LEARNER == after.speaker]
    measured = [(before, after, after.at_ms - _end_ms(before)) for before, after in answers]
    return [(before, after, pause) for before, after, pause in measured if _real(before, -pause)]


def _median(values: Iterable[int]) -> int | None:
    found = list(values)
    return int(median(found)) if found else None


def _pace_facts(spoken: Sequence[Turn]) -> Facts:
    """Words a minute over all that was spoken, and the slowest and fastest turn."""
    each = [_pace([turn]) for turn in spoken if word_count(turn.text) >= FEWEST_WORDS]
    return {
        "words_per_minute": _pace(spoken) if spoken else None,
        "slowest_words_per_minute": min(each, default=None),
        "fastest_words_per_minute": max(each, default=None),
    }


def _pace(spoken: Sequence[Turn]) -> int:
    return round(_words(spoken) * 60_000 / sum(turn.heard_ms for turn in spoken))


def _longest_monologue(said: Sequence[Turn]) -> int | None:
    """The longest that the learner spoke without a word of anybody else between."""
    longest, running = 0, 0
    for turn in said:
        running = running + turn.heard_ms if turn.speaker == LEARNER else 0
        longest = max(longest, running)
    return longest or None
