"""What somebody who watches may bring forward, as their page is told it. Nobody else's page is told any of it."""

from __future__ import annotations

from typing import Any

from server.core.beats import delivery
from server.core.encounter import Cue, Encounter
from server.core.steering.cueing import became, turn_of, why_not_cued, why_not_taken_back
from server.live.steering_words import words

Named = tuple[str, int]
"""A beat's id and -1, or an empty text and the number of a line against stalling."""


def cues_of(encounter: Encounter) -> list[dict[str, Any]]:
    """Every beat, then every line against stalling, in the author's order; `why` is empty for what may be cued now."""
    case = encounter.case
    beats = [
        {
            "beat": beat.id,
            "prompt": None,
            "kind": beat.kind,
            "speaker_name": case.member(beat.speaker).name,
            "words": _words(encounter, beat.id),
            **_may(encounter, (beat.id, -1)),
        }
        for beat in case.beats
    ]
    prompts = [
        {
            "beat": "",
            "prompt": number,
            "kind": "prompt",
            "speaker_name": case.patient.name,
            "words": prompt.say,
            **_may(encounter, ("", number)),
        }
        for number, prompt in enumerate(case.prompts)
    ]
    return [*beats, *prompts]


def _words(encounter: Encounter, beat_id: str) -> str:
    chosen = delivery(encounter.case.beat(beat_id), encounter.board)
    return chosen.verbatim or next(iter(chosen.lines), "")


def _may(encounter: Encounter, named: Named) -> dict[str, Any]:
    """What became of it where it was last cued, why it may not be cued now, and whether that may be taken back."""
    given = next((cue for cue in reversed(encounter.cues) if (cue.beat, cue.prompt) == named), None)
    reason = why_not_cued(encounter, *named)
    return {
        "state": became(encounter, given) if given else "",
        "why": words(reason, encounter) if reason else "",
        "may_take_back": why_not_taken_back(encounter, *named) is None,
    }


def news_of(before: Encounter | None, now: Encounter) -> list[dict[str, Any]]:
    """What has become of the cues since `before`, each that is new or stands otherwise."""
    known = {(cue.beat, cue.prompt): became(before, cue) for cue in before.cues} if before else {}
    last = {(cue.beat, cue.prompt): cue for cue in now.cues}
    return [_news(now, cue) for named, cue in last.items() if known.get(named) != became(now, cue)]


def _news(encounter: Encounter, cue: Cue) -> dict[str, Any]:
    prompt = None if cue.beat else cue.prompt
    return {
        "beat": cue.beat, "prompt": prompt, "state": became(encounter, cue), "item_id": turn_of(encounter, cue),
        "at_ms": encounter.now_ms,
    }  # fmt: skip
