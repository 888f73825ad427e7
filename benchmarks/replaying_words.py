"""Talks that can be scored with other words in the learner's mouth: played encounters, and transcripts of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from server.assess.human.score import Spoken, read_transcript, score_transcript
from server.content.folders import Library
from server.core.advance import advance
from server.core.encounter import Encounter, open_encounter
from server.core.learner import context_of, meant_for, observed_in
from server.core.lexicon import content_stems
from server.core.moves import Context
from server.core.rehearsing import rehearse
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Scorecard
from server.core.scoring.scoring import score
from server.core.signs import signs_in
from server.core.transcript import LEARNER, Turn
from server.core.virtual import VirtualRoom

LEARNERS = ("skilled", "average", "poor")
WRITTEN = Path(__file__).resolve().parents[1] / "tests" / "assess" / "transcripts"
"""Transcripts of human encounters, written for this: nobody's."""


@dataclass(frozen=True)
class Talk:
    """A talk, and how it is scored with other turns."""

    name: str
    turns: Sequence[Turn]
    score: Callable[[Sequence[Turn], Rubric], Scorecard]
    several: bool = False
    """More than one person is spoken to."""


def rehearsed(shelf: Library) -> Iterator[Talk]:
    """Every authored rehearsal of every case in which the learner is the clinician."""
    for case in shelf.cases.values():
        if case.activity == "encounter":
            for learner in LEARNERS:
                yield in_encounter(f"{case.case_id}/{learner}", rehearse(case, learner))


def in_encounter(name: str, room: VirtualRoom) -> Talk:
    """The encounter with its planted moments, the learner's words observed again where they are others."""
    contexts = _contexts(room)

    def scored(turns: Sequence[Turn], rubric: Rubric) -> Scorecard:
        return score(replace(room.encounter, turns=tuple(_observed(room.encounter, contexts, turns))), rubric)

    turns = room.encounter.turns
    return Talk(name, turns, scored, len({turn.toward for turn in turns if turn.speaker == LEARNER}) > 1)


def _contexts(room: VirtualRoom) -> dict[str, Context]:
    """In what each of the learner's turns was said, by the turn's id."""
    found: dict[str, Context] = {}
    encounter = open_encounter(room.encounter.case, room.opened)
    for event, at_ms in room.log[1:]:
        before, encounter = encounter, advance(encounter, event, at_ms).encounter
        for turn in encounter.turns[len(before.turns) :]:
            if turn.speaker == LEARNER:
                found[turn.id] = context_of(before)
    return found


def _observed(encounter: Encounter, contexts: Mapping[str, Context], turns: Sequence[Turn]) -> Iterator[Turn]:
    told, last = "", ""
    for turn in turns:
        if turn.speaker != LEARNER:
            told, last = f"{told} {turn.text}", turn.text if turn.kind == "said" and turn.text else last
        if turn.id in contexts and turn.kind == "said":
            context = replace(contexts[turn.id], said_before=last, story=content_stems(told))
            yield _again(encounter, turn, context)
        else:
            yield turn


def _again(encounter: Encounter, turn: Turn, context: Context) -> Turn:
    seen = observed_in(encounter.case, turn, context)
    found = (*seen, *signs_in(encounter.case, turn.text, seen, ()))
    return replace(turn, observations=meant_for(encounter.case, turn.toward, found), context=context)


def as_transcript(talk: Talk) -> Talk:
    """The same words as somebody would have written them down, without anything planted."""
    said = [Spoken(turn.speaker, turn.text, 0) for turn in talk.turns if turn.kind == "said" and turn.text]
    return of_lines(talk.name, said, several=talk.several)


def of_lines(name: str, lines: Sequence[Spoken], *, several: bool = False) -> Talk:
    turns = [Turn(f"line_{number}", line.speaker, "said", line.text, 0) for number, line in enumerate(lines, 1)]
    return Talk(name, turns, _score_lines, several)


def _score_lines(turns: Sequence[Turn], rubric: Rubric) -> Scorecard:
    return score_transcript([Spoken(turn.speaker, turn.text, 0) for turn in turns], rubric)


def transcripts() -> Iterator[Talk]:
    """Those that were written for this."""
    for path in sorted(WRITTEN.glob("*.*")):
        yield of_lines(path.stem, read_transcript(path))
