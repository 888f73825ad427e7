"""One writer: groups that commit together, refusals that hurt nobody else, nothing acknowledged that is not there."""

import asyncio
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, wait
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from server.core.case import Case
from server.core.errors import Conflict, StoreError
from server.core.events import Typed
from server.store.sql import sqlite
from server.store.sql.database import Engines, open_engines
from server.store.sql.writer import Writer
from server.store.store import Store
from tests.store.samples import entries, opened


@pytest.fixture
def engines(url: str) -> Iterator[Engines]:
    opened = open_engines(url)
    assert opened.writing is not None
    with opened.writing.begin() as connection:
        connection.execute(text("CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO counters VALUES (1, 0)"))
    yield opened
    opened.close()


@pytest.fixture
def writer(engines: Engines) -> Iterator[Writer]:
    assert engines.writing is not None
    made = Writer(engines.writing)
    yield made
    made.close()


def add_one(connection: Connection) -> int:
    """Read, then write what was read and one more."""
    n: int = connection.execute(text("SELECT n FROM counters WHERE id = 1")).scalar_one()
    connection.execute(text("UPDATE counters SET n = :n WHERE id = 1"), {"n": n + 1})
    return n + 1


def insert(number: int) -> Callable[[Connection], None]:
    statement = text("INSERT INTO counters VALUES (:id, 0)")
    return lambda connection: connection.execute(statement, {"id": number}).close()


def ids(engines: Engines) -> list[int]:
    with engines.reading.connect() as connection:
        return list(connection.execute(text("SELECT id FROM counters ORDER BY id")).scalars())


@contextmanager
def held(writer: Writer) -> Iterator[None]:
    """The writer is busy, and whatever is queued meanwhile waits."""
    busy, free = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        busy.set()
        free.wait()

    first = writer.submit(hold)
    busy.wait()
    yield
    free.set()
    wait([first])


def together(writer: Writer, *units: Callable[[Connection], Any]) -> list[Future[Any]]:
    """Queue `units` while the writer is held, so that they meet in one transaction."""
    with held(writer):
        return [writer.submit(unit) for unit in units]


def test_eight_threads_read_and_write_without_losing_one(writer: Writer) -> None:
    """No lost update and no BUSY_SNAPSHOT."""

    def work() -> None:
        for _ in range(100):
            writer.submit(add_one).result()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert writer.submit(add_one).result() == 801


