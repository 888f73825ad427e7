"""`score`: a transcript of a human encounter on the same rubric."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import typer
from rich.console import Console
from rich.text import Text

from server.app import engine_choice
from server.assess.human.score import Spoken, read_transcript, score_transcript
from server.assess.model.rating import ModelCard, rate_by_model
from server.assess.model.reading import Answers, subject_of_people
from server.cli.paper import print_scorecard
from server.cli.shelf import rubric_named
from server.core.errors import EngineError, SetupError
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Scorecard
from server.engines import catalog
from server.engines.chat.rating import RatingModel
from server.settings import load_settings

Rater = Literal["rules", "model"]


def score(file: Path, rubric: str, learner: str, rater: Rater = "rules", *, as_json: bool) -> None:
    """Read, score, print."""
    lines, on = read_transcript(file, learner), rubric_named(rubric)
    card, whole = _by_model(lines, on) if rater == "model" else _by_rules(lines, on)
    if as_json:
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    console = Console()
    for flag in card.flags:
        where = f" ({', '.join(flag.turns)})" if flag.turns else ""
        console.print(Text(f"{flag.says}{where}", style="yellow"))
    print_scorecard(console, card)


def _by_rules(lines: list[Spoken], rubric: Rubric) -> tuple[Scorecard, dict[str, Any]]:
    card = score_transcript(lines, rubric)
    return card, asdict(card)


def _by_model(lines: list[Spoken], rubric: Rubric) -> tuple[Scorecard, dict[str, Any]]:
    """Raises `SetupError` where no model is set, `EngineError` where it would not answer."""
    model = rating_model()
    made = asyncio.run(_rated(model, lines, rubric))
    return made.card, made.as_json()


def rating_model() -> RatingModel:
    """The one that is set. Raises `SetupError` where none is."""
    settings = load_settings()
    settings.check()
    model = catalog.rating(engine_choice(settings))
    if model is None:
        message = "No rating model is set: give BEDSIDE_RATING_URL and BEDSIDE_RATING_MODEL, or leave --rater out."
        raise SetupError(message, code="rating_not_named")
    return model


async def _rated(model: RatingModel, lines: list[Spoken], rubric: Rubric) -> ModelCard:
    async def keep(answers: Answers) -> None:
        """Nothing outlives this command."""

    try:
        if fault := (await model.ask()).fault:
            raise EngineError(fault, code="model_not_ready")
        return await rate_by_model(model, subject_of_people(lines, rubric), {}, keep)
    finally:
        await model.close()
