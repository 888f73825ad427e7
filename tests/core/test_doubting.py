"""Words heard with doubt cost nobody a mark, earn nobody one, and play on as they were heard."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.content.loader import load_case, load_rubric
from server.core.doubting import SURE_PERCENT, costing, doubtful_spans, earning, in_doubt
from server.core.encounter import Encounter
from server.core.events import Ended, SpeechBegan, SpeechEnded, SpeechHeard
from server.core.ledger import Opportunity, ledger
from server.core.moves import Observation
from server.core.rehearsing import rehearse
from server.core.rubric import Rubric
from server.core.scoring.ledger import by_ledger
from server.core.scoring.scoring import Scorecard, score
from server.core.transcript import LEARNER, Turn
from tests.core.cases import beat, case, when
from tests.core.rooms import Room, entered
from tests.core.rubrics import RESPONSIVENESS, RUBRIC, assert_fair

ROOT = Path(__file__).resolve().parents[2]
CASES = ("novak-discharge", "or-count", "angry-relative", "bad-news-bedside")
PLAYED = [(name, nurse) for name in CASES for nurse in ("skilled", "average", "poor")]
QUIET = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))
CASE = case(beats=(QUIET,))
LOW, HIGH = SURE_PERCENT - 1, SURE_PERCENT


def heard(here: Room, text: str, percents: tuple[int, ...] = (), sure: int = 90) -> Room:
    clip = here.fresh("clip")
    here.take(SpeechBegan(clip)).take(SpeechEnded(clip, 1_500), after_ms=1_500)
    return here.take(SpeechHeard(clip, text, sure, percents)).hears_it_all()


def talk(*turns: tuple[str, tuple[int, ...]]) -> Encounter:
    here = entered(CASE)
    for text, percents in turns:
        heard(here, text, percents)
    return here.take(Ended("learner")).encounter


def marks(encounter: Encounter, rubric: Rubric = RUBRIC) -> dict[str, int | None]:
    card = score(encounter, rubric)
    assert_fair(card, encounter)
    return {rating.id: rating.level for rating in card.dimensions}


def own(text: str, **changes: object) -> Turn:
    return Turn("t", LEARNER, "said", text, 0, heard_ms=900, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("turn", "spans"),
    [
        (own("one two three", words_percent=(LOW, HIGH, 0)), ((0, 1), (2, 3))),
        (own("one two three", words_percent=(HIGH, LOW, LOW)), ((1, 3),)),
        (own("one two", confidence=LOW / 100, words_percent=(100, 100)), ((0, 2),)),
        (own("one two", words_percent=(LOW,)), ()),
        (own("one two"), ()),
        (replace(own("one two", words_percent=(0, 0)), speaker="ada"), ()),
        (replace(own("sits down", words_percent=(0, 0)), kind="action"), ()),
    ],
)
def test_which_words_are_in_doubt(turn: Turn, spans: tuple[tuple[int, int], ...]) -> None:
    assert doubtful_spans(turn) == spans and len(in_doubt(turn)) == len(turn.text.split())


def test_credit_needs_one_sure_word_and_blame_needs_a_sure_sentence() -> None:
    text = "Right then. You sound lonely today."
    seen = Observation("names_feeling", "sound lonely", 16, 28)

    def counted(*percents: int) -> tuple[bool, bool]:
        turn = own(text, observations=(seen,), words_percent=percents)
        return bool(earning(turn)), bool(costing(turn))

    assert text[seen.start : seen.end] == seen.quote
    assert counted(LOW, LOW, HIGH, HIGH, HIGH, HIGH) == (True, True), "doubt in another sentence"
    assert counted(HIGH, HIGH, HIGH, LOW, HIGH, HIGH) == (True, False), "half of the words"
    assert counted(HIGH, HIGH, HIGH, HIGH, HIGH, LOW) == (True, False), "a word of its sentence"
    assert counted(HIGH, HIGH, HIGH, LOW, LOW, HIGH) == (False, False), "all of the words"


def test_the_log_keeps_what_was_told_of_each_word() -> None:
    turn = talk(("Hello there.", (91, 12))).turns[-2]
    assert (turn.text, turn.words_percent) == ("Hello there.", (91, 12))


def test_a_doubtful_blocker_counts_against_nobody() -> None:
    rude = ("Oh, shut up now.", (HIGH, HIGH, HIGH, HIGH))
    doubtful = ("Oh, shut up now.", (HIGH, LOW, HIGH, HIGH))
    rest = (("Any pain?", ()), ("Good night.", ()), ("Hello.", ()))
    assert marks(talk(*rest, rude))["blockers"] == 2
    assert marks(talk(*rest, doubtful))["blockers"] == 4
    rating = score(talk(*rest, doubtful), RUBRIC).dimensions[3]
    assert rating.rationale.endswith("Nothing that was heard with doubt counts as one.")


def test_a_missed_moment_is_unclear_where_the_answer_was_heard_with_doubt() -> None:
    surely = talk(("Hello.", ()), ("The bus was late again.", ()))
    line = ledger(surely)[0]
    assert (line.code, line.at_best) == (0, None)
    doubtful = talk(("Hello.", ()), ("The bus was late again.", (HIGH, LOW, HIGH, HIGH, HIGH)))
    line = ledger(doubtful)[0]
    assert (line.state, line.code, line.quote) == ("unclear", None, "It gets quiet.")
    card = score(doubtful, RUBRIC)
    assert [(r.id, r.status) for r in card.dimensions[:2]] == [
        ("responsiveness", "unrated"),
        ("understanding", "unrated"),
    ]
    assert "heard with doubt" in card.dimensions[0].rationale


def test_a_doubtful_credit_earns_nothing_and_is_shown_as_such() -> None:
    surely = talk(("Hello.", ()), ("You sound lonely.", ()))
    assert (ledger(surely)[0].code, marks(surely)["understanding"]) == (3, 3)
    doubtful = talk(("Hello.", ()), ("Right then. You sound lonely.", (HIGH, HIGH, LOW, LOW, LOW)))
    line = ledger(doubtful)[0]
    assert (line.state, line.code, line.at_best) == ("unclear", None, 3)
    rating = score(doubtful, RUBRIC).dimensions[1]
    assert (rating.status, [(e.role, e.quote) for e in rating.evidence]) == (
        "unrated",
        [("doubt", "You sound lonely.")],
    )


def test_nothing_found_is_no_zero_where_it_may_have_been_misheard() -> None:
    """Not only in the answer to a moment: what was misheard may have been said anywhere."""
    talked = (("Good morning to you.", ()), ("Any pain?", ()), ("Good night.", ()))
    assert marks(talk(*talked))["understanding"] == 0
    doubtful = talk(("Good mourning to you.", (HIGH, LOW, HIGH, HIGH)), *talked[1:])
    rating = score(doubtful, RUBRIC).dimensions[1]
    assert (rating.level, rating.status) == (None, "unrated")
    assert [(e.role, e.quote) for e in rating.evidence] == [("doubt", "Good mourning to you.")]
    rude = talk(("Good mourning to you.", (HIGH, LOW, HIGH, HIGH)), ("Shut up.", ()), ("Good night.", ()))
    assert marks(rude)["understanding"] == 0, "this rests on words that are sure"


def test_what_is_sure_counts_beside_what_is_not() -> None:
    both = talk(("Hello.", ()), ("You sound lonely. Mumble mumble.", (HIGH, HIGH, HIGH, LOW, LOW)))
    assert (ledger(both)[0].code, marks(both)["understanding"]) == (3, 3)


def test_the_same_words_move_the_same_patient_however_sure() -> None:
    surely = talk(("Hello.", ()), ("You sound lonely.", ()), ("Shut up.", ()))
    doubtful = talk(("Hello.", (LOW,)), ("You sound lonely.", (LOW, LOW, LOW)), ("Shut up.", (LOW, LOW)))
    assert doubtful.board == surely.board
    assert [turn.text for turn in doubtful.turns] == [turn.text for turn in surely.turns]


@cache
def moment() -> Opportunity:
    return ledger(talk(("Hello.", ()), ("You sound lonely.", ())))[0]


def moments(codes: list[int], unclear: list[int]) -> list[Opportunity]:
    line = moment()
    coded = [replace(line, code=code) for code in codes]
    return coded + [replace(line, code=None, state="unclear", turn="", at_best=best) for best in unclear]


@pytest.mark.parametrize(
    ("codes", "unclear", "level"),
    [
        ([3, 3], [0], 4),
        ([3, 3], [4], 4),
        ([0, 3], [3], None),
        ([0], [1], None),
        ([2, 0], [1, 0], 2),
        ([], [4], None),
        ([3, 3, 0], [4, 4, 4, 4], None),
    ],
)
def test_a_level_from_the_ledger_is_given_where_no_doubt_could_raise_it(
    codes: list[int], unclear: list[int], level: int | None
) -> None:
    rating = by_ledger(RESPONSIVENESS, moments(codes, unclear))
    assert (rating.level, rating.status) == (level, "unrated" if level is None else "rated")


@given(
    codes=st.lists(st.integers(0, 4), max_size=6),
    unclear=st.lists(st.integers(0, 4), max_size=4),
    kept=st.integers(0, 4),
)
def test_no_reading_of_the_unclear_moments_is_better_than_the_level_given(
    codes: list[int], unclear: list[int], kept: int
) -> None:
    given_level = by_ledger(RESPONSIVENESS, moments(codes, unclear)).level
    as_read = by_ledger(RESPONSIVENESS, moments(codes + unclear[:kept], [])).level
    assert given_level is None or as_read is None or given_level >= as_read


# whatever is doubted


@cache
def played(name: str, nurse: str) -> Encounter:
    return rehearse(load_case(ROOT / f"personas/{name}.yaml"), nurse).encounter


@cache
def rubric() -> Rubric:
    return load_rubric(ROOT / "rubrics/nursing-empathy.yaml")


def doubted(encounter: Encounter, words: set[int]) -> Encounter:
    """With these words of the learner's, counted through the encounter, heard with doubt."""
    turns, at = [], 0
    for turn in encounter.turns:
        count = len(turn.text.split()) if turn.speaker == LEARNER and turn.kind == "said" else 0
        percents = tuple(0 if at + k in words else 100 for k in range(count))
        turns.append(replace(turn, words_percent=percents) if count else turn)
        at += count
    return replace(encounter, turns=tuple(turns))


