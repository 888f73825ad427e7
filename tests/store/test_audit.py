"""The audit: a chain in which every change is found."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import delete, update

from server.store.audit import Which
from server.store.sql.tables_of_a_lab import audit
from server.store.store import Store


async def filled(store: Store, rows: int = 5) -> None:
    for number in range(rows):
        await store.audit.note("ann", "role_changed", f"acc_{number}", before=["student"], after=["faculty"])


async def test_rows_are_read_newest_first_and_the_chain_holds(store: Store) -> None:
    await filled(store)
    assert [row.seq for row in await store.audit.rows()] == [5, 4, 3, 2, 1]
    assert [row.subject for row in await store.audit.rows(limit=2, before=4)] == ["acc_2", "acc_1"]
    assert (await store.audit.rows(limit=1))[0].body == {"before": ["student"], "after": ["faculty"]}
    assert await store.audit.broken_at() is None


async def test_rows_of_one_person_and_one_day(store: Store) -> None:
    for day, actor in enumerate(("ann", "", "ben", "ann"), 1):
        await store.audit.note(actor, "signed_in")
        change = update(audit).where(audit.c.seq == day).values(at=datetime(2026, 3, day, 12, tzinfo=UTC))
        await store.database.write(lambda connection, change=change: connection.execute(change))  # type: ignore[misc]

    async def found(**values: Any) -> list[int]:
        return [row.seq for row in await store.audit.rows(which=Which(**values))]

    assert await found() == [4, 3, 2, 1]
    assert await found(actor="ann") == [4, 1]
    assert await found(actor="") == [2], "what Bedside did by itself"
    noon = datetime(2026, 3, 2, 13, tzinfo=timezone(timedelta(hours=1)))
    assert await found(since=noon) == [4, 3, 2]
    assert await found(since=noon, until=noon + timedelta(days=1)) == [2]
    assert await store.audit.actors() == ["", "ann", "ben"]


@pytest.mark.parametrize("column", ["actor", "action", "subject", "body", "before", "hash"])
async def test_a_changed_row_is_named(store: Store, column: str) -> None:
    await filled(store)
    change = update(audit).where(audit.c.seq == 3).values(**{column: "{}" if column == "body" else "x"})
    await store.database.write(lambda connection: connection.execute(change))
    assert await store.audit.broken_at() == 3


async def test_a_row_that_was_taken_out_is_missed(store: Store) -> None:
    await filled(store)
    await store.database.write(lambda connection: connection.execute(delete(audit).where(audit.c.seq == 2)))
    assert await store.audit.broken_at() == 2
