"""Lint: ids are unique and well formed, objectives and checklist items are tied to what happens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.content.names import Names, Problems, fault, states, walk, warn
from server.core.case import Case
from server.core.case_parts.frame import ChecklistItem

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a tag of BCP 47, roughly."""
_ENGLISH = ("english", "british english", "american english", "us english", "uk english")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


def identity(names: Names) -> Problems:
    case = names.case
    if not is_slug(case.case_id):
        yield fault(
            "case_id", f'"{case.case_id}" cannot be a case id;', "use small letters, digits and single hyphens."
        )
    if not _VERSION.fullmatch(case.case_version):
        yield fault("case_version", f'"{case.case_version}" is not a version;', "write three numbers, e.g. 1.0.0.")
    yield from _language(case.language)
    if case.variant:
        yield fault("variant", "a file does not say which variant is played;", "take it out; `variants` lists them.")


def _language(tag: str) -> Problems:
    """A tag of BCP 47, and English: no other language is understood."""
    if tag.casefold() in _ENGLISH:
        yield warn("language", f'"{tag}" names English in words;', "write its tag: language: en")
    elif not _TAG.fullmatch(tag):
        mend = "write the tag of a language (BCP 47): en, or en-GB for English as it is spoken in Britain."
        yield warn("language", f'"{tag}" is no tag of a language;', mend)
    elif tag.split("-")[0].casefold() != "en":
        mend = "write en, or expect that nothing in another language is understood."
        yield warn("language", "what the learner says is read in English only;", mend)


def is_slug(text: str) -> bool:
    """May this be the id of a case?"""
    return bool(_SLUG.fullmatch(text))


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


def shared_ids(names: Names) -> Problems:
    """A rehearsal's `replies` names beats and facts alike, so no two of them may share an id."""
    for name in sorted(names.known["beat"] & names.known["fact"]):
        yield fault("facts", f'"{name}" is a beat and a fact;', "rename one of them.")


def _id_lists(case: Case) -> Iterator[tuple[str, str, list[str]]]:
    """Every list whose entries have ids: place, kind, ids."""
    yield "education.learning_objectives", "objective", [o.id for o in case.education.learning_objectives]
    yield "logistics.props_and_media", "prop", [prop.id for prop in case.logistics.props_and_media]
    yield "cast", "cast", [member.id for member in case.cast]
    yield "facts", "fact", [fact.id for fact in case.facts]
    yield "beats", "beat", [beat.id for beat in case.beats]
    yield "actions", "action", [action.id for action in case.actions]
    yield "checkpoints", "checkpoint", [checkpoint.id for checkpoint in case.checkpoints]
    yield "variants", "variant", [variant.id for variant in case.variants]
    yield "assessment.instruments", "instrument", [instrument.id for instrument in case.assessment.instruments]
    for number, instrument in enumerate(case.assessment.instruments):
        yield f"assessment.instruments.{number}.items", "item", [item.id for item in instrument.items]
    for key, state in states(case):
        yield f"{key}.moods", "mood", [mood.id for mood in state.moods]
    for number, member in enumerate(case.cast):
        place, portrayal = f"cast.{number}.portrayal", member.portrayal
        yield f"{place}.barriers", "barrier", [barrier.id for barrier in portrayal.barriers]
        yield f"{place}.habits", "habit", [habit.id for habit in portrayal.habits]
    if case.carry_forward:
        yield "carry_forward.carries", "carry", [carry.id for carry in case.carry_forward.carries]


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
            if not (item.beats or item.facts or item.checkpoints):
                mend = "add `beats`, `facts` or `checkpoints`."
                yield fault(key, f'checklist item "{item.id}" names no beat, fact or checkpoint;', mend)
            yield from names.missing("beat", item.beats, key + ".beats.{}")
            yield from names.missing("fact", item.facts, key + ".facts.{}")
            yield from names.missing("checkpoint", item.checkpoints, key + ".checkpoints.{}")


RULES = (identity, unique_ids, shared_ids, objectives_assessed, checklist_items)
