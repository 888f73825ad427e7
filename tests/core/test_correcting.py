"""What the learner says they said: kept beside what was heard, in doubt until settled, and then counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.advance import advance, replay
from server.core.correcting import LONGEST_WORDS, MOST, as_counted, why_not
from server.core.encounter import Encounter
from server.core.errors import IllegalEvent
from server.core.events import CorrectionProposed, CorrectionSettled, Ended, Event, Paused, Reflected
from server.core.ledger import ledger
from server.core.scoring.scoring import score
from tests.core.cases import beat, case, when
from tests.core.rooms import Room, entered
from tests.core.rubrics import RUBRIC

QUIET = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))
CASE = case(beats=(QUIET,))
HEARD = "Ewe sound lovely."
SAID = CorrectionProposed("clip_2", 0, 3, "You sound lonely.")


def over(*spoken: str) -> Room:
    """A talk that is over: `Hello.`, then what was spoken, as clip_2, clip_3 …"""
    here = entered(CASE)
    for text in ("Hello.", *spoken):
        here.speaks(text).hears_it_all(ms=1_000)
    return here.take(Ended("learner"))


def level(encounter: Encounter, dimension: str) -> tuple[int | None, str]:
    return next((r.level, r.status) for r in score(encounter, RUBRIC).dimensions if r.id == dimension)


def test_it_is_kept_beside_what_was_heard_and_replays() -> None:
    here = over(HEARD)
    before = here.encounter
    here.take(SAID).take(Reflected()).take(CorrectionSettled("clip_2", 0, True, "local"))
    assert here.encounter.turns == before.turns and here.encounter.board == before.board, "nothing played is touched"
    assert [(each.words, each.state, each.by) for each in here.encounter.corrections] == [
        ("You sound lonely.", "accepted", "local")
    ]
    assert here.effects == []
    assert replay(CASE, here.log) == here.encounter


def test_accepted_words_are_what_is_observed_and_quoted() -> None:
    here = over(HEARD)
    assert ledger(here.encounter)[0].code == 0
    assert level(here.encounter, "understanding") == (0, "rated")
    here.take(SAID)
    assert level(here.encounter, "understanding") == (None, "unrated"), "in dispute"
    here.take(CorrectionSettled("clip_2", 0, True, "local"))
    assert level(here.encounter, "understanding") == (3, "rated")
    card = score(here.encounter, RUBRIC)
    line = card.opportunities[0]
    assert (line.state, line.code, line.quote) == ("addressed", 3, "You sound lonely.")
    assert (card.provenance["corrected"], card.provenance.get("disputed")) == ("1", None)
    turn = as_counted(here.encounter).turn("clip_2")
    assert (turn.text, turn.as_heard) == ("You sound lonely.", HEARD)


def test_a_refused_one_counts_as_if_it_had_never_been() -> None:
    here = over(HEARD)
    before = score(here.encounter, RUBRIC)
    here.take(SAID).take(CorrectionSettled("clip_2", 0, False, "local"))
    assert score(here.encounter, RUBRIC) == before
    other = replace(SAID, words="You sound low.")
    here.take(other)
    assert [each.state for each in here.encounter.corrections] == ["refused", "proposed"], "and another may be tried"
    here.take(CorrectionSettled("clip_2", 0, True, "local"))
    assert [each.state for each in here.encounter.corrections] == ["refused", "accepted"]


def test_what_was_never_said_may_be_taken_out() -> None:
    here = over("Shut up. How are you?", "Any pain?", "Good night.")
    assert level(here.encounter, "blockers") == (2, "rated")
    here.take(CorrectionProposed("clip_2", 0, 2, ""))
    assert level(here.encounter, "blockers") == (4, "rated"), "disputed words cost nothing"
    here.take(CorrectionSettled("clip_2", 0, True, "local"))
    assert as_counted(here.encounter).turn("clip_2").text == "How are you?"
    assert level(here.encounter, "blockers") == (4, "rated")
    here.take(CorrectionProposed("clip_3", 0, 2, "")).take(CorrectionSettled("clip_3", 0, True, "local"))
    assert score(here.encounter, RUBRIC).status == "draft", "a whole turn may go"


def test_several_of_one_turn_are_put_in_where_they_belong() -> None:
    here = over("one two three four five")
    for start, end, words in ((0, 1, "won won"), (3, 4, ""), (4, 5, "hive")):
        here.take(CorrectionProposed("clip_2", start, end, words))
    for start in (0, 3):
        here.take(CorrectionSettled("clip_2", start, True, "local"))
    turn = as_counted(here.encounter).turn("clip_2")
    assert (turn.text, turn.words_percent) == ("won won two three five", (100, 100, 100, 100, 0))


def test_a_doubtful_word_beside_an_accepted_one_stays_doubtful() -> None:
    here = entered(CASE).speaks("Hello.").hears_it_all(ms=1_000).speaks("Ewe sound lovely.", confidence=20)
    here.hears_it_all(ms=1_000).take(Ended("learner")).take(CorrectionProposed("clip_2", 2, 3, "lonely."))
    here.take(CorrectionSettled("clip_2", 2, True, "local"))
    turn = as_counted(here.encounter).turn("clip_2")
    assert (turn.text, turn.words_percent) == ("Ewe sound lonely.", (0, 0, 100))


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (replace(SAID, turn="clip_9"), "no_such_turn"),
        (replace(SAID, turn="reply_1"), "not_your_words"),
        (replace(SAID, turn="item_3"), "typed_turn"),
        (replace(SAID, start_word=-1), "no_such_words"),
        (replace(SAID, start_word=3), "no_such_words"),
        (replace(SAID, end_word=4), "no_such_words"),
        (replace(SAID, start_word=2, end_word=1), "no_such_words"),
        (replace(SAID, words=" ".join(["so"] * (LONGEST_WORDS + 1))), "too_long"),
        (replace(SAID, words="x" * 601), "too_long"),
        (replace(SAID, words="ewe sound lovely"), "unchanged"),
    ],
)
def test_what_cannot_be_proposed(event: CorrectionProposed, code: str) -> None:
    here = entered(CASE).speaks("Hello.").hears_it_all().speaks(HEARD).hears_it_all().says("Typed.")
    here.take(Ended("learner"))
    assert why_not(here.encounter, event) == code
    with pytest.raises(IllegalEvent):
        advance(here.encounter, event, here.now_ms)


def test_only_when_it_is_over() -> None:
    here = entered(CASE).speaks("Hello.").hears_it_all().speaks(HEARD).hears_it_all()
    assert why_not(here.encounter, SAID) == "not_ended"
    here.refuses(SAID)
    assert why_not(here.take(Paused()).encounter, SAID) == "not_ended"


def test_none_lies_on_another_and_the_same_twice_is_once() -> None:
    here = over("one two three four").take(CorrectionProposed("clip_2", 1, 3, "too free"))
    once = here.encounter
    assert here.take(CorrectionProposed("clip_2", 1, 3, "too free")).encounter == once
    for start, end in ((0, 2), (2, 4), (1, 3), (0, 4)):
        assert why_not(once, CorrectionProposed("clip_2", start, end, "other words")) == "overlaps"
    assert why_not(once, CorrectionProposed("clip_2", 3, 4, "for")) == ""


def test_a_log_does_not_grow_without_end() -> None:
    many = " ".join(f"word{n}" for n in range(MOST + 1))
    here = over(many)
    for n in range(MOST):
        here.take(CorrectionProposed("clip_2", n, n + 1, "other"))
    assert why_not(here.encounter, CorrectionProposed("clip_2", MOST, MOST + 1, "other")) == "too_many"


def test_what_is_settled_stays_settled() -> None:
    here = over(HEARD)
    here.refuses(CorrectionSettled("clip_2", 0, True, "local"))
    settled = here.take(SAID).take(CorrectionSettled("clip_2", 0, True, "local")).encounter
    assert here.take(CorrectionSettled("clip_2", 0, True, "another")).encounter == settled
    refused: tuple[Event, ...] = (
        CorrectionSettled("clip_2", 0, False, "local"),
        CorrectionSettled("clip_2", 1, True, "local"),
    )
    for event in refused:
        here.refuses(event)
