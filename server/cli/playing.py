"""`rehearse`, `replay`: an encounter that nobody types, and what it earned."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from server.assess.draft import heard_by
from server.cli.manner import Manner
from server.cli.paper import print_scorecard, print_transcript
from server.cli.shelf import case_named, rubric_for
from server.core.encounter import Encounter
from server.core.errors import SetupError
from server.core.rehearsing import rehearse as rehearse_case
from server.core.scoring.scoring import Scorecard, why_not_scored
from server.core.scoring.scoring import score as score_encounter
from server.engines.protocols import EngineInfo
from server.live.wording import ENDINGS

Played = tuple[Encounter, EngineInfo | None]
"""An encounter, and what heard it where that is known."""


def rehearse(case: str, learner: str) -> Played:
    """On a virtual clock, in writing."""
    return rehearse_case(case_named(case), learner).encounter, None


def rehearse_aloud(case: str, learner: str, manner: Manner, wav: Path | None, log: Path | None) -> Played:
    """Through the real service, by voice. `wav` and `log` are written where they are given."""
    from server.cli import spoken

    for path in filter(None, (wav, log)):
        _must_be_writable(path)
    heard = asyncio.run(spoken.rehearse_aloud(case_named(case), learner, manner, tell=_progress))
    if wav:
        heard.recording.save(wav)
    if log:
        log.write_text("\n".join(heard.log) + "\n", "utf-8")
    return heard.encounter, heard.hearing


def _progress(text: str) -> None:
    typer.echo(text, err=True)


def _must_be_writable(path: Path) -> None:
    """Found before the rehearsal, which takes minutes, and not after it. Raises `SetupError`."""
    try:
        path.open("ab").close()
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}.", code="cannot_write") from None


def replay(name: str) -> Played:
    """From the store or a recorded log; which engine heard it is in neither."""
    from server.cli.stored import replayed

    return asyncio.run(replayed(name)), None


def tell(encounter: Encounter, hearing: EngineInfo | None, *, as_json: bool) -> None:
    """Print the encounter and its draft."""
    card = score_encounter(encounter, rubric_for(encounter.case))
    card = replace(card, provenance=card.provenance | heard_by(card.provenance, hearing))
    if why_not_scored(encounter):
        card = replace(card, status="not_scored", dimensions=(), opportunities=())
    if as_json:
        typer.echo(json.dumps(as_record(encounter, card), ensure_ascii=False, indent=1))
        return
    console = Console()
    print_transcript(console, encounter)
    if encounter.ended:
        console.print(ENDINGS[encounter.ended], markup=False)
    print_scorecard(console, card, encounter)


def as_record(encounter: Encounter, card: Scorecard) -> dict[str, Any]:
    """What `rehearse --json` prints."""
    turns = [
        {"id": t.id, "speaker": t.speaker, "kind": t.kind, "text": t.text, "at_ms": t.at_ms, "moves": sorted(t.moves)}
        for t in encounter.turns
    ]
    for turn, record in zip(encounter.turns, turns, strict=True):
        if turn.worded.source:
            record |= {"worded": asdict(turn.worded)}
    tracks = encounter.board.tracks
    beats = [{"id": beat.id, "core": beat.core, "state": tracks[beat.id].state} for beat in encounter.case.beats]
    ending = {"ended": encounter.ended, "not_scored": why_not_scored(encounter)}
    return {"turns": turns, "beats": beats, **ending, "scorecard": asdict(card)}
