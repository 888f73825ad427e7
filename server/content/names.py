"""What a case defines and may refer to, and the small tools that every lint rule shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

from server.content.plain_words import suggestion
from server.core.case import Case
from server.core.errors import Problem
from server.core.lexicon import FEELINGS
from server.core.moves import MOVES

Problems = Iterator[Problem]


@dataclass(frozen=True)
class Names:
    """Every name of one case, by kind."""

    case: Case

    @cached_property
    def known(self) -> dict[str, frozenset[str]]:
        case = self.case
        return {
            "beat": frozenset(beat.id for beat in case.beats),
            "fact": frozenset(fact.id for fact in case.facts),
            "cast member": frozenset(member.id for member in case.cast),
            "action": frozenset(action.id for action in case.actions),
            "objective": frozenset(objective.id for objective in case.education.learning_objectives),
            "variable": frozenset({*case.state.numbers, *case.state.choices}),
            "number": frozenset(case.state.numbers),
            "choice": frozenset(case.state.choices),
            "move": frozenset(MOVES),
            "feeling": frozenset(FEELINGS),
        }

    def missing(self, kind: str, names: Iterable[str], key: str) -> Problems:
        """A problem for each of `names` that is not a known `kind`. `key` may hold {} for the place in a list."""
        for index, name in enumerate(names):
            if name not in self.known[kind]:
                yield fault(
                    key.format(index), f'there is no {kind} "{name}";', suggestion(name, list(self.known[kind]))
                )


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
    elif isinstance(part, dict):
        children = [(str(name), item) for name, item in part.items()]
    else:
        return
    for name, child in children:
        yield from walk(child, f"{key}.{name}" if key else name)
