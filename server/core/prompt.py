"""The prompt: all that an actor sees in one turn. What is locked is not in it, because it was never put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One turn as the actor sees it."""

    speaker: str
    """`learner` or a cast id."""
    text: str
    """As heard."""


@dataclass(frozen=True)
class Prompt:
    """What is handed to an `Actor`."""

    role: str
    """Who you are and how you behave."""
    conversation: tuple[Line, ...]
    """As heard, oldest first."""
    direction: str
    """What to do in this turn."""
    lines: tuple[str, ...]
    """The authored lines the director chose: said word for word by the scripted actor, and a model's fallback."""
    max_sentences: int = 3
    speaker: str = ""
    """Cast id of whoever speaks."""
    exact: bool = False
    """The lines are read out as they stand; no model phrases them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """How everybody in the conversation is called, by cast id; `learner` by their role."""
