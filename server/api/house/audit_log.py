"""/api/house/audit: who did what to whose things. It is only added to, and whether that is so can be verified."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from server.api.access import Someone
from server.api.csv_text import answer_csv
from server.api.house.audit_words import ids_in, sentence, who_did, words_for
from server.api.house.moments import Moment, in_utc
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tickets import LOCAL
from server.store.audit import AuditRow, Which
from server.store.house.called import called
from server.store.sql.texts import to_json

router = APIRouter(prefix="/api/house/audit", tags=["house"], responses=responses(401, 403))
Word = Annotated[str, Query(max_length=100)]
BY_ITSELF = "bedside"
KNOWN = frozenset({"", LOCAL, "nobody"})
"""Who did something and is no account."""
MOST_IN_FILE = 100_000
COLUMNS = ("seq", "at", "what", "who", "name", "action", "subject", "details", "hash")


class AuditEntry(Answer):
    """One thing that was done."""

    seq: int
    at: datetime
    says: str
    """A sentence with names as they are now."""
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


class Kind(Answer):
    """One kind of thing that was ever done here."""

    action: str
    words: str


class Actor(Answer):
    """Somebody who ever did something that was noted."""

    id: str
    name: str


class AuditPage(Answer):
    """Newest first."""

    rows: list[AuditEntry]
    next: int | None
    """Give it as `before` for the page after this one; null: this is the last."""
    kinds: list[Kind]
    """To filter by; by their words."""
    actors: list[Actor]
    """To filter by; by name."""


class Verified(Answer):
    """Whether the chain holds."""

    rows: int
    broken_at: int | None
    """The first row that is not what was written, or before which one is missing."""
    newest: str
    """Hash of the newest row: kept elsewhere, it shows whether rows at the end were taken away."""


def wanted(
    actor: Word = "",
    action: Word = "",
    subject: Word = "",
    since: Moment | None = None,
    until: Moment | None = None,
) -> Which:
    """The filters are exact; `actor=bedside` is what Bedside did by itself, `until` is the moment before which."""
    return Which(
        None if not actor else "" if actor == BY_ITSELF else actor, action, subject,
        since and in_utc(since, "since"), until and in_utc(until, "until"),
    )  # fmt: skip


Wanted = Annotated[Which, Depends(wanted)]


@router.get("", responses=responses(422))
async def read_audit(
    given: Given,
    _: Someone,
    which: Wanted,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> AuditPage:
    """A page of it."""
    rows = await given.store.audit.rows(limit + 1, before, which)
    shown = await _entries(given, rows[:limit])
    kinds = [Kind(action=each, words=words_for(each)) for each in await given.store.audit.actions()]
    return AuditPage(
        rows=shown, next=shown[-1].seq if len(rows) > limit else None,
        kinds=sorted(kinds, key=lambda each: each.words), actors=await _actors(given),
    )  # fmt: skip


@router.get("/file.csv", response_class=Response, responses=responses(422))
async def take_audit(given: Given, person: Someone, which: Wanted) -> Response:
    """The newest 100,000 of these rows for a spreadsheet. That it was taken is noted too."""
    await given.store.audit.note(person.id, "audit_exported")
    rows = await _entries(given, await given.store.audit.rows(MOST_IN_FILE, None, which))
    lines = (
        (each.seq, each.at.isoformat(), each.says, each.actor, each.name, each.action, each.subject,
         to_json(each.details), each.hash) for each in rows
    )  # fmt: skip
    return await asyncio.to_thread(answer_csv, "bedside-audit.csv", COLUMNS, lines)


@router.post("/verify")
async def verify_audit(given: Given, _: Someone) -> Verified:
    """Reads every row."""
    newest = await given.store.audit.rows(1)
    broken = await given.store.audit.broken_at()
    return Verified(rows=newest[0].seq if newest else 0, broken_at=broken, newest=newest[0].hash if newest else "")


async def _entries(given: Services, rows: list[AuditRow]) -> list[AuditEntry]:
    names = {LOCAL: "the start link"} | await called(given.store.database, ids_in(rows))
    return [
        AuditEntry(
            seq=row.seq, at=row.at, says=sentence(row, names), actor=row.actor, name=names.get(row.actor, ""),
            action=row.action, subject=row.subject, subject_name=names.get(row.subject, ""), details=row.body,
            hash=row.hash,
        )
        for row in rows
    ]  # fmt: skip


async def _actors(given: Services) -> list[Actor]:
    """Guests, who have no name, are found by what they did."""
    ids = await given.store.audit.actors()
    names = await called(given.store.database, ids)
    found = [Actor(id=each or BY_ITSELF, name=who_did(each, names)) for each in ids if each in names or each in KNOWN]
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))
