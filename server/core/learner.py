"""What a learner's turn does to the encounter: observed, felt, judged against the open opportunities, and answered.

Order matters and is fixed: words that leave the fiction first; then whether a barrier kept the words from the patient;
then how they move the state; then which opportunities they address or miss; and only then what is answered.
"""

from __future__ import annotations

from dataclasses import replace

from server.core.answering import CARELESS, asked_in
from server.core.beats import MINUTE_MS
from server.core.board import Board, Track, change
from server.core.case import Case
from server.core.case_parts.cast import Barrier
from server.core.case_parts.play import Aside, Beat, Outcome
from server.core.case_parts.state import Response
from server.core.conditions import holds
from server.core.encounter import Encounter
from server.core.lexicon import content_stems, feelings_in, tokens, word_count
from server.core.matching.matching import Asked
from server.core.moves import ACKNOWLEDGES, GLAD, Context, Observation, observe
from server.core.outcomes import bring_about
from server.core.people import addressee, called, here
from server.core.replies import answer
from server.core.rotating import show
from server.core.signs import DID, phrased, signs_in
from server.core.transcript import LEARNER, Turn, last_said

COLLEAGUES = ("colleague", "supervisor")
BETWEEN_COLLEAGUES = ("advises", "jargon")
"""To these, saying what ought to be done is speaking up, and the words of the trade are plain words."""
MOST_GAIN = 3
"""Most that one turn can move a number: empathy has effects and is not magic."""


def take(
    encounter: Encounter,
    turn: Turn,
    *,
    interrupted: bool = False,
    answered: bool = True,
    outcome: Outcome | None = None,
) -> Encounter:
    """Add what the learner said, did or held in silence, and let the patient answer.

    `answered` is False for something done while somebody is speaking: it is seen and felt, and nobody stops for it.
    `outcome` is what the deed leads to by itself, before anybody says anything to it.
    """
    if words := _leaving_words(encounter, turn):
        return _leave(encounter.add(replace(turn, out_of_role=True)), words)
    context = context_of(encounter, interrupted)
    observed = (*turn.observations, *observed_in(encounter.case, turn, context))
    turn = replace(turn, observations=observed)
    if turn.heard_ms:
        turn = replace(turn, context=replace(context, story=frozenset()))
    if "own_distress" in turn.moves:
        return _leave(encounter.add(replace(turn, out_of_role=True)), "learner_distress")
    encounter = take_floor(encounter) if answered else encounter
    turn, asked = _directed(encounter, turn)
    barrier = barrier_to(encounter, turn)
    turn, asked = replace(turn, barred=barrier is not None), () if barrier else asked
    encounter = encounter.add(turn)
    encounter = replace(encounter, board=_noted(encounter.board, turn, asked))
    encounter = bring_about(encounter, outcome, turn.toward) if outcome else encounter
    if barrier is None:
        encounter = _feel(encounter, turn)
    encounter = _judge(encounter, turn)
    return answer(encounter, turn, barrier, asked) if answered else replace(encounter, passing=())


def take_floor(encounter: Encounter) -> Encounter:
    """What others were about to say is let go; what an outcome called for is kept for the next reply."""
    kept = (Aside(plan.speaker, line) for plan in encounter.queue for line in plan.first)
    return replace(encounter, first=(*encounter.first, *kept), queue=()) if encounter.queue else encounter


def _directed(encounter: Encounter, turn: Turn) -> tuple[Turn, tuple[Asked, ...]]:
    """The turn with whom it was meant for and the signs the author looks for in it; and what it asks for."""
    named = turn.toward or (called(encounter, turn.text) if turn.kind == "said" else "")
    asked = asked_in(encounter, turn, named)
    facts = [each.fact.id for each in asked if each.fact and "leading_question" not in turn.moves]
    signs = signs_in(encounter.case, turn.text, turn.observations, facts)
    toward = named or addressee(encounter, turn, asked)
    seen = meant_for(encounter.case, toward, (*turn.observations, *signs))
    return replace(turn, toward=toward, observations=seen), asked


