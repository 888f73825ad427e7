"""`advance`: one event, one step. An encounter is the fold of this function over its log.

It is total over legal events and raises `IllegalEvent` for the rest, which is our bug and never the learner's. Handlers
change the encounter and nothing else; the effects of a step are the difference it made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from server.core.case import Case
from server.core.case_parts.play import Action, Outcome
from server.core.conditions import holds
from server.core.correcting import correct
from server.core.drifting import drift, reach_checkpoints
from server.core.effects import Effect, effects_between
from server.core.encounter import (
    Encounter,
    Hearing,
    Item,
    Listening,
    Murmur,
    Recognising,
    Speaking,
    Thinking,
    open_encounter,
)
from server.core.errors import IllegalEvent
from server.core.events import (
    Acted,
    CorrectionProposed,
    CorrectionSettled,
    Cued,
    CueTakenBack,
    Cut,
    Ended,
    Entered,
    Event,
    Forced,
    Jumped,
    Murmured,
    Opened,
    Paused,
    Played,
    Reflected,
    ReplyFailed,
    ReplyWritten,
    Resumed,
    SentenceReady,
    SilenceHeld,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
    SpeechUnclear,
    TimerFired,
    Truncated,
    TurnClosed,
    Typed,
)
from server.core.learner import miss, take, take_floor
from server.core.legal import illegal, require
from server.core.moves import Observation
from server.core.phases import hushed, phase, time_up
from server.core.replies import begin, go_on, may_still, unprompted
from server.core.signs import DID
from server.core.speaking import add_sentence, close, shorten
from server.core.steering.cueing import cue, take_back, why_not_cued, why_not_taken_back
from server.core.steering.trying import try_out
from server.core.timers import timers
from server.core.transcript import LEARNER, Plan, Sentence, Turn, Worded

LONG_SILENCE_MS = 3_000
"""A pause the learner held at least this long invites; a shorter one is only a pause."""
CUT_IN_MS = 1_000
"""Speech that begins this soon after a reply was talked over is what talked over it."""


@dataclass(frozen=True)
class Step:
    """Outcome of one event."""

    encounter: Encounter
    effects: tuple[Effect, ...]


def advance(encounter: Encounter, event: Event, at_ms: int) -> Step:
    """Take `event` at encounter time `at_ms`. Raises `IllegalEvent` when the encounter cannot take it."""
    if at_ms < encounter.now_ms:
        raise IllegalEvent(f"time runs backwards: {at_ms} after {encounter.now_ms}")
    if isinstance(event, TimerFired) and encounter.running:
        require(timers(encounter).get(event.timer, float("inf")) <= at_ms, event)
    now = replace(encounter, now_ms=at_ms)
    after = _taken(now, event)
    return Step(after, effects_between(encounter, after))


def _taken(now: Encounter, event: Event) -> Encounter:
    """With a cue not even time does its work, so that nothing which a learner could see changes with it."""
    if isinstance(event, Cued):
        return cue(now, event)
    if isinstance(event, CueTakenBack):
        return take_back(now, event)
    return reach_checkpoints(_settled(_apply(drift(now) if now.running else now, event)))


def replay(case: Case, log: Iterable[tuple[Event, int]]) -> Encounter:
    """Fold a log, which begins with `Opened`, into the encounter it describes."""
    events = iter(log)
    opened, at_ms = next(events)
    if not isinstance(opened, Opened):
        raise IllegalEvent("a log begins with Opened")
    encounter = replace(open_encounter(case, opened), now_ms=at_ms)
    for event, at_ms in events:
        encounter = advance(encounter, event, at_ms).encounter
    return encounter


def is_late(encounter: Encounter, event: Event, at_ms: int) -> bool:
    """True when `event` belongs to something that is already over: to be dropped, not raised."""
    match event:
        case SentenceReady() | ReplyWritten() | ReplyFailed() | Played() | Cut():
            return not (encounter.has_turn(event.reply) and not encounter.turn(event.reply).closed)
        case SpeechHeard() | SpeechUnclear() | SpeechEnded():
            return getattr(encounter.floor, "clip", None) != event.clip
        case Murmured():
            return not encounter.running
        case TimerFired():
            return timers(encounter).get(event.timer, float("inf")) > at_ms
        case Truncated():
            return not (encounter.running and can_truncate(encounter, event.reply))
        case TurnClosed():
            return not encounter.pending
        case Cued():
            return why_not_cued(encounter, event.beat, event.prompt) is not None
        case CueTakenBack():
            return why_not_taken_back(encounter, event.beat, event.prompt) is not None
        case Acted():
            action = encounter.case.action(event.action)
            return action is not None and not holds(action.when, encounter.view())
        case _:
            return False


def can_truncate(encounter: Encounter, reply: str) -> bool:
    """A reply may be shortened once it is closed, and until the learner next says or does something."""
    last = next((turn for turn in reversed(encounter.turns) if turn.kind != "shown"), None)
    return last is not None and last.id == reply and last.closed and last.speaker != LEARNER


def _apply(encounter: Encounter, event: Event) -> Encounter:
    match event:
        case Entered() | Paused() | Resumed() | Ended() | Reflected():
            return phase(encounter, event)
        case CorrectionProposed() | CorrectionSettled():
            return correct(encounter, event)
        case Opened() | Cued() | CueTakenBack():
            raise illegal(event)
    if not encounter.running:
        raise IllegalEvent(f"{type(event).__name__} while the encounter is in phase {encounter.phase}")
    match event:
        case SpeechBegan() | SpeechEnded() | SpeechHeard() | SpeechUnclear():
            return _speech(encounter, event)
        case Murmured():
            return _murmured(encounter, event)
        case Typed() | TurnClosed() | Acted() | SilenceHeld():
            return _deed(encounter, event)
        case SentenceReady() | ReplyWritten() | ReplyFailed() | Played() | Cut():
            return _reply(encounter, event)
        case Truncated():
            require(can_truncate(encounter, event.reply), event)
            return shorten(encounter, encounter.turn(event.reply), event.audio_ms)
        case Jumped() | Forced():
            return try_out(encounter, event)
        case TimerFired():
            return _timer(encounter, event)


# the learner speaks


def _speech(encounter: Encounter, event: SpeechBegan | SpeechEnded | SpeechHeard | SpeechUnclear) -> Encounter:
    match event, encounter.floor:
        case SpeechBegan(), Listening() | Thinking():
            require(not encounter.knows(event.clip), event)
            return _begin_clip(encounter, event)
        case SpeechEnded(), Hearing(clip=event.clip) as floor if event.audio_ms >= 0:
            return _recognise(encounter, floor, event.audio_ms)
        case SpeechHeard(), Recognising(clip=event.clip) as floor if event.text.strip():
            return _heard(encounter, event, floor)
        case SpeechUnclear(), Hearing(clip=event.clip) | Recognising(clip=event.clip):
            return _unclear(encounter, event.clip, event.reason)
    raise illegal(event)


def _begin_clip(encounter: Encounter, event: SpeechBegan) -> Encounter:
    """The learner goes on speaking while a reply is only being thought of: it is superseded, and says so."""
    cut_in = _cuts_in(encounter)
    if isinstance(encounter.floor, Thinking):
        encounter = close(encounter, encounter.turn(encounter.floor.reply), 0, failed="superseded")
    return replace(encounter, floor=Hearing(event.clip, encounter.now_ms, interrupted=cut_in))


def _cuts_in(encounter: Encounter) -> bool:
    """The patient has just been cut off by this very speech; an old cut is no interruption of now."""
    last = encounter.turns[-1] if encounter.turns else None
    just_now = encounter.now_ms - encounter.quiet_since_ms <= CUT_IN_MS
    return last is not None and last.talked_over and just_now


def _recognise(encounter: Encounter, floor: Hearing, audio_ms: int) -> Encounter:
    return replace(encounter, floor=Recognising(floor.clip, encounter.now_ms, audio_ms, floor.interrupted))


def _unclear(encounter: Encounter, clip: str, reason: str) -> Encounter:
    encounter = replace(encounter, floor=Listening(encounter.now_ms))
    if reason == "withdrawn":
        return encounter
    return encounter.notify("hearing_broken" if reason == "engine_broken" else "hearing_failed", clip)


def _heard(encounter: Encounter, event: SpeechHeard, floor: Recognising) -> Encounter:
    began, sure = max(0, floor.since_ms - floor.audio_ms), event.confidence_percent / 100
    turn = Turn(
        event.clip,
        LEARNER,
        "said",
        event.text,
        began,
        floor.audio_ms,
        confidence=sure,
        words_percent=event.words_percent,
    )
    return take(replace(encounter, floor=Listening(encounter.now_ms)), turn, interrupted=floor.interrupted)


def _murmured(encounter: Encounter, event: Murmured) -> Encounter:
    """It is kept, and changes nothing: whoever was speaking goes on."""
    known = encounter.has_turn(event.reply) and encounter.turn(event.reply).speaker != LEARNER
    require(known and bool(event.text.strip()) and event.audio_ms >= 0 and not encounter.knows(event.clip), event)
    began, sure = max(0, encounter.now_ms - event.audio_ms), event.confidence_percent / 100
    murmur = Murmur(event.clip, event.text, began, event.audio_ms, event.reply, sure)
    return replace(encounter, murmurs=(*encounter.murmurs, murmur))


# the learner types, does, waits


def _deed(encounter: Encounter, event: Typed | TurnClosed | Acted | SilenceHeld) -> Encounter:
    match event:
        case Typed():
            require(bool(event.text.strip()) and not encounter.knows(event.item), event)
            return replace(encounter, pending=(*encounter.pending, Item(event.item, event.text, encounter.now_ms)))
        case TurnClosed():
            require(bool(encounter.pending), event)
            return replace(encounter, answer_due=True)
        case Acted():
            action = encounter.case.action(event.action)
            if action is None or encounter.knows(event.turn) or not holds(action.when, encounter.view()):
                raise illegal(event)
            return _act(encounter, event.turn, action)
        case SilenceHeld():
            require(event.duration_ms >= LONG_SILENCE_MS and not encounter.knows(event.turn), event)
            waits = f"waits in silence, {event.duration_ms // 1000} s"
            return _do(encounter, Turn(event.turn, LEARNER, "silence", waits, encounter.now_ms), ("invites_silence",))


def _act(encounter: Encounter, turn_id: str, action: Action) -> Encounter:
    toward = encounter.case.member(action.toward).id
    turn = Turn(turn_id, LEARNER, "action", action.text, encounter.now_ms, toward=toward)
    return _do(encounter, turn, (*action.moves, f"{DID}{action.id}"), action.outcome)


def _do(encounter: Encounter, turn: Turn, moves: tuple[str, ...], outcome: Outcome | None = None) -> Encounter:
    seen = tuple(Observation(move, turn.text, 0, len(turn.text)) for move in moves)
    answered = isinstance(encounter.floor, Listening)
    return take(encounter, replace(turn, observations=seen), answered=answered, outcome=outcome)


# the patient speaks


def _reply(encounter: Encounter, event: SentenceReady | ReplyWritten | ReplyFailed | Played | Cut) -> Encounter:
    require(encounter.has_turn(event.reply) and not encounter.turn(event.reply).closed, event)
    reply = encounter.turn(event.reply)
    match event:
        case SentenceReady():
            require(event.index == len(reply.sentences) and not reply.written, event)
            require(bool(event.text.strip()) and event.audio_ms >= 0, event)
            return add_sentence(encounter, reply, Sentence(event.text, event.audio_ms, event.word_ends_ms))
        case ReplyWritten():
            require(bool(reply.sentences), event)
            worded = Worded(event.source, event.why, event.tokens_in, event.tokens_out)
            return encounter.put(replace(reply, written=True, worded=worded))
        case Played():
            require(reply.written, event)
            return close(encounter, reply, event.audio_ms)
        case Cut():
            encounter = take_floor(encounter) if event.reason in ("barge_in", "cancelled", "ended") else encounter
            encounter = encounter.put(replace(reply, talked_over=event.reason == "barge_in", unspoken=event.unspoken))
            return close(encounter, encounter.turn(reply.id), event.audio_ms, cut=True, unheard=event.reason)
        case ReplyFailed():
            return close(encounter, reply, reply.heard_ms, cut=True, failed=event.reason).notify(
                "reply_failed", reply.id
            )


# time


def _timer(encounter: Encounter, event: TimerFired) -> Encounter:
    name, _, about = event.timer.partition(":")
    match name:
        case "warning":
            return replace(encounter, warned=True).notify("time_warning", str(encounter.now_ms))
        case "time_up":
            return time_up(encounter)
        case "typing":
            return replace(encounter, answer_due=True)
        case "tick":
            return unprompted(encounter)
        case "director":
            left = encounter.owed or _farewell(encounter)
            return _give_again(encounter, left) if left else unprompted(encounter)
        case "window":
            return _run_out(encounter, about)
        case "hearing" if isinstance(encounter.floor, Hearing):
            return _recognise(encounter, encounter.floor, encounter.now_ms - encounter.floor.since_ms)
        case "recognising":
            return _unclear(encounter, about, "engine_failed")
        case _:
            return _stalled(encounter, about)


def _run_out(encounter: Encounter, beat_id: str) -> Encounter:
    """The moment has passed unanswered; what its outcome calls for is said now, if nobody has the floor and no answer
    is owed, or else at the head of the next reply.
    """
    encounter = miss(encounter, encounter.case.beat(beat_id), encounter.board.tracks[beat_id])
    free = isinstance(encounter.floor, Listening) and not encounter.closing and not encounter.owed
    return begin(encounter, Plan()) if encounter.first and free else encounter


def _farewell(encounter: Encounter) -> Turn | None:
    """The closing words that a pause broke off: after it they are said again, and end the encounter."""
    said = (turn for turn in reversed(encounter.turns) if turn.plan and turn.plan.closing)
    return next(said, None) if encounter.closing else None


def _give_again(encounter: Encounter, reply: Turn) -> Encounter:
    """The same answer under a new id; the first attempt stays in the log as failed. What may no longer be said in this
    room is not.
    """
    plan = reply.plan or Plan()
    plan = replace(plan, lines=plan.lines[len(plan.first) :])
    if not may_still(encounter, plan):
        plan = Plan(lines=encounter.case.patient.portrayal.dont_know[:1], to_turn=plan.to_turn)
    return begin(encounter, plan)


def _stalled(encounter: Encounter, reply_id: str) -> Encounter:
    """A reply that came to nothing in its time, or whose end was never reported: the shell cuts it where it was heard
    before it lets this timer fire; where nobody measures, what was sent was heard.
    """
    reply = encounter.turn(reply_id)
    if isinstance(encounter.floor, Speaking):
        return close(encounter, reply, reply.audio_ms, cut=not reply.written)
    return close(encounter, reply, 0, cut=True, failed="late").notify("reply_failed", reply.id)


def _settled(encounter: Encounter) -> Encounter:
    """Typed words become a turn as soon as the floor is free; nothing is left open once nobody may speak any more."""
    listening = isinstance(encounter.floor, Listening)
    if not encounter.running and not listening:
        encounter = hushed(encounter)
    if encounter.over and encounter.pending:
        return _keep_pending(encounter)
    if encounter.running and encounter.answer_due and encounter.pending and listening:
        return _settled(_take_pending(encounter, answered=True))
    if encounter.running and encounter.queue and isinstance(encounter.floor, Listening) and not encounter.owed:
        return go_on(encounter)
    return encounter


def _take_pending(encounter: Encounter, *, answered: bool) -> Encounter:
    items = encounter.pending
    turn = Turn(items[0].id, LEARNER, "said", " ".join(item.text for item in items), items[0].at_ms)
    return take(replace(encounter, pending=(), answer_due=False), turn, answered=answered)


def _keep_pending(encounter: Encounter) -> Encounter:
    """What was typed and acknowledged stays in the transcript, though nobody answers any more. Stop still means
    stop.
    """
    kept = _take_pending(encounter, answered=False)
    return kept if kept.ended == "stop" else replace(kept, phase=encounter.phase, reason=encounter.reason)
