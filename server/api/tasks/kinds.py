"""The kinds of long tasks: what each does, and who may begin it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.api.access import Person
from server.api.services import Services
from server.api.tasks.progress import Progress
from server.core.errors import NotAllowed, RequestError
from server.store.house.tasks import Task

Run = Callable[[Services, Task, Progress], Awaitable[dict[str, Any]]]
Allow = Callable[[Services, Person, str, Mapping[str, Any]], Awaitable[str]]
Ready = Callable[[Services, Person, str], Awaitable[object]]


@dataclass(frozen=True)
class Kind:
    """One kind of task."""

    run: Run
    """Does it, and returns what came of it, JSON-ready."""
    allow: Allow
    """Returns the title. Raises `NotFound`, `NotAllowed` and whatever else is wrong with the request."""
    roles: frozenset[str]
    """Of `Role`: who may begin it and read what came of it, where `allow` lets them."""
    page: str = ""
    """Where its result is read, with `{id}` and `{about}` in it, e.g. `#/proof/{id}`; empty: nowhere."""
    heavy: bool = True
    """One of these at a time in a process."""
    ready: Ready | None = None
    """Raises what keeps it from being begun now, though it may be: what came of earlier ones is shown all the same."""


KINDS: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Make it known; `name` has at most 16 letters. Raises `ValueError` for a name that is taken by another."""
    if len(name) > 16 or KINDS.get(name, kind) != kind:
        raise ValueError(f"no name for a kind of task: {name}")
    KINDS[name] = kind


def kind_for(person: Person, name: str) -> Kind:
    """Raises `RequestError` for a name that is none, `NotAllowed` where it is not for this person."""
    kind = KINDS.get(name)
    if kind is None:
        mend = f"There are: {', '.join(sorted(KINDS))}."
        raise RequestError("There is no such kind of task.", code="bad_field", field="kind", mend=mend)
    if not kind.roles & person.roles:
        raise NotAllowed(f"This is for {' or '.join(sorted(kind.roles))}.", code="not_for_your_role")
    return kind
