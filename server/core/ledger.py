"""The opportunity ledger: every planted moment, what the learner did with it, coded 0 to 4.

    0 blocks · 1 token · 2 partial · 3 acknowledges this patient's feeling or meaning · 4 acknowledges and extends

The scale is our own wording, mapped to ECCS (Bylund & Makoul) and VR-CoDES in `rubrics/README.md`. Opportunities are
known before scoring, because the author planted them; one that was not heard is not offered, and not a zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.core.case_play import Beat, BeatKind
from server.core.encounter import Encounter
from server.core.lexicon import words
from server.core.moves import ACKNOWLEDGES
from server.core.quoting import whole
from server.core.transcript import LEARNER, Turn

EXTENDS = frozenset(
    {
        "focused_question",
        "open_question",
        "invites_more",
        "offers_help",
        "checks_agreement",
        "stays",
        "honest_about_recording",
        "asks_about_harm",
        "teach_back",
        "gives_permission",
        "honest_not_knowing",
        "explains_confidentiality",
        "says_what_next",
    }
)
SPACE = words("invites_silence sits_down stays invites_more open_question gives_permission asks_about_harm")
TASK = words(
    "offers_help honest_about_recording checks_agreement closed_question asks_permission explains teach_back "
    "sets_limit says_what_next explains_confidentiality discloses_plainly honest_not_knowing asks_for_help_of_team "
    "affirms normalises"
)
TOKEN = words(
    "stock_phrase backchannel apologises vague_support names_wrong_feeling thanks asks_repeat asks_if_understood "
    "praises_emptily"
)
SHUTS = words("dismisses judges topic_switch minimises promises_secrecy")
SOFTENS = words(
    "premature_reassurance advises elderspeak self_focus jargon speaks_for_others talks_at_length blames speculates"
)
LEAVES = words("says_goodbye")
STAYS_WITH = words("focused_question open_question invites_more checks_agreement asks_about_harm teach_back")
"""Beside a closed question these keep the turn with what was said."""
RESPONSES = 2
"""Learner turns after the cue that are coded; later ones are another moment."""
MISSED_AT_MOST = 2
"""A response that did not do what the moment asked for may have been kind, and did not meet it."""
GENERAL = SPACE | frozenset({"focused_question", "closed_question"})
"""Moves that open space anywhere; making one is not yet to meet this cue, even where the author lets it address the
beat.
"""
URGENT = "sees_to_urgent"
"""The move of a turn that sees to a clinical danger first: it never counts against anybody."""
SURE = 0.5
"""Recogniser's confidence from which a turn may count for or against a learner."""


@dataclass(frozen=True)
class Opportunity:
    """One line of the ledger."""

    beat: str
    kind: BeatKind
    core: bool
    state: str
    """not_offered, unanswered, addressed or missed."""
    cue_turn: str
    cue_speaker: str
    cue_quote: str
    response_turns: tuple[str, ...]
    code: int | None
    """None when there was nothing to code."""
    turn: str
    """The learner's turn that earned the code; empty for none."""
    quote: str
    """That turn's words which earned it; the patient's cue when nothing did."""


def ledger(encounter: Encounter) -> tuple[Opportunity, ...]:
    """Every beat of the case, in the author's order."""
    return tuple(_opportunity(encounter, beat) for beat in encounter.case.beats)


def _opportunity(encounter: Encounter, beat: Beat) -> Opportunity:
    track = encounter.board.tracks[beat.id]
    if not track.cue_turn:
        return Opportunity(beat.id, beat.kind, beat.core, "not_offered", "", "", "", (), None, "", "")
    cue = cue_text(encounter, beat, track.cue_turn)
    speaker = encounter.turn(track.cue_turn).speaker
    coded = [(code(turn, beat), turn) for turn in _responses(encounter, beat, track.response_turns)]
    if not coded:
        state = "missed" if track.state == "missed" else "unanswered"
        return Opportunity(beat.id, beat.kind, beat.core, state, track.cue_turn, speaker, cue, (), None, "", cue)
    best, turn = max(coded, key=lambda pair: pair[0])
    state = track.state if track.state in ("addressed", "missed") else "unanswered"
    best = min(best, MISSED_AT_MOST) if state == "missed" else best
    quote = best_quote(turn, best, beat) if best else cue
    return Opportunity(
        beat.id, beat.kind, beat.core, state, track.cue_turn, speaker, cue, track.response_turns, best,
        turn.id if best else "", quote,
    )  # fmt: skip


def cue_text(encounter: Encounter, beat: Beat, turn_id: str) -> str:
    """The words of the turn that carry the cue: the authored line as heard, else all of it."""
    turn = encounter.turn(turn_id)
    lines = [
        line for line in (turn.plan.lines if turn.plan else ()) if line in (beat.deliver.verbatim, *beat.deliver.lines)
    ]
    return next((line for line in lines if line in turn.text), turn.text)


def _responses(encounter: Encounter, beat: Beat, turn_ids: tuple[str, ...]) -> list[Turn]:
    """The turns that are coded. One that saw to something urgent, and met nothing, leaves its place to the next."""
    turns = [encounter.turn(turn_id) for turn_id in turn_ids]
    counted = [turn for turn in turns if turn.speaker == LEARNER and turn.confidence >= SURE and not turn.out_of_role]
    return [turn for turn in counted if URGENT not in turn.moves or code(turn, beat)][:RESPONSES]


def code(turn: Turn, beat: Beat) -> int:
    """How one response meets one cue."""
    moves = turn.moves
    meets = _meets(moves, beat)
    if moves & SHUTS:
        return 1 if meets or "paraphrases" in moves else 0
    if meets:
        return 2 if moves & SOFTENS else 4 if moves & EXTENDS else 3
    if "focused_question" in moves:
        return 2 if moves & SOFTENS else 3
    return _partial(moves)


def _meets(moves: frozenset[str], beat: Beat) -> bool:
    """A feeling, a validation, or what this moment asked for; words given back, where the turn stays with them."""
    wanted = ACKNOWLEDGES | (frozenset(beat.success_if) - GENERAL)
    passing = frozenset({"paraphrases"}) if _moves_on(moves) else frozenset()
    return bool(moves & wanted - passing)


def _moves_on(moves: frozenset[str]) -> bool:
    """The turn takes leave, or asks what only wants a yes, a no or a fact."""
    return bool(moves & LEAVES) or ("closed_question" in moves and not moves & STAYS_WITH)


def _partial(moves: frozenset[str]) -> int:
    if moves & SOFTENS:
        return 1 if moves & (SPACE | TOKEN) else 0
    return 2 if moves & (SPACE | TASK | {"paraphrases"}) else 1 if moves & TOKEN else 0


def best_quote(turn: Turn, level: int, beat: Beat) -> str:
    """The sentence of `turn` that earned its code: of the move that weighs most."""
    order: tuple[frozenset[str], ...] = (TOKEN, ACKNOWLEDGES, SPACE)
    if level >= 2:
        order = (ACKNOWLEDGES, frozenset(beat.success_if), EXTENDS, SPACE | TASK, TOKEN)
    for moves in order:
        if found := _quote(turn, moves):
            return found
    return turn.text


def _quote(turn: Turn, moves: frozenset[str]) -> str:
    return next((whole(turn, observation) for observation in turn.observations if observation.move in moves), "")
