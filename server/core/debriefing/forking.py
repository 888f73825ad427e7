"""Taking one moment up again: the log of an encounter up to a turn of the learner's, as the beginning of another.

The new encounter begins where the old one stood when the learner began to speak or type: the same state, the same open
moments, the same time on the clock. Whoever was speaking then is heard out first. What was said before is the first
encounter's, and earns nothing anew (`server.core.debriefing.retrying`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from server.core.advance import advance
from server.core.debriefing.course import Course, Log
from server.core.encounter import Encounter, Listening
from server.core.errors import Conflict, IllegalEvent, RequestError
from server.core.events import Event, Opened, TimerFired, TurnClosed
from server.core.transcript import LEARNER

CHOOSE = "Choose another turn of yours."


def fork(course: Course, turn: str, encounter_id: str) -> Log:
    """The log with which an encounter begins that goes on in place of `turn`.

    Raises `RequestError` for what is no turn of the learner's, and `Conflict` where there is no going on.
    """
    whole = course.end
    if not whole.has_turn(turn) or whole.turn(turn).speaker != LEARNER:
        message = "That is not a turn of the learner's in this encounter."
        raise RequestError(message, code="not_your_turn", field="turn", mend=CHOOSE)
    _require_an_end(whole)
    kept, before = _up_to(course, turn)
    _require_a_free_floor(before)
    return _as_retry(course.log, kept, before, turn, encounter_id)


def can_fork(course: Course, turn: str) -> bool:
    """Whether `fork` would take it."""
    try:
        fork(course, turn, "")
    except RequestError:
        return False
    return True


def _require_an_end(whole: Encounter) -> None:
    if not whole.over:
        raise Conflict("The encounter has not ended.", code="not_ended", mend="End it, then try a moment again.")
    if whole.case.activity == "role_reversal":
        message = "Where you play the patient there is no moment to try again."
        raise Conflict(message, code="role_reversal", mend="Begin the case anew.")
    if whole.ended == "stop":
        message = "A stopped encounter is not gone back to."
        raise Conflict(message, code="stopped", mend="Begin the case anew when you want to.")


def _require_a_free_floor(before: Encounter) -> None:
    if before.now_ms >= before.limit_ms:
        raise Conflict("Time was up there.", code="no_time_left", mend=CHOOSE)
    if not before.running or before.closing or before.pending or not isinstance(before.floor, Listening):
        raise _not_free()


def _not_free() -> Conflict:
    message = "The floor was not free there: you went straight on from the turn before, or the talk was closing."
    return Conflict(message, code="floor_not_free", mend="Choose the turn of yours before it.")


def _up_to(course: Course, turn: str) -> tuple[list[int], Encounter]:
    """The events to keep, and how things stand after them: until the turn began and nobody else had the floor."""
    taken = course.taken[turn]
    own = set(_own(course, turn, taken))
    first = min(own)
    kept = list(range(first))
    state = course.states[first - 1]
    for at in range(first, taken + 1):
        if at in own or (isinstance(state.floor, Listening) and not state.queue):
            continue
        kept.append(at)
        state = _folded(state, course.log[at])
    return kept, state


def _folded(state: Encounter, entry: tuple[Event, int]) -> Encounter:
    try:
        return advance(state, *entry).encounter
    except IllegalEvent:
        raise _not_free() from None


def _own(course: Course, turn: str, taken: int) -> Iterator[int]:
    """The events that made the turn."""
    ids = {turn, *(item.id for item in course.states[taken - 1].pending)}
    begun = False
    for at, (event, _) in enumerate(course.log[: taken + 1]):
        mine = {getattr(event, name, None) for name in ("clip", "item", "turn")} & ids
        begun = begun or bool(mine)
        if mine or (begun and _asks_for_an_answer(event)):
            yield at


def _asks_for_an_answer(event: Event) -> bool:
    """What was typed became a turn by it; where somebody was speaking, it did when they had ended."""
    return isinstance(event, TurnClosed) or (isinstance(event, TimerFired) and event.timer == "typing")


def _as_retry(log: Log, kept: list[int], before: Encounter, turn: str, encounter_id: str) -> Log:
    opened, at_ms = log[0]
    if not isinstance(opened, Opened):
        raise IllegalEvent("a log begins with Opened")
    again = replace(
        opened,
        encounter_id=encounter_id,
        retry_of=before.id,
        retry_turn=turn,
        retry_from=len(before.turns),
        retry_beats=before.board.open_beats(),
    )
    return ((again, at_ms), *(log[at] for at in kept[1:]))
