"""What a case defines and may refer to, and the small tools that every lint rule shares.

Names of state are read where they stand: inside a cast member's own part (their portrayal, their state, facts they own,
beats they speak) their own come first, then the case's; from anywhere else theirs are written `id.name`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

from server.content.plain_words import suggestion
from server.core.case import Case
from server.core.case_parts.state import State
from server.core.errors import Problem
from server.core.lexicon import FEELINGS
from server.core.moves import MOVES

Problems = Iterator[Problem]


@dataclass(frozen=True)
class Names:
    """Every name of one case, by kind."""

    case: Case

    @cached_property
    def parts(self) -> tuple[tuple[str, Any], ...]:
        """Every dataclass inside the case with its dotted place: walked once, read by many rules."""
        return tuple(walk(self.case))

    @cached_property
    def known(self) -> dict[str, frozenset[str]]:
        case = self.case
        return {
            "beat": frozenset(beat.id for beat in case.beats),
            "fact": frozenset(fact.id for fact in case.facts),
            "cast member": frozenset(member.id for member in case.cast),
            "action": frozenset(action.id for action in case.actions),
            "checkpoint": frozenset(checkpoint.id for checkpoint in case.checkpoints),
            "variant": frozenset(variant.id for variant in case.variants),
            "objective": frozenset(objective.id for objective in case.education.learning_objectives),
            "number": frozenset(case.state.numbers),
            "choice": frozenset(case.state.choices),
            "move": frozenset(MOVES),
            "feeling": frozenset(FEELINGS),
        }

    def owner(self, key: str) -> str:
        """The id of the member whose part of the file `key` lies in; empty for the first of the cast and the room."""
        kind, _, rest = key.partition(".")
        place = rest.partition(".")[0]
        if not place.isdecimal():
            return ""
        case, index = self.case, int(place)
        named = {
            "cast": lambda: case.cast[index].id,
            "facts": lambda: case.facts[index].owner,
            "beats": lambda: case.beats[index].speaker,
        }.get(kind, lambda: "")()
        return "" if not case.cast or named == case.cast[0].id else named

    def full(self, name: str, key: str) -> str:
        """The full name of the state that `name` means where `key` stands."""
        whose, _, rest = name.rpartition(".")
        if self.case.cast and whose == self.case.cast[0].id:
            return rest
        own = f"{self.owner(key)}.{name}"
        return own if own in self.case.numbers or own in self.case.choices else name

    def missing(self, kind: str, names: Iterable[str], key: str) -> Problems:
        """A problem for each of `names` that is not a known `kind`. `key` may hold {} for the place in a list."""
        yield from absent(kind, names, self.known[kind], key)

    def missing_state(self, kind: str, names: Iterable[str], key: str, place: str = "") -> Problems:
        """The same for a `number`, a `choice` or a `variable` of anybody's state, read where `place` (or `key`) is."""
        numbers, choices = {*self.case.numbers}, {*self.case.choices}
        known = {"number": numbers, "choice": choices}.get(kind, numbers | choices)
        whose = self.owner(place or key)
        shown = {name.removeprefix(f"{whose}.") for name in known} | known if whose else known
        for index, name in enumerate(names):
            if self.full(name, place or key) not in known:
                yield from absent(kind, [name], shown, key.format(index))


def absent(kind: str, names: Iterable[str], known: Collection[str], key: str) -> Problems:
    """A problem, with the nearest right spelling, for each of `names` that is not `known`."""
    for index, name in enumerate(names):
        if name not in known:
            yield fault(key.format(index), f'there is no {kind} "{name}";', suggestion(name, sorted(known)))


def states(case: Case) -> Iterator[tuple[str, State]]:
    """Everybody's state with its place in the file: the case's, then those of members after the first."""
    yield "state", case.state
    for index, member in enumerate(case.cast):
        if index:
            yield f"cast.{index}.state", member.state


def fault(key: str, message: str, mend: str = "") -> Problem:
    """A problem that refuses the file. File and line are filled in by `lint`."""
    return Problem(message, key=key, mend=mend)


def warn(key: str, message: str, mend: str = "") -> Problem:
    """A problem that is shown, and the file still loads."""
    return Problem(message, key=key, mend=mend, warning=True)


def walk(part: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every dataclass inside `part` with its dotted place, itself included."""
    if is_dataclass(part):
        yield key, part
        children = [(field.name, getattr(part, field.name)) for field in fields(part)]
    elif isinstance(part, tuple):
        children = [(str(index), item) for index, item in enumerate(part)]
    elif isinstance(part, Mapping):
        children = [(str(name), item) for name, item in part.items()]
    else:
        return
    for name, child in children:
        yield from walk(child, f"{key}.{name}" if key else name)
