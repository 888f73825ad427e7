"""Lint: every beat can be delivered, in time, in words that are there."""

from __future__ import annotations

from server.content.names import Names, Problems, fault, states
from server.core.case_parts.play import Beat, Delivery
from server.core.lexicon import tokens

MOST_QUIET_S = 300
"""Seconds of silence that a beat may wait for."""


def timing(names: Names) -> Problems:
    minutes = names.case.logistics.time.encounter_min
    for index, beat in enumerate(names.case.beats):
        key, at = f"beats.{index}", beat.fallback_at_min
        if beat.core and at is None:
            mend = "add `fallback_at_min`, so that every learner meets it."
            yield fault(key, f'core beat "{beat.id}" has no fallback time;', mend)
        elif at is not None and not 0 < at < minutes:
            yield fault(
                f"{key}.fallback_at_min", f"minute {at:g} is not inside the encounter;", f"use 0 to {minutes:g}."
            )
        if not beat.core and not (beat.trigger.any or beat.trigger.all):
            yield fault(key, f'earned beat "{beat.id}" has no trigger;', "add `trigger: {any: [...]}`.")
        if not beat.core and at is not None:
            yield fault(
                f"{key}.fallback_at_min", "an earned beat has no fallback time;", "take it out, or make the beat core."
            )


def window(names: Names) -> Problems:
    for index, beat in enumerate(names.case.beats):
        key = f"beats.{index}"
        if not beat.success_if:
            yield fault(f"{key}.success_if", f'nothing addresses beat "{beat.id}";', "name at least one move.")
        if beat.opportunity.window_turns < 1:
            yield fault(f"{key}.opportunity.window_turns", "a window holds at least one turn.")
        if beat.max_fires < 1:
            yield fault(f"{key}.max_fires", "a beat is delivered at least once.")
        if beat.alone and beat.follows:
            yield fault(f"{key}.follows", "a beat that is said alone follows nothing;", "keep `alone` or `follows`.")
        if beat.eased and not beat.eased_if:
            yield fault(f"{key}.eased", "`eased` is never used without `eased_if`;", "name the moves that ease it.")


def directions(names: Names) -> Problems:
    """One alone would be the model answer, and one to recite as well."""
    for index, beat in enumerate(names.case.beats):
        key = f"beats.{index}.directions"
        if len(beat.directions) not in (0, 2, 3):
            yield fault(key, "a moment has two or three directions, or none;", "so that no one of them is the answer.")
        for number, text in enumerate(beat.directions):
            if any(mark in text for mark in '"\N{LEFT DOUBLE QUOTATION MARK}'):
                mend = "say what one might do and why it could help here."
                yield fault(f"{key}.{number}", "a direction holds words to recite;", mend)


def delivery(names: Names) -> Problems:
    for index, beat in enumerate(names.case.beats):
        for name, form in _forms(beat):
            yield from _form(f"beats.{index}.{name}", form)


def _forms(beat: Beat) -> list[tuple[str, Delivery]]:
    return [("deliver", beat.deliver), *([("eased", beat.eased)] if beat.eased else [])]


def _form(key: str, form: Delivery) -> Problems:
    if bool(form.verbatim) == bool(form.improvise):
        yield fault(key, "a delivery is `verbatim` or `improvise`, and not both;", "keep exactly one of them.")
    if form.verbatim and form.lines:
        yield fault(f"{key}.lines", "`lines` belong to `improvise`;", "a verbatim line stands alone.")
    if form.improvise and len(form.lines) < 2:
        yield fault(f"{key}.lines", "`improvise` needs two or more lines", "that the scripted patient can say.")
    for number, cue in enumerate(form.cue_words):
        lines = [form.verbatim] if form.verbatim else list(form.lines)
        if not all(set(tokens(cue)) <= set(tokens(line)) for line in lines) or not tokens(cue):
            yield fault(
                f"{key}.cue_words.{number}",
                f'the cue words "{cue}" are not in what is said;',
                "copy them from the line.",
            )


def said_by(names: Names) -> Problems:
    """A beat is said to somebody else than its speaker, and others follow with words of their own."""
    case, first = names.case, names.case.cast[0].id if names.case.cast else ""
    things = {member.id for member in case.cast if member.role_type == "system"}
    for index, beat in enumerate(case.beats):
        for name, form in _forms(beat):
            key = f"beats.{index}.{name}"
            if form.to and form.to == (beat.speaker or first):
                yield fault(f"{key}.to", f'"{form.to}" says this, and cannot be spoken to;', "name somebody else.")
            elif form.to in things:
                yield fault(f"{key}.to", f'"{form.to}" is a thing and hears nothing;', "name a person, or take it out.")
            for number, aside in enumerate(form.then):
                if not aside.say:
                    yield fault(f"{key}.then.{number}", "nothing is said here;", "add `say`.")


def by_itself(names: Names) -> Problems:
    """A beat that comes after a silence needs something that makes it due."""
    for index, beat in enumerate(names.case.beats):
        key, after = f"beats.{index}.unprompted_after_s", beat.unprompted_after_s
        if after is None:
            continue
        if not 0 < after <= MOST_QUIET_S:
            yield fault(key, f"{after:g} seconds of quiet;", f"use more than 0 and at most {MOST_QUIET_S}.")
        if not (beat.trigger.any or beat.trigger.all):
            yield fault(key, f'beat "{beat.id}" has no trigger to be quiet after;', "add `trigger: {any: [...]}`.")


def clock(names: Names) -> Problems:
    time = names.case.logistics.time
    if not 0 < time.encounter_min <= 180:
        yield fault("logistics.time.encounter_min", f"{time.encounter_min:g} minutes is no encounter;", "use 1 to 180.")
    if not 0 < time.warning_at_min < time.encounter_min:
        yield fault("logistics.time.warning_at_min", "the warning comes after the end;", "set it before encounter_min.")
    for index, prompt in enumerate(names.case.prompts):
        if not 0 < prompt.at_min < time.encounter_min:
            yield fault(f"prompts.{index}.at_min", f"minute {prompt.at_min:g} is not inside the encounter.")
    for index, member in enumerate(names.case.cast):
        if not 200 <= member.portrayal.speech.patience_ms <= 4000:
            yield fault(f"cast.{index}.portrayal.speech.patience_ms", "patience is 200 to 4000 milliseconds.")


def needed(names: Names) -> Problems:
    """Lists that may not be empty."""
    case = names.case
    for name, entries in (
        ("cast", case.cast),
        ("beats", case.beats),
        ("education.learning_objectives", case.education.learning_objectives),
    ):
        if not entries:
            yield fault(name, f"`{name.rpartition('.')[2]}` is empty;", "a case needs at least one.")
    for key, state in states(case):
        for index, mood in enumerate(state.moods):
            if not mood.lines:
                message = f'mood "{mood.id}" has nothing to say;'
                yield fault(f"{key}.moods.{index}", message, "give it three or more lines.")
    for number, member in enumerate(case.cast):
        for part in ("barriers", "unscripted", "habits"):
            for index, entry in enumerate(getattr(member.portrayal, part)):
                if not entry.lines:
                    yield fault(f"cast.{number}.portrayal.{part}.{index}", "there are no lines here;", "add `lines`.")


RULES = (timing, window, directions, delivery, said_by, by_itself, clock, needed)
