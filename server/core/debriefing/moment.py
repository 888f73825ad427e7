"""One planted moment as it went: the cue, the learner's words, what came back, and what changed with it.

Everything is quoted or counted. What changed is a fact of the case's design, and is told as one: nobody felt anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from server.core.case import Case
from server.core.case_parts.play import Beat
from server.core.debriefing.course import Course
from server.core.encounter import Encounter
from server.core.ledger import Opportunity
from server.core.transcript import LEARNER, Turn

TRUST = "trust"
"""The name that every case gives to how far somebody trusts the learner."""
REASONS = {
    "topic_switch": "the talk went on to something else",
    "dismisses": "the matter was sent away",
    "minimises": "it was made smaller than it is to them",
    "premature_reassurance": "it was said to be fine before it was known what it is",
    "judges": "it passed judgement",
    "advises": "advice came before anything else",
    "self_focus": "the talk turned to the learner",
    "elderspeak": "an adult was spoken to as a child is",
    "jargon": "words of the trade stood unexplained",
    "interrupts": "it began while they were still speaking",
    "promises_secrecy": "something was promised that cannot be kept",
    "speaks_for_others": "it promised what another person will do",
    "names_feeling": "a feeling was named",
    "validates": "what they feel was said to make sense",
    "appreciates_telling": "they were thanked for telling it",
    "paraphrases": "their own words were given back",
    "believes": "they were believed",
    "focused_question": "an open question went where they pointed",
    "open_question": "an open question left the answer to them",
    "invites_more": "the floor was left to them",
    "invites_silence": "the silence was let stand",
    "stays": "time was offered",
    "sits_down": "the learner sat down",
    "honest_about_recording": "it was said plainly what must be passed on",
}
"""What a move was, as the reason for a change; a move without a line here is named by none."""


@dataclass(frozen=True)
class Quote:
    """Words of a turn, or what was done in it."""

    turn: str
    speaker: str
    kind: str
    """said, shown, action or silence."""
    text: str


@dataclass(frozen=True)
class Shift:
    """A number of the case's state that moved."""

    name: str
    whose: str
    """Cast id."""
    before: int
    after: int
    most: int
    because: tuple[str, ...]
    """From `REASONS`: what in the learner's words the case's author made it move by. Empty where that is not told."""

    @property
    def by(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Moment:
    """One opportunity that came up."""

    beat: Beat
    line: Opportunity
    cue: Quote
    led: str
    """The learner's last turn before the cue; empty where there was none."""
    said: tuple[Quote, ...]
    """The learner's turns that were coded; empty where nothing was said to it."""
    then: tuple[Quote, ...]
    """What was shown and said next, as far as it was heard."""
    shifts: tuple[Shift, ...]
    told: tuple[str, ...]
    """Facts whose door it opened and that were told by the learner's next turn."""
    locked: tuple[str, ...]
    """Facts that meeting it would have opened and that were never told."""

    @property
    def trust(self) -> int:
        """By how much trust moved here."""
        return sum(shift.by for shift in self.shifts if shift.name == TRUST)


def moments(course: Course, lines: tuple[Opportunity, ...]) -> tuple[Moment, ...]:
    """Those of `lines` whose cue was heard, in the order in which they came."""
    order = {turn.id: at for at, turn in enumerate(course.end.turns)}
    heard = [line for line in lines if line.cue_turn in order]
    return tuple(_moment(course, line) for line in sorted(heard, key=lambda line: order[line.cue_turn]))


def _moment(course: Course, line: Opportunity) -> Moment:
    end = course.end
    beat = end.case.beat(line.beat)
    answers = [end.turn(turn) for turn in line.response_turns]
    said = tuple(_quoted(turn) for turn in answers if turn.text)
    cue = Quote(line.cue_turn, line.cue_speaker, end.turn(line.cue_turn).kind, line.cue_quote)
    before = course.before(said[0].turn) if said else end
    after = course.after(said[-1].turn) if said else end
    opened = (after.board.opened - before.board.opened) | frozenset(beat.on_success.reveal)
    told = tuple(sorted((after.board.revealed - before.board.revealed) & opened))
    locked = tuple(fact for fact in beat.on_success.reveal if fact not in end.board.revealed)
    moved = _shifts(end.case, before, after, answers, _outcome(end.case, beat, line)) if said else ()
    shifts = tuple(sorted(moved, key=lambda shift: shift.name != TRUST))
    led = next((t.id for t in reversed(end.turns[: _place(end, line.cue_turn)]) if t.speaker == LEARNER), "")
    return Moment(beat, line, cue, led, said, tuple(_next(end, said)), shifts, told, locked)


def _place(end: Encounter, turn: str) -> int:
    return [each.id for each in end.turns].index(turn)


def _quoted(turn: Turn) -> Quote:
    return Quote(turn.id, turn.speaker, turn.kind, turn.text)


def _next(end: Encounter, said: tuple[Quote, ...]) -> Iterator[Quote]:
    """What the others showed and said after the last of these, up to the first words among it."""
    if not said:
        return
    for turn in end.turns[_place(end, said[-1].turn) + 1 :]:
        if turn.speaker == LEARNER:
            return
        if turn.text:
            yield _quoted(turn)
        if turn.text and turn.kind == "said":
            return


Cause = tuple[str, str, Mapping[str, int]]
"""A reason in words, whose numbers it moved (a cast id), and how."""


def _outcome(case: Case, beat: Beat, line: Opportunity) -> Cause:
    """What the author lets follow from meeting or missing it."""
    met = line.state == "addressed"
    effect = (beat.on_success if met else beat.on_miss).effect
    return ("the moment was met" if met else "the moment went by", case.member(beat.speaker).id, effect)


def _shifts(case: Case, before: Encounter, after: Encounter, answers: list[Turn], outcome: Cause) -> Iterator[Shift]:
    """The numbers that moved; those that time alone moves are left out."""
    by_time = {
        f"{whose}.{drift.number}" if whose else drift.number for whose, state in case.states() for drift in state.drifts
    }
    for name, number in case.numbers.items():
        was, now = before.board.numbers[name], after.board.numbers[name]
        if was == now or name in by_time:
            continue
        whose, _, own = name.rpartition(".")
        whose = whose or case.patient.id
        yield Shift(own, whose, was, now, number.max, _because(case, whose, own, now - was, answers, outcome))


def _because(case: Case, whose: str, name: str, by: int, answers: list[Turn], outcome: Cause) -> tuple[str, ...]:
    """The moves of these turns to which the author gave such an effect, and what followed from the moment itself."""
    state = case.state_of(whose)
    moves = {move for turn in answers for move in turn.moves}
    effects = ((each.move, each.effect.get(name, 0)) for each in (*state.de_escalation, *state.escalation))
    caused = [move for move, effect in effects if effect * by > 0 and move in moves]
    why, owner, effect = outcome
    followed = [why] if owner == whose and effect.get(name, 0) * by > 0 else []
    return (*dict.fromkeys(REASONS[move] for move in caused if move in REASONS), *followed)
