"""Lint: ids are unique and well formed, and whatever is referred to exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from server.content.names import Names, Problems, fault, walk, warn
from server.core.case import SCHEMA_VERSION, Case
from server.core.case_frame import ChecklistItem
from server.core.case_play import Outcome, Reaction, Response
from server.core.moves import MOVES

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


def identity(names: Names) -> Problems:
    case = names.case
    if case.schema_version != SCHEMA_VERSION:
        yield fault("schema_version", f'schema "{case.schema_version}" is not known;', f'write "{SCHEMA_VERSION}".')
    if not _SLUG.fullmatch(case.case_id):
        yield fault(
            "case_id", f'"{case.case_id}" cannot be a case id;', "use small letters, digits and single hyphens."
        )
    if not _VERSION.fullmatch(case.case_version):
        yield fault("case_version", f'"{case.case_version}" is not a version;', "write three numbers, e.g. 1.0.0.")
    if case.language.split("-")[0] != "en":
        yield warn(
            "language", "what the learner says is read in English only;", "other languages will not be understood yet."
        )


def unique_ids(names: Names) -> Problems:
    for key, kind, ids in _id_lists(names.case):
        for index, name in enumerate(ids):
            place = f"{key}.{index}.id"
            if not _ID.fullmatch(name):
                yield fault(place, f'"{name}" cannot be an id;', "use letters, digits, _ and -.")
            elif name in ids[:index]:
                yield fault(place, f'the {kind} id "{name}" is used twice;', f"the first is {key}.{ids.index(name)}.")
            elif kind == "cast" and name == "learner":
                yield fault(place, 'a cast id cannot be "learner";', "that is who plays with the case.")


def _id_lists(case: Case) -> Iterator[tuple[str, str, list[str]]]:
    """Every list whose entries have ids: place, kind, ids."""
    yield "education.learning_objectives", "objective", [o.id for o in case.education.learning_objectives]
    yield "logistics.props_and_media", "prop", [prop.id for prop in case.logistics.props_and_media]
    yield "cast", "cast", [member.id for member in case.cast]
    yield "facts", "fact", [fact.id for fact in case.facts]
    yield "beats", "beat", [beat.id for beat in case.beats]
    yield "state.moods", "mood", [mood.id for mood in case.state.moods]
    yield "actions", "action", [action.id for action in case.actions]
    yield "checkpoints", "checkpoint", [checkpoint.id for checkpoint in case.checkpoints]
    yield "assessment.instruments", "instrument", [instrument.id for instrument in case.assessment.instruments]
    for number, instrument in enumerate(case.assessment.instruments):
        yield f"assessment.instruments.{number}.items", "item", [item.id for item in instrument.items]
    for number, member in enumerate(case.cast):
        yield f"cast.{number}.portrayal.barriers", "barrier", [barrier.id for barrier in member.portrayal.barriers]


def objectives_assessed(names: Names) -> Problems:
    """2.2.1 of ASPE's standards: objectives that can be assessed, and are."""
    used = {beat.opportunity.objective for beat in names.case.beats}
    for index, objective in enumerate(names.case.education.learning_objectives):
        if objective.id not in used:
            mend = f"give one beat `opportunity: {{objective: {objective.id}}}`."
            yield fault(f"education.learning_objectives.{index}", f'no beat assesses objective "{objective.id}";', mend)


def checklist_items(names: Names) -> Problems:
    for key, item in walk(names.case.assessment, "assessment"):
        if isinstance(item, ChecklistItem):
            if not item.beats:
                yield fault(key, f'checklist item "{item.id}" names no beat;', "add `beats: [...]`.")
            yield from names.missing("beat", item.beats, key + ".beats.{}")


def moves(names: Names) -> Problems:
    case = names.case
    for key, part in walk(case):
        if isinstance(part, Response):
            yield from names.missing("move", [part.move], key + ".move")
        elif isinstance(part, Reaction):
            yield from _reaction(names, part, key)
    for index, beat in enumerate(case.beats):
        yield from names.missing("move", beat.success_if, f"beats.{index}.success_if.{{}}")
        yield from names.missing("move", beat.eased_if, f"beats.{index}.eased_if.{{}}")
    for index, action in enumerate(case.actions):
        yield from names.missing("move", action.moves, f"actions.{index}.moves.{{}}")
    for number, member in enumerate(case.cast):
        for index, barrier in enumerate(member.portrayal.barriers):
            place = f"cast.{number}.portrayal.barriers.{index}.let_through.{{}}"
            yield from names.missing("move", barrier.let_through, place)


def _reaction(names: Names, reaction: Reaction, key: str) -> Problems:
    if not reaction.to or not reaction.lines:
        yield fault(key, "a reaction needs `to` and `lines`;", "e.g. `{to: [thanks], lines: [You're welcome.]}`.")
    asked = {to: to.removeprefix("topic:") for to in reaction.to}
    for index, (to, topic) in enumerate(asked.items()):
        if to == topic and to not in MOVES:
            yield from names.missing("move", [to], f"{key}.to.{index}")
        elif not topic:
            yield fault(f"{key}.to.{index}", "`topic:` needs a word,", "e.g. topic:weather.")


def references(names: Names) -> Problems:
    """Everything else that one part says of another."""
    case, missing = names.case, names.missing
    for index, beat in enumerate(case.beats):
        yield from missing("feeling", beat.opportunity.feelings, f"beats.{index}.opportunity.feelings.{{}}")
        yield from missing("objective", [beat.opportunity.objective], f"beats.{index}.opportunity.objective")
        yield from missing("cast member", _given(beat.speaker), f"beats.{index}.speaker")
        yield from missing("fact", beat.follows, f"beats.{index}.follows.{{}}")
    for index, fact in enumerate(case.facts):
        yield from missing("cast member", _given(fact.owner), f"facts.{index}.owner")
        yield from missing("objective", _given(fact.objective), f"facts.{index}.objective")
    for index, prompt in enumerate(case.prompts):
        yield from missing("beat", _given(prompt.if_not), f"prompts.{index}.if_not")
    for index, analysis in enumerate(case.debrief.analysis):
        yield from missing("beat", [analysis.beat], f"debrief.analysis.{index}.beat")
        yield from missing("objective", [analysis.objective], f"debrief.analysis.{index}.objective")
    for index, probe in enumerate(case.validation_probes):
        yield from missing("fact", probe.must_not_reveal, f"validation_probes.{index}.must_not_reveal.{{}}")
        yield from missing("fact", probe.reveals, f"validation_probes.{index}.reveals.{{}}")


def changes(names: Names) -> Problems:
    """Facts opened, numbers moved and choices set by responses and outcomes."""
    for key, part in walk(names.case):
        if isinstance(part, Response | Outcome):
            yield from names.missing("number", part.effect, key + ".effect")
            for name, value in part.set.items():
                choice = names.case.state.choices.get(name)
                yield from names.missing("choice", [name], f"{key}.set.{name}")
                if choice and value not in choice.values:
                    yield fault(
                        f"{key}.set.{name}",
                        f'{name} cannot be "{value}";',
                        f"it is one of: {', '.join(choice.values)}.",
                    )
        if isinstance(part, Outcome):
            yield from names.missing("fact", part.reveal, key + ".reveal.{}")


def _given(name: str) -> Iterable[str]:
    return [name] if name else []


RULES = (identity, unique_ids, objectives_assessed, checklist_items, moves, references, changes)
