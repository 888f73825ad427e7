"""Which steps of marking may be taken now. Nothing here looks at who asks; the door has done that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from server.core.errors import Conflict, RequestError
from server.core.marking.marking import Marking, differences, sees_draft, values, whole_differs
from server.core.marking.steps import (
    AppealAnswered,
    Appealed,
    DraftAccepted,
    DraftChanged,
    DraftPolicy,
    DraftRefused,
    Line,
    Made,
    MarkGiven,
    OverallAgreed,
    OverallGiven,
    Reconciled,
    Reopened,
    SheetClosed,
    SheetWithdrawn,
    Signed,
)
from server.core.scoring.scorecard import Evidence
from server.core.transcript import LEARNER, Turn

MOST_STEPS = 5_000
"""Of one encounter, so that no history grows without end."""


@dataclass(frozen=True)
class Grounds:
    """What marks are given on."""

    dimensions: tuple[str, ...]
    lowest: int
    highest: int
    turns: Mapping[str, Turn]
    draft: Mapping[str, Line] = field(default_factory=dict)
    """By dimension; empty where there is no draft."""
    invited: frozenset[str] = frozenset()
    """Authors who were asked to mark."""
    staff: frozenset[str] = frozenset()
    """Authors who may mark unasked, being on the staff of the learner's course; they answer for the record together."""
    sheets: int = 1
    """How many people's marks a signature needs."""
    overall: bool = False
    """A sheet is closed only with a judgement of the whole on it."""


def check(marking: Marking, made: Made, grounds: Grounds) -> None:
    """Raises `RequestError` for what can never be taken, `Conflict` for what cannot be taken now."""
    step = made.step
    if not made.name.strip():
        raise RequestError("A name stands beside every mark.", code="name_needed", field="name", mend="Give yours.")
    if marking.steps >= MOST_STEPS:
        raise Conflict(f"A marking takes {MOST_STEPS} steps at most.", code="too_many_steps")
    _check_words(step, grounds)
    match step:
        case MarkGiven():
            _check_mark(marking, made.author)
        case DraftAccepted() | DraftChanged() | DraftRefused():
            _check_draft(marking, made.author, step, grounds)
        case OverallGiven():
            _check_mark(marking, made.author)
            require_all(marking.sheet(made.author).held(), grounds)
        case SheetClosed():
            _check_closing(marking, made.author, grounds)
        case Reconciled():
            _check_reconciled(marking, made.author)
        case OverallAgreed():
            _check_agreed(marking, made.author)
        case Signed():
            _check_signature(marking, made.author, grounds)
        case Reopened():
            _check_reopening(marking, made.author, grounds)
        case Appealed():
            _check_appeal(marking, step)
        case AppealAnswered():
            _check_answer(marking, made.author, step, grounds)
        case DraftPolicy() | SheetWithdrawn():
            _check_rest(marking, step)


def _check_words(step: object, grounds: Grounds) -> None:
    """What is wrong with a step whenever it comes."""
    dimension, line = getattr(step, "dimension", None), getattr(step, "line", None)
    if dimension is not None and dimension not in grounds.dimensions:
        mend = f"Use: {', '.join(grounds.dimensions)}."
        raise RequestError("There is no such dimension.", code="unknown_dimension", field="dimension", mend=mend)
    if line is not None:
        check_line(line, grounds)
    if isinstance(step, MarkGiven) and line and line.status == "rated" and not (line.evidence or line.comment.strip()):
        mend = "Quote the words it rests on, or say in the comment why it rests on absence."
        raise RequestError("A mark needs its grounds.", code="no_grounds", field="evidence", mend=mend)
    if _wants_reason(step) and not getattr(step, "reason", "").strip():
        raise RequestError("This needs a reason.", code="reason_needed", field="reason", mend="Say why.")
    if isinstance(step, Appealed):
        _turn(step.turn, grounds, "turn")


def _wants_reason(step: object) -> bool:
    return isinstance(
        step, DraftChanged | DraftRefused | Reconciled | OverallAgreed | Reopened | Appealed | AppealAnswered
    )


def check_line(line: Line, grounds: Grounds) -> None:
    """A level where there must be one, on the scale, and quotes that are there to the letter."""
    if (line.level is not None) is not (line.status == "rated"):
        message = "A rated line has a level, and no other has."
        raise RequestError(message, code="bad_level", field="level", mend="Give one, or leave it out.")
    if line.level is not None and not grounds.lowest <= line.level <= grounds.highest:
        message = f"A level is a whole number from {grounds.lowest} to {grounds.highest}."
        raise RequestError(message, code="bad_level", field="level")
    for each in line.evidence:
        if verified(each.turn, each.quote, grounds) != (each.turn, each.speaker, each.quote):
            raise RequestError("A quote names somebody else's turn.", code="quote_not_found", field="evidence")


def verified(turn: str, quote: str, grounds: Grounds) -> tuple[str, str, str]:
    """Turn, speaker and quote. Raises `RequestError` unless the quote stands in that turn, to the letter."""
    found = _turn(turn, grounds, "evidence")
    if not quote.strip() or quote not in found.text:
        mend = "Quote it to the letter."
        raise RequestError(
            "These words do not stand in that turn.", code="quote_not_found", field="evidence", mend=mend
        )
    return found.id, found.speaker, quote


def evidence_of(turn: str, quote: str, grounds: Grounds) -> Evidence:
    """A person's quote, verified. Raises `RequestError`."""
    name, speaker, words = verified(turn, quote, grounds)
    return Evidence(name, speaker, words, "said" if speaker == LEARNER else "cue")


