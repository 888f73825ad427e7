"""The director: which beat comes next. A pure function of the case, the board and the time.

Order of reasons: a core beat that is overdue; then, if no opportunity is open, one that was brought forward, else the
first beat in the author's order whose trigger holds. So every learner meets the core beats, and nobody meets two
moments at once unless time demands it, or the people in the room speak up by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.core.board import Board, BoardView, Track
from server.core.case import Case
from server.core.case_parts.play import Beat, Delivery
from server.core.conditions import any_of, unmet
from server.core.reasons import Reason

MINUTE_MS = 60_000
IN_PEACE_MS = 45_000
"""How long an overdue beat waits for an open opportunity to close, so that a learner is not cut off while answering."""


def next_beat(case: Case, board: Board, at_ms: int) -> Beat | None:
    """The beat to deliver now, or None."""
    return overdue_beat(case, board, at_ms) or next(triggered_beats(case, board, at_ms), None)


def overdue_beat(case: Case, board: Board, at_ms: int) -> Beat | None:
    """The core beat that has waited longest past its time. An open opportunity is left in peace for a while."""
    waiting = [beat for beat in case.beats if is_waiting(beat, board) and at_ms >= due_ms(beat, board)]
    return min(waiting, key=lambda beat: fallback_ms(beat, board), default=None)


def triggered_beats(case: Case, board: Board, at_ms: int) -> Iterator[Beat]:
    """Beats that nothing holds back: those brought forward, then the others in the author's order."""
    forward = [case.beat(beat) for beat in board.cued]
    return (beat for beat in (*forward, *case.beats) if not any(held_back(beat, board, at_ms)))


def held_back(beat: Beat, board: Board, at_ms: int) -> Iterator[Reason]:
    """Why the director would not deliver it now, were it not overdue; nothing else is asked."""
    yield from (Reason("moment_open", each) for each in board.open_beats())
    yield from _not_coming(beat, board)
    yield from _untriggered(beat, board, at_ms)


def cued_beat(case: Case, board: Board, at_ms: int) -> Beat | None:
    """The beat that was brought forward and may be delivered now, without anybody having spoken."""
    forward = (case.beat(beat) for beat in board.cued if not board.tracks[beat].fires)
    return next((beat for beat in forward if not any(held_back(beat, board, at_ms))), None)


def is_cued(beat: Beat, board: Board) -> bool:
    """It was brought forward, and nobody has heard it yet."""
    return beat.id in board.cued and not board.tracks[beat.id].fires


def why_now(beat: Beat, board: Board, at_ms: int) -> str:
    """Of a beat that the director delivers: overdue, cued or triggered."""
    if at_ms >= due_ms(beat, board):
        return "overdue"
    return "cued" if is_cued(beat, board) else "triggered"


def speaks_up(case: Case, board: Board, at_ms: int, quiet_ms: float = float("inf")) -> Beat | None:
    """The first beat that comes by itself after `quiet_ms` of quiet, whatever else is open."""
    for beat in case.beats:
        by_itself = beat.unprompted_after_s is not None and beat.unprompted_after_s * 1000 <= quiet_ms
        if by_itself and _may_come(beat, board) and triggered(beat, board, at_ms):
            return beat
    return None


def speaks_up_after_ms(case: Case, board: Board, at_ms: int) -> float:
    """Quiet in ms after which some beat comes by itself; infinite when none would."""
    ready = [
        beat.unprompted_after_s
        for beat in case.beats
        if beat.unprompted_after_s is not None and _may_come(beat, board) and triggered(beat, board, at_ms)
    ]
    return min(ready, default=float("inf")) * 1000


def _may_come(beat: Beat, board: Board) -> bool:
    """It waits, and whoever speaks it is in the room."""
    return not any(_not_coming(beat, board))


def _not_coming(beat: Beat, board: Board) -> Iterator[Reason]:
    yield from not_waiting(beat, board)
    if not board.is_present(beat.speaker):
        yield Reason("away", beat.speaker)


def is_waiting(beat: Beat, board: Board) -> bool:
    """It may still be delivered: never heard, or missed with fires left."""
    return not any(not_waiting(beat, board))


def not_waiting(beat: Beat, board: Board) -> Iterator[Reason]:
    """Why it will not be delivered, whatever happens."""
    yield from spent(beat, board)
    if _needless(beat, board):
        yield Reason("eased")


def spent(beat: Beat, board: Board) -> Iterator[Reason]:
    """It is being said, lies open, was met, or was heard as often as it may be."""
    track = board.tracks[beat.id]
    if track.state not in ("hidden", "missed"):
        yield Reason(track.state)
    if track.fires >= beat.max_fires:
        yield Reason("used_up", str(beat.max_fires))


def _needless(beat: Beat, board: Board) -> bool:
    """An earned beat that was eased and has no eased form."""
    return not beat.core and beat.eased is None and _eases(beat, board)


def _eases(beat: Beat, board: Board) -> bool:
    """In assessment nothing is made easier: everybody meets the same words."""
    return board.portrayal == "teaching" and bool(set(beat.eased_if) & board.made)


def triggered(beat: Beat, board: Board, at_ms: int) -> bool:
    return not any(_untriggered(beat, board, at_ms))


def _untriggered(beat: Beat, board: Board, at_ms: int) -> Iterator[Reason]:
    """What its trigger waits for. One that was brought forward waits for nothing."""
    view, trigger = BoardView(board, at_ms, beat.speaker), beat.trigger
    if is_cued(beat, board):
        return
    if not (trigger.any or trigger.all):
        yield Reason("no_trigger")
    for text in trigger.all:
        yield from unmet(text, view)
    if trigger.any and not any_of(trigger.any, view):
        yield Reason("one_of", " · or ".join(trigger.any))


def at_minute(minute: float) -> int:
    """Encounter time in whole milliseconds: what a timer is set to is exactly what is compared when it fires."""
    return round(minute * MINUTE_MS)


def fallback_ms(beat: Beat, board: Board) -> float:
    """Encounter time at which a core beat is first delivered whatever happened; never, for an earned or a heard one."""
    if not beat.core or beat.fallback_at_min is None or board.tracks[beat.id].fires:
        return float("inf")
    return at_minute(beat.fallback_at_min)


def due_ms(beat: Beat, board: Board) -> float:
    """When a core beat must be delivered: at its fallback time, or a little later while another moment is open."""
    return fallback_ms(beat, board) + (IN_PEACE_MS if board.open_beats() else 0)


def delivery(beat: Beat, board: Board) -> Delivery:
    """How the beat is delivered: eased when the learner has already shown what it asks for."""
    return beat.eased if beat.eased and _eases(beat, board) else beat.deliver


def next_fallback_ms(case: Case, board: Board) -> float:
    """When the director must next act without being asked."""
    return min((due_ms(beat, board) for beat in case.beats if is_waiting(beat, board)), default=float("inf"))


def offered(track: Track, *, eased: bool = False) -> Track:
    """A reply carries the beat; what was so before is kept, in case the cue goes unheard."""
    return Track("offered", track.fires, eased=eased, earlier=track)


def unheard(track: Track) -> Track:
    """The cue of an offered beat did not reach the learner: hidden again, or as an earlier delivery had left it."""
    return track.earlier or Track(fires=track.fires)
