"""Every text of a case by who meets it: the learner before, anybody at any time, or only what was unlocked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from server.content.names import states, walk
from server.core.case import Case
from server.core.case_parts.cast import CastMember
from server.core.case_parts.play import Beat, Delivery, Fact

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
    for index, variant in enumerate(case.variants):
        yield f"variants.{index}.label", variant.label


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
        yield from _each(f"{key}.portrayal.speech.typical_phrases", portrayal.speech.typical_phrases)
    for key, state in states(case):
        for index, mood in enumerate(state.moods):
            yield f"{key}.moods.{index}.affect", mood.affect


def unlocked_lines(case: Case) -> Texts:
    """What may be said or seen whoever is there: it waits for a manner, not for a fact."""
    for index, member in enumerate(case.cast):
        yield from _lines_of(f"cast.{index}.portrayal", member)
    for key, state in states(case):
        yield from _each(f"{key}.rewards", state.rewards)
        for index, mood in enumerate(state.moods):
            yield from _each(f"{key}.moods.{index}.lines", mood.lines)
    for index, prompt in enumerate(case.prompts):
        yield f"prompts.{index}.say", prompt.say
    for index, fact in enumerate(case.facts):
        yield from _each(f"facts.{index}.instead", fact.instead)


def _each(key: str, lines: Iterable[str]) -> Texts:
    return ((f"{key}.{number}", line) for number, line in enumerate(lines))


def _lines_of(key: str, member: CastMember) -> Texts:
    portrayal = member.portrayal
    yield f"{key}.closing_statement", portrayal.closing_statement
    for part in ("reactions", "unscripted", "barriers", "habits"):
        for index, entry in enumerate(getattr(portrayal, part)):
            yield from _each(f"{key}.{part}.{index}.lines", entry.lines)
    for index, barrier in enumerate(portrayal.barriers):
        for number, misheard in enumerate(barrier.mishears):
            yield from _each(f"{key}.barriers.{index}.mishears.{number}.lines", misheard.lines)
    for index, reaction in enumerate(portrayal.reactions):
        yield f"{key}.reactions.{index}.outcome.say", reaction.outcome.say
    for part in ("openings", "closings", "walkouts"):
        for index, entry in enumerate(getattr(portrayal, part)):
            yield f"{key}.{part}.{index}.say", entry.say
    for part in ("dont_know", "evasions", "lead_ins", "deflections"):
        yield from _each(f"{key}.{part}", getattr(portrayal, part))


def locked_lines(case: Case) -> Texts:
    """What is said only when a fact or a beat is due, or after something was done."""
    for index, fact in enumerate(case.facts):
        yield from _lines_of_fact(f"facts.{index}", fact)
    for index, beat in enumerate(case.beats):
        yield from _lines_of_beat(f"beats.{index}", beat)
    for index, action in enumerate(case.actions):
        yield f"actions.{index}.outcome.say", action.outcome.say


def _lines_of_fact(key: str, fact: Fact) -> Texts:
    yield f"{key}.say", fact.say
    yield from _each(f"{key}.again", fact.again)
    yield from _each(f"{key}.brief", fact.brief)


def _lines_of_beat(key: str, beat: Beat) -> Texts:
    for name, form in (("deliver", beat.deliver), ("eased", beat.eased)):
        if form:
            yield from _lines_of_form(f"{key}.{name}", form)
    yield f"{key}.on_success.say", beat.on_success.say
    yield f"{key}.on_miss.say", beat.on_miss.say


def _lines_of_form(key: str, form: Delivery) -> Texts:
    yield f"{key}.verbatim", form.verbatim
    yield from _each(f"{key}.lines", form.lines)
    for number, aside in enumerate(form.then):
        yield f"{key}.then.{number}.say", aside.say


def spoken_lines(case: Case) -> Texts:
    """Everything the patient (or cast) may say aloud."""
    for index, member in enumerate(case.cast):
        yield f"cast.{index}.portrayal.opening_statement", member.portrayal.opening_statement
    for key, text in (*unlocked_lines(case), *locked_lines(case)):
        if text and ".rewards." not in key:
            yield key, text


def shown_texts(case: Case) -> Texts:
    """Everything that is seen and captioned."""
    for key, part in walk(case):
        if text := getattr(part, "shown", ""):
            yield f"{key}.shown", text


def all_texts(case: Case) -> Texts:
    """Every text that a learner may meet, and the questions and replies that authors wrote for them."""
    yield from (*public_texts(case), *actor_texts(case), *unlocked_lines(case), *locked_lines(case), *shown_texts(case))
    for index, fact in enumerate(case.facts):
        yield f"facts.{index}.show", fact.show
        yield from _each(f"facts.{index}.asked", fact.asked)
    for index, member in enumerate(case.cast):
        yield from _each(f"cast.{index}.called", member.called)
    for index, rehearsal in enumerate(case.rehearsals):
        for step in (*rehearsal.steps, *(step for steps in rehearsal.replies.values() for step in steps)):
            yield f"rehearsals.{index}", step.say
    if case.role_card:
        card = case.role_card
        yield "role_card", " ".join((card.you_are, *card.your_story, *card.you_hold_back, card.you_want))
