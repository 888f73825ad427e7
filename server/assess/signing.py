"""The signed scorecard, and the record that is exported: signed values, and beside them all that they replace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from server.core.marking.marking import Marking, Sheet, Signature, Value, fold
from server.core.marking.steps import Line, Made, kind_of
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Evidence
from server.store.sql.texts import to_json

RECORD_FORMAT = "bedside-record-1"
Card = Mapping[str, Any]


class Kept(Protocol):
    """A step as the store has it."""

    @property
    def number(self) -> int: ...

    @property
    def made(self) -> Made: ...

    @property
    def at(self) -> datetime: ...


def marking_of(steps: Iterable[Kept]) -> Marking:
    """Where the marking stands."""
    return fold(each.made for each in steps)


def newest_draft(cards: Sequence[Card]) -> Card | None:
    """The draft that counts now, of all scorecards that were ever kept; None when there is none."""
    return next((card for card in reversed(cards) if card["status"] == "draft"), None)


def digest_of(card: Card) -> str:
    """SHA-256 of a scorecard."""
    return hashlib.sha256(to_json(card).encode()).hexdigest()


def corrected(card: Card | None) -> int:
    """How many accepted corrections of what was heard are in a scorecard."""
    return int(card["provenance"].get("corrected", "0")) if card else 0


def drafted(card: Card) -> dict[str, Line]:
    """The draft's lines by dimension; its rationale is their comment."""
    return {each["id"]: _line(each) for each in card["dimensions"]}


def _line(each: Mapping[str, Any]) -> Line:
    evidence = tuple(Evidence(**quote) for quote in each["evidence"])
    return Line(each["status"], each["level"], evidence, each["rationale"])


def dimensions_of(rubric: Rubric) -> tuple[str, ...]:
    """Ids of all its dimensions, of either kind, in order."""
    return (*(each.id for each in rubric.dimensions), *(each.id for each in rubric.weighed))


def signed_card(draft: Card, signature: Signature, at: datetime) -> dict[str, Any]:
    """The draft with the signed values in place of its own, which stand beside them."""
    lines = drafted(draft)
    dimensions = [_signed_line(name, value, lines.get(name)) for name, value in _ordered(draft, signature)]
    told = {"signed_by": signature.name, "signed_at": at.isoformat(), "draft_digest": signature.draft}
    return {**draft, "status": "signed", "dimensions": dimensions, "provenance": {**draft["provenance"], **told}}


def _ordered(draft: Card, signature: Signature) -> list[tuple[str, Value]]:
    """In the draft's order, then whatever the draft had not."""
    order = [each["id"] for each in draft["dimensions"] if each["id"] in signature.values]
    names = [*order, *(name for name in signature.values if name not in order)]
    return [(name, signature.values[name]) for name in names]


def _signed_line(name: str, value: Value, draft: Line | None) -> dict[str, Any]:
    return {
        "id": name,
        "level": value.line.level,
        "status": value.line.status,
        "evidence": [asdict(each) for each in value.line.evidence],
        "rationale": value.line.comment,
        "draft": None if draft is None else {"status": draft.status, "level": draft.level, "rationale": draft.comment},
        "how": value.how,
        "by": list(value.by),
        "reason": value.reason,
    }


def record(
    card: Card, marking: Marking, steps: Sequence[Kept], seen: Iterable[Kept], *, look_again: bool
) -> dict[str, Any]:
    """What is exported of a marking that was signed.

    `card` is the signed scorecard, `seen` the steps that its reader may see; `look_again`: the draft was made again.
    """
    signature = marking.signatures[-1]
    before = fold(each.made for each in steps[: signature.step])
    return {
        "format": RECORD_FORMAT,
        "rubric": card["rubric"],
        "signed": {
            "by": signature.name,
            "author": signature.author,
            "at": steps[signature.step - 1].at.isoformat(),
            "step": signature.step,
            "draft_digest": signature.draft,
            "rubric_digest": signature.rubric,
            "look_again": look_again,
        },
        "dimensions": card["dimensions"],
        "overall": [{"by": name, "rating": rating} for name, rating in signature.overall],
        "whole": asdict(signature.whole) if signature.whole else None,
        "marks": [_sheet(sheet) for sheet in before.closed()],
        "appeals": [asdict(each) for each in marking.appeals],
        "history": [history_line(each) for each in seen],
        "provenance": card["provenance"],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    """One person's own marks, as given before anything was shown to them, and what they made of them afterwards."""
    return {
        "by": sheet.name,
        "overall": sheet.overall,
        "own": {name: asdict(value.line) for name, value in sheet.own.items()},
        "afterwards": {
            name: {"how": value.how, "reason": value.reason, **asdict(value.line)}
            for name, value in sheet.decided.items()
        },
    }


def history_line(step: Kept) -> dict[str, Any]:
    """One step as the history tells it."""
    about = asdict(step.made.step)
    return {
        "number": step.number,
        "at": step.at.isoformat(),
        "by": step.made.name,
        "kind": kind_of(step.made.step),
        "dimension": about.get("dimension", ""),
        "line": about.get("line"),
        "reason": about.get("reason", ""),
        "turn": about.get("turn", ""),
        "rating": about.get("rating"),
    }
