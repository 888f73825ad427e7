"""`advance`: one event, one step. An encounter is the fold of this function over its log.

It is total over legal events and raises `IllegalEvent` for the rest, which is our bug and never the learner's. Handlers
change the encounter and nothing else; the effects of a step are the difference it made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from server.core.case import Case
from server.core.effects import Effect, effects_between
from server.core.encounter import (
    Encounter,
    Hearing,
    Item,
    Listening,
    Recognising,
    Reflection,
    Speaking,
    Thinking,
    open_encounter,
)
from server.core.errors import IllegalEvent
from server.core.events import (
    Acted,
    Cut,
    Ended,
    Entered,
    Event,
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
from server.core.learner import miss, take
from server.core.moves import Observation
from server.core.replies import begin, unprompted
from server.core.speaking import add_sentence, close, shorten
from server.core.timers import timers
from server.core.transcript import LEARNER, Plan, Turn

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
    after = _settled(_apply(replace(encounter, now_ms=at_ms), event))
    return Step(after, effects_between(encounter, after))


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
        case TimerFired():
            return timers(encounter).get(event.timer, float("inf")) > at_ms
        case Truncated():
            return not (encounter.running and can_truncate(encounter, event.reply))
        case TurnClosed():
            return not encounter.pending
        case _:
            return False


def can_truncate(encounter: Encounter, reply: str) -> bool:
    """A reply may be shortened once it is closed, and until the learner next says or does something."""
    last = next((turn for turn in reversed(encounter.turns) if turn.kind != "shown"), None)
    return last is not None and last.id == reply and last.closed and last.speaker != LEARNER


def _apply(encounter: Encounter, event: Event) -> Encounter:
    match event:
        case Entered() | Paused() | Resumed() | Ended() | Reflected():
            return _phase(encounter, event)
        case Opened():
            raise IllegalEvent("an encounter is opened once")
    if not encounter.running:
        raise IllegalEvent(f"{type(event).__name__} while the encounter is in phase {encounter.phase}")
    match event:
        case SpeechBegan() | SpeechEnded() | SpeechHeard() | SpeechUnclear():
            return _speech(encounter, event)
        case Typed() | TurnClosed() | Acted() | SilenceHeld():
            return _deed(encounter, event)
        case SentenceReady() | ReplyWritten() | ReplyFailed() | Played() | Cut():
            return _reply(encounter, event)
        case Truncated():
            _require(can_truncate(encounter, event.reply), event)
            return shorten(encounter, encounter.turn(event.reply), event.audio_ms)
        case TimerFired():
            return _timer(encounter, event)


def _require(legal: bool, event: Event) -> None:
    if not legal:
        raise _illegal(event)


def _illegal(event: Event) -> IllegalEvent:
    return IllegalEvent(f"{type(event).__name__} cannot be taken now")


# the phases


def _phase(encounter: Encounter, event: Entered | Paused | Resumed | Ended | Reflected) -> Encounter:
    match event:
        case Entered():
            _require(encounter.phase == "prebrief", event)
            return _open_talk(replace(encounter, phase="encounter", reason="entered"))
        case Paused():
            _require(encounter.phase == "encounter", event)
            return replace(encounter, phase="paused", reason=event.by)
        case Resumed():
            _require(encounter.phase == "paused", event)
            return replace(encounter, phase="encounter", reason="resumed", floor=Listening(encounter.now_ms))
        case Ended():
            _require(not encounter.over, event)
            return _end(encounter, event)
        case Reflected():
            _require(encounter.phase == "reflection", event)
            words = Reflection(event.reactions, event.felt, event.said, dict(event.self_rating))
            return replace(encounter, phase="done", reason="reflected", reflection=words)


def _open_talk(encounter: Encounter) -> Encounter:
    opening = encounter.case.patient.portrayal.opening_statement
    return begin(encounter, Plan(lines=(opening,), direction="Open the conversation."))


def _end(encounter: Encounter, event: Ended) -> Encounter:
    never_began = encounter.phase == "prebrief"
    scored = event.reason != "stop" and not never_began
    return replace(encounter, phase="reflection" if scored else "done", reason=event.reason, ended=event.reason)


def _hushed(encounter: Encounter) -> Encounter:
    """Leave the floor: an open reply is closed as heard so far, a clip is dropped.

    Sound that was played and not yet reported is for the conductor to report first, with `Cut`.
    """
    for turn in encounter.turns:
        if not turn.closed:
            encounter = close(encounter, turn, turn.heard_ms, cut=True, unheard="ended" if encounter.over else "paused")
    return replace(encounter, floor=Listening(encounter.now_ms))


# the learner speaks


def _speech(encounter: Encounter, event: SpeechBegan | SpeechEnded | SpeechHeard | SpeechUnclear) -> Encounter:
    match event, encounter.floor:
        case SpeechBegan(), Listening() | Thinking():
            _require(not encounter.knows(event.clip), event)
            return _begin_clip(encounter, event)
        case SpeechEnded(), Hearing(clip=event.clip) as floor if event.audio_ms >= 0:
            return _recognise(encounter, floor, event.audio_ms)
        case SpeechHeard(), Recognising(clip=event.clip) as floor if event.text.strip():
            return _heard(encounter, event, floor)
        case SpeechUnclear(), Hearing(clip=event.clip) | Recognising(clip=event.clip):
            return _unclear(encounter, event.clip, event.reason)
    raise _illegal(event)


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
    return encounter if reason == "withdrawn" else encounter.notify("hearing_failed", clip)


def _heard(encounter: Encounter, event: SpeechHeard, floor: Recognising) -> Encounter:
    began, sure = max(0, floor.since_ms - floor.audio_ms), event.confidence_percent / 100
    turn = Turn(event.clip, LEARNER, "said", event.text, began, floor.audio_ms, confidence=sure)
    return take(replace(encounter, floor=Listening(encounter.now_ms)), turn, interrupted=floor.interrupted)


# the learner types, does, waits


def _deed(encounter: Encounter, event: Typed | TurnClosed | Acted | SilenceHeld) -> Encounter:
    match event:
        case Typed():
            _require(bool(event.text.strip()) and not encounter.knows(event.item), event)
            return replace(encounter, pending=(*encounter.pending, Item(event.item, event.text, encounter.now_ms)))
        case TurnClosed():
            _require(bool(encounter.pending), event)
            return replace(encounter, answer_due=True)
        case Acted():
            action = encounter.case.action(event.action)
            if action is None or encounter.knows(event.turn):
                raise _illegal(event)
            return _do(encounter, Turn(event.turn, LEARNER, "action", action.text, encounter.now_ms), action.moves)
        case SilenceHeld():
            _require(event.duration_ms >= LONG_SILENCE_MS and not encounter.knows(event.turn), event)
            waits = f"waits in silence, {event.duration_ms // 1000} s"
            return _do(encounter, Turn(event.turn, LEARNER, "silence", waits, encounter.now_ms), ("invites_silence",))


def _do(encounter: Encounter, turn: Turn, moves: tuple[str, ...]) -> Encounter:
    seen = tuple(Observation(move, turn.text, 0, len(turn.text)) for move in moves)
    return take(encounter, replace(turn, observations=seen), answered=isinstance(encounter.floor, Listening))


# the patient speaks


def _reply(encounter: Encounter, event: SentenceReady | ReplyWritten | ReplyFailed | Played | Cut) -> Encounter:
    _require(encounter.has_turn(event.reply) and not encounter.turn(event.reply).closed, event)
    reply = encounter.turn(event.reply)
    match event:
        case SentenceReady():
            _require(event.index == len(reply.sentences) and not reply.written, event)
            _require(bool(event.text.strip()) and event.audio_ms >= 0, event)
            return add_sentence(encounter, reply, event.text, event.audio_ms)
        case ReplyWritten():
            _require(bool(reply.sentences), event)
            return encounter.put(replace(reply, written=True))
        case Played():
            _require(reply.written, event)
            return close(encounter, reply, event.audio_ms)
        case Cut():
            encounter = encounter.put(replace(reply, talked_over=event.reason == "barge_in"))
            return close(encounter, encounter.turn(reply.id), event.audio_ms, cut=True, unheard=event.reason)
        case ReplyFailed():
            return close(encounter, reply, reply.heard_ms, cut=True, failed=event.reason).notify(
                "reply_failed", reply.id
            )


# time


def _timer(encounter: Encounter, event: TimerFired) -> Encounter:
    _require(timers(encounter).get(event.timer, float("inf")) <= encounter.now_ms, event)
    name, _, about = event.timer.partition(":")
    match name:
        case "warning":
            return replace(encounter, warned=True).notify("time_warning", str(encounter.now_ms))
        case "time_up":
            return _time_up(encounter)
        case "typing":
            return replace(encounter, answer_due=True)
        case "director":
            return _give_again(encounter, encounter.owed) if encounter.owed else unprompted(encounter)
        case "window":
            return miss(encounter, encounter.case.beat(about), encounter.board.tracks[about])
        case "hearing" if isinstance(encounter.floor, Hearing):
            return _recognise(encounter, encounter.floor, encounter.now_ms - encounter.floor.since_ms)
        case "recognising":
            return _unclear(encounter, about, "engine_failed")
        case _:
            return _stalled(encounter, about)


def _give_again(encounter: Encounter, reply: Turn) -> Encounter:
    """The same answer under a new id; the first attempt stays in the log as failed."""
    plan = reply.plan or Plan()
    return begin(encounter, replace(plan, lines=plan.lines[len(plan.first) :]))


def _stalled(encounter: Encounter, reply_id: str) -> Encounter:
    """A reply that came to nothing in its time, or whose end was never reported: the shell cuts it where it was heard
    before it lets this timer fire; where nobody measures, what was sent was heard.
    """
    reply = encounter.turn(reply_id)
    if isinstance(encounter.floor, Speaking):
        return close(encounter, reply, reply.audio_ms, cut=not reply.written)
    return close(encounter, reply, 0, cut=True, failed="late").notify("reply_failed", reply.id)


def _time_up(encounter: Encounter) -> Encounter:
    """The patient closes the talk; with a hard timer, or when somebody has the floor even now, it just ends."""
    if not any(notice.code == "time_up" for notice in encounter.notices):
        encounter = encounter.notify("time_up")
    if encounter.case.logistics.time.timer == "hard" or not isinstance(encounter.floor, Listening):
        return replace(encounter, phase="reflection", reason="time_up", ended="time_up")
    closing = encounter.case.patient.portrayal.closing_statement
    return begin(encounter, Plan(lines=(closing,), direction="Close the conversation.", closing=True))


def _settled(encounter: Encounter) -> Encounter:
    """Typed words become a turn as soon as the floor is free; nothing is left open once nobody may speak any more."""
    listening = isinstance(encounter.floor, Listening)
    if not encounter.running and not listening:
        encounter = _hushed(encounter)
    if encounter.over and encounter.pending:
        return _keep_pending(encounter)
    if encounter.running and encounter.answer_due and encounter.pending and listening:
        return _settled(_take_pending(encounter, answered=True))
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
