"""/api/grading/assignments/{id}/marks.csv and .json: every signed line, and what each marker and the draft had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Response

from server.api.access import Person, Someone
from server.api.csv_text import Value, answer_csv
from server.api.grading.queue import Seen, names_of, of_others, seen_by
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.assess.signing import drafted
from server.core.errors import NotFound
from server.core.marking.marking import Signature
from server.core.marking.marking import Value as Held
from server.core.marking.steps import Line

router = APIRouter(prefix="/api/grading/assignments", tags=["grading"], responses=responses(401, 403))
FORMAT = "bedside-marks-1"
COLUMNS = (
    "encounter", "course", "assignment", "learner", "attempt", "case", "case_version", "case_digest", "rubric",
    "rubric_version", "rubric_digest", "dimension", "rater", "kind", "status", "level", "how", "comment", "reason",
    "quotes", "overall", "signed_by", "signed_at", "released_at",
)  # fmt: skip
"""`kind`: signed (the record), first (as a marker gave it before seeing anything), now (as they held it afterwards), or
draft (the program's).
"""
Row = dict[str, Value]


class MarksFile(Answer):
    """One row a line, a rater and a kind."""

    format: str
    rows: list[dict[str, Any]]


@router.get("/{assignment_id}/marks.csv", responses=responses(404), response_class=Response)
async def marks_csv(assignment_id: str, given: Given, person: Someone) -> Response:
    """What faculty signed, of everybody else. Text is text, whatever it begins with; the download is written down."""
    rows = await _rows(given, person, assignment_id)
    return answer_csv(f"marks-{assignment_id}.csv", COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


@router.get("/{assignment_id}/marks.json", responses=responses(404))
async def marks_json(assignment_id: str, given: Given, person: Someone) -> MarksFile:
    """The same."""
    return MarksFile(format=FORMAT, rows=await _rows(given, person, assignment_id))


async def _rows(given: Services, person: Person, assignment_id: str) -> list[Row]:
    """Raises `NotFound` where it is not of the person's courses, or nobody has made an attempt."""
    every = await given.store.grading.waiting(person.id, "", assignment_id)
    if not every:
        mend = "GET /api/courses lists yours; an assignment without attempts has no marks."
        raise NotFound("There is no such assignment, or nothing in it.", code="assignment_not_found", mend=mend)
    names = await names_of(given, every)
    others = of_others(every, person.id)
    signed = [each for each in await seen_by(given, person.id, others) if each.marking.record]
    await given.store.audit.note_looks(person.id, "marks_read", [each.waiting.encounter_id for each in signed])
    await given.store.audit.note(person.id, "marks_exported", assignment_id, encounters=len(signed))
    return [row for each in signed for row in _of_one(each, names[each.waiting.encounter_id])]


def _of_one(seen: Seen, learner: str) -> Iterator[Row]:
    record, shared = seen.marking.record, _shared(seen, learner)
    if record is None:
        return
    yield from _signed(record, shared)
    for sheet in seen.marking.closed():
        theirs = {**shared, "rater": sheet.name, "overall": sheet.overall}
        for name, value in sheet.own.items():
            yield {**theirs, **_line(name, "first", value.line)}
        for name, value in sheet.decided.items():
            yield {**theirs, **_line(name, "now", value.line, value)}
    for name, line in drafted(seen.about.draft or {"dimensions": ()}).items():
        yield {**shared, **_line(name, "draft", line), "rater": _rater(seen)}


def _signed(record: Signature, shared: Row) -> Iterator[Row]:
    together = "; ".join(f"{name}: {rating}" for name, rating in _wholes(record))
    for name, value in record.values.items():
        yield {**shared, **_line(name, "signed", value.line, value), "rater": ", ".join(value.by), "overall": together}


def _wholes(record: Signature) -> list[tuple[str, str]]:
    """Everybody's judgement of the whole, and last the one that was agreed on, where one was."""
    agreed = [("agreed", record.whole.rating)] if record.whole and record.whole.reason else []
    return [*record.overall, *agreed]


def _line(dimension: str, kind: str, line: Line, value: Held | None = None) -> Row:
    quotes = "\n".join(f"{each.turn}: {each.quote}" for each in line.evidence if each.role != "examined")
    how, reason = (value.how, value.reason) if value else ("", "")
    return {
        "dimension": dimension, "kind": kind, "status": line.status, "level": line.level, "comment": line.comment,
        "quotes": quotes, "how": how, "reason": reason,
    }  # fmt: skip


def _shared(seen: Seen, learner: str) -> Row:
    """What every row of one encounter begins with; `signed` is the card of the last signature."""
    each, card, record = seen.waiting, seen.about.signed or {}, seen.marking.record
    rubric: Mapping[str, str] = card.get("rubric", {})
    told: Row = dict.fromkeys(COLUMNS)
    return told | {
        "encounter": each.encounter_id,
        "course": each.course,
        "assignment": each.title,
        "learner": learner,
        "attempt": each.number,
        "case": each.case_id,
        "case_version": each.case_version,
        "case_digest": each.case_digest,
        "rubric": rubric.get("id"),
        "rubric_version": rubric.get("version"),
        "rubric_digest": rubric.get("digest"),
        "signed_by": record.name if record else None,
        "signed_at": card.get("provenance", {}).get("signed_at"),
        "released_at": each.released_at.isoformat() if each.released_at else None,
    }


def _rater(seen: Seen) -> str:
    return str((seen.about.draft or {}).get("provenance", {}).get("rater", "draft"))
