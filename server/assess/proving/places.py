"""Where in its file a case says what `prove` found it to leak, in words that its author can look up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from server.assess.proving.watch import Leak, holds_fact
from server.content.spoken import public_texts
from server.core.case import Case
from server.core.lexicon import stem, tokens
from server.core.variants import as_variant

WHOLE = "its words"
"""What a leak has for `words` when the fact as a whole was found."""
MOST_PLACES = 3
"""Places that are named for one leak."""
MOST_SHOWN = 80
"""Letters of a line that is quoted."""
_NEVER_SAID = frozenset(
    {"rehearsals", "validation_probes", "debrief", "education", "assessment", "governance", "checkpoints", "variants"}
    | {"source_attribution", "ending", "asked", "called", "when", "enter_when", "id", "to", "trigger", "success_if"}
)
"""Parts of a case that neither an actor nor a learner meets."""

_NOTES = frozenset({"private", "ideas", "concerns", "expectations", "impact", "affect", "affect_baseline"})
_FOR_ACTORS = _NOTES | {"appearance_and_behaviour", "improvise", "communication_needs"}
"""Parts that an actor reads and that nobody says."""


@dataclass(frozen=True)
class Leaking:
    """Every leak of one fact by the same words in the same kind of place."""

    leak: Leak
    """The first of them."""
    times: int
    places: tuple[str, ...]
    """Where in the file these words stand; none where no single text holds them."""

    def __str__(self) -> str:
        leak, seen = self.leak, {"prompt": "in the prompt of", "shown": "in what is said or seen of"}
        whose = f"{seen[leak.where]} {leak.speaker}" if leak.where in seen else "in what is public"
        words = "word for word or nearly" if leak.words == WHOLE else f'"{leak.words}"'
        after = f', first after "{leak.after}"' if leak.after else ", from the start"
        times = f", {self.times} times" if self.times > 1 else ""
        stands = "; ".join(self.places) or "no single text of the file: two that came together"
        return f"{leak.fact}: {words} {whose}{times}{after}. It stands in {stands}"


def gathered(leaks: Sequence[Leak], case: Case) -> list[Leaking]:
    """The leaks of a proof with their places, each kind once, in the order in which they were found."""
    kinds: dict[tuple[str, ...], list[Leak]] = {}
    for leak in leaks:
        kinds.setdefault((leak.fact, leak.where, leak.speaker, leak.words), []).append(leak)
    return [Leaking(found[0], len(found), places(case, found[0])) for found in kinds.values()]


def places(case: Case, leak: Leak) -> tuple[str, ...]:
    """Texts of the case, or else of one of its variants, that hold what leaked: place, and the line itself."""
    for played in (case, *(as_variant(case, variant.id) for variant in case.variants)):
        texts = public_texts(played) if leak.where == "public" else _texts(played)
        found = [(key, text) for key, text in texts if _gives_away(played, leak, key, text)]
        if found:
            return tuple(f'{place(played, key)}: "{_short(text)}"' for key, text in found[:MOST_PLACES])
    return ()


def _gives_away(case: Case, leak: Leak, key: str, text: str) -> bool:
    fact = next(((n, fact) for n, fact in enumerate(case.facts) if fact.id == leak.fact), None)
    if fact is None or key in (f"facts.{fact[0]}.say", f"facts.{fact[0]}.show"):
        return False
    if leak.where == "shown" and _FOR_ACTORS & set(key.split(".")):
        return False
    if leak.words == WHOLE:
        return holds_fact(text, fact[1])
    return leak.words in {stem(word) for word in tokens(text)} or leak.words in re.findall(r"[A-Z][a-z]+", text)


def _texts(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its dotted place, without what nobody says, reads or sees."""
    if isinstance(part, str):
        yield key, part
        return
    children: list[tuple[str, Any]] = []
    if is_dataclass(part):
        children = [(f.name, getattr(part, f.name)) for f in fields(part) if f.name not in _NEVER_SAID]
    elif isinstance(part, Mapping):
        children = [(str(name), child) for name, child in part.items()]
    elif isinstance(part, tuple):
        children = [(str(number), child) for number, child in enumerate(part)]
    for name, child in children:
        yield from _texts(child, f"{key}.{name}" if key else name)


def place(case: Case, key: str) -> str:
    """`cast.0.portrayal.habits.1.lines.2` as `cast bea, portrayal, habits pain, lines 3`."""
    said: list[str] = []
    part: Any = case
    for name in key.split("."):
        if name.isdecimal() and isinstance(part, tuple):
            part = part[int(name)]
            said[-1] = f"{said[-1]} {_called(part) or int(name) + 1}"
        else:
            part = part[name] if isinstance(part, Mapping) else getattr(part, name)
            said.append(name)
    return ", ".join(said)


def _called(part: Any) -> str:
    """How an author calls an entry of a list, where it has such a word."""
    to = getattr(part, "to", ())
    named = (getattr(part, name, "") for name in ("id", "kind", "learner", "move", "when"))
    return next((name for name in named if name), f"to {to[0]}" if isinstance(to, tuple) and to else "")


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN].rstrip()}..."
