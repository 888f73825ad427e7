"""A backup made while others write, and what may happen to its file before somebody needs it."""

import asyncio
import json
import sqlite3
import stat
import zipfile
from contextlib import closing
from dataclasses import asdict
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random

import pytest

from server.core.case import Case
from server.core.errors import SetupError
from server.core.events import Typed
from server.store.house.backup import HEADER_BYTES, Backup, make_backup, sealed
from server.store.house.restoring import examine, restore
from server.store.sql.schema import REVISIONS
from server.store.store import Store
from tests.store.samples import entries, opened

WRITERS, BEFORE = 6, 40


def log_hash(log: list[object]) -> str:
    """Of what was said, to the letter."""
    return sha256(repr(log).encode()).hexdigest()


async def write_turns(
    store: Store, encounter_id: str, acknowledged: dict[str, int], begun: asyncio.Event, enough: asyncio.Event
) -> None:
    """One turn after the other; each is acknowledged when its commit is done."""
    for seq in count(2):
        if enough.is_set():
            return
        await store.append(encounter_id, entries(seq, [Typed(f"{encounter_id}-{seq}", f"turn {seq} " * 30)]))
        acknowledged[encounter_id] = seq
        if seq == BEFORE:
            begun.set()


async def test_everything_acknowledged_before_it_is_in_it(sqlite_store: Store, file: Path, case: Case) -> None:
    ids, acknowledged = [f"enc_{n}" for n in range(WRITERS)], dict[str, int]()
    begun, enough = asyncio.Event(), asyncio.Event()
    for encounter_id in ids:
        await sqlite_store.create(case, opened(case, encounter_id), "local")
    writing = [asyncio.create_task(write_turns(sqlite_store, each, acknowledged, begun, enough)) for each in ids]
    await begun.wait()
    before = dict(acknowledged)
    made = await asyncio.to_thread(make_backup, file, file.parent / "one.backup")
    enough.set()
    await asyncio.gather(*writing)
    assert sum(acknowledged.values()) > sum(before.values()), "they wrote while it was made"
    there = {each: (await sqlite_store.read(each))[1] for each in ids}
    elsewhere = file.parent.parent / "elsewhere" / "bedside.db"
    restore(made.file, elsewhere, (), named=False)
    again = await Store.open(f"sqlite:///{elsewhere}")
    try:
        for each in ids:
            log = (await again.read(each))[1]
            assert len(log) >= before[each] >= 2
            assert log_hash([*log]) == log_hash([*there[each][: len(log)]])
        assert await again.audit.broken_at() is None
        assert [row.action for row in await again.audit.rows()] == ["backup_restored"]
    finally:
        await again.close()


@pytest.fixture
async def saved(sqlite_store: Store, file: Path, case: Case) -> Backup:
    """Of a database with one encounter, which is closed afterwards."""
    await sqlite_store.create(case, opened(case, "enc_1"), "local")
    await sqlite_store.append("enc_1", entries(2, [Typed("c", "word " * 50)]))
    (file.parent / "calibration.json").write_text('{"kept": true}')
    made = make_backup(file, file.parent.parent / "saved", (file.parent / "calibration.json", file.parent / "none"))
    await sqlite_store.close()
    return made


def test_it_is_private_and_overwrites_nothing(saved: Backup, file: Path) -> None:
    assert stat.S_IMODE(saved.file.stat().st_mode) == 0o600
    whole = saved.file.read_bytes()
    with pytest.raises(SetupError, match="never overwrites"):
        make_backup(file, saved.file)
    assert saved.file.read_bytes() == whole
    assert not [path.name for path in saved.file.parent.iterdir() if path.name.startswith(".")]
    with zipfile.ZipFile(saved.file) as packed:
        assert set(packed.namelist()) == {"bedside.db", "calibration.json", "manifest.json"}


