"""The small language of `when`, `trigger` and `enter_when`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.conditions import BadCondition, any_of, holds, parse


@dataclass
class Ward:
    values: dict[str, float | str] = field(default_factory=lambda: {"trust": 4.0, "hears": "not_heard", "turn": 2})
    true: frozenset[str] = frozenset({"learner_made:validates"})

    def value(self, name: str) -> float | str:
        return self.values[name]

    def holds(self, verb: str, subject: str) -> bool:
        return f"{verb}:{subject}" in self.true


@pytest.mark.parametrize(
    "text",
    ["", "  ", "trust >= 4", "trust == 4", "trust<5", "hears == 'not_heard'", 'hears != "heard"', "not trust > 4",
     "trust >= 2 and turn <= 2", "learner_made:validates", "not learner_made:judges and trust > -1"],
)  # fmt: skip
def test_holds(text: str) -> None:
    assert holds(text, Ward())


@pytest.mark.parametrize(
    "text",
    ["trust > 4", "hears == 'heard'", "not trust >= 4", "learner_made:judges", "trust >= 4 and turn > 2", "hears > 3"],
)
def test_does_not_hold(text: str) -> None:
    assert not holds(text, Ward())


@pytest.mark.parametrize(
    "text", ["trust", "trust =", "trust >= high", "who:x", "trust >= 1 or turn >= 2", "not", "== 3"]
)
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(BadCondition, match="cannot read"):
        parse(text)


def test_any_of_no_reasons_is_no_reason() -> None:
    assert not any_of((), Ward())
    assert any_of(("trust > 9", "turn >= 1"), Ward())


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    with suppress(BadCondition):
        parse(text)
