"""What the debriefing looks like over REST, and how it is made from the core's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from server.api.shapes import Answer
from server.core.debriefing.coaching import Coaching
from server.core.debriefing.debriefing import Card, Gap, phases
from server.core.debriefing.frames import Frame
from server.core.debriefing.moment import Quote
from server.core.debriefing.retrying import Again, Answered
from server.core.encounter import Encounter


class QuoteView(Answer):
    """Words of a turn, or what was done in it."""

    turn: str
    speaker: str
    kind: str
    text: str


class CardView(Answer):
    """One moment on the table."""

    beat: str
    kind: str
    core: bool
    state: str
    code: int | None
    cue: QuoteView
    said: list[QuoteView]
    """The learner's turns that were coded; empty where nothing was said to it."""
    then: list[QuoteView]
    """What was shown and said next, as far as it was heard."""
    changed: list[str]
    """Facts of the case's design."""
    question: str
    """One, and open."""
    asked_by: Literal["author", "program"]
    directions: list[str]
    """Ways to meet it; never a sentence to recite."""
    directions_by: Literal["author", "program"]
    retry: str
    """The learner's turn from which to try it again; empty: there is none."""


class MomentView(Answer):
    """The one moment to look at."""

    aim: Literal["try", "keep"]
    beat: str
    """Its card tells the rest."""
    because: list[str]
    """The rule by which it was chosen."""
    retry: str
    """The learner's turn from which to try it again; empty: there is none."""


class SideView(Answer):
    """One dimension, in the learner's own marks and in the draft's."""

    dimension: str
    own: int | None
    draft: int | None
    status: str
    difference: int | None
    """Own less draft."""


class GapView(Answer):
    """Side by side, and nothing inferred."""

    sides: list[SideView]
    felt: str
    said: str


class PhaseView(Answer):
    """One step of a frame."""

    id: str
    heading: str
    questions: list[str]
    shows: list[str]
    """own_words, gap, timeline, cards, profile, keep, moment"""


class FrameView(Answer):
    """A way to debrief."""

    id: str
    name: str
    about: str
    phases: list[PhaseView]


class AnsweredView(Answer):
    """How one moment was answered, one time."""

    state: str
    code: int | None
    turn: str
    quote: str


class AgainView(Answer):
    """One moment, the first time and now."""

    beat: str
    kind: str
    retried: bool
    """It is the moment that was taken up again."""
    first: AnsweredView | None
    now: AnsweredView


def card_view(card: Card) -> CardView:
    moment = card.moment
    return CardView(
        beat=moment.beat.id,
        kind=moment.beat.kind,
        core=moment.line.core,
        state=moment.line.state,
        code=moment.line.code,
        cue=_quote(moment.cue),
        said=_quotes(moment.said),
        then=_quotes(moment.then),
        changed=list(card.changed),
        question=card.question,
        asked_by="author" if card.asked_by_author else "program",
        directions=list(card.directions),
        directions_by="author" if card.authored else "program",
        retry=card.retry,
    )


def moment_view(coaching: Coaching | None) -> MomentView | None:
    if coaching is None:
        return None
    beat, because = coaching.moment.beat.id, list(coaching.because)
    return MomentView(aim=coaching.aim, beat=beat, because=because, retry=coaching.retry)


def gap_view(gap: Gap) -> GapView:
    sides = [
        SideView(dimension=s.dimension, own=s.own, draft=s.draft, status=s.status, difference=s.difference)
        for s in gap.sides
    ]
    return GapView(sides=sides, felt=gap.felt, said=gap.said)


def frame_view(frame: Frame, end: Encounter, cards: Iterable[Card], *, planted: bool) -> FrameView:
    """With the case's own questions where they belong; `planted`: those that name a planted moment too."""
    steps = [
        PhaseView(id=phase.id, heading=phase.heading, questions=list(asked), shows=list(phase.shows))
        for phase, asked in phases(frame.id, end, cards, planted=planted)
    ]
    return FrameView(id=frame.id, name=frame.name, about=frame.about, phases=steps)


def again_view(again: Again) -> AgainView:
    first = _answered(again.first) if again.first else None
    return AgainView(beat=again.beat, kind=again.kind, retried=again.retried, first=first, now=_answered(again.now))


def keep_view(quote: Quote | None) -> QuoteView | None:
    return _quote(quote) if quote else None


def _answered(answered: Answered) -> AnsweredView:
    return AnsweredView(state=answered.state, code=answered.code, turn=answered.turn, quote=answered.quote)


def _quotes(quotes: Iterable[Quote]) -> list[QuoteView]:
    return [_quote(each) for each in quotes]


def _quote(quote: Quote) -> QuoteView:
    return QuoteView(turn=quote.turn, speaker=quote.speaker, kind=quote.kind, text=quote.text)
