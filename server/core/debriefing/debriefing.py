"""The debriefing of one encounter: what there is to talk about, all of it quoted, and nothing of it a verdict.

Cards in the order of the talk, the gap between a learner's own marks and the draft's, what was felt beside what was
said, one thing to keep and one moment to take up again. Feedback for a talk between people; not the talk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.core.debriefing.changes import in_words
from server.core.debriefing.coaching import Coaching, coach, from_where
from server.core.debriefing.course import Course
from server.core.debriefing.directions import directions
from server.core.debriefing.forking import can_fork
from server.core.debriefing.frames import FRAMES, Frame, Phase
from server.core.debriefing.inquiring import question
from server.core.debriefing.moment import Moment, Quote, moments
from server.core.encounter import Encounter, Reflection
from server.core.ledger import Opportunity
from server.core.scoring.scorecard import Rating
from server.core.transcript import LEARNER

WORTH_KEEPING = 3
"""The code, or else the level, from which words are held up as worth keeping."""


@dataclass(frozen=True)
class Card:
    """One moment on the table."""

    moment: Moment
    changed: tuple[str, ...]
    question: str
    asked_by_author: bool
    directions: tuple[str, ...]
    authored: bool
    """The directions are the author's."""
    retry: str
    """The learner's turn from which to try it again; empty: there is none."""


@dataclass(frozen=True)
class Side:
    """One dimension, in the learner's own marks and in the draft's."""

    dimension: str
    own: int | None
    draft: int | None
    status: str
    """Of the draft's: rated, unrated or not_applicable."""

    @property
    def difference(self) -> int | None:
        """Own less draft; None where one of the two is missing."""
        return None if self.own is None or self.draft is None else self.own - self.draft


@dataclass(frozen=True)
class Gap:
    """Felt and said, marked and marked: side by side, and nothing inferred."""

    sides: tuple[Side, ...]
    felt: str
    said: str


@dataclass(frozen=True)
class Debriefing:
    coaching: Coaching | None
    cards: tuple[Card, ...]
    gap: Gap
    keep: Quote | None
    """The learner's words that met a moment best; None where none is held up."""
    frame: str
    """Id of the frame that the case's author chose."""


def debriefing(
    course: Course, lines: Sequence[Opportunity], ratings: Sequence[Rating], earning: Collection[str] = ()
) -> Debriefing:
    """Of an encounter that is over. `lines` and `ratings` are those of the scorecard that counts, as far as its reader
    may see them. `earning`: dimensions in which a high mark quotes what earned it, not what stood against it.
    """
    end = course.end
    found = moments(course, tuple(lines))
    own = tuple(turn.id for turn in end.own_turns if turn.speaker == LEARNER)

    def can_retry(turn: str) -> bool:
        return can_fork(course, turn)

    # a moment that somebody else brought forward is talked over like any other, and is not what one is sent home with
    by_itself = tuple(each for each in found if not each.line.cued)
    return Debriefing(
        coach(by_itself, can_retry, own),
        tuple(_card(end, moment, from_where(moment, can_retry, own)) for moment in found),
        gap(end.reflection, ratings),
        keep(end, found, [each for each in ratings if each.id in earning]),
        end.case.debrief.framework,
    )


def _card(end: Encounter, moment: Moment, retry: str) -> Card:
    asked, by_author = question(end.case, moment)
    beat = moment.beat
    ways, authored = directions(beat), bool(beat.directions)
    return Card(moment, in_words(end.case, moment), asked, by_author, ways, authored, retry)


def gap(reflection: Reflection | None, ratings: Sequence[Rating]) -> Gap:
    """Every dimension of the draft, in its order."""
    own: Mapping[str, int] = reflection.self_rating if reflection else {}
    sides = tuple(Side(each.id, own.get(each.id), each.level, each.status) for each in ratings)
    return Gap(sides, reflection.felt if reflection else "", reflection.said if reflection else "")


def keep(end: Encounter, found: Sequence[Moment], ratings: Sequence[Rating]) -> Quote | None:
    """The words that earned the highest code, the earlier of two; else those under the highest of these marks, all of
    which quote what earned them. None where nothing reached `WORTH_KEEPING`: then the learner says what they keep.
    """
    coded = [m.line for m in found if m.line.turn and m.line.code is not None and m.line.code >= WORTH_KEEPING]
    if coded:
        best = max(coded, key=lambda line: line.code or 0)
        return _words(end, best.turn, best.quote)
    rated = [each for each in ratings if each.status == "rated" and (each.level or 0) >= WORTH_KEEPING]
    said = [e for each in sorted(rated, key=lambda r: -(r.level or 0)) for e in each.evidence if e.role == "said"]
    return _words(end, said[0].turn, said[0].quote) if said else None


def _words(end: Encounter, turn: str, words: str) -> Quote:
    return Quote(turn, LEARNER, end.turn(turn).kind, words)


def phases(
    frame: str, end: Encounter, cards: Iterable[Card] = (), *, planted: bool = True
) -> tuple[tuple[Phase, tuple[str, ...]], ...]:
    """The phases of a frame, each with its own questions and those of the case that stand on no card. `planted` False:
    the planted moments are kept back, and so are the questions that name one.
    """
    carded = frozenset(card.moment.beat.id for card in cards)
    came = met(end) - carded if planted else frozenset()
    return tuple((phase, (*phase.questions, *_of_case(phase, end, came))) for phase in FRAMES[frame].phases)


def met(end: Encounter) -> frozenset[str]:
    """Planted moments that came up."""
    return frozenset(beat for beat, track in end.board.tracks.items() if track.cue_turn)


def frames() -> tuple[Frame, ...]:
    return tuple(FRAMES.values())


def _of_case(phase: Phase, end: Encounter, came: frozenset[str]) -> tuple[str, ...]:
    """Those about a moment only where it is among `came`."""
    plan = end.case.debrief
    analysis = tuple(each.advocacy_inquiry.strip() for each in plan.analysis if not each.beat or each.beat in came)
    asked = {
        "reactions": plan.reactions,
        "description": plan.description,
        "analysis": analysis,
        "summary": plan.summary,
    }
    return asked.get(phase.takes, ())
