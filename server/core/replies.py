"""What the patient answers: chosen here, phrased elsewhere.

First what an opportunity's outcome calls for, then what was asked for: an unlocked fact or the policy for such a
question; then the next beat, if it goes with that. When there is none of these, a reaction to how it was said or the
mood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from server.core.beats import at_minute, delivery, next_beat, offered, overdue_beat
from server.core.board import BoardView
from server.core.case_play import Barrier, Beat, Fact, Outcome, Reaction, Unscripted
from server.core.conditions import holds
from server.core.encounter import Encounter, Listening, Thinking
from server.core.lexicon import content_stems, stem
from server.core.matching import Asked, announces, asked_for
from server.core.prompting import moods
from server.core.rotating import Source, fresh_line, has_fresh, show
from server.core.timers import prompts_left
from server.core.transcript import Plan, Turn, last_said

ASKING = frozenset(
    {"open_question", "closed_question", "focused_question", "leading_question", "invites_more", "checks_hearing"}
)
QUESTIONS = ASKING - {"invites_more", "checks_hearing"}
_ABOUT_THEM = re.compile(r"\b(?:you|your|yours|you're|you've|you'd|you'll)\b", re.IGNORECASE)
_OF_THE_LEARNER = re.compile(r"\b(?:can|could|may|might|shall|should|do|did|am) (?:i|we)\b", re.IGNORECASE)
"""A question about what the learner may do, which nobody's ignorance answers."""
MOST_FACTS = 2
"""Facts that one reply tells; what else was opened is told in the next."""


def say_first(encounter: Encounter, outcome: Outcome) -> Encounter:
    """Show an outcome's behaviour now and keep its words for the reply that follows."""
    encounter = show(encounter, outcome.shown)
    return replace(encounter, first=(*encounter.first, outcome.say)) if outcome.say else encounter


def answer(encounter: Encounter, turn: Turn, barrier: Barrier | None) -> Encounter:
    """Decide the reply to `turn`; something done or held in silence may go without one."""
    encounter, plan = _barred(encounter, barrier) if barrier else _plan(encounter, turn)
    if not plan.lines and not encounter.first and turn.kind != "said":
        return replace(encounter, floor=Listening(encounter.now_ms))
    return begin(encounter, replace(plan, to_turn=turn.id))


def begin(encounter: Encounter, plan: Plan) -> Encounter:
    """Open the turn of a reply; what an outcome called for stands at its head.

    Its beat counts as offered, and as nothing more until it was heard.
    """
    speaker = _speaker(encounter, plan)
    plan = replace(plan, lines=(*encounter.first, *plan.lines), first=encounter.first)
    if plan.beat:
        encounter = _offer(encounter, encounter.case.beat(plan.beat))
    reply = Turn(encounter.fresh_id("reply"), speaker, "said", "", encounter.now_ms, closed=False, plan=plan)
    encounter = replace(encounter.add(reply), first=())
    return replace(encounter, floor=Thinking(reply.id, encounter.now_ms))


def unprompted(encounter: Encounter) -> Encounter:
    """The patient speaks without having been spoken to: an overdue beat, or a line against stalling."""
    beat = next_beat(encounter.case, encounter.board, encounter.case_ms)
    if beat:
        return begin(encounter, _with_beat(encounter, Plan(), beat))
    prompts, board = encounter.case.prompts, encounter.board
    due = [number for number in prompts_left(encounter) if encounter.case_ms >= at_minute(prompts[number].at_min)]
    encounter = replace(encounter, board=replace(board, prompts_given=board.prompts_given | set(due)))
    return begin(encounter, Plan(lines=(prompts[due[-1]].say,))) if due else encounter


def _speaker(encounter: Encounter, plan: Plan) -> str:
    """One reply, one voice: that of its beat, else of its facts, else the patient's."""
    case = encounter.case
    if plan.beat:
        return case.member(case.beat(plan.beat).speaker).id
    return case.member(case.fact(plan.facts[0]).owner if plan.facts else "").id


def _offer(encounter: Encounter, beat: Beat) -> Encounter:
    """Mark the beat offered and show its behaviour, which precedes the words."""
    chosen = delivery(beat, encounter.board)
    track = offered(encounter.board.tracks[beat.id], eased=chosen is not beat.deliver)
    board = encounter.board.with_track(beat.id, track)
    return show(replace(encounter, board=board), chosen.shown, beat.speaker)


