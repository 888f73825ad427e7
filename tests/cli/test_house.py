"""`backup`, `restore` and `verify-audit`, as an administrator types them."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner, Result

from server.app import open_house
from server.cli import app
from server.cli.token import bearer_token
from server.core.errors import Conflict, SetupError
from server.settings import load_settings
from server.store.house.rules import Freeze
from server.store.people.accounts import Account
from server.store.sql.clock import utc_now
from server.store.store import Store
from tests.api.lab import QUICK
from tests.store.samples import opened, sample_case


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
async def lived_in(data: Path) -> Path:
    """With one encounter and two rows in its audit."""
    store = await Store.open(f"sqlite:///{data / 'bedside.db'}")
    case = sample_case()
    await store.create(case, opened(case, "enc_1"), "local")
    for action in ("signed_in", "signed_out"):
        await store.audit.note("local", action)
    await store.close()
    return data


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_out_and_back_again(lived_in: Path, tmp_path: Path) -> None:
    file, place = tmp_path / "all.backup", tmp_path / "new"
    made = run("backup", str(file))
    assert made.exit_code == 0, made.output
    assert "1 encounters" in made.output
    assert "is whole: 1 encounters" in run("restore", "--check", str(file)).output
    assert isinstance(run("restore", str(file)).exception, SetupError), "this folder holds data and was not named"
    restored = run("restore", str(file), "--data", str(place))
    assert restored.exit_code == 0, restored.output
    assert (place / "bedside.db").exists()
    assert f"`bedside up --data '{place}'` makes new ones" in restored.output
    again = run("restore", str(file), "--data", str(lived_in))
    assert "What was there is in" in again.output
    assert "no backup" not in again.output, "this machine has the rest already"


async def test_another_machine_goes_on_with_a_backup(
    lived_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With settings, token and folder of its own: people sign in with the passwords that they had."""
    await asyncio.to_thread(bearer_token, load_settings())
    ann = await an_account(lived_in)
    file, place = tmp_path / "all.backup", tmp_path / "new machine" / "data"
    assert (await asyncio.to_thread(run, "backup", str(file))).exit_code == 0
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(place))
    monkeypatch.setenv("BEDSIDE_TOKEN", "another-token")
    monkeypatch.setenv("BEDSIDE_PUBLIC_URL", "https://bedside.example.edu")
    restored = await asyncio.to_thread(run, "restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert sorted(path.name for path in place.iterdir()) == ["bedside.db", "bedside.db.lock"], "no token, no models"
    origin = "https://bedside.example.edu"
    async with open_house(load_settings(), token="another-token", origins=frozenset({origin}), hosts=frozenset()) as at:
        transport = httpx2.ASGITransport(app=at.api)
        async with httpx2.AsyncClient(transport=transport, base_url=origin, headers={"Origin": origin}) as browser:
            asked = {"sign_in": ann.sign_in, "password": PASSWORD}
            signed_in = await browser.post("/api/sign-in", json=asked)
            assert signed_in.status_code == 204, signed_in.text
            assert (await browser.get("/api/me")).json()["name"] == "Ann"


PASSWORD = "a heron over slow brown water"


async def an_account(data: Path) -> Account:
    made = Account("acc_ann", "ann", "Ann", ("student",), password=QUICK.hash(PASSWORD))
    store = await Store.open(f"sqlite:///{data / 'bedside.db'}")
    await store.people.add([made])
    await store.close()
    return made


def test_a_folder_that_is_not_where_the_database_is_replaces_nothing(
    lived_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "all.backup", tmp_path / "to try it"
    assert run("backup", str(file)).exit_code == 0
    monkeypatch.setenv("BEDSIDE_DATABASE_URL", f"sqlite:///{lived_in / 'bedside.db'}")
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path / "elsewhere"))
    told = run("restore", str(file), "--data", str(other)).exception
    assert isinstance(told, SetupError)
    assert told.code == "restore_elsewhere"
    assert not list(lived_in.glob("before-restore-*"))
    assert run("restore", str(file), "--data", str(lived_in)).exit_code == 0


def test_a_changed_audit_is_told(lived_in: Path) -> None:
    assert "holds: 2 rows" in run("verify-audit").output
    with closing(sqlite3.connect(lived_in / "bedside.db")) as connection, connection:
        connection.execute("UPDATE audit SET actor = 'nobody' WHERE seq = 2")
    found = run("verify-audit")
    assert (found.exit_code, "row 2 is not what was written" in found.output) == (1, True)


def test_postgresql_is_backed_up_by_its_own_program(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEDSIDE_DATABASE_URL", "postgresql://bedside:secret@db.example/lab")
    told = run("backup", str(data / "x")).exception
    assert isinstance(told, SetupError)
    assert "pg_dump --format=custom --file=bedside.dump 'postgresql://bedside@db.example/lab'" in told.message
    assert "secret" not in told.message


async def test_a_freeze_holds_calibrations_too(lived_in: Path) -> None:
    store = await Store.open(f"sqlite:///{lived_in / 'bedside.db'}")
    now = utc_now()
    await store.house.put_freeze(Freeze(now, now + timedelta(days=1), ("rubrics",), "OSCE week"), "local")
    await store.close()
    told = await asyncio.to_thread(run, "calibrate", "--withdraw")
    assert isinstance(told.exception, Conflict)
    assert "no rubric and no calibration is changed (OSCE week)" in told.exception.message
