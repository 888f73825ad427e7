"""From an answer to a rating: the rubric's rules make the level, of what stands in the transcript, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from server.core.ledger import Opportunity
from server.core.moves import ACKNOWLEDGES, MOVES, Observation
from server.core.rating.levels import score_weighed
from server.core.rating.reading import read
from server.core.rubric import Dimension, Weighed, Weight
from server.core.scoring.claims import Claim
from server.core.scoring.scorecard import IN_DOUBT
from server.core.scoring.verdicts import MEASURED, failed, items_of, read_verdict, read_weighed
from server.core.transcript import LEARNER, Turn
from tests.core.rubrics import BLOCKERS, RESPONSIVENESS, RUBRIC, SUPPORT, UNDERSTANDING

CUE, MET, ACT = "I lay there for hours.", "That sounds frightening. I'll ask the doctor.", "sits down beside her"
TURNS = (
    Turn("t1", "ada", "said", CUE, 0),
    Turn("t2", LEARNER, "said", MET, 1, observations=(Observation("paraphrases", "That sounds", 0, 11),)),
    Turn("t3", LEARNER, "action", ACT, 2, observations=(Observation("invites_silence", ACT, 0, len(ACT)),)),
    Turn("t4", LEARNER, "said", "Your pulse comes first.", 3,
         observations=(Observation("sees_to_urgent", "Your pulse", 0, 10), Observation("sign_seen", "comes", 11, 16))),
)  # fmt: skip


def moments(turns: Sequence[Turn]) -> tuple[Sequence[Turn], tuple[Opportunity, ...]]:
    """One cue, coded by whether the turn after it names a feeling."""
    code = 3 if any("names_feeling" in turn.moves for turn in turns) else 0
    turn, quote = ("t2", MET) if code else ("", CUE)
    return turns, (Opportunity("b", "cue", True, "addressed", "t1", "ada", CUE, ("t2",), code, turn, quote),)


def verdict(dimension: Dimension, *claims: tuple[str, str, int], turns: Sequence[Turn] = TURNS):  # type: ignore[no-untyped-def]
    return read_verdict(dimension, [Claim(item, True, quote, turn) for item, quote, turn in claims], turns, moments)


def test_the_rules_make_the_level_of_what_was_found() -> None:
    rating = verdict(UNDERSTANDING, ("names_feeling", "sounds frightening", 2)).rating
    assert (rating.level, rating.status) == (3, "rated")
    assert [(each.turn, each.quote, each.role) for each in rating.evidence] == [
        ("t2", "That sounds frightening.", "said")
    ]


def test_what_the_program_found_in_words_does_not_count_beside_it() -> None:
    rating = verdict(UNDERSTANDING).rating
    assert (rating.level, [each.role for each in rating.evidence]) == (0, ["cue"])


def test_the_ledger_is_coded_anew() -> None:
    assert verdict(RESPONSIVENESS, ("names_feeling", "sounds frightening", 2)).opportunities[0].code == 3
    assert verdict(RESPONSIVENESS).rating.level == 0


def test_acts_signs_and_what_protects_the_learner_stay_the_programs() -> None:
    kept: list[frozenset[str]] = []

    def seen(turns: Sequence[Turn]) -> tuple[Sequence[Turn], tuple[Opportunity, ...]]:
        kept.extend(turn.moves for turn in turns)
        return turns, ()

    read_verdict(UNDERSTANDING, [Claim("names_feeling", True, "sounds frightening", 2)], TURNS, seen)
    assert kept == [{*()}, {"names_feeling"}, {"invites_silence"}, {"sees_to_urgent", "sign_seen"}]


@pytest.mark.parametrize("quote", ["That must be so frightening for you", "I lay there for hours"])
def test_a_claim_without_its_words_leaves_no_level(quote: str) -> None:
    found = verdict(UNDERSTANDING, ("names_feeling", quote, 2), ("stock_phrase", "That sounds", 2)).rating
    assert (found.level, found.status, found.evidence) == (None, "unrated", ())
    assert "names_feeling" in found.rationale and quote not in found.rationale


def test_one_that_holds_elsewhere_is_let_go() -> None:
    made_up = ("names_feeling", "made up words", 4)
    assert verdict(UNDERSTANDING, ("names_feeling", "sounds frightening", 2), made_up).rating.level == 3


def test_words_in_doubt_leave_it_to_a_person() -> None:
    doubtful = [replace(turn, confidence=0.2) if turn.id == "t2" else turn for turn in TURNS]
    rating = verdict(UNDERSTANDING, ("names_feeling", "sounds frightening", 2), turns=doubtful).rating
    assert (rating.level, rating.rationale) == (None, IN_DOUBT)


def test_disputed_words_earn_nothing_and_cost_nothing() -> None:
    disputed = [replace(turn, words_percent=(100, 100, 0, *[100] * 4)) if turn.id == "t2" else turn for turn in TURNS]
    claim = ("dismisses", "sounds frightening", 2)
    assert verdict(UNDERSTANDING, claim, turns=disputed).rating.evidence[0].role != "said"


def test_a_failed_answer_is_unrated() -> None:
    rating = failed(SUPPORT, "model_slow").rating
    assert (rating.id, rating.level, rating.status) == ("support", None, "unrated")
    assert "model_slow" in rating.rationale


@pytest.mark.parametrize("dimension", RUBRIC.dimensions, ids=lambda each: each.id)
def test_every_item_is_told_in_words_and_none_is_measured(dimension: Dimension) -> None:
    items = items_of(dimension)
    assert items and not items.keys() & MEASURED
    assert all(items[name] == MOVES[name] for name in items)


def test_what_a_dimension_asks_is_what_its_rules_turn_on() -> None:
    assert set(items_of(BLOCKERS)) == {"dismisses", "self_focus"}
    assert set(items_of(UNDERSTANDING)) == {
        "stock_phrase", "paraphrases", "names_feeling", "minimises", "dismisses", "names_wrong_feeling",
    }  # fmt: skip
    assert set(items_of(SUPPORT)) >= ACKNOWLEDGES | {"offers_help", "promises_secrecy"}
    assert "checks_hearing" not in items_of(RESPONSIVENESS)
    assert "checks_hearing" in items_of(RESPONSIVENESS, {"checks_hearing", "sign_seen"})


WEIGHED = Weighed(
    "advice", "Advice", "?", dict.fromkeys("12345", ""), "low",
    (Weight(("advises", "own_story"), 1.0, "told them"), Weight(("invites",), -1.0, "invited", ("advises",))),
    1.0, 4.0, "hand", 0,
)  # fmt: skip
TALK = (
    Turn("s1", "seeker", "said", "I failed the exam and I feel so stupid about it.", 0),
    Turn("u1", LEARNER, "said", "You should just try again next year.", 1),
    Turn("s2", "seeker", "said", "I suppose so, but it was the third time.", 2),
    Turn("u2", LEARNER, "said", "Tell me more about that.", 3, words_percent=(90, 90, 10, 90, 90)),
)


def weighed(*claims: tuple[str, str, int]):  # type: ignore[no-untyped-def]
    return read_weighed(WEIGHED, [Claim(item, True, quote, turn) for item, quote, turn in claims], TALK)


def test_a_weighed_dimension_is_weighed_as_for_the_rules() -> None:
    assert set(items_of(WEIGHED)) == {"advises", "own_story", "invites"}
    rating = weighed(("advises", "You should just try again", 2)).rating
    assert (rating.level, rating.evidence[0].quote) == (3, "You should just try again")
    assert weighed(("advises", "You should just try again", 2), ("invites", "about that", 4)).rating.level == 1
    assert weighed(("advises", "You should just", 2), ("own_story", "just try again", 2)).rating.level == 3


def test_nothing_found_names_the_turns_that_were_read() -> None:
    rating = weighed().rating
    assert (rating.level, [each.role for each in rating.evidence]) == (1, ["examined", "examined"])


def test_words_in_doubt_are_no_evidence_of_a_weighed_kind() -> None:
    assert weighed(("invites", "Tell me more", 4)).rating.status == "unrated"


def test_too_little_to_read_is_not_applicable() -> None:
    rating = read_weighed(WEIGHED, [], TALK[:2]).rating
    assert (rating.level, rating.status) == (None, "not_applicable")


def test_the_same_evidence_weighs_the_same() -> None:
    """What the rules find, claimed by a model, comes to the rules' own level."""
    sure = tuple(replace(turn, words_percent=()) for turn in TALK)
    numbers = {turn.id: number for number, turn in enumerate(TALK, 1)}
    every = [finding for shown in read(sure) for finding in shown.values() if finding.name in items_of(WEIGHED)]
    claims = [Claim(finding.name, True, finding.quote, numbers[finding.turn]) for finding in every]
    rubric = replace(RUBRIC, dimensions=(), weighed=(WEIGHED,))
    assert every
    assert read_weighed(WEIGHED, claims, sure).rating.level == score_weighed(sure, rubric, {}).dimensions[0].level


def test_the_same_kind_words_count_once_and_the_same_advice_each_time() -> None:
    talk = [replace(turn, words_percent=(), text=f"Tell me more. {turn.text}") if turn.speaker == LEARNER else turn
            for turn in TALK]  # fmt: skip

    def level(item: str, *turns: int) -> int | None:
        claims = [Claim(item, True, "Tell me more", turn) for turn in turns]
        return read_weighed(replace(WEIGHED, start=3.0), claims, talk).rating.level

    assert (level("invites", 2), level("invites", 2, 4)) == (1, 1)
    assert (level("advises", 2), level("advises", 2, 4)) == (5, 5)
    twice = [Claim("advises", True, "Tell me more", turn) for turn in (2, 4)]
    assert read_weighed(replace(WEIGHED, step=1.0, start=3.0), twice, talk).rating.level == 4
