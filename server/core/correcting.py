"""Corrections: what a learner says they said, where the recogniser heard something else.

What was heard stays in the log and in the transcript, and nothing that was played is touched. Words in dispute are
scored like words heard with doubt; once a correction is accepted, the corrected words are what is observed and quoted,
in the context in which they were said; a refused one changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.core.doubting import in_doubt
from server.core.encounter import Correction, Encounter
from server.core.events import CorrectionProposed, CorrectionSettled
from server.core.learner import meant_for, observed_in
from server.core.legal import require
from server.core.lexicon import content_stems, tokens
from server.core.moves import Context, Observation
from server.core.signs import ASKS, signs_in
from server.core.transcript import LEARNER, Turn

LONGEST_WORDS = 60
"""Of what is put in: 24 seconds of unhurried speech, longer than anybody remembers to the word."""
LONGEST_CHARACTERS = 600
MOST = 100
"""Corrections of one encounter, so that no log grows without end."""
SURE, DISPUTED = 100, 0
"""Percent: of words that a person has settled, of words that somebody disputes."""


def correct(encounter: Encounter, event: CorrectionProposed | CorrectionSettled) -> Encounter:
    """Fold one of the two events. The same once more changes nothing."""
    if isinstance(event, CorrectionProposed):
        require(why_not(encounter, event) == "", event)
        if proposed_before(encounter, event) is not None:
            return encounter
        made = Correction(event.turn, event.start_word, event.end_word, event.words)
        return replace(encounter, corrections=(*encounter.corrections, made))
    return _settle(encounter, event)


def proposed_before(encounter: Encounter, event: CorrectionProposed) -> int | None:
    """The place of the very same proposal among the corrections; None when there is none."""
    said = (event.turn, event.start_word, event.end_word, event.words)
    known = [(each.turn, each.start_word, each.end_word, each.words) for each in encounter.corrections]
    return known.index(said) if said in known else None


def _settle(encounter: Encounter, event: CorrectionSettled) -> Encounter:
    about = [each for each in encounter.corrections if (each.turn, each.start_word) == (event.turn, event.start_word)]
    require(encounter.over and bool(about), event)
    state = "accepted" if event.accepted else "refused"
    require(about[-1].state in ("proposed", state), event)
    if about[-1].state == state:
        return encounter
    settled = replace(about[-1], state="accepted" if event.accepted else "refused", by=event.by)
    changed = tuple(settled if each is about[-1] else each for each in encounter.corrections)
    return replace(encounter, corrections=changed)


def why_not(encounter: Encounter, event: CorrectionProposed) -> str:
    """Why this may not be proposed, as a code; empty when it may."""
    if not encounter.over:
        return "not_ended"
    if not encounter.has_turn(event.turn):
        return "no_such_turn"
    turn = encounter.turn(event.turn)
    if turn.speaker != LEARNER or turn.kind != "said":
        return "not_your_words"
    if not turn.heard_ms:
        return "typed_turn"
    return _wrong_words(turn, event) or _in_the_way(encounter, event)


def _wrong_words(turn: Turn, event: CorrectionProposed) -> str:
    words = turn.text.split()
    if not 0 <= event.start_word < event.end_word <= len(words):
        return "no_such_words"
    if len(event.words.split()) > LONGEST_WORDS or len(event.words) > LONGEST_CHARACTERS:
        return "too_long"
    heard = " ".join(words[event.start_word : event.end_word])
    return "unchanged" if tokens(heard) == tokens(event.words) else ""


def _in_the_way(encounter: Encounter, event: CorrectionProposed) -> str:
    if proposed_before(encounter, event) is not None:
        return ""
    others = [each for each in encounter.corrections if each.turn == event.turn and each.state != "refused"]
    if any(each.start_word < event.end_word and event.start_word < each.end_word for each in others):
        return "overlaps"
    return "too_many" if len(encounter.corrections) >= MOST else ""


def as_counted(encounter: Encounter) -> Encounter:
    """A copy to be scored: accepted words in place of those heard, disputed words in doubt."""
    if not encounter.corrections:
        return encounter
    turns = tuple(_corrected(encounter, turn) for turn in encounter.turns)
    return replace(encounter, turns=turns)


def _corrected(encounter: Encounter, turn: Turn) -> Turn:
    mine = [each for each in encounter.corrections if each.turn == turn.id and each.state != "refused"]
    if not mine:
        return turn
    accepted = [each for each in mine if each.state == "accepted"]
    words, percents = _mended(turn, mine)
    turn = replace(turn, words_percent=percents, confidence=1.0)
    if not accepted:
        return turn
    mended = replace(turn, text=" ".join(words), as_heard=turn.text)
    return replace(mended, observations=_observed_again(encounter, mended))


def _mended(turn: Turn, corrections: Sequence[Correction]) -> tuple[list[str], tuple[int, ...]]:
    """The words of the turn and how sure each is, with what was accepted put in."""
    words = turn.text.split()
    percents = [DISPUTED if doubt else SURE for doubt in in_doubt(turn)]
    for each in sorted(corrections, key=lambda one: -one.start_word):
        span = slice(each.start_word, each.end_word)
        if each.state == "accepted":
            put = each.words.split()
            words[span], percents[span] = put, [SURE] * len(put)
        else:
            percents[span] = [DISPUTED] * (each.end_word - each.start_word)
    return words, tuple(percents)


def _observed_again(encounter: Encounter, turn: Turn) -> tuple[Observation, ...]:
    """The moves in the corrected words. What the turn asked for is kept: it was asked of somebody who answered."""
    if turn.context is None or not turn.text:
        return ()
    seen = observed_in(encounter.case, turn, _context(encounter, turn, turn.context))
    asked = [o.move.removeprefix(ASKS) for o in turn.observations if o.move.startswith(ASKS)]
    signs = signs_in(encounter.case, turn.text, seen, asked)
    return meant_for(encounter.case, turn.toward, (*seen, *signs))


def _context(encounter: Encounter, turn: Turn, context: Context) -> Context:
    """The context as it was, with the story that the turns before had told."""
    before = encounter.turns[: [each.id for each in encounter.turns].index(turn.id)]
    story = " ".join(each.text for each in before if each.speaker != LEARNER)
    return replace(context, story=content_stems(story))
