"""What the people in the room answer: chosen here, phrased elsewhere.

First what an opportunity's outcome calls for, then what was asked for: an unlocked fact or the policy for such a
question; then the next beat, if it goes with that. When there is none of these, a reaction to how it was said or the
mood. One reply has one voice; what others say follows it at once.
"""

from __future__ import annotations

from dataclasses import replace

from server.core.answering import MOST_FACTS, answers
from server.core.beats import (
    at_minute,
    cued_beat,
    delivery,
    next_beat,
    offered,
    overdue_beat,
    speaks_up,
    triggered_beats,
    why_now,
)
from server.core.case_parts.cast import Barrier
from server.core.case_parts.play import Beat
from server.core.conditions import holds
from server.core.encounter import Encounter, Listening, Thinking
from server.core.lexicon import content_stems, stem
from server.core.matching.matching import Asked
from server.core.moves import ACKNOWLEDGES
from server.core.outcomes import enter, leave
from server.core.people import called
from server.core.reacting import outranks_beats, reaction, with_habit
from server.core.rotating import Source, fresh_line, show, start
from server.core.timers import PAUSE_MS, cued_prompts, prompts_left
from server.core.transcript import Plan, Turn

KIND = ACKNOWLEDGES | {"offers_help", "stays", "invites_silence", "apologises"}
"""Moves after which nobody is told what they have just missed."""


def answer(encounter: Encounter, turn: Turn, barrier: Barrier | None, asked: tuple[Asked, ...] = ()) -> Encounter:
    """Decide the reply to `turn`; something done or held in silence may go without one."""
    encounter, plans = _barred(encounter, turn, barrier) if barrier else _plans(encounter, turn, asked)
    encounter = replace(encounter, passing=())
    silent = not any(plan.lines for plan in plans)
    if silent and not encounter.first and turn.kind != "said":
        return replace(encounter, floor=Listening(encounter.now_ms))
    return begin(encounter, *(replace(plan, to_turn=turn.id) for plan in plans))


def begin(encounter: Encounter, *plans: Plan) -> Encounter:
    """Open the turn of the first of these replies; the others wait in the queue."""
    now, *later = _with_first(encounter, plans)
    encounter = replace(encounter, first=(), queue=(*later, *encounter.queue))
    return _open_turn(encounter, now)


def go_on(encounter: Encounter) -> Encounter:
    """The next reply of the queue whose time is now; those of people who have left, or that were to follow a cue which
    nobody heard, are let go.
    """
    cue = next((turn for turn in reversed(encounter.turns) if turn.plan), None)
    lost = cue and cue.plan and cue.plan.beat and encounter.board.tracks[cue.plan.beat].cue_turn != cue.id
    plans = [plan for plan in encounter.queue if not lost and may_still(encounter, plan)]
    encounter = replace(encounter, queue=tuple(plans[1:]))
    return begin(encounter, plans[0]) if plans else encounter


def may_still(encounter: Encounter, plan: Plan) -> bool:
    """Whoever was to say it is here, says it in leaving, or comes in for it because time demands it; and what it tells
    may be told in front of whoever is here now.
    """
    facts = (encounter.case.fact(fact) for fact in plan.facts)
    if not all(encounter.board.permits(fact, encounter.case_ms) for fact in facts):
        return False
    overdue = overdue_beat(encounter.case, encounter.board, encounter.case_ms) if plan.beat else None
    in_time = overdue is not None and overdue.id == plan.beat
    return in_time or bool(plan.first) or _speaker(encounter, plan) in encounter.board.present


def _with_first(encounter: Encounter, plans: tuple[Plan, ...]) -> list[Plan]:
    """What outcomes called for stands at the head of its speaker's reply, or is a reply of its own before the rest."""
    ready, front = list(plans), []
    for speaker in dict.fromkeys(said.speaker for said in encounter.first):
        lines = tuple(dict.fromkeys(said.say for said in encounter.first if said.speaker == speaker))
        at = next((n for n, plan in enumerate(ready) if _speaker(encounter, plan) == speaker), None)
        if at is None:
            front.append(Plan(lines=lines, first=lines, speaker=speaker, to_turn=plans[0].to_turn))
        else:
            rest = ready[at].lines[len(ready[at].first) :]
            lines = tuple(dict.fromkeys((*lines, *ready[at].first)))
            ready[at] = replace(ready[at], lines=(*lines, *rest), first=lines)
    return [*front, *(plan for plan in ready if plan.lines or not front)]


