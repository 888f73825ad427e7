"""Lint: whatever one part of a case says of another exists: people, beats, facts, numbers and choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from server.content.names import Names, Problems, fault, warn
from server.content.ranges import goes_back
from server.core.case_parts.cast import Reaction
from server.core.case_parts.play import Action, Aside, Beat, Delivery, Opportunity, Outcome
from server.core.case_parts.state import Drift, Response


def references(names: Names) -> Problems:
    """What beats, facts, prompts, debrief and probes name."""
    case, missing = names.case, names.missing
    for index, fact in enumerate(case.facts):
        yield from missing("cast member", given(fact.owner), f"facts.{index}.owner")
        yield from missing("objective", given(fact.objective), f"facts.{index}.objective")
    for index, prompt in enumerate(case.prompts):
        yield from missing("beat", given(prompt.if_not), f"prompts.{index}.if_not")
    for index, analysis in enumerate(case.debrief.analysis):
        yield from missing("beat", [analysis.beat], f"debrief.analysis.{index}.beat")
        yield from missing("objective", [analysis.objective], f"debrief.analysis.{index}.objective")
    for index, probe in enumerate(case.validation_probes):
        yield from missing("fact", probe.must_not_reveal, f"validation_probes.{index}.must_not_reveal.{{}}")
        yield from missing("fact", probe.reveals, f"validation_probes.{index}.reveals.{{}}")


def beats(names: Names) -> Problems:
    missing = names.missing
    for key, part in names.parts:
        if isinstance(part, Beat):
            yield from missing("feeling", part.opportunity.feelings, f"{key}.opportunity.feelings.{{}}")
            yield from missing("objective", [part.opportunity.objective], f"{key}.opportunity.objective")
            yield from missing("cast member", given(part.speaker), f"{key}.speaker")
            yield from missing("fact", part.follows, f"{key}.follows.{{}}")
        elif isinstance(part, Reaction):
            yield from missing("beat", given(part.after), f"{key}.after")


def people(names: Names) -> Problems:
    """Who is spoken to, who speaks, who comes and goes."""
    for key, name in _people(names):
        yield from names.missing("cast member", given(name), key)


def _people(names: Names) -> Iterator[tuple[str, str]]:
    for key, part in names.parts:
        match part:
            case Delivery():
                yield f"{key}.to", part.to
            case Aside():
                yield f"{key}.speaker", part.speaker
            case Action() | Opportunity():
                yield f"{key}.toward", part.toward
            case Outcome():
                yield f"{key}.speaker", part.speaker
                yield from ((f"{key}.enters.{index}", name) for index, name in enumerate(part.enters))
                yield from ((f"{key}.leaves.{index}", name) for index, name in enumerate(part.leaves))


def changes(names: Names) -> Problems:
    """Facts opened, numbers moved and choices set by responses, outcomes and time."""
    for key, part in names.parts:
        if isinstance(part, Response | Outcome):
            yield from names.missing_state("number", part.effect, f"{key}.effect", key)
            for name, value in part.set.items():
                yield from set_to(names, f"{key}.set.{name}", name, value, key)
        if isinstance(part, Outcome):
            yield from names.missing("fact", part.reveal, key + ".reveal.{}")
        if isinstance(part, Drift):
            yield from names.missing_state("number", [part.number], f"{key}.number", key)


def set_to(names: Names, key: str, name: str, value: str, place: str) -> Problems:
    """A choice set to a word that it can be; `place` says whose."""
    choice = names.case.choices.get(names.full(name, place))
    yield from names.missing_state("choice", [name], key, place)
    if choice and value not in choice.values:
        yield fault(key, f'{name} cannot be "{value}";', f"it is one of: {', '.join(choice.values)}.")
    elif choice and goes_back(choice, value):
        yield warn(key, f'{name} never goes back to "{value}";', "add `may_go_back: true`, or set a later word.")


def given(name: str) -> Iterable[str]:
    return [name] if name else []


RULES = (references, beats, people, changes)
