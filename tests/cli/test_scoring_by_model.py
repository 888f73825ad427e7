"""`bedside score --rater model`: a transcript of people, read by the model that is set."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.assess.model.rating import MODEL_RATER
from server.cli import app
from tests.assess.rating import TALK
from tests.models.chat_server import ChatServer, chat_server
from tests.models.rating_reader import Reader

Run = Callable[..., Awaitable[Result]]
FOUND = {"names_feeling": [(2, "That sounds frightening")], "offers_help": [(6, "I will ask the doctor")]}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Score the talk, with this server as the model or with none."""
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    transcript = tmp_path / "talk.txt"
    transcript.write_text("\n".join(f"{who}: {text}" for who, text in TALK), encoding="utf-8")

    async def invoke(server: ChatServer | None, *more: str, model: str = "script") -> Result:
        if server:
            monkeypatch.setenv("BEDSIDE_RATING_URL", server.base_url)
            monkeypatch.setenv("BEDSIDE_RATING_MODEL", model)
        return await asyncio.to_thread(CliRunner().invoke, app, ["score", str(transcript), *more])

    return invoke


async def test_the_card_of_the_model_is_told_where_it_is_asked_for(run: Run) -> None:
    async with chat_server() as server:
        server.answers, server.models = Reader(FOUND), ("script",)
        card = json.loads((await run(server, "--rater", "model", "--json")).output)
        printed = (await run(server)).output
        assert len(server.requests) == 12, "the rules ask nobody"
    levels = {each["id"]: each["level"] for each in card["dimensions"]}
    assert levels["understanding"] == 3 and "That sounds frightening" in printed
    assert card["provenance"]["rater"] == MODEL_RATER and len(card["passes"]) == 2


async def test_without_a_model_it_says_what_to_set(run: Run) -> None:
    result = await run(None, "--rater", "model")
    assert result.exit_code != 0
    assert "BEDSIDE_RATING_URL and BEDSIDE_RATING_MODEL" in str(result.output) + str(result.exception)


async def test_a_model_that_is_not_there_is_told_before_anything_is_sent(run: Run) -> None:
    async with chat_server() as server:
        server.models = ("another",)
        result = await run(server, "--rater", "model")
        assert server.requests == []
    assert result.exit_code != 0
    assert "set BEDSIDE_RATING_MODEL to one of another" in str(result.output) + str(result.exception)
