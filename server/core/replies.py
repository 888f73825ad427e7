"""What the patient answers: chosen here, phrased elsewhere.

First what an opportunity's outcome calls for, then the facts that were asked for and are unlocked, then the next beat;
when there is none of these, a reaction to how it was said, a policy for what the case does not script, or the mood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.core.beats import at_minute, delivery, next_beat, offered, overdue_beat
from server.core.board import BoardView
from server.core.case_play import Barrier, Beat, Fact, Outcome, Reaction
from server.core.conditions import holds
from server.core.encounter import Encounter, Listening, Thinking
from server.core.lexicon import content_stems, stem
from server.core.matching import facts_asked, unscripted_kind
from server.core.prompting import mood
from server.core.timers import prompts_left
from server.core.transcript import Plan, Turn, last_said

ASKING = frozenset(
    {"open_question", "closed_question", "focused_question", "leading_question", "invites_more", "checks_hearing"}
)
MOST_FACTS = 2
"""Facts that one reply tells; what else was opened is told in the next."""


def say_first(encounter: Encounter, outcome: Outcome) -> Encounter:
    """Show an outcome's behaviour now and keep its words for the reply that follows."""
    encounter = _show(encounter, outcome.shown)
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
    beat = next_beat(encounter.case, encounter.board, encounter.now_ms)
    if beat:
        return begin(encounter, _with_beat(encounter, Plan(), beat))
    prompts, board = encounter.case.prompts, encounter.board
    due = [number for number in prompts_left(encounter) if encounter.now_ms >= at_minute(prompts[number].at_min)]
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
    return _show(replace(encounter, board=board), chosen.shown, beat.speaker)


def _show(encounter: Encounter, shown: str, speaker: str = "") -> Encounter:
    if not shown:
        return encounter
    member = encounter.case.member(speaker)
    return encounter.add(Turn(encounter.fresh_id("shown"), member.id, "shown", shown, encounter.now_ms))


def _barred(encounter: Encounter, barrier: Barrier) -> tuple[Encounter, Plan]:
    """An answer to words that did not arrive: pleasant, and beside the point. A beat that is due takes its place."""
    beat = next_beat(encounter.case, encounter.board, encounter.now_ms)
    if beat:
        return encounter, _with_beat(encounter, Plan(), beat)
    encounter, line = _once_shown(encounter, f"barrier:{barrier.id}", barrier.shown, barrier.lines)
    return encounter, Plan(lines=(line,), direction="You did not catch what was said and hide it.")


def _once_shown(encounter: Encounter, key: str, shown: str, lines: Sequence[str]) -> tuple[Encounter, str]:
    """The next of `lines`, and before the first of them what is seen."""
    encounter = encounter if encounter.board.rotation.get(key) else _show(encounter, shown)
    return _rotate(encounter, key, lines)


def _plan(encounter: Encounter, turn: Turn) -> tuple[Encounter, Plan]:
    encounter, facts = _facts(encounter, turn)
    beat = _beat_beside(encounter, turn, facts)
    if beat:
        facts = [fact for fact in facts if _same_voice(encounter, fact.owner, beat.speaker)]
    plan = Plan(lines=tuple(fact.say for fact in facts), facts=tuple(fact.id for fact in facts))
    if beat:
        return encounter, _with_beat(encounter, plan, beat)
    if plan.lines or encounter.first:
        return encounter, plan
    encounter, line = _otherwise(encounter, turn) if turn.kind == "said" else _reaction_line(encounter, turn)
    return encounter, replace(plan, lines=(line,) if line else ())


def _beat_beside(encounter: Encounter, turn: Turn, facts: Sequence[Fact]) -> Beat | None:
    """The beat for this reply. What the learner has just earned is not followed by the next demand in one breath."""
    if "breaks_role" in turn.moves:
        return None
    full = bool(encounter.first) or len(facts) == MOST_FACTS
    choose = overdue_beat if full else next_beat
    return choose(encounter.case, encounter.board, encounter.now_ms)


def _same_voice(encounter: Encounter, one: str, other: str) -> bool:
    return encounter.case.member(one) is encounter.case.member(other)


def _with_beat(encounter: Encounter, plan: Plan, beat: Beat) -> Plan:
    chosen = delivery(beat, encounter.board)
    track = encounter.board.tracks[beat.id]
    line = chosen.verbatim or chosen.lines[track.fires % len(chosen.lines)]
    return replace(plan, lines=(*plan.lines, line), direction=chosen.improvise, beat=beat.id)


