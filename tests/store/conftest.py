"""Both databases, fresh for every test. PostgreSQL missing is a failure that names the command, never a skip."""

import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import create_engine, make_url, text

from server.core.case import Case
from server.store.sql.database import open_engines
from server.store.sql.tables_of_a_lab import metadata
from server.store.store import Store
from tests.postgres import cluster
from tests.store.samples import sample_case

_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One cluster for all tests of this process."""
    with cluster() as url:
        yield url


@pytest.fixture(scope="session")
def emptied(postgres: str) -> str:
    """A migrated database for all tests of this process, each of which finds it empty: much faster than a new one."""
    url = new_database(postgres)
    open_engines(url).close()
    return url


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    file = tmp_path_factory.mktemp("made") / "bedside.db"
    open_engines(f"sqlite:///{file}").close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """A database with nothing in it."""
    if request.param == "sqlite":
        file.parent.mkdir()
        shutil.copy(request.getfixturevalue("made"), file)
        return f"sqlite:///{file}"
    found: str = request.getfixturevalue("emptied")
    engine = create_engine(found)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)}; DROP TABLE IF EXISTS counters"))
    engine.dispose()
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, file: Path) -> str:
    """Where no tables have ever been made."""
    return f"sqlite:///{file}" if request.param == "sqlite" else new_database(request.getfixturevalue("postgres"))


def new_database(postgres: str) -> str:
    """One more empty database in the cluster."""
    name = f"bedside_{next(_numbers)}"
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(postgres).set(database=name).render_as_string(hide_password=False)


@pytest_asyncio.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """Open on a fresh database."""
    opened = await Store.open(url)
    yield opened
    await opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a SQLite file may be made."""
    return tmp_path / "data" / "bedside.db"


@pytest_asyncio.fixture
async def sqlite_store(file: Path) -> AsyncIterator[Store]:
    """For what only SQLite does."""
    opened = await Store.open(f"sqlite:///{file}")
    yield opened
    await opened.close()


@pytest.fixture
def case() -> Case:
    return sample_case()
