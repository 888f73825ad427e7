"""A locked fact planted anywhere makes the proof fail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from server.assess.proving.prove import Proof
from server.assess.proving.watch import Secrets, holds_fact
from server.core.case import Case
from server.core.case_parts.cast import Habit
from server.core.case_parts.links import Variant
from server.core.case_parts.play import Aside
from tests.assess.proofs import LEAST, NOVAK, SECRET, leaked, played
from tests.assess.proofs import proof_of as proof_with
from tests.core.canaries import canary_case
from tests.core.cases import member


def proof_of(case: Case, **changes: Any) -> Proof:
    return proof_with(case, effort=LEAST, **changes)


def test_a_secret_in_the_opening() -> None:
    found = leaked(proof_of(played(NOVAK, opening_statement=f"Hello, love. {SECRET}")))
    assert found >= {("F_fall", "prompt"), ("F_fall", "shown")}


def test_a_secret_in_the_private_notes_is_in_the_prompt_and_nowhere_else() -> None:
    notes = replace(NOVAK.patient, private=f"{NOVAK.patient.private} {SECRET}")
    assert leaked(proof_of(replace(NOVAK, cast=(notes,)))) == {("F_fall", "prompt")}


def test_one_rare_word_in_the_private_notes() -> None:
    notes = replace(NOVAK.patient, private=f"{NOVAK.patient.private} You owe the milkman.")
    proof = proof_of(replace(NOVAK, cast=(notes,)))
    assert leaked(proof) == {("F_fall", "prompt")} and {leak.words for leak in proof.leaks} == {"milkman"}


def test_a_common_word_in_the_private_notes_is_no_leak() -> None:
    notes = replace(NOVAK.patient, private=f"{NOVAK.patient.private} You like your kitchen.")
    assert leaked(proof_of(replace(NOVAK, cast=(notes,)))) == set()


def test_a_name_in_a_mood_that_only_a_locked_fact_has() -> None:
    fall = replace(NOVAK.fact("F_fall"), say="I was found by Rhys, on the floor, after six hours.")
    moods = tuple(replace(mood, lines=("You'd have liked our Rhys.",)) for mood in NOVAK.state.moods)
    facts = tuple(fall if fact.id == "F_fall" else fact for fact in NOVAK.facts)
    case = replace(NOVAK, facts=facts, state=replace(NOVAK.state, moods=moods))
    proof = proof_of(case)
    assert ("F_fall", "shown") in leaked(proof) and {leak.words for leak in proof.leaks} == {"Rhys"}


def test_a_secret_in_a_mood() -> None:
    moods = tuple(replace(mood, lines=(f"Well. {SECRET}",)) for mood in NOVAK.state.moods)
    state = replace(NOVAK.state, moods=moods)
    assert ("F_fall", "shown") in leaked(proof_of(replace(NOVAK, state=state)))


def test_a_secret_in_a_habit() -> None:
    habit = Habit("wanders", every_turns=1, lines=(SECRET,))
    assert ("F_fall", "shown") in leaked(proof_of(played(NOVAK, habits=(habit,))))


def test_a_secret_in_what_is_seen() -> None:
    habit = Habit("points", every_turns=1, lines=("Mm.",), shown=SECRET)
    assert ("F_fall", "shown") in leaked(proof_of(played(NOVAK, habits=(habit,))))


def test_a_secret_in_a_variant_only() -> None:
    opening = NOVAK.patient.portrayal.opening_statement.split()[0].strip(",.")
    leaky = Variant("leaky", "Leaky", words={opening: SECRET})
    assert leaked(proof_of(replace(NOVAK, variants=(leaky,)))) >= {("F_fall", "shown")}


def test_a_secret_on_the_door_or_on_a_button() -> None:
    door = replace(NOVAK, prebrief=replace(NOVAK.prebrief, door_note=f"For tonight. {SECRET}"))
    assert ("F_fall", "public") in leaked(proof_of(door))
    button = replace(NOVAK.actions[0], label=SECRET)
    assert ("F_fall", "public") in leaked(proof_of(replace(NOVAK, actions=(button,))))


def test_the_id_of_a_hidden_thing_in_what_the_service_tells() -> None:
    found = leaked(proof_of(NOVAK, public=lambda case: f"{case.title} C4_told_of_the_floor B4_the_floor"))
    assert found == {("C4_told_of_the_floor", "public"), ("B4_the_floor", "public")}


# several people


def two() -> Case:
    """A patient and a sister; what each of them knows is the other's to keep."""
    return canary_case()


def test_two_people_keep_each_their_own() -> None:
    assert leaked(proof_of(two())) == set()


def test_a_secret_of_the_patient_in_another_members_lines() -> None:
    sister = member("sister", reactions=(), dont_know=(two().fact("F_money").say,))
    case = replace(two(), cast=(two().patient, sister))
    assert ("F_money", "shown") in leaked(proof_of(case))


def test_a_secret_of_another_member_in_the_patients_prompt() -> None:
    patient = replace(two().patient, private=two().fact("F_sister").say)
    found = proof_of(replace(two(), cast=(patient, *two().cast[1:])))
    assert {(leak.fact, leak.where, leak.speaker) for leak in found.leaks} == {("F_sister", "prompt", "patient")}


def test_what_another_member_may_tell_is_still_theirs() -> None:
    case = two()
    facts = tuple(replace(f, disclosure="volunteered") if f.id == "F_sister" else f for f in case.facts)
    patient, sister = case.cast
    said = case.fact("F_sister").say
    hers = replace(case, facts=facts, cast=(patient, replace(sister, private=said)))
    assert leaked(proof_of(hers)) == set()
    his = replace(case, facts=facts, cast=(replace(patient, private=said), sister))
    assert leaked(proof_of(his)) == {("F_sister", "prompt")}


def test_a_secret_in_an_aside() -> None:
    core = two().beats[0]
    aside = Aside("sister", two().fact("F_money").say)
    beats = (replace(core, deliver=replace(core.deliver, then=(aside,))), *two().beats[1:])
    assert ("F_money", "shown") in leaked(proof_of(replace(two(), beats=beats)))


# what gives a fact away


def test_a_fact_is_found_whole_or_nearly() -> None:
    fall = NOVAK.fact("F_fall")
    assert holds_fact(f"Well. {fall.say}", fall)
    assert not holds_fact("I was on the ward till six.", fall)


def test_words_that_another_case_uses_give_nothing_away() -> None:
    other = replace(NOVAK, case_id="other")
    assert "milkman" in Secrets(NOVAK).marks["F_fall"]
    assert Secrets(NOVAK, [other]).marks["F_fall"] == frozenset()


def test_another_act_of_the_same_story_does_not_excuse_a_word() -> None:
    assert "milkman" in Secrets(NOVAK, [NOVAK]).marks["F_fall"]
