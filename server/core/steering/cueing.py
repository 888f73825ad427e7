"""A cue: somebody who watches brings a moment, or a line against stalling, forward.

The patient chooses when, and until then a cue can be taken back. It lets the director pass over a beat's trigger and
over nothing else: the beat waits for a free moment, for whoever speaks it, and for a moment that lies open; it unlocks
what it would have unlocked by itself. To the learner it is a beat like any other. What becomes of a cue is told by the
board, so it is never out of date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from server.core.beats import not_waiting
from server.core.encounter import Cue, Encounter
from server.core.events import Cued, CueTakenBack
from server.core.legal import require
from server.core.reasons import Reason
from server.core.timers import prompts_left

Became = Literal["waiting", "given", "dropped", "taken_back"]


def cue(encounter: Encounter, event: Cued) -> Encounter:
    """It is noted, and nothing else: no time is spent, nobody is told, whoever has the floor keeps it."""
    require(why_not_cued(encounter, event.beat, event.prompt) is None, event)
    board = encounter.board
    forward = replace(board, cued=(*board.cued, event.beat)) if event.beat else board
    made = Cue(event.by, encounter.now_ms, event.beat, event.prompt)
    return replace(encounter, board=forward, cues=(*encounter.cues, made))


def take_back(encounter: Encounter, event: CueTakenBack) -> Encounter:
    """As if it had not been given, but for the record of both."""
    require(why_not_taken_back(encounter, event.beat, event.prompt) is None, event)
    standing = _standing(encounter, event.beat, event.prompt)
    cues = tuple(replace(each, taken_back=True) if each is standing else each for each in encounter.cues)
    board = encounter.board
    cued = tuple(beat for beat in board.cued if beat != event.beat)
    return replace(encounter, board=replace(board, cued=cued), cues=cues)


def why_not_taken_back(encounter: Encounter, beat: str = "", prompt: int = -1) -> Reason | None:
    """What makes it too late, or never was; None while the cue waits."""
    standing = _standing(encounter, beat, prompt)
    if standing is None:
        return Reason("not_cued")
    state = became(encounter, standing)
    if state == "waiting":
        return Reason("offered") if beat and _is_being_said(encounter, standing) else None
    return Reason("heard_already" if state == "given" else "over" if encounter.over else "passed")


def _standing(encounter: Encounter, beat: str, prompt: int) -> Cue | None:
    """The cue about this moment that was not taken back; there is never more than one."""
    here = (each for each in encounter.cues if (each.beat, each.prompt) == (beat, prompt) and not each.taken_back)
    return next(here, None)


def untold(encounter: Encounter) -> int:
    """How many events of its log no learner may count: cues, and their taking back."""
    return len(encounter.cues) + sum(each.taken_back for each in encounter.cues)


def why_not_cued(encounter: Encounter, beat: str = "", prompt: int = -1) -> Reason | None:
    """What stands in the way of such a cue; None when it can be given."""
    if encounter.phase not in ("encounter", "paused"):
        return Reason("over" if encounter.over else "not_begun")
    if encounter.closing:
        return Reason("closing")
    return _why_not_beat(encounter, beat) if beat else _why_not_prompt(encounter, prompt)


def _why_not_beat(encounter: Encounter, beat_id: str) -> Reason | None:
    case, board = encounter.case, encounter.board
    beat = next((each for each in case.beats if each.id == beat_id), None)
    if beat is None:
        return Reason("unknown")
    if board.tracks[beat_id].fires:
        return Reason("heard_already")
    if (reason := next(not_waiting(beat, board), None)) is not None:
        return reason
    if beat_id in board.cued:
        return Reason("waiting")
    return None if board.is_present(beat.speaker) else Reason("away", beat.speaker)


def _why_not_prompt(encounter: Encounter, prompt: int) -> Reason | None:
    if not 0 <= prompt < len(encounter.case.prompts):
        return Reason("unknown")
    if encounter.portrayal != "teaching":
        return Reason("assessment")
    if prompt not in prompts_left(encounter):
        return Reason("heard_already" if prompt in encounter.board.prompts_given else "passed")
    return Reason("waiting") if _standing(encounter, "", prompt) else None


def became(encounter: Encounter, each: Cue) -> Became:
    """given: its words were heard (of a line against stalling: it was begun); dropped: they never will be."""
    if each.taken_back:
        return "taken_back"
    if each.beat:
        given = bool(encounter.board.tracks[each.beat].fires)
        lost = any(not_waiting(encounter.case.beat(each.beat), encounter.board)) and not _is_being_said(encounter, each)
    else:
        given = each.prompt in encounter.board.prompts_given
        lost = each.prompt not in prompts_left(encounter)
    if given:
        return "given"
    return "dropped" if lost or encounter.over else "waiting"


def _is_being_said(encounter: Encounter, each: Cue) -> bool:
    return encounter.board.tracks[each.beat].state == "offered"


def turn_of(encounter: Encounter, each: Cue) -> str:
    """The turn in which a cued beat was heard; empty while it was not, for a line against stalling, and once the cue
    was taken back: what comes then comes by itself.
    """
    return encounter.board.tracks[each.beat].cue_turn if each.beat and not each.taken_back else ""


def cued_turns(encounter: Encounter) -> tuple[str, ...]:
    """The turns in which moments were heard that somebody brought forward, in order."""
    heard = {turn_of(encounter, each) for each in encounter.cues}
    return tuple(turn.id for turn in encounter.turns if turn.id in heard)
