"""`score`: a transcript of a human encounter on the same rubric."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console

from server.assess.human import read_transcript, score_transcript
from server.cli.paper import print_scorecard
from server.cli.shelf import library


def score(file: Path, rubric: str, learner: str, *, as_json: bool) -> None:
    """Read, score, print."""
    card = score_transcript(read_transcript(file, learner), library().rubric(rubric))
    if as_json:
        typer.echo(json.dumps(asdict(card), ensure_ascii=False, indent=1))
        return
    print_scorecard(Console(), card)
