"""Rules of the whole installation: a freeze for an exam window, and what is kept for how long. One row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, delete, insert, select, update

from server.core.errors import Conflict, NotFound
from server.store.audit import note
from server.store.house.called import REMOVED, names
from server.store.sql import postgres
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import house_rules
from server.store.sql.texts import from_json, to_json

Frozen = Literal["engines", "cases", "rubrics"]
"""What a freeze may keep as it is."""
FROZEN: tuple[Frozen, ...] = get_args(Frozen)
_DOES = {
    "engines": "no engine is changed",
    "cases": "no case is published or retired",
    "rubrics": "no rubric and no calibration is changed",
}


@dataclass(frozen=True)
class Freeze:
    """From when until when nothing of `what` changes."""

    begins: datetime
    until: datetime
    what: tuple[Frozen, ...]
    why: str = ""
    """For those who meet it, e.g. `OSCE week`."""
    as_it_was: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By part of the house, what was in use when it was set: names with their versions."""
    by: str = ""
    """The name of whoever set it, as it is now; empty: an account that is gone, or a freeze of an earlier version."""

    def holds(self, what: Frozen, now: datetime) -> bool:
        """Whether `what` may not be changed at this moment; `until` itself is free again."""
        return what in self.what and self.begins <= now < self.until


class HouseRules:
    """The rules of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def freeze(self) -> Freeze | None:
        """The one that was set last, also before it begins and after it ended; None: none."""
        return await self._database.read(find_freeze)

    async def put_freeze(self, freeze: Freeze, by: str) -> Freeze:
        """In place of any other, and as it is from now on; it is noted who did it."""
        return await self._database.write(lambda connection: put_freeze(connection, freeze, by))

    async def lift_freeze(self, by: str) -> None:
        """Raises `NotFound` where there is none."""
        await self._database.write(lambda connection: lift_freeze(connection, by))

    async def rule(self, name: str) -> dict[str, Any]:
        """Empty where it was never set."""
        return await self._database.read(lambda connection: find_rule(connection, name))

    async def put_rule(self, name: str, by: str, **values: Any) -> None:
        """Set these values of a rule; it is noted who did it, with the old ones."""
        await self._database.write(lambda connection: change_rule(connection, name, by, values))

    async def begin_night(self, seen: datetime | None, now: datetime) -> bool:
        """Whether it is for whoever asks to do the night's work: of several processes, for one."""
        return await self._database.write(lambda connection: begin_night(connection, seen, now))


def refuse_frozen(connection: Connection, what: Frozen) -> None:
    """For the unit that would change it: a freeze cannot begin in between. Raises `Conflict`."""
    refuse(find_freeze(connection), what, utc_now())


def refuse(freeze: Freeze | None, what: Frozen, now: datetime) -> None:
    """Raises `Conflict` where `freeze` holds `what`, with who set it, until when and why."""
    if freeze is None or not freeze.holds(what, now):
        return
    until = f"{freeze.until:%d %B %Y, %H:%M} UTC"
    why = f" ({freeze.why})" if freeze.why else ""
    by = f" {freeze.by} froze it." if freeze.by else ""
    mend = "Do it afterwards, or ask an administrator to lift the freeze."
    raise Conflict(f"Until {until} {_DOES[what]}{why}.{by}", code="frozen", mend=mend)


def find_freeze(connection: Connection) -> Freeze | None:
    body = find_rule(connection, "freeze")
    if not body:
        return None
    begins, until = (datetime.fromisoformat(body[name]) for name in ("begins", "until"))
    by = _setter(connection, body.get("by", ""))
    return Freeze(begins, until, tuple(body["what"]), body["why"], body["as_it_was"], by)


def _setter(connection: Connection, by: str) -> str:
    name = names(connection, [by]).get(by, "")
    return "Whoever has the start link" if by == "local" else "" if name == REMOVED else name


def put_freeze(connection: Connection, freeze: Freeze, by: str) -> Freeze:
    told = {
        "begins": freeze.begins.isoformat(), "until": freeze.until.isoformat(), "what": list(freeze.what),
        "why": freeze.why,
    }  # fmt: skip
    put_rule(connection, "freeze", told | {"as_it_was": freeze.as_it_was, "by": by})
    note(connection, by, "freeze_set", "", **told)
    return replace(freeze, by=_setter(connection, by))


def lift_freeze(connection: Connection, by: str) -> None:
    """Raises `NotFound` where there is none."""
    if connection.execute(delete(house_rules).where(house_rules.c.name == "freeze")).rowcount == 0:
        raise NotFound("Nothing is frozen.", code="not_frozen")
    note(connection, by, "freeze_lifted")


def begin_night(connection: Connection, seen: datetime | None, now: datetime) -> bool:
    """`seen`: when it was begun last, as the caller knows it; somebody else may have begun since."""
    if connection.dialect.name == "postgresql":
        postgres.one_at_a_time(connection)
    found = find_rule(connection, "last_night")
    if (datetime.fromisoformat(found["at"]) if found else None) != seen:
        return False
    put_rule(connection, "last_night", {"at": now.isoformat()})
    return True


def find_rule(connection: Connection, name: str) -> dict[str, Any]:
    body = connection.execute(select(house_rules.c.body).where(house_rules.c.name == name)).scalar_one_or_none()
    found: dict[str, Any] = from_json(body) if body else {}
    return found


def put_rule(connection: Connection, name: str, body: Mapping[str, Any]) -> None:
    values = {"body": to_json(body), "changed_at": utc_now()}
    changed = connection.execute(update(house_rules).where(house_rules.c.name == name).values(**values))
    if changed.rowcount == 0:
        connection.execute(insert(house_rules), {"name": name, **values})


def change_rule(connection: Connection, name: str, by: str, values: Mapping[str, Any]) -> None:
    old = find_rule(connection, name)
    put_rule(connection, name, {**old, **values})
    before = {each: old.get(each) for each in values}
    note(connection, by, "rule_changed", name, old=before, new=dict(values))