def meant_for(case: Case, toward: str, seen: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """What was observed, without what is nothing to remark between colleagues."""
    if case.member(toward).role_type not in COLLEAGUES:
        return seen
    return tuple(each for each in seen if each.move not in BETWEEN_COLLEAGUES)


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


def observed_in(case: Case, turn: Turn, context: Context) -> tuple[Observation, ...]:
    """The moves in the words of a turn, those of the case's own phrases among them."""
    if turn.kind != "said":
        return ()
    seen = observe(turn.text, context)
    own = (found for found in phrased(case, turn.text) if found.move not in {each.move for each in seen})
    return (*seen, *own)


def context_of(encounter: Encounter, interrupted: bool = False) -> Context:
    """What was going on just before the learner's next turn."""
    case, board = encounter.case, encounter.board
    opened = [case.beat(beat).opportunity for beat in board.open_beats()]
    before = last_said(encounter.turns, by_learner=False)
    story = " ".join(turn.text for turn in encounter.turns if turn.speaker != LEARNER)
    heard = [case.beat(beat).opportunity for beat, track in board.tracks.items() if track.cue_turn]
    return Context(
        said_before=before.text if before else "",
        feelings=frozenset(feeling for o in opened for feeling in o.feelings),
        told=feelings_in(tokens(story)).union(*(o.feelings for o in heard)) - GLAD,
        topics=frozenset().union(*(content_stems(" ".join(o.topics)) for o in opened)) if opened else frozenset(),
        open_cue=bool(opened),
        interrupted=interrupted,
        acknowledged=_acknowledged(encounter),
        as_patient=case.activity == "role_reversal",
        story=content_stems(story),
    )


def _acknowledged(encounter: Encounter) -> bool:
    """A feeling was met in a window that is still open."""
    inside = {turn for beat in encounter.board.open_beats() for turn in encounter.board.tracks[beat].response_turns}
    return any(turn.moves & ACKNOWLEDGES for turn in encounter.turns if turn.id in inside)


def barrier_to(encounter: Encounter, turn: Turn) -> Barrier | None:
    """What kept these words from whom they were meant for, if anything did. What is done is seen, whatever was said."""
    if turn.kind != "said":
        return None
    view = encounter.view(turn.toward)
    for barrier in encounter.case.member(turn.toward).portrayal.barriers:
        if _stops(barrier, turn) and not set(barrier.let_through) & turn.moves and holds(barrier.when, view):
            return barrier
    return None


def _stops(barrier: Barrier, turn: Turn) -> bool:
    """Too long or too fast for it. A barrier without either limit stops everything; typed words have no pace."""
    length = word_count(turn.text)
    pace_wpm = length * MINUTE_MS / turn.heard_ms if turn.heard_ms else 0
    long = 0 < barrier.longer_than_words < length
    fast = 0 < barrier.faster_than_wpm < pace_wpm
    return long or fast or not (barrier.longer_than_words or barrier.faster_than_wpm)


def _noted(board: Board, turn: Turn, asked: tuple[Asked, ...]) -> Board:
    """Counts, moves and words that triggers may ask about; words that were not heard mention nothing and ask nothing.

    A fact is counted as asked for only when it was asked with care.
    """
    mentioned = content_stems(turn.text) if turn.kind == "said" and not turn.barred else frozenset()
    made = frozenset() if turn.barred else turn.moves
    careful = [each.fact.id for each in asked if each.fact and not turn.moves & CARELESS]
    return replace(
        board,
        learner_turns=board.learner_turns + (turn.kind == "said"),
        mentioned=mentioned,
        made=board.made | made,
        done=board.done | {move.removeprefix(DID) for move in made if move.startswith(DID)},
        asked={**board.asked, **{fact: board.asked.get(fact, 0) + 1 for fact in careful}},
        answering=frozenset(board.open_beats()),
        just_opened=frozenset(),
    )


def _feel(encounter: Encounter, turn: Turn) -> Encounter:
    """The turn moves whom it was meant for, and whoever overhears; gained trust shows, where the portrayal teaches."""
    before, case = encounter.board, encounter.case
    for member in here(encounter):
        state = case.state_of(member.id)
        responses = [r for r in (*state.de_escalation, *state.escalation) if member.id == turn.toward or r.overheard]
        encounter = _moved(encounter, turn, responses, member.id)
    gained = encounter.board.trust_of(turn.toward) > before.trust_of(turn.toward)
    return _rewarded(encounter, turn.toward) if gained else encounter


def _moved(encounter: Encounter, turn: Turn, responses: list[Response], cast_id: str) -> Encounter:
    """Every move of the turn moves this person's state once, as the author says; together no more than `MOST_GAIN`."""
    view = encounter.view(cast_id)
    effect: dict[str, int] = {}
    choices: dict[str, str] = {}
    for response in responses:
        if response.move in turn.moves and holds(response.when, view):
            effect = {name: effect.get(name, 0) + response.effect.get(name, 0) for name in {*effect, *response.effect}}
            choices |= response.set
    bounded = {name: max(-MOST_GAIN, min(MOST_GAIN, by)) for name, by in effect.items()}
    return replace(encounter, board=change(encounter.case, encounter.board, bounded, choices, cast_id))


def _rewarded(encounter: Encounter, cast_id: str) -> Encounter:
    """The next sign of trust, each once. In assessment nothing shows whether a learner is doing well."""
    rewards, name = encounter.case.state_of(cast_id).rewards, f"reward:{cast_id}"
    shown = encounter.board.rotation.get(name, 0)
    if encounter.portrayal != "teaching" or shown >= len(rewards):
        return encounter
    board = replace(encounter.board, rotation={**encounter.board.rotation, name: shown + 1})
    return show(replace(encounter, board=board), rewards[shown], cast_id)


def _judge(encounter: Encounter, turn: Turn) -> Encounter:
    """Open opportunities, in the author's order: addressed by this turn, or one turn fewer, or missed.

    Words that a barrier kept from the patient cannot address anything, and still use up the time there was.
    """
    for beat_id in encounter.board.open_beats():
        encounter = _judge_one(encounter, encounter.case.beat(beat_id), turn)
    return encounter


def _judge_one(encounter: Encounter, beat: Beat, turn: Turn) -> Encounter:
    if beat.opportunity.toward not in ("", turn.toward):
        return encounter
    track = encounter.board.tracks[beat.id]
    track = replace(track, response_turns=(*track.response_turns, turn.id))
    if turn.moves & set(beat.success_if) and not turn.barred:
        return settle(encounter, beat, replace(track, state="addressed", turns_left=0), beat.on_success)
    counts = turn.kind == "said" and "backchannel" not in turn.moves
    track = replace(track, turns_left=track.turns_left - counts)
    if track.turns_left > 0:
        return replace(encounter, board=encounter.board.with_track(beat.id, track))
    encounter = miss(encounter, beat, track, said=False)
    who = encounter.case.member(beat.on_miss.speaker or beat.speaker).id
    return (
        replace(encounter, passing=(*encounter.passing, Aside(who, beat.on_miss.say)))
        if beat.on_miss.say
        else encounter
    )


def miss(encounter: Encounter, beat: Beat, track: Track, *, said: bool = True) -> Encounter:
    """The window closes on a cue that was not met; `said` False keeps back what its outcome would say."""
    outcome = beat.on_miss if said else replace(beat.on_miss, say="")
    return settle(encounter, beat, replace(track, state="missed", turns_left=0), outcome)


def settle(encounter: Encounter, beat: Beat, track: Track, outcome: Outcome) -> Encounter:
    """Close a window with its outcome: doors open, the state moves, and what is to be said first is remembered."""
    encounter = replace(encounter, board=encounter.board.with_track(beat.id, track))
    return bring_about(encounter, outcome, beat.speaker)
