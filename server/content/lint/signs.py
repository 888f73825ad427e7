"""Lint: every sign, move, word and feeling that is listened for exists, and can be heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from server.content.names import Names, Problems, absent, fault
from server.content.signs import heard_word, sign, topics
from server.core.case_parts.cast import Barrier, Reaction
from server.core.case_parts.play import Action, Beat, Opportunity
from server.core.case_parts.state import Response
from server.core.conditions import Ask, BadCondition, Negation, parse
from server.core.moves import MOVES


def signs(names: Names) -> Problems:
    """`success_if`, `eased_if`, `let_through`, and the `move` of a response."""
    for key, text in _signs(names):
        yield from sign(names, text, key)


def _signs(names: Names) -> Iterator[tuple[str, str]]:
    for key, part in names.parts:
        if isinstance(part, Beat):
            yield from _each(f"{key}.success_if", part.success_if)
            yield from _each(f"{key}.eased_if", part.eased_if)
        elif isinstance(part, Barrier):
            yield from _each(f"{key}.let_through", part.let_through)
        elif isinstance(part, Response):
            yield f"{key}.move", part.move


def _each(key: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{key}.{index}", text) for index, text in enumerate(texts))


def moves(names: Names) -> Problems:
    """Places that hold a move and nothing else."""
    for key, part in names.parts:
        if isinstance(part, Action):
            yield from names.missing("move", part.moves, key + ".moves.{}")
    for name, words in names.case.phrases.items():
        key = f"phrases.{name}"
        yield from absent("move", [name], MOVES, key)
        if not words or not all(word.strip() for word in words):
            yield fault(key, f"there are no words for `{name}`;", "add some, or take it out.")


def reactions(names: Names) -> Problems:
    for key, part in names.parts:
        if isinstance(part, Reaction):
            yield from _reaction(names, part, key)


def _reaction(names: Names, reaction: Reaction, key: str) -> Problems:
    if not reaction.to or not reaction.lines:
        yield fault(key, "a reaction needs `to` and `lines`;", "e.g. `{to: [thanks], lines: [You're welcome.]}`.")
    for place, text in _each(f"{key}.to", reaction.to):
        if not text.startswith("topic:"):
            yield from sign(names, text, place)
        elif word := text.removeprefix("topic:"):
            yield from heard_word(word, place)
        else:
            yield fault(place, "`topic:` needs a word,", "e.g. topic:weather.")


def words(names: Names) -> Problems:
    """Topics of a moment."""
    for key, part in names.parts:
        if isinstance(part, Opportunity):
            yield from topics(part.topics, f"{key}.topics")


def listened_for(key: str, text: str) -> Problems:
    """Words of `learner_mentions:` in one condition."""
    try:
        terms = parse(text).terms
    except BadCondition:
        return
    for term in terms:
        atom = term.of if isinstance(term, Negation) else term
        if isinstance(atom, Ask) and atom.verb == "learner_mentions":
            yield from heard_word(atom.subject, key)


RULES = (signs, moves, reactions, words)
