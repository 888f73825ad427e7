"""What the patient answers: chosen here, phrased elsewhere.

First what an opportunity's outcome calls for, then the facts that were asked for and are unlocked, then the next beat;
when there is none of these, a reaction to how it was said, a policy for what the case does not script, or the mood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.core.beats import delivery, next_beat, offered
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
"""Facts that one reply tells; the rest wait to be asked again."""


def say_first(encounter: Encounter, outcome: Outcome) -> Encounter:
    """Show an outcome's behaviour now and keep its words for the reply that follows."""
    encounter = _show(encounter, outcome.shown)
    return replace(encounter, first=(*encounter.first, outcome.say)) if outcome.say else encounter


def answer(encounter: Encounter, turn: Turn, barrier: Barrier | None) -> Encounter:
    """Decide the reply to `turn`; something done or held in silence may go without one."""
    encounter, plan = _barred(encounter, barrier) if barrier else _plan(encounter, turn)
    if not plan.lines and turn.kind != "said":
        return replace(encounter, floor=Listening(encounter.now_ms))
    return begin(encounter, replace(plan, to_turn=turn.id))


def begin(encounter: Encounter, plan: Plan) -> Encounter:
    """Open the turn of a reply. Its beat counts as offered, and as nothing more until it was heard."""
    speaker = _speaker(encounter, plan)
    if plan.beat:
        encounter = _offer(encounter, encounter.case.beat(plan.beat))
    reply = Turn(encounter.fresh_id("reply"), speaker, "said", "", encounter.now_ms, closed=False, plan=plan)
    encounter = replace(encounter.add(reply), first=())
    return replace(encounter, floor=Thinking(reply.id, encounter.now_ms))


def unprompted(encounter: Encounter) -> Encounter:
    """The patient speaks without having been spoken to: an overdue beat, or a line against stalling."""
    beat = next_beat(encounter.case, encounter.board, encounter.now_ms)
    if beat:
        return begin(encounter, _with_beat(encounter, Plan(lines=encounter.first), beat))
    due = [n for n in prompts_left(encounter) if encounter.now_ms >= encounter.case.prompts[n].at_min * 60_000]
    encounter = replace(
        encounter, board=replace(encounter.board, prompts_given=encounter.board.prompts_given | set(due))
    )
    return begin(encounter, Plan(lines=(encounter.case.prompts[due[-1]].say,))) if due else encounter


def _speaker(encounter: Encounter, plan: Plan) -> str:
    owner = (
        encounter.case.beat(plan.beat).speaker
        if plan.beat
        else encounter.case.fact(plan.facts[0]).owner
        if plan.facts
        else ""
    )
    return encounter.case.member(owner).id


def _offer(encounter: Encounter, beat: Beat) -> Encounter:
    """Mark the beat offered and show its behaviour, which precedes the words."""
    shown = delivery(beat, encounter.board).shown
    board = encounter.board.with_track(beat.id, offered(encounter.board.tracks[beat.id]))
    return _show(replace(encounter, board=board), shown, beat.speaker)


def _show(encounter: Encounter, shown: str, speaker: str = "") -> Encounter:
    if not shown:
        return encounter
    member = encounter.case.member(speaker)
    return encounter.add(Turn(encounter.fresh_id("shown"), member.id, "shown", shown, encounter.now_ms))


def _barred(encounter: Encounter, barrier: Barrier) -> tuple[Encounter, Plan]:
    """An answer to words that did not arrive: pleasant, and beside the point. A beat that is due takes its place."""
    beat = next_beat(encounter.case, encounter.board, encounter.now_ms)
    if beat:
        return encounter, _with_beat(encounter, Plan(lines=encounter.first), beat)
    encounter, line = _rotate(_show_once(encounter, barrier.id, barrier.shown), f"barrier:{barrier.id}", barrier.lines)
    return encounter, Plan(lines=(line,), direction="You did not catch what was said and hide it.")


def _show_once(encounter: Encounter, key: str, shown: str) -> Encounter:
    return encounter if encounter.board.rotation.get(f"barrier:{key}") else _show(encounter, shown)


