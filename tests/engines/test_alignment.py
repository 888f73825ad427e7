# ruff: noqa: RUF001 - phonetic letters
"""From what an engine spoke to the words of the text: one end each, never falling, inside the sound."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.engines.alignment import WordEnds, filled, phoneme_ends
from server.engines.embedded.espeak_worker import word_ends
from server.engines.speakable import LONGEST_CHARS, speakable, spoken_words

# words as they are said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\N{CRYING FACE} I can't.", ["", "I", "can't."]),
        ("Dr. O'Neill [[said]]", ["Dr", "O'Neill", "said"]),
        ("Wait — no — it\N{EM DASH}hurts", ["Wait,", "", "no,", "", "it, hurts"]),
        ("5\N{MICRO SIGN}g of \N{VULGAR FRACTION ONE HALF}", ["5microg", "of", "a half"]),
        ("*winces* _so_ __", ["winces", "so", ""]),
        ("...", [""]),
        ("one\r\n\ttwo\u00a0three", ["one", "two", "three"]),
    ],
)
def test_each_word_is_said_in_its_own_way(text: str, said: list[str]) -> None:
    assert spoken_words(text) == said


@given(st.text(max_size=900))
def test_every_word_of_any_text_has_its_place(text: str) -> None:
    said = spoken_words(text)
    assert len(said) == len(text.split())
    assert speakable(text) == " ".join(word for word in said if word)
    assert len(speakable(text)) <= LONGEST_CHARS + 1
    assert "[" not in speakable(text) and "\n" not in speakable(text)


# back to the words of the text


def test_what_is_not_said_ends_where_its_neighbour_does() -> None:
    ends = WordEnds([0, 1, 0, 2, 1, 0])
    assert ends.take([100.0, 250.0]) == (100, 100, 100)
    assert ends.take([400.0]) == (400,)
    assert ends.take([500.0]) == (500, 500)
    assert ends.rest() == ()


@given(st.lists(st.integers(0, 3), max_size=30), st.lists(st.floats(0, 20_000), max_size=90), st.integers(1, 5))
def test_there_is_one_end_for_each_word_however_they_come(counts: list[int], ends: list[float], size: int) -> None:
    collected, found = WordEnds(counts), tuple[int, ...]()
    for start in range(0, len(ends), size):
        found += collected.take(ends[start : start + size])
    found += collected.rest()
    assert len(found) == len(counts)
    assert all(before <= after for before, after in pairwise(found))
    assert all(end in {0, *map(int, ends)} for end in found)


@pytest.mark.parametrize(
    ("words", "ends", "found"),
    [
        (["has", "been"], [None, 700.0], [300.0, 700.0]),
        (["one", "--", "two"], [200.0, None, 500.0], [200.0, 200.0, 500.0]),
        (["--", "one"], [None, 300.0], [300.0, 300.0]),
        (["one", "two", "..."], [200.0, 500.0, None], [200.0, 500.0, 500.0]),
        (["aa", "bb"], [], [450.0, 900.0]),
        (["aa", "bb"], [500.0, 400.0], [500.0, 500.0]),
        (["aa", "bb"], [500.0, 4_000.0], [500.0, 900.0]),
    ],
)
def test_what_an_engine_does_not_tell_is_shared_out(
    words: list[str], ends: list[float | None], found: list[float]
) -> None:
    assert filled(words, ends, 900.0) == pytest.approx(found)


@given(
    st.lists(st.tuples(st.sampled_from(["a", "bed", "--", "3.5"]), st.none() | st.floats(-9, 9_999)), max_size=20),
    st.booleans(),
    st.floats(0, 5_000),
)
def test_ends_never_fall_and_stay_inside(
    units: list[tuple[str, float | None]], miscounted: bool, length_ms: float
) -> None:
    words = [word for word, _ in units]
    ends = filled(words, [end for _, end in units][miscounted:], length_ms)
    assert len(ends) == len(words)
    assert all(0 <= before <= after <= length_ms for before, after in pairwise([0.0, *ends, length_ms]))


# phonemes to words


@pytest.mark.parametrize(
    ("words", "whole", "shares"),
    [
        (["hˈæz", "bˌɪn"], "hɐzbɪn", ["hɐz", "bɪn"]),
        (["ʌv", "ðə", "ˈɪn, "], "ʌvðɪʲ ˈɪn,", ["ʌv", "ðɪʲ", " ˈɪn"]),
        (["θˈɜːɾi sˈɛvən", "", "tˈuː"], "θˈɜːɾi sˈɛvən, tˈuː.", ["θˈɜːɾi sˈɛvən", None, ", tˈuː"]),
        (["aɪ", "duː", "nˌɑːt"], "aɪ duːnˌɑːt.", ["aɪ", " duː", "nˌɑːt"]),
        (["dˈɑːktɚ", "oʊnˈiːl"], "dˈɑːktɚɹ oʊnˈiːl.", ["dˈɑːktɚɹ", " oʊnˈiːl"]),
        ([], "", []),
        (["", ""], "ˈɪn", [None, None]),
    ],
)
def test_words_that_run_into_one_another_are_told_apart(words: list[str], whole: str, shares: list[str | None]) -> None:
    ends, at, found = phoneme_ends(words, whole), 0, list[str | None]()
    for end in ends:
        found.append(None if end is None else whole[at:end])
        at = at if end is None else end
    assert found == shares


def test_a_page_of_digits_is_shared_out() -> None:
    words = ["wʌn" * 300, "", "tuː" * 600]
    assert phoneme_ends(words, "wʌn" * 300 + "tuː" * 600) == [900, None, 2_700]


PHONEMES = st.text("aɪuʌhzbnt ˈː,.", max_size=25)


@given(st.lists(PHONEMES, max_size=8), PHONEMES)
def test_any_phonemes_give_ends_that_never_fall(words: list[str], whole: str) -> None:
    ends = phoneme_ends(words, whole)
    known = [end for end in ends if end is not None]
    assert len(ends) == len(words)
    assert all(0 <= before <= after <= len(whole) for before, after in pairwise([0, *known, len(whole)]))


@given(st.lists(st.text("aɪuhzbnt", min_size=1, max_size=6), min_size=1, max_size=12))
def test_words_that_do_not_change_end_where_their_letters_do(words: list[str]) -> None:
    starts = [len(" ".join(words[: number + 1])) for number in range(len(words))]
    assert phoneme_ends(words, " ".join(words)) == starts


# espeak-ng's marks


def test_espeaks_marks_become_ends() -> None:
    line = "My chest has been hurting. 120/80, yes"
    marks = [(1, 1, 0), (1, 4, 100), (1, 10, 400), (1, 19, 900), (5, 27, 1_500), (1, 28, 1_500)]
    marks += [(1, 30, 1_700), (1, 33, 2_000), (5, 35, 2_600), (1, 36, 2_700), (5, 38, 3_000)]
    assert word_ends(line, marks, 1_000) == [100, 400, None, 900, 1_500, 2_600, 3_000]