async def test_a_unit_may_write_from_its_first_statement(sqlite_store: Store, file: Path) -> None:
    """A deferred transaction that reads first loses its right to write as soon as another program writes."""

    def others_are_kept_out(connection: Connection) -> bool:
        connection.execute(text("SELECT count(*) FROM cases")).scalar_one()
        with closing(sqlite3.connect(file, timeout=0)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                return "locked" in str(error)
        return False

    assert await sqlite_store.database.write(others_are_kept_out)


def test_a_refused_unit_takes_nothing_with_it(writer: Writer, engines: Engines) -> None:
    def refused(connection: Connection) -> None:
        insert(3)(connection)
        raise Conflict("not now")

    before, bad, twice, after = together(writer, insert(2), refused, insert(2), insert(4))
    before.result()
    after.result()
    with pytest.raises(Conflict, match="not now"):
        bad.result()
    with pytest.raises(StoreError):
        twice.result()
    assert ids(engines) == [1, 2, 4]


def test_a_unit_that_breaks_the_transaction_is_tried_apart(writer: Writer, engines: Engines) -> None:
    """SQLite may have rolled back everybody's work by then; the others are done again, or told."""

    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")
        raise OperationalError("x", None, Exception("disk is full"))

    before, bad, after = together(writer, insert(2), broken, insert(4))
    before.result()
    after.result()
    with pytest.raises(StoreError, match="full"):
        bad.result()
    assert ids(engines) == [1, 2, 4]


def test_a_commit_that_fails_acknowledges_nobody(writer: Writer, engines: Engines) -> None:
    assert engines.writing is not None

    def fail(_: Connection) -> None:
        raise OperationalError("COMMIT", None, Exception("disk I/O error"))

    event.listen(engines.writing, "commit", fail)
    for future in together(writer, insert(2), insert(3)):
        with pytest.raises(StoreError, match="disk did not take"):
            future.result()
    event.remove(engines.writing, "commit", fail)
    assert ids(engines) == [1]
    writer.submit(insert(2)).result()
    assert ids(engines) == [1, 2]


def test_a_bug_in_a_unit_is_told_and_the_thread_lives(writer: Writer) -> None:
    with pytest.raises(StoreError) as told:
        writer.submit(lambda _: 1 / 0).result()
    assert isinstance(told.value.__cause__, ZeroDivisionError)
    with pytest.raises(StoreError):
        writer.submit(lambda _: sys.exit()).result()
    assert writer.submit(add_one).result() == 1


def test_what_was_called_off_in_time_is_not_done(writer: Writer, engines: Engines) -> None:
    with held(writer):
        late = writer.submit(insert(2))
        assert late.cancel()
    writer.submit(insert(3)).result()
    assert ids(engines) == [1, 3]
    with pytest.raises(CancelledError):
        late.result()


def test_closing_finishes_what_was_asked(engines: Engines) -> None:
    assert engines.writing is not None
    writer = Writer(engines.writing)
    futures = [writer.submit(insert(number)) for number in range(2, 600)]
    writer.close()
    assert all(future.done() for future in futures)
    assert len(ids(engines)) == 599
    with pytest.raises(StoreError, match="stopping"):
        writer.submit(add_one)


def test_many_units_take_few_commits(writer: Writer, engines: Engines) -> None:
    commits: list[Connection] = []
    assert engines.writing is not None
    event.listen(engines.writing, "commit", commits.append)
    for future in together(writer, *[insert(number) for number in range(2, 202)]):
        future.result()
    assert len(commits) == 2


async def test_a_full_disk_is_told_and_the_rest_goes_on(sqlite_store: Store, case: Case) -> None:
    """Nothing acknowledged is lost, reading works, and writing works again once there is space."""
    encounter_id, acknowledged = opened(case).encounter_id, 1
    await sqlite_store.create(case, opened(case), "local")

    def limit(pages: str) -> Callable[[Connection], None]:
        return lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count={pages}").close()

    await sqlite_store.database.write(limit("1"))
    with pytest.raises(StoreError) as refused:
        while acknowledged < 2_000:
            await sqlite_store.append(encounter_id, entries(acknowledged + 1, [Typed(f"{acknowledged}", "x" * 900)]))
            acknowledged += 1
    assert refused.value.code == "store_full"
    assert len((await sqlite_store.read(encounter_id))[1]) == acknowledged
    await sqlite_store.database.write(limit("1000000"))
    await sqlite_store.append(encounter_id, entries(acknowledged + 1, [Typed("again", "x" * 900)]))


async def test_a_full_disk_does_not_acknowledge_the_neighbour(sqlite_store: Store, case: Case) -> None:
    """Two in one transaction, and the second fills the disk: the first is stored for sure, or refused."""
    for name in "ab":
        await sqlite_store.create(case, opened(case, name), "local")
    await sqlite_store.database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=1").close())
    small, large = entries(2, [Typed("s", "x")]), entries(2, [Typed("l", "x" * 500_000)])
    outcomes = await asyncio.gather(
        sqlite_store.append("a", small), sqlite_store.append("b", large), return_exceptions=True
    )
    assert outcomes[0] is None
    assert isinstance(outcomes[1], StoreError)
    assert [len((await sqlite_store.read(name))[1]) for name in "ab"] == [2, 1]


async def test_a_database_that_may_only_be_read(sqlite_store: Store, case: Case) -> None:
    await sqlite_store.create(case, opened(case), "local")
    await sqlite_store.database.write(lambda c: c.exec_driver_sql("PRAGMA query_only=ON").close())
    with pytest.raises(StoreError) as refused:
        await sqlite_store.append(opened(case).encounter_id, entries(2, [Typed("a", "x")]))
    assert refused.value.code == "store_read_only"
    assert len((await sqlite_store.read(opened(case).encounter_id))[1]) == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a tenth of a second for others instead of five."""
    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)


async def test_another_program_holds_the_file(impatient: None, sqlite_store: Store, file: Any, case: Case) -> None:
    await sqlite_store.create(case, opened(case), "local")
    other = create_engine(f"sqlite:///{file}", connect_args={"isolation_level": None})
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as refused:
            await sqlite_store.append(opened(case).encounter_id, entries(2, [Typed("a", "x")]))
        connection.exec_driver_sql("ROLLBACK")
    other.dispose()
    assert refused.value.code == "store_locked"
    await sqlite_store.append(opened(case).encounter_id, entries(2, [Typed("a", "x")]))


def test_a_reader_cannot_write(engines: Engines) -> None:
    def write(engine: Engine) -> None:
        with engine.begin() as connection:
            insert(9)(connection)

    with pytest.raises(Exception, match=r"readonly|read-only"):
        write(engines.reading)
