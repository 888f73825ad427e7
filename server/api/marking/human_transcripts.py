"""POST /api/transcripts: a transcript of people, scored on a rubric of the shelf. Nothing of it is kept."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field

from server.api.access import admitted
from server.api.marking.scorecards import DimensionView, OpportunityView
from server.api.marking.shapes import FlagView
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer, Ask
from server.assess.human.files import LARGEST_BYTES, Form
from server.assess.human.score import parse_transcript, score_transcript
from server.core.errors import ContentError, NotFound, RequestError
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Scorecard

router = APIRouter(prefix="/api/transcripts", tags=["transcripts"], responses=responses(401, 403))
HOUSE_RUBRIC = "nursing-empathy"
NAME = "transcript"
"""What messages call it: the server never learns the file's name."""


class TranscriptAsk(Ask):
    """A transcript of people, as the text of its file."""

    text: Annotated[str, Field(min_length=1, max_length=LARGEST_BYTES)]
    format: Form = "text"
    """text: lines `Nurse: ...`; json: a list of {"speaker", "text"}; vtt and srt: captions that name who speaks."""
    rubric: Annotated[str, Field(min_length=1, max_length=100)] = HOUSE_RUBRIC
    learner: Annotated[str, Field(max_length=80)] = ""
    """The learner's label; empty: the first of nurse, student, learner, doctor ... that speaks."""


class TranscriptCard(Answer):
    """The draft. It was computed for this answer and is stored nowhere; ask again and it is made again."""

    status: Literal["draft", "signed", "pending", "not_scored"]
    rubric: dict[str, str]
    dimensions: list[DimensionView]
    opportunities: list[OpportunityView]
    """Proposed from the words: nobody planted them."""
    provenance: dict[str, str]
    flags: list[FlagView]
    kept: Literal[False] = False
    """Neither the transcript nor its marks are kept."""


@router.post("", responses=responses(404, 413, 422), dependencies=[Depends(admitted)])
async def score_text(ask: TranscriptAsk, given: Given) -> TranscriptCard:
    """Score a transcript of people. Turns are called `line_<n>` after the line or entry they begin in.

    422 with the line where it cannot be read. At most 400,000 bytes and 2,000 turns.
    """
    rubric = given.shelf.rubrics.get(ask.rubric)
    if rubric is None:
        known = ", ".join(sorted(given.shelf.rubrics)) or "none"
        raise NotFound("There is no such rubric.", code="rubric_not_found", mend=f"Rubrics here: {known}.")
    async with given.scoring:
        card = await asyncio.to_thread(_scored, ask, rubric)
    return TranscriptCard.model_validate(asdict(card))


def _scored(ask: TranscriptAsk, rubric: Rubric) -> Scorecard:
    try:
        lines = parse_transcript(ask.text, ask.format, NAME, ask.learner)
    except ContentError as error:
        raise RequestError(error.message, code="unreadable_transcript", field="text") from None
    return score_transcript(lines, rubric)