def _turn(turn: str, grounds: Grounds, where: str) -> Turn:
    found = grounds.turns.get(turn)
    if found is None:
        mend = "Use the id of a turn in the transcript."
        raise RequestError("There is no such turn.", code="no_such_turn", field=where, mend=mend)
    return found


def _check_mark(marking: Marking, author: str) -> None:
    _require_open(marking)
    if marking.sheet(author).closed:
        mend = "Change it with a reason instead."
        raise Conflict("Your marks are in, and stay as you gave them.", code="sheet_closed", mend=mend)


def _check_closing(marking: Marking, author: str, grounds: Grounds) -> None:
    _check_mark(marking, author)
    require_all(marking.sheet(author).held(), grounds)
    if grounds.overall and marking.sheet(author).overall is None:
        mend = "Judge the whole, then close your sheet."
        raise Conflict("There is no global rating yet.", code="overall_missing", mend=mend)


def _check_draft(
    marking: Marking, author: str, step: DraftAccepted | DraftChanged | DraftRefused, grounds: Grounds
) -> None:
    _require_open(marking)
    if not sees_draft(marking, author, invited=author in grounds.invited | grounds.staff):
        raise _own_mark_first()
    if not isinstance(step, DraftChanged) and step.dimension not in grounds.draft:
        raise Conflict("There is no draft of this line.", code="no_draft", mend="Change the line with a reason.")
    if isinstance(step, DraftAccepted) and step.line != grounds.draft[step.dimension]:
        raise Conflict("The draft was made again since you saw it.", code="stale_draft", mend="Look at it once more.")


def _check_reconciled(marking: Marking, author: str) -> None:
    _require_open(marking)
    _require_own_mark(marking, author)
    if len(marking.closed()) < 2:
        mend = "Change the line with a reason."
        raise Conflict("Only one person has marked; nobody differs.", code="nobody_differs", mend=mend)


def _check_agreed(marking: Marking, author: str) -> None:
    _require_open(marking)
    _require_own_mark(marking, author)
    if not any(sheet.overall for sheet in marking.closed()):
        raise Conflict("Nobody has judged the whole.", code="overall_missing", mend="Leave it out.")


def _check_signature(marking: Marking, author: str, grounds: Grounds) -> None:
    _require_own_mark(marking, author)
    _require_open(marking)
    if open_sheets(marking, grounds.invited):
        mend = "Wait until their marks are in, or let their invitation be taken back."
        raise Conflict("Somebody else is still marking.", code="others_are_marking", mend=mend)
    if len(marking.closed()) < grounds.sheets:
        mend = "Wait until somebody else of the course's staff has marked it too."
        raise Conflict("This needs a second marker.", code="second_marker_needed", mend=mend)
    if marking.unanswered:
        raise Conflict("An appeal has no answer yet.", code="appeal_unanswered", mend="Answer it, then sign.")
    if found := [*differences(marking), *(["the whole"] if whole_differs(marking) else [])]:
        mend = f"Reconcile: {', '.join(found)}."
        raise Conflict("The markers differ.", code="not_reconciled", mend=mend)
    require_all(values(marking), grounds)


def open_sheets(marking: Marking, invited: Iterable[str]) -> list[str]:
    """Authors who were asked to mark, or have begun, and whose marks are not in."""
    return sorted(author for author in {*invited, *marking.sheets} if not marking.sheet(author).closed)


def require_all(held: Iterable[str], grounds: Grounds) -> None:
    """Raises `Conflict` unless every dimension is marked, or declared unrated or not applicable."""
    missing = [name for name in grounds.dimensions if name not in set(held)]
    if missing:
        mend = f"Mark these, or declare them unrated or not applicable: {', '.join(missing)}."
        raise Conflict("Some lines have no mark.", code="lines_missing", mend=mend)


def _check_reopening(marking: Marking, author: str, grounds: Grounds) -> None:
    _require_say(marking, author, grounds)
    _require_record(marking)
    if marking.open:
        raise Conflict("The marks are open already.", code="open_already", mend="Change them, then sign.")


def _check_appeal(marking: Marking, step: Appealed) -> None:
    _require_record(marking)
    about = [each for each in marking.appeals if each.dimension == step.dimension]
    if any(each.signature == len(marking.signatures) for each in about):
        raise Conflict("This line was appealed already.", code="appealed_already", mend="Read the answer to it.")


def _check_answer(marking: Marking, author: str, step: AppealAnswered, grounds: Grounds) -> None:
    _require_say(marking, author, grounds)
    if step.dimension not in {each.dimension for each in marking.unanswered}:
        raise Conflict("Nobody has appealed this line, or it was answered.", code="no_appeal")


def _check_rest(marking: Marking, step: DraftPolicy | SheetWithdrawn) -> None:
    if isinstance(step, DraftPolicy):
        if marking.sheets:
            raise Conflict("Marking has begun; what markers see stays as it is.", code="marking_begun")
    elif marking.sheet(step.author).closed:
        raise Conflict("Their marks are in, and part of the record.", code="has_marked")


def _require_open(marking: Marking) -> None:
    if not marking.open:
        raise Conflict("The marks are signed.", code="signed", mend="Reopen them with a reason.")


def _require_own_mark(marking: Marking, author: str) -> None:
    if not marking.sheet(author).closed:
        raise _own_mark_first()


def _require_say(marking: Marking, author: str, grounds: Grounds) -> None:
    """Once it is signed, any of the staff may see to it; else those who have marked."""
    if marking.record is None or author not in grounds.staff:
        _require_own_mark(marking, author)


def _own_mark_first() -> Conflict:
    mend = "Mark every line, then close your sheet."
    return Conflict("Your own marks come first.", code="own_mark_first", mend=mend)


def _require_record(marking: Marking) -> None:
    if marking.record is None:
        raise Conflict("Nothing is signed yet.", code="not_signed")
