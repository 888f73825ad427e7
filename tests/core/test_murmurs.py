"""What shows that one listens, and asks for no turn."""

from __future__ import annotations

import pytest

from server.core.murmurs import is_murmur


@pytest.mark.parametrize(
    "said",
    [
        "Mm-hm.",
        "mm",
        "Mhm",
        "uh-huh",
        "Yeah.",
        "yeah yeah",
        "I see",
        "Oh dear.",
        "right, of course",
        "Okay",
        "hmm",
        "go on",
    ],
)
def test_the_patient_goes_on(said: str) -> None:
    assert is_murmur(said)


@pytest.mark.parametrize(
    "said",
    [
        "wait",
        "No.",
        "sorry",
        "Stop!",
        "what",
        "yeah but",
        "I see you",
        "can I ask",
        "",
        "yes I know what you mean",
        "why",
    ],
)
def test_the_patient_stops(said: str) -> None:
    assert not is_murmur(said)


def test_nothing_is_taken_for_one_in_a_language_that_is_not_known() -> None:
    assert not is_murmur("yeah", "pl")
