"""The one moment: chosen by the rule as it is written, quoted to the letter, and never an answer to recite."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from server.core.case_parts.state import Drift, Number, State
from server.core.debriefing.changes import in_words
from server.core.debriefing.coaching import Coaching, coach
from server.core.debriefing.course import Course, course
from server.core.debriefing.debriefing import Debriefing, debriefing
from server.core.debriefing.directions import GENERAL, directions
from server.core.debriefing.moment import Moment, Quote, Shift, moments
from server.core.events import Ended
from server.core.ledger import Opportunity, ledger
from server.core.transcript import LEARNER
from tests.core.cases import CALM, beat, case, outcome, when
from tests.core.rooms import entered
from tests.logs.recording import FOLDER, read_log, the_case

BEAT = beat("B1")
RECORDED = sorted(path.name for path in FOLDER.glob("*.json"))


def moment(
    name: str, code: int | None, *, core: bool = True, locked: int = 0, trust: int = 0, state: str = "missed"
) -> Moment:
    """One that came up, with nothing in it but what the rule looks at."""
    line = Opportunity(name, "cue", core, state, f"reply_{name}", "patient", "So quiet.", (), code, "", "So quiet.")
    said = () if code is None else (Quote(f"item_{name}", LEARNER, "said", "Right."),)
    shifts = (Shift("trust", "patient", 5, 5 + trust, 10, ()),) if trust else ()
    cue = Quote(line.cue_turn, "patient", "said", line.cue_quote)
    return Moment(replace(BEAT, id=name), line, cue, f"led_{name}", said, (), shifts, (), ("F",) * locked)


def chosen(*moments: Moment) -> Coaching | None:
    own = tuple(turn for each in moments for turn in (each.led, f"item_{each.line.beat}"))
    return coach(moments, anywhere, own)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (moment("a", 0, core=False), moment("b", 2), "b"),
        (moment("a", 2), moment("b", 1), "b"),
        (moment("a", None), moment("b", 0), "b"),
        (moment("a", 1), moment("b", None), "b"),
        (moment("a", 1), moment("b", 1, locked=1), "b"),
        (moment("a", 1, locked=1, trust=-2), moment("b", 1, locked=2), "b"),
        (moment("a", 1, trust=-1), moment("b", 1, trust=-2), "b"),
        (moment("a", 1, trust=1), moment("b", 1), "b"),
        (moment("a", 1), moment("b", 1), "a"),
        (moment("a", None, state="unclear"), moment("b", 2, core=False), "b"),
        (moment("a", 3), moment("b", 2, core=False), "b"),
    ],
)
def test_the_rule(first: Moment, second: Moment, expected: str) -> None:
    found = chosen(first, second)
    assert found is not None and (found.aim, found.moment.line.beat) == ("try", expected)


def test_all_met_is_one_thing_to_keep() -> None:
    found = chosen(moment("a", 3, state="addressed"), moment("b", 4, state="addressed"))
    assert found is not None and (found.aim, found.moment.line.beat, found.directions) == ("keep", "b", ())


def test_where_nothing_can_be_said_nothing_is() -> None:
    assert chosen() is None
    assert chosen(moment("a", None, state="unclear")) is None


def anywhere(_: str) -> bool:
    return True


def nowhere(_: str) -> bool:
    return False


def from_where(chosen: Moment, can_retry: Callable[[str], bool]) -> str:
    found = coach((chosen,), can_retry, ("led_a", "item_a", "led_b"))
    assert found is not None
    return found.retry


def test_from_where_to_try_again() -> None:
    answered, unanswered = moment("a", 1), moment("b", None)
    assert from_where(answered, anywhere) == "item_a"
    assert from_where(answered, lambda turn: turn != "item_a") == "led_a", "nobody can go on at the answer itself"
    assert from_where(unanswered, anywhere) == "led_b", "what was said just before the cue"
    assert from_where(unanswered, nowhere) == ""


def test_directions_are_the_authors_where_there_are_any() -> None:
    written = replace(BEAT, directions=("Wait.", "Ask what the quiet is like."))
    assert directions(written) == written.directions
    assert directions(BEAT) == GENERAL["cue"]
    assert all(2 <= len(ways) <= 3 and len(set(ways)) == len(ways) for ways in GENERAL.values())
    assert not [way for ways in GENERAL.values() for way in ways if "“" in way or '"' in way], "no sentence to recite"


# against recorded encounters


@cache
def went(name: str) -> Course:
    kept = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return course(the_case(kept["case"]), read_log(kept))


@cache
def debriefed(name: str) -> Debriefing:
    return debriefing(went(name), ledger(went(name).end), ())


def test_whom_the_rule_sends_where() -> None:
    poor, average, skilled = (debriefed(f"{who}.json").coaching for who in ("poor", "average", "skilled"))
    assert poor and average and skilled
    assert (poor.aim, average.aim, skilled.aim) == ("try", "try", "keep")
    assert poor.moment.line.core and poor.moment.line.code == 0
    assert (average.moment.beat.id, average.moment.line.code) == ("B2_empty_chair", 1)
    assert average.retry == average.moment.said[0].turn, "from the answer itself"


def quotes(name: str) -> Iterator[Quote]:
    found = debriefed(name)
    for card in found.cards:
        yield from (card.moment.cue, *card.moment.said, *card.moment.then)
    yield from filter(None, [found.keep])


@pytest.mark.parametrize("name", RECORDED)
def test_every_quote_stands_in_its_turn(name: str) -> None:
    end = went(name).end
    found = list(quotes(name))
    assert len(found) > 5
    for each in found:
        turn = end.turn(each.turn)
        assert each.text and each.text in turn.text
        assert (each.speaker, each.kind) == (turn.speaker, turn.kind)


@pytest.mark.parametrize("name", RECORDED)
def test_what_came_next_came_next(name: str) -> None:
    order = [turn.id for turn in went(name).end.turns]
    for card in debriefed(name).cards:
        one = card.moment
        places = [order.index(each.turn) for each in (one.cue, *one.said, *one.then)]
        assert places == sorted(places)
        assert all(each.speaker == LEARNER for each in one.said)
        assert all(each.speaker != LEARNER for each in one.then)


@pytest.mark.parametrize("name", RECORDED)
def test_what_changed_is_told_of_the_design_and_of_nobodys_feelings(name: str) -> None:
    case = went(name).end.case
    told = [sentence for card in debriefed(name).cards for sentence in in_words(case, card.moment)]
    assert told
    hidden = [fact.say for fact in case.facts if fact.say and fact.id not in went(name).end.board.revealed]
    for sentence in told:
        assert not sentence.startswith("I ") and " felt " not in sentence and "lacks" not in sentence
        assert not [say for say in hidden if say in sentence], "what stayed untold stays untold"


def test_trust_is_told_as_it_moved() -> None:
    card = next(card for card in debriefed("average.json").cards if card.moment.beat.id == "B2_empty_chair")
    assert card.moment.trust == -2
    assert "Eileen Novak's trust fell here, from 5 to 3 of 10" in card.changed[0]
    assert "because" in card.changed[0]


def test_what_time_alone_moves_is_no_change_of_the_moments() -> None:
    pain = State({"trust": Number(2), "pain": Number(1)}, moods=(CALM,), drifts=(Drift("pain", 1, 0.05),))
    cue = beat("B1", trigger=when("turn >= 1"), on_miss=outcome(effect={"trust": -1}))
    here = entered(replace(case(beats=(cue,)), state=pain)).says("Hello.")
    here.types("Is the bag packed?").hears_it_all(ms=9_000).types("And the tablets?").hears_it_all(ms=9_000)
    here.take(Ended("learner"))
    (one,) = moments(course(here.encounter.case, here.log), ledger(here.encounter))
    assert here.encounter.board.numbers["pain"] > 1
    assert [(shift.name, shift.by, shift.because) for shift in one.shifts] == [("trust", -1, ("the moment went by",))]
