"""`talk`: meet the people of a case by typing, in a terminal, on a virtual clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.prompt import Prompt as Ask

from server.cli.paper import print_scorecard, turn_text
from server.cli.shelf import case_named, rubric_for
from server.core.case import Case
from server.core.case_parts.links import RoleCard
from server.core.effects import Effect, ShowNotice, ShowTurn
from server.core.errors import RequestError
from server.core.events import Ended, Paused, Reflected, Resumed
from server.core.scoring.scoring import score as score_encounter
from server.core.scoring.scoring import why_not_scored
from server.core.transcript import LEARNER
from server.core.virtual import VirtualRoom, virtual_room
from server.live.scene import offered
from server.live.wire_in import clean_text
from server.live.wording import ENDINGS, NOT_SCORED, NOTICES, ai_disclosure, people

HELP = "/do ACTION · /wait SECONDS · /pause · /resume · /end · /stop (costs nothing)"


def talk(case: str, portrayal: Literal["teaching", "assessment"], variant: str = "") -> bool:
    """Play to the end, reflect, show the draft. False when the learner left before that.

    Raises `NotFound` for a case or variant that there is not.
    """
    room = virtual_room(case_named(case), portrayal, variant=variant)
    terminal = Terminal(Console(), room)
    terminal.brief()
    room.on_effect = terminal.show
    room.enter()
    while room.encounter.running or room.encounter.phase == "paused":
        terminal.turn()
    terminal.say("\n" + ENDINGS[room.encounter.ended])
    try:
        terminal.reflect()
    except KeyboardInterrupt:
        terminal.say("")
        return False
    terminal.result()
    return True


@dataclass
class Terminal:
    """One learner at a keyboard."""

    console: Console
    room: VirtualRoom
    _offered: tuple[str, ...] | None = None

    @property
    def _case(self) -> Case:
        return self.room.encounter.case

    def say(self, text: str, style: str = "") -> None:
        self.console.print(text, style=style or None, markup=False)

    def brief(self) -> None:
        """What a learner may know at the door."""
        self.say(self._case.prebrief.door_note)
        if self._case.role_card:
            self.say(card_text(self._case.role_card))
        if len(self._case.cast) > 1:
            here = self.room.encounter.board.present
            self.say("\n".join(f"{one.name}: {one.public}" for one in self._case.cast if one.id in here))
        self.say(ai_disclosure(*people(self._case)), "dim")
        self.say(HELP, "dim")

    def show(self, effect: Effect) -> None:
        if isinstance(effect, ShowTurn) and effect.turn.closed and effect.turn.text and effect.turn.speaker != LEARNER:
            self.console.print(turn_text(self.room.encounter, effect.turn))
        if isinstance(effect, ShowNotice):
            self.say(NOTICES[effect.notice.code], "yellow")

    def turn(self) -> None:
        """One thing the learner does. End of input and Ctrl-C end the encounter."""
        self._show_actions()
        try:
            words = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            words = "/end"
        command, _, about = words.partition(" ")
        try:
            if command.startswith("/"):
                _command(self.room, command, about)
            elif words and self.room.encounter.running:
                self.room.wait(len(words.split()) * 350)
                self.room.say(clean_text(words))
        except RequestError as error:
            self.say(error.message, "yellow")

    def _show_actions(self) -> None:
        """What may be done now, when that has changed."""
        actions = offered(self.room.encounter)
        if actions and tuple(action.id for action in actions) != self._offered:
            self.say("Actions: " + ", ".join(f"{action.id} ({action.label})" for action in actions), "dim")
        self._offered = tuple(action.id for action in actions)

    def reflect(self) -> None:
        """Raises `KeyboardInterrupt` for a learner who wants to leave at once."""
        if self.room.encounter.phase != "reflection":
            return
        self.say("\nYou are out of the room. Whoever you met there is a fiction.", "bold")
        if card := self._case.role_card:
            self.room.offer(Reflected(_answers(card.afterwards)))
            return
        reactions, felt = _ask("How are you leaving that conversation?"), _ask("What did you feel?")
        self.room.offer(Reflected(reactions, felt, _ask("What did you say of it?")))

    def result(self) -> None:
        if why := why_not_scored(self.room.encounter):
            self.say(NOT_SCORED[why])
            return
        card = score_encounter(self.room.encounter, rubric_for(self._case))
        print_scorecard(self.console, card, self.room.encounter)


def card_text(card: RoleCard) -> str:
    """A role card as a learner reads it who plays the patient."""
    parts = [
        f"You play: {card.you_are}",
        *(f"  · {point}" for point in card.your_story),
        *(("You hold back, until somebody makes it easy:",) if card.you_hold_back else ()),
        *(f"  · {point}" for point in card.you_hold_back),
        *((f"You want: {card.you_want}",) if card.you_want else ()),
    ]
    return "\n".join(parts)


def _command(room: VirtualRoom, command: str, about: str) -> None:
    running = room.encounter.running
    match command:
        case "/do" if running and about in [action.id for action in offered(room.encounter)]:
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


def _answers(questions: Iterable[str]) -> str:
    return "\n".join(answer for question in questions if (answer := _ask(question)))


def _ask(question: str) -> str:
    try:
        return Ask.ask(question, default="", show_default=False)
    except EOFError:
        return ""
