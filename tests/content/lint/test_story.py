"""The acts of a story: what one hands on, the next can take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.content.lint.story import story_problems
from server.core.case import Case
from server.core.case_parts.links import Act, Carry, CarryForward
from server.core.case_parts.state import Choice, Number, State
from tests.core.cases import case

TRUST = Carry("trust", "How far he trusts you", number="trust")
TOLD = Carry("told", "He told you", when="trust >= 1", into="father", value="told")


def acts(*carries: Carry, **second: Any) -> dict[str, Case]:
    state = State({"trust": Number(3)}, {"father": Choice("unknown", ("unknown", "told"))})
    first = case(case_id="one", unfolding=Act("A story", 1, 2), carry_forward=CarryForward("two", carries))
    then = replace(case(case_id="two", state=state), unfolding=Act("A story", 2, 2))
    return {"one": first, "two": replace(then, **second)}


def said(cases: dict[str, Case]) -> list[str]:
    problems = story_problems(cases)
    assert all(problem.warning and problem.file == "one.yaml" and problem.mend for problem in problems)
    return [f"{problem.key}: {problem.message}" for problem in problems]


def test_acts_that_fit_are_silent() -> None:
    assert said(acts(TRUST, TOLD)) == []


@pytest.mark.parametrize(
    ("carry", "told"),
    [
        (replace(TRUST, into="fear"), 'carries.0: "two" has no number "fear"'),
        (replace(TOLD, into="mother"), 'carries.0: "two" has no choice "mother"'),
        (replace(TOLD, value="shouted"), 'carries.0.value: "father" of "two" is never "shouted"'),
    ],
)
def test_what_the_next_act_cannot_take_is_named(carry: Carry, told: str) -> None:
    assert [told in line for line in said(acts(carry))] == [True]


def test_an_act_that_is_not_there_is_named() -> None:
    alone = {"one": acts(TRUST)["one"]}
    assert said(alone) == ['carry_forward.to: there is no case "two" here;']


@pytest.mark.parametrize("second", [None, Act("Another story", 2, 2), Act("A story", 3, 3), Act("A story", 1, 2)])
def test_acts_of_no_common_story_are_told(second: Act | None) -> None:
    assert said(acts(unfolding=second)) == ['unfolding: "one" and "two" are not acts of one story in order;']