def _open_turn(encounter: Encounter, plan: Plan) -> Encounter:
    """A beat counts as offered, and as nothing more until it was heard."""
    speaker = _speaker(encounter, plan)
    if plan.beat:
        encounter = _offer(encounter, encounter.case.beat(plan.beat))
    encounter = show(encounter, plan.shown, speaker)
    reply = Turn(encounter.fresh_id("reply"), speaker, "said", "", encounter.now_ms, closed=False, plan=plan)
    return replace(encounter.add(reply), floor=Thinking(reply.id, encounter.now_ms))


def unprompted(encounter: Encounter) -> Encounter:
    """Somebody speaks without having been spoken to: an overdue beat, one that was brought forward or that comes by
    itself, or a line against stalling.
    """
    case, board, at_ms = encounter.case, encounter.board, encounter.case_ms
    quiet_ms = encounter.now_ms - encounter.quiet_since_ms
    forward = cued_beat(case, board, at_ms) if quiet_ms >= PAUSE_MS else None
    beat = overdue_beat(case, board, at_ms) or forward or speaks_up(case, board, at_ms, quiet_ms)
    asked_for = cued_prompts(encounter)[:1] if quiet_ms >= PAUSE_MS else []
    due = [number for number in prompts_left(encounter) if at_ms >= at_minute(case.prompts[number].at_min)]
    if beat or (due and not asked_for and (beat := next_beat(case, board, at_ms))):
        return deliver(encounter, beat)
    given = asked_for or due
    encounter = replace(encounter, board=replace(board, prompts_given=board.prompts_given | set(given)))
    return begin(encounter, Plan(lines=(case.prompts[given[-1]].say,))) if given else encounter


def deliver(encounter: Encounter, beat: Beat, because: str = "") -> Encounter:
    """Say this beat, and nothing else with it."""
    return begin(encounter, *_with_beat(encounter, Plan(), beat, because))


def _speaker(encounter: Encounter, plan: Plan) -> str:
    """One reply, one voice: that of its beat, else whose words they are, else the first of the cast's."""
    case = encounter.case
    return case.member(case.beat(plan.beat).speaker if plan.beat else plan.speaker).id


def _offer(encounter: Encounter, beat: Beat) -> Encounter:
    """Mark the beat offered and show its behaviour, which precedes the words. Whoever was away comes in for it."""
    chosen = delivery(beat, encounter.board)
    track = offered(encounter.board.tracks[beat.id], eased=chosen is not beat.deliver)
    encounter = replace(encounter, board=encounter.board.with_track(beat.id, track))
    encounter = enter(encounter, [beat.speaker] if beat.speaker else [])
    return show(encounter, chosen.shown, beat.speaker)


def _barred(encounter: Encounter, turn: Turn, barrier: Barrier) -> tuple[Encounter, list[Plan]]:
    """An answer to words that did not arrive: pleasant, and beside the point. A beat that is due takes its place."""
    beat = next_beat(encounter.case, encounter.board, encounter.case_ms)
    if beat:
        return encounter, _with_beat(encounter, Plan(), beat)
    stems = content_stems(turn.text)
    taken = next((each for each in barrier.mishears if stem(each.of.lower()) in stems), None)
    heard = [Source(f"barrier:{barrier.id}:{taken.of}", taken.lines, barrier.shown, turn.toward)] if taken else []
    pleasant = Source(f"barrier:{barrier.id}", barrier.lines, barrier.shown, turn.toward)
    encounter, line = fresh_line(encounter, [*heard, pleasant])
    direction = "You did not catch what was said and hide it."
    return encounter, [Plan(lines=(line,), direction=direction, speaker=turn.toward)]


def _plans(encounter: Encounter, turn: Turn, asked: tuple[Asked, ...]) -> tuple[Encounter, list[Plan]]:
    if turn.kind == "said" and (gone := _walkout(encounter, turn)):
        return gone
    answered, plan = answers(encounter, turn, asked)
    beat = _beat_beside(answered, turn, plan)
    if beat and beat.alone:
        return encounter, _with_beat(encounter, Plan(), beat)
    if beat:
        return answered, _before_beat(answered, plan, beat)
    if not plan.lines and not _spoken_for(answered, turn):
        answered, plan = _passed_by(answered, turn) or reaction(answered, turn, asked)
    answered, plan = with_habit(answered, turn, plan)
    return answered, [plan]


