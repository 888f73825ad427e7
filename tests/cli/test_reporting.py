"""`report` and `cohort`: pages written to a file, and what stands in their way."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server.assess.draft import draft
from server.assess.reporting.cohort import FEWEST
from server.cli import app
from server.cli.shelf import case_named, rubric_for
from server.core.errors import BedsideError
from server.core.events import Opened
from server.core.rehearsing import rehearse
from server.settings import load_settings
from server.store.store import Store

LOG = str(Path(__file__).parents[1] / "logs" / "average.json")
CASE = "novak-discharge"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path))
    runner = CliRunner()

    def invoke(*arguments: str) -> Result:
        return runner.invoke(app, list(arguments))

    return invoke


async def scored(count: int) -> None:
    """So many encounters of the case that ended with a draft."""
    store = await Store.open(load_settings().store_url)
    case = case_named(CASE)
    encounter = rehearse(case, "average").encounter
    for number in range(count):
        name = f"enc_{number:022d}"
        await store.create(case, Opened(name, case.case_id, case.case_version, case.digest), "local")
        await store.put_scorecard(name, "d" * 64, draft(encounter, rubric_for(case)))
        await store.mark_ended(name, "learner")
    await store.close()


@pytest.mark.parametrize(("name", "begins"), [("a.html", b"<!doctype html>"), ("a.pdf", b"%PDF")])
def test_a_report_of_a_recorded_encounter(run: Any, tmp_path: Path, name: str, begins: bytes) -> None:
    page = tmp_path / name
    result = run("report", LOG, "--out", str(page), "--for-whom", "Ann Other")
    assert result.exit_code == 0, result.output
    assert page.read_bytes().startswith(begins)
    if name.endswith("html"):
        assert "Ann Other" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("out", "told"),
    [("a.docx", "report is a page"), ("nowhere/a.pdf", "folder is not there"), ("a", "report is a page")],
)
def test_a_report_needs_a_page_to_be_written_to(run: Any, tmp_path: Path, out: str, told: str) -> None:
    result = run("report", LOG, "--out", str(tmp_path / out))
    assert isinstance(result.exception, BedsideError)
    assert told in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_cohort_is_counted_from_the_store(run: Any, tmp_path: Path) -> None:
    asyncio.run(scored(FEWEST))
    result = run("cohort", CASE, "--out", str(tmp_path / "c.html"))
    assert result.exit_code == 0, result.output
    assert f"{FEWEST} encounters" in (tmp_path / "c.html").read_text("utf-8")


def test_a_cohort_of_too_few_is_refused(run: Any, tmp_path: Path) -> None:
    asyncio.run(scored(FEWEST - 1))
    result = run("cohort", CASE, "--out", str(tmp_path / "c.html"))
    assert f"{FEWEST - 1} scored encounters" in str(result.exception)
    assert not (tmp_path / "c.html").exists()