def _facts(encounter: Encounter, turn: Turn) -> tuple[Encounter, list[Fact]]:
    """Facts this reply tells: doors that opened and are not told yet, then what was asked for and may be said."""
    case = encounter.case
    if "breaks_role" in turn.moves:
        return encounter, []
    asked = _asked(encounter, turn)
    if asked and asked.disclosure == "never_verbal":
        encounter = _show_fact(encounter, asked)
    elif asked and encounter.board.trust >= asked.min_trust:
        encounter = replace(encounter, board=replace(encounter.board, opened=encounter.board.opened | {asked.id}))
    board = encounter.board
    waiting = [fact for fact in case.facts if fact.id in board.opened - board.revealed and board.unlocked(fact)]
    told = list(dict.fromkeys([*waiting, *([asked] if asked and board.unlocked(asked) else [])]))
    return encounter, [fact for fact in told if _same_voice(encounter, fact.owner, told[0].owner)][:MOST_FACTS]


def _asked(encounter: Encounter, turn: Turn) -> Fact | None:
    """The one fact that this turn asks for, locked or not; a turn that asks nothing asks for none."""
    if turn.kind != "said" or not turn.moves & ASKING:
        return None
    found = facts_asked(turn.text, encounter.case.facts)
    return encounter.case.fact(found[0].id) if found else None


def _show_fact(encounter: Encounter, fact: Fact) -> Encounter:
    """What is never said is seen instead, if there is trust enough for it."""
    if encounter.board.trust < fact.min_trust:
        return encounter
    encounter = _show(encounter, fact.show, fact.owner)
    return replace(encounter, board=replace(encounter.board, revealed=encounter.board.revealed | {fact.id}))


def _otherwise(encounter: Encounter, turn: Turn) -> tuple[Encounter, str]:
    """Nothing is due and nothing was unlocked: one line, from the nearest source that has one."""
    portrayal = encounter.case.patient.portrayal
    if "breaks_role" in turn.moves:
        return _rotate(encounter, "deflections", portrayal.deflections)
    if "asks_repeat" in turn.moves and (before := last_said(encounter.turns, by_learner=False)):
        return encounter, before.text
    if kind := unscripted_kind(turn.text, portrayal.unscripted):
        policy = next(p for p in portrayal.unscripted if p.kind == kind)
        return _rotate(encounter, f"unscripted:{kind}", policy.lines)
    if reaction := _reaction(encounter, turn):
        return _once_shown(encounter, f"reaction:{reaction.to[0]}", reaction.shown, reaction.lines)
    if turn.moves & {"closed_question", "leading_question"} and not _guarded(encounter, turn):
        return _rotate(encounter, "dont_know", portrayal.dont_know)
    return _from_mood(encounter)


def _guarded(encounter: Encounter, turn: Turn) -> bool:
    """It was a question for something locked: the answer is evasive, never a false `I don't know`."""
    return _asked(encounter, turn) is not None


def _reaction(encounter: Encounter, turn: Turn) -> Reaction | None:
    view = BoardView(encounter.board, encounter.now_ms)
    stems = content_stems(turn.text)
    return next(
        (r for r in encounter.case.patient.portrayal.reactions if _is_to(r, turn, stems) and holds(r.when, view)), None
    )


def _is_to(reaction: Reaction, turn: Turn, stems: frozenset[str]) -> bool:
    topics = {stem(to.removeprefix("topic:").lower()) for to in reaction.to if to.startswith("topic:")}
    return bool(set(reaction.to) & turn.moves or topics & stems)


def _reaction_line(encounter: Encounter, turn: Turn) -> tuple[Encounter, str]:
    """What is said to something done or to a silence, which may be nothing."""
    reaction = _reaction(encounter, turn)
    if reaction is None:
        return encounter, ""
    return _once_shown(encounter, f"reaction:{reaction.to[0]}", reaction.shown, reaction.lines)


def _from_mood(encounter: Encounter) -> tuple[Encounter, str]:
    now = mood(encounter)
    if now is None:
        return _rotate(encounter, "dont_know", encounter.case.patient.portrayal.dont_know)
    return _rotate(encounter, f"mood:{now.id}", now.lines)


def _rotate(encounter: Encounter, key: str, lines: Sequence[str]) -> tuple[Encounter, str]:
    """The next line of a list; the board remembers which, so that replay says the same."""
    used = encounter.board.rotation.get(key, 0)
    board = replace(encounter.board, rotation={**encounter.board.rotation, key: used + 1})
    return replace(encounter, board=board), lines[used % len(lines)]