def _passed_by(encounter: Encounter, turn: Turn) -> tuple[Encounter, Plan] | None:
    """What a moment that this turn has missed calls for: said in place of a reaction by whoever was spoken to, and
    never to somebody who was kind, though beside the point.
    """
    lines = [said.say for said in encounter.passing if said.speaker == turn.toward]
    if not lines or turn.moves & KIND or outranks_beats(encounter, turn):
        return None
    return encounter, Plan(lines=tuple(lines[:1]), speaker=turn.toward)


def _spoken_for(encounter: Encounter, turn: Turn) -> bool:
    """Does what an outcome calls for answer this turn? Only in the voice of whoever was spoken to."""
    return any(said.speaker == turn.toward for said in encounter.first)


def _walkout(encounter: Encounter, turn: Turn) -> tuple[Encounter, list[Plan]] | None:
    """Somebody has had enough: the first of the cast ends the encounter, anybody else goes out."""
    who = encounter.case.member(turn.toward)
    view = encounter.view(who.id)
    found = next((walkout for walkout in who.portrayal.walkouts if holds(walkout.when, view)), None)
    if found is None:
        return None
    ends = found.ends or who is encounter.case.patient
    plan = Plan(
        lines=(found.say,), direction="End the conversation.", speaker=who.id, shown=found.shown,
        closing=ends, ends="sent_away" if ends else "",
    )  # fmt: skip
    return leave(replace(encounter, first=()), [] if ends else [who.id]), [plan]


def _beat_beside(encounter: Encounter, turn: Turn, plan: Plan) -> Beat | None:
    """The beat for this reply. What the learner has just earned is not followed by the next demand in one breath,
    and an answer is followed only by what belongs to it, unless time demands it.
    """
    if "breaks_role" in turn.moves:
        return None
    case, board, at_ms = encounter.case, encounter.board, encounter.case_ms
    if beat := overdue_beat(case, board, at_ms):
        return None if beat.alone and encounter.first else beat
    if encounter.first or len(plan.lines) >= MOST_FACTS or outranks_beats(encounter, turn):
        return None
    deed = turn.kind != "said"
    named = "" if deed else called(encounter, turn.text)
    possible = (
        beat for beat in triggered_beats(case, board, at_ms) if _may_follow(encounter, beat, plan, named, deed=deed)
    )
    return next(possible, None)


def _may_follow(encounter: Encounter, beat: Beat, plan: Plan, named: str, *, deed: bool) -> bool:
    """Does this beat go with the answer? A turn that asked for nothing is answered by the beat itself, unless somebody
    else was called by name; a thing waits for nobody. A moment that stands alone answers words, and no deed.
    """
    who = encounter.case.member(beat.speaker)
    if named and who.id != named and who.role_type != "system":
        return False
    if not plan.lines:
        return not (beat.alone and deed)
    return not beat.alone and (not beat.follows or bool(set(beat.follows) & set(plan.facts)))


def _before_beat(encounter: Encounter, plan: Plan, beat: Beat) -> list[Plan]:
    """An answer and the beat that goes with it: one reply in one voice, or two. What was told already is not told again
    before a beat that follows from it.
    """
    known = encounter.board.revealed & set(beat.follows)
    if known & set(plan.facts):
        told = len(plan.facts)
        kept = [(line, fact) for line, fact in zip(plan.lines, plan.facts, strict=False) if fact not in known]
        lines = (*(line for line, _ in kept), *plan.lines[told:])
        plan = replace(plan, lines=lines, facts=tuple(fact for _, fact in kept))
    if _speaker(encounter, plan) == encounter.case.member(beat.speaker).id:
        return _with_beat(encounter, plan, beat)
    return [*([plan] if plan.lines else []), *_with_beat(encounter, Plan(), beat)]


def _with_beat(encounter: Encounter, plan: Plan, beat: Beat, because: str = "") -> list[Plan]:
    """The plan with the beat's own words at its end, and what others say straight after it."""
    because = because or why_now(beat, encounter.board, encounter.case_ms)
    chosen = delivery(beat, encounter.board)
    number = encounter.board.tracks[beat.id].fires + start(encounter.board.seed, beat.id, len(chosen.lines))
    line = chosen.verbatim or chosen.lines[number % len(chosen.lines)]
    asides = [Plan(lines=(aside.say,), speaker=aside.speaker, shown=aside.shown) for aside in chosen.then]
    direction = " ".join(part for part in (chosen.improvise, _said_to(encounter, chosen.to)) if part)
    with_it = replace(plan, lines=(*plan.lines, line), direction=direction, beat=beat.id, because=because)
    return [with_it, *asides]


def _said_to(encounter: Encounter, cast_id: str) -> str:
    return f"You say this to {encounter.case.member(cast_id).name}." if cast_id else ""
