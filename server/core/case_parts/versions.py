"""What changed between the schemas of a case, as data: each step names the fields that have other names since then.

Standard library only, and a case as a plain tree: whatever reads old cases, from a file or from a store, can use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

EACH = "*"
"""Every entry of a list."""


@dataclass(frozen=True)
class Rename:
    """A field that is called otherwise: the path to it, and its new name."""

    path: tuple[str, ...]
    to: str


@dataclass(frozen=True)
class Step:
    """From one schema to the next."""

    to: str
    renames: tuple[Rename, ...]


STEPS = {"1": Step("2", (Rename(("rehearsals", EACH, "nurse"), "learner"),))}
"""By the schema that is left behind."""


def steps_from(version: str) -> tuple[Step, ...]:
    """Every step from this schema to the newest; none for the newest, and none for one that nobody knows."""
    found = []
    while step := STEPS.get(version):
        found.append(step)
        version = step.to
    return tuple(found)


def renewed(tree: Any) -> Any:
    """A case of any earlier schema as one of the newest; anything else as it is. `tree` is left alone."""
    for step in steps_from(str(tree.get("schema_version", ""))) if isinstance(tree, dict) else ():
        tree = stepped(tree, step)
    return tree


def stepped(tree: Any, step: Step) -> Any:
    """A case one schema further."""
    for rename in step.renames:
        tree = _renamed(tree, rename.path, rename.to)
    return {**tree, "schema_version": step.to}


def _renamed(tree: Any, path: tuple[str, ...], to: str) -> Any:
    name, *rest = path
    if name == EACH:
        return [_renamed(item, tuple(rest), to) for item in tree] if isinstance(tree, list) else tree
    if not isinstance(tree, dict) or name not in tree:
        return tree
    if rest:
        return {key: _renamed(part, tuple(rest), to) if key == name else part for key, part in tree.items()}
    return tree if to in tree else {to if key == name else key: part for key, part in tree.items()}


def places(tree: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every place in `tree` that `path` means, as keys and positions."""
    name, *rest = path
    keys = [str(index) for index in range(len(tree))] if name == EACH and isinstance(tree, list) else [name]
    for key in keys:
        part = tree[int(key)] if isinstance(tree, list) and key.isdecimal() else _get(tree, key)
        if part is not None:
            yield from ((key, *more) for more in places(part, tuple(rest))) if rest else iter([(key,)])


def _get(tree: Any, key: str) -> Any:
    return tree.get(key) if isinstance(tree, dict) else None