def worse(before: Scorecard, after: Scorecard) -> list[str]:
    pairs = zip(before.dimensions, after.dimensions, strict=True)
    return [a.id for b, a in pairs if b.level is not None and a.level is not None and a.level < b.level]


def ranges(most: int) -> st.SearchStrategy[set[int]]:
    """Runs of words, as a recogniser doubts them."""
    run = st.tuples(st.integers(0, most), st.integers(1, 12))
    return st.lists(run, max_size=12).map(lambda runs: {at + k for at, length in runs for k in range(length)})


@settings(max_examples=30)
@given(st.data())
def test_no_doubt_lowers_any_level(data: st.DataObject) -> None:
    encounter = played(*data.draw(st.sampled_from(PLAYED)))
    words = sum(len(turn.text.split()) for turn in encounter.turns if turn.speaker == LEARNER)
    some = data.draw(ranges(words))
    more = some | data.draw(ranges(words))
    cards = [score(doubted(encounter, doubt), rubric()) for doubt in (set(), some, more)]
    for card in cards:
        assert_fair(card, encounter)
    assert not worse(cards[0], cards[1]) and not worse(cards[1], cards[2]) and not worse(cards[0], cards[2])


@pytest.mark.parametrize(("name", "nurse"), PLAYED)
def test_nothing_is_zero_where_every_word_is_in_doubt(name: str, nurse: str) -> None:
    encounter = played(name, nurse)
    card = score(doubted(encounter, set(range(100_000))), rubric())
    assert 0 not in [each.code for each in card.opportunities]
    assert 0 not in [rating.level for rating in card.dimensions]