def _barred(encounter: Encounter, barrier: Barrier) -> tuple[Encounter, Plan]:
    """An answer to words that did not arrive: pleasant, and beside the point. A beat that is due takes its place."""
    beat = next_beat(encounter.case, encounter.board, encounter.case_ms)
    if beat:
        return encounter, _with_beat(encounter, Plan(), beat)
    encounter, line = fresh_line(encounter, [Source(f"barrier:{barrier.id}", barrier.lines, barrier.shown)])
    return encounter, Plan(lines=(line,), direction="You did not catch what was said and hide it.")


def _plan(encounter: Encounter, turn: Turn) -> tuple[Encounter, Plan]:
    asked = _asked(encounter, turn)
    answered, plan = _answers(encounter, turn, asked)
    beat = _beat_beside(answered, turn, plan)
    if beat and beat.alone:
        return encounter, _with_beat(encounter, Plan(), beat)
    if beat:
        return answered, _with_beat(answered, _in_voice(answered, plan, beat), beat)
    if plan.lines or answered.first:
        return answered, plan
    sources = _sources(answered, turn, asked) if turn.kind == "said" else _reactions(answered, turn)
    answered, line = fresh_line(answered, sources)
    return answered, replace(plan, lines=(line,) if line else ())


def _answers(encounter: Encounter, turn: Turn, asked: Asked) -> tuple[Encounter, Plan]:
    """What the turn asked for and may be told, and what a door has opened; else the policy for such a question."""
    encounter, facts = _facts(encounter, turn, asked.fact)
    lines: list[str] = []
    for fact in facts:
        encounter, line = _told(encounter, fact)
        lines.append(line)
    if asked.policy and not facts:
        encounter, line = _by_policy(encounter, asked.policy)
        lines.append(line)
    return encounter, Plan(lines=tuple(lines), facts=tuple(fact.id for fact in facts))


def _told(encounter: Encounter, fact: Fact) -> tuple[Encounter, str]:
    """A fact in its words; when it was told already, in other words, or after a lead-in."""
    if fact.id not in encounter.board.revealed:
        return encounter, fact.say
    if has_fresh(encounter, fact.again):
        return fresh_line(encounter, [Source(f"again:{fact.id}", fact.again)])
    return _led_in(encounter, fact.say)


def _by_policy(encounter: Encounter, policy: Unscripted) -> tuple[Encounter, str]:
    """The next line of a policy; one that was said lately comes with a lead-in, and is never withheld."""
    fresh = has_fresh(encounter, policy.lines)
    encounter, line = fresh_line(encounter, [Source(f"unscripted:{policy.kind}", policy.lines)])
    return (encounter, line) if fresh else _led_in(encounter, line)


def _led_in(encounter: Encounter, line: str) -> tuple[Encounter, str]:
    encounter, lead_in = fresh_line(encounter, [Source("lead_ins", encounter.case.patient.portrayal.lead_ins)])
    return encounter, f"{lead_in} {line}".strip()


def _beat_beside(encounter: Encounter, turn: Turn, plan: Plan) -> Beat | None:
    """The beat for this reply. What the learner has just earned is not followed by the next demand in one breath,
    and an answer is followed only by what belongs to it, unless time demands it.
    """
    if "breaks_role" in turn.moves:
        return None
    case, board, at_ms = encounter.case, encounter.board, encounter.case_ms
    if beat := overdue_beat(case, board, at_ms):
        return None if beat.alone and encounter.first else beat
    full = bool(encounter.first) or len(plan.facts) == MOST_FACTS
    beat = None if full else next_beat(case, board, at_ms)
    return beat if beat and _may_follow(beat, plan) else None


def _may_follow(beat: Beat, plan: Plan) -> bool:
    """Does this beat go with the answer? A turn that asked for nothing is answered by the beat itself."""
    if not plan.lines:
        return True
    return not beat.alone and (not beat.follows or bool(set(beat.follows) & set(plan.facts)))


def _in_voice(encounter: Encounter, plan: Plan, beat: Beat) -> Plan:
    """Of an answer, what the speaker of the beat can say; a policy speaks for the patient. What was told already is not
    told again before a beat that follows from it.
    """
    told = [encounter.case.fact(fact) for fact in plan.facts]
    if not told:
        return plan if _same_voice(encounter, "", beat.speaker) else replace(plan, lines=())
    known = encounter.board.revealed & set(beat.follows)
    kept = [
        (line, fact.id)
        for line, fact in zip(plan.lines, told, strict=True)
        if fact.id not in known and _same_voice(encounter, fact.owner, beat.speaker)
    ]
    return replace(plan, lines=tuple(line for line, _ in kept), facts=tuple(fact for _, fact in kept))


def _same_voice(encounter: Encounter, one: str, other: str) -> bool:
    return encounter.case.member(one) is encounter.case.member(other)


