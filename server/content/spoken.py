"""Every text of a case by who meets it: the learner before, anybody at any time, or only what was unlocked."""

from __future__ import annotations

from collections.abc import Iterator

from server.core.case import Case
from server.core.case_play import Beat, CastMember

Texts = Iterator[tuple[str, str]]
"""Place and text."""


def public_texts(case: Case) -> Texts:
    """What a learner may read before or during, whatever they do."""
    yield from (
        ("title", case.title), ("summary", case.summary), ("logistics.setting", case.logistics.setting),
        ("prebrief.door_note", case.prebrief.door_note), ("prebrief.task", case.prebrief.task),
        ("logistics.chart.notes", case.logistics.chart.notes),
    )  # fmt: skip
    for index, prop in enumerate(case.logistics.props_and_media):
        yield f"logistics.props_and_media.{index}", prop.text
    for index, action in enumerate(case.actions):
        yield f"actions.{index}", f"{action.label} {action.text}"
    for index, member in enumerate(case.cast):
        yield f"cast.{index}.public", f"{member.name}. {member.public}"
        yield f"cast.{index}.portrayal.opening_statement", member.portrayal.opening_statement


def actor_texts(case: Case) -> Texts:
    """What stands in every prompt of whoever plays a person: nothing locked belongs here."""
    for index, member in enumerate(case.cast):
        key, portrayal = f"cast.{index}", member.portrayal
        for name in ("private", "ideas", "concerns", "expectations", "impact"):
            yield f"{key}.{name}", getattr(member, name)
        for name, need in member.communication_needs.items():
            yield f"{key}.communication_needs.{name}", need
        yield f"{key}.portrayal.appearance_and_behaviour", portrayal.appearance_and_behaviour
        yield f"{key}.portrayal.affect_baseline", portrayal.affect_baseline
        for number, phrase in enumerate(portrayal.speech.typical_phrases):
            yield f"{key}.portrayal.speech.typical_phrases.{number}", phrase
    for index, mood in enumerate(case.state.moods):
        yield f"state.moods.{index}.affect", mood.affect


def unlocked_lines(case: Case) -> Texts:
    """What may be said to anybody: it waits for a manner, not for a fact."""
    for index, member in enumerate(case.cast):
        yield from _lines_of(f"cast.{index}.portrayal", member)
    for index, mood in enumerate(case.state.moods):
        for number, line in enumerate(mood.lines):
            yield f"state.moods.{index}.lines.{number}", line
    for index, prompt in enumerate(case.prompts):
        yield f"prompts.{index}.say", prompt.say


def _lines_of(key: str, member: CastMember) -> Texts:
    portrayal = member.portrayal
    yield f"{key}.closing_statement", portrayal.closing_statement
    for part in ("reactions", "unscripted", "barriers"):
        for index, entry in enumerate(getattr(portrayal, part)):
            for number, line in enumerate(entry.lines):
                yield f"{key}.{part}.{index}.lines.{number}", line
    for part in ("dont_know", "evasions", "lead_ins", "deflections"):
        for number, line in enumerate(getattr(portrayal, part)):
            yield f"{key}.{part}.{number}", line


def locked_lines(case: Case) -> Texts:
    """What is said only when a fact or a beat is due."""
    for index, fact in enumerate(case.facts):
        yield f"facts.{index}.say", fact.say
        for number, line in enumerate(fact.again):
            yield f"facts.{index}.again.{number}", line
    for index, beat in enumerate(case.beats):
        yield from _lines_of_beat(f"beats.{index}", beat)


def _lines_of_beat(key: str, beat: Beat) -> Texts:
    for name, form in (("deliver", beat.deliver), ("eased", beat.eased)):
        if form:
            yield f"{key}.{name}.verbatim", form.verbatim
            for number, line in enumerate(form.lines):
                yield f"{key}.{name}.lines.{number}", line
    yield f"{key}.on_success.say", beat.on_success.say
    yield f"{key}.on_miss.say", beat.on_miss.say


def spoken_lines(case: Case) -> Texts:
    """Everything the patient (or cast) may say aloud."""
    for index, member in enumerate(case.cast):
        yield f"cast.{index}.portrayal.opening_statement", member.portrayal.opening_statement
    for key, text in (*unlocked_lines(case), *locked_lines(case)):
        if text:
            yield key, text
