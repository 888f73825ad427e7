"""When must something happen although nobody says anything? A function of the encounter, so no timer is ever forgotten.

Times are encounter time. A clip, a transcription, a reply and a window each have a limit: whatever an engine, a browser
or a learner fails to do, the encounter leaves that state by itself.
"""

from __future__ import annotations

from math import ceil

from server.core.beats import at_minute, cued_beat, next_fallback_ms, speaks_up_after_ms
from server.core.drifting import next_change_ms
from server.core.encounter import Encounter, Hearing, Listening, Recognising, Speaking, Thinking

CLIP_LIMIT_MS = 60_000
"""Longest single utterance; what was said so far is then recognised."""
RECOGNISE_LIMIT_MS = 10_000
"""And half the length of the utterance."""
THINK_LIMIT_MS = 16_000
"""Above the acting engine's own total of 15 s."""
SPEAK_GRACE_MS = 20_000
"""Over the sound committed so far, for sentences still being written and a learner's slow network."""
TYPING_WAIT_MS = 2_000
"""Typed items form a turn this long after the last of them (DESIGN, "Settled" 3)."""
WINDOW_LIMIT_MS = 120_000
"""An opportunity closes after this even when the learner says nothing."""
OVERTIME_MS = 60_000
"""With a soft timer, how long somebody who has the floor when time is up may keep it."""
PAUSE_MS = 3_000
"""Quiet before the patient speaks without having been spoken to."""
RETRY_MS = 15_000
"""The same after a reply that came to nothing, so that a broken engine is not asked again and again."""


def timers(encounter: Encounter) -> dict[str, int]:
    """Timer name -> encounter time at which it is due. Empty unless the encounter runs."""
    if not encounter.running:
        return {}
    due = {**_floor(encounter), **_windows(encounter), **_clock(encounter)}
    if isinstance(encounter.floor, Listening):
        due |= _listening(encounter)
    return {name: ceil(at_ms) for name, at_ms in due.items() if at_ms != float("inf")}


def _floor(encounter: Encounter) -> dict[str, float]:
    floor = encounter.floor
    match floor:
        case Hearing():
            return {f"hearing:{floor.clip}": floor.since_ms + CLIP_LIMIT_MS}
        case Recognising():
            return {f"recognising:{floor.clip}": floor.since_ms + RECOGNISE_LIMIT_MS + floor.audio_ms // 2}
        case Thinking():
            return {f"thinking:{floor.reply}": floor.since_ms + THINK_LIMIT_MS}
        case Speaking():
            return {f"speaking:{floor.reply}": floor.since_ms + encounter.turn(floor.reply).audio_ms + SPEAK_GRACE_MS}
    return {}


def _windows(encounter: Encounter) -> dict[str, float]:
    """An opportunity never runs out on somebody who is answering it."""
    if encounter.pending or isinstance(encounter.floor, Hearing | Recognising):
        return {}
    limit_ms = WINDOW_LIMIT_MS * encounter.pace_percent // 100
    tracks = encounter.board.tracks
    return {f"window:{beat}": tracks[beat].heard_at_ms + limit_ms for beat in encounter.board.open_beats()}


def _clock(encounter: Encounter) -> dict[str, float]:
    due = {} if encounter.warned else {"warning": encounter.warning_ms}
    return due | ({} if _is_closing(encounter) else {"time_up": _time_up_ms(encounter)})


def _time_up_ms(encounter: Encounter) -> float:
    """A hard timer stops anybody; a soft one waits a while for whoever has the floor."""
    at_once = isinstance(encounter.floor, Listening) or encounter.case.logistics.time.timer == "hard"
    return encounter.limit_ms + (0 if at_once else OVERTIME_MS)


def _is_closing(encounter: Encounter) -> bool:
    """The patient is saying the closing words; they have a limit of their own."""
    reply = encounter.turn(encounter.floor.reply) if isinstance(encounter.floor, Thinking | Speaking) else None
    return reply is not None and reply.plan is not None and reply.plan.closing


def _listening(encounter: Encounter) -> dict[str, float]:
    """What only happens while nobody speaks."""
    if encounter.pending:
        return {"typing": encounter.pending[-1].at_ms + TYPING_WAIT_MS}
    if encounter.owed or encounter.closing:
        return {"director": encounter.quiet_since_ms}
    cued = cued_beat(encounter.case, encounter.board, encounter.case_ms) or cued_prompts(encounter)
    due_ms = 0 if cued else min(next_fallback_ms(encounter.case, encounter.board), _next_prompt_ms(encounter))
    by_time = max(encounter.at_case_ms(due_ms), encounter.quiet_since_ms + _pause_ms(encounter))
    by_itself = encounter.quiet_since_ms + speaks_up_after_ms(encounter.case, encounter.board, encounter.case_ms)
    tick = encounter.at_case_ms(next_change_ms(encounter.case, encounter.case_ms))
    return {"director": min(by_time, by_itself), "tick": tick}


def _pause_ms(encounter: Encounter) -> int:
    last = next((turn for turn in reversed(encounter.turns) if turn.plan), None)
    return RETRY_MS if last is not None and last.failed and not last.text else PAUSE_MS


def _next_prompt_ms(encounter: Encounter) -> float:
    prompts = encounter.case.prompts
    return min((at_minute(prompts[number].at_min) for number in prompts_left(encounter)), default=float("inf"))


def prompts_left(encounter: Encounter) -> list[int]:
    """Timed lines still to be given. They get a stuck learner going: in the teaching portrayal only."""
    board = encounter.board
    if encounter.portrayal != "teaching":
        return []
    return [
        number
        for number, prompt in enumerate(encounter.case.prompts)
        if number not in board.prompts_given and not (prompt.if_not and board.tracks[prompt.if_not].fires)
    ]


def cued_prompts(encounter: Encounter) -> list[int]:
    """Of those, the ones that somebody who watches has asked for, in that order."""
    left = prompts_left(encounter)
    return [cue.prompt for cue in encounter.cues if cue.prompt in left and not cue.taken_back]
