"""What an author may do in a try-out of a case, and nobody in any other encounter: move the clock on, force a beat."""

from __future__ import annotations

from server.core.beats import spent
from server.core.encounter import Encounter, Listening
from server.core.events import Forced, Jumped
from server.core.legal import require
from server.core.reasons import Reason
from server.core.replies import deliver


def try_out(encounter: Encounter, event: Jumped | Forced) -> Encounter:
    """Time has been moved by whoever stamps it; what is due by now, its timers ask for."""
    if isinstance(event, Jumped):
        require(why_not_jump(encounter, event.to_ms) is None and event.to_ms == encounter.now_ms, event)
        return encounter
    require(why_not_force(encounter, event.beat) is None, event)
    return deliver(encounter, encounter.case.beat(event.beat), "forced")


def why_not_jump(encounter: Encounter, to_ms: int) -> Reason | None:
    """What stands in the way of moving the clock on to `to_ms` of encounter time."""
    if reason := _why_not_now(encounter):
        return reason
    if to_ms < encounter.now_ms:
        return Reason("backwards", str(to_ms), str(encounter.now_ms))
    return Reason("beyond_end", str(to_ms), str(encounter.limit_ms)) if to_ms > encounter.limit_ms else None


def why_not_force(encounter: Encounter, beat_id: str) -> Reason | None:
    """What stands in the way of saying this beat at once, whatever its trigger and whatever else lies open."""
    beat = next((each for each in encounter.case.beats if each.id == beat_id), None)
    if beat is None:
        return Reason("unknown")
    return _why_not_now(encounter) or next(spent(beat, encounter.board), None)


def _why_not_now(encounter: Encounter) -> Reason | None:
    if not encounter.tryout:
        return Reason("no_tryout")
    if not encounter.running:
        return Reason("over" if encounter.over else "not_running")
    if encounter.closing:
        return Reason("closing")
    busy = not isinstance(encounter.floor, Listening) or encounter.pending or encounter.owed
    return Reason("somebody_speaks") if busy else None
