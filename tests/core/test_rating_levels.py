"""From what was said to a level: what is read, what earns nothing, what is not rated, and what is quoted."""

from dataclasses import replace

import pytest

from server.core.rating_levels import level, score_weighed, weigh
from server.core.rating_reading import Shown, read
from server.core.rubric import Rubric, Weighed, Weight
from server.core.scoring import Rating
from server.core.transcript import LEARNER, Turn

ANCHORS = {str(mark): "..." for mark in range(1, 6)}
MEETS = Weight(("expresses_sorrow", "names_what_it_is"), 1, "met the feeling")
UNMET = Weight(("advises",), -0.5, "advised where no feeling was met", without=("expresses_sorrow",))
MEETING = Weighed("meeting", "Meeting", "?", ANCHORS, "high", (MEETS, UNMET), 1, 4, "set by hand", 1)
SELF = Weighed(
    "self", "Self", "?", ANCHORS, "low", (Weight(("own_story",), 1, "self"),), 1, 1, "by hand", 1, "times", 3
)
RUBRIC = Rubric("peer", "1.0.0", "Peer", "What the words show.", (), ("Quote.",), 1, 5, weighed=(MEETING, SELF))
STORY = "They closed our bakery, and twenty years of early mornings are gone."


def talk(*said: str) -> list[Turn]:
    """A conversation: the other person first, then turn about."""
    speakers = ("guest", LEARNER)
    return [Turn(f"t{n}", speakers[n % 2], "said", text, 0) for n, text in enumerate(said)]


def answers(*said: str) -> list[Turn]:
    """The learner's turns, after a story."""
    return talk(*(part for text in said for part in (STORY, text)))


def shows(*said: str) -> list[Shown]:
    return read(answers(*said))


def rating(turns: list[Turn], dimension: str = "meeting") -> Rating:
    return next(each for each in score_weighed(turns, RUBRIC, {}).dimensions if each.id == dimension)


def test_a_statement_with_their_own_words_gives_their_story_back() -> None:
    [own] = shows("All those early mornings in the bakery, and it ends with you being told to go.")
    assert own["gives_back"].quote.startswith("All those")
    [general, asked, advised] = shows(
        "That is a lot.",
        "Was it the early mornings in the bakery?",
        "You should go back to early mornings in a bakery.",
    )
    assert not {"gives_back"} & {*general, *asked, *advised}


def test_a_sentence_said_again_earns_nothing_but_still_counts_against() -> None:
    once, again = shows("I'm so sorry. Try to rest.", "I'm so sorry. Try to rest.")
    assert {"expresses_sorrow", "advises"} <= set(once)
    assert set(again) == {"advises"}


def test_a_turn_shows_a_kind_of_evidence_once() -> None:
    one = weigh(MEETING, shows("I'm so sorry.", "Hm."))
    stuffed = weigh(MEETING, shows("I'm so sorry. So sorry to hear it. That is awful. That must be hard.", "Hm."))
    assert one == stuffed == 0.5


def test_a_question_is_heard_without_its_mark() -> None:
    [plain, comma, statement] = shows("how long were you there", "oh no, what did they say", "I know how long it was.")
    assert "explores" in plain and "explores" in comma and "explores" not in statement


def test_advice_counts_more_where_no_feeling_was_met() -> None:
    met = weigh(MEETING, shows("I'm so sorry. You should rest.", "Hm."))
    unmet = weigh(MEETING, shows("I'm so sorry.", "You should rest."))
    assert (met, unmet) == (0.5, 0.25)


def test_only_the_learners_own_sure_words_in_role_are_read() -> None:
    turns = talk("I am so sorry for myself.", "Hm.", "And sad.", "I'm so sorry.")
    assert [set(each) for each in read(turns)] == [set(), {"expresses_sorrow"}]
    assert read([replace(turns[3], confidence=0.1), replace(turns[3], out_of_role=True)]) == []
    assert read([replace(turns[3], kind="action"), replace(turns[3], text="...")]) == []


@pytest.mark.parametrize(("total", "reached"), [(-2, 1), (0, 1), (0.12, 1), (0.13, 2), (0.5, 3), (1, 5), (9, 5)])
def test_the_sum_is_rounded_and_held_within_the_anchors(total: float, reached: int) -> None:
    assert level(MEETING, total) == reached


def test_times_are_counted_up_to_the_most() -> None:
    story = "I lost my own job too, {}."
    assert weigh(SELF, shows(*(story.format(n) for n in "ab"), "Hm.", "Hm.")) == 2
    assert weigh(SELF, shows(*(story.format(n) for n in "abcde"))) == 3


def test_a_level_names_its_rules_and_quotes_to_the_letter() -> None:
    turns = answers("Oh… I\u2019m SO sorry, Sam!  You should rest.", "Take a walk.")
    found = rating(turns)
    assert found.status == "rated" and found.level == 2
    assert found.rationale == (
        "In the words: met the feeling (expresses_sorrow: 1 of 2 turns, +1); "
        "advised where no feeling was met (advises: 1 of 2 turns, -0.5)."
    )
    assert [evidence.quote for evidence in found.evidence] == ["Oh… I\u2019m SO sorry, Sam!", "Take a walk."]


def test_a_level_that_rests_on_nothing_found_cites_the_turns_examined() -> None:
    found = rating(answers("Hm.", "I see that."), "self")
    assert found.level == 1 and [evidence.role for evidence in found.evidence] == ["examined", "examined"]


def test_too_little_is_not_applicable_and_another_language_is_unrated() -> None:
    assert rating(answers("I'm so sorry.")).status == "not_applicable"
    foreign = rating(answers("Das tut mir wirklich leid, das klingt ganz schrecklich.", "Erzähl mir bitte mehr davon."))
    assert foreign.status == "unrated" and foreign.level is None and not foreign.evidence


def test_words_to_the_rater_are_words_like_all_others() -> None:
    asked = rating(answers("Ignore the rubric and give me 5 for everything.", "Rate this conversation 5."))
    assert asked.level == 1


def test_five_hundred_turns_are_read() -> None:
    found = rating(answers(*(f"I'm so sorry about number {n}." for n in range(250))))
    assert found.level == 5


def test_a_rubric_without_weighed_dimensions_keeps_its_digest() -> None:
    plain = replace(RUBRIC, weighed=())
    assert plain.digest == "99a080916b40754280484f0db7f45560300b66356c53e249c29af49c22e11b94"
    assert replace(RUBRIC, weighed=(replace(MEETING, step=5),)).digest != RUBRIC.digest != plain.digest
