"""The opportunity ledger: every planted moment, what the learner did with it, coded 0 to 4.

    0 blocks · 1 token · 2 partial · 3 acknowledges this patient's feeling or meaning · 4 acknowledges and extends

The scale is our own wording, mapped to ECCS (Bylund & Makoul) and VR-CoDES in `rubrics/README.md`. Opportunities are
known before scoring, because the author planted them; one that was not heard is not offered, and not a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.core.case_parts.play import Beat, BeatKind
from server.core.doubting import any_in_doubt, costing, earning
from server.core.encounter import Encounter
from server.core.lexicon import content_stems, fold, words
from server.core.moves import ACKNOWLEDGES, BUSINESS, asks_of_feeling, goes_elsewhere
from server.core.rules.rule import expression
from server.core.scoring.quoting import whole
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
_OF_BODY = expression(
    r"\bfeel(?:ing)? (?:at all |a bit |any )?(?:sick|dizzy|hot|cold|unwell|faint|hungry|thirsty|breathless|pain|full)\b"
)
"""Asks how a body feels."""
URGENT = "sees_to_urgent"
"""The move of a turn that sees to a clinical danger first: it never counts against anybody."""
MET = 3
"""The code from which a moment was acknowledged."""


@dataclass(frozen=True)
class Opportunity:
    """One line of the ledger."""

    beat: str
    kind: BeatKind
    core: bool
    state: str
    """not_offered, unanswered, addressed, missed; unclear: it turns on words that were heard with doubt."""
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
    at_best: int | None = None
    """Where words of the answer were heard with doubt: the code if they were said as heard."""
    cued: bool = False
    """Somebody who watched brought it forward: it was offered, and was not earned."""


def ledger(encounter: Encounter) -> tuple[Opportunity, ...]:
    """Every beat of the case, in the author's order."""
    return tuple(_opportunity(encounter, beat) for beat in encounter.case.beats)


def _opportunity(encounter: Encounter, beat: Beat) -> Opportunity:
    track = encounter.board.tracks[beat.id]
    if not track.cue_turn:
        return Opportunity(beat.id, beat.kind, beat.core, "not_offered", "", "", "", (), None, "", "")
    cue = cue_text(encounter, beat, track.cue_turn)
    speaker = encounter.turn(track.cue_turn).speaker
    topics = content_stems(" ".join(beat.opportunity.topics))
    responses = [
        to_the_point(turn, topics | (told_since(encounter.turns, track.cue_turn, turn.id) - BUSINESS))
        for turn in _responses(encounter, beat, track.response_turns)
    ]
    state = _state(track.state, responses, beat)
    line = Opportunity(
        beat.id, beat.kind, beat.core, state, track.cue_turn, speaker, cue, track.response_turns, None, "", cue,
        cued=beat.id in encounter.board.cued,
    )  # fmt: skip
    return _coded(line, responses, beat) if responses else replace(line, response_turns=())


def told_since(turns: Sequence[Turn], cue_turn: str, response: str) -> frozenset[str]:
    """Stems of what the others said from the cue on until this response."""
    ids = [turn.id for turn in turns]
    between = turns[ids.index(cue_turn) : ids.index(response)]
    return content_stems(" ".join(turn.text for turn in between if turn.speaker != LEARNER))


def to_the_point(response: Turn, here: frozenset[str]) -> Turn:
    """The response without questions about something else: those answer nothing. `here`: stems of what lies open."""
    kept = tuple(o for o in response.observations if _asks_of(o.move, whole(response, o), here))
    return replace(response, observations=kept)


def _asks_of(move: str, question: str, here: frozenset[str]) -> bool:
    """A closed question must be about what lies open; an open one leaves room unless it takes up other business."""
    if move == "closed_question":
        return bool(content_stems(question) & here) or (
            asks_of_feeling(question) and not _OF_BODY.search(fold(question))
        )
    return move != "open_question" or not goes_elsewhere(fold(question), here)


def _state(state: str, responses: list[Turn], beat: Beat) -> str:
    """As it was played; met after all, where an accepted correction shows that the learner was misheard."""
    if not responses:
        return "missed" if state == "missed" else "unanswered"
    if any(turn.as_heard and code_of(_sure(turn), _costs(turn), beat) >= MET for turn in responses):
        return "addressed"
    return state if state in ("addressed", "missed") else "unanswered"


def _coded(line: Opportunity, responses: list[Turn], beat: Beat) -> Opportunity:
    """With the code that is sure; without one where doubtful words would have made another of it."""
    most = MISSED_AT_MOST if line.state == "missed" else 4
    best, turn = max(((code_of(_sure(turn), _costs(turn), beat), turn) for turn in responses), key=lambda pair: pair[0])
    best = min(best, most)
    if any(any_in_doubt(each) for each in responses):
        at_best = min(most, max(code_of(each.moves, _costs(each), beat) for each in responses))
        line = replace(line, at_best=at_best)
        if best < MET and (best == 0 or at_best > best):
            return replace(line, state="unclear")
    quote = best_quote(replace(turn, observations=earning(turn)), best, beat) if best else line.cue_quote
    return replace(line, code=best, turn=turn.id if best else "", quote=quote)


def _sure(turn: Turn) -> frozenset[str]:
    return frozenset(o.move for o in earning(turn))


def _costs(turn: Turn) -> frozenset[str]:
    return frozenset(o.move for o in costing(turn))


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
    counted = [turn for turn in turns if turn.speaker == LEARNER and turn.text and not turn.out_of_role]
    return [turn for turn in counted if URGENT not in turn.moves or code(turn, beat)][:RESPONSES]


def code(turn: Turn, beat: Beat) -> int:
    """How one response meets one cue, every word of it taken as heard."""
    return code_of(turn.moves, turn.moves, beat)


def code_of(earns: frozenset[str], costs: frozenset[str], beat: Beat) -> int:
    """How the moves of a response meet a cue: those that may count for the learner, and those that may count against.
    More of the first never makes it less, nor fewer of the second.
    """
    meets = _meets(earns, costs, beat)
    if costs & SHUTS:
        return 1 if meets or "paraphrases" in earns else 0
    if meets:
        return 2 if costs & SOFTENS else 4 if earns & EXTENDS else 3
    if "focused_question" in earns:
        return 2 if costs & SOFTENS else 3
    return _partial(earns, costs)


def _meets(earns: frozenset[str], costs: frozenset[str], beat: Beat) -> bool:
    """A feeling, a validation, or what this moment asked for; words given back, where the turn stays with them."""
    wanted = ACKNOWLEDGES | (frozenset(beat.success_if) - GENERAL)
    passing = frozenset({"paraphrases"}) if _moves_on(earns, costs) else frozenset()
    return bool(earns & wanted - passing)


def _moves_on(earns: frozenset[str], costs: frozenset[str]) -> bool:
    """The turn takes leave, or asks what only wants a yes, a no or a fact."""
    return bool(costs & LEAVES) or ("closed_question" in costs and not earns & STAYS_WITH)


def _partial(earns: frozenset[str], costs: frozenset[str]) -> int:
    if costs & SOFTENS:
        return 1 if earns & (SPACE | TOKEN | {"paraphrases"}) else 0
    return 2 if earns & (SPACE | TASK | {"paraphrases"}) else 1 if earns & TOKEN else 0


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
