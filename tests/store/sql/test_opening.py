"""What may stand where the database should be, and the sentence that each gets. Nothing found is ever overwritten."""

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from server.core.case import Case
from server.core.errors import SetupError, StoreError
from server.store.sql import sqlite
from server.store.sql.database import Database, open_engines
from server.store.sql.schema import REVISIONS
from server.store.store import Store
from tests.store.samples import entries, opened


def address(file: Path) -> str:
    return f"sqlite:///{file}"


def make(file: Path) -> None:
    """A database with nothing in it, closed."""
    open_engines(address(file)).close()


def modes_in(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


async def test_a_new_database_is_readable_by_its_owner_only(sqlite_store: Store, file: Path, case: Case) -> None:
    await sqlite_store.create(case, opened(case), "local")
    modes = modes_in(file.parent)
    assert modes == dict.fromkeys(["bedside.db", "bedside.db-wal", "bedside.db-shm", "bedside.db.lock"], 0o600)
    assert modes_in(file.parent.parent)["data"] == 0o700


async def test_it_is_as_durable_as_sqlite_can_be(sqlite_store: Store) -> None:
    def pragmas(connection: object) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "application_id", "busy_timeout")
        return [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names]  # type: ignore[attr-defined]

    found = await sqlite_store.database.write(pragmas)
    assert found == ["wal", 2, 1, 1, sqlite.APPLICATION_ID, 5_000]


def empty(file: Path) -> None:
    file.write_bytes(b"")


def letter(file: Path) -> None:
    file.write_text("Dear Eileen,\n" * 20)


def other_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize("plant", [empty, letter, other_program, folder])
def test_what_is_no_database_of_ours_is_named_and_kept(tmp_path: Path, plant: Callable[[Path], None]) -> None:
    file = tmp_path / "bedside.db"
    plant(file)
    before = file.read_bytes() if file.is_file() else b""
    with pytest.raises(SetupError) as refused:
        open_engines(address(file))
    assert refused.value.code == "store_unusable"
    assert str(file) in refused.value.message
    assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_damaged_database_is_named(file: Path) -> None:
    make(file)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    with pytest.raises(SetupError, match=r"is damaged \(.*\)\. Move it away and restore a backup"):
        open_engines(address(file))


def test_a_truncated_database_is_named(file: Path) -> None:
    make(file)
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(SetupError, match="is damaged"):
        open_engines(address(file))


def test_a_log_without_its_database_is_named(file: Path) -> None:
    file.parent.mkdir()
    Path(f"{file}-wal").write_bytes(b"something")
    with pytest.raises(SetupError, match="write-ahead log is there"):
        open_engines(address(file))
    assert not file.exists()


def test_a_newer_database_is_refused_and_kept(fresh_url: str) -> None:
    open_engines(fresh_url).close()
    engine = create_engine(fresh_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for reading in (False, True):
        with pytest.raises(SetupError, match=r"newer Bedside .* 9999") as refused:
            open_engines(fresh_url, reading=reading)
        assert refused.value.code == "store_newer"
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": REVISIONS[-1]})
    engine.dispose()
    open_engines(fresh_url).close()


async def test_two_servers_do_not_share_a_file(sqlite_store: Store, file: Path) -> None:
    with pytest.raises(SetupError, match=r"Another Bedside is using .*--data"):
        await Store.open(address(file))
    await sqlite_store.ready()


def test_a_file_is_free_again_after_close(file: Path) -> None:
    make(file)
    make(file)


def test_a_half_made_database_is_made_again(file: Path) -> None:
    """A crash in the very first start leaves a file under another name."""
    file.parent.mkdir()
    Path(f"{file}.new").write_bytes(b"half")
    make(file)
    assert [path.name for path in file.parent.glob("*.new*")] == []


async def test_reading_beside_a_server(url: str, store: Store, case: Case) -> None:
    await store.create(case, opened(case), "local")
    beside = await Store.open(url, reading=True)
    assert (await beside.read(opened(case).encounter_id))[0] == case
    with pytest.raises(StoreError) as refused:
        await beside.append(opened(case).encounter_id, entries(2, []))
    assert refused.value.code == "store_read_only"
    await beside.close()


def test_reading_makes_nothing(file: Path) -> None:
    with pytest.raises(SetupError, match="bedside up"):
        open_engines(address(file), reading=True)
    assert not file.parent.exists()


@pytest.mark.parametrize(
    "url", ["", "mysql://a/b", "bedside.db", "sqlite://", "sqlite:///:memory:", "://", "postgresql://a:b:c/d"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(SetupError, match="BEDSIDE_DATABASE_URL") as refused:
        open_engines(url)
    assert refused.value.code == "bad_database_url"


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as refused:
        open_engines(f"postgresql://nurse:secret@/bedside?host={tmp_path}")
    assert "bedside" in refused.value.message
    assert "secret" not in refused.value.message


async def test_closing_twice_is_closing(url: str) -> None:
    store = await Store.open(url)
    await store.close()
    await store.close()
    with pytest.raises(StoreError):
        await store.mark_ended("enc", "learner")


async def test_a_second_process_is_told_that_it_does_not_serve_alone(emptied: str) -> None:
    first, second = (Database(open_engines(emptied)) for _ in range(2))
    assert await first.serve_alone() and await first.serve_alone()
    assert not await second.serve_alone()
    await second.ready()
    first.close()
    assert await second.serve_alone(), "the lock went with whoever held it"
    second.close()


async def test_a_file_is_always_served_alone(made: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(made, tmp_path / "bedside.db"))
    database = Database(open_engines(f"sqlite:///{file}"))
    assert await database.serve_alone()
    database.close()
