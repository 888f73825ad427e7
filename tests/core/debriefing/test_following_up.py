"""Follow-up questions: a sentence to the letter, a theme, a question, and no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.debriefing.following_up import LONGEST_WORDS, MOST, follow_ups, may_be_asked
from server.core.debriefing.theme_families import FAMILIES, GENERAL, family_of
from server.core.lexicon import word_count

THEMES = ("loneliness", "autonomy", "dignity", "honesty")
TEXT = (
    "It went well. I wanted to fix it. I felt sad when she looked at the empty chair, and I asked about the tablets. "
    "She has blue slippers on the floor. I was scared of the silence.\nI decided to write the fall down although she "
    "asked me not to."
)


def test_each_joins_a_sentence_with_a_theme() -> None:
    found = follow_ups([TEXT], THEMES)
    assert [(each.theme, each.sentence[:18]) for each in found] == [
        ("autonomy", "I wanted to fix it"),
        ("loneliness", "I felt sad when sh"),
        ("honesty", "I decided to write"),
    ]
    for each in found:
        assert each.sentence in TEXT and each.sentence in each.question
        assert each.theme in each.question and each.question.endswith("?")


def test_what_holds_neither_feeling_nor_decision_nor_theme_is_let_be() -> None:
    assert follow_ups(["She has blue slippers. The ward is on the second floor of the building."], THEMES) == ()
    assert follow_ups(["", "  \n ", "I felt."], THEMES) == follow_ups([TEXT], ()) == ()


def test_somebody_in_trouble_is_not_asked_about_a_theme() -> None:
    trouble = "I can't cope, I want to die."
    assert follow_ups([trouble], THEMES) == ()
    assert all(trouble != each.sentence for each in follow_ups([f"{trouble} I was scared of the quiet."], THEMES))


def test_a_theme_serves_again_only_when_none_is_left() -> None:
    found = follow_ups([TEXT], ("honesty",))
    assert [each.theme for each in found] == ["honesty"] * 3
    assert len({each.question.rpartition("honesty. ")[2] for each in found[:2]}) == 2, "asked in another form"


def test_a_long_sentence_is_quoted_to_a_whole_word() -> None:
    text = "I felt sad " + "and then we spoke of other things " * 20
    (one,) = follow_ups([text], ("silence",))
    assert word_count(one.sentence) == LONGEST_WORDS and text.startswith(one.sentence + " ")


def test_a_question_stays_one_that_may_be_asked_while_the_text_grows() -> None:
    first = follow_ups(["I wanted to fix it."], THEMES)[0].question
    assert first not in [each.question for each in follow_ups([TEXT], THEMES[2:])]
    assert may_be_asked(first, [TEXT], THEMES)
    assert not may_be_asked(first, [TEXT], THEMES[1:]) and not may_be_asked(first, ["It went well."], THEMES)
    assert not may_be_asked("You wrote: “I wanted to fix it.” Why?", [TEXT], THEMES)


@pytest.mark.parametrize("family", [*FAMILIES, GENERAL])
def test_forms_ask_and_do_not_tell(family: object) -> None:
    forms = getattr(family, "forms")  # noqa: B009
    assert len(forms) >= 2
    for form in forms:
        assert form.endswith("?") and form.count("?") == 1 and "should" not in form


def test_a_theme_of_no_family_is_named_in_its_question() -> None:
    assert family_of("hierarchy") is not GENERAL and family_of("ballroom dancing") is GENERAL
    (one,) = follow_ups(["I decided to say nothing at all."], ("ballroom dancing",))
    assert one.question.count("ballroom dancing") == 2


@given(
    texts=st.lists(st.text(st.sampled_from("I felt sad. decided?\n“”x "), max_size=200), max_size=3),
    themes=st.lists(st.text(min_size=1, max_size=12), max_size=3),
)
def test_any_text_gives_at_most_three_and_quotes_it(texts: list[str], themes: list[str]) -> None:
    found = follow_ups(texts, themes)
    assert len(found) <= MOST
    assert len({each.sentence for each in found}) == len(found)
    for each in found:
        assert any(each.sentence in text for text in texts) and each.theme in themes
