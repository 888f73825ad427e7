"""Numbers as people say them, and who is said to be lost."""

from __future__ import annotations

import pytest

from server.core.figures import figures, measures
from server.core.kin import losses
from server.core.lexicon import tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He was forty-six.", {"46"}),
        ("He was 46, and I was eleven.", {"46", "11"}),
        ("Four four seven.", {"4", "7"}),
        ("Twenty-one, or twenty.", {"21", "20"}),
        ("Wednesdays, half past nine.", {"wednesday", "half", "9"}),
        ("There's only one of me.", set()),
    ],
)
def test_numbers_are_the_same_in_words_and_in_digits(text: str, found: set[str]) -> None:
    assert figures(tokens(text)) == found


def test_a_length_of_time_is_a_number_with_what_it_counts() -> None:
    assert measures(tokens("Six hours, in the end.")) == measures(tokens("It was a 6 hour wait.")) != frozenset()
    assert not measures(tokens("Six of them for hours."))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("My husband died.", {"husband"}),
        ("I'm a widow.", {"husband"}),
        ("I lost my mum last year.", {"mother"}),
        ("Dad passed away.", {"father"}),
        ("Dad's passed his test.", set()),
        ("Mum's lost her purse.", set()),
        ("My husband's at home.", set()),
    ],
)
def test_who_is_said_to_be_lost(text: str, lost: set[str]) -> None:
    assert losses(tokens(text)) == lost
