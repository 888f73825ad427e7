"""A house on a fresh SQLite file, and clients that stand at its door."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.routes import build_api
from server.api.services import Services
from server.core.rubric import Rubric
from server.store.sql.database import Database, open_engines
from server.store.sql.tables_of_a_lab import metadata
from server.store.store import Store
from tests.api.house import OWN, TOKEN, Clock, Shelf, services
from tests.core.rubrics import BLOCKERS, RESPONSIVENESS, SUPPORT, UNDERSTANDING
from tests.store.samples import sample_case

DIMENSIONS = (RESPONSIVENESS, UNDERSTANDING, SUPPORT, BLOCKERS)


@pytest.fixture
def shelf() -> Shelf:
    """Two cases and a rubric."""
    rubric = Rubric("small", "1.0.0", "Small", "Verbal empathy in this transcript.", DIMENSIONS, ("Quote the words.",))
    cases = [sample_case(), sample_case(case_id="retired-case", status="retired")]
    return Shelf({case.case_id: case for case in cases}, {"small": rubric})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all tests of this process; to make one takes longer than most of them."""
    database = Database(open_engines(f"sqlite:///{tmp_path_factory.mktemp('api') / 'bedside.db'}"))
    yield Store(database)
    database.close()


@pytest.fixture
def store(shared_store: Store) -> Store:
    """With nothing in it."""
    tables = reversed(metadata.sorted_tables)
    shared_store.database.writer.submit(lambda c: [c.execute(table.delete()) for table in tables]).result()
    return shared_store


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page's folder."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<!doctype html><title>Bedside</title>")
    (folder / "main.js").write_text("export {};")
    return folder


@pytest.fixture
def given(store: Store, shelf: Shelf, clock: Clock, page: Path) -> Services:
    return services(store, shelf, clock, static=page)


@pytest.fixture(scope="session")
def shared_api(shared_store: Store, page: Path) -> FastAPI:
    """Built once; each test puts its own services in."""
    return build_api(services(shared_store, Shelf({}, {}), Clock(), static=page))


@pytest.fixture
def api(shared_api: FastAPI, given: Services) -> FastAPI:
    shared_api.state.services = given
    return shared_api


def client(api: FastAPI, **headers: str) -> httpx2.AsyncClient:
    """Somebody at the door."""
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=api), base_url=OWN, headers=headers)


@pytest_asyncio.fixture
async def anonymous(api: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with client(api) as made:
        yield made


@pytest_asyncio.fixture
async def script(api: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """With the bearer token."""
    async with client(api, Authorization=f"Bearer {TOKEN}") as made:
        yield made


@pytest_asyncio.fixture
async def browser(api: FastAPI, given: Services) -> AsyncIterator[httpx2.AsyncClient]:
    """Signed in with a ticket, on our own page."""
    async with client(api, Origin=OWN) as made:
        await made.post("/api/tickets", json={"ticket": await given.tickets.issue()})
        yield made