def test_a_byte_that_was_changed_is_found_wherever_it_is(saved: Backup, tmp_path: Path) -> None:
    whole, chance = saved.file.read_bytes(), Random(14)
    for place in [*range(HEADER_BYTES + 2), *chance.sample(range(len(whole)), 60), len(whole) - 1]:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        (tmp_path / "bad").write_bytes(changed)
        with pytest.raises(SetupError):
            examine(tmp_path / "bad")
    for length in (0, 5, HEADER_BYTES, HEADER_BYTES + 1, len(whole) // 2, len(whole) - 1):
        (tmp_path / "bad").write_bytes(whole[:length])
        with pytest.raises(SetupError):
            examine(tmp_path / "bad")
    assert examine(saved.file).manifest == saved.manifest


def test_what_was_there_is_kept_aside(saved: Backup, file: Path) -> None:
    others = (file.parent / "calibration.json",)
    with pytest.raises(SetupError, match="Name it with --data"):
        restore(saved.file, file, others, named=False)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE encounters SET owner = 'somebody else'")
    others[0].write_text("changed since")
    done = restore(saved.file, file, others, named=True)
    assert done.aside is not None
    assert (done.aside / "calibration.json").read_text() == "changed since"
    assert others[0].read_text() == '{"kept": true}'
    assert owner_in(file) == "local"
    assert owner_in(done.aside / "bedside.db") == "somebody else"


def owner_in(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        found: str = connection.execute("SELECT owner FROM encounters").fetchone()[0]
    return found


async def test_not_over_a_running_service(saved: Backup, file: Path) -> None:
    running = await Store.open(f"sqlite:///{file}")
    try:
        with pytest.raises(SetupError, match="Another Bedside is using"):
            restore(saved.file, file, (), named=True)
    finally:
        await running.close()


def test_a_failed_restore_changes_nothing(saved: Backup, file: Path) -> None:
    before = file.read_bytes()
    repack(saved, lambda parts: parts | {"bedside.db": parts["bedside.db"][:-4096]})
    with pytest.raises(SetupError, match="damaged"):
        restore(saved.file, file, (), named=True)
    assert file.read_bytes() == before
    assert not list(file.parent.glob("before-restore-*"))


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_one_that_was_stopped_leaves_nothing(saved: Backup, file: Path, share: float) -> None:
    class Stopped(Exception): ...

    def tell(done: int, of: int) -> None:
        if done > share * of:
            raise Stopped

    with pytest.raises(Stopped):
        make_backup(file, file.parent / "stopped", tell=tell)
    assert not [path.name for path in file.parent.iterdir() if "stopped" in path.name]


def test_a_newer_schema_is_told(saved: Backup) -> None:
    repack(saved, lambda parts: parts, tables="0099")
    with pytest.raises(SetupError, match=r"tables \(0099\) are newer than this one's .* Update Bedside"):
        examine(saved.file)


async def test_an_older_schema_is_brought_up_to_date(saved: Backup, tmp_path: Path) -> None:
    """As it was before there was a lab."""

    def aged(parts: dict[str, bytes]) -> dict[str, bytes]:
        (tmp_path / "old.db").write_bytes(parts["bedside.db"])
        with closing(sqlite3.connect(tmp_path / "old.db")) as connection, connection:
            for table in LAB:
                connection.execute(f"DROP TABLE {table}")
            connection.execute("UPDATE alembic_version SET version_num = '0004'")
        return parts | {"bedside.db": (tmp_path / "old.db").read_bytes()}

    repack(saved, aged, tables="0004")
    place = tmp_path / "new" / "bedside.db"
    done = restore(saved.file, place, (), named=False)
    assert done.examined.older
    again = await Store.open(f"sqlite:///{place}", reading=True)
    try:
        assert len((await again.read("enc_1"))[1]) == 2
        assert [row.action for row in await again.audit.rows()] == ["backup_restored"]
    finally:
        await again.close()


LAB = (
    "attempts", "shares", "remarks", "kept_lists", "case_editions", "case_remarks", "case_files", "assignments",
    "course_people", "courses", "accounts", "failed_sign_ins", "tasks", "audit", "house_rules",
)  # fmt: skip
assert REVISIONS[-1] == "0005", "a newer migration: say here which tables are younger than 0004"


def repack(saved: Backup, change: object, **claims: str) -> None:
    """As somebody would who makes a file whose checksums are all right."""
    with zipfile.ZipFile(saved.file) as packed:
        parts = {name: packed.read(name) for name in saved.manifest.parts}
    parts = change(parts)  # type: ignore[operator]
    told = asdict(saved.manifest) | claims
    told["parts"] = {name: {"size": len(body), "sha256": sha256(body).hexdigest()} for name, body in parts.items()}
    with saved.file.open("wb") as raw:
        raw.write(b"\0" * HEADER_BYTES)
        with zipfile.ZipFile(raw, "w") as packed:
            for name, body in parts.items():
                packed.writestr(name, body)
            packed.writestr("manifest.json", json.dumps(told))
    sealed(saved.file)


async def test_what_was_erased_since_is_named(sqlite_store: Store, file: Path, case: Case) -> None:
    await sqlite_store.create(case, opened(case, "enc_1"), "local")
    made = make_backup(file, file.parent / "before")
    await sqlite_store.erase("enc_1")
    await sqlite_store.audit.note("local", "encounter_erased", "enc_1")
    await sqlite_store.close()
    assert restore(made.file, file, (), named=True).erased_since == ("enc_1",)
