"""How much was practised: counted by case and month, from logs. Nobody is named, and no word is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from server.store.sql.database import Database
from server.store.sql.tables import cases, encounters, events, scorecards
from server.store.sql.texts import from_json

_FAILED_HEARING = ("engine_failed", "engine_broken")


@dataclass(frozen=True)
class Used:
    """One case in one month (UTC)."""

    case_id: str
    month: str
    """E.g. `2026-11`."""
    encounters: int = 0
    ended: int = 0
    minutes: float = 0.0
    """Encounter time, of all together."""
    replies_failed: int = 0
    """Replies that never came."""
    replies_refused: int = 0
    """Replies of a model that could not be used; the case's own line was said in their place."""
    hearing_failed: int = 0
    """Utterances that the recogniser failed at."""
    tokens_in: int = 0
    """Sent to a chat model, as it counted them; 0 where none plays or none counts."""
    tokens_out: int = 0

    def __add__(self, other: Used) -> Used:
        names = ("encounters", "ended", "minutes", "replies_failed", "replies_refused", "hearing_failed", "tokens_in",
                 "tokens_out")  # fmt: skip
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class InUse:
    """One version of a case that encounters were held with."""

    case_id: str
    version: str
    digest: str
    encounters: int
    running: int
    """Of these, not ended."""
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class HeldWith:
    """One encounter that was held with a version; not whose."""

    id: str
    portrayal: str
    created_at: datetime
    ended: str
    """Why it ended; empty while it has not."""


@dataclass(frozen=True)
class RatedWith:
    """What drafts were made with."""

    rubric: str
    rubric_version: str
    rater: str
    hearing: str
    """Engine and kind; empty: typed, or not known."""
    encounters: int


class Usage:
    """Counts over one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_month(self) -> list[Used]:
        """Newest month first, then by case."""
        return await self._database.read(by_month)

    async def cases_in_use(self) -> list[InUse]:
        """By case, the version that was used last first."""
        return await self._database.read(cases_in_use)

    async def held_with(self, digest: str, limit: int) -> list[HeldWith]:
        """Encounters of one version of a case, newest first."""
        return await self._database.read(lambda connection: held_with(connection, digest, limit))

    async def rated_with(self) -> list[RatedWith]:
        """The most frequent first."""
        return await self._database.read(rated_with)


def by_month(connection: Connection) -> list[Used]:
    length = func.max(events.c.at_ms)
    query = (
        select(encounters.c.id, cases.c.case_id, encounters.c.created_at, encounters.c.ended, length.label("length"))
        .join(cases, cases.c.digest == encounters.c.case_digest)
        .join(events, events.c.encounter_id == encounters.c.id)
        .group_by(encounters.c.id, cases.c.case_id, encounters.c.created_at, encounters.c.ended)
    )
    told = _told_of(connection)
    found: dict[tuple[str, str], Used] = {}
    for row in connection.execute(query):
        key = row.case_id, f"{row.created_at:%Y-%m}"
        one = Used(*key, 1, int(bool(row.ended)), row.length / 60_000)
        found[key] = found.get(key, Used(*key)) + one + told.get(row.id, Used("", ""))
    by_case = sorted(found.values(), key=lambda each: each.case_id)
    return sorted(by_case, key=lambda each: each.month, reverse=True)


def _told_of(connection: Connection) -> dict[str, Used]:
    """Tokens and failures by encounter. Of a reply, only what tells them is read."""
    tokens = (events.c.kind == "ReplyWritten") & or_(
        events.c.body.not_like('%"tokens_in": 0%'), events.c.body.like('%"source": "fallback"%')
    )
    which = tokens | events.c.kind.in_(("ReplyFailed", "SpeechUnclear"))
    found: dict[str, Used] = {}
    for row in connection.execute(select(events.c.encounter_id, events.c.kind, events.c.body).where(which)):
        found[row.encounter_id] = found.get(row.encounter_id, Used("", "")) + _told_by(row.kind, from_json(row.body))
    return found


def _told_by(kind: str, body: dict[str, Any]) -> Used:
    if kind == "ReplyFailed":
        return Used("", "", replies_failed=1)
    if kind == "SpeechUnclear":
        return Used("", "", hearing_failed=int(body["reason"] in _FAILED_HEARING))
    refused = int(body.get("source") == "fallback")
    return Used(
        "", "", replies_refused=refused, tokens_in=body.get("tokens_in", 0), tokens_out=body.get("tokens_out", 0)
    )


def cases_in_use(connection: Connection) -> list[InUse]:
    running = func.count().filter(encounters.c.ended == "")
    last = func.max(encounters.c.created_at)
    query = (
        select(
            cases.c.case_id, cases.c.version, cases.c.digest, func.count(encounters.c.id).label("encounters"),
            running.label("running"), func.min(encounters.c.created_at).label("first_at"), last.label("last_at"),
        )
        .join(encounters, encounters.c.case_digest == cases.c.digest)
        .group_by(cases.c.case_id, cases.c.version, cases.c.digest)
        .order_by(cases.c.case_id, last.desc())
    )  # fmt: skip
    return [InUse(**row._mapping) for row in connection.execute(query)]


def held_with(connection: Connection, digest: str, limit: int) -> list[HeldWith]:
    columns = (encounters.c.id, encounters.c.portrayal, encounters.c.created_at, encounters.c.ended)
    query = select(*columns).where(encounters.c.case_digest == digest)
    rows = connection.execute(query.order_by(encounters.c.created_at.desc(), encounters.c.id).limit(limit))
    return [HeldWith(**row._mapping) for row in rows]


def rated_with(connection: Connection) -> list[RatedWith]:
    newest = select(func.max(scorecards.c.id)).group_by(scorecards.c.encounter_id)
    rows = connection.execute(select(scorecards.c.body).where(scorecards.c.id.in_(newest)))
    counted = Counter(_made_with(rows))
    return [RatedWith(*names, count) for names, count in counted.most_common()]


def _made_with(rows: Iterable[Row[Any]]) -> Iterable[tuple[str, str, str, str]]:
    for row in rows:
        card = from_json(row.body)
        rubric, made = card.get("rubric") or {}, card.get("provenance") or {}
        if rubric:
            yield rubric.get("id", ""), rubric.get("version", ""), made.get("rater", ""), made.get("hearing", "")
