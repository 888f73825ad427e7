"""What a rubric may not promise: a level that no single turn can earn."""

from tests.content.planted import linted_rubric


def test_one_turn_cannot_earn_the_highest_level() -> None:
    [problem] = linted_rubric("level: 2, moves: [offers_help]", "level: 4, moves: [offers_help]")
    assert problem.message == "one turn cannot earn 4;"
    assert problem.key == "dimensions.4.credit.1.level"


def test_what_mends_a_cap_is_a_move_and_a_level() -> None:
    [unknown] = linted_rubric("mended: {names_wrong_feeling: 3}", "mended: {wrong: 3}")
    [high] = linted_rubric("mended: {names_wrong_feeling: 3}", "mended: {names_wrong_feeling: 9}")
    assert 'no move "wrong"' in unknown.message and "9 is not a level" in high.message
