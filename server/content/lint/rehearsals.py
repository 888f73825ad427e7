"""Lint: the three authored learners are there, and do things that can be done."""

from __future__ import annotations

from collections.abc import Iterator

from server.content.names import Names, Problems, absent, fault
from server.core.case_parts.rehearsal import Rehearsal, Step

LEARNERS: tuple[str, ...] = ("skilled", "average", "poor")
ENDS = ("addressed", "missed", "not_offered", "unanswered")


def one_of_each(names: Names) -> Problems:
    found: list[str] = [rehearsal.learner for rehearsal in names.case.rehearsals]
    for learner in LEARNERS:
        if found.count(learner) != 1:
            message = f"{found.count(learner)} rehearsals of the {learner} learner;"
            yield fault("rehearsals", message, "a case has exactly one.")


def steps(names: Names) -> Problems:
    for key, step in _steps(names):
        given = [bool(step.say), bool(step.do), step.wait_s > 0]
        if sum(given) != 1:
            yield fault(key, "a step is one of say, do and wait_s;", 'e.g. `{say: "How is your pain?"}`.')
        if step.do:
            yield from names.missing("action", [step.do], f"{key}.do")


def _steps(names: Names) -> Iterator[tuple[str, Step]]:
    for index, rehearsal in enumerate(names.case.rehearsals):
        for number, step in enumerate(rehearsal.steps):
            yield f"rehearsals.{index}.steps.{number}", step
        for beat, replies in rehearsal.replies.items():
            for number, step in enumerate(replies):
                yield f"rehearsals.{index}.replies.{beat}.{number}", step


def expectations(names: Names) -> Problems:
    known = names.known["beat"] | names.known["fact"]
    for index, rehearsal in enumerate(names.case.rehearsals):
        key = f"rehearsals.{index}"
        for name in rehearsal.replies:
            yield from absent("beat or fact", [name], known, f"{key}.replies.{name}")
        yield from _expected(names, key, rehearsal)


def _expected(names: Names, key: str, rehearsal: Rehearsal) -> Problems:
    named = [beat for end in ENDS for beat in getattr(rehearsal.expect, end)]
    for end in ENDS:
        yield from names.missing("beat", getattr(rehearsal.expect, end), f"{key}.expect.{end}.{{}}")
    for beat in sorted({beat for beat in named if named.count(beat) > 1}):
        yield fault(f"{key}.expect", f'beat "{beat}" is expected to end in two ways;', "keep one of them.")
    choices = f"say {', '.join(ENDS[:-1])} or {ENDS[-1]}."
    for beat in sorted(names.known["beat"] - set(named)):
        yield fault(f"{key}.expect", f'nothing is expected of beat "{beat}";', choices)


RULES = (one_of_each, steps, expectations)
