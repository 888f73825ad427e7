"""Erasing somebody erases them: not a byte of what they said is left in any file of the database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from server.core.case import Case
from server.core.errors import NotFound
from server.core.events import Typed
from server.core.marking.steps import Line, Made, MarkGiven
from server.store.encounters.carried import CarriedItem
from server.store.marking.marks import Taken
from server.store.sql.tables import encounters
from server.store.sql.tables_of_a_lab import metadata
from server.store.store import Store
from tests.store.samples import entries, opened

CANARY = "quite-unmistakable-canary"
GONE, KEPT = "enc_gone", "enc_kept"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def fill(store: Store, case: Case, encounter_id: str, word: str) -> None:
    """An encounter long enough to spread over many pages and through the write-ahead log."""
    await store.create(case, opened(case, encounter_id), "local")
    for first in range(2, 302, 30):
        words = [Typed(f"{encounter_id}-{n}", f"{n} {word} " * 20) for n in range(first, first + 30)]
        await store.append(encounter_id, entries(first, words))
    await store.put_scorecard(encounter_id, "0" * 64, {"status": "draft", "quote": word})
    await store.put_carried(encounter_id, "act-2", [CarriedItem("C", word, "trust", 4)])
    await store.add_observer(f"obs_{encounter_id}", encounter_id)
    await store.put_sheet(f"obs_{encounter_id}", {"notes": word})
    marker = await store.add_marker(f"mrk_{encounter_id}", encounter_id, word)
    mark = Made(marker.author, word, MarkGiven("support", Line("rated", 2, (), word)))
    await store.take_marking_step(encounter_id, lambda _, __: Taken(mark))
    await store.add_sign_in("cookie", f"hash of {encounter_id}", marker.author, LONG_AGO, LONG_AGO + timedelta(days=1))
    await store.mark_ended(encounter_id, "learner")


def sightings(folder: Path, word: str) -> dict[str, int]:
    """How often a word stands in each file."""
    found = {path.name: path.read_bytes().count(word.encode()) for path in folder.iterdir()}
    return {name: count for name, count in found.items() if count}


async def test_no_byte_is_left(sqlite_store: Store, file: Path, case: Case) -> None:
    await fill(sqlite_store, case, KEPT, "another-word")
    await fill(sqlite_store, case, GONE, CANARY)
    assert sum(sightings(file.parent, CANARY).values()) > 6_000
    await sqlite_store.erase(GONE)
    assert sightings(file.parent, CANARY) == {}
    assert sightings(file.parent, GONE) == {}
    assert len((await sqlite_store.read(KEPT))[1]) == 301


async def test_erasing_while_others_read_and_write(sqlite_store: Store, file: Path, case: Case) -> None:
    import asyncio

    for number in range(3):
        await fill(sqlite_store, case, f"{GONE}{number}", CANARY)
    await fill(sqlite_store, case, KEPT, "another-word")
    work = [sqlite_store.erase(f"{GONE}{number}") for number in range(3)]
    others = [sqlite_store.append(KEPT, entries(seq, [Typed(f"{seq}", "x")])) for seq in range(302, 342)]
    await asyncio.gather(*work, *others, *[sqlite_store.read(KEPT) for _ in range(40)])
    await sqlite_store.database.scrub()
    assert sightings(file.parent, CANARY) == {}
    assert len((await sqlite_store.read(KEPT))[1]) == 341


async def test_every_table_forgets(store: Store, case: Case) -> None:
    """Whatever table comes later: a row that names the encounter goes with it."""
    await fill(store, case, GONE, CANARY)
    await store.erase(GONE)
    naming = [(key.parent, key.parent.table) for table in metadata.tables.values() for key in table.foreign_keys
              if key.column is encounters.c.id]  # fmt: skip
    filled = {"events", "scorecards", "carried", "observers", "markers", "marks"}
    assert {table.name for _, table in naming} >= filled
    for column, table in [*naming, (encounters.c.id, encounters)]:
        count = select(func.count()).select_from(table).where(column == GONE)
        assert await store.database.read(lambda c, count=count: c.execute(count).scalar_one()) == 0  # type: ignore[misc]
    assert await store.find_sign_in("cookie", f"hash of {GONE}", LONG_AGO) is None, "whoever marked is signed out"
    with pytest.raises(NotFound):
        await store.info(GONE)
    with pytest.raises(NotFound):
        await store.erase(GONE)
