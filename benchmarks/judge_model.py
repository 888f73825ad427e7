"""The rater with a model, measured like the rules: the model that BEDSIDE_RATING_URL and BEDSIDE_RATING_MODEL name.

It finds evidence, the rubric weighs it. The rubric's `start` and `step` place sums of what the rules find, so a model
that finds more, or less, is off by a constant that is no fault of its reading: look at kappa and bias together. They
were fitted on the 27 conversations that were there to learn from and are not refitted here: there a figure flatters.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.judge_agreement import marks
from benchmarks.judge_data import BadData, Conversation
from benchmarks.judge_fit import digest, seen
from benchmarks.judge_result import Marked, printed, result
from server.assess.model.prompts import PROMPTS, prompts_digest
from server.assess.model.rating import MODEL_RATER, ModelCard, rate_by_model
from server.assess.model.reading import Answers, Subject
from server.cli.scoring import rating_model
from server.core.errors import BedsideError
from server.core.rating.levels import score_weighed
from server.core.rubric import Rubric
from server.engines.chat.rating import RatingModel

BASIS = "model's evidence; start and step as fitted for the rules"
FITTED = f"{BASIS}, on some of these"


def cards(model: RatingModel, rubric: Rubric, rows: Sequence[Conversation]) -> list[ModelCard]:
    """One for each conversation, in order. Raises `BedsideError` where the model is not there."""
    return asyncio.run(_cards(model, rubric, rows))


async def _cards(model: RatingModel, rubric: Rubric, rows: Sequence[Conversation]) -> list[ModelCard]:
    async def keep(answers: Answers) -> None:
        """A measurement is repeated, not resumed."""

    try:
        if fault := (await model.ask()).fault:
            raise BedsideError(fault, code="model_not_ready")
        return [await rate_by_model(model, _subject(rubric, row), {}, keep) for row in rows]
    finally:
        await model.close()


def _subject(rubric: Rubric, row: Conversation) -> Subject:
    return Subject(row.turns, rubric, score_weighed(row.turns, rubric, {}), lambda turns: (turns, ()))


def marked(rubric: Rubric, rows: Sequence[Conversation], made: Sequence[ModelCard]) -> dict[str, Marked]:
    """The levels by dimension; not a number where a person is needed. `basis` says where the fit flatters."""
    basis = FITTED if any(digest(row.id) in seen() for row in rows) else BASIS
    levels = [{r.id: np.nan if r.level is None else r.level for r in each.card.dimensions} for each in made]
    return {each.id: Marked(marks([card[each.id] for card in levels]), basis) for each in rubric.weighed}


def about(model: RatingModel, made: Sequence[ModelCard]) -> dict[str, Any]:
    """For the result: which model, by which words, at what cost, and what its abstentions were for."""
    reasons: dict[str, int] = {}
    for rating in (rating for each in made for rating in each.card.dimensions if rating.status == "unrated"):
        kind = _kind(rating.rationale)
        reasons[kind] = reasons.get(kind, 0) + 1
    counted = {
        name: sum(int(each.card.provenance.get(name, 0)) for each in made) for name in ("tokens_in", "tokens_out")
    }
    return {"name": model.model, "prompts": f"{PROMPTS} {prompts_digest()}", "unrated": reasons, **counted}


def _kind(rationale: str) -> str:
    """Why a dimension was left to a person, in a word."""
    if "Two readings" in rationale:
        return "readings_apart"
    if "does not stand" in rationale:
        return "quote_not_found"
    return "no_answer" if "no usable answer" in rationale else "other"


def run(data: Path, out: Path) -> int:
    """Measure, write, print; the exit code."""
    made: list[ModelCard] = []

    def mark(rubric: Rubric, rows: Sequence[Conversation]) -> dict[str, Marked]:
        made.extend(cards(model, rubric, rows))
        return marked(rubric, rows, made)

    try:
        model = rating_model()
        found = result(data, "model", mark, MODEL_RATER)
    except (BadData, BedsideError) as error:
        print(error, file=sys.stderr)
        return 1
    found["rater"]["model"] = about(model, made)
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    printed(found)
    return 0
