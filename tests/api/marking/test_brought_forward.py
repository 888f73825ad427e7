"""Whoever marks is told which moments of the case did not come by themselves."""

from server.api.marking.marking import brought_forward
from server.core.events import Cued
from tests.core.cases import beat, case, when
from tests.core.rooms import entered

LONELY = beat("B", "It gets so quiet there.", trigger=when("trust >= 9"), topics=("quiet",), feelings=("loneliness",))


def test_a_moment_that_staff_brought_forward_is_flagged_at_its_turn() -> None:
    here = entered(case(beats=(LONELY,))).take(Cued("f1", "B")).says("Hello.")
    (flag,) = brought_forward(here.encounter)
    number = [turn.id for turn in here.encounter.turns].index(here.last.id) + 1
    assert (flag.code, flag.turns) == ("cued", [here.last.id])
    assert flag.says == f"Somebody on the staff brought a moment of the case forward; it came in turn {number}."


def test_one_that_came_by_itself_is_not() -> None:
    assert brought_forward(entered(case(beats=(LONELY,))).says("Hello.").encounter) == []
