"""`talk`, `rehearse`, `replay`: encounters in a terminal, on a virtual clock."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.prompt import Prompt as Ask

from server.cli.paper import print_scorecard, print_transcript, turn_text
from server.cli.shelf import case_named, rubric_for
from server.core.case import Case
from server.core.effects import Effect, ShowNotice, ShowTurn
from server.core.encounter import Encounter
from server.core.errors import RequestError
from server.core.events import Ended, Paused, Reflected, Resumed
from server.core.rehearsing import rehearse as rehearse_case
from server.core.scoring import Scorecard
from server.core.scoring import score as score_encounter
from server.core.transcript import LEARNER
from server.core.virtual import VirtualRoom, virtual_room
from server.live.wire_in import clean_text
from server.live.wording import NOTICES, ai_disclosure

HELP = "/do ACTION · /wait SECONDS · /pause · /resume · /end · /stop (costs nothing)"
Nurse = Literal["skilled", "average", "poor"]


def talk(
    case: Annotated[str, typer.Argument(help="id or file of a case")],
    portrayal: Annotated[Literal["teaching", "assessment"], typer.Option(help="how the patient plays")] = "teaching",
) -> None:
    """Meet a patient by typing, in this terminal."""
    console, played = Console(), case_named(case)
    console.print(played.prebrief.door_note, markup=False)
    console.print(ai_disclosure(played.patient.name), style="dim", markup=False)
    actions = ", ".join(f"{action.id} ({action.label})" for action in played.actions)
    console.print(f"{HELP}\nActions: {actions}", style="dim", markup=False)
    room = virtual_room(played, portrayal)
    room.on_effect = lambda effect: _show(console, room, effect)
    room.enter()
    while room.encounter.running or room.encounter.phase == "paused":
        _turn(console, room)
    _after(console, room, played)


def _show(console: Console, room: VirtualRoom, effect: Effect) -> None:
    if isinstance(effect, ShowTurn) and effect.turn.closed and effect.turn.text and effect.turn.speaker != LEARNER:
        console.print(turn_text(room.encounter, effect.turn))
    if isinstance(effect, ShowNotice):
        console.print(NOTICES[effect.notice.code], style="yellow", markup=False)


def _turn(console: Console, room: VirtualRoom) -> None:
    """One thing the learner does. End of input ends the encounter."""
    try:
        words = input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        words = "/end"
    command, _, about = words.partition(" ")
    try:
        if command.startswith("/"):
            _command(room, command, about)
        elif words and room.encounter.running:
            room.wait(len(words.split()) * 350)
            room.say(clean_text(words))
    except RequestError as error:
        console.print(error.message, style="yellow", markup=False)


def _command(room: VirtualRoom, command: str, about: str) -> None:
    running = room.encounter.running
    match command:
        case "/do" if running and room.encounter.case.action(about):
            room.do(about)
        case "/wait" if running and about.isdigit() and 3 <= int(about) <= 60:
            room.hold_silence(int(about) * 1000)
        case "/pause" if running:
            room.offer(Paused())
        case "/resume" if not running:
            room.offer(Resumed())
        case "/end":
            room.offer(Ended("learner"))
        case "/stop":
            room.offer(Ended("stop"))
        case _:
            raise RequestError("That cannot be done now.", mend=HELP)


def _after(console: Console, room: VirtualRoom, case: Case) -> None:
    if room.encounter.phase == "reflection":
        console.print("\nYou are out of the room. The patient is a fiction.", style="bold")
        room.offer(
            Reflected(
                _ask("How are you leaving that conversation?"),
                _ask("What did you feel?"),
                _ask("What did you say of it?"),
            )
        )
    print_scorecard(console, score_encounter(room.encounter, rubric_for(case)), room.encounter)


def _ask(question: str) -> str:
    try:
        return Ask.ask(question, default="", show_default=False)
    except (EOFError, KeyboardInterrupt):
        return ""


def rehearse(
    case: Annotated[str, typer.Argument(help="id or file of a case")],
    nurse: Annotated[Nurse, typer.Option(help="which authored learner")] = "skilled",
    voice: Annotated[bool, typer.Option("--voice", help="speak it into the real hearing path")] = False,
    wav: Annotated[Path | None, typer.Option(help="with --voice: keep what was audible in this file")] = None,
    pace: Annotated[float, typer.Option(help="with --voice: 1 speaks in real time, 0 as fast as it is heard")] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Let the case's authored learner play it, and see what it earns."""
    played = case_named(case)
    if voice:
        from server.cli.spoken import rehearse_aloud

        encounter = asyncio.run(rehearse_aloud(played, nurse, wav=wav, pace=pace))
    else:
        encounter = rehearse_case(played, nurse).encounter
    card = score_encounter(encounter, rubric_for(played))
    if as_json:
        typer.echo(json.dumps(as_record(encounter, card), ensure_ascii=False, indent=1))
        return
    console = Console()
    print_transcript(console, encounter)
    print_scorecard(console, card, encounter)


def as_record(encounter: Encounter, card: Scorecard) -> dict[str, Any]:
    """What `rehearse --json` prints."""
    turns = [
        {"id": t.id, "speaker": t.speaker, "kind": t.kind, "text": t.text, "at_ms": t.at_ms, "moves": sorted(t.moves)}
        for t in encounter.turns
    ]
    tracks = encounter.board.tracks
    beats = [{"id": beat.id, "core": beat.core, "state": tracks[beat.id].state} for beat in encounter.case.beats]
    return {"turns": turns, "beats": beats, "scorecard": asdict(card)}


def replay(
    encounter: Annotated[str, typer.Argument(help="id of a stored encounter, or a recorded log file")],
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Fold a stored log again and show the encounter it describes."""
    from server.cli.stored import replayed

    found = asyncio.run(replayed(encounter))
    card = score_encounter(found, rubric_for(found.case))
    if as_json:
        typer.echo(json.dumps(as_record(found, card), ensure_ascii=False, indent=1))
        return
    console = Console()
    print_transcript(console, found)
    print_scorecard(console, card, found)
