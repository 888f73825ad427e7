"""Ways to change a talk that have to do with its moments: right words too late, and stock lines from another list."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle, islice

from benchmarks.perturbing import Kind, Turns, own, reworded
from server.core.transcript import Turn

OTHERS = (
    "What you're feeling is completely normal.",
    "My heart goes out to you.",
    "You're doing so well.",
    "That's a lot to carry.",
    "Thanks for opening up to me.",
    "No wonder you feel like this.",
    "It's only natural to be upset.",
    "You're so strong.",
    "I'd be upset too.",
    "I'll support you all the way.",
    "I really respect that.",
    "It must be awful.",
    "I'm with you on this.",
    "Tell me more about that.",
    "You must feel so overwhelmed and sad.",
    "I believe you.",
)
"""Lines that fit any trouble, written after the rules; two rules were mended by what they showed."""


def stuffed_other(turns: Turns) -> list[Turn]:
    """Three stock lines in every turn, from another list."""
    lines = cycle(OTHERS)
    return [reworded(turn, " ".join((turn.text, *islice(lines, 3)))) if own(turn) else turn for turn in turns]


def late(turns: Turns) -> list[Turn]:
    """Every turn's words one turn later; the last ones come first."""
    said = [turn.text for turn in turns if own(turn)]
    moved = iter([*said[-1:], *said[:-1]])
    return [reworded(turn, next(moved)) if own(turn) else turn for turn in turns]


def early(turns: Turns) -> list[Turn]:
    """Every turn's words one turn sooner; the first ones come last."""
    said = [turn.text for turn in turns if own(turn)]
    moved = iter([*said[1:], *said[:1]])
    return [reworded(turn, next(moved)) if own(turn) else turn for turn in turns]


def said_twice(turns: Turns) -> list[Turn]:
    """Every turn says everything twice."""
    return [reworded(turn, f"{turn.text} {turn.text}") if own(turn) else turn for turn in turns]


MOMENTS: Mapping[str, Kind] = {
    "stuffed_other": Kind(stuffed_other, "no better"),
    "late": Kind(late, "reported"),
    "early": Kind(early, "reported"),
    "said_twice": Kind(said_twice, "no better"),
}
"""Every kind by name. Words a turn later or sooner have no bar: some of them then stand where they fit better."""
