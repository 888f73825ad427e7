"""What a learner's turn does to the encounter: observed, felt, judged against the open opportunities, and answered.

Order matters and is fixed: words that leave the fiction first; then whether a barrier kept the words from the patient;
then how they move the state; then which opportunities they address or miss; and only then what is answered.
"""

from __future__ import annotations

from dataclasses import replace

from server.core.board import Board, BoardView, Track, change
from server.core.case_play import Barrier, Beat, Outcome
from server.core.conditions import holds
from server.core.encounter import Encounter
from server.core.lexicon import content_stems, tokens, word_count
from server.core.moves import ACKNOWLEDGES, Context, Observation, observe
from server.core.replies import answer, say_first
from server.core.transcript import LEARNER, Turn, last_said

MOST_GAIN = 3
"""Most that one turn can move a number: empathy has effects and is not magic."""


def take(encounter: Encounter, turn: Turn, *, interrupted: bool = False, answered: bool = True) -> Encounter:
    """Add what the learner said, did or held in silence, and let the patient answer.

    `answered` is False for something done while somebody is speaking: it is seen and felt, and nobody stops for it.
    """
    if words := _leaving_words(encounter, turn):
        return _leave(encounter.add(replace(turn, out_of_role=True)), words)
    turn = replace(turn, observations=(*turn.observations, *_observe(encounter, turn, interrupted)))
    if "own_distress" in turn.moves:
        return _leave(encounter.add(replace(turn, out_of_role=True)), "learner_distress")
    barrier = barrier_to(encounter, turn)
    turn = replace(turn, barred=barrier is not None)
    encounter = encounter.add(turn)
    encounter = replace(encounter, board=_noted(encounter.board, turn))
    if barrier is None:
        encounter = _feel(encounter, turn)
    encounter = _judge(encounter, turn)
    return answer(encounter, turn, barrier) if answered else encounter


def _leaving_words(encounter: Encounter, turn: Turn) -> str:
    """`stop` or `pause` when the turn holds such words of the case; else empty."""
    if turn.kind != "said":
        return ""
    said = f" {' '.join(tokens(turn.text))} "
    prebrief = encounter.case.prebrief
    for code, phrases in (("stop", prebrief.stop_words), ("pause", prebrief.pause_words)):
        if any(f" {' '.join(tokens(phrase))} " in said for phrase in phrases):
            return code
    return ""


def _leave(encounter: Encounter, code: str) -> Encounter:
    match code:
        case "stop":
            return replace(encounter, phase="done", reason="stop", ended="stop").notify("stopped")
        case "pause":
            return replace(encounter, phase="paused", reason="words").notify("paused")
        case _:
            return replace(encounter, phase="paused", reason="safety").notify("learner_distress")


def _observe(encounter: Encounter, turn: Turn, interrupted: bool) -> tuple[Observation, ...]:
    return observe(turn.text, context_of(encounter, interrupted)) if turn.kind == "said" else ()


def context_of(encounter: Encounter, interrupted: bool = False) -> Context:
    """What was going on just before the learner's next turn."""
    case, board = encounter.case, encounter.board
    opened = [case.beat(beat).opportunity for beat in board.open_beats()]
    before = last_said(encounter.turns, by_learner=False)
    story = " ".join(turn.text for turn in encounter.turns if turn.speaker != LEARNER)
    return Context(
        said_before=before.text if before else "",
        feelings=frozenset(feeling for o in opened for feeling in o.feelings),
        topics=frozenset().union(*(content_stems(" ".join(o.topics)) for o in opened)) if opened else frozenset(),
        open_cue=bool(opened),
        interrupted=interrupted,
        acknowledged=_acknowledged(encounter),
        story=content_stems(story),
    )


def _acknowledged(encounter: Encounter) -> bool:
    """A feeling was met in a window that is still open."""
    inside = {turn for beat in encounter.board.open_beats() for turn in encounter.board.tracks[beat].response_turns}
    return any(turn.moves & ACKNOWLEDGES for turn in encounter.turns if turn.id in inside)


def barrier_to(encounter: Encounter, turn: Turn) -> Barrier | None:
    """What kept these words from the patient, if anything did. What is done is seen, whatever was said."""
    if turn.kind != "said":
        return None
    view = BoardView(encounter.board, encounter.case_ms)
    length = word_count(turn.text)
    for barrier in encounter.case.patient.portrayal.barriers:
        through = bool(set(barrier.let_through) & turn.moves) or length <= barrier.longer_than_words
        if not through and holds(barrier.when, view):
            return barrier
    return None


def _noted(board: Board, turn: Turn) -> Board:
    """Counts, moves and words that triggers may ask about; words that were not heard mention nothing."""
    mentioned = content_stems(turn.text) if turn.kind == "said" and not turn.barred else frozenset()
    made = board.made | (frozenset() if turn.barred else turn.moves)
    return replace(board, learner_turns=board.learner_turns + (turn.kind == "said"), mentioned=mentioned, made=made)


def _feel(encounter: Encounter, turn: Turn) -> Encounter:
    """Every move of the turn moves the state once, as the author says; together no more than `MOST_GAIN`."""
    case, view = encounter.case, BoardView(encounter.board, encounter.case_ms)
    effect: dict[str, int] = {}
    choices: dict[str, str] = {}
    for response in (*case.state.de_escalation, *case.state.escalation):
        if response.move in turn.moves and holds(response.when, view):
            effect = {name: effect.get(name, 0) + response.effect.get(name, 0) for name in {*effect, *response.effect}}
            choices |= response.set
    bounded = {name: max(-MOST_GAIN, min(MOST_GAIN, by)) for name, by in effect.items()}
    return replace(encounter, board=change(case, encounter.board, bounded, choices))


def _judge(encounter: Encounter, turn: Turn) -> Encounter:
    """Open opportunities, in the author's order: addressed by this turn, or one turn fewer, or missed.

    Words that a barrier kept from the patient cannot address anything, and still use up the time there was.
    """
    for beat_id in encounter.board.open_beats():
        encounter = _judge_one(encounter, encounter.case.beat(beat_id), turn)
    return encounter


def _judge_one(encounter: Encounter, beat: Beat, turn: Turn) -> Encounter:
    track = encounter.board.tracks[beat.id]
    track = replace(track, response_turns=(*track.response_turns, turn.id))
    if turn.moves & set(beat.success_if) and not turn.barred:
        return settle(encounter, beat, replace(track, state="addressed", turns_left=0), beat.on_success)
    counts = turn.kind == "said" and "backchannel" not in turn.moves
    track = replace(track, turns_left=track.turns_left - counts)
    if track.turns_left > 0:
        return replace(encounter, board=encounter.board.with_track(beat.id, track))
    return miss(encounter, beat, track)


def miss(encounter: Encounter, beat: Beat, track: Track) -> Encounter:
    """The window closes on a cue that was not met."""
    return settle(encounter, beat, replace(track, state="missed", turns_left=0), beat.on_miss)


def settle(encounter: Encounter, beat: Beat, track: Track, outcome: Outcome) -> Encounter:
    """Close a window with its outcome: doors open, the state moves, and what is to be said first is remembered."""
    board = encounter.board.with_track(beat.id, track)
    board = change(encounter.case, board, outcome.effect, outcome.set)
    board = replace(board, opened=board.opened | set(outcome.reveal))
    return say_first(replace(encounter, board=board), outcome)
