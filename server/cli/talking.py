"""`talk`: meet a patient by typing, in a terminal, on a virtual clock."""

from __future__ import annotations

from typing import Literal

from rich.console import Console
from rich.prompt import Prompt as Ask

from server.cli.paper import print_scorecard, turn_text
from server.cli.shelf import case_named, rubric_for
from server.core.effects import Effect, ShowNotice, ShowTurn
from server.core.errors import RequestError
from server.core.events import Ended, Paused, Reflected, Resumed
from server.core.scoring import score as score_encounter
from server.core.transcript import LEARNER
from server.core.virtual import VirtualRoom, virtual_room
from server.live.wire_in import clean_text
from server.live.wording import NOTICES, ai_disclosure

HELP = "/do ACTION · /wait SECONDS · /pause · /resume · /end · /stop (costs nothing)"


def talk(case: str, portrayal: Literal["teaching", "assessment"]) -> bool:
    """Play to the end, reflect, show the draft. False when the learner left before that."""
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
    try:
        _reflect(console, room)
    except KeyboardInterrupt:
        console.print()
        return False
    print_scorecard(console, score_encounter(room.encounter, rubric_for(played)), room.encounter)
    return True


def _show(console: Console, room: VirtualRoom, effect: Effect) -> None:
    if isinstance(effect, ShowTurn) and effect.turn.closed and effect.turn.text and effect.turn.speaker != LEARNER:
        console.print(turn_text(room.encounter, effect.turn))
    if isinstance(effect, ShowNotice):
        console.print(NOTICES[effect.notice.code], style="yellow", markup=False)


def _turn(console: Console, room: VirtualRoom) -> None:
    """One thing the learner does. End of input and Ctrl-C end the encounter."""
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


def _reflect(console: Console, room: VirtualRoom) -> None:
    """Raises `KeyboardInterrupt` for a learner who wants to leave at once."""
    if room.encounter.phase != "reflection":
        return
    console.print("\nYou are out of the room. The patient is a fiction.", style="bold")
    reactions, felt = _ask("How are you leaving that conversation?"), _ask("What did you feel?")
    room.offer(Reflected(reactions, felt, _ask("What did you say of it?")))


def _ask(question: str) -> str:
    try:
        return Ask.ask(question, default="", show_default=False)
    except EOFError:
        return ""
