"""A leak is told with the place in the file where its words stand, so that an author can mend it."""

from __future__ import annotations

from dataclasses import replace

from server.assess.proving.places import MOST_PLACES, gathered, place, places
from server.assess.proving.report import lines
from server.assess.proving.watch import Leak
from server.core.case_parts.cast import Habit
from tests.assess.proofs import LEAST, NOVAK, SECRET, played, proof_of

HABIT = Habit("cold", 4, ("I'm cold.", SECRET, "Brr."))
CHILLY = played(NOVAK, habits=(HABIT,))


def leak(where: str = "shown", words: str = "its words") -> Leak:
    return Leak("F_fall", where, "Hello.", "eileen", words)


def test_a_place_is_named_as_its_author_calls_it() -> None:
    assert place(CHILLY, "cast.0.portrayal.habits.0.lines.1") == "cast eileen, portrayal, habits cold, lines 2"
    assert place(CHILLY, "cast.0.portrayal.reactions.0.lines.0").startswith("cast eileen, portrayal, reactions to ")
    assert place(CHILLY, "title") == "title"


def test_a_leak_is_found_where_it_stands_and_not_in_the_fact_itself() -> None:
    [found] = places(CHILLY, leak())
    assert found == f'cast eileen, portrayal, habits cold, lines 2: "{SECRET}"'
    assert places(NOVAK, leak()) == ()


def test_one_telling_word_is_found_too() -> None:
    case = played(NOVAK, habits=(replace(HABIT, lines=("I'm cold.", "That milkman!", "Brr.")),))
    assert places(case, leak(words="milkman")) == ('cast eileen, portrayal, habits cold, lines 2: "That milkman!"',)


def test_notes_of_the_actor_are_no_place_for_what_was_said_aloud() -> None:
    case = played(NOVAK, affect_baseline=SECRET)
    assert places(case, leak("shown")) == ()
    assert places(case, leak("prompt"))[0].startswith("cast eileen, portrayal, affect_baseline")


def test_what_is_public_is_looked_for_in_what_is_public() -> None:
    briefed = replace(CHILLY, summary=SECRET)
    assert places(briefed, leak("public")) == (f'summary: "{SECRET}"',)


def test_what_only_a_variant_says_is_found() -> None:
    found = places(NOVAK, leak(words="Rossi"))
    assert found and all("Rossi" in each for each in found)


def test_leaks_of_a_kind_are_gathered_and_counted() -> None:
    found = gathered([leak(), replace(leak(), after="Why?"), leak("prompt")], CHILLY)
    assert [(each.times, len(each.places)) for each in found] == [(2, 1), (1, 1)]
    assert "said or seen of eileen, 2 times, first after" in str(found[0])
    assert MOST_PLACES >= len(places(played(NOVAK, never=(SECRET,) * 5), leak("prompt"))) > 1


def test_the_terminal_says_where_and_what_to_do() -> None:
    case = played(NOVAK, opening_statement=f"Hello. {SECRET}")
    told = lines(proof_of(case, effort=LEAST), case)
    leaks = [what for name, what in told if name == "leak"]
    assert any("F_fall" in what and "portrayal, opening_statement" in what and SECRET in what for what in leaks)
    missed = next(n for n, (name, what) in enumerate(told) if name == "missed" and "leaked" in what)
    assert told[missed + 1][0] == "what to do"