def _with_beat(encounter: Encounter, plan: Plan, beat: Beat) -> Plan:
    chosen = delivery(beat, encounter.board)
    track = encounter.board.tracks[beat.id]
    line = chosen.verbatim or chosen.lines[track.fires % len(chosen.lines)]
    return replace(plan, lines=(*plan.lines, line), direction=chosen.improvise, beat=beat.id)


def _facts(encounter: Encounter, turn: Turn, asked: Fact | None) -> tuple[Encounter, list[Fact]]:
    """Facts this reply tells: doors that opened and are not told yet, then what was asked for and may be said."""
    if "breaks_role" in turn.moves:
        return encounter, []
    if asked and asked.disclosure == "never_verbal":
        encounter = _show_fact(encounter, asked)
    elif asked and encounter.board.trust >= asked.min_trust:
        encounter = replace(encounter, board=replace(encounter.board, opened=encounter.board.opened | {asked.id}))
    board = encounter.board
    waiting = [fact for fact in encounter.case.facts if fact.id in board.opened - board.revealed]
    asked_for = [asked] if asked else []
    told = [fact for fact in dict.fromkeys([*waiting, *asked_for]) if board.unlocked(fact)]
    return encounter, [fact for fact in told if _same_voice(encounter, fact.owner, told[0].owner)][:MOST_FACTS]


def _asked(encounter: Encounter, turn: Turn) -> Asked:
    """The one thing that this turn asks for, locked or not. A turn that asks nothing asks for no fact."""
    if turn.kind != "said" or "breaks_role" in turn.moves:
        return Asked()
    policies = encounter.case.patient.portrayal.unscripted
    if turn.moves & ASKING:
        return asked_for(_parts(turn), encounter.case.facts, policies)
    return asked_for([turn.text], (), [policy for policy in policies if policy.statements and announces(turn.text)])


def _parts(turn: Turn) -> list[str]:
    """The whole turn, and each question in it, so that what surrounds a question does not hide it."""
    return [turn.text, *(seen.quote for seen in turn.observations if seen.move in QUESTIONS)]


def _show_fact(encounter: Encounter, fact: Fact) -> Encounter:
    """What is never said is seen instead, if there is trust enough for it."""
    if encounter.board.trust < fact.min_trust:
        return encounter
    encounter = show(encounter, fact.show, fact.owner)
    return replace(encounter, board=replace(encounter.board, revealed=encounter.board.revealed | {fact.id}))


def _sources(encounter: Encounter, turn: Turn, asked: Asked) -> Iterator[Source]:
    """Nothing is due and nothing was unlocked: where a line may come from, the nearest source first."""
    portrayal = encounter.case.patient.portrayal
    if "breaks_role" in turn.moves:
        yield Source("deflections", portrayal.deflections)
    elif "asks_repeat" in turn.moves and (before := last_said(encounter.turns, by_learner=False)):
        yield Source("repeats", [before.text])
        return
    else:
        yield from _reactions(encounter, turn)
        asks = turn.moves & {"closed_question", "leading_question"} and not _OF_THE_LEARNER.search(turn.text)
        if asks and not asked.fact:
            yield _unknown(encounter, turn)
    yield from (Source(f"mood:{now.id}", now.lines, now.shown) for now in moods(encounter))
    yield _unknown(encounter, turn)


def _unknown(encounter: Encounter, turn: Turn) -> Source:
    """`I don't know` is for what this person cannot know; about themselves they say neither yes nor no."""
    portrayal = encounter.case.patient.portrayal
    if portrayal.evasions and _ABOUT_THEM.search(turn.text):
        return Source("evasions", portrayal.evasions)
    return Source("dont_know", portrayal.dont_know)


def _reaction(encounter: Encounter, turn: Turn) -> Reaction | None:
    view = BoardView(encounter.board, encounter.case_ms)
    stems = content_stems(turn.text)
    return next(
        (r for r in encounter.case.patient.portrayal.reactions if _is_to(r, turn, stems) and holds(r.when, view)), None
    )


def _is_to(reaction: Reaction, turn: Turn, stems: frozenset[str]) -> bool:
    topics = {stem(to.removeprefix("topic:").lower()) for to in reaction.to if to.startswith("topic:")}
    return bool(set(reaction.to) & turn.moves or topics & stems)


def _reactions(encounter: Encounter, turn: Turn) -> list[Source]:
    """What is said to how it was said or to something done, which may be nothing."""
    reaction = _reaction(encounter, turn)
    return [Source(f"reaction:{reaction.to[0]}:{reaction.when}", reaction.lines, reaction.shown)] if reaction else []