def _plan(encounter: Encounter, turn: Turn) -> tuple[Encounter, Plan]:
    encounter, facts = _facts(encounter, turn)
    lines = (*encounter.first, *(fact.say for fact in facts))
    plan = Plan(lines=lines, facts=tuple(fact.id for fact in facts))
    beat = next_beat(encounter.case, encounter.board, encounter.now_ms)
    if beat and "breaks_role" not in turn.moves:
        return encounter, _with_beat(encounter, plan, beat)
    if plan.lines or turn.kind != "said":
        return encounter, plan if plan.lines else _reaction_to_deed(encounter, turn)
    encounter, line = _otherwise(encounter, turn)
    return encounter, replace(plan, lines=(line,))


def _with_beat(encounter: Encounter, plan: Plan, beat: Beat) -> Plan:
    chosen = delivery(beat, encounter.board)
    track = encounter.board.tracks[beat.id]
    line = chosen.verbatim or chosen.lines[track.fires % len(chosen.lines)]
    return replace(plan, lines=(*plan.lines, line), direction=chosen.improvise, beat=beat.id)


def _facts(encounter: Encounter, turn: Turn) -> tuple[Encounter, list[Fact]]:
    """Facts this reply tells: doors that opened and are not told yet, then what was asked for and may be said."""
    case, board = encounter.case, encounter.board
    if "breaks_role" in turn.moves:
        return encounter, []
    waiting = [f for f in case.facts if f.id in board.opened - board.revealed and board.unlocked(f)]
    asked = [case.fact(match.id) for match in facts_asked(turn.text, case.facts)] if turn.kind == "said" else []
    granted = [fact for fact in asked if _opens(encounter, fact, turn)]
    board = replace(board, opened=board.opened | {fact.id for fact in granted})
    told = list(dict.fromkeys([*waiting, *granted[:1]]))[:MOST_FACTS]
    return replace(encounter, board=board), told


def _opens(encounter: Encounter, fact: Fact, turn: Turn) -> bool:
    """Does this question open that fact? The trust threshold holds whatever is asked, however often."""
    if fact.disclosure == "never_verbal" or encounter.board.trust < fact.min_trust:
        return False
    return fact.id in encounter.board.revealed or bool(turn.moves & ASKING) or _names_it(turn, fact)


def _names_it(turn: Turn, fact: Fact) -> bool:
    """Recognised speech may lack every sign of a question; two rare words in common still ask."""
    return any(len(content_stems(question) & content_stems(turn.text)) >= 2 for question in fact.asked)


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
        return _rotate(
            _show_once(encounter, reaction.shown, reaction.shown), f"reaction:{reaction.to[0]}", reaction.lines
        )
    if turn.moves & {"closed_question", "leading_question"} and not _guarded(encounter, turn):
        return _rotate(encounter, "dont_know", portrayal.dont_know)
    return _from_mood(encounter)


def _guarded(encounter: Encounter, turn: Turn) -> bool:
    """It was a question for something locked: the answer is evasive, never a false `I don't know`."""
    return bool(facts_asked(turn.text, encounter.case.facts))


def _reaction(encounter: Encounter, turn: Turn) -> Reaction | None:
    view = BoardView(encounter.board, encounter.now_ms)
    stems = content_stems(turn.text)
    return next(
        (r for r in encounter.case.patient.portrayal.reactions if _is_to(r, turn, stems) and holds(r.when, view)), None
    )


def _is_to(reaction: Reaction, turn: Turn, stems: frozenset[str]) -> bool:
    topics = {stem(to.removeprefix("topic:").lower()) for to in reaction.to if to.startswith("topic:")}
    return bool(set(reaction.to) & turn.moves or topics & stems)


def _reaction_to_deed(encounter: Encounter, turn: Turn) -> Plan:
    reaction = _reaction(encounter, turn)
    return Plan(lines=(reaction.lines[len(encounter.turns) % len(reaction.lines)],)) if reaction else Plan()


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
