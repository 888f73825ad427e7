"""/api/house/audit: who did what to whose things. It is only added to, and whether that is so can be verified."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from server.api.access import Someone
from server.api.csv_text import answer_csv
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tickets import LOCAL
from server.store.audit import AuditRow
from server.store.sql.texts import to_json

router = APIRouter(prefix="/api/house/audit", tags=["house"], responses=responses(401, 403))
Word = Annotated[str, Query(max_length=100)]
MOST_IN_FILE = 100_000
COLUMNS = ("seq", "at", "who", "name", "action", "subject", "details", "hash")


class AuditEntry(Answer):
    """One thing that was done."""

    seq: int
    at: datetime
    actor: str
    name: str
    """Of the account; `removed user` once it was erased, empty for who has none."""
    action: str
    subject: str
    """Id of what it was done to."""
    subject_name: str
    details: dict[str, Any]
    """Old and new values; never words of an encounter."""
    hash: str


class AuditPage(Answer):
    """Newest first."""

    rows: list[AuditEntry]
    next: int | None
    """Give it as `before` for the page after this one; null: this is the last."""
    actions: list[str]
    """Every kind of thing that was ever done here, to filter by."""


class Verified(Answer):
    """Whether the chain holds."""

    rows: int
    broken_at: int | None
    """The first row that is not what was written, or before which one is missing."""
    newest: str
    """Hash of the newest row: kept elsewhere, it shows whether rows at the end were taken away."""


@router.get("", responses=responses(422))
async def read_audit(
    given: Given,
    _: Someone,
    action: Word = "",
    actor: Word = "",
    subject: Word = "",
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AuditPage:
    """A page of it; the filters are exact."""
    rows = await given.store.audit.filtered(limit + 1, before, action=action, actor=actor, subject=subject)
    shown = await _entries(given, rows[:limit])
    more = shown[-1].seq if len(rows) > limit else None
    return AuditPage(rows=shown, next=more, actions=await given.store.audit.actions())


@router.get("/file.csv", response_class=Response)
async def take_audit(given: Given, person: Someone) -> Response:
    """The newest 100,000 rows for a spreadsheet. That it was taken is noted too."""
    await given.store.audit.note(person.id, "audit_exported")
    rows = await _entries(given, await given.store.audit.rows(MOST_IN_FILE))
    lines = (
        (each.seq, each.at.isoformat(), each.actor, each.name, each.action, each.subject, to_json(each.details),
         each.hash) for each in rows
    )  # fmt: skip
    return answer_csv("bedside-audit.csv", COLUMNS, lines)


@router.post("/verify")
async def verify_audit(given: Given, _: Someone) -> Verified:
    """Reads every row."""
    newest = await given.store.audit.rows(1)
    broken = await given.store.audit.broken_at()
    return Verified(rows=newest[0].seq if newest else 0, broken_at=broken, newest=newest[0].hash if newest else "")


async def _entries(given: Services, rows: list[AuditRow]) -> list[AuditEntry]:
    found = await given.store.people.several({*(row.actor for row in rows), *(row.subject for row in rows)})
    names = {key: account.name or "removed user" for key, account in found.items()} | {LOCAL: "the start link"}
    return [
        AuditEntry(
            seq=row.seq, at=row.at, actor=row.actor, name=names.get(row.actor, ""), action=row.action,
            subject=row.subject, subject_name=names.get(row.subject, ""), details=row.body, hash=row.hash,
        )
        for row in rows
    ]  # fmt: skip
