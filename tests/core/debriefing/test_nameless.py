"""A learner's name becomes their role wherever it is said, and no other word goes with it."""

import pytest

from server.core.debriefing.nameless import introduced, without_names

ROLE = "the learner"


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("Zuzana Novotna", "Hello, I'm Zuzana Novotna.", "Hello, I'm [the learner]."),
        ("Zuzana Novotna", "i am zuzana, mrs novak", "i am [the learner], mrs novak"),
        ("Zuzana Novotna", "That is Zuzana's chair.", "That is [the learner]'s chair."),
        ("Ann Lee", "We planned it, Ann, at Leeds.", "We planned it, [the learner], at Leeds."),
        ("Will Smith", "I will be here. Will you? Thanks, Will.", "I will be here. Will you? Thanks, [the learner]."),
        ("Will Smith", "hi, i'm will and i will help", "hi, i'm [the learner] and i will help"),
        (
            "Rose May",
            "May I sit? The rose is lovely, nurse Rose.",
            "May I sit? The rose is lovely, nurse [the learner].",
        ),
        ("Anne-Marie O\u2019Neill", "My name is Anne-Marie O\u2019Neill", "My name is [the learner]"),
        ("(.*) [a-z]+", "Nothing here is a pattern.", "Nothing here is a pattern."),
        ("", "Nobody.", "Nobody."),
    ],
)
def test_the_name_goes_and_the_words_stay(name: str, said: str, shown: str) -> None:
    assert without_names([name], ROLE)(said) == shown


def test_a_name_that_somebody_gives_themself_is_found_and_no_phrase_is_taken_for_one() -> None:
    texts = ["Hello. My name's Sam, I'm a student nurse.", "my name is not important", "You can call me Zuzka."]
    assert introduced(texts) == {"Sam", "Zuzka"}
    assert without_names(introduced(texts), ROLE)("Thank you, Sam. The same to you.") == (
        "Thank you, [the learner]. The same to you."
    )
