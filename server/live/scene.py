"""What of an encounter a page must know beside its turns: the cast, who is in the room, what may be done now.

Only what is public of a person, and of an action only that it can be done: never a condition, so never a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.core.case_parts.play import Action
from server.core.conditions import holds
from server.core.effects import ShowTurn, effects_between
from server.core.encounter import Encounter, Item
from server.core.events import Untold
from server.core.log import Entry
from server.core.steering.cueing import untold
from server.core.transcript import Turn


def names_of(encounter: Encounter) -> dict[str, str]:
    """How the cast are called, by id."""
    return {member.id: member.name for member in encounter.case.cast}


def cast_of(encounter: Encounter) -> list[dict[str, Any]]:
    """The cast as the learner may know them: `id`, `name`, `role_type`, and whether they are in the room."""
    return [
        {"id": one.id, "name": one.name, "role_type": one.role_type, "present": one.id in encounter.board.present}
        for one in encounter.case.cast
    ]


def offered(encounter: Encounter) -> list[Action]:
    """The actions whose time it is, in the case's order."""
    view = encounter.view()
    return [action for action in encounter.case.actions if holds(action.when, view)]


def missed_turns(known: Encounter, encounter: Encounter) -> list[Turn]:
    """New and changed turns in order, and any reply that is still open: this connection has yet to hear of it."""
    changed = {e.turn.id for e in effects_between(known, encounter) if isinstance(e, ShowTurn)}
    return [turn for turn in encounter.turns if turn.id in changed or not turn.closed]


def missed_items(known: Encounter, encounter: Encounter) -> list[Item]:
    return [item for item in encounter.pending if item not in known.pending]


def told_seq(seq: int, encounter: Encounter) -> int:
    """Under which number a client knows event `seq` of the log. Cues and their taking back are not counted: a gap would
    give them away.
    """
    return seq - untold(encounter)


def known_part(entries: Sequence[Entry], known: int) -> Sequence[Entry]:
    """The log as far as a client knows it who was told of `known` events."""
    told = [at for at, entry in enumerate(entries, 1) if not isinstance(entry.event, Untold)]
    return entries[: told[min(known, len(told)) - 1]]
