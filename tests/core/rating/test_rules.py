"""Every rule of evidence by example and counter-example, in sentences of our own."""

from collections import Counter
from pathlib import Path

import pytest

from server.core.asking import SENTENCE
from server.core.lexicon import fold
from server.core.rating.answers import answered
from server.core.rating.plain import plain
from server.core.rating.reading import EVIDENCE, misnames, shown

EXAMPLES = [
    line.split(" | ", 1)
    for line in Path(__file__).with_name("rating_examples.txt").read_text(encoding="utf-8").splitlines()
    if " | " in line
]
FROM_THE_STORY = {"gives_back"}
"""Rules that need the other's words; `test_rating_levels` has their examples."""


def found(text: str) -> frozenset[str]:
    """Whatever these words show, as the supporter's or as the answer to them."""
    sentences = [plain(match.group()) for match in SENTENCE.finditer(fold(text))]
    own = frozenset().union(*(shown(sentence) for sentence in sentences))
    lent = {"misnames"} if any(misnames(sentence) for sentence in sentences) else frozenset()
    return own | lent | {name for name, _, _ in answered(fold(text))}


@pytest.mark.parametrize("rule", sorted({rule.removeprefix("not ") for rule, _ in EXAMPLES}))
def test_a_rule_shows_its_examples_and_not_its_counter_examples(rule: str) -> None:
    wrong = [text for name, text in EXAMPLES if name == rule and rule not in found(text)]
    wrong += [f"not: {text}" for name, text in EXAMPLES if name == f"not {rule}" and rule in found(text)]
    assert wrong == []


def test_every_rule_has_examples_of_both_kinds() -> None:
    told = Counter(name for name, _ in EXAMPLES)
    assert {name for name in EVIDENCE if told[name] < 5 or told[f"not {name}"] < 2} == FROM_THE_STORY
    assert set(told) <= {*EVIDENCE, *(f"not {name}" for name in EVIDENCE)}


@pytest.mark.parametrize("text", ["i'm so sorry", "im so sorry", "I\u2019m so sorry!", "IM SO SORRY"])
def test_spelling_and_capitals_make_no_difference(text: str) -> None:
    assert "expresses_sorrow" in found(text)


def test_advice_as_a_question_is_no_exploration() -> None:
    assert shown("have you tried a schedule?") == {"advises_by_asking"}
    assert shown("how long has it been like this?") == {"explores"}
    assert "explores" not in found("Would you like some advice?")


def test_what_the_other_feels_is_no_story_of_ones_own() -> None:
    assert "own_story" in found("I felt that way when my father left.")
    assert "own_story" not in found("I feel for you.")


@pytest.mark.parametrize(
    "text",
    [
        "y'all must be so frustrated",
        "u must be so frustrated",
        "ya must be so frustrated",
        "You must of been so frustrated",
    ],
)
def test_a_way_of_speaking_makes_no_difference(text: str) -> None:
    assert "names_what_it_is" in found(text)


def test_words_without_any_mark_still_ask() -> None:
    asked = "that sounds like a lot to carry how are you sleeping these days"
    assert {"explores", "names_what_it_is"} <= found(asked)
    assert "explores" not in found("when my father died we sold his house and i moved in with my aunt")


def test_a_question_about_gladness_lends_none() -> None:
    assert "misnames" in found("You must be so happy about it.")
    assert "misnames" not in found("Are you happy there?")
