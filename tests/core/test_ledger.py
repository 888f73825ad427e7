"""How a response meets a cue, and the sentence that is shown for it."""

from __future__ import annotations

import pytest

from server.core.ledger import URGENT, best_quote, code, ledger
from server.core.moves import Observation
from server.core.scoring.quoting import whole
from server.core.transcript import LEARNER, Turn
from tests.core.cases import beat, case, when
from tests.core.rooms import entered

QUIET = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))


def turn(text: str, *moves: str, start: int = 0, end: int = 1) -> Turn:
    seen = tuple(Observation(move, text[start:end], start, end) for move in moves)
    return Turn("t", LEARNER, "said", text, 0, observations=seen)


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        (("paraphrases",), 3),
        (("paraphrases", "focused_question"), 4),
        (("paraphrases", "closed_question"), 2),
        (("paraphrases", "closed_question", "checks_agreement"), 4),
        (("paraphrases", "says_goodbye"), 2),
        (("paraphrases", "says_goodbye", "dismisses"), 1),
        (("paraphrases", "names_feeling", "says_goodbye"), 3),
        (("validates", "closed_question"), 3),
    ],
)
def test_words_given_back_meet_only_where_the_turn_stays_with_them(moves: tuple[str, ...], expected: int) -> None:
    assert code(turn("x", *moves), QUIET) == expected


def test_seeing_to_something_urgent_leaves_its_place_to_the_next_turn() -> None:
    urgent = turn("x", URGENT, "dismisses")
    assert code(urgent, QUIET) == 0, "by itself; the ledger passes it over"
    here = entered(case(beats=(QUIET,))).says("Hello.").says("Stop it.").says("You sound lonely.")
    kept = here.encounter
    track = kept.board.tracks["B1"]
    first = kept.turn(track.response_turns[0])
    line = ledger(kept.put(Turn(first.id, LEARNER, "said", first.text, 0, observations=urgent.observations)))[0]
    assert line.code != 0 and line.turn != first.id


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("Oh. Shall I get you a fresh battery? Good.", "Shall I get", "Shall I get you a fresh battery?"),
        ("I am sorry, Mrs. Novak. Tell me more.", "sorry", "I am sorry, Mrs. Novak."),
        ("You miss him. You do. Yes.", "him. You", "You miss him. You do."),
        ("sits down", "sits down", "sits down"),
        (f"you sound lonely {'and so on ' * 20}", "lonely", "lonely"),
    ],
)
def test_a_quote_is_the_sentence_that_holds_it(text: str, found: str, shown: str) -> None:
    start = text.index(found)
    one = turn(text, "names_feeling", start=start, end=start + len(found))
    assert whole(one, one.observations[0]) == shown
    assert shown in text


def test_a_span_that_lies_is_looked_for() -> None:
    one = Turn("t", LEARNER, "said", "Hm. You sound lonely.", 0)
    assert whole(one, Observation("names_feeling", "lonely", 0, 6)) == "You sound lonely."
    assert whole(one, Observation("names_feeling", "elsewhere", 0, 9)) == "elsewhere", "the check will refuse it"


def test_the_best_quote_is_of_the_move_that_weighs_most() -> None:
    text = "Have you a battery? You sound lonely."
    seen = (Observation("closed_question", "Have you", 0, 8), Observation("names_feeling", "lonely", 30, 36))
    assert best_quote(Turn("t", LEARNER, "said", text, 0, observations=seen), 3, QUIET) == "You sound lonely."
