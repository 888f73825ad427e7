"""`score`: a transcript of a human encounter on the same rubric."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.assess.human import read_transcript, score_transcript
from server.cli.paper import print_scorecard
from server.cli.shelf import library


def score(
    file: Annotated[
        Path, typer.Argument(help="text with lines `Nurse: …` and `Patient: …`, or JSON [{speaker, text}]")
    ],
    rubric: Annotated[str, typer.Option(help="id of a rubric")] = "nursing-empathy",
    learner: Annotated[
        str,
        typer.Option(
            help="the learner's label in the file; else the first of nurse, student, learner, doctor, supporter"
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Score a transcript of people. Opportunities are proposed, not authored, and marked as such."""
    card = score_transcript(read_transcript(file, learner), library().rubric(rubric))
    if as_json:
        typer.echo(json.dumps(asdict(card), ensure_ascii=False, indent=1))
        return
    print_scorecard(Console(), card)
